"""Where something of the lines of every cohort stands on this machine, read as it lies there.

Copies are read each for itself. What a record or a journal hides since it was taken back
elsewhere is still in the file, and that is what counts here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from facilitate.core.events import Recorded
from facilitate.core.record import SittingRecord
from facilitate.core.taking_back import Sighting, facts_in, in_journals, in_record
from facilitate.core.threads import SittingFacts, facts
from facilitate.formats.journal_line import collector_paused, read_file
from facilitate.session.record_files import found_in
from facilitate.store.journal import read_folder
from facilitate.store.places import Places
from facilitate.store.records import RECORD, find_record_files


class Journals(NamedTuple):
    """Everything that lies on this machine of one sitting but its record."""

    sitting: str
    folders: tuple[Path, ...]
    """Those that are there: its own, what others wrote, and what is kept apart."""
    events: tuple[Recorded, ...]
    """Of every copy, and so some may be there twice; in no order."""
    is_newer: bool
    """Whether a later version wrote some of it."""


def journals_of(places: Places, sitting: str) -> Journals:
    """What lies on this machine of a sitting.

    Raises:
        OSError: when a file is there and cannot be read.
    """
    named = (places.own(sitting), places.seen(sitting), places.private(sitting))
    folders = tuple(folder for folder in named if folder.is_dir())
    with collector_paused():
        readings = [read_file(raw) for folder in folders for _, raw in read_folder(folder)]
    return Journals(
        sitting=sitting,
        folders=folders,
        events=tuple(recorded for reading in readings for recorded in reading.events),
        is_newer=any(reading.newer for reading in readings),
    )


def with_journals(places: Places) -> tuple[str, ...]:
    """The sittings of which journals lie on this machine, whether they are over or not."""
    here = (folder for folder in places.sittings.glob("[!.]*") if folder.is_dir())
    apart = (path.parent for path in places.home.glob("private/*/*.jsonl"))
    return tuple(sorted({folder.name for folder in (*here, *apart)}))


def sightings(places: Places) -> Iterator[Sighting]:
    """Every line in every place; what cannot be read is left out."""
    known: dict[str, SittingFacts] = {}
    for copy in record_copies(places):
        known.setdefault(copy.record.id, facts(copy.record))
        yield from in_record(str(copy.path), copy.record)
    for sitting in with_journals(places):
        yield from _in_journals(places, sitting, known)


def _in_journals(
    places: Places, sitting: str, known: Mapping[str, SittingFacts]
) -> Iterator[Sighting]:
    try:
        found = journals_of(places, sitting)
    except OSError:
        return
    about = known.get(sitting) or facts_in(sitting, found.events)
    yield from in_journals(f"journals of {sitting}", about, found.events)


class Copy(NamedTuple):
    """A record in a file of its own."""

    record: SittingRecord
    path: Path


def record_copies(places: Places) -> tuple[Copy, ...]:
    """Every file that can be read as a record; of each sitting the one that counts comes first.

    That is the highest revision, and of several the one that has the name it was given.
    """
    paths = (path for root in places.record_roots for path in find_record_files(root))
    copies = (Copy(record, path) for path in paths if (record := found_in(path)) is not None)
    return tuple(sorted(copies, key=_rank))


def _rank(copy: Copy) -> tuple[int, bool, str]:
    return -copy.record.revision, copy.path.name != RECORD, str(copy.path)


def records_by_sitting(places: Places) -> dict[str, list[Copy]]:
    """The copies of each sitting's record, the one that counts first."""
    found: dict[str, list[Copy]] = {}
    for copy in record_copies(places):
        found.setdefault(copy.record.id, []).append(copy)
    return found
