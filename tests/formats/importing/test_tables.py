"""Tables as text: CSV of every kind, and tables in Markdown."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.formats.importing.imported import draft, minutes, parts, refusal, sample, table

from facilitate.formats.importing.decoding import AS_WINDOWS
from facilitate.formats.importing.sheet import MOST_ROWS

HEAD = ("Start", "Length", "Title", "Type", "Who", "Notes")
ROWS = [
    ("9:00", "10", "Arriv\xe9", "grounding", "", "one\r\ntwo"),
    ("", "25", "Talk; with = and, all", "didactic", "", ""),
]


def test_the_generic_sample_comes_to_its_three_parts() -> None:
    found = sample("generic.csv")
    assert parts(found) == [
        ("Arrive", 10, "grounding"),
        ("Parallel process", 25, "didactic"),
        ("Pairs", 15, "breakout"),
    ]
    assert found.agenda.start == dt.time(9)
    assert found.agenda.segments[0].notes == "Feet on\nthe floor"
    assert [one.role for one in found.agenda.team] == ["facilitator-a", "facilitator-b"]
    assert found.left_out == ()


def test_the_markdown_sample_comes_to_its_three_parts() -> None:
    found = sample("markdown-table.md")
    assert parts(found) == [
        ("Arrive", 10, "grounding"),
        ("Parallel process", 25, "didactic"),
        ("Pairs", 15, "breakout"),
    ]
    assert (found.agenda.title, found.agenda.id) == ("Day one", "day-one")
    assert found.agenda.segments[1].notes == "a | b"
    assert found.left_out == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_delimiter_and_every_unicode_reads_the_same(
    delimiter: str, encoding: str
) -> None:
    raw = table(HEAD, *ROWS, delimiter=delimiter).decode().encode(encoding)
    found = draft(raw)
    assert [one.title for one in found.agenda.segments] == [row[2] for row in ROWS]
    assert found.agenda.segments[0].notes == "one\ntwo"
    assert AS_WINDOWS not in found.guessed


def test_windows_1252_is_read_and_told() -> None:
    found = draft(table(HEAD, *ROWS, delimiter=";").decode().encode("cp1252"))
    assert found.agenda.segments[0].title == "Arriv\xe9"
    assert AS_WINDOWS in found.guessed


def test_a_line_that_names_the_delimiter_counts_and_is_no_row() -> None:
    found = draft(b"sep=;\r\n" + table(HEAD, *ROWS, delimiter=";"))
    assert minutes(found) == [10, 25]
    broken = draft(b"sep=;\r\n" + table(("Length", "Title"), ("soon", "A"), delimiter=";"))
    assert any("(line 3)" in one or "ine 3:" in one for one in broken.guessed)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = draft(table(HEAD, *ROWS, ("", "soon", "Last", "", "", "")))
    (left,) = found.left_out
    assert (left.what, left.rows) == ('"Length"', (5,))


def test_blank_rows_count_as_lines_and_as_nothing_else() -> None:
    raw = b"\r\n,,\r\n" + table(("Length", "Title"), ("", ""), ("soon", "A")) + b",\r\n" * 3_000
    found = draft(raw)
    assert found.left_out[0].rows == (5,)
    assert len(found.agenda.segments) == 1


def test_headings_may_stand_anywhere_and_what_is_above_is_left_out() -> None:
    raw = table(
        ("A day in spring",), (), ("Draft", "of May"), ("", "Min", "WHAT"), ("", "5", "A")
    )
    found = draft(raw)
    assert parts(found) == [("A", 5, "dialogue")]
    assert found.agenda.title == "A day in spring"
    assert [(one.what, one.cells) for one in found.left_out] == [
        ("what stands above the table", 2)
    ]


def test_a_column_called_time_holds_lengths_where_they_are_no_clock_times() -> None:
    assert minutes(draft(table(("Time", "Item"), ("10 min", "A"), ("15", "B")))) == [10, 15]
    starts = draft(table(("Time", "Item"), ("9:00", "A"), ("9:20", "B"), ("9:30", "End")))
    assert minutes(starts) == [20, 10]


def test_a_cell_that_was_kept_from_being_computed_is_as_it_was() -> None:
    found = draft(table(("Min", "Title", "Notes"), ("5", "'=A1", "'tis")))
    assert (found.agenda.segments[0].title, found.agenda.segments[0].notes) == ("=A1", "'tis")


# Columns as someone says


def test_columns_can_be_named_by_heading_and_by_letter() -> None:
    raw = table(("x", "How much", "What, we do"), ("ho", "5", "A"))
    found = draft(raw, "day.csv", 'length="How much"', "title=C,notes=A")
    assert parts(found) == [("A", 5, "dialogue")]
    assert found.agenda.segments[0].notes == "ho"
    assert draft(raw, "day.csv", "title=What, we do").agenda.segments[0].title == "A"


def test_a_table_without_headings_is_read_by_letters_alone() -> None:
    raw = table(("9:00", "5", "A"), ("9:05", "7", "B"))
    found = draft(raw, "day.csv", "start=A,length=B,title=C")
    assert parts(found) == [("A", 5, "dialogue"), ("B", 7, "dialogue")]
    assert "No column is known to say what the parts are called." in refusal(raw)


def test_what_was_said_of_a_column_counts_more_than_its_heading() -> None:
    raw = table(("Title", "Topic", "Min"), ("A", "B", "5"))
    assert parts(draft(raw)) == [("A", 5, "dialogue")]
    assert parts(draft(raw, "day.csv", "title=Topic")) == [("B", 5, "dialogue")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("titel=A", 'Did you mean "title"?'),
        ("title", 'Such as --columns title="What".'),
        ("title=", "names no column"),
        ("title=Wat", 'Did you mean "What"?'),
        ("title=ZZ", 'There is no column "ZZ".'),
    ],
)
def test_what_cannot_be_done_with_columns_is_told_with_what_was_meant(
    said: str, told: str
) -> None:
    assert told in refusal(table(("What", "Min"), ("A", "5")), "day.csv", said)


# Markdown


def test_marks_of_markdown_in_cells_are_read_as_a_reader_sees_them() -> None:
    raw = (
        "| Min | Title | Notes |\n|--|--|--|\n"
        "| 5 | **Arrive** | a \\| b \\*c\\* &amp; d<br>e |\n| 6 | _x_ and _y_ | `code` |\n"
    )
    found = draft(raw, "day.md")
    assert [one.title for one in found.agenda.segments] == ["Arrive", "_x_ and _y_"]
    assert [one.notes for one in found.agenda.segments] == ["a | b *c* & d\ne", "code"]


def test_the_likeliest_table_of_a_page_is_taken_and_the_text_around_it_named() -> None:
    raw = (
        "# The title\n\n## People\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## The day\n\n"
        "Min | Title\n---|---\n5 | A\n\nbye\n"
    )
    found = draft(raw, "day.md")
    assert parts(found) == [("A", 5, "dialogue")]
    (left,) = found.left_out
    assert (left.what, left.rows) == (
        "6 lines of text outside of the table", (3, 5, 6, 7, 9, 15),
    )  # fmt: skip
    assert refusal(raw, "day.md", sheet="Lunch").endswith("It has 2 tables.")
    assert "No column is known" in refusal(raw, "day.md", sheet="people")
    assert parts(draft(raw, "day.md", sheet="2")) == [("A", 5, "dialogue")]


# What is refused


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "There is nothing in this file."),
        (b"\xff\xfe", "There is nothing in this file."),
        (b"\x00\x01\x02\x03", "The file is not text."),
        (bytes(range(1, 30)) * 9, "The file is not text."),
        (b"x" * (6 << 20), "far too long"),
        (b"\xff\xfea\x00b", "it ends within a letter"),
        (b"\xd0\xcf\x11\xe0 and more", "Save it as .xlsx without a password."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"{\\rtf1 x}", "word processor"),
        (b"<!DOCTYPE html><table>", "This is a web page."),
        (b"format = 1\n\n[session]\nid = 'x'\n", "facilitate check"),
        (b"just some words\nand some more\n", "No column is known"),
        (b"Title,Min\r\n", "There are no parts of a day in it."),
        (b'Title,Min\r\n"A,5\r\n' + b"B,6\r\n" * 9_000, "A quote may open in it"),
        (b"Title,Min\r\n" + b"A,1\r\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        (b"Title,Min\r\n" + b"A,1\r\n" * 301, "more than 300 parts"),
        (b"Title,Min\r\n" + b"A,900\r\n" * 2, "The parts add up to 30 hours"),
        (b"Title,Min" + b",x" * 300 + b"\r\nA,1\r\n", "more than 200 columns"),
    ],
)  # fmt: skip
def test_what_is_no_agenda_is_refused_in_plain_words(raw: bytes, told: str) -> None:
    assert told in refusal(raw)


def test_a_refusal_says_what_stands_in_the_first_row() -> None:
    told = refusal(table(("Colour", "Shape"), ("red", "round")))
    assert "Its first row says: Colour, Shape." in told
    assert "Colour, Start, Min." in refusal(
        table(("Colour", "Start", "Min"), ("red", "9", "1"))
    )
