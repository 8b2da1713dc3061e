from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import pytest

from facilitate.core.agenda import CaptureKind, Segment
from facilitate.core.capture_line import NewLine, NewWording, RoomLine
from facilitate.core.captures import KINDS, Ring
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
    StartPause,
    TickPreparation,
)
from facilitate.core.decide import decide, seen_versions
from facilitate.core.decide_time import following_segment
from facilitate.core.entry_commands import Capture, Keep, ReadBack, Reword, TakeBack
from facilitate.core.entry_events import EntryAdded, EntryRaised, EntryReadBack, EntryReworded
from facilitate.core.events import (
    ClockGap,
    Event,
    GapAnswered,
    PauseEnded,
    PauseStarted,
    PlanMoved,
    PostCopied,
    PreparationTicked,
    SegmentExtended,
    SegmentStarted,
    SittingClosed,
)
from facilitate.core.refusal import Refused
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

NEW = NewLine(kind="agreement", text="One mic")


def decided(sitting: Sitting, command: Command) -> Event:
    (event,) = decide(sitting.state, command, sitting.now, sitting.by)
    return event


def begun(sitting: Sitting) -> None:
    sitting.at("09:00").next().at("09:10")


def asked(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(NoteGap(since=sitting.instant("09:05"))).at("09:12")


def captured(sitting: Sitting) -> None:
    begun(sitting)
    sitting.write("a: One mic <- the elders")


def learned(sitting: Sitting) -> None:
    begun(sitting)
    sitting.write("l: it was quiet")


def in_gap(clock: str) -> AnswerGap:
    wall = dt.time.fromisoformat(clock)
    at = dt.datetime(2026, 9, 12, wall.hour + 4, wall.minute, tzinfo=dt.UTC)
    return AnswerGap(answer="moved on", at=at)


# Moving on


def test_the_first_step_starts_and_says_what_was_seen(sitting: Sitting) -> None:
    sitting.at("09:04")
    started = SegmentStarted(segment="arrive", from_=None, at=sitting.now)
    assert decided(sitting, Next(seen=None)) == started


def test_a_step_says_what_ran(running: Sitting) -> None:
    running.at("09:21")
    started = SegmentStarted(segment="agree", from_="arrive", at=running.now)
    assert decided(running, Next(seen="arrive")) == started


def test_a_stale_step_is_refused_and_changes_nothing(running: Sitting) -> None:
    before = running.at("09:20").next().later(minutes=1).state
    with pytest.raises(Refused):
        running.do(Next(seen="arrive"))
    assert running.state is before


def test_a_key_held_for_four_tenths_of_a_second_steps_once(running: Sitting) -> None:
    running.at("09:20")
    steps = 0
    for _ in range(14):  # a repeat every 30 ms, 390 ms in all
        try:
            running.do(Next(seen=running.running))
            steps += 1
        except Refused:
            pass
        running.later(milliseconds=30)
    assert (steps, running.running) == (1, "agree")


def test_after_four_tenths_of_a_second_a_step_is_meant(running: Sitting) -> None:
    running.at("09:20").next().later(milliseconds=400).next()
    assert running.running == "slack"


def test_a_clock_set_back_does_not_block_the_next_step(running: Sitting) -> None:
    running.at("09:20").next().at("08:20").next()
    assert running.running == "slack"


def test_a_buffer_without_time_is_passed_over(running: Sitting) -> None:
    running.at("09:20").next().at("09:54")
    assert (found := following_segment(running.state, running.now))
    assert found.id == "slack"
    running.at("09:55")
    assert (found := following_segment(running.state, running.now))
    assert found.id == "tea"
    assert running.next().running == "tea"


def test_before_an_agenda_is_open_nothing_follows(sitting: Sitting) -> None:
    assert following_segment(EMPTY, sitting.now) is None


def test_the_plan_begins_on_a_whole_minute(sitting: Sitting) -> None:
    sitting.at("09:12:37").later(microseconds=5)
    assert decided(sitting, MovePlan()) == PlanMoved(start=sitting.instant("09:12"))


# More and fewer minutes


def test_more_minutes_push_what_follows(running: Sitting) -> None:
    extended = SegmentExtended(segment="arrive", minutes=5, payer="push", at=running.now)
    assert decided(running, Extend(minutes=5)) == extended
    assert decided(running, Extend(minutes=720)).minutes == 720  # type: ignore[union-attr]


def test_minutes_are_taken_until_one_is_left(running: Sitting) -> None:
    running.at("09:10")  # of twenty
    assert decided(running, Extend(minutes=-9)).minutes == -9  # type: ignore[union-attr]
    assert "has passed" in running.refusal(Extend(minutes=-10))
    running.do(Extend(minutes=-9))
    assert "has passed" in running.refusal(Extend(minutes=-1))


def test_a_pause_does_not_use_up_what_can_be_taken(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="hold")).at("09:19")
    assert decided(running, Extend(minutes=-14)).minutes == -14  # type: ignore[union-attr]
    assert "has passed" in running.refusal(Extend(minutes=-15))


