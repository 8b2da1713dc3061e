from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Segment
from facilitate.core.commands import (
    Close,
    EndPause,
    Extend,
    Insert,
    Move,
    Restore,
    Return,
    Skip,
    StartPause,
)
from facilitate.core.progress import (
    TO_COME,
    active,
    allotted,
    back_at,
    runs_of,
    stood_still,
    unused,
    used,
)
from facilitate.core.record import record_of
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

MINUTE = dt.timedelta(minutes=1)


def had(sitting: Sitting, segment: str) -> float:
    return used(sitting.state, segment, sitting.now) / MINUTE


def has_left(sitting: Sitting, segment: str) -> float:
    found = sitting.state.part(segment)
    assert found is not None
    return unused(sitting.state, found, sitting.now) / MINUTE


def back(sitting: Sitting) -> str:
    return sitting.clock(back_at(sitting.state))


@pytest.fixture
def returned(running: Sitting) -> Sitting:
    """Twenty minutes of arriving, fifteen of agreeing, and back to arriving at 09:35."""
    running.at("09:20").next().at("09:35")
    return running.do(Return(segment="arrive", seen="agree"))


# What became of each part


def test_before_the_start_everything_is_to_come(sitting: Sitting) -> None:
    assert set(sitting.statuses.values()) == {"pending"}


def test_a_part_runs_and_is_done(running: Sitting) -> None:
    running.at("09:20").next()
    assert list(running.statuses.values()) == ["done", "running", *["pending"] * 3]


def test_what_never_ran_and_stands_before_what_did_was_passed_over(running: Sitting) -> None:
    running.at("09:20").begin("tea")
    assert running.statuses == {
        "arrive": "done",
        "agree": "passed over",
        "slack": "passed over",
        "tea": "running",
        "close": "pending",
    }


def test_what_was_left_out_was_not_passed_over(running: Sitting) -> None:
    running.do(Skip(segment="agree")).at("09:20").begin("tea")
    assert running.statuses["agree"] == "skipped"
    assert running.statuses["slack"] == "passed over"


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_did_not_come_can_be_brought_back(by_hand: bool, running: Sitting) -> None:
    if by_hand:
        running.do(Skip(segment="agree"))
    running.at("09:20").begin("tea").do(Restore(segment="agree"))
    assert running.statuses["agree"] == "pending"
    assert running.projection.following == running.state.part("agree")
    running.do(Skip(segment="agree"))
    assert running.statuses["agree"] == "skipped"


def test_going_back_to_a_part_before_passes_nothing_over(returned: Sitting) -> None:
    assert returned.statuses == {
        "arrive": "running",
        "agree": "interrupted",
        "slack": "pending",
        "tea": "pending",
        "close": "pending",
    }


def test_what_was_interrupted_comes_back_and_is_done_once_it_ends(returned: Sitting) -> None:
    returned.at("09:39").next()
    assert (returned.running, returned.statuses["arrive"]) == ("agree", "done")
    returned.at("09:54").next()
    assert returned.statuses["agree"] == "done"


def test_a_part_is_cut_short_until_it_comes_back(running: Sitting) -> None:
    running.at("09:10").do(Skip(segment="arrive"))
    assert (running.running, running.statuses["arrive"]) == ("agree", "cut short")
    running.do(Restore(segment="arrive"))
    assert running.statuses["arrive"] == "interrupted"
    assert running.projection.following == running.state.part("arrive")
    running.at("09:20").next().at("09:25").next()
    assert (running.running, running.statuses["arrive"]) == ("slack", "done")


def test_an_interrupted_part_that_is_left_out_was_cut_short(returned: Sitting) -> None:
    returned.do(Skip(segment="agree"))
    assert returned.statuses["agree"] == "cut short"
    assert returned.projection.following == returned.state.part("slack")


def test_at_the_close_what_is_not_finished_is_carried(returned: Sitting) -> None:
    returned.do(Skip(segment="slack")).do(Close())
    assert list(returned.statuses.values()) == [
        "done",
        *["carried", "skipped"],
        *["carried"] * 2,
    ]


def test_what_was_cut_short_or_passed_over_is_not_carried(running: Sitting) -> None:
    running.at("09:10").do(Skip(segment="arrive")).at("09:30").begin("tea").do(Close())
    assert list(running.statuses.values()) == [
        "cut short",
        "done",
        "passed over",
        "done",
        "carried",
    ]


def test_the_record_says_what_became_of_each_part(running: Sitting) -> None:
    running.at("09:10").do(Skip(segment="arrive")).do(Skip(segment="close"))
    running.at("09:30").begin("tea").do(Close())
    found = record_of(running.state, running.now).segments
    assert {part.id: (part.status, part.actual_minutes) for part in found} == {
        "arrive": ("cut short", 10),
        "agree": ("done", 20),
        "slack": ("passed over", 0),
        "tea": ("done", 0),
        "close": ("skipped", 0),
    }


