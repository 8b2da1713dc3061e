"""A sitting for a calendar: when and where it is, and what it is called.

Nothing of the team is in it: a calendar travels, and is shown on screens nobody thinks of.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean
from facilitate.core.clock_time import local, minutes
from facilitate.core.plan import laid_out
from facilitate.core.programme_view import PLACES
from facilitate.core.refusal import Refused
from facilitate.formats.export.agenda_fields import Audience, left_out
from facilitate.formats.export.calendar_zone import vtimezone

PRODUCT = "-//facilitate//agenda//EN"
"""Which program wrote it, as calendars want to know it."""

_SITTING = frozenset(
    {"title", "subtitle", "date", "start", "ends_by", "timezone", "minutes", "place"}
)


def write(agenda: Agenda, _audience: Audience = "participants") -> bytes:
    """One date in iCalendar (RFC 5545); the same for everyone.

    Writing it again gives the same bytes, and a calendar that has it already takes what
    changed and gets no second one.

    Raises:
        ImportError: when icalendar, of the extra `export`, is not installed.
        Refused: when the agenda has no date.
    """
    if agenda.date is None:
        raise Refused("This agenda has no date. Say one: --date 2027-04-13")
    from icalendar import Calendar, Event  # an extra, and slow to load

    plan = laid_out(agenda, agenda.date, agenda.segments)
    whole = plan.start + minutes(agenda.minutes)
    end = plan.promised_end if plan.promised_end > plan.start else whole
    begins, ends = local(agenda, plan.start), local(agenda, end)
    zone = {"TZID": agenda.timezone}
    event = Event()
    event.add("uid", uid(agenda, agenda.date))
    event.add("dtstamp", dt.datetime.combine(agenda.date, dt.time(), dt.UTC))
    event.add("dtstart", begins.replace(tzinfo=None), parameters=zone)
    event.add("dtend", ends.replace(tzinfo=None), parameters=zone)
    event.add("summary", ": ".join(filter(None, map(clean, (agenda.title, agenda.subtitle)))))
    event.add("location", PLACES[agenda.place])
    event.add("sequence", 0)
    event.add("transp", "OPAQUE")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(vtimezone(agenda.timezone, begins.date(), ends.date()))
    calendar.add_component(event)
    raw: bytes = calendar.to_ical(sorted=False)
    return raw


def uid(agenda: Agenda, date: dt.date) -> str:
    """What a calendar knows the sitting by: its number in a programme, or its id and date.

    The calendar of the programme has the same, so that nobody gets it twice.
    """
    if agenda.programme and agenda.number is not None:
        return f"{agenda.programme}-session-{agenda.number}@facilitate"
    return f"{agenda.id}-{date.isoformat()}@facilitate"


def untold(agenda: Agenda, _audience: Audience = "participants") -> tuple[str, ...]:
    """What of the agenda is not in the calendar, in words."""
    return left_out(agenda, _SITTING, ())
