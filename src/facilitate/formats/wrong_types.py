"""Words for values of the wrong type."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path
from facilitate.formats.wording import closest

_LONGEST_SHOWN = 60


def missing(path: Path) -> Finding:
    """What is said of a needed key that is not there."""
    return Finding(
        at=path,
        code="missing",
        message=f"{path[-1]} is missing.",
        hint=_EXAMPLES.get(str(path[-1]), ""),
    )


_EXAMPLES = {
    "format": "Write format = 1 at the top of the file.",
    "kind": 'Such as kind = "didactic".',
    "minutes": "Such as minutes = 15.",
    "start": 'Such as start = "09:00".',
    "timezone": 'Such as timezone = "America/Los_Angeles".',
    "place": 'It is "online", "in person" or "both".',
    "id": 'A short name without spaces, such as id = "spring-day-1".',
}


def wrong_type(path: Path, kind: str, value: Any, choices: str) -> Finding:
    """What is said of a value that is not of the type its key asks for.

    Args:
        path: where it stands; an item of a list ends in its number.
        kind: pydantic's name of the error.
        value: what stands there.
        choices: the allowed words, each in 'single quotes'; empty when any will do.
    """
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    name = key if path[-1:] == (key,) else f"Each item of {key}"
    if choices and isinstance(value, str):
        return _other_word(path, key, value, re.findall("'([^']*)'", choices))
    expected, example = _expected(kind, key, value, bool(choices))
    return Finding(
        at=path,
        code="type",
        message=f"{name} takes {expected}, not {_shown(value)}.",
        hint=f"Write {example}." if example and path[-1:] == (key,) else "",
    )


def _other_word(path: Path, key: str, word: str, choices: list[str]) -> Finding:
    near = closest(word, choices)
    every = f"It can be: {', '.join(choices)}."
    return Finding(
        at=path,
        code="choice",
        message=f"{_shown(word)} is none of the words for {key}.",
        hint=f'Did you mean "{near}"? {every}' if near else every,
    )


def _expected(kind: str, key: str, value: Any, chosen: bool) -> tuple[str, str]:
    """What the key asks for, and how to write this value so; empty when nobody can tell."""
    if key == "group_size":
        return 'a whole number, or a range such as "3-4"', "group_size = 3"
    if kind.startswith("int"):
        number = re.fullmatch(r"\s*0*(\d+)(?:\.\d+)?\s*(?:min\w*)?\s*", str(value))
        return "a whole number without quotes", f"{key} = {number[1] if number else 1}"
    if kind.startswith("bool"):
        said = {"true": "true", "yes": "true", "1": "true"}.get(str(value).lower(), "false")
        return "true or false without quotes", f"{key} = {said}"
    if kind == "tuple_type":
        item = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else '"..."'
        short = item if len(item) <= _LONGEST_SHOWN else '"..."'
        return "a list in square brackets", f"{key} = [{short}]"
    if kind.startswith("dataclass"):
        return "a table with keys of its own", ""
    plain = isinstance(value, int | float | dt.date | dt.time) and not chosen
    return "text in quotes", f'{key} = "{value}"' if plain else ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
