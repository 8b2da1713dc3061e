"""What a whole programme intends: sittings and milestones over months.

Dates are local dates in `Programme.timezone`; clock times live in the agenda files.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.agenda import Afterwards, Place, Preparation
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A date that matters and is no sitting of the programme."""

    kind: str
    title: str
    date: dt.date
    start: dt.time | None = None
    agenda: str | None = None
    """File name next to the programme's; None when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A thread that several sittings follow."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSitting:
    """One sitting of the programme."""

    number: int
    date: dt.date
    title: str
    place: Place
    topic: str | None = None
    part: int | None = None
    agenda: str | None = None
    """File name next to the programme's; None while it is not written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A series of sittings with one cohort."""

    id: str
    title: str
    timezone: str
    starts: dt.date
    ends: dt.date
    sessions: tuple[PlannedSitting, ...]
    """In the order of the file."""
    short_title: str = ""
    field: str = ""
    for_whom: str = ""
    about: str = ""
    milestones: tuple[Milestone, ...] = ()
    topics: tuple[Topic, ...] = ()
    before: tuple[Preparation, ...] = ()
    """Standard preparation for agendas that have none of their own."""
    after: Afterwards | None = None
    """Standard debrief for agendas that have none of their own."""
