"""What was just done, in a few words for the one quiet line of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from facilitate.core.captures import Entry, EntryState
from facilitate.core.carrying import when_words
from facilitate.core.entry_events import (
    AttributionAsked,
    AttributionWithdrawn,
    CareHeld,
    ConcernNoted,
    EntryAdded,
    EntryAdopted,
    EntryAttributed,
    EntryDescribed,
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
    EntryTested,
    EntryWithdrawn,
    NoteKeepingAgreed,
    RewordingWasSmall,
    VotesTaken,
)
from facilitate.core.events import (
    FROM,
    DoorsOpened,
    Event,
    FitApplied,
    OvertimeGranted,
    PauseStarted,
    PlanAdopted,
    PlanReordered,
    Recorded,
    RoomsClosed,
    RoomsOpened,
    SegmentExtended,
    SegmentInserted,
    SegmentRestored,
    SegmentSkipped,
    SegmentStarted,
    Undone,
)
from facilitate.core.rings import waits_for_a_look
from facilitate.core.state import SessionState
from facilitate.core.tally import tally_words
from facilitate.core.undo import told


def done_words(before: SessionState, after: SessionState) -> str:
    """What the latest event did; empty when the screen shows it anyway.

    Of what was done and undone in between nothing is said.
    """
    new = _new(before.history, after.history)
    undone = {recorded.event.event for recorded in new if isinstance(recorded.event, Undone)}
    left = [recorded for recorded in reversed(new) if recorded.id not in undone]
    told_words = (_words(before, after, recorded) for recorded in left)
    return next((words for words in told_words if words), "")


def _new(before: Sequence[Recorded], after: Sequence[Recorded]) -> Sequence[Recorded]:
    """What was recorded since; usually it stands at the end of thousands."""
    count = len(before)
    if not count or (count <= len(after) and after[count - 1] is before[-1]):
        return after[count:]
    known = {recorded.id for recorded in before}
    return [recorded for recorded in after if recorded.id not in known]


def _words(before: SessionState, after: SessionState, recorded: Recorded) -> str:
    event = recorded.event
    if isinstance(event, SegmentStarted) and before.open_rooms is not None:
        return "The rooms were still open; close them in Zoom, too."
    match event:
        case EntryAdded():
            added = after.entries.get(recorded.id)  # its undo may have come before it
            return _of_entry(event, added) if added else ""
        case Undone(event=undone):
            step = next((r for r in before.history if r.id == undone), None)
            return f"Undone: {told(before, step)}." if step else ""
        case SegmentExtended(minutes=count, payer=payer):
            taken = payer.removeprefix(FROM) if payer.startswith(FROM) else None
            tail = f", taken from {after.title(taken)}" if taken else ""
            return f"{abs(count)} min {'more' if count > 0 else 'fewer'}{tail}."
        case FitApplied(allotments=allotments):
            count = len(allotments)
            return f"{count} {'part is' if count == 1 else 'parts are'} shorter now."
        case SegmentSkipped(segment=segment) | SegmentRestored(segment=segment):
            restored = isinstance(event, SegmentRestored)
            said = "comes again" if restored else "left out; k brings it back"
            return f"{after.title(segment)} {said}."
        case SegmentInserted() | PlanReordered():
            return _of_plan(after, event)
        case NoteKeepingAgreed() | CareHeld():
            return _about_the_group(event)
        case _:
            entry = after.entries.get(getattr(event, "entry", ""))
            return _SAID.get(type(event)) or (_of_entry(event, entry) if entry else "")


def _of_plan(after: SessionState, event: SegmentInserted | PlanReordered) -> str:
    if isinstance(event, SegmentInserted):
        return f"{event.segment.title} put in, {event.segment.minutes} min."
    return f"{after.title(event.segment)} comes before {after.title(event.before)} now."


def _about_the_group(event: NoteKeepingAgreed | CareHeld) -> str:
    if isinstance(event, NoteKeepingAgreed):
        return "Lines are kept." if event.keeps else "Lines are held in this room only."
    if event.follow_up:
        return "Someone will come back to it."
    return "Somebody is there for it." if event.holder else "Nobody is there for it yet."


_SAID: dict[type[Event], str] = {
    PauseStarted: "Its time stands still; p goes on.",
    PlanAdopted: "The day as it looks is the plan now.",
    OvertimeGranted: "The later end counts as agreed.",
    DoorsOpened: "The doors are open.",
    RoomsOpened: "The rooms are open; o closes them.",
    RoomsClosed: "The rooms are closed.",
}


def _of_entry(event: Event, entry: Entry) -> str:
    match event:
        case EntryAdded() | EntryReadBack() | EntryMoved():
            is_read = isinstance(event, EntryReadBack)
            return f"{entry.name} {entry.state}{_beginning(entry.text) if is_read else '.'}"
        case EntryReworded() | RewordingWasSmall():
            return _reworded(event, entry)
        case VotesTaken(test=test):
            return _counted(test, entry)
        case EntryTested(method=method):
            return f"{entry.name} is put to the test: {method}. Type the tally here."
        case EntryAdopted(round=number):
            return f"{entry.name} adopted by consent, round {number}."
        case EntryRaised() | EntryLowered():
            return f"{entry.name} {_how_far(event)}."
        case EntryScheduled(when=when):
            return f"{entry.name} {_again(when)}."
        case ConcernNoted():
            return f"Noted with {entry.name}, until the closing."
        case EntryDescribed(text=""):
            return f"{entry.name} says less now."
        case _:
            said = _DONE_TO_IT.get(type(event))
            return f"{entry.name} {said}." if said else ""


def _beginning(text: str) -> str:
    """As much of a line as tells which one it is: it may stand outside what is in view."""
    short = text if len(text) <= MOST else f"{text[: MOST - 1].rstrip()}…"
    return f": {short}" if short else "."


MOST = 40
"""So many characters of a line stand beside what was done to it, at most."""

_DONE_TO_IT: dict[type[Event], str] = {
    EntryHeardAgain: "also heard",
    EntryReaffirmed: "re-affirmed",
    EntryDescribed: "says more now",
    AttributionAsked: "waits for a yes; nothing is written down till then",
    EntryAttributed: "says whose it is",
    AttributionWithdrawn: "does not say whose it is any more",
    EntryWithdrawn: "withdrawn; u brings it back",
    EntryTakenBack: "taken back",
    EntryLetGo: "let go",
}


def _how_far(event: EntryRaised | EntryLowered) -> str:
    if isinstance(event, EntryRaised):
        return f"travels with the {event.ring}"
    return (
        "is in this room only now" if event.ring == "room" else f"stays with the {event.ring}"
    )


def _again(when: str) -> str:
    return f"comes up again {when_words(when)}" if when else "has no next look"


def _reworded(event: EntryReworded | RewordingWasSmall, entry: Entry) -> str:
    small = isinstance(event, RewordingWasSmall) or event.small
    if small and (holds := holds_words(entry)):
        return f"{entry.name} means the same; {holds}."
    if waits_for_a_look(entry):
        return f"{entry.name} has new words; they want a look before they travel."
    if entry.reopened_from is not None:
        return f"{entry.name} is {entry.state}: its new words want a yes of their own."
    return f"{entry.name} has new words; the earlier ones stay readable."


def holds_words(entry: Entry) -> str:
    """What holds for other words of a line that mean the same; empty when nothing does."""
    if entry.under_test:
        return "the round goes on with these words"
    return _HOLDS.get(entry.state, "")


_HOLDS: dict[EntryState, str] = {
    "in force": "what was agreed holds",
    "shared": "it is shared as before",
}


def _counted(test: str, entry: Entry) -> str:
    for one in entry.rounds:
        if one.id == test and one.tally:
            words = tally_words(one.tally, one.scale)
            return f"{entry.name}, round {one.number}: {words}."
    return ""
