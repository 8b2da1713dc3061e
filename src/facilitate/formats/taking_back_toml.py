"""The note of a line that is being taken back, from when that begins until it is done.

It has the words of the line, so that they can be looked for everywhere, also when the program
was ended in between and most places have them no more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import tomli_w

from facilitate.core.taking_back import TakingBack

TITLE = (
    "# A line is being taken back. This file goes when that is done; `facilitate erase`\n"
    "# goes on with it.\n"
)


def write_taking_back(line: TakingBack) -> str:
    """What is to go, as TOML."""
    return TITLE + tomli_w.dumps(line._asdict())


def read_taking_back(text: str) -> TakingBack | None:
    """What is to go; None when that cannot be read."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except ValueError:
        return None
    match found:
        case {
            "made": str(made), "name": str(name), "cohort": str(cohort),
            "is_twin": bool(is_twin),
            "sittings": list(sittings), "entries": list(entries), "words": list(words),
        }:  # fmt: skip
            return TakingBack(
                made=made,
                name=name,
                cohort=cohort,
                is_twin=is_twin,
                sittings=tuple(map(str, sittings)),
                entries=tuple(_pairs(entries)),
                words=tuple(map(str, words)),
            )
        case _:
            return None


def _pairs(entries: Iterable[object]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        match entry:
            case [str(sitting), str(id_)]:
                yield sitting, id_
