"""What someone can choose among for one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from facilitate.core.captures import KINDS, Entry, EntryState
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import (
    LookAgain,
    Lower,
    MoveTo,
    PutToTest,
    Raise,
    ReadBack,
)
from facilitate.core.line_choices import (
    merge_targets,
    moves,
    narrower,
    read_when,
    to_be_tested,
    wider,
)
from facilitate.core.tally import SCALES

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def line(sitting: Sitting, number: int = 1) -> Entry:
    found = sitting.state.entry(number)
    assert found is not None
    return found


def carry(sitting: Sitting, number: int, **fields: object) -> None:
    """Let an earlier sitting have handed on a line."""
    made = CarriedLine(
        sitting="2026-06-06-harbour-1-abcd", number=number, kind="agreement", ring="cohort",
        state="in force", text="One mic",
    )._replace(**fields)  # fmt: skip
    sitting.state = replace(sitting.state, inherited=Inherited(lines=(made,), highest=number))


def test_what_a_deed_of_its_own_leads_to_is_not_moved_to(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1))
    assert moves(line(running)) == ("open", "parked", "set aside", "merged")
    carry(running, 7)
    assert moves(line(running, 7)) == ("retired",)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", get_args(EntryState))
def test_whatever_is_offered_can_be_done(
    running: Sitting, kind: str, state: EntryState
) -> None:
    running.write(f"{kind}: first")
    running.write(f"{kind}: second")
    first = line(running)._replace(state=state)
    running.state = replace(running.state, entries={**running.state.entries, first.id: first})
    for to in moves(first):
        running.fork().do(MoveTo(number=1, state=to, into=2))


def test_a_line_becomes_a_part_of_another_one_of_its_kind_only(running: Sitting) -> None:
    for text in ("a: One mic", "q: who holds us?", "a: One speaker"):
        running.write(text)
    carry(running, 7)
    assert [one.name for one in merge_targets(running.state, line(running))] == ["A3", "A7"]
    assert merge_targets(running.state, line(running, 2)) == ()


def test_rings_are_offered_from_the_next_one_on(running: Sitting) -> None:
    running.write("l: it was quiet")
    assert wider(line(running)) == ("cohort", "team", "public")
    assert narrower(line(running)) == ("room",)
    running.do(Raise(number=1, ring="public"))
    assert wider(line(running)) == ()
    assert narrower(line(running)) == ("team", "cohort", "sitting", "room")


def test_what_stands_in_an_earlier_record_comes_back_no_further_than_the_cohort(
    running: Sitting,
) -> None:
    carry(running, 7)
    assert narrower(line(running, 7)) == ()
    carry(running, 7, ring="team")
    assert narrower(line(running, 7)) == ("cohort",)


@pytest.mark.parametrize("number", [1, 7])
def test_every_ring_that_is_offered_can_be_chosen(running: Sitting, number: int) -> None:
    running.write("a: One mic")
    carry(running, 7, ring="team")
    for ring in wider(line(running, number)):
        running.fork().do(Raise(number=number, ring=ring))
    for below in narrower(line(running, number)):
        running.fork().do(Lower(number=number, ring=below))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-11-22", "2026-11-22"),
        (" Next ", "next"),
        ("+3w", "+3w"),
        ("part2", "part2"),
        ("22.11.2026", ""),
        ("2026-13-01", ""),
        ("in two weeks", ""),
        ("2026-11-22 or so", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_as_on_the_capture_line(running: Sitting, text: str, when: str) -> None:
    assert read_when(text) == when
    running.write("a: One mic")
    running.do(LookAgain(number=1, when=read_when(text)))
    assert line(running).marks.when == when


def test_a_test_is_about_the_agreement_that_waits_for_one(running: Sitting) -> None:
    assert to_be_tested(running.state) is None
    for text in ("a: First", "a: Second", "t: third", "a: Fourth"):
        running.write(text)
    assert name_to_be_tested(running) == "A4"  # none was read back yet
    running.do(ReadBack(number=2))
    running.do(ReadBack(number=1))
    assert name_to_be_tested(running) == "A2"
    running.do(PutToTest(number=1, scale=SCALES["fist"]))
    assert name_to_be_tested(running) == "A1"


def name_to_be_tested(sitting: Sitting) -> str:
    entry = to_be_tested(sitting.state)
    assert entry is not None
    return entry.name
