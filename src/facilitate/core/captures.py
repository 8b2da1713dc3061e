"""The lines that a group makes: kinds, first states, rings, and what may happen to them.

The tool serves these sentences; it never scores, ranks or tidies them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.events import Ring
from facilitate.core.values import dataclass

EntryState = Literal["heard", "proposed", "working", "open", "named", "noted"]
"""Where an entry stands in the life of its kind."""


class KindRules(NamedTuple):
    """What is true of every entry of a kind."""

    letter: str
    """Written before a colon on the capture line, and before the number when said."""
    first: EntryState
    ring: Ring
    """How far its entries travel unless someone says otherwise."""
    read_back: EntryState | None = None
    """The state that reading back leads to; None when reading back changes nothing."""


HELD_HERE = -1
"""Stands for the number of a line that is held in the room only; numbers begin with 1."""

KINDS: dict[CaptureKind, KindRules] = {
    "agreement": KindRules(letter="a", first="heard", ring="cohort", read_back="proposed"),
    "term": KindRules(letter="t", first="heard", ring="cohort", read_back="working"),
    "framework": KindRules(letter="f", first="heard", ring="cohort", read_back="working"),
    "example": KindRules(letter="e", first="noted", ring="sitting"),
    "practice": KindRules(letter="p", first="named", ring="cohort"),
    "commitment": KindRules(letter="c", first="named", ring="cohort"),
    "question": KindRules(letter="q", first="open", ring="cohort"),
    "learning": KindRules(letter="l", first="noted", ring="sitting"),
    "resource": KindRules(letter="r", first="noted", ring="sitting"),
    "gratitude": KindRules(letter="g", first="noted", ring="sitting"),
}
"""Every kind, in the order in which people read them."""


# Entries and their versions are named tuples and no dataclasses: making them is most of what
# reading a long history back costs, and this makes it cost half.


class Version(NamedTuple):
    """One wording of an entry."""

    id: str
    """Id of the record that brought it."""
    text: str | None
    """None while words kept apart have not been read, or are gone."""
    lineage: str = ""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Version {self.id}>"


class Entry(NamedTuple):
    """A captured line with its history."""

    id: str
    """Id of the record that added it; never changes."""
    number: int
    kind: CaptureKind
    ring: Ring
    segment: str | None
    state: EntryState
    versions: tuple[Version, ...]
    """Every wording, oldest first; never empty."""
    superseded: frozenset[str] = frozenset()
    """Ids of the versions that a later one replaced."""
    withdrawn: bool = False
    taken_back: bool = False
    let_go: bool = False

    @property
    def name(self) -> str:
        """What people say: `A12`."""
        return f"{KINDS[self.kind].letter.upper()}{self.number}"

    @property
    def wordings(self) -> tuple[Version, ...]:
        """The versions that hold now: one, or several when people reworded at once."""
        return tuple(v for v in self.versions if v.id not in self.superseded)

    @property
    def version(self) -> Version:
        """The wording to show: the latest of those that hold."""
        return (self.wordings or self.versions)[-1]

    @property
    def text(self) -> str:
        """The words to show; empty when they are kept apart and not at hand."""
        return self.version.text or ""

    @property
    def is_shown(self) -> bool:
        """Whether anyone may see it."""
        return not (self.withdrawn or self.taken_back or self.let_go)

    @property
    def waits_for_reading(self) -> bool:
        """Whether reading it back would move it on."""
        rules = KINDS[self.kind]
        return self.is_shown and rules.read_back is not None and self.state == rules.first


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNote:
    """A line held in this room: never an event, no number, gone when the program goes."""

    segment: str | None
    text: str


def shown(entries: Iterable[Entry]) -> list[Entry]:
    """The entries anyone may see, by number, then id."""
    return sorted((e for e in entries if e.is_shown), key=lambda e: (e.number, e.id))
