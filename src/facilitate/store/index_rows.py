"""What the archive's index is made of: rows of plain text, and the tables that they stand in.

Lines have ids that rise with the day of their sitting and the time at which it began, also
when an older sitting comes in later: whoever reads ids downwards reads the newest first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

PLACE_BITS = 20
"""Of the id of a line, for its place in its record."""

SEAT_BITS = 21
"""Of the seat of a sitting, for its place in its day; before them stands the day."""


def ids(seat: int) -> tuple[int, int]:
    """The first and the last id that lines of the sitting in a seat may have."""
    return seat << PLACE_BITS, (seat + 1 << PLACE_BITS) - 1


class FileRow(NamedTuple):
    """A file that is a record, or should be one."""

    folder: bytes
    name: bytes
    listed: int
    """As in `records.Folder`; the next three as in `records.Sign`."""
    size: int
    changed: int
    touched: int
    sum: str = ""
    """SHA-256 of its bytes; empty when it could not be read."""
    sitting: str = ""
    """Empty for one that cannot be understood."""
    nth: int = 0
    """Its place among the files of its sitting; the first one counts."""
    trouble: str = ""
    """Why it cannot be read; empty when it can."""
    cohort: str | None = None
    """Of one that cannot be understood, as `last_number`; None when it cannot be told."""
    last_number: int = 0


class SittingRow(NamedTuple):
    """A sitting, without its lines."""

    id: str
    day: int
    """The number of its day, from 1; within a day sittings are ordered by `began`."""
    date: str
    began: str
    title: str
    cohort: str
    programme: str
    series: str
    number: int | None
    topic: str
    part: int | None
    folder: bytes
    lines: int
    last_number: int
    notes_kept: bool
    said: str
    """Sentences about its files, one on each line."""


class LineRow(NamedTuple):
    """A line as one sitting left it."""

    made: str
    """With `name` and `twin`: which line it is."""
    name: str
    twin: int
    kind: str
    state: str
    cohort: str
    programme: str
    date: str
    facet: str
    lineage: bool
    label: str
    ring: str
    stands: bool
    """Whether it may be found where this is the last that is told of it."""


class TextRow(NamedTuple):
    """All that is told of a line in one sitting; texts with one wording on each line."""

    entry: str
    """The whole of it, to be read back."""
    words: str
    earlier: str
    told: str


def columns(row: type[Any]) -> str:
    """The names of the columns of a kind of row, as a statement has them."""
    return ", ".join(row._fields)


TABLES = ("file", "sitting", "whole", "line", "text", "taken")
"""All that has to be copied; `found` is filled out of them."""

SCHEMA = f"""
CREATE TABLE file ({columns(FileRow)}, PRIMARY KEY (folder, name)) WITHOUT ROWID;
CREATE INDEX file_sitting ON file (sitting, nth);
CREATE TABLE sitting (seat INTEGER PRIMARY KEY, {columns(SittingRow)});
CREATE UNIQUE INDEX sitting_id ON sitting (id);
CREATE TABLE whole (seat INTEGER PRIMARY KEY, record);
CREATE TABLE line (id INTEGER PRIMARY KEY, {columns(LineRow)}, current);
CREATE INDEX line_thread ON line (made, name, twin);
CREATE INDEX line_label ON line (label) WHERE label != '';
CREATE TABLE text (id INTEGER PRIMARY KEY, {columns(TextRow)});
CREATE TABLE taken (seat, made, name);
CREATE INDEX taken_seat ON taken (seat);
CREATE INDEX taken_thread ON taken (made, name);
CREATE TABLE leftover (words);
CREATE VIRTUAL TABLE found USING fts5 (
  words, earlier, told, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
INSERT INTO found (found, rank) VALUES ('rank', 'bm25(10.0, 2.0, 4.0)');
"""
"""`current` says whether this is the last that is told of a line, and it stands; those are in
`found`, with all the words that they ever had. `taken` names lines that are not to be shown,
whoever tells of them, and in which sitting that stands. `leftover` has a row when words that
were taken out may still lie between the rows."""

TAKEN = "(SELECT made, name FROM taken)"
"""Lines that are shown nowhere, as a statement has them."""

TOUCHED = """
CREATE TEMP TABLE touched (made, name, twin, PRIMARY KEY (made, name, twin)) WITHOUT ROWID
"""
"""Lines of which something changed, while it does."""
