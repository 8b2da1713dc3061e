"""What makes a day hard to hold is told, and the day can be opened all the same."""

from pathlib import Path

import pytest

from facilitate.formats.agenda_advice import BEARABLE
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.problem import Problem

SMALL = Path(__file__).parents[1] / "data" / "agendas" / "small.toml"
AGENDA = SMALL.read_text(encoding="utf-8")

HEAD = """\
format = 1

[session]
id = "day"
title = "Day"
start = "09:00"
timezone = "America/Los_Angeles"
minutes = {minutes}
place = "{place}"
{more}
[team]

[[objective]]
key = "one"
text = "Be here."
"""
PART = """
[[segment]]
title = "{title}"
kind = "{kind}"
minutes = {minutes}
serves = ["one"]
{more}"""


def told(text: str) -> list[Problem]:
    return list(read_agenda(text.encode(), "day.toml").problems)


def changed(*changes: tuple[str, str]) -> str:
    text = AGENDA
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def day(
    *parts: tuple[str, int] | tuple[str, int, str],
    place: str = "online",
    more: str = "",
    minutes: int | None = None,
) -> str:
    """An agenda of parts: kind, minutes, and more lines of theirs."""
    total = sum(part[1] for part in parts) if minutes is None else minutes
    text = HEAD.format(minutes=total, place=place, more=more)
    for number, (kind, length, *rest) in enumerate(parts, start=1):
        title = f"Part {number}"
        text += PART.format(title=title, kind=kind, minutes=length, more="\n".join(rest))
    return text


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(p.code, p.level, p.segment) for p in told(text)]


def test_the_agendas_of_these_tests_have_nothing_to_mend() -> None:
    assert told(AGENDA) == []
    assert told(day(("dialogue", 20), ("break", 10), ("closing", 10))) == []


def test_an_error_that_can_be_borne_leaves_the_agenda_open() -> None:
    reading = read_agenda(day(("dialogue", 95), ("closing", 10)).encode(), "day.toml")
    assert [problem.level for problem in reading.problems] == ["error"]
    assert reading.problems[0].code in BEARABLE
    assert reading.agenda is not None


def test_an_error_that_cannot_be_borne_beside_one_that_can_closes_it() -> None:
    text = day(("dialogue", 95), ("closing", 10)).replace('id = "day"', 'id = "My Day"')
    reading = read_agenda(text.encode(), "day.toml")
    assert {problem.code for problem in reading.problems} == {"stretch", "short-name"}
    assert reading.agenda is None


# Minutes between breaks


@pytest.mark.parametrize(
    ("minutes", "place", "level"),
    [
        (80, "online", None),
        (81, "online", "warning"),
        (90, "both", "warning"),
        (91, "online", "error"),
        (90, "in person", None),
        (91, "in person", "error"),
    ],
)
def test_so_many_minutes_without_a_break_are_too_many(
    minutes: int, place: str, level: str | None
) -> None:
    parts = ("arrival", 10), ("dialogue", minutes - 30), ("closing", 20)
    expected = [] if level is None else [("stretch", level, "Part 1")]
    assert found(day(*parts, place=place)) == expected


def test_only_a_break_is_a_break_and_each_stretch_is_told_where_it_begins() -> None:
    text = day(
        ("arrival", 60), ("break", 15), ("dialogue", 60), ("buffer", 35), ("closing", 10)
    )
    assert found(text) == [("stretch", "error", "Part 3")]
    assert told(text)[0].message == (
        "From here 105 minutes go by without a break; 90 is the most."
    )


def test_no_stretch_is_judged_while_a_length_or_a_kind_is_in_doubt() -> None:
    text = day(("dialogue", 95), ("closing", 10)).replace('"dialogue"', '"dialoge"')
    assert [p.code for p in told(text)] == ["choice"]


# Talks and rounds


def test_more_than_twenty_five_minutes_of_input_are_long() -> None:
    assert found(day(("didactic", 25), ("closing", 10))) == []
    assert found(day(("didactic", 26), ("closing", 10))) == [("long-talk", "warning", "Part 1")]
    assert found(day(("dialogue", 26), ("closing", 10))) == []


ROOMS = ('chat = ["What?"]', "[segment.breakout]", 'stay = "Rest."')


def rooms(minutes: int, *lines: str) -> str:
    return day(("breakout", minutes, *ROOMS, *lines), ("closing", 10))


