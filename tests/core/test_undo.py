from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.capture_line import NewLine
from facilitate.core.commands import (
    Adopt,
    AnswerGap,
    ApplyFit,
    CloseRooms,
    Command,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    MarkPostCopied,
    Move,
    MovePlan,
    Next,
    NoteGap,
    OpenDoors,
    OpenRooms,
    Restore,
    Return,
    Skip,
    StartPause,
    TickPreparation,
    Undo,
)
from facilitate.core.decide import decide
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Attribute,
    CallSmall,
    Capture,
    Describe,
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
    TakeBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import EntryAdded, WordsKeptApart
from facilitate.core.events import Allotment, Undone
from facilitate.core.fold import replay
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.tally import SCALES, Tally
from facilitate.core.undo import recorded_at, told, undoable

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def last(sitting: Sitting, by: str = "lead") -> str:
    found = undoable(sitting.state, by)
    assert found is not None
    return told(sitting.state, found)


def test_an_undo_leaves_out_exactly_the_latest_step(running: Sitting) -> None:
    running.at("09:05").do(Extend(minutes=5))
    before = running.state
    running.do(StartPause(kind="care"))
    recorded = running.history[-1]
    running.undo()
    assert running.state == before
    assert running.history[-2:] == (recorded, running.history[-1])
    assert running.history[-1].event == Undone(event=recorded.id)


TEST = PutToTest(number=1, scale=SCALES["fist"])
OTHER = Capture(line=NewLine(kind="agreement", text="One voice"))
STEPS: list[tuple[Command, str]] = [
    (Next(seen="arrive"), "moving on to How we want to be"),
    (Extend(minutes=5), "5 min more"),
    (Extend(minutes=1), "1 min more"),
    (Extend(minutes=-1), "1 min less"),
    (Extend(minutes=2, payer="agree"), "2 min more"),
    (ApplyFit(allotments=(Allotment(segment="agree", minutes=20),)), "the shorter parts"),
    (Skip(segment="agree"), "leaving out How we want to be"),
    (Skip(segment="arrive"), "cutting a part short for How we want to be"),
    (Insert(title="Song", minutes=5, after="tea"), "putting in Song"),
    (Move(segment="close", before="tea"), "moving Closing"),
    (Adopt(), "the new plan"),
    (GrantOvertime(minutes=10), "10 min past the end"),
    (StartPause(kind="care"), "pausing"),
    (TickPreparation(item=0), "a tick on the preparation list"),
    (ReadBack(number=1), "reading back A1"),
    (Withdraw(number=1), "withdrawing A1"),
    (TakeBack(), "taking back L2"),
    (Keep(number=2), "keeping L2"),
    (LetGo(number=2), "letting go of L2"),
    (HearAgain(number=1), "hearing again A1"),
    (MoveTo(number=1, state="parked"), "moving A1 to parked"),
    (Describe(number=1, name="scope", text="here"), "what was told of A1"),
    (LookAgain(number=1, when="next"), "the next look at A1"),
    (AskAttribution(number=1, form="role"), "asking whose it is, of A1"),
    (Attribute(number=1, form="group", text="", scope="team"), "whose it is, of A1"),
    (Raise(number=1, ring="team"), "keeping A1"),
    (Lower(number=1, ring="sitting"), "the narrower ring of A1"),
    (AgreeNotes(keeps=False), "the answer about keeping notes"),
    (AnswerGap(answer="paused"), "the answer about the time"),
]


@pytest.mark.parametrize(("step", "words"), STEPS, ids=[words for _, words in STEPS])
def test_every_step_can_be_undone_and_says_what_it_was(
    step: Command, words: str, running: Sitting
) -> None:
    running.write("a: One mic")
    running.write("l: it was quiet")
    running.at("09:10").do(NoteGap(since=running.instant("09:05")))
    if isinstance(step, Adopt):  # there has to be something to adopt
        running.do(Extend(minutes=5))
    before = running.state
    running.do(step)
    assert last(running) == words
    assert running.undo().state == before


