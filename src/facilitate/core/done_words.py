"""What was just done, in a few words for the one quiet line of the screen."""

from __future__ import annotations

from facilitate.core.captures import Entry
from facilitate.core.events import (
    FROM,
    DoorsOpened,
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
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
from facilitate.core.undo import told


def done_words(before: SessionState, after: SessionState) -> str:
    """What the latest event did; empty when the screen shows it anyway."""
    known = {recorded.id for recorded in before.history}
    new = [recorded for recorded in after.history if recorded.id not in known]
    told_words = (_words(before, after, recorded) for recorded in reversed(new))
    return next((words for words in told_words if words), "")


def _words(before: SessionState, after: SessionState, recorded: Recorded) -> str:
    event = recorded.event
    if isinstance(event, SegmentStarted) and before.open_rooms is not None:
        return "The rooms were still open; close them in Zoom, too."
    match event:
        case EntryAdded():
            return _of_entry(event, after.entries[recorded.id])
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
        case SegmentInserted(segment=inserted):
            return f"{inserted.title} put in, {inserted.minutes} min."
        case PlanReordered(segment=segment, before=target):
            return f"{after.title(segment)} comes before {after.title(target)} now."
        case _ if type(event) in _SAID:
            return _SAID[type(event)]
        case _:
            entry = after.entries.get(getattr(event, "entry", ""))
            return _of_entry(event, entry) if entry else ""


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
        case EntryAdded() | EntryReadBack():
            return f"{entry.name} {entry.state}."
        case EntryReworded():
            return f"{entry.name} has new words; the earlier ones stay readable."
        case EntryWithdrawn():
            return f"{entry.name} withdrawn; u brings it back."
        case EntryTakenBack():
            return f"{entry.name} taken back."
        case EntryRaised():
            return f"{entry.name} travels with the cohort."
        case EntryLetGo():
            return f"{entry.name} let go."
        case _:
            return ""
