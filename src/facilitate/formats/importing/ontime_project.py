"""A project of Ontime (JSON) as the table that Ontime would make of it.

Lengths and times are milliseconds there. Everything that is set becomes a cell, so that what
is left out of the agenda is counted like in any table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from facilitate.formats.importing.sheet import (
    LONGEST_CELL,
    MOST_ROWS,
    LeftOut,
    Row,
    Sheet,
    refused,
    words_of,
)

_NO_PROJECT = "This is JSON, and no project of Ontime."
_DEEPEST = 20
_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000

HEADINGS: Mapping[str, str] = {
    "timeStart": "Time Start",
    "timeEnd": "Time End",
    "duration": "Duration",
    "title": "Title",
    "type": "Timer Type",
    "skip": "Skip",
    "note": "Note",
    "presenter": "Presenter",
    "cue": "Cue",
    "colour": "Colour",
    "linkStart": "Link Start",
    "countToEnd": "Count to End",
    "endAction": "End Action",
    "timeWarning": "Warning Time",
    "timeDanger": "Danger Time",
    "timerType": "Kind of timer",
    "timeStrategy": "Time strategy",
    "targetDuration": "Target duration",
}
"""What is set in an entry, and the heading of its column; other keys are their own heading."""

_TIMES = frozenset({"timeStart", "timeEnd"})
_LENGTHS = frozenset(
    {"duration", "timeWarning", "timeDanger", "targetDuration", "delay", "gap"}
)
_INNER = frozenset({"id", "entries", "parent", "revision", "isFirstLinked", "dayOffset"})
"""How Ontime keeps its entries together; nobody wrote it."""
_ROW_TYPES = {"event": "", "group": "group-start", "block": "group-start"}


def read_project(text: str, file: str, said: tuple[str, ...] = (), wanted: str = "") -> Sheet:
    """The rundown of a project, as a table.

    `wanted` is the title or the id of a rundown, or its number; empty for the first one.

    Raises:
        Unreadable: when it is damaged, or no project of Ontime.
    """
    project = _loaded(text, file)
    rundowns = _rundowns(project)
    if not rundowns:
        raise refused(file, _NO_PROJECT, "Ontime saves one under Settings, as a .json file.")
    name = _chosen(rundowns, file, wanted)
    entries = list(_in_order(rundowns[name]))
    if len(entries) > MOST_ROWS:
        raise refused(file, f"There are more than {MOST_ROWS} entries; an agenda has thirty.")
    cells = [_cells(entry) for entry in entries]
    if any(len(text) > LONGEST_CELL for one in cells for text in one.values()):
        raise refused(file, f"A text in it has more than {LONGEST_CELL} characters.")
    found = {key for one in cells for key in one}
    columns = [key for key in HEADINGS.values() if key in found or key == HEADINGS["title"]]
    columns += dict.fromkeys(key for one in cells for key in one if key not in columns)
    rows = [Row(0, tuple(columns))]
    for number, one in enumerate(cells, start=1):
        rows.append(Row(number, tuple(one.get(column, "") for column in columns)))
    about = _table(project.get("project")) or _table(project.get("eventData"))
    return Sheet(
        what="a project of Ontime",
        rows=tuple(rows),
        counted="entry",
        title=_words(about.get("title")),
        said=said,
        beside=tuple(_beside(project, about, rundowns, name)),
        is_ontime=True,
    )


def _loaded(text: str, file: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise refused(
            file, "The JSON is damaged here.", "Save the project again.", error.lineno
        ) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is one, too
        raise refused(file, _NO_PROJECT) from None
    if not isinstance(found, dict):
        raise refused(file, _NO_PROJECT)
    return found


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rundowns(project: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The rundowns of a project by what they are called; the one of old projects, too."""
    old = project.get("rundown")
    if isinstance(old, list):
        entries = {str(n): one for n, one in enumerate(old) if isinstance(one, dict)}
        return {"rundown": {"order": list(entries), "entries": entries}}
    found: dict[str, Mapping[str, Any]] = {}
    for key, one in _table(project.get("rundowns")).items():
        if isinstance(_table(one).get("entries"), dict):
            name = _words(one.get("title")) or words_of(key)
            found[name if name not in found else f"{name} ({words_of(key)})"] = one
    return found