def test_a_part_over_its_time_can_be_given_more(running: Sitting) -> None:
    running.at("09:40").do(Extend(minutes=2))
    assert running.state.extra["arrive"] == 2


# Pauses


def test_a_pause_begins_and_ends_now(running: Sitting) -> None:
    running.at("09:05")
    assert decided(running, StartPause(kind="care")) == PauseStarted(
        kind="care", at=running.now
    )
    running.do(StartPause(kind="care")).at("09:09")
    assert decided(running, EndPause()) == PauseEnded(at=running.now)


# Gaps


def test_a_gap_is_noted_only_while_a_part_runs(sitting: Sitting) -> None:
    since = sitting.instant("08:45")
    assert decide(sitting.state, NoteGap(since=since), sitting.now) == ()
    sitting.at("09:00").next().at("09:10")
    since = sitting.instant("09:02")
    assert decided(sitting, NoteGap(since=since)) == ClockGap(since=since, until=sitting.now)


def test_a_clock_set_back_leaves_no_gap(running: Sitting) -> None:
    for since in (running.instant("09:10"), running.now):
        assert decide(running.state, NoteGap(since=since), running.now) == ()


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        (AnswerGap(answer="still here"), GapAnswered(answer="still here")),
        (AnswerGap(answer="paused"), GapAnswered(answer="paused")),
        (
            in_gap("09:05"),
            GapAnswered(answer="moved on", segment="agree", at=in_gap("09:05").at),
        ),
        (
            in_gap("09:10"),
            GapAnswered(answer="moved on", segment="agree", at=in_gap("09:10").at),
        ),
    ],
)
def test_an_answer_is_one_event(answer: AnswerGap, event: Event, sitting: Sitting) -> None:
    asked(sitting)
    assert decided(sitting, answer) == event


@pytest.mark.parametrize(
    "answer", [AnswerGap(answer="still here"), AnswerGap(answer="paused"), in_gap("09:07")]
)
def test_one_undo_takes_an_answer_back_and_the_question_is_open_again(
    answer: AnswerGap, sitting: Sitting
) -> None:
    asked(sitting)
    before = sitting.state
    sitting.do(answer)
    assert sitting.state.gap is None
    sitting.undo()
    assert sitting.state == before
    assert sitting.state.gap is not None


def test_nobody_moved_on_before_the_part_that_runs_began(running: Sitting) -> None:
    running.at("09:20").next().at("09:30").do(NoteGap(since=running.instant("09:10")))
    words = "That minute lies outside of the time nobody watched."
    assert running.refusal(in_gap("09:19")) == words
    assert running.do(in_gap("09:20")).running == "slack"


def test_moving_on_afterwards_passes_over_a_buffer_without_time(running: Sitting) -> None:
    running.at("09:20").next().at("10:00").do(NoteGap(since=running.instant("09:30")))
    early, after = running.fork().do(in_gap("09:54")), running.fork().do(in_gap("09:55"))
    assert (early.running, after.running) == ("slack", "tea")


# Preparation and posts


def test_a_tick_turns_round(sitting: Sitting) -> None:
    assert decided(sitting, TickPreparation(item=1)) == PreparationTicked(item=1, done=True)
    sitting.do(TickPreparation(item=1))
    assert decided(sitting, TickPreparation(item=1)) == PreparationTicked(item=1, done=False)


def test_a_copied_post_is_one_of_the_part_that_runs(running: Sitting) -> None:
    running.at("09:20").next()
    assert decided(running, MarkPostCopied(post=1)) == PostCopied(segment="agree", post=1)


# What the group makes


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_line_travels_as_far_as_its_kind(kind: CaptureKind, running: Sitting) -> None:
    line = NewLine(kind=kind, text="words", lineage="us")
    assert decided(running, Capture(line=line)) == EntryAdded(
        number=1,
        kind=kind,
        ring=KINDS[kind].ring,
        segment="arrive",
        text="words",
        lineage="us",
    )


