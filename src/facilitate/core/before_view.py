"""What the screen before the start shows, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from facilitate.core.agenda import Agenda, Preparation
from facilitate.core.schedule import planned_start, project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words, whole_minutes
from facilitate.core.views import PlanRow, plan_rows

FAR_OFF = dt.timedelta(minutes=60)
"""A start that far from the plan is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationRow:
    """One thing to have done before the start."""

    item: int
    who: str
    do: str
    done: bool
    due: str
    """Clock time."""
    wait: str
    """`in 12 min`, `now`, `since 5 min`; empty far away from the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeView:
    """The screen before the start."""

    title: str
    subtitle: str
    clock: str
    starts: str
    """`starts 09:00, in 42 min`."""
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
    distance = start - now
    return BeforeView(
        title=agenda.title,
        subtitle=agenda.subtitle,
        clock=clock_words(agenda, now),
        starts=f"starts {clock_words(agenda, start)}{_away(distance)}",
        zone=agenda.timezone,
        objectives=tuple(o.text for o in agenda.objectives),
        preparation=_preparation(state, agenda, start, now),
        day=plan_rows(state, planned, agenda),
        ends=clock_words(agenda, planned.promised_end),
        far_off=_far_off(agenda, start, now),
    )


def _away(distance: dt.timedelta) -> str:
    count = whole_minutes(distance)
    if count == 0:
        return ", now"
    words = length_words(abs(count))
    return f", in {words}" if count > 0 else f", {words} ago"


def _far_off(agenda: Agenda, start: dt.datetime, now: dt.datetime) -> str:
    if abs(start - now) < FAR_OFF:
        return ""
    return (
        f"The plan begins at {clock_words(agenda, start)}; "
        f"it is {clock_words(agenda, now)} in {agenda.timezone}."
    )


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
    near = abs(due - now) < dt.timedelta(hours=12)
    wait = "now" if count == 0 else f"in {length_words(count)}" if count > 0 else "due"
    return PreparationRow(
        item=item,
        who=preparation.who,
        do=preparation.do,
        done=item in state.prepared,
        due=clock_words(agenda, due),
        wait=wait if near else "",
    )
