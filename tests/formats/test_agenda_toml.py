"""Agenda files: what is read, and everything that is wrong with them, all at once."""

import datetime as dt
import re
import unicodedata
from dataclasses import fields
from pathlib import Path

import pytest

from facilitate.core.agenda import Afterwards, Agenda, Breakout, Role, Round, Segment
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.problem import Problem

ROOT = Path(__file__).parents[2]
AGENDAS = sorted(set((ROOT / "agendas").glob("*.toml")) - {ROOT / "agendas" / "programme.toml"})
FORMATS = ROOT / "src" / "facilitate" / "formats"
SAYING = [
    "*_rules.py",
    "agenda_advice.py",
    "file_reading.py",
    "programme_toml.py",
    "shaping.py",
    "toml_*.py",
    "wrong_*.py",
]
PAGE = (ROOT / "docs" / "agenda-format.md").read_text(encoding="utf-8")

AGENDA = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text(encoding="utf-8")


def told(text: str) -> list[Problem]:
    return list(read_agenda(text.encode(), "day.toml").problems)


def read(text: str) -> Agenda:
    reading = read_agenda(text.encode(), "day.toml")
    assert reading.agenda is not None, reading.problems
    return reading.agenda


def changed(*changes: tuple[str, str]) -> str:
    text = AGENDA
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def problem_of(old: str, new: str) -> Problem:
    """The one problem that a change makes; it is on the line where the change was made."""
    text = changed((old, new))
    (problem,) = told(text)
    first = text.index(new.strip("\n")) if new.strip("\n") else 0
    assert not new or problem.line == text[:first].count("\n") + 1
    return problem


def figures(message: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", message)]


# What is read


def test_the_agenda_of_these_tests_is_read_whole() -> None:
    agenda = read(AGENDA)
    assert agenda.date == dt.date(2027, 4, 13)
    assert agenda.start == dt.time(9)
    assert agenda.team == (Role(role="lead", name="Sam"), Role(role="care"))
    assert agenda.segments[0].with_ == ("care",)
    assert agenda.segments[1].breakout == Breakout(
        group_size="2-3",
        rounds=(Round(minutes=6, ask="What stays?"), Round(minutes=7, ask="What goes?")),
        stay="Stay here, and rest.",
    )
    assert agenda.after is None


MEANT = {
    "hj-leadership-day-2.toml": [
        ("stretch", "warning", "A policy under warm light", 85),
        ("stretch", "warning", "From today to Thursday", 90),
    ],
}
"""Warnings that stay in the shipped agendas, with minutes without a break; they say why."""


@pytest.mark.parametrize("file", AGENDAS, ids=lambda file: file.stem)
def test_a_shipped_agenda_has_nothing_to_mend_but_what_is_meant(file: Path) -> None:
    reading = read_agenda(file.read_bytes(), file.name)
    found = [(p.code, p.level, p.segment, *figures(p.message)[:1]) for p in reading.problems]
    assert found == MEANT.get(file.name, [])
    assert reading.agenda is not None


def test_the_example_on_the_format_page_has_nothing_to_mend() -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    assert told(example[1]) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("09:00", dt.time(9)),
        ("9:00", dt.time(9)),
        ("9:00 AM", dt.time(9)),
        ("9:00am", dt.time(9)),
        ("12:05 a.m.", dt.time(0, 5)),
        ("12:30 PM", dt.time(12, 30)),
        ("1:15\u202fPM", dt.time(13, 15)),
        ("23:59", dt.time(23, 59)),
    ],
)
def test_clock_times_are_read_as_people_write_them(written: str, meant: dt.time) -> None:
    assert read(changed(('start = "09:00"', f'start = "{written}"'))).start == meant


@pytest.mark.parametrize("written", ["24:00", "9", "9:5", "13:00 PM", "0:30 AM", "noon", ""])
def test_what_is_no_clock_time_is_not_guessed(written: str) -> None:
    problem = problem_of('start = "09:00"', f'start = "{written}"')
    assert problem.code == "clock-time"
    assert '"9:00 AM"' in problem.hint


def test_ids_come_from_titles_and_are_made_unique() -> None:
    titles = ["Break", "Break", "Crème brûlée, 2 ways!", "\u7d42\u308f\u308a", "Break"]
    parts = [f'[[segment]]\ntitle = "{t}"\nkind = "break"\nminutes = 1\n' for t in titles]
    parts.append('[[segment]]\nid = "break-2"\ntitle = "X"\nkind = "break"\nminutes = 1\n')
    text = AGENDA.split("[[segment]]", maxsplit=1)[0].replace("minutes = 30", "minutes = 6")
    ids = [segment.id for segment in read(text + "".join(parts)).segments]
    assert ids == ["break", "break-3", "creme-brulee-2-ways", "part-4", "break-4", "break-2"]


