"""Chat posts with their placeholders filled from the clock as it really runs."""

from __future__ import annotations

import datetime as dt
import re

from facilitate.core.agenda import Segment
from facilitate.core.schedule import Projection, Row, project
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
            row = _break(projection)
            return return_words(agenda, row.end if row else projection.end)
        case "ends_at":
            end = max(projection.end, projection.promised_end)
            return return_words(agenda, end)
        case "next":
            return projection.following.title if projection.following else "the end"
        case _:
            return _day_shape(state, projection)


def _break(projection: Projection) -> Row | None:
    """The break that runs, or else the next one."""
    rows = [projection.running, *projection.later]
    return next((r for r in rows if r is not None and r.segment.kind == "break"), None)


def _day_shape(state: SessionState, projection: Projection) -> str:
    """The beginnings of the breaks and the end: `10:20 Break, 11:55 Lunch, 15:30 end`."""
    agenda = state.agenda
    if agenda is None:
        return ""
    breaks = [
        f"{clock_words(agenda, row.start)} {row.segment.title}"
        for row in projection.rows
        if row.segment.kind == "break"
    ]
    end = max(projection.end, projection.promised_end)
    return ", ".join([*breaks, f"{return_words(agenda, end)} end"])
