"""Plain data of a file made into the record of a sitting, whatever the file is written in.

What is wrong with it is told by paths of the record's own fields: `("entries", 3, "state")`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from facilitate.core.capture_line import clean
from facilitate.core.captures import Detail
from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord, Wording
from facilitate.formats.problem import Path

UNKNOWN = "unknown-key"
"""The code of a key that this version does not know; all others are errors."""

_TABLES: dict[str, type] = {
    "segments": RecordedSegment,
    "entries": RecordedEntry,
    "also": Wording,
    "earlier": Wording,
    "details": Detail,
}


class Trouble(NamedTuple):
    """One thing that is wrong with the data."""

    at: Path
    code: str
    told: str
    """What goes on from the name of the place: `is missing.`"""


def unknown(at: Path) -> Trouble:
    """The trouble with a key that this version does not know."""
    return Trouble(at, UNKNOWN, "is not known here and was read past.")


def record_in(data: object) -> tuple[SittingRecord | None, tuple[Trouble, ...]]:
    """The record that the data hold, None when something could not be typed; every trouble.

    Keys that this version does not know are read past. Every text comes out on one line and
    fit to be shown: files may come from anywhere.
    """
    troubles: list[Trouble] = []
    record = _typed(_cleaned(_known(data, SittingRecord, (), troubles)), troubles)
    return record, tuple(troubles)


def _known(value: object, kind: type, path: Path, troubles: list[Trouble]) -> object:
    """A table without the keys that this version does not know."""
    if not isinstance(value, dict):
        return value
    names = {field.name for field in fields(kind)}
    troubles += [unknown((*path, name)) for name in value.keys() - names]
    known: dict[str, object] = {}
    for name, inner in value.items():
        if name not in names:
            continue
        known[name] = inner
        if name in _TABLES and isinstance(inner, list):
            tables = ((one, (*path, name, place)) for place, one in enumerate(inner))
            known[name] = [_known(one, _TABLES[name], at, troubles) for one, at in tables]
    return known


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def _typed(data: object, troubles: list[Trouble]) -> SittingRecord | None:
    """The record with its types checked."""
    # Here, so that start-up does not wait for it.
    from facilitate.formats.shapes import ValidationError, read_json

    try:
        # By way of JSON, strictly: dates stay dates, and `number = true` is no number.
        record = read_json(SittingRecord, json.dumps(data, default=str))
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            why = found["msg"].replace("Input should", "it should")
            missing = found["type"] == "missing"
            told = "is missing." if missing else f"cannot be read: {why}."
            troubles.append(Trouble(found["loc"], found["type"].replace("_", "-"), told))
        return None
    except ValueError:  # a number with thousands of digits
        told = "cannot be read: a number in it is far too long."
        troubles.append(Trouble((), "number", told))
        return None
    offset = "cannot be read: write the offset too, as in 09:04:00-08:00."
    bare = [path for path, time in _times(record) if time is not None and time.tzinfo is None]
    troubles += [Trouble(path, "offset", offset) for path in bare]
    return None if bare else record


def _times(record: SittingRecord) -> Iterator[tuple[Path, dt.datetime | None]]:
    """Every time in a record, and where it stands."""
    for name in ("started", "ended"):
        yield (name,), getattr(record, name)
    for place, segment in enumerate(record.segments):
        for name in ("planned_start", "planned_end", "started", "ended"):
            yield ("segments", place, name), getattr(segment, name)
