"""The only place that reads the time."""

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
        now = dt.datetime.now(dt.UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """Seconds since this machine started."""
        return time.monotonic()
