"""Any agenda, any event, any history of a sitting, as laws need them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import get_args

from hypothesis import strategies as st

from facilitate.core.agenda import (
    Agenda,
    Breakout,
    CaptureKind,
    Kind,
    Preparation,
    Round,
    Segment,
)
from facilitate.core.captures import Ring
from facilitate.core.entry_events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    WordsKeptApart,
)
from facilitate.core.events import (
    Allotment,
    BroadcastCopied,
    ClockGap,
    Cue,
    DoorsOpened,
    Event,
    FitApplied,
    GapAnswer,
    GapAnswered,
    Leaving,
    OvertimeGranted,
    PauseEnded,
    PauseKind,
    PauseStarted,
    PlanAdopted,
    PlanMoved,
    PlannedTime,
    PlanReordered,
    PostCopied,
    PreparationTicked,
    Recorded,
    RecordWritten,
    RoomsClosed,
    RoomsOpened,
    RunOpened,
    SegmentExtended,
    SegmentInserted,
    SegmentRestored,
    SegmentSkipped,
    SegmentStarted,
    SittingClosed,
    Undone,
)

NINE = dt.datetime(2026, 9, 12, 13, 0, tzinfo=dt.UTC)  # in New York
DATE = dt.date(2026, 9, 12)


def after(minutes: float) -> dt.datetime:
    """So many minutes after nine."""
    return NINE + dt.timedelta(minutes=minutes)


# Agendas

KINDS_OF_PARTS = st.sampled_from(get_args(Kind)) | st.sampled_from(["buffer", "break"])
WALLS = st.none() | st.builds(dt.time, st.integers(8, 13), st.sampled_from([0, 10, 25, 40]))
ROOMS = st.none() | st.just(Breakout(rounds=(Round(minutes=4, ask="What helps?"),)))
SEVERAL = st.integers(0, 6).map(lambda count: [f"s{n}" for n in range(count)])


@st.composite
def parts(draw: st.DrawFn, name: str) -> Segment:
    """A segment of that id."""
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
        protect=draw(TRUTHS),
        skippable=draw(TRUTHS),
        breakout=draw(ROOMS),
        **{anchor: draw(WALLS)},  # type: ignore[arg-type]
    )


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """A day of up to six segments, `s0` to `s5`."""
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
MINUTES = st.integers(-90, 90)
CUES = st.sampled_from(get_args(Cue))
ALLOTMENTS = st.lists(st.builds(Allotment, segment=PART_IDS, minutes=MINUTES), max_size=3)
PLANNED = st.lists(
    st.builds(PlannedTime, segment=PART_IDS, start=INSTANTS, end=INSTANTS), max_size=3
)


def openings() -> st.SearchStrategy[RunOpened]:
    """The first line of a run, with an agenda or without."""
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
        SegmentStarted,
        segment=PART_IDS,
        from_=st.none() | PART_IDS,
        at=INSTANTS,
        leaves=st.sampled_from(get_args(Leaving)),
    ),
    SegmentExtended: st.builds(
        SegmentExtended,
        segment=PART_IDS,
        minutes=MINUTES,
        payer=st.just("push") | PART_IDS.map("from:{}".format),
        at=INSTANTS,
    ),
    FitApplied: st.builds(FitApplied, allotments=ALLOTMENTS.map(tuple), at=INSTANTS),
    SegmentSkipped: st.builds(SegmentSkipped, segment=PART_IDS, at=INSTANTS),
    SegmentRestored: st.builds(SegmentRestored, segment=PART_IDS, at=INSTANTS),
    SegmentInserted: st.builds(
        SegmentInserted, segment=PART_IDS.flatmap(parts), after=PART_IDS, at=INSTANTS
    ),
    PlanReordered: st.builds(PlanReordered, segment=PART_IDS, before=PART_IDS, at=INSTANTS),
    PlanAdopted: st.builds(PlanAdopted, times=PLANNED.map(tuple), at=INSTANTS),
    OvertimeGranted: st.builds(OvertimeGranted, minutes=MINUTES, at=INSTANTS),
    DoorsOpened: st.builds(DoorsOpened, at=INSTANTS),
    RoomsOpened: st.builds(RoomsOpened, segment=PART_IDS, at=INSTANTS),
    RoomsClosed: st.builds(RoomsClosed, segment=PART_IDS, at=INSTANTS),
    BroadcastCopied: st.builds(BroadcastCopied, segment=PART_IDS, cue=CUES),
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
