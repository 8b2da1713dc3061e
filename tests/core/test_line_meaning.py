from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.core.roads import FIST

from facilitate.core.capture_line import (
    HeardAgain,
    Line,
    NewLine,
    NewWording,
    Nothing,
    RoomLine,
    Votes,
)
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.completion import Source
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    Capture,
    HearAgain,
    Lower,
    PutToTest,
    ReadBack,
    Reword,
    TakeVotes,
    Withdraw,
)
from facilitate.core.line_meaning import command_of, line_of, scale_under_test
from facilitate.core.tally import Tally

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
    """In the part about agreements, with A1 read back, and A9 carried."""
    running.state = replace(running.state, inherited=Inherited(lines=(STORIES,)))
    running.at("09:20").next().write("One mic")
    return running.do(ReadBack(number=1))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Stories stay", NewLine(kind="agreement", text="Stories stay")),
        ("q: who holds us?", NewLine(kind="question", text="who holds us?")),
        ("*1 One voice", NewWording(number=1, text="One voice")),
        ("*A9 Names stay", NewWording(number=9, text="Names stay")),
        ("*7 other", NewLine(kind="agreement", text="*7 other")),
        ("&1", HeardAgain(number=1)),
        ("&9", HeardAgain(number=9)),
        ("&1 in the chat", NewLine(kind="agreement", text="in the chat", belongs_with=1)),
        ("&7", NewLine(kind="agreement", text="&7")),
        ("! held", RoomLine(text="held")),
        ("9/3/2", NewLine(kind="agreement", text="9/3/2")),
        ("=", NewLine(kind="agreement", text="=")),
        (" ", Nothing()),
    ],
)
def test_a_line_means_something_where_things_stand_as_they_do(
    text: str, means: Line, agreeing: Sitting
) -> None:
    assert line_of(agreeing.state, text) == means


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("9/3/2", Tally((9, 3, 2, 0, 0, 0))),
        ("5x9 4x3 2", Tally((9, 3, 0, 1, 0, 0))),
        ("=", Tally((), no_objection=True)),
        ("u12 s2 d1", None),
        ("3:15", None),
    ],
)
def test_while_a_line_is_tested_its_tally_is_read(
    text: str, tally: Tally | None, agreeing: Sitting
) -> None:
    agreeing.do(PutToTest(number=1, scale=FIST))
    assert scale_under_test(agreeing.state) == FIST
    if tally is None:
        assert isinstance(line_of(agreeing.state, text), NewLine)
        return
    assert line_of(agreeing.state, text) == Votes(text=text)
    assert command_of(agreeing.state, text) == TakeVotes(tally=tally)


def test_once_it_is_adopted_or_gone_the_same_characters_are_words(agreeing: Sitting) -> None:
    agreeing.do(PutToTest(number=1, scale=FIST))
    for step in (
        AdoptLine(number=1, confirmed=True),
        Withdraw(number=1),
        Lower(number=1, ring="room"),
    ):
        after = agreeing.fork().do(step).state
        assert scale_under_test(after) is None
        assert isinstance(line_of(after, "9/3/2"), NewLine)
    agreeing.write("*1 One voice")
    assert isinstance(line_of(agreeing.state, "9/3/2"), NewLine)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One voice", "One voice"),
        ("One voice <- the elders", "One voice <- the elders"),
        ("q: who?", "who?"),
        ("&1 in the chat", "in the chat"),
        ("*1 One voice", "One voice"),
    ],
)
def test_where_nothing_is_to_be_kept_words_are_for_the_room(
    text: str, words: str, agreeing: Sitting
) -> None:
    agreeing.do(AgreeNotes(keeps=False))
    held = RoomLine(text=words)
    assert line_of(agreeing.state, text) == command_of(agreeing.state, text) == held
    assert line_of(agreeing.state, "! held") == RoomLine(text="held")
    assert line_of(agreeing.state, "&1") == HeardAgain(number=1)
    assert line_of(agreeing.state, "") == Nothing()


def test_what_a_line_asks_for_is_done(agreeing: Sitting) -> None:
    commands = {
        "Stories go": Capture(line=NewLine(kind="agreement", text="Stories go")),
        "*1 One voice": Reword(wording=NewWording(number=1, text="One voice")),
        "&1": HearAgain(number=1),
        "! held": RoomLine(text="held"),
        "": Nothing(),
    }
    for text, command in commands.items():
        assert command_of(agreeing.state, text) == command


@pytest.mark.parametrize(
    ("text", "origin"),
    [("Stories stay", "carried"), ("Stories stay here", "adapted"), ("Else", "adapted")],
)
def test_a_suggestion_that_was_taken_is_remembered(
    text: str, origin: str, agreeing: Sitting
) -> None:
    taken = Source("Stories stay", "carried", "agreement", "A9")
    command = command_of(agreeing.state, text, taken)
    assert isinstance(command, Capture)
    assert command.line.origin == origin
    untaken = command_of(agreeing.state, text)
    assert isinstance(untaken, Capture)
    assert untaken.line.origin == ("carried" if text == "Stories stay" else "ours")
