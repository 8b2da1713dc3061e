import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from tests.conftest import HandClock
from tests.contents import contents
from tests.session.sitting import AGENDA, DATE, NAME, Begin

from facilitate.core.agenda import Breakout, Preparation, Round, Segment
from facilitate.core.capture_line import NewLine, NewWording, RoomLine
from facilitate.core.captures import RoomNote
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.commands import (
    Adopt,
    AnswerGap,
    ApplyFit,
    Close,
    CloseRooms,
    Command,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    MarkBroadcastCopied,
    MarkPostCopied,
    Move,
    MovePlan,
    Next,
    NoteGap,
    NoteRecord,
    OpenDoors,
    OpenRooms,
    Restore,
    Return,
    Skip,
    StartPause,
    TickPreparation,
    Undo,
)
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
from facilitate.core.events import Allotment
from facilitate.core.fold import replay
from facilitate.core.refusal import Refused
from facilitate.core.tally import SCALES, Tally
from facilitate.session.live import LiveSession, rehearse
from facilitate.session.streams import Saving
from facilitate.store.places import places

ARRIVE, BE = AGENDA.segments
PRACTICE = replace(
    AGENDA,
    before=(Preparation(minutes=10, who="lead", do="Lay out paper"),),
    segments=(
        replace(ARRIVE, chat=("Welcome",)),
        replace(BE, breakout=Breakout(rounds=(Round(minutes=4, ask="What helps?"),))),
        Segment(id="weave", title="Weaving", kind="integration", minutes=20, at_least=10),
        Segment(id="part", title="Parting", kind="reflection", minutes=10),
    ),
)
SPELL = timedelta(seconds=30)


INHERITED = Inherited(
    lines=(
        CarriedLine(
            sitting="2026-09-12-harbour-3ab9",
            number=3,
            kind="agreement",
            ring="cohort",
            state="in force",
            text="The door stays ajar",
            adopted_round=1,
        ),
    ),
    highest=11,
)


@pytest.fixture
def rehearsal(clock: HandClock) -> LiveSession:
    return rehearse(clock, PRACTICE, date=DATE, inherited=INHERITED)


def everything(clock: HandClock) -> Iterator[Command]:
    """A sitting in which everything is done that can be done, a minute apart."""
    yield from (OpenDoors(), TickPreparation(item=0), MovePlan())
    yield Next(seen=None)
    yield from (MarkPostCopied(post=0), Extend(minutes=5))
    yield from (StartPause(kind="care"), EndPause(), HoldCare(holder="care", follow_up=True))
    yield from (NoteGap(since=clock.now() - SPELL), AnswerGap(answer="still here"))
    yield from planning()
    yield Next(seen="arrive")
    yield from (Return(segment="arrive", seen="be"), Next(seen="arrive"))
    yield from (OpenRooms(), MarkBroadcastCopied(cue="halfway"), CloseRooms())
    yield from (*writing(), *agreeing(), *telling())
    yield from (Close(), NoteRecord(revision=1))


def planning() -> Iterator[Command]:
    yield Insert(title="Stretching", minutes=5, after="be")
    yield Move(segment="part", before="weave")
    yield from (Skip(segment="weave"), Restore(segment="weave"))
    yield ApplyFit(allotments=(Allotment(segment="weave", minutes=15),))
    yield from (GrantOvertime(minutes=10), Adopt())


def writing() -> Iterator[Command]:
    yield AgreeNotes(keeps=True)
    yield Capture(line=NewLine(kind="agreement", text="One mic"))
    yield Reword(wording=NewWording(number=12, text="One mic, one speaker"))
    yield from (ReadBack(number=None), Withdraw(number=12), Undo())
    for words in ("the heron stays", "the tide turns", "the ebb"):
        yield Capture(line=NewLine(kind="learning", text=words, lineage="the elders"))
    yield Reword(wording=NewWording(number=13, text="the heron leaves"))
    yield from (TakeBack(), Keep(number=13), LetGo(number=14))


def agreeing() -> Iterator[Command]:
    yield PutToTest(number=12, scale=SCALES["fist"])
    yield TakeVotes(tally=Tally((9, 3, 1)))
    yield NoteConcern(kind="concern", text="not by phone")
    yield AdoptLine(number=12, confirmed=True)
    yield Reword(wording=NewWording(number=12, text="One mic, one speaker at a time"))
    yield from (CallSmall(number=12), Reaffirm(number=3))