def test_text_is_read_in_its_composed_form() -> None:
    apart = unicodedata.normalize("NFD", "Café")
    assert read(changed(('title = "Day"', f'title = "{apart}"'))).title == "Café"


def test_the_debrief_is_read() -> None:
    text = f'{AGENDA}\n[after]\nminutes = 30\nquestions = ["How are we?"]\n'
    assert read(text).after == Afterwards(minutes=30, questions=("How are we?",))


def test_brackets_and_markup_in_texts_stay_as_they_are() -> None:
    text = changed(('title = "Closing"', 'title = "[/red] [b]Closing[/b] [["'))
    assert read(text).segments[1].title == "[/red] [b]Closing[/b] [["


# Keys


def test_an_unknown_key_is_an_error_with_what_was_meant() -> None:
    problem = problem_of("at_least = 5", "at_lest = 5")
    assert problem.message == 'Nothing called "at_lest" belongs here.'
    assert problem.hint == 'Did you mean "at_least"?'
    assert (problem.level, problem.segment, problem.column) == ("error", "Arriving", 1)


def test_a_misspelled_needed_key_is_not_called_missing_as_well() -> None:
    assert problem_of("\nminutes = 20", "\nminuts = 20").code == "unknown-key"


def test_a_key_far_from_any_other_gets_no_false_suggestion() -> None:
    assert problem_of("at_least = 5", "zzz = 5").hint == ""


def test_an_unknown_key_in_a_round_is_told_on_its_line() -> None:
    problem = problem_of('ask = "What goes?"', 'ask = "What goes?", who = "all"')
    assert problem.code == "unknown-key"
    assert problem.hint == "It can be: minutes, ask."


def test_an_unknown_table_is_an_error_with_what_was_meant() -> None:
    problem = problem_of('[[objective]]\nkey = "rest"', '[[objectiv]]\nkey = "rest"')
    assert problem.hint == 'Did you mean "objective"?'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[session]\n", 'about = "Us."\n\n[session]\n', "below the line [session]"),
        ("[team]\n", '[team]\nabout = "Us."\n', "above the line [team]"),
        ("[session]\n", 'if_short = "Hurry."\n\n[session]\n', "below a line [[segment]]"),
        (
            "minutes = 20\n",
            'minutes = 20\nhow = "pairs"\n',
            "below the line [segment.breakout]",
        ),
        (
            "[segment.breakout]\n",
            '[segment.breakout]\nif_quiet = "Wait."\n',
            "above the line [segment.breakout]",
        ),
    ],
)
def test_a_key_on_the_wrong_side_of_a_header_is_told_where_it_belongs(
    old: str, new: str, said: str
) -> None:
    (problem,) = told(changed((old, new)))
    assert problem.code == "misplaced-key"
    assert said in problem.message


def test_fields_of_the_core_that_have_other_names_in_files_are_unknown() -> None:
    assert (
        problem_of('place = "online"', 'segments = []\nplace = "online"').code == "unknown-key"
    )
    assert problem_of("if_short =", "with_ = []\nif_short =").code == "unknown-key"


@pytest.mark.parametrize("key", ["id", "title", "start", "timezone", "minutes", "place"])
def test_a_needed_key_of_the_session_is_missed(key: str) -> None:
    head, rest = AGENDA.split("[team]")
    without = re.sub(rf"(?m)^{key} = .*\n", "", head)
    (problem,) = told(f"{without}[team]{rest}")
    assert (problem.code, problem.line, problem.column) == ("missing", 3, None)
    assert problem.message == f"{key} is missing."


def test_a_needed_key_of_a_part_is_missed_in_that_part() -> None:
    problem = problem_of('kind = "closing"\n', "")
    assert (problem.code, problem.segment) == ("missing", "Closing")


@pytest.mark.parametrize("table", ["session", "team", "objective", "segment"])
def test_a_needed_table_is_missed(table: str) -> None:
    pattern = rf"(?m)^\[\[?{table}\]\]?\n(?:.+\n)*(?:\n\[segment.breakout\]\n(?:.+\n)*)?"
    assert ("missing", table) in [
        (problem.code, problem.message.split("[")[-1].split("]")[0])
        for problem in told(re.sub(pattern, "", AGENDA))
    ]


def test_an_empty_file_has_one_problem() -> None:
    assert [problem.code for problem in told("# later\n\n")] == ["empty"]


def test_single_brackets_are_told_even_when_toml_reads_them() -> None:
    (problem,) = told(changed(("[[before]]", "[before]")))
    assert problem.message == "Write [[before]], with two brackets on each side."


def test_double_brackets_are_told_where_there_is_only_one() -> None:
    assert told(changed(("[team]", "[[team]]")))[0].message == (
        "Write [team], once and with single brackets."
    )


