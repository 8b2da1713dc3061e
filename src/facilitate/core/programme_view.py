"""A programme as a timeline: what was held, what comes next, what is to come.

Nothing here ranks, scores or counts what a group has achieved; a date that has passed without
a record is said as it is, since its record may lie on another machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean
from facilitate.core.carrying import Inherited, is_due
from facilitate.core.merging import spoken_order
from facilitate.core.one_line_view import Fact
from facilitate.core.programme import Milestone, PlannedSitting, Programme
from facilitate.core.threads import SittingFacts, Thread

Standing = Literal["done", "next", "to come", "passed"]
"""Where a date stands. `next` is one sitting at most, the first to come."""

PLACES: Mapping[str, str] = {
    "online": "online",
    "in person": "in person",
    "both": "online and in person",
}
"""What to say of a place."""

NO_RECORD = "its day has passed, no record here"

_PARTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class HeldSitting(NamedTuple):
    """A sitting that has a record."""

    facts: SittingFacts
    lines: int
    """How many lines were kept."""


class Coming(NamedTuple):
    """What is known of the sitting that comes next."""

    agenda: Agenda
    inherited: Inherited | None
    """What earlier sittings hand on to it; None when there is nothing."""


class TimelineRow(NamedTuple):
    """One date of a programme."""

    date: dt.date
    day: str
    """`Tue 14 Nov 2023`."""
    title: str
    """`4. Global Developmental Perspectives, part one`."""
    standing: Standing
    status: str
    """The same in words: `done`, `next, today`, `deadline, to come`."""
    facts: tuple[Fact, ...]
    """What else there is to know of it."""
    short: str = ""
    """Its title with the part first, for where it may be cut off: `4. part one: Global ...`."""
    number: int | None = None
    """None for what is no sitting."""
    place: str = ""
    """In words; empty for what is no sitting."""
    agenda: str | None = None
    """File name beside the programme's; None when there is none."""
    sitting: str = ""
    """Id of the sitting whose record it has; empty without one."""


class Timeline(NamedTuple):
    """A whole programme."""

    id: str
    title: str
    """The short one, where it has one."""
    rows: tuple[TimelineRow, ...]
    """By date; a sitting before what else is on its day."""
    said: tuple[str, ...] = ()
    """What someone should know of its files, a sentence each."""

    @property
    def next(self) -> int | None:
        """The place of the sitting that comes next; None when none is to come."""
        places = (place for place, row in enumerate(self.rows) if row.standing == "next")
        return next(places, None)

    @property
    def stands(self) -> str:
        """What comes next: `next: Tue 14 Nov 2023, 4. Global ..., part one`."""
        if self.next is None:
            return "no sitting is to come"
        row = self.rows[self.next]
        return f"next: {row.day}, {row.title}"


def timeline(
    programme: Programme,
    held: Iterable[HeldSitting],
    lines: Iterable[Thread],
    today: dt.date,
    coming: Coming | None = None,
) -> Timeline:
    """The dates of a programme as they stand.

    Args:
        programme: the plan.
        held: sittings with a record; those of other programmes play no part.
        lines: all lines of the cohorts that met in it.
        today: in the zone of the programme.
        coming: what is known of the sitting that `next_sitting` names, where it has an agenda.
    """
    of_it = _by_number(programme, held)
    meant = next_sitting(programme, of_it.values(), today)
    known = _Known(programme, of_it, tuple(one for one in lines if one.stands), today)
    rows = [
        known.sitting(one, coming if one is meant else None, meant)
        for one in _sittings(programme)
    ]
    rows += [known.milestone(one) for one in programme.milestones]
    return Timeline(
        id=programme.id,
        title=clean(programme.short_title or programme.title),
        rows=tuple(sorted(rows, key=lambda row: (row.date, row.number is None))),
    )


def next_sitting(
    programme: Programme, held: Iterable[HeldSitting], today: dt.date
) -> PlannedSitting | None:
    """The first sitting from `today` on that has no record; None when there is none."""
    done = _by_number(programme, held)
    to_come = (s for s in _sittings(programme) if s.date >= today and s.number not in done)
    return next(to_come, None)


def is_last(programme: Programme, sitting: PlannedSitting) -> bool:
    """Whether a programme plans no sitting after one of its own."""
    return all(one.number <= sitting.number for one in programme.sessions)


def _sittings(programme: Programme) -> list[PlannedSitting]:
    return sorted(programme.sessions, key=lambda one: (one.date, one.number))


def _by_number(programme: Programme, held: Iterable[HeldSitting]) -> dict[int, HeldSitting]:
    """The record of each number; of several the latest."""
    of_it = [one for one in held if one.facts.programme == programme.id]
    in_order = sorted(of_it, key=lambda one: one.facts.place)
    return {one.facts.number: one for one in in_order if one.facts.number is not None}


