from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Kind, Segment
from facilitate.core.commands import (
    AnswerGap,
    Close,
    EndPause,
    Extend,
    MovePlan,
    NoteGap,
    StartPause,
)
from facilitate.core.progress import active, allotted, paused
from facilitate.core.schedule import left, planned_start, project, signal
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def minutes(span: dt.timedelta | None) -> float:
    assert span is not None
    return span / dt.timedelta(minutes=1)


# Plan and projection


def test_before_an_agenda_is_open_there_is_no_day(sitting: Sitting) -> None:
    assert project(EMPTY, sitting.now) is None
    assert planned_start(EMPTY) is None
    assert left(EMPTY, sitting.now) is None
    assert signal(EMPTY, sitting.now) is None


def test_before_the_start_nothing_runs_and_the_day_would_begin_now(sitting: Sitting) -> None:
    sitting.at("09:30")
    assert sitting.span("arrive") == "09:30-09:50"
    assert sitting.drift == 25  # the buffer and nothing else gave way
    assert left(sitting.state, sitting.now) is None
    assert signal(sitting.state, sitting.now) is None
    assert active(sitting.state, sitting.now) == paused(sitting.state, sitting.now)


def test_the_day_of_an_agenda_without_segments_is_empty(
    open_parts: Callable[..., Sitting],
) -> None:
    empty = open_parts()
    assert empty.projection.rows == ()
    assert empty.drift == 0
    assert empty.projection.following is None


def test_planned_times_never_move(running: Sitting) -> None:
    planned = [(row.part.start, row.part.end) for row in running.projection.rows]
    running.at("09:10").do(Extend(minutes=5)).at("09:40").next()
    assert [(row.part.start, row.part.end) for row in running.projection.rows] == planned
    assert (running.row("arrive").status, running.span("arrive")) == ("done", "09:00-09:40")


def test_a_moved_plan_takes_its_anchors_along(sitting: Sitting) -> None:
    sitting.at("09:30:40").do(MovePlan()).next()
    assert sitting.clock(planned_start(sitting.state)) == "09:30"  # plans are whole minutes
    assert sitting.clock(sitting.row("tea").part.start) == "10:25"
    assert sitting.span("slack") == "10:20:40-10:25"
    assert sitting.span("tea") == "10:25-10:35"
    assert sitting.late("tea") == 0
    assert sitting.clock(sitting.projection.promised_end) == "11:00"


def test_the_promised_end_is_written_or_follows_from_the_minutes(
    open_sitting: Callable[..., Sitting], sitting: Sitting
) -> None:
    assert sitting.clock(sitting.projection.promised_end) == "10:30"
    written = open_sitting(replace(sitting.agenda, ends_by=dt.time(10, 45)))
    assert written.clock(written.projection.promised_end) == "10:45"


@pytest.mark.parametrize(
    ("anchor", "held", "missed"),
    [("not_before", 10, 0), ("starts_by", 0, 0), ("starts_at", 10, 0)],
)
def test_a_floor_holds_and_a_promise_does_not(
    anchor: str, held: float, missed: float, open_parts: Callable[..., Sitting]
) -> None:
    first = Segment(id="a", title="A", kind="arrival", minutes=20)
    anchored = Segment(
        id="b",
        title="B",
        kind="practice",
        minutes=10,
        **{anchor: dt.time(9, 30)},  # type: ignore[arg-type]
    )
    sitting = open_parts(first, anchored).next()
    assert (sitting.hold("b"), sitting.late("b")) == (held, missed)


@pytest.mark.parametrize(
    ("anchor", "missed"), [("not_before", 0), ("starts_by", 5), ("starts_at", 5)]
)
def test_a_promise_is_missed_and_a_floor_is_not(
    anchor: str, missed: float, open_parts: Callable[..., Sitting]
) -> None:
    first = Segment(id="a", title="A", kind="arrival", minutes=20)
    anchored = Segment(
        id="b",
        title="B",
        kind="practice",
        minutes=10,
        **{anchor: dt.time(9, 15)},  # type: ignore[arg-type]
    )
    sitting = open_parts(first, anchored).next()
    assert (sitting.hold("b"), sitting.late("b")) == (0, missed)


LUNCH = Segment(
    id="lunch",
    title="Lunch",
    kind="break",
    minutes=60,
    at_least=40,
    ends_at=dt.time(10, 20),
)


