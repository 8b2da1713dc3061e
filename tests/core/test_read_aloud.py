"""What is read aloud, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import Keep, Reaffirm, Withdraw
from facilitate.core.read_aloud import lines_to_read

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def names(sitting: Sitting) -> list[str]:
    return [line.name for line in lines_to_read(sitting.state)]


def test_lines_are_read_by_kind_and_then_by_number(running: Sitting) -> None:
    for text in ("q: who holds us?", "t: repair = back", "a: One mic", "a: Slow down"):
        running.write(text)
    assert names(running) == ["A3", "A4", "T2", "Q1"]
    first = lines_to_read(running.state)[0]
    assert first == (3, "A3", "agreement", "heard", "One mic", "")


def test_what_stays_in_the_sitting_is_not_read_from_a_screen_that_may_be_shared(
    running: Sitting,
) -> None:
    for text in ("l: the heron stays", "a: One mic", "a: Slow down"):
        running.write(text)
    running.do(Withdraw(number=3))
    assert names(running) == ["A2"]
    running.do(Keep(number=1))
    assert names(running) == ["A2", "L1"]
    assert "heron" not in repr(lines_to_read(running.state))


def test_carried_lines_are_read_when_this_sitting_worked_with_them(running: Sitting) -> None:
    lines = (
        CarriedLine("old", 1, "agreement", "cohort", "in force", "One mic", "the elders"),
        CarriedLine("old", 2, "agreement", "cohort", "in force", "Slow down"),
    )
    running.state = replace(running.state, inherited=Inherited(lines=lines, highest=2))
    assert names(running) == []
    running.do(Reaffirm(number=1))
    assert names(running) == ["A1"]
    assert lines_to_read(running.state)[0].lineage == "the elders"
