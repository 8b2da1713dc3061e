from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, get_args

import pytest

from facilitate.core.agenda import Agenda
from facilitate.core.commands import (
    AnswerGap,
    Close,
    EndPause,
    Keep,
    LetGo,
    MarkPostCopied,
    NoteGap,
    NoteRecord,
    ReadBack,
    StartPause,
    TakeBack,
    TickPreparation,
    Withdraw,
)
from facilitate.core.events import (
    ClockGap,
    EntryAdded,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    Event,
    GapAnswered,
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
    WordsKeptApart,
)
from facilitate.core.state import EMPTY, Run, SessionState, evolve, is_undoable, replay

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


AN_INSTANT = dt.datetime(2026, 9, 12, 13, 10, tzinfo=dt.UTC)  # 9:10 in New York


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


def lines(sitting: Sitting) -> dict[str, str]:
    return {entry.name: entry.text for entry in sitting.state.entries.values()}


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


# Gaps


def gap(sitting: Sitting, since: str, until: str) -> Sitting:
    return sitting.at(until).do(NoteGap(since=sitting.instant(since)))


def test_a_gap_stays_open_until_it_is_answered(running: Sitting) -> None:
    gap(running, "09:05", "09:15")
    assert running.state.gap == ClockGap(since=running.instant("09:05"), until=running.now)
    assert running.next().state.gap is not None
    running.do(AnswerGap(answer="still here"))
    assert running.state.gap is None
    assert (pauses(running), len(running.state.runs)) == ([], 2)


def test_a_gap_can_turn_out_to_be_a_pause(running: Sitting) -> None:
    gap(running, "09:05", "09:15").do(AnswerGap(answer="paused"))
    assert pauses(running) == [("hold", "09:05", "09:15")]
    assert running.state.pause is None


def test_a_gap_can_turn_out_to_hold_the_next_step(running: Sitting) -> None:
    gap(running, "09:05", "09:15")
    running.do(AnswerGap(answer="moved on", at=running.instant("09:11")))
    assert runs(running) == [("arrive", "09:00", "09:11"), ("agree", "09:11", None)]
    assert running.state.gap is None


def test_a_step_inside_a_gap_ends_the_pause_that_was_on(running: Sitting) -> None:
    gap(running.at("09:03").do(StartPause(kind="tech")), "09:05", "09:15")
    running.do(AnswerGap(answer="moved on", at=running.instant("09:11")))
    assert pauses(running) == [("tech", "09:03", "09:11")]


@pytest.mark.parametrize(
    ("before", "during", "counted"),
    [
        (("09:03", None), None, [("tech", "09:03", None)]),
        (("09:03", "09:20"), None, [("tech", "09:03", "09:20")]),
        (("09:03", "09:07"), None, [("tech", "09:03", "09:07"), ("hold", "09:07", "09:15")]),
        (("09:05", "09:07"), None, [("tech", "09:05", "09:07"), ("hold", "09:07", "09:15")]),
        (None, ("09:17", None), [("hold", "09:05", "09:15"), ("tech", "09:17", None)]),
        (None, ("09:12", None), [("hold", "09:05", "09:12"), ("tech", "09:12", None)]),
    ],
)
def test_time_that_was_paused_already_is_not_paused_twice(
    before: tuple[str, str | None] | None,
    during: tuple[str, str | None] | None,
    counted: list[tuple[str, str, str | None]],
    running: Sitting,
) -> None:
    start, end = before or during or ("", None)
    since, until = running.instant("09:05"), running.instant("09:15")
    running.record(PauseStarted(kind="tech", at=running.instant(start)))
    if end:
        running.record(PauseEnded(at=running.instant(end)))
    running.record(ClockGap(since=since, until=until))
    running.record(GapAnswered(answer="paused"))
    assert pauses(running) == counted


def test_a_gap_before_the_part_that_runs_pauses_nothing(running: Sitting) -> None:
    gap(running, "09:05", "09:15").at("09:20").next().do(AnswerGap(answer="paused"))
    assert pauses(running) == []


@pytest.mark.parametrize(
    "answer",
    [
        GapAnswered(answer="paused"),
        GapAnswered(answer="moved on", segment="agree", at=AN_INSTANT),
    ],
)
def test_an_answer_while_nothing_runs_only_closes_the_question(
    answer: GapAnswered, sitting: Sitting
) -> None:
    before = sitting.state
    sitting.record(ClockGap(since=sitting.instant("08:40"), until=sitting.now))
    sitting.record(answer)
    assert sitting.state == before


