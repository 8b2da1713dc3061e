"""What the journals of a sitting say that is over, beyond what its record says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from facilitate.core.harvest_view import harvest_view
from facilitate.core.merging import Key
from facilitate.core.record import RecordedEntry, SittingRecord, record_of
from facilitate.core.refusal import Refused
from facilitate.core.revising import ended_in, following, key_of
from facilitate.core.state import SessionState
from facilitate.session.history import read_state
from facilitate.session.line_sightings import record_copies
from facilitate.session.record_files import copies_of, on_disk, place_of
from facilitate.store.places import Places
from facilitate.store.records import RECORD


class AfterRecord(NamedTuple):
    """A sitting that is over: its record, and what its journals say now."""

    state: SessionState
    record: SittingRecord | None
    """None when there is none that can be read."""
    path: Path | None
    """The file of the record."""
    meant: SittingRecord
    """What its history says, without what waits for a decision."""
    next: SittingRecord
    """The record that would be written; the same as `record` when there is nothing late."""
    waiting: tuple[str, ...]
    """What people say of late lines that wait for a decision, and so stay out."""

    @property
    def late(self) -> tuple[str, ...]:
        """What people say of lines that came, changed or went after the record, by number."""
        before = self.record.entries if self.record else ()
        changed = (entry.id for entry in self.next.entries if entry not in before)
        known = self.record.taken_back if self.record else ()
        gone = (name for name in self.next.taken_back if name not in known)
        return tuple(dict.fromkeys((*changed, *gone)))

    def __repr__(self) -> str:
        """Which sitting it is, without what people said."""
        return f"<AfterRecord {self.meant.id}>"


def after_record(places: Places, sitting: str) -> AfterRecord:
    """What lies on this machine of a sitting that is over.

    Raises:
        OSError: when a file is there and cannot be read.
        Refused: when a newer version wrote some of it, or too little can be read.
    """
    state, report = read_state([places.own(sitting), places.seen(sitting)])
    if report.newer:
        raise Refused("A newer facilitate wrote some of the notes of this sitting.")
    if state.agenda is None or state.closed_at is None:
        raise Refused("The notes of this sitting cannot be read any more.")
    meant = record_of(replace(state, sitting=state.sitting or sitting), state.closed_at)
    record, path = _record(places, meant)
    meant, waiting = _without_waiting(state, meant, record)
    copies = copies_of(meant, places.record_roots)
    return AfterRecord(
        state=state,
        record=record,
        path=path,
        meant=meant,
        next=following(record, meant, ended_in(state), copies),
        waiting=waiting,
    )


def _record(places: Places, meant: SittingRecord) -> tuple[SittingRecord | None, Path | None]:
    """The record of a sitting: where it was written, or wherever someone moved it."""
    for root in places.record_roots:
        folder = root.joinpath(*place_of(meant))
        record = on_disk(folder)
        if record is not None and record.id == meant.id:
            return record, folder / RECORD
    for copy in record_copies(places):
        if copy.record.id == meant.id:
            return copy.record, copy.path
    return None, None


def _without_waiting(
    state: SessionState, meant: SittingRecord, before: SittingRecord | None
) -> tuple[SittingRecord, tuple[str, ...]]:
    """What may be written, and the names of new lines that wait for a decision.

    A line that the record has and about which there is a question now stays as it was. Of one
    whose words are not here, since they stay with the sitting, there is nothing to decide.
    """
    rows = harvest_view(state).waiting
    asked = {row.name for row in rows}
    known = _by_key(before.entries if before else ())
    entries = (
        entry if entry.id not in asked else known.get(key_of(entry)) for entry in meant.entries
    )
    names = {name for _, name in known}
    waiting = (row.name for row in rows if row.text and row.name not in names)
    return replace(meant, entries=tuple(filter(None, entries))), tuple(waiting)


def _by_key(entries: Iterable[RecordedEntry]) -> dict[Key, RecordedEntry]:
    return {key_of(entry): entry for entry in entries}
