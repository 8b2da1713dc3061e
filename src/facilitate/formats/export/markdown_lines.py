"""Lines of a group as Markdown: words as they were written, and all that is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean, label, meaning
from facilitate.core.captures import DETAILS, RINGS
from facilitate.core.carrying import when_words
from facilitate.core.record import RecordedEntry, Wording

_MARKS = re.compile(r"[\\`*\[\]<|~$]|&(?=#?\w+;)|_(?![^\W_])|(?<![^\W_])_")
"""What means something wherever it stands; `&` only before an entity, `_` not within words."""

_BEGINNING = re.compile(r"^(?:(?=[#+\-=>:])|(\d+)(?=[.)]))")
"""What would make a heading, a list, a quotation or a line of its own at the beginning."""

_END = re.compile(r"(?<!\\)#$")
"""A heading swallows the number signs at its end."""


def escaped(text: str) -> str:
    """The text on one line, in Markdown that shows it as it was written wherever it stands."""
    plain = _MARKS.sub(r"\\\g<0>", clean(text))
    return _END.sub(r"\\#", _BEGINNING.sub(r"\1\\", plain))


def listed(items: Iterable[str]) -> str:
    """The items as a list; each is one line of Markdown."""
    return "\n".join(f"- {item}" for item in items)


def line_with_all(entry: RecordedEntry, of_kind: Iterable[RecordedEntry]) -> Iterator[str]:
    """A line, and below it what else is known of it; `of_kind` are all lines of its kind."""
    words = f": {_words(entry.kind, entry.text)}" if entry.text else ""
    yield f"- {', '.join(_standing(entry))}{words}"
    parts = [one.id for one in of_kind if one.merged_into == entry.id]
    about = (_where_from(entry), _beyond(entry), _beside(entry, parts), _wordings(entry))
    for said in chain.from_iterable(about):
        yield f"  - {said}"


def _standing(entry: RecordedEntry) -> Iterator[str]:
    """What it is called, and where it stands."""
    yield escaped(entry.id)
    yield escaped(entry.state)
    if entry.adopted is not None:
        on = f" ({entry.adopted_on.isoformat()})" if entry.adopted_on else ""
        yield f"adopted by consent, round {entry.adopted}{on}"
    if entry.reaffirmed:
        yield "re-affirmed"


def _words(kind: CaptureKind, text: str) -> str:
    """Words of a line; of a term what it is called stands out."""
    if kind in ("term", "framework") and (means := meaning(text)):
        return f"**{escaped(label(text))}**: {escaped(means)}"
    return escaped(text)


def _where_from(entry: RecordedEntry) -> Iterator[str]:
    if entry.lineage:
        yield f"stands on: {escaped(entry.lineage)}"
    if entry.added is not None:
        yield f"added on {entry.added.isoformat()}, after the record was made"
    if entry.origin == "offered":
        yield "a starting point from the team"
    changed = ", changed by the group" if entry.origin == "adapted" else ""
    if entry.carried_from or entry.origin == "carried":
        yield f"from an earlier sitting{changed}"
    elif changed:
        yield f"from words that were there before{changed}"
    if entry.attribution:
        yield f"words of {escaped(entry.attribution)}{_how_far(entry)}"


def _how_far(entry: RecordedEntry) -> str:
    """How far the yes to a name goes, where the line may be handed on further than that."""
    scope = entry.attribution_scope
    if scope is None or RINGS.index(scope) >= RINGS.index(entry.ring):
        return ""
    return f" (as far as the {scope}, not further)"


def _beyond(entry: RecordedEntry) -> Iterator[str]:
    """What was told of it beyond its words."""
    names = DETAILS.get(entry.kind, {})
    for told in entry.details:
        yield f"{escaped(names.get(told.name, told.name))}: {escaped(told.text)}"
    if tags := tuple(dict.fromkeys((*entry.tags, *filter(None, [entry.facet])))):
        yield f"about: {', '.join(map(escaped, tags))}"
    if entry.owner:
        yield f"for: {escaped(entry.owner)}"
    if entry.when:
        yield f"again {escaped(when_words(entry.when))}"


def _beside(entry: RecordedEntry, parts: list[str]) -> Iterator[str]:
    """How it stands to other lines."""
    if entry.belongs_with:
        yield f"said with {escaped(entry.belongs_with)}"
    if entry.heard_again:
        yield "also heard"
    if parts:
        yield f"took in {', '.join(map(escaped, parts))}"
    if entry.merged_into:
        yield f"became a part of {escaped(entry.merged_into)}"


def _wordings(entry: RecordedEntry) -> Iterator[str]:
    for wording in entry.also:
        yield f"also in these words: {_wording(entry.kind, wording)}"
    for wording in entry.earlier:
        yield f"earlier wording: {_wording(entry.kind, wording)}"
    if entry.ring != "cohort":
        yield f"may be handed on: {entry.ring}"


def _wording(kind: CaptureKind, wording: Wording) -> str:
    lineage = f" (stands on: {escaped(wording.lineage)})" if wording.lineage else ""
    return f"{_words(kind, wording.text)}{lineage}"
