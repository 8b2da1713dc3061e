from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import CaptureKind, Segment
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import (
    AgreeNotes,
    HearAgain,
    MoveTo,
    PutToTest,
    ReadBack,
    Reaffirm,
    Withdraw,
)
from facilitate.core.entry_events import EntryReworded
from facilitate.core.line_meaning import capture_kind
from facilitate.core.lines_view import Line, Typing, line_view, made_here, typing
from facilitate.core.tally import SCALES

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


STORIES = CarriedLine(
    sitting="2026-06-06-circle-3ab9",
    number=9,
    kind="agreement",
    ring="cohort",
    state="in force",
    text="Stories stay",
)


@pytest.fixture
def agreeing(running: Sitting) -> Sitting:
    """In the second part, on time."""
    return running.at("09:20").next()


def test_the_part_chooses_the_kind(running: Sitting) -> None:
    assert capture_kind(running.state) == "learning"
    assert capture_kind(running.at("09:20").next().state) == "agreement"


@pytest.mark.parametrize(
    ("text", "label", "keeps"),
    [
        ("", "agreement", "cohort"),
        ("One", "agreement", "cohort"),
        ("t: rupture", "term", "cohort"),
        ("t:", "agreement", "cohort"),
        ("gratitude: rain", "gratitude", "this sitting only, until closing"),
        ("*1 other", "new words for A1", "cohort"),
        ("*L2 other", "new words for L2", "this sitting only, until closing"),
        ("*7 other", "agreement", "cohort"),
        ("&1 also outside", "agreement with A1", "cohort"),
        ("&1", "A1 also heard", "cohort"),
        ("*7", "agreement", "cohort"),
    ],
)
def test_a_half_line_says_what_it_would_become(
    text: str, label: str, keeps: str, agreeing: Sitting
) -> None:
    agreeing.write("One mic")
    agreeing.write("l: it was quiet")
    assert typing(agreeing.state, text) == Typing(label=label, keeps=keeps)


@pytest.mark.parametrize("text", ["!", " !", "! ", "!h", "! a: held", "\u200f!", "!*1 other"])
def test_from_the_very_first_mark_a_line_is_for_the_room(text: str, agreeing: Sitting) -> None:
    said = typing(agreeing.state, text)
    assert said.label == "room only"
    assert said.keeps.startswith("not saved")


@pytest.mark.parametrize("kind", ["agreement", "question", "learning", "resource"])
def test_an_empty_line_says_how_far_its_kind_travels(
    kind: CaptureKind, open_parts: Callable[..., Sitting]
) -> None:
    part = Segment(id="a", title="A", kind="dialogue", minutes=10, capture=(kind,))
    sitting = open_parts(part).next()
    sitting_only = kind in {"learning", "resource"}
    assert typing(sitting.state, "").label == kind
    assert typing(sitting.state, "").keeps.startswith(
        "this sitting" if sitting_only else "cohort"
    )


# Beside a line that is there


def line(sitting: Sitting, number: int) -> Line:
    entry = sitting.state.entry(number)
    assert entry is not None
    return line_view(sitting.state, entry)


def test_a_line_says_in_a_few_words_what_else_is_known_of_it(agreeing: Sitting) -> None:
    agreeing.write("Stories stay #policy @home-visiting >part2")
    agreeing.write("&1 in the chat, too >next")
    agreeing.write("One voice >+6w")
    agreeing.write("Breathe >2027-01-31")
    agreeing.do(HearAgain(number=1)).do(MoveTo(number=3, state="merged", into=1))
    assert [line(agreeing, number).more for number in (1, 2, 3, 4)] == [
        "#policy, for home-visiting, again in part 2, also heard",
        "again next time, with A1",
        "again in 6 weeks, part of A1",
        "again on 2027-01-31",
    ]
    assert line(agreeing, 3).state == "merged"


def test_two_wordings_stand_side_by_side(agreeing: Sitting) -> None:
    entry = agreeing.write("One mic")
    agreeing.record(EntryReworded(entry=entry, text="One voice"), base=())
    assert line(agreeing, 1).text == "One mic / One voice"


def test_a_carried_line_is_not_among_what_was_made_here(agreeing: Sitting) -> None:
    agreeing.state = replace(agreeing.state, inherited=Inherited(lines=(STORIES,), highest=9))
    agreeing.do(Reaffirm(number=9)).write("One mic")
    assert [made.name for made in made_here(agreeing.state, ())] == ["A10"]


# While it is typed


def test_where_nothing_is_kept_every_line_says_so(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    agreeing.do(AgreeNotes(keeps=False))
    for text in ("", "One", "q: who?", "*1 One voice", "! held"):
        said = typing(agreeing.state, text)
        assert (said.label, said.keeps) == ("room only", "not saved, gone when this closes")


def test_while_a_line_is_tested_a_tally_says_whom_to_hear_first(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1)).do(PutToTest(number=1, scale=SCALES["fist"]))
    assert typing(agreeing.state, "5x9 4x3 2") == Typing(
        label="tally for A1",
        keeps="this sitting only, until closing",
        hint="one below three: hear them first",
    )


def test_a_term_that_is_there_is_offered_and_not_merged(agreeing: Sitting) -> None:
    carried = STORIES._replace(kind="term", text="rupture = a break")
    agreeing.state = replace(agreeing.state, inherited=Inherited(lines=(carried,), highest=9))
    words = "T9 is that word already: *9 gives it other words"
    assert typing(agreeing.state, "t: Ruptures = tears").hint == words
    assert typing(agreeing.state, "f: Ruptures").hint == ""
    agreeing.do(Withdraw(number=9))
    assert typing(agreeing.state, "t: Ruptures = tears").hint == ""


def test_a_half_line_can_go_on_as_a_carried_one(agreeing: Sitting) -> None:
    agreeing.state = replace(agreeing.state, inherited=Inherited(lines=(STORIES,), highest=9))
    suggestion = typing(agreeing.state, "stor").suggestion
    assert suggestion is not None
    assert (suggestion.text, suggestion.source.name) == ("stories stay", "A9")
    assert typing(agreeing.state, "tell my client").hint == "tells of a client"
