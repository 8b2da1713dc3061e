"""From a closed sitting to its record, and what leaves the machine after that.

The order matters: first the record is written and read back, and only then do words go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from facilitate.core.record import SittingRecord, record_of
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.core.travelling import gone, words_of
from facilitate.formats import journal_line, record_toml
from facilitate.formats.characters import REFUSED
from facilitate.formats.export.markdown import record_markdown
from facilitate.session.finished import untidy
from facilitate.session.history import read_state
from facilitate.store import journal
from facilitate.store.files import REAL_DISK, UNFINISHED, replace_file
from facilitate.store.places import Places
from facilitate.store.records import (
    RECORD,
    NotVerified,
    read_record_folder,
    write_record_folder,
)

PAGE = "record.md"

UNTIDY = "untidy.jsonl"
"""An empty journal among the words kept apart, where nothing else says that words are to go."""

_WOULD_LOSE = {record_toml.NEWER, record_toml.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRecord:
    """A record that stands on disk and was read back."""

    folder: Path
    revision: int
    """The one on disk; for a `RecordWritten`."""


def write_record(state: SessionState, records_root: Path) -> WrittenRecord:
    """Write the record of a closed sitting and read it back.

    Writing again what the record on disk says already leaves its revision; anything new makes
    the next one.

    Raises:
        NotVerified: when it does not read back as it was meant.
        OSError: when it cannot be written; an earlier record can then still be read.
        Refused: when the sitting is not closed or was a rehearsal, and when what lies in its
            place may not be replaced.
    """
    meant = _of_closed(state)
    year, name = f"{meant.date.year:04}", _folder_name(meant)
    record = _following(_on_disk(records_root / year / name), meant)
    files = {
        RECORD: record_toml.write_record(record).encode(),
        PAGE: record_markdown(record).encode(),
    }
    folder = write_record_folder(records_root, year, name, files)
    if _on_disk(folder) != record:
        raise NotVerified(folder)
    return WrittenRecord(folder=folder, revision=record.revision)


def mark_untidy(private_sitting_folder: Path, state: SessionState) -> None:
    """Leave a mark that words are still to go, for after `write_record`; `tidy` removes it.

    It is a file among the words kept apart, and those are the mark themselves where there are
    any. Whenever the program ends before all is done, `finish_tidying` finds it.

    Raises:
        OSError: when it cannot be written.
    """
    if gone(state) and not any(private_sitting_folder.glob("*.jsonl")):
        replace_file(private_sitting_folder / UNTIDY, b"")


def tidy(places: Places, state: SessionState) -> None:
    """Let the words go that were to go: out of the journals, and then all that is kept apart.

    For after the record was written, when nothing is written to the sitting any more.

    Raises:
        OSError: when a file cannot be rewritten or removed; it can be called again.
    """
    sitting = state.sitting or ""
    redact(places.own(sitting), state)
    redact(places.seen(sitting), state)
    remove_words_kept_apart(places.private(sitting))


def finish_tidying(places: Places) -> int:
    """Tidy the sittings that are over and were not tidied; return how many there were.

    What the disk refuses is left for the next time.
    """
    return sum(_finish_tidying(places, sitting) for sitting in untidy(places))


def _finish_tidying(places: Places, sitting: str) -> bool:
    try:
        state, report = read_state([places.own(sitting), places.seen(sitting)])
        if report.newer:  # what is to go there only that version knows
            return False
        tidy(places, replace(state, sitting=sitting))
    except OSError:
        return False
    return True


def remove_words_kept_apart(private_sitting_folder: Path) -> int:
    """Remove the journals of one sitting's own ring, and return how many files went.

    The names of the team stay, and what it answered afterwards. For after `write_record`, when
    nothing else writes there any more.

    Raises:
        OSError: when one cannot be removed.
    """
    patterns = ("*.jsonl", f".*{UNFINISHED}")
    paths = [path for pattern in patterns for path in private_sitting_folder.glob(pattern)]
    for path in paths:
        path.unlink(missing_ok=True)
    if paths:
        REAL_DISK.fsync_folder(private_sitting_folder)
    return len(paths)


def redact(folder: Path, state: SessionState) -> int:
    """Take words that are gone out of a sitting's journals; return how many lines changed.

    They are those that were undone, taken back or let go. For this machine's own files and for
    the files of others that it has seen.

    Raises:
        OSError: when a file cannot be rewritten; those before it are done.
    """
    return journal.redact(folder, gone(state), journal_line.redacted, journal_line.id_of)


def forget_words(folders: Iterable[Path], state: SessionState, entry: str) -> int:
    """Take the words of one line out of journals at once; return how many lines changed.

    Raises:
        OSError: when a file cannot be rewritten; those before it are done.
    """
    ids = words_of(state, entry)
    redact = partial(
        journal.redact, ids=ids, redacted=journal_line.redacted, id_of=journal_line.id_of
    )
    return sum(map(redact, folders))


def record_page(folder: Path) -> str:
    """The page of a record, without what could steer a terminal.

    One that was removed is made again from the record; empty when that cannot be read either.

    Raises:
        OSError: when the folder cannot be read.
    """
    files = read_record_folder(folder)
    if PAGE in files:
        return REFUSED.sub("", files[PAGE].decode("utf-8-sig", errors="replace"))
    record = record_toml.read_record(files.get(RECORD, b""), RECORD).record
    return record_markdown(record) if record else ""


def _of_closed(state: SessionState) -> SittingRecord:
    if state.closed_at is None:
        raise Refused("This sitting still goes on; close it first, then its record is made.")
    if state.rehearsal:
        raise Refused("This was a rehearsal; a rehearsal leaves no record.")
    return record_of(state, state.closed_at)


def _folder_name(record: SittingRecord) -> str:
    """The id of the sitting, which begins with its date; only what any disk takes."""
    plain = re.sub(r"[^0-9a-z.-]+", "-", record.id.lower()).strip(".-")
    return plain or record.date.isoformat()


def _on_disk(folder: Path) -> SittingRecord | None:
    """The record that lies there; None when there is none, or none that can be read.

    Raises:
        Refused: when it holds what this version would lose.
    """
    try:
        raw = read_record_folder(folder).get(RECORD, b"")
    except FileNotFoundError:
        return None
    reading = record_toml.read_record(raw, RECORD)
    if any(problem.code in _WOULD_LOSE for problem in reading.problems):
        raise Refused(
            "The record of this sitting holds things that this version does not know. "
            "Update to write it again; it stays as it is."
        )
    return reading.record


def _following(before: SittingRecord | None, meant: SittingRecord) -> SittingRecord:
    """The record to write in the place of the one before it."""
    if before is None:
        return meant
    if before.id != meant.id:
        raise Refused(f"The record of another sitting ({before.id}) lies in this one's place.")
    # A line whose words are gone has left the journal, and its number is still not free.
    last = max(before.last_number, meant.last_number)
    same = replace(meant, last_number=last, revision=before.revision)
    if same == before:
        return before
    return replace(same, revision=max(before.revision + 1, meant.revision))