def test_every_step_towards_consent_can_be_undone(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1))
    steps: dict[str, Command] = {
        "the test of A1": TEST,
        "the tally of A1": TakeVotes(tally=Tally((9,))),
        "what was seen in A1": NoteConcern(kind="objection", text="slow"),
        "adopting A1": AdoptLine(number=1, confirmed=True),
    }
    states = []
    for words, step in steps.items():
        states.append(running.state)
        assert last(running.do(step)) == words
    for state in reversed(states):
        assert running.undo().state == state


def test_a_small_fix_can_be_undone(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1)).do(TEST)
    running.write("*1 One voice")
    before = running.state
    running.do(CallSmall(number=1))
    assert running.state != before
    assert last(running) == "the small fix of A1"
    assert running.undo().state == before


def test_who_holds_care_can_be_undone(running: Sitting) -> None:
    before = running.do(StartPause(kind="care")).state
    running.do(HoldCare(holder="care", follow_up=True))
    assert last(running) == "who is there for it"
    assert running.undo().state == before


def test_what_left_the_disk_is_no_step(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(Lower(number=1, ring="room"))
    assert last(running) == "the line A1"


def test_what_left_the_disk_stays_gone_and_no_older_step_is_undone_for_it(
    running: Sitting,
) -> None:
    gone = "Its words left the disk; that cannot be undone."
    running.write("a: One mic")
    running.do(Lower(number=1, ring="room"), by="lead")
    assert running.refusal(Undo(), by="lead") == gone
    before = running.state
    running.do(Extend(minutes=5), by="lead").undo()
    assert running.state == before
    assert running.refusal(Undo(), by="lead") == gone


def test_what_was_left_out_and_came_back_can_be_undone(running: Sitting) -> None:
    before = running.do(Skip(segment="agree")).state
    assert last(running.do(Restore(segment="agree"))) == "bringing back How we want to be"
    assert running.undo().state == before


def test_going_back_can_be_undone(running: Sitting) -> None:
    before = running.at("09:20").next().later(seconds=30).state
    assert last(running.do(Return(segment="arrive", seen="agree"))) == "going back to Arriving"
    assert running.undo().state == before


def test_doors_and_rooms_can_be_undone(sitting: Sitting) -> None:
    before = sitting.state
    assert last(sitting.do(OpenDoors())) == "opening the doors"
    assert sitting.undo().state == before
    before = sitting.at("09:20").begin("agree").state
    assert last(sitting.do(OpenRooms())) == "opening the rooms"
    opened = sitting.state
    assert last(sitting.do(CloseRooms())) == "closing the rooms"
    assert sitting.undo().state == opened
    assert sitting.undo().state == before


@pytest.mark.parametrize(
    "builds",
    [
        Skip(segment="added-1"),
        Move(segment="added-1", before="close"),
        Move(segment="close", before="added-1"),
        Insert(title="Bow", minutes=1, after="added-1"),
    ],
    ids=repr,
)
def test_a_part_that_was_put_in_stays_once_something_was_done_with_it(
    builds: Command, running: Sitting
) -> None:
    running.do(Insert(title="Song", minutes=5, after="agree"), by="lead").do(builds, by="co")
    words = "Something was done with that part since; k leaves it out."
    assert running.refusal(Undo(), by="lead") == words
    running.undo(by="co").undo(by="lead")
    assert running.state.part("added-1") is None


def test_a_line_and_its_new_words_can_be_undone(running: Sitting) -> None:
    running.write("a: One mic")
    assert last(running) == "the line A1"
    before = running.state
    running.write("*1 One mic, one speaker")
    assert last(running) == "the new wording of A1"
    assert running.undo().state == before
    assert running.undo().state.entries == {}


def test_the_end_of_a_pause_and_a_moved_plan_can_be_undone(sitting: Sitting) -> None:
    before = sitting.state
    assert last(sitting.do(MovePlan())) == "moving the plan"
    assert sitting.undo().state == before
    sitting.at("09:00").next().at("09:05").do(StartPause(kind="hold"))
    before = sitting.state
    assert last(sitting.at("09:06").do(EndPause())) == "going on after the pause"
    assert sitting.undo().state == before


def test_a_step_to_a_part_that_is_gone_is_told_by_its_id(running: Sitting) -> None:
    running.begin("agree")
    running.state = replay(r for r in running.history if r.event != running.history[0].event)
    assert last(running) == "moving on to agree"


def test_a_step_on_a_line_that_is_gone_is_told_too(running: Sitting) -> None:
    entry = running.write("a: One mic")
    running.do(ReadBack(number=1)).record(Undone(event=entry))
    assert last(running) == "reading back a line"


def test_undoing_goes_back_step_by_step(running: Sitting) -> None:
    states = [running.state]
    running.at("09:20").next()
    states.append(running.state)
    running.later(seconds=1).next()
    states.append(running.state)
    running.later(seconds=1).do(StartPause(kind="hold"))
    for state in reversed(states):
        running.undo()
        assert running.state == state
    running.do(Undo(confirmed=True))  # the start itself, twenty minutes ago
    assert running.state.runs == ()
    assert running.refusal(Undo()) == "There is nothing to undo."


def test_captures_stay_where_they_are_when_a_step_is_undone(running: Sitting) -> None:
    running.at("09:20").next()
    step = running.history[-1]
    entry = running.write("One mic", by="co")
    running.later(seconds=5).undo()
    assert running.running == "arrive"
    assert running.history[-1].event == Undone(event=step.id)
    assert running.state.entries[entry].segment == "agree"
    assert running.state.entries[entry].is_shown


def test_the_part_before_runs_on_as_if_never_left_and_so_does_its_pause(
    running: Sitting,
) -> None:
    running.at("09:05").do(StartPause(kind="care")).at("09:08")
    before = running.state
    running.next().later(seconds=30).undo()
    assert running.state == before
    assert running.state.pause is not None


# Whose step, and how long ago


def test_an_undo_takes_ones_own_step_and_leaves_what_others_did(running: Sitting) -> None:
    running.at("09:05").do(Extend(minutes=5), by="lead").do(StartPause(kind="tech"), by="co")
    running.undo(by="lead")
    assert running.state.extra == {}
    assert running.state.pause is not None
    assert last(running, by="co") == "pausing"


def test_who_did_nothing_has_nothing_to_undo(running: Sitting) -> None:
    assert undoable(running.state, "co") is None
    assert running.refusal(Undo(), by="co") == "There is nothing to undo."


def test_copied_posts_and_gaps_are_no_steps(running: Sitting) -> None:
    running.at("09:20").next().later(seconds=1).do(MarkPostCopied(post=0))
    running.do(NoteGap(since=running.instant("09:20")))
    assert last(running) == "moving on to How we want to be"


@pytest.mark.parametrize(("seconds", "asks"), [(119, False), (120, False), (121, True)])
def test_a_step_older_than_two_minutes_is_asked_about(
    seconds: int, asks: bool, running: Sitting
) -> None:
    running.at("09:20").next().later(seconds=seconds)
    if not asks:
        assert running.undo().running == "arrive"
        return
    with pytest.raises(NeedsAsking) as question:
        decide(running.state, Undo(), running.now, "lead")
    words = "That was 2 min ago: moving on to How we want to be. Undo it?"
    assert str(question.value) == words
    assert running.do(Undo(confirmed=True)).running == "arrive"


def test_a_step_of_hours_ago_is_asked_about_in_hours(running: Sitting) -> None:
    assert "2 h 5 min ago" in running.at("11:05").refusal(Undo())


def test_a_question_is_a_refusal_until_it_is_answered() -> None:
    assert issubclass(NeedsAsking, Refused)


def test_when_a_step_was_recorded_is_its_stamp(running: Sitting) -> None:
    running.at("09:20:07").next()
    assert recorded_at(running.history[-1]) == running.now


# What others have built on


def test_a_step_that_someone_moved_past_stays(running: Sitting) -> None:
    running.at("09:20").next(by="lead").later(seconds=1).next(by="co")
    words = "Someone moved on since; that step cannot be undone any more."
    assert running.refusal(Undo(), by="lead") == words
    running.undo(by="co").undo(by="lead")
    assert running.running == "arrive"


def test_a_line_can_be_undone_after_someone_moved_on(running: Sitting) -> None:
    running.at("09:20").write("a: One mic", by="lead")
    running.next(by="co").undo(by="lead")
    assert (running.state.entries, running.running) == ({}, "agree")


def test_a_step_that_someone_moved_past_afterwards_stays(running: Sitting) -> None:
    running.at("09:20").next(by="lead").at("09:30")
    running.do(NoteGap(since=running.instant("09:22")))
    running.do(AnswerGap(answer="moved on", at=running.instant("09:25")), by="co")
    assert "Someone moved on" in running.refusal(Undo(confirmed=True), by="lead")


def test_an_answer_that_someone_moved_past_stays(running: Sitting) -> None:
    running.at("09:10").do(NoteGap(since=running.instant("09:02")))
    running.do(AnswerGap(answer="moved on", at=running.instant("09:05"))).next(by="co")
    assert "Someone moved on" in running.refusal(Undo(), by="lead")


def test_an_answer_that_moved_nobody_is_no_step(running: Sitting) -> None:
    running.at("09:20").next(by="lead").later(seconds=50)
    running.do(NoteGap(since=running.instant("09:20")))
    running.do(AnswerGap(answer="still here"), by="co").undo(by="lead")
    assert running.running == "arrive"


BUILT_ON: list[Callable[[Sitting], object]] = [
    lambda sitting: sitting.do(ReadBack(number=1), by="co"),
    lambda sitting: sitting.write("*1 Other words", by="co"),
    lambda sitting: sitting.write("&1 in the chat, too", by="co"),
    lambda sitting: sitting.do(OTHER, by="co").do(
        MoveTo(number=2, state="merged", into=1), by="co"
    ),
]


@pytest.mark.parametrize("builds", BUILT_ON)
def test_a_line_on_which_someone_worked_stays(
    builds: Callable[[Sitting], object], running: Sitting
) -> None:
    running.write("a: One mic", by="lead")
    builds(running)
    words = "Someone has worked on that line since; x withdraws it."
    assert running.refusal(Undo(), by="lead") == words
    while undoable(running.state, "co"):
        running.undo(by="co")
    assert running.undo(by="lead").state.entries == {}


def test_words_that_someone_reworded_stay(running: Sitting) -> None:
    running.write("a: One mic", by="co")
    running.write("*1 Our words", by="lead")
    running.write("*1 Their words", by="co")
    assert "worked on that line" in running.refusal(Undo(), by="lead")


@pytest.mark.parametrize(
    "builds",
    [
        TakeVotes(tally=Tally((9,))),
        NoteConcern(kind="concern", text="slow"),
        AdoptLine(number=1, confirmed=True),
    ],
    ids=repr,
)
def test_a_test_that_someone_went_on_with_stays(builds: Command, running: Sitting) -> None:
    running.write("a: One mic", by="co")
    running.do(ReadBack(number=1), by="co").do(TEST, by="lead").do(builds, by="co")
    assert "worked on that line" in running.refusal(Undo(), by="lead")
    running.undo(by="co").undo(by="lead")
    assert next(iter(running.state.entries.values())).state == "proposed"


def test_words_that_someone_put_to_the_test_stay(running: Sitting) -> None:
    running.write("a: One mic", by="co")
    running.do(ReadBack(number=1), by="co").write("*1 One voice", by="lead")
    running.do(TEST, by="co")
    assert "worked on that line" in running.refusal(Undo(), by="lead")


def test_words_kept_apart_do_not_hold_their_own_line(running: Sitting) -> None:
    entry = running.record(
        EntryAdded(number=1, kind="learning", ring="sitting", segment=None, text=None)
    )
    running.record(WordsKeptApart(entry=entry, of=entry, text="quiet"))
    assert running.undo().state.entries == {}
