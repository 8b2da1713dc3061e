"""What earlier sittings of a cohort hand on: a query of their records, never a copy of them.

The records are read once, oldest first. Of a line that several of them have the latest tells
how it stands; what was let go, withdrawn or has come to its end is carried no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, get_args

from facilitate.store.records import RECORD, find_records, read_record_folder

if TYPE_CHECKING:  # loaded where a cohort has something to carry; every start comes by here
    from facilitate.core.agenda import Agenda, Carried
    from facilitate.core.captures import EntryState
    from facilitate.core.carrying import CarriedLine, Inherited
    from facilitate.core.record import RecordedEntry, SittingRecord
    from facilitate.formats.record_toml import Remains
    from facilitate.store.places import Places

WRITTEN_OUT = "carried"
"""Stands for the sitting of a line that an agenda brings along without saying from where."""


def inherited(
    places: Places, cohort: str, agenda: Agenda, *, sitting: str | None = None
) -> Inherited | None:
    """What the records of a cohort, and an agenda's own `[[carry]]`, hand on to a sitting.

    Kinds are those of the agenda's `carry_over`, where it has one; a line that was promised
    another look comes whatever its kind. `sitting` is the id of the sitting itself: of one
    that is gone on with there may be a record already, and it hands nothing on to itself.
    Records that cannot be read are counted, and their numbers stay taken where they can be
    told. None where there is nothing to hand on, not even a number.
    """
    raws = list(_raw_records(places, sitting))
    if not raws and not agenda.carried:
        return None
    from facilitate.core.capture_line import clean

    records, remains = _read(raws, clean(cohort))
    records = [record for record in records if record.id != sitting]
    if not records and not remains and not agenda.carried:
        return None
    taken = max((0, *(one.last_number for one in remains)))
    found = _handed_on(sorted(records, key=_when), agenda, taken)
    return found._replace(unread=len(remains))


def _raw_records(places: Places, sitting: str | None) -> Iterator[bytes]:
    """The files of all records but the one of `sitting`; empty where one cannot be had."""
    for folder in find_records(places.records):
        if folder.name == sitting:
            continue
        try:
            yield read_record_folder(folder).get(RECORD, b"")
        except OSError:
            yield b""


def _read(raws: Iterable[bytes], cohort: str) -> tuple[list[SittingRecord], list[Remains]]:
    """The records of a cohort, and of those that cannot be read what may be its own."""
    from facilitate.formats import record_toml

    records, remains = [], []
    for raw in raws:
        record = record_toml.read_record(raw, RECORD).record
        if record is None:
            remains.append(record_toml.read_remains(raw))
        elif record.cohort == cohort:
            records.append(record)
    return records, [one for one in remains if one.cohort in (cohort, None)]


def _when(record: SittingRecord) -> tuple[str, str, str]:
    """Orders records by day, then by the time at which they began."""
    began = record.started.isoformat() if record.started else ""
    return record.date.isoformat(), began, record.id


# From records to lines


class _Life(NamedTuple):
    """One line through all records that have it."""

    sitting: str
    """Id of the sitting in which it was made."""
    number: int
    told: list[tuple[SittingRecord, RecordedEntry]]
    """What was recorded of it, oldest first; never empty."""


def _handed_on(records: list[SittingRecord], agenda: Agenda, taken: int) -> Inherited:
    """What these records hand on; numbers up to `taken` were given in others."""
    from facilitate.core.carrying import CARRIED_KINDS, Inherited

    lives = list(_lives(records).values())
    kinds = agenda.carry_over or CARRIED_KINDS
    lines = [
        line
        for line in map(_carried, filter(_stands, lives))
        if (line.kind in kinds or line.marks.when) and line.is_carried_on
    ]
    highest = max((taken, *(record.last_number for record in records)))
    lines += _written_out(agenda, lives, highest)
    return Inherited(
        lines=tuple(sorted(lines, key=lambda line: (line.number, line.id))),
        highest=max((highest, *(line.number for line in lines))),
        notes_kept=any(map(_kept_notes, records)),
    )


def _kept_notes(record: SittingRecord) -> bool:
    """Whether its group knew what is kept; before it was asked, it saw lines being kept."""
    return record.notes_kept or any(not entry.carried_from for entry in record.entries)


def _lives(records: Iterable[SittingRecord]) -> Mapping[tuple[str, str], _Life]:
    """By where it was made and its name, which stays the same from sitting to sitting.

    Of two lines that got one name at the same moment the first goes on.
    """
    lives: dict[tuple[str, str], _Life] = {}
    for record in records:
        for entry in record.entries:
            number = _number(entry)
            if number is None:
                continue
            sitting = entry.carried_from or record.id
            life = lives.setdefault((sitting, entry.id), _Life(sitting, number, []))
            if not life.told or life.told[-1][0] is not record:
                life.told.append((record, entry))
    return lives


def _number(entry: RecordedEntry) -> int | None:
    """The number in a name such as A12; None in one that does not fit its kind."""
    from facilitate.core.captures import KINDS

    letter = KINDS[entry.kind].letter.upper()
    found = re.fullmatch(rf"{letter}(\d{{1,6}})", entry.id, re.ASCII)
    return int(found[1]) if found else None


def _stands(life: _Life) -> bool:
    """Whether it did not leave the cohort in its latest record."""
    from facilitate.core.record import LEFT

    return life.told[-1][1].state not in LEFT


def _carried(life: _Life) -> CarriedLine:
    from facilitate.core.captures import Marks
    from facilitate.core.carrying import CarriedLine

    record, entry = life.told[-1]
    made = next((one for one, _ in life.told if one.id == life.sitting), None)
    return CarriedLine(
        sitting=life.sitting,
        number=life.number,
        kind=entry.kind,
        ring=entry.ring,
        state=_state(entry),
        text=entry.text,
        lineage=entry.lineage,
        marks=Marks(tags=entry.tags, facet=entry.facet, owner=entry.owner, when=entry.when),
        origin="carried" if entry.origin == "ours" else entry.origin,
        details=entry.details,
        adopted_round=entry.adopted,
        adopted_on=entry.adopted_on,
        since=record.date,
        topic=(made.topic or "") if made else "",
        part=made.part if made else None,
        earlier=_earlier(life),
    )


def _state(entry: RecordedEntry) -> EntryState:
    """Where a line stands; at its beginning where a later version has a word of its own."""
    from facilitate.core.captures import KINDS, EntryState

    known: tuple[EntryState, ...] = get_args(EntryState)
    return next((one for one in known if one == entry.state), KINDS[entry.kind].first)


def _earlier(life: _Life) -> tuple[str, ...]:
    """All wordings that it ever had in a record but the one it has now, oldest first."""
    texts = [
        text
        for _, entry in life.told
        for text in (*(w.text for w in (*entry.earlier, *entry.also)), entry.text)
    ]
    now = life.told[-1][1].text
    return tuple(text for text in dict.fromkeys(texts) if text not in ("", now))


# From an agenda


def _written_out(agenda: Agenda, lives: list[_Life], highest: int) -> list[CarriedLine]:
    """The agenda's own carried lines that no record has, neither their name nor their words."""
    entries = [entry for life in lives for _, entry in life.told]
    names = {(entry.kind, entry.id.casefold()) for entry in entries}
    words = {(entry.kind, entry.text.casefold()) for entry in entries}
    taken = {life.number for life in lives}
    lines = []
    for one in agenda.carried:
        named, said = one.id.casefold(), one.text.casefold()
        if (one.kind, named) in names or (one.kind, said) in words:
            continue
        number = _said_number(one, taken) or max((highest, *taken)) + 1
        taken.add(number)
        lines.append(_from_agenda(agenda, one, number))
    return lines


def _said_number(one: Carried, taken: set[int]) -> int | None:
    """The number that its id is, with a letter or without; None where that is taken, too."""
    found = re.fullmatch(r"[A-Za-z]?(\d{1,4})", one.id, re.ASCII)
    number = int(found[1]) if found else 0
    return None if number in (0, *taken) else number


def _from_agenda(agenda: Agenda, one: Carried, number: int) -> CarriedLine:
    from facilitate.core.capture_line import clean
    from facilitate.core.captures import KINDS, Marks
    from facilitate.core.carrying import CarriedLine

    return CarriedLine(
        sitting=agenda.carried_from or WRITTEN_OUT,
        number=number,
        kind=one.kind,
        ring="cohort",
        state=KINDS[one.kind].first,
        text=clean(one.text),
        marks=Marks(when=clean(one.due or "")),
    )