class _Known(NamedTuple):
    """All that rows are made of."""

    programme: Programme
    held: Mapping[int, HeldSitting]
    lines: Sequence[Thread]
    """Those that stand."""
    today: dt.date

    def sitting(
        self, sitting: PlannedSitting, coming: Coming | None, following: PlannedSitting | None
    ) -> TimelineRow:
        """The row of a sitting."""
        held = self.held.get(sitting.number)
        standing = self._standing(sitting, following)
        part = f"{_part(sitting)}: " if sitting.part is not None else ""
        return TimelineRow(
            date=sitting.date,
            day=weekday_words(sitting.date),
            title=f"{sitting.number}. {title_words(sitting, self.programme)}",
            standing=standing,
            status=self._status(standing, sitting, held),
            facts=tuple(self._facts(sitting, held, coming, is_next=standing == "next")),
            short=f"{sitting.number}. {part}{clean(sitting.title)}",
            number=sitting.number,
            place=PLACES[sitting.place],
            agenda=sitting.agenda,
            sitting=held.facts.id if held else "",
        )

    def milestone(self, milestone: Milestone) -> TimelineRow:
        """The row of a date that is no sitting."""
        has_passed = milestone.date < self.today
        when = (
            "passed" if has_passed else "today" if milestone.date == self.today else "to come"
        )
        kind, title = clean(milestone.kind), clean(milestone.title)
        begins = [Fact("begins", f"{milestone.start:%H:%M}")] if milestone.start else []
        file = [Fact("agenda", clean(milestone.agenda))] if milestone.agenda else []
        return TimelineRow(
            date=milestone.date,
            day=weekday_words(milestone.date),
            title=title,
            standing="passed" if has_passed else "to come",
            status=when if kind.casefold() in title.casefold() else f"{kind}, {when}",
            facts=(*begins, *file),
            short=title,
            agenda=milestone.agenda,
        )

    def _standing(self, sitting: PlannedSitting, following: PlannedSitting | None) -> Standing:
        if sitting.number in self.held:
            return "done"
        if sitting is following:
            return "next"
        return "passed" if sitting.date < self.today else "to come"

    def _status(
        self, standing: Standing, sitting: PlannedSitting, held: HeldSitting | None
    ) -> str:
        if held is not None and held.facts.date != sitting.date:
            return f"done, on {weekday_words(held.facts.date)}"
        if standing == "passed":
            return NO_RECORD
        return f"{standing}, today" if sitting.date == self.today else standing

    def _facts(
        self,
        sitting: PlannedSitting,
        held: HeldSitting | None,
        coming: Coming | None,
        *,
        is_next: bool,
    ) -> Iterator[Fact]:
        yield Fact("where", PLACES[sitting.place])
        if held is not None:
            yield Fact("kept", _count(held.lines, "line"))
        if coming is not None:
            yield self._carried(sitting, coming)
        if is_next:
            yield from self._questions()
        yield from self._terms(sitting)
        if sitting.agenda is None:
            yield Fact("agenda", "none yet")
        elif held is None:
            yield Fact("agenda", clean(sitting.agenda))

    # What goes through several sittings

    def _carried(self, sitting: PlannedSitting, coming: Coming) -> Fact:
        lines = coming.inherited.lines if coming.inherited else ()
        last = is_last(self.programme, sitting)
        due = sum(is_due(one, coming.agenda, sitting.date, is_last=last) for one in lines)
        looks = f", {due} due for another look" if due else ""
        words = f"{_count(len(lines), 'line')}{looks}" if lines else "nothing yet"
        return Fact("carried", words)

    def _questions(self) -> Iterator[Fact]:
        """The questions that nobody has answered yet."""
        entries = (
            line.latest.entry for line in self.lines if line.latest.entry.kind == "question"
        )
        names = {entry.id for entry in entries if entry.state in ("open", "parked")}
        if names:
            yield Fact("questions", f"{len(names)} open ({_named(names)})")

    def _terms(self, sitting: PlannedSitting) -> Iterator[Fact]:
        """The words of its topic, part by part, up to this one."""
        if sitting.topic is None:
            return
        here = [one for one in _sittings(self.programme) if one.topic == sitting.topic]
        for other in here[: here.index(sitting) + 1]:
            names = self._terms_of(other.number)
            if not names:
                continue
            where = "words" if other is sitting else _part(other) or f"sitting {other.number}"
            yield Fact(where, f"{_count(len(names), 'term')} ({_named(names)})")

    def _terms_of(self, number: int) -> set[str]:
        """What people say of the terms that the sitting of a number worked with."""
        held = self.held.get(number)
        terms = (line for line in self.lines if line.latest.entry.kind == "term")
        return {
            line.latest.entry.id
            for line in terms
            if held and any(step.sitting.id == held.facts.id for step in line.steps)
        }


# Words


def weekday_words(day: dt.date) -> str:
    """A day with its weekday: `Tue 14 Nov 2023`."""
    return f"{day:%a %d %b} {day.year}"


def title_words(sitting: PlannedSitting, programme: Programme) -> str:
    """What a sitting is called, with its topic where it is one part of that."""
    title, part = clean(sitting.title), _part(sitting)
    titles = {topic.key: clean(topic.title) for topic in programme.topics}
    topic = titles.get(sitting.topic or "", title)
    if not part:
        return title
    if topic.casefold() == title.casefold():
        return f"{title}, {part}"
    return f"{title} ({topic}, {part})"


def _part(sitting: PlannedSitting) -> str:
    """`part one`; empty for a sitting that is no part of a topic."""
    part = sitting.part
    if part is None:
        return ""
    return f"part {_PARTS[part - 1] if 1 <= part <= len(_PARTS) else part}"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count or 'no'} {what}s"


def _named(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=spoken_order))
