"""The files of a record: written, read back, and written again when there is more to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from facilitate.core.merging import Key
from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.revising import following
from facilitate.formats import record_toml
from facilitate.formats.export.markdown import record_markdown
from facilitate.formats.record_data import UNKNOWN
from facilitate.store.files import replace_file
from facilitate.store.records import (
    PAGE,
    RECORD,
    NotVerified,
    put_files,
    read_record_folder,
    write_record_folder,
)

_WOULD_LOSE = {record_toml.NEWER, UNKNOWN}

NEWER = (
    "The record of this sitting holds things that this version does not know. "
    "Update to write it again; it stays as it is."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRecord:
    """A record that stands on disk and was read back."""

    folder: Path
    revision: int
    """The one on disk; for a `RecordWritten`."""


def put_record(
    meant: SittingRecord, ended: Collection[Key], root: Path, others: Iterable[Path] = ()
) -> WrittenRecord:
    """Write what the history of a sitting says into its record, and read it back.

    Args:
        meant: what it says.
        ended: the lines that it lets travel no more, as `revising.ended_in` has them.
        root: where its record lies, or is to lie.
        others: where earlier ones may lie as well.

    Raises:
        NotVerified: when it does not read back as it was meant.
        OSError: when it cannot be written; an earlier record can then still be read.
        Refused: when what lies in its place may not be replaced.
    """
    year, name = place_of(meant)
    copies = copies_of(meant, (root, *others))
    before = on_disk(root / year / name) or max(copies, key=_revision, default=None)
    record = following(before, meant, ended, copies)
    folder = write_record_folder(root, year, name, files_of(record))
    if on_disk(folder) != record:
        raise NotVerified(folder)
    return WrittenRecord(folder=folder, revision=record.revision)


def rewrite(path: Path, record: SittingRecord) -> None:
    """Put a record in the place of the one in a file, and read it back.

    Where that has the name it was given, its page and manifest are made again; a copy under
    another name is itself alone.

    Raises:
        NotVerified: when it does not read back as it was meant.
        OSError: when it cannot be written; what was there can then still be read.
    """
    if path.name == RECORD:
        put_files(path.parent, files_of(record))
    else:
        replace_file(path, record_toml.write_record(record).encode())
    if read_file(path) != record:
        raise NotVerified(path)


def files_of(record: SittingRecord) -> dict[str, bytes]:
    """The files of a record but their manifest; the page is written first.

    So whatever ends the program, words that are to go are in the page no longer than in the
    record, out of which it is made.
    """
    return {
        PAGE: record_markdown(record).encode(),
        RECORD: record_toml.write_record(record).encode(),
    }


def place_of(record: SittingRecord) -> tuple[str, str]:
    """The folder of its year, and its own: its id, which begins with its date.

    Only what any disk takes is in it.
    """
    plain = re.sub(r"[^0-9a-z.-]+", "-", record.id.lower()).strip(".-")
    return f"{record.date.year:04}", plain or record.date.isoformat()


def on_disk(folder: Path) -> SittingRecord | None:
    """The record that lies there; None when there is none, or none that can be read.

    Raises:
        OSError: when it is there and the disk does not give it.
        Refused: when it holds what this version would lose.
    """
    try:
        raw = read_record_folder(folder).get(RECORD, b"")
    except FileNotFoundError:
        return None
    return _sound(raw)


def read_file(path: Path) -> SittingRecord | None:
    """The record in a file; None when it cannot be read.

    Raises:
        OSError: when the disk does not give it.
        Refused: when it holds what this version would lose.
    """
    return _sound(path.read_bytes())


def _sound(raw: bytes) -> SittingRecord | None:
    reading = record_toml.read_record(raw, RECORD)
    if any(problem.code in _WOULD_LOSE for problem in reading.problems):
        raise Refused(NEWER)
    return reading.record


def copies_of(meant: SittingRecord, roots: Iterable[Path]) -> list[SittingRecord]:
    """Every record of a sitting that can be read where its record is written below some roots.

    Sync clients give copies names of their own.
    """
    folders = dict.fromkeys(root.joinpath(*place_of(meant)) for root in roots)
    paths = (path for folder in folders for path in sorted(folder.glob("[!.]*.toml")))
    found = (found_in(path) for path in paths)
    return [copy for copy in found if copy is not None and copy.id == meant.id]


def found_in(path: Path) -> SittingRecord | None:
    """The record in a file, whatever this version would lose of it; None without one."""
    try:
        return record_toml.read_record(path.read_bytes(), RECORD).record
    except OSError:
        return None


def _revision(record: SittingRecord) -> int:
    return record.revision
