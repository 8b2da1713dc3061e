"""Lines that come after the record of their sitting, and one that is added to it by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from facilitate.core.capture_line import NewLine, Nothing, read_line
from facilitate.core.events import RecordWritten
from facilitate.core.merging import spoken_order
from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.revising import ended_in, with_added
from facilitate.core.travelling import gone
from facilitate.session.after_record import AfterRecord, after_record
from facilitate.session.finished import is_finished
from facilitate.session.history import read_state
from facilitate.session.line_sightings import record_copies
from facilitate.session.noting import note
from facilitate.session.record_files import WrittenRecord, put_record, read_file, rewrite
from facilitate.session.taking_out import take_out
from facilitate.store.places import Places
from facilitate.store.shown import held


@dataclass(frozen=True, slots=True, kw_only=True)
class LateNotes:
    """What colleagues wrote in a sitting and what its record has not."""

    sitting: str
    title: str
    """What tells it from its neighbours."""
    date: dt.date
    count: int
    """How many lines came, changed or went; those that wait are not among them. 0 also where
    only numbers were given that the record does not know of."""
    names: tuple[str, ...]
    """What people say of them, by number."""
    waiting: tuple[str, ...] = ()
    """Lines that wait for a decision: they stay out of the record."""


# Of others


def late_notes(places: Places) -> tuple[LateNotes, ...]:
    """The sittings of this machine that are over and have late notes, by id.

    One without notes of others costs a look into its folder. What cannot be read has none.
    """
    return tuple(
        LateNotes(
            sitting=sitting,
            title=found.meant.subtitle or found.meant.title,
            date=found.meant.date,
            count=len(found.late),
            names=found.late,
            waiting=found.waiting,
        )
        for sitting, found in _over_with_others(places)
        if found.waiting or found.next != found.record
    )


def _over_with_others(places: Places) -> Iterator[tuple[str, AfterRecord]]:
    for path in sorted(places.sittings.glob("[!.]*/seen")):
        sitting = path.parent.name
        try:
            if any(path.glob("*.jsonl")) and is_finished(places.own(sitting)):
                yield sitting, after_record(places, sitting)
        except (OSError, Refused):
            continue


def take_in(places: Places, sitting: str, now: dt.datetime) -> WrittenRecord:
    """Write the record of a sitting again, with its late notes; `now` is UTC.

    What waits for a decision stays out. Where the record is gone it is made again. What was
    taken back in late notes leaves the journals.

    Raises:
        NotVerified: when it does not read back as it was meant.
        OSError: when it cannot be written; the record before can then still be read.
        Refused: when the sitting is held, or goes on, and when the record may not be replaced.
    """
    if sitting in held(places.show):
        raise Refused("This sitting is held in another window. Leave it there first.")
    if not is_finished(places.own(sitting)):
        raise Refused("This sitting has no record yet; close it, then it is made.")
    found = after_record(places, sitting)
    if found.path is None:
        roots = places.record_roots
        written = put_record(found.meant, ended_in(found.state), places.records, roots)
    else:
        if found.next != found.record:
            rewrite(found.path, found.next)
        written = WrittenRecord(folder=found.path.parent, revision=found.next.revision)
    if written.revision != found.state.revision:
        event = RecordWritten(revision=written.revision)
        note(places.own(sitting), event, found.state.history, now)
    for folder in (places.own(sitting), places.seen(sitting)):
        take_out(folder, gone(found.state))
    return written


# By hand


class AddedLine(NamedTuple):
    """A line that was added to a record."""

    name: str
    """What people say of it."""
    written: WrittenRecord


def add_line(places: Places, sitting: str, text: str, now: dt.datetime) -> AddedLine:
    """Add a line to the record of a sitting that is over; its journals may be gone.

    Args:
        places: where the record lies.
        sitting: its id.
        text: the line, as it is typed on the capture line: `a: One mic <- the elders`.
        now: UTC; the line says that it was added on the day of the sitting's own clocks.

    Raises:
        NotVerified: when the record does not read back as it was meant.
        OSError: when it cannot be written; the record before can then still be read.
        Refused: when there is no such record, when it may not be replaced, and when it is no
            line that can be added.
    """
    found = next((one for one in record_copies(places) if one.record.id == sitting), None)
    if found is None or (record := read_file(found.path)) is None:
        raise Refused("There is no record of this sitting here to which a line can be added.")
    line = _new_line(record, text)
    number = _first_free(places, record)
    added = with_added(record, line, number=number, on=_day(record, now))
    rewrite(found.path, added)
    (name,) = {entry.id for entry in added.entries} - {entry.id for entry in record.entries}
    return AddedLine(name, WrittenRecord(folder=found.path.parent, revision=added.revision))


def _new_line(record: SittingRecord, text: str) -> NewLine:
    numbers = {spoken_order(entry.id)[0] for entry in record.kept}
    line = read_line(text, None, numbers)
    if isinstance(line, Nothing):
        raise Refused("There are no words to add.")
    if not isinstance(line, NewLine):
        raise Refused(
            "Only a new line can be added to a record. Other words for one that is there are "
            "for the next sitting, and what is for the room is kept nowhere."
        )
    return line


def _first_free(places: Places, record: SittingRecord) -> int:
    """The number after all that the lines of its cohort ever had, as far as is known here."""
    same = (copy.record for copy in record_copies(places))
    known = [one.last_number for one in same if one.cohort == record.cohort]
    return max([*known, *_running(places, record.cohort)]) + 1


def _running(places: Places, cohort: str) -> Iterator[int]:
    """The highest numbers of sittings of a cohort that have no record yet."""
    for folder in sorted(places.sittings.glob("[!.]*")):
        own = places.own(folder.name)
        try:
            if not is_finished(own):
                state, _ = read_state([own, places.seen(folder.name)])
                if state.agenda is not None and (state.cohort or state.agenda.whose) == cohort:
                    _check_left(places, folder.name)
                    yield state.next_number - 1
        except OSError:
            continue


def _check_left(places: Places, sitting: str) -> None:
    """Nothing, unless a sitting is held: its next line would get the same number."""
    if sitting in held(places.show):
        raise Refused(
            "A sitting of this cohort is held now. Add the line there, or when it was left."
        )


def _day(record: SittingRecord, now: dt.datetime) -> dt.date:
    try:
        return now.astimezone(ZoneInfo(record.timezone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # it is only a name in a file
        return now.date()
