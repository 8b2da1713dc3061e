"""What is to be seen while a group is asked about the exact words of one line."""

from __future__ import annotations

from typing import NamedTuple

from facilitate.core.captures import Concern, ConsentRound, Entry, Version
from facilitate.core.consent import put_to_test
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.core.tally import (
    Scale,
    asks_to_be_heard,
    read_tally,
    tally_words,
    trouble_words,
    written_tally,
)


class EarlierRound(NamedTuple):
    """A round that is over: what was asked about and heard, none of what was counted."""

    number: int
    words: str
    concerns: tuple[Concern, ...]
    """Concerns and objections that were noted in it; none once the closing took them."""


class ConsentView(NamedTuple):
    """One line, and where the group stands with it."""

    name: str
    stands: str
    """Its state, the round that goes on, and what was adopted before."""
    wordings: tuple[str, ...]
    """The exact words; several where two people reworded at once."""
    lineage: str
    round: int | None
    """The number of the round that goes on; None while none does."""
    scale: Scale | None
    """Of the round that goes on, else of the next; None where nobody is asked."""
    counted: str
    """The labels that were shown, with their counts; empty before anything was typed."""
    heard: str
    """Whom to hear first; empty before anything was typed."""
    concerns: tuple[Concern, ...]
    """Concerns and objections of the round that goes on, in the order in which they came."""
    earlier: tuple[EarlierRound, ...]
    can: str
    """What can be done now, or why nothing can; one or two sentences."""


def consent_view(state: SessionState, number: int, scale: Scale) -> ConsentView | None:
    """A line as a group is asked about it; None when no such line can be seen.

    `scale` is the one that the next round would use.
    """
    entry = state.entry(number)
    if entry is None:
        return None
    going_on = entry.under_test
    used = going_on.scale if going_on else scale
    tally = going_on.tally if going_on else None
    return ConsentView(
        name=entry.name,
        stands=stands_words(entry),
        wordings=tuple(version.text or GONE for version in entry.wordings),
        lineage=entry.version.lineage,
        round=going_on.number if going_on else None,
        scale=used if entry.kind == "agreement" else None,
        counted=written_tally(tally, used) if tally else "",
        heard=tally_words(tally, used) if tally else "",
        concerns=going_on.concerns if going_on else (),
        earlier=earlier_rounds(entry),
        can=_can(entry, scale),
    )


GONE = "(its words are not on this machine any more)"
"""Stands where the words of a line would."""


def stands_words(entry: Entry) -> str:
    """Where a line stands: `tested, round 2`, `in force, adopted by consent, round 2, ...`."""
    going_on = entry.under_test
    told = [
        entry.state,
        f"round {going_on.number}" if going_on else "",
        "" if going_on else adoption_words(entry),
    ]
    return ", ".join(words for words in told if words)


def adoption_words(entry: Entry) -> str:
    """`adopted by consent, round 2, 2026-11-22`; empty when it never was.

    Of words that are others now it says that they were the earlier ones.
    """
    if entry.adopted is None:
        return ""
    on = f", {entry.adopted.on.isoformat()}" if entry.adopted.on else ""
    whose = "" if entry.version.id in entry.adopted.versions else "earlier words were "
    return f"{whose}adopted by consent, round {entry.adopted.round}{on}"


def earlier_rounds(entry: Entry) -> tuple[EarlierRound, ...]:
    """The rounds that are over, oldest first."""
    over = [one for one in entry.rounds if one is not entry.under_test]
    return tuple(
        EarlierRound(one.number, _asked_about(entry, one), one.concerns) for one in over
    )


def _asked_about(entry: Entry, round_: ConsentRound) -> str:
    version: Version | None = next(
        (one for one in entry.versions if one.id == round_.versions[0]), None
    )
    return version.text or GONE if version else GONE


# What can be done now


def _can(entry: Entry, scale: Scale) -> str:
    if len(entry.wordings) > 1:
        return "Two wordings stand side by side. Read both aloud; w says which words hold."
    going_on = entry.under_test
    if going_on is None:
        try:
            put_to_test(entry, scale)
        except Refused as refusal:
            return str(refusal)
        return "Read it aloud. t asks the group about exactly these words."
    if going_on.tally is None:
        return "Ask the group to show where it stands. Space goes to the line for the tally."
    if _is_to_be_heard(going_on):
        return "Hear them first: c notes a concern, j an objection. w gives it other words."
    return "a adopts these words once the group says yes; o holds a doubt open."


def _is_to_be_heard(round_: ConsentRound) -> bool:
    low = round_.tally is not None and asks_to_be_heard(round_.tally, round_.scale)
    return low or any(concern.kind == "objection" for concern in round_.concerns)


# Typing a tally


def how_typed(scale: Scale) -> str:
    """How a tally of a scale is typed, with examples, in one sentence."""
    none = "= is no objection heard."
    if len(scale.keys) < 2:  # noqa: PLR2004 - there is nothing to tell apart
        return f"Type it like this: {none}"
    first, second = scale.keys[:2]
    counts = "/".join(("9", "3", "2")[: len(scale.labels)])
    if first.isdecimal():
        voices = f"{first}x9 {second}x3, {first}{first}{second} a digit a person"
    else:
        voices = f"{first}9 {second}3"
    return f"Type it like this: {counts} best first, {voices}, {none}"


def tally_said(text: str, scale: Scale) -> str:
    """What a typed tally says; why it cannot be, or how one is typed, while it is none."""
    tally = read_tally(text, scale)
    if tally is None:
        return trouble_words(text, scale) or how_typed(scale)
    return tally_words(tally, scale)
