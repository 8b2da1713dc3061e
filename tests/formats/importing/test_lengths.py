"""Lengths and times that a table does not say, or says twice."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.formats.importing.imported import draft, errors, minutes, sample, table, words

from facilitate.formats.importing.lengths import STAND_IN

HEAD = ("Start", "End", "Length", "Title")


def day(*rows: tuple[str, str, str], ends: str = "") -> bytes:
    """Parts A, B, C by start, end and length."""
    letters = "ABCDEFGHIJ"
    named = [(*row, letters[place]) for place, row in enumerate(rows)]
    return table(HEAD, *named, *([(ends, "", "", "End")] if ends else []))


def test_a_length_follows_from_the_next_start() -> None:
    found = draft(day(("9:00", "", ""), ("9:25", "", "15")))
    assert minutes(found) == [25, 15]
    assert "Line 2: its length follows from what begins next." in found.guessed


def test_a_length_follows_from_start_and_end() -> None:
    found = draft(day(("9:00", "9:25", ""), ("9:30", "10:00", "")))
    assert minutes(found) == [25, 30]
    assert "Lines 2 and 3: its length follows from its start and end." in found.guessed
    assert "Line 2 says" not in " ".join(found.differs)


def test_a_span_in_one_cell_says_both() -> None:
    found = draft(table(("Time", "Title"), ("9:00-9:25", "A"), ("9:25 \u2013 10:00", "B")))
    assert minutes(found) == [25, 35]
    assert found.left_out == ()


def test_parts_without_a_length_share_what_is_left_between_two_starts() -> None:
    found = draft(day(("9:00", "", "10"), ("", "", ""), ("", "", ""), ("9:35", "", "5")))
    assert minutes(found) == [10, 13, 12, 5]
    assert "Lines 3 and 4: they share the time until what begins next." in found.guessed


def test_the_end_of_the_day_gives_the_last_part_its_length() -> None:
    found = draft(day(("9:00", "", "20"), ("9:20", "", ""), ends="10:00"))
    assert minutes(found) == [20, 40]
    assert [(one.what, one.cells) for one in found.left_out] == [
        ("a row that says when the day ends", 2)
    ]


def test_where_nothing_says_a_length_a_stand_in_is_put_in_and_told() -> None:
    head = ("Title", "Length", "Notes")
    found = draft(table(head, ("A", "10", ""), ("B", "", "n"), ("C", "x", "")))
    assert minutes(found) == [10, STAND_IN, STAND_IN]
    told = f"nothing says how long it is; {STAND_IN} min stand in for that."
    assert f"Lines 3 and 4: {told}" in found.guessed


def test_a_length_counts_more_than_the_next_start_and_both_are_told() -> None:
    found = draft(day(("9:00", "", "10"), ("9:10", "", "25"), ("9:40", "", "15")))
    assert minutes(found) == [10, 25, 15]
    assert found.differs == (
        "Line 3 begins at 09:10 and has 25 min, so it ends at 09:35; line 4 begins at 09:40.",
    )
    (left,) = found.left_out
    assert (left.what, left.rows, left.why) == (
        '"Start"', (4,), "the lengths come to another time",
    )  # fmt: skip


def test_a_length_counts_more_than_start_and_end() -> None:
    found = draft(day(("9:00", "9:10", "15"), ("9:15", "", "5")))
    assert minutes(found) == [15, 5]
    assert found.differs == (
        "Line 2 says 09:00 to 09:10 and a length of 15 min; the length counts.",
    )
    assert [(one.what, one.rows) for one in found.left_out] == [('"End"', (2,))]


def test_the_start_is_reckoned_back_from_the_first_that_is_known() -> None:
    found = draft(day(("", "", "10"), ("", "", "20"), ("9:30", "", "5")))
    assert found.agenda.start == dt.time(9)


def test_without_any_start_nine_is_put_in_and_told() -> None:
    found = draft(day(("", "", "10")))
    assert found.agenda.start == dt.time(9)
    assert "Nothing says when it begins: 09:00 was put in." in found.guessed


def test_a_start_that_is_asked_for_moves_the_whole_day() -> None:
    found = draft(day(("9:00", "", ""), ("9:25", "", "15")), start=dt.time(13))
    assert (found.agenda.start, minutes(found)) == (dt.time(13), [25, 15])
    assert "It begins at 13:00, as asked for, and not at 09:00." in found.guessed
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("starts", "lengths"),
    [
        (("10:00", "11:30", "1:00", "2:15"), [90, 90, 75]),
        (("1:00", "1:30", "2:00"), [30, 30]),
        (("23:30", "00:15", "0:30"), [45, 15]),
        (("11:45 PM", "12:15 AM"), [30]),
        (("0:00", "0:10", "1:05"), [10, 55]),
    ],
)
def test_times_go_on_past_noon_and_midnight(
    starts: tuple[str, ...], lengths: list[int]
) -> None:
    found = draft(day(*((one, "", "") for one in starts)))
    assert minutes(found) == [*lengths, STAND_IN]
    assert found.differs == ()


def test_an_hour_that_was_taken_for_the_afternoon_is_told() -> None:
    found = draft(day(("11:00", "", "90"), ("12:30", "", "30"), ("1:00", "", "5")))
    assert "Line 4: taken for the afternoon, since it comes later." in found.guessed


def test_a_start_that_goes_back_is_a_slip_and_no_other_day() -> None:
    found = draft(day(("9:00", "", "10"), ("9:10", "", "10"), ("9:05", "", "10")))
    assert minutes(found) == [10, 10, 10]
    assert found.differs == (
        "Line 3 begins at 09:10 and has 10 min, so it ends at 09:20; line 4 begins at 09:05.",
    )


def test_seconds_are_rounded_and_told() -> None:
    found = draft(table(("Length", "Title"), ("0:02:30", "A"), ("20s", "B")))
    assert minutes(found) == [3, 1]
    assert found.differs == ("Lines 2 and 3: rounded to whole minutes.",)


def test_what_has_no_length_at_all_is_a_moment_and_stands_as_a_remark() -> None:
    raw = table(
        HEAD, ("9:00", "", "10", "A"), ("9:10", "", "0", "Doors close"), ("", "", "5", "B")
    )
    found = draft(raw)
    assert minutes(found) == [10, 5]
    assert [(one.text, one.before) for one in found.remarks] == [("9:10 Doors close", 1)]
    assert found.left_out == ()


def test_a_title_alone_among_timed_rows_is_a_heading() -> None:
    raw = table(HEAD, ("", "", "", "MORNING"), ("9:00", "", "10", "A"), ("", "", "5", "B"))
    found = draft(raw)
    assert [one.title for one in found.agenda.segments] == ["A", "B"]
    assert [(one.text, one.before) for one in found.remarks] == [("MORNING", 0)]
    assert "Line 2: no part of the day; kept as a remark (#) in the file." in found.guessed


def test_a_title_alone_is_a_part_where_time_is_left_for_it() -> None:
    found = draft(day(("9:00", "", "10"), ("", "", ""), ("9:30", "", "5")))
    assert minutes(found) == [10, 20, 5]


def test_a_title_alone_is_a_part_where_no_row_is_timed() -> None:
    found = draft(table(HEAD, ("", "", "", "A"), ("", "", "", "B")))
    assert [one.title for one in found.agenda.segments] == ["A", "B"]


def test_a_row_of_totals_is_no_part() -> None:
    found = draft(table(HEAD, ("9:00", "", "10", "A"), ("", "", "10", "Total:")))
    assert minutes(found) == [10]
    assert [(one.what, one.cells) for one in found.left_out] == [("a row of totals", 2)]


@pytest.mark.parametrize("word", ["Total", "Grand total:", "Summe Minuten"])
def test_the_word_for_a_total_may_stand_where_the_times_are(word: str) -> None:
    found = draft(f"Time,Min,Title\n9:00,10,A\n9:10,20,B\n{word},30,\n".encode())
    assert [one.minutes for one in found.agenda.segments] == [10, 20]
    assert [one.what for one in found.left_out] == ["a row of totals"]


def test_a_part_without_a_title_is_no_total_for_a_word_in_its_notes() -> None:
    found = draft(b"Time,Min,Title,Notes\n9:00,10,A,\n9:10,20,,Sum up what was said\n")
    assert [one.minutes for one in found.agenda.segments] == [10, 20]


def test_a_row_with_notes_alone_goes_on_with_the_part_above() -> None:
    found = draft(table(("Min", "Title", "Notes"), ("5", "A", "one"), ("", "", "two")))
    assert found.agenda.segments[0].notes == "one\n\ntwo"
    assert "Line 3: goes on with the part above." in found.guessed


def test_dates_are_taken_when_they_are_one_and_told_when_they_are_several() -> None:
    one = draft(table(("Date", "Min", "Title"), ("2027-04-13", "5", "A"), ("", "5", "B")))
    assert one.agenda.date == dt.date(2027, 4, 13)
    two = draft(
        table(("Date", "Min", "Title"), ("2027-04-13", "5", "A"), ("2027-04-14", "5", "B"))
    )
    assert two.agenda.date is None
    assert two.differs == (
        "It names several days (2027-04-13, 2027-04-14); an agenda is one sitting.",
    )
    assert [one.cells for one in two.left_out] == [2]
    asked = draft(
        table(("Date", "Min", "Title"), ("5 May", "5", "A")), date=dt.date(2027, 5, 5)
    )
    assert asked.agenda.date == dt.date(2027, 5, 5)
    assert asked.left_out[0].why == "no date such as 2027-04-13"


def test_how_far_a_part_gives_is_taken_where_it_can_be() -> None:
    head = ("Min", "Title", "At least", "At most")
    found = draft(table(head, ("10", "A", "5", "15 min"), ("10", "B", "20", "5")))
    assert [(s.at_least, s.at_most) for s in found.agenda.segments] == [(5, 15), (None, None)]
    assert [(one.what, one.rows) for one in found.left_out] == [
        ('"At least"', (3,)), ('"At most"', (3,)),
    ]  # fmt: skip


def test_posts_that_no_chat_could_use_stand_among_the_notes() -> None:
    head = ("Min", "Title", "Post 1", "Post 2", "Notes")
    found = draft(
        table(head, ("5", "A", "Back at 10:30", "Until {back_at}", "n"), ("5", "B", "{x}"))
    )
    first, second = found.agenda.segments
    assert first.chat == ("Until {back_at}",)
    assert first.notes == "n\n\nPost: Back at 10:30"
    assert (second.chat, second.notes) == ((), "Post: {x}")
    assert not errors(found)
    assert any("a post names a clock time" in one for one in found.guessed)


def test_objectives_are_made_of_what_the_parts_say_they_serve() -> None:
    head = ("Min", "Title", "Objectives")
    found = draft(
        table(head, ("5", "A", "Rest; Begin a list"), ("5", "B", "Rest"), ("5", "C", "\u05d0"))
    )
    assert [(one.key, one.text) for one in found.agenda.objectives] == [
        ("rest", "Rest"), ("begin-a-list", "Begin a list"), ("objective-3", "\u05d0"),
    ]  # fmt: skip
    assert [one.serves for one in found.agenda.segments] == [
        ("rest", "begin-a-list"), ("rest",), ("objective-3",),
    ]  # fmt: skip


def test_the_samples_come_to_files_without_errors_but_for_a_break_that_is_missing() -> None:
    assert not errors(sample("generic.csv"))
    assert not errors(sample("markdown-table.md"))
    assert [one.code for one in errors(sample("ontime-default-columns.csv"))] == ["stretch"]


def test_words_of_a_table_are_never_markup_and_never_steer() -> None:
    wild = "[/b] \x1b[31m \u202egnp {x} \u05d0"
    found = draft(table(("Min", "Title", "Notes"), ("5", wild, wild)))
    assert not errors(found)
    assert "\x1b" not in words(found)
    assert "\u202e" not in words(found)
