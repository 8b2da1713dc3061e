"""The archive's index: rows of plain text in SQLite, and a search for the words in them.

It is made out of records, holds nothing that they do not hold, and can be made again at any
time. What the rows mean is not known here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitate.store.index_rows import (
    PLACE_BITS,
    SCHEMA,
    TAKEN,
    TOUCHED,
    FileRow,
    SittingRow,
    columns,
    ids,
)
from facilitate.store.records import Folder, Sign

if TYPE_CHECKING:
    import sqlite3

WAIT = 5.0
"""Seconds for which a statement waits for another program."""

RANKED_UP_TO = 20_000
"""When words are in more lines than this, the newest are as good as any."""

StepRow = tuple[Any, ...]
"""`made`, `name`, `twin` and the entry of a line, and ten facts of the sitting that told it."""

_STEP = (
    "line.made, line.name, line.twin, text.entry, sitting.id, sitting.date, sitting.began,"
    " sitting.title, sitting.cohort, sitting.programme, sitting.series, sitting.number,"
    " sitting.topic, sitting.part"
)
_BESIDE = (
    f"JOIN text ON text.id = line.id JOIN sitting ON sitting.seat = line.id >> {PLACE_BITS}"
)
_PART = r"(found.words LIKE ? ESCAPE '\' OR found.earlier LIKE ? ESCAPE '\'"
_PART += r" OR found.told LIKE ? ESCAPE '\')"


class Unusable(Exception):
    """The index cannot be used: it is damaged, of another shape, or the disk refuses."""


@contextmanager
def usable() -> Iterator[None]:
    """What SQLite has to say is said as `Unusable`."""
    import sqlite3  # no start waits for it that has nothing to look up

    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        raise Unusable(_REASONS.get(said, said)) from error


_REASONS = {
    "attempt to write a readonly database": "the disk can only be read",
    "database is locked": "another program is at work on it",
    "database or disk is full": "the disk is full",
    "disk I/O error": "the disk reports a fault",
    "unable to open database file": "the file cannot be opened",
}
"""What SQLite says, in plain words."""


class Wanted(NamedTuple):
    """What is looked for among the current lines; all of it must hold."""

    beginnings: Sequence[str] = ()
    """Words that begin like one of these; letters, digits and their marks alone."""
    parts: Sequence[str] = ()
    """What stands somewhere in the words."""
    columns: Mapping[str, object] = {}
    """What columns of a line have."""
    since: str = ""
    """The earliest date; empty for any."""
    most: int = 50
    """How many are wanted."""


class Found(NamedTuple):
    """What was found."""

    steps: list[StepRow]
    ranked: bool
    """Whether the best come first; else the newest do."""


class Index:
    """One open index, in a file or in memory. Threads take turns.

    Every method may raise `Unusable`.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open a file that is there; None for an index in memory."""
        import sqlite3

        self._turn = threading.RLock()
        with usable():
            self._base: sqlite3.Connection = sqlite3.connect(
                path or ":memory:", timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            self._base.execute("PRAGMA temp_store = MEMORY")  # words go to no other file
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute(TOUCHED)

    def close(self) -> None:
        """Let go of the file, for good."""
        with self._turn:
            self._base.close()

    def __del__(self) -> None:
        """Nobody has to remember to close it."""
        if base := getattr(self, "_base", None):
            base.close()

    def prepare(self, shape: int) -> None:
        """Make the tables in a new index; `shape` tells from others what will be in them."""
        with self._turn, usable():
            self._base.executescript(SCHEMA)
            self._base.execute(f"PRAGMA user_version = {shape:d}")

    def hurry(self) -> None:
        """Fill it without a way back; for a file that is thrown away when that fails."""
        for wish in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self.rows(f"PRAGMA {wish}")

    @property
    def shape(self) -> int:
        """What `prepare` was told; 0 for a file without tables."""
        return int(self.rows("PRAGMA user_version")[0][0])

    @property
    def has_leftovers(self) -> bool:
        """Whether words that were taken out may still lie between its rows."""
        return bool(self.rows("SELECT 1 FROM leftover LIMIT 1"))

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is written within, by this thread alone."""
        with self._within("BEGIN IMMEDIATE"):
            yield self._base

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that is read within stood in it at one moment."""
        with self._within("BEGIN"):
            yield

    @contextmanager
    def _within(self, beginning: str) -> Iterator[None]:
        with self._turn, usable():
            self._base.execute(beginning)
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def rows(self, statement: str, values: Iterable[object] = ()) -> list[Any]:
        """The answer to a statement, all of it."""
        with self._turn, usable():
            return self._base.execute(statement, tuple(values)).fetchall()

    # Files and sittings

    def known(self) -> dict[bytes, Folder]:
        """The folders of all files, as `records.look` wants them."""
        rows = self.rows("SELECT folder, listed, name, size, changed, touched FROM file")
        folders: dict[bytes, Folder] = {}
        for folder, listed, name, size, changed, touched in rows:
            if (inside := folders.get(folder)) is None:
                inside = folders[folder] = Folder(listed, {})
            inside.files[name] = Sign(size, changed, touched)
        return folders

    def files(self, **of: object) -> list[FileRow]:
        """The files with these columns, or all; those of a sitting in their order."""
        rows = f"SELECT {columns(FileRow)} FROM file {_where(of)}"
        found = self.rows(f"{rows} ORDER BY sitting, nth, folder, name", of.values())
        return [FileRow(*row) for row in found]

    def sittings(self) -> list[SittingRow]:
        """Every sitting, the oldest first."""
        rows = self.rows(f"SELECT {columns(SittingRow)} FROM sitting ORDER BY seat")
        return [SittingRow(*row) for row in rows]

    def titles(self) -> list[tuple[Any, ...]]:
        """Id, folder, title, date and number of lines of every sitting, the oldest first."""
        return self.rows("SELECT id, folder, title, date, lines FROM sitting ORDER BY seat")

    def told(self) -> list[tuple[str, str]]:
        """Id and sentences of the sittings of which something should be known; as above."""
        return self.rows("SELECT id, said FROM sitting WHERE said != '' ORDER BY seat")

    def paths(self) -> list[tuple[str, bytes, bytes]]:
        """Sitting, folder and name of every file; those of a sitting in their order."""
        return self.rows("SELECT sitting, folder, name FROM file ORDER BY sitting, nth")

    def count_sittings(self) -> int:
        """How many there are."""
        return int(self.rows("SELECT count(*) FROM sitting")[0][0])

    def cohorts(self) -> list[str]:
        """The cohorts of all sittings, the one with the latest sitting first."""
        rows = self.rows("SELECT cohort FROM sitting GROUP BY cohort ORDER BY max(seat) DESC")
        return [cohort for (cohort,) in rows]

    def last_number(self, cohort: str) -> int:
        """The highest of a cohort, also in files that may be its own; 0 without any."""
        closed = "SELECT max(last_number) AS n FROM sitting WHERE cohort = ?"
        unread = "SELECT max(last_number) FROM file WHERE coalesce(cohort, ?) = ?"
        rows = self.rows(f"{closed} UNION ALL {unread}", (cohort, cohort, cohort))
        return max((number or 0 for (number,) in rows), default=0)

    def records(self, **of: object) -> list[tuple[str, list[str]]]:
        """Records and their entries, of sittings with these columns; the oldest first."""
        whole = f"SELECT seat, record FROM sitting JOIN whole USING (seat) {_where(of)}"
        entries = "SELECT entry FROM text WHERE id BETWEEN ? AND ? ORDER BY id"
        return [
            (record, [entry for (entry,) in self.rows(entries, ids(seat))])
            for seat, record in self.rows(f"{whole} ORDER BY seat", of.values())
        ]

    # Lines

    def steps(self, **of: object) -> list[StepRow]:
        """What is told of lines with these columns and may be shown; the oldest first."""
        meant = f"{_where(of) or 'WHERE 1'} AND (made, name) NOT IN {TAKEN}"
        return self.rows(
            f"SELECT {_STEP} FROM line {_BESIDE} {meant} ORDER BY line.id", of.values()
        )

    def threads(self, **of: object) -> list[StepRow]:
        """All that is told of lines whose last step is current and has these columns."""
        of = {"current": 1, **of}
        lines = f"SELECT made, name, twin FROM line {_where(of)}"
        return self._all_of(lines, of.values())

    def labelled(self, label: str) -> list[StepRow]:
        """All that is told of current lines that ever had a label."""
        lines = (
            "SELECT DISTINCT last.made, last.name, last.twin FROM line AS had"
            " JOIN line AS last USING (made, name, twin)"
            " WHERE had.label = ? AND had.label != '' AND last.current"
        )
        return self._all_of(lines, (label,))

    def _all_of(self, lines: str, values: Iterable[object]) -> list[StepRow]:
        return self.rows(
            f"SELECT {_STEP} FROM ({lines}) CROSS JOIN line USING (made, name, twin) {_BESIDE}"
            " ORDER BY line.id",
            values,
        )

    def values(self, column: str) -> list[str]:
        """What a column has in current lines, each once, sorted; without what is empty."""
        rows = self.rows(f"SELECT DISTINCT {column} FROM line WHERE current ORDER BY 1")
        return [value for (value,) in rows if value]

    def counted(self, column: str) -> dict[str, int]:
        """How many current lines have which value of a column."""
        counts = f"SELECT {column}, count(*) FROM line WHERE current GROUP BY 1"
        return dict(self.rows(counts))

    # Words

    def found(self, wanted: Wanted) -> Found:
        """The lines that fit; of those that fit equally well the newest first."""
        match = " ".join(f'"{word}"*' for word in wanted.beginnings)
        ranked = bool(match) and not wanted.parts and not self._is_common(match)
        table, id_ = ("found", "found.rowid") if match or wanted.parts else ("line", "line.id")
        tests, values = _tests(wanted, match)
        if table == "line":
            tests.append("current")
        elif wanted.columns or wanted.since:
            table += " CROSS JOIN line ON line.id = found.rowid"
        fit, order = ("found.rank", "fit, ") if ranked else ("0", "")
        hits = (
            f"SELECT {id_} AS id, {fit} AS fit FROM {table} WHERE {' AND '.join(tests)}"
            f" ORDER BY {order}{id_} DESC LIMIT ?"
        )
        steps = self.rows(
            f"SELECT {_STEP} FROM ({hits}) AS hit CROSS JOIN line ON line.id = hit.id {_BESIDE}"
            " ORDER BY hit.fit, hit.id DESC",
            (*values, wanted.most),
        )
        return Found(steps, ranked)

    def _is_common(self, match: str) -> bool:
        """Whether so many lines fit that it would take long to rank them."""
        probe = f"SELECT 1 FROM found WHERE found MATCH ? LIMIT 1 OFFSET {RANKED_UP_TO}"
        return bool(self.rows(probe, (match,)))


def _where(columns: Iterable[str]) -> str:
    tests = " AND ".join(f"{column} = ?" for column in columns)
    return f"WHERE {tests}" if tests else ""


def _tests(wanted: Wanted, match: str) -> tuple[list[str], list[object]]:
    """Conditions of a statement, and the values that they are about."""
    tests: list[str] = []
    values: list[object] = []
    if match:
        tests.append("found MATCH ?")
        values.append(match)
    for part in wanted.parts:
        tests.append(_PART)
        values += [f"%{_escaped(part)}%"] * 3
    for column, value in wanted.columns.items():
        tests.append(f"line.{column} = ?")
        values.append(value)
    if wanted.since:
        tests.append("line.date >= ?")
        values.append(wanted.since)
    return tests, values


def _escaped(part: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\%_" else sign for sign in part)
