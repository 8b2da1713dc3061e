"""Programme files, and what they give to the agendas next to them."""

from dataclasses import replace
from pathlib import Path

import pytest

from facilitate.core.agenda import Afterwards, Agenda, Preparation
from facilitate.core.programme import Programme
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.problem import Problem
from facilitate.formats.programme_toml import (
    Unreadable,
    read_programme,
    with_standards,
)
from facilitate.formats.toml_reading import is_programme

AGENDAS = Path(__file__).parents[2] / "agendas"

PROGRAMME = """\
format = 1

[programme]
id = "spring"
title = "Spring"
timezone = "America/Los_Angeles"
starts = 2027-03-01
ends = 2027-06-30

[[before]]
minutes = 45
who = "tech"
do = "Open the meeting."

[after]
minutes = 30
questions = ["How are we?"]

[[topic]]
key = "words"
title = "Words"

[[milestone]]
kind = "deadline"
title = "Applications due"
date = 2027-01-31
start = "5:00 PM"

[[session]]
number = 1
date = 2027-03-09
title = "Beginning"
place = "in person"

[[session]]
number = 2
date = 2027-04-13
title = "Words"
place = "online"
topic = "words"
part = 1
agenda = "words.toml"

[[session]]
number = 3
date = 2027-05-11
title = "Going on"
place = "online"
"""


def told(text: str) -> list[Problem]:
    return list(read_programme(text.encode(), "spring.toml").problems)


def changed(old: str, new: str) -> str:
    assert PROGRAMME.count(old) == 1, old
    return PROGRAMME.replace(old, new)


def only(old: str, new: str) -> Problem:
    """The one problem that a change makes."""
    (problem,) = told(changed(old, new))
    return problem


def programme() -> Programme:
    read = read_programme(PROGRAMME.encode(), "spring.toml").programme
    assert read is not None
    return read


def shipped(name: str) -> Agenda:
    agenda = read_agenda((AGENDAS / name).read_bytes(), name).agenda
    assert agenda is not None
    return agenda


def test_the_programme_of_these_tests_is_read_whole() -> None:
    assert told(PROGRAMME) == []
    read = programme()
    assert [session.title for session in read.sessions] == ["Beginning", "Words", "Going on"]
    assert read.before == (Preparation(minutes=45, who="tech", do="Open the meeting."),)
    assert str(read.milestones[0].start) == "17:00:00"
    assert read.sessions[1].agenda == "words.toml"


def test_the_shipped_programme_has_nothing_to_mend() -> None:
    reading = read_programme((AGENDAS / "programme.toml").read_bytes(), "programme.toml")
    assert reading.problems == ()
    assert reading.programme is not None
    assert len(reading.programme.sessions) == 14


def test_the_agendas_of_the_shipped_programme_are_there_and_agree_with_it() -> None:
    read = read_programme((AGENDAS / "programme.toml").read_bytes(), "programme.toml").programme
    assert read is not None
    for session in read.sessions:
        assert session.agenda is not None
        agenda = shipped(session.agenda)
        same = ("number", "date", "title", "place", "topic", "part")
        assert [getattr(agenda, key) for key in same] == [getattr(session, key) for key in same]
        assert agenda.programme == read.id


def test_a_file_with_a_programme_table_is_a_programme() -> None:
    assert is_programme(PROGRAMME.encode())
    assert is_programme(b"\xef\xbb\xbf[ programme ]\n")
    assert is_programme(changed("2027-03-01", "1.3.2027").encode())


@pytest.mark.parametrize(
    "text",
    ["", "# [programme]\n", 'say = """\n[programme]\n"""\n', "[[programme]]\n", "\0", "[a"],
)
def test_other_files_are_no_programme(text: str) -> None:
    assert not is_programme(text.encode())
    assert not is_programme(PROGRAMME.encode("utf-16"))


