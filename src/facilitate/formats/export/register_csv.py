"""A table of all lines, to hand in: where each of them stands, and what it rests on.

No column says whose words a line is.
"""

from __future__ import annotations

from collections.abc import Iterator

from facilitate.core.captures import DETAILS
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import (
    lineages,
    look_words,
    made_words,
    side_by_side,
    texts,
)
from facilitate.formats.export.spreadsheet_csv import table

COLUMNS = (
    "id",
    "kind",
    "text",
    "state",
    "adopted",
    "round",
    "version",
    "review",
    "facet",
    "links",
    "sitting",
    "lineage",
    "origin",
)
"""What stands in the first row."""

_LINKS = ("links", "link")
"""Details that point to something else."""


def write(shared: Shared) -> bytes:
    """The table: a row for each line, by kind and number; what is unknown is an empty cell."""
    return table(COLUMNS, map(_row, shared.lines))


def _row(line: SharedLine) -> tuple[str, ...]:
    entry = line.entry
    return (
        entry.id,
        entry.kind,
        side_by_side(texts(line)),
        entry.state,
        entry.adopted_on.isoformat() if entry.adopted_on else "",
        str(entry.adopted) if entry.adopted is not None else "",
        str(line.wordings),
        look_words(line),
        entry.facet or "",
        "; ".join(_links(line)),
        made_words(line),
        side_by_side(lineages(line)),
        entry.origin,
    )


def _links(line: SharedLine) -> Iterator[str]:
    """How it stands to other lines, and where it points to."""
    entry = line.entry
    if entry.belongs_with:
        yield f"said with {entry.belongs_with}"
    if entry.merged_into:
        yield f"became a part of {entry.merged_into}"
    names = DETAILS.get(entry.kind, {})
    for told in entry.details:
        if told.name in _LINKS:
            yield f"{names.get(told.name, told.name)}: {told.text}"
