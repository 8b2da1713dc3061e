"""Days that are to be kept free: a plain list of dates, or a calendar of holidays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from facilitate.core.refusal import Refused
from facilitate.formats.characters import printable

if TYPE_CHECKING:
    from icalendar import Component

LONGEST = 2_000_000
"""Bytes; a calendar of holidays has some ten thousand."""

_SPAN = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:\s*(?:\.\.|to|-|\u2013)\s*(\d{4}-\d\d-\d\d))?(?!\d)(.*)"
)
_OFTEN = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})
_DAY = dt.timedelta(days=1)
_LONGEST_SPAN = dt.timedelta(days=400)
_YEARS = range(1900, 2200)


class FreeDays(NamedTuple):
    """What a file says."""

    days: frozenset[dt.date]
    passed_over: int = 0
    """How many entries of a calendar have a clock time, and so are no free days."""


def read_free_days(raw: bytes, file: str, first: dt.date, last: dt.date) -> FreeDays:
    """The free days in a file; of those that come again, the ones between two days.

    A list has a date on each line, or two with `to` between them; what stands behind a date or
    a `#` is a note. In a calendar (iCalendar) whole days count.

    Args:
        raw: the whole file.
        file: its name as the user gave it.
        first: no day before it is asked for.
        last: nor after this one.

    Raises:
        Refused: when it cannot be read; the sentence says where and what to write instead.
        ImportError: for a calendar, when icalendar, of the extra `export`, is not installed.
    """
    name = printable(file)
    if len(raw) > LONGEST:
        raise Refused(f"{name} is too long to be a list of free days.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} is no text in UTF-8. Save it as UTF-8 first.") from None
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return _in_calendar(text, name, first, last)
    found = [day for days in _listed(text, name) for day in days]
    return FreeDays(frozenset(day for day in found if first <= day <= last))


def _listed(text: str, name: str) -> Iterator[list[dt.date]]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        found = _SPAN.match(said)
        try:
            begins = dt.date.fromisoformat(found[1]) if found else None
            ends = dt.date.fromisoformat(found[2] or found[1]) if found else None
        except ValueError:
            begins = ends = None
        if (
            begins is None
            or ends is None
            or not dt.timedelta() <= ends - begins < _LONGEST_SPAN
        ):
            raise Refused(
                f"{name}, line {number}: that is no day. Write it like 2027-12-24, or two of"
                " them like 2027-12-24 to 2028-01-02."
            )
        yield list(_from_to(begins, ends))


def _from_to(begins: dt.date, ends: dt.date) -> Iterator[dt.date]:
    for count in range((ends - begins).days + 1):
        yield begins + dt.timedelta(days=count)


# Calendars


def _in_calendar(text: str, name: str, first: dt.date, last: dt.date) -> FreeDays:
    from icalendar import Calendar  # an extra, and slow to load

    try:
        whole_file = Calendar.from_ical(text, multiple=True)
        if not whole_file:
            raise ValueError("it has no end")
        events = [event for one in whole_file for event in one.walk("VEVENT")]
        found = [_days(event, first, last) for event in events]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise Refused(
            f"{name} cannot be read as a calendar. Give its days with --free."
        ) from None
    whole = [days for days in found if days is not None]
    days = frozenset(day for days in whole for day in days if first <= day <= last)
    return FreeDays(days, len(found) - len(whole))


def _days(event: Component, first: dt.date, last: dt.date) -> list[dt.date] | None:
    """The days of an entry of a calendar; None for one with a clock time."""
    begins = event.decoded("DTSTART")
    if isinstance(begins, dt.datetime):
        return None
    length = _length(event, begins)
    return [
        day
        for start in _again(event, begins, first - length, last)
        for day in _from_to(start, start + length - _DAY)
    ]


def _length(event: Component, begins: dt.date) -> dt.timedelta:
    """How long a whole-day entry takes: one day, where it does not say."""
    if "DTEND" in event:
        length: dt.timedelta = event.decoded("DTEND") - begins
    else:
        length = event.decoded("DURATION") if "DURATION" in event else _DAY
    return min(max(length, _DAY), _LONGEST_SPAN)


def _again(event: Component, begins: dt.date, first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day between two on which an entry begins."""
    rule = event.get("RRULE")
    if rule is None:
        return [begins]
    often = {str(one).upper() for one in rule.get("FREQ", [])}
    if not often <= _OFTEN or begins.year not in _YEARS:
        raise ValueError("it comes too often to be a free day")
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped] # comes with icalendar

    start = dt.datetime.combine(begins, dt.time())
    said = re.sub(r"(UNTIL=\d{8})T\d{6}Z?", r"\1", rule.to_ical().decode())
    found = rrulestr(said, dtstart=start).between(
        dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time()), inc=True
    )
    return [one.date() for one in found]
