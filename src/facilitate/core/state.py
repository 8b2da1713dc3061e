"""The state of a sitting: everything that is true of it after some events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.events import ClockGap, Cue, Recorded
from facilitate.core.plan import Plan, Span
from facilitate.core.runs import Pause, RoomTime, Run
from facilitate.core.values import dataclass

if TYPE_CHECKING:
    from facilitate.core.captures import Entry
    from facilitate.core.carrying import Inherited
    from facilitate.core.entry_events import CareHeld


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


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
    prepared: frozenset[int] = frozenset()
    doors_at: dt.datetime | None = None
    """When people could come in; None before that."""

    segments: tuple[Segment, ...] = ()
    """The agenda's own and those put in since, in the order of the plan."""
    moved_to: dt.datetime | None = None
    """Where the plan begins instead of at its own start; None when it was not moved."""
    adopted: Mapping[str, Span] = field(default_factory=_nothing)  # type: ignore[arg-type]
    """Times that became the plan, by segment id; empty until a day as it looked was adopted."""
    adopted_at: dt.datetime | None = None
    """When that was done last; None when it never was."""
    overtime: int = 0
    """Minutes past the promised end that the group agreed to."""
    plan: Plan | None = None
    """The planned times, laid out from all of this; None before an agenda is open."""

    extra: Mapping[str, int] = field(default_factory=_nothing)  # type: ignore[arg-type]
    """Minutes added to a segment (negative when taken), by its id."""
    skipped: frozenset[str] = frozenset()
    """Segments that were left out."""
    restored: frozenset[str] = frozenset()
    """Segments that are to come although the day has gone past their place."""
    interrupted: tuple[str, ...] = ()
    """Segments that were left for an earlier one; the last of them comes back first."""
    cut_short: frozenset[str] = frozenset()

    runs: tuple[Run, ...] = ()
    pauses: tuple[Pause, ...] = ()
    rooms: tuple[RoomTime, ...] = ()
    broadcasts: frozenset[tuple[str, Cue]] = frozenset()
    """What was said to all rooms: segment id and moment."""
    copied: frozenset[tuple[str, int]] = frozenset()
    """Posts that were copied: segment id and place, from 0."""
    gap: ClockGap | None = None
    """A stretch of time that nobody has explained yet."""
    entries: Mapping[str, Entry] = field(default_factory=_nothing)  # type: ignore[arg-type]
    """By entry id, in the order in which they were captured."""
    notes_kept: bool | None = None
    """What the group said about keeping notes: yes, or room only for now; None unasked."""
    care: tuple[CareHeld, ...] = ()
    """Who holds what came up in pauses for care, in the order in which it was said."""
    inherited: Inherited | None = None
    """What earlier sittings of the cohort hand on: looked up, never recorded; None unasked."""
    closed_at: dt.datetime | None = None
    revision: int = 0
    """Of the record on disk; 0 before there is one."""
    history: tuple[Recorded, ...] = field(default=(), compare=False)
    """Everything that was recorded, undone or not, in the one total order."""

    @property
    def run(self) -> Run | None:
        """The run that goes on now; None before the start and after the close."""
        return self.runs[-1] if self.runs and self.runs[-1].end is None else None

    @property
    def segment(self) -> Segment | None:
        """The segment that runs now; None when none does."""
        return self.part(self.run.segment) if self.run else None

    def part(self, segment: str | None) -> Segment | None:
        """The segment of that id, put in or the agenda's own; None when there is none."""
        return next((one for one in self.segments if one.id == segment), None)

    def title(self, segment: str) -> str:
        """The title of a segment; its id when there is none of that id."""
        part = self.part(segment)
        return part.title if part else segment

    @property
    def pause(self) -> Pause | None:
        """The pause that goes on now; None when none does."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    @property
    def open_rooms(self) -> RoomTime | None:
        """The rooms that are open now; None when none are."""
        return self.rooms[-1] if self.rooms and self.rooms[-1].closed is None else None

    @property
    def started_at(self) -> dt.datetime | None:
        """The true start of the sitting; None before it."""
        return self.runs[0].start if self.runs else None

    @property
    def next_number(self) -> int:
        """The number that the next captured line gets: one that no line had, undone or not."""
        said: list[int] = [n for r in self.history if (n := getattr(r.event, "number", 0))]
        carried = self.inherited.highest if self.inherited else 0
        return max(self.numbers_from - 1, carried, *said) + 1

    def entry(self, number: int) -> Entry | None:
        """The entry of that number that can be seen; None when there is none.

        A line that an earlier sitting hands on counts as well.
        """
        found = [e for e in self.entries.values() if e.number == number and e.is_shown]
        if found or self.inherited is None:
            return found[-1] if found else None
        lines = (line for line in self.inherited.lines if line.number == number)
        untouched = tuple(line for line in lines if line.id not in self.entries)
        return self.inherited._replace(lines=untouched).entry(number)

    @property
    def may_keep(self) -> bool:
        """Whether lines may be kept: the group said yes, or nobody said no."""
        return self.notes_kept is not False


EMPTY = SessionState()
