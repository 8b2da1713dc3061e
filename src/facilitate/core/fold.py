"""What happened, folded into the state of a sitting.

`evolve` takes one more event, `replay` a whole history; both are total, any recorded event
is accepted. An event that was undone is left out as if it had never been, and so an undo,
or an event that arrives late, folds the history again from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never, cast, get_args

from facilitate.core.clock_fold import ClockEvent, ClockFold
from facilitate.core.events import (
    BroadcastCopied,
    ClockGap,
    PostCopied,
    PreparationTicked,
    Recorded,
    RecordWritten,
    RunOpened,
    SittingClosed,
    Undone,
)
from facilitate.core.order import in_order
from facilitate.core.state import EMPTY, SessionState

if TYPE_CHECKING:
    from facilitate.core.captures import Entry
    from facilitate.core.carrying import Inherited
    from facilitate.core.entry_events import EntryEvent  # loaded with the first line

FrameEvent = RunOpened | PreparationTicked | PostCopied | RecordWritten | SittingClosed


def evolve(state: SessionState, recorded: Recorded) -> SessionState:
    """The state after one more event; one that is there already changes nothing."""
    latest = state.history[-1] if state.history else None
    if latest is not None and recorded.order == latest.order:
        return state
    late = latest is not None and recorded.order < latest.order
    if late or isinstance(recorded.event, Undone):
        return replay((*state.history, recorded), state.inherited)
    fold = _Fold(state)
    fold.apply(recorded)
    return fold.state((*state.history, recorded))


def replay(history: Iterable[Recorded], inherited: Inherited | None = None) -> SessionState:
    """The state after a whole history, given in any order; copies of an event count once.

    `inherited` is what earlier sittings hand on; None where nobody asked.
    """
    return folded(in_order(history), inherited)


def folded(events: Sequence[Recorded], inherited: Inherited | None = None) -> SessionState:
    """The state after events that are in the one total order already, each once."""
    undone = {r.event.event for r in events if type(r.event) is Undone}
    fold = _Fold(EMPTY if inherited is None else replace(EMPTY, inherited=inherited))
    apply = fold.apply
    for recorded in events:
        if undone and recorded.id in undone and is_undoable(recorded):
            continue
        apply(recorded)
    return fold.state(tuple(events))


def is_undoable(recorded: Recorded) -> bool:
    """Whether an undo may leave that event out."""
    kind = type(recorded.event)
    if kind in _FRAME or kind in _CLOCK:
        return kind in _UNDOABLE
    from facilitate.core.entry_fold import is_lasting

    return not is_lasting(cast("EntryEvent", recorded.event))


# Sets of types are asked in one step, a union of them type by type.
_CLOCK = frozenset(get_args(ClockEvent))
_FRAME = frozenset((*get_args(FrameEvent), Undone))
_UNDOABLE = (_CLOCK | {PreparationTicked}) - {
    BroadcastCopied,  # what was pasted stays pasted
    ClockGap,
}


class _Fold:
    """A state being folded: the same fields, open to change until `state` closes it."""

    def __init__(self, state: SessionState) -> None:
        self._frame = state
        self._clock: ClockFold | None = None  # most events are lines, and do not need it
        self._lines: Callable[[dict[str, Entry], Recorded], bool] | None = None
        self._prepared = set(state.prepared)
        self._copied = set(state.copied)
        self._entries = dict(state.entries)

    def state(self, history: tuple[Recorded, ...]) -> SessionState:
        """The folded state."""
        return replace(
            self._frame,
            prepared=frozenset(self._prepared),
            copied=frozenset(self._copied),
            entries=MappingProxyType(self._entries),
            history=history,
            **(self._clock.fields() if self._clock else {}),
        )

    def apply(self, recorded: Recorded) -> None:
        """Take in one event that was not undone."""
        event = recorded.event
        kind = type(event)
        if kind in _CLOCK:
            self._time().apply(cast("ClockEvent", event))
        elif kind not in _FRAME:
            self._take_line(recorded)
        elif kind is not Undone:
            self._take(cast("FrameEvent", event))

    def _take(self, event: FrameEvent) -> None:
        match event:
            case RunOpened():
                self._open(event)
            case PreparationTicked(item=item, done=done):
                (self._prepared.add if done else self._prepared.discard)(item)
            case PostCopied(segment=segment, post=post):
                self._copied.add((segment, post))
            case SittingClosed(at=at):
                self._time().close(at)
                self._frame = replace(self._frame, closed_at=self._frame.closed_at or at)
            case RecordWritten(revision=revision):
                self._frame = replace(self._frame, revision=revision)
            case _ as unreachable:
                assert_never(unreachable)

    def _open(self, event: RunOpened) -> None:
        if event.agenda is None or self._frame.agenda is not None:
            return
        self._frame = replace(
            self._frame,
            sitting=event.sitting,
            agenda=event.agenda,
            date=event.date,
            cohort=event.cohort,
            numbers_from=event.numbers_from,
            rehearsal=event.rehearsal,
        )
        self._time().open(event.agenda, event.date)

    def _time(self) -> ClockFold:
        if self._clock is None:
            self._clock = ClockFold(self._frame)
        return self._clock

    def _take_line(self, recorded: Recorded) -> None:
        if self._lines is None:  # looked up once: long histories are made of lines
            from facilitate.core.entry_fold import take

            self._lines = take
        if not self._lines(self._entries, recorded):
            self._take_word(cast("EntryEvent", recorded.event))

    def _take_word(self, event: EntryEvent) -> None:
        """Take in what the group said about its lines as a whole, or about itself."""
        from facilitate.core.entry_events import CareHeld, NoteKeepingAgreed

        if isinstance(event, NoteKeepingAgreed):
            self._frame = replace(self._frame, notes_kept=event.keeps)
        elif isinstance(event, CareHeld):
            self._frame = replace(self._frame, care=(*self._frame.care, event))
