"""What stands on the first screen, row by row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.content import Content

from facilitate.core.shelf import Home, Late, OnShelf, OnTimeline, PastSitting, Unfinished
from facilitate.core.time_words import length_words
from facilitate.tui.words import line, plain

NOTHING_RUNNING = "Nothing was left open."
NO_AGENDAS = "No agendas here. Put .toml files into this folder, or into agendas/ below it."
NEWEST = 20
"""So many past sittings stand here; the search finds the others."""


class AgendasOf(NamedTuple):
    """The agendas that a programme names, on one row."""

    programme: str
    """Its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A heading, or something that can be opened."""

    content: Content
    opens: Unfinished | OnShelf | OnTimeline | AgendasOf | PastSitting | Late | None = None
    """None for headings and for the words of an empty shelf."""


def rows(home: Home, without_past: str, listed: Collection[str] = ()) -> list[Row]:
    """All that stands there, from the top.

    What is read out of records comes late, and so below what may be under a hand; of a
    programme only the words behind its title.

    Args:
        home: what there is.
        without_past: stands where there are no past sittings.
        listed: paths of the programmes whose agendas are listed one by one.
    """
    agendas = _section("Agendas", _agendas(home, listed), NO_AGENDAS)
    dates = _section("Programmes", _programmes(home), "") if home.programmes else []
    goes_on = any(one.goes_on for one in home.programmes)
    return [
        *_section("Go on with", [_unfinished(one) for one in home.unfinished], NOTHING_RUNNING),
        *((*dates, *agendas) if goes_on else (*agendas, *dates)),
        *(_section("To know", known, "") if (known := _to_know(home)) else []),
        *_section("Past sittings", _past_rows(home), without_past)[:-1],
    ]


def _section(title: str, under: Sequence[Row], empty: str) -> list[Row]:
    """A heading and its rows; an empty one says what would stand here."""
    head = Row(content=plain(title, "bold $primary"))
    return [
        head,
        *(under or [Row(content=plain(f" {empty}", "$soft"))]),
        Row(content=plain("")),
    ]


def unfinished_words(one: Unfinished) -> str:
    """Where a sitting that was left open stands: `in Break, last seen 22 Nov 10:09`."""
    where = (
        "closed, its record not written" if one.closed else f"in {one.part or 'preparation'}"
    )
    return f"{where}, last seen {one.last_seen:%d %b %H:%M}"


def _unfinished(one: Unfinished) -> Row:
    return Row(content=line(f" {one.title}  ", (unfinished_words(one), "$soft")), opens=one)


def _programmes(home: Home) -> list[Row]:
    """The programmes, each with what comes next in it; those that are over come last."""
    return [
        Row(content=line(f" {one.title}  ", (one.stands, "$soft")), opens=one)
        for one in sorted(home.programmes, key=lambda one: not one.goes_on)
    ]


def _agendas(home: Home, listed: Collection[str]) -> list[Row]:
    """The agendas that stand alone, and those of a programme behind one row."""
    alone = [_agenda(one) for one in home.agendas if not one.programme]
    for programme in home.programmes:
        of_it = [one for one in home.agendas if one.programme == programme.path]
        if of_it:
            alone.append(_agendas_of(programme, len(of_it), programme.path in listed))
        if programme.path in listed:
            alone += [_agenda(one, indent=3) for one in of_it]
    return alone


def _agendas_of(programme: OnTimeline, count: int, is_listed: bool) -> Row:
    how_many = "1 agenda" if count == 1 else f"{count} agendas"
    enter = "Enter puts them away" if is_listed else "Enter lists them"
    words = line(f" {programme.title}: {how_many}  ", (enter, "$soft"))
    return Row(content=words, opens=AgendasOf(programme.path))


def _agenda(one: OnShelf, indent: int = 1) -> Row:
    date = f"{one.date:%d %b %Y}" if one.date else "template"
    words = f"{date}, {length_words(one.minutes)}"
    return Row(content=line(f"{' ' * indent}{one.title}  ", (words, "$soft")), opens=one)


def _to_know(home: Home) -> list[Row]:
    """Late notes of colleagues, and what someone should know of what is kept."""
    return [*map(_late, home.late), *(Row(content=plain(f" {words}")) for words in home.said)]


def _late(one: Late) -> Row:
    """What waits for a decision alone cannot enter a record."""
    can = bool(one.names or not one.waiting)
    words = f" Late notes: {one.title}, {one.date:%d %b %Y}  "
    return Row(content=line(words, (late_words(one), "$soft")), opens=one if can else None)


def late_words(one: Late) -> str:
    """What is late in a sitting: `not in its record: A12, Q5`."""
    late = f"not in its record: {', '.join(one.names)}" if one.names else ""
    left = f"waiting for a decision, and left out: {', '.join(one.waiting)}"
    told = filter(None, (late, left if one.waiting else ""))
    return "; ".join(told) or "its record can be written again"


def _past_rows(home: Home) -> list[Row]:
    """The newest past sittings, and how many more there are."""
    newest = [_past(one) for one in home.past[:NEWEST]]
    if (more := len(home.past) - NEWEST) > 0:
        newest.append(Row(content=plain(f" and {more} earlier; / searches them all", "$soft")))
    return newest


def _past(one: PastSitting) -> Row:
    kept = "1 line kept" if one.lines == 1 else f"{one.lines} lines kept"
    words = f"{one.date:%d %b %Y}, {kept}"
    return Row(content=line(f" {one.title}  ", (words, "$soft")), opens=one)
