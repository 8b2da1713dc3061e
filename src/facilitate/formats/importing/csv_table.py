"""A table with commas, semicolons or tabs between its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from facilitate.formats.importing.headings import known_in
from facilitate.formats.importing.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Sheet,
    cell_words,
    refused,
)

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
"""What may stand between two cells, and what to call a table that has it."""

_LOOKED_AT = 200
"""Rows by which the delimiter is found out."""
_SEP = re.compile(r"\A\s*\"?sep=(.)\"?[^\S\n]*\r?\n", re.IGNORECASE)


def read_csv(text: str, file: str, said: tuple[str, ...] = ()) -> Sheet:
    """The table in a text.

    Raises:
        Unreadable: when it is damaged, or too large for an agenda.
    """
    told = _SEP.match(text)
    delimiter = told[1] if told and told[1] in DELIMITERS else _delimiter(text, file)
    skipped = 1 if told else 0
    body = text[told.end() :] if told else text
    rows = _rows(body, delimiter, file, MOST_ROWS, skipped)
    what = f"a table with {DELIMITERS[delimiter]}"
    return Sheet(what=what, rows=tuple(rows), said=said)


def _delimiter(text: str, file: str) -> str:
    """What parts the cells: with which most headings are known, and then most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = _rows(text, delimiter, file, _LOOKED_AT, 0, is_trial=True)
        return max((known_in(row.cells) for row in rows), default=0), _usual_width(rows)

    return max(DELIMITERS, key=score)


def _usual_width(rows: Iterable[Row]) -> int:
    widths = [len(row.cells) for row in rows if any(row.cells)]
    return max(set(widths), key=lambda width: (widths.count(width), width), default=0)


def _rows(
    text: str, delimiter: str, file: str, most: int, skipped: int, *, is_trial: bool = False
) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Row] = []
    while True:
        line = reader.line_num + skipped + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = [] if is_trial else _refuse(file, line)
        if cells is None or (is_trial and len(found) == most):
            return found
        if not is_trial:
            _refuse_huge(cells, file, line, len(found))
        row = Row(line, tuple(cell_words(cell) for cell in cells))
        if any(row.cells):
            found.append(row)


def _refuse(file: str, line: int) -> list[str]:
    raise refused(
        file,
        "The row that begins here cannot be read.",
        "A quote may open in it that does not close.",
        line,
    )


def _refuse_huge(cells: list[str], file: str, line: int, rows: int) -> None:
    if rows == MOST_ROWS:
        raise refused(file, f"There are more than {MOST_ROWS} rows; an agenda has some thirty.")
    if len(cells) > MOST_COLUMNS:
        raise refused(file, f"There are more than {MOST_COLUMNS} columns.", line=line)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise refused(
            file,
            f"A cell of the row that begins here has more than {LONGEST_CELL} characters.",
            "A quote may open in it that does not close.",
            line,
        )
