from __future__ import annotations

import pytest

from facilitate.core.shares import shares


@pytest.mark.parametrize(
    ("total", "weights", "given"),
    [
        (5, (10, 10, 5), (2, 2, 1)),
        (7, (10, 8), (4, 3)),
        (1, (3, 3), (0, 1)),
    ],
)
def test_whole_minutes_are_shared_in_proportion(
    total: int, weights: tuple[int, ...], given: tuple[int, ...]
) -> None:
    assert shares(total, weights) == given


@pytest.mark.parametrize(
    ("total", "given"), [(1, (0, 0, 1)), (2, (0, 1, 1)), (4, (1, 1, 2)), (5, (1, 2, 2))]
)
def test_of_equal_remainders_the_later_one_gets_the_minute(
    total: int, given: tuple[int, ...]
) -> None:
    assert shares(total, (3, 3, 3)) == given


def test_the_larger_remainder_comes_before_the_later_one() -> None:
    assert shares(1, (5, 4)) == (1, 0)


def test_a_weight_of_nothing_gets_nothing() -> None:
    assert shares(3, (0, 4, 0)) == (0, 3, 0)


@pytest.mark.parametrize("total", [25, 26, 1_000])
def test_none_gets_more_than_its_weight(total: int) -> None:
    assert shares(total, (10, 10, 5)) == (10, 10, 5)


@pytest.mark.parametrize("total", [0, -1, -1_000])
def test_nothing_to_share_gives_nothing(total: int) -> None:
    assert shares(total, (10, 10, 5)) == (0, 0, 0)


@pytest.mark.parametrize(("weights", "given"), [((), ()), ((0, 0), (0, 0))])
def test_without_weights_nothing_is_shared(
    weights: tuple[int, ...], given: tuple[int, ...]
) -> None:
    assert shares(5, weights) == given


def test_numbers_too_large_for_a_float_stay_exact() -> None:
    large = 10**18
    assert shares(large - 1, (large - 1, 1)) == (large - 2, 1)
