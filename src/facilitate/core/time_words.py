"""Time in words: plain, whole minutes, no signs, no seconds, no alarm."""

from __future__ import annotations

import datetime as dt
import math

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import ZERO, local, minutes
from facilitate.core.events import PauseKind
from facilitate.core.schedule import Projection, Row, Signal

LONG = 100
"""From so many minutes on, hours are easier to grasp."""
CLOSE = minutes(1)
"""What differs by no more than this is on time."""


def whole_minutes(length: dt.timedelta) -> int:
    """A length in whole minutes, half away from zero; negative stays negative."""
    count = length / minutes(1)
    return int(math.copysign(math.floor(abs(count) + 0.5), count))


def length_words(count: int) -> str:
    """So many minutes in words: `25 min`, from a hundred on `2 h 5 min`."""
    if count < LONG:
        return f"{count} min"
    hours, rest = divmod(count, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def clock_words(agenda: Agenda, at: dt.datetime) -> str:
    """An instant on the agenda's clocks: `10:09`."""
    return local(agenda, at).strftime("%H:%M")


def return_words(agenda: Agenda, at: dt.datetime) -> str:
    """A time told to people: rounded up to the minute."""
    rest = dt.timedelta(seconds=at.second, microseconds=at.microsecond)
    return clock_words(agenda, at + minutes(1) - rest if rest else at)


def drift_words(drift: dt.timedelta) -> str:
    """How the day stands beside its plan: `6 min later than planned`, `on time`."""
    if abs(drift) <= CLOSE:
        return "on time"
    side = "later" if drift > ZERO else "earlier"
    return f"{length_words(abs(whole_minutes(drift)))} {side} than planned"


def care_words(care: dt.timedelta) -> tuple[str, ...]:
    """Time taken for care, told apart: `5 min for care`; nothing below a minute."""
    count = whole_minutes(care)
    return (f"{length_words(count)} for care",) if count > 0 else ()


def left_words(left: dt.timedelta, signal: Signal) -> str:
    """What is left of the running segment: `about 17 min left`, `3 min past its time`."""
    count = whole_minutes(left)
    if left <= ZERO:
        return f"{length_words(-count)} past its time" if count < 0 else "its time is up"
    if count == 0:
        return "less than a minute left"
    words = f"about {length_words(count)} left"
    return f"{words}, may close" if signal == "may-close" else words


def pause_words(kind: PauseKind, length: dt.timedelta) -> str:
    """A pause that lasts: `paused for care, 4 min`."""
    reason = {"care": "paused for care", "tech": "paused, tech", "hold": "paused"}[kind]
    count = whole_minutes(length)
    return f"{reason}, {length_words(count)}" if count > 0 else reason


def promise_words(agenda: Agenda, projection: Projection) -> str:
    """Whether the next promise still holds: `Lunch still safe`."""
    row = next((r for r in projection.later if is_promised(r)), None)
    if row is None:
        late = projection.end - projection.promised_end
        end = clock_words(agenda, projection.promised_end)
        if late <= CLOSE:
            return f"end {end} still safe"
        return f"ends {length_words(whole_minutes(late))} after {end}"
    if row.late <= CLOSE:
        return f"{row.segment.title} still safe"
    return f"{row.segment.title} {length_words(whole_minutes(row.late))} later"


def is_promised(row: Row) -> bool:
    """Whether people were promised a time for that segment to begin, and it has not begun."""
    return row.part.promise is not None and row.status == "pending"
