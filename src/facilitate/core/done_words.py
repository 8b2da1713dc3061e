"""What was just done, in a few words for the one quiet line of the screen."""

from __future__ import annotations

from facilitate.core.captures import Entry
from facilitate.core.events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Event,
    Recorded,
    SegmentExtended,
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
    match event:
        case EntryAdded():
            return _of_entry(event, after.entries[recorded.id])
        case Undone(event=undone):
            step = next((r for r in before.history if r.id == undone), None)
            return f"Undone: {told(before, step)}." if step else ""
        case SegmentExtended(minutes=count):
            return f"{abs(count)} min {'more' if count > 0 else 'fewer'}."
        case _:
            entry = after.entries.get(getattr(event, "entry", ""))
            return _of_entry(event, entry) if entry else ""


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