def _chosen(rundowns: Mapping[str, Any], file: str, wanted: str) -> str:
    names = list(rundowns)
    if not wanted:
        return names[0]
    same = [name for name in names if name.casefold() == wanted.strip().casefold()]
    if same:
        return same[0]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(names):
        return names[int(wanted) - 1]
    raise refused(
        file, f'There is no rundown "{wanted}" in it.', f"There are: {', '.join(names)}."
    )


def _in_order(rundown: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entries as they follow one another, groups before what is in them.

    What no order names comes last.
    """
    entries = {key: one for key, one in rundown["entries"].items() if isinstance(one, dict)}
    taken: set[str] = set()

    def walk(keys: object, depth: int) -> Iterator[Mapping[str, Any]]:
        for key in keys if isinstance(keys, list) else []:
            entry = entries.get(key) if isinstance(key, str) else None
            if entry is None or key in taken or depth > _DEEPEST:
                continue
            taken.add(key)
            yield entry
            if isinstance(entry.get("entries"), list):
                yield from walk(entry["entries"], depth + 1)

    yield from walk(rundown.get("order"), 0)
    yield from walk(list(entries), 0)


# Cells


def _cells(entry: Mapping[str, Any]) -> dict[str, str]:
    """Everything that is set in an entry, by the heading of its column."""
    sort = entry.get("type") if isinstance(entry.get("type"), str) else "event"
    found: dict[str, str] = {}
    for key, value in entry.items():
        if key in _INNER or (key in _TIMES | {"duration"} and sort not in {"event", "delay"}):
            continue
        for heading, text in _headed(key, value, str(sort)):
            free = heading
            while free in found:
                free = f"{free} (more)"
            found[free] = text
    return {key: text for key, text in found.items() if text}


def _headed(key: str, value: object, sort: str) -> Iterator[tuple[str, str]]:
    """What one key of an entry says, each with the heading of its column."""
    if key == "custom" and isinstance(value, dict):
        for name, one in value.items():
            yield f"custom: {words_of(name)}", _words(one)
    elif key == "type":
        yield HEADINGS[key], _ROW_TYPES.get(sort, words_of(sort))
    elif key in _TIMES:
        yield HEADINGS[key], _clock(value)
    else:
        text = _length(value) if key in _LENGTHS else _words(value)
        yield HEADINGS.get(key) or words_of(key), text


def _words(value: object) -> str:
    """What is set, as text; empty when nothing is: false, zero, an empty list."""
    if value is None or value is False or value == 0 or value in ("", [], {}):
        return ""
    if value is True:
        return "TRUE"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words_of(text)


def _milliseconds(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if 0 <= value < 100 * _DAY else None  # not so for what is no number


def _clock(value: object) -> str:
    """A time of day, which may lie in the days after the first."""
    time = _milliseconds(value)
    if time is None:
        return _words(value)
    time %= _DAY
    return f"{time // _HOUR:02}:{time // _MINUTE % 60:02}:{time // 1000 % 60:02}"


def _length(value: object) -> str:
    time = _milliseconds(value)
    if not time:
        return _words(value)
    return f"{time // _HOUR}:{time // _MINUTE % 60:02}:{time // 1000 % 60:02}"


# What else is in a project


def _beside(
    project: Mapping[str, Any], about: Mapping[str, Any], rundowns: Iterable[str], name: str
) -> Iterator[LeftOut]:
    for other in rundowns:
        if other != name:
            yield LeftOut(f'the rundown "{other}"', 0)
    for key, value in about.items():
        if key != "title" and _words(value):
            yield LeftOut(f'"{words_of(key)}" of the project', 0)
    for key, value in project.items():
        if key not in {"rundowns", "rundown", "project", "eventData"} and _words(value):
            yield LeftOut(f'settings: "{words_of(key)}"', 0)
