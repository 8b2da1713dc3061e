"""One line of a cohort through all the sittings that worked with it: its whole history.

A line is known by the sitting that it was made in and by what people say of it, `A12`; both
stay the same from sitting to sitting, whatever its words become.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import NamedTuple

from facilitate.core.record import LEFT, RecordedEntry, SittingRecord


class SittingFacts(NamedTuple):
    """Which sitting it was."""

    id: str
    date: dt.date
    """In the zone of its agenda."""
    began: str
    """The instant of its true start in ISO 8601, UTC; empty when it never began."""
    title: str
    """What tells it from its neighbours."""
    cohort: str
    programme: str = ""
    """Empty outside of one, as is `series`."""
    series: str = ""
    number: int | None = None
    topic: str = ""
    """Empty when it had none."""
    part: int | None = None
    """Of its topic; None when that had no parts."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Orders sittings by day, then by the time at which they began."""
        return self.date.isoformat(), self.began, self.id


class Step(NamedTuple):
    """A line as one sitting left it."""

    sitting: SittingFacts
    entry: RecordedEntry


class ThreadKey(NamedTuple):
    """What tells one line from all others, whatever happens to it."""

    sitting: str
    """Id of the sitting in which it was made; of that one there need not be a record."""
    name: str
    """What people say: `A12`."""
    twin: int = 0
    """0; of two lines that got one name at the same moment, the second has 1."""


class Thread(NamedTuple):
    """One line through all sittings that have it."""

    key: ThreadKey
    steps: tuple[Step, ...]
    """Oldest first; never empty."""

    @property
    def latest(self) -> Step:
        """How it stands, and since which sitting."""
        return self.steps[-1]

    @property
    def first(self) -> Step:
        """The first that is known of it."""
        return self.steps[0]

    @property
    def stands(self) -> bool:
        """Whether the latest sitting neither withdrew it nor let it go."""
        return self.latest.entry.state not in LEFT

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Thread {self.key.name}>"


def facts(record: SittingRecord) -> SittingFacts:
    """Which sitting a record is of."""
    return SittingFacts(
        id=record.id,
        date=record.date,
        began=_instant(record.started),
        title=record.subtitle or record.title,
        cohort=record.cohort,
        programme=record.programme or "",
        series=record.series or "",
        number=record.number,
        topic=record.topic or "",
        part=record.part,
    )


def _instant(time: dt.datetime | None) -> str:
    if time is None:
        return ""
    try:
        return time.astimezone(dt.UTC).isoformat()
    except OverflowError:  # a file may hold the first hours of year 1
        return time.isoformat()


def threads(records: Iterable[SittingRecord]) -> tuple[Thread, ...]:
    """The lines of some records, by when they are first told of; each record once."""
    there = without_taken_back(records)
    return threads_of(
        Step(facts(record), entry) for record in there for entry in record.entries
    )


def without_taken_back(records: Iterable[SittingRecord]) -> tuple[SittingRecord, ...]:
    """Some records without the lines that were taken back in the sitting that made them.

    A later sitting may have brought one along on a machine that had not heard of it.
    """
    there = tuple(records)
    gone = {(record.id, name) for record in there for name in record.taken_back}
    return tuple(_without(record, gone) for record in there) if gone else there


def _without(record: SittingRecord, gone: Container[tuple[str, str]]) -> SittingRecord:
    still = (e for e in record.entries if (e.carried_from or record.id, e.id) not in gone)
    return replace(record, entries=tuple(still))


def threads_of(steps: Iterable[Step]) -> tuple[Thread, ...]:
    """The lines that some steps are of, by when they are first told of.

    Steps may come in any order; those of one sitting in the order of its record.
    """
    found: dict[ThreadKey, list[Step]] = {}
    told: Counter[ThreadKey] = Counter()
    for step in sorted(steps, key=lambda one: one.sitting.place):
        key = ThreadKey(step.entry.carried_from or step.sitting.id, step.entry.id)
        here = ThreadKey(f"{key.sitting} {step.sitting.id}", key.name)
        found.setdefault(key._replace(twin=told[here]), []).append(step)
        told[here] += 1
    return tuple(Thread(key, tuple(of_it)) for key, of_it in found.items())
