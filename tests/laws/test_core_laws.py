"""What holds for every history and every agenda: order, steps, undo, totality, the day."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random
from typing import get_args

from hypothesis import assume, given
from hypothesis import strategies as st

from facilitate.core.agenda import Agenda, CaptureKind, Kind, Preparation, Segment
from facilitate.core.before_view import before_view
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import KINDS, RoomNote
from facilitate.core.commands import (
    AnswerGap,
    Capture,
    Close,
    Command,
    EndPause,
    Extend,
    Keep,
    LetGo,
    MarkPostCopied,
    MovePlan,
    Next,
    NoteGap,
    NoteRecord,
    ReadBack,
    Reword,
    StartPause,
    TakeBack,
    TickPreparation,
    Undo,
    Withdraw,
)
from facilitate.core.decide import decide, seen_versions
from facilitate.core.events import (
    ClockGap,
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Event,
    GapAnswer,
    GapAnswered,
    PauseEnded,
    PauseKind,
    PauseStarted,
    PlanMoved,
    PostCopied,
    PreparationTicked,
    Recorded,
    RecordWritten,
    Ring,
    RunOpened,
    SegmentExtended,
    SegmentStarted,
    SittingClosed,
    Undone,
    WordsKeptApart,
)
from facilitate.core.fold import evolve, is_undoable, replay
from facilitate.core.order import Stamper
from facilitate.core.progress import active, paused
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.schedule import project
from facilitate.core.state import EMPTY, SessionState
from facilitate.core.views import run_view, typing

NINE = dt.datetime(2026, 9, 12, 13, 0, tzinfo=dt.UTC)  # in New York
DATE = dt.date(2026, 9, 12)


def after(minutes: float) -> dt.datetime:
    return NINE + dt.timedelta(minutes=minutes)


# Agendas

KINDS_OF_PARTS = st.sampled_from(get_args(Kind)) | st.sampled_from(["buffer", "break"])
WALLS = st.none() | st.builds(dt.time, st.integers(8, 13), st.sampled_from([0, 10, 25, 40]))
SEVERAL = st.integers(0, 6).map(lambda count: [f"s{n}" for n in range(count)])


@st.composite
def parts(draw: st.DrawFn, name: str) -> Segment:
    planned = draw(st.integers(1, 60))
    anchor = draw(st.sampled_from(["starts_at", "starts_by", "not_before", "ends_at"]))
    return Segment(
        id=name,
        title=name.upper(),
        kind=draw(KINDS_OF_PARTS),  # type: ignore[arg-type]
        minutes=planned,
        at_least=draw(st.none() | st.integers(1, planned)),
        at_most=draw(st.none() | st.integers(planned, 90)),
        chat=draw(st.just(()) | st.just(("Back at {back_at}, {next}, {day_shape}.",))),
        capture=draw(st.lists(st.sampled_from(get_args(CaptureKind)), max_size=1).map(tuple)),
        **{anchor: draw(WALLS)},  # type: ignore[arg-type]
    )


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    return Agenda(
        id="circle",
        title="Circle",
        start=dt.time(9),
        timezone=draw(st.sampled_from(["America/New_York", "Asia/Kathmandu", "UTC"])),
        minutes=90,
        place="online",
        ends_by=draw(WALLS),
        before=(Preparation(minutes=15, who="tech", do="Open the room"),),
        segments=tuple(draw(parts(name)) for name in draw(SEVERAL)),
    )


# Any history at all: what it refers to may be there or not

INSTANTS = st.builds(after, st.integers(-30, 300) | st.floats(0, 90))
PLACES = st.integers(-1, 3)
PART_IDS = st.sampled_from([f"s{n}" for n in range(8)] + ["nowhere"])
RECORD_IDS = st.sampled_from([f"{w}.{n}" for w in "ab" for n in range(12)] + ["nothing"])
WORDS = st.text(max_size=5) | st.sampled_from(["[/fix] [b", "{next}"])
SOME_WORDS = st.none() | WORDS
RINGS = st.sampled_from(get_args(Ring))
TRUTHS = st.booleans()


def openings() -> st.SearchStrategy[RunOpened]:
    return st.builds(
        RunOpened,
        sitting=WORDS,
        device=WORDS,
        app=WORDS,
        agenda=st.none() | agendas(),
        date=st.none() | st.just(DATE),
        cohort=SOME_WORDS,
        numbers_from=st.integers(1, 300),
        rehearsal=TRUTHS,
    )


EVENTS: dict[type[Event], st.SearchStrategy[Event]] = {
    RunOpened: openings(),
    PreparationTicked: st.builds(PreparationTicked, item=PLACES, done=TRUTHS),
    PlanMoved: st.builds(PlanMoved, start=INSTANTS),
    SegmentStarted: st.builds(
        SegmentStarted, segment=PART_IDS, from_=st.none() | PART_IDS, at=INSTANTS
    ),
    SegmentExtended: st.builds(
        SegmentExtended,
        segment=PART_IDS,
        minutes=st.integers(-90, 90),
        payer=st.just("push"),
        at=INSTANTS,
    ),
    PauseStarted: st.builds(
        PauseStarted, kind=st.sampled_from(get_args(PauseKind)), at=INSTANTS
    ),
    PauseEnded: st.builds(PauseEnded, at=INSTANTS),
    ClockGap: st.builds(ClockGap, since=INSTANTS, until=INSTANTS),
    GapAnswered: st.builds(
        GapAnswered,
        answer=st.sampled_from(get_args(GapAnswer)),
        segment=st.none() | PART_IDS,
        at=st.none() | INSTANTS,
    ),
    PostCopied: st.builds(PostCopied, segment=PART_IDS, post=PLACES),
    EntryAdded: st.builds(
        EntryAdded,
        number=st.integers(-1, 300),
        kind=st.sampled_from(get_args(CaptureKind)),
        ring=RINGS,
        segment=st.none() | PART_IDS,
        text=SOME_WORDS,
        lineage=WORDS,
    ),
    EntryReworded: st.builds(EntryReworded, entry=RECORD_IDS, text=SOME_WORDS, lineage=WORDS),
    EntryReadBack: st.builds(EntryReadBack, entry=RECORD_IDS),
    EntryWithdrawn: st.builds(EntryWithdrawn, entry=RECORD_IDS),
    EntryTakenBack: st.builds(EntryTakenBack, entry=RECORD_IDS),
    EntryRaised: st.builds(
        EntryRaised, entry=RECORD_IDS, ring=RINGS, text=WORDS, lineage=WORDS
    ),
    EntryLetGo: st.builds(EntryLetGo, entry=RECORD_IDS),
    WordsKeptApart: st.builds(
        WordsKeptApart, entry=RECORD_IDS, of=RECORD_IDS, text=WORDS, lineage=WORDS
    ),
    Undone: st.builds(Undone, event=RECORD_IDS),
    SittingClosed: st.builds(SittingClosed, at=INSTANTS),
    RecordWritten: st.builds(RecordWritten, revision=st.integers(1, 3)),
}
ANY_EVENT = st.sampled_from(list(EVENTS)).flatmap(EVENTS.__getitem__)


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """Two writers, stamps in any order; most begin with an agenda that has parts."""
    opening = draw(st.none() | openings())
    events = draw(st.lists(ANY_EVENT, max_size=20))
    written = {"a": itertools.count(), "b": itertools.count()}
    history = []
    for event in [opening, *events] if opening else events:
        writer = draw(st.sampled_from("ab"))
        ms = 0 if event is opening else draw(st.integers(1, 40))
        recorded = Recorded(
            writer=writer,
            n=next(written[writer]),
            stamp=f"{ms:012x}-0000",
            by=writer,
            event=event,
            base=tuple(draw(st.lists(RECORD_IDS, max_size=2))),
        )
        history.append(recorded)
    return history


def folded(history: list[Recorded]) -> SessionState:
    state = EMPTY
    for recorded in history:
        state = evolve(state, recorded)
    return state


def test_every_event_is_tried_here() -> None:
    assert set(EVENTS) == set(get_args(Event))


@given(histories(), st.randoms())
def test_the_order_in_which_events_arrive_makes_no_difference(
    history: list[Recorded], chance: Random
) -> None:
    state = replay(history)
    chance.shuffle(history)
    assert replay(history) == folded(history) == state
    assert replay(history).history == folded(history).history == state.history


@given(histories(), st.integers(0, 21))
def test_a_history_can_be_folded_in_parts(history: list[Recorded], cut: int) -> None:
    state = replay(history[:cut])
    for recorded in history[cut:]:
        state = evolve(state, recorded)
    assert state == replay(history)


@given(histories(), st.data())
def test_copies_of_events_make_no_difference(
    history: list[Recorded], data: st.DataObject
) -> None:
    assume(history)
    copies = data.draw(st.lists(st.sampled_from(history), max_size=5))
    assert replay([*history, *copies]) == folded([*history, *copies]) == replay(history)
    assert replay([*history, *copies]).history == replay(history).history


@given(histories(), st.data())
def test_an_undone_event_counts_as_if_it_had_never_been(
    history: list[Recorded], data: st.DataObject
) -> None:
    steps = [recorded for recorded in history if is_undoable(recorded)]
    assume(steps)
    step = data.draw(st.sampled_from(steps))
    stamp = f"{data.draw(st.integers(1, 50)):012x}-0001"
    undo = Recorded(writer="c", n=0, stamp=stamp, by="c", event=Undone(event=step.id))
    without = [recorded for recorded in history if recorded is not step]
    state = replay([*history, undo])
    assert state == folded([*history, undo]) == replay(without)
    assert len(state.history) == len(history) + 1


@given(histories(), INSTANTS, WORDS)
def test_any_history_can_be_shown(
    history: list[Recorded], now: dt.datetime, words: str
) -> None:
    state = replay(history)
    before_view(state, now)
    shown = run_view(state, now, (RoomNote(segment=None, text=words),))
    assert (shown is None) == (state.agenda is None or state.date is None)
    typing(state, words)
    assert state.next_number > max((e.number for e in state.entries.values()), default=0)


@given(histories())
def test_runs_follow_each_other_and_pauses_lie_inside_them(history: list[Recorded]) -> None:
    state = replay(history)
    for earlier, later in itertools.pairwise(state.runs):
        assert earlier.start <= earlier.end == later.start
    for pause in state.pauses:
        assert state.started_at is not None
        assert state.started_at <= pause.start <= (pause.end or pause.start)
    assert state.pause is None or state.run is not None


# The day


@st.composite
def begun(draw: st.DrawFn) -> tuple[SessionState, dt.datetime]:
    """A sitting somewhere in its day, and a time that is not before what happened in it."""
    agenda = draw(agendas())
    opening = RunOpened(sitting="s", device="d", app="0", agenda=agenda, date=DATE)
    events: list[Event] = [opening]
    minute, running = draw(st.integers(-10, 30)), None
    for part in agenda.segments[: draw(st.integers(0, 7))]:
        start = SegmentStarted(segment=part.id, from_=running, at=after(minute))
        events.append(start)
        minute, running = minute + draw(st.integers(0, 60)), part.id
        if draw(TRUTHS):
            events.append(PauseStarted(kind="care", at=after(minute)))
            minute += draw(st.integers(0, 20))
            events += [PauseEnded(at=after(minute))] if draw(TRUTHS) else []
        if draw(TRUTHS):
            more = draw(st.integers(-20, 20))
            events.append(
                SegmentExtended(segment=part.id, minutes=more, payer="push", at=after(minute))
            )
    history = [
        Recorded(writer="a", n=n, stamp=f"{n:012x}-0000", by="lead", event=event)
        for n, event in enumerate(events)
    ]
    return replay(history), after(minute + draw(st.floats(0, 60)))


@given(begun())
def test_parts_follow_each_other_and_only_a_hold_lies_between(
    day: tuple[SessionState, dt.datetime],
) -> None:
    state, now = day
    projection = project(state, now)
    assert projection is not None
    cursor = projection.running.end if projection.running else now
    for row in projection.later:
        assert row.start == cursor + row.hold
        assert row.hold >= dt.timedelta(0) <= row.late
        assert row.end >= row.start
        cursor = row.end
    assert projection.end == cursor >= now
    assert [row.segment for row in projection.rows] == list(state.agenda.segments)  # type: ignore[union-attr]


@given(begun(), st.floats(0, 120))
def test_a_later_now_never_moves_an_end_earlier(
    day: tuple[SessionState, dt.datetime], minutes: float
) -> None:
    state, now = day
    sooner, later = project(state, now), project(state, now + dt.timedelta(minutes=minutes))
    assert sooner is not None
    assert later is not None
    for before, afterwards in zip(sooner.rows, later.rows, strict=True):
        assert before.end <= afterwards.end


@given(begun())
def test_used_and_paused_time_are_all_the_time_there_was(
    day: tuple[SessionState, dt.datetime],
) -> None:
    state, now = day
    if state.run is None:
        assert active(state, now) == paused(state, now) == dt.timedelta(0)
        return
    assert active(state, now) + paused(state, now) == now - state.run.start
    assert active(state, now) >= dt.timedelta(0) <= paused(state, now)
    before = sum((run.end - run.start for run in state.runs[:-1]), dt.timedelta(0))
    assert before + active(state, now) + paused(state, now) == now - state.started_at


# Any wishes at all

NUMBERS = st.integers(0, 9)
LINES = st.builds(NewLine, kind=st.sampled_from(list(KINDS)), text=st.just("words"))
COMMANDS: dict[type[Command], st.SearchStrategy[Command]] = {
    TickPreparation: st.builds(TickPreparation, item=PLACES),
    MovePlan: st.builds(MovePlan),
    Next: st.builds(Next, seen=st.none() | PART_IDS),
    Extend: st.builds(Extend, minutes=st.integers(-800, 800) | st.integers(-3, 3)),
    StartPause: st.builds(StartPause, kind=st.sampled_from(get_args(PauseKind))),
    EndPause: st.builds(EndPause),
    NoteGap: st.builds(NoteGap, since=INSTANTS),
    AnswerGap: st.builds(
        AnswerGap, answer=st.sampled_from(get_args(GapAnswer)), at=st.none() | INSTANTS
    ),
    MarkPostCopied: st.builds(MarkPostCopied, post=PLACES),
    Capture: st.builds(Capture, line=LINES),
    Reword: st.builds(Reword, wording=st.builds(NewWording, number=NUMBERS, text=WORDS)),
    ReadBack: st.builds(ReadBack, number=st.none() | NUMBERS),
    Withdraw: st.builds(Withdraw, number=NUMBERS),
    TakeBack: st.builds(TakeBack),
    Keep: st.builds(Keep, number=NUMBERS),
    LetGo: st.builds(LetGo, number=NUMBERS),
    Undo: st.builds(Undo, confirmed=TRUTHS),
    Close: st.builds(Close),
    NoteRecord: st.builds(NoteRecord, revision=st.integers(1, 3)),
}
OFTEN = [Next, Next, Next, Capture, Capture, Undo, StartPause, EndPause, Reword, ReadBack]
ANY_COMMAND = st.sampled_from([*COMMANDS, *OFTEN]).flatmap(COMMANDS.__getitem__)
STEPS = st.lists(
    st.tuples(ANY_COMMAND, st.sampled_from(["lead", "co"]), st.floats(0, 15)), max_size=20
)


class Table:
    """Two people at one history, who ask for anything."""

    def __init__(self, agenda: Agenda) -> None:
        self.state, self.now = EMPTY, NINE
        self.refusals: list[Refused] = []
        self._stamper = Stamper()
        self.record(
            RunOpened(sitting="s", device="d", app="0", agenda=agenda, date=DATE), "lead"
        )

    def record(self, event: Event, by: str) -> None:
        recorded = Recorded(
            writer=by,
            n=len(self.state.history),
            stamp=self._stamper.tick(int(self.now.timestamp() * 1000)),
            by=by,
            event=event,
            base=seen_versions(self.state, event),
        )
        self.state = evolve(self.state, recorded)

    def ask(self, command: Command, by: str) -> bool:
        """Whether it was done."""
        if isinstance(command, Next) and command.seen is None:
            command = Next(seen=self.state.run.segment if self.state.run else None)
        try:
            events = decide(self.state, command, self.now, by)
        except Refused as refusal:
            self.refusals.append(refusal)
            return False
        for event in events:
            self.record(event, by)
        return bool(events)


def test_every_command_is_tried_here() -> None:
    assert set(COMMANDS) == set(get_args(Command))


@given(agendas(), STEPS)
def test_whatever_is_asked_is_done_or_refused_in_a_sentence(
    agenda: Agenda, steps: list[tuple[Command, str, float]]
) -> None:
    table = Table(agenda)
    for command, by, minutes in steps:
        before = table.state
        if not table.ask(command, by):
            assert table.state is before
        run_view(table.state, table.now)
        table.now += dt.timedelta(minutes=minutes)
    for refusal in table.refusals:
        assert str(refusal).endswith("?" if isinstance(refusal, NeedsAsking) else ".")
    assert replay(table.state.history) == table.state
    said = [r.event.number for r in table.state.history if isinstance(r.event, EntryAdded)]
    assert said == list(range(1, len(said) + 1))


@given(agendas(), STEPS, ANY_COMMAND)
def test_whatever_is_done_can_be_undone_if_it_is_a_step(
    agenda: Agenda, steps: list[tuple[Command, str, float]], command: Command
) -> None:
    table = Table(agenda)
    for earlier, by, minutes in steps:
        table.ask(earlier, by)
        table.now += dt.timedelta(minutes=minutes)
    before = table.state
    assume(not isinstance(command, Undo) and table.ask(command, "lead"))
    assume(is_undoable(table.state.history[-1]))
    assert table.ask(Undo(), "lead")
    assert table.state == before
