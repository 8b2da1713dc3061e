"""The journal: what keeping a line costs, and what reading a history costs."""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.budgets import BUDGETS, Figure
from bench.pairs import Effort, beside, in_turn, number, ratio
from bench.ptybench import percentile
from facilitate.core.events import (
    EntryAdded,
    EntryReadBack,
    EntryReworded,
    Event,
    PauseEnded,
    PauseStarted,
    PostCopied,
    Recorded,
    RunOpened,
    SegmentExtended,
    SegmentStarted,
)
from facilitate.core.order import Stamper
from facilitate.core.state import replay
from facilitate.formats.journal_line import encode
from facilitate.session.history import read_history
from facilitate.session.library import open_agenda
from facilitate.store.files import REAL_DISK
from facilitate.store.journal import JournalWriter

ROOT = Path(__file__).parents[1]
AGENDA = ROOT / "agendas" / "hj-leadership-day-1.toml"
RESULTS = ROOT / "bench" / "results"
IN_MEMORY = {"tmpfs", "ramfs"}
ALLOWANCE = 150e-6
"""Seconds above the raw write that are always allowed: two threads hand over to each other."""
WARM_UP = 20
BEGAN = dt.datetime(2026, 9, 12, 16, 0, tzinfo=dt.UTC)
WRITER = "benchbench"
WORDS = "We say what we see, and we ask before we name it for someone else."


def append(effort: Effort) -> list[Figure]:
    """One line after the other, each waited for; beside it the same bytes written raw."""
    folder, remark = _disk()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        times = list(_appends(Path(scratch), effort.appends))[WARM_UP:]
    pairs = [(kept, raw) for _, kept, raw in times]
    kept, raw = (statistics.median(side) for side in zip(*pairs, strict=True))
    caller = percentile([handed for handed, _, _ in times], 95)
    median = statistics.median(handed for handed, _, _ in times)
    return [
        Figure(
            name="append",
            value=kept / raw,
            limit=max(BUDGETS["append"].limit, (raw + ALLOWANCE) / raw),
            beside=f"{number(kept * 1e6)} to {number(raw * 1e6)} us{remark}",
        ),
        Figure(name="append-caller", value=caller * 1e3, beside=f"p50 {median * 1e3:.2f} ms"),
    ]


def _appends(folder: Path, count: int) -> Iterator[tuple[float, float, float]]:
    """Seconds of each line: until its caller went on, until it was on disk, and raw."""
    writer = JournalWriter(folder / "own", WRITER)
    raw = REAL_DISK.create(folder / "raw.jsonl")

    def keep(recorded: Recorded) -> tuple[float, float]:
        began = perf_counter()
        writer.put(recorded.n, encode(recorded))
        handed = perf_counter()
        writer.settle(10)
        return handed - began, perf_counter() - began

    def write(line: bytes) -> float:
        began = perf_counter()
        os.write(raw, line)
        REAL_DISK.fsync(raw)
        return perf_counter() - began

    for recorded in history(WARM_UP + count):
        line = encode(recorded)
        if recorded.n % 2:
            seconds = write(line)
            yield (*keep(recorded), seconds)
        else:
            yield (*keep(recorded), write(line))
    writer.close(10)
    os.close(raw)


def replays(effort: Effort) -> list[Figure]:
    """A folder of journals read to a state; beside it its lines read as JSON."""
    return [_replay(count, effort.replays) for count in (1_000, 10_000)]


def _replay(count: int, runs: int) -> Figure:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        lines = [encode(recorded) for recorded in history(count)]
        (folder / f"{WRITER}.0.jsonl").write_bytes(b"".join(lines))

        def read() -> float:
            began = perf_counter()
            state = replay(read_history([folder]).events)
            seconds = perf_counter() - began
            assert len(state.history) == count
            return seconds * 1e3

        def load() -> float:
            began = perf_counter()
            loaded = [json.loads(line) for line in lines]
            seconds = perf_counter() - began
            assert len(loaded) == count
            return seconds * 1e3

        pairs = in_turn(runs, read, load)
    return Figure(name=f"replay-{count}", value=ratio(pairs), beside=beside(pairs, "ms"))


def history(count: int) -> Iterator[Recorded]:
    """A sitting of so many events, most of them lines that the group made."""
    stamper = Stamper()
    for n in range(count):
        at = BEGAN + dt.timedelta(seconds=n)
        stamp = stamper.tick(int(at.timestamp() * 1000))
        base = (f"{WRITER}.{n - 1}",) if n % 8 == REWORDED else ()
        yield Recorded(
            writer=WRITER, n=n, stamp=stamp, by="lead", event=_event(n, at), base=base
        )


REWORDED = 4
"""In each eight events, the place of the new wording of the line before it."""


def _event(n: int, at: dt.datetime) -> Event:
    agenda = open_agenda(AGENDA).agenda
