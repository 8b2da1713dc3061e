"""What comes of a wish about the plan and about minutes."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from facilitate.core.agenda import Segment
from facilitate.core.capture_line import clean
from facilitate.core.clock_time import minutes
from facilitate.core.commands import (
    Adopt,
    ApplyFit,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    MovePlan,
    PlanCommand,
    Restore,
    Skip,
)
from facilitate.core.events import (
    FROM,
    PUSH,
    Allotment,
    Event,
    FitApplied,
    OvertimeGranted,
    PlanAdopted,
    PlanMoved,
    PlannedTime,
    PlanReordered,
    SegmentExtended,
    SegmentInserted,
    SegmentRestored,
    SegmentSkipped,
    SegmentStarted,
)
from facilitate.core.plan import Plan
from facilitate.core.progress import allotted, used
from facilitate.core.refusal import Refused
from facilitate.core.schedule import Projection, Row, left, project
from facilitate.core.state import SessionState

MOST_MINUTES = 720
"""More than this is a slip of the hand."""
LONGEST_TITLE = 120
"""Characters of the title of a part that is put in."""
_MOVED_ON = "The day has moved on since; look at the proposal again."


def decide_plan(state: SessionState, command: PlanCommand, now: dt.datetime) -> Event:
    """The event that a wish about the plan causes.

    Raises:
        Refused: when it cannot be done now.
    """
    match command:
        case MovePlan():
            return _move_plan(state, now)
        case Extend(minutes=count, payer=payer):
            return _extend(state, count, payer, now)
        case ApplyFit(allotments=allotments):
            return _apply(state, allotments, now)
        case Skip(segment=segment):
            return _skip(state, segment, now)
        case Restore(segment=segment):
            return _restore(state, segment, now)
        case Insert(title=title, minutes=count, after=after):
            return _insert(state, title, count, after, now)
        case Move(segment=segment, before=before):
            return _move(state, segment, before, now)
        case Adopt():
            return _adopt(state, now)
        case GrantOvertime(minutes=count):
            return _overtime(count, now)
        case _ as unreachable:
            assert_never(unreachable)


def day(state: SessionState, now: dt.datetime) -> Projection:
    """The day as it looks now.

    Raises:
        Refused: when no agenda is open.
    """
    projection = project(state, now)
    if projection is None:
        raise Refused("No agenda is open here; open one first.")
    return projection


def running(state: SessionState) -> Segment:
    """The segment that runs.

    Raises:
        Refused: when none does.
    """
    if state.segment is None:
        raise Refused("Nothing runs yet; Enter starts the first part.")
    return state.segment


def row_of(projection: Projection, segment: str) -> Row:
    """The row of that segment.

    Raises:
        Refused: when the day has no such segment.
    """
    found = next((row for row in projection.rows if row.segment.id == segment), None)
    if found is None:
        raise Refused(f"This day has no part called {segment}.")
    return found


def _coming(projection: Projection, segment: str) -> Row:
    row = row_of(projection, segment)
    if row.status != "pending":
        raise Refused(f"{row.segment.title} {_WHY_NOT[row.status]}.")
    return row


_WHY_NOT = {
    "running": "is running; n goes on to the next part",
    "interrupted": "was interrupted and comes back next",
    "done": "is over",
    "cut short": "was cut short; k can bring it back",
    "skipped": "was left out; k can bring it back",
    "passed over": "was passed over; k can bring it back",
    "carried": "was carried over",
}


# Minutes


def _extend(
    state: SessionState, count: int, payer: str | None, now: dt.datetime
) -> SegmentExtended:
    segment, remaining = running(state), left(state, now)
    _needs_sense(count)
    if count < 0 and remaining is not None and remaining + minutes(count) < minutes(1):
        raise Refused("More than that has passed already; n goes on to the next part.")
    if payer is None:
        return SegmentExtended(segment=segment.id, minutes=count, payer=PUSH, at=now)
    if count < 0:
        raise Refused("Only more minutes can be taken from another part.")
    row = _coming(day(state, now), payer)
    giver, spare = row.segment, spare_minutes(state, row)
    if count > spare:
        raise Refused(f"{giver.title} can give {spare} min and no more.")
    return SegmentExtended(segment=segment.id, minutes=count, payer=f"{FROM}{giver.id}", at=now)


def spare_minutes(state: SessionState, row: Row) -> int:
    """The whole minutes that a segment that is to come could give; none when protected."""
    spare = (allotted(state, row.segment) - minutes(row.segment.least)) // minutes(1)
    return 0 if row.part.is_protected else max(spare, 0)


def _needs_sense(count: int) -> None:
    if count == 0:
        raise Refused("Zero minutes change nothing.")
    if abs(count) > MOST_MINUTES:
        raise Refused(f"No part changes by more than {MOST_MINUTES} minutes at once.")


def _apply(
    state: SessionState, allotments: tuple[Allotment, ...], now: dt.datetime
) -> FitApplied:
    if not allotments:
        raise Refused("There is nothing to shorten.")
    projection = day(state, now)
    for one in allotments:
        row = row_of(projection, one.segment)
        had = used(state, one.segment, now)
        if row.status == "running":
            had += minutes(1)
        elif not row.comes:
            raise Refused(_MOVED_ON)
        if row.part.is_protected or minutes(one.minutes) < had:
            raise Refused(_MOVED_ON)
        if one.minutes < min(row.segment.least, allotted(state, row.segment) // minutes(1)):
            raise Refused(f"{row.segment.title} needs {row.segment.least} min at least.")
    return FitApplied(allotments=allotments, at=now)


def _overtime(count: int, now: dt.datetime) -> OvertimeGranted:
    _needs_sense(count)
    if count < 0:
        raise Refused("A promised end is not taken back; close earlier instead.")
    return OvertimeGranted(minutes=count, at=now)


# Left out and brought back


def _skip(state: SessionState, segment: str, now: dt.datetime) -> Event:
    projection = day(state, now)
    row = row_of(projection, segment)
    if row.status == "running":
        following = projection.following
        if following is None:
            raise Refused("This is the last part. ctrl+e closes the sitting.")
        return SegmentStarted(segment=following.id, from_=segment, at=now, leaves="cut short")
    if not row.comes:
        raise Refused(f"{row.segment.title} {_WHY_NOT[row.status]}.")
    return SegmentSkipped(segment=segment, at=now)


def _restore(state: SessionState, segment: str, now: dt.datetime) -> SegmentRestored:
    row = row_of(day(state, now), segment)
    if row.status not in {"skipped", "passed over", "cut short"}:
        raise Refused(f"{row.segment.title} was not left out.")
    return SegmentRestored(segment=segment, at=now)


# The plan


def _move_plan(state: SessionState, now: dt.datetime) -> PlanMoved:
    if state.run is not None:
        raise Refused("The plan can be moved until the first part begins.")
    return PlanMoved(start=now.replace(second=0, microsecond=0))  # plans are whole minutes


def _insert(
    state: SessionState, title: str, count: int, after: str, now: dt.datetime
) -> SegmentInserted:
    words = clean(title)[:LONGEST_TITLE]
    if not words:
        raise Refused("A new part needs a title.")
    if not 0 < count <= MOST_MINUTES:
        raise Refused(f"A new part has 1 to {MOST_MINUTES} minutes.")
    projection = day(state, now)
    place = _place(state, row_of(projection, after).segment.id)
    if place + 1 < _first_free(state):
        raise Refused("The day has gone past that place already.")
    segment = Segment(id=_new_id(state), title=words, kind="dialogue", minutes=count)
    return SegmentInserted(segment=segment, after=after, at=now)


def _new_id(state: SessionState) -> str:
    taken = {segment.id for segment in state.segments}
    return next(f"added-{n}" for n in range(1, len(taken) + 2) if f"added-{n}" not in taken)


def _move(state: SessionState, segment: str, before: str, now: dt.datetime) -> PlanReordered:
    projection = day(state, now)
    moved, target = _coming(projection, segment), _coming(projection, before)
    if moved is target:
        raise Refused(f"{moved.segment.title} stands there already.")
    if _place(state, before) < _first_free(state):
        raise Refused("The day has gone past that place already.")
    return PlanReordered(segment=segment, before=before, at=now)


def _place(state: SessionState, segment: str) -> int:
    return _plan(state).places[segment]


def _plan(state: SessionState) -> Plan:
    if state.plan is None:
        raise Refused("No agenda is open here; open one first.")
    return state.plan


def _first_free(state: SessionState) -> int:
    """The first place of the plan that nothing that ran stands at or behind."""
    places = _plan(state).places
    return max((places[run.segment] + 1 for run in state.runs), default=0)


def _adopt(state: SessionState, now: dt.datetime) -> PlanAdopted:
    projection = day(state, now)
    running(state)
    if all((row.start, row.end) == (row.part.start, row.part.end) for row in projection.course):
        raise Refused("The day is as planned already.")
    times = tuple(
        PlannedTime(segment=row.segment.id, start=row.start, end=row.end)
        for row in projection.rows
        if row in projection.course
    )
    return PlanAdopted(times=times, at=now)
