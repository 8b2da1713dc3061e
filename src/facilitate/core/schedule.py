"""The projection: the day as it looks at one moment, and what the running segment asks for.

An overrun moves the projection, never the plan, and nothing here ever shortens a segment:
only buffers, holds and segments that end on the clock give way. Times are UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from facilitate.core.agenda import Segment
from facilitate.core.clock_time import ZERO, minutes
from facilitate.core.plan import Part, Plan
from facilitate.core.progress import (
    TO_COME,
    Status,
    active,
    allotted,
    back_at,
    runs_of,
    statuses,
    stood_still,
    unused,
)
from facilitate.core.runs import Run
from facilitate.core.state import SessionState
from facilitate.core.values import dataclass

Signal = Literal["open", "may-close", "soon", "due", "over", "past-most"]
"""What the time of the running segment asks for; the later one wins."""

SOON_MOST, SOON_LEAST, SOON_SHARE = 5, 1, 0.2
"""A segment is soon due in the last fifth of its minutes, from one to five of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One segment in the day."""

    part: Part
    status: Status
    start: dt.datetime
    """Actual for what began, projected for what comes; planned for what was left out."""
    end: dt.datetime
    hold: dt.timedelta = ZERO
    """Waiting before it, because it does not begin earlier."""
    late: dt.timedelta = ZERO
    """How far its promised beginning is missed."""

    @property
    def segment(self) -> Segment:
        """What it is a row of."""
        return self.part.segment

    @property
    def comes(self) -> bool:
        """Whether it is still to begin, or to come back."""
        return self.status in TO_COME


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The whole day as it looks at one moment."""

    rows: tuple[Row, ...]
    """In the order of the plan."""
    course: tuple[Row, ...]
    """What runs and what comes, in the order in which it will: interrupted ones first."""
    end: dt.datetime
    promised_end: dt.datetime
    back_at: dt.datetime | None
    """When people are back from the break that runs; None when none does."""
    drift: dt.timedelta
    """How much later than planned the day comes to where it goes on as planned.

    That is the end of the part furthest in the plan that ever ran, once all before it that
    runs or comes back has ended: of the running one mostly, and of the interrupted one while
    something earlier is taken up again. When nothing runs it is that of the whole sitting.
    """

    @property
    def running(self) -> Row | None:
        """The row of the running segment; None when none runs."""
        first = self.course[0] if self.course else None
        return first if first is not None and first.status == "running" else None

    @property
    def later(self) -> tuple[Row, ...]:
        """What is to come, in order."""
        return self.course[1:] if self.running is not None else self.course

    @property
    def following(self) -> Segment | None:
        """What the next step leads to, past a buffer that is used up; None at the end."""
        waiting = (r for r in self.later if r.segment.kind != "buffer" or r.end > r.start)
        return next((r.segment for r in waiting), None)


def planned_start(state: SessionState) -> dt.datetime | None:
    """When the sitting was meant to begin, UTC; None before an agenda is open."""
    return state.plan.start if state.plan else None


def project(state: SessionState, now: dt.datetime) -> Projection | None:
    """The natural pass from `now` on; None before an agenda is open."""
    plan = state.plan
    if plan is None:
        return None
    found = statuses(state, plan)
    rows: list[Row | None] = [
        None if status in TO_COME else _behind(state, plan, part, status, now)
        for part, status in zip(plan.parts, found, strict=True)
    ]
    running = [row for row in rows if row is not None and row.status == "running"]
    course, cursor = running, running[0].end if running else now
    back = back_at(state)
    for place in _order(state, plan, found):
        length = _length(state, plan.parts[place], found[place], now)
        row = _coming(plan, place, found[place], cursor, back, length)
        rows[place] = row
        course.append(row)
        cursor, back = row.end, None
    full = tuple(row for row in rows if row is not None)
    return Projection(
        rows=full,
        course=tuple(course),
        end=state.closed_at or cursor,
        promised_end=plan.promised_end,
        back_at=back_at(state),
        drift=_drift(state, plan, full, course),
    )


def _order(state: SessionState, plan: Plan, found: Sequence[Status]) -> list[int]:
    """The places of what comes: the interrupted, the last one first, then as planned."""
    back = [plan.places[segment] for segment in reversed(state.interrupted)]
    first = [place for place in back if found[place] == "interrupted"]
    return first + [place for place, status in enumerate(found) if status == "pending"]


