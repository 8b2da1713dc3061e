"""What the first screen offers, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class OnShelf(NamedTuple):
    """An agenda that can be opened."""

    path: str
    title: str
    date: dt.date | None
    minutes: int
    programme: str = ""
    """Path of the programme that names it; empty for one that stands alone."""


class Unfinished(NamedTuple):
    """A sitting that was begun and has no record yet."""

    sitting: str
    title: str
    part: str
    """Title of the segment that was running; empty when none was."""
    last_seen: dt.datetime
    """The instant of its last line, on the clocks of its agenda."""
    closed: bool
    """Whether only the record is missing."""


class PastSitting(NamedTuple):
    """A sitting with a record."""

    folder: str
    title: str
    date: dt.date
    lines: int
    """How many lines were kept."""
    sitting: str = ""
    """Its id."""


class Late(NamedTuple):
    """What colleagues wrote in a sitting and what its record has not."""

    sitting: str
    title: str
    date: dt.date
    names: tuple[str, ...]
    """What people say of the lines that came, changed or went."""
    waiting: tuple[str, ...]
    """Lines that wait for a decision, and stay out of the record."""


class OnTimeline(NamedTuple):
    """A programme, with what comes next in it."""

    path: str
    title: str
    stands: str
    """`next: Tue 14 Nov 2023, 4. Global Developmental Perspectives, part one`; empty while
    the records are not read."""
    goes_on: bool = False
    """Whether it has a sitting today or later, by its dates alone."""


class Home(NamedTuple):
    """What the first screen offers."""

    unfinished: tuple[Unfinished, ...]
    """The latest first."""
    agendas: tuple[OnShelf, ...]
    """By file name."""
    past: tuple[PastSitting, ...]
    """The latest first."""
    said: tuple[str, ...] = ()
    """What someone should know of what is kept, a sentence each."""
    late: tuple[Late, ...] = ()
    """By id of the sitting."""
    programmes: tuple[OnTimeline, ...] = ()
    """By file name."""
