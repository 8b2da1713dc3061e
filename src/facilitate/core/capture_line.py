"""The one-line grammar of the capture line. Total: every line means something.

```
One mic, one speaker                         the kind of the segment
a: What's said here stays <- the elders      a kind by letter or word; ` <- ` lineage
c: bring it to my team @home-visiting >part2 `#tag`, `@role` and `>when` at the end
*12 Ouch and oops: no need to explain        a new wording for entry 12
*12 Ouch and oops <-                         the same, and it has no lineage any more
&7 also in the waiting room                  belongs with entry 7; `&7` alone: heard again
! held in this room                          room only: never kept
9/3/2                                        a tally, while an entry is under test
```
What does not parse stays text: `1:3`, `#1`, `3:15`, an address.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Container
from typing import get_args

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, Facet, Origin
from facilitate.core.values import dataclass

DEFAULT_KIND: CaptureKind = "learning"
"""The kind where a segment names none: it stays in the sitting unless it is raised."""

_PREFIXES: dict[str, CaptureKind] = {
    **{rules.letter: kind for kind, rules in KINDS.items()},
    **{kind: kind for kind in KINDS},
}
_FACETS: dict[str, Facet] = {facet: facet for facet in get_args(Facet)}
_PREFIX = re.compile(r"\s*([A-Za-z]+):\s+(?=\S)")
_NUMBERED = re.compile(r"([*&])[A-Za-z]?(\d{1,6})(?: |\Z)")
_WHEN = re.compile(r"next|end|part[1-9]|\+[1-9][0-9]{0,2}[dwm]", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINEAGE = " <- "
_NO_LINEAGE = " <-"
_MEANING = " = "
_JOINS = frozenset("-_\u200c\u200d")
"""What may stand inside a tag or a role beside letters and digits: two signs, two joiners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line to keep."""

    kind: CaptureKind
    text: str
    """Never empty."""
    lineage: str = ""
    tags: tuple[str, ...] = ()
    """As typed, in order, each once whatever its case; facets are among them."""
    facet: Facet | None = None
    """The last facet among the tags."""
    owner: str = ""
    """The role behind `@`, in lower case."""
    when: str = ""
    """`next`, `end`, `part2`, `+6w`, `+10d`, `+3m` or an ISO date, in lower case."""
    belongs_with: int | None = None
    """The number of the entry that it belongs with."""
    origin: Origin = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWording:
    """Other words for an entry that is there; marks in them stay text."""

    number: int
    text: str
    """Never empty."""
    lineage: str | None = None
    """None keeps what it has; empty takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAgain:
    """Somebody said once more what an entry says."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """Words for this room: in memory only, gone when the program goes."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """A tally for the entry under test, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """An empty line."""


Line = NewLine | NewWording | HeardAgain | RoomLine | Votes | Nothing


def read_line(
    line: str,
    kind: CaptureKind | None,
    known: Container[int] | None = None,
    is_tally: Callable[[str], bool] | None = None,
) -> Line:
    """What a line means where `kind` is the kind of the segment (None: it names none).

    `known` are the numbers that can be seen here; a line about any other number stays text.
    None takes every number for known. `is_tally` tells whether a clean line is a tally; None
    while no entry is under test.
    """
    text = clean(line)
    if text.startswith("!"):
        words = text[1:].strip()
        return RoomLine(text=words) if words else Nothing()
    if not text:
        return Nothing()
    if is_tally is not None and is_tally(text):
        return Votes(text=text)
    return _about_an_entry(text, kind, known) or _new_line(text, kind)


def _about_an_entry(
    text: str, kind: CaptureKind | None, known: Container[int] | None
) -> NewWording | NewLine | HeardAgain | None:
    """What a clean text says about the entry whose number it begins with, if it does."""
    found = _NUMBERED.match(text)
    if found is None:
        return None
    number, words = int(found[2]), text[found.end() :]
    if known is not None and number not in known:
        return None
    if found[1] == "&":
        return _new_line(words, kind, number) if words else HeardAgain(number=number)
    if not words:
        return None
    words, lineage = _split_lineage(words)
    if not lineage and words.endswith(_NO_LINEAGE):
        return NewWording(number=number, text=words.removesuffix(_NO_LINEAGE), lineage="")
    return NewWording(number=number, text=words, lineage=lineage or None)


