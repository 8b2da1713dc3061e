"""One look at a sitting: its time and its lines at one moment, as plain values.

Times are UTC, lengths are exact. What is told of it in words stands in `time_words` and
`fit_words`.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import label
from facilitate.core.captures import Entry, EntryState, Facet, Origin, Ring, shown
from facilitate.core.fit import Fit, fit
from facilitate.core.fit_words import offers
from facilitate.core.progress import Status, active, allotted, runs_of
from facilitate.core.promises import Ahead, ahead, leave_by, on_plan_until
from facilitate.core.rooms_view import round_plan
from facilitate.core.schedule import (
    Row,
    Signal,
    left,
    planned_start,
    project,
    signal,
    taken_for_care,
)
from facilitate.core.state import SessionState


class RowSeen(NamedTuple):
    """One segment of the day."""

    segment: str
    title: str
    status: Status
    planned_start: dt.datetime
    planned_end: dt.datetime
    start: dt.datetime | None
    """True of what began, projected of what comes; None of what never ran and will not."""
    end: dt.datetime | None
    """As for `start`; of what runs, its projected end."""
    allotted: dt.timedelta
    hold: dt.timedelta
    """Waiting before it, because it does not begin earlier."""
    late: dt.timedelta
    """How far its promised beginning is missed."""
    runs: tuple[tuple[dt.datetime, dt.datetime | None], ...]
    """When it ran, in order; the end of one that goes on is None."""


class CaptureSeen(NamedTuple):
    """One line that the group made; a text is empty when there is none."""

    id: str
    """What people say: `A12`."""
    kind: CaptureKind
    state: EntryState
    text: str
    """The words that hold now; empty when they are kept apart and not at hand."""
    label: str
    """What a term or a framework is called; empty for every other kind."""
    ring: Ring
    origin: Origin
    lineage: str
    tags: tuple[str, ...]
    """As typed, in order, without their sign."""
    facet: Facet | None
    owner: str
    """A role."""
    when: str
    """When to look at it again: `next`, `part2`, `end`, `+6w`, a date."""
    version: int
    """How many wordings it has had, from 1."""


class Look(NamedTuple):
    """The time of a sitting and its lines at one moment."""

    now: dt.datetime
    current: str | None
    """Id of the running segment; None before the start and after the close."""
    active: dt.timedelta | None
    """What the running segment used, pauses left out; None when none runs."""
    left: dt.timedelta | None
    """What it has left; negative when over, None when none runs."""
    drift: dt.timedelta
    """Projected minus planned end of what runs, of the sitting when nothing does."""
    care: dt.timedelta
    """The part of the drift that went into pauses for care; never negative."""
    since_began: dt.timedelta | None
    """The drift without what the start was late by; None before the start."""
    projected_end: dt.datetime
    promised_end: dt.datetime
    leave_by: dt.datetime | None
    """The latest moment to go on with what comes as short as it may be.

    None after the close, and when no promise depends on it any more.
    """
    on_plan_until: dt.datetime | None
    """The same with what comes at its allotted length."""
    signal: Signal | None
    """None when nothing runs."""
    ahead: Ahead | None
    """The next barrier, and what is in hand before it; None after the close."""
    back_at: dt.datetime | None
    """When people are back from the break that runs; None when none does."""
    rounds: tuple[int, ...]
    """Minutes of each round of the running segment, with the time it has; empty for none."""
    offers: tuple[str, ...]
    """What else could be done about the time, in words."""
    rows: tuple[RowSeen, ...]
    """In the order of the plan."""
    fit: Fit
    """The proposal; an empty one when there is nothing to propose."""
    captures: tuple[CaptureSeen, ...]
    """The `lines_seen`, by number. What is held in the room only is not among them."""


def look(state: SessionState, now: dt.datetime) -> Look | None:
    """What a look at the sitting shows at `now`; None before an agenda is open."""
    projection, plan_start = project(state, now), planned_start(state)
    if projection is None or plan_start is None:
        return None
    goes_on = state.closed_at is None
    rounds = round_plan(state, now)
    proposal = fit(state, now) or Fit()
    return Look(
        now=now,
        current=state.run.segment if state.run else None,
        active=active(state, now) if state.run else None,
        left=left(state, now),
        drift=projection.drift,
        care=taken_for_care(state, projection, now),
        since_began=_since_began(state, projection.drift, plan_start),
        projected_end=projection.end,
        promised_end=projection.promised_end,
        leave_by=leave_by(state, now) if goes_on else None,
        on_plan_until=on_plan_until(state, now) if goes_on else None,
        signal=signal(state, now),
        ahead=ahead(state, projection, now) if goes_on else None,
        back_at=projection.back_at,
        rounds=rounds.rounds if rounds else (),
        offers=offers(proposal, state, projection),
        rows=tuple(_seen(state, row) for row in projection.rows),
        fit=proposal,
        captures=tuple(map(_line_seen, lines_seen(state))),
    )


def _since_began(
    state: SessionState, drift: dt.timedelta, planned: dt.datetime
) -> dt.timedelta | None:
    """The drift without a late or early start; since the plan was adopted it is the drift."""
    if state.started_at is None:
        return None
    return drift if state.adopted else drift - (state.started_at - planned)


def _seen(state: SessionState, row: Row) -> RowSeen:
    runs = tuple((run.start, run.end) for run in runs_of(state, row.segment.id))
    has_times = row.comes or bool(runs)
    return RowSeen(
        segment=row.segment.id,
        title=row.segment.title,
        status=row.status,
        planned_start=row.part.start,
        planned_end=row.part.end,
        start=row.start if has_times else None,
        end=row.end if has_times else None,
        allotted=allotted(state, row.segment),
        hold=row.hold,
        late=row.late,
        runs=runs,
    )


def lines_seen(state: SessionState) -> list[Entry]:
    """The lines that anyone may see, by number; after the close only those that travel on."""
    lines = shown(state.entries.values())
    return lines if state.closed_at is None else [e for e in lines if e.ring != "sitting"]


def _line_seen(entry: Entry) -> CaptureSeen:
    marks, text = entry.marks, entry.text
    return CaptureSeen(
        id=entry.name,
        kind=entry.kind,
        state=entry.state,
        text=text,
        label=label(text) if entry.kind in ("term", "framework") else "",
        ring=entry.ring,
        origin=entry.origin,
        lineage=entry.version.lineage,
        tags=marks.tags,
        facet=marks.facet,
        owner=marks.owner,
        when=marks.when,
        version=_wordings_had(entry),
    )


def _wordings_had(entry: Entry) -> int:
    """How many there were; giving a line to a wider ring repeats its words and adds none."""
    return len(list(groupby((v.text, v.lineage) for v in entry.versions)))
