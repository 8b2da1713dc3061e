"""The journal: what keeping a line costs, and what reading a history costs."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.budgets import BUDGETS, Figure
from bench.pairs import Effort, beside, in_turn, ratio
from bench.ptybench import percentile
from bench.sitting import WRITER, history
from facilitate.core.events import Recorded
from facilitate.formats.journal_line import encode
from facilitate.session.history import read_state
from facilitate.store.files import REAL_DISK
from facilitate.store.journal import JournalWriter

RESULTS = Path(__file__).parent / "results"
IN_MEMORY = {"tmpfs", "ramfs"}
ALLOWANCE = 0.150
"""Milliseconds above the raw write that are always allowed: one thread wakes another."""
WARM_UP = 20
PATIENCE = 10.0
"""Seconds after which the disk is taken to be broken."""


def append(effort: Effort) -> list[Figure]:
    """One line after the other, each waited for; beside it the same bytes written raw."""
    folder, remark = _folder_on_disk()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        times = list(_appends(Path(scratch), WARM_UP + effort.appends))[WARM_UP:]
    handed = [milliseconds for milliseconds, _, _ in times]
    pairs = [(kept, raw) for _, kept, raw in times]
    kept, raw = (median(side) for side in zip(*pairs, strict=True))
    return [
        Figure(
            name="append",
            value=kept / raw,
            limit=max(BUDGETS["append"].limit, (raw + ALLOWANCE) / raw),
            beside=beside(pairs, "ms") + remark,
        ),
        Figure(
            name="append-caller",
            value=percentile(handed, 95),
            beside=f"p50 {median(handed):.3f} ms",
        ),
    ]


def _appends(folder: Path, count: int) -> Iterator[tuple[float, float, float]]:
    """Milliseconds of each line: until its caller goes on, until it is kept, and raw."""
    writer = JournalWriter(folder / "own", WRITER)
    raw = REAL_DISK.create(folder / "raw.jsonl")

    def keep(recorded: Recorded) -> tuple[float, float]:
        began = perf_counter()
        writer.put(recorded.n, encode(recorded))
        handed = perf_counter()
        writer.settle(PATIENCE)
        return (handed - began) * 1e3, (perf_counter() - began) * 1e3

    def write(line: bytes) -> float:
        began = perf_counter()
        os.write(raw, line)
        REAL_DISK.fsync(raw)
        return (perf_counter() - began) * 1e3

    for recorded in history(count):
        line = encode(recorded)
        written = write(line) if recorded.n % 2 else None
        handed, kept = keep(recorded)
        yield handed, kept, write(line) if written is None else written
    writer.close(PATIENCE)
    os.close(raw)


def _folder_on_disk() -> tuple[Path, str]:
    """A folder whose files go to a disk, and what is to be said when there is none."""
    RESULTS.mkdir(exist_ok=True)
    for folder in (RESULTS, Path.home(), Path("/var/tmp")):
        if folder.is_dir() and _file_system(folder) not in IN_MEMORY:
            return folder, ""
    return RESULTS, ", in memory: no disk here"


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder is on; empty where that cannot be asked."""
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return ""
    kinds = {}
    for line in mounts.read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        kinds[Path(before.split()[4])] = after.split()[0]
    above = [path for path in (folder.resolve(), *folder.resolve().parents) if path in kinds]
    return kinds[above[0]] if above else ""


def replays(effort: Effort) -> list[Figure]:
    """CPU of a folder of journals read to a state; beside it its lines read as JSON."""
    return [_replay(1_000, 10 * effort.replays), _replay(10_000, effort.replays)]


def _replay(count: int, runs: int) -> Figure:
    lines = [encode(recorded) for recorded in history(count)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / f"{WRITER}.0.jsonl").write_bytes(b"".join(lines))

        def read() -> float:
            began = process_time()
            state, _ = read_state([folder])
            seconds = process_time() - began
            assert len(state.history) == count
            return seconds * 1e3

        def load() -> float:
            began = process_time()
            loaded = [json.loads(line) for line in lines]
            seconds = process_time() - began
            assert len(loaded) == count
            return seconds * 1e3

        pairs = in_turn(runs, read, load)
    return Figure(name=f"replay-{count}", value=ratio(pairs), beside=beside(pairs, "ms"))
