"""Any agenda, any event, any history of a sitting, as laws need them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
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
from facilitate.core.captures import (
    AttributionForm,
    ConcernKind,
    Detail,
    EntryState,
    Facet,
    LowerRing,
    Marks,
    Origin,
    Ring,
)
from facilitate.core.entry_events import (
    AttributionAsked,
    AttributionWithdrawn,
    CareHeld,
    ConcernNoted,
    EntryAdded,
    EntryAdopted,
    EntryAttributed,
    EntryChange,
    EntryDescribed,
    EntryEvent,
    EntryHeardAgain,
    EntryLetGo,
    EntryLowered,
    EntryMoved,
    EntryRaised,
    EntryReadBack,
    EntryReaffirmed,
    EntryReworded,
    EntryScheduled,
    EntryTakenBack,
    EntryTakenUp,
    EntryTested,
    EntryWithdrawn,
    NoteKeepingAgreed,
    RewordingWasSmall,
    VotesTaken,
    WordsKeptApart,
)
from facilitate.core.events import (
    Allotment,
    BroadcastCopied,
    ClockGap,
    Cue,
    DayEvent,
    DoorsOpened,
    Event,
    FitApplied,
    FrameEvent,
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


EVENT_KINDS = frozenset(
    kind for sort in (DayEvent, FrameEvent, EntryEvent) for kind in get_args(sort)
)
"""Everything that may stand in a history."""

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


STATES = st.sampled_from(get_args(EntryState))
FORMS = st.sampled_from(get_args(AttributionForm))
CONCERN_KINDS = st.sampled_from(get_args(ConcernKind))
CAPTURE_KINDS = st.sampled_from(get_args(CaptureKind))
WHENS = st.sampled_from(["", "next", "part2", "end", "+6w", "2026-10-01"])
ORIGINS = st.sampled_from(get_args(Origin))
COUNTS = st.lists(st.integers(0, 9), max_size=4).map(tuple)
LABELS = st.lists(WORDS, max_size=4).map(tuple)
MARKS = st.none() | st.builds(
    Marks,
    tags=st.lists(WORDS, max_size=2).map(tuple),
    facet=st.none() | st.sampled_from(get_args(Facet)),
    owner=WORDS,
    when=WHENS,
)
DETAILS = st.builds(Detail, name=st.sampled_from(["scope", "why", "else"]), text=WORDS)


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
        kind=CAPTURE_KINDS,
        ring=RINGS,
        segment=st.none() | PART_IDS,
        text=SOME_WORDS,
        lineage=WORDS,
        marks=MARKS,
        origin=ORIGINS,
        belongs_with=st.none() | RECORD_IDS,
    ),
    EntryTakenUp: st.builds(
        EntryTakenUp,
        sitting=st.just("old"),
        number=st.integers(1, 3),
        kind=CAPTURE_KINDS,
        ring=RINGS,
        state=STATES,
        text=WORDS,
        marks=MARKS,
        origin=ORIGINS,
        details=st.lists(DETAILS, max_size=2).map(tuple),
        adopted_round=st.none() | st.integers(1, 3),
        adopted_on=st.none() | st.just(DATE),
    ),
    EntryReworded: st.builds(
        EntryReworded, entry=RECORD_IDS, text=SOME_WORDS, lineage=WORDS, small=TRUTHS
    ),
    RewordingWasSmall: st.builds(RewordingWasSmall, entry=RECORD_IDS),
    EntryHeardAgain: st.builds(EntryHeardAgain, entry=RECORD_IDS),
    EntryMoved: st.builds(
        EntryMoved, entry=RECORD_IDS, state=STATES, into=st.none() | RECORD_IDS
    ),
    EntryTested: st.builds(
        EntryTested,
        entry=RECORD_IDS,
        version=RECORD_IDS,
        round=st.integers(-1, 3),
        method=WORDS,
        labels=LABELS,
        keys=LABELS,
        hear=st.integers(-1, 5),
    ),
    VotesTaken: st.builds(
        VotesTaken,
        entry=RECORD_IDS,
        test=RECORD_IDS,
        counts=COUNTS,
        passes=st.integers(0, 3),
        present=st.none() | st.integers(0, 9),
        no_objection=TRUTHS,
    ),
    ConcernNoted: st.builds(
        ConcernNoted, entry=RECORD_IDS, test=RECORD_IDS, kind=CONCERN_KINDS, text=WORDS
    ),
    EntryAdopted: st.builds(
        EntryAdopted,
        entry=RECORD_IDS,
        version=RECORD_IDS,
        round=st.integers(-1, 3),
        on=st.just(DATE),
    ),
    EntryReaffirmed: st.builds(EntryReaffirmed, entry=RECORD_IDS),
    EntryDescribed: st.builds(
        EntryDescribed,
        entry=RECORD_IDS,
        name=st.sampled_from(["scope", "why", "else"]),
        text=WORDS,
    ),
    EntryScheduled: st.builds(EntryScheduled, entry=RECORD_IDS, when=WHENS | WORDS),
    AttributionAsked: st.builds(AttributionAsked, entry=RECORD_IDS, form=FORMS),
    EntryAttributed: st.builds(
        EntryAttributed, entry=RECORD_IDS, form=FORMS, text=WORDS, scope=RINGS
    ),
    AttributionWithdrawn: st.builds(AttributionWithdrawn, entry=RECORD_IDS),
    NoteKeepingAgreed: st.builds(NoteKeepingAgreed, keeps=TRUTHS),
    CareHeld: st.builds(CareHeld, holder=WORDS, follow_up=TRUTHS),
    EntryReadBack: st.builds(EntryReadBack, entry=RECORD_IDS),
    EntryWithdrawn: st.builds(EntryWithdrawn, entry=RECORD_IDS),
    EntryTakenBack: st.builds(EntryTakenBack, entry=RECORD_IDS),
    EntryRaised: st.builds(
        EntryRaised,
        entry=RECORD_IDS,
        ring=RINGS,
        text=WORDS,
        lineage=WORDS,
        marks=MARKS,
        checked=TRUTHS,
    ),
    EntryLowered: st.builds(
        EntryLowered,
        entry=RECORD_IDS,
        number=st.integers(-1, 300),
        ring=st.sampled_from(get_args(LowerRing)),
    ),
    EntryLetGo: st.builds(EntryLetGo, entry=RECORD_IDS),
    WordsKeptApart: st.builds(
        WordsKeptApart,
        entry=RECORD_IDS,
        of=RECORD_IDS,
        text=WORDS,
        lineage=WORDS,
        marks=MARKS,
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


# Histories of lines: what they refer to is there

LINE_EVENTS = (EntryAdded, EntryTakenUp, Undone, *get_args(EntryChange))
OFTEN = (EntryAdded, EntryReworded, EntryReadBack, EntryTested, EntryAdopted, EntryMoved)
_NAMING = ("entry", "version", "of", "test", "into", "belongs_with", "event")


@st.composite
def line_histories(draw: st.DrawFn) -> list[Recorded]:
    """Three writers at a few lines; every event names lines, wordings and rounds of before."""
    written = {"a": itertools.count(), "b": itertools.count(), "c": itertools.count()}
    kinds = draw(st.lists(st.sampled_from([*LINE_EVENTS, *OFTEN]), max_size=25))
    lines, records = ["old:A1"], ["old:A1"]
    history = []
    for kind in [EntryAdded, *kinds]:
        writer = draw(st.sampled_from("abc"))
        event = _about_something(draw, draw(EVENTS[kind]), lines, records)
        recorded = Recorded(
            writer=writer,
            n=next(written[writer]),
            stamp=f"{draw(st.integers(1, 40)):012x}-0000",
            by=writer,
            event=event,
            base=tuple(draw(st.lists(st.sampled_from(records), max_size=2))),
        )
        history.append(recorded)
        records.append(recorded.id)
        lines += [recorded.id] * (kind is EntryAdded)
    return history


def _about_something(
    draw: st.DrawFn, event: Event, lines: list[str], records: list[str]
) -> Event:
    """The event with its references led to what is there."""
    if isinstance(event, EntryTakenUp):
        return replace(event, number=1, kind="agreement")
    named = {name for name in _NAMING if getattr(event, name, None) is not None}
    places = {"entry": lines, "into": lines, "belongs_with": lines}
    led = {name: draw(st.sampled_from(places.get(name, records))) for name in sorted(named)}
    return replace(event, **led)
