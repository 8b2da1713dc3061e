"""What is written to the archive's index: all of one change, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from facilitate.store.index import Index
from facilitate.store.index_rows import (
    PLACE_BITS,
    SEAT_BITS,
    TABLES,
    TAKEN,
    FileRow,
    LineRow,
    SittingRow,
    TextRow,
    ids,
)

if TYPE_CHECKING:
    import sqlite3

_OF_TOUCHED = "FROM touched JOIN line USING (made, name, twin)"
_OF_SEAT = """
SELECT made, name, twin FROM line WHERE id BETWEEN ? AND ?
UNION SELECT made, name, twin FROM taken JOIN line USING (made, name) WHERE seat = ?
"""
_STEPS_BEFORE = """
SELECT group_concat(text.words || char(10) || text.earlier, char(10))
FROM line AS older JOIN text ON text.id = older.id
WHERE older.made = line.made AND older.name = line.name AND older.twin = line.twin
  AND older.id < line.id
"""
_TO_FIND = f"""
SELECT line.id, text.words, text.earlier, text.told, ({_STEPS_BEFORE})
{_OF_TOUCHED} JOIN text ON text.id = line.id WHERE line.current ORDER BY line.id
"""


class Change:
    """One change of an index; made by `changing`."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._went: set[str] = set()
        self._came: set[str] = set()

    # Files

    def put_file(self, row: FileRow) -> None:
        """Note a file, in the place of what was known of it."""
        self._put("file", row)

    def drop_file(self, row: FileRow) -> None:
        """Forget a file."""
        self._base.execute(
            "DELETE FROM file WHERE folder = ? AND name = ?", (row.folder, row.name)
        )

    # Sittings

    def put_sitting(
        self,
        row: SittingRow,
        record: str,
        lines: Sequence[tuple[LineRow, TextRow]],
        taken: Iterable[str] = (),
    ) -> None:
        """Add a sitting that is not in the index, with its lines in their order.

        `taken` are names of lines that were made there and are shown nowhere.
        """
        seat = self._seat(row)
        first, last = ids(seat)
        if len(lines) > last - first:
            raise ValueError("so many lines has no record")
        self._put("sitting", (seat, *row))
        self._put("whole", (seat, record))
        self._came.add(row.title)
        for id_, (line, text) in enumerate(lines, first):
            self._put("line", (id_, *line, 0))
            self._put("text", (id_, *text))
            self._came.update(_wordings(text[1:]))
        for name in taken:
            self._put("taken", (seat, row.id, name))
        self._touch(seat)

    def drop_sitting(self, sitting: str) -> None:
        """Take a sitting and its lines out, where it is in the index."""
        rows = self._base.execute("SELECT seat, title FROM sitting WHERE id = ?", (sitting,))
        for seat, title in rows.fetchall():
            self._went.add(title)
            texts = "SELECT words, earlier, told FROM text WHERE id BETWEEN ? AND ?"
            for row in self._base.execute(texts, ids(seat)):
                self._went.update(_wordings(row))
            self._touch(seat)
            for table in ("line", "text"):
                self._base.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", ids(seat))
            for table in ("sitting", "whole", "taken"):
                self._base.execute(f"DELETE FROM {table} WHERE seat = ?", (seat,))

    def put_all(self, index: Index) -> None:
        """Fill an empty index with all that is in another."""
        for table in TABLES:
            for row in index.rows(f"SELECT * FROM {table}"):
                self._put(table, row)
        self._base.execute("INSERT INTO touched SELECT DISTINCT made, name, twin FROM line")

    def finish(self) -> None:
        """Bring what is found into line with what was put and dropped."""
        self._base.execute(
            f"UPDATE line SET current = 1 WHERE stands AND (made, name) NOT IN {TAKEN}"
            f" AND id IN (SELECT max(line.id) {_OF_TOUCHED} GROUP BY made, name, twin)"
        )
        for id_, words, earlier, told, before in self._base.execute(_TO_FIND):
            now = dict.fromkeys(_wordings([words]))
            other = dict.fromkeys(_wordings([earlier, before or ""]))
            past = "\n".join(wording for wording in other if wording not in now)
            self._base.execute(
                "INSERT INTO found (rowid, words, earlier, told) VALUES (?, ?, ?, ?)",
                (id_, words, past, told),
            )
        self._base.execute("DELETE FROM touched")
        if self._went - self._came:
            self._base.execute("INSERT INTO leftover VALUES (1)")

    def _put(self, table: str, row: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(row))
        self._base.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)

    def _touch(self, seat: int) -> None:
        """Note the lines of a sitting as changed; until `finish` they cannot be found."""
        about = (*ids(seat), seat)
        self._base.execute(f"INSERT OR IGNORE INTO touched {_OF_SEAT}", about)
        current = (
            f"SELECT id FROM ({_OF_SEAT}) JOIN line USING (made, name, twin) WHERE current"
        )
        for deed in ("DELETE FROM found WHERE rowid", "UPDATE line SET current = 0 WHERE id"):
            self._base.execute(f"{deed} IN ({current})", about)

    # Seats

    def _seat(self, row: SittingRow) -> int:
        """A free seat in the order of all sittings; others of its day may have to move."""
        seat = self._between(row)
        if seat is None:
            self._spread(row.day)
            seat = self._between(row)
        assert seat is not None, "a day has more room than a disk has records"
        return seat

    def _day(self, day: int) -> list[tuple[int, str, str]]:
        """The sittings of a day in their order: seat, when they began, id."""
        seats = (day << SEAT_BITS, day + 1 << SEAT_BITS)
        return self._base.execute(
            "SELECT seat, began, id FROM sitting WHERE seat > ? AND seat < ? ORDER BY seat",
            seats,
        ).fetchall()

    def _between(self, row: SittingRow) -> int | None:
        """The seat in the middle of what is free; None when there is none."""
        before, after = row.day << SEAT_BITS, row.day + 1 << SEAT_BITS
        for seat, *place in self._day(row.day):
            if place < [row.began, row.id]:
                before = seat
            else:
                after = seat
                break
        middle = (before + after) // 2
        return middle if before < middle < after else None

    def _spread(self, day: int) -> None:
        """Give the sittings of a day seats that are equally far from one another."""
        sittings = self._day(day)
        step = (1 << SEAT_BITS) // (len(sittings) + 1)
        for seat, *_ in sittings:
            self._move(seat, -seat)
        for nth, (seat, *_) in enumerate(sittings, 1):
            self._move(-seat, (day << SEAT_BITS) + nth * step)

    def _move(self, seat: int, to: int) -> None:
        self._touch(seat)
        for table in ("line", "text"):
            self._base.execute(
                f"UPDATE {table} SET id = id + ? WHERE id BETWEEN ? AND ?",
                (to - seat << PLACE_BITS, *ids(seat)),
            )
        for table in ("sitting", "whole", "taken"):
            self._base.execute(f"UPDATE {table} SET seat = ? WHERE seat = ?", (to, seat))


@contextmanager
def changing(index: Index) -> Iterator[Change]:
    """Change an index: all that is done within, or nothing when something is raised.

    Raises:
        Unusable: when it cannot be written, or not be read.
    """
    with index.alone() as base:
        base.execute("DELETE FROM touched")
        change = Change(base)
        yield change
        change.finish()


def copy(index: Index, to: Index) -> None:
    """Fill an empty index with all that is in another; what once was in that is not in it.

    Raises:
        Unusable: when one cannot be read, or the other not be written.
    """
    with changing(to) as change:
        change.put_all(index)
    settle(to)


def settle(index: Index) -> None:
    """Make a filled index quicker to search; for one with much that is new.

    Raises:
        Unusable: when it cannot be written.
    """
    with index.alone() as base:
        base.execute("INSERT INTO found (found) VALUES ('optimize')")


def _wordings(texts: Iterable[str]) -> Iterator[str]:
    """Each wording in texts that have one on each line."""
    for text in texts:
        yield from filter(None, text.split("\n"))
