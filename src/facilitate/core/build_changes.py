"""What can be changed in a day that is being built: one step each, and what the day is then.

What a file says after a step is told by its text alone; this is the same without the text, so
that a screen need not wait for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Kind, Segment
from facilitate.core.agenda_diff import THE_DAY, differences
from facilitate.core.capture_line import clean
from facilitate.core.refusal import Refused

MOST = 24 * 60
"""Minutes; no part is longer."""
TOO_SHORT = "A part has one minute at least; x takes it out."
TOO_LONG = "No part is longer than a whole day."
ONLY_PART = "A day has one part at least."
NO_TITLE = "A part needs a title: a word at least."
FIRST_ALREADY = "It is the first part already."
LAST_ALREADY = "It is the last part already."


class Lengthened(NamedTuple):
    """Another length for a part; the stated minutes follow where they were the sum."""

    place: int
    """Of the part, from 0; in all of these."""
    minutes: int


class Spared(NamedTuple):
    """How short a part may become."""

    place: int
    least: int | None
    """Minutes; None when it does not give."""


class Titled(NamedTuple):
    """Another title for a part, which keeps its id."""

    place: int
    title: str


class OfKind(NamedTuple):
    """Another kind for a part."""

    place: int
    kind: Kind


class Moved(NamedTuple):
    """A part at another place."""

    place: int
    to: int


class TakenOut(NamedTuple):
    """A part left out of the day."""

    place: int


class Copied(NamedTuple):
    """A part once more, behind itself."""

    place: int


class PutIn(NamedTuple):
    """A new part behind another one."""

    place: int
    """Of the one that it comes behind."""
    title: str
    kind: Kind
    minutes: int


Change = Lengthened | Spared | Titled | OfKind | Moved | TakenOut | Copied | PutIn


def changed(agenda: Agenda, change: Change) -> Agenda:
    """The day after a change.

    Raises:
        Refused: when it cannot be; the sentence says why.
    """
    parts = list(agenda.segments)
    match change:
        case Lengthened(place, minutes):
            parts[place] = replace(parts[place], minutes=_sound(minutes))
        case Spared(place, least):
            parts[place] = replace(parts[place], at_least=_least(least))
        case Titled(place, title):
            parts[place] = replace(parts[place], title=_said(title))
        case OfKind(place, kind):
            parts[place] = replace(parts[place], kind=kind)
        case Moved(place, to):
            parts.insert(_within(parts, to), parts.pop(place))
        case TakenOut(place):
            parts.pop(place)
        case Copied(place):
            id_ = free_id(agenda, parts[place].id)
            parts.insert(place + 1, replace(parts[place], id=id_))
        case PutIn(place, title, kind, minutes):
            parts.insert(place + 1, _new(agenda, _said(title), kind, _sound(minutes)))
    if not parts:
        raise Refused(ONLY_PART)
    return _followed(agenda, tuple(parts))


def _within(parts: list[Segment], to: int) -> int:
    if to < 0:
        raise Refused(FIRST_ALREADY)
    if to >= len(parts):
        raise Refused(LAST_ALREADY)
    return to


def _sound(minutes: int) -> int:
    if not 1 <= minutes <= MOST:
        raise Refused(TOO_SHORT if minutes < 1 else TOO_LONG)
    return minutes


def _least(least: int | None) -> int | None:
    return None if least is None else _sound(least)


def _said(title: str) -> str:
    title = clean(title)
    if not title:
        raise Refused(NO_TITLE)
    return title


def _new(agenda: Agenda, title: str, kind: Kind, minutes: int) -> Segment:
    return Segment(id=free_id(agenda, kind), title=title, kind=kind, minutes=minutes)


def free_id(agenda: Agenda, id_: str) -> str:
    """An id as near to another one as no part has it yet: `break-2`."""
    taken = {segment.id for segment in agenda.segments}
    free, count = id_, 1
    while free in taken:
        count += 1
        free = f"{id_}-{count}"
    return free


def _followed(agenda: Agenda, parts: tuple[Segment, ...]) -> Agenda:
    was, now = (sum(one.minutes for one in each) for each in (agenda.segments, parts))
    stated = now if agenda.minutes == was else agenda.minutes
    return replace(agenda, segments=parts, minutes=stated)


def place_after(change: Change) -> int:
    """The place of the part that a change was about, once it is made."""
    match change:
        case Moved(to=to):
            return to
        case Copied(place) | PutIn(place):
            return place + 1
        case _:
            return change.place


def step_words(change: Change | None, place: int, before: Agenda, after: Agenda) -> str:
    """What a step changed, made or taken back; `place` is that of its part after it.

    Of a move it is said which part someone moved, where others would say as well what differs.
    """
    if not isinstance(change, Moved):
        return change_words(before, after)
    following = after.segments[place + 1 : place + 2]
    where = f"before {following[0].title}" if following else "to the end"
    return f"{after.segments[place].title}: moved {where}"


def change_words(before: Agenda, after: Agenda) -> str:
    """What a step changed, on one line: `Lunch: 60 -> 45 min. The day: minutes 390 -> 375`.

    Empty when both say the same.
    """
    told = differences(before, after)
    parts = [one for one in told if one.title != THE_DAY]
    day = [one for one in told if one.title == THE_DAY]
    return ". ".join(map(str, (*parts, *day)))
