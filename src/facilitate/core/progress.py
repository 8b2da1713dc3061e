"""How far each segment has come: its status, and the time it had, may have and has left.

All of it is arithmetic on UTC instants; nothing here changes anything.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from facilitate.core.agenda import Segment
from facilitate.core.clock_time import ZERO, minute_after, minutes
from facilitate.core.plan import Plan
from facilitate.core.runs import Run
from facilitate.core.state import SessionState

Status = Literal[
    "pending",
    "running",
    "interrupted",
    "done",
    "cut short",
    "skipped",
    "passed over",
    "carried",
]
"""`passed over`: the day went past it, as past a buffer that was used up.

`carried`: the sitting closed before it was finished.
"""
TO_COME: frozenset[Status] = frozenset({"pending", "interrupted"})


def runs_of(state: SessionState, segment: str) -> list[Run]:
    """Every run of a segment, in order; empty when it never began."""
    return [run for run in state.runs if run.segment == segment]


def statuses(state: SessionState, plan: Plan) -> list[Status]:
    """The status of each part, in the order of the plan."""
    ran = {run.segment for run in state.runs}
    reached = max((plan.places[segment] for segment in ran), default=-1)
    running = state.run.segment if state.run else None
    found: list[Status] = []
    for place, part in enumerate(plan.parts):
        segment = part.segment.id
        if segment == running:
            found.append("running")
        elif segment in ran:
            found.append(_left(state, segment))
        elif segment in state.skipped:
            found.append("skipped")
        elif place < reached and segment not in state.restored:
            found.append("passed over")
        else:
            found.append("pending" if state.closed_at is None else "carried")
    return found


def _left(state: SessionState, segment: str) -> Status:
    """The status of a segment that ran and does not run now."""
    if segment in state.cut_short:
        return "cut short"
    if segment in state.interrupted:
        return "interrupted" if state.closed_at is None else "carried"
    return "done"


def allotted(state: SessionState, segment: Segment) -> dt.timedelta:
    """The time a segment may use now, in all its runs: planned minutes and what was added."""
    return minutes(segment.minutes + state.extra.get(segment.id, 0))


def stood_still(state: SessionState, run: Run, now: dt.datetime) -> dt.timedelta:
    """How long a run was paused."""
    end = run.end or now
    still = ZERO
    for pause in state.pauses:
        stretch = min(pause.end or now, end) - max(pause.start, run.start)
        if stretch > ZERO:
            still += stretch
    return still


def used(state: SessionState, segment: str, now: dt.datetime) -> dt.timedelta:
    """The time that a segment had in all its runs, pauses left out."""
    runs = runs_of(state, segment)
    return sum(((r.end or now) - r.start - stood_still(state, r, now) for r in runs), ZERO)


def unused(state: SessionState, segment: Segment, now: dt.datetime) -> dt.timedelta:
    """What is left of its time for a segment that comes, or comes back; never negative."""
    return max(allotted(state, segment) - used(state, segment.id, now), ZERO)


def active(state: SessionState, now: dt.datetime) -> dt.timedelta:
    """The time the running segment has used, in all its runs; zero when none runs."""
    return used(state, state.run.segment, now) if state.run else ZERO


def paused(state: SessionState, now: dt.datetime) -> dt.timedelta:
    """How long the running segment has stood still since it began; zero when none runs."""
    return stood_still(state, state.run, now) if state.run else ZERO


def back_at(state: SessionState) -> dt.datetime | None:
    """The return time of the break that runs, on a whole minute; None when none does.

    It is told to everyone when the break begins, and only more or fewer minutes move it.
    """
    run, plan = state.run, state.plan
    if run is None or plan is None:
        return None
    part = plan.part(run.segment)
    if part.segment.kind != "break":
        return None
    if part.ends_at is not None:
        extra = minutes(state.extra.get(run.segment, 0))
        return minute_after(max(run.start + minutes(part.segment.least), part.ends_at) + extra)
    return minute_after(run.start + unused(state, part.segment, run.start))
