"""What someone asks for: imperative, and nothing but the wish.

What comes of a wish stands in `facilitate.core.decide`. Wishes about the lines that a group
makes stand in `facilitate.core.entry_commands`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from facilitate.core.entry_commands import AdoptLine
from facilitate.core.entry_commands import EntryCommand as EntryCommand
from facilitate.core.events import Allotment, Cue, GapAnswer, PauseKind
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TickPreparation:
    """Mark a preparation item as done, or as not done when it was."""

    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """Let the whole plan begin now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """End what runs and begin what follows, at one instant; the first time: start."""

    seen: str | None
    """The segment that the sender saw running; None before the start."""
    at: dt.datetime | None = None
    """When it really was, for what is said afterwards; None means now."""
    confirmed: bool = False
    """Whether someone said yes to beginning before the return time of a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Give the running segment more minutes (or fewer, when negative)."""

    minutes: int
    payer: str | None = None
    """The segment that has so much less for it; None moves everything later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyFit:
    """Give segments other minutes, as a proposal showed them."""

    allotments: tuple[Allotment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leave a segment out; the running one is cut short."""

    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Let a segment come that was left out, passed over or cut short."""

    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Interrupt what runs and go back to a segment that ran before."""

    segment: str
    seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Put a segment into the plan."""

    title: str
    minutes: int
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Move a segment that is to come in front of another one."""

    segment: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """Let the day as it looks now be the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantOvertime:
    """The group agreed to go on past the promised end."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoors:
    """People may come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRooms:
    """The rooms of the running segment are open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRooms:
    """Everyone is called back from the rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBroadcastCopied:
    """What is said to all rooms went to the clipboard."""

    cue: Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPause:
    """Let the time of the running segment stand still."""

    kind: PauseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPause:
    """Let the time of the running segment go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGap:
    """Nobody was watching the clock since that instant."""

    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGap:
    """Say what happened while nobody was watching."""

    answer: GapAnswer
    at: dt.datetime | None = None
    """When the group moved on; needed for `moved on`, inside the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPostCopied:
    """A post of the running segment went to the clipboard."""

    post: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back the last thing that was done."""

    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """End the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """The record was written and read back."""

    revision: int


PlanCommand = (
    MovePlan | ApplyFit | Skip | Restore | Insert | Move | Adopt | GrantOvertime | Extend
)
ClockCommand = (
    Next
    | Return
    | StartPause
    | EndPause
    | NoteGap
    | AnswerGap
    | OpenDoors
    | OpenRooms
    | CloseRooms
    | MarkBroadcastCopied
    | Close
)
FrameCommand = TickPreparation | MarkPostCopied | Undo | NoteRecord
Command = PlanCommand | ClockCommand | EntryCommand | FrameCommand


def confirmed(command: Command) -> Command:
    """The same wish, with a yes to what was asked first; unchanged where nothing is asked."""
    if isinstance(command, Next | Undo | AdoptLine):
        return replace(command, confirmed=True)
    return command
