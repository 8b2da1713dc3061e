"""A proposal in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.core.fit import Fit, Growth, Shortfall, Trim
from facilitate.core.fit_words import offers, trim_words
from facilitate.core.promises import THE_END, Barrier
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def test_an_empty_proposal_has_no_words(sitting: Sitting) -> None:
    assert trim_words(Fit(), sitting.state) == ()
    assert offers(Fit(), sitting.state) == ()


def test_a_trim_says_what_to_do_with_fewer_minutes(sitting: Sitting) -> None:
    fit = Fit(trims=(Trim("arrive", 20, 12), Trim("agree", 30, 25)))
    assert trim_words(fit, sitting.state) == (
        "Arriving 12 min instead of 20",
        "How we want to be 25 min instead of 30: Two agreements.",
    )
    assert offers(fit, sitting.state) == ()


def test_a_promise_that_cannot_be_kept_is_named_with_its_time(sitting: Sitting) -> None:
    at = sitting.instant
    fit = Fit(
        shortfalls=(
            Shortfall(Barrier("tea", at("09:55"), ends=False), 3),
            Shortfall(Barrier("agree", at("10:10"), ends=True), 5),
            Shortfall(Barrier(THE_END, at("10:30"), ends=True), 125),
        ),
        overtime=125,
    )
    assert offers(fit, sitting.state) == (
        "Tea cannot begin at 09:55: 3 min later",
        "How we want to be cannot end at 10:10: 5 min later",
        "the sitting cannot end at 10:30: 2 h 5 min later",
        "ask the group for 2 h 5 min more",
    )


def test_what_could_be_left_out_is_one_offer(sitting: Sitting) -> None:
    def told(*skips: str) -> tuple[str, ...]:
        return offers(Fit(skips=skips), sitting.state)

    assert told("tea") == ("leave out Tea",)
    assert told("arrive", "tea") == ("leave out Arriving and Tea",)
    assert told("arrive", "agree", "tea") == ("leave out Arriving, How we want to be and Tea",)


def test_time_in_hand_can_be_used_in_several_ways(sitting: Sitting) -> None:
    fit = Fit(
        growing=(Growth("agree", 10),),
        early_break=("tea", sitting.instant("09:45")),
        early_end=sitting.instant("10:20"),
    )
    assert offers(fit, sitting.state) == (
        "How we want to be can have 10 min more",
        "Tea could begin at 09:45",
        "the sitting could end at 10:20",
    )


def test_too_much_to_trim_asks_whether_the_plan_has_been_left(sitting: Sitting) -> None:
    (question,) = offers(Fit(another_plan=True), sitting.state)
    assert question.endswith("has the plan been left?")


def test_before_an_agenda_is_open_there_is_nothing_to_offer() -> None:
    assert offers(Fit(another_plan=True), EMPTY) == ()
