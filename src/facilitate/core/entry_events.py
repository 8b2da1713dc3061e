"""What happened to the lines that a group makes, and to what it agreed about keeping them.

Words of the sitting ring, tallies and concerns are in events that are written to private/
only; what stands in the journal names them by id.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import (
    AttributionForm,
    ConcernKind,
    Detail,
    EntryState,
    LowerRing,
    Marks,
    Origin,
    Ring,
)
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKeepingAgreed:
    """The group heard what the notebook keeps, and said yes, or room only for now."""

    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CareHeld:
    """Somebody is there for what made the last pause for care; there is no text about it."""

    holder: str
    """A role; empty when nobody was said."""
    follow_up: bool
    """Whether someone is to come back to it after the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAdded:
    """A line was captured. Its lasting id is that of the record of this event."""

    number: int
    """In the one series of the cohort, from 1; A12 and T13 are said of 12 and 13."""
    kind: CaptureKind
    ring: Ring
    segment: str | None
    text: str | None
    """None in the journal when the words are kept apart, in private/."""
    lineage: str = ""
    """People, traditions or texts that it stands on; empty for none."""
    marks: Marks | None = None
    origin: Origin = "ours"
    belongs_with: str | None = None
    """Id of the entry that it was said with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTakenUp:
    """A line of an earlier sitting is worked with here, as it was then.

    Its id is `<sitting>:<name>`, so that everyone who takes it up means the same.
    """

    sitting: str
    """Id of the sitting that it was made in."""
    number: int
    kind: CaptureKind
    ring: Ring
    state: EntryState
    text: str
    lineage: str = ""
    marks: Marks | None = None
    origin: Origin = "carried"
    details: tuple[Detail, ...] = ()
    adopted_round: int | None = None
    """The round in which it was adopted; None when it never was."""
    adopted_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReworded:
    """An entry got a new wording; the earlier one stays readable."""

    entry: str
    text: str | None
    """None in the journal when the words are kept apart, in private/."""
    lineage: str = ""
    small: bool = False
    """Whether only its writing was mended: what people agreed to still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordingWasSmall:
    """The latest wording means the same as the one before: consent holds for it too."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReadBack:
    """An entry was read aloud to the group, which moved it on."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHeardAgain:
    """The same was said once more."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMoved:
    """An entry went on to another state of its life."""

    entry: str
    state: EntryState
    into: str | None = None
    """Id of the entry that it became a part of; None unless it was merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTested:
    """The group was asked whether it consents to an exact wording."""

    entry: str
    version: str
    """Id of the record that brought the wording."""
    round: int
    """From 1, since the line was adopted last."""
    method: str
    labels: tuple[str, ...]
    """Of the scale, best first, as they were."""
    keys: tuple[str, ...]
    """How one voice is typed for each of the labels."""
    hear: int
    """How many of the lowest labels ask to be heard first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAdopted:
    """The group adopted a wording by consent."""

    entry: str
    version: str
    round: int
    on: dt.date
    """The date of the sitting, in the zone of its agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReaffirmed:
    """The group, and those new to it, said yes to a carried line again."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDescribed:
    """Something more was told about an entry, under one of the names of its kind."""

    entry: str
    name: str
    text: str
    """Empty takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryScheduled:
    """It was said when to look at an entry again."""

    entry: str
    when: str
    """`next`, `part2`, `end`, `+6w`, a date; empty for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionAsked:
    """Someone is to be asked whether a line may say that it is theirs."""

    entry: str
    form: AttributionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAttributed:
    """A line says whose it is; past `group` that person said yes to it."""

    entry: str
    form: AttributionForm
    text: str
    """The role, initials or name; empty for `group`."""
    scope: Ring
    """How far the yes goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionWithdrawn:
    """A line says no more whose it is."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWithdrawn:
    """An entry was withdrawn: it is shown nowhere until it is restored."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTakenBack:
    """The line just captured was taken back, as if it had not been written."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRaised:
    """An entry was given to a wider ring."""

    entry: str
    ring: Ring
    text: str
    """The words as they are from now on, in the journal of the wider ring."""
    lineage: str = ""
    marks: Marks | None = None
    checked: bool = False
    """Whether someone looked at it for what could identify a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLowered:
    """An entry was given to a narrower ring."""

    entry: str
    number: int
    """Its number, which is never given again, even when all its words are gone."""
    ring: LowerRing
    """`room`: it left the disk at once, and is in memory only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLetGo:
    """An entry was let go: it does not travel further."""

    entry: str


# Written to private/ only


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsKeptApart:
    """The words of an entry of the sitting ring; written to private/ only."""

    entry: str
    of: str
    """Id of the record of the EntryAdded or EntryReworded that has no words itself."""
    text: str
    lineage: str = ""
    marks: Marks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesTaken:
    """What was counted in a round, in sum alone; written to private/ only."""

    entry: str
    test: str
    """Id of the record of the EntryTested."""
    counts: tuple[int, ...]
    """For each label of the scale; empty when no objection was heard."""
    passes: int = 0
    present: int | None = None
    no_objection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernNoted:
    """What someone saw in a wording, without who it was; written to private/ only."""

    entry: str
    test: str
    """Id of the record of the EntryTested."""
    kind: ConcernKind
    text: str


PrivateEvent = WordsKeptApart | VotesTaken | ConcernNoted
EntryChange = (
    EntryReworded
    | RewordingWasSmall
    | EntryReadBack
    | EntryHeardAgain
    | EntryMoved
    | EntryTested
    | EntryAdopted
    | EntryReaffirmed
    | EntryDescribed
    | EntryScheduled
    | AttributionAsked
    | EntryAttributed
    | AttributionWithdrawn
    | EntryWithdrawn
    | EntryTakenBack
    | EntryRaised
    | EntryLowered
    | EntryLetGo
    | WordsKeptApart
    | VotesTaken
    | ConcernNoted
)
"""What happens to an entry that is there."""
EntryEvent = NoteKeepingAgreed | CareHeld | EntryAdded | EntryTakenUp | EntryChange

WITH_WORDS = (EntryAdded, EntryTakenUp, EntryReworded, EntryRaised)
"""Events of the journal that bring the words of an entry."""


def taken_up_id(sitting: str, letter: str, number: int) -> str:
    """The id of an entry that continues a line of an earlier sitting."""
    return f"{sitting}:{letter.upper()}{number}"


def without_words(event: EntryAdded | EntryReworded) -> EntryAdded | EntryReworded:
    """The event as the journal has it when its words are kept apart."""
    if isinstance(event, EntryAdded):
        return replace(event, text=None, lineage="", marks=None)
    return replace(event, text=None, lineage="")
