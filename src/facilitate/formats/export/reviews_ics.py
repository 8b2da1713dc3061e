"""Days for another look, for a calendar: ids and nothing that anyone said.

A calendar travels: it is synchronised, shared, and shown on screens that nobody thinks of.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from facilitate.core.capture_line import clean
from facilitate.core.record import SittingRecord
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import look_day

PRODUCT = "-//facilitate//reviews//EN"
"""Which program wrote it, as calendars want to know it."""


def write(shared: Shared) -> bytes:
    """A whole day for each line that has one, in iCalendar (RFC 5545).

    Exporting again gives every line the name that it had before, so that a calendar moves its
    day and does not get a second one. Lines without a day are left out.

    Raises:
        ImportError: when icalendar, of the extra `export`, is not installed.
    """
    from icalendar import Calendar, Event  # an extra, and slow to load

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for line in shared.lines:
        day = look_day(line)
        if day is None:
            continue
        event = Event()
        event.add("uid", _uid(line))
        event.add("dtstamp", _as_of(shared.record))
        event.add("dtstart", day)
        event.add("summary", f"Another look at {clean(line.entry.id)}")
        event.add("sequence", 0)
        event.add("transp", "TRANSPARENT")  # whoever has it in a calendar is not busy then
        calendar.add_component(event)
    raw: bytes = calendar.to_ical(sorted=False)
    return raw


def _uid(line: SharedLine) -> str:
    """The same for a line at all times, and nobody reads out of it what its sitting was."""
    key = f"{line.made}\n{line.entry.id}\n{line.twin}"
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@facilitate"


def _as_of(record: SittingRecord) -> dt.datetime:
    """When the sitting was closed, or the beginning of its day, in UTC; no clock is read."""
    if record.ended is not None:
        return record.ended.astimezone(dt.UTC)
    return dt.datetime.combine(record.date, dt.time(), dt.UTC)


def without_a_day(shared: Shared) -> tuple[str, ...]:
    """What no calendar can have, each one as a sentence; empty when there is nothing."""
    waiting = [line for line in shared.lines if line.entry.when and look_day(line) is None]
    if not waiting:
        return ()
    names = ", ".join(clean(line.entry.id) for line in waiting)
    if len(waiting) == 1:
        return (f"1 line comes up at another sitting and has no day here: {names}.",)
    return (f"{len(waiting)} lines come up at other sittings and have no day here: {names}.",)
