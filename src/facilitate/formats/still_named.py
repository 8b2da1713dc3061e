"""Lines that still name what another group should not read, for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean

_SHORTEST = 3
"""Characters of a first name that is looked for by itself."""


class StillNamed(NamedTuple):
    """A line that names a year or a person."""

    line: int
    """From 1."""
    text: str


def names_of(agendas: Iterable[Agenda]) -> frozenset[str]:
    """The names of the teams of some agendas, and their first words by themselves."""
    whole = {clean(role.name) for agenda in agendas for role in agenda.team} - {""}
    first = {name.split()[0] for name in whole}
    return frozenset(whole | {word for word in first if len(word) >= _SHORTEST})


def still_named(
    raw: bytes, years: Collection[int] = (), names: Collection[str] = ()
) -> Iterator[StillNamed]:
    """The lines of a file in UTF-8 that name one of some years or names, in their order."""
    patterns = [rf"(?<!\d){year}(?!\d)" for year in sorted(years)]
    patterns += [rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)]
    if not patterns:
        return
    named = re.compile("|".join(patterns))
    for number, line in enumerate(raw.decode("utf-8-sig").split("\n"), start=1):
        if named.search(line):
            yield StillNamed(number, clean(line))
