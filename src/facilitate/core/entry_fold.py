"""What events make of the lines of a group; total, as the whole fold is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, cast

from facilitate.core.captures import (
    KINDS,
    NO_MARKS,
    RINGS,
    Adoption,
    Attribution,
    Concern,
    ConsentRound,
    Detail,
    Entry,
    EntryState,
    Version,
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
from facilitate.core.lives import LIVES, following, may_be_read_back
from facilitate.core.tally import Scale, Tally


def take(entries: dict[str, Entry], recorded: Recorded) -> None:
    """Take what happened to the lines of a group into its entries."""
    event = recorded.event
    if type(event) is EntryAdded:
        entries[recorded.id] = added(recorded.id, event)
    elif type(event) in _CHANGES:
        change = cast("EntryChange", event)
        if change.entry in entries:
            entries[change.entry] = changed(entries[change.entry], recorded, change)
    elif type(event) is EntryTakenUp:
        entry = taken_up(event)  # once, however many people took it up
        entries.setdefault(entry.id, entry)


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
        return _holding_too(after, recorded.base, version.id)
    if entry.origin in ("offered", "carried"):
        after = after._replace(origin="adapted")
    if entry.state == "amending" and not entry.under_test:
        return after
    return _opened_again(after)


_REOPENED: dict[EntryState, EntryState] = {
    "in force": "amending",
    "amending": "amending",
    "tested": "proposed",
    "shared": "working",
}
"""Where other words lead to: what was agreed, or asked about, is so no more."""


def _opened_again(entry: Entry) -> Entry:
    """The entry once its words are not those that it stands there with."""
    state = _REOPENED.get(entry.state)
    if state is None or state not in LIVES[entry.kind] or entry.reopened_from:
        return entry
    return entry._replace(state=state, reopened_from=entry.state)


def _with_version(entry: Entry, version: Version, base: tuple[str, ...]) -> Entry:
    return entry._replace(
        versions=(*entry.versions, version), superseded=entry.superseded.union(base)
    )


def _was_small(entry: Entry, recorded: Recorded, _: RewordingWasSmall) -> Entry:
    """Nothing where someone else's words stand there by now: those were not meant."""
    meant = recorded.base or (entry.version.id,)
    if entry.reopened_from is None or tuple(v.id for v in entry.wordings) != meant:
        return entry
    agreed = _agreed(entry, entry.reopened_from)
    held = _holding_too(entry, agreed, entry.version.id)
    return held._replace(state=entry.reopened_from, reopened_from=None)


def _agreed(entry: Entry, state: EntryState) -> tuple[str, ...]:
    """Ids of the wordings with which an entry stood in the state that it was opened from."""
    if state == "in force":
        return entry.adopted.versions if entry.adopted else ()
    return entry.rounds[-1].versions if entry.rounds else ()


def _holding_too(entry: Entry, before: Collection[str], version: str) -> Entry:
    """What was said of any of these wordings holds for another one as well."""
    rounds, adopted = entry.rounds, entry.adopted
    if rounds and not set(rounds[-1].versions).isdisjoint(before):
        last = rounds[-1]._replace(versions=(*rounds[-1].versions, version))
        rounds = (*rounds[:-1], last)
    if adopted and not set(adopted.versions).isdisjoint(before):
        adopted = adopted._replace(versions=(*adopted.versions, version))
    return entry._replace(rounds=rounds, adopted=adopted)


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


# Life


def _read_back(entry: Entry, _: Recorded, __: EntryReadBack) -> Entry:
    """Nothing where someone took the line further in the meantime."""
    if not may_be_read_back(entry):
        return entry
    return entry._replace(state=KINDS[entry.kind].read_back or entry.state)


def _moved(entry: Entry, _: Recorded, event: EntryMoved) -> Entry:
    return entry._replace(state=event.state, merged_into=event.into, reopened_from=None)