@pytest.mark.parametrize(
    "answer",
    [
        GapAnswered(answer="moved on", segment="agree"),
        GapAnswered(answer="moved on", at=AN_INSTANT),
    ],
)
def test_an_answer_that_says_only_half_moves_nobody(
    answer: GapAnswered, running: Sitting
) -> None:
    gap(running, "09:05", "09:15").record(answer)
    assert runs(running) == [("arrive", "09:00", None)]


def test_an_answer_without_a_question_changes_nothing(running: Sitting) -> None:
    before = running.state
    running.record(GapAnswered(answer="paused"))
    running.record(GapAnswered(answer="moved on", segment="agree", at=running.now))
    assert running.state == before


# What the group makes


def test_numbers_are_one_series_through_all_kinds(running: Sitting) -> None:
    for text in ("a: One mic", "t: rupture = a break", "q: who holds us?", "and one more"):
        running.write(text)
    assert lines(running) == {
        "A1": "One mic",
        "T2": "rupture = a break",
        "Q3": "who holds us?",
        "L4": "and one more",
    }


def test_a_cohort_goes_on_counting(open_sitting: type[Sitting]) -> None:
    sitting = open_sitting(numbers_from=12)
    sitting.write("a: One mic")
    sitting.write("a: One speaker")
    assert list(lines(sitting)) == ["A12", "A13"]


def test_a_line_knows_its_part_its_kind_and_how_far_it_travels(running: Sitting) -> None:
    running.at("09:20").next()
    first, second = running.write("One mic <- the elders"), running.write("l: it was quiet")
    agreed, learned = running.state.entries[first], running.state.entries[second]
    assert (agreed.kind, agreed.ring, agreed.segment) == ("agreement", "cohort", "agree")
    assert (agreed.text, agreed.version.lineage, agreed.state) == (
        "One mic",
        "the elders",
        "heard",
    )
    assert (learned.kind, learned.ring, learned.state) == ("learning", "sitting", "noted")


@pytest.mark.parametrize("way", ["undo", "take back", "withdraw", "let go"])
def test_a_number_once_said_is_never_said_of_another_line(way: str, running: Sitting) -> None:
    running.write("a: First")
    running.write("l: Second")
    command = {
        "take back": TakeBack(),
        "withdraw": Withdraw(number=2),
        "let go": LetGo(number=2),
    }
    if way == "undo":
        running.undo()
    else:
        running.do(command[way])
    assert running.state.entry(2) is None
    running.write("a: Third")
    assert running.state.next_number == 4
    third = running.state.entry(3)
    assert third is not None
    assert third.text == "Third"
    assert replay(running.history).next_number == 4


def test_after_a_colleague_from_a_hundred_the_count_goes_on_above(running: Sitting) -> None:
    running.write("a: First")
    running.record(
        EntryAdded(number=101, kind="term", ring="cohort", segment=None, text="rupture"), "co"
    )
    assert running.state.next_number == 102


def test_of_two_lines_with_one_number_the_later_is_meant(running: Sitting) -> None:
    co = running.fork(by="co")
    running.write("a: Ours")
    co.later(seconds=1).write("a: Theirs")
    state = replay((*running.history, *co.history))
    entry = state.entry(1)
    assert entry is not None
    assert entry.text == "Theirs"
    assert len(state.entries) == 2
    assert state.entry(2) is None


def test_rewording_keeps_the_earlier_words(running: Sitting) -> None:
    entry = running.write("a: One mic <- the elders")
    running.write("*1 One mic, one speaker")
    kept = running.state.entries[entry]
    assert [(v.text, v.lineage) for v in kept.versions] == [
        ("One mic", "the elders"),
        ("One mic, one speaker", "the elders"),
    ]
    assert kept.text == "One mic, one speaker"
    assert len(kept.wordings) == 1
    assert kept.number == 1


def test_two_who_reword_at_once_both_keep_their_words(running: Sitting) -> None:
    entry = running.write("a: One mic")
    co = running.fork(by="co")
    running.later(seconds=1).write("*1 One mic, one speaker")
    co.later(seconds=2).write("*1 One person at a time")
    for order in ((running, co), (co, running)):
        state = replay(itertools.chain(*(who.history for who in order)))
        assert [v.text for v in state.entries[entry].wordings] == [
            "One mic, one speaker",
            "One person at a time",
        ]
        assert len(state.entries[entry].versions) == 3


