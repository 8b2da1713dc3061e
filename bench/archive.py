"""The archive: made again, searched, and looked at when nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.budgets import Figure
from bench.kept_records import ALL_OF_US, PLAIN, Size, write_records
from bench.pairs import Effort, beside, in_turn, ratio
from bench.ptybench import number, percentile
from facilitate.core.searching import Query
from facilitate.formats.record_toml import read_record
from facilitate.session.archive import MOST, Archive
from facilitate.session.kept import Kept
from facilitate.store.index import RANKED_UP_TO
from facilitate.store.places import Places
from facilitate.store.records import find_record_files

LINES = 100
"""Of a record that is searched."""
LETTERS = 4
"""Words with fewer are not what anybody looks for."""
AGO = 1_700_000_000
"""When the files say that they were written: nothing is racing with them."""

_STEP = "line.made, line.name, line.twin, text.entry, sitting.*"
_RAW = (
    f"SELECT {_STEP} FROM (SELECT rowid AS id, rank AS fit FROM found WHERE found MATCH ?"
    f" ORDER BY rank LIMIT {MOST + 1}) AS hit CROSS JOIN line ON line.id = hit.id"
    " JOIN text ON text.id = line.id JOIN sitting ON sitting.seat = line.id >> 20"
)
"""What anyone would ask the database for themselves."""


def archive(effort: Effort) -> list[Figure]:
    """Making the index again, and searching it."""
    with _records(Size(effort.records, LINES)) as places:
        kept = Kept(places)
        made = _rebuilt(kept, places, effort)
        asked = Archive(kept)
        counts = {word: _count(places, word) for word in (ALL_OF_US, *PLAIN)}
        common = [word for word, count in counts.items() if count > RANKED_UP_TO]
        words = [word for word in counts if word not in common and len(word) >= LETTERS]
        return [
            made,
            _searched("search", places, asked, words, effort),
            _searched("search-commonest", places, asked, common, effort),
        ]


def unchanged(effort: Effort) -> list[Figure]:
    """Looking again where nothing changed, beside a bare look at the same files."""
    with _records(Size(effort.small_records, 1)) as places:
        kept = Kept(places)
        kept.refresh()
        files = [os.fspath(path) for path in find_record_files(places.records)]
        assert len(files) == effort.small_records

        def ours() -> float:
            began = perf_counter()
            changed = Kept(places).refresh()
            seconds = perf_counter() - began
            assert not changed
            return seconds * 1e3

        pairs = in_turn(effort.replays, ours, lambda: _bare_look(places.records))
    said = f"{beside(pairs, 'ms')} for {effort.small_records:,} records"
    return [Figure(name="unchanged", value=ratio(pairs), beside=said)]


@contextmanager
def _records(size: Size) -> Iterator[Places]:
    """A home with so many records, all of them written long ago."""
    with tempfile.TemporaryDirectory() as home:
        places = Places(home=Path(home))
        write_records(places.records, size)
        for folder, _, names in os.walk(places.records):
            for name in (*names, "."):
                os.utime(os.path.join(folder, name), (AGO, AGO))  # noqa: PTH118 - many
        yield places


def _rebuilt(kept: Kept, places: Places, effort: Effort) -> Figure:
    """The index made again, beside reading its records and nothing else."""
    contents = [path.read_bytes() for path in find_record_files(places.records)]

    def ours() -> float:
        began = process_time()
        kept.rebuild()
        return process_time() - began

    def base() -> float:
        began = process_time()
        assert all(read_record(content, "").record for content in contents)
        return process_time() - began

    pairs = in_turn(max(1, effort.replays // 10), ours, base)
    return Figure(
        name="rebuild",
        value=ratio(pairs),
        beside=f"{beside(pairs, 's')} for {effort.records * LINES:,} lines",
    )


# Searching


def _searched(
    name: str, places: Places, asked: Archive, words: Sequence[str], effort: Effort
) -> Figure:
    base = sqlite3.connect(places.index)

    def ours(word: str) -> int:
        return len(asked.search(Query(word)).hits)

    def raw(word: str) -> int:
        return len(base.execute(_RAW, (f'"{word}"*',)).fetchall()[:MOST])

    assert all(ours(word) == raw(word) > 0 for word in words)
    times = [
        in_turn(effort.replays, partial(_timed, ours, word), partial(_timed, raw, word))
        for word in words
    ]
    base.close()
    runs = [tuple(map(sum, zip(*of_all, strict=True))) for of_all in zip(*times, strict=True)]
    slowest = percentile([median(one for one, _ in pairs) for pairs in times], 95)
    said = f"p95 {number(slowest)} ms{_beside_ripgrep(places, words, slowest)}"
    return Figure(name=name, value=ratio([(one, other) for one, other in runs]), beside=said)


def _timed(ask: Callable[[str], int], word: str) -> float:
    began = perf_counter()
    ask(word)
    return (perf_counter() - began) * 1e3


def _count(places: Places, word: str) -> int:
    base = sqlite3.connect(places.index)
    found = base.execute("SELECT count(*) FROM found WHERE found MATCH ?", (f'"{word}"*',))
    count = int(found.fetchone()[0])
    base.close()
    return count


def _beside_ripgrep(places: Places, words: Sequence[str], ours: float) -> str:
    """How long ripgrep takes for the same pages; nothing where it is not installed."""
    program = shutil.which("rg")
    if program is None:
        return ""
    times = []
    for word in words:
        began = perf_counter()
        command = (program, "-i", "-w", "--glob", "*.md", f"{word}\\w*", places.records)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append((perf_counter() - began) * 1e3)
    theirs = percentile(times, 95)
    return f"; rg {number(theirs)} ms, {number(theirs / ours)} times as long"


def _bare_look(root: Path) -> float:
    """Milliseconds for one look at each folder of a record and at its record."""
    began = perf_counter()
    seen = 0
    for year in os.scandir(root):
        for folder in os.scandir(year.path):
            folder.stat()
            seen += os.stat(f"{folder.path}/record.toml").st_size  # noqa: PTH116 - many
    assert seen
    return (perf_counter() - began) * 1e3
