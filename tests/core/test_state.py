from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from tests.laws.histories import EVENT_KINDS

from facilitate.core.agenda import Agenda
from facilitate.core.captures import LowerRing
from facilitate.core.commands import (
    Close,
    EndPause,
    MarkPostCopied,
    NoteRecord,
    StartPause,
    TickPreparation,
)
from facilitate.core.entry_commands import ReadBack
from facilitate.core.entry_events import EntryLowered, EntryTakenUp, WordsKeptApart
from facilitate.core.events import (
    BroadcastCopied,
    ClockGap,
    Event,
    PauseEnded,
    PauseStarted,
    PostCopied,
    Recorded,
    RecordWritten,
    RunOpened,
    SegmentExtended,
    SegmentStarted,
    SittingClosed,
    Undone,
)
from facilitate.core.fold import evolve, is_undoable, replay
from facilitate.core.runs import Run
from facilitate.core.state import EMPTY, SessionState

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def runs(sitting: Sitting) -> list[tuple[str, str, str | None]]:
    return [
        (run.segment, sitting.clock(run.start), run.end and sitting.clock(run.end))
        for run in sitting.state.runs
    ]


def pauses(sitting: Sitting) -> list[tuple[str, str, str | None]]:
    return [
        (pause.kind, sitting.clock(pause.start), pause.end and sitting.clock(pause.end))
        for pause in sitting.state.pauses
    ]


# Opening


def test_before_anything_happened_nothing_is_true() -> None:
    state = replay(())
    assert state == EMPTY
    assert (state.agenda, state.run, state.segment, state.pause, state.started_at) == (
        None,
    ) * 5
    assert (state.next_number, state.revision) == (1, 0)


def test_an_opened_sitting_knows_its_day_and_whose_words_it_keeps(sitting: Sitting) -> None:
    state = sitting.state
    assert (state.sitting, state.date, state.cohort) == ("s", sitting.date, "circle")
    assert (state.agenda, state.rehearsal) == (sitting.agenda, False)


def test_a_rehearsal_says_so(open_sitting: type[Sitting]) -> None:
    assert open_sitting(rehearsal=True).state.rehearsal


def test_a_sitting_whose_first_file_is_missing_is_not_open() -> None:
    opened = RunOpened(sitting="s", device="kind lake", app="0.2.0")
    recorded = Recorded(writer="a", n=0, stamp="000000000001-0000", by="co", event=opened)
    assert replay([recorded]) == EMPTY


def test_a_run_opened_later_brings_no_agenda_and_changes_nothing(sitting: Sitting) -> None:
    before = sitting.state
    sitting.record(RunOpened(sitting="s", device="kind lake", app="0.2.0"))
    assert sitting.state == before


def test_the_first_agenda_is_the_agenda(sitting: Sitting) -> None:
    other = Agenda(
        id="other",
        title="Other",
        start=dt.time(8),
        timezone="UTC",
        minutes=1,
        place="online",
        segments=(),
    )
    before = sitting.state
    sitting.record(
        RunOpened(
            sitting="t", device="d", app="0", agenda=other, date=sitting.date, numbers_from=40
        )
    )
    assert sitting.state == before


# The clock


def test_what_ran_ends_when_the_next_part_begins(running: Sitting) -> None:
    running.at("09:21").next()
    assert runs(running) == [("arrive", "09:00", "09:21"), ("agree", "09:21", None)]
    assert running.state.started_at == running.instant("09:00")
    assert running.state.segment is running.agenda.segments[1]


@pytest.mark.parametrize(
    ("segment", "seen"), [("agree", None), ("tea", "agree"), ("nowhere", "arrive")]
)
def test_a_stale_start_and_one_of_an_unknown_part_do_not_count(
    segment: str, seen: str | None, running: Sitting
) -> None:
    before = running.state
    running.record(SegmentStarted(segment=segment, from_=seen, at=running.now))
    assert running.state == before


