"""An agenda as a document for a word processor, for the team or for those who take part."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from facilitate.core.agenda import Agenda
from facilitate.formats.export.agenda_fields import Audience
from facilitate.formats.export.agenda_markdown import untold as untold
from facilitate.formats.export.agenda_page import (
    FOR_TEAM,
    AgendaPage,
    PagePart,
    agenda_page,
)
from facilitate.formats.export.agenda_part import Item
from facilitate.formats.export.document_template import (
    ABOUT,
    CELL,
    HEAD,
    LETTER,
    LINE,
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
from facilitate.formats.export.type_size import MARGIN

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

SIZE = 11.0
"""Of the type, in points."""

AUTHOR = "The team"

DESCRIPTION = {
    "team": "One row for each part, in order: when it starts, its minutes, what it is called,"
    " its kind, and the role that leads it.",
    "participants": "One row for each part, in order: from when to when, what it is called,"
    " and what it is for.",
}
"""Of the table of the day, for who has it read aloud."""

_SHARES = {
    "team": (0.10, 0.08, 0.50, 0.17, 0.15),
    "participants": (0.20, 0.32, 0.48),
}
"""Of the width of the table, for each column."""

_ABOVE = 4
"""Points above a paragraph."""

NO_DATE = dt.date(1980, 1, 1)
"""Stands for the day of a template: the earliest that such a file can tell."""


def write(agenda: Agenda, audience: Audience) -> bytes:
    """The page of an agenda, as a DOCX file.

    Raises:
        ModuleNotFoundError: when python-docx is not installed.
    """
    page = agenda_page(agenda, audience)
    named = ": ".join(filter(None, [page.title, page.subtitle]))
    document = new_document(named, page.date or NO_DATE, LETTER, SIZE)
    document.core_properties.author = AUTHOR
    document.core_properties.last_modified_by = AUTHOR
    _Drawing(document).draw(page)
    return written(document)


class _Drawing:
    """One page being put into a document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def draw(self, page: AgendaPage) -> None:
        """Put all of a page there."""
        add_paragraph(self._document, page.title, "Heading 1")
        if page.subtitle:
            add_paragraph(self._document, page.subtitle, "Subtitle")
        if page.audience == "team":
            self._document.add_paragraph(FOR_TEAM, style=ABOUT)
        for fact in page.facts:
            self._said(f"{fact.name}: ", fact.text, WHAT)
        for text in page.about:
            self._spaced(add_paragraph(self._document, text, "Normal"))
        if page.objectives:
            self._list(Item("What it is for", page.objectives, is_list=True))
        for item in page.lists:
            self._list(item)
        self._document.add_heading("The day", level=2)
        self._table(page)
        for part in page.parts:
            self._part(part)
        for item in page.after:
            self._list(item)

    def _list(self, item: Item) -> None:
        """A list under a heading of its own."""
        self._document.add_heading(item.name, level=2)
        self._points(item)

    def _points(self, item: Item) -> None:
        for text in item.texts:
            add_paragraph(self._document, text, LINE)

    def _part(self, part: PagePart) -> None:
        heading = self._document.add_heading(level=2)
        if runs_from_right(part.heading):
            turn(heading)
        add_words(heading, part.heading)
        self._document.add_paragraph(part.about, style=ABOUT)
        for item in part.items:
            if item.is_list:
                name = self._said(item.name, "", STRONG)
                name.paragraph_format.keep_with_next = True
                self._points(item)
            else:
                first, *more = item.texts
                self._said(f"{item.name}: ", first, STRONG)
                for text in more:
                    self._spaced(add_paragraph(self._document, text, "Normal"))

    def _said(self, name: str, text: str, style: str) -> Paragraph:
        """A paragraph with our word before theirs."""
        paragraph = self._document.add_paragraph()
        add_words(paragraph, name, style)
        if text:
            add_words(paragraph, text)
        return self._spaced(paragraph)

    def _spaced(self, paragraph: Paragraph) -> Paragraph:
        from docx.shared import Pt

        paragraph.paragraph_format.space_before = Pt(_ABOVE)
        return paragraph

    # The day

    def _table(self, page: AgendaPage) -> None:
        from docx.shared import Pt

        rows = (page.heads, *page.rows)
        table = self._document.add_table(rows=len(rows), cols=len(page.heads), style=TABLE)
        table.autofit = False
        describe_table(table, "The day", DESCRIPTION[page.audience])
        room = LETTER.width - 2 * MARGIN * 72 / 25.4
        for column, share in zip(table.columns, _SHARES[page.audience], strict=True):
            column.width = Pt(round(share * room))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                _fill(cell, text, HEAD if texts is page.heads else CELL)


def _fill(cell: _Cell, text: str, style: str) -> None:
    """Put a text into an empty cell, which has a paragraph already."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if runs_from_right(text):
        turn(paragraph)
    add_words(paragraph, text)