@pytest.mark.parametrize("file", sorted(AGENDAS.glob("[!p]*.toml")), ids=lambda file: file.stem)
def test_a_shipped_agenda_is_no_programme(file: Path) -> None:
    assert not is_programme(file.read_bytes())


def test_another_encoding_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="UTF-16"):
        read_programme(PROGRAMME.encode("utf-16"), "spring.toml")


# Rules


def test_an_unknown_key_is_an_error_with_what_was_meant() -> None:
    problem = only('title = "Spring"', 'title = "Spring"\nshort_titel = "S"')
    assert (problem.code, problem.line) == ("unknown-key", 6)
    assert problem.hint == 'Did you mean "short_title"?'


@pytest.mark.parametrize("key", ["id", "title", "timezone", "starts", "ends"])
def test_a_needed_key_is_missed(key: str) -> None:
    lines = PROGRAMME.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
    (problem,) = told("".join(lines[:first] + lines[first + 1 :]))
    assert (problem.code, problem.line) == ("missing", 3)


def test_a_programme_has_sessions() -> None:
    (problem,) = told(PROGRAMME.split("[[session]]")[0])
    assert problem.message == "There is no [[session]]."
    assert problem.hint == "A programme has one."


@pytest.mark.parametrize(("written", "expected"), [(4, 2), (1, 2), (0, 2), (-1, 2)])
def test_numbers_have_no_gaps_and_none_comes_twice(written: int, expected: int) -> None:
    problem = told(changed("number = 2\n", f"number = {written}\n"))[0]
    assert problem.code == "number"
    assert problem.message == f"Session {expected} is expected here, and this says {written}."
    assert problem.line == 36


def test_one_gap_is_told_once() -> None:
    text = changed("number = 2\n", "number = 5\n").replace("number = 3\n", "number = 6\n")
    assert [p.code for p in told(text)] == ["number"]


def test_sessions_come_in_the_order_of_their_dates() -> None:
    problem = only("2027-05-11", "2027-04-01")
    assert problem.message == "2027-04-01 is before the session above, which is on 2027-04-13."
    assert (problem.code, problem.line) == ("date-order", 46)


def test_two_sessions_may_be_on_one_day() -> None:
    assert told(changed("2027-05-11", "2027-04-13")) == []


@pytest.mark.parametrize(
    ("old", "new"), [("2027-05-11", "2027-07-11"), ("2027-03-09", "2027-02-09")]
)
def test_sessions_lie_within_the_programme(old: str, new: str) -> None:  # fmt: skip
    assert "2027-03-01 to 2027-06-30" in only(old, new).message


def test_a_programme_ends_after_it_starts() -> None:
    problem = only("ends = 2027-06-30", "ends = 2027-01-30")
    assert problem.message == "The programme ends on 2027-01-30, before it starts."


def test_milestones_may_lie_outside() -> None:
    assert told(changed("2027-01-31", "2026-01-31")) == []


def test_a_topic_that_is_not_there_gets_the_nearest() -> None:
    problem = only('topic = "words"', 'topic = "word"')
    assert problem.message == 'There is no [[topic]] with the key "word".'
    assert problem.hint == 'Did you mean "words"?'


def test_no_two_topics_have_one_key() -> None:
    text = f'{PROGRAMME}\n[[topic]]\nkey = "words"\ntitle = "Again"\n'
    assert [p.code for p in told(text)] == ["same-name"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "spring"', 'id = "Spring 2027"', "short-name"),
        ('key = "words"', 'key = "The words"', "short-name"),
        ("America/Los_Angeles", "America/Los_Angelos", "timezone"),
        ("minutes = 45", "minutes = 0", "amount"),
        ("minutes = 30", "minutes = -1", "amount"),
        ("number = 3", 'number = "3"', "type"),
        ("date = 2027-05-11", 'date = "2027-05-11"', "date"),
        ('start = "5:00 PM"', "start = 17:00", "clock-time"),
        ('title = "Going on"', 'title = ""', "empty"),
        ('place = "in person"', 'place = "inperson"', "choice"),
        ("format = 1", "format = 2", "newer-format"),
        ("[[milestone]]", "[milestone]", "header"),
        ('title = "Spring"', 'title = ""', "empty"),
        ('title = "Applications due"', 'title = ""', "empty"),
        ("part = 1", "part = 0", "amount"),
        ("starts = 2027-03-01", "starts = 0227-03-01", "date"),
        ("date = 2027-05-11", "date = 0227-05-11", "date"),
        ("date = 2027-01-31", "date = 0227-01-31", "date"),
        ('start = "5:00 PM"', 'agenda = "due"', "file-name"),
    ],
)
def test_a_programme_is_as_strict_as_an_agenda(old: str, new: str, code: str) -> None:
    assert code in [p.code for p in told(changed(old, new))]


