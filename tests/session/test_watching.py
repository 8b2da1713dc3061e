from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import HandClock

from facilitate.session.watching import Jumped, Slept, Watch


@pytest.fixture
def watch(clock: HandClock) -> Watch:
    return Watch(clock)


def tick(clock: HandClock, watch: Watch, times: int = 1) -> list[Slept | Jumped]:
    """A look every second, and what was told."""
    told = []
    for _ in range(times):
        clock.forward(seconds=1)
        told.append(watch.look())
    return [one for one in told if one is not None]


# Nothing happens


def test_while_ticks_come_nothing_is_told_and_the_watch_shows_the_wall_time(
    clock: HandClock, watch: Watch
) -> None:
    assert tick(clock, watch, 100) == []
    assert watch.now() == clock.now()
    assert watch.monotonic() == clock.monotonic()
    assert watch.jumped == timedelta(0)


def test_late_ticks_are_not_sleep(clock: HandClock, watch: Watch) -> None:
    clock.forward(seconds=15)
    assert watch.look() is None


def test_a_clock_that_is_set_right_little_by_little_is_followed(
    clock: HandClock, watch: Watch
) -> None:
    for _ in range(100):
        clock.step(seconds=2)
        assert tick(clock, watch) == []
    assert watch.now() == clock.now()
    assert watch.jumped == timedelta(0)


def test_a_little_step_back_makes_the_watch_wait(clock: HandClock, watch: Watch) -> None:
    before = watch.now()
    clock.step(seconds=-2)
    assert watch.now() == before
    clock.forward(seconds=3)
    assert watch.now() == clock.now() == before + timedelta(seconds=1)


# Sleep


def test_a_sleep_is_told_once_from_the_last_look_to_now(clock: HandClock, watch: Watch) -> None:
    tick(clock, watch, 5)
    since = watch.now()
    until = clock.forward(minutes=40)
    assert watch.look() == Slept(since=since, until=until)
    assert tick(clock, watch, 5) == []


def test_more_than_fifteen_seconds_without_a_look_are_a_sleep(
    clock: HandClock, watch: Watch
) -> None:
    since = watch.now()
    until = clock.forward(seconds=15.001)
    assert watch.look() == Slept(since=since, until=until)


def test_asking_the_time_is_not_looking(clock: HandClock, watch: Watch) -> None:
    since = watch.now()
    clock.forward(minutes=40)
    assert watch.now() == clock.now()
    assert watch.look() == Slept(since=since, until=clock.now())


# The wall clock is set


@pytest.mark.parametrize("seconds", [-60, -3, 3, 60])
def test_a_small_jump_is_kept_out_and_not_told(
    clock: HandClock, watch: Watch, seconds: int
) -> None:
    before = watch.now()
    clock.step(seconds=seconds)
    assert watch.now() == before
    assert tick(clock, watch, 5) == []
    assert watch.now() == before + timedelta(seconds=5)
    assert watch.jumped == timedelta(seconds=seconds)


@pytest.mark.parametrize("seconds", [-3600, -61, 61, 3600])
def test_a_large_jump_is_kept_out_and_told_once(
    clock: HandClock, watch: Watch, seconds: int
) -> None:
    before = watch.now()
    clock.step(seconds=seconds)
    assert tick(clock, watch, 5) == [Jumped(by=timedelta(seconds=seconds))]
    assert watch.now() == before + timedelta(seconds=5)


def test_a_jump_that_came_before_someone_asked_the_time_is_told_all_the_same(
    clock: HandClock, watch: Watch
) -> None:
    clock.step(minutes=5)
    watch.now()
    assert watch.look() == Jumped(by=timedelta(minutes=5))


def test_small_jumps_that_add_up_are_told_together(clock: HandClock, watch: Watch) -> None:
    clock.step(seconds=40)
    assert tick(clock, watch) == []
    clock.step(seconds=40)
    assert tick(clock, watch, 5) == [Jumped(by=timedelta(seconds=80))]


def test_a_clock_that_is_set_back_to_where_it_was_needs_no_second_word(
    clock: HandClock, watch: Watch
) -> None:
    clock.step(minutes=5)
    tick(clock, watch)
    clock.step(minutes=-5)
    assert tick(clock, watch, 5) == []
    assert watch.jumped == timedelta(0)
    assert watch.now() == clock.now()


