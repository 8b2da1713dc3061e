"""What holds for every history: order, steps, undo, totality."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.histories import (
    EVENT_KINDS,
    EVENTS,
    INSTANTS,
    WORDS,
    histories,
)

from facilitate.core.before_view import before_view
from facilitate.core.captures import RoomNote
from facilitate.core.events import (
    Recorded,
    Undone,
)
from facilitate.core.fit import fit
from facilitate.core.fold import evolve, is_undoable, replay
from facilitate.core.lines_view import typing
from facilitate.core.progress import back_at
from facilitate.core.promises import ahead, barriers, leave_by, on_plan_until, steps
from facilitate.core.schedule import project
from facilitate.core.state import EMPTY, SessionState
from facilitate.core.views import run_view


def folded(history: list[Recorded]) -> SessionState:
    state = EMPTY
    for recorded in history:
        state = evolve(state, recorded)
    return state


def test_every_event_is_tried_here() -> None:
    assert set(EVENTS) == EVENT_KINDS


@given(histories(), st.randoms())
def test_the_order_in_which_events_arrive_makes_no_difference(
    history: list[Recorded], chance: Random
) -> None:
    state = replay(history)
    chance.shuffle(history)
    assert replay(history) == folded(history) == state
    assert replay(history).history == folded(history).history == state.history


@given(histories(), st.integers(0, 21))
def test_a_history_can_be_folded_in_parts(history: list[Recorded], cut: int) -> None:
    state = replay(history[:cut])
    for recorded in history[cut:]:
        state = evolve(state, recorded)
    assert state == replay(history)


@given(histories(), st.data())
def test_copies_of_events_make_no_difference(
    history: list[Recorded], data: st.DataObject
) -> None:
    assume(history)
    copies = data.draw(st.lists(st.sampled_from(history), max_size=5))
    assert replay([*history, *copies]) == folded([*history, *copies]) == replay(history)
    assert replay([*history, *copies]).history == replay(history).history


@given(histories(), st.data())
def test_an_undone_event_counts_as_if_it_had_never_been(
    history: list[Recorded], data: st.DataObject
) -> None:
    steps = [recorded for recorded in history if is_undoable(recorded)]
    assume(steps)
    step = data.draw(st.sampled_from(steps))
    stamp = f"{data.draw(st.integers(1, 50)):012x}-0001"
    undo = Recorded(writer="c", n=0, stamp=stamp, by="c", event=Undone(event=step.id))
    without = [recorded for recorded in history if recorded is not step]
    state = replay([*history, undo])
    assert state == folded([*history, undo]) == replay(without)
    assert len(state.history) == len(history) + 1


@given(histories(), INSTANTS, WORDS)
def test_any_history_can_be_shown(
    history: list[Recorded], now: dt.datetime, words: str
) -> None:
    state = replay(history)
    before_view(state, now)
    shown = run_view(state, now, (RoomNote(segment=None, text=words),))
    assert (shown is None) == (state.agenda is None or state.date is None)
    typing(state, words)
    assert state.next_number > max((e.number for e in state.entries.values()), default=0)


@given(histories())
def test_runs_follow_each_other_and_pauses_lie_inside_them(history: list[Recorded]) -> None:
    state = replay(history)
    for earlier, later in itertools.pairwise(state.runs):
        assert earlier.start <= earlier.end == later.start
    for pause in state.pauses:
        assert state.started_at is not None
        assert state.started_at <= pause.start <= (pause.end or pause.start)
    assert state.pause is None or state.run is not None


@given(histories())
def test_rooms_are_those_of_the_part_that_ran(history: list[Recorded]) -> None:
    state = replay(history)
    for rooms in state.rooms:
        assert any(
            run.segment == rooms.segment and run.start <= rooms.opened for run in state.runs
        )
    assert all(rooms.closed is not None for rooms in state.rooms[:-1])
    if state.open_rooms is not None:
        assert state.run is not None
        assert state.run.segment == state.open_rooms.segment


@given(histories(), INSTANTS)
def test_of_any_history_the_latest_moments_and_the_proposal_can_be_told(
    history: list[Recorded], now: dt.datetime
) -> None:
    state = replay(history)
    projection = project(state, now)
    told = (leave_by(state, now), on_plan_until(state, now), fit(state, now), back_at(state))
    if projection is None:
        assert told == (None, None, None, None)
    else:
        assert ahead(state, projection, now).barrier in barriers(
            projection, steps(state, projection, now)
        )
