"""A small programme, and what its group has made so far."""

from __future__ import annotations

import datetime as dt
from typing import Any

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.programme import Milestone, PlannedSitting, Programme, Topic
from facilitate.core.programme_view import HeldSitting
from facilitate.core.record import RecordedEntry
from facilitate.core.threads import SittingFacts, Step, Thread, threads_of

ID = "harbour-2026"


def sitting(number: int, date: str, title: str, **fields: Any) -> PlannedSitting:
    """One that is held online, unless something else is said."""
    day = dt.date.fromisoformat(date)
    given = {"place": "online", "agenda": f"day-{number}.toml", **fields}
    return PlannedSitting(number=number, date=day, title=title, **given)


PROGRAMME = Programme(
    id=ID,
    title="Harbour circles for a whole year",
    short_title="Harbour circles",
    timezone="America/New_York",
    starts=dt.date(2026, 9, 12),
    ends=dt.date(2027, 1, 9),
    sessions=(
        sitting(1, "2026-09-12", "Kick-off", place="in person"),
        sitting(2, "2026-10-10", "Repair", topic="repair", part=1),
        sitting(3, "2026-11-14", "Going back", topic="repair", part=2),
        sitting(4, "2026-12-12", "What we carry on", agenda=None),
    ),
    milestones=(
        Milestone(
            kind="information session",
            title="Come and see",
            date=dt.date(2026, 8, 4),
            start=dt.time(16),
            agenda="info.toml",
        ),
        Milestone(kind="deadline", title="Names are in", date=dt.date(2026, 9, 12)),
        Milestone(kind="celebration", title="Closing celebration", date=dt.date(2027, 1, 9)),
    ),
    topics=(Topic(key="repair", title="Repair"),),
)


def facts(number: int, date: str, programme: str = ID, **fields: Any) -> SittingFacts:
    """Which sitting a record is of."""
    return SittingFacts(
        id=f"{date}-day-{number}",
        date=dt.date.fromisoformat(date),
        began=f"{date}T13:00:00+00:00",
        title=f"Day {number}",
        cohort=programme,
        programme=programme,
        number=number,
        **fields,
    )


def held(number: int, date: str, lines: int = 3, **fields: Any) -> HeldSitting:
    """A sitting with a record."""
    return HeldSitting(facts(number, date, **fields), lines)


ONE, TWO = held(1, "2026-09-12", 12), held(2, "2026-10-10", 1)


def step(one: HeldSitting, name: str, text: str = "Words", **fields: Any) -> Step:
    """A line as a sitting left it; its name tells its kind."""
    kinds = {"A": "agreement", "T": "term", "Q": "question", "P": "practice"}
    states = {"A": "in force", "T": "shared", "Q": "open", "P": "named"}
    given = {"kind": kinds[name[0]], "state": states[name[0]], "ring": "cohort", **fields}
    return Step(one.facts, RecordedEntry(id=name, text=text, **given))


def lines(*steps: Step) -> tuple[Thread, ...]:
    return threads_of(steps)


def agenda(**fields: Any) -> Agenda:
    """The agenda of one of its sittings."""
    segments = (Segment(id="close", title="Closing", kind="closing", minutes=90),)
    given = {
        "id": "day-1", "title": "Harbour circles", "start": dt.time(9), "minutes": 90,
        "timezone": "America/New_York", "place": "online", "programme": ID,
        "segments": segments, **fields,
    }  # fmt: skip
    return Agenda(**given)
