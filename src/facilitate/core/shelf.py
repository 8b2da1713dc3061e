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


class Home(NamedTuple):
    """What the first screen offers."""

    unfinished: tuple[Unfinished, ...]
    """The latest first."""
    agendas: tuple[OnShelf, ...]
    """By file name."""
    past: tuple[PastSitting, ...]
    """The latest first."""
