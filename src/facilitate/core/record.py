"""What remains of a sitting: the record that is kept when the words around it are gone.

The record knows roles of nobody, rows of nobody and no one's order of speaking. It holds the
lines that the group let travel, the wordings they had before, and the day as it was planned
and as it was. Every text in it is one line without control characters.

What may enter is decided by where the words stood: only words that the open history carried,
while their line belonged to a ring wider than the sitting's. Words kept apart are not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from facilitate.core.agenda import Agenda, CaptureKind, Kind, Place
from facilitate.core.capture_line import clean
from facilitate.core.captures import Entry, shown
from facilitate.core.clock_time import ZERO, local, minutes
from facilitate.core.events import (
    EntryAdded,
    EntryRaised,
    EntryReworded,
    Recorded,
    Ring,
    RunOpened,
    Undone,
)
from facilitate.core.progress import runs_of, used
from facilitate.core.refusal import Refused
from facilitate.core.schedule import Row, project
from facilitate.core.state import SessionState
from facilitate.core.values import dataclass

RecordRing = Literal["cohort", "team", "public"]
"""How far a kept line may travel. What belongs to the room or the sitting has no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that a line has, or had."""

    text: str
    lineage: str = ""
    """People, traditions or texts that it stands on; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEntry:
    """A line that the group made and kept."""

    id: str
    """What people say: `A12`. Two people may have given one number at the same time."""
    kind: CaptureKind
    state: str
    """Where it stood at the close; one of `captures.EntryState`, or a later version's word."""
    ring: RecordRing
    text: str
    lineage: str = ""
    segment: str | None = None
    """Id of the part in which it was captured; None when it was in none."""
    also: tuple[Wording, ...] = ()
    """Wordings that hold beside `text`, because two people reworded at once; oldest first."""
    earlier: tuple[Wording, ...] = ()
    """Wordings it had before, each once, oldest first."""


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
    segments: tuple[RecordedSegment, ...] = ()
    """In the order of the plan."""
    entries: tuple[RecordedEntry, ...] = ()
    """By number."""


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
    numbers = (r.event.number for r in state.history if isinstance(r.event, EntryAdded))
    return max(numbers, default=state.numbers_from - 1)


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

Words = Mapping[str, Wording]
"""The wordings of one entry that may travel, by version id."""


def _entries(state: SessionState) -> tuple[RecordedEntry, ...]:
    words = _travelling(state.history)
    kept = (_entry(entry, words.get(entry.id, {})) for entry in shown(state.entries.values()))
    return tuple(entry for entry in kept if entry is not None)


def _entry(entry: Entry, words: Words) -> RecordedEntry | None:
    """The entry with the wordings that may travel; None when it has none of them."""
    versions = [version.id for version in entry.versions if version.id in words]
    if entry.ring == "sitting" or not versions:
        return None
    holding = [v for v in versions if v not in entry.superseded] or versions[-1:]
    now = [words[v] for v in holding]
    before = (words[v] for v in versions if v not in holding)
    return RecordedEntry(
        id=entry.name,
        kind=entry.kind,
        state=entry.state,
        ring=entry.ring,
        text=now[-1].text,
        lineage=now[-1].lineage,
        segment=_clean(entry.segment),
        also=tuple(now[:-1]),
        # Giving a line to a wider ring repeats its words; that is no earlier wording.
        earlier=tuple(dict.fromkeys(wording for wording in before if wording not in now)),
    )


def _travelling(history: Iterable[Recorded]) -> Mapping[str, Words]:
    """The words that may travel, by entry id.

    A line that comes into the sitting's ring, or back to it, has none from before.
    """
    events = tuple(history)
    undone = {r.event.event for r in events if isinstance(r.event, Undone)}
    rings: dict[str, Ring] = {}
    words: dict[str, dict[str, Wording]] = {}
    for recorded in events:
        event = recorded.event
        if recorded.id in undone or not isinstance(event, _WITH_WORDS):
            continue
        entry = recorded.id if isinstance(event, EntryAdded) else event.entry
        if not isinstance(event, EntryReworded):
            rings[entry] = event.ring
        text = clean(event.text or "")
        if rings.get(entry, "sitting") == "sitting":
            words[entry] = {}
        elif text:
            wording = Wording(text=text, lineage=clean(event.lineage))
            words.setdefault(entry, {})[recorded.id] = wording
    return words


_WITH_WORDS = (EntryAdded, EntryReworded, EntryRaised)


def gone(state: SessionState) -> frozenset[str]:
    """Ids of the records whose words are to leave the journals once the record is written.

    They are the words that were undone, taken back or let go, and all of a line that never
    left the sitting's ring. Withdrawn lines stay, since they may be restored.
    """
    undone = {r.event.event for r in state.history if isinstance(r.event, Undone)}
    found = []
    for recorded in state.history:
        event = recorded.event
        if not isinstance(event, _WITH_WORDS) or not event.text:
            continue
        entry = recorded.id if isinstance(event, EntryAdded) else event.entry
        if recorded.id in undone or entry in undone or _is_gone(state.entries.get(entry)):
            found.append(recorded.id)
    return frozenset(found)


def _is_gone(entry: Entry | None) -> bool:
    return entry is not None and (entry.taken_back or entry.let_go or entry.ring == "sitting")
