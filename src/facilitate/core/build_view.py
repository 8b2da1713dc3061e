"""A day while it is being built: when it ends, what gives, where the breaks are.

Everything is taken from the agenda as it is planned; nothing of it has been held. Clock times
are those of the agenda's zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from facilitate.core.agenda import Agenda, Kind, Objective, Segment
from facilitate.core.build_changes import MOST
from facilitate.core.clock_time import minutes
from facilitate.core.learned import Learned, Taken, taken_words
from facilitate.core.one_line_view import Fact
from facilitate.core.plan import Part, Plan, laid_out
from facilitate.core.time_words import clock_words, length_words

_YEARS = range(1970, 2200)
_ANY_DATE = dt.date(2001, 6, 1)
"""Stands for the date of a template: a day like any other."""
_TELLING = 2
"""From so many minutes on, it is worth a word that parts went beyond what was planned."""


class Flaw(NamedTuple):
    """Something that the check found."""

    words: str
    """What is wrong, and what to write instead."""
    is_error: bool
    part: str | None
    """Id of the part; None when it is about the day."""


class BarRow(NamedTuple):
    """One part in the picture."""

    id: str
    begins: str
    """Clock time."""
    title: str
    kind: Kind
    minutes: int
    gives: int
    """Minutes by which it may become shorter; 0 when it does not give."""
    is_protected: bool
    start: int
    """Minutes from the left edge."""
    length: int
    """Minutes on the clock: others than `minutes` where it ends at a set time."""


class Stretch(NamedTuple):
    """A time without a break."""

    minutes: int
    begins: str
    """Clock time."""


class Objectives(NamedTuple):
    """What the day is for, and how long parts serve it."""

    objective: Objective
    minutes: int
    """A part that serves two is counted for both."""


class BuildView(NamedTuple):
    """A whole day as planned."""

    title: str
    begins: str
    ends: str
    promised: str
    """The clock time by which the day was to end."""
    late: int
    """By how many minutes it ends after that; negative when before."""
    length: int
    """Minutes from edge to edge; at least 1."""
    total: int
    """What the parts add up to, in minutes."""
    stated: int
    """What the day says of itself."""
    gives: int
    protected: int
    """Minutes of the parts that are never shortened."""
    waits: tuple[tuple[str, int], ...]
    """Titles of parts that do not begin earlier, with the minutes that are waited for them."""
    breaks: tuple[int, ...]
    """Minutes of each."""
    longest: Stretch | None
    """The longest time without a break; None when there is nothing but breaks."""
    kinds: tuple[tuple[Kind, int], ...]
    """Minutes of each kind that there is; the longest first."""
    objectives: tuple[Objectives, ...]
    rows: tuple[BarRow, ...]


def build_view(agenda: Agenda) -> BuildView:
    """The day as its parts would follow each other; it has one at least."""
    agenda = _drawable(agenda)
    plan = laid_out(agenda, agenda.date or _ANY_DATE, agenda.segments)
    first, last = plan.parts[0].start, max(part.end for part in plan.parts)
    gives = [0 if part.is_protected else _gives(part.segment) for part in plan.parts]
    rows = tuple(map(partial(_row, agenda, plan), plan.parts, gives))
    segments = agenda.segments
    return BuildView(
        title=agenda.subtitle or agenda.title,
        begins=clock_words(agenda, first),
        ends=clock_words(agenda, last),
        promised=clock_words(agenda, plan.promised_end),
        late=(last - plan.promised_end) // minutes(1),
        length=max((last - plan.start) // minutes(1), 1),
        total=sum(one.minutes for one in segments),
        stated=agenda.minutes,
        gives=sum(gives),
        protected=sum(part.segment.minutes for part in plan.parts if part.is_protected),
        waits=tuple(_waits(plan)),
        breaks=tuple(one.minutes for one in segments if one.kind == "break"),
        longest=max(_stretches(agenda, plan), key=lambda one: one.minutes, default=None),
        kinds=_kinds(segments),
        objectives=tuple(_served(one, segments) for one in agenda.objectives),
        rows=rows,
    )


def _drawable(agenda: Agenda) -> Agenda:
    """The agenda with a zone, a date and lengths that make a day, whatever is to mend."""
    segments = tuple(
        one if 0 <= one.minutes <= MOST and one.least >= 0 else _bounded(one)
        for one in agenda.segments
    )
    is_dated = agenda.date is not None and agenda.date.year in _YEARS
    return replace(
        agenda,
        segments=segments,
        minutes=min(max(agenda.minutes, 0), MOST),
        timezone=agenda.timezone if _is_zone(agenda.timezone) else "UTC",
        date=agenda.date if is_dated else None,
    )


def _bounded(segment: Segment) -> Segment:
    return replace(segment, minutes=min(max(segment.minutes, 0), MOST), at_least=None)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _gives(segment: Segment) -> int:
    return max(segment.minutes - segment.least, 0)


def _row(agenda: Agenda, plan: Plan, part: Part, gives: int) -> BarRow:
    return BarRow(
        id=part.segment.id,
        begins=clock_words(agenda, part.start),
        title=part.segment.title,
        kind=part.segment.kind,
        minutes=part.segment.minutes,
        gives=gives,
        is_protected=part.is_protected,
        start=(part.start - plan.start) // minutes(1),
        length=(part.end - part.start) // minutes(1),
    )


def _waits(plan: Plan) -> Iterator[tuple[str, int]]:
    for before, part in pairwise(plan.parts):
        if part.start > before.end:
            yield part.segment.title, (part.start - before.end) // minutes(1)


def _stretches(agenda: Agenda, plan: Plan) -> Iterator[Stretch]:
    """The times between breaks, in minutes of their parts, as the check counts them."""
    length, begins = 0, plan.start
    for part in plan.parts:
        if part.segment.kind == "break":
            length = 0
            continue
        begins = begins if length else part.start
        length += part.segment.minutes
        yield Stretch(length, clock_words(agenda, begins))


def _kinds(segments: Sequence[Segment]) -> tuple[tuple[Kind, int], ...]:
    sums: dict[Kind, int] = {}
    for one in segments:
        sums[one.kind] = sums.get(one.kind, 0) + one.minutes
    return tuple(sorted(sums.items(), key=lambda item: -item[1]))


def _served(objective: Objective, segments: Sequence[Segment]) -> Objectives:
    serving = (one.minutes for one in segments if objective.key in one.serves)
    return Objectives(objective, sum(serving))


# In words


def head_words(view: BuildView) -> str:
    """The day at one glance: `ends 15:30, 67 min to give, longest 80 min without a break`."""
    without = f", longest {view.longest.minutes} min without a break" if view.longest else ""
    return f"ends {view.ends}, {view.gives} min to give{without}"


def day_facts(view: BuildView, flaws: Sequence[Flaw]) -> tuple[Fact, ...]:
    """The day as a whole, a few words each."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in view.kinds)
    served = ", ".join(f"{one.objective.key} {one.minutes}" for one in view.objectives)
    return (
        *_length_facts(view),
        Fact("check", check_words(flaws)),
        Fact("serves", served or "no objective is named"),
        Fact("kinds", kinds),
    )


