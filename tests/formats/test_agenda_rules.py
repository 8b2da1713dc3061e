"""What an agenda must hold to, beyond the types of its values."""

from pathlib import Path

import pytest

from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.problem import Problem

SMALL = Path(__file__).parents[1] / "data" / "agendas" / "small.toml"
AGENDA = SMALL.read_text(encoding="utf-8")


def told(text: str) -> list[Problem]:
    return list(read_agenda(text.encode(), "day.toml").problems)


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


def test_the_sum_is_told_with_both_numbers() -> None:
    (problem,) = told(changed(("\nminutes = 20", "\nminutes = 25")))
    assert problem.message == "The parts add up to 35 minutes, the day says 30."
    assert problem.hint == "That is 5 too many."
    assert (problem.code, problem.line) == ("sum", 9)


def test_no_sum_is_judged_while_a_length_is_in_doubt() -> None:
    assert [p.code for p in told(changed(("\nminutes = 20", "\nminutes = true")))] == ["type"]


@pytest.mark.parametrize("key", ["minutes", "at_least", "at_most"])
@pytest.mark.parametrize("value", ["0", "-5", "1441", "99999999999999999999"])
def test_lengths_are_positive_and_no_longer_than_a_day(key: str, value: str) -> None:
    old = "minutes = 20\n" if key == "minutes" else "capture = ["
    text = changed((old, f"{key} = {value}\n{old if old[0] == 'c' else ''}"))
    assert ("amount", "Closing") in [(p.code, p.segment) for p in told(text)]


@pytest.mark.parametrize(
    "line", ["opening = -1", "between = -1", "closing = -1", "spare_rooms = -1"]
)
def test_what_surrounds_the_rounds_is_not_negative(line: str) -> None:  # fmt: skip
    assert told(changed(("[segment.breakout]", "[segment.breakout]\nopening = 0"))) == []
    text = changed(("[segment.breakout]", f"[segment.breakout]\n{line}"))
    assert [p.code for p in told(text)] == ["amount"]


def test_preparation_is_a_minute_to_a_week_before_the_start() -> None:
    assert told(changed(("minutes = 45", "minutes = 10080"))) == []
    assert problem_of("minutes = 45", "minutes = 10081").code == "amount"


def test_at_least_is_at_most_the_length() -> None:
    problem = problem_of("at_least = 5", "at_least = 15")
    assert problem.code == "at-least"
    assert problem.message == "at_least is 15, which is more than the 10 minutes of this part."


def test_at_most_is_at_least_the_length() -> None:
    assert problem_of("at_least = 5", "at_most = 9").code == "at-most"


def test_what_may_shrink_says_what_to_leave_out() -> None:
    text = changed(('if_short = "Leave out the names."\n', ""))
    reading = read_agenda(text.encode(), "day.toml")
    assert [(p.code, p.level) for p in reading.problems] == [("if-short", "warning")]
    assert reading.agenda is not None, "a warning leaves the agenda usable"


def test_what_does_not_shrink_needs_no_if_short() -> None:
    assert told(changed(("at_least = 5\nif_short", "at_least = 10\naccess"))) == []


def test_what_is_protected_has_no_at_least_and_may_grow() -> None:
    assert problem_of("at_least = 5", "at_least = 5\nprotect = true").code == "protected"
    assert told(changed(("at_least = 5", "at_most = 15\nprotect = true"))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lead = "lead"', 'lead = "leed"'),
        ('with = ["care"]', 'with = ["lead", "car"]'),
        ('who = "care"', 'who = "caer"'),
        ('serves = ["words"]', 'serves = ["word"]'),
    ],
)
def test_a_role_or_objective_that_is_not_there_gets_the_nearest(old: str, new: str) -> None:
    problem = problem_of(old, new)
    assert problem.code == "unknown-name"
    assert problem.hint.startswith("Did you mean ")


def test_roles_are_not_judged_while_the_team_is_in_doubt() -> None:
    text = changed(('care = ""', "care = \u201c\u201d and more"))
    assert {p.code for p in told(text)} == {"curly-quotes", "after-value"}


@pytest.mark.parametrize(
    "key", ["id", "cohort", "programme", "topic", "series", "carried_from"]
)
@pytest.mark.parametrize(
    "name", ["Spring Day", "spring--day", "-a", "a/b", "../a", "é", "", "a" * 81]
)
def test_short_names_have_no_other_characters(key: str, name: str) -> None:  # fmt: skip
    line = f'{key} = "{name}"'
    text = changed(('id = "day"', line if key == "id" else f'id = "day"\n{line}'))
    assert [p.code for p in told(text)] == ["short-name"]


