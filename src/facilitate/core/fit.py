"""The proposal when the day runs late or early: what to take, what is lost, what to ask.

"Shorten the theory, not the activities, never the closing." A proposal changes nothing;
applying it is one event with explicit minutes, and takes its trims only. Leaving something
out and going on longer are offers of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from facilitate.core.agenda import Kind
from facilitate.core.clock_time import ZERO, minutes, whole_up
from facilitate.core.events import Allotment
from facilitate.core.progress import allotted
from facilitate.core.promises import THE_END, Barrier, Step, just_begun, steps
from facilitate.core.schedule import Projection, Row, project
from facilitate.core.shares import shares
from facilitate.core.state import SessionState

RANKS: dict[Kind, int] = {
    "didactic": 1,
    "breakout": 2,
    "practice": 2,
    "dialogue": 2,
    "reflection": 3,
    "connection": 3,
    "integration": 3,
    "arrival": 4,
    "grounding": 4,
    "agreements": 4,
    "break": 4,
}
"""What gives minutes first; what is not here never does."""

WORTH_IT = minutes(1)
"""Less than this is not worth a proposal."""
ANOTHER_PLAN = 0.25
"""Late by more than this share of what remains: the plan itself may have been left."""


class Trim(NamedTuple):
    """A segment that would get shorter."""

    segment: str
    from_minutes: int
    to_minutes: int


class Shortfall(NamedTuple):
    """A promise that cannot be kept even with every trim."""

    barrier: Barrier
    minutes: int


class Growth(NamedTuple):
    """A segment that may take more minutes, where time is in hand."""

    segment: str
    minutes: int
    """How many more, up to the longest it may become."""


class Fit(NamedTuple):
    """What could be done about the time."""

    trims: tuple[Trim, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    skips: tuple[str, ...] = ()
    """The fewest segments that would cover what is short, if they were left out."""
    overtime: int = 0
    """Minutes to ask the group for, so that the end is still what was agreed; 0 for none."""
    another_plan: bool = False
    """Whether so much is short that the plan itself may have been left."""
    growing: tuple[Growth, ...] = ()
    """Segments that may grow into time in hand."""
    early_break: tuple[str, dt.datetime] | None = None
    """A break that could begin at an earlier instant; None when there is none."""
    early_end: dt.datetime | None = None
    """When the sitting would end if nothing is added; None when it would not end early."""

    @property
    def allotments(self) -> tuple[Allotment, ...]:
        """What applying it sets."""
        return tuple(Allotment(segment=t.segment, minutes=t.to_minutes) for t in self.trims)


def fit(state: SessionState, now: dt.datetime) -> Fit | None:
    """The proposal at that moment; None when nothing is open.

    What runs is left alone, unless it began within this minute.
    """
    projection = project(state, now)
    if projection is None or state.closed_at is not None:
        return None
    late = _Late(state, projection, now)
    late.go()
    if late.trims or late.shortfalls:
        return Fit(
            trims=tuple(late.trims),
            shortfalls=tuple(late.shortfalls),
            skips=late.skips,
            overtime=_overtime(late.shortfalls),
            another_plan=late.deficit > ANOTHER_PLAN * max(projection.end - now, ZERO),
        )
    return _early(state, projection)


def _overtime(shortfalls: Sequence[Shortfall]) -> int:
    return sum(s.minutes for s in shortfalls if s.barrier.name == THE_END)


Give = tuple[Step, int]
"""A step and whole minutes of it."""


class Stretch(NamedTuple):
    """What may give minutes before the next barrier: what follows the last hold."""

    steps: list[Step]
    floors: list[tuple[int, int]]
    """Floors that do not hold: how many steps lie before each, and the minutes behind it."""


class _Late:
    """The stretches of a day, looked at one after the other."""

    def __init__(self, state: SessionState, projection: Projection, now: dt.datetime) -> None:
        self._state = state
        self._projection = projection
        running, begun = projection.running, just_begun(state, projection, now)
        self._cursor = now if running is None or begun is not None else running.end
        self._coming = ([begun] if begun is not None else []) + steps(state, projection, now)
        self._stretch = Stretch([], [])
        self.trims: list[Trim] = []
        self.shortfalls: list[Shortfall] = []
        self.skips: tuple[str, ...] = ()
        self.deficit = ZERO

    def go(self) -> None:
        """Come to each barrier in turn."""
        back = self._projection.back_at
        for step in self._coming:
            if step.promise is not None:
                self._reach(Barrier(step.part.segment.id, step.promise, ends=False))
            floor = max((f for f in (step.floor, back) if f is not None), default=self._cursor)
            back = None
            if floor > self._cursor:
                self._cursor, self._stretch = floor, Stretch([], [])
            elif step.floor is not None:
                behind = (self._cursor - floor) // minutes(1)
                self._stretch.floors.append((len(self._stretch.steps), behind))
            self._cursor += step.length
            self._stretch.steps.append(step)
            if step.part.ends_at is not None:
                self._reach(Barrier(step.part.segment.id, step.part.ends_at, ends=True))
                self._cursor = max(self._cursor, step.part.ends_at)
                self._stretch = Stretch([], [])
        self._reach(Barrier(THE_END, self._projection.promised_end, ends=True))

    def _reach(self, barrier: Barrier) -> None:
        """Take what is short at a barrier from what lies before it."""
        short = self._cursor - barrier.at
        stretch, self._stretch = self._stretch, Stretch([], [])
        if short < WORTH_IT:
            return
        self.deficit = max(self.deficit, short)
        wanted = whole_up(short)
        trims = _taken(self._state, stretch, wanted)
        self.trims += trims
        gained = sum(t.from_minutes - t.to_minutes for t in trims)
        self._cursor -= minutes(gained)
        if gained < wanted:
            rest = whole_up(self._cursor - barrier.at)
            self.shortfalls.append(Shortfall(barrier, rest))
            self.skips += _left_out(stretch.steps, trims, rest)


def _gives(stretch: Stretch) -> list[Give]:
    """The whole minutes that each step could give.

    What lies before a floor gives no more than the day is behind that floor: beyond it, the
    minutes would only be waited away.
    """
    gives = [(step, _spare(step)) for step in stretch.steps]
    for length, most in stretch.floors:
        if sum(count for _, count in gives[:length]) > most:
            gives[:length] = _by_rank(gives[:length], most)
    return gives


def _spare(step: Step) -> int:
    has_rank = step.part.segment.kind in RANKS
    return max((step.length - step.least) // minutes(1), 0) if has_rank else 0


def _by_rank(gives: Sequence[Give], wanted: int) -> list[Give]:
    """So many minutes of what could be given, rank by rank, inside one in proportion."""
    taken = [0] * len(gives)
    for rank in sorted(set(RANKS.values())):
        of_rank = [n for n, (step, _) in enumerate(gives) if _rank(step) == rank]
        for place, count in zip(
            of_rank, shares(wanted, [gives[n][1] for n in of_rank]), strict=True
        ):
            taken[place] = count
        wanted -= sum(taken[n] for n in of_rank)
    return [(step, count) for (step, _), count in zip(gives, taken, strict=True)]


def _rank(step: Step) -> int | None:
    return RANKS.get(step.part.segment.kind)


def _taken(state: SessionState, stretch: Stretch, wanted: int) -> list[Trim]:
    """So many minutes less, in the order in which the parts come."""
    found = []
    for step, count in _by_rank(_gives(stretch), wanted):
        if count:
            has = allotted(state, step.part.segment) // minutes(1)
            found.append(Trim(step.part.segment.id, has, has - count))
    return found


def _left_out(steps: Sequence[Step], trims: Iterable[Trim], rest: int) -> tuple[str, ...]:
    """The fewest segments whose leaving out covers so many minutes; empty when none do.

    The longest come first; the last of them is the shortest that still covers the rest.
    """
    shorter = {t.segment: t.from_minutes - t.to_minutes for t in trims}
    frees = [
        (step.length // minutes(1) - shorter.get(step.part.segment.id, 0), step.part.segment.id)
        for step in steps
        if step.part.segment.skippable and not step.part.is_protected
    ]
    frees.sort(reverse=True)
    chosen: list[str] = []
    for place, (count, segment) in enumerate(frees):
        if count >= rest:
            covers = [one for one in frees[place:] if one[0] >= rest]
            return (*chosen, min(covers)[1])
        chosen.append(segment)
        rest -= count
    return ()


# Early


def _early(state: SessionState, projection: Projection) -> Fit:
    """What could be done with time in hand. Nothing gets longer by itself."""
    if state.run is None:
        return Fit()
    before: list[str] = []
    slack = ZERO
    for row in projection.later:
        if row.hold >= WORTH_IT and row.part.promise is not None:
            return _hold(state, projection, before, row, row.hold + slack)
        before.append(row.segment.id)
        slack = ZERO if row.hold else slack
        slack += row.end - row.start if row.segment.kind == "buffer" else ZERO
    in_hand = projection.promised_end - projection.end
    if in_hand < WORTH_IT:
        return Fit()
    return Fit(growing=_growing(state, projection, before, in_hand), early_end=projection.end)


def _hold(
    state: SessionState,
    projection: Projection,
    before: Sequence[str],
    held: Row,
    in_hand: dt.timedelta,
) -> Fit:
    """What could be done with a wait, and the buffers, before a promised beginning."""
    segment = held.segment
    early = (segment.id, held.start - in_hand) if segment.kind == "break" else None
    return Fit(growing=_growing(state, projection, before, in_hand), early_break=early)


def _growing(
    state: SessionState, projection: Projection, before: Sequence[str], time: dt.timedelta
) -> tuple[Growth, ...]:
    rows = [row for row in projection.course if row.status == "running"]
    rows += [row for row in projection.later if row.segment.id in before]
    found = []
    for row in rows:
        most = minutes(row.segment.most) - allotted(state, row.segment)
        more = min(most, time) // minutes(1)
        if more > 0 and row.part.ends_at is None:
            found.append(Growth(row.segment.id, more))
    return tuple(found)
