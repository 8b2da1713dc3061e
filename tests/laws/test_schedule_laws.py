"""What holds for the time of every day: laws 1, 5, 6 and 7 of the clock."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.days import MANY, Day, days

from facilitate.core.clock_time import ZERO
from facilitate.core.events import Recorded, Undone
from facilitate.core.fold import evolve, is_undoable, replay
from facilitate.core.progress import used
from facilitate.core.runs import Pause, Run

DAYS = days()
NUMBERS = st.integers(0, 255)
LATER = st.floats(0, 90)


# 1: one thing after the other


@MANY
@given(DAYS)
def test_rows_never_overlap_and_only_a_hold_lies_between_them(day: Day) -> None:
    course = day.projection.course
    for row in course:
        assert row.start <= row.end
        assert row.hold >= ZERO
    for earlier, later in itertools.pairwise(course):
        assert later.start == earlier.end + later.hold


@MANY
@given(DAYS)
def test_what_comes_first_comes_after_what_runs_or_now(day: Day) -> None:
    projection = day.projection
    begin = projection.running.end if projection.running is not None else day.now
    assert begin >= day.now
    for first in projection.later[:1]:
        assert first.start == begin + first.hold
        assert first.start >= (projection.back_at or begin)
    ended = day.state.closed_at or max([begin, *(row.end for row in projection.later)])
    assert projection.end == ended


# 5: the fold


@MANY
@given(DAYS, NUMBERS, st.lists(LATER, max_size=3))
def test_the_fold_depends_neither_on_its_steps_nor_on_when_it_is_made(
    day: Day, cut: int, looks: list[float]
) -> None:
    history = day.state.history
    state = replay(history[: cut % len(history)])
    for recorded in history[cut % len(history) :]:
        state = evolve(state, recorded)
        for minutes in looks if state.agenda else []:
            assert Day(state, day.now).later(minutes).projection
    assert state == replay(history) == day.state
    assert Day(state, day.now).projection == day.projection


@MANY
@given(DAYS, NUMBERS)
def test_the_fold_leaves_out_what_was_undone(day: Day, chosen: int) -> None:
    history = day.state.history
    can_be_undone = [recorded for recorded in history if is_undoable(recorded)]
    if not can_be_undone:
        return
    step = can_be_undone[chosen % len(can_be_undone)]
    undo = Recorded(
        writer="someone", n=0, stamp="f" * 12 + "-0000", by="co", event=Undone(event=step.id)
    )
    without = replay(recorded for recorded in history if recorded is not step)
    assert evolve(day.state, undo) == replay([*history, undo]) == without
    assert Day(evolve(day.state, undo), day.now).projection == Day(without, day.now).projection


# 6: overtime


@MANY
@given(DAYS, LATER, LATER)
def test_in_overtime_a_later_look_moves_no_end_earlier(
    day: Day, over: float, passed: float
) -> None:
    running = day.projection.running
    if running is None:
        return
    late = Day(day.state, running.end).later(over)
    later = late.later(passed)
    for before, afterwards in zip(late.projection.course, later.projection.course, strict=True):
        assert before.segment == afterwards.segment
        assert before.end <= afterwards.end
    assert late.projection.end <= later.projection.end


# 7: no time is lost and none is counted twice


def lasted(day: Day, stretch: Run | Pause) -> dt.timedelta:
    return (stretch.end or day.now) - stretch.start


def still(day: Day) -> dt.timedelta:
    """How long the sitting stood still: the time within runs that lies in any pause."""
    edges = sorted(
        {edge for run in day.state.runs for edge in (run.start, run.end or day.now)}
        | {edge for pause in day.state.pauses for edge in (pause.start, pause.end or day.now)}
    )
    found = ZERO
    for begin, end in itertools.pairwise(edges):
        runs = any(r.start <= begin and end <= (r.end or day.now) for r in day.state.runs)
        paused = any(p.start <= begin and end <= (p.end or day.now) for p in day.state.pauses)
        found += end - begin if runs and paused else ZERO
    return found


@MANY
@given(DAYS)
def test_active_paused_and_unassigned_time_are_the_time_since_the_start(day: Day) -> None:
    runs, begun = day.state.runs, day.state.started_at
    active = [used(day.state, segment.id, day.now) for segment in day.state.segments]
    assert min(active) >= ZERO
    if begun is None:
        assert sum(active, ZERO) == ZERO
        return
    between = [later.start - (one.end or day.now) for one, later in itertools.pairwise(runs)]
    since_the_last = day.now - (runs[-1].end or day.now)
    unassigned = sum(between, since_the_last)
    assert sum(active, ZERO) + still(day) + unassigned == day.now - begun
