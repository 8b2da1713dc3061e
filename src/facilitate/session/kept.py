"""Everything that is kept of closed sittings, wherever it lies and however many copies."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from facilitate.session.kept_index import KeptIndex
from facilitate.store.records import path_of

if TYPE_CHECKING:  # a start that finds no records waits for none of it
    from facilitate.core.record import SittingRecord
    from facilitate.core.threads import SittingFacts
    from facilitate.formats.record_toml import Remains
    from facilitate.store.index import Index


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
    """What someone should know of its files, a sentence each; nothing of copies that are
    alike."""


class Unread(NamedTuple):
    """A file that should be a record and cannot be read."""

    path: Path
    trouble: str
    """Why, and what to do; fit to be printed."""
    remains: Remains


class Title(NamedTuple):
    """A sitting as a list shows it."""

    id: str
    folder: str
    title: str
    date: str
    """As in 2026-11-22."""
    lines: int
    """How many lines were kept."""


class Kept(KeptIndex):
    """All records of a machine and of the folder that its team shares.

    They are looked at before the first question, and then when `refresh` is called.
    """

    def sittings(self) -> tuple[KeptSitting, ...]:
        """What is kept, the oldest first."""
        return self.ask(_sittings, ())

    def titles(self) -> tuple[Title, ...]:
        """The same in short, the oldest first: for lists that must not be waited for."""
        return self.ask(_titles, ())

    def unread(self) -> tuple[Unread, ...]:
        """The files that cannot be read, by path."""
        return self.ask(_unread, ())

    def records(self, cohort: str | None = None) -> tuple[SittingRecord, ...]:
        """The records of a cohort, or all of them, one for each sitting; the oldest first."""
        return self._records({} if cohort is None else {"cohort": cohort})

    def record(self, sitting: str) -> SittingRecord | None:
        """The record of one sitting; None when none can be read."""
        return next(iter(self._records({"id": sitting})), None)

    def told(self) -> tuple[str, ...]:
        """What someone should know of the files of all sittings, each with the sitting's id."""
        return self.ask(_told, ())

    def last_number(self, cohort: str) -> int:
        """The highest number that records of a cohort say was given; 0 without one.

        Those that cannot be read are among them, as far as it can be told of them.
        """
        return self.ask(lambda index: index.last_number(cohort), 0)

    def _records(self, of: Mapping[str, str]) -> tuple[SittingRecord, ...]:
        return self.ask(lambda index: _records(index, of), ())


# Out of the index


def _sittings(index: Index) -> tuple[KeptSitting, ...]:
    from facilitate.session.kept_rows import facts_of

    files: dict[str, list[Path]] = {}
    for sitting, *path in index.paths():
        files.setdefault(sitting, []).append(path_of(*path))
    return tuple(
        KeptSitting(
            facts=facts_of(row),
            folder=path_of(row.folder),
            files=tuple(files.get(row.id, ())),
            lines=row.lines,
            last_number=row.last_number,
            notes_kept=bool(row.notes_kept),
            said=tuple(filter(None, row.said.split("\n"))),
        )
        for row in index.sittings()
    )


def _told(index: Index) -> tuple[str, ...]:
    return tuple(f"{id_}: {said}" for id_, told in index.told() for said in told.split("\n"))


def _titles(index: Index) -> tuple[Title, ...]:
    return tuple(Title(id_, os.fsdecode(f), *told) for id_, f, *told in index.titles())


def _unread(index: Index) -> tuple[Unread, ...]:
    from facilitate.formats.record_toml import Remains

    found = (
        Unread(path_of(f.folder, f.name), f.trouble, Remains(f.cohort, f.last_number))
        for f in index.files(sitting="")
    )
    return tuple(sorted(found))


def _records(index: Index, of: Mapping[str, str]) -> tuple[SittingRecord, ...]:
    from facilitate.session.kept_rows import record_of

    return tuple(record_of(*row) for row in index.records(**of))
