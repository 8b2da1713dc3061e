"""Which words may travel into a record, and which are to leave the journals.

What is decided here is decided by where the words stood: only words that the open history
carried, while their line belonged to a ring wider than the sitting's, may travel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from facilitate.core.capture_line import clean
from facilitate.core.captures import KINDS, RINGS, Entry
from facilitate.core.entry_events import (
    WITH_WORDS,
    EntryAdded,
    EntryAttributed,
    EntryDescribed,
    EntryLetGo,
    EntryLowered,
    EntryRaised,
    EntryReworded,
    EntryTakenBack,
    EntryTakenUp,
    taken_up_id,
)
from facilitate.core.events import Recorded, Undone
from facilitate.core.fold import is_undoable
from facilitate.core.state import SessionState
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that a line has, or had."""

    text: str
    lineage: str = ""
    """People, traditions or texts that it stands on; empty for none."""


Words = Mapping[str, Wording]
"""The wordings of one entry that may travel, by version id."""


def travelling(history: Iterable[Recorded]) -> Mapping[str, Words]:
    """The words that may travel, by entry id.

    A line that comes into the sitting's ring, or back to it, has none from before.
    """
    events = tuple(history)
    undone = undone_in(events)
    rings: dict[str, str] = {}
    words: dict[str, dict[str, Wording]] = {}
    for recorded in events:
        event = recorded.event
        if recorded.id in undone or not isinstance(event, (*WITH_WORDS, EntryLowered)):
            continue
        entry, version = _place_of(recorded, event)
        if isinstance(event, EntryLowered):
            rings[entry] = min(event.ring, rings.get(entry, "sitting"), key=_ORDER.index)
        elif not isinstance(event, EntryReworded):
            rings[entry] = event.ring
        if rings.get(entry, "sitting") in ("sitting", "room"):
            words[entry] = {}
        elif not isinstance(event, EntryLowered) and (text := clean(event.text or "")):
            wording = Wording(text=text, lineage=clean(event.lineage))
            words.setdefault(entry, {})[version] = wording
    return words


_ORDER = ("room", *RINGS)
"""From the narrowest ring; lowering never widens."""


def undone_in(events: Sequence[Recorded]) -> frozenset[str]:
    """Ids of what counts as never having happened; some things stay whatever is undone."""
    meant = {r.event.event for r in events if isinstance(r.event, Undone)}
    return frozenset(r.id for r in events if r.id in meant and is_undoable(r))


WordsEvent = EntryAdded | EntryTakenUp | EntryReworded | EntryRaised | EntryLowered


def _place_of(recorded: Recorded, event: WordsEvent) -> tuple[str, str]:
    """The entry and the wording that an event is about."""
    match event:
        case EntryAdded():
            return recorded.id, recorded.id
        case EntryTakenUp(sitting=sitting, kind=kind, number=number):
            entry = taken_up_id(sitting, KINDS[kind].letter, number)
            return entry, entry
        case _:
            return event.entry, recorded.id


def gone(state: SessionState) -> frozenset[str]:
    """Ids of the records whose words are to leave the journals once the record is written.

    They are the words that were undone, taken back, let go or given back to the room, all of a
    line that stays in the sitting's ring, what is told of a line no more, and whose words it
    says no more that it is. Withdrawn lines stay, since they may be restored. Of a line of an
    earlier sitting stays what it came with, since the record of that one has it, and goes what
    was said of it here before it was let go.

    It is the same for a history out of which some of these words have gone already.
    """
    undone = undone_in(state.history)
    left = {r.event.entry for r in state.history if isinstance(r.event, _LEAVING)}
    found = []
    for recorded in state.history:
        event = recorded.event
        if not isinstance(event, _SAYING) or not event.text:
            continue
        id_ = recorded.id if isinstance(event, EntryAdded) else event.entry
        entry = state.entries.get(id_)
        went = id_ in left if entry is None else _is_gone(entry, recorded)
        if went or recorded.id in undone or id_ in undone:
            found.append(recorded.id)
    return frozenset(found)


_SAYING = (EntryAdded, EntryReworded, EntryRaised, EntryDescribed, EntryAttributed)
_LEAVING = (EntryTakenBack, EntryLetGo, EntryLowered)
"""Events that are still there when the line they name has gone out of another file."""


def _is_gone(entry: Entry, recorded: Recorded) -> bool:
    event, said = recorded.event, entry.attribution
    if isinstance(event, EntryAttributed) and (said is None or said.id != recorded.id):
        return True
    if isinstance(event, EntryDescribed) and not _is_told(entry, recorded.id, event.name):
        return True
    if entry.let_go:
        return True
    return not entry.carried_from and (entry.taken_back or entry.ring == "sitting")


def _is_told(entry: Entry, record: str, name: str) -> bool:
    """Whether what a record told of a line still stands, or other words took its place."""
    return name in entry.told and record in {brought for brought, _ in entry.details}


# The room


def words_of(state: SessionState, entry: str) -> frozenset[str]:
    """Ids of the records of the journals, private ones too, that hold words of one line."""
    return frozenset(r.id for r in state.history if line_told(r) == entry)


def given_back(state: SessionState) -> tuple[str, ...]:
    """Ids of the lines that were given back to the room and that a history still tells of.

    Of one that was read from the disk these are the lines whose words are still there.
    """
    to_room = {
        r.event.entry: None
        for r in state.history
        if isinstance(r.event, EntryLowered) and r.event.ring == "room"
    }
    told = {line_told(recorded) for recorded in state.history} if to_room else set()
    return tuple(entry for entry in to_room if entry in told)


def line_told(recorded: Recorded) -> str:
    """Id of the line of which a record of a journal tells more than that it was lowered.

    Empty when it tells of none.
    """
    event = recorded.event
    if isinstance(event, EntryAdded):
        return recorded.id
    if isinstance(event, EntryTakenUp):
        return taken_up_id(event.sitting, KINDS[event.kind].letter, event.number)
    return "" if isinstance(event, EntryLowered) else getattr(event, "entry", "")
