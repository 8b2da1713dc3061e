"""Reading an agenda file, changing it in one place at a time, and writing it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import AgendaText
from facilitate.session import building
from facilitate.session.building import Draft, Unbuildable

DATA = Path(__file__).parents[1] / "data" / "agendas"
SMALL = (DATA / "small.toml").read_bytes()


def text(*changes: tuple[str, str]) -> AgendaText:
    """The small agenda, changed."""
    raw = SMALL.decode()
    for old, new in changes:
        assert old in raw, old
        raw = raw.replace(old, new)
    return building.text_of(raw.encode(), "day.toml")


def day(one: AgendaText) -> Draft:
    return building.draft(one, "day.toml")


PARTS = """\
title = "Break"
kind = "break"
minutes = 5

[[segment]]
title = "Break"
kind = "break"
minutes = 7

[[segment]]
id = "end"
title = "Closing words"\
"""
BREAKS = ('title = "Closing"', PARTS)


# Reading


def test_a_day_that_does_not_add_up_is_read_all_the_same() -> None:
    draft = day(text(("minutes = 30", "minutes = 31")))
    assert [problem.code for problem in draft.errors] == ["sum"]
    assert [one.minutes for one in draft.agenda.segments] == [10, 20]


def test_what_cannot_be_changed_in_place_is_said_with_its_line(tmp_path: Path) -> None:
    for raw, said in [
        (b"minutes = 015\n[session]\n", "day.toml:1: Write 15."),
        (b"\xff\xfea\0b\0", "UTF-16"),
        (b"[programme]\nid = 'p'\n", "This is a programme"),
        (b"", "There is nothing in this file yet."),
        (SMALL.split(b"[[segment]]")[0], "There is no"),
    ]:
        path = tmp_path / "day.toml"
        path.write_bytes(raw)
        with pytest.raises(Unbuildable) as caught:
            building.read(path, "day.toml")
        assert said in str(caught.value)


def test_parts_on_one_line_cannot_be_changed_in_place() -> None:
    head = SMALL.split(b"[[segment]]")[0].replace(b"format = 1\n", b"")
    inline = b'segment = [{ title = "A", kind = "closing", minutes = 30 }]\n'
    with pytest.raises(Unbuildable, match=r"each below a line \[\[segment\]\]"):
        building.text_of(b"format = 1\n" + inline + head.replace(b"before", b"offered"), "a")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Unbuildable, match=r"day.toml: There is no such file."):
        building.read(tmp_path / "day.toml", "day.toml")
    with pytest.raises(Unbuildable, match=r"This is a folder\. Name a file in it\."):
        building.read(tmp_path, "day.toml")


# Which part


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("arriving", 0),
        ("ARR", 0),
        ("1", 0),
        ("4", 3),
        ("end", 3),
        (" clos ", 3),
        ("break-2", 2),
    ],
)
def test_a_part_is_meant_by_id_number_or_the_beginning_of_its_title(
    said: str, place: int
) -> None:
    assert building.place_of(day(text(BREAKS)).agenda, said) == place


def test_of_several_parts_the_numbers_are_named() -> None:
    with pytest.raises(Refused) as caught:
        building.place_of(day(text(BREAKS)).agenda, "break")
    assert str(caught.value) == (
        'Several parts begin with "break". Say a number:\n   2  Break (break)\n'
        "   3  Break (break-2)"
    )


def test_a_part_that_is_not_there_is_answered_with_the_nearest_one_or_with_all() -> None:
    agenda = day(text(BREAKS)).agenda
    for said, answer in [("clsing words", 'Did you mean "Closing words"?'), ("ende", '"end"?')]:
        with pytest.raises(Refused, match=answer.replace("?", r"\?")):
            building.place_of(agenda, said)
    for said in ("", "nothing like it", "5", "0", "\x1b[2J"):
        with pytest.raises(Refused) as caught:
            building.place_of(agenda, said)
        assert "   1  Arriving (arriving)\n" in str(caught.value)
        assert "\x1b" not in str(caught.value)


# Changing


def test_the_minutes_of_the_day_follow_where_they_were_the_sum() -> None:
    after = building.with_minutes(text(), 0, 8)
    assert (day(after).agenda.minutes, day(after).agenda.segments[0].minutes) == (28, 8)
    assert building.with_minutes(after, 0, 10).raw() == SMALL


def test_the_minutes_of_the_day_stay_where_they_were_not_the_sum() -> None:
    after = building.with_minutes(text(("minutes = 30", "minutes = 28")), 0, 8)
    assert day(after).agenda.minutes == 28
    assert not day(after).errors


def test_a_part_with_another_title_keeps_the_id_by_which_records_know_it() -> None:
    named = building.titled(text(BREAKS), 1, "A pause\nfor all")
    assert [one.id for one in day(named).agenda.segments] == [
        "arriving", "break", "break-2", "end"
    ]  # fmt: skip
    assert day(named).agenda.segments[1].title == "A pause for all"
    again = building.titled(named, 1, "Break")
    assert again.text.count('id = "break"') == 1


def test_a_part_taken_out_takes_its_minutes_with_it() -> None:
    after = building.without(text(), 0)
    assert [one.title for one in day(after).agenda.segments] == ["Closing"]
    assert day(after).agenda.minutes == 20
    with pytest.raises(Refused, match="one part at least"):
        building.without(after, 0)


def test_the_text_before_a_change_is_what_undo_goes_back_to() -> None:
    before = text()
    after = building.moved(before, 0, 1)
    assert [one.title for one in day(after).agenda.segments] == ["Closing", "Arriving"]
    assert before.raw() == SMALL


def test_what_a_change_makes_worse_is_told_and_what_was_there_is_not() -> None:
    before = text(('lead = "lead"', 'lead = "leader"'))
    after = building.with_minutes(before, 0, 4)
    worse = building.worse(day(before), day(after))
    assert [problem.code for problem in worse] == ["at-least"]


def test_a_sum_that_was_wrong_before_is_not_made_worse_by_another_length() -> None:
    before = text(("minutes = 30", "minutes = 33"))
    after = building.with_minutes(before, 0, 11)
    assert building.worse(day(before), day(after)) == ()


# Writing


def test_a_changed_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(SMALL)
    path.chmod(0o664)
    before = building.read(path, "day.toml")
    building.write(path, building.with_minutes(before, 0, 8), before)
    assert path.read_bytes() == SMALL.replace(b"minutes = 30", b"minutes = 28").replace(
        b"minutes = 10", b"minutes = 8"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o664
    assert [one.name for one in tmp_path.iterdir()] == ["day.toml"]


def test_what_someone_else_wrote_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(SMALL)
    before = building.read(path, "day.toml")
    path.write_bytes(SMALL + b"# mine\n")
    with pytest.raises(Refused, match="Someone else has changed this file"):
        building.write(path, building.with_minutes(before, 0, 8), before)
    assert path.read_bytes() == SMALL + b"# mine\n"
