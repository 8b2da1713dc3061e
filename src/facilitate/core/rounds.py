"""Rounds in small rooms: how they fit into fewer minutes, and one clock for all rooms.

The rooms open, the rounds follow one another with a little time between them, and a closing
brings people back. Lengths are whole minutes, instants are UTC.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from facilitate.core.agenda import Breakout
from facilitate.core.shares import shares

Phase = Literal["opening", "round", "between", "closing", "over"]
"""What the rooms are in."""
Broadcast = Literal["halfway", "last_call"]
"""A message that goes to all rooms."""
CueName = Literal["halfway", "last_call", "close"]
"""What the host does for all rooms: two broadcasts, and closing them."""

A_PERSON = 2
"""So many minutes a person needs in a round."""
LAST_CALL = dt.timedelta(minutes=2)
"""The last call comes so long before the rooms end."""

_MINUTE = dt.timedelta(minutes=1)
_SECOND = dt.timedelta(seconds=1)
_SECONDS_BELOW = 60
_SIZES = re.compile(r"(\d{1,3})(?:\s*[-\u2013]\s*(\d{1,3}))?", re.ASCII)
_PLAIN: dict[Broadcast, str] = {
    "halfway": "Halfway: let someone else begin.",
    "last_call": "Two minutes left: finish your thought, then come back.",
}


class RoundPlan(NamedTuple):
    """The rounds that a length of time has room for. Lengths are minutes."""

    opening: int
    between: int
    """Between each two rounds."""
    closing: int
    """What the rounds do not need is here."""
    rounds: tuple[int, ...]
    """The length of each; empty when no round fits, or none was planned."""
    asks: tuple[str, ...]
    """The question of each round."""
    dropped: int
    """How many of the planned rounds are left out, from the last one back."""
    short: bool
    """Whether a round has less than two minutes a person."""


class Cue(NamedTuple):
    """Something the host does for all rooms, and when."""

    name: CueName
    at: dt.datetime


class RoundClock(NamedTuple):
    """Where all rooms stand at one moment."""

    phase: Phase
    round: int | None
    """Its number, from 1; None outside of rounds."""
    rounds: int
    """How many rounds there are in all."""
    ask: str
    """The question of the round; empty outside of rounds."""
    phase_end: dt.datetime
    """The end of the rooms once they are over."""
    end: dt.datetime
    """When the rooms end."""
    left: dt.timedelta
    """What is left of the phase; zero once the rooms are over."""
    cue: Broadcast | None
    """The latest broadcast that is due, sent or not; None before the first and at the end."""


def total_minutes(breakout: Breakout) -> int:
    """How long the rooms take as planned, from opening them to having everybody back."""
    around = breakout.opening + breakout.closing
    planned = [one.minutes for one in breakout.rounds]
    return around + sum(planned) + _between(breakout, len(planned))


def people_in_a_room(breakout: Breakout) -> int:
    """How many take turns in the largest room: 4 for "3-4".

    1 when people choose their room, or when the size cannot be read.
    """
    sizes = _SIZES.fullmatch(str(breakout.group_size).strip())
    return max(1, *(int(size or 1) for size in sizes.groups())) if sizes else 1


# Fewer minutes


def split(breakout: Breakout, minutes: int) -> RoundPlan:
    """The rounds split anew, so that the rooms take `minutes` in all; below 0 counts as 0.

    As many of the first rounds stay as have room for two minutes a person each (a round
    planned shorter than that: for its planned length), with lengths in proportion to the
    planned ones and never above them. What is left over goes to the closing. Where not even
    one round fits, the opening gives way before the closing does.
    """
    total = max(minutes, 0)
    kept = _kept(breakout, total)
    planned = [one.minutes for one in breakout.rounds[:kept]]
    opening = max(min(breakout.opening, total - breakout.closing), 0)
    around = opening + _between(breakout, kept)
    lengths = _lengths(total - around - breakout.closing, planned, _shortest(breakout)[:kept])
    return RoundPlan(
        opening=opening,
        between=breakout.between,
        closing=total - around - sum(lengths),
        rounds=lengths,
        asks=tuple(one.ask for one in breakout.rounds[:kept]),
        dropped=len(breakout.rounds) - kept,
        short=any(length < _turns(breakout) for length in lengths),
    )


def _between(breakout: Breakout, rounds: int) -> int:
    """Minutes between so many rounds, all together."""
    return max(rounds - 1, 0) * breakout.between


def _turns(breakout: Breakout) -> int:
    """Minutes in which everybody in a room has a turn."""
    return A_PERSON * people_in_a_room(breakout)


def _shortest(breakout: Breakout) -> list[int]:
    """How short each planned round may become, in minutes."""
    return [min(_turns(breakout), one.minutes) for one in breakout.rounds]


def _kept(breakout: Breakout, total: int) -> int:
    """How many of the first rounds fit into `total` minutes; 0 when none does."""
    around, shortest = breakout.opening + breakout.closing, _shortest(breakout)
    counts = range(len(shortest), 0, -1)
    needs = ((kept, sum(shortest[:kept]) + _between(breakout, kept)) for kept in counts)
    return next((kept for kept, need in needs if around + need <= total), 0)


def _lengths(total: int, planned: Sequence[int], shortest: Sequence[int]) -> tuple[int, ...]:
    """`total` minutes in proportion to the planned ones.

    A round that would come out below its shortest gets that, and the others share the rest.
    The total has room for the shortest of all of them.
    """
    fixed = [0] * len(planned)
    while True:
        free = [0 if fix else length for fix, length in zip(fixed, planned, strict=True)]
        given = shares(total - sum(fixed), free)
        lengths = tuple(map(sum, zip(fixed, given, strict=True)))
        if all(length >= least for length, least in zip(lengths, shortest, strict=True)):
            return lengths
        fixed = [
            least if length < least else fix
            for fix, length, least in zip(fixed, lengths, shortest, strict=True)
        ]


# One clock for all rooms


def round_clock(plan: RoundPlan, opened: dt.datetime, now: dt.datetime) -> RoundClock:
    """Where rooms that opened at `opened` stand at `now`; each phase has its first instant."""
    phase, number, phase_end = _phase_at(plan, opened, now)
    return RoundClock(
        phase=phase,
        round=number,
        rounds=len(plan.rounds),
        ask=plan.asks[number - 1] if number else "",
        phase_end=phase_end,
        end=_end(plan, opened),
        left=max(phase_end - now, dt.timedelta(0)),
        cue=_due(plan, opened, now),
    )


def cues(plan: RoundPlan, opened: dt.datetime) -> tuple[Cue, ...]:
    """What is done for all rooms, and when, in order: halfway, last call, close.

    In rooms too short for it a broadcast is left out: the last call needs more than its two
    minutes, and halfway comes before the last call or not at all.
    """
    end = _end(plan, opened)
    halfway, last_call = opened + (end - opened) / 2, end - LAST_CALL
    found = [Cue("close", end)]
    if last_call > opened:
        found.insert(0, Cue("last_call", last_call))
    if halfway < last_call:
        found.insert(0, Cue("halfway", halfway))
    return tuple(found)


def _phases(plan: RoundPlan) -> Iterator[tuple[Phase, int | None, int]]:
    """Each phase with the number of its round and its minutes, in order."""
    yield "opening", None, plan.opening
    for number, length in enumerate(plan.rounds, 1):
        if number > 1:
            yield "between", None, plan.between
        yield "round", number, length
    yield "closing", None, plan.closing


def _phase_at(
    plan: RoundPlan, opened: dt.datetime, now: dt.datetime
) -> tuple[Phase, int | None, dt.datetime]:
    """The phase at `now` with the number of its round and its end."""
    reached = opened
    for phase, number, length in _phases(plan):
        reached += length * _MINUTE
        if now < reached:
            return phase, number, reached
    return "over", None, reached


def _end(plan: RoundPlan, opened: dt.datetime) -> dt.datetime:
    """When rooms that opened at `opened` end."""
    return opened + zoom_minutes(plan) * _MINUTE


def _due(plan: RoundPlan, opened: dt.datetime, now: dt.datetime) -> Broadcast | None:
    """The latest broadcast that is due; None before the first and once the rooms end."""
    due = [cue.name for cue in cues(plan, opened) if cue.at <= now]
    return due[-1] if due and due[-1] != "close" else None


# Words


def broadcast(breakout: Breakout, cue: CueName) -> str:
    """The message to all rooms: the agenda's, or a plain one; empty for closing them."""
    if cue == "close":
        return ""
    own = breakout.halfway if cue == "halfway" else breakout.last_call
    return own or _PLAIN[cue]


