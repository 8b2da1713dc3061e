"""The rules that turn a wish into events.

`decide` is the only place that knows what may be done when; whoever wants to know whether a
verb is possible asks it. A refusal is one friendly sentence that says what to do instead.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import HELD_HERE, KINDS, Entry
from facilitate.core.commands import (
    Capture,
    ClockCommand,
    Command,
    EntryCommand,
    Keep,
    LetGo,
    MarkPostCopied,
    NoteRecord,
    PlanCommand,
    ReadBack,
    Reword,
    TakeBack,
    TickPreparation,
    Undo,
    Withdraw,
)
from facilitate.core.decide_plan import decide_plan, running
from facilitate.core.decide_time import decide_time
from facilitate.core.events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Event,
    PostCopied,
    PreparationTicked,
    RecordWritten,
)
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.core.undo import undo


def decide(
    state: SessionState, command: Command, now: dt.datetime, by: str = ""
) -> tuple[Event, ...]:
    """The events that `command` causes in `state` at `now`; `by` is the role that asks.

    Raises:
        NeedsAsking: when it wants a yes first.
        Refused: when it cannot be done now.
    """
    if state.agenda is None:
        raise Refused("No agenda is open here; open one first.")
    if state.closed_at is not None and not isinstance(command, NoteRecord):
        raise Refused("This sitting is closed. Its record is in the archive.")
    if isinstance(command, ClockCommand):
        return decide_time(state, command, now)
    if isinstance(command, PlanCommand):
        return (decide_plan(state, command, now),)
    if isinstance(command, EntryCommand):
        return _entries(state, command, by)
    match command:
        case TickPreparation(item=item):
            return (_ticked(state, state.agenda, item),)
        case MarkPostCopied(post=post):
            return (_copied(running(state), post),)
        case NoteRecord(revision=revision):
            return (RecordWritten(revision=revision),)
        case Undo(confirmed=confirmed):
            return undo(state, now, by, confirmed=confirmed)
        case _ as unreachable:
            assert_never(unreachable)


def _ticked(state: SessionState, agenda: Agenda, item: int) -> Event:
    if not 0 <= item < len(agenda.before):
        raise Refused("The preparation list has no such item.")
    return PreparationTicked(item=item, done=item not in state.prepared)


def _copied(segment: Segment, post: int) -> Event:
    if not 0 <= post < len(segment.chat):
        raise Refused("This part has no such post.")
    return PostCopied(segment=segment.id, post=post)


# What the group makes


def _entries(state: SessionState, command: EntryCommand, by: str) -> tuple[Event, ...]:
    match command:
        case Capture(line=line):
            return (_added(state, line),)
        case Reword(wording=wording):
            return (_reworded(state, wording),)
        case ReadBack(number=number):
            return (EntryReadBack(entry=_to_read_back(state, number).id),)
        case Withdraw(number=number):
            return (EntryWithdrawn(entry=shown_entry(state, number).id),)
        case TakeBack():
            return (EntryTakenBack(entry=_last_own(state, by).id),)
        case Keep(number=number):
            return (_kept(_in_sitting(state, number)),)
        case LetGo(number=number):
            return (EntryLetGo(entry=_in_sitting(state, number).id),)
        case _ as unreachable:
            assert_never(unreachable)


def _added(state: SessionState, line: NewLine) -> Event:
    return EntryAdded(
        number=state.next_number,
        kind=line.kind,
        ring=KINDS[line.kind].ring,
        segment=state.run.segment if state.run else None,
        text=line.text,
        lineage=line.lineage,
    )


def _reworded(state: SessionState, wording: NewWording) -> Event:
    entry = shown_entry(state, wording.number)
    lineage = wording.lineage or entry.version.lineage
    same = (wording.text, lineage) == (entry.text, entry.version.lineage)
    if same and len(entry.wordings) == 1:  # of two, saying one again settles which
        raise Refused(f"{entry.name} has these words already.")
    return EntryReworded(entry=entry.id, text=wording.text, lineage=lineage)


def _kept(entry: Entry) -> Event:
    version = entry.version
    if not version.text:
        raise Refused(f"The words of {entry.name} are not on this machine any more.")
    return EntryRaised(
        entry=entry.id, ring="cohort", text=version.text, lineage=version.lineage
    )


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


def _in_sitting(state: SessionState, number: int) -> Entry:
    entry = shown_entry(state, number)
    if entry.ring != "sitting":
        raise Refused(f"{entry.name} travels with the cohort already.")
    return entry


def _to_read_back(state: SessionState, number: int | None) -> Entry:
    if number is None:
        waiting = [e for e in state.entries.values() if e.waits_for_reading]
        if not waiting:
            raise Refused("Every line has been read back.")
        return waiting[0]
    entry = shown_entry(state, number)
    if not entry.waits_for_reading:
        raise Refused(f"{entry.name} does not wait for reading back: it is {entry.state}.")
    return entry


def _last_own(state: SessionState, by: str) -> Entry:
    own = (r.id for r in reversed(state.history) if r.by == by)
    entries = (state.entries[record] for record in own if record in state.entries)
    entry = next((e for e in entries if e.is_shown), None)
    if entry is None:
        raise Refused("There is no line to take back.")
    return entry


def seen_versions(state: SessionState, event: Event) -> tuple[str, ...]:
    """The versions that a new wording is made in sight of and replaces; empty otherwise."""
    if not isinstance(event, EntryReworded):
        return ()
    return tuple(version.id for version in state.entries[event.entry].wordings)
