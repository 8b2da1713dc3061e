"""A time zone for a calendar: only the clock changes that its dates need, each at its instant.

A calendar that brings its own zone says nine o'clock on both sides of a change, whatever the
program that reads it knows of that zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

FAR_BACK = dt.timedelta(days=800)
"""So long before the first date a change is looked for that its time begins with."""

LONG_AGO = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - wall time, as calendars write it
"""Where the time of a zone begins that has had no change for long."""

_DAY = dt.timedelta(days=1)
_EXACT = dt.timedelta(seconds=1)


class Change(NamedTuple):
    """An instant at which the clocks of a zone are set."""

    before: dt.timedelta
    """The offset from UTC until then."""
    after: dt.timedelta
    name: str
    """What the time is called from then on."""
    is_summer: bool
    wall: dt.datetime
    """When, on the clocks as they were until then; without a zone."""


def changes(zone: ZoneInfo, first: dt.date, last: dt.date) -> tuple[Change, ...]:
    """The changes between two days, and the one before, from which the first day has its time.

    Where there is none before, it begins with the time of the first day, long ago.
    """
    begin = dt.datetime.combine(first, dt.time(), dt.UTC) - _DAY
    end = dt.datetime.combine(last, dt.time(), dt.UTC) + 2 * _DAY
    found = [*_between(zone, begin - FAR_BACK, begin)][-1:]
    return (*(found or [_since_long_ago(zone, begin)]), *_between(zone, begin, end))


def _between(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[Change]:
    at = begin
    while at < end:
        if _time(zone, at) != _time(zone, at + _DAY):
            yield _change(zone, at)
        at += _DAY


def _time(zone: ZoneInfo, at: dt.datetime) -> tuple[object, ...]:
    local = at.astimezone(zone)
    return local.utcoffset(), local.tzname(), local.dst()


def _change(zone: ZoneInfo, after: dt.datetime) -> Change:
    """The change within a day from an instant on."""
    low, high = after, after + _DAY
    while high - low > _EXACT:
        middle = low + (high - low) // 2
        if _time(zone, middle) == _time(zone, low):
            low = middle
        else:
            high = middle
    return _at(zone, high.replace(microsecond=0), low.astimezone(zone).utcoffset())


def _since_long_ago(zone: ZoneInfo, at: dt.datetime) -> Change:
    return _at(zone, at, at.astimezone(zone).utcoffset())._replace(wall=LONG_AGO)


def _at(zone: ZoneInfo, instant: dt.datetime, before: dt.timedelta | None) -> Change:
    local = instant.astimezone(zone)
    after, summer = local.utcoffset(), local.dst()
    assert before is not None, "a zone has an offset"
    assert after is not None, "a zone has an offset"
    return Change(
        before=before,
        after=after,
        name=local.tzname() or "",
        is_summer=summer is not None and summer > dt.timedelta(),
        wall=instant.replace(tzinfo=None) + before,
    )


def vtimezone(name: str, first: dt.date, last: dt.date) -> Timezone:
    """The zone of an IANA name as calendars have it, right from one day to another.

    Raises:
        ImportError: when icalendar, of the extra `export`, is not installed.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # slow to load

    component = Timezone()
    component.add("tzid", name)
    alike: dict[tuple[object, ...], list[Change]] = {}
    for one in changes(ZoneInfo(name), first, last):
        alike.setdefault(one[:4], []).append(one)
    for found in alike.values():
        one, *more = found
        part = TimezoneDaylight() if one.is_summer else TimezoneStandard()
        part.add("dtstart", one.wall)
        if more:
            part.add("rdate", [other.wall for other in more])
        part.add("tzname", one.name)
        part.add("tzoffsetfrom", one.before)
        part.add("tzoffsetto", one.after)
        component.add_component(part)
    return component
