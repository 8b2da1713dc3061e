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

JUST_BEGUN = minutes(1)
"""For so long, what was begun can be planned as if it were still to come."""
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
    """A segment that is to come, with what it may have."""

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
    if row.part.ends_at is not None:
        return Step(row, least, least)
    if segment.kind == "buffer":
        return Step(row, ZERO, ZERO)
    length = unused(state, segment, now)
    if row.part.is_protected:
        return Step(row, length, length)
    spent = used(state, segment.id, now)
    return Step(row, length, min(max(least - spent, ZERO), length))


def just_begun(state: SessionState, projection: Projection, now: dt.datetime) -> Step | None:
    """What runs, within its first minute: it can give like what is to come.

    None later, and for what people were told an end of: a break, an end on the clock.
    """
    row = projection.running
    if row is None or row.segment.kind == "break" or row.part.ends_at is not None:
        return None
    return _step(state, row, now) if now - row.start < JUST_BEGUN else None


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
    latest = [projection.promised_end]
    for place in range(len(coming) - 1, -1, -1):
        back = projection.back_at if place == 0 else None
        latest = _latest_begins(coming[place], length(coming[place]), latest, back)
    return min(latest, default=None)


def _latest_begins(
    step: Step,
    length: dt.timedelta,
    latest: Iterable[dt.datetime],
    back: dt.datetime | None,
) -> list[dt.datetime]:
    """The latest moments to come to a step, each for one promise that can still be kept.

    They are told apart so that one that is lost already hides none of the others.
    """
    ends_at, promise = step.part.ends_at, step.promise
    if ends_at is not None:
        latest = [ends_at, *(end for end in latest if end >= ends_at)]
    begins = [end - length for end in latest]
    if promise is not None:
        begins.append(promise)
    floor = max((f for f in (step.floor, back) if f is not None), default=None)
    return [begin for begin in begins if floor is None or begin >= floor]


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
