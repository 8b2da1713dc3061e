"""What events make of the lines of a group; total, as the whole fold is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from facilitate.core.captures import (
    KINDS,
    NO_MARKS,
    RINGS,
    Adoption,
    Attribution,
    Detail,
    Entry,
    EntryState,
    Version,
)
from facilitate.core.consent_fold import (
    as_agreed,
    holding_too,
    opened_again,
    round_adopted,
    round_begun,
    round_concern,
    round_counted,
    stands_with,
    was_small,
)
from facilitate.core.entry_events import (
    AttributionAsked,
    AttributionWithdrawn,
    ConcernNoted,
    EntryAdded,
    EntryAdopted,
    EntryAttributed,
    EntryChange,
    EntryDescribed,
    EntryEvent,
    EntryHeardAgain,
    EntryLetGo,
    EntryLowered,
    EntryMoved,
    EntryRaised,
    EntryReadBack,
    EntryReaffirmed,
    EntryReworded,
    EntryScheduled,
    EntryTakenBack,
    EntryTakenUp,
    EntryTested,
    EntryWithdrawn,
    RewordingWasSmall,
    VotesTaken,
    WordsKeptApart,
    taken_up_id,
)
from facilitate.core.events import Recorded
from facilitate.core.lives import (
    LIVES,
    WITHOUT_ADOPTION,
    following,
    may_be_read_back,
    may_move,
)


def take(entries: dict[str, Entry], recorded: Recorded) -> bool:
    """Take what happened to lines into the entries of a group; False when it was not that."""
    event = recorded.event
    if type(event) is EntryAdded:
        id_ = recorded.id
        entries[id_] = added(id_, event)
    elif type(event) in _CHANGES:
        change = cast("EntryChange", event)
        if change.entry in entries:
            entries[change.entry] = changed(entries[change.entry], recorded, change)
    elif type(event) is EntryTakenUp:
        entry = taken_up(event)  # once, however many people took it up
        entries.setdefault(entry.id, entry)
    else:
        return False
    return True


def is_lasting(event: EntryEvent) -> bool:
    """Whether an event stays what it is, and no undo leaves it out."""
    if isinstance(event, EntryLowered):
        return event.ring == "room"  # the words have left the disk
    return isinstance(event, WordsKeptApart | EntryTakenUp)


def added(record: str, event: EntryAdded) -> Entry:
    """The entry that a captured line becomes; `record` is the id of its event."""
    # By place and not by name: long histories are made of these two.
    return Entry(
        record,
        event.number,
        event.kind,
        event.ring,
        event.segment,
        KINDS[event.kind].first,
        (Version(record, event.text, event.lineage),),
        event.marks or NO_MARKS,
        event.origin,
        event.belongs_with,
    )


def taken_up(event: EntryTakenUp) -> Entry:
    """The entry that a line of an earlier sitting becomes in this one."""
    entry = taken_up_id(event.sitting, KINDS[event.kind].letter, event.number)
    adopted = None
    if event.adopted_round is not None:
        adopted = Adoption(event.adopted_round, event.adopted_on, (entry,))
    return Entry(
        id=entry,
        number=event.number,
        kind=event.kind,
        ring=event.ring,
        segment=None,
        state=event.state,
        versions=(Version(entry, event.text, event.lineage),),
        marks=event.marks or NO_MARKS,
        origin=event.origin,
        details=tuple((entry, detail) for detail in event.details),
        adopted=adopted,
        carried_from=event.sitting,
        touched=False,
    )


def changed(entry: Entry, recorded: Recorded, event: EntryChange) -> Entry:
    """The entry after one more event about it."""
    after = _CHANGES[type(event)](entry, recorded, event)
    return after if after.touched else after._replace(touched=True)


# Words


def _reworded(entry: Entry, recorded: Recorded, event: EntryReworded) -> Entry:
    version = Version(id=recorded.id, text=event.text, lineage=event.lineage)
    after = _with_version(entry, version, recorded.base)
    if event.small:
        return as_agreed(holding_too(after, recorded.base, version.id))
    if entry.origin in ("offered", "carried"):
        after = after._replace(origin="adapted")
    if entry.state == "amending" and not entry.under_test:
        return after
    return opened_again(after)


def _with_version(entry: Entry, version: Version, base: tuple[str, ...]) -> Entry:
    return entry._replace(
        versions=(*entry.versions, version), superseded=entry.superseded.union(base)
    )


def _with_words(entry: Entry, _: Recorded, words: WordsKeptApart) -> Entry:
    versions = tuple(
        v._replace(text=words.text, lineage=words.lineage) if v.id == words.of else v
        for v in entry.versions
    )
    return entry._replace(versions=versions, marks=words.marks or entry.marks)


def _described(entry: Entry, recorded: Recorded, event: EntryDescribed) -> Entry:
    others = [told for told in entry.details if told[1].name != event.name]
    if event.text:
        others.append((recorded.id, Detail(name=event.name, text=event.text)))
    return entry._replace(details=tuple(others))


def _scheduled(entry: Entry, _: Recorded, event: EntryScheduled) -> Entry:
    return entry._replace(marks=replace(entry.marks, when=event.when))


# Life


def _read_back(entry: Entry, _: Recorded, __: EntryReadBack) -> Entry:
    """Nothing where someone took the line further in the meantime."""
    if not may_be_read_back(entry):
        return entry
    return entry._replace(state=KINDS[entry.kind].read_back or entry.state)


def _moved(entry: Entry, recorded: Recorded, event: EntryMoved) -> Entry:
    """Nothing where someone took it elsewhere, or checked words that are not there now."""
    seen = not recorded.base or stands_with(entry, recorded.base)
    if not (seen and may_move(entry, event.state)):
        return entry
    return entry._replace(
        state=event.state,
        merged_into=event.into,
        adopted=None if event.state in WITHOUT_ADOPTION else entry.adopted,
        reopened_from=None,
        reopened_by=(),
    )


def _let_go(entry: Entry, _: Recorded, __: EntryLetGo) -> Entry:
    lives = "let go" in following(entry)
    return entry._replace(let_go=True, state="let go" if lives else entry.state)


# Rings and names


def _raised(entry: Entry, recorded: Recorded, event: EntryRaised) -> Entry:
    version = Version(id=recorded.id, text=event.text, lineage=event.lineage)
    seen = [v for v in entry.versions if v.id in recorded.base] or entry.wordings
    base = recorded.base or tuple(v.id for v in entry.versions)  # it was not noted at first
    raised = _with_version(entry, version, base)
    same = [v.id for v in seen if v.text in (event.text, None)]
    raised = holding_too(raised, same, version.id) if same else opened_again(raised)
    raised = as_agreed(raised)
    state = KINDS[entry.kind].first if entry.state == "let go" else raised.state
    checked = event.checked and "checked" in LIVES[entry.kind] and len(raised.wordings) == 1
    return raised._replace(
        ring=event.ring,
        let_go=False,
        marks=event.marks or entry.marks,
        state="checked" if checked else state,
    )


def _lowered(entry: Entry, _: Recorded, event: EntryLowered) -> Entry:
    if event.ring == "room":
        return entry._replace(taken_back=True)
    if RINGS.index(event.ring) >= RINGS.index(entry.ring):
        return entry  # someone took it back further in the meantime
    if event.ring == "sitting":  # what was told of it travelled further than it may now
        state: EntryState = "noted" if entry.state == "checked" else entry.state
        return entry._replace(ring="sitting", details=(), attribution=None, state=state)
    return entry._replace(ring=event.ring)


def _attribution_asked(entry: Entry, recorded: Recorded, event: AttributionAsked) -> Entry:
    return entry._replace(attribution=Attribution(event.form, None, None, recorded.id))


def _attributed(entry: Entry, recorded: Recorded, event: EntryAttributed) -> Entry:
    attribution = Attribution(event.form, event.text or None, event.scope, recorded.id)
    return entry._replace(attribution=attribution)


_Change = Callable[[Entry, Recorded, Any], Entry]

_CHANGES: dict[type, _Change] = {
    EntryReworded: _reworded,
    RewordingWasSmall: was_small,
    WordsKeptApart: _with_words,
    EntryDescribed: _described,
    EntryReadBack: _read_back,
    EntryHeardAgain: lambda entry, _, __: entry._replace(heard_again=entry.heard_again + 1),
    EntryMoved: _moved,
    EntryTested: round_begun,
    VotesTaken: round_counted,
    ConcernNoted: round_concern,
    EntryAdopted: round_adopted,
    EntryReaffirmed: lambda entry, _, __: entry._replace(reaffirmed=True),
    EntryScheduled: _scheduled,
    AttributionAsked: _attribution_asked,
    EntryAttributed: _attributed,
    AttributionWithdrawn: lambda entry, _, __: entry._replace(attribution=None),
    EntryWithdrawn: lambda entry, _, __: entry._replace(withdrawn=True),
    EntryTakenBack: lambda entry, _, __: entry._replace(taken_back=True),
    EntryRaised: _raised,
    EntryLowered: _lowered,
    EntryLetGo: _let_go,
}
"""One for each kind of change; a test holds that none is missing."""
