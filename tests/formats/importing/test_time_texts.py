from __future__ import annotations

import datetime as dt

import pytest

from facilitate.formats.importing.time_texts import clock_of, date_of, length_of, span_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10", 10),
        ("10 min", 10),
        ("10 minutes", 10),
        ("90 Minuten", 90),
        ("10'", 10),
        ("0:25", 25),
        ("1:05:00", 65),
        ("1h5m", 65),
        ("1 h 5 min", 65),
        ("1 hour and 5 minutes", 65),
        ("1h30", 90),
        ("25m", 25),
        ("1.5 h", 90),
        ("1,5 h", 90),
        ("45s", 0.75),
        ("~10", 10),
        ("0", 0),
        ("\u202f10\xa0min", 10),
        ("0.00694444444444444", 10),
        ("4.16666666666667E-2", 60),
    ],
)
def test_a_length_is_read_however_it_is_written(text: str, minutes: float) -> None:
    assert length_of(text) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "5-10 min", "1:5", "10 10", "min", "1500", "25:00", "1h2h", "-5", "\u0663"],
)
def test_what_is_no_length_of_a_part_is_none(text: str) -> None:
    assert length_of(text) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:00 AM", (9, 0)),
        ("9:00\u202fAM", (9, 0)),
        ("09:00:00", (9, 0)),
        ("9am", (9, 0)),
        ("1:15 p.m.", (13, 15)),
        ("12 am", (0, 0)),
        ("9.30", (9, 30)),
        ("9h00", (9, 0)),
        ("0900", (9, 0)),
        ("13:45 Uhr", (13, 45)),
        ("0.375", (9, 0)),
        ("0.395833333333333", (9, 30)),
        ("2027-04-13 09:00:00", (9, 0)),
        ("2027-04-13T09:00:00.000Z", (9, 0)),
    ],
)
def test_a_time_of_day_is_read_however_it_is_written(text: str, clock: tuple[int, int]) -> None:
    found = clock_of(text)
    assert found is not None
    assert found.minutes == clock[0] * 60 + clock[1]


@pytest.mark.parametrize(
    "text", ["", "9", "25:00", "9:60", "13:00 pm", "soon", "9:00:75", "\u0669:\u0660\u0660"]
)
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert clock_of(text) is None


@pytest.mark.parametrize(
    ("text", "is_half"),
    [("1:30", True), ("12:30", True), ("01:30", False), ("13:30", False), ("1:30 pm", False)],
)
def test_a_time_without_a_word_for_the_half_of_the_day_may_be_either(
    text: str, is_half: bool
) -> None:
    found = clock_of(text)
    assert found is not None
    assert found.is_half is is_half


def test_a_date_before_a_time_is_told_apart() -> None:
    found = clock_of("2027-04-13 09:00")
    assert found is not None
    assert found.date == dt.date(2027, 4, 13)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("9:00-9:10", (540, 550)),
        ("9:00 \u2013 10:30", (540, 630)),
        ("9:00 to 10:30 am", (540, 630)),
        ("9-10 am", (540, 600)),
        ("11-1 pm", (660, 780)),
        ("11:30 AM - 1:00 PM", (690, 780)),
    ],
)
def test_a_span_has_a_beginning_and_an_end(text: str, ends: tuple[int, int]) -> None:
    found = span_of(text)
    assert found is not None
    assert (found[0].minutes, found[1].minutes) == ends


@pytest.mark.parametrize("text", ["9:00", "9:00-", "-", "2027-04-13", "a-b", "9:00-9:10-9:20"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert span_of(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2027-04-13", dt.date(2027, 4, 13)),
        ("2027-04-13 00:00:00", dt.date(2027, 4, 13)),
        ("2027-04-13 09:00:00", None),
        ("2027-13-13", None),
        ("0001-01-01", None),
        ("13.4.2027", None),
    ],
)
def test_a_date_is_written_from_the_year_on(text: str, date: dt.date | None) -> None:
    assert date_of(text) == date
