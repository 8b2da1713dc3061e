"""What was promised and can still be kept: barriers, the latest moments, what is in hand.

A barrier is a promised beginning, an end on the clock, or the promised end of the sitting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from facilitate.core.clock_time import ZERO, minutes
from facilitate.core.plan import Part
from facilitate.core.progress import allotted, unused, used
from facilitate.core.schedule import Projection, Row, project
from facilitate.core.state import SessionState

THE_END = "end"
"""Names the promised end of the sitting; ids of segments name the other barriers."""


class Barrier(NamedTuple):
    """A moment that people were told."""

    name: str
    """Id of the segment that begins or ends then; `end` for the end of the sitting."""
    at: dt.datetime
    ends: bool
    """Whether something ends then, on the clock, and not begins."""


class Step(NamedTuple):
    """A segment that is to come, with what it may have, in whole seconds."""

    row: Row
    length: dt.timedelta
    """What it has now; of a buffer nothing, of one that ends on the clock its least."""
    least: dt.timedelta
    """The shortest that may be proposed for it."""

    @property
    def part(self) -> Part:
        """The segment in the plan."""
        return self.row.part

    @property
    def promise(self) -> dt.datetime | None:
        """By when it was promised to begin; what came back began already."""
        return self.part.promise if self.row.status == "pending" else None

    @property
    def floor(self) -> dt.datetime | None:
        """Before when it does not begin; what came back began already."""
        return self.part.floor if self.row.status == "pending" else None


def steps(state: SessionState, projection: Projection, now: dt.datetime) -> list[Step]:
    """What is to come, in order."""
    return [_step(state, row, now) for row in projection.later]


def _step(state: SessionState, row: Row, now: dt.datetime) -> Step:
    segment = row.segment
    least = minutes(segment.least)
    if segment.kind == "buffer":
        return Step(row, ZERO, ZERO)
    if row.part.ends_at is not None:
        return Step(row, least, least)
    length = unused(state, segment, now)
    if row.part.is_protected:
        return Step(row, length, length)
    spent = used(state, segment.id, now) if row.status == "interrupted" else ZERO
    return Step(row, length, min(max(least - spent, ZERO), length))


def planned_length(state: SessionState, step: Step) -> dt.timedelta:
    """What a step takes at its allotted length."""
    if step.part.ends_at is not None:
        return allotted(state, step.part.segment)
    return step.length


def barriers(projection: Projection, coming: Iterable[Step]) -> list[Barrier]:
    """Every barrier still ahead, in the order in which the day comes to it."""
    found: list[Barrier] = []
    for step in coming:
        if step.promise is not None:
            found.append(Barrier(step.part.segment.id, step.promise, ends=False))
        if step.part.ends_at is not None:
            found.append(Barrier(step.part.segment.id, step.part.ends_at, ends=True))
    return [*found, Barrier(THE_END, projection.promised_end, ends=True)]


# The latest moments


def leave_by(state: SessionState, now: dt.datetime) -> dt.datetime | None:
    """The latest moment to leave what runs (or to start) and still keep what comes.

    Everything that comes is as short as it may be, what is protected at full length. What
    cannot be kept even by waiting for a floor is left out; None when nothing else is left.
    """
    return _latest(state, now, lambda step: step.least)


def on_plan_until(state: SessionState, now: dt.datetime) -> dt.datetime | None:
    """The same with everything that comes at its allotted length."""
    return _latest(state, now, lambda step: planned_length(state, step))


def _latest(
    state: SessionState, now: dt.datetime, length: Callable[[Step], dt.timedelta]
) -> dt.datetime | None:
    projection = project(state, now)
    if projection is None:
        return None
    coming = steps(state, projection, now)
    latest: dt.datetime | None = projection.promised_end
    for place in range(len(coming) - 1, -1, -1):
        back = projection.back_at if place == 0 else None
        latest = _latest_begin(coming[place], length(coming[place]), latest, back)
    return latest


def _latest_begin(
    step: Step,
    length: dt.timedelta,
    latest_end: dt.datetime | None,
    back: dt.datetime | None,
) -> dt.datetime | None:
    """The latest moment at which the day may come to a step; None when it does not matter."""
    ends_at = step.part.ends_at
    if ends_at is not None:
        kept = latest_end is None or latest_end >= ends_at
        latest_end = min(latest_end, ends_at) if latest_end and kept else ends_at
    begin = latest_end - length if latest_end is not None else None
    floor = max((f for f in (step.floor, back) if f is not None), default=None)
    if begin is not None and floor is not None and begin < floor:
        begin = None  # lost already: waiting for the floor is too late for it
    if step.promise is None or (floor is not None and step.promise < floor):
        return begin
    return step.promise if begin is None else min(begin, step.promise)


# In hand


class Ahead(NamedTuple):
    """The next barrier, and what is in hand before it."""

    barrier: Barrier
    in_hand: dt.timedelta
    """Time between what lies before it, buffers counted as nothing, and the barrier.

    Negative when it cannot be kept as things are.
    """


def ahead(state: SessionState, projection: Projection, now: dt.datetime) -> Ahead:
    """The next barrier of the day."""
    coming = steps(state, projection, now)
    cursor = projection.running.end if projection.running is not None else now
    for number, step in enumerate(coming):
        back = projection.back_at if number == 0 else None
        if step.promise is not None:
            barrier = Barrier(step.part.segment.id, step.promise, ends=False)
            return Ahead(barrier, step.promise - cursor)
        cursor = max(cursor, step.floor or cursor, back or cursor) + step.length
        if step.part.ends_at is not None:
            barrier = Barrier(step.part.segment.id, step.part.ends_at, ends=True)
            return Ahead(barrier, step.part.ends_at - cursor)
    barrier = Barrier(THE_END, projection.promised_end, ends=True)
    return Ahead(barrier, projection.promised_end - cursor)
