"""The record of a sitting as a file, and back; see docs/record-format.md.

The bytes are a function of the record alone: everyone who closes a sitting writes the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

import tomli_w

from facilitate.core.capture_line import clean
from facilitate.core.record import SittingRecord
from facilitate.formats.finding import Finding, problems
from facilitate.formats.problem import Level, Path, Problem
from facilitate.formats.record_data import UNKNOWN, Trouble, record_in, unknown

FORMAT = 1
"""Raised only when an older program would misread a file; new keys alone do not raise it."""

NEWER = "newer"
"""The code of the problem that a record of a later version has."""

TITLE = "# The record of one sitting. Times are those of the clocks in its timezone.\n"

_LISTS = {"segments": "segment", "entries": "entry"}
"""Fields of a record that are lists of tables, and what their tables are called."""


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
    return _reading(file, text, tables)


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


def _reading(file: str, text: str, tables: dict[str, Any]) -> RecordReading:
    """The record in the tables of a file of sound TOML, without its format number."""
    data = {**tables["sitting"], **{f: tables.get(name, []) for f, name in _LISTS.items()}}
    others = tables.keys() - {"sitting", *_LISTS.values()}
    record, troubles = record_in(data)
    findings = [
        *(_finding((name,), unknown((name,))) for name in others),
        *(_finding(_in_file(trouble.at), trouble) for trouble in troubles),
    ]
    sound = all(finding.level == "warning" for finding in findings)
    return RecordReading(
        record=record if sound else None,
        problems=problems(findings, file=file, text=text, data=tables),
    )


def _finding(at: Path, trouble: Trouble) -> Finding:
    name = next(part for part in reversed(at) if isinstance(part, str))
    level: Level = "warning" if trouble.code == UNKNOWN else "error"
    return Finding(at=at, code=trouble.code, message=f"{name} {trouble.told}", level=level)


def _in_file(path: Path) -> Path:
    """Where a field of a record stands in its file."""
    if path and path[0] in _LISTS:
        return (_LISTS[str(path[0])], *path[1:])
    return ("sitting", *path)