def test_a_short_name_is_proposed() -> None:
    assert problem_of('id = "day"', 'id = "Spring Day!"').hint == 'Write "spring-day".'


def test_no_two_parts_and_no_two_objectives_have_one_name() -> None:
    text = changed(('key = "rest"', 'key = "words"'), ('serves = ["rest"]\n', ""))
    assert [p.code for p in told(text)] == ["same-name"]
    text = changed(('title = "Arriving"', 'title = "Arriving"\nid = "closing"'))
    assert told(text) == [], "ids made from titles keep clear of written ones"
    text = changed(
        ('title = "Arriving"', 'title = "Arriving"\nid = "one"'),
        ('title = "Closing"', 'title = "Closing"\nid = "one"'),
    )
    assert [p.code for p in told(text)] == ["same-name"]


@pytest.mark.parametrize(
    "name",
    [
        "America/Los_Angelos",
        "america/los_angeles",
        "Pacific Time",
        "../etc/passwd",
        "",
        "localtime",
    ],
)
def test_a_timezone_is_a_known_one(name: str) -> None:
    (problem,) = told(changed(('"America/Los_Angeles"', f'"{name}"')))
    assert problem.code == "timezone"


def test_the_nearest_timezone_is_proposed() -> None:
    problem = problem_of("America/Los_Angeles", "America/Los_Angelos")
    assert problem.hint == 'Did you mean "America/Los_Angeles"?'


@pytest.mark.parametrize("key", ["starts_at", "starts_by", "not_before", "ends_at"])
def test_a_clock_time_that_is_skipped_does_not_exist(key: str) -> None:
    text = changed(
        ("2027-04-13", "2024-03-10"),
        ('start = "09:00"', 'start = "01:00"'),
        ("at_least = 5", f'at_least = 5\n{key} = "02:30"'),
    )
    (problem,) = told(text)
    assert (problem.code, problem.level) == ("no-such-time", "error")
    assert "02:30 does not exist on 2024-03-10" in problem.message


def test_of_a_clock_time_that_comes_twice_the_first_is_taken_and_said() -> None:
    text = changed(("2027-04-13", "2024-11-03"), ('start = "09:00"', 'start = "01:30"'))
    reading = read_agenda(text.encode(), "day.toml")
    assert [(p.code, p.level) for p in reading.problems] == [("time-twice", "warning")]
    assert reading.problems[0].hint == "The first one is taken."
    assert reading.agenda is not None


def test_a_year_that_nobody_meant_is_a_slip_of_the_pen() -> None:
    assert problem_of("2027-04-13", "0207-04-13").code == "date"


@pytest.mark.parametrize("name", ["{backat}", "{ back_at }", "{back at}", "{Next}", "{time}"])
def test_an_unknown_placeholder_in_a_post_is_told(name: str) -> None:
    problem = problem_of("{day_shape}", name)
    assert problem.code == "placeholder"
    assert problem.message == f"{name} is nothing that can be filled in."


@pytest.mark.parametrize("name", ["{back_at}", "{ends_at}", "{next}", "{}", "{1}", "{ :-) }"])
def test_known_placeholders_and_other_braces_are_let_be(name: str) -> None:
    assert told(changed(("{day_shape}", name))) == []


def test_braces_outside_of_posts_are_plain_text() -> None:
    assert told(changed(('text = "Rest."', 'text = "Rest {well}."'))) == []


STEERING = ["u0007", "u001B", "u007F", "u0085", "r", "u202E", "u2066", "u200F", "u2028"]


@pytest.mark.parametrize("code", STEERING)
def test_characters_that_steer_a_terminal_are_refused_in_any_text(code: str) -> None:
    for old in ('ask = "What goes?"', 'do = "Open the room."', 'lead = "Sam"', "of the day:"):
        problem = problem_of(old, f"{old[:-1]}\\{code}{old[-1]}")
        assert problem.code == "control-character"


def test_a_raw_one_is_told_where_it_stands_in_a_long_text() -> None:
    text = changed(("at_least = 5", 'at_least = 5\nsay = """\nOne\nTw\u202eo\n"""'))
    (problem,) = told(text)
    assert problem.code == "control-character"
    assert (problem.line, problem.column) == (36, 3)


def test_tabs_and_newlines_are_text() -> None:
    assert told(changed(('text = "Rest."', 'text = """\n\tRest.\n"""'))) == []


