"""Completing a half-typed line from words that are there, and telling whose words it is then.

A line that began as somebody else's stays known as such: what a group made itself can only be
told when nothing that was offered or carried passes for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import DEFAULT_KIND, split_kind
from facilitate.core.captures import Origin

ENOUGH = 3
"""How many characters of the words are typed before they are completed."""

_UNCOMPLETED = ("!", "*", "&")
"""Lines for the room and about an entry that is there: their words are always typed."""
_SENTENCE_ENDS = " .,;:!?\u2026"


class Source(NamedTuple):
    """Words that are there already: offered, carried, or a term of the cohort."""

    text: str
    """A clean line without kind and marks."""
    origin: Origin
    kind: CaptureKind
    name: str = ""
    """What people say for it, `T3`; empty when it has no number here."""


class Suggestion(NamedTuple):
    """How a half-typed line could go on."""

    text: str
    """The whole line; begins with exactly what was typed, and is longer."""
    source: Source


def complete(
    typed: str, kind_here: CaptureKind | None, sources: Sequence[Source]
) -> Suggestion | None:
    """The first of `sources` that has the line's kind and goes on from what was typed.

    `kind_here` is the kind of the segment (None: it names none). None when fewer than three
    characters of the words are there, and when nothing fits.
    """
    if typed.lstrip().startswith(_UNCOMPLETED):
        return None
    named, words = split_kind(typed)
    words = words.lstrip()
    kind, begun, length = named or kind_here or DEFAULT_KIND, _folded(words), len(words)
    if length < ENOUGH:
        return None
    for source in sources:
        rest = source.text[length:]
        if rest and source.kind == kind and _folded(source.text[:length]) == begun:
            return Suggestion(text=typed + rest, source=source)
    return None


def origin_of(text: str, taken: Source | None, sources: Sequence[Source]) -> Origin:
    """Whose words `text` is: the words of a line as it was read, without kind and marks.

    `taken` is the source of the suggestion that was taken on the way to it, None when none was
    or the field has been emptied since. The group's own words stay its own when it edits them.
    """
    words = _same(text)
    for source in (taken, *sources) if taken else sources:
        if _same(source.text) == words:
            return source.origin
    return "adapted" if taken and taken.origin != "ours" else "ours"


def _folded(text: str) -> str:
    """Without case, and with one apostrophe for both: keyboards and agendas differ."""
    return text.casefold().replace("\u2019", "'")


def _same(text: str) -> str:
    """What two lines of the same words have in common."""
    return _folded(" ".join(text.split())).rstrip(_SENTENCE_ENDS)
