"""What the run screen says of the small rooms of a segment."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Breakout
from facilitate.core.clock_time import minutes
from facilitate.core.events import Cue
from facilitate.core.rounds import (
    RoundPlan,
    broadcast,
    cues,
    round_clock,
    round_words,
    split,
    split_words,
    total_minutes,
    zoom_minutes,
    zoom_words,
)
from facilitate.core.runs import RoomTime
from facilitate.core.schedule import left
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words, whole_minutes


class RoomsView(NamedTuple):
    """Two lines about the rooms; both are there from the first look on, and may be empty."""

    line: str
    """`round 2 of 3, about 4 min left, back at 10:58`; before, what to type into Zoom."""
    hint: str
    """What the next broadcast is, or when; before, what the split costs."""
    cue: Cue | None
    """The broadcast that is due and was not copied yet; None when none is."""
    message: str
    """Its words; empty when none is due."""


def round_plan(state: SessionState, now: dt.datetime) -> RoundPlan | None:
    """The rounds of the running segment, split to the time it has for them.

    That is the time left when the rooms open, and what becomes of it until they close. None
    when nothing with rooms runs.
    """
    segment, remaining = state.segment, left(state, now)
    if segment is None or segment.breakout is None or remaining is None:
        return None
    opened = state.open_rooms.opened if state.open_rooms else now
    whole = (now + remaining - opened) // minutes(1)
    breakout = segment.breakout
    return split(breakout, min(total_minutes(breakout), whole) if breakout.rounds else whole)


def rooms_view(state: SessionState, now: dt.datetime) -> RoomsView | None:
    """The rooms of the running segment; None when it has none."""
    plan, segment, agenda = round_plan(state, now), state.segment, state.agenda
    if plan is None or segment is None or segment.breakout is None or agenda is None:
        return None
    rooms = state.open_rooms
    if rooms is not None:
        return _open(state, agenda, segment.breakout, plan, rooms, now)
    if any(one.segment == segment.id for one in state.rooms):
        return RoomsView("the rooms are closed", "", None, "")
    if zoom_minutes(plan) <= 0:
        return RoomsView("no time is left for rooms", "", None, "")
    return RoomsView(zoom_words(plan), split_words(plan), None, "")


def _open(
    state: SessionState,
    agenda: Agenda,
    breakout: Breakout,
    plan: RoundPlan,
    rooms: RoomTime,
    now: dt.datetime,
) -> RoomsView:
    clock = round_clock(plan, rooms.opened, now)
    words = round_words(clock) if plan.rounds else _without_rounds(clock.end - now)
    line = f"{words}, back at {clock_words(agenda, clock.end)}" if clock.end > now else words
    cue = clock.cue
    if cue is not None and (rooms.segment, cue) not in state.broadcasts:
        message = broadcast(breakout, cue)
        return RoomsView(line, f"c copies for all rooms: {message}", cue, message)
    return RoomsView(line, _coming(agenda, plan, rooms, now), None, "")


def _without_rounds(remaining: dt.timedelta) -> str:
    count = whole_minutes(remaining)
    return f"rooms are open, about {length_words(count)} left" if count > 0 else "coming back"


def _coming(agenda: Agenda, plan: RoundPlan, rooms: RoomTime, now: dt.datetime) -> str:
    """When the next thing is done for all rooms."""
    names = {"halfway": "halfway", "last_call": "last call", "close": "o closes the rooms"}
    ahead = next((cue for cue in cues(plan, rooms.opened) if cue.at > now), None)
    if ahead is None:
        return "o closes the rooms"
    return f"{names[ahead.name]} at {clock_words(agenda, ahead.at)}"
