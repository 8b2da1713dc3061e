"""What remains of a sitting: the record that is kept when the words around it are gone.

The record knows roles of nobody, rows of nobody and no one's order of speaking. It holds the
lines that the group let travel, the wordings they had before, and the day as it was planned
and as it was. Every text in it is one line without control characters.

What may enter is decided by where the words stood: only words that the open history carried,
while their line belonged to a ring wider than the sitting's. Words kept apart are not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal, cast, get_args

from facilitate.core.agenda import Agenda, CaptureKind, Kind, Place
from facilitate.core.capture_line import clean
from facilitate.core.captures import RINGS, Detail, Entry, Facet, Origin
from facilitate.core.clock_time import ZERO, local, minutes
from facilitate.core.entry_events import EntryTakenUp
from facilitate.core.entry_fold import taken_up
from facilitate.core.events import Recorded, RunOpened
from facilitate.core.progress import runs_of, used
from facilitate.core.refusal import Refused
from facilitate.core.schedule import Row, project
from facilitate.core.state import SessionState
from facilitate.core.travelling import Wording as Wording
from facilitate.core.travelling import Words, travelling
from facilitate.core.values import dataclass
from facilitate.core.whose import is_said_still

RecordRing = Literal["cohort", "team", "public"]
"""How far a kept line may travel. What belongs to the room or the sitting has no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEntry:
    """A line that the group made and kept."""

    id: str
    """What people say: `A12`. Two people may have given one number at the same time."""
    kind: CaptureKind
    state: str
    """Where it stood at the close: one of `captures.EntryState`, or a later version's word.

    Of a carried line also `let go` and `withdrawn`, when that happened here.
    """
    ring: RecordRing
    text: str
    """Empty for a carried line that was withdrawn here."""
    lineage: str = ""
    segment: str | None = None
    """Id of the part in which it was captured; None when it was in none."""
    tags: tuple[str, ...] = ()
    facet: Facet | None = None
    owner: str = ""
    """A role that takes it on, or whom a question is for; empty for none."""
    when: str = ""
    """When to look at it again: `next`, `part2`, `end`, `+6w`, a date; empty for never."""
    origin: Origin = "ours"
    carried_from: str = ""
    """Id of the sitting in which it was made; empty for this one."""
    belongs_with: str = ""
    """What people say of the line that it was said with; empty for a line of its own."""
    merged_into: str = ""
    """What people say of the line that it became a part of."""
    heard_again: int = 0
    adopted: int | None = None
    """The round of consent in which these words were adopted; None when they were not."""
    adopted_on: dt.date | None = None
    reaffirmed: bool = False
    """Whether this sitting said yes to a carried line again."""
    attribution: str = ""
    """Whose words they are, as far as they said yes to it; empty for nobody's in particular."""
    attribution_scope: RecordRing | None = None
    """How far that yes goes."""
    details: tuple[Detail, ...] = ()
    """In the order in which they were told, each name once."""
    also: tuple[Wording, ...] = ()
    """Wordings that hold beside `text`, because two people reworded at once; oldest first."""
    earlier: tuple[Wording, ...] = ()
    """Wordings it had before, each once, oldest first."""
    added: dt.date | None = None
    """The day on which it was added to a record whose journals were gone; None otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSegment:
    """One part of the day, as planned and as it was. Times have the offset of their day."""

    id: str
    title: str
    kind: Kind
    status: str
    """`done`, `cut short`, `skipped` (left out), `passed over` (the day went past it) or
    `carried` (not finished). While the sitting goes on also one of `progress.Status`.
    """
    planned_minutes: int
    actual_minutes: int
    """What it had without its pauses, to the nearest minute; 0 when it never began."""
    planned_start: dt.datetime
    planned_end: dt.datetime
    started: dt.datetime | None = None
    """None when it never began."""
    ended: dt.datetime | None = None
    """None when it never began, and while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRecord:
    """Everything that is kept of one sitting. Times have the offset of their day."""

    id: str
    """The id of the sitting: date, agenda and four random characters."""
    title: str
    subtitle: str = ""
    date: dt.date
    """In `timezone`."""
    timezone: str
    """An IANA name."""
    cohort: str
    """Whose words these are."""
    programme: str | None = None
    number: int | None = None
    """Its place in the programme, from 1; None outside of one."""
    topic: str | None = None
    series: str | None = None
    part: int | None = None
    parts: int | None = None
    place: Place
    for_whom: str = ""
    objectives: tuple[str, ...] = ()
    """What the sitting was for, in the order of the agenda."""
    started: dt.datetime | None = None
    """None when nothing ever began."""
    ended: dt.datetime | None = None
    """None while the sitting goes on."""
    last_number: int
    """The highest number that any line ever had, kept or not; it is never given again."""
    app: str
    """Version of the program that opened the sitting."""
    revision: int
    """1 for the first record; a later one takes its place."""
    notes_kept: bool = False
    """Whether the group heard what the notebook keeps, and said yes."""
    taken_back: tuple[str, ...] = ()
    """What people say of lines that no record of this sitting may have again, by number. Their
    words are gone, also where an older copy of the record turns up."""
    segments: tuple[RecordedSegment, ...] = ()
    """In the order of the plan."""
    entries: tuple[RecordedEntry, ...] = ()
    """By number."""

    @property
    def kept(self) -> tuple[RecordedEntry, ...]:
        """The entries that still stand: without carried ones that ended here."""
        return tuple(entry for entry in self.entries if entry.state not in LEFT)