def test_who_has_seen_both_wordings_replaces_both(running: Sitting) -> None:
    entry = running.write("a: One mic")
    co = running.fork(by="co")
    running.later(seconds=1).write("*1 One mic, one speaker")
    co.later(seconds=2).write("*1 One person at a time")
    for recorded in co.history[-1:]:
        running.state = evolve(running.state, recorded)
    running.later(seconds=5).write("*1 One person at a time")
    assert [v.text for v in running.state.entries[entry].wordings] == ["One person at a time"]


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("a: words", "heard", "proposed"),
        ("t: words", "heard", "working"),
        ("f: words", "heard", "working"),
        ("e: words", "noted", "noted"),
        ("p: words", "named", "named"),
        ("c: words", "named", "named"),
        ("q: words", "open", "open"),
        ("l: words", "noted", "noted"),
        ("r: words", "noted", "noted"),
        ("g: words", "noted", "noted"),
    ],
)
def test_reading_back_moves_on_what_waits_for_it(
    text: str, first: str, then: str, running: Sitting
) -> None:
    entry = running.write(text)
    assert running.state.entries[entry].state == first
    running.record(EntryReadBack(entry=entry))
    assert running.state.entries[entry].state == then


@pytest.mark.parametrize("command", [Withdraw(number=1), TakeBack(), LetGo(number=1)])
def test_a_line_that_went_is_not_found_by_its_number(
    command: Withdraw | TakeBack | LetGo, running: Sitting
) -> None:
    entry = running.write("l: it was quiet")
    running.do(command)
    assert not running.state.entries[entry].is_shown
    assert running.state.entry(1) is None


def test_a_line_that_is_kept_travels_with_its_latest_words(running: Sitting) -> None:
    entry = running.write("l: it was quiet <- us")
    running.do(Keep(number=1))
    kept = running.state.entries[entry]
    assert (kept.ring, kept.text, kept.version.lineage) == ("cohort", "it was quiet", "us")
    assert len(kept.wordings) == 1


def test_a_line_that_is_raised_was_not_let_go_and_has_one_wording(running: Sitting) -> None:
    entry = running.write("l: it was quiet")
    running.record(EntryReworded(entry=entry, text="it was still"), base=())
    assert len(running.state.entries[entry].wordings) == 2
    running.do(LetGo(number=1))
    running.record(EntryRaised(entry=entry, ring="team", text="it was calm"))
    kept = running.state.entries[entry]
    assert (kept.is_shown, kept.ring) == (True, "team")
    assert [v.text for v in kept.wordings] == ["it was calm"]


def test_words_kept_apart_come_back_to_their_wording(running: Sitting) -> None:
    entry = running.record(
        EntryAdded(number=1, kind="learning", ring="sitting", segment="arrive", text=None)
    )
    reworded = running.record(EntryReworded(entry=entry, text=None))
    assert lines(running) == {"L1": ""}
    running.record(WordsKeptApart(entry=entry, of=reworded, text="still", lineage="us"))
    assert [v.text for v in running.state.entries[entry].versions] == [None, "still"]
    assert running.state.entries[entry].version.lineage == "us"
    running.record(WordsKeptApart(entry=entry, of="nothing.9", text="else"))
    running.record(WordsKeptApart(entry="nothing.9", of=entry, text="else"))
    running.record(WordsKeptApart(entry=entry, of=entry, text="quiet"))
    assert [v.text for v in running.state.entries[entry].versions] == ["quiet", "still"]


def test_what_happens_to_a_line_that_is_not_there_changes_nothing(running: Sitting) -> None:
    before = running.state
    for event in (
        EntryReadBack(entry="x.1"),
        EntryReworded(entry="x.1", text="t"),
        EntryRaised(entry="x.1", ring="team", text="t"),
    ):
        running.record(event, base=())
    assert running.state == before


# The history


def test_the_history_holds_everything_in_order_and_does_not_make_states_differ(
    running: Sitting,
) -> None:
    before = running.state
    running.at("09:20").next().undo()
    assert running.state == before
    assert running.state.history[: len(before.history)] == before.history
    assert len(running.state.history) == len(before.history) + 2
    assert "history" not in repr(running.state)


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
    undoable = {kind for kind in get_args(Event) if is_undoable(_recorded(kind))}
    assert set(get_args(Event)) - undoable == {
        RunOpened,
        ClockGap,
        PostCopied,
        WordsKeptApart,
        Undone,
        SittingClosed,
        RecordWritten,
    }


def _recorded(kind: type[Event]) -> Recorded:
    event = object.__new__(kind)
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
