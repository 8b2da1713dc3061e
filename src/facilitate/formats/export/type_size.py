"""How large the type of a page is: as large as it may be while all of it stands on one sheet.

Reckoned with room to spare, for the narrower of the two usual papers and the shorter one, and
for a wide typeface: nobody knows which ones a reader has.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from facilitate.core.handout import HandOut, PageLine, PageSection, Said

MARGIN = 12
"""Around the page, in millimetres."""

SIZES = (12.0, 11.0, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Steps in points."""

SMALLEST = SIZES[-1]
"""Nothing is smaller, what is printed small neither."""

OVER = 10.0
"""When one sheet does not hold it all anyway."""

LEADING = 1.25
"""From one row to the next, as a part of the size of the type; so are all that follow."""
INDENT = 1.2
"""Of a line of the group; its mark stands there."""
GAP = 0.3
"""Below a line of the group."""
COLUMN_GAP = 1.5

TITLE, SUBTITLE, HEADING = 2.0, 1.2, 1.3
"""How large they are."""
AROUND_HEADING = 1.7
"""The space around a heading and the rule above it."""
FOOT_ABOVE = 1.0
"""The space above the last row and the rule above it."""
_LETTER = 0.56
"""How wide a letter is."""

_WIDTH = (210 - 2 * MARGIN) * 72 / 25.4
_HEIGHT = (279 - 2 * MARGIN) * 72 / 25.4
"""Of A4 and of US Letter, in points."""
COLUMNS = 2


def type_size(page: HandOut) -> float:
    """In points; `OVER` when the page takes more than one sheet in the smallest type."""
    fitting = (size for size in SIZES if _height(page, size) <= _HEIGHT)
    return next(fitting, OVER)


def small_size(size: float) -> float:
    """Of what is printed small beside type of some size, in points."""
    return max(SMALLEST, math.floor(size * 0.85 * 2) / 2)


def _height(page: HandOut, size: float) -> float:
    """Of the whole page in points."""
    head = [(page.title, TITLE), (page.subtitle, SUBTITLE), (page.day, 1.0)]
    rows = sum(_rows([text], _WIDTH, size * large) * large for text, large in head)
    foot = small_size(size) * LEADING + FOOT_ABOVE * size
    sections = sum(_section(section, size) for section in page.sections)
    return rows * size * LEADING + sections + foot


def _section(section: PageSection, size: float) -> float:
    columns = COLUMNS if section.narrow else 1
    width = (_WIDTH - (columns - 1) * COLUMN_GAP * size) / columns - INDENT * size
    heights = [_line(line, width, size) for line in section.lines]
    uneven = max(heights) / 2 if columns > 1 else 0
    heading = (HEADING + 1) * LEADING + AROUND_HEADING
    return heading * size + sum(heights) / columns + uneven


def _line(line: PageLine, width: float, size: float) -> float:
    words = f"{line.words}: {line.meaning}  {line.name}"
    rows = _rows([words], width, size) + sum(_rows([_text(s)], width, size) for s in line.more)
    small = small_size(size)
    below = _rows(map(_text, line.small), width, small) * small
    return (rows * size + below) * LEADING + GAP * size


def _text(said: Said) -> str:
    return f"{said.what}: {said.words} "


def _rows(texts: Iterable[str], width: float, size: float) -> int:
    """How many rows some texts take, one behind the other."""
    letters = sum(map(_letters, texts))
    return math.ceil(letters * _LETTER * size / width)


def _letters(text: str) -> float:
    """The length of a text in letters of usual width."""
    return len(text) + 0.8 * sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
