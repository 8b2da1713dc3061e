"""What TOML trips over is told in words, each with its line, and hides nothing else."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.formats.agenda_toml import Unreadable, read_agenda
from facilitate.formats.problem import Problem
from facilitate.formats.toml_mending import mended
from facilitate.formats.toml_places import Places
from facilitate.formats.toml_statements import Path as Place
from facilitate.formats.toml_statements import statements

AGENDAS = sorted((Path(__file__).parents[2] / "agendas").glob("*.toml"))

UNSHOWN = "A character that cannot be shown stands here"

AGENDA = """\
format = 1

[session]
id = "day"
title = "Day"
start = "09:00"
timezone = "America/Los_Angeles"
minutes = 30
place = "online"

[team]
lead = ""

[[objective]]
key = "one"
text = "Be here."

[[segment]]
title = "Arriving"
kind = "arrival"
minutes = 10
serves = ["one"]
chat = ["Who are you?"]

[segment.breakout]
rounds = [
  { minutes = 3, ask = "Who are you?" },
]
stay = "Stay here, and rest."

[[segment]]
title = "Closing"
kind = "closing"
minutes = 20
"""


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def told(text: str) -> list[Problem]:
    return list(read_agenda(text.encode(), "day.toml").problems)


def only(text: str) -> Problem:
    """The one problem of a text."""
    (problem,) = told(text)
    return problem


def changed(old: str, new: str) -> str:
    assert AGENDA.count(old) == 1, old
    return AGENDA.replace(old, new)


def troubles(text: str) -> list[tuple[int, str]]:
    return [(placed.line, placed.trouble.message) for placed in mended(text, ()).found]


# The rows of the table


def test_the_agenda_of_these_tests_has_nothing_to_mend() -> None:
    assert told(AGENDA) == []


@pytest.mark.parametrize("written", ["09:00", "9:00", "09:00:00", "9:00 AM", "09.00"])
def test_a_bare_clock_time_needs_quotes(written: str) -> None:
    problem = only(changed('start = "09:00"', f"start = {written}"))
    assert problem.message.startswith('Clock times need quotes: start = "09:00')
    assert (problem.code, problem.line) == ("clock-time", 6)


def test_curly_quotes_are_named() -> None:
    text = changed('"Closing"', "“Closing”")
    problem = only(text)
    assert problem.message == "These are curly quotes from a word processor; use straight ones."
    assert (problem.line, problem.column) == (line_of(text, "“"), 9)
    assert problem.segment == "Closing"


@pytest.mark.parametrize(
    "written", ['"Closing”', "“Closing", "\u2018Closing\u2019", "«Closing»"]
)
def test_a_quote_that_is_curly_on_one_side_or_of_another_language_is_named(
    written: str,
) -> None:
    assert told(changed('"Closing"', written))[0].code == "curly-quotes"


def test_a_number_with_a_leading_zero_is_written_without() -> None:
    text = changed("minutes = 10", "minutes = 010")
    problem = only(text)
    assert problem.message == "Write 10."
    assert problem.line == line_of(text, "010")


def test_a_key_said_twice_in_a_part_names_both_lines() -> None:
    problem = only(AGENDA + "serves = []\nminutes = 25\n")
    assert problem.message == 'Two lines say minutes in "Closing" (lines 34 and 36).'
    assert (problem.line, problem.segment) == (36, "Closing")


def test_a_forgotten_header_between_two_parts_is_suspected() -> None:
    text = AGENDA.replace('\n[[segment]]\ntitle = "Closing"', '\ntitle = "Closing"').replace(
        AGENDA[AGENDA.index("[segment.breakout]") : AGENDA.rindex("\n[[segment]]")],
        "",
    )
    first = told(text)[0]
    assert first.message.startswith('Two lines say title in "Arriving"')
    assert first.hint == "Is the line [[segment]] missing between them?"


@pytest.mark.parametrize("path", [r'"C:\Users\us\day"', r'"C:\Users\us\\"'[:-2] + '"'])
def test_a_windows_path_in_double_quotes_wants_single_ones(path: str) -> None:
    text = AGENDA + f"tech = {path}\n"
    problem = only(text)
    assert problem.message.startswith("Use 'single quotes' for paths")
    assert problem.line == line_of(text, "tech")


def test_a_round_split_over_two_lines_is_kept_on_one() -> None:
    text = changed('minutes = 3, ask = "Who', 'minutes = 3,\n    ask = "Who')
    problem = only(text)
    assert problem.message == "Keep each round on one line."
    assert problem.line == line_of(text, "{ minutes")


def test_every_round_that_is_split_is_told() -> None:
    split = '{ minutes = 3,\n    ask = "Who are you?" }'
    text = changed(
        '{ minutes = 3, ask = "Who are you?" },', f"{split},\n  {split.replace('3', '2')},"
    )
    assert [(p.line, p.code) for p in told(text)] == [(27, "split-line"), (29, "split-line")]


def test_a_byte_order_mark_is_read_silently() -> None:
    assert read_agenda(b"\xef\xbb\xbf" + AGENDA.encode(), "day.toml").problems == ()


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_of_any_system_are_read(ends: str) -> None:
    raw = (AGENDA + "minutes = 20\n").replace("\n", ends).encode()
    (problem,) = read_agenda(raw, "day.toml").problems
    assert problem.line == 35


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_another_encoding_is_named_with_how_to_save(encoding: str, name: str) -> None:
    raw = changed('"Arriving"', '"Who we are: the day\u2019s beginning"').encode(encoding)
    with pytest.raises(Unreadable) as caught:
        read_agenda(raw, "day.toml")
    assert name in caught.value.problem.message
    assert "Save it as UTF-8" in caught.value.problem.hint


@pytest.mark.parametrize(
    "raw", [b"\x7fELF\x02\x01\x00\x00", b"\x89PNG\r\n\x1a\n", b"a\0b\0" * 9]
)
def test_what_is_no_text_is_not_read(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_agenda(raw, "day.toml")


def test_a_file_far_too_long_is_not_read() -> None:
    with pytest.raises(Unreadable, match="far too long"):
        read_agenda(AGENDA.encode() + b"#" * 300_000, "day.toml")


def test_an_invisible_character_is_told_with_its_line_and_column() -> None:
    text = changed('place = "online"', 'place\u00a0= "online"')
    problem = only(text)
    assert problem.message.startswith("Invisible character on line 9, column 6")
    assert (problem.line, problem.column) == (9, 6)


def test_a_key_below_the_breakout_belongs_above_it() -> None:
    text = changed("[segment.breakout]\n", '[segment.breakout]\nif_short = "Leave it out."\n')
    problem = only(text)
    assert problem.message == '"if_short" belongs above the line [segment.breakout].'
    assert (problem.line, problem.segment) == (26, "Arriving")


# All of them at once


def test_two_faults_of_one_sort_are_both_told() -> None:
    text = changed('start = "09:00"', "start = 09:00\nends_by = 09:30")
    assert [(p.line, p.code) for p in told(text)] == [(6, "clock-time"), (7, "clock-time")]


def test_a_slip_of_the_pen_hides_no_other_problem() -> None:
    text = changed('start = "09:00"', "start = 09:00").replace("minutes = 20", "minutes = 25")
    assert [p.code for p in told(text)] == ["clock-time", "sum"]


def test_what_could_not_be_read_is_not_called_missing() -> None:
    text = changed('place = "online"', "place = on line, or so")
    assert [p.code for p in told(text)] == ["choice", "no-quotes"]
    assert [p.code for p in told(changed("minutes = 20", "minutes = 1,5"))] == ["number"]


def test_no_sum_is_judged_where_a_header_could_not_be_read() -> None:
    assert [p.code for p in told(changed("[team]", "[]"))] == ["unreadable-line"]


# Slips of every kind: what is written, and what is said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kind = break", 'Text needs quotes: kind = "break".'),
        ("protect = True", "Write true instead of True."),
        ("protect = no", "Write false instead of no."),
        ("minutes = 15 min", "Write 15."),
        ("minutes = 15;", "Write 15."),
        ("minutes = 1,5", "1,5 is not a number that can be read."),
        ("date = 14.1.2025", "14.1.2025 is not a date that can be read."),
        ("date = 2025-02-30", "There is no 2025-02-30 in the calendar."),
        ("minutes: 15", "Write = where the colon stands: minutes = 15"),
        ("minutes 15", "An = is missing behind minutes."),
        ("short title = 'a'", "A name is one word: short_title."),
        ("minutes =", "Nothing stands behind minutes =."),
        ("= 15", "The name before the = is missing."),
        ("// a note", "Notes to yourself begin with #."),
        ("title = \"a\" 'b'", "Something stands behind the value of title."),
        ('title = "He said "hi" to us"', "There seem to be quotes inside the quotes."),
        ('chat = ["Say "hi" now"]', "There seem to be quotes inside the quotes."),
        ('title = "Closing', 'The text that begins here has no closing " behind it.'),
        ('say = """Welcome', 'The text that begins here has no closing """ behind it.'),
        ('chat = ["a"', "The [ here is never closed."),
        ("rounds = [{ minutes = 1 ]", "The { here is never closed."),
        ('chat = ["a" "b"]', "A comma is missing between two items."),
        ("link = { label = 'a', }", "No comma stands before a closing }."),
        ("link = { url = 'a', url = 'b' }", "The same name stands twice between { and }."),
        ("[[segment]", "Write [[segment]] on a line of its own."),
        ("segment]]", "Write [[segment]] on a line of its own."),
        ("[[segment]] Break", "Write [[segment]] on a line of its own."),
        ("[team", "Write [team] on a line of its own."),
        ("Bring water.", "This is neither a name = value, nor a [header], nor a # note."),
        ('title = "a\x07"', f"{UNSHOWN} (a control character, U+0007)."),
        ("minutes = 1 # \x1b[2J", f"{UNSHOWN} (a control character, U+001B)."),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_words(written: str, said: str) -> None:
    (line, message), *more = troubles(f"# a note\n{written}\n")
    assert (line, message, more) == (2, said, [])


def test_every_line_of_a_list_with_faults_is_told() -> None:
    text = "chat = [\n  “a”,\n  “b”\n  'c',\n  08,\n]\n"
    assert sorted(line for line, _ in troubles(text)) == [2, 3, 3, 5]


def test_single_brackets_become_double_ones_for_what_comes_in_any_number() -> None:
    text = "[segment]\na = 1\n[segment]\na = 2\n[[segment]]\na = 3\n"
    result = mended(text, ("segment",))
    assert [placed.line for placed in result.found] == [1, 3]
    assert result.data == {"segment": [{"a": 1}, {"a": 2}, {"a": 3}]}


def test_a_table_said_twice_is_told_and_its_second_half_left_out() -> None:
    result = mended("[team]\nlead = ''\n[other]\n[team]\nco = ''\n", ())
    assert [placed.trouble.message for placed in result.found] == [
        "Two lines say [team] (lines 1 and 4)."
    ]
    assert result.data == {"team": {"lead": ""}, "other": {}}


def test_a_name_used_in_two_ways_is_told() -> None:
    assert [line for line, _ in troubles("[a]\nb = 1\n[a.b]\nc = 1\n")] == [3]


def test_a_character_that_cannot_be_shown_is_told_in_a_note_too() -> None:
    assert [line for line, _ in troubles("# one\n# two \x08\na = 1\n\x0c\n")] == [2, 4]


def test_lines_that_are_no_toml_at_all_are_told_once() -> None:
    page = "# A page\n\nSome words here.\nNote: more of them.\n\n| a | b |\n"
    assert [line for line, _ in troubles(page)] == [3]


def test_a_text_that_is_not_closed_ends_where_the_next_key_begins() -> None:
    text = 'say = """\nWelcome,\nall of you.\nnotes = """\nCount them.\n"""\nminutes = 5\n'
    result = mended(text, ())
    assert [placed.line for placed in result.found] == [1]
    assert result.data == {"notes": "Count them.\n", "minutes": 5}


