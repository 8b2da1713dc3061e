"""One sitting for other programs, versioned, and back again without loss.

The keys are those of docs/record-format.md; all of them are there, in its order, and what
there is none of is null, empty or an empty list. Times are ISO 8601 with their offset.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from facilitate.core.capture_line import clean
from facilitate.core.captures import RINGS
from facilitate.core.sharing import Shared
from facilitate.formats.problem import Level, Path, Problem
from facilitate.formats.record_data import UNKNOWN, Trouble, record_in
from facilitate.formats.record_toml import NEWER, RecordReading

VERSION = 1
"""Raised only when an older program would misread a file; new keys alone do not raise it."""

_WHAT = "record"


# Writing


def write(shared: Shared) -> bytes:
    """The record of the sitting as JSON in UTF-8; line ends are newlines.

    A line that may not travel as far as the export is left out here too, whoever asks for it.
    """
    record, wide = shared.record, RINGS[RINGS.index(shared.ring) :]
    entries = tuple(one for one in record.entries if one.ring in wide)
    told = {
        "facilitate": _WHAT,
        "version": VERSION,
        "record": _plain(replace(record, entries=entries)),
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _plain(value: Any) -> Any:
    """A value as JSON has it, its fields in their order."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


# Reading


def read(raw: bytes, file: str = "record.json") -> RecordReading:
    """The record in the bytes of an export, and all of its problems at once.

    `file` is its name in the problems. Keys that this version does not know are read past, with
    a warning. Nothing is raised for what stands in the file.
    """
    try:
        return _read(json.loads(raw.decode("utf-8-sig")), file)
    except UnicodeDecodeError:
        return _refused(file, "encoding", "This file is not UTF-8, as every export is.")
    except (ValueError, RecursionError) as error:  # brackets can be nested too deeply
        return _unsound(file, error)


def _read(data: object, file: str) -> RecordReading:
    if not isinstance(data, dict) or data.get("facilitate") != _WHAT:
        return _refused(file, "no-record", "This file is no record that was exported.")
    version = data.get("version")
    if type(version) is not int or version < 1 or not isinstance(data.get("record"), dict):
        return _refused(file, "no-record", "This file is no record that was exported.")
    if version > VERSION:
        message = "This record was exported by a newer facilitate."
        return _refused(file, NEWER, message, hint="Update to read it.")
    record, troubles = record_in(data["record"])
    told = sorted(_problem(trouble, file) for trouble in troubles)
    sound = all(problem.level == "warning" for problem in told)
    return RecordReading(record=record if sound else None, problems=tuple(told))


def _refused(file: str, code: str, message: str, *, hint: str = "") -> RecordReading:
    problem = Problem(file=file, line=None, message=message, hint=hint, code=code)
    return RecordReading(record=None, problems=(problem,))


def _unsound(file: str, error: Exception) -> RecordReading:
    problem = Problem(
        file=file,
        line=getattr(error, "lineno", None),
        column=getattr(error, "colno", None),
        message="The file is damaged and cannot be read.",
        hint="Export the sitting once more.",
        code="json",
    )
    return RecordReading(record=None, problems=(problem,))


def _problem(trouble: Trouble, file: str) -> Problem:
    level: Level = "warning" if trouble.code == UNKNOWN else "error"
    return Problem(
        file=file,
        line=None,
        message=clean(f"{_place(trouble.at)} {trouble.told}"),
        code=trouble.code,
        level=level,
    )


def _place(path: Path) -> str:
    """Where something stands in a file: `record.entries[3].state`, counted from 0."""
    return "record" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