def test_rounds_fit_with_opening_between_and_closing() -> None:
    rounds = 'rounds = [{ minutes = 5, ask = "a" }, { minutes = 6, ask = "b" }]'
    assert found(rooms(16, rounds)) == []
    (problem,) = told(rooms(15, rounds))
    assert (problem.code, problem.level) == ("rounds", "error")
    assert problem.message.startswith("The rounds need 16 minutes with opening")
    assert found(rooms(14, rounds, "opening = 1", "between = 0", "closing = 2")) == []


@pytest.mark.parametrize(
    ("size", "people"),
    [
        ("group_size = 3", 3),
        ('group_size = "2-4"', 4),
        ('how = "pairs"', 2),
        ('how = "pairs"\ngroup_size = 3', 3),
    ],
)
def test_a_round_has_two_minutes_for_each_of_the_largest_room(size: str, people: int) -> None:
    enough = f'rounds = [{{ minutes = {2 * people}, ask = "a" }}]'
    assert found(rooms(30, size, enough)) == []
    short = f'rounds = [{{ minutes = {2 * people - 1}, ask = "a" }}]'
    (problem,) = told(rooms(30, size, short))
    assert (problem.code, problem.level) == ("short-round", "warning")
    assert f"for {people} people" in problem.message
    assert problem.hint.startswith(f"Give it {2 * people} minutes")


def test_no_round_is_short_while_nobody_knows_how_many_there_are() -> None:
    assert found(rooms(30, 'how = "affinity"', 'rounds = [{ minutes = 1, ask = "a" }]')) == []
    text = rooms(30, 'group_size = "4-3"', 'rounds = [{ minutes = 1, ask = "a" }]')
    assert [p.code for p in told(text)] == ["group-size"]


# Small rooms


@pytest.mark.parametrize("place", ["online", "in person", "both"])
def test_every_breakout_says_what_those_can_do_who_stay_out(place: str) -> None:
    text = day(
        ("practice", 20, "[segment.breakout]", "group_size = 3"), ("closing", 5), place=place
    )
    (problem,) = told(text)
    assert (problem.code, problem.level, problem.segment) == ("stay", "error", "Part 1")
    assert text.splitlines()[(problem.line or 0) - 1] == "[segment.breakout]"
    empty = text.replace("group_size = 3", 'group_size = 3\nstay = " "')
    assert [p.code for p in told(empty)] == ["stay"]


def test_where_people_are_online_rounds_have_a_post() -> None:
    rounds = 'rounds = [{ minutes = 6, ask = "a" }]'
    for place, codes in (("online", ["no-post"]), ("both", ["no-post"]), ("in person", [])):
        parts = ("breakout", 20, *ROOMS[1:], rounds), ("closing", 5)
        assert [p.code for p in told(day(*parts, place=place))] == codes
    assert found(day(("breakout", 20, *ROOMS[1:]), ("closing", 5))) == [], "no rounds, no post"


# Posts


@pytest.mark.parametrize(
    "words",
    [
        "at 9:45",
        "Back 10:05!",
        "(13:30)",
        "at 10 am",
        "until 10am.",
        "by 3 p.m.",
        "2 o'clock",
        "at 10.30",
        "at 9h45",
    ],
)
def test_a_clock_time_in_a_post_is_wrong_as_soon_as_the_day_runs_late(words: str) -> None:
    (problem,) = told(changed(("{day_shape}", words)))
    assert (problem.code, problem.level) == ("clock-in-post", "error")
    assert "{back_at}" in problem.hint


@pytest.mark.parametrize(
    "words",
    [
        "{back_at}",
        "3 of 4",
        "10 minutes",
        "ratio 1:100",
        "25:10",
        "1.2.3",
        "I am",
        "at 10 people",
        "10:30:15:20",
        "a 2.15 share",
    ],
)
def test_other_figures_in_a_post_are_let_be(words: str) -> None:
    assert told(changed(("{day_shape}", words))) == []


def test_each_clock_time_of_a_post_is_told() -> None:
    assert [p.code for p in told(changed(("{day_shape}", "9:45 and 10 am, 9:45")))] == [
        "clock-in-post",
        "clock-in-post",
    ]


def test_clock_times_elsewhere_are_the_business_of_the_team() -> None:
    assert told(changed(("at_least = 5", 'at_least = 5\nnotes = "Until 9:45."'))) == []


# The end, and what it is all for


def test_the_last_part_is_a_closing() -> None:
    assert found(day(("closing", 10), ("dialogue", 10))) == [
        ("no-closing", "warning", "Part 2")
    ]