def round_words(clock: RoundClock) -> str:
    """Where the rooms stand: `round 2 of 3, about 4 min left`, `coming back`.

    Seconds are told within the last minute of a round, and nowhere else.
    """
    match clock.phase:
        case "opening":
            return "rooms are opening"
        case "round":
            return f"round {clock.round} of {clock.rounds}, {_left_words(clock.left)}"
        case "between":
            return "between rounds"
        case "closing":
            return "coming back"
        case "over":
            return "the rooms' time is up"


def _left_words(left: dt.timedelta) -> str:
    """What is left of a round: to the nearest minute, then begun seconds."""
    seconds = -(-left // _SECOND)
    if seconds < _SECONDS_BELOW:
        return f"{seconds} s left"
    return f"about {(left + _MINUTE / 2) // _MINUTE} min left"


def zoom_minutes(plan: RoundPlan) -> int:
    """The minutes to type into Zoom when opening the rooms."""
    between = max(len(plan.rounds) - 1, 0) * plan.between
    return plan.opening + sum(plan.rounds) + between + plan.closing


def zoom_words(plan: RoundPlan) -> str:
    """What to type into Zoom, and that it stays so."""
    return (
        f"Type {zoom_minutes(plan)} min into Zoom before the rooms open; "
        "Zoom's own room timer cannot be changed once rooms are open."
    )


def split_words(plan: RoundPlan) -> str:
    """What a split costs: `room for 2 of 3 rounds`, `no round fits`; empty for nothing."""
    words = []
    if plan.dropped:
        planned = len(plan.rounds) + plan.dropped
        words.append(
            f"room for {len(plan.rounds)} of {planned} rounds"
            if plan.rounds
            else "no round fits"
        )
    if plan.short:
        words.append(f"less than {A_PERSON} min a person")
    return ", ".join(words)