def test_a_needed_text_says_something() -> None:
    assert problem_of('title = "Closing"', 'title = "  "').code == "empty"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('title = "Day"', 'title = " "', "empty"),
        ('text = "Rest."', 'text = ""', "empty"),
        ('do = "Open the room."', 'do = ""', "empty"),
        ("minutes = 30", "minutes = 0", "amount"),
        ('id = "day"', 'id = "day"\nnumber = 0', "amount"),
        ('id = "day"', 'id = "day"\nparts = 1441', "amount"),
        ("{ minutes = 6,", "{ minutes = 0,", "amount"),
        ('lead = "Sam"', 'lead = "Sam"\n"Co lead" = ""', "short-name"),
        ('key = "rest"', 'key = "The rest"', "short-name"),
        ('title = "Closing"', 'title = "Closing"\nid = "The end"', "short-name"),
        ("[team]", "[after]\nminutes = -1\n\n[team]", "amount"),
        ("[team]", '[[carry]]\nid = ""\nkind = "term"\ntext = "x"\n\n[team]', "empty"),
        (
            "[team]",
            2 * '[[carry]]\nid = "a"\nkind = "term"\ntext = "x"\n\n' + "[team]",
            "same-name",
        ),
    ],
)
def test_every_table_of_an_agenda_is_looked_at(old: str, new: str, code: str) -> None:
    assert code in [p.code for p in told(changed((old, new)))]


def test_a_file_for_a_newer_facilitate_is_told_apart() -> None:
    text = changed(("format = 1", "format = 2"), ('kind = "closing"', 'mood = "closing"'))
    (problem,) = told(text)
    assert problem.code == "newer-format"
    assert "made for a newer facilitate" in problem.message


@pytest.mark.parametrize(
    "line", ["", "format = 0", 'format = "1"', "format = true", "format = 1.0"]
)
def test_the_format_is_the_number_one(line: str) -> None:  # fmt: skip
    assert [p.code for p in told(changed(("format = 1", line)))] == ["format"]


@pytest.mark.parametrize("key", ["starts_by", "not_before"])
def test_what_is_not_looked_at_beside_starts_at_is_told(key: str) -> None:
    lines = f'at_least = 5\nstarts_at = "09:00"\n{key} = "09:00"'
    (problem,) = told(changed(("at_least = 5", lines)))
    assert (problem.code, problem.level) == ("anchors", "warning")
    assert problem.message == f"starts_at stands here too, and {key} is not looked at then."


def test_a_part_cannot_be_promised_earlier_than_it_may_begin() -> None:
    lines = 'at_least = 5\nnot_before = "09:05"\nstarts_by = "09:0{}"'
    ends = ('place = "online"', 'place = "online"\nends_by = "10:00"')
    assert told(changed(ends, ("at_least = 5", lines.format(5)))) == []
    (problem,) = told(changed(ends, ("at_least = 5", lines.format(4))))
    assert (problem.code, problem.level) == ("anchors", "error")
    assert problem.message == "It cannot begin by 09:04 and not before 09:05."


def test_part_three_of_two_is_a_slip() -> None:
    for part, parts, codes in ((2, 2, []), (3, 2, ["parts"])):
        text = changed(('id = "day"', f'id = "day"\npart = {part}\nparts = {parts}'))
        assert [p.code for p in told(text)] == codes


def test_no_sitting_carries_from_itself() -> None:
    assert [
        p.code for p in told(changed(('id = "day"', 'id = "day"\ncarried_from = "day"')))
    ] == ["unknown-name"]


NOTES = ["\n# a \u2066b", " # \u202e", "\n  #\u200f", '\ncarry_over = [ # \u2067\n"term"]']


@pytest.mark.parametrize("note", NOTES)
def test_a_note_with_a_character_that_turns_text_is_a_warning(note: str) -> None:
    text = changed(('place = "online"', f'place = "online"{note}'))
    reading = read_agenda(text.encode(), "day.toml")
    (problem,) = reading.problems
    assert (problem.code, problem.level) == ("control-character", "warning")
    lines = text.splitlines()
    assert (
        lines[(problem.line or 0) - 1][(problem.column or 0) - 1] in "\u2066\u202e\u200f\u2067"
    )
    assert reading.agenda is not None


def test_one_more_part_under_a_misspelled_header_spoils_no_sum() -> None:
    text = changed(('[[segment]]\ntitle = "Arriving"', '[[segmnt]]\ntitle = "Arriving"'))
    assert [p.code for p in told(text)] == ["unknown-key"]