def _tested(entry: Entry, recorded: Recorded, event: EntryTested) -> Entry:
    scale = Scale(event.method, event.labels, event.keys, event.hear)
    begun = ConsentRound(recorded.id, event.round, (event.version,), scale)
    state: EntryState = "amending" if entry.state == "amending" else "tested"
    asked = entry._replace(rounds=(*entry.rounds, begun), state=state, reopened_from=None)
    return asked if _stands_with(entry, begun.versions) else _opened_again(asked)


def _stands_with(entry: Entry, versions: tuple[str, ...]) -> bool:
    """Whether the words of an entry are among these wordings, and no others beside them."""
    return all(version.id in versions for version in entry.wordings)


def _counted(entry: Entry, _: Recorded, event: VotesTaken) -> Entry:
    tally = Tally(
        counts=event.counts,
        passes=event.passes,
        present=event.present,
        no_objection=event.no_objection,
    )
    return _in_round(entry, event.test, lambda one: one._replace(tally=tally))


def _noted(entry: Entry, recorded: Recorded, event: ConcernNoted) -> Entry:
    concern = Concern(recorded.id, event.kind, event.text)
    return _in_round(
        entry, event.test, lambda one: one._replace(concerns=(*one.concerns, concern))
    )


def _in_round(entry: Entry, test: str, change: Callable[[ConsentRound], ConsentRound]) -> Entry:
    rounds = tuple(change(one) if one.id == test else one for one in entry.rounds)
    return entry._replace(rounds=rounds)


def _adopted(entry: Entry, _: Recorded, event: EntryAdopted) -> Entry:
    asked = [one for one in entry.rounds if event.version in one.versions]
    versions = asked[-1].versions if asked else (event.version,)
    agreed = entry._replace(
        state="in force",
        rounds=tuple(
            one._replace(adopted=True) if one in asked[-1:] else one for one in entry.rounds
        ),
        adopted=Adoption(event.round, event.on, versions),
        reopened_from=None,
    )
    return agreed if _stands_with(entry, versions) else _opened_again(agreed)


def _let_go(entry: Entry, _: Recorded, __: EntryLetGo) -> Entry:
    lives = "let go" in following(entry)
    return entry._replace(let_go=True, state="let go" if lives else entry.state)


# Rings and names


def _raised(entry: Entry, recorded: Recorded, event: EntryRaised) -> Entry:
    version = Version(id=recorded.id, text=event.text, lineage=event.lineage)
    raised = _with_version(entry, version, tuple(v.id for v in entry.versions))
    same = [v.id for v in entry.wordings if v.text in (event.text, None)]
    raised = _holding_too(raised, same, version.id) if same else _opened_again(raised)
    state = KINDS[entry.kind].first if entry.state == "let go" else raised.state
    checked = event.checked and "checked" in LIVES[entry.kind]
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
        return entry._replace(ring="sitting", details=(), attribution=None)
    return entry._replace(ring=event.ring)


def _attribution_asked(entry: Entry, recorded: Recorded, event: AttributionAsked) -> Entry:
    return entry._replace(attribution=Attribution(event.form, None, None, recorded.id))


def _attributed(entry: Entry, recorded: Recorded, event: EntryAttributed) -> Entry:
    attribution = Attribution(event.form, event.text or None, event.scope, recorded.id)
    return entry._replace(attribution=attribution)


_Change = Callable[[Entry, Recorded, Any], Entry]

_CHANGES: dict[type, _Change] = {
    EntryReworded: _reworded,
    RewordingWasSmall: _was_small,
    WordsKeptApart: _with_words,
    EntryDescribed: _described,
    EntryReadBack: _read_back,
    EntryHeardAgain: lambda entry, _, __: entry._replace(heard_again=entry.heard_again + 1),
    EntryMoved: _moved,
    EntryTested: _tested,
    VotesTaken: _counted,
    ConcernNoted: _noted,
    EntryAdopted: _adopted,
    EntryReaffirmed: lambda entry, _, __: entry._replace(reaffirmed=True),
    EntryScheduled: lambda entry, _, event: entry._replace(
        marks=_rescheduled(entry, event.when)
    ),
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


def _rescheduled(entry: Entry, when: str) -> Any:
    from dataclasses import replace

    return replace(entry.marks, when=when)
