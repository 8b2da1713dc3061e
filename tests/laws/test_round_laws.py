"""What holds for every breakout, every length of time and every moment in the rooms."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.core.agenda import Breakout, Round
from facilitate.core.rounds import (
    RoundPlan,
    cues,
    people_in_a_room,
    round_clock,
    round_words,
    split,
    total_minutes,
    zoom_minutes,
)
from facilitate.core.shares import shares

MANY = settings(max_examples=max(300, settings.default.max_examples))

MINUTE = dt.timedelta(minutes=1)
OPENED = dt.datetime(2024, 3, 10, 8, 30, tzinfo=dt.UTC)
WEIGHTS = st.lists(st.integers(0, 60), max_size=8)
SIZES = st.none() | st.integers(1, 8) | st.sampled_from(["2-3", "3-4", "5-6", "a few"])
ROUNDS = st.builds(Round, minutes=st.integers(1, 40), ask=st.sampled_from(["why", "how", ""]))
BREAKOUTS = st.builds(
    Breakout,
    group_size=SIZES,
    opening=st.integers(0, 5),
    between=st.integers(0, 3),
    closing=st.integers(0, 6),
    rounds=st.lists(ROUNDS, max_size=5).map(tuple),
)
TOTALS = st.integers(-5, 240)
PLANS = st.builds(split, BREAKOUTS, TOTALS)
MOMENTS = st.timedeltas(min_value=-2 * MINUTE, max_value=250 * MINUTE)


def shortest(breakout: Breakout) -> list[int]:
    turns = 2 * people_in_a_room(breakout)
    return [min(turns, one.minutes) for one in breakout.rounds]


def needed(breakout: Breakout, kept: int) -> int:
    """Minutes for the first `kept` rounds at their shortest."""
    between = max(kept - 1, 0) * breakout.between
    return breakout.opening + sum(shortest(breakout)[:kept]) + between + breakout.closing


# Shares


@MANY
@given(st.integers(-10, 600), WEIGHTS)
def test_shares_add_up_and_none_is_above_its_weight(total: int, weights: list[int]) -> None:
    given_out = shares(total, weights)
    assert sum(given_out) == min(max(total, 0), sum(weights))
    assert len(given_out) == len(weights)
    assert all(0 <= share <= weight for share, weight in zip(given_out, weights, strict=True))


@MANY
@given(st.data(), WEIGHTS)
def test_a_share_is_less_than_one_away_from_its_proportion(
    data: st.DataObject, weights: list[int]
) -> None:
    whole = sum(weights)
    total = data.draw(st.integers(0, whole))
    for share, weight in zip(shares(total, weights), weights, strict=True):
        assert abs(share * whole - total * weight) < max(whole, 1)


@MANY
@given(st.integers(0, 600), WEIGHTS)
def test_more_weight_never_gets_less_and_of_equals_the_later_never_less(
    total: int, weights: list[int]
) -> None:
    pairs = list(zip(weights, shares(total, weights), strict=True))
    for (weight, share), (later_weight, later_share) in itertools.combinations(pairs, 2):
        if weight <= later_weight:
            assert share <= later_share
        else:
            assert share >= later_share


# Split anew


@MANY
@given(BREAKOUTS, TOTALS)
def test_a_split_takes_exactly_the_time_there_is(breakout: Breakout, total: int) -> None:
    plan = split(breakout, total)
    assert zoom_minutes(plan) == max(total, 0)
    assert min(plan.opening, plan.closing) >= 0


@MANY
@given(BREAKOUTS, TOTALS)
def test_a_round_is_between_its_shortest_and_its_planned_length(
    breakout: Breakout, total: int
) -> None:
    plan = split(breakout, total)
    for length, least, one in zip(
        plan.rounds, shortest(breakout), breakout.rounds, strict=False
    ):
        assert least <= length <= one.minutes


@MANY
@given(BREAKOUTS, TOTALS)
def test_the_first_rounds_stay_and_as_many_as_fit(breakout: Breakout, total: int) -> None:
    plan, planned = split(breakout, total), len(breakout.rounds)
    kept = len(plan.rounds)
    assert kept + plan.dropped == planned
    assert plan.asks == tuple(one.ask for one in breakout.rounds[:kept])
    assert kept == 0 or needed(breakout, kept) <= total
    assert all(needed(breakout, more) > total for more in range(kept + 1, planned + 1))


@MANY
@given(BREAKOUTS, TOTALS)
def test_the_closing_grows_only_once_every_round_has_its_planned_length(
    breakout: Breakout, total: int
) -> None:
    plan = split(breakout, total)
    kept = breakout.rounds[: len(plan.rounds)]
    if plan.closing > breakout.closing:
        assert plan.rounds == tuple(one.minutes for one in kept)
        assert plan.opening == breakout.opening
    if plan.rounds:
        assert plan.closing >= breakout.closing


@MANY
@given(BREAKOUTS, st.integers(0, 60))
def test_with_enough_time_nothing_changes_but_the_closing(
    breakout: Breakout, spare: int
) -> None:
    plan = split(breakout, total_minutes(breakout) + spare)
    assert plan.rounds == tuple(one.minutes for one in breakout.rounds)
    assert (plan.opening, plan.dropped) == (breakout.opening, 0)
    assert plan.closing == breakout.closing + spare


@MANY
@given(BREAKOUTS, TOTALS)
def test_a_proportion_that_leaves_everyone_two_minutes_is_kept(
    breakout: Breakout, total: int
) -> None:
    plan = split(breakout, total)
    planned = [one.minutes for one in breakout.rounds[: len(plan.rounds)]]
    lengths = shares(sum(plan.rounds), planned)
    if all(length >= least for length, least in zip(lengths, shortest(breakout), strict=False)):
        assert plan.rounds == lengths
    turns = 2 * people_in_a_room(breakout)
    assert plan.short == any(length < turns for length in plan.rounds)


@MANY
@given(BREAKOUTS, TOTALS)
def test_another_minute_never_costs_a_round(breakout: Breakout, total: int) -> None:
    assert len(split(breakout, total).rounds) <= len(split(breakout, total + 1).rounds)


# One clock for all rooms


@MANY
@given(PLANS)
def test_minute_by_minute_the_clock_spends_what_the_plan_says(plan: RoundPlan) -> None:
    shown = [round_clock(plan, OPENED, OPENED + n * MINUTE) for n in range(zoom_minutes(plan))]
    assert [c.phase for c in shown].count("opening") == plan.opening
    assert [c.phase for c in shown].count("closing") == plan.closing
    numbers = [c.round for c in shown]
    assert [numbers.count(n + 1) for n in range(len(plan.rounds))] == list(plan.rounds)
    assert round_clock(plan, OPENED, OPENED + len(shown) * MINUTE).phase == "over"


@MANY
@given(PLANS, MOMENTS, MOMENTS)
def test_the_clock_never_goes_back(
    plan: RoundPlan, one: dt.timedelta, other: dt.timedelta
) -> None:
    first, then = (round_clock(plan, OPENED, OPENED + m) for m in sorted([one, other]))
    assert first.phase_end <= then.phase_end <= then.end == first.end
    assert not (first.round and then.round and first.round > then.round)


@MANY
@given(PLANS, MOMENTS)
def test_a_phase_that_lasts_has_time_left(plan: RoundPlan, moment: dt.timedelta) -> None:
    clock = round_clock(plan, OPENED, OPENED + moment)
    if clock.phase == "over":
        assert OPENED + moment >= clock.end
        assert (clock.left, clock.cue) == (dt.timedelta(0), None)
    else:
        assert clock.left == clock.phase_end - (OPENED + moment) > dt.timedelta(0)
    assert (clock.round is not None) == (clock.phase == "round")
    assert clock.ask == (plan.asks[clock.round - 1] if clock.round else "")


@MANY
@given(PLANS, MOMENTS)
def test_the_cue_is_the_latest_broadcast_that_is_due(
    plan: RoundPlan, moment: dt.timedelta
) -> None:
    found, now = cues(plan, OPENED), OPENED + moment
    end = OPENED + zoom_minutes(plan) * MINUTE
    assert [cue.at for cue in found] == sorted({cue.at for cue in found})
    assert all(cue.at > OPENED for cue in found[:-1])
    assert found[-1] == ("close", end)
    due = [cue.name for cue in found[:-1] if cue.at <= now < end]
    assert round_clock(plan, OPENED, now).cue == (due[-1] if due else None)


@MANY
@given(PLANS, MOMENTS)
def test_seconds_are_told_in_the_last_minute_of_a_round_alone(
    plan: RoundPlan, moment: dt.timedelta
) -> None:
    clock = round_clock(plan, OPENED, OPENED + moment)
    words = round_words(clock)
    if words.endswith(" s left"):
        assert clock.phase == "round"
        assert clock.left < MINUTE
    assert " 0 " not in words
