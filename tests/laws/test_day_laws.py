"""What holds for every day: its parts, the time that passed, the rooms, the plan."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.histories import TRUTHS, agendas
from tests.laws.wishes import DAY_WISHES, Table

from facilitate.core.commands import Adopt, EndPause, Next, StartPause
from facilitate.core.events import SegmentExtended
from facilitate.core.progress import TO_COME, active, paused, stood_still, used
from facilitate.core.schedule import project
from facilitate.core.state import SessionState

ZERO = dt.timedelta(0)
MORE = st.integers(-20, 20)
PASSING = st.integers(0, 60) | st.floats(0, 20)


@st.composite
def days(draw: st.DrawFn) -> tuple[SessionState, dt.datetime]:
    """A sitting somewhere in its day, and a time that is not before what happened in it."""
    table = Table(draw(agendas()))
    table.pass_by(draw(st.integers(-10, 30)))
    for _ in range(draw(st.integers(0, 7))):
        table.ask(Next(seen=None, confirmed=True), "lead")
        table.pass_by(draw(PASSING))
        if draw(TRUTHS):
            table.ask(StartPause(kind="care"), "lead")
            table.pass_by(draw(st.integers(0, 20)))
            if draw(TRUTHS):
                table.ask(EndPause(), "lead")
        for wish in draw(st.lists(DAY_WISHES, max_size=3)):
            table.ask(wish, "lead")
        if draw(TRUTHS) and table.state.run:
            extended = SegmentExtended(
                segment=table.state.run.segment,
                minutes=draw(MORE),
                payer="push",
                at=table.now,
            )
            table.record(extended, "lead")
    table.pass_by(draw(st.floats(0, 60)))
    return table.state, table.now


DAYS = days()


@given(DAYS)
def test_parts_follow_each_other_and_only_a_hold_lies_between(
    day: tuple[SessionState, dt.datetime],
) -> None:
    state, now = day
    projection = project(state, now)
    assert projection is not None
    cursor = projection.running.end if projection.running else now
    for row in projection.later:
        assert row.start == cursor + row.hold
        assert row.hold >= ZERO <= row.late
        assert row.end >= row.start
        cursor = row.end
    assert projection.end == cursor >= now
    assert [row.segment for row in projection.rows] == list(state.segments)


@given(DAYS)
def test_what_comes_stands_once_in_the_course_and_nothing_else_does(
    day: tuple[SessionState, dt.datetime],
) -> None:
    projection = project(*day)
    assert projection is not None
    coming = [row for row in projection.rows if row.status in TO_COME]
    assert sorted(row.segment.id for row in projection.later) == sorted(
        row.segment.id for row in coming
    )
    assert [row.status for row in projection.rows].count("running") <= 1


@given(DAYS, st.floats(0, 120))
def test_a_later_now_never_moves_an_end_earlier(
    day: tuple[SessionState, dt.datetime], minutes: float
) -> None:
    state, now = day
    sooner, later = project(state, now), project(state, now + dt.timedelta(minutes=minutes))
    assert sooner is not None
    assert later is not None
    for before, afterwards in zip(sooner.rows, later.rows, strict=True):
        assert before.end <= afterwards.end


@given(DAYS)
def test_used_and_paused_time_are_all_the_time_there_was(
    day: tuple[SessionState, dt.datetime],
) -> None:
    state, now = day
    assert active(state, now) >= ZERO <= paused(state, now)
    if state.run is None or state.started_at is None:
        assert active(state, now) == paused(state, now) == ZERO
        return
    had = sum((used(state, segment.id, now) for segment in state.segments), ZERO)
    still = sum((stood_still(state, run, now) for run in state.runs), ZERO)
    assert had + still == now - state.started_at


@given(DAYS)
def test_a_day_that_was_adopted_is_the_plan(day: tuple[SessionState, dt.datetime]) -> None:
    state, now = day
    running = state.segment
    # What a running buffer was given comes on top of what the plan leaves it.
    assume(running is None or running.kind != "buffer" or not state.extra.get(running.id))
    table = Table.at(state, now)
    assume(table.ask(Adopt(), "lead"))
    projection = project(table.state, now)
    assert projection is not None
    assert projection.drift == ZERO
    for row in projection.course:
        assert (row.start, row.end) == (row.part.start, row.part.end)
