"""What an event makes of an entry."""

from __future__ import annotations

from typing import assert_never

from facilitate.core.captures import KINDS, Entry, Version
from facilitate.core.events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Recorded,
    WordsKeptApart,
)

EntryChange = (
    EntryReworded
    | WordsKeptApart
    | EntryReadBack
    | EntryWithdrawn
    | EntryTakenBack
    | EntryRaised
    | EntryLetGo
)


def added(record: str, event: EntryAdded) -> Entry:
    """The entry that a captured line becomes; `record` is the id of its event."""
    # By place and not by name: long histories are made of these two.
    version = Version(record, event.text, event.lineage)
    first = KINDS[event.kind].first
    return Entry(record, event.number, event.kind, event.ring, event.segment, first, (version,))


def changed(entry: Entry, recorded: Recorded, event: EntryChange) -> Entry:
    """The entry after one more event about it."""
    match event:
        case EntryReworded(text=text, lineage=lineage):
            version = Version(id=recorded.id, text=text, lineage=lineage)
            return _reworded(entry, version, recorded.base)
        case EntryRaised(ring=ring, text=text, lineage=lineage):
            version = Version(id=recorded.id, text=text, lineage=lineage)
            raised = _reworded(entry, version, tuple(v.id for v in entry.versions))
            return raised._replace(ring=ring, let_go=False)
        case WordsKeptApart():
            return _with_words(entry, event)
        case EntryReadBack():
            return entry._replace(state=KINDS[entry.kind].read_back or entry.state)
        case EntryWithdrawn():
            return entry._replace(withdrawn=True)
        case EntryTakenBack():
            return entry._replace(taken_back=True)
        case EntryLetGo():
            return entry._replace(let_go=True)
        case _ as unreachable:
            assert_never(unreachable)


def _reworded(entry: Entry, version: Version, base: tuple[str, ...]) -> Entry:
    return entry._replace(
        versions=(*entry.versions, version), superseded=entry.superseded.union(base)
    )


def _with_words(entry: Entry, words: WordsKeptApart) -> Entry:
    versions = tuple(
        v._replace(text=words.text, lineage=words.lineage) if v.id == words.of else v
        for v in entry.versions
    )
    return entry._replace(versions=versions)
