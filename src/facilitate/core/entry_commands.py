"""What someone asks for about the lines that a group makes: imperative, nothing but the wish.

A line is meant by its number. What comes of a wish stands in `facilitate.core.decide_entries`.
"""

from __future__ import annotations

from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import AttributionForm, ConcernKind, EntryState, LowerRing, Ring
from facilitate.core.tally import Scale, Tally
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeNotes:
    """Say whether the group wants its lines kept, or held in the room only for now."""

    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCare:
    """Say who is there for what came up, and whether someone comes back to it."""

    holder: str
    """A role; empty when nobody is."""
    follow_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Keep a line that the group made."""

    line: NewLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Reword:
    """Give an entry other words; the earlier ones stay readable."""

    wording: NewWording


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSmall:
    """Say that the latest wording means the same as the one before it."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """Move an entry on, after it was read aloud."""

    number: int | None
    """None means the one that has waited longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearAgain:
    """Note that the same was said once more."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTo:
    """Move an entry on to another state of its life."""

    number: int
    state: EntryState
    into: int | None = None
    """The line that it becomes a part of; needed for `merged`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutToTest:
    """Ask the group whether it consents to the exact words of an agreement."""

    number: int
    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeVotes:
    """Note what was counted in the round that goes on."""

    tally: Tally
    number: int | None = None
    """None means the line that was put to the test last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteConcern:
    """Note what someone saw in the wording that is put to the test, without who it was."""

    kind: ConcernKind
    text: str
    number: int | None = None
    """None means the line that was put to the test last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptLine:
    """Note that the group adopted the words that were put to the test."""

    number: int
    confirmed: bool = False
    """Whether someone said yes to what was asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaffirm:
    """Note that the group said yes again to a line that it carries."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """Tell more about an entry, under one of the names of its kind."""

    number: int
    name: str
    text: str
    """Empty takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain:
    """Say when to look at an entry again."""

    number: int
    when: str
    """`next`, `part2`, `end`, `+6w`, a date; empty for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAttribution:
    """Note that someone is to be asked whether a line may say whose it is."""

    number: int
    form: AttributionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Let a line say whose it is; past the group that person said yes to it."""

    number: int
    form: AttributionForm
    text: str
    """The role, initials or name; empty for the group."""
    scope: Ring
    """How far the yes goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAttribution:
    """Let a line say no more whose it is."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Hide an entry everywhere."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take the last captured line back, as if it had not been written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """Give an entry to a wider ring."""

    number: int
    ring: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Lower:
    """Give an entry to a narrower ring."""

    number: int
    ring: LowerRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """At the harvest: let a line of the sitting travel with the cohort."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """Let a line go: it does not travel further."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLesson:
    """Let a story go, and keep the lesson that may leave."""

    number: int
    text: str


ConsentCommand = PutToTest | TakeVotes | NoteConcern | AdoptLine
RingCommand = Raise | Keep | Lower
AttributionCommand = AskAttribution | Attribute | DropAttribution
OneLineCommand = (
    CallSmall
    | HearAgain
    | MoveTo
    | Reaffirm
    | Describe
    | LookAgain
    | Withdraw
    | LetGo
    | RingCommand
    | AttributionCommand
)
"""Wishes about one line that is there."""
EntryCommand = (
    AgreeNotes
    | HoldCare
    | Capture
    | TakeBack
    | ReadBack
    | Reword
    | DrawLesson
    | ConsentCommand
    | OneLineCommand
)
