"""The projection of a long day, beside building its rows and nothing else."""

from __future__ import annotations

import datetime as dt
from time import process_time

from bench.budgets import Figure
from bench.pairs import Effort, beside, in_turn, ratio
from bench.sitting import BEGAN, WRITER
from facilitate.core.agenda import Agenda, Segment
from facilitate.core.events import Event, Recorded, RunOpened, SegmentStarted
from facilitate.core.fold import replay
from facilitate.core.schedule import Row, project

SEGMENTS = 60
REACHED = 40
"""So many of them have begun: what was costs as well as what comes."""
TIMES = 200
"""A projection is too quick to be timed alone."""


def projecting(effort: Effort) -> list[Figure]:
    """The day of 60 segments as it looks at one moment."""
    state = replay(_history())
    now = BEGAN + dt.timedelta(minutes=5 * REACHED)
    projection = project(state, now)
    assert projection is not None
    rows = projection.rows

    def ours() -> float:
        began = process_time()
        for _ in range(TIMES):
            project(state, now)
        return (process_time() - began) * 1e3 / TIMES

    def base() -> float:
        began = process_time()
        for _ in range(TIMES):
            tuple(
                Row(
                    part=r.part,
                    status=r.status,
                    start=r.start,
                    end=r.end,
                    hold=r.hold,
                    late=r.late,
                )
                for r in rows
            )
        return (process_time() - began) * 1e3 / TIMES

    pairs = in_turn(effort.replays, ours, base)
    return [Figure(name="project", value=ratio(pairs), beside=beside(pairs, "ms"))]


def _history() -> list[Recorded]:
    names = [f"part-{n}" for n in range(SEGMENTS)]
    agenda = Agenda(
        id="long-day",
        title="A long day",
        start=dt.time(9),
        timezone="America/New_York",
        minutes=5 * SEGMENTS,
        place="online",
        segments=tuple(Segment(id=n, title=n, kind="dialogue", minutes=5) for n in names),
    )
    opening = RunOpened(
        sitting="bench", device="open road", app="0", agenda=agenda, date=BEGAN.date()
    )
    starts = [
        SegmentStarted(segment=name, from_=before, at=BEGAN + dt.timedelta(minutes=5 * n))
        for n, (name, before) in enumerate(zip(names, [None, *names], strict=False))
    ]
    events: list[Event] = [opening, *starts[:REACHED]]
    return [
        Recorded(writer=WRITER, n=n, stamp=f"{n:012x}-0000", by="lead", event=event)
        for n, event in enumerate(events)
    ]