def test_a_list_that_is_not_closed_ends_where_the_next_part_begins() -> None:
    result = mended('chat = [\n  "a",\n\n[[segment]]\nminutes = 5\n', ("segment",))
    assert [placed.line for placed in result.found] == [1]
    assert result.data == {"chat": ["a"], "segment": [{"minutes": 5}]}


# Places


def paths(data: object, above: Place = ()) -> list[Place]:
    """The path of every key and every item."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        inner = list(data.items())
    elif isinstance(data, list):
        inner = list(enumerate(data))
    return [p for key, value in inner for p in [(*above, key), *paths(value, (*above, key))]]


@pytest.mark.parametrize("file", AGENDAS, ids=lambda file: file.stem)
def test_everything_in_a_shipped_file_has_a_place_that_shows_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    places, lines = Places(text), text.splitlines()
    for path in paths(tomllib.loads(text)):
        line, column = places.at(path)
        assert line is not None, path
        assert column is not None, path
        if isinstance(path[-1], str):
            assert re.match(rf"(\[+\w+\.|\[*){path[-1]}\b", lines[line - 1][column - 1 :])


def test_a_text_that_looks_like_toml_does_not_move_the_places() -> None:
    text = 'say = """\n[[segment]]\nminutes = 3\n"""\nminutes = 5\n'
    assert Places(text).at(("minutes",)) == (5, 1)
    assert Places(text).at(("segment",)) == (None, None)


def test_a_missing_key_is_placed_at_its_table() -> None:
    text = "a = 1\n[[segment]]\nminutes = 5\n"
    assert Places(text).at(("segment", 0, "title")) == (2, None)


SOUP = st.text(st.sampled_from("ab1 =[]{}\"'#,.\n\\“\u00a0\x01"), max_size=60)


@given(SOUP)
def test_mending_always_ends_in_toml_with_the_same_lines(text: str) -> None:
    result = mended(text, ("a",))
    assert result.text.count("\n") == text.count("\n")
    assert result.found or tomllib.loads(text) == result.data
    assert all(1 <= placed.line <= text.count("\n") + 1 for placed in result.found)
    if () not in result.doubtful:
        tomllib.loads(result.text)


@given(SOUP)
def test_a_scan_of_sound_toml_finds_every_key(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert not any(statement.wrong for statement in statements(text, sound=True))
    places = Places(text)
    assert all(places.at(path)[0] is not None for path in paths(data))


# What a merge leaves


def test_what_a_merge_left_is_told_as_that_and_the_rest_is_read_on() -> None:
    both = "<<<<<<< ours (Closing)\nminutes = 20\n=======\nminutes = 25\n>>>>>>> theirs\n"
    found = [(one.line, one.message) for one in told(changed("minutes = 20\n", both))]
    assert found == [
        (34, "Two versions stand here since a merge."),
        (36, "This line is left over from a merge."),
        (37, 'Two lines say minutes in "Closing" (lines 35 and 37).'),
        (38, "This line is left over from a merge."),
    ]


def test_what_a_merge_left_within_a_text_is_told_and_an_underline_is_not() -> None:
    left = 'say = """\n<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n"""\n'
    problem = only(AGENDA + left)
    assert (problem.code, problem.line) == ("merge-marker", line_of(AGENDA + left, "say"))
    assert problem.hint.startswith("Keep one of them")
    assert told(AGENDA + 'say = """\nTitle\n=======\n>>>> quoted\n"""\n') == []
