"""The rules that turn a wish into events.

`decide` is the only place that knows what may be done when; whoever wants to know whether a
verb is possible asks it. A refusal is one friendly sentence that says what to do instead.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.commands import (
    ClockCommand,
    Command,
    EntryCommand,
    MarkPostCopied,
    NoteRecord,
    PlanCommand,
    TickPreparation,
    Undo,
)
from facilitate.core.decide_entries import decide_entries
from facilitate.core.decide_plan import decide_plan, running
from facilitate.core.decide_time import decide_time
from facilitate.core.entry_events import (
    EntryMoved,
    EntryRaised,
    EntryReworded,
    RewordingWasSmall,
)
from facilitate.core.events import Event, PostCopied, PreparationTicked, RecordWritten
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
        return decide_entries(state, command, by)
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


def seen_versions(state: SessionState, event: Event) -> tuple[str, ...]:
    """The versions that words, or what is said about them, are made in sight of.

    A new wording replaces them. Empty for events that are about no words.
    """
    if not isinstance(event, EntryReworded | RewordingWasSmall | EntryRaised | EntryMoved):
        return ()
    if isinstance(event, EntryMoved) and event.state != "checked":
        return ()
    return tuple(version.id for version in state.entries[event.entry].wordings)
