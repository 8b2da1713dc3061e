"""The plan as the screens show it: a row a part, as plain values."""

from __future__ import annotations

from typing import Literal, NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.schedule import Projection, Row, allotted, minutes
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words

Mark = Literal["done", "now", "next", "later", "carried"]


class PlanRow(NamedTuple):
    """One line of the plan strip."""

    segment: str
    mark: Mark
    title: str
    minutes: int
    """Allotted now."""
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
    mark: Mark = "later"
    if row.status in {"done", "carried"}:
        mark = "done" if row.status == "done" else "carried"
    elif row.status == "running":
        mark = "now"
    elif segment is following:
        mark = "next"
    return PlanRow(
        segment=segment.id,
        mark=mark,
        title=segment.title,
        minutes=allotted(state, segment) // minutes(1),
        begins=clock_words(agenda, row.start) if row.status == "pending" else "",
        until=clock_words(agenda, row.end) if row.status == "running" else "",
        is_break=segment.kind == "break",
    )
