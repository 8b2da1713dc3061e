"""The CSV that spreadsheets open by themselves: UTF-8 with a byte order mark, CRLF, commas.

A spreadsheet computes a cell that begins like a formula, and such a cell can fetch or send
things. An apostrophe before it makes it text (OWASP, "CSV injection"). What the group wrote
stays as it was otherwise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from facilitate.core.capture_line import clean

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with; the last four are the same signs as wide as an ideograph."""


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table with its heading; every cell is one line of text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (columns, *rows):
        writer.writerow(map(cell, row))
    return text.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """The text on one line, as no spreadsheet computes it."""
    plain = clean(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain
