"""Lengths and instants: minutes, and the wall clocks of an agenda's own zone.

Wall times are turned into UTC before anything is added: two times of one zone would be
subtracted as the clocks show them, and an hour too long or too short when clocks change.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from facilitate.core.agenda import Agenda

ZERO = dt.timedelta(0)


def minutes(count: float) -> dt.timedelta:
    """So many minutes as a duration."""
    return dt.timedelta(minutes=count)


def whole_up(length: dt.timedelta) -> int:
    """A length in minutes, every begun minute counted; negative lengths are cut."""
    return -(-length // minutes(1))


def minute_after(instant: dt.datetime) -> dt.datetime:
    """The first whole minute that is not before an instant."""
    rest = dt.timedelta(seconds=instant.second, microseconds=instant.microsecond)
    return instant + minutes(1) - rest if rest else instant


def local(agenda: Agenda, instant: dt.datetime) -> dt.datetime:
    """An instant on the clocks of the agenda's zone."""
    return instant.astimezone(ZoneInfo(agenda.timezone))


def instant(agenda: Agenda, date: dt.date, wall: dt.time) -> dt.datetime:
    """The UTC instant of a wall time of the agenda; an ambiguous one is the first."""
    return dt.datetime.combine(date, wall, ZoneInfo(agenda.timezone)).astimezone(dt.UTC)
