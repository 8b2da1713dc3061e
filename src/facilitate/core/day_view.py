"""The day as bars: planned beside what was and what is to come, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import minutes
from facilitate.core.plan_view import MARKS, Mark
from facilitate.core.progress import runs_of, used
from facilitate.core.runs import Run
from facilitate.core.schedule import Projection, Row, project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words

Stretch = tuple[int, int]
"""Minutes from the beginning of the picture: from, to."""


class DayBar(NamedTuple):
    """One segment in the picture."""

    title: str
    mark: Mark
    planned: Stretch
    was: tuple[Stretch, ...]
    """When it ran."""
    comes: Stretch | None
    """When it is to be, or to go on; None when it will not."""
    words: str
    """`20 min, was 23`, `20 min, 6 so far`, `20 min, from 10:05`, `left out`."""


class DayView(NamedTuple):
    """The whole day, from the first to the last minute of plan and projection."""

    begins: str
    """Clock time at the left edge."""
    ends: str
    length: int
    """Minutes from edge to edge; at least 1."""
    now: int
    """Minutes from the left edge; may lie outside."""
    bars: tuple[DayBar, ...]


def day_view(state: SessionState, now: dt.datetime) -> DayView | None:
    """The day; None before an agenda is open."""
    agenda, projection = state.agenda, project(state, now)
    if agenda is None or projection is None or not projection.rows:
        return None
    first, last = _edges(projection)
    return DayView(
        begins=clock_words(agenda, first),
        ends=clock_words(agenda, last),
        length=max((last - first) // minutes(1), 1),
        now=(now - first) // minutes(1),
        bars=tuple(_bar(state, agenda, row, first, now) for row in projection.rows),
    )


def _edges(projection: Projection) -> tuple[dt.datetime, dt.datetime]:
    starts = [time for row in projection.rows for time in (row.part.start, row.start)]
    ends = [time for row in projection.rows for time in (row.part.end, row.end)]
    return min(starts), max([*ends, projection.promised_end])


def _bar(
    state: SessionState, agenda: Agenda, row: Row, first: dt.datetime, now: dt.datetime
) -> DayBar:
    def at(instant: dt.datetime) -> int:
        return round((instant - first) / minutes(1))

    runs = runs_of(state, row.segment.id)
    comes = (max(row.start, now), row.end) if row.status == "running" else (row.start, row.end)
    return DayBar(
        title=row.segment.title,
        mark=MARKS[row.status],
        planned=(at(row.part.start), at(row.part.end)),
        was=tuple((at(run.start), at(run.end or now)) for run in runs),
        comes=(at(comes[0]), at(comes[1])) if row.comes or row.status == "running" else None,
        words=_words(state, agenda, row, runs, now),
    )


def _words(
    state: SessionState, agenda: Agenda, row: Row, runs: list[Run], now: dt.datetime
) -> str:
    planned = f"{row.segment.minutes} min"
    spent = round(used(state, row.segment.id, now) / minutes(1))
    match row.status:
        case "running":
            return f"{planned}, {spent} so far"
        case "done" | "cut short":
            return f"{planned}, was {spent}"
        case "skipped" | "passed over" | "carried" if not runs:
            return "left out" if row.status != "carried" else "not reached"
        case _:
            return f"{planned}, from {clock_words(agenda, row.start)}"