LEFT = frozenset({"let go", "withdrawn"})
"""States of carried lines that are told so that the cohort learns that they went."""


def record_of(state: SessionState, now: dt.datetime) -> SittingRecord:
    """The record of a sitting; `now` (UTC) matters only while it goes on.

    Of a closed sitting it is a function of the history alone. Its revision is the one after
    the revision that the history knows.

    Raises:
        Refused: when no agenda was opened yet.
    """
    agenda, projection = state.agenda, project(state, now)
    if agenda is None or state.date is None or projection is None:
        raise Refused("No sitting was opened here, so there is nothing to keep.")
    return SittingRecord(
        id=clean(state.sitting or ""),
        title=clean(agenda.title),
        subtitle=clean(agenda.subtitle),
        date=state.date,
        timezone=agenda.timezone,
        cohort=clean(state.cohort or agenda.whose),
        programme=_clean(agenda.programme),
        number=agenda.number,
        topic=_clean(agenda.topic),
        series=_clean(agenda.series),
        part=agenda.part,
        parts=agenda.parts,
        place=agenda.place,
        for_whom=clean(agenda.for_whom),
        objectives=tuple(clean(objective.text) for objective in agenda.objectives),
        started=_wall(agenda, state.started_at),
        ended=_wall(agenda, state.closed_at),
        last_number=_last_number(state),
        app=_app(state.history),
        revision=state.revision + 1,
        notes_kept=state.notes_kept is True,
        segments=tuple(_segment(state, agenda, row, now) for row in projection.rows),
        entries=_entries(state),
    )


