"""The rows of a table, sorted into parts, remarks and what is no part of a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from facilitate.core.capture_line import clean
from facilitate.formats.importing.headings import MANY, Field, Head
from facilitate.formats.importing.ledger import Ledger
from facilitate.formats.importing.sheet import Row
from facilitate.formats.importing.time_texts import Clock, clock_of, length_of, span_of

_GROUPS = frozenset({"group", "group-start", "block"})
_EVENTS = frozenset(
    {"", "event", "count-down", "count-up", "clock", "none", "time-to-end", "countdown"}
)
_YES = frozenset({"true", "yes", "y", "x", "1", "ja", "si"})
_NO = frozenset({"false", "no", "n", "0", "nein"})
_TOTAL_ALONE = re.compile(
    r"(?:grand )?(?:total|sum|summe|gesamt|\u03a3)(?: \w+)?:?", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:grand )?(?:total|sum|summe|gesamt|\u03a3)\b.*", re.IGNORECASE)
_END = re.compile(
    r"(?:the )?(?:end|finish|fin|ende|adjourn(?:ed)?)"
    r"(?: of (?:the )?(?:day|session|sitting))?\W*",
    re.IGNORECASE,
)
_TIMED = 0.5


class Said(NamedTuple):
    """What one cell says."""

    row: int
    place: int
    text: str


@dataclass(slots=True)
class Part:
    """A row that is a part of the day, as far as its cells say."""

    row: int
    title: str = ""
    kind: str = ""
    """What stands under "Type"; empty without."""
    start: Clock | None = None
    end: Clock | None = None
    minutes: float | None = None
    """Its length; None when it has none of its own."""
    texts: dict[Field, list[Said]] = field(default_factory=dict)
    """What else stands there, by what it is."""
    cells: dict[Field, int] = field(default_factory=dict)
    """The columns in which its times stand, which may turn out to be other ones."""


class Remark(NamedTuple):
    """A row that divides the day, or points to something in it."""

    row: int
    text: str
    before: int
    """The place of the part above which it stands."""


@dataclass(slots=True)
class Sorted:
    """What the rows of a table are."""

    parts: list[Part] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ends: Clock | None = None
    """When the day ends, where a row says it."""
    joined: list[int] = field(default_factory=list)
    """Rows that went on with the part above them."""


def sorted_rows(rows: Sequence[Row], head: Head, ledger: Ledger) -> Sorted:
    """What each row below the headings is; what is taken of it is taken from the ledger."""
    found = Sorted()
    below = rows if head.row is None else rows[head.row + 1 :]
    lone = _lone_titles(below, head)
    for row in below:
        reading = _Reading(row, head, ledger)
        if not _is_left_out(reading, found) and not _is_remark(reading, found, row in lone):
            _add(reading, found)
    return found


class _Reading:
    """One row, as its columns say."""

    def __init__(self, row: Row, head: Head, ledger: Ledger) -> None:
        self.number = row.number
        self.first = clean(next(filter(None, row.cells), ""))
        """What stands in its first cell that is not empty."""
        self.ledger = ledger
        self.found: dict[Field, list[tuple[int, str]]] = {}
        for column in head.columns:
            text = row.cells[column.place] if column.place < len(row.cells) else ""
            if text and column.field is not None:
                self.found.setdefault(column.field, []).append((column.place, text))

    def text(self, field: Field) -> str:
        """What stands there on one line; empty without."""
        return clean(self.found[field][0][1]) if field in self.found else ""

    def take(self, field: Field) -> str:
        """The same, and it is taken."""
        for place, _ in self.found.get(field, ())[:1]:
            self.ledger.take(self.number, place)
        return self.text(field)

    def leave(self, field: Field, why: str) -> None:
        for place, _ in self.found.get(field, ()):
            self.ledger.leave(self.number, place, why)


# Rows that are no parts


def _is_left_out(reading: _Reading, found: Sorted) -> bool:
    """Whether a row is no part of the day at all."""
    sort, title = reading.text("row type").lower(), reading.text("title")
    skip = reading.text("skip").lower()
    if sort == "group-end":
        reading.take("row type")
        reading.ledger.leave_row(reading.number, "a row that ends a group")
    elif not title and (sort in _GROUPS | {"milestone"} or _is_moment(reading)):
        reading.ledger.leave_row(reading.number, "a heading or a moment without a title")
    elif sort not in _EVENTS | _GROUPS | {"milestone"}:
        reading.ledger.leave_row(reading.number, _named(f'a row of the type "{sort}"', title))
    elif skip in _YES:
        reading.ledger.leave_row(reading.number, _named("a row that is skipped", title))
    elif _is_total(reading):
        reading.ledger.leave_row(reading.number, "a row of totals")
    elif not reading.found:
        pass  # the ledger tells of what stands in other columns
    elif _END.fullmatch(title) and reading.text("start") and not reading.text("length"):
        return _is_end(reading, found)
    else:
        if skip in _NO:
            reading.take("skip")
        return False
    return True


def _is_total(reading: _Reading) -> bool:
    """Whether a row adds up the others; the word for that may stand where the times are."""
    title = reading.text("title")
    if not reading.text("length"):
        return False
    if not title:
        return _TOTAL_ALONE.fullmatch(reading.first) is not None
    return _TOTAL.fullmatch(title) is not None and not reading.text("start")


def _named(what: str, title: str) -> str:
    return f'{what}, "{title}"' if title else what


def _is_end(reading: _Reading, found: Sorted) -> bool:
    ends = clock_of(reading.text("start"))
    if ends is None or not found.parts:
        return False
    found.ends = ends
    reading.ledger.leave_row(reading.number, "a row that says when the day ends")
    return True


def _is_remark(reading: _Reading, found: Sorted, is_lone: bool) -> bool:
    """Whether a row is a heading or a moment, which stands as a remark above a part."""
    sort, title = reading.text("row type").lower(), reading.text("title")
    if not (is_lone or _is_moment(reading) or sort in _GROUPS | {"milestone"}):
        return False
    reading.take("title")
    reading.take("row type")
    if _is_moment(reading):
        reading.take("length")
    if reading.text("start"):
        title = f"{reading.take('start')} {title}"
    found.remarks.append(Remark(reading.number, title, len(found.parts)))
    return True


def _is_moment(reading: _Reading) -> bool:
    """Whether it has a length, and that is none."""
    return length_of(reading.text("length")) == 0


def _lone_titles(rows: Sequence[Row], head: Head) -> set[Row]:
    """Rows with a title alone that divide the others: most of those say when they are.

    Where two stand together, or time is left for it, such a row is a part of its own.
    """
    title, start, length = (head.place(one) for one in ("title", "start", "length"))
    is_timed = [bool(_at(row, start) or _at(row, length)) for row in rows]
    if sum(is_timed) < _TIMED * len(rows):
        return set()
    is_lone = [bool(_at(row, title)) and sum(map(bool, row.cells)) == 1 for row in rows]
    found: set[Row] = set()
    for place, row in enumerate(rows):
        beside = is_lone[max(place - 1, 0) : place] + is_lone[place + 1 : place + 2]
        if is_lone[place] and not any(beside) and not _has_room(rows, place, start, length):
            found.add(row)
    return found


def _has_room(rows: Sequence[Row], place: int, start: int | None, length: int | None) -> bool:
    """Whether time is left between the row before and the row behind."""
    if not 0 < place < len(rows) - 1:
        return False
    begins, behind = (clock_of(_at(rows[n], start)) for n in (place - 1, place + 1))
    minutes = length_of(_at(rows[place - 1], length))
    if begins is None or behind is None or minutes is None:
        return False
    return behind.minutes > begins.minutes + minutes


def _at(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


# Parts


def _add(reading: _Reading, found: Sorted) -> None:
    """Put a part there, or go on with the one above."""
    fields: tuple[Field, ...] = ("title", "kind", "start", "end", "length")
    if not any(reading.text(one) for one in fields):
        if not found.parts:
            return
        found.joined.append(reading.number)
        part = found.parts[-1]
    else:
        part = Part(reading.number, title=reading.take("title"), kind=reading.take("kind"))
        if part.kind:
            part.cells["kind"] = reading.found["kind"][0][0]
        _add_times(part, reading)
        found.parts.append(part)
    for name, cells in reading.found.items():
        if name in _BESIDE:
            _add_texts(part, name, cells, reading)


_BESIDE: frozenset[Field] = MANY | {
    "who", "role", "roles", "serves", "if short", "if heavy", "if quiet", "at least",
    "at most", "date",
}  # fmt: skip

_ONCE: frozenset[Field] = frozenset({"at least", "at most", "date"})


def _add_texts(
    part: Part, name: Field, cells: list[tuple[int, str]], reading: _Reading
) -> None:
    for place, text in cells:
        if name in _ONCE and name in part.texts:
            return
        reading.ledger.take(reading.number, place)
        part.texts.setdefault(name, []).append(Said(reading.number, place, text))


def _add_times(part: Part, reading: _Reading) -> None:
    start, end, length = (reading.text(one) for one in ("start", "end", "length"))
    span = span_of(start) if start else None
    if span is not None:
        part.start, part.end = span
    else:
        part.start = clock_of(start) if start else None
    if end and span is None:
        part.end = clock_of(end)
    part.minutes = length_of(length) if length else None
    said: tuple[tuple[Field, object, str], ...] = (
        ("start", part.start, "no time of day"),
        ("end", part.end if span is None else None, "no time of day"),
        ("length", part.minutes, "no length, or more than a day"),
    )
    for name, value, why in said:
        if value is None:
            reading.leave(name, f"{why}, and so not understood")
        else:
            reading.take(name)
            part.cells[name] = reading.found[name][0][0]
