"""A table as it was found, whatever file it came out of, and what is told of leaving out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from facilitate.core.capture_line import clean
from facilitate.formats.characters import REFUSED
from facilitate.formats.export.spreadsheet_csv import FORMULA
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import Unreadable

MOST_ROWS, MOST_COLUMNS = 2_000, 200
"""A day has some thirty parts; beyond this a file is something else."""

LONGEST_CELL = 20_000
"""Characters in one cell."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_MOST_NAMED = 8


class Row(NamedTuple):
    """One row of a table."""

    number: int
    """As its file counts it, from 1."""
    cells: tuple[str, ...]
    """Empty texts where nothing stands; rows may be of different lengths."""


class LeftOut(NamedTuple):
    """Something of a file that an agenda has no place for."""

    what: str
    """What it is, without what people wrote in it where that may be a name."""
    cells: int
    """How many cells of the table it is; 0 for what is outside of the table."""
    rows: tuple[int, ...] = ()
    """Where it stands; empty when that is said or does not matter."""
    why: str = ""
    """One clause; empty when it goes without saying."""
    is_column: bool = False
    """Whether it is cells of one column; it says how many of them then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table."""

    what: str
    """What it is: `a table with commas`."""
    rows: tuple[Row, ...]
    counted: str = "line"
    """What its rows are called in its file: line, row or entry."""
    title: str = ""
    """What its file calls it; empty when it does not."""
    said: tuple[str, ...] = ()
    """What reading it found that someone should know, a sentence each."""
    beside: tuple[LeftOut, ...] = ()
    """What is in its file besides."""
    is_ontime: bool = False
    """Whether it is known to come from Ontime before its headings are looked at."""


def words_of(text: str) -> str:
    """The text of a cell: line ends are newlines, and nothing in it steers or hides."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    kept = "\n".join(REFUSED.sub("", line).rstrip() for line in lines)
    whole = unicodedata.normalize("NFC", kept.encode("utf-8", "ignore").decode()).strip()
    return whole if clean(whole) else ""


def cell_words(text: str) -> str:
    """The same, without the apostrophe that keeps a spreadsheet from computing a text."""
    words = words_of(text)
    return words[1:] if words.startswith("'") and words[1:].startswith(FORMULA) else words


def places_words(rows: Iterable[int], counted: str) -> str:
    """Where something stands: `line 3`, `rows 3, 5 and 9`; empty without a place."""
    numbers = list(dict.fromkeys(rows))
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"{counted} {numbers[0]}"
    named = numbers[:_MOST_NAMED]
    more = len(numbers) - len(named)
    last = f"{more} more" if more else str(named.pop())
    return f"{_many(counted)} {', '.join(map(str, named))} and {last}"


def _many(counted: str) -> str:
    return "entries" if counted == "entry" else f"{counted}s"


def left_out_words(one: LeftOut, counted: str) -> str:
    """What was left out, how often and where: `Colour, 2 times (lines 2 and 3)`."""
    times = ", once" if one.cells == 1 else f", {one.cells} times"
    where = places_words(one.rows, counted)
    said = f"{one.what}{times if one.is_column else ''}{f' ({where})' if where else ''}"
    return f"{said}: {one.why}" if one.why else said


def refused(file: str, message: str, hint: str = "", line: int | None = None) -> Unreadable:
    """That a file cannot be taken over, and what helps."""
    return Unreadable(
        Problem(file=file, line=line, code="unreadable", message=message, hint=hint)
    )