def _length_facts(view: BuildView) -> Iterator[Fact]:
    yield Fact("ends", _end_words(view))
    if view.total != view.stated:
        yield Fact("adds up to", f"{view.total} min, and the day says {view.stated}")
    if view.waits:
        waits = (f"{count} min before {title}" for title, count in view.waits)
        yield Fact("waits", f"{', '.join(waits)}, which does not begin earlier")
    yield Fact("to give", _give_words(view))
    yield Fact("breaks", _break_words(view))


def _end_words(view: BuildView) -> str:
    if view.late == 0:
        return f"{view.ends}, as promised, {length_words(view.length)} in all"
    side = "after" if view.late > 0 else "before"
    return f"{view.ends}, {length_words(abs(view.late))} {side} the promised {view.promised}"


def _give_words(view: BuildView) -> str:
    gives = length_words(view.gives) if view.gives else "nothing"
    return f"{gives}, {length_words(view.protected)} protected"


def _break_words(view: BuildView) -> str:
    if view.longest is None:
        return "nothing else"
    longest = f"{view.longest.minutes} min from {view.longest.begins}"
    if not view.breaks:
        return f"none in {longest}"
    lengths = " + ".join(map(str, view.breaks))
    return f"{lengths} min; longest without one {longest}"


def check_words(flaws: Sequence[Flaw]) -> str:
    """What the check found, with the first of what is about the whole day."""
    errors = sum(flaw.is_error for flaw in flaws)
    counts = ((errors, "to mend"), (len(flaws) - errors, "to think about"))
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    about_day = next((f". {flaw.words}" for flaw in flaws if flaw.part is None), "")
    return f"{told}{about_day}" if told else "nothing to mend"


def part_facts(
    agenda: Agenda, view: BuildView, place: int, learned: Learned, flaws: Iterable[Flaw]
) -> tuple[Fact, ...]:
    """One part: its length and what it is for, what it took before, what is to mend."""
    segment, row = agenda.segments[place], view.rows[place]
    taken = _taken(segment, learned)
    facts = [
        Fact(segment.kind, segment.title),
        Fact("length", f"{segment.minutes} min, {_elastic_words(segment, row)}"),
        *([Fact("so far", taken)] if taken else []),
        *(_found(flaw) for flaw in flaws if flaw.part == segment.id),
    ]
    if segment.serves:
        facts.append(Fact("serves", ", ".join(segment.serves)))
    return tuple(facts)


def _found(flaw: Flaw) -> Fact:
    return Fact("to mend" if flaw.is_error else "think of", flaw.words)


def _elastic_words(segment: Segment, row: BarRow) -> str:
    most = f", at most {segment.most}" if segment.most > segment.minutes else ""
    if row.is_protected:
        return f"protected{most}"
    if row.gives:
        return f"at least {segment.least}{most}"
    return f"does not give{most}"


def _taken(segment: Segment, learned: Learned) -> str:
    """What records tell of this part; of its kind where it is a new one."""
    same = learned.by_part.get(segment.id)
    if same is not None:
        return taken_words(same) + _beyond(same)
    alike = learned.by_kind.get(segment.kind)
    if alike is None:
        return ""
    words = taken_words(alike).replace("this", segment.kind, 1)
    return f"new here; {words}{_beyond(alike)}"


def _beyond(taken: Taken) -> str:
    if abs(taken.over) < _TELLING:
        return ""
    side = "more" if taken.over > 0 else "fewer"
    return f"; mostly {abs(taken.over)} {side} than planned"


def totals(view: BuildView, flaws: Iterable[Flaw]) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """All figures of the day for a page, under their headings."""
    share = [Fact(f"{count} min", kind) for kind, count in view.kinds]
    served = [Fact(f"{one.minutes} min", one.objective.text) for one in view.objectives]
    found = tuple(map(_found, flaws)) or (Fact("", "nothing to mend"),)
    return (
        ("The day", tuple(_length_facts(view))),
        ("Minutes of each kind", tuple(share)),
        ("Minutes that serve what it is for", tuple(served)),
        ("What the check found", found),
    )
