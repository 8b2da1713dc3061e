"""An agenda as a page to read, for the team or for those who take part, as plain values.

Every form of the page says the same. The page for those who take part is made of what is
named here for them, and so of nothing that is the team's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import clean
from facilitate.core.clock_time import local
from facilitate.core.handout import day_words
from facilitate.core.plan import Part, laid_out
from facilitate.core.programme_view import PLACES
from facilitate.core.time_words import length_words
from facilitate.formats.export.agenda_fields import OF_PARTS, OF_SITTING, Audience
from facilitate.formats.export.agenda_part import Item, items_of, paragraphs

ANY_DATE = dt.date(2001, 6, 1)
"""Stands for the date of an agenda that has none: a day like any other."""

FOR_TEAM = "For the team alone: names and notes are in it."

SITTING_FOR_ALL = frozenset(
    {
        "title", "subtitle", "date", "start", "ends_by", "timezone", "minutes", "place",
        "for_whom", "about", "objectives",
    }
)  # fmt: skip
PARTS_FOR_ALL = frozenset({"title", "minutes", "purpose"})
"""What those who take part get to read, as keys of `agenda_fields`."""

SITTING_FOR_TEAM = frozenset(OF_SITTING) - {"id", "carried"}
PARTS_FOR_TEAM = frozenset(OF_PARTS) - {"id"}

_TEAM_HEADS = ("Start", "Min", "Part", "Kind", "Lead role")
_ALL_HEADS = ("Time", "Part", "What it is for")


class Fact(NamedTuple):
    """One thing to know about the sitting."""

    name: str
    text: str


class PagePart(NamedTuple):
    """A part as the team reads it."""

    heading: str
    """`09:00 Arriving`."""
    about: str
    """`10 min, 5 to 15, arrival, led by lead with care`."""
    items: tuple[Item, ...]


class AgendaPage(NamedTuple):
    """An agenda to read. Every text but those in items is one line."""

    title: str
    subtitle: str
    audience: Audience
    date: dt.date | None
    facts: tuple[Fact, ...]
    about: tuple[str, ...]
    """Paragraphs."""
    objectives: tuple[str, ...]
    lists: tuple[Item, ...]
    """What stands before the day, for the team: preparation, starting points."""
    heads: tuple[str, ...]
    """Of the table of the day."""
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[PagePart, ...]
    """Empty for those who take part."""
    after: tuple[Item, ...]


def agenda_page(agenda: Agenda, audience: Audience) -> AgendaPage:
    """The page of an agenda for someone."""
    is_team = audience == "team"
    plan = laid_out(agenda, agenda.date or ANY_DATE, agenda.segments)
    row = _team_row if is_team else _row
    return AgendaPage(
        title=clean(agenda.title),
        subtitle=clean(agenda.subtitle),
        audience=audience,
        date=agenda.date,
        facts=tuple(_facts(agenda, plan.promised_end, audience)),
        about=paragraphs(agenda.about),
        objectives=tuple(_objectives(agenda, audience)),
        lists=tuple(_lists(agenda)) if is_team else (),
        heads=_TEAM_HEADS if is_team else _ALL_HEADS,
        rows=tuple(row(agenda, part) for part in plan.parts),
        parts=tuple(_part(agenda, part) for part in plan.parts) if is_team else (),
        after=tuple(_after(agenda)) if is_team else (),
    )


def _clock(agenda: Agenda, at: dt.datetime) -> str:
    return f"{local(agenda, at):%H:%M}"


# The sitting


def _facts(agenda: Agenda, end: dt.datetime, audience: Audience) -> Iterator[Fact]:
    if agenda.date is not None:
        yield Fact("Date", day_words(agenda.date))
    begins, ends = f"{agenda.start:%H:%M}", _clock(agenda, end)
    yield Fact("Time", f"{begins} to {ends} ({agenda.timezone})")
    yield Fact("Place", PLACES[agenda.place])
    if agenda.for_whom:
        yield Fact("For", clean(agenda.for_whom))
    if audience == "team":
        yield from _team_facts(agenda)


def _objectives(agenda: Agenda, audience: Audience) -> Iterator[str]:
    """What it is for; the team reads the key as well, by which the parts name it."""
    for one in agenda.objectives:
        text = clean(one.text)
        yield f"{one.key}: {text}" if audience == "team" else text


def _team_facts(agenda: Agenda) -> Iterator[Fact]:
    """What only the team needs to know."""
    yield Fact("Length", length_words(agenda.minutes))
    if agenda.team:
        roles = (": ".join(filter(None, [one.role, clean(one.name)])) for one in agenda.team)
        yield Fact("Team", "; ".join(roles))
    within = ", ".join(_within(agenda))
    for name, text in (
        ("Within", within),
        ("Cohort", agenda.cohort),
        ("Carried from", agenda.carried_from),
        ("Carried over", ", ".join(agenda.carry_over)),
    ):
        if text:
            yield Fact(name, text)


def _within(agenda: Agenda) -> Iterator[str]:
    if agenda.programme:
        yield f"programme {agenda.programme}"
    if agenda.series:
        yield f"series {agenda.series}"
    if agenda.number is not None:
        yield f"sitting {agenda.number}"
    if agenda.topic:
        yield f"topic {agenda.topic}"
    if agenda.part is not None:
        yield f"part {agenda.part}" + (f" of {agenda.parts}" if agenda.parts else "")
    elif agenda.parts:
        yield f"{agenda.parts} parts"


def _lists(agenda: Agenda) -> Iterator[Item]:
    if agenda.before:
        due = (f"{one.minutes} min before, {one.who}: {clean(one.do)}" for one in agenda.before)
        yield Item("Before the start", tuple(due), is_list=True)
    if agenda.offered:
        offered = (f"{one.kind}: {clean(one.text)}" for one in agenda.offered)
        yield Item("Starting points from the team", tuple(offered), is_list=True)


def _after(agenda: Agenda) -> Iterator[Item]:
    if agenda.after is None:
        return
    length = f" ({agenda.after.minutes} min)" if agenda.after.minutes else ""
    questions = tuple(map(clean, agenda.after.questions))
    yield Item(f"Debrief{length}", questions, is_list=True)
    if agenda.after.send:
        yield Item("To send", tuple(map(clean, agenda.after.send)), is_list=True)


# The day


def _row(agenda: Agenda, part: Part) -> tuple[str, ...]:
    """A part as those who take part see it."""
    times = f"{_clock(agenda, part.start)} to {_clock(agenda, part.end)}"
    return times, clean(part.segment.title), clean(part.segment.purpose)


def _team_row(agenda: Agenda, part: Part) -> tuple[str, ...]:
    one = part.segment
    start = _clock(agenda, part.start)
    return start, str(one.minutes), clean(one.title), one.kind, one.lead or ""


def _part(agenda: Agenda, part: Part) -> PagePart:
    one = part.segment
    return PagePart(
        heading=f"{_clock(agenda, part.start)} {clean(one.title)}",
        about=", ".join(_about(one)),
        items=tuple(items_of(one)),
    )


def _about(one: Segment) -> Iterator[str]:
    yield f"{one.minutes} min"
    if one.at_least is not None or one.at_most is not None:
        yield f"from {one.least} to {one.most}"
    yield one.kind
    if one.lead or one.with_:
        led = f"led by {one.lead}" if one.lead else ""
        helped = f"with {', '.join(one.with_)}" if one.with_ else ""
        yield " ".join(filter(None, [led, helped]))
    for wall, words in (
        (one.starts_at, "starts at"),
        (one.starts_by, "starts by"),
        (one.not_before, "not before"),
        (one.ends_at, "ends at"),
    ):
        if wall is not None:
            yield f"{words} {wall:%H:%M}"
    if one.protect:
        yield "protected"
    if one.skippable:
        yield "may be left out"
    if one.on_due is not None:
        yield f"{_DUE[one.on_due]} when its time is over"


_DUE = {"hold": "stays", "prompt": "asks", "advance": "goes on by itself"}
