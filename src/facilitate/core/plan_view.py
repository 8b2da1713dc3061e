"""The plan as the screens show it: a row a part, as plain values."""

from __future__ import annotations

from typing import Literal, NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.clock_time import minutes
from facilitate.core.progress import Status, allotted
from facilitate.core.schedule import Projection, Row
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words

Mark = Literal["done", "now", "next", "later", "carried", "out", "cut", "waits"]
"""`out`: left out or passed over; `cut`: cut short; `waits`: interrupted, and comes back."""

MARKS: dict[Status, Mark] = {
    "running": "now",
    "done": "done",
    "carried": "carried",
    "skipped": "out",
    "passed over": "out",
    "cut short": "cut",
    "interrupted": "waits",
    "pending": "later",
}


class PlanRow(NamedTuple):
    """One line of the plan strip."""

    segment: str
    mark: Mark
    title: str
    minutes: int
    """Allotted now; of what was interrupted, what it has left."""
    begins: str
    """Clock time; empty where it does not help."""
    until: str
    """Clock time of its end while it runs; empty otherwise."""
    is_break: bool


def plan_rows(
    state: SessionState, projection: Projection, agenda: Agenda
) -> tuple[PlanRow, ...]:
    """The plan, a row a segment, in order."""
    following = projection.following
    return tuple(_plan_row(state, row, agenda, following) for row in projection.rows)


def _plan_row(
    state: SessionState, row: Row, agenda: Agenda, following: Segment | None
) -> PlanRow:
    segment = row.segment
    waits = row.status == "interrupted"
    length = row.end - row.start if waits else allotted(state, segment)
    mark = "next" if segment is following else MARKS[row.status]
    return PlanRow(
        segment=segment.id,
        mark=mark,
        title=segment.title,
        minutes=length // minutes(1),
        begins=clock_words(agenda, row.start) if row.comes else "",
        until=clock_words(agenda, row.end) if row.status == "running" else "",
        is_break=segment.kind == "break",
    )
