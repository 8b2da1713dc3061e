"""What an agenda holds, key by key, and what of that an export has no place for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from facilitate.core.agenda import Agenda
from facilitate.formats.slugs import give_ids

Audience = Literal["team", "participants"]
"""Whom an export of an agenda is for."""

OF_SITTING: Mapping[str, str] = {
    "id": "its id",
    "title": "the title",
    "subtitle": "the subtitle",
    "date": "the date",
    "start": "the start",
    "ends_by": "the promised end",
    "timezone": "the timezone",
    "minutes": "the length",
    "place": "the place",
    "cohort": "the cohort",
    "programme": "the programme",
    "number": "its number in the programme",
    "topic": "the topic",
    "part": "which part it is",
    "parts": "how many parts there are of it",
    "series": "the series",
    "for_whom": "for whom it is",
    "about": "what it is about",
    "carried_from": "the sitting before",
    "carry_over": "what is carried over",
    "team": "the team",
    "objectives": "the objectives",
    "carried": "lines carried from earlier sittings (facilitate export has them)",
    "offered": "starting points from the team",
    "before": "the preparation",
    "after": "the debrief",
}
"""What an agenda says of the sitting as a whole, and what to call it."""

OF_PARTS: Mapping[str, str] = {
    "id": "ids of their own",
    "title": "titles",
    "kind": "kinds",
    "minutes": "lengths",
    "at_least": "how short they may become",
    "at_most": "how long they may become",
    "starts_at": "promised starts",
    "starts_by": "latest starts",
    "not_before": "earliest starts",
    "ends_at": "fixed ends",
    "protect": "that they are protected",
    "skippable": "that they may be left out",
    "on_due": "what to do when their time is over",
    "lead": "who leads",
    "with_": "who helps",
    "purpose": "purposes",
    "serves": "the objectives they serve",
    "say": "words to say",
    "notes": "notes",
    "chat": "posts",
    "tech": "what the tech host does",
    "access": "what helps access",
    "capture": "the kinds of lines wanted",
    "listen_for": "what to listen for",
    "if_short": "what to do when time is short",
    "if_heavy": "what to do when the room is hurting",
    "if_quiet": "what to do when nobody speaks",
    "links": "links",
    "materials": "materials",
    "breakout": "plans for small rooms",
}
"""What an agenda says of its parts, and what to call it."""


def left_out(
    agenda: Agenda, sitting: Collection[str], parts: Collection[str]
) -> tuple[str, ...]:
    """What an agenda says that an export does not hold, in words: `notes (3 parts)`.

    Args:
        agenda: what is exported.
        sitting: the keys of `OF_SITTING` that the export holds.
        parts: the keys of `OF_PARTS` that it holds; none when it has no parts at all.
    """
    found = [
        words
        for key, words in OF_SITTING.items()
        if key not in sitting and _says(getattr(agenda, key))
    ]
    if not parts:
        count = len(agenda.segments)
        return (*found, "the one part" if count == 1 else f"the {count} parts")
    return (*found, *_of_parts(agenda, parts))


def _of_parts(agenda: Agenda, held: Collection[str]) -> Iterator[str]:
    made = [{"title": one.title} for one in agenda.segments]
    give_ids(made)
    for key, words in OF_PARTS.items():
        if key == "id":  # one that follows from the title says nothing of its own
            pairs = zip(agenda.segments, made, strict=True)
            count = sum(one.id != same["id"] for one, same in pairs)
        else:
            count = sum(_says(getattr(one, key)) for one in agenda.segments)
        if key not in held and count:
            yield f"{words} ({'1 part' if count == 1 else f'{count} parts'})"


def _says(value: Any) -> bool:
    return value not in (None, "", (), False)


def several_lines(agenda: Agenda, keys: Collection[str]) -> int:
    """How many texts of the parts, under some keys, stand on more than one line."""
    values = (getattr(one, key) for one in agenda.segments for key in keys)
    texts = (text for one in values for text in (one if isinstance(one, tuple) else (one,)))
    return sum(isinstance(text, str) and "\n" in text.strip() for text in texts)
