"""What one sitting hands to the next: lines by reference, and when they want another look.

The lines belong to the cohort. A sitting opens on a query of what its records hold, never on
copies; a line enters the history of a sitting when something happens to it there.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from facilitate.core.agenda import Agenda, CaptureKind
from facilitate.core.captures import (
    KINDS,
    NO_MARKS,
    Detail,
    Entry,
    EntryState,
    Marks,
    Origin,
    Ring,
)
from facilitate.core.entry_events import EntryTakenUp, taken_up_id
from facilitate.core.lives import ENDED

CARRIED_KINDS: tuple[CaptureKind, ...] = (
    "agreement",
    "term",
    "framework",
    "practice",
    "commitment",
    "question",
)
"""What is carried where an agenda does not say it."""


class CarriedLine(NamedTuple):
    """A line of the cohort as its latest record has it."""

    sitting: str
    """Id of the sitting that it was made in."""
    number: int
    kind: CaptureKind
    ring: Ring
    state: EntryState
    text: str
    lineage: str = ""
    marks: Marks = NO_MARKS
    origin: Origin = "carried"
    details: tuple[Detail, ...] = ()
    adopted_round: int | None = None
    adopted_on: dt.date | None = None
    since: dt.date | None = None
    """The date of the sitting that worked with it last; `+6w` counts from it."""
    topic: str = ""
    """Of the sitting that it was made in."""
    part: int | None = None
    """Of that sitting within its topic; None when it had no parts."""
    earlier: tuple[str, ...] = ()
    """Wordings it had before, oldest first."""

    @property
    def name(self) -> str:
        """What people say: `A12`."""
        return f"{KINDS[self.kind].letter.upper()}{self.number}"

    @property
    def id(self) -> str:
        """The id of the entry that it becomes when it is worked with here."""
        return taken_up_id(self.sitting, KINDS[self.kind].letter, self.number)

    @property
    def is_carried_on(self) -> bool:
        """Whether there is still something to carry."""
        return self.state not in ENDED

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<CarriedLine {self.name}>"


class Inherited(NamedTuple):
    """What earlier sittings of a cohort hand on to this one."""

    lines: tuple[CarriedLine, ...] = ()
    """By number; those that still hold, of the kinds that are wanted."""
    highest: int = 0
    """The highest number that any line of the cohort had."""
    notes_kept: bool = False
    """Whether the cohort was told before what its notebook keeps, and said yes."""
    is_last: bool = False
    """Whether this is the last sitting of the cohort, so that nothing may stay open."""
    unread: int = 0
    """Records of the cohort, for all one knows, that cannot be read."""

    @property
    def unread_words(self) -> str:
        """That lines may be missing here, in one sentence; empty when none are."""
        if not self.unread:
            return ""
        if self.unread == 1:
            return "1 earlier record cannot be read; its lines are not carried."
        return f"{self.unread} earlier records cannot be read; their lines are not carried."

    def entry(self, number: int) -> Entry | None:
        """The line of that number, as it would be worked with here."""
        from facilitate.core.entry_fold import taken_up

        found = (line for line in self.lines if line.number == number)
        return next((taken_up(as_taken_up(line)) for line in found), None)


def as_taken_up(line: CarriedLine) -> EntryTakenUp:
    """The event by which a line enters the history of this sitting."""
    return EntryTakenUp(
        sitting=line.sitting,
        number=line.number,
        kind=line.kind,
        ring=line.ring,
        state=line.state,
        text=line.text,
        lineage=line.lineage,
        marks=line.marks if line.marks != NO_MARKS else None,
        origin=line.origin,
        details=line.details,
        adopted_round=line.adopted_round,
        adopted_on=line.adopted_on,
    )


# When to look again

_SPAN = re.compile(r"\+([1-9]\d{0,2})([dwm])", re.ASCII)
_DAYS = {"d": 1, "w": 7, "m": 30}
_UNITS = {"d": "day", "w": "week", "m": "month"}
_PART = re.compile(r"part([1-9])", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def is_when(when: str) -> bool:
    """Whether a line can be looked at again then: `next`, `part2`, `end`, `+6w`, a date."""
    said = when in ("next", "end") or _PART.fullmatch(when) or _SPAN.fullmatch(when)
    return bool(said) or _date(when) is not None


def when_words(when: str) -> str:
    """When a line is looked at again: `next time`, `in part 2`, `in 6 weeks`, `on 2026-11-22`.

    Empty for never; what `is_when` does not know stays as it is.
    """
    if span := _SPAN.fullmatch(when):
        return f"in {span[1]} {_UNITS[span[2]]}{'' if span[1] == '1' else 's'}"
    if part := _PART.fullmatch(when):
        return f"in part {part[1]}"
    if _date(when):
        return f"on {when}"
    return {"next": "next time", "end": "at the end"}.get(when, when)


def look_on(when: str, since: dt.date) -> dt.date | None:
    """The day of another look, where `when` is a date, or a span counted from `since`.

    None for what no calendar knows: another sitting, never, and days after the last year.
    """
    span = _SPAN.fullmatch(when)
    if span is None:
        return _date(when)
    try:
        return since + dt.timedelta(days=int(span[1]) * _DAYS[span[2]])
    except OverflowError:
        return None


def _date(when: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(when) if _DATE.fullmatch(when) else None
    except ValueError:
        return None


def is_due(line: CarriedLine, agenda: Agenda, date: dt.date, *, is_last: bool = False) -> bool:
    """Whether a line wants another look in a sitting of `agenda` on `date`.

    `next` is any later sitting; `part2` the second part of the topic in which the line was
    made; `end` the last sitting of the cohort, or the last part of a series; a span counts
    from the sitting that worked with the line last.
    """
    when = line.marks.when
    if when == "next":
        return True
    if when == "end":
        return is_last or (agenda.parts is not None and agenda.part == agenda.parts)
    if part := _PART.fullmatch(when):
        same_topic = not line.topic or agenda.topic in {None, line.topic}
        return same_topic and agenda.part is not None and agenda.part >= int(part[1])
    if span := _SPAN.fullmatch(when):
        days = dt.timedelta(days=int(span[1]) * _DAYS[span[2]])
        return line.since is not None and line.since + days <= date
    day = _date(when)
    return day is not None and day <= date
