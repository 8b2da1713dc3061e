"""The one total order of events from any number of machines.

A stamp is a hybrid logical clock (Kulkarni and others, 2014): wall milliseconds as 12 hex
digits, a hyphen, a counter as 4. Stamps of one writer rise even when its clock steps back,
and a writer that has seen another's events stamps later than them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter

from facilitate.core.events import Recorded

AHEAD_MS = 10 * 60 * 1000
"""A stamp further ahead than this is read and shown, and never adopted."""

_COUNTER_END = 0xFFFF
_STAMP = re.compile("([0-9a-f]{12})-([0-9a-f]{4})")  # capitals would sort elsewhere


class Stamper:
    """Makes the rising stamps of one run. Wall time is always passed in."""

    def __init__(self) -> None:
        self._ms = 0
        self._counter = 0

    def tick(self, wall_ms: int) -> str:
        """The next stamp at that wall time (milliseconds since 1970, UTC)."""
        if wall_ms > self._ms:
            self._ms, self._counter = wall_ms, 0
        elif self._counter < _COUNTER_END:
            self._counter += 1
        else:
            self._ms, self._counter = self._ms + 1, 0
        return f"{self._ms:012x}-{self._counter:04x}"

    def follow(self, stamp: str) -> None:
        """Go on after a stamp of this machine's own, whatever its clock says now."""
        self._ms, self._counter = max((self._ms, self._counter), parts(stamp))

    def observe(self, stamp: str, wall_ms: int) -> bool:
        """Take note of someone's stamp; False when it is too far ahead to be adopted."""
        if parts(stamp)[0] - wall_ms > AHEAD_MS:
            return False
        self.follow(stamp)
        return True


def parts(stamp: str) -> tuple[int, int]:
    """Milliseconds since 1970 and the counter of a stamp.

    Raises:
        ValueError: when it is no stamp.
    """
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise ValueError("a stamp is 12 hex digits, a hyphen and 4 hex digits")
    return int(found[1], 16), int(found[2], 16)


def in_order(history: Iterable[Recorded]) -> list[Recorded]:
    """The events in the one total order, each once."""
    events = sorted(history, key=_PLACE)
    return [
        later
        for sooner, later in zip([None, *events], events, strict=False)
        if sooner is None or sooner.stamp != later.stamp or sooner.order != later.order
    ]


_PLACE = attrgetter("stamp", "writer", "n")