@pytest.mark.parametrize(
    ("left_at", "span", "drifted"),
    [
        ("09:20", "09:20-10:20", 0),
        ("09:30", "09:30-10:20", 0),
        ("09:40", "09:40-10:20", 0),
        ("09:50", "09:50-10:30", 10),
        ("09:10", "09:10-10:20", 0),
    ],
)
def test_a_part_that_ends_on_the_clock_gives_way_down_to_its_least(
    left_at: str, span: str, drifted: float, open_parts: Callable[..., Sitting]
) -> None:
    first = Segment(id="a", title="A", kind="practice", minutes=20)
    last = Segment(id="z", title="Z", kind="closing", minutes=10)
    sitting = open_parts(first, LUNCH, last).next().at(left_at)
    assert sitting.row("lunch").status == "pending"
    sitting.next()
    assert sitting.span("lunch") == span
    assert sitting.drift == drifted
    assert sitting.clock(sitting.row("z").start) == span[6:]


def test_what_is_left_until_the_clock_is_what_is_said(
    open_parts: Callable[..., Sitting],
) -> None:
    first = Segment(id="a", title="A", kind="practice", minutes=20)
    sitting = open_parts(first, LUNCH).next().at("09:30").next()
    assert sitting.remaining == 50
    assert sitting.at("10:20").remaining == 0
    assert sitting.asks == "due"


def test_a_pause_does_not_move_an_end_on_the_clock_and_more_minutes_do(
    open_parts: Callable[..., Sitting],
) -> None:
    sitting = open_parts(LUNCH).next().at("09:30").do(StartPause(kind="tech")).at("09:45")
    assert sitting.due == "10:20"
    assert sitting.do(EndPause()).due == "10:20"
    assert sitting.do(Extend(minutes=5)).due == "10:25"
    assert sitting.remaining == 40


# The buffer


def test_a_buffer_lasts_until_what_follows_it_was_planned(running: Sitting) -> None:
    running.at("09:20").next()
    assert [running.do(Extend(minutes=1)).span("slack") for _ in range(6)] == [
        "09:51-09:55",
        "09:52-09:55",
        "09:53-09:55",
        "09:54-09:55",
        "09:55-09:55",
        "09:56-09:56",
    ]


def test_a_running_buffer_gives_way_as_it_did_before_it_began(running: Sitting) -> None:
    running.at("09:53").begin("slack")
    assert running.span("slack") == "09:53-09:55"
    assert running.span("tea") == "09:55-10:05"
    assert running.remaining == 2
    running.do(Extend(minutes=3))
    assert running.span("slack") == "09:53-09:58"
    assert running.span("tea") == "09:58-10:08"


def test_a_running_buffer_has_its_minutes_and_what_it_was_given(running: Sitting) -> None:
    running.at("09:45").begin("slack")
    assert running.due == "09:50"
    assert running.do(Extend(minutes=3)).due == "09:53"
    assert running.do(Extend(minutes=-4)).due == "09:49"


def test_a_buffer_before_the_last_part_gives_way_too(
    open_parts: Callable[..., Sitting],
) -> None:
    first = Segment(id="a", title="A", kind="practice", minutes=20)
    slack = Segment(id="slack", title="Slack", kind="buffer", minutes=5)
    last = Segment(id="z", title="Z", kind="closing", minutes=10)
    sitting = open_parts(first, slack, last).at("09:03").next()
    assert sitting.span("slack") == "09:23-09:25"


def test_a_buffer_at_the_end_has_its_minutes(open_parts: Callable[..., Sitting]) -> None:
    first = Segment(id="a", title="A", kind="practice", minutes=20)
    slack = Segment(id="slack", title="Slack", kind="buffer", minutes=5)
    sitting = open_parts(first, slack).next().at("09:40")
    assert sitting.span("slack") == "09:40-09:45"
    assert sitting.next().end == "09:45"


def test_what_follows_is_the_next_part_that_has_any_time(running: Sitting) -> None:
    def following() -> str | None:
        found = running.projection.following
        return found.id if found else None

    assert following() == "agree"
    running.at("09:20").next()
    assert following() == "slack"
    running.at("09:55")
    assert following() == "tea"
    running.begin("close")
    assert following() is None


# The running part


def test_the_end_of_an_overrun_is_now(running: Sitting) -> None:
    assert running.at("09:23").span("arrive") == "09:00-09:23"
    assert running.span("agree") == "09:23-09:53"
    assert running.hold("agree") == 0


def test_a_pause_counts_for_the_part_it_was_in(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="hold")).at("09:10").do(EndPause())
    running.at("09:25").next().at("09:30")
    assert paused(running.state, running.now) == dt.timedelta(0)
    assert (running.used, running.remaining) == (5, 25)


def test_a_pause_may_begin_with_its_part(running: Sitting) -> None:
    running.do(StartPause(kind="tech")).at("09:04")
    assert (running.used, running.remaining) == (0, 20)


