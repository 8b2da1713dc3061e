"""What really happened in time: stretches in which segments ran, stood still, had rooms open.

Times are UTC.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.events import PauseKind
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One stretch of time that a segment had: [start, end)."""

    segment: str
    start: dt.datetime
    end: dt.datetime | None = None
    """None while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the time of the running segment stood still."""

    kind: PauseKind
    start: dt.datetime
    end: dt.datetime | None = None
    """None while it lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTime:
    """A stretch in which the small rooms of a segment were open."""

    segment: str
    opened: dt.datetime
    closed: dt.datetime | None = None
    """None while they are open."""
