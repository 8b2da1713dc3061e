"""What the screen before the start shows, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Preparation
from facilitate.core.clock_time import local
from facilitate.core.plan_view import PlanRow, plan_rows
from facilitate.core.schedule import planned_start, project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words, whole_minutes

FAR_OFF = dt.timedelta(minutes=60)
"""A start that far from the plan is asked about."""
NEAR = dt.timedelta(hours=12)
"""Within this, a wait says more than a date."""


class PreparationRow(NamedTuple):
    """One thing to have done before the start."""

    item: int
    who: str
    do: str
    done: bool
    due: str
    """Clock time."""
    wait: str
    """`in 12 min`, `now`, `due`; empty when it is done, and far away from the day."""


class BeforeView(NamedTuple):
    """The screen before the start."""

    title: str
    subtitle: str
    clock: str
    doors: str
    """`doors open since 08:50`; empty before they are."""
    starts: str
    """`starts 09:00, in 42 min`, and on another day `starts 09:00 on 2026-09-12`."""
    zone: str
    objectives: tuple[str, ...]
    preparation: tuple[PreparationRow, ...]
    """By the clock, earliest first."""
    day: tuple[PlanRow, ...]
    ends: str
    far_off: str
    """What to ask when now is far from the planned start; empty otherwise."""


def before_view(state: SessionState, now: dt.datetime) -> BeforeView | None:
    """The screen before the start; None before an agenda is open."""
    agenda, start = state.agenda, planned_start(state)
    if agenda is None or start is None:
        return None
    planned = project(state, start)
    if planned is None:
        return None
    return BeforeView(
        title=agenda.title,
        subtitle=agenda.subtitle,
        clock=clock_words(agenda, now),
        doors=_doors(state, agenda),
        starts=f"starts {clock_words(agenda, start)}{_away(agenda, start, now)}",
        zone=agenda.timezone,
        objectives=tuple(o.text for o in agenda.objectives),
        preparation=_preparation(state, agenda, start, now),
        day=plan_rows(state, planned, agenda),
        ends=clock_words(agenda, planned.promised_end),
        far_off=_far_off(agenda, start, now),
    )


def head_title(state: SessionState, title: str) -> str:
    """The title in the head of a screen; a rehearsal says that it is one."""
    return f"rehearsal · {title}" if state.rehearsal else title


def _doors(state: SessionState, agenda: Agenda) -> str:
    if state.doors_at is None:
        return ""
    return f"doors open since {clock_words(agenda, state.doors_at)}"


def _away(agenda: Agenda, start: dt.datetime, now: dt.datetime) -> str:
    if not _is_near(start, now):
        return _on_day(agenda, start)
    count = whole_minutes(start - now)
    if count == 0:
        return ", now"
    words = length_words(abs(count))
    return f", in {words}" if count > 0 else f", {words} ago"


def _is_near(at: dt.datetime, now: dt.datetime) -> bool:
    return abs(at - now) < NEAR


def _on_day(agenda: Agenda, at: dt.datetime) -> str:
    return f" on {local(agenda, at).date().isoformat()}"


def _far_off(agenda: Agenda, start: dt.datetime, now: dt.datetime) -> str:
    if abs(start - now) < FAR_OFF:
        return ""
    planned, present = (
        clock_words(agenda, at) + ("" if _is_near(start, now) else _on_day(agenda, at))
        for at in (start, now)
    )
    return f"The plan begins at {planned}; it is {present} in {agenda.timezone}."


def _preparation(
    state: SessionState, agenda: Agenda, start: dt.datetime, now: dt.datetime
) -> tuple[PreparationRow, ...]:
    items = sorted(enumerate(agenda.before), key=lambda pair: -pair[1].minutes)
    return tuple(_preparation_row(state, agenda, n, one, start, now) for n, one in items)


def _preparation_row(
    state: SessionState,
    agenda: Agenda,
    item: int,
    preparation: Preparation,
    start: dt.datetime,
    now: dt.datetime,
) -> PreparationRow:
    due = start - dt.timedelta(minutes=preparation.minutes)
    count = whole_minutes(due - now)
    done = item in state.prepared
    wait = "now" if count == 0 else f"in {length_words(count)}" if count > 0 else "due"
    return PreparationRow(
        item=item,
        who=preparation.who,
        do=preparation.do,
        done=done,
        due=clock_words(agenda, due),
        wait=wait if not done and _is_near(due, now) else "",
    )
