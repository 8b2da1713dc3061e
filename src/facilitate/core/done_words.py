"""What was just done, in a few words for the one quiet line of the screen."""

from __future__ import annotations

from facilitate.core.captures import Entry
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
from facilitate.core.state import SessionState
from facilitate.core.tally import tally_words
from facilitate.core.undo import told


def done_words(before: SessionState, after: SessionState) -> str:
    """What the latest event did; empty when the screen shows it anyway.

    Of what was done and undone in between nothing is said.
    """
    known = {recorded.id for recorded in before.history}
    new = [recorded for recorded in after.history if recorded.id not in known]
    undone = {recorded.event.event for recorded in new if isinstance(recorded.event, Undone)}
    left = [recorded for recorded in reversed(new) if recorded.id not in undone]
    told_words = (_words(before, after, recorded) for recorded in left)
    return next((words for words in told_words if words), "")


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
            return f"{entry.name} {entry.state}."
        case EntryReworded() | RewordingWasSmall():
            return _reworded(event, entry)
        case VotesTaken(test=test):
            return _counted(test, entry)
        case EntryTested(method=method):
            return f"{entry.name} is put to the test: {method}. Type the tally here."
        case EntryAdopted(round=number):
            return f"{entry.name} adopted by consent, round {number}."
        case EntryRaised(ring=ring):
            return f"{entry.name} travels with the {ring}."
        case EntryLowered(ring=ring):
            kept = "is in this room only now" if ring == "room" else f"stays with the {ring}"
            return f"{entry.name} {kept}."
        case EntryScheduled(when=""):
            return f"{entry.name} has no next look."
        case EntryDescribed(text=""):
            return f"{entry.name} says less now."
        case _:
            said = _DONE_TO_IT.get(type(event))
            return f"{entry.name} {said}." if said else ""


_DONE_TO_IT: dict[type[Event], str] = {
    EntryHeardAgain: "also heard",
    EntryReaffirmed: "re-affirmed",
    EntryDescribed: "says more now",
    EntryScheduled: "has its next look",
    AttributionAsked: "waits for a yes; nothing is written down till then",
    EntryAttributed: "says whose it is",
    AttributionWithdrawn: "does not say whose it is any more",
    EntryWithdrawn: "withdrawn; u brings it back",
    EntryTakenBack: "taken back",
    EntryLetGo: "let go",
    ConcernNoted: "has it noted, till the closing",
}


def _reworded(event: EntryReworded | RewordingWasSmall, entry: Entry) -> str:
    if isinstance(event, RewordingWasSmall) or event.small:
        return f"{entry.name} means the same; what was agreed holds."
    if entry.reopened_from is not None:
        return f"{entry.name} is {entry.state}: its new words want a yes of their own."
    return f"{entry.name} has new words; the earlier ones stay readable."


def _counted(test: str, entry: Entry) -> str:
    for one in entry.rounds:
        if one.id == test and one.tally:
            words = tally_words(one.tally, one.scale)
            return f"{entry.name}, round {one.number}: {words}."
    return ""
