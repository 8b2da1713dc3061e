import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.formats.shared_lines import ONE, TWO, everything, line, nothing, sitting

from facilitate.core.carrying import look_on
from facilitate.core.record import RecordedEntry, Wording
from facilitate.core.sharing import shared
from facilitate.formats.export.reviews_ics import without_a_day, write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
THREE = "2027-02-13-harbour-3-p0zz"


def days(raw: bytes) -> dict[str, dt.date]:
    """The days of a calendar, by what they are called."""
    events = Calendar.from_ical(raw).walk("VEVENT")
    return {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}


def uids(*entries: RecordedEntry, on: str = TWO, ended: dt.datetime | None = None) -> list[str]:
    raw = write(shared(sitting(on, *entries, ended=ended), [], "ics"))
    return [str(event["UID"]) for event in Calendar.from_ical(raw).walk("VEVENT")]


def test_the_days_are_the_same_for_ever() -> None:
    assert write(everything("ics")) == (GOLDEN / "looks.ics").read_bytes()


def test_a_calendar_reads_the_days_back() -> None:
    raw = write(everything("ics"))
    assert days(raw) == {
        "Another look at A2": dt.date(2027, 1, 3),
        "Another look at A31": dt.date(2027, 1, 31),
    }
    calendar = Calendar.from_ical(raw)
    assert (str(calendar["PRODID"]), str(calendar["VERSION"])) == (
        "-//facilitate//reviews//EN", "2.0",
    )  # fmt: skip
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        assert event.decoded("DTSTAMP") == dt.datetime(2026, 11, 22, 21, 28, tzinfo=dt.UTC)
        assert event["SEQUENCE"] == 0


def test_it_has_the_line_ends_that_calendars_need() -> None:
    raw = write(everything("ics"))
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10


def test_no_words_of_anybody_are_in_it() -> None:
    wild = {"lineage": "WORDS", "owner": "WORDS", "also": (Wording(text="WORDS"),)}
    entry = line("A1", "WORDS", "open", when="+1d", **wild)
    record = sitting("2026-11-22-words-ab3d", entry, title="WORDS", cohort="WORDS")
    raw = write(shared(record, [], "ics"))
    assert days(raw) == {"Another look at A1": dt.date(2026, 11, 23)}
    assert b"words" not in raw.lower()
    names = {row.split(b":")[0].split(b";")[0] for row in raw.splitlines()}
    assert not names & {b"DESCRIPTION", b"ATTENDEE", b"ORGANIZER", b"LOCATION", b"COMMENT"}


def test_a_line_keeps_its_name_in_a_calendar_when_it_is_exported_again() -> None:
    made = line("A1", "One", "open", when="+1d")
    later = line("A1", "Two", "in force", when="2027-09-01", carried_from=TWO, ring="team")
    assert uids(made) == uids(later, on=THREE)
    assert uids(made) == uids(made, ended=dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC))


def test_different_lines_have_different_names_in_a_calendar() -> None:
    one, two = line("A1", "One", "open", when="+1d"), line("A2", "Two", "open", when="+1d")
    other = line("A1", "One", "open", when="+1d", carried_from=ONE)
    twins = uids(one, line("A1", "Three", "open", when="+2d"))
    assert len({*uids(one, two), *uids(other), *twins}) == 4
    assert twins[0] == uids(one)[0]


def test_the_second_of_two_with_one_name_keeps_its_own_when_the_first_has_no_day() -> None:
    one, two = line("A1", "One", "open", when="+1d"), line("A1", "Two", "open", when="+2d")
    bare = line("A1", "One", "open")
    assert uids(bare, two) == uids(one, two)[1:]


def test_a_sitting_that_goes_on_is_as_old_as_its_day() -> None:
    raw = write(shared(sitting(TWO, line("A1", "One", "open", when="+1d")), [], "ics"))
    assert b"DTSTAMP:20261122T000000Z\r\n" in raw


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("+1d", dt.date(2026, 11, 23)),
        ("+6w", dt.date(2027, 1, 3)),
        ("+2m", dt.date(2027, 1, 21)),
        ("2027-02-28", dt.date(2027, 2, 28)),
        ("2027-02-29", None),
        ("", None),
        ("next", None),
        ("end", None),
        ("part2", None),
        ("+0d", None),
        ("soon", None),
    ],
)
def test_the_day_of_another_look(when: str, day: dt.date | None) -> None:
    assert look_on(when, dt.date(2026, 11, 22)) == day


def test_a_span_beyond_the_last_year_leads_to_no_day() -> None:
    assert look_on("+999m", dt.date.max) is None


def test_lines_without_a_day_are_told() -> None:
    wait = [line(f"A{n}", "One", "open", when=when) for n, when in enumerate(("next", "end"))]
    both = shared(sitting(TWO, *wait, line("A9", "Two", "open")), [], "ics")
    assert without_a_day(both) == (
        "2 lines come up at other sittings and have no day here: A0, A1.",
    )
    assert without_a_day(everything("ics")) == (
        "1 line comes up at another sitting and has no day here: Q34.",
    )
    assert without_a_day(nothing("ics")) == ()
    assert days(write(both)) == {}


def test_the_library_is_loaded_only_where_a_calendar_is_written() -> None:
    code = (
        "import sys, facilitate.formats.export.reviews_ics; print('icalendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
