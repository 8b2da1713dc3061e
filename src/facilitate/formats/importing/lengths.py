"""How long the parts are and when the day begins, out of lengths, starts and ends.

A length that is written counts; one that is missing follows from the starts and ends around
it. Where the two contradict each other, that is told with its rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from facilitate.formats.importing.rows import Part, Sorted
from facilitate.formats.importing.sheet import places_words
from facilitate.formats.importing.time_texts import DAY, Clock

STAND_IN = 5
"""Minutes of a part of which nobody says how long it is."""

_HALF_DAY = DAY / 2
_FAR = 600
"""Minutes; what would come later than that after the time before it is a slip instead."""
_EARLY = 7 * 60
"""Minutes since midnight; where nobody says which half, a day that begins before is one
in the afternoon."""


class Times(NamedTuple):
    """The times of a day."""

    start: float | None
    """Minutes since midnight; None when no part says when it begins."""
    minutes: tuple[int, ...]
    """Of each part; at least 1."""
    guessed: tuple[str, ...]
    """What was concluded, a sentence each."""
    differs: tuple[str, ...]
    """Where starts, ends and lengths contradict each other, a sentence each."""
    unkept: tuple[tuple[int, str], ...]
    """Starts and ends that the agenda comes to otherwise: place of the part, and which."""


def times_of(found: Sorted, counted: str) -> Times:
    """The times of the parts of a table; `counted` is what its rows are called."""
    day = _Day(found, counted)
    day.conclude()
    minutes = tuple(max(1, math.floor(one + 0.5)) for one in day.lengths())
    start = day.start()
    return Times(
        start=None if start is None else start % DAY,
        minutes=minutes,
        guessed=tuple(day.guessed),
        differs=tuple(day.differs(minutes)),
        unkept=tuple(day.unkept(start, minutes)),
    )


class _Day:
    """The parts of a day on one line of minutes, which may lead past midnight."""

    def __init__(self, found: Sorted, counted: str) -> None:
        self.parts, self.counted = found.parts, counted
        self.guessed: list[str] = []
        self.later: list[int] = []
        """Rows whose times were taken for twelve hours later."""
        self.starts: list[float | None] = []
        self.ends: list[float | None] = []
        last: float | None = None
        for part in self.parts:
            last = self._lay(part.start, last, part.row, self.starts)
            last = self._lay(part.end, last, part.row, self.ends)
        closing: list[float | None] = []
        self._lay(found.ends, last, 0, closing)
        self.until = closing[0]
        """When the whole of it ends, where a row says that."""
        self.known: list[float | None] = [self._own(n) for n in range(len(self.parts))]

    def _lay(
        self, clock: Clock | None, last: float | None, row: int, into: list[float | None]
    ) -> float | None:
        """Put a clock time behind the one before it; the latest one so far."""
        if clock is None:
            into.append(None)
            return last
        time = _laid(clock, last)
        if clock.is_half and round(time - clock.minutes) % DAY:
            self.later.append(row)
        into.append(time)
        return time if last is None else max(time, last)

    def _own(self, place: int) -> float | None:
        """The length that a part says itself, or that lies between its start and its end."""
        part, start, end = self.parts[place], self.starts[place], self.ends[place]
        if part.minutes is not None:
            return part.minutes
        return end - start if start is not None and end is not None and end > start else None

    # Concluding

    def conclude(self) -> None:
        """Find the lengths that nobody wrote."""
        self._tell(self.later, "taken for the afternoon, since it comes later")
        between = [n for n, part in enumerate(self.parts) if part.minutes is None]
        self._tell(
            [self.parts[n].row for n in between if self.known[n] is not None],
            "its length follows from its start and end",
        )
        borders = self._borders()
        for first, last in pairwise(borders):
            self._fill(first, last)
        none = [n for n, one in enumerate(self.known) if one is None]
        for place in none:
            self.known[place] = STAND_IN
        rows = [self.parts[n].row for n in none]
        self._tell(rows, f"nothing says how long it is; {STAND_IN} min stand in for that")

    def _tell(self, rows: Sequence[int], what: str) -> None:
        if rows:
            where = places_words(rows, self.counted)
            self.guessed.append(f"{where[0].upper()}{where[1:]}: {what}.")

    def _borders(self) -> list[tuple[int, float]]:
        """The parts before which the time is known, and the time; behind the last one, too."""
        count = len(self.parts)
        found: list[tuple[int, float]] = []
        for place in range(count + 1):
            start = self.starts[place] if place < count else self.until
            before = self.ends[place - 1] if place else None
            time = start if start is not None else before
            if time is not None:
                found.append((place, time))
        return found

    def _fill(self, first: tuple[int, float], last: tuple[int, float]) -> None:
        """Share what is left between two known times among the parts without a length."""
        places = range(first[0], last[0])
        missing = [n for n in places if self.known[n] is None]
        taken = sum(self.known[n] or 0 for n in places)
        rest = math.floor(last[1] - first[1] - taken + 0.5)
        if not missing or rest < len(missing):
            return
        each, more = divmod(rest, len(missing))
        for n, place in enumerate(missing):
            self.known[place] = each + (n < more)
        rows = [self.parts[n].row for n in missing]
        follows = "its length follows from what begins next"
        self._tell(
            rows, follows if len(rows) == 1 else "they share the time until what begins next"
        )

    def lengths(self) -> Iterator[float]:
        """The length of each part, once all are concluded."""
        for one in self.known:
            yield STAND_IN if one is None else one

    def start(self) -> float | None:
        """When the first part begins; None when nobody says when any of them does."""
        borders = self._borders()
        if not borders:
            return None
        place, time = borders[0]
        return time - sum(one or 0 for one in self.known[:place])

    # Contradictions

    def differs(self, minutes: Sequence[int]) -> Iterator[str]:
        """What does not fit together, by its rows."""
        rounded = [
            part.row
            for part, one, whole in zip(self.parts, self.lengths(), minutes, strict=True)
            if abs(one - whole) > 1 / 60
        ]
        if rounded:
            where = places_words(rounded, self.counted)
            yield f"{where[0].upper()}{where[1:]}: rounded to whole minutes."
        for place, part in enumerate(self.parts):
            yield from self._differs(place, part, minutes[place])

    def _differs(self, place: int, part: Part, minutes: int) -> Iterator[str]:
        start, end = self.starts[place], self.ends[place]
        row = f"{self.counted[0].upper()}{self.counted[1:]} {part.row}"
        if start is None:
            return
        if end is not None and round(end - start) != minutes:
            told = f"{_clock(start)} to {_clock(end)}"
            yield f"{row} says {told} and a length of {minutes} min; the length counts."
            return
        after, what = self._next(place)
        if after is not None and round(start + minutes) != round(after):
            until = f"it ends at {_clock(start + minutes)}"
            yield f"{row} begins at {_clock(start)} and has {minutes} min, so {until}; {what}."

    def _next(self, place: int) -> tuple[float | None, str]:
        """When what comes next begins, and how to say it; None when that is not known."""
        if place + 1 == len(self.parts):
            until = self.until
            return until, f"the day ends at {_clock(until)}" if until is not None else ""
        following = self.starts[place + 1]
        if following is None:
            return None, ""
        row = f"{self.counted} {self.parts[place + 1].row}"
        return following, f"{row} begins at {_clock(following)}"

    def unkept(self, start: float | None, minutes: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The times that the agenda comes to otherwise."""
        cursor = start or 0
        for place, length in enumerate(minutes):
            for name, time, comes in (
                ("start", self.starts[place], cursor),
                ("end", self.ends[place], cursor + length),
            ):
                if time is not None and abs(time - comes) >= 1:
                    yield place, name
            cursor += length


def _laid(clock: Clock, last: float | None) -> float:
    """A clock time in minutes from the first midnight, behind the latest one so far."""
    time = clock.minutes
    if last is None:
        return time + _HALF_DAY if clock.is_half and time < _EARLY else time
    halves = (0.0, _HALF_DAY) if clock.is_half else (0.0,)
    days = last - last % DAY
    candidates = [time + half + days + more for half in halves for more in (0, DAY)]
    candidates += [time + half for half in halves]
    behind = [one for one in candidates if last <= one <= last + _FAR]
    return min(behind, default=min(candidates, key=lambda one: abs(one - last)))


def _clock(time: float) -> str:
    minutes = round(time) % DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"
