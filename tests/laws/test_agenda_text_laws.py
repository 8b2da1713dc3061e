"""What holds of every change in place, however a file is laid out."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.agenda_texts import File, agenda_files

from facilitate.formats.agenda_text import AgendaText, agenda_text
from facilitate.formats.agenda_toml import read_agenda

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agendas").glob("*.toml"))


def said(text: AgendaText) -> dict[str, Any]:
    """What a file says, without the order of its keys."""
    return tomllib.loads(text.raw().decode("utf-8-sig").replace("\r\n", "\n"))


def part_of(text: AgendaText, place: int) -> dict[str, Any]:
    found: dict[str, Any] = said(text)["segment"][place]
    return found


@given(agenda_files())
def test_the_examples_are_sound_agendas(file: File) -> None:
    agenda = read_agenda(file.raw, "day.toml").agenda
    assert agenda is not None
    assert tuple(segment.minutes for segment in agenda.segments) == file.lengths


@given(agenda_files())
def test_a_file_that_is_not_changed_keeps_every_byte(file: File) -> None:
    text = agenda_text(file.raw)
    assert text.raw() == file.raw
    assert len(text.parts) == len(file.lengths)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_files_keep_every_byte(path: Path) -> None:
    raw = path.read_bytes()
    text = agenda_text(raw)
    assert text.raw() == raw
    assert len(text.parts) == len(said(text).get("segment", []))


@given(agenda_files(), st.data())
def test_a_part_moved_there_and_back_leaves_the_same_bytes(
    file: File, data: st.DataObject
) -> None:
    text = agenda_text(file.raw)
    place, to = (data.draw(st.integers(0, len(file.lengths) - 1)) for _ in range(2))
    assert text.moved(place, to).moved(to, place).raw() == file.raw


@given(agenda_files(), st.data())
def test_a_moved_part_says_the_same_in_its_new_place(file: File, data: st.DataObject) -> None:
    text = agenda_text(file.raw)
    place, to = (data.draw(st.integers(0, len(file.lengths) - 1)) for _ in range(2))
    before, after = said(text), said(text.moved(place, to))
    before["segment"].insert(to, before["segment"].pop(place))
    assert after == before
    assert _lines(text.moved(place, to).text) == _lines(text.text)


@given(agenda_files(), st.data())
def test_another_length_changes_that_line_and_no_other(file: File, data: st.DataObject) -> None:
    text = agenda_text(file.raw)
    place = data.draw(st.integers(0, len(file.lengths) - 1))
    changed = text.with_value(("segment", place, "minutes"), 99)
    assert part_of(changed, place) == part_of(text, place) | {"minutes": 99}
    _one_line_differs(text, changed)
    back = changed.with_value(("segment", place, "minutes"), file.lengths[place])
    assert back.raw() == file.raw


@given(agenda_files(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_title_can_be_given(file: File, title: str) -> None:
    text = agenda_text(file.raw)
    changed = text.with_value(("session", "title"), title)
    assert said(changed)["session"] == said(text)["session"] | {"title": title}
    assert len(changed.text.split("\n")) == len(text.text.split("\n"))


@given(agenda_files())
def test_a_new_key_is_one_more_line_and_goes_again_without_a_trace(file: File) -> None:
    text = agenda_text(file.raw)
    more = text.with_value(("session", "topic"), "rest")
    assert said(more)["session"] == said(text)["session"] | {"topic": "rest"}
    assert more.with_value(("session", "topic"), None).raw() == file.raw


@given(agenda_files(), st.data())
def test_a_part_taken_out_takes_its_own_lines_and_no_others(
    file: File, data: st.DataObject
) -> None:
    assume(len(file.lengths) > 1)
    text = agenda_text(file.raw)
    place = data.draw(st.integers(0, len(file.lengths) - 1))
    less = text.without(place)
    expected = said(text)
    del expected["segment"][place]
    assert said(less) == expected
    assert sorted(_lines(less.text) + _lines(text.parts[place])) == _lines(text.text)


@given(agenda_files())
def test_without_the_tables_of_a_list_all_else_says_the_same(file: File) -> None:
    text = agenda_text(file.raw)
    less = said(text.without_tables("offered"))
    assert less == {key: value for key, value in said(text).items() if key != "offered"}


def _lines(text: str) -> list[str]:
    """The lines that are not blank, sorted."""
    return sorted(line for line in text.splitlines() if line.strip())


def _one_line_differs(before: AgendaText, after: AgendaText) -> None:
    differing = [
        line[0]
        for line in difflib.ndiff(before.text.split("\n"), after.text.split("\n"))
        if line[0] in "+-"
    ]
    assert differing in ([], ["-", "+"], ["+", "-"])
