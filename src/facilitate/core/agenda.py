"""What a sitting intends to do: an agenda is an ordered tuple of timed segments.

The shapes follow docs/agenda-format.md (format 1). Texts are plain text and never markup.
Lengths in an agenda are whole minutes, as people write them; clock times are wall times in
`Agenda.timezone`.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from facilitate.core.values import dataclass

Kind = Literal[
    "arrival",
    "grounding",
    "agreements",
    "connection",
    "didactic",
    "reflection",
    "breakout",
    "dialogue",
    "practice",
    "integration",
    "celebration",
    "break",
    "buffer",
    "closing",
]
"""What happens in a segment."""

CaptureKind = Literal[
    "agreement",
    "term",
    "framework",
    "example",
    "practice",
    "commitment",
    "question",
    "learning",
    "resource",
    "gratitude",
]
"""What a captured line is."""

Place = Literal["online", "in person", "both"]
OnDue = Literal["hold", "prompt", "advance"]
How = Literal["random", "chosen", "affinity", "pods", "pairs", "tables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Someone's part in the team, by role; the name stays on this machine."""

    role: str
    name: str = ""
    """Empty when nobody filled it in, and always empty in a stored history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One thing the sitting is for; segments point to its key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A line that an earlier sitting handed on; shown as carried until confirmed."""

    id: str
    kind: CaptureKind
    text: str
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A starting point from the team; never counted as agreed until the group adopts it."""

    kind: CaptureKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Something to have done so many minutes before the start."""

    minutes: int
    """Minutes before the planned start; positive."""
    who: str
    """A role key."""
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """The debrief, and what is sent to whom."""

    minutes: int = 0
    questions: tuple[str, ...] = ()
    send: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One timed question inside a breakout."""

    minutes: int
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakout:
    """How a segment uses small rooms. Lengths are minutes."""

    group_size: int | str | None = None
    """People to a room: 3, or a range such as "3-4"; None when people choose."""
    how: How = "random"
    stay: str = ""
    opening: int = 2
    between: int = 1
    closing: int = 2
    rounds: tuple[Round, ...] = ()
    halfway: str = ""
    last_call: str = ""
    bring_back: str = ""
    prefer: Literal["larger", "smaller"] | None = None
    each_room: tuple[str, ...] = ()
    never_alone: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    spare_rooms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One timed part of a sitting. Ids are unique within an agenda."""

    id: str
    title: str
    kind: Kind
    minutes: int
    """Planned length; positive."""
    at_least: int | None = None
    """How short it may become; None means it does not give."""
    at_most: int | None = None
    """How long it may become; None means it does not give."""
    starts_at: dt.time | None = None
    starts_by: dt.time | None = None
    not_before: dt.time | None = None
    ends_at: dt.time | None = None
    protect: bool = False
    skippable: bool = False
    on_due: OnDue | None = None
    """None means `hold`, and `prompt` for breaks."""
    lead: str | None = None
    with_: tuple[str, ...] = ()
    purpose: str = ""
    serves: tuple[str, ...] = ()
    say: str = ""
    """Paragraphs are separated by a blank line; a single newline is a space."""
    notes: str = ""
    """For the team only."""
    chat: tuple[str, ...] = ()
    """Posts, one at a time; they may hold placeholders such as `{back_at}`."""
    tech: str = ""
    access: str = ""
    capture: tuple[CaptureKind, ...] = ()
    """Kinds wanted here; the first is the kind of the capture line."""
    listen_for: str = ""
    if_short: str = ""
    if_heavy: str = ""
    if_quiet: str = ""
    links: tuple[Link, ...] = ()
    materials: tuple[str, ...] = ()
    breakout: Breakout | None = None

    @property
    def least(self) -> int:
        """The shortest it may become, in minutes."""
        return self.minutes if self.at_least is None else self.at_least

    @property
    def most(self) -> int:
        """The longest it may become, in minutes."""
        return self.minutes if self.at_most is None else self.at_most

    @property
    def floor(self) -> dt.time | None:
        """The wall time before which it does not begin; None when it may at any time."""
        return self.starts_at or self.not_before

    @property
    def promise(self) -> dt.time | None:
        """The wall time by which it was promised to begin; None when nothing was."""
        return self.starts_at or self.starts_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The plan of one sitting on one date."""

    id: str
    title: str
    start: dt.time
    timezone: str
    """An IANA name; every clock time of the agenda is meant there."""
    minutes: int
    place: Place
    segments: tuple[Segment, ...]
    subtitle: str = ""
    date: dt.date | None = None
    """None makes it a template; a run has a date of its own."""
    ends_by: dt.time | None = None
    """The promised end; None means start plus minutes."""
    cohort: str | None = None
    """Whose agreements and words these are; see `whose`."""
    programme: str | None = None
    number: int | None = None
    topic: str | None = None
    part: int | None = None
    parts: int | None = None
    series: str | None = None
    for_whom: str = ""
    about: str = ""
    carried_from: str | None = None
    carry_over: tuple[CaptureKind, ...] = ()
    team: tuple[Role, ...] = ()
    objectives: tuple[Objective, ...] = ()
    carried: tuple[Carried, ...] = ()
    offered: tuple[Offered, ...] = ()
    before: tuple[Preparation, ...] = ()
    after: Afterwards | None = None

    @property
    def whose(self) -> str:
        """The cohort that the sitting belongs to: written, or programme, series, own id."""
        return self.cohort or self.programme or self.series or self.id

    def segment(self, segment_id: str | None) -> Segment | None:
        """The segment of that id; None when there is none."""
        return next((s for s in self.segments if s.id == segment_id), None)

    def following(self, segment_id: str | None) -> Segment | None:
        """The segment planned after that one (the first after None); None at the end."""
        if segment_id is None:
            return self.segments[0] if self.segments else None
        ids = [s.id for s in self.segments]
        if segment_id not in ids:
            return None
        place = ids.index(segment_id) + 1
        return self.segments[place] if place < len(ids) else None
