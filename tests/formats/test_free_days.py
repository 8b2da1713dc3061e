import datetime as dt
import textwrap

import pytest

from facilitate.core.refusal import Refused
from facilitate.formats.free_days import LONGEST, read_free_days

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2028, 12, 31)


def read(text: str) -> list[str]:
    """The free days of a file, in their order."""
    raw = textwrap.dedent(text).encode()
    return [str(day) for day in sorted(read_free_days(raw, "free.txt", FIRST, LAST).days)]


def calendar(*events: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\nUID:x\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{inside}END:VCALENDAR\n"


# A list


def test_a_list_has_a_day_on_each_line_and_notes_behind_it() -> None:
    assert read(
        """
        # school holidays

        2027-05-31 Memorial Day
        2026-11-11    # Veterans Day
        """
    ) == ["2026-11-11", "2027-05-31"]


@pytest.mark.parametrize("between", [" to ", "..", " - ", "\u2013", "to"])
def test_two_days_are_all_the_days_between_them(between: str) -> None:
    assert read(f"2026-12-30{between}2027-01-02 winter") == [
        "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02",
    ]  # fmt: skip


def test_line_ends_and_marks_of_any_system_are_read() -> None:
    raw = b"\xef\xbb\xbf2026-11-11\r\n2026-11-26\r\n"
    assert len(read_free_days(raw, "x", FIRST, LAST).days) == 2


def test_days_outside_of_what_is_asked_for_are_left_out() -> None:
    assert read("2025-12-31\n2026-01-01\n2029-01-01") == ["2026-01-01"]


@pytest.mark.parametrize(
    "line",
    [
        "11/11/2026",
        "2026-02-30",
        "2026-1-5",
        "Thanksgiving",
        "2027-01-02 to 2026-12-30",
        "2026-01-01 to 2028-01-01",
        "2026-01-011",
    ],
)
def test_what_is_no_day_is_told_with_its_line_and_how_to_write_it(line: str) -> None:
    with pytest.raises(Refused, match=r"^free\.txt, line 3: that is no day\. Write it like"):
        read(f"# holidays\n2026-11-11\n{line}\n")


@pytest.mark.parametrize("raw", [b"\xff\xfe2\x00", b"2026-11-11\xe4", b"#" * (LONGEST + 1)])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused, match=r"UTF-8|too long"):
        read_free_days(raw, "free.txt", FIRST, LAST)


# A calendar


def test_whole_days_of_a_calendar_are_free() -> None:
    text = calendar(
        "DTSTART;VALUE=DATE:20261111\nSUMMARY:Veterans Day",
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
        "DTSTART;VALUE=DATE:20270405\nDURATION:P2D",
        "DTSTART;VALUE=DATE:20270531\nDTEND;VALUE=DATE:20270531",
    )
    assert read(text) == [
        "2026-11-11", "2026-12-24", "2026-12-25", "2026-12-26", "2027-04-05", "2027-04-06",
        "2027-05-31",
    ]  # fmt: skip


def test_entries_with_a_clock_time_are_passed_over_and_counted() -> None:
    text = calendar(
        "DTSTART:20261111T090000Z", "DTSTART;TZID=Pacific Standard Time:20261111T090000"
    )
    assert read_free_days(text.encode(), "x.ics", FIRST, LAST) == (frozenset(), 2)


def test_what_comes_every_year_is_free_in_each() -> None:
    text = calendar(
        "DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY",
        "DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;UNTIL=20270101T000000Z",
    )
    assert read(text) == [
        "2026-01-01", "2026-11-26", "2026-12-25", "2027-01-01", "2027-11-25", "2027-12-25",
        "2028-11-23", "2028-12-25",
    ]  # fmt: skip


def test_days_that_began_before_what_is_asked_for_reach_into_it() -> None:
    text = calendar("DTSTART;VALUE=DATE:20201230\nDURATION:P5D\nRRULE:FREQ=YEARLY;COUNT=6")
    assert read(text) == ["2026-01-01", "2026-01-02", "2026-01-03"]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART;VALUE=DATE:2026111",
        "SUMMARY:no day at all",
        "DTSTART;VALUE=DATE:20261111\nRRULE:FREQ=SECONDLY",
        "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:20261111\nDTEND:20261112T090000Z",
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused(event: str) -> None:
    with pytest.raises(Refused, match=r"^free\.txt cannot be read as a calendar"):
        read(calendar(event))


def test_something_that_only_begins_like_a_calendar_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be read as a calendar"):
        read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nnonsense")
