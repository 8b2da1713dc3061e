from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import pytest
from tests.laws.wishes import ONE_OF_EACH

from facilitate.core.capture_line import NewWording
from facilitate.core.commands import (
    AnswerGap,
    Close,
    Command,
    EndPause,
    Extend,
    MarkPostCopied,
    MovePlan,
    Next,
    NoteGap,
    NoteRecord,
    StartPause,
    TickPreparation,
    Undo,
)
from facilitate.core.entry_commands import (
    Keep,
    LetGo,
    ReadBack,
    Reword,
    TakeBack,
    Withdraw,
)
from facilitate.core.entry_events import EntryAdded
from facilitate.core.events import ClockGap
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def test_every_command_is_tried_here() -> None:
    assert {type(c) for c in ONE_OF_EACH} | {NoteRecord} == set(get_args(Command))


def nothing(sitting: Sitting) -> None:
    pass


def begun(sitting: Sitting) -> None:
    sitting.at("09:00").next().at("09:10")


def agreeing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").next().at("09:30")


def at_the_end(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("10:05").begin("close").at("10:20")


def just_moved(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").next().later(milliseconds=399)


def pausing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(StartPause(kind="tech")).later(minutes=1)


def asked(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(NoteGap(since=sitting.instant("09:05"))).at("09:12")


def asked_too_early(sitting: Sitting) -> None:
    sitting.record(ClockGap(since=sitting.instant("08:40"), until=sitting.now))


def asked_at_the_end(sitting: Sitting) -> None:
    at_the_end(sitting)
    sitting.do(NoteGap(since=sitting.instant("10:10")))


def captured(sitting: Sitting) -> None:
    begun(sitting)
    sitting.write("a: One mic <- the elders")


def learned(sitting: Sitting) -> None:
    begun(sitting)
    sitting.write("l: it was quiet")


def wordless(sitting: Sitting) -> None:
    begun(sitting)
    sitting.record(
        EntryAdded(number=1, kind="learning", ring="sitting", segment=None, text=None)
    )


def in_gap(clock: str) -> AnswerGap:
    wall = dt.time.fromisoformat(clock)
    at = dt.datetime(2026, 9, 12, wall.hour + 4, wall.minute, tzinfo=dt.UTC)
    return AnswerGap(answer="moved on", at=at)


REFUSALS: list[tuple[Callable[[Sitting], None], Command, str]] = [
    (begun, MovePlan(), "The plan can be moved until the first part begins."),
    (begun, Next(seen=None), "Someone moved on already; look again before the next step."),
    (begun, Next(seen="tea"), "Someone moved on already; look again before the next step."),
    (nothing, Next(seen="tea"), "Someone moved on already; look again before the next step."),
    (just_moved, Next(seen="agree"), "Just moved on; press again for the part after this one."),
    (at_the_end, Next(seen="close"), "This is the last part. ctrl+e closes the sitting."),
    (nothing, Extend(minutes=5), "Nothing runs yet; Enter starts the first part."),
    (begun, Extend(minutes=0), "Zero minutes change nothing."),
    (begun, Extend(minutes=721), "No part changes by more than 720 minutes at once."),
    (begun, Extend(minutes=-721), "No part changes by more than 720 minutes at once."),
    (
        begun,
        Extend(minutes=-10),
        "More than that has passed already; n goes on to the next part.",
    ),
    (nothing, StartPause(kind="care"), "Nothing runs yet; Enter starts the first part."),
    (pausing, StartPause(kind="care"), "It is paused already; p goes on."),
    (begun, EndPause(), "Nothing is paused."),
    (begun, AnswerGap(answer="paused"), "There is no open question about the time."),
    (asked_too_early, in_gap("08:45"), "There is no open question about the time."),
    (asked, in_gap("09:04"), "That minute lies outside of the time nobody watched."),
    (asked, in_gap("09:11"), "That minute lies outside of the time nobody watched."),
    (
        asked,
        AnswerGap(answer="moved on"),
        "That minute lies outside of the time nobody watched.",
    ),
    (
        asked_at_the_end,
        in_gap("10:15"),
        "This is the last part; there is nothing to move on to.",
    ),
    (nothing, Close(), "This sitting has not begun; there is nothing to close."),
    (nothing, TickPreparation(item=2), "The preparation list has no such item."),
    (nothing, TickPreparation(item=-1), "The preparation list has no such item."),
    (nothing, MarkPostCopied(post=0), "Nothing runs yet; Enter starts the first part."),
    (agreeing, MarkPostCopied(post=2), "This part has no such post."),
    (agreeing, MarkPostCopied(post=-1), "This part has no such post."),
    (
        captured,
        Reword(wording=NewWording(number=2, text="x")),
        "There is no line 2 to be seen here.",
    ),
    (
        captured,
        Reword(wording=NewWording(number=1, text="One mic")),
        "A1 has these words already.",
    ),
    (begun, ReadBack(number=None), "Every line has been read back."),
    (captured, ReadBack(number=7), "There is no line 7 to be seen here."),
    (learned, ReadBack(number=1), "L1 does not wait for reading back: it is noted."),
    (begun, Withdraw(number=1), "There is no line here yet; Space writes one."),
    (captured, Withdraw(number=2), "There is no line 2 to be seen here."),
    (begun, TakeBack(), "There is no line to take back."),
    (captured, Keep(number=1), "A1 travels with the cohort already."),
    (begun, Keep(number=1), "There is no line here yet; Space writes one."),
    (captured, Keep(number=2), "There is no line 2 to be seen here."),
    (begun, LetGo(number=1), "There is no line here yet; Space writes one."),
    (captured, LetGo(number=2), "There is no line 2 to be seen here."),
    (wordless, Keep(number=1), "The words of L1 are not on this machine any more."),
    (nothing, Undo(), "There is nothing to undo."),
]


@pytest.mark.parametrize(
    ("before", "command", "words"),
    REFUSALS,
    ids=[f"{before.__name__}: {command}" for before, command, _ in REFUSALS],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    before: Callable[[Sitting], None], command: Command, words: str, sitting: Sitting
) -> None:
    before(sitting)
    assert sitting.refusal(command) == words


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=repr)
def test_before_an_agenda_is_open_nothing_can_be_done(
    command: Command, sitting: Sitting
) -> None:
    sitting.state = EMPTY
    assert sitting.refusal(command) == "No agenda is open here; open one first."


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=repr)
def test_a_closed_sitting_takes_nothing_but_the_news_of_its_record(
    command: Command, running: Sitting
) -> None:
    running.write("l: it was quiet")
    running.at("09:12").do(Close())
    words = running.refusal(command)
    assert words == "This sitting is closed. Its record is in the archive."
    assert running.do(NoteRecord(revision=3)).state.revision == 3