def test_no_order_is_judged_while_a_date_is_in_doubt() -> None:
    text = changed("2027-04-13", "13.4.2027")
    assert [p.code for p in told(text)] == ["date"]


def second_part(changes: str) -> str:
    """The programme with a third session that goes on with the topic of the second."""
    return f'{PROGRAMME}topic = "words"\n{changes}\n'


def test_part_two_of_a_topic_comes_after_part_one() -> None:
    assert told(second_part("part = 2")) == []
    text = second_part("part = 1").replace("part = 1", "part = 2", 1)
    (problem,) = told(text)
    assert (problem.code, problem.line) == ("parts", 41)
    assert problem.message == 'Part 2 of "words" comes before part 1, which is session 3.'


def test_a_part_without_the_one_before_it_and_one_that_comes_twice_are_told() -> None:
    (problem,) = told(second_part("part = 3"))
    assert problem.message == 'Part 3 of "words" comes before part 2, which is missing.'
    (problem,) = told(second_part("part = 1"))
    assert problem.message == 'Part 1 of "words" is there twice.'


def test_a_part_without_a_topic_is_part_of_nothing_here() -> None:
    assert told(changed('title = "Going on"', 'title = "Going on"\npart = 7')) == []


@pytest.mark.parametrize("name", ["words", "day/words.toml", "..\\\\words.toml", "", ".toml"])
def test_an_agenda_is_named_by_its_file_beside_the_programme(name: str) -> None:
    problem = only('"words.toml"', f'"{name}"')
    assert (problem.code, problem.line) == ("file-name", 42)


def test_no_two_sessions_share_an_agenda() -> None:
    (problem,) = told(f'{PROGRAMME}agenda = "words.toml"\n')
    assert (problem.code, problem.level, problem.line) == ("same-name", "warning", 49)


def test_two_milestones_may_share_an_agenda() -> None:
    one = (
        '\n[[milestone]]\nkind = "talk"\ntitle = "Talk"\ndate = 2027-02-01\nagenda = "t.toml"\n'
    )
    assert told(PROGRAMME + one + one) == []


def test_the_start_of_a_milestone_exists_on_its_day() -> None:
    text = changed('date = 2027-01-31\nstart = "5:00 PM"', 'date = 2024-03-10\nstart = "02:30"')
    assert [(p.code, p.level) for p in told(text)] == [("no-such-time", "error")]


# Standards


def test_an_agenda_without_lists_of_its_own_gets_those_of_its_programme() -> None:
    agenda = with_standards(shipped("iecmh-02-attachment-part-1.toml"), programme())
    assert agenda.before == programme().before
    assert agenda.after == Afterwards(minutes=30, questions=("How are we?",))


def test_lists_of_its_own_replace_those_of_the_programme() -> None:
    own = shipped("iecmh-09-wounding-healing-part-1.toml")
    assert own.before
    assert own.after is not None
    assert with_standards(own, programme()) == own


def test_one_of_the_two_lists_may_be_its_own() -> None:
    own = replace(shipped("iecmh-09-wounding-healing-part-1.toml"), after=None)
    filled = with_standards(own, programme())
    assert (filled.before, filled.after) == (own.before, programme().after)
