"""What comes of a wish about what runs now: moving on, going back, pauses, gaps, rooms."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from facilitate.core.agenda import Segment
from facilitate.core.commands import (
    AnswerGap,
    ClockCommand,
    Close,
    CloseRooms,
    EndPause,
    MarkBroadcastCopied,
    Next,
    NoteGap,
    OpenDoors,
    OpenRooms,
    Return,
    StartPause,
)
from facilitate.core.decide_plan import day, row_of, running
from facilitate.core.events import (
    BroadcastCopied,
    ClockGap,
    DoorsOpened,
    Event,
    GapAnswer,
    GapAnswered,
    PauseEnded,
    PauseKind,
    PauseStarted,
    RoomsClosed,
    RoomsOpened,
    SegmentStarted,
    SittingClosed,
)
from facilitate.core.progress import back_at
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.schedule import project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words

HELD_KEY = dt.timedelta(milliseconds=400)
"""Two steps closer together than this come from one key held down."""


def decide_time(
    state: SessionState, command: ClockCommand, now: dt.datetime
) -> tuple[Event, ...]:
    """The events that a wish about what runs causes.

    Raises:
        NeedsAsking: when it wants a yes first.
        Refused: when it cannot be done now.
    """
    match command:
        case Next():
            return (_next(state, command, now),)
        case Return(segment=segment, seen=seen):
            return (_return(state, segment, seen, now),)
        case StartPause(kind=kind):
            return (_start_pause(state, kind, now),)
        case EndPause():
            return (_end_pause(state, now),)
        case NoteGap(since=since):
            return (ClockGap(since=since, until=now),) if state.run and since < now else ()
        case AnswerGap(answer=answer, at=at):
            return (_answer_gap(state, answer, at),)
        case OpenDoors():
            return (_open_doors(state, now),)
        case OpenRooms() | CloseRooms() | MarkBroadcastCopied():
            return (_rooms(state, command, now),)
        case Close():
            return (_close(state, now),)
        case _ as unreachable:
            assert_never(unreachable)


# Moving on and going back


def _next(state: SessionState, step: Next, now: dt.datetime) -> SegmentStarted:
    current = _seen(state, step.seen)
    at = now if step.at is None else step.at
    if state.run is not None and abs(now - state.run.start) < HELD_KEY:
        raise Refused("Just moved on; press again for the part after this one.")
    if step.at is not None:
        _refuse_other_times(state, step.at, now)
    following = following_segment(state, at)
    if following is None:
        raise Refused("This is the last part. ctrl+e closes the sitting.")
    back = back_at(state)
    if back is not None and at < back and not step.confirmed and state.agenda is not None:
        told = clock_words(state.agenda, back)
        raise NeedsAsking(f"People were told {told}. Begin {following.title} before that?")
    return SegmentStarted(segment=following.id, from_=current, at=at)


def _seen(state: SessionState, seen: str | None) -> str | None:
    current = state.run.segment if state.run else None
    if seen != current:
        raise Refused("Someone moved on already; look again before the next step.")
    return current


def _refuse_other_times(state: SessionState, at: dt.datetime, now: dt.datetime) -> None:
    """What is said afterwards lies behind the last thing that happened, and not ahead."""
    if at > now:
        raise Refused("That minute is still to come.")
    last = last_boundary(state)
    if last is not None and at < last and state.agenda is not None:
        told = clock_words(state.agenda, last)
        raise Refused(f"Something else happened at {told}; say a minute after that.")


def last_boundary(state: SessionState) -> dt.datetime | None:
    """The latest instant at which something began or ended; None before the start."""
    times = [run.start for run in state.runs[-1:]]
    times += [time for p in state.pauses[-1:] for time in (p.start, p.end) if time]
    times += [time for r in state.rooms[-1:] for time in (r.opened, r.closed) if time]
    return max(times, default=None)


def following_segment(state: SessionState, now: dt.datetime) -> Segment | None:
    """What comes after the running segment, a buffer that is used up passed over.

    None on the last part and before an agenda is open.
    """
    projection = project(state, now)
    return projection.following if projection else None


def _return(
    state: SessionState, segment: str, seen: str | None, now: dt.datetime
) -> SegmentStarted:
    current = _seen(state, seen)
    running(state)
    row = row_of(day(state, now), segment)
    if row.status not in {"done", "cut short", "interrupted"}:
        raise Refused(f"{row.segment.title} is not over yet; there is nothing to go back to.")
    return SegmentStarted(segment=segment, from_=current, at=now, leaves="interrupted")


# Pauses and the end


def _start_pause(state: SessionState, kind: PauseKind, now: dt.datetime) -> PauseStarted:
    running(state)
    if state.pause is not None:
        raise Refused("It is paused already; p goes on.")
    return PauseStarted(kind=kind, at=now)


def _end_pause(state: SessionState, now: dt.datetime) -> PauseEnded:
    if state.pause is None:
        raise Refused("Nothing is paused.")
    return PauseEnded(at=now)


def _close(state: SessionState, now: dt.datetime) -> SittingClosed:
    if state.started_at is None:
        raise Refused("This sitting has not begun; there is nothing to close.")
    return SittingClosed(at=now)


def _open_doors(state: SessionState, now: dt.datetime) -> DoorsOpened:
    if state.started_at is not None:
        raise Refused("The sitting has begun already.")
    if state.doors_at is not None:
        raise Refused("The doors are open already.")
    return DoorsOpened(at=now)


# Gaps


def _answer_gap(state: SessionState, answer: GapAnswer, at: dt.datetime | None) -> GapAnswered:
    gap = state.gap
    if gap is None or state.run is None:
        raise Refused("There is no open question about the time.")
    if answer != "moved on":
        return GapAnswered(answer=answer)
    if at is None or not max(gap.since, state.run.start) <= at <= gap.until:
        raise Refused("That minute lies outside of the time nobody watched.")
    following = following_segment(state, at)
    if following is None:
        raise Refused("This is the last part; there is nothing to move on to.")
    return GapAnswered(answer=answer, segment=following.id, at=at)


# Rooms


def _rooms(
    state: SessionState,
    command: OpenRooms | CloseRooms | MarkBroadcastCopied,
    now: dt.datetime,
) -> Event:
    segment = running(state)
    if segment.breakout is None:
        raise Refused("This part has no rooms.")
    match command:
        case OpenRooms():
            if state.open_rooms is not None:
                raise Refused("The rooms are open already; o closes them.")
            return RoomsOpened(segment=segment.id, at=now)
        case CloseRooms():
            if state.open_rooms is None:
                raise Refused("No rooms are open.")
            return RoomsClosed(segment=segment.id, at=now)
        case MarkBroadcastCopied(cue=cue):
            return BroadcastCopied(segment=segment.id, cue=cue)
        case _ as unreachable:
            assert_never(unreachable)
