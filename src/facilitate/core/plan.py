"""The plan: the agenda as opened, with what was moved, put in or adopted since.

Planned times are laid out once, when the plan changes, and kept in the state; an overrun
never moves them. Wall times of the agenda become UTC instants here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.clock_time import ZERO, instant, minutes

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
        adopted: times that became the plan, by segment id.
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
        begin, end = _times(segment, cursor, floor, ends_at, adopted, parts)
        parts.append(Part(segment, begin, end, floor, at(segment.promise), ends_at))
        cursor = end
    promised = at(agenda.ends_by) or start + minutes(agenda.minutes)
    places = {part.segment.id: place for place, part in enumerate(parts)}
    return Plan(start, tuple(parts), promised + minutes(overtime), MappingProxyType(places))


def _times(
    segment: Segment,
    cursor: dt.datetime,
    floor: dt.datetime | None,
    ends_at: dt.datetime | None,
    adopted: Mapping[str, Span],
    before: Sequence[Part],
) -> Span:
    """Planned times of the next segment; adopted ones keep their length and flow on."""
    span = adopted.get(segment.id)
    if span is not None and not any(part.segment.id in adopted for part in before):
        return span
    begin = max(cursor, floor or cursor)
    if ends_at is not None:
        return begin, max(begin + minutes(segment.least), ends_at)
    length = minutes(segment.minutes) if span is None else max(span[1] - span[0], ZERO)
    return begin, begin + length