def _new_line(text: str, kind: CaptureKind | None, belongs_with: int | None = None) -> NewLine:
    """A clean text as a line to keep; `text` is not empty."""
    named, text = split_kind(text)
    text, lineage = _split_lineage(text)
    words, marks = _trailing_marks(text)
    if words:
        source, more = _trailing_marks(lineage)
        more = more if source else []  # what would be nothing but marks is the lineage
    else:  # nor is a line nothing but marks: those are its words then
        words, marks, source, more = [text], [], [], []
    owner, when = _last("@", marks + more), _last(">", marks + more)
    read = (owner, when)
    tags = _tags(marks + more)
    return NewLine(
        kind=named or kind or DEFAULT_KIND,
        text=" ".join([*words, *_unread(marks, read)]),
        lineage=" ".join([*source, *_unread(more, read)]) or lineage,
        tags=tags,
        facet=_facet(tags),
        owner=owner[1:],
        when=when[1:],
        belongs_with=belongs_with,
    )


def split_kind(text: str) -> tuple[CaptureKind | None, str]:
    """The kind that is written before the words of a text, None when none is; the words."""
    found = _PREFIX.match(text)
    kind = _PREFIXES.get(found[1].lower()) if found else None
    return (kind, text[found.end() :]) if found and kind else (None, text)


def _split_lineage(text: str) -> tuple[str, str]:
    """Words and lineage of a clean text; neither is empty where there is an arrow."""
    words, arrow, lineage = text.rpartition(_LINEAGE)
    return (words, lineage) if arrow else (text, "")


# Marks


def _trailing_marks(text: str) -> tuple[list[str], list[str]]:
    """The words of a clean text, and the run of marks at its end."""
    words = text.split(" ")
    begin = len(words)
    while begin and _is_mark(words[begin - 1]):
        begin -= 1
    return words[:begin], words[begin:]


def _is_mark(word: str) -> bool:
    sign, said = word[:1], word[1:]
    if sign == ">":
        return _WHEN.fullmatch(said) is not None or _is_day(said)
    return sign in {"#", "@"} and said[:1].isalpha() and all(map(_is_in_a_name, said))


def _is_in_a_name(character: str) -> bool:
    """Whether a tag or a role can go on with it; many scripts write vowels as marks."""
    return (
        character.isalnum()
        or character in _JOINS
        or unicodedata.category(character).startswith("M")
    )


def _is_day(said: str) -> bool:
    if not _DAY.fullmatch(said):
        return False
    try:
        dt.date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _last(sign: str, marks: list[str]) -> str:
    """The last mark with that sign, in lower case; empty when there is none."""
    return next((mark.lower() for mark in reversed(marks) if mark.startswith(sign)), "")


def _unread(marks: list[str], read: tuple[str, str]) -> list[str]:
    """Roles and times that later ones took the place of: they stay among the words."""
    return [mark for mark in marks if not mark.startswith("#") and mark.lower() not in read]


def _tags(marks: list[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for mark in marks:
        if mark.startswith("#"):
            tags.setdefault(mark.casefold(), mark[1:])
    return tuple(tags.values())


def _facet(tags: tuple[str, ...]) -> Facet | None:
    found = [_FACETS[tag.casefold()] for tag in tags if tag.casefold() in _FACETS]
    return found[-1] if found else None


# Words


def label(text: str) -> str:
    """What a term or a framework is called: what stands before the first ` = `, or all."""
    return text.partition(_MEANING)[0]


def meaning(text: str) -> str:
    """What a term or a framework means: what stands behind the first ` = `, or nothing."""
    return text.partition(_MEANING)[2]


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
