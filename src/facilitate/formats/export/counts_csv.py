"""Numbers alone, for those who ask how much there was and need no words for it."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from facilitate.core.captures import KINDS, Facet
from facilitate.core.sharing import Shared

COLUMNS = ("kind", "facet", "lines", "as of")
"""What stands in the first row."""

ALL = "all"
"""Stands for every facet and none: the number of all lines of a kind."""


def write(shared: Shared) -> bytes:
    """How many lines of each kind there are, also none, and how many of them have a facet.

    CSV in ASCII, line ends are newlines. The last column is the day of the sitting as of which
    it is. What stands in it comes from lists of the program's own, and no word is anyone's.
    """
    entries = [line.entry for line in shared.lines]
    totals = Counter(entry.kind for entry in entries)
    with_facet = Counter((entry.kind, entry.facet) for entry in entries)
    day = shared.record.date.isoformat()
    rows: list[tuple[str, ...]] = [COLUMNS]
    for kind in KINDS:
        rows.append((kind, ALL, str(totals[kind]), day))
        found = ((facet, with_facet[kind, facet]) for facet in _FACETS)
        rows += [(kind, facet, str(count), day) for facet, count in found if count]
    return "".join(f"{','.join(row)}\n" for row in rows).encode("ascii")


_FACETS: tuple[Facet, ...] = get_args(Facet)
