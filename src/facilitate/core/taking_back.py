"""A line that is taken back for good: where it stands, and what is left without it.

People say `A12`, and files know lines by other names: the journals by the record that brought
one, a record by its name and the sitting that it was made in. Both are seen as the same here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean
from facilitate.core.captures import KINDS
from facilitate.core.entry_events import (
    WITH_WORDS,
    ConcernNoted,
    EntryAdded,
    EntryDescribed,
    EntryTakenUp,
    WordsKeptApart,
)
from facilitate.core.events import Recorded, RunOpened, SegmentStarted
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.revising import in_spoken_order
from facilitate.core.threads import SittingFacts, ThreadKey, facts
from facilitate.core.travelling import line_told


class Sighting(NamedTuple):
    """A line in one place: in a copy of a record, or in the journals of a sitting."""

    place: str
    """What tells the place from others; two lines in one place are two lines."""
    sitting: SittingFacts
    """Of the record or the journals."""
    made: str
    """Id of the sitting that it was made in."""
    name: str
    """What people say: `A12`."""
    kind: CaptureKind
    words: tuple[str, ...]
    """The wordings that it has or had there, the latest last; empty when they are gone."""
    more: tuple[str, ...] = ()
    """What was told of it beyond them, and what someone saw in it."""
    state: str = ""
    """Where it stands there; empty where only its history is there."""
    entry: str = ""
    """Its id in the journals; empty in a record."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Sighting {self.name}>"


class Line(NamedTuple):
    """One line of a cohort, wherever something of it stands."""

    made: str
    """Id of the sitting that it was made in; of that one nothing need be left."""
    name: str
    sightings: tuple[Sighting, ...]
    """By sitting, the oldest first; never empty."""
    is_twin: bool = False
    """Whether another line of that sitting has the same name."""

    @property
    def key(self) -> ThreadKey:
        """What tells it from other lines, but for a twin."""
        return ThreadKey(self.made, self.name)

    @property
    def latest(self) -> Sighting:
        """Where it was last worked with, of those places that still have its words."""
        with_words = [one for one in self.sightings if one.words]
        return (with_words or self.sightings)[-1]

    @property
    def text(self) -> str:
        """Its words as they are now; empty when they are gone."""
        return self.latest.words[-1] if self.latest.words else ""

    @property
    def sittings(self) -> tuple[SittingFacts, ...]:
        """Those that have something of it, each once, the oldest first."""
        return tuple({one.sitting.id: one.sitting for one in self.sightings}.values())

    @property
    def taking_back(self) -> TakingBack:
        """What is to go with it."""
        said = (text for one in self.sightings for text in (*one.words, *one.more))
        return TakingBack(
            made=self.made,
            name=self.name,
            cohort=self.latest.sitting.cohort,
            is_twin=self.is_twin,
            sittings=tuple(sitting.id for sitting in self.sittings),
            entries=tuple((one.sitting.id, one.entry) for one in self.sightings if one.entry),
            words=tuple(dict.fromkeys(said)),
        )

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Line {self.name}>"


class TakingBack(NamedTuple):
    """What is to go, as it is noted until all of it has gone."""

    made: str
    """Id of the sitting that the line was made in."""
    name: str
    cohort: str
    """Empty where that is not known."""
    is_twin: bool = False
    """Whether another line of that sitting has the same name; words tell them apart then."""
    sittings: tuple[str, ...] = ()
    """Ids of those that have something of it."""
    entries: tuple[tuple[str, str], ...] = ()
    """What it is called in journals: id of a sitting, and of the line there."""
    words: tuple[str, ...] = ()
    """Everything that people said in it and of it."""

    def with_more(self, other: TakingBack) -> TakingBack:
        """This with what else is known of the same line."""
        return self._replace(
            is_twin=self.is_twin or other.is_twin,
            sittings=tuple(dict.fromkeys((*self.sittings, *other.sittings))),
            entries=tuple(dict.fromkeys((*self.entries, *other.entries))),
            words=tuple(dict.fromkeys((*self.words, *other.words))),
        )

    def is_called(self, cohort: str, made: str, name: str) -> bool:
        """Whether a line of a cohort is this one, or its twin.

        An agenda may bring its lines to several cohorts, to each under the same name.
        """
        return (made, name) == (self.made, self.name) and self.cohort in ("", cohort)

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<TakingBack {self.name}>"


# Where it stands


def in_record(place: str, record: SittingRecord) -> Iterator[Sighting]:
    """The lines of a copy of a record, and the names of those that were taken back."""
    sitting = facts(record)
    for entry in record.entries:
        wordings = (*entry.earlier, *entry.also)
        yield Sighting(
            place=place,
            sitting=sitting,
            made=entry.carried_from or record.id,
            name=entry.id,
            kind=entry.kind,
            words=_said([*(wording.text for wording in wordings), entry.text]),
            more=_said(told.text for told in entry.details),
            state=entry.state,
        )
    for name in record.taken_back:
        kind = _KINDS.get(name[:1].upper(), "agreement")
        yield Sighting(place, sitting, record.id, name, kind, (), state=TAKEN_BACK)


TAKEN_BACK = "taken back"
"""Stands where the state of a line would, in a record that has only its name."""

_KINDS = {rules.letter.upper(): kind for kind, rules in KINDS.items()}


