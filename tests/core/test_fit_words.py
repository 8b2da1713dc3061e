"""A proposal in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facilitate.core.fit import Fit, Growth, Shortfall, Trim
from facilitate.core.fit_words import offers, trim_words
from facilitate.core.promises import THE_END, Barrier
from facilitate.core.schedule import project

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def told(sitting: Sitting, fit: Fit) -> tuple[str, ...]:
    projection = project(sitting.state, sitting.now)
    assert projection is not None
    return offers(fit, sitting.state, projection)


def test_an_empty_proposal_has_no_words(sitting: Sitting) -> None:
    assert trim_words(Fit(), sitting.state) == ()
    assert told(sitting, Fit()) == ()


def test_a_trim_says_what_to_do_with_fewer_minutes(sitting: Sitting) -> None:
    fit = Fit(trims=(Trim("arrive", 20, 12), Trim("agree", 30, 25)))
    assert trim_words(fit, sitting.state) == (
        "Arriving 12 min instead of 20",
        "How we want to be 25 min instead of 30: Two agreements.",
    )
    assert told(sitting, fit) == ()


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
    assert told(sitting, fit) == (
        "Tea cannot begin at 09:55: 3 min later",
        "How we want to be cannot end at 10:10: 5 min later",
        "the sitting cannot end at 10:30: 2 h 5 min later",
        "ask the group for 2 h 5 min more",
    )


def test_what_could_be_left_out_is_one_offer(sitting: Sitting) -> None:
    for skips, words in (
        (("tea",), "leave out Tea"),
        (("arrive", "tea"), "leave out Arriving and Tea"),
        (("arrive", "agree", "tea"), "leave out Arriving, How we want to be and Tea"),
    ):
        assert told(sitting, Fit(skips=skips)) == (words,)


def test_parts_of_one_title_are_told_apart_by_their_times(sitting: Sitting) -> None:
    first, *others = sitting.agenda.segments
    namesakes = [replace(one, title="Tea") if one.id == "agree" else one for one in others]
    twice = type(sitting)(replace(sitting.agenda, segments=(first, *namesakes)))
    twice.later(minutes=2)
    assert told(twice, Fit(skips=("agree", "tea"))) == (
        "leave out Tea at 09:22 and Tea at 09:55",
    )
    assert told(twice, Fit(skips=("arrive",))) == ("leave out Arriving",)
    twice.at("09:00").next().at("09:20").next()
    assert told(twice, Fit(skips=("tea",))) == ("leave out Tea",)


def test_time_in_hand_can_be_used_in_several_ways(sitting: Sitting) -> None:
    fit = Fit(
        growing=(Growth("agree", 10),),
        early_break=("tea", sitting.instant("09:45")),
        early_end=sitting.instant("10:20"),
    )
    assert told(sitting, fit) == (
        "How we want to be can have 10 min more",
        "Tea could begin at 09:45",
        "the sitting could end at 10:20",
    )


def test_too_much_to_trim_asks_whether_the_plan_has_been_left(sitting: Sitting) -> None:
    (question,) = told(sitting, Fit(another_plan=True))
    assert question.endswith("has the plan been left?")
