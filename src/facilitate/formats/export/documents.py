"""What the documents for word processors share: how they begin, how words run, their bytes.

The same words make the same bytes, whenever and wherever they are written.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from facilitate.formats.export.document_template import Paper, template

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def new_document(title: str, date: dt.date, paper: Paper, size: float) -> Document:
    """An empty document in type of `size` points, as of a day.

    Raises:
        ModuleNotFoundError: when python-docx is not installed.
    """
    # Here, so that nobody waits for it who writes something else.
    import docx

    parts = template(_fit(title), date, paper, size)
    return docx.Document(io.BytesIO(_packed({n: text.encode() for n, text in parts.items()})))


def written(document: Document) -> bytes:
    """A document as a file."""
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as package:
        return _packed({name: package.read(name) for name in package.namelist()})


_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that such a file can tell, and so none."""


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts in one file, in a fixed order and without a time.

    Nothing is compressed: not every machine would come to the same bytes.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(parts):
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.create_system = 0  # whichever system it is made on
            package.writestr(part, parts[name])
    return file.getvalue()


# Words


def runs_from_right(text: str) -> bool:
    """Whether the first sign of a text that has a direction runs from right to left."""
    directions = map(unicodedata.bidirectional, text)
    return next((one for one in directions if one in _STRONG), "L") in _FROM_RIGHT


_FROM_RIGHT = frozenset({"R", "AL"})
_STRONG = _FROM_RIGHT | {"L"}


def add_words(paragraph: Paragraph, text: str, style: str | None = None, lang: str = "") -> Run:
    """Put words behind what a paragraph has, in their own direction.

    `style` is the name of a style for words; `lang` a language tag, empty for that of the
    document.
    """
    run = paragraph.add_run(_fit(text), style)
    turned = runs_from_right(text)
    if turned:
        run.font.rtl = True
    if lang:
        _tell_language(run, lang, turned=turned)
    return run


def _fit(text: str) -> str:
    """Text without the two signs that such a file cannot hold, which mean nothing anywhere."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def _tell_language(run: Run, lang: str, *, turned: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement("w:lang")
    told.set(qn("w:bidi" if turned else "w:val"), lang)
    run._r.get_or_add_rPr().append(told)  # nothing that we put there comes behind it


def turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    from docx.oxml import OxmlElement

    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), *_BEHIND_BIDI)


_BEHIND_BIDI = ("w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""What we put behind it among the properties of a paragraph; the format has an order."""


def add_paragraph(document: Document, text: str, style: str) -> Paragraph:
    """Put a paragraph of words at the end, in their own direction."""
    paragraph = document.add_paragraph(style=style)
    if runs_from_right(text):
        turn(paragraph)
    add_words(paragraph, text)
    return paragraph


# How it stands on paper


def end_columns(document: Document, count: int, gap: float) -> None:
    """Let all since the last call stand in so many columns, `gap` points apart.

    What comes behind it goes on below, in one column.
    """
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    going_on = document.sections[-1]
    ended = going_on._sectPr.clone()
    columns = ended.find(qn("w:cols"))
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), str(round(gap * 20)))
    document.paragraphs[-1]._p.set_sectPr(ended)
    going_on.start_type = WD_SECTION.CONTINUOUS


def describe_table(table: Table, title: str, description: str) -> None:
    """Say what a table is, to who has it read aloud; its first row stands on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        said = OxmlElement(name)
        said.set(qn("w:val"), text)
        table._tbl.tblPr.append(said)
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
