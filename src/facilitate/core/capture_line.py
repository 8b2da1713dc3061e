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

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS
from facilitate.core.values import dataclass

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
    """Words and lineage of a clean text; neither is empty where there is an arrow."""
    words, arrow, lineage = text.rpartition(_LINEAGE)
    return (words, lineage) if arrow else (text, "")


def clean(text: str) -> str:
    """`text` on one line, in NFC, without characters that steer a terminal or hide words.

    Control characters, line ends and tabs become spaces; lone surrogates, and marks that
    turn the direction of text or show nothing, go. Joiners that scripts and emoji need stay.
    """
    one_line = " ".join(_BREAKS.sub(" ", _UNSEEN.sub("", text)).split())
    return unicodedata.normalize("NFC", one_line)


_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile(
    "["
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction; Unicode Standard Annex 9
    "\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # spaces and signs of no width
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # notes between lines, letters that only hide
    "\ud800-\udfff"
    "]"
)
"""What no one sees and what makes others see something else."""
