"""What holds of every merge of two versions of an agenda, however it is laid out."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.agenda_texts import File, agenda_files

from facilitate.formats.agenda_merge import Lines, Merged, merged
from facilitate.formats.agenda_text import AgendaText, agenda_text
from facilitate.formats.agenda_toml import read_agenda
from facilitate.session import building
from facilitate.store import git

FEW = settings(max_examples=60)
"""Each of them starts git several times."""


def merge_lines(base: str, ours: str, theirs: str, about: str) -> Lines:
    labels = [f"{side} ({about})" for side in ("ours", "base", "theirs")]
    found, is_clean = git.merge_lines(base.encode(), ours.encode(), theirs.encode(), labels)
    return Lines(found.decode(), is_clean)


def merge(base: AgendaText, ours: AgendaText, theirs: AgendaText) -> Merged:
    return merged(base.raw(), ours.raw(), theirs.raw(), merge_lines)


def said(raw: bytes) -> dict[str, Any]:
    return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))


def lengthened(text: AgendaText, places: set[int], by: int) -> AgendaText:
    """The text with so many more minutes in some parts."""
    lengths = [part["minutes"] for part in said(text.raw())["segment"]]
    for place in places:
        text = building.with_minutes(text, place, lengths[place] + by)
    return text


def some(data: st.DataObject, file: File) -> tuple[set[int], set[int]]:
    """Some parts, and some of the others."""
    sides = [data.draw(st.sampled_from(["ours", "theirs", "neither"])) for _ in file.lengths]
    ours, theirs = (
        {place for place, name in enumerate(sides) if name == side}
        for side in ("ours", "theirs")
    )
    return ours, theirs


@FEW
@given(agenda_files(), st.data())
def test_changes_to_different_parts_go_together_to_the_byte(
    file: File, data: st.DataObject
) -> None:
    base = agenda_text(file.raw)
    mine, yours = some(data, file)
    ours, theirs = lengthened(base, mine, 50), lengthened(base, yours, 100)
    found = merge(base, ours, theirs)
    assert found.conflicts == ()
    assert found.raw == lengthened(ours, yours, 100).raw()


@FEW
@given(agenda_files(), st.data())
def test_a_part_that_one_moves_and_another_that_one_changes_go_together(
    file: File, data: st.DataObject
) -> None:
    base = agenda_text(file.raw)
    last = len(file.lengths) - 1
    place, to = (data.draw(st.integers(0, last)) for _ in range(2))
    changed = data.draw(st.integers(0, last))
    moved, longer = base.moved(place, to), lengthened(base, {changed}, 50)
    order = list(range(last + 1))
    order.insert(to, order.pop(place))
    expected = said(lengthened(moved, {order.index(changed)}, 50).raw())
    for found in (merge(base, moved, longer), merge(base, longer, moved)):
        assert found.conflicts == ()
        assert said(found.raw) == expected


@FEW
@given(agenda_files(most=3), agenda_files(most=3), agenda_files(most=3))
def test_whatever_is_merged_is_sound_or_said_not_to_be(
    base: File, ours: File, theirs: File
) -> None:
    found = merged(base.raw, ours.raw, theirs.raw, merge_lines)
    if not found.conflicts:
        assert read_agenda(found.raw, "day.toml").agenda is not None
    elif b"<<<<<<<" in found.raw:
        assert b">>>>>>>" in found.raw


@FEW
@given(agenda_files(most=4), st.data())
def test_no_line_that_somebody_wrote_is_lost(file: File, data: st.DataObject) -> None:
    base = agenda_text(file.raw)
    sides = []
    for name in ("ours", "theirs"):
        text = base
        for _ in range(data.draw(st.integers(1, 2))):
            count = len(text.parts)
            place, to = (data.draw(st.integers(0, count - 1)) for _ in range(2))
            match data.draw(st.sampled_from(["write", "move", "out"])):
                case "write":
                    text = text.with_value(("segment", place, "if_quiet"), f"{name} wrote")
                case "move":
                    text = text.moved(place, to)
                case "out" if count > 1:
                    text = building.without(text, place)
        sides.append(text)
    found = merge(base, *sides)
    lines = found.raw.decode("utf-8-sig").splitlines()
    for side in sides:
        written = [line for line in side.text.splitlines() if " wrote" in line]
        assert all(line in lines for line in written)
    once = {line for line, count in Counter(base.text.splitlines()).items() if count == 1}
    in_both = once.intersection(*(side.text.splitlines() for side in sides))
    assert all(line in lines for line in in_both if line.strip() and "minutes" not in line)