def _clean(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _app(history: Iterable[Recorded]) -> str:
    """The version that opened the sitting, so that everyone who closes writes the same."""
    openings = (r.event for r in history if isinstance(r.event, RunOpened))
    return next((clean(opening.app) for opening in openings if opening.agenda is not None), "")


def _last_number(state: SessionState) -> int:
    """From the history alone, so that everyone who closes writes the same."""
    numbers: list[int] = [getattr(r.event, "number", 0) for r in state.history]
    return max(state.numbers_from - 1, *numbers)


# The day


def _wall(agenda: Agenda, instant: dt.datetime | None) -> dt.datetime | None:
    return None if instant is None else _on_clock(agenda, instant)


def _on_clock(agenda: Agenda, instant: dt.datetime) -> dt.datetime:
    """What the clocks of the agenda's zone showed: whole seconds, and the offset of that day.

    Offsets are whole minutes, which is all that a file can hold.
    """
    offset = local(agenda, instant).utcoffset() or ZERO
    zone = dt.timezone(offset // minutes(1) * minutes(1))
    return instant.astimezone(zone).replace(microsecond=0)


def _segment(
    state: SessionState, agenda: Agenda, row: Row, now: dt.datetime
) -> RecordedSegment:
    segment, runs = row.segment, runs_of(state, row.segment.id)
    return RecordedSegment(
        id=clean(segment.id),
        title=clean(segment.title),
        kind=segment.kind,
        status=row.status,
        planned_minutes=segment.minutes,
        actual_minutes=(used(state, segment.id, now) + minutes(0.5)) // minutes(1),
        planned_start=_on_clock(agenda, row.part.start),
        planned_end=_on_clock(agenda, row.part.end),
        started=_wall(agenda, runs[0].start if runs else None),
        ended=_wall(agenda, runs[-1].end if runs else None),
    )


# What the group made


def _entries(state: SessionState) -> tuple[RecordedEntry, ...]:
    words = travelling(state.history)
    told = sorted(filter(_is_told, state.entries.values()), key=lambda e: (e.number, e.id))
    kept = (_entry(state, entry, words.get(entry.id, {})) for entry in told)
    return tuple(entry for entry in kept if entry is not None)


def _is_told(entry: Entry) -> bool:
    """Whether a line may be in a record: what is shown, and all that was done to carried ones.

    Of those the cohort has to learn that they were let go or withdrawn.
    """
    return entry.touched and bool(entry.carried_from or entry.is_shown)


def _entry(state: SessionState, entry: Entry, words: Words) -> RecordedEntry | None:
    """The entry with the wordings that may travel; None when it has none of them."""
    if entry.let_go and not (entry.withdrawn or entry.taken_back):
        entry = _as_it_came(state, entry)
    versions = [version.id for version in entry.versions if version.id in words]
    if entry.ring == "sitting" or not versions:
        return None
    if entry.withdrawn or entry.taken_back:
        return RecordedEntry(
            id=entry.name, kind=entry.kind, state="withdrawn", ring=entry.ring, text="",
            origin=entry.origin, carried_from=clean(entry.carried_from),
        )  # fmt: skip
    holding = [v for v in versions if v not in entry.superseded] or versions[-1:]
    now = [words[v] for v in holding]
    before = (words[v] for v in versions if v not in holding)
    return RecordedEntry(
        id=entry.name,
        kind=entry.kind,
        state="let go" if entry.let_go else entry.state,
        ring=entry.ring,
        text=now[-1].text,
        lineage=now[-1].lineage,
        segment=_clean(entry.segment),
        also=tuple(now[:-1]),
        # Giving a line to a wider ring repeats its words; that is no earlier wording.
        earlier=tuple(dict.fromkeys(wording for wording in before if wording not in now)),
        **_about(state, entry),
    )


def _as_it_came(state: SessionState, entry: Entry) -> Entry:
    """A line that was carried here and let go, without what was said of it in between."""
    events = (r.event for r in state.history)
    came = (taken_up(event) for event in events if isinstance(event, EntryTakenUp))
    line = next(line for line in came if line.id == entry.id)
    ring = min(line.ring, entry.ring, key=RINGS.index)
    return line._replace(ring=ring, let_go=True)


def _about(state: SessionState, entry: Entry) -> dict[str, Any]:
    """What a record tells of a line beyond its words."""
    marks, adopted = entry.marks, entry.adopted
    holds = adopted is not None and entry.version.id in adopted.versions
    said, scope = _attributed(state, entry)
    return {
        "tags": tuple(map(clean, marks.tags)),
        "facet": marks.facet,
        "owner": clean(marks.owner),
        "when": clean(marks.when),
        "origin": entry.origin,
        "carried_from": clean(entry.carried_from),
        "belongs_with": _name_of(state, entry.belongs_with),
        "merged_into": _name_of(state, entry.merged_into),
        "heard_again": entry.heard_again,
        "adopted": adopted.round if adopted and holds else None,
        "adopted_on": adopted.on if adopted and holds else None,
        "reaffirmed": entry.reaffirmed,
        "attribution": said,
        "attribution_scope": scope,
        "details": _details(entry),
    }


def _details(entry: Entry) -> tuple[Detail, ...]:
    """What was told of it; a name that is nothing when it is fit to be shown tells nothing."""
    told = {clean(name): clean(text) for name, text in entry.told.items()}
    return tuple(Detail(name=name, text=text) for name, text in told.items() if name and text)


def _attributed(state: SessionState, entry: Entry) -> tuple[str, RecordRing | None]:
    """Whose words they are, and how far; nothing without a yes that goes beyond the sitting.

    Nor after a rewording: nobody is named with words that they never said yes to.
    """
    said = entry.attribution
    if said is None or said.scope not in get_args(RecordRing):
        return "", None
    if not is_said_still(state.history, entry):
        return "", None
    return clean(said.text or "") or THE_GROUP, cast("RecordRing", said.scope)


THE_GROUP = "the group"
"""Whose words they are when everyone said yes to it together."""


def _name_of(state: SessionState, entry: str | None) -> str:
    found = state.entries.get(entry or "")
    return found.name if found else ""
