"""The state of a sitting: a deterministic fold of what happened.

`evolve` takes one more event, `replay` a whole history; both are total, any recorded event
is accepted. An event that was undone is left out as if it had never been, and so an undo,
or an event that arrives late, folds the history again from its beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import assert_never, cast, get_args

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.captures import KINDS, Entry, Version
from facilitate.core.events import (
    ClockGap,
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    GapAnswered,
    PauseEnded,
    PauseKind,
    PauseStarted,
    PlanMoved,
    PostCopied,
    PreparationTicked,
    Recorded,
    RecordWritten,
    RunOpened,
    SegmentExtended,
    SegmentStarted,
    SittingClosed,
    Undone,
    WordsKeptApart,
)
from facilitate.core.order import in_order
from facilitate.core.values import dataclass

FrameEvent = RunOpened | PreparationTicked | PostCopied | RecordWritten | SittingClosed
ClockEvent = (
    SegmentStarted
    | SegmentExtended
    | PauseStarted
    | PauseEnded
    | ClockGap
    | GapAnswered
    | PlanMoved
)
EntryChange = (
    EntryReworded
    | WordsKeptApart
    | EntryReadBack
    | EntryWithdrawn
    | EntryTakenBack
    | EntryRaised
    | EntryLetGo
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One stretch of time that a segment had: [start, end)."""

    segment: str
    start: dt.datetime
    end: dt.datetime | None = None
    """None while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the time of the running segment stood still."""

    kind: PauseKind
    start: dt.datetime
    end: dt.datetime | None = None
    """None while it lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """Everything that is true of a sitting after some events. Times are UTC."""

    sitting: str | None = None
    """Its id; None before anything happened."""
    agenda: Agenda | None = None
    date: dt.date | None = None
    cohort: str | None = None
    numbers_from: int = 1
    rehearsal: bool = False
    moved_to: dt.datetime | None = None
    """Where the plan begins instead of at its own start; None when it was not moved."""
    prepared: frozenset[int] = frozenset()
    runs: tuple[Run, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extra: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Minutes added to a segment (negative when trimmed), by its id."""
    copied: frozenset[tuple[str, int]] = frozenset()
    """Posts that were copied: segment id and place, from 0."""
    gap: ClockGap | None = None
    """A stretch of time that nobody has explained yet."""
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """By entry id, in the order in which they were captured."""
    closed_at: dt.datetime | None = None
    revision: int = 0
    """Of the record on disk; 0 before there is one."""
    history: tuple[Recorded, ...] = field(default=(), compare=False, repr=False)
    """Everything that was recorded, undone or not, in the one total order."""

    @property
    def run(self) -> Run | None:
        """The run that goes on now; None before the start and after the close."""
        return self.runs[-1] if self.runs and self.runs[-1].end is None else None

    @property
    def segment(self) -> Segment | None:
        """The segment that runs now; None when none does."""
        return self.agenda.segment(self.run.segment) if self.agenda and self.run else None

    @property
    def pause(self) -> Pause | None:
        """The pause that goes on now; None when none does."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    @property
    def started_at(self) -> dt.datetime | None:
        """The true start of the sitting; None before it."""
        return self.runs[0].start if self.runs else None

    @property
    def next_number(self) -> int:
        """The number that the next captured line gets: one that no line had, undone or not."""
        said = (r.event.number for r in self.history if isinstance(r.event, EntryAdded))
        return max(said, default=self.numbers_from - 1) + 1

    def entry(self, number: int) -> Entry | None:
        """The entry of that number that can be seen; None when there is none."""
        found = [e for e in self.entries.values() if e.number == number and e.is_shown]
        return found[-1] if found else None


EMPTY = SessionState()


def evolve(state: SessionState, recorded: Recorded) -> SessionState:
    """The state after one more event; one that is there already changes nothing."""
    latest = state.history[-1] if state.history else None
    if latest is not None and recorded.order == latest.order:
        return state
    late = latest is not None and recorded.order < latest.order
    if late or isinstance(recorded.event, Undone):
        return replay((*state.history, recorded))
    fold = _Fold(state)
    fold.apply(recorded)
    return fold.state((*state.history, recorded))


def replay(history: Iterable[Recorded]) -> SessionState:
    """The state after a whole history, given in any order; copies of an event count once."""
    events = in_order(history)
    undone = {r.event.event for r in events if type(r.event) is Undone}
    fold = _Fold(EMPTY)
    apply = fold.apply
    for recorded in events:
        if undone and recorded.id in undone and is_undoable(recorded):
            continue
        apply(recorded)
    return fold.state(tuple(events))


def is_undoable(recorded: Recorded) -> bool:
    """Whether an undo may leave that event out."""
    return isinstance(recorded.event, _UNDOABLE)


_UNDOABLE = (
    PlanMoved,
    PreparationTicked,
    SegmentStarted,
    SegmentExtended,
    PauseStarted,
    PauseEnded,
    GapAnswered,
    EntryAdded,
    EntryReworded,
    EntryReadBack,
    EntryWithdrawn,
    EntryTakenBack,
    EntryRaised,
    EntryLetGo,
)


# Sets of types are asked in one step, a union of them type by type.
_CHANGES = frozenset(get_args(EntryChange))
_CLOCK = frozenset(get_args(ClockEvent))


class _Fold:
    """A state being folded: the same fields, open to change until `state` closes it."""

    def __init__(self, state: SessionState) -> None:
        self.frame = state
        self.runs = list(state.runs)
        self.pauses = list(state.pauses)
        self.extra = dict(state.extra)
        self.prepared = set(state.prepared)
        self.copied = set(state.copied)
        self.entries = dict(state.entries)

    def state(self, history: tuple[Recorded, ...]) -> SessionState:
        """The folded state."""
        return replace(
            self.frame,
            runs=tuple(self.runs),
            pauses=tuple(self.pauses),
            extra=MappingProxyType(self.extra),
            prepared=frozenset(self.prepared),
            copied=frozenset(self.copied),
            entries=MappingProxyType(self.entries),
            history=history,
        )

    def apply(self, recorded: Recorded) -> None:
        """Take in one event that was not undone."""
        event = recorded.event
        kind = type(event)
        if kind is EntryAdded:
            self._add(recorded.id, cast("EntryAdded", event))
        elif kind in _CHANGES:
            self._change(recorded, cast("EntryChange", event))
        elif kind in _CLOCK:
            self._clock(cast("ClockEvent", event))
        elif kind is not Undone:
            self._frame(cast("FrameEvent", event))

    # The frame

    def _frame(self, event: FrameEvent) -> None:
        match event:
            case RunOpened():
                self._open(event)
            case PreparationTicked(item=item, done=done):
                (self.prepared.add if done else self.prepared.discard)(item)
            case PostCopied(segment=segment, post=post):
                self.copied.add((segment, post))
            case SittingClosed(at=at):
                self._end_pause(at)
                self._end_run(at)
                closed_at = self.frame.closed_at or at
                self.frame = replace(self.frame, closed_at=closed_at, gap=None)
            case RecordWritten(revision=revision):
                self.frame = replace(self.frame, revision=revision)
            case _ as unreachable:
                assert_never(unreachable)

    def _open(self, event: RunOpened) -> None:
        if event.agenda is None or self.frame.agenda is not None:
            return
        self.frame = replace(
            self.frame,
            sitting=event.sitting,
            agenda=event.agenda,
            date=event.date,
            cohort=event.cohort,
            numbers_from=event.numbers_from,
            rehearsal=event.rehearsal,
        )

    # The clock

    def _clock(self, event: ClockEvent) -> None:
        match event:
            case SegmentStarted():
                self._start(event)
            case SegmentExtended(segment=segment, minutes=minutes):
                self.extra[segment] = self.extra.get(segment, 0) + minutes
            case PauseStarted(kind=kind, at=at):
                if self._running() and not self._pausing():
                    self.pauses.append(Pause(kind=kind, start=self._not_before_run(at)))
            case PauseEnded(at=at):
                self._end_pause(at)
            case ClockGap():
                self.frame = replace(self.frame, gap=event)
            case GapAnswered():
                self._answer(event)
            case PlanMoved(start=start):
                self.frame = replace(self.frame, moved_to=start)
            case _ as unreachable:
                assert_never(unreachable)

    def _answer(self, event: GapAnswered) -> None:
        gap = self.frame.gap
        if gap is None:
            return
        self.frame = replace(self.frame, gap=None)
        if event.answer == "paused" and self._running():
            self._stood_still(self._not_before_run(gap.since), gap.until)
        elif event.segment is not None and event.at is not None and self._running():
            running = self.runs[-1].segment
            self._start(SegmentStarted(segment=event.segment, from_=running, at=event.at))

    def _stood_still(self, since: dt.datetime, until: dt.datetime) -> None:
        """Add a pause after the fact; time that was paused already is not counted twice."""
        for pause in self.pauses:
            if pause.start <= since:
                since = max(since, pause.end or until)
            else:
                until = min(until, pause.start)
        if since < until:
            before_a_lasting_one = len(self.pauses) - self._pausing()
            self.pauses.insert(before_a_lasting_one, Pause(kind="hold", start=since, end=until))

    def _start(self, event: SegmentStarted) -> None:
        running = self.runs[-1].segment if self._running() else None
        agenda = self.frame.agenda
        if event.from_ != running or self.frame.closed_at is not None or agenda is None:
            return
        if agenda.segment(event.segment) is None:
            return
        at = self._not_before_run(event.at)
        self._end_pause(at)
        self._end_run(at)
        self.runs.append(Run(segment=event.segment, start=at))

    def _running(self) -> bool:
        return bool(self.runs) and self.runs[-1].end is None

    def _pausing(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    def _not_before_run(self, at: dt.datetime) -> dt.datetime:
        return max(at, self.runs[-1].start) if self.runs else at

    def _end_run(self, at: dt.datetime) -> None:
        if self._running():
            self.runs[-1] = replace(self.runs[-1], end=max(at, self.runs[-1].start))

    def _end_pause(self, at: dt.datetime) -> None:
        if self._pausing():
            self.pauses[-1] = replace(self.pauses[-1], end=max(at, self.pauses[-1].start))

    # What the group made

    def _add(self, record: str, event: EntryAdded) -> None:
        # By place and not by name: long histories are made of these two.
        version = Version(record, event.text, event.lineage)
        first = KINDS[event.kind].first
        self.entries[record] = Entry(
            record, event.number, event.kind, event.ring, event.segment, first, (version,)
        )

    def _change(self, recorded: Recorded, event: EntryChange) -> None:
        entry = self.entries.get(event.entry)
        if entry is not None:
            self.entries[event.entry] = _changed(entry, recorded, event)


def _changed(entry: Entry, recorded: Recorded, event: EntryChange) -> Entry:
    match event:
        case EntryReworded(text=text, lineage=lineage):
            version = Version(id=recorded.id, text=text, lineage=lineage)
            return _reworded(entry, version, recorded.base)
        case EntryRaised(ring=ring, text=text, lineage=lineage):
            version = Version(id=recorded.id, text=text, lineage=lineage)
            raised = _reworded(entry, version, tuple(v.id for v in entry.versions))
            return raised._replace(ring=ring, let_go=False)
        case WordsKeptApart():
            return _with_words(entry, event)
        case EntryReadBack():
            return entry._replace(state=KINDS[entry.kind].read_back or entry.state)
        case EntryWithdrawn():
            return entry._replace(withdrawn=True)
        case EntryTakenBack():
            return entry._replace(taken_back=True)
        case EntryLetGo():
            return entry._replace(let_go=True)
        case _ as unreachable:
            assert_never(unreachable)


def _reworded(entry: Entry, version: Version, base: tuple[str, ...]) -> Entry:
    return entry._replace(
        versions=(*entry.versions, version), superseded=entry.superseded.union(base)
    )


def _with_words(entry: Entry, words: WordsKeptApart) -> Entry:
    versions = tuple(
        v._replace(text=words.text, lineage=words.lineage) if v.id == words.of else v
        for v in entry.versions
    )
    return entry._replace(versions=versions)
