"""Taking a step back, and saying in words what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from facilitate.core.captures import KINDS
from facilitate.core.clock_time import minutes
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
    DoorsOpened,
    Event,
    FitApplied,
    GapAnswered,
    Leaving,
    OvertimeGranted,
    PauseEnded,
    PauseStarted,
    PlanAdopted,
    PlanMoved,
    PlanReordered,
    PreparationTicked,
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
from facilitate.core.fold import is_undoable
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.state import SessionState
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
    undone = {r.event.event for r in state.history if type(r.event) is Undone}
    if not undone:
        return list(state.history)  # of thousands, at every key
    return [r for r in state.history if r.id not in undone]


def undo(
    state: SessionState, now: dt.datetime, by: str, *, confirmed: bool
) -> tuple[Event, ...]:
    """The event that undoes the latest step of that role.

    Raises:
        NeedsAsking: when the step is older than two minutes and nobody confirmed.
        Refused: when there is nothing to undo, or someone else has built on it since.
    """
    own = (r for r in reversed(_counting(state)) if r.by == by)
    last = next((r for r in own if is_undoable(r) or _left_the_disk(r.event)), None)
    if last is None:
        raise Refused("There is nothing to undo.")
    if _left_the_disk(last.event):  # and no older step goes in its place
        raise Refused("Its words left the disk; that cannot be undone.")
    _refuse_if_built_on(state, last)
    old = now - recorded_at(last) > ASK_AFTER
    if old and not confirmed:
        passed = length_words(int((now - recorded_at(last)) / minutes(1)))
        raise NeedsAsking(f"That was {passed} ago: {told(state, last)}. Undo it?")
    return (Undone(event=last.id),)


def _left_the_disk(event: Event) -> bool:
    return isinstance(event, EntryLowered) and event.ring == "room"


def _refuse_if_built_on(state: SessionState, last: Recorded) -> None:
    since = [r for r in _counting(state) if r.order > last.order]
    if _moves_on(last) and any(_moves_on(r) for r in since):
        raise Refused("Someone moved on since; that step cannot be undone any more.")
    if isinstance(last.event, SegmentInserted) and _mentions(since, last.event.segment.id):
        raise Refused("Something was done with that part since; k leaves it out.")
    if any(_builds_on(r, last) for r in since if r.by != last.by):
        raise Refused("Someone has worked on that line since; x withdraws it.")


def _builds_on(later: Recorded, last: Recorded) -> bool:
    """Whether what was recorded later would be about nothing without the other."""
    named = (*later.base, *(getattr(later.event, name, None) for name in _NAMING))
    event = last.event
    if isinstance(event, EntryTested) and isinstance(later.event, EntryAdopted):
        return later.event.entry == event.entry  # it names the words, and not the test
    return last.id in named


_NAMING = ("entry", "version", "test", "belongs_with", "into")
"""Fields of events that name a record of before."""


def _mentions(since: Iterable[Recorded], segment: str) -> bool:
    named = ("segment", "before", "after")
    return any(segment in [getattr(r.event, name, None) for name in named] for r in since)


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
        case SegmentStarted(segment=segment, leaves=leaves):
            return f"{_MOVES[leaves]} {state.title(segment)}"
        case SegmentExtended(minutes=count):
            return f"{length_words(abs(count))} {'more' if count > 0 else 'less'}"
        case SegmentSkipped(segment=segment):
            return f"leaving out {state.title(segment)}"
        case SegmentRestored(segment=segment):
            return f"bringing back {state.title(segment)}"
        case SegmentInserted(segment=inserted):
            return f"putting in {inserted.title}"
        case PlanReordered(segment=segment):
            return f"moving {state.title(segment)}"
        case OvertimeGranted(minutes=count):
            return f"{length_words(count)} past the end"
        case PreparationTicked():
            return "a tick on the preparation list"
        case _ if type(event) in _DEEDS:
            return _DEEDS[type(event)]
        case _:
            return _told_of_entry(state, recorded)


_MOVES: dict[Leaving, str] = {
    "ended": "moving on to",
    "interrupted": "going back to",
    "cut short": "cutting a part short for",
}
_DEEDS: dict[type[Event], str] = {
    PauseStarted: "pausing",
    PauseEnded: "going on after the pause",
    GapAnswered: "the answer about the time",
    PlanMoved: "moving the plan",
    PlanAdopted: "the new plan",
    FitApplied: "the shorter parts",
    NoteKeepingAgreed: "the answer about keeping notes",
    CareHeld: "who is there for it",
    DoorsOpened: "opening the doors",
    RoomsOpened: "opening the rooms",
    RoomsClosed: "closing the rooms",
}


def _told_of_entry(state: SessionState, recorded: Recorded) -> str:
    event = recorded.event
    if isinstance(event, EntryAdded):
        letter = KINDS[event.kind].letter.upper()
        return f"the line {letter}{event.number}"
    entry = state.entries.get(getattr(event, "entry", ""))
    name = entry.name if entry else "a line"
    if isinstance(event, EntryMoved):
        return f"moving {name} to {event.state}"
    return f"{_DONE_TO_IT.get(type(event), 'a change of')} {name}"


_DONE_TO_IT: dict[type[Event], str] = {
    EntryReworded: "the new wording of",
    RewordingWasSmall: "the small fix of",
    EntryReadBack: "reading back",
    EntryHeardAgain: "hearing again",
    EntryTested: "the test of",
    VotesTaken: "the tally of",
    ConcernNoted: "what was seen in",
    EntryAdopted: "adopting",
    EntryReaffirmed: "re-affirming",
    EntryDescribed: "what was told of",
    EntryScheduled: "the next look at",
    AttributionAsked: "asking whose it is, of",
    EntryAttributed: "whose it is, of",
    AttributionWithdrawn: "no more saying whose it is, of",
    EntryWithdrawn: "withdrawing",
    EntryTakenBack: "taking back",
    EntryRaised: "keeping",
    EntryLowered: "the narrower ring of",
    EntryLetGo: "letting go of",
}
