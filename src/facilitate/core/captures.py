"""The lines that a group makes: kinds, first states, rings, and what may happen to them.

The tool serves these sentences; it never scores, ranks or tidies them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from facilitate.core.agenda import CaptureKind
from facilitate.core.values import dataclass

if TYPE_CHECKING:
    from facilitate.core.tally import Scale, Tally

Ring = Literal["sitting", "cohort", "team", "public"]
"""How far a line may travel. Lines of the room ring are never events."""

RINGS: tuple[Ring, ...] = get_args(Ring)
"""From the narrowest to the widest that is ever on disk."""

LowerRing = Literal["room", "sitting", "cohort", "team"]
"""Where a line may be taken back to; the room is memory only."""

Facet = Literal["leadership", "policy", "practice"]
"""Where an example belongs: what leads, what is written down, what is done."""

Origin = Literal["ours", "offered", "carried", "adapted"]
"""Whose words they were: made here, a starting point from the team, brought along, or
either of the two after the group changed it."""

EntryState = Literal[
    "heard",
    "proposed",
    "tested",
    "in force",
    "amending",
    "retired",
    "open",
    "parked",
    "set aside",
    "merged",
    "revived",
    "working",
    "shared",
    "moving away from",
    "named",
    "tried",
    "learned",
    "answered",
    "handed on",
    "noted",
    "checked",
    "let go",
]
"""Where an entry stands in the life of its kind; the lives stand in `core/lives.py`."""


ConcernKind = Literal["concern", "objection"]
"""A concern is heard and does not block; an objection is worked into the wording."""


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

_LETTERS = {kind: rules.letter.upper() for kind, rules in KINDS.items()}

DETAILS: Mapping[CaptureKind, Mapping[str, str]] = {
    "agreement": {
        "looks_like": "what it looks like on a hard afternoon",
        "scope": "where it holds",
    },
    "term": {
        "also_said": "also said as",
        "in_our_work": "in our work",
        "moving_away_from": "moving away from",
        "why": "why",
        "language": "language",
    },
    "framework": {"parts": "its parts", "link": "where to read on"},
    "example": {"level": "level", "links": "shows"},
    "practice": {"noticed": "what we noticed"},
    "commitment": {"level": "level"},
    "resource": {"credit": "thanks to", "link": "where it is"},
}
"""What can be told about a line of a kind beyond its text: name in files, words on screens."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What was said of a line in a word or two, behind its text."""

    tags: tuple[str, ...] = ()
    facet: Facet | None = None
    owner: str = ""
    """A role, or `each of us`: who takes it on, or whom a question is for."""
    when: str = ""
    """When to look at it again: `next`, `part2`, `end`, `+6w`, a date; empty for never."""


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """More about a line, under one of the names that its kind has."""

    name: str
    """One of `DETAILS`."""
    text: str


AttributionForm = Literal["group", "role", "initials", "name"]
"""How a line says whose it is; past `group` it needs a yes of that person."""


class Attribution(NamedTuple):
    """Whose words a line says it is."""

    form: AttributionForm
    text: str | None
    """None while nobody said yes, and for `group`."""
    scope: Ring | None
    """How far the yes goes; None while it is waited for."""
    id: str = ""
    """Id of the record that brought it."""

    @property
    def is_pending(self) -> bool:
        """Whether a yes is waited for."""
        return self.scope is None

    def __repr__(self) -> str:
        """What it is, without a name."""
        return f"<Attribution {self.form}>"


class Concern(NamedTuple):
    """What someone saw in a wording, said without who it was."""

    id: str
    kind: ConcernKind
    text: str

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Concern {self.kind}>"


class ConsentRound(NamedTuple):
    """One time that the group was asked about an exact wording."""

    id: str
    """Id of the record that began it."""
    number: int
    """From 1, since the line was adopted last."""
    versions: tuple[str, ...]
    """Ids of the wordings it holds for: the one that was asked about, and small fixes of it."""
    scale: Scale
    """The labels as they were."""
    tally: Tally | None = None
    """None before anything was counted, and when it was not kept."""
    concerns: tuple[Concern, ...] = ()
    adopted: bool = False
    """Whether the group adopted the wording at its end."""


class Adoption(NamedTuple):
    """That the group adopted a wording."""

    round: int
    on: dt.date | None
    """In the zone of the agenda; None when it was not told."""
    versions: tuple[str, ...]
    """Ids of the wordings it holds for."""


class Entry(NamedTuple):
    """A captured line with its history."""

    id: str
    """Id of the record that added it, or the name of the line it continues; never changes."""
    number: int
    kind: CaptureKind
    ring: Ring
    segment: str | None
    state: EntryState
    versions: tuple[Version, ...]
    """Every wording, oldest first; never empty."""
    marks: Marks = NO_MARKS
    origin: Origin = "ours"
    belongs_with: str | None = None
    """Id of the entry that it was said with; None for a line of its own."""
    superseded: frozenset[str] = frozenset()
    """Ids of the versions that a later one replaced."""
    withdrawn: bool = False
    taken_back: bool = False
    let_go: bool = False
    heard_again: int = 0
    """How many times it was also heard."""
    details: tuple[tuple[str, Detail], ...] = ()
    """The record that brought it, and the detail; of each name the one that was told last."""
    rounds: tuple[ConsentRound, ...] = ()
    adopted: Adoption | None = None
    """None when it never was, also for kinds that are not adopted."""
    reopened_from: EntryState | None = None
    """Where it stood before other words opened it again; None when they did not."""
    reopened_by: tuple[str, ...] = ()
    """Ids of the wordings that can still be said to mean what was agreed: the one that took
    the place of the agreed words, and small fixes of it."""
    merged_into: str | None = None
    """Id of the entry that it became a part of."""
    attribution: Attribution | None = None
    reaffirmed: bool = False
    """Whether this sitting said yes to it again."""
    carried_from: str = ""
    """Id of the sitting that it was made in; empty for this one."""
    touched: bool = True
    """Whether anything happened to it here; False of a line that was only brought along."""

    @property
    def name(self) -> str:
        """What people say: `A12`."""
        return f"{_LETTERS[self.kind]}{self.number}"

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
        """Whether nobody has read it back yet, and that would move it on."""
        rules = KINDS[self.kind]
        return self.is_shown and rules.read_back is not None and self.state == rules.first

    @property
    def under_test(self) -> ConsentRound | None:
        """The round that goes on about the words as they are; None when none does."""
        asked = self.state == "tested" or (self.state == "amending" and self.rounds)
        round_ = self.rounds[-1] if self.is_shown and asked and self.rounds else None
        return round_ if round_ and self.version.id in round_.versions else None

    @property
    def told(self) -> dict[str, str]:
        """The details that hold, by name."""
        last = {detail.name: detail.text for _, detail in self.details}
        return {name: text for name, text in last.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNote:
    """A line held in this room: never an event, no number, gone when the program goes."""

    segment: str | None
    text: str


def shown(entries: Iterable[Entry]) -> list[Entry]:
    """The entries anyone may see, by number, then id."""
    seen = [e for e in entries if not (e.withdrawn or e.taken_back or e.let_go)]
    return sorted(seen, key=_PLACE)


_PLACE = attrgetter("number", "id")
