"""A new cohort from an old programme: the same rhythm, moved to another beginning.

Dates are proposed one by one, each from the old rhythm and from what was chosen before it, so
that someone can change any of them on the way.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind, Offered
from facilitate.core.capture_line import clean
from facilitate.core.programme import Programme
from facilitate.core.values import dataclass

WEEK = dt.timedelta(days=7)
CLOSE = 2 * WEEK
"""Sittings no further apart than this keep the days between them; others keep the month."""

LONGEST_ID = 80
"""Characters of a short name."""

FROM_BEFORE = "(from an earlier group)"
"""Stands behind the words of an earlier cohort, wherever they are offered."""

OFFERED_KINDS: tuple[CaptureKind, ...] = (
    "agreement",
    "term",
    "framework",
    "practice",
    "question",
)
"""What is offered to a new cohort. What someone promised is theirs, and stays with them."""


class Proposed(NamedTuple):
    """A date for a new cohort."""

    date: dt.date
    passed_over: tuple[dt.date, ...] = ()
    """Days that it would have been and that are to be kept free, in their order."""


# Dates


def sitting_date(
    old: Sequence[dt.date], new: Sequence[dt.date], starts: dt.date, free: Collection[dt.date]
) -> Proposed:
    """The date of the sitting behind those that have one.

    Args:
        old: the dates of all sittings of the old programme, in their order.
        new: those that were chosen already, in the same order.
        starts: when the new programme is to begin.
        free: days on which nobody meets.
    """
    place = len(new)
    if place == 0:
        return _kept_free(starts, free)
    apart = old[place] - old[place - 1]
    if apart <= CLOSE:
        return _kept_free(new[-1] + apart, free)
    day = _in_rhythm(old[place], old[0], starts)
    while day <= new[-1]:
        day += WEEK
    return _kept_free(day, free)


def other_date(
    day: dt.date,
    old: Sequence[dt.date],
    new: Sequence[dt.date],
    starts: dt.date,
    free: Collection[dt.date],
) -> Proposed:
    """The new date of what is no sitting; all sittings, `old` and `new`, have theirs.

    What was on the day of a sitting stays with it. What was before, between or after sittings
    is so again.
    """
    if day in old:
        return Proposed(new[old.index(day)])
    found = _kept_free(_in_rhythm(day, old[0], starts), free)
    nearby = [found.date]
    later = next((place for place, one in enumerate(old) if one > day), len(old))
    earliest = latest = None
    if later > 0:
        earliest = new[later - 1]
        nearby.append(earliest + (day - old[later - 1]))
    if later < len(old):
        latest = new[later]
        nearby.append(latest - (old[later] - day))
    fitting = (one for one in nearby if _is_between(one, earliest, latest))
    date = next(fitting, nearby[-1])
    return found if date == found.date else Proposed(date)


def _is_between(day: dt.date, earliest: dt.date | None, latest: dt.date | None) -> bool:
    return (earliest is None or earliest < day) and (latest is None or day < latest)


def _in_rhythm(day: dt.date, old_start: dt.date, starts: dt.date) -> dt.date:
    """As many months after the beginning, on the same weekday of the month.

    What was on the weekday of the beginning is on that of the new one. Where a month has no
    fifth such day, its last one.
    """
    months = (day.year - old_start.year) * 12 + day.month - old_start.month
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    same = day.weekday() == old_start.weekday()
    weekday = starts.weekday() if same else day.weekday()
    first, length = calendar.monthrange(year, month + 1)
    in_month = 1 + (weekday - first) % 7 + (day.day - 1) // 7 * 7
    return dt.date(year, month + 1, in_month if in_month <= length else in_month - 7)


def _kept_free(day: dt.date, free: Collection[dt.date]) -> Proposed:
    """A day, or the next of the same weekday that is not to be kept free."""
    passed: list[dt.date] = []
    while day in free:
        passed.append(day)
        day += WEEK
    return Proposed(day, tuple(passed))


def moved(
    programme: Programme, new_id: str, sittings: Sequence[dt.date], others: Sequence[dt.date]
) -> Programme:
    """The programme of a new cohort; `others` are the dates of what is no sitting.

    Both in the order of the file. It begins and ends as long before its first sitting and
    after its last one as the old programme did.
    """
    old = programme.sessions
    return replace(
        programme,
        id=new_id,
        starts=sittings[0] - (old[0].date - programme.starts),
        ends=sittings[-1] + (programme.ends - old[-1].date),
        sessions=tuple(replace(o, date=d) for o, d in zip(old, sittings, strict=True)),
        milestones=tuple(
            replace(o, date=d) for o, d in zip(programme.milestones, others, strict=True)
        ),
    )


# Names


def new_id(old: str, from_year: int, year: int, taken: Collection[str]) -> str:
    """A short name like an old one that nothing else has: with the new year for the old one.

    One that has no year gets the new one behind it.
    """
    found = re.sub(rf"(?<!\d){from_year}(?!\d)", str(year), old)
    if found == old:
        found = _with_end(old, str(year))
    made, count = found, 1
    while made in taken or made == old:
        count += 1
        made = _with_end(found, str(count))
    return made


def _with_end(name: str, end: str) -> str:
    return f"{name[: LONGEST_ID - len(end) - 1].rstrip('-_')}-{end}"


def new_ids(old: Iterable[str], programme: Programme, new: Programme) -> dict[str, str]:
    """A new id for the id of each agenda of a programme, none of them one that was there."""
    known = list(dict.fromkeys(old))
    given: dict[str, str] = {}
    for one in known:
        taken = {*known, *given.values()}
        inside = one.replace(programme.id, new.id)
        if inside != one and inside not in taken and len(inside) <= LONGEST_ID:
            given[one] = inside
        else:
            given[one] = new_id(one, programme.starts.year, new.starts.year, taken)
    return given


# Words of the earlier group


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A line that an earlier group allowed to be handed on."""

    kind: CaptureKind
    state: str
    text: str
    lineage: str = ""
    """What it stands on; empty for nothing that was said."""


def may_be_offered(line: HandedOn) -> bool:
    """Whether a line that may travel that far is something to begin with.

    An agreement is, when its group adopted it; a word, when it was read back to them.
    """
    if line.kind not in OFFERED_KINDS or not clean(line.text):
        return False
    return line.state == "in force" if line.kind == "agreement" else line.state != "heard"


def as_offered(line: HandedOn) -> Offered:
    """The line as a starting point for another group, which says that it is not theirs."""
    return Offered(kind=line.kind, text=f"{clean(line.text)} {FROM_BEFORE}")