# Types


@pytest.mark.parametrize("value", ["true", "15.0", '"15"', "[15]", "nan", "2027-04-13"])
def test_minutes_are_whole_numbers_and_nothing_else(value: str) -> None:
    problem = problem_of("\nminutes = 20", f"\nminutes = {value}")
    assert problem.code == "type"
    assert problem.message.startswith("minutes takes a whole number without quotes, not ")


def test_a_length_with_a_fraction_is_not_answered_with_another_length() -> None:
    assert problem_of("\nminutes = 20", "\nminutes = 20.5").hint == "Write minutes = 20."


def test_the_right_way_to_write_a_value_is_shown() -> None:
    hints = {
        problem_of("\nminutes = 20", '\nminutes = "20"').hint,
        problem_of('title = "Day"', "title = 2027").hint,
        problem_of('with = ["care"]', 'with = "care"').hint,
        problem_of("at_least = 5", 'protect = "no"').hint,
        problem_of("date = 2027-04-13", 'date = "2027-04-13"').hint,
    }
    assert hints == {
        "Write minutes = 20.",
        'Write title = "2027".',
        'Write with = ["care"].',
        "Write protect = false.",
        "Write date = 2027-04-13.",
    }


@pytest.mark.parametrize("value", ['"2027-04-13"', "2027-04-13T09:00:00", "20270413", "true"])
def test_dates_are_toml_dates(value: str) -> None:
    assert problem_of("date = 2027-04-13", f"date = {value}").code == "date"


@pytest.mark.parametrize("value", ["9", "09:00:00", "true", "[]", "2027-04-13T09:00:00"])
def test_clock_times_are_text(value: str) -> None:
    assert problem_of('start = "09:00"', f"start = {value}").code == "clock-time"


def test_a_date_is_no_text() -> None:
    assert problem_of('title = "Day"', "title = 2027-04-13").code == "type"


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('kind = "closing"', 'kind = "closng"', "closing"),
        ('kind = "arrival"', 'kind = "Arrival"', "arrival"),
        ('capture = ["gratitude"]', 'capture = ["gratitud"]', "gratitude"),
        ('place = "online"', 'place = "on line"', "online"),
        ('group_size = "2-3"', 'how = "randomly"', "random"),
        ("at_least = 5", 'at_least = 5\non_due = "promt"', "prompt"),
    ],
)
def test_a_word_that_is_none_of_the_allowed_ones_gets_the_nearest(
    old: str, new: str, near: str
) -> None:
    (problem,) = told(changed((old, new)))
    assert problem.code == "choice"
    assert problem.hint.startswith(f'Did you mean "{near}"? It can be: ')


@pytest.mark.parametrize("size", ['"4-3"', '"a few"', '""', '"0-2"', "0", "-1"])
def test_a_group_size_is_a_number_or_a_range(size: str) -> None:
    assert problem_of('group_size = "2-3"', f"group_size = {size}").code in {
        "group-size",
        "amount",
    }


@pytest.mark.parametrize("size", ["3", '"2-3"', '"2 - 3"', '"3-3"'])
def test_both_ways_of_saying_a_group_size_are_read(size: str) -> None:
    assert told(changed(('group_size = "2-3"', f"group_size = {size}"))) == []


def test_every_wrong_type_is_told_at_once() -> None:
    text = changed(
        ("\nminutes = 20", "\nminutes = true"),
        ('title = "Day"', "title = 1"),
        ('{ minutes = 6, ask = "What stays?" }', '{ minutes = "6", ask = 4 }'),
    )
    assert [(p.code, p.line) for p in told(text)] == [
        ("type", 5),
        ("type", 43),
        ("type", 51),
        ("type", 51),
    ]


def test_rules_still_look_at_what_has_the_right_type() -> None:
    text = changed(('title = "Day"', "title = 1"), ("\nminutes = 20", "\nminutes = 25"))
    assert [p.code for p in told(text)] == ["type", "sum"]


# The page and the code


def test_the_format_page_names_every_code() -> None:
    files = [path for name in SAYING for path in FORMATS.glob(name)]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    codes = set(re.findall(r'code="([a-z-]+)"', sources))
    codes |= set(re.findall(r'_tell\([^"]*"([a-z-]+)"', sources))
    assert len(codes) > 40
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


@pytest.mark.parametrize("shape", [Agenda, Segment, Breakout, Afterwards])
def test_the_format_page_names_every_key(shape: type) -> None:
    elsewhere = {"segments", "objectives", "carried", "team", "offered", "before", "after"}
    keys = {field.name.rstrip("_") for field in fields(shape)} - elsewhere
    assert {key for key in keys if f"`{key}`" not in PAGE} <= {"breakout"}