def in_journals(
    place: str, sitting: SittingFacts, history: Iterable[Recorded]
) -> Iterator[Sighting]:
    """The lines that some records of journals tell of, undone ones too.

    They may come twice and in any order. Of a line whose first record is not among them
    nothing can be told.
    """
    events = sorted(history, key=lambda recorded: recorded.order)
    told: dict[str, list[Recorded]] = {}
    for recorded in events:
        if entry := line_told(recorded):
            told.setdefault(entry, []).append(recorded)
    for entry, of_it in told.items():
        found = (r.event for r in of_it if isinstance(r.event, EntryAdded | EntryTakenUp))
        first = next(found, None)
        if first is not None:
            yield Sighting(
                place=place,
                sitting=sitting,
                made=first.sitting if isinstance(first, EntryTakenUp) else sitting.id,
                name=f"{KINDS[first.kind].letter.upper()}{first.number}",
                kind=first.kind,
                words=_said(_wordings(of_it)),
                more=_said(_beyond(of_it)),
                entry=entry,
            )


def _wordings(history: Iterable[Recorded]) -> Iterator[str]:
    for recorded in history:
        if isinstance(recorded.event, (*WITH_WORDS, WordsKeptApart)):
            yield recorded.event.text or ""


def _beyond(history: Iterable[Recorded]) -> Iterator[str]:
    for recorded in history:
        event = recorded.event
        if isinstance(event, EntryDescribed | ConcernNoted):
            yield event.text
        elif isinstance(event, EntryTakenUp):
            yield from (told.text for told in event.details)


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    """What there is of some texts, each once; what was said again counts as said last."""
    last = dict.fromkeys(reversed([clean(text) for text in texts]))
    return tuple(reversed([text for text in last if text]))


def facts_in(sitting: str, history: Iterable[Recorded]) -> SittingFacts:
    """Which sitting some records of journals are of, as far as they tell it; no record needed.

    `sitting` is its id, which begins with its date.
    """
    events = [recorded.event for recorded in history]
    opened = (e for e in events if isinstance(e, RunOpened) and e.agenda is not None)
    opening = next(opened, None)
    starts = [event.at for event in events if isinstance(event, SegmentStarted)]
    began = min(starts).isoformat() if starts else ""
    if opening is None or opening.agenda is None:
        return SittingFacts(sitting, _date_of(sitting), began, title="", cohort="")
    agenda = opening.agenda
    return SittingFacts(
        id=sitting,
        date=opening.date or _date_of(sitting),
        began=began,
        title=clean(agenda.subtitle or agenda.title),
        cohort=clean(opening.cohort or agenda.whose),
    )


def _date_of(sitting: str) -> dt.date:
    try:
        return dt.date.fromisoformat(sitting[:10])
    except ValueError:
        return dt.date.min


# Which line it is


def lines_of(sightings: Iterable[Sighting]) -> tuple[Line, ...]:
    """The lines that some sightings are of, by when the sitting was that has them first.

    Two lines of one sitting may have got one name at the same moment; their words tell them
    apart then, and what has no words is of neither.
    """
    found: dict[tuple[str, str, str], list[Sighting]] = {}
    for one in sorted(sightings, key=lambda one: (one.sitting.place, one.place)):
        found.setdefault((one.sitting.cohort, one.made, one.name), []).append(one)
    return tuple(
        Line(made, name, tuple(of_one), is_twin=len(apart) > 1)
        for (_, made, name), of_name in found.items()
        for apart in [_apart(of_name)]
        for of_one in apart
    )


def _apart(sightings: list[Sighting]) -> list[list[Sighting]]:
    """The sightings of one name, parted where one place has two lines of it."""
    places = [one.place for one in sightings if one.words]
    if len(places) == len(set(places)):
        return [sightings]
    lines: list[list[Sighting]] = []
    for one in sightings:
        same = [line for line in lines if any(_share(one, other) for other in line)]
        if one.words:
            lines = [line for line in lines if line not in same]
            lines.append([*(other for line in same for other in line), one])
    return lines


def _share(one: Sighting, other: Sighting) -> bool:
    return bool(set(one.words) & set(other.words))


def still_there(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without those of which only the name is left while others have their words.

    Of several with one name in a cohort, all of them taken back, the oldest is meant: later
    sittings brought it along.
    """
    there = tuple(lines)
    with_words = [line for line in there if line.latest.state != TAKEN_BACK]
    return tuple(with_words) or there[:1]


# What is left without it


def has(record: SittingRecord, line: TakingBack) -> bool:
    """Whether a record has a line."""
    return any(_is_of(line, record, entry) for entry in record.entries)


def _is_of(line: TakingBack, record: SittingRecord, entry: RecordedEntry) -> bool:
    made = entry.carried_from or record.id
    if not line.is_called(record.cohort, made, entry.id):
        return False
    said = {entry.text, *(wording.text for wording in (*entry.earlier, *entry.also))}
    return not line.is_twin or bool(said & set(line.words))


def without(record: SittingRecord, line: TakingBack) -> SittingRecord:
    """A record as it is without a line; its revision stays.

    The name of the line enters `taken_back`, unless another line of the record has it, too.
    Then an older copy of the record could bring the line back.
    """
    entries = tuple(entry for entry in record.entries if not _is_of(line, record, entry))
    if any(entry.id == line.name for entry in entries):
        return replace(record, entries=entries)
    return replace(
        record,
        entries=tuple(_without_name(entry, line.name) for entry in entries),
        taken_back=in_spoken_order((*record.taken_back, line.name)),
    )


def _without_name(entry: RecordedEntry, name: str) -> RecordedEntry:
    """An entry that does not say any more that it has to do with the line of that name."""
    if name not in (entry.belongs_with, entry.merged_into):
        return entry
    return replace(
        entry,
        belongs_with="" if entry.belongs_with == name else entry.belongs_with,
        merged_into="" if entry.merged_into == name else entry.merged_into,
    )