def test_every_objective_is_served() -> None:
    (problem,) = told(changed(('serves = ["rest"]\n', "")))
    assert (problem.code, problem.level) == ("unserved", "warning")
    assert problem.message == 'No part serves "rest".'


def test_an_objective_that_a_slip_of_the_pen_may_mean_is_not_called_unserved() -> None:
    assert [p.code for p in told(changed(('serves = ["rest"]', 'serves = ["rst"]')))] == [
        "unknown-name"
    ]


# Promises


def test_a_promise_that_the_parts_before_it_break_is_told_with_both_times() -> None:
    parts = ("dialogue", 40), ("break", 10, 'starts_by = "09:30"'), ("closing", 10)
    (problem,) = told(day(*parts))
    assert (problem.code, problem.level, problem.segment) == ("promise", "error", "Part 2")
    assert problem.message == (
        "It is to begin at 09:30, and the parts up to then need until 09:40."
    )
    assert told(day(parts[0], ("break", 10, 'starts_by = "09:40"'), parts[2])) == []


def test_a_hold_counts_and_a_buffer_gives_way() -> None:
    parts = (
        ("dialogue", 20, 'not_before = "09:15"'),
        ("buffer", 5),
        ("break", 10, 'starts_by = "09:35"'),
        ("closing", 10),
    )
    assert told(day(*parts, more='ends_by = "10:00"')) == []
    late = (parts[0], parts[1], ("break", 10, 'starts_by = "09:34"'), parts[3])
    assert [p.code for p in told(day(*late, more='ends_by = "10:00"'))] == ["promise"]


def test_a_part_that_ends_on_the_clock_needs_its_least() -> None:
    parts = ("dialogue", 30), ("practice", 30, 'ends_at = "09:50"', "at_least = 20")
    lines = 'if_short = "Less."'
    text = day(parts[0], (*parts[1], lines), ("closing", 10))
    assert told(text) == []
    assert [p.code for p in told(text.replace("at_least = 20", "at_least = 21"))] == ["promise"]


def test_the_promised_end_is_kept_or_told() -> None:
    parts = ("dialogue", 40), ("closing", 20)
    assert told(day(*parts, more='ends_by = "10:00"')) == []
    (problem,) = told(day(*parts, more='ends_by = "09:59"'))
    assert (problem.code, problem.line) == ("promise", 10)
    waiting = ("dialogue", 40, 'not_before = "09:05"'), ("closing", 20)
    (problem,) = told(day(*waiting))
    assert problem.message == (
        "It is to end at 10:00, and the parts up to then need until 10:05."
    )


def test_that_the_minutes_do_not_add_up_is_told_once() -> None:
    assert [p.code for p in told(day(("dialogue", 40), ("closing", 20), minutes=50))] == ["sum"]


def test_an_hour_over_which_the_clocks_go_forward_is_an_hour() -> None:
    parts = ("dialogue", 60), ("closing", 30, 'starts_by = "03:30"')
    text = day(*parts, place="in person", more="date = 2024-03-10").replace(
        '"09:00"', '"01:30"'
    )
    assert told(text) == []
    assert [p.code for p in told(text.replace('"03:30"', '"03:29"'))] == ["promise"]


@pytest.mark.parametrize("key", ["starts_at", "starts_by", "not_before", "ends_at"])
def test_no_clock_time_lies_before_the_start(key: str) -> None:
    text = day(("dialogue", 40), ("closing", 40, f'{key} = "00:10"')).replace("09:00", "23:00")
    (problem,) = told(text)
    assert (problem.code, problem.level, problem.segment) == ("before-start", "error", "Part 2")
    assert "the minutes say when things are over" in problem.hint


def test_a_day_may_go_on_past_midnight_and_its_promised_end_follows() -> None:
    text = day(("dialogue", 40), ("closing", 40)).replace("09:00", "23:00")
    assert told(text) == []
    text = text.replace("minutes = 80", 'minutes = 80\nends_by = "00:20"')
    assert [p.code for p in told(text)] == ["before-start"]


def test_promises_are_not_judged_while_a_length_is_in_doubt() -> None:
    parts = ("dialogue", 40), ("break", 10, 'starts_by = "09:30"'), ("closing", 10)
    text = day(*parts).replace("minutes = 40", 'minutes = "40"')
    assert [p.code for p in told(text)] == ["type"]
