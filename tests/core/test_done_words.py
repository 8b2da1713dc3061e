from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from tests.core.roads import FIST

from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.commands import Command, Extend, Skip, StartPause, Undo
from facilitate.core.done_words import done_words
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Attribute,
    CallSmall,
    Capture,
    Describe,
    DrawLesson,
    DropAttribution,
    EntryCommand,
    HearAgain,
    HoldCare,
    Keep,
    LetGo,
    LookAgain,
    Lower,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    TakeBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.fold import evolve
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


def wording(number: int, text: str) -> Reword:
    return Reword(wording=NewWording(number=number, text=text))


STEPS: list[tuple[Command, str]] = [
    (AgreeNotes(keeps=True), "Lines are kept."),
    (AgreeNotes(keeps=False), "Lines are held in this room only."),
    (AgreeNotes(keeps=True), "Lines are kept."),
    (HoldCare(holder="care", follow_up=False), "Somebody is there for it."),
    (HoldCare(holder="", follow_up=False), "Nobody is there for it yet."),
    (HoldCare(holder="", follow_up=True), "Someone will come back to it."),
    (Capture(line=NewLine(kind="agreement", text="One mic")), "A10 heard."),
    (Capture(line=NewLine(kind="learning", text="it was quiet")), "L11 noted."),
    (Capture(line=NewLine(kind="example", text="the pier froze")), "E12 noted."),
    (wording(10, "One voice"), "A10 has new words; the earlier ones stay readable."),
    (wording(10, "One voice."), "A10 has new words; the earlier ones stay readable."),
    (HearAgain(number=10), "A10 also heard."),
    (ReadBack(number=10), "A10 proposed: One voice."),
    (
        PutToTest(number=10, scale=FIST),
        "A10 is put to the test: fist to five. Type the tally here.",
    ),
    (
        TakeVotes(tally=Tally((9, 3, 0, 1))),
        "A10, round 1: one below three: hear them first.",
    ),
    (NoteConcern(kind="concern", text="slow"), "Noted with A10, until the closing."),
    (wording(10, "One voice"), "A10 means the same; the round goes on with these words."),
    (AdoptLine(number=10, confirmed=True), "A10 adopted by consent, round 1."),
    (wording(10, "Two"), "A10 is amending: its new words want a yes of their own."),
    (CallSmall(number=10), "A10 means the same; what was agreed holds."),
    (Describe(number=10, name="scope", text="here"), "A10 says more now."),
    (Describe(number=10, name="scope", text=""), "A10 says less now."),
    (LookAgain(number=10, when="next"), "A10 comes up again next time."),
    (LookAgain(number=10, when="2027-03-01"), "A10 comes up again on 2027-03-01."),
    (LookAgain(number=10, when=""), "A10 has no next look."),
    (
        AskAttribution(number=10, form="role"),
        "A10 waits for a yes; nothing is written down till then.",
    ),
    (
        Attribute(number=10, form="role", text="an elder", scope="cohort"),
        "A10 says whose it is.",
    ),
    (DropAttribution(number=10), "A10 does not say whose it is any more."),
    (Raise(number=10, ring="team"), "A10 travels with the team."),
    (Lower(number=10, ring="cohort"), "A10 stays with the cohort."),
    (MoveTo(number=10, state="retired"), "A10 retired."),
    (Reaffirm(number=9), "A9 re-affirmed."),
    (Keep(number=11), "L11 travels with the cohort."),
    (LetGo(number=11), "L11 let go."),
    (DrawLesson(number=12, text="slower"), "E12 let go."),
    (Lower(number=13, ring="room"), "L13 is in this room only now."),
    (Withdraw(number=10), "A10 withdrawn; u brings it back."),
    (Undo(), "Undone: withdrawing A10."),
    (TakeBack(), "A10 taken back."),
    (Extend(minutes=5), "5 min more."),
    (Skip(segment="tea"), "Tea left out; k brings it back."),
]


def test_everything_that_is_done_with_lines_is_said_in_a_few_words(running: Sitting) -> None:
    running.state = replace(running.state, inherited=Inherited(lines=(STORIES,), highest=9))
    running.do(StartPause(kind="care"))
    for command, words in STEPS:
        before = running.state
        running.later(seconds=1).do(command)
        assert done_words(before, running.state) == words, command


def test_every_wish_about_lines_is_among_them() -> None:
    assert {type(step) for step, _ in STEPS} >= set(get_args(EntryCommand))


def test_an_undone_tally_says_that_it_was_undone(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1)).do(PutToTest(number=1, scale=FIST))
    before = running.do(TakeVotes(tally=Tally((9,)))).state
    assert done_words(before, running.undo().state) == "Undone: the tally of A1."


@pytest.mark.parametrize("deed", ["capture", "reword"])
def test_what_was_undone_before_anyone_looked_says_nothing(deed: str, running: Sitting) -> None:
    if deed == "reword":
        running.write("a: One mic")
    before = running.state
    co = running.fork(by="co")
    co.later(seconds=1).write("a: One voice" if deed == "capture" else "*1 One voice")
    co.later(seconds=1).undo()
    state = before
    for recorded in co.history:
        state = evolve(state, recorded)
    assert done_words(before, state) == ""


def test_of_a_long_line_the_beginning_says_which_one_was_read_back(running: Sitting) -> None:
    running.write("a: " + "漢字 " * 30)
    before = running.state
    words = done_words(before, running.do(ReadBack(number=1)).state)
    assert words == f"A1 proposed: {'漢字 ' * 13}…".replace(" …", "…")
