"""Two things measured in turn, so that whatever slows the machine slows both."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bench.ptybench import number

Ours = TypeVar("Ours")
Base = TypeVar("Base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured; every count is of pairs."""

    spawns: int
    """Starts of a command."""
    starts: int
    """Starts of the screen."""
    visits: int
    """Stays on the run screen."""
    idle: float
    """Seconds left alone, in each stay."""
    presses: int
    """Keys of each kind, in each stay."""
    gap: float
    """Seconds between two keys."""
    appends: int
    replays: int
    focus_changes: int = 300
    records: int = 1_000
    """Records that are searched, of 100 lines each."""
    small_records: int = 10_000
    """Records that are looked at again."""

    def more(self) -> Effort:
        """Twice as much, for a figure that has to be looked at again."""
        return replace(
            self,
            spawns=self.spawns * 2,
            starts=self.starts * 2,
            visits=self.visits * 2,
            appends=self.appends * 2,
            replays=self.replays * 2,
        )


def in_turn(
    runs: int, ours: Callable[[], Ours], base: Callable[[], Base]
) -> list[tuple[Ours, Base]]:
    """So many pairs, the order turned round each time, after one pair that does not count."""
    ours(), base()
    pairs = []
    for run in range(runs):
        if run % 2:
            other = base()
            pairs.append((ours(), other))
        else:
            pairs.append((ours(), base()))
    return pairs


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios within the pairs."""
    return statistics.median(one / other for one, other in pairs)


def beside(pairs: Sequence[tuple[float, float]], unit: str) -> str:
    """The medians that a ratio is of, as in "412 to 305 ms"."""
    ours, base = (statistics.median(side) for side in zip(*pairs, strict=True))
    return f"{number(ours)} to {number(base)} {unit}"
