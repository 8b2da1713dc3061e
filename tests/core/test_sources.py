from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Offered
from facilitate.core.capture_line import NewLine
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.completion import Source
from facilitate.core.entry_commands import LetGo, MoveTo, ReadBack, Withdraw
from facilitate.core.sources import origin, sources

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

MIC = Offered(kind="agreement", text="One mic, one speaker")
STORIES = CarriedLine(
    sitting="2026-06-06-circle-3ab9",
    number=4,
    kind="agreement",
    ring="cohort",
    state="in force",
    text="Stories stay",
)


@pytest.fixture
def sitting(open_sitting: type[Sitting]) -> Sitting:
    """With something offered by the team, and something carried."""
    from tests.core.conftest import DAY

    sitting = open_sitting(replace(DAY, offered=(MIC,)))
    sitting.state = replace(sitting.state, inherited=Inherited(lines=(STORIES,), highest=11))
    return sitting


def names(sitting: Sitting) -> list[tuple[str, str, str]]:
    return [(one.name, one.text, one.origin) for one in sources(sitting.state)]


def test_offered_lines_come_before_carried_ones_and_then_the_terms(sitting: Sitting) -> None:
    sitting.write("a: an agreement is no source")
    sitting.write("t: rupture = a break")
    sitting.write("f: window of tolerance")
    assert sources(sitting.state) == (
        Source(MIC.text, "offered", "agreement"),
        Source("Stories stay", "carried", "agreement", "A4"),
        Source("rupture = a break", "ours", "term", "T13"),
        Source("window of tolerance", "ours", "framework", "F14"),
    )


def test_without_an_agenda_and_a_cohort_there_are_none(running: Sitting) -> None:
    assert sources(running.state) == ()


def test_a_carried_line_is_there_with_the_words_of_now(sitting: Sitting) -> None:
    sitting.write("*4 Names stay, lessons leave")
    assert ("A4", "Names stay, lessons leave", "carried") in names(sitting)
    assert len(names(sitting)) == 2


@pytest.mark.parametrize(
    "command",
    [Withdraw(number=4), LetGo(number=4), MoveTo(number=4, state="retired")],
)
def test_what_stands_no_more_is_not_suggested_and_still_known(
    command: Withdraw | LetGo | MoveTo, sitting: Sitting
) -> None:
    sitting.do(command)
    assert names(sitting) == [("", MIC.text, "offered")]
    assert origin(sitting.state, NewLine(kind="agreement", text="stories stay.")) == "carried"


def test_a_term_that_the_group_moves_away_from_is_not_suggested(sitting: Sitting) -> None:
    sitting.write("t: the difficult family")
    sitting.do(ReadBack(number=12)).do(MoveTo(number=12, state="shared"))
    assert len(names(sitting)) == 3
    sitting.do(MoveTo(number=12, state="moving away from"))
    assert len(names(sitting)) == 2


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("One mic, one speaker.", "offered"),
        ("stories STAY", "carried"),
        ("Stories go", "ours"),
    ],
)
def test_a_line_is_known_by_its_words(text: str, whose: str, sitting: Sitting) -> None:
    sitting.write(f"a: {text}")
    (entry,) = sitting.state.entries.values()
    assert entry.origin == whose


def test_a_line_that_says_whose_it_is_is_believed(sitting: Sitting) -> None:
    line = NewLine(kind="agreement", text="One mic, one speaker, one chat", origin="adapted")
    assert origin(sitting.state, line) == "adapted"
