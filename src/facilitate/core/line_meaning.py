"""What a line that someone typed asks for, where things stand as they do."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import (
    DEFAULT_KIND,
    HeardAgain,
    Line,
    NewLine,
    NewWording,
    Nothing,
    RoomLine,
    Votes,
    read_line,
)
from facilitate.core.completion import Source, origin_of
from facilitate.core.decide_entries import under_test
from facilitate.core.entry_commands import Capture, EntryCommand, HearAgain, Reword, TakeVotes
from facilitate.core.sources import sources
from facilitate.core.state import SessionState
from facilitate.core.tally import Scale, read_tally


def capture_kind(state: SessionState) -> CaptureKind:
    """The kind that a plain line gets now."""
    segment = state.segment
    return segment.capture[0] if segment and segment.capture else DEFAULT_KIND


class _Known(Container[int]):
    """The numbers of the lines that can be seen."""

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self._state.entry(number) is not None


def line_of(state: SessionState, text: str) -> Line:
    """What a typed line is; while an entry is put to the test, a tally of it too.

    Where the group wants nothing kept, new lines and new words are for the room.
    """
    line = read_line(text, capture_kind(state), _Known(state), _tally_reader(state))
    if isinstance(line, NewLine | NewWording) and not state.may_keep:
        stands_on = f" <- {line.lineage}" if line.lineage else ""
        return RoomLine(text=f"{line.text}{stands_on}")
    return line


def _tally_reader(state: SessionState) -> Callable[[str], bool] | None:
    scale = scale_under_test(state)
    return None if scale is None else lambda text: read_tally(text, scale) is not None


def scale_under_test(state: SessionState) -> Scale | None:
    """The scale of the round that goes on; None while none does."""
    entry = under_test(state)
    round_ = entry.under_test if entry else None
    return round_.scale if round_ else None


def command_of(
    state: SessionState, text: str, taken: Source | None = None
) -> EntryCommand | RoomLine | Nothing:
    """What a typed line asks for; `taken` is the suggestion that it began with, if any."""
    line = line_of(state, text)
    match line:
        case NewLine():
            origin = origin_of(line.text, taken, sources(state))
            return Capture(line=replace(line, origin=origin))
        case NewWording():
            return Reword(wording=line)
        case HeardAgain(number=number):
            return HearAgain(number=number)
        case Votes(text=votes):
            scale = scale_under_test(state)
            tally = read_tally(votes, scale) if scale else None
            return TakeVotes(tally=tally) if tally else Nothing()
        case RoomLine() | Nothing():
            return line
