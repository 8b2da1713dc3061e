"""Chat posts with their placeholders filled from the clock as it really runs."""

from __future__ import annotations

import datetime as dt
import re

from facilitate.core.agenda import Segment
from facilitate.core.schedule import Projection, project
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, return_words

PLACEHOLDERS = ("back_at", "day_shape", "ends_at", "next")
"""What may stand in braces in a post."""
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def filled(state: SessionState, post: str, now: dt.datetime) -> str:
    """`post` with every placeholder filled; other braces stay as they are."""
    projection = project(state, now)
    if projection is None:
        return post
    return _PLACEHOLDER.sub(lambda found: _value(state, projection, found[1]), post)


def next_post(state: SessionState, segment: Segment) -> int | None:
    """Place of the first post not copied yet; the first again after all; None without."""
    if not segment.chat:
        return None
    waiting = [n for n in range(len(segment.chat)) if (segment.id, n) not in state.copied]
    return waiting[0] if waiting else 0


def _value(state: SessionState, projection: Projection, name: str) -> str:
    agenda = state.agenda
    if agenda is None:
        return ""
    match name:
        case "back_at":
            return return_words(agenda, _back(projection))
        case "ends_at":
            end = max(projection.end, projection.promised_end)
            return return_words(agenda, end)
        case "next":
            return projection.following.title if projection.following else "the end"
        case _:
            end = max(projection.end, projection.promised_end)
            return _shape(state, projection, end)


def _back(projection: Projection) -> dt.datetime:
    """When people are back: at the end of what runs, which the post belongs to.

    Before the start it is the end of the first break.
    """
    if projection.back_at is not None:
        return projection.back_at
    if projection.running is not None:
        return projection.running.end
    breaks = (row.end for row in projection.later if row.segment.kind == "break")
    return next(breaks, projection.end)


def day_shape(state: SessionState, now: dt.datetime) -> str:
    """The breaks and the end as the day looks, which may be early; empty when none is open."""
    projection = project(state, now)
    return _shape(state, projection, projection.end) if projection else ""


def _shape(state: SessionState, projection: Projection, end: dt.datetime) -> str:
    """The beginnings of the breaks and the end: `10:20 Break, 11:55 Lunch, 15:30 end`."""
    agenda = state.agenda
    if agenda is None:
        return ""
    breaks = [
        f"{clock_words(agenda, row.start)} {row.segment.title}"
        for row in projection.rows
        if row.segment.kind == "break" and row.status not in {"skipped", "passed over"}
    ]
    return ", ".join([*breaks, f"{return_words(agenda, end)} end"])
