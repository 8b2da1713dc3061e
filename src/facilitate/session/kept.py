"""Everything that is kept of closed sittings, wherever it lies and however many copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from facilitate.core.merging import differ, merged
from facilitate.core.record import SittingRecord
from facilitate.core.threads import SittingFacts, facts
from facilitate.formats import record_toml
from facilitate.formats.characters import printable
from facilitate.formats.record_toml import Remains
from facilitate.store.places import Places
from facilitate.store.records import RECORD, find_record_files


class KeptSitting(NamedTuple):
    """A sitting with at least one record that can be read."""

    facts: SittingFacts
    folder: Path
    """Of the file that counts."""
    files: tuple[Path, ...]
    """Every record of it, the one that counts first."""
    lines: int
    """How many lines were kept."""
    last_number: int
    notes_kept: bool
    """Whether its group knew what is kept."""
    said: tuple[str, ...] = ()
    """What someone should know of its files, a sentence each."""


class Unread(NamedTuple):
    """A file that should be a record and cannot be read."""

    path: Path
    trouble: str
    """Why, and what to do; fit to be printed."""
    remains: Remains


class Kept:
    """All records of a machine and of the folder that its team shares."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def sittings(self) -> tuple[KeptSitting, ...]:
        """What is kept, the oldest first."""
        found = (_sitting(files) for files in self._by_sitting().values())
        return tuple(sorted(found, key=lambda one: one.facts.place))

    def unread(self) -> tuple[Unread, ...]:
        """The files that cannot be read, by path."""
        return tuple(one for one in self._files() if isinstance(one, Unread))

    def records(self, cohort: str | None = None) -> tuple[SittingRecord, ...]:
        """The records of a cohort, or all of them, one for each sitting; the oldest first."""
        found = (merged([one.record for one in f]) for f in self._by_sitting().values())
        meant = (record for record in found if cohort in (None, record.cohort))
        return tuple(sorted(meant, key=lambda record: facts(record).place))

    def record(self, sitting: str) -> SittingRecord | None:
        """The record of one sitting; None when none can be read."""
        files = self._by_sitting().get(sitting)
        return merged([one.record for one in files]) if files else None

    def _by_sitting(self) -> dict[str, list[_File]]:
        found: dict[str, list[_File]] = {}
        for one in self._files():
            if isinstance(one, _File):
                found.setdefault(one.record.id, []).append(one)
        return found

    def _files(self) -> Iterator[_File | Unread]:
        for root in self._places.record_roots:
            yield from map(_file, find_record_files(root))


class _File(NamedTuple):
    path: Path
    record: SittingRecord


def _file(path: Path) -> _File | Unread:
    shown = printable(str(path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Unread(path, f"{shown} cannot be read ({error.strerror}).", Remains(None, 0))
    reading = record_toml.read_record(raw, shown)
    if reading.record is not None:
        return _File(path, reading.record)
    trouble = "\n".join(str(p) for p in reading.problems if p.level == "error")
    return Unread(path, trouble, record_toml.read_remains(raw))


def _sitting(files: list[_File]) -> KeptSitting:
    files = sorted(files, key=_rank)
    record = merged([one.record for one in files])
    return KeptSitting(
        facts=facts(record),
        folder=files[0].path.parent,
        files=tuple(one.path for one in files),
        lines=len(record.kept),
        last_number=record.last_number,
        notes_kept=record.notes_kept or any(not e.carried_from for e in record.entries),
        said=tuple(_said(files)),
    )


def _rank(one: _File) -> tuple[int, bool, str]:
    """The highest revision first, and of several the one that has the name it was given."""
    return -one.record.revision, one.path.name != RECORD, str(one.path)


def _said(files: Iterable[_File]) -> Iterator[str]:
    records = [one.record for one in files]
    if len(records) > 1:
        yield f"{len(records)} records of it were found and count as one."
    if differ(records):
        yield "They differ; what any of them has is shown."
