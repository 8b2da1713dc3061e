"""The page for the group as a document for a word processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.core.handout import HandOut, PageLine, PageSection, Said, hand_out
from facilitate.core.sharing import Shared
from facilitate.formats.export.document_template import (
    ABOUT,
    EMPTY,
    FOOT,
    LETTER,
    LINE,
    OPEN_LINE,
    SMALL,
    STRONG,
    WHAT,
)
from facilitate.formats.export.documents import (
    add_paragraph,
    add_words,
    end_columns,
    new_document,
    runs_from_right,
    turn,
    written,
)
from facilitate.formats.export.type_size import COLUMN_GAP, COLUMNS, type_size

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


def write(shared: Shared) -> bytes:
    """The page of what an export holds, as a DOCX file.

    Raises:
        ModuleNotFoundError: when python-docx is not installed.
    """
    page = hand_out(shared)
    named = ": ".join(filter(None, [page.title, page.subtitle]))
    document = new_document(named, page.date, LETTER, type_size(page))
    _Drawing(document, type_size(page)).draw(page)
    return written(document)


class _Drawing:
    """One page being put into a document."""

    def __init__(self, document: Document, size: float) -> None:
        self._document = document
        self._size = size

    def draw(self, page: HandOut) -> None:
        """Put all of a page there."""
        add_paragraph(self._document, page.title, "Heading 1")
        if page.subtitle:
            add_paragraph(self._document, page.subtitle, "Subtitle")
        day = self._document.add_paragraph(style=ABOUT)
        add_words(day, f"{page.day}, ")
        add_words(day, page.cohort)
        for section in page.sections:
            self._section(section)
        if page.empty:
            self._document.add_paragraph(page.empty, style=EMPTY)
        self._document.add_paragraph(page.foot, style=FOOT)

    def _section(self, section: PageSection) -> None:
        self._document.add_heading(section.heading, level=2)
        self._document.add_paragraph(section.about, style=ABOUT)
        if section.narrow:
            end_columns(self._document, 1, 0)
        for line in section.lines:
            self._line(line, LINE if section.agreed else OPEN_LINE)
        if section.narrow:
            end_columns(self._document, COLUMNS, COLUMN_GAP * self._size)

    def _line(self, line: PageLine, style: str) -> None:
        """A line is one paragraph, so that nothing of it comes apart.

        Of a term the meaning says in which direction all of it runs.
        """
        paragraph = self._document.add_paragraph(style=style)
        if runs_from_right(line.meaning or line.words):
            turn(paragraph)
        add_words(paragraph, line.words, STRONG, line.language)
        if line.meaning:
            add_words(paragraph, ": ")
            add_words(paragraph, line.meaning)
        add_words(paragraph, "\u2002")
        add_words(paragraph, line.name, SMALL)
        for said in line.more:
            paragraph.add_run().add_break()
            _add_said(paragraph, said, WHAT, None)
        for place, said in enumerate(line.small):
            paragraph.add_run("; ", SMALL) if place else paragraph.add_run().add_break()
            _add_said(paragraph, said, SMALL, SMALL)


def _add_said(paragraph: Paragraph, said: Said, ours: str, theirs: str | None) -> None:
    """Put what is told of a line there, our words and theirs each in a style of their own."""
    add_words(paragraph, f"{said.what}: " if said.words else said.what, ours)
    if said.words:
        add_words(paragraph, said.words, theirs)
