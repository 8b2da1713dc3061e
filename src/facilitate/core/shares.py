"""Whole minutes shared out in proportion, by the largest remainder."""

from __future__ import annotations

from collections.abc import Sequence


def shares(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` in whole shares in proportion to `weights`, in their order.

    What whole shares leave over goes to the largest remainders, of equal ones to the later.
    None is above its weight: a total outside of 0 and the sum of the weights becomes the
    nearer of the two. No weight is negative.
    """
    whole = sum(weights)
    total = min(max(total, 0), whole)
    if whole == 0:
        return (0,) * len(weights)
    given = [total * weight // whole for weight in weights]
    remainders = [(total * weight % whole, place) for place, weight in enumerate(weights)]
    remainders.sort(reverse=True)
    for _, place in remainders[: total - sum(given)]:
        given[place] += 1
    return tuple(given)
