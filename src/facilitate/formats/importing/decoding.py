"""The text of a file that someone else's program wrote: UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import re

from facilitate.formats.importing.sheet import refused

LONGEST_TEXT = 5 << 20
"""Bytes of a file of text; a sheet of two thousand rows has a hundredth of them."""

AS_WINDOWS = (
    "The file is not in UTF-8; it was read as Windows-1252. Look at letters with accents."
)

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.01


def decoded(raw: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text, and what is to be said of how it was read.

    Raises:
        Unreadable: when it is no text, or far too long.
    """
    if len(raw) > LONGEST_TEXT:
        raise refused(file, "The file is far too long for an agenda.", _OTHER)
    text = _text(raw, file)
    said = () if text is not None else (AS_WINDOWS,)
    if text is None:
        text = raw.decode("cp1252", "replace")
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise refused(file, "The file is not text.", _OTHER)
    return text, said


_OTHER = "Is it the file you meant? A table can be CSV, Markdown or an Excel workbook."


def _text(raw: bytes, file: str) -> str | None:
    """The text as its first bytes say; None when it is not in Unicode."""
    if raw.startswith(_WIDE) or _zeros_alternate(raw):
        wide = "utf-16" if raw.startswith(_WIDE) else "utf-16-le"
        try:
            return raw.decode(wide)
        except UnicodeDecodeError:
            raise refused(file, "The file is damaged: it ends within a letter.") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _zeros_alternate(raw: bytes) -> bool:
    """Whether every other byte is mostly zero, as in UTF-16 without a mark."""
    head = raw[:2000]
    return head[0::2].count(0) == 0 and head[1::2].count(0) * 4 > len(head)
