"""The only place that reads the time, and the clocks that stand in for it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time to a session."""

    def now(self) -> dt.datetime:
        """The wall time, UTC, whole milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever rise, from an arbitrary beginning."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> dt.datetime:
        """The wall time, UTC, whole milliseconds."""
        return _whole_milliseconds(dt.datetime.now(dt.UTC))

    def monotonic(self) -> float:
        """Seconds since about the start of this machine, those it slept through included.

        Without them every sleep would look like a wall clock that was set ahead. Python's
        `time.monotonic` leaves them out on Linux and macOS. On Linux CLOCK_BOOTTIME "includes
        any time that the system is suspended" (clock_gettime(2)); on macOS CLOCK_MONOTONIC
        goes on "while the system is asleep" (clock_gettime(3)). On a system with neither,
        CLOCK_MONOTONIC is what Python's own would read.
        """
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class RehearsalClock:
    """A clock that begins when it is told to, and runs as fast as it is told to."""

    def __init__(self, start: dt.datetime, speed: float, steady: Clock) -> None:
        """Begin to run now.

        Args:
            start: the instant at which it begins.
            speed: its seconds in one of `steady`; 0 stands still.
            steady: whose monotonic seconds move it; its wall time plays no part.

        Raises:
            ValueError: when `speed` is negative.
        """
        if speed < 0:
            raise ValueError("a clock does not run backwards")
        self._start = _whole_milliseconds(start.astimezone(dt.UTC))
        self._speed = speed
        self._steady = steady
        self._began = steady.monotonic()
        self._skipped = 0.0

    def now(self) -> dt.datetime:
        """The wall time of the rehearsal, UTC, whole milliseconds; never goes back."""
        return self._start + dt.timedelta(milliseconds=int(self.monotonic() * 1000))

    def monotonic(self) -> float:
        """Seconds of the rehearsal since its start, those that were jumped over included."""
        return (self._steady.monotonic() - self._began) * self._speed + self._skipped

    def forward(self, minutes: float) -> None:
        """Jump ahead.

        Raises:
            ValueError: when `minutes` is negative.
        """
        if minutes < 0:
            raise ValueError("a rehearsal does not go back")
        self._skipped += minutes * 60


class ScriptedClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: dt.datetime) -> None:
        self._first = self._now = _whole_milliseconds(at.astimezone(dt.UTC))

    def now(self) -> dt.datetime:
        """The instant to which it was set last, UTC, whole milliseconds."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the instant at which it stood first."""
        return (self._now - self._first).total_seconds()

    def set(self, at: dt.datetime) -> None:
        """Set it to the same instant or a later one.

        Raises:
            ValueError: when `at` lies before the instant at which it stands.
        """
        at = _whole_milliseconds(at.astimezone(dt.UTC))
        if at < self._now:
            raise ValueError(f"{at:%H:%M:%S} UTC comes before {self._now:%H:%M:%S} UTC")
        self._now = at


def _whole_milliseconds(at: dt.datetime) -> dt.datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