def test_a_second_large_jump_is_told_with_the_first_and_a_small_one_is_not(
    clock: HandClock, watch: Watch
) -> None:
    clock.step(minutes=5)
    tick(clock, watch)
    clock.step(seconds=30)
    assert tick(clock, watch, 5) == []
    clock.step(minutes=1)
    assert tick(clock, watch, 5) == [Jumped(by=timedelta(minutes=6, seconds=30))]


def test_the_same_jump_is_told_again_after_the_clock_was_right(
    clock: HandClock, watch: Watch
) -> None:
    for _ in range(2):
        clock.step(minutes=5)
        assert tick(clock, watch) == [Jumped(by=timedelta(minutes=5))]
        clock.step(minutes=-5)
        assert tick(clock, watch) == []


def test_what_the_watch_shows_stays_in_whole_milliseconds(
    clock: HandClock, watch: Watch
) -> None:
    since = watch.now()
    clock.forward(microseconds=1_300)
    clock.step(minutes=5, microseconds=-300)  # a wall time is whole, steady seconds are not
    assert watch.now() == since + timedelta(milliseconds=1)
    assert watch.jumped == timedelta(minutes=5)


# Both at once


@pytest.mark.parametrize("minutes", [-50, 50])
def test_of_a_sleep_and_a_jump_the_steady_part_is_sleep_and_the_rest_is_told_next(
    clock: HandClock, watch: Watch, minutes: int
) -> None:
    since = watch.now()
    clock.forward(minutes=40)
    clock.step(minutes=minutes)
    assert watch.look() == Slept(since=since, until=since + timedelta(minutes=40))
    assert tick(clock, watch, 5) == [Jumped(by=timedelta(minutes=minutes))]


# The wall time is taken


def test_the_wall_time_is_taken_and_gone_on_with(clock: HandClock, watch: Watch) -> None:
    clock.step(minutes=5)
    tick(clock, watch)
    assert watch.take_wall_time()
    assert watch.now() == clock.now()
    assert watch.jumped == timedelta(0)
    assert tick(clock, watch, 5) == []
    assert watch.now() == clock.now()


def test_wall_time_is_not_taken_when_that_lies_before_what_happened(
    clock: HandClock, watch: Watch
) -> None:
    clock.step(minutes=-5)
    tick(clock, watch)
    before = watch.now()
    assert not watch.take_wall_time(not_before=before)
    assert watch.jumped == timedelta(minutes=-5)
    assert tick(clock, watch, 5) == []
    assert watch.now() == before + timedelta(seconds=5)


def test_wall_time_that_was_set_back_is_taken_where_nothing_happened_since(
    clock: HandClock, watch: Watch
) -> None:
    happened = watch.now()
    clock.forward(minutes=40)
    watch.look()
    clock.step(minutes=-25)
    assert watch.take_wall_time(not_before=happened)
    assert watch.now() == clock.now() == happened + timedelta(minutes=15)
    assert tick(clock, watch, 5) == []


def test_taking_the_wall_time_hides_no_sleep(clock: HandClock, watch: Watch) -> None:
    clock.forward(minutes=40)
    clock.step(minutes=5)
    assert watch.take_wall_time()
    slept = watch.look()
    assert isinstance(slept, Slept)
    assert slept.until - slept.since == timedelta(minutes=40)
    assert slept.until == clock.now()


def test_after_the_wall_time_was_taken_the_next_jump_is_told(
    clock: HandClock, watch: Watch
) -> None:
    clock.step(minutes=5)
    tick(clock, watch)
    watch.take_wall_time()
    clock.step(minutes=5)
    assert tick(clock, watch) == [Jumped(by=timedelta(minutes=5))]


# For every clock

STEPS = st.tuples(
    st.integers(0, 100),
    st.one_of(st.just(0), st.integers(3, 5000), st.integers(-5000, -3)),
    st.sampled_from(["look", "now", "take"]),
)
"""Seconds that pass, seconds by which the wall is set, and what is then done."""


@given(st.lists(STEPS))
def test_the_watch_goes_as_steadily_as_the_steady_seconds_and_leaps_only_when_told_to(
    steps: list[tuple[int, int, str]],
) -> None:
    clock = HandClock(datetime(2026, 9, 12, 13, 0, tzinfo=UTC))
    watch = Watch(clock)
    for passing, jump, then in steps:
        before = watch.now()
        clock.forward(seconds=passing)
        clock.step(seconds=jump)
        even = before + timedelta(seconds=passing)
        if then == "take" and watch.take_wall_time():
            assert watch.now() == clock.now()
        else:
            if then == "look":
                watch.look()
            assert watch.now() == even
        assert watch.now() + watch.jumped == clock.now()
