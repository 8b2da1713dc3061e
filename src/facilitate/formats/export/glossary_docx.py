"""The words that a group shares, as a document with a table, for its team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from facilitate.core.capture_line import clean, label, meaning
from facilitate.core.handout import day_words, language_of
from facilitate.core.sharing import RING_FOR, Shared, SharedLine
from facilitate.formats.export.document_template import (
    ABOUT,
    CELL,
    EMPTY,
    FOOT,
    HEAD,
    LETTER_ON_ITS_SIDE,
    SMALL,
    STRONG,
    TABLE,
    WHAT,
)
from facilitate.formats.export.documents import (
    add_paragraph,
    add_words,
    describe_table,
    new_document,
    runs_from_right,
    turn,
    written,
)
from facilitate.formats.export.line_words import lineages, texts
from facilitate.formats.export.type_size import MARGIN

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

SIZE = 10.0
"""Of the type, in points."""

HEADING = "Words we share"
NO_WORDS = "The words that the group shares will stand here."
DESCRIPTION = (
    "One row for each term, by number: what it is called, what it means to the group by now, "
    "what else is said for it, what the group moves away from and why, what it stands on, and "
    "how far the group is with it."
)
"""Of the table, for who has it read aloud."""

STATES = {
    "heard": "written down, and not read back yet",
    "working": "read back to the group, and not settled yet",
    "shared": "the group uses it with this meaning",
    "moving away from": "the group leaves it behind",
}
"""How far a group is with a term."""

_COLUMNS = {
    "Term": 0.16,
    "Working meaning": 0.28,
    "Also said": 0.15,
    "Moving away from": 0.17,
    "Stands on": 0.14,
    "State": 0.10,
}
"""What stands in the first row, and the share that a column has of the width."""


def write(shared: Shared) -> bytes:
    """The glossary of what an export holds, as a DOCX file.

    Raises:
        ModuleNotFoundError: when python-docx is not installed.
    """
    from docx.shared import Pt

    record = shared.record
    named = ": ".join(filter(None, [clean(record.title), clean(record.subtitle)]))
    document = new_document(f"{HEADING}: {named}", record.date, LETTER_ON_ITS_SIDE, SIZE)
    document.add_heading(HEADING, level=1)
    add_paragraph(document, named, "Subtitle")
    day = document.add_paragraph(style=ABOUT)
    add_words(day, f"{day_words(record.date)}, ")
    add_words(day, clean(record.cohort))
    day.paragraph_format.space_after = Pt(SIZE)
    if shared.lines:
        _add_table(document, [_row(line) for line in shared.lines])
    else:
        document.add_paragraph(NO_WORDS, style=EMPTY)
    foot = f"For {RING_FOR[shared.ring]}.{_reading(shared.lines)}"
    document.add_paragraph(foot, style=FOOT)
    return written(document)


def _reading(lines: Iterable[SharedLine]) -> str:
    """What the states say that stand there."""
    found = {line.entry.state for line in lines}
    told = "; ".join(f"{state}: {words}" for state, words in STATES.items() if state in found)
    return f" {told[0].upper()}{told[1:]}." if told else ""


# What stands in the cells


class Cell(NamedTuple):
    """One paragraph of a cell."""

    what: str = ""
    """Our words before those of people; empty for none."""
    words: str = ""
    name: str = ""
    """The number of the line, behind what it is called; empty in all other cells."""
    language: str = ""


def _row(line: SharedLine) -> tuple[tuple[Cell, ...], ...]:
    """The cells of a term, from left to right; each of them in paragraphs."""
    told = {detail.name: clean(detail.text) for detail in line.entry.details}
    called = Cell(
        words=label(texts(line)[0]), name=clean(line.entry.id), language=language_of(line.entry)
    )
    return (
        (called,),
        tuple(_meanings(line)),
        _cell("", told.get("also_said", "")),
        _cell("", told.get("moving_away_from", "")) + _cell("because", told.get("why", "")),
        tuple(Cell(words=lineage) for lineage in lineages(line)),
        (Cell(words=clean(line.entry.state)),),
    )


def _cell(what: str, words: str) -> tuple[Cell, ...]:
    return (Cell(what, words),) if words else ()


def _meanings(line: SharedLine) -> Iterator[Cell]:
    """What it means; where several wordings hold side by side, all of them."""
    first, *others = texts(line)
    yield from _cell("", meaning(first))
    for other in others:
        same = label(other) == label(first)
        words = meaning(other) if same else other.replace(" = ", ": ", 1)
        yield from _cell("side by side with it", words)


# The table


def _add_table(document: Document, rows: list[tuple[tuple[Cell, ...], ...]]) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=len(rows) + 1, cols=len(_COLUMNS), style=TABLE)
    table.autofit = False
    describe_table(table, HEADING, DESCRIPTION)
    room = LETTER_ON_ITS_SIDE.width - 2 * MARGIN * 72 / 25.4
    for column, share in zip(table.columns, _COLUMNS.values(), strict=True):
        column.width = Pt(round(share * room))
    heads = tuple((Cell(words=name),) for name in _COLUMNS)
    for row, cells in zip(table.rows, [heads, *rows], strict=True):
        style = HEAD if cells is heads else CELL
        for cell, paragraphs in zip(row.cells, cells, strict=True):
            _fill(cell, paragraphs, style)


def _fill(cell: _Cell, paragraphs: tuple[Cell, ...], style: str) -> None:
    """Put paragraphs into an empty cell, which has one already."""
    cell.paragraphs[0].style = style
    for place, said in enumerate(paragraphs):
        paragraph = cell.add_paragraph(style=style) if place else cell.paragraphs[0]
        if runs_from_right(said.words) and not said.what:
            turn(paragraph)
        if said.what:
            add_words(paragraph, f"{said.what}: ", WHAT)
        add_words(paragraph, said.words, STRONG if said.name else None, said.language)
        if said.name:
            add_words(paragraph, "\u2002")
            add_words(paragraph, said.name, SMALL)
