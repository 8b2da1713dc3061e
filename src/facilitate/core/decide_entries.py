"""The rules about the lines that a group makes: who may do what with them, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from facilitate.core.capture_line import NewLine, NewWording, clean
from facilitate.core.captures import DETAILS, HELD_HERE, KINDS, NO_MARKS, Entry, Marks
from facilitate.core.captures import RINGS as RINGS
from facilitate.core.carrying import as_taken_up, is_when
from facilitate.core.consent import (
    adopted,
    concern_noted,
    put_to_test,
    refuse_side_by_side,
    votes_taken,
)
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Attribute,
    CallSmall,
    Capture,
    ConsentCommand,
    Describe,
    DrawLesson,
    DropAttribution,
    EntryCommand,
    HearAgain,
    HoldCare,
    Keep,
    LetGo,
    LookAgain,
    Lower,
    MoveTo,
    NoteConcern,
    OneLineCommand,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    TakeBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import (
    CareHeld,
    EntryAdded,
    EntryDescribed,
    EntryEvent,
    EntryHeardAgain,
    EntryLetGo,
    EntryMoved,
    EntryReadBack,
    EntryReaffirmed,
    EntryReworded,
    EntryScheduled,
    EntryTakenBack,
    EntryWithdrawn,
    NoteKeepingAgreed,
    RewordingWasSmall,
)
from facilitate.core.lives import BEFORE_ADOPTION, ENDED, a_kind, check_move, may_be_read_back
from facilitate.core.refusal import Refused
from facilitate.core.rings import attribution, refuse_in_sitting, to_ring
from facilitate.core.same_words import same_words
from facilitate.core.sources import origin
from facilitate.core.state import SessionState

ROOM_ONLY = "This group holds its lines in the room only for now; nothing of them is saved."


def decide_entries(
    state: SessionState, command: EntryCommand, by: str
) -> tuple[EntryEvent, ...]:
    """The events that a wish about a line causes; `by` is the role that asks.

    A line of an earlier sitting enters the history of this one right before.

    Raises:
        NeedsAsking: when it wants a yes first.
        Refused: when it cannot be done now.
    """
    events = _events(state, command, by)
    return (*_first_taken_up(state, events), *events)


def _first_taken_up(
    state: SessionState, events: Iterable[EntryEvent]
) -> tuple[EntryEvent, ...]:
    meant = {getattr(event, name, None) for event in events for name in _NAMING}
    lines = state.inherited.lines if state.inherited else ()
    wanted = [line for line in lines if line.id in meant and line.id not in state.entries]
    return tuple(as_taken_up(line) for line in wanted)


_NAMING = ("entry", "belongs_with", "into")
"""Fields of events that name an entry."""


def _events(state: SessionState, command: EntryCommand, by: str) -> tuple[EntryEvent, ...]:
    if not state.may_keep and _brings_words(command):
        raise Refused(ROOM_ONLY)
    match command:
        case AgreeNotes(keeps=keeps):
            return (_notes_agreed(state, keeps=keeps),)
        case HoldCare(holder=holder, follow_up=follow_up):
            return (_care_held(state, holder, follow_up=follow_up),)
        case Capture(line=line):
            return (_added(state, line),)
        case TakeBack():
            return (EntryTakenBack(entry=_last_own(state, by).id),)
        case ReadBack(number=number):
            return (EntryReadBack(entry=_to_read_back(state, number).id),)
        case TakeVotes() | NoteConcern() | PutToTest() | AdoptLine():
            return (_about_consent(state, command),)
        case Reword(wording=wording):
            return (_reworded(shown_entry(state, wording.number), wording),)
        case DrawLesson(number=number, text=text):
            return _lesson(state, shown_entry(state, number), text)
        case _:
            return (_about(state, shown_entry(state, command.number), command),)


def _brings_words(command: EntryCommand) -> bool:
    match command:
        case Capture() | Reword() | DrawLesson() | NoteConcern():
            return True
        case Describe(text=text) | Attribute(text=text):
            return bool(clean(text))
        case _:
            return False


def _notes_agreed(state: SessionState, *, keeps: bool) -> EntryEvent:
    if state.notes_kept == keeps:
        raise Refused("That is how it is already.")
    return NoteKeepingAgreed(keeps=keeps)


def _care_held(state: SessionState, holder: str, *, follow_up: bool) -> EntryEvent:
    if not any(pause.kind == "care" for pause in state.pauses):
        raise Refused("There was no pause for care yet; p makes one.")
    return CareHeld(holder=clean(holder), follow_up=follow_up)


def _about_consent(state: SessionState, command: ConsentCommand) -> EntryEvent:
    match command:
        case PutToTest(number=number, scale=scale):
            return put_to_test(shown_entry(state, number), scale)
        case AdoptLine(number=number, confirmed=confirmed):
            assert state.date is not None, "an agenda is open"
            return adopted(shown_entry(state, number), state.date, confirmed=confirmed)
        case TakeVotes(tally=tally, number=number):
            return votes_taken(_tested(state, number), tally)
        case NoteConcern(kind=kind, text=text, number=number):
            return concern_noted(_tested(state, number), kind, text)
        case _ as unreachable:
            assert_never(unreachable)


def _tested(state: SessionState, number: int | None) -> Entry:
    entry = under_test(state) if number is None else shown_entry(state, number)
    if entry is None:
        raise Refused("No line is put to the test now; t begins that.")
    return entry


def under_test(state: SessionState) -> Entry | None:
    """The entry that was put to the test last, while its round goes on; None without one."""
    asked = [e for e in state.entries.values() if e.rounds and e.under_test]
    if len(asked) < 2:  # noqa: PLR2004 - at every key: the history is long, and says nothing new
        return asked[0] if asked else None
    order = {recorded.id: place for place, recorded in enumerate(state.history)}
    return max(asked, key=lambda e: order.get(e.rounds[-1].id, -1))


# New lines and new words


def _added(state: SessionState, line: NewLine) -> EntryEvent:
    beside = shown_entry(state, line.belongs_with) if line.belongs_with else None
    marks = Marks(tags=line.tags, facet=line.facet, owner=line.owner, when=line.when)
    return EntryAdded(
        number=state.next_number,
        kind=line.kind,
        ring=KINDS[line.kind].ring,
        segment=state.run.segment if state.run else None,
        text=line.text,
        lineage=line.lineage,
        marks=marks if marks != NO_MARKS else None,
        origin=origin(state, line),
        belongs_with=beside.id if beside else None,
    )


def _reworded(entry: Entry, wording: NewWording) -> EntryEvent:
    lineage = entry.version.lineage if wording.lineage is None else wording.lineage
    one = len(entry.wordings) == 1  # of two, saying one again settles which
    if one and (wording.text, lineage) == (entry.text, entry.version.lineage):
        raise Refused(f"{entry.name} has these words already.")
    small = one and same_words(wording.text, entry.text)
    return EntryReworded(entry=entry.id, text=wording.text, lineage=lineage, small=small)


def _lesson(state: SessionState, story: Entry, text: str) -> tuple[EntryEvent, ...]:
    words = clean(text)
    if not words:
        raise Refused("Write the lesson in a few words; the story can go then.")
    if KINDS[story.kind].ring != "sitting":
        raise Refused(f"{story.name} tells no story; w gives it other words.")
    added = EntryAdded(
        number=state.next_number, kind="learning", ring="cohort", segment=story.segment,
        text=words,
    )  # fmt: skip
    return (added, EntryLetGo(entry=story.id))


# One line


def _about(state: SessionState, entry: Entry, command: OneLineCommand) -> EntryEvent:
    match command:
        case CallSmall():
            return _called_small(entry)
        case MoveTo():
            return _moved(state, entry, command)
        case Reaffirm():
            return _reaffirmed(entry)
        case Describe(name=name, text=text):
            return _described(entry, name, text)
        case LookAgain(when=when):
            return _scheduled(entry, when)
        case AskAttribution() | Attribute() | DropAttribution():
            return attribution(entry, command)
        case Raise() | Keep() | Lower():
            return to_ring(entry, command)
        case HearAgain() | Withdraw() | LetGo():
            return _DEEDS[type(command)](entry=entry.id)
        case _ as unreachable:
            assert_never(unreachable)


_DEEDS: dict[type, Callable[..., EntryEvent]] = {
    HearAgain: EntryHeardAgain,
    Withdraw: EntryWithdrawn,
    LetGo: EntryLetGo,
}


def _called_small(entry: Entry) -> EntryEvent:
    if entry.reopened_from is None:
        raise Refused(f"No new words opened {entry.name} again; w gives it other words.")
    refuse_side_by_side(entry)
    if entry.version.id not in entry.reopened_by:
        raise Refused(
            f"The words that {entry.name} had just before were not agreed to either; "
            "these want a yes of their own."
        )
    return RewordingWasSmall(entry=entry.id)


def _moved(state: SessionState, entry: Entry, command: MoveTo) -> EntryEvent:
    check_move(entry, command.state)
    if command.state == "let go":
        return EntryLetGo(entry=entry.id)
    if command.state != "merged":
        return EntryMoved(entry=entry.id, state=command.state)
    if command.into is None:
        raise Refused("Say which line it becomes a part of.")
    target = shown_entry(state, command.into)
    if target.id == entry.id or target.kind != entry.kind:
        raise Refused(f"{entry.name} can become a part of another {entry.kind} only.")
    if target.state in ENDED:
        raise Refused(f"{target.name} is {target.state}; choose a line that still stands.")
    return EntryMoved(entry=entry.id, state="merged", into=target.id)


def _reaffirmed(entry: Entry) -> EntryEvent:
    if not entry.carried_from:
        raise Refused(f"{entry.name} was made here; there is nothing to say yes to again.")
    if entry.reaffirmed:
        raise Refused(f"{entry.name} was re-affirmed already.")
    if entry.kind == "agreement" and entry.adopted is None and entry.state in BEFORE_ADOPTION:
        raise Refused(f"{entry.name} was never adopted; t asks the group about it.")
    return EntryReaffirmed(entry=entry.id)


def _described(entry: Entry, name: str, text: str) -> EntryEvent:
    names = DETAILS.get(entry.kind, {})
    if name not in names:
        known = f"It has: {', '.join(names.values())}." if names else "It has nothing like it."
        raise Refused(f"Of {a_kind(entry.kind)} one cannot tell that. {known}")
    refuse_in_sitting(entry)
    return EntryDescribed(entry=entry.id, name=name, text=clean(text))


def _scheduled(entry: Entry, when: str) -> EntryEvent:
    said = clean(when).lower()
    if said and not is_when(said):
        raise Refused("Say next, part2, end, a span such as +6w, or a date as 2027-03-01.")
    return EntryScheduled(entry=entry.id, when=said)


# Which line is meant


def shown_entry(state: SessionState, number: int) -> Entry:
    """The entry of that number, while it can be seen.

    Raises:
        Refused: when there is none, or the line was never kept.
    """
    if number == HELD_HERE:
        raise Refused("That line is held in this room only; it goes when this closes.")
    entry = state.entry(number)
    if entry is None and not any(e.is_shown for e in state.entries.values()):
        raise Refused("There is no line here yet; Space writes one.")
    if entry is None:
        raise Refused(f"There is no line {number} to be seen here.")
    return entry


def _to_read_back(state: SessionState, number: int | None) -> Entry:
    if number is None:
        waiting = [e for e in state.entries.values() if e.waits_for_reading]
        if not waiting:
            raise Refused("Every line has been read back.")
        return waiting[0]
    entry = shown_entry(state, number)
    if not may_be_read_back(entry) and not _has_new_words(entry):
        raise Refused(f"{entry.name} does not wait for reading back: it is {entry.state}.")
    return entry


def _has_new_words(entry: Entry) -> bool:
    """Whether a line was given other words after the group heard it: it may hear those, too."""
    return entry.state in ("proposed", "working") and len(entry.versions) > 1


def _last_own(state: SessionState, by: str) -> Entry:
    own = (r.id for r in reversed(state.history) if r.by == by)
    entries = (state.entries[record] for record in own if record in state.entries)
    entry = next((e for e in entries if e.is_shown), None)
    if entry is None:
        raise Refused("There is no line to take back.")
    return entry