def test_several_pauses_add_up(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="care")).at("09:07").do(EndPause())
    running.at("09:10").do(StartPause(kind="tech")).at("09:13")
    assert minutes(paused(running.state, running.now)) == 5
    assert (running.used, running.remaining) == (8, 12)


def test_when_nothing_runs_any_more_nothing_is_paused(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="hold")).at("09:10").do(Close()).at("09:15")
    assert paused(running.state, running.now) == dt.timedelta(0)
    assert left(running.state, running.now) is None


def test_what_is_done_stands_where_it_was(timing: Sitting) -> None:
    timing.at("09:07").next().at("09:15").next()
    assert timing.span("ground") == "09:07-09:15"
    assert timing.row("ground").status == "done"


def test_minutes_given_to_a_part_stay_when_its_start_is_undone(running: Sitting) -> None:
    running.at("09:20").next(by="lead").do(Extend(minutes=4), by="co").undo(by="lead")
    assert running.row("agree").status == "pending"
    assert running.span("agree") == "09:20-09:54"


def test_a_clock_set_back_makes_no_pause_negative(running: Sitting) -> None:
    running.at("09:10").do(StartPause(kind="hold")).at("09:08")
    assert paused(running.state, running.now) == dt.timedelta(0)


def test_what_is_allotted_is_planned_and_added(running: Sitting) -> None:
    arrive = running.agenda.segments[0]
    assert minutes(allotted(running.state, arrive)) == 20
    running.do(Extend(minutes=5)).do(Extend(minutes=-2))
    assert minutes(allotted(running.state, arrive)) == 23


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ("09:09:59", "open"),
        ("09:10", "may-close"),
        ("09:15:59", "may-close"),
        ("09:16", "soon"),  # a fifth of twenty minutes is four
        ("09:19:59", "soon"),
        ("09:20", "due"),
        ("09:20:01", "over"),
        ("09:25", "over"),
        ("09:25:01", "past-most"),
    ],
)
def test_the_time_of_a_part_asks_for_something(at: str, asked: str, running: Sitting) -> None:
    assert running.at(at).asks == asked


@pytest.mark.parametrize(
    ("planned", "soon_from"), [(3, "09:02"), (10, "09:08"), (25, "09:20"), (60, "09:55")]
)
def test_the_end_is_near_in_the_last_fifth_from_one_to_five_minutes(
    planned: int, soon_from: str, open_parts: Callable[..., Sitting]
) -> None:
    sitting = open_parts(Segment(id="a", title="A", kind="dialogue", minutes=planned)).next()
    assert sitting.at(soon_from).asks == "soon"
    assert sitting.later(seconds=-1).asks == "open"


def test_a_part_that_was_given_time_is_past_its_most_after_that(running: Sitting) -> None:
    running.do(Extend(minutes=15))
    assert running.at("09:35").asks == "due"
    assert running.at("09:35:01").asks == "past-most"


def test_a_pause_holds_the_signal(running: Sitting) -> None:
    running.at("09:12").do(StartPause(kind="care"))
    assert running.at("09:40").asks == "may-close"


# After the close


def test_a_closed_day_keeps_what_was_and_carries_the_rest(running: Sitting) -> None:
    running.at("09:30").next().at("09:55").next().at("10:00").do(Close()).at("11:00")
    assert [(row.segment.id, row.status) for row in running.projection.rows] == [
        ("arrive", "done"),
        ("agree", "done"),
        ("slack", "passed over"),  # its time was used up
        ("tea", "done"),
        ("close", "carried"),
    ]
    assert running.span("tea") == "09:55-10:00"
    assert running.end == "10:00"
    assert running.projection.running is None
    assert running.projection.later == ()


# Midnight


def test_a_sitting_goes_on_past_midnight(open_parts: Callable[..., Sitting]) -> None:
    kinds: tuple[Kind, ...] = ("practice", "closing")
    parts = (Segment(id=kind, title=kind, kind=kind, minutes=45) for kind in kinds)
    sitting = open_parts(*parts, start=dt.time(23, 30)).next()
    assert sitting.span("practice") == "23:30-00:15"
    assert sitting.span("closing") == "00:15-01:00"
    assert sitting.projection.end - sitting.now == dt.timedelta(minutes=90)
    assert sitting.later(minutes=44).remaining == 1


# Gaps


def test_a_gap_counts_as_time_until_someone_says_otherwise(running: Sitting) -> None:
    running.at("09:15").do(NoteGap(since=running.instant("09:05")))
    assert (running.used, running.remaining) == (15, 5)
    running.do(AnswerGap(answer="paused"))
    assert (running.used, running.remaining) == (5, 15)
