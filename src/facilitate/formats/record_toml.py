"""The record of a sitting as a file, and back; see docs/record-format.md.

The bytes are a function of the record alone: everyone who closes a sitting writes the same.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

import tomli_w

from facilitate.core.capture_line import clean
from facilitate.core.captures import Detail
from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord, Wording
from facilitate.formats.finding import Finding, problems
from facilitate.formats.problem import Path, Problem

FORMAT = 1
"""Raised only when an older program would misread a file; new keys alone do not raise it."""

NEWER, UNKNOWN = "newer", "unknown-key"
"""Codes of the problems that records of a later version may have."""

TITLE = "# The record of one sitting. Times are those of the clocks in its timezone.\n"

_LISTS = {"segments": "segment", "entries": "entry"}
"""Fields of a record that are lists of tables, and what their tables are called."""

_TABLES: dict[str, type] = {
    "segments": RecordedSegment,
    "entries": RecordedEntry,
    "also": Wording,
    "earlier": Wording,
    "details": Detail,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReading:
    """A record file as it was read."""

    record: SittingRecord | None
    """None when it has errors."""
    problems: tuple[Problem, ...]
    """Errors, and warnings about keys that this version does not know."""


# Writing


def write_record(record: SittingRecord) -> str:
    """The record as TOML. What is empty or unknown is left out; line ends are newlines."""
    tables = [f"{TITLE}record = {FORMAT}\n", f"[sitting]\n{_pairs(record)}"]
    for field, name in _LISTS.items():
        for table in getattr(record, field):
            tables += _tables(name, table)
    return "\n".join(tables)


def _tables(name: str, value: Any) -> Iterator[str]:
    """A table of a list, and the lists of tables in it."""
    yield f"[[{name}]]\n{_pairs(value)}"
    for field in fields(value):
        for inner in _inner_tables(getattr(value, field.name)):
            yield from _tables(f"{name}.{field.name}", inner)


def _pairs(value: Any) -> str:
    """The plain values of a dataclass, without those that say nothing."""
    pairs = [(field, getattr(value, field.name)) for field in fields(value)]
    told = {f.name: v for f, v in pairs if v != f.default and not _inner_tables(v)}
    return tomli_w.dumps(told)


def _inner_tables(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) and value and is_dataclass(value[0]) else ()


# Reading


def read_record(raw: bytes, file: str) -> RecordReading:
    """Read a record file; `file` is its name in the problems.

    Keys that this version does not know are read past, with a warning. Nothing is raised for
    what stands in the file.
    """
    try:
        text = raw.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError:
        return _refused(file, "encoding", "This file is not UTF-8, as every record is.")
    except (ValueError, RecursionError) as error:
        return _unsound(file, error)
    version = tables.pop("record", None)
    if type(version) is not int or version < 1 or not isinstance(tables.get("sitting"), dict):
        return _refused(file, "no-record", "This file is not the record of a sitting.")
    if version > FORMAT:
        message = "This record was written by a newer facilitate."
        return _refused(file, NEWER, message, hint="Update to read it.")
    return _Reader(file, text).read(tables)


class Remains(NamedTuple):
    """What can still be told of a record that cannot be read."""

    cohort: str | None
    """None when that cannot be told either."""
    last_number: int
    """0 when it cannot be told."""


def read_remains(raw: bytes) -> Remains:
    """Whose lines a record has and up to which number, whatever else is wrong with it."""
    text = raw.decode("utf-8", errors="replace")
    cohort = re.search(r'^cohort = (".*")\r?$', text, re.MULTILINE)
    number = re.search(r"^last_number = (\d{1,7})\r?$", text, re.MULTILINE | re.ASCII)
    try:
        whose = clean(tomllib.loads(f"it = {cohort[1]}")["it"]) if cohort else None
    except ValueError:
        whose = None
    return Remains(cohort=whose, last_number=int(number[1]) if number else 0)


def _refused(file: str, code: str, message: str, *, hint: str = "") -> RecordReading:
    problem = Problem(file=file, line=None, message=message, hint=hint, code=code)
    return RecordReading(record=None, problems=(problem,))


def _unsound(file: str, error: Exception) -> RecordReading:
    place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    problem = Problem(
        file=file,
        line=int(place[1]) if place else None,
        column=int(place[2]) if place else None,
        message="The record is damaged and cannot be read.",
        hint="record.md beside it may still have the lines.",
        code="toml",
    )
    return RecordReading(record=None, problems=(problem,))


class _Reader:
    """One file of sound TOML being read."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._findings: list[Finding] = []

    def read(self, tables: dict[str, Any]) -> RecordReading:
        """The record in the tables of a file, without its format number."""
        data = {**tables["sitting"]}
        for field, name in _LISTS.items():
            data[field] = tables.get(name, [])
        for name in tables.keys() - {"sitting", *_LISTS.values()}:
            self._note_unknown((name,))
        record = self._typed(_cleaned(self._known(data, SittingRecord, ())))
        sound = all(finding.level == "warning" for finding in self._findings)
        return RecordReading(
            record=record if sound else None,
            problems=problems(self._findings, file=self._file, text=self._text, data=tables),
        )

    def _known(self, value: object, kind: type, path: Path) -> object:
        """A table without the keys that this version does not know."""
        if not isinstance(value, dict):
            return value
        names = {field.name for field in fields(kind)}
        for name in value.keys() - names:
            self._note_unknown(_in_file((*path, name)))
        return {
            name: self._known_within(name, inner, (*path, name))
            for name, inner in value.items()
            if name in names
        }

    def _known_within(self, name: str, value: object, path: Path) -> object:
        if name not in _TABLES or not isinstance(value, list):
            return value
        return [self._known(one, _TABLES[name], (*path, n)) for n, one in enumerate(value)]

    def _typed(self, data: object) -> SittingRecord | None:
        """The record with its types checked; None when something could not be typed."""
        # Here, so that start-up does not wait for it.
        from facilitate.formats.shapes import ValidationError, read_json

        try:
            # By way of JSON, strictly: dates stay dates, and `number = true` is no number.
            record = read_json(SittingRecord, json.dumps(data, default=str))
        except ValidationError as error:
            for found in error.errors(include_url=False, include_input=False):
                why = found["msg"].replace("Input should", "it should")
                self._note(_in_file(found["loc"]), found["type"], why)
            return None
        except ValueError:  # a number with thousands of digits
            self._note((), "number", "a number in it is far too long")
            return None
        for path, time in _times(record):
            if time is not None and time.tzinfo is None:
                self._note(path, "offset", "write the offset too, as in 09:04:00-08:00")
        return record

    def _note(self, path: Path, kind: str, why: str) -> None:
        name = next((part for part in reversed(path) if isinstance(part, str)), "the record")
        message = (
            f"{name} is missing." if kind == "missing" else f"{name} cannot be read: {why}."
        )
        self._findings.append(Finding(at=path, code=kind.replace("_", "-"), message=message))

    def _note_unknown(self, path: Path) -> None:
        message = f"{path[-1]} is not known here and was read past."
        self._findings.append(Finding(at=path, code=UNKNOWN, message=message, level="warning"))


def _in_file(path: Path) -> Path:
    """Where a field of a record stands in its file."""
    if path and path[0] in _LISTS:
        return (_LISTS[str(path[0])], *path[1:])
    return ("sitting", *path)


def _cleaned(value: object) -> object:
    """Every text in it on one line and fit to be shown: files may come from anywhere."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def _times(record: SittingRecord) -> Iterator[tuple[Path, dt.datetime | None]]:
    """Every time in a record, and where it stands in the file."""
    for name in ("started", "ended"):
        yield ("sitting", name), getattr(record, name)
    for place, segment in enumerate(record.segments):
        for name in ("planned_start", "planned_end", "started", "ended"):
            yield ("segment", place, name), getattr(segment, name)