def test_the_last_interrupted_comes_back_first(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").next().at("09:20").next().at("09:25")
    timing.do(Return(segment="agree", seen="teach")).at("09:28")
    timing.do(Return(segment="ground", seen="agree"))
    ids = [row.segment.id for row in timing.projection.course]
    assert ids[:4] == ["ground", "agree", "teach", "rooms1"]
    assert timing.state.interrupted == ("teach", "agree")


def test_places_are_those_of_the_plan_as_it_is_now(running: Sitting) -> None:
    running.do(Move(segment="close", before="tea"))
    running.do(Insert(title="Song", minutes=5, after="close"))
    running.at("10:00").begin("close")
    assert running.statuses == {
        "arrive": "done",
        "agree": "passed over",
        "slack": "passed over",
        "close": "running",
        "added-1": "pending",
        "tea": "pending",
    }


def test_only_what_is_pending_or_interrupted_comes() -> None:
    assert {"pending", "interrupted"} == TO_COME


# Time


def test_of_what_never_began_all_is_left(running: Sitting) -> None:
    assert (had(running, "agree"), has_left(running, "agree")) == (0, 30)
    assert runs_of(running.state, "agree") == []


def test_what_ran_twice_has_both_times(returned: Sitting) -> None:
    returned.at("09:39")
    assert (had(returned, "arrive"), had(returned, "agree")) == (24, 15)
    assert len(runs_of(returned.state, "arrive")) == 2
    assert active(returned.state, returned.now) / MINUTE == 24


def test_nothing_is_left_of_a_part_over_its_time(returned: Sitting) -> None:
    assert has_left(returned, "arrive") == 0
    assert has_left(returned, "agree") == 15


def test_an_interrupted_part_keeps_its_time_while_others_run(returned: Sitting) -> None:
    assert has_left(returned.at("10:10"), "agree") == 15
    assert returned.next().remaining == 15


def test_pauses_are_left_out_of_every_run(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="care")).at("09:08").do(EndPause())
    running.at("09:20").next().at("09:30").do(Return(segment="arrive", seen="agree"))
    running.at("09:31").do(StartPause(kind="tech")).at("09:33")
    assert had(running, "arrive") == 18
    assert (running.used, running.remaining) == (18, 2)
    first, second = runs_of(running.state, "arrive")
    assert stood_still(running.state, first, running.now) == 3 * MINUTE
    assert stood_still(running.state, second, running.now) == 2 * MINUTE


def test_minutes_that_were_taken_away_leave_nothing_negative(running: Sitting) -> None:
    running.do(Extend(minutes=-19)).at("09:05")
    arrive = running.state.part("arrive")
    assert arrive is not None
    assert allotted(running.state, arrive) == MINUTE
    assert has_left(running, "arrive") == 0


# Back from a break


def test_outside_of_a_break_nobody_is_to_be_back(running: Sitting) -> None:
    assert back_at(running.state) is None
    assert back_at(EMPTY) is None


@pytest.mark.parametrize(
    ("begins", "told"), [("09:55", "10:05"), ("09:55:01", "10:06"), ("09:57:59", "10:08")]
)
def test_people_are_back_on_a_whole_minute(begins: str, told: str, running: Sitting) -> None:
    running.at(begins).begin("tea")
    assert back(running) == told
    assert back(running.at("10:30")) == told  # and not later because nobody came


def test_only_minutes_move_the_time_people_were_told(running: Sitting) -> None:
    running.at("09:55").begin("tea").at("09:58").do(StartPause(kind="tech"))
    assert back(running.at("10:00").do(EndPause())) == "10:05"
    assert back(running.do(Extend(minutes=3))) == "10:08"


def test_people_come_back_to_a_break_for_what_is_left_of_it(running: Sitting) -> None:
    running.at("09:55").begin("tea").at("09:57").do(StartPause(kind="care"))
    running.at("09:59").begin("close").at("10:03").do(Return(segment="tea", seen="close"))
    assert back(running) == running.due == "10:11"


def test_a_break_that_ends_on_the_clock_says_that_time(
    open_parts: Callable[..., Sitting],
) -> None:
    lunch = Segment(
        id="lunch",
        title="Lunch",
        kind="break",
        minutes=60,
        at_least=40,
        ends_at=dt.time(10, 20),
    )
    assert back(open_parts(lunch).at("09:30").next()) == "10:20"
    late = open_parts(lunch).at("09:50").next()
    assert back(late) == "10:30"
    assert back(late.do(Extend(minutes=5))) == "10:35"


def test_nothing_begins_before_people_are_back(timing: Sitting) -> None:
    timing.at("10:21:30").begin("break")
    assert back(timing) == "10:32"
    assert timing.span("break") == "10:21:30-10:31:30"
    assert timing.hold("rooms2") == 0.5
    assert timing.span("rooms2") == "10:32-11:02"
