"""What began within this minute can still be planned as if it were to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.core.commands import ApplyFit
from facilitate.core.events import Allotment
from facilitate.core.fit import Fit, Trim, fit

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

SHORTER = ApplyFit(allotments=(Allotment(segment="rooms1", minutes=17),))


def proposal(sitting: Sitting) -> Fit:
    found = fit(sitting.state, sitting.now)
    assert found is not None
    return found


def late_in_rooms(timing: Sitting) -> Sitting:
    return timing.at("09:20").begin("teach").at("10:05").next()


def test_it_gives_with_what_is_to_come(timing: Sitting) -> None:
    expected = (Trim("rooms1", 25, 17), Trim("rooms2", 30, 28))
    assert proposal(late_in_rooms(timing)).trims == expected
    assert proposal(timing.at("10:05:59")).trims == expected
    assert proposal(timing.at("10:06")).trims[0].segment == "rooms2"


def test_leaving_at_the_latest_moment_leaves_nothing_short(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("10:03").next()
    assert proposal(timing).shortfalls == ()


def test_leaving_a_minute_later_leaves_one_short(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("10:04").next()
    assert [(s.barrier.name, s.minutes) for s in proposal(timing).shortfalls] == [("break", 1)]


def test_a_proposal_for_it_is_applied_while_a_minute_of_it_remains(timing: Sitting) -> None:
    late_in_rooms(timing)
    assert "moved on" in timing.at("10:21:01").refusal(SHORTER)
    timing.at("10:21").do(SHORTER)
    assert timing.remaining == 1


def test_before_the_start_time_in_hand_is_not_handed_out(timing: Sitting) -> None:
    timing.at("08:30")
    assert timing.hold("break") > 0
    assert proposal(timing) == Fit()


def test_a_buffer_before_a_break_is_in_hand_as_well(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("09:40").next()
    assert proposal(timing).early_break == ("break", timing.instant("10:05"))
