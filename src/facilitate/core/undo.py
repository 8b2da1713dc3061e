"""Taking a step back, and saying in words what it was."""

from __future__ import annotations

import datetime as dt

from facilitate.core.captures import KINDS
from facilitate.core.events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Event,
    GapAnswered,
    PauseEnded,
    PauseStarted,
    PlanMoved,
    PreparationTicked,
    Recorded,
    SegmentExtended,
    SegmentStarted,
    Undone,
)
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.schedule import minutes
from facilitate.core.state import SessionState, is_undoable
from facilitate.core.time_words import length_words

ASK_AFTER = dt.timedelta(minutes=2)
"""An undo of something older than this asks first."""


def undoable(state: SessionState, by: str) -> Recorded | None:
    """The latest event of that role that an undo would leave out; None when there is none.

    What someone else did is left alone.
    """
    own = (r for r in reversed(_counting(state)) if r.by == by and is_undoable(r))
    return next(own, None)


def _counting(state: SessionState) -> list[Recorded]:
    """The history without what was undone."""
    undone = {r.event.event for r in state.history if isinstance(r.event, Undone)}
    return [r for r in state.history if r.id not in undone]


def undo(
    state: SessionState, now: dt.datetime, by: str, *, confirmed: bool
) -> tuple[Event, ...]:
    """The event that undoes the latest step of that role.

    Raises:
        NeedsAsking: when the step is older than two minutes and nobody confirmed.
        Refused: when there is nothing to undo, or someone else has built on it since.
    """
    last = undoable(state, by)
    if last is None:
        raise Refused("There is nothing to undo.")
    _refuse_if_built_on(state, last)
    old = now - recorded_at(last) > ASK_AFTER
    if old and not confirmed:
        passed = length_words(int((now - recorded_at(last)) / minutes(1)))
        raise NeedsAsking(f"That was {passed} ago: {told(state, last)}. Undo it?")
    return (Undone(event=last.id),)


def _refuse_if_built_on(state: SessionState, last: Recorded) -> None:
    since = [r for r in _counting(state) if r.order > last.order]
    if _moves_on(last) and any(_moves_on(r) for r in since):
        raise Refused("Someone moved on since; that step cannot be undone any more.")
    others = (r for r in since if r.by != last.by)
    if any(last.id in (*r.base, getattr(r.event, "entry", None)) for r in others):
        raise Refused("Someone has worked on that line since; x withdraws it.")


def _moves_on(recorded: Recorded) -> bool:
    event = recorded.event
    answered = isinstance(event, GapAnswered) and event.segment is not None
    return answered or isinstance(event, SegmentStarted)


def recorded_at(recorded: Recorded) -> dt.datetime:
    """When an event was recorded, UTC, by its stamp."""
    return dt.datetime.fromtimestamp(int(recorded.stamp[:12], 16) / 1000, dt.UTC)


def told(state: SessionState, recorded: Recorded) -> str:
    """What an event did, in a few words for the facilitator."""
    event = recorded.event
    match event:
        case SegmentStarted(segment=segment):
            part = state.agenda.segment(segment) if state.agenda else None
            return f"moving on to {part.title if part else segment}"
        case SegmentExtended(minutes=count):
            return f"{length_words(abs(count))} {'more' if count > 0 else 'less'}"
        case PauseStarted():
            return "pausing"
        case PauseEnded():
            return "going on after the pause"
        case GapAnswered():
            return "the answer about the time"
        case PlanMoved():
            return "moving the plan"
        case PreparationTicked():
            return "a tick on the preparation list"
        case _:
            return _told_of_entry(state, recorded)


def _told_of_entry(state: SessionState, recorded: Recorded) -> str:
    event = recorded.event
    if isinstance(event, EntryAdded):
        letter = KINDS[event.kind].letter.upper()
        return f"the line {letter}{event.number}"
    entry = state.entries.get(getattr(event, "entry", ""))
    name = entry.name if entry else "a line"
    deeds: dict[type[Event], str] = {
        EntryReworded: "the new wording of",
        EntryReadBack: "reading back",
        EntryWithdrawn: "withdrawing",
        EntryTakenBack: "taking back",
        EntryRaised: "keeping",
        EntryLetGo: "letting go of",
    }
    return f"{deeds.get(type(event), 'a change of')} {name}"
