"""The plan: the agenda as opened, with what was moved, put in or adopted since.

Planned times are laid out once, when the plan changes, and kept in the state; an overrun
never moves them. Wall times of the agenda become UTC instants here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.clock_time import instant, minutes

Span = tuple[dt.datetime, dt.datetime]
"""Start and end, UTC."""


class Part(NamedTuple):
    """A segment with its planned times and its anchors, as instants (UTC)."""

    segment: Segment
    start: dt.datetime
    end: dt.datetime
    floor: dt.datetime | None
    """Before this it does not begin; None when it may at any time."""
    promise: dt.datetime | None
    """By this it was promised to begin; None when nothing was."""
    ends_at: dt.datetime | None
    """On this it ends, however late it began; None when it ends after its minutes."""

    @property
    def is_protected(self) -> bool:
        """Whether it is never proposed for shortening."""
        segment = self.segment
        return segment.protect or segment.kind in {"closing", "celebration"}


class Plan(NamedTuple):
    """The parts of a sitting in the order of the plan."""

    start: dt.datetime
    parts: tuple[Part, ...]
    promised_end: dt.datetime
    """What was promised, with the overtime that the group agreed to."""
    places: Mapping[str, int]
    """The place of each segment, by its id."""

    def part(self, segment: str) -> Part:
        """The part of that id.

        Raises:
            KeyError: when there is none.
        """
        return self.parts[self.places[segment]]


def laid_out(
    agenda: Agenda,
    date: dt.date,
    segments: Sequence[Segment],
    *,
    moved_to: dt.datetime | None = None,
    adopted: Mapping[str, Span] = MappingProxyType({}),
    overtime: int = 0,
) -> Plan:
    """The plan of a sitting on a date.

    Args:
        agenda: what was opened.
        date: of the run, in the agenda's zone.
        segments: the agenda's own and those put in since, in the order of the plan.
        moved_to: where the whole plan begins instead, anchors included; None when unmoved.
        adopted: times that became the plan, by segment id; what is not among them keeps its
            own, since it was over or left out.
        overtime: minutes past the promised end that the group agreed to.
    """
    planned = instant(agenda, date, agenda.start)
    start = moved_to or planned
    shift = start - planned

    def at(wall: dt.time | None) -> dt.datetime | None:
        return None if wall is None else instant(agenda, date, wall) + shift

    parts: list[Part] = []
    cursor = start
    for segment in segments:
        floor, ends_at = at(segment.floor), at(segment.ends_at)
        begin = max(cursor, floor or cursor)
        cursor = _planned_end(begin, minutes(segment.minutes), segment, ends_at)
        begin, end = adopted.get(segment.id, (begin, cursor))
        parts.append(Part(segment, begin, end, floor, at(segment.promise), ends_at))
    promised = at(agenda.ends_by) or start + minutes(agenda.minutes)
    places = {part.segment.id: place for place, part in enumerate(parts)}
    return Plan(start, tuple(parts), promised + minutes(overtime), MappingProxyType(places))


def _planned_end(
    begin: dt.datetime, length: dt.timedelta, segment: Segment, ends_at: dt.datetime | None
) -> dt.datetime:
    if ends_at is not None:
        return max(begin + minutes(segment.least), ends_at)
    return begin + length


def flowed_on(plan: Plan, adopted: Mapping[str, Span], ran: Collection[str]) -> dict[str, Span]:
    """Adopted times after the order of the plan changed.

    What never ran follows in the new order, each with the length it was adopted with, from
    where the first of it was to begin; what ran keeps its times.
    """
    coming = [p for p in plan.parts if p.segment.id in adopted and p.segment.id not in ran]
    cursor = min((adopted[part.segment.id][0] for part in coming), default=plan.start)
    flowed = dict(adopted)
    for part in coming:
        start, end = adopted[part.segment.id]
        begin = max(cursor, part.floor or cursor)
        cursor = _planned_end(begin, end - start, part.segment, part.ends_at)
        flowed[part.segment.id] = (begin, cursor)
    return flowed