def test_of_two_people_who_press_at_once_one_moves_on(running: Sitting) -> None:
    co = running.at("09:20").fork(by="co")
    running.next()
    co.later(seconds=1).next()
    state = replay((*running.history, *co.history))
    assert [run.segment for run in state.runs] == ["arrive", "agree"]
    assert state.runs[-1].start == running.now


def test_nothing_starts_before_an_agenda_is_open(running: Sitting) -> None:
    state = replay(r for r in running.history if not isinstance(r.event, RunOpened))
    assert state == EMPTY


def test_nothing_begins_before_what_ran_before_it(running: Sitting) -> None:
    running.at("09:20").next()
    early = running.instant("09:10")
    running.record(SegmentStarted(segment="tea", from_="agree", at=early))
    assert runs(running)[1:] == [("agree", "09:20", "09:20"), ("tea", "09:20", None)]


def test_a_step_ends_a_pause_at_its_instant(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="care")).at("09:12").next()
    assert pauses(running) == [("care", "09:05", "09:12")]
    assert running.state.pause is None
    assert runs(running)[0] == ("arrive", "09:00", "09:12")


def test_the_close_ends_what_runs_and_its_pause(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="hold")).at("09:12").do(Close())
    assert pauses(running) == [("hold", "09:05", "09:12")]
    assert runs(running) == [("arrive", "09:00", "09:12")]
    assert running.state.closed_at == running.now
    assert (running.state.run, running.state.segment) == (None, None)


def test_nothing_begins_after_the_close_and_the_first_close_counts(running: Sitting) -> None:
    closed = running.at("09:12").do(Close()).state
    running.later(minutes=5)
    running.record(SegmentStarted(segment="agree", from_=None, at=running.now))
    running.record(PauseStarted(kind="hold", at=running.now))
    running.record(SittingClosed(at=running.now))
    assert running.state == closed


def test_nothing_is_paused_while_nothing_runs(sitting: Sitting) -> None:
    sitting.record(PauseStarted(kind="hold", at=sitting.now))
    assert sitting.state.pauses == ()


def test_one_pause_at_a_time(running: Sitting) -> None:
    running.at("09:05").do(StartPause(kind="care")).at("09:06")
    running.record(PauseStarted(kind="tech", at=running.now))
    running.at("09:08").do(EndPause())
    running.record(PauseEnded(at=running.instant("09:09")))
    assert pauses(running) == [("care", "09:05", "09:08")]


def test_no_pause_begins_before_its_part_or_ends_before_it_began(running: Sitting) -> None:
    running.at("09:20").next()
    running.record(PauseStarted(kind="hold", at=running.instant("09:10")))
    running.record(PauseEnded(at=running.instant("09:15")))
    assert pauses(running) == [("hold", "09:20", "09:20")]


def test_minutes_add_up_by_part(running: Sitting) -> None:
    for segment, count in (("arrive", 5), ("tea", 2), ("arrive", -2)):
        running.record(
            SegmentExtended(segment=segment, minutes=count, payer="push", at=running.now)
        )
    assert dict(running.state.extra) == {"arrive": 3, "tea": 2}


def test_preparation_is_ticked_and_unticked(sitting: Sitting) -> None:
    sitting.do(TickPreparation(item=0)).do(TickPreparation(item=1)).do(TickPreparation(item=0))
    assert sitting.state.prepared == {1}


def test_copied_posts_are_remembered_by_part(running: Sitting) -> None:
    running.at("09:20").next().do(MarkPostCopied(post=1)).do(MarkPostCopied(post=1))
    assert running.state.copied == {("agree", 1)}


def test_the_revision_is_that_of_the_latest_record(running: Sitting) -> None:
    running.at("09:12").do(Close()).do(NoteRecord(revision=1)).do(NoteRecord(revision=2))
    assert running.state.revision == 2


# The history


def test_the_history_holds_everything_in_order_and_does_not_make_states_differ(
    running: Sitting,
) -> None:
    before = running.state
    running.at("09:20").next().undo()
    assert running.state == before
    assert running.state.history[: len(before.history)] == before.history
    assert len(running.state.history) == len(before.history) + 2


