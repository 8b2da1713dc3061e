"""What happened in a sitting: past tense, immutable, never renamed once released.

Where it matters an event says *when it took effect* (`at`, always UTC); when it was recorded
is the stamp of the `Recorded` around it. Their names on disk: `formats/journal_line.py`.
What happens to the lines that a group makes stands in `core/entry_events.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, TypeAlias

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.values import dataclass

if TYPE_CHECKING:
    from facilitate.core.entry_events import EntryEvent  # loaded with the first line

PauseKind = Literal["care", "tech", "hold"]
"""Why a pause was made; a care pause is never called late."""

GapAnswer = Literal["still here", "moved on", "paused"]
"""What people said about a time in which nobody was watching."""

PUSH, FROM = "push", "from:"
"""Who pays for more minutes: `push` moves what is later, `from:<id>` takes them from one."""

Leaving = Literal["ended", "interrupted", "cut short"]
"""What became of the segment that was left: an interrupted one comes back next."""
Cue = Literal["halfway", "last_call"]
"""A moment at which something is broadcast to all rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOpened:
    """The first line of every file: which sitting, on which machine, by which role."""

    sitting: str
    """The id of the sitting, the same in all files of it."""
    device: str
    """Two random words, never a host name."""
    app: str
    """Version of the program."""
    agenda: Agenda | None = None
    """In the first file of a sitting the whole agenda without names; None later."""
    date: dt.date | None = None
    """The date of this run, in the agenda's zone; goes with the agenda."""
    cohort: str | None = None
    """Whose words these are; goes with the agenda."""
    numbers_from: int = 1
    """The first free number in the cohort's one series; goes with the agenda."""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationTicked:
    """A preparation item was done, or turned out not to be."""

    item: int
    """Place in the preparation list, from 0."""
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoved:
    """The whole plan, anchors included, was moved so that it begins at `start`."""

    start: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentStarted:
    """A segment began; whatever ran before was left at the same instant.

    Counts only when `from_` is the segment that was running then.
    """

    segment: str
    from_: str | None
    at: dt.datetime
    leaves: Leaving = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentExtended:
    """A segment may use more minutes (fewer, when negative) than planned."""

    segment: str
    minutes: int
    payer: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """The whole minutes that a segment may use."""

    segment: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FitApplied:
    """A proposal was accepted: some segments have other minutes from now on."""

    allotments: tuple[Allotment, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSkipped:
    """A segment was left out of what is to come."""

    segment: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRestored:
    """A segment that was left out, passed over or cut short is to come again."""

    segment: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentInserted:
    """A segment was put into the plan behind another one."""

    segment: Segment
    after: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReordered:
    """A segment was moved in front of another one."""

    segment: str
    before: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTime:
    """When a segment is planned to begin and to end."""

    segment: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdopted:
    """The day as it looked at that moment became the plan."""

    times: tuple[PlannedTime, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertimeGranted:
    """The group agreed to go on so many minutes past the promised end."""

    minutes: int
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorsOpened:
    """People may come in; the sitting has not begun."""

    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsOpened:
    """The rooms of a segment were opened: its round clock runs."""

    segment: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsClosed:
    """Everyone was called back from the rooms of a segment."""

    segment: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastCopied:
    """What is said to all rooms at a moment went to the clipboard."""

    segment: str
    cue: Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseStarted:
    """The time of the running segment stopped; the wall clock went on."""

    kind: PauseKind
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEnded:
    """The running segment went on."""

    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockGap:
    """Nobody was watching the clock between two instants: a crash, a sleep, a reboot."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswered:
    """Someone said what happened in the last gap."""

    answer: GapAnswer
    segment: str | None = None
    """What the group moved on to; None for the other answers."""
    at: dt.datetime | None = None
    """When it did, inside the gap; None for the other answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCopied:
    """A chat post went to the clipboard."""

    segment: str
    post: int
    """Place in the segment's posts, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """An earlier event counts as never having happened."""

    event: str
    """Id of its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingClosed:
    """The sitting ended; unfinished segments are carried."""

    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWritten:
    """The record of the sitting stands on disk and was read back."""

    revision: int
    """1 for the first record of a sitting."""


DayEvent = (
    PlanMoved
    | SegmentStarted
    | SegmentExtended
    | FitApplied
    | SegmentSkipped
    | SegmentRestored
    | SegmentInserted
    | PlanReordered
    | PlanAdopted
    | OvertimeGranted
    | DoorsOpened
    | RoomsOpened
    | RoomsClosed
    | BroadcastCopied
    | PauseStarted
    | PauseEnded
    | ClockGap
    | GapAnswered
)
FrameEvent = RunOpened | PreparationTicked | PostCopied | Undone | SittingClosed | RecordWritten
Event: TypeAlias = "DayEvent | FrameEvent | EntryEvent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event with its place in the history."""

    writer: str
    """The run that wrote it: ten base32 characters."""
    n: int
    """0, 1, 2, ... within the writer, without gaps."""
    stamp: str
    """Hybrid logical time, `018c3f2a7b10-0003`; see `facilitate.core.order`."""
    by: str
    """A role, never a name."""
    event: Event
    base: tuple[str, ...] = ()
    """Ids of the versions that this one was made in sight of, and replaces."""

    @property
    def id(self) -> str:
        """Its name in other events: `writer.n`."""
        return f"{self.writer}.{self.n}"

    @property
    def order(self) -> tuple[str, str, int]:
        """Its place in the one total order of all events of a sitting."""
        return (self.stamp, self.writer, self.n)
