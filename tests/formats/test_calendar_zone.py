"""The zones that calendars bring along say what the clocks of the world say."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Timezone

from facilitate.formats.export.calendar_zone import changes, vtimezone

ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Auckland",
    "UTC",
)


def instant(zone: Timezone, wall: dt.datetime) -> dt.datetime:
    """When a wall time is, for a program that knows of the zone what its calendar says."""
    return wall.replace(tzinfo=zone.to_tz(lookup_tzid=False)).astimezone(dt.UTC)


@given(
    st.sampled_from(ZONES),
    st.dates(dt.date(2021, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 500),
    st.times(),
)
def test_at_every_hour_of_its_days_it_is_as_late_as_on_the_clocks(
    name: str, first: dt.date, length: int, time: dt.time
) -> None:
    zone, known = vtimezone(name, first, first + dt.timedelta(days=length)), ZoneInfo(name)
    for day in {0, length // 2, length}:
        wall = dt.datetime.combine(first + dt.timedelta(days=day), time).replace(microsecond=0)
        as_known = wall.replace(tzinfo=known)
        if (
            as_known.utcoffset() == as_known.replace(fold=1).utcoffset()
        ):  # neither twice nor never
            assert instant(zone, wall) == as_known.astimezone(dt.UTC)


def test_a_change_is_told_by_the_clocks_as_they_were_before_it() -> None:
    winter, summer = changes(
        ZoneInfo("Europe/Berlin"), dt.date(2027, 3, 1), dt.date(2027, 4, 1)
    )
    hour = dt.timedelta(hours=1)
    assert (summer.wall.isoformat(), summer.before, summer.after) == (
        "2027-03-28T02:00:00", hour, 2 * hour,
    )  # fmt: skip
    assert (summer.name, summer.is_summer, winter.name, winter.is_summer) == (
        "CEST", True, "CET", False,
    )  # fmt: skip
    assert winter.wall.isoformat() == "2026-10-25T03:00:00"


def test_only_the_changes_that_its_days_need_are_in_it() -> None:
    zone = vtimezone("America/Los_Angeles", dt.date(2027, 1, 4), dt.date(2027, 2, 1))
    assert zone.to_ical(sorted=False).decode().splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:America/Los_Angeles",
        "BEGIN:STANDARD",
        "DTSTART:20261101T020000",
        "TZNAME:PST",
        "TZOFFSETFROM:-0700",
        "TZOFFSETTO:-0800",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize("name", ["UTC", "America/Phoenix", "Asia/Kathmandu"])
def test_a_zone_without_changes_has_one_time_since_long_ago(name: str) -> None:
    zone = vtimezone(name, dt.date(2027, 1, 4), dt.date(2027, 12, 1))
    (one,) = zone.subcomponents
    assert one.name == "STANDARD"
    assert one["DTSTART"].to_ical() == b"19700101T000000"
    assert one["TZOFFSETFROM"].td == one["TZOFFSETTO"].td


def test_a_year_of_the_same_changes_is_told_once_with_its_days() -> None:
    zone = vtimezone("Europe/Berlin", dt.date(2026, 1, 1), dt.date(2029, 1, 1))
    assert sorted(part.name for part in zone.subcomponents) == ["DAYLIGHT", "STANDARD"]
