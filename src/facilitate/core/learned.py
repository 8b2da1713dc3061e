"""How long parts have really taken, as far as records tell; never per person.

Only parts that were gone through to their end count, without their pauses.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from facilitate.core.agenda import Kind
from facilitate.core.record import RecordedSegment, SittingRecord

MANY = 8
"""From so many times on the middle half is told, and not the shortest and the longest."""


class Taken(NamedTuple):
    """How long something has taken. Lengths are whole minutes."""

    times: int
    """How often; at least once."""
    median: int
    least: int
    """Of the middle half where there are many, else the shortest."""
    most: int
    """Likewise the longest."""
    over: int
    """By how much the median went beyond what was planned; negative when it took less."""


class Learned(NamedTuple):
    """What records tell of the lengths of parts."""

    by_part: Mapping[str, Taken]
    """By the id of the part."""
    by_kind: Mapping[Kind, Taken]


NOTHING_LEARNED = Learned({}, {})


def learned(records: Iterable[SittingRecord]) -> Learned:
    """What the records of any sittings tell of the lengths of parts."""
    by_part: dict[str, list[RecordedSegment]] = {}
    by_kind: dict[Kind, list[RecordedSegment]] = {}
    for segment in (one for record in records for one in record.segments):
        if segment.status == "done" and segment.actual_minutes > 0:
            by_part.setdefault(segment.id, []).append(segment)
            by_kind.setdefault(segment.kind, []).append(segment)
    return Learned(
        {id_: _taken(found) for id_, found in by_part.items()},
        {kind: _taken(found) for kind, found in by_kind.items()},
    )


def _taken(segments: list[RecordedSegment]) -> Taken:
    lengths = sorted(one.actual_minutes for one in segments)
    least, most = lengths[0], lengths[-1]
    if len(lengths) >= MANY:
        quarters = statistics.quantiles(lengths, n=4, method="inclusive")
        least, most = round(quarters[0]), round(quarters[2])
    over = (one.actual_minutes - one.planned_minutes for one in segments)
    return Taken(
        times=len(lengths),
        median=round(statistics.median(lengths)),
        least=least,
        most=most,
        over=round(statistics.median(over)),
    )


def taken_words(taken: Taken | None) -> str:
    """In words: `this has taken 31-38 minutes, five times`; empty for None."""
    if taken is None:
        return ""
    if taken.times == 1:
        return f"this took {_minutes(taken.median)}, once"
    span = f"{taken.least}-{taken.most} minutes"
    how_long = span if taken.least < taken.most else _minutes(taken.least)
    mostly = "mostly " if taken.times >= MANY else ""
    return f"this has {mostly}taken {how_long}, {times_words(taken.times)}"


def times_words(times: int) -> str:
    """How often, in words: `once`, `five times`, `14 times`."""
    return _TIMES.get(times, f"{times} times")


_TIMES = {
    1: "once",
    2: "twice",
    3: "three times",
    4: "four times",
    5: "five times",
    6: "six times",
    7: "seven times",
    8: "eight times",
    9: "nine times",
    10: "ten times",
}


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"