def telling() -> Iterator[Command]:
    yield Describe(number=12, name="looks_like", text="a hand, then words")
    yield from (HearAgain(number=12), LookAgain(number=12, when="next"))
    yield AskAttribution(number=12, form="role")
    yield Attribute(number=12, form="role", text="an elder", scope="cohort")
    yield from (DropAttribution(number=12), Raise(number=12, ring="team"))
    yield Lower(number=12, ring="cohort")
    yield Capture(line=NewLine(kind="question", text="who holds the key?"))
    yield MoveTo(number=16, state="parked")
    yield Capture(line=NewLine(kind="example", text="the day the pier froze"))
    yield DrawLesson(number=17, text="slower is kinder")


def do_everything(live: LiveSession, clock: HandClock) -> set[type]:
    done: set[type] = set()
    for command in everything(clock):
        live.do(command)
        clock.forward(minutes=1)
        done.add(type(command))
    return done


def test_whatever_is_done_in_a_rehearsal_nothing_appears_on_the_disk(
    rehearsal: LiveSession, clock: HandClock, home: Path
) -> None:
    before, threads = sorted(home.rglob("*")), threading.enumerate()
    done = do_everything(rehearsal, clock)
    rehearsal.hold_in_room(RoomLine(text="under the jetty"))
    assert done == set(get_args(Command))
    assert threading.enumerate() == threads
    assert rehearsal.settle(0)
    assert rehearsal.close(0)
    assert sorted(home.rglob("*")) == before
    assert not places().home.exists()


def test_nothing_of_a_rehearsal_waits_for_the_disk(
    rehearsal: LiveSession, clock: HandClock
) -> None:
    for command in everything(clock):
        rehearsal.do(command)
        clock.forward(minutes=1)
        assert rehearsal.saving == Saving(waiting=0, trouble=None)


def written_out(live: LiveSession) -> list[str]:
    """Every line of a history in all its contents, the random names put alike."""
    opened = live.state.history[0].event
    random = [live.sitting, getattr(opened, "device", "")]
    random += dict.fromkeys(line.writer for line in live.state.history)
    lines = [contents([type(line.event).__name__, line]) for line in live.state.history]
    for n, name in enumerate(random):
        lines = [line.replace(name, f"<{n}>") for line in lines]
    return lines


def test_a_rehearsal_has_the_history_of_a_sitting_and_says_that_it_is_none(
    clock: HandClock, begin: Begin
) -> None:
    at_the_same_time = HandClock(clock.now())
    rehearsal = rehearse(at_the_same_time, PRACTICE, date=DATE, inherited=INHERITED)
    sitting = begin(PRACTICE, inherited=INHERITED)
    do_everything(rehearsal, at_the_same_time)
    do_everything(sitting, clock)
    opened, *others = written_out(rehearsal)
    opened_really, *others_really = written_out(sitting)
    assert others == others_really
    assert opened != opened_really
    assert opened.replace("True", "False", 1) == opened_really
    assert (rehearsal.state.rehearsal, sitting.state.rehearsal) == (True, False)


def test_a_rehearsal_says_so_before_anything_is_done_in_it(rehearsal: LiveSession) -> None:
    assert rehearsal.state.rehearsal
    assert rehearsal.state.agenda is not None
    assert (rehearsal.state.date, rehearsal.state.cohort) == (DATE, "harbour-2026")
    assert rehearsal.state.history == ()


def test_the_state_of_a_rehearsal_is_what_its_history_leads_to(
    rehearsal: LiveSession, clock: HandClock
) -> None:
    do_everything(rehearsal, clock)
    assert replay(rehearsal.state.history, INHERITED) == rehearsal.state
    assert [entry.text for entry in rehearsal.state.entries.values() if entry.is_shown] == [
        "One mic, one speaker at a time",
        "the heron leaves",
        "The door stays ajar",
        "who holds the key?",
        "slower is kinder",
    ]


def test_a_rehearsal_refuses_what_a_sitting_refuses(rehearsal: LiveSession) -> None:
    before = rehearsal.state
    with pytest.raises(Refused, match="Nothing runs yet"):
        rehearsal.do(StartPause(kind="care"))
    assert rehearsal.state is before


def test_lines_held_in_the_room_are_there_in_a_rehearsal(rehearsal: LiveSession) -> None:
    rehearsal.hold_in_room(RoomLine(text="under the jetty"))
    assert rehearsal.room == (RoomNote(segment=None, text="under the jetty"),)


def test_names_of_the_team_play_no_part_in_a_rehearsal(
    rehearsal: LiveSession, clock: HandClock
) -> None:
    do_everything(rehearsal, clock)
    assert NAME not in contents(rehearsal.state)
    assert NAME not in contents(rehearsal.state.history)


def test_the_cohort_of_a_rehearsal_can_be_named(clock: HandClock) -> None:
    live = rehearse(clock, AGENDA, date=DATE, cohort="north")
    assert live.state.cohort == "north"
