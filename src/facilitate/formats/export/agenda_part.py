"""Everything that an agenda says of one part, as the team reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from facilitate.core.agenda import Breakout, Link, Segment
from facilitate.core.capture_line import clean

_BLANK = re.compile(r"\n\s*\n")


class Item(NamedTuple):
    """One thing that is said of a part."""

    name: str
    texts: tuple[str, ...]
    """Each is one line; paragraphs, or the points of a list."""
    is_list: bool = False


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line; a single line break is a space."""
    return tuple(filter(None, map(clean, _BLANK.split(text))))


def items_of(one: Segment) -> Iterator[Item]:
    """What is said of a part beside its title and its times."""
    texts = (
        ("Purpose", one.purpose),
        ("Serves", ", ".join(one.serves)),
        ("Say", one.say),
        ("Notes", one.notes),
        ("Tech", one.tech),
        ("Access", one.access),
        ("Listen for", one.listen_for),
        ("When time is short", one.if_short),
        ("When the room is hurting", one.if_heavy),
        ("When nobody speaks", one.if_quiet),
    )
    lists = {
        "Say": ("Posts", one.chat),
        "Access": ("Lines wanted", one.capture),
        "When nobody speaks": ("Links", map(_link, one.links)),
    }
    for name, text in texts:
        if told := paragraphs(text):
            yield Item(name, told)
        if name == "Notes" and one.breakout is not None:
            yield Item("Small rooms", tuple(_rooms(one.breakout)), is_list=True)
        if name in lists:
            yield from _list(*lists[name])
    yield from _list("Materials", one.materials)


def _list(name: str, texts: Iterable[str]) -> Iterator[Item]:
    told = tuple(filter(None, map(clean, texts)))
    if told:
        yield Item(name, told, is_list=True)


def _link(link: Link) -> str:
    return f"{clean(link.label)}: {clean(link.url)}"


def _rooms(plan: Breakout) -> Iterator[str]:
    size = f"{plan.group_size} to a room" if plan.group_size is not None else "people choose"
    yield f"{size}, {plan.how}"
    yield f"{plan.opening} min to open, {plan.between} between rounds, {plan.closing} to close"
    for number, one in enumerate(plan.rounds, start=1):
        yield f"Round {number}, {one.minutes} min: {clean(one.ask)}"
    for name, text in (
        ("Who stays", plan.stay),
        ("Halfway", plan.halfway),
        ("Last call", plan.last_call),
        ("Bring back", plan.bring_back),
        ("When it does not divide", f"{plan.prefer} rooms" if plan.prefer else ""),
        ("In each room", ", ".join(plan.each_room)),
        ("Never alone", ", ".join(plan.never_alone)),
        ("Spread over the rooms", ", ".join(plan.spread)),
        ("Spare rooms", str(plan.spare_rooms) if plan.spare_rooms else ""),
    ):
        if text:
            yield f"{name}: {clean(text)}"
