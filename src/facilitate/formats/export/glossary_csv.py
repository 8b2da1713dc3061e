"""The words that a group shares, as a table for its team."""

from __future__ import annotations

from facilitate.core.capture_line import label, meaning
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import lineages, side_by_side, texts
from facilitate.formats.export.spreadsheet_csv import table

COLUMNS = (
    "term",
    "working meaning",
    "also said",
    "moving away from",
    "why",
    "lineage",
    "state",
)
"""What stands in the first row."""


def write(shared: Shared) -> bytes:
    """The table: a row for each term, by number; what nobody said is an empty cell."""
    return table(COLUMNS, map(_row, shared.lines))


def _row(line: SharedLine) -> tuple[str, ...]:
    told = {detail.name: detail.text for detail in line.entry.details}
    return (
        side_by_side(map(label, texts(line))),
        side_by_side(map(meaning, texts(line))),
        told.get("also_said", ""),
        told.get("moving_away_from", ""),
        told.get("why", ""),
        side_by_side(lineages(line)),
        line.entry.state,
    )
