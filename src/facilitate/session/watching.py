"""Whether anybody watched the clock: sleep is told from a wall clock that was set anew.

While a laptop sleeps, wall time and steady time go on together and no tick comes. When its
wall clock is set, the ticks keep coming and the steady time knows nothing of it.
"""

from __future__ import annotations

import datetime as dt
import threading
from typing import NamedTuple

from facilitate.session.clock import Clock

MISSED = dt.timedelta(seconds=15)
"""With more than this between two looks, nobody was watching."""
DRIFT = dt.timedelta(seconds=2)
"""Up to this much wall and steady time differ from one reading to the next without a jump."""
SMALL = dt.timedelta(seconds=60)
"""Up to this much the wall clock may be wrong without a question."""

_MILLISECOND = dt.timedelta(milliseconds=1)


class Slept(NamedTuple):
    """No tick came for a while; UTC, in the time of the watch."""

    since: dt.datetime
    until: dt.datetime


class Jumped(NamedTuple):
    """The wall clock was set while somebody watched."""

    by: dt.timedelta
    """How far it now stands before the watch; negative when it stands behind."""


class Watch:
    """A clock that goes on evenly over the jumps of another, and tells when nobody watched.

    Jumps are kept out until `take_wall_time`. Any thread may read it; one looks.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin with the wall time of `clock`, whose steady seconds must count its sleep."""
        self._clock = clock
        self._lock = threading.Lock()
        self._jumped = self._asked = dt.timedelta(0)
        self._latest = clock.now()
        self._beginning = self._latest - dt.timedelta(seconds=clock.monotonic())
        self._looked = self._latest

    @property
    def jumped(self) -> dt.timedelta:
        """The sum of the jumps that are kept out; positive when the wall was set ahead."""
        return self._jumped

    def now(self) -> dt.datetime:
        """The wall time without the jumps, UTC, whole milliseconds.

        It never goes back but by `take_wall_time`.
        """
        with self._lock:
            return self._read()

    def monotonic(self) -> float:
        """Seconds that only ever rise, from an arbitrary beginning."""
        return self._clock.monotonic()

    def look(self) -> Slept | Jumped | None:
        """What happened since the last look, for every tick to ask; None for nothing.

        Jumps are told once, when together they are too large to be kept out unasked. After a
        sleep they are told at the next look.
        """
        with self._lock:
            since, self._looked = self._looked, self._read()
            if self._looked - since > MISSED:
                return Slept(since=since, until=self._looked)
            return self._question()

    def take_wall_time(self, not_before: dt.datetime | None = None) -> bool:
        """Go on with the wall time as it is, all jumps included; it may go back.

        False, and nothing changes, when that lies before `not_before`, the instant of the
        last thing that happened; None when nothing did.
        """
        with self._lock:
            wall = self._read() + self._jumped
            if not_before is not None and wall < not_before:
                return False
            self._latest = wall
            self._looked += self._jumped
            self._jumped = self._asked = dt.timedelta(0)
            return True

    def _read(self) -> dt.datetime:
        """The even time now; a difference that came at once is a jump, a slow one is not."""
        wall = self._clock.now()
        beginning = wall - dt.timedelta(seconds=self._clock.monotonic())
        step = beginning - self._beginning
        if abs(step) > DRIFT:
            self._jumped += _MILLISECOND * round(step / _MILLISECOND)
        self._beginning = beginning
        self._latest = max(self._latest, wall - self._jumped)
        return self._latest

    def _question(self) -> Jumped | None:
        if abs(self._jumped) <= SMALL:
            self._asked = dt.timedelta(0)
        elif abs(self._jumped - self._asked) > SMALL:
            self._asked = self._jumped
            return Jumped(by=self._jumped)
        return None
