"""The one-line grammar of the capture line. Total: every line means something.

```
One mic, one speaker                         the kind of the segment
a: What's said here stays <- the elders      a kind by letter or word; ` <- ` lineage
*12 Ouch and oops: no need to explain        a new wording for entry 12
! held in this room                          room only: never kept
```
What does not parse stays text: `1:3`, `#1`, `3:15`, an address.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS

DEFAULT_KIND: CaptureKind = "learning"
"""The kind where a segment names none: it stays in the sitting unless it is raised."""

_PREFIXES: dict[str, CaptureKind] = {
    **{rules.letter: kind for kind, rules in KINDS.items()},
    **{kind: kind for kind in KINDS},
}
_PREFIX = re.compile(r"([A-Za-z]+):\s+(?=\S)")
_NEW_WORDING = re.compile(r"\*[A-Za-z]?(\d{1,6})\s+(?=\S)")
_LINEAGE = " <- "


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line to keep."""

    kind: CaptureKind
    text: str
    """Never empty."""
    lineage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWording:
    """Other words for an entry that is there."""

    number: int
    text: str
    lineage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """Words for this room: in memory only, gone when the program goes."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """An empty line."""


Line = NewLine | NewWording | RoomLine | Nothing


def read_line(line: str, kind: CaptureKind | None) -> Line:
    """What a line means where `kind` is the kind of the segment (None: it names none)."""
    text = clean(line)
    if text.startswith("!"):
        words = text[1:].strip()
        return RoomLine(text=words) if words else Nothing()
    if found := _NEW_WORDING.match(text):
        words, lineage = _split_lineage(text[found.end() :])
        return NewWording(number=int(found[1]), text=words, lineage=lineage)
    prefix = _PREFIX.match(text)
    if prefix and prefix[1].lower() in _PREFIXES:
        kind = _PREFIXES[prefix[1].lower()]
        text = text[prefix.end() :]
    if not text:
        return Nothing()
    words, lineage = _split_lineage(text)
    return NewLine(kind=kind or DEFAULT_KIND, text=words, lineage=lineage)


def _split_lineage(text: str) -> tuple[str, str]:
    """Words and lineage; a line that would leave no words keeps everything as words."""
    words, arrow, lineage = text.rpartition(_LINEAGE)
    if arrow and words.strip() and lineage.strip():
        return words.strip(), lineage.strip()
    return text.strip(), ""


def clean(text: str) -> str:
    """`text` on one line, in NFC, without characters that steer a terminal or hide words.

    Control characters, line ends and tabs become spaces; bidi controls and lone surrogates
    go. Joiners that scripts and emoji need stay.
    """
    kept = []
    for character in text:
        if character in _BIDI or unicodedata.category(character) == "Cs":
            continue
        kept.append(" " if unicodedata.category(character) in _BREAKS else character)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


_BREAKS = {"Cc", "Zl", "Zp"}
_BIDI = {
    *map(chr, range(0x202A, 0x202F)),  # embeddings and overrides
    *map(chr, range(0x2066, 0x206A)),  # isolates
    "\u200e",
    "\u200f",
    "\u061c",
    "\ufeff",
}
"""Characters that reorder what is shown; Unicode Standard Annex 9."""
