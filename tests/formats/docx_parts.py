"""A document taken apart, for tests of what it holds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def package(raw: bytes) -> zipfile.ZipFile:
    """The file that a document is."""
    return zipfile.ZipFile(io.BytesIO(raw))


def part(raw: bytes, name: str) -> bytes:
    """One part of a document."""
    return package(raw).read(name)


def tree(raw: bytes, name: str = "word/document.xml") -> etree._Element:
    """One part of a document as XML."""
    return etree.fromstring(part(raw, name))


def all_of(raw: bytes, tag: str, name: str = "word/document.xml") -> list[etree._Element]:
    """Every element of a kind, `tag` without its `w:`."""
    return list(tree(raw, name).iter(f"{WORD}{tag}"))


def value(element: etree._Element) -> str:
    """What `w:val` says."""
    return str(element.get(f"{WORD}val"))


def opened(raw: bytes) -> Document:
    """The document as python-docx reads it."""
    import docx

    return docx.Document(io.BytesIO(raw))
