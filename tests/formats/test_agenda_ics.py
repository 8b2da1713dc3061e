"""A sitting for a calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from tests.formats.whole_agenda import GOLDEN, OF_TEAM, SHIPPED, read, whole

from facilitate.core.refusal import Refused
from facilitate.formats.export.agenda_ics import untold, write


def event(raw: bytes) -> Event:
    """The one date in a calendar."""
    (found,) = Calendar.from_ical(raw).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def test_the_calendar_is_the_same_for_ever() -> None:
    assert write(whole()) == (GOLDEN / "sitting.ics").read_bytes()
    assert write(whole()) == write(whole())


def test_a_calendar_reads_when_where_and_what_it_is() -> None:
    found = event(write(whole()))
    zone = ZoneInfo("America/Los_Angeles")
    assert found.decoded("DTSTART") == dt.datetime(2027, 3, 14, 9, tzinfo=zone)
    assert found.decoded("DTEND") == dt.datetime(2027, 3, 14, 10, 45, tzinfo=zone)
    assert str(found["SUMMARY"]) == (
        "A day in <spring> & [b]more[/b]: Part one: \u05de\u05d9\u05dd | words"
    )
    assert str(found["LOCATION"]) == "online and in person"
    assert (found["SEQUENCE"], str(found["TRANSP"])) == (0, "OPAQUE")
    assert not found.errors


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        (dt.date(2027, 3, 13), 17), (dt.date(2027, 3, 14), 16),
        (dt.date(2027, 11, 6), 16), (dt.date(2027, 11, 7), 17),
    ],
)  # fmt: skip
def test_nine_stays_nine_on_both_sides_of_a_clock_change(date: dt.date, utc: int) -> None:
    raw = write(replace(whole(), date=date))
    begins = event(raw).decoded("DTSTART")
    assert (begins.hour, begins.minute) == (9, 0)
    assert begins.astimezone(dt.UTC).hour == utc
    assert f"DTSTART;TZID=America/Los_Angeles:{date:%Y%m%d}T090000\r\n".encode() in raw


def test_the_zone_that_it_brings_says_the_same_as_the_one_of_this_machine() -> None:
    for date in (dt.date(2027, 3, 13), dt.date(2027, 3, 14)):
        calendar = Calendar.from_ical(write(replace(whole(), date=date)))
        (zone,) = calendar.walk("VTIMEZONE")
        nine = dt.datetime.combine(date, dt.time(9))
        own = nine.replace(tzinfo=ZoneInfo("America/Los_Angeles"))
        assert nine.replace(tzinfo=zone.to_tz()).utcoffset() == own.utcoffset()


def test_its_name_in_a_calendar_is_its_id_and_its_date() -> None:
    assert str(event(write(whole()))["UID"]) == "spring-1-2027-03-14@facilitate"
    other = replace(whole(), title="Other", start=dt.time(10), ends_by=None)
    assert str(event(write(other))["UID"]) == "spring-1-2027-03-14@facilitate"
    later = replace(whole(), date=dt.date(2027, 3, 21))
    assert str(event(write(later))["UID"]) == "spring-1-2027-03-21@facilitate"


def test_a_numbered_sitting_has_the_name_that_the_calendar_of_its_programme_gives_it() -> None:
    numbered = replace(whole(), number=3)
    assert str(event(write(numbered))["UID"]) == "our-programme-session-3@facilitate"


def test_nothing_of_the_team_is_in_it() -> None:
    text = write(whole()).decode().replace("\r\n ", "")
    assert not [word for word in OF_TEAM if word in text]
    assert {"the 4 parts", "the team", "the objectives"} <= set(untold(whole()))
    assert "the title" not in untold(whole())


def test_lines_are_of_the_length_and_the_ends_that_calendars_need() -> None:
    raw = write(replace(whole(), title="\u05de" * 200))
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_an_end_before_the_start_is_none() -> None:
    raw = write(replace(whole(), ends_by=dt.time(8)))
    begins, ends = (event(raw).decoded(name) for name in ("DTSTART", "DTEND"))
    assert ends - begins == dt.timedelta(minutes=90)


def test_a_template_has_no_date_and_says_what_to_do() -> None:
    with pytest.raises(Refused, match="--date"):
        write(replace(whole(), date=None))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_agenda_makes_one_date(path: Path) -> None:
    agenda = read(path)
    found = event(write(agenda))
    assert found.decoded("DTSTART").time() == agenda.start
