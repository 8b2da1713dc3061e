"""The journals of this machine without a line that is taken back."""

from __future__ import annotations

from collections.abc import Collection

from facilitate.core.entry_events import EntryLowered
from facilitate.core.merging import spoken_order
from facilitate.core.refusal import Refused
from facilitate.core.taking_back import TakingBack
from facilitate.core.travelling import line_told
from facilitate.formats import journal_line
from facilitate.formats.spellings import Sought
from facilitate.session.finished import is_finished
from facilitate.session.line_sightings import Journals, journals_of, with_journals
from facilitate.session.noting import note
from facilitate.session.trying import Troubles
from facilitate.store import journal
from facilitate.store.places import Places

_DAMAGED = "damaged"
"""Stands for the id of what no one can read and what has the words in it."""


def empty_notes(
    places: Places, line: TakingBack, words: Sought | None, troubles: Troubles
) -> int:
    """Put redactions in the place of all that journals tell of a line; how many changed.

    Damaged lines that hold its `words` become empty lines where it cannot be told which they
    were.
    """
    named = {*line.sittings, *(sitting for sitting, _ in line.entries)}
    count = 0
    for sitting in with_journals(places):
        if sitting in named:
            with troubles.trying(f"The notes of {sitting}"):
                found = journals_of(places, sitting)
                entries = {entry for where, entry in line.entries if where == sitting}
                count += _empty(places, found, line.name, entries, words)
    return count


def _empty(
    places: Places, found: Journals, name: str, entries: Collection[str], words: Sought | None
) -> int:
    if found.is_newer:
        raise Refused("a newer facilitate wrote some of them. Update, and do this again.")
    _keep_number(places, found, name, entries)
    ids = {one.id for one in found.events if line_told(one) in entries}
    out = _TakingOut(ids, entries, words)
    return sum(
        journal.redact(folder, out.ids, out.redacted, out.id_of) for folder in found.folders
    )


def _keep_number(places: Places, found: Journals, name: str, entries: Collection[str]) -> None:
    """Say before the words go that they did, so that no other line gets the number.

    A sitting without a record takes it from there when it is gone on with, and lets go once
    more what came back of the line.
    """
    own = places.own(found.sitting)
    if not own.is_dir() or is_finished(own):
        return
    lowered = (one.event for one in found.events if isinstance(one.event, EntryLowered))
    gone = {event.entry for event in lowered if event.ring == "room"}
    for entry in sorted(set(entries) - gone):
        number, _ = spoken_order(name)
        note(own, EntryLowered(entry=entry, number=number, ring="room"), found.events)


class _TakingOut:
    """Which pieces of a journal go, and what takes their place."""

    def __init__(
        self, ids: Collection[str], entries: Collection[str], words: Sought | None
    ) -> None:
        self.ids = frozenset({*ids, _DAMAGED})
        self._named = [f'"{entry}"'.encode() for entry in entries]
        self._words = words

    def id_of(self, piece: bytes) -> str | None:
        """The id of a line that goes or stays; None when that cannot be told."""
        known = journal_line.id_of(piece)
        return _DAMAGED if known not in self.ids and self._is_lost(piece) else known

    def redacted(self, piece: bytes) -> bytes:
        """What takes the place of a piece that goes: a redaction, or an empty line."""
        if _is_whole(piece) or journal_line.id_of(piece) in self.ids:
            return journal_line.redacted(piece)
        return b"\n"

    def _is_lost(self, piece: bytes) -> bool:
        """Whether it is about the line, or may be, and no reader would understand it."""
        named = any(name in piece for name in self._named)
        if _is_whole(piece):
            return named and not journal_line.read_file(piece).events
        return named or (
            self._words is not None and self._words.pattern.search(piece) is not None
        )


def _is_whole(piece: bytes) -> bool:
    reading = journal_line.read_file(piece)
    return bool(reading.events or reading.kept)
