"""What can be chosen now about the time: each choice in words, with the wish behind it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.clock_time import minutes
from facilitate.core.commands import (
    Adopt,
    ApplyFit,
    Command,
    Extend,
    GrantOvertime,
    Move,
    Next,
    Restore,
    Return,
    Skip,
)
from facilitate.core.decide_plan import spare_minutes
from facilitate.core.decide_time import following_segment, last_boundary
from facilitate.core.fit import Fit
from facilitate.core.progress import unused
from facilitate.core.schedule import Projection, Row, project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words

MOST = 60
"""So many minutes back can be chosen."""
STEPS = (5, 10)
"""Minutes that are taken from another part at once."""


class Offer(NamedTuple):
    """One choice."""

    label: str
    command: Command


def earlier(state: SessionState, now: dt.datetime) -> tuple[Offer, ...]:
    """Moving on at an earlier minute, the latest first."""
    run, agenda = state.run, state.agenda
    if run is None or agenda is None:
        return ()
    last = now.replace(second=0, microsecond=0)
    first = last_boundary(state) or run.start
    found = []
    for count in range(MOST):
        at = last - minutes(count)
        following = following_segment(state, at) if at >= first else None
        if following is None:
            break
        label = f"{clock_words(agenda, at)}, on to {following.title}"
        found.append(Offer(label, Next(seen=run.segment, at=at)))
    return tuple(found)


def payers(state: SessionState, now: dt.datetime) -> tuple[Offer, ...]:
    """More minutes for what runs, taken from a part that is to come."""
    found = []
    for row in _coming(project(state, now)):
        segment = row.segment
        spare = spare_minutes(state, row)
        found += [
            Offer(
                f"{count} min from {titled(state, row)}",
                Extend(minutes=count, payer=segment.id),
            )
            for count in sorted({*STEPS, spare})
            if 0 < count <= spare and count <= max(STEPS)
        ]
    return tuple(found)


def left_out(state: SessionState, now: dt.datetime) -> tuple[Offer, ...]:
    """Bringing a part back, cutting the running one short, leaving one out that is to come."""
    projection = project(state, now)
    if projection is None:
        return ()
    back = [
        Offer(f"bring back {titled(state, row)}", Restore(segment=row.segment.id))
        for row in projection.rows
        if row.status in {"skipped", "cut short", "passed over"}
        and row.segment.kind != "buffer"
    ]
    out = [
        Offer(f"leave out {titled(state, row)}", Skip(segment=row.segment.id))
        for row in projection.later
        if row.segment.kind not in {"buffer", "closing"}
    ]
    running = projection.running
    if running is not None and projection.following is not None:
        label = f"cut {running.segment.title} short, and go on"
        out.append(Offer(label, Skip(segment=running.segment.id)))
    return (*back, *out)


def returns(state: SessionState, now: dt.datetime) -> tuple[Offer, ...]:
    """Going back to a part that is over, the latest first."""
    projection = project(state, now)
    if projection is None or state.run is None:
        return ()
    seen = state.run.segment
    return tuple(
        Offer(
            f"go back to {row.segment.title}, {left} left",
            Return(segment=row.segment.id, seen=seen),
        )
        for row in reversed(projection.rows)
        if row.status in {"done", "cut short", "interrupted"} and row.segment.kind != "buffer"
        for left in [_left(state, row, now)]
    )


def _left(state: SessionState, row: Row, now: dt.datetime) -> str:
    return length_words(unused(state, row.segment, now) // minutes(1))


def movable(state: SessionState, now: dt.datetime) -> tuple[Row, ...]:
    """What is to come and can be moved, in the order of the plan."""
    return _coming(project(state, now))


def places(state: SessionState, segment: str, now: dt.datetime) -> tuple[Offer, ...]:
    """Where a part that is to come can be moved."""
    return tuple(
        Offer(f"before {titled(state, row)}", Move(segment=segment, before=row.segment.id))
        for row in movable(state, now)
        if row.segment.id != segment
    )


def titled(state: SessionState, row: Row) -> str:
    """A part by its title and when it begins, or was to begin: two breaks have one title."""
    if state.agenda is None:
        return row.segment.title
    return f"{row.segment.title}, {clock_words(state.agenda, row.start)}"


def _coming(projection: Projection | None) -> tuple[Row, ...]:
    rows = projection.later if projection is not None else ()
    return tuple(
        row for row in rows if row.status == "pending" and row.segment.kind != "buffer"
    )


def fitting(state: SessionState, proposal: Fit, projection: Projection) -> tuple[Offer, ...]:
    """What a proposal offers: the trims in one step, the rest each for itself.

    `projection` is the one that it was made from.
    """
    found = []
    if proposal.trims:
        label = "shorten these parts" if len(proposal.trims) > 1 else "shorten this part"
        found.append(Offer(label, ApplyFit(allotments=proposal.allotments)))
    rows = {row.segment.id: row for row in projection.rows}
    for segment in proposal.skips:
        label = f"leave out {titled(state, rows[segment])}"
        found.append(Offer(label, Skip(segment=segment)))
    if proposal.overtime:
        words = length_words(proposal.overtime)
        label = f"the group was asked and agrees to {words} more"
        found.append(Offer(label, GrantOvertime(minutes=proposal.overtime)))
    for growth in proposal.growing:
        part = state.part(growth.segment)
        if part is not None and state.run is not None and state.run.segment == part.id:
            label = f"give {part.title} {length_words(growth.minutes)} more"
            found.append(Offer(label, Extend(minutes=growth.minutes)))
    if proposal.another_plan:
        found.append(Offer("the day as it looks becomes the plan", Adopt()))
    return tuple(found)
