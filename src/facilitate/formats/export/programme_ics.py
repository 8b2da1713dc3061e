"""The dates of a programme for a calendar: its sittings, and what else it names a day for.

Nothing in it was said by anyone, and nobody is named: it goes to everyone who takes part.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean
from facilitate.core.programme import Milestone, PlannedSitting, Programme
from facilitate.core.programme_view import PLACES, title_words
from facilitate.formats.export.calendar_zone import vtimezone
from facilitate.formats.slugs import slug

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//facilitate//programme//EN"
"""Which program wrote it, as calendars want to know it."""

_UNTOLD = ("SEQUENCE:", "DTSTAMP:")
"""Lines that say nothing of what a date is."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_EVENT = re.compile(r"^BEGIN:VEVENT\n(.*?)^END:VEVENT", re.MULTILINE | re.DOTALL)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class _Span(NamedTuple):
    """From when to when something is."""

    begins: dt.datetime | dt.date
    """Wall time without a zone of its own, or a whole day."""
    ends: dt.datetime | None = None
    """None for a whole day, and where nobody said how long it takes."""
    zone: str = ""
    """An IANA name; empty for a whole day."""

    @property
    def date(self) -> dt.date:
        """The day on which it begins."""
        return self.begins.date() if isinstance(self.begins, dt.datetime) else self.begins


class Dated(NamedTuple):
    """One date of a programme as a calendar has it."""

    uid: str
    summary: str
    span: _Span
    is_busy: bool
    """Whether who has it in a calendar has no time then."""
    place: str = ""
    agenda: str = ""


class Earlier(NamedTuple):
    """One date as an earlier calendar had it."""

    sequence: int
    lines: tuple[str, ...]
    """All it said, without what changes by itself."""


def write(
    programme: Programme,
    agendas: Mapping[str, Agenda],
    earlier: Mapping[str, Earlier] | None = None,
) -> bytes:
    """A programme in iCalendar (RFC 5545).

    Each date keeps its UID whatever becomes of its day and its title, so that a calendar moves
    it and gets no second one: a sitting has that of its number, another date that of its kind
    and its place among those of that kind.

    Args:
        programme: what is planned.
        agendas: by file name, as far as they can be read; they have the clock times.
        earlier: what the calendar that this one replaces said of each UID. A date that is not
            as it was gets the SEQUENCE behind it; without one they all have 0.

    Raises:
        ImportError: when icalendar, of the extra `export`, is not installed.
    """
    from icalendar import Calendar  # an extra, and slow to load

    calendar, found = Calendar(), tuple(dates(programme, agendas))
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("uid", calendar_uid(programme))
    name = clean(programme.short_title or programme.title)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    _add_zones(calendar, found)
    stamp = dt.datetime.combine(programme.starts, dt.time(), dt.UTC)
    for one in found:
        calendar.add_component(_event(one, stamp, (earlier or {}).get(one.uid)))
    raw: bytes = calendar.to_ical(sorted=False)
    return raw


def calendar_uid(programme: Programme) -> str:
    """What tells the calendar of a programme from all others."""
    return f"{programme.id}@facilitate"


# Which dates


def dates(programme: Programme, agendas: Mapping[str, Agenda]) -> Iterator[Dated]:
    """The dates of a programme: its sittings, then the others; each as in the file."""
    for sitting in programme.sessions:
        yield _sitting(programme, sitting, agendas.get(sitting.agenda or ""))
    kinds: Counter[str] = Counter()
    for milestone in programme.milestones:
        kind = slug(milestone.kind) or "date"
        kinds[kind] += 1
        uid = f"{programme.id}-milestone-{kind}-{kinds[kind]}@facilitate"
        yield _milestone(programme, milestone, agendas.get(milestone.agenda or ""), uid)


def _sitting(programme: Programme, sitting: PlannedSitting, agenda: Agenda | None) -> Dated:
    span = _Span(sitting.date)
    if agenda is not None:
        span = _span(sitting.date, agenda.start, agenda.timezone, agenda)
    return Dated(
        uid=f"{programme.id}-session-{sitting.number}@facilitate",
        summary=f"Session {sitting.number}: {title_words(sitting, programme)}",
        span=span,
        is_busy=True,
        place=PLACES[sitting.place],
        agenda=clean(sitting.agenda or ""),
    )