def test_an_event_that_arrives_late_takes_its_place(running: Sitting) -> None:
    co = running.at("09:10").fork(by="co")
    co.do(StartPause(kind="tech"))
    running.at("09:20").next()
    state = evolve(running.state, co.history[-1])
    assert [r.id for r in state.history] == [
        *(r.id for r in co.history),
        running.history[-1].id,
    ]
    assert state.pauses[0].end == state.runs[0].end == running.now


def test_a_copy_of_an_event_changes_nothing(running: Sitting) -> None:
    running.write("a: One mic")
    running.write("*1 One mic, one speaker")
    running.record(
        SegmentExtended(segment="arrive", minutes=2, payer="push", at=running.now), "co"
    )
    for recorded in running.history:
        again = evolve(running.state, recorded)
        assert again == running.state
        assert again.history == running.state.history
    assert replay((*running.history, *running.history)).history == running.history


def test_an_undo_of_nothing_that_is_known_changes_nothing(running: Sitting) -> None:
    before = running.state
    running.record(Undone(event="x.1"))
    assert running.state == before


def test_what_may_not_be_undone_is_not_left_out(running: Sitting) -> None:
    running.at("09:12").do(Close()).do(NoteRecord(revision=1))
    before = running.state
    for recorded in running.history:
        if not is_undoable(recorded):
            running.record(Undone(event=recorded.id))
    assert running.state == before


def test_every_step_of_a_person_may_be_undone_and_nothing_else() -> None:
    undoable = {kind for kind in EVENT_KINDS if is_undoable(_recorded(kind))}
    assert (
        undoable
        | {
            RunOpened,
            ClockGap,
            PostCopied,
            BroadcastCopied,
            EntryTakenUp,  # what was done with it is undone, and it is as it was
            WordsKeptApart,
            Undone,
            SittingClosed,
            RecordWritten,
        }
        == EVENT_KINDS
    )
    assert not undoable & {RunOpened, EntryTakenUp, WordsKeptApart, Undone, SittingClosed}


def test_what_left_the_disk_cannot_come_back_by_an_undo() -> None:
    def lowered(ring: LowerRing) -> Recorded:
        event = EntryLowered(entry="a.0", number=1, ring=ring)
        return replace(_recorded(EntryLowered), event=event)

    assert {ring for ring in get_args(LowerRing) if not is_undoable(lowered(ring))} == {"room"}


def _recorded(kind: type[Event]) -> Recorded:
    event = object.__new__(kind)
    if isinstance(event, EntryLowered):
        event = EntryLowered(entry="a.0", number=1, ring="cohort")
    return Recorded(writer="a", n=0, stamp="000000000001-0000", by="co", event=event)


def test_a_state_cannot_be_changed_in_passing(running: Sitting) -> None:
    entry = running.write("a: One mic")
    with pytest.raises(TypeError):
        running.state.entries["x"] = running.state.entries[entry]  # type: ignore[index]
    with pytest.raises(TypeError):
        running.state.extra["arrive"] = 5  # type: ignore[index]
    with pytest.raises(AttributeError):
        running.state.runs = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        running.state.entries[entry].number = 5  # type: ignore[misc]


def test_one_more_event_leaves_what_it_does_not_touch(running: Sitting) -> None:
    entry = running.write("a: One mic")
    before = running.state
    running.at("09:20").next()
    assert running.state.entries[entry] is before.entries[entry]  # nothing was folded again


def test_what_was_folded_before_stays_as_it_was(running: Sitting) -> None:
    entry = running.write("a: One mic")
    before, words = running.state, running.state.entries[entry]
    running.do(ReadBack(number=1)).at("09:20").next()
    assert before.entries[entry] is words
    assert before.runs == (Run(segment="arrive", start=running.instant("09:00")),)
    assert isinstance(before, SessionState)
