"""How far a line travels, and whose it says that it is: both only by an explicit act."""

from __future__ import annotations

from typing import assert_never

from facilitate.core.capture_line import clean
from facilitate.core.captures import NO_MARKS, RINGS, Entry, LowerRing, Ring
from facilitate.core.consent import refuse_side_by_side
from facilitate.core.entry_commands import (
    AskAttribution,
    Attribute,
    AttributionCommand,
    DropAttribution,
    Keep,
    Lower,
    Raise,
    RingCommand,
)
from facilitate.core.entry_events import (
    AttributionAsked,
    AttributionWithdrawn,
    EntryAttributed,
    EntryLowered,
    EntryMoved,
    EntryRaised,
)
from facilitate.core.lives import following
from facilitate.core.refusal import Refused


def to_ring(entry: Entry, command: RingCommand) -> EntryRaised | EntryLowered | EntryMoved:
    """The event that gives an entry to a wider or a narrower ring.

    To keep a line that travels already says that someone looked at its words.

    Raises:
        Refused: when it is there already, or its words cannot go there.
    """
    match command:
        case Keep():
            if waits_for_a_look(entry):
                refuse_side_by_side(entry)
                return EntryMoved(entry=entry.id, state="checked")
            if entry.ring != "sitting":
                raise Refused(f"{entry.name} travels with the cohort already.")
            return _raised(entry, "cohort", checked=True)
        case Raise(ring=ring):
            if RINGS.index(ring) <= RINGS.index(entry.ring):
                raise Refused(f"{entry.name} travels that far already.")
            return _raised(entry, ring, checked=False)
        case Lower(ring=ring):
            return _lowered(entry, ring)
        case _ as unreachable:
            assert_never(unreachable)


def waits_for_a_look(entry: Entry) -> bool:
    """Whether it travels with other words than it came with, and nobody has looked at them."""
    other_words = len(entry.versions) > 1
    return other_words and entry.ring != "sitting" and "checked" in following(entry)


def _raised(entry: Entry, ring: Ring, *, checked: bool) -> EntryRaised:
    refuse_side_by_side(entry)
    version = entry.version
    if not version.text:
        raise Refused(f"The words of {entry.name} are not on this machine any more.")
    return EntryRaised(
        entry=entry.id,
        ring=ring,
        text=version.text,
        lineage=version.lineage,
        marks=entry.marks if entry.marks != NO_MARKS else None,
        checked=checked,
    )


def _lowered(entry: Entry, ring: LowerRing) -> EntryLowered:
    order = ("room", *RINGS)
    if order.index(ring) >= order.index(entry.ring):
        raise Refused(f"{entry.name} does not travel further than that.")
    if entry.carried_from and ring in ("room", "sitting"):
        raise Refused(f"{entry.name} stands in an earlier record, too; x withdraws it.")
    return EntryLowered(entry=entry.id, number=entry.number, ring=ring)


def refuse_in_sitting(entry: Entry) -> None:
    """Do nothing when words may be told of an entry in the open journal.

    Raises:
        Refused: when it stays in the sitting's ring.
    """
    if entry.ring == "sitting":
        raise Refused(f"{entry.name} stays in this sitting; give it to the cohort first.")


def attribution(
    entry: Entry, command: AttributionCommand
) -> AttributionAsked | EntryAttributed | AttributionWithdrawn:
    """The event that says whose an entry is, that someone is asked, or that it says no more.

    Raises:
        Refused: when it cannot be said of this entry, or not like that.
    """
    refuse_in_sitting(entry)
    match command:
        case DropAttribution():
            if entry.attribution is None:
                raise Refused(f"{entry.name} does not say whose it is.")
            return AttributionWithdrawn(entry=entry.id)
        case AskAttribution(form=form):
            if form == "group":
                raise Refused("The group as a whole needs no asking.")
            return AttributionAsked(entry=entry.id, form=form)
        case Attribute(form=form, text=text, scope=scope):
            words = "" if form == "group" else clean(text)
            if form != "group" and not words:
                raise Refused(f"Write the {form} as it may stand there.")
            if scope == "sitting":
                raise Refused("A yes for this room alone is said aloud; nothing is kept.")
            return EntryAttributed(entry=entry.id, form=form, text=words, scope=scope)
        case _ as unreachable:
            assert_never(unreachable)