def _milestone(
    programme: Programme, milestone: Milestone, agenda: Agenda | None, uid: str
) -> Dated:
    """A date that is no sitting; its own start counts before that of its agenda."""
    span = _Span(milestone.date)
    if milestone.start is not None:
        span = _span(milestone.date, milestone.start, programme.timezone, agenda)
    elif agenda is not None:
        span = _span(milestone.date, agenda.start, agenda.timezone, agenda)
    return Dated(
        uid=uid,
        summary=clean(milestone.title),
        span=span,
        is_busy=bool(span.zone),
        place=PLACES[agenda.place] if agenda else "",
        agenda=clean(milestone.agenda or ""),
    )


def _span(date: dt.date, start: dt.time, zone: str, agenda: Agenda | None) -> _Span:
    """From a clock time on, as an agenda has it: to its promised end, if it begins then."""
    begins = dt.datetime.combine(date, start)
    if agenda is None:
        return _Span(begins, None, zone)
    promised = agenda.ends_by if start == agenda.start else None
    if promised is not None and promised > start:
        return _Span(begins, dt.datetime.combine(date, promised), zone)
    # Through UTC: a day on which the clocks are set is an hour longer or shorter.
    instant = begins.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    ends = instant + dt.timedelta(minutes=agenda.minutes)
    return _Span(begins, ends.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone)


# Into the calendar


def _add_zones(calendar: Calendar, found: Iterable[Dated]) -> None:
    """Every zone that a date is in, as far as its dates need it."""
    days: dict[str, list[dt.date]] = {}
    for span in (one.span for one in found if one.span.zone):
        days.setdefault(span.zone, []).append(span.date)
    for zone in sorted(days):
        calendar.add_component(vtimezone(zone, min(days[zone]), max(days[zone])))


def _event(one: Dated, stamp: dt.datetime, before: Earlier | None) -> Event:
    from icalendar import Event

    event, span = Event(), one.span
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    within = {"TZID": span.zone} if span.zone else {}
    event.add("dtstart", span.begins, parameters=within)
    if span.ends is not None:
        event.add("dtend", span.ends, parameters=within)
    event.add("summary", one.summary)
    if one.place:
        event.add("location", one.place)
    if one.agenda:
        event.add("description", f"Agenda file: {one.agenda}")
    event.add("transp", "OPAQUE" if one.is_busy else "TRANSPARENT")
    event.add("sequence", _sequence(event, before))
    return event


# What an earlier calendar had


def earlier(raw: bytes, programme: Programme) -> Mapping[str, Earlier] | None:
    """What a file says of each UID; None when it is no calendar that `write` made of it."""
    text = _unfolded(raw)
    head = text.partition("BEGIN:VEVENT")[0].splitlines()
    if not {f"PRODID:{PRODUCT}", f"UID:{calendar_uid(programme)}"} <= set(head):
        return None
    return dict(_events(text))


def _unfolded(raw: bytes) -> str:
    return _FOLD.sub(b"", raw).decode("utf-8", "replace").replace("\r\n", "\n")


def _events(text: str) -> Iterator[tuple[str, Earlier]]:
    """The UID of each date in an unfolded calendar, and what it says beside it."""
    for block in _EVENT.findall(text):
        lines = block.splitlines()
        said = {line.partition(":")[0]: line.partition(":")[2] for line in lines}
        number = said.get("SEQUENCE", "")
        sequence = int(number) if _NUMBER.fullmatch(number) else 0
        told = tuple(line for line in lines if not line.startswith(_UNTOLD))
        yield said.get("UID", ""), Earlier(sequence, told)


def _sequence(event: Event, before: Earlier | None) -> int:
    """How many times a date was changed, as far as calendars were told."""
    if before is None:
        return 0
    ((_, now),) = _events(_unfolded(event.to_ical(sorted=False)))
    return before.sequence + (now.lines != before.lines)