def _drift(
    state: SessionState, plan: Plan, rows: Sequence[Row], course: Sequence[Row]
) -> dt.timedelta:
    if state.run is None:
        end = state.closed_at or (course[-1].end if course else None)
        return end - rows[-1].part.end if end is not None and rows else ZERO
    furthest = max(plan.places[run.segment] for run in state.runs)
    until = [row.end for row in course if plan.places[row.segment.id] <= furthest]
    return max(until) - plan.parts[furthest].end


def _behind(
    state: SessionState, plan: Plan, part: Part, status: Status, now: dt.datetime
) -> Row:
    """The row of what runs, has run, or will not run."""
    if status == "running":
        run = state.runs[-1]
        end = max(now, due(state, plan, run, now))
        return Row(part=part, status=status, start=run.start, end=end)
    runs = runs_of(state, part.segment.id)
    if not runs:
        return Row(part=part, status=status, start=part.start, end=part.start)
    return Row(part=part, status=status, start=runs[0].start, end=runs[-1].end or now)


def _length(state: SessionState, part: Part, status: Status, now: dt.datetime) -> dt.timedelta:
    """The time that something is to have from now on."""
    if status == "interrupted":
        return unused(state, part.segment, now)
    return max(allotted(state, part.segment), ZERO)


def _coming(
    plan: Plan,
    place: int,
    status: Status,
    cursor: dt.datetime,
    back: dt.datetime | None,
    length: dt.timedelta,
) -> Row:
    part = plan.parts[place]
    begin, late = max(cursor, back or cursor), ZERO
    if status == "pending":
        begin = max(begin, part.floor or begin)
        late = begin - part.promise if part.promise else ZERO
    return Row(
        part=part,
        status=status,
        start=begin,
        end=_end(plan, place, begin, length),
        hold=begin - cursor,
        late=max(late, ZERO),
    )


def _end(plan: Plan, place: int, begin: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """When something ends that begins, or comes back, at that instant."""
    part = plan.parts[place]
    if part.ends_at is not None:
        return max(begin + minutes(part.segment.least), part.ends_at)
    if part.segment.kind == "buffer":
        return begin + min(max(_wanted(plan, place) - begin, ZERO), length)
    return begin + length


def _wanted(plan: Plan, place: int) -> dt.datetime:
    """Until when a buffer may last: what follows was planned or promised then, or the end."""
    if place + 1 == len(plan.parts):
        return plan.promised_end
    upcoming = plan.parts[place + 1]
    return min(upcoming.start, upcoming.promise or upcoming.start)


def taken_for_care(
    state: SessionState, projection: Projection, now: dt.datetime
) -> dt.timedelta:
    """What of the drift went into pauses for care, which is never called late.

    What the plan has taken in since, by being adopted, is no drift any more.
    """
    since = state.adopted_at
    pauses = (p for p in state.pauses if p.kind == "care" and (not since or p.start >= since))
    care = sum(((p.end or now) - p.start for p in pauses), ZERO)
    return min(care, max(projection.drift, ZERO))


# The running segment


def due(state: SessionState, plan: Plan, run: Run, now: dt.datetime) -> dt.datetime:
    """When the time of what runs is up; a pause does not move an end on the clock.

    More or fewer minutes move even what gives way by itself, once it runs.
    """
    place = plan.places[run.segment]
    part = plan.parts[place]
    extra = minutes(state.extra.get(run.segment, 0))
    length = unused(state, part.segment, run.start)
    if part.ends_at is not None:
        return _end(plan, place, run.start, length) + extra
    still = stood_still(state, run, now)
    if part.segment.kind == "buffer":
        natural = _end(plan, place, run.start, max(length - extra, ZERO))
        return max(natural + extra, run.start) + still
    return run.start + length + still


def left(state: SessionState, now: dt.datetime) -> dt.timedelta | None:
    """The time the running segment has left; negative when over, None when none runs."""
    if state.run is None or state.plan is None:
        return None
    return due(state, state.plan, state.run, now) - now


def signal(state: SessionState, now: dt.datetime) -> Signal | None:
    """What the time of the running segment asks for; None when none runs."""
    segment, remaining = state.segment, left(state, now)
    if segment is None or remaining is None:
        return None
    done = active(state, now)
    length = done + remaining
    soon = max(SOON_LEAST, min(SOON_MOST, SOON_SHARE * (length / minutes(1))))
    if remaining < ZERO:
        return "past-most" if done > max(minutes(segment.most), length) else "over"
    if remaining == ZERO:
        return "due"
    if remaining <= minutes(soon):
        return "soon"
    return "may-close" if done >= minutes(segment.least) else "open"