def test_a_line_before_the_start_belongs_to_no_part(sitting: Sitting) -> None:
    event = decided(sitting, Capture(line=NEW))
    assert isinstance(event, EntryAdded)
    assert event.segment is None


def test_words_for_the_room_have_no_command_and_no_ring() -> None:
    assert "room" not in get_args(Ring)
    assert RoomLine not in get_args(Command)


def test_new_words_without_a_lineage_keep_the_one_there_is(sitting: Sitting) -> None:
    captured(sitting)
    wording = NewWording(number=1, text="One mic, one speaker")
    event = decided(sitting, Reword(wording=wording))
    assert isinstance(event, EntryReworded)
    assert (event.text, event.lineage) == ("One mic, one speaker", "the elders")


def test_a_lineage_can_be_taken_away(sitting: Sitting) -> None:
    captured(sitting)
    sitting.write("*1 One mic <-")
    event = sitting.history[-1].event
    assert isinstance(event, EntryReworded)
    assert (event.text, event.lineage) == ("One mic", "")


def test_another_lineage_alone_is_a_new_wording(sitting: Sitting) -> None:
    captured(sitting)
    wording = NewWording(number=1, text="One mic", lineage="the circle")
    assert isinstance(decided(sitting, Reword(wording=wording)), EntryReworded)


def test_of_two_wordings_the_shown_one_can_be_chosen(sitting: Sitting) -> None:
    captured(sitting)
    co = sitting.fork(by="co")
    sitting.later(seconds=1).write("*1 Ours")
    entry = co.later(seconds=2).write("*1 Theirs")
    sitting.record(co.history[-1].event, by="co", base=co.history[-1].base)
    assert len(sitting.state.entries[sitting.state.entry(1).id].wordings) == 2  # type: ignore[union-attr]
    sitting.later(seconds=5).write("*1 Theirs")
    chosen = sitting.state.entry(1)
    assert chosen is not None
    assert [v.text for v in chosen.wordings] == ["Theirs"]
    assert entry not in {v.id for v in chosen.wordings}


def test_a_new_wording_replaces_the_wordings_in_sight_and_nothing_else_does(
    sitting: Sitting,
) -> None:
    captured(sitting)
    entry = sitting.state.entry(1)
    assert entry is not None
    reworded = EntryReworded(entry=entry.id, text="x")
    assert seen_versions(sitting.state, reworded) == (entry.id,)
    assert seen_versions(sitting.state, EntryReadBack(entry=entry.id)) == ()


def test_what_has_waited_longest_is_read_back_first(running: Sitting) -> None:
    running.write("q: who holds us?")
    first, second = running.write("t: rupture"), running.write("a: One mic")
    assert decided(running, ReadBack(number=None)) == EntryReadBack(entry=first)
    assert decided(running, ReadBack(number=3)) == EntryReadBack(entry=second)
    running.do(ReadBack(number=None)).do(ReadBack(number=None))
    assert running.refusal(ReadBack(number=None)) == "Every line has been read back."
    assert "it is working" in running.refusal(ReadBack(number=2))


def test_the_line_taken_back_is_ones_own_last(running: Sitting) -> None:
    running.write("a: Ours")
    running.write("a: Theirs", by="co")
    running.do(TakeBack(), by="lead")
    assert [e.name for e in running.state.entries.values() if e.is_shown] == ["A2"]
    assert running.refusal(TakeBack(), by="lead") == "There is no line to take back."
    running.do(TakeBack(), by="co")
    assert not [e for e in running.state.entries.values() if e.is_shown]


def test_one_line_after_another_is_taken_back(running: Sitting) -> None:
    first, second = running.write("a: One"), running.write("a: Two")
    running.do(TakeBack())
    assert running.state.entries[second].taken_back
    running.do(TakeBack())
    assert running.state.entries[first].taken_back


def test_a_line_that_is_kept_goes_to_the_cohort_with_its_words(sitting: Sitting) -> None:
    learned(sitting)
    entry = sitting.state.entry(1)
    assert entry is not None
    assert decided(sitting, Keep(number=1)) == EntryRaised(
        entry=entry.id, ring="cohort", text="it was quiet", checked=True
    )


# The close


def test_a_sitting_can_be_closed_once_it_began(running: Sitting) -> None:
    assert decided(running, Close()) == SittingClosed(at=running.now)


def test_a_part_can_be_alone(open_parts: Callable[..., Sitting]) -> None:
    only = open_parts(Segment(id="a", title="A", kind="closing", minutes=10)).next()
    assert "last part" in only.at("09:05").refusal(Next(seen="a"))
