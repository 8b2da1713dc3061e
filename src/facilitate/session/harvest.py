"""From a closed sitting to its record, and what leaves the machine after that.

The order matters: first the record is written and read back, and only then do words go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from facilitate.core.record import SittingRecord, record_of
from facilitate.core.refusal import Refused
from facilitate.core.revising import ended_in
from facilitate.core.state import SessionState
from facilitate.core.travelling import gone, words_of
from facilitate.formats import record_toml
from facilitate.formats.characters import REFUSED
from facilitate.formats.export.markdown import record_markdown
from facilitate.session.finished import untidy
from facilitate.session.history import read_state
from facilitate.session.record_files import WrittenRecord, put_record
from facilitate.session.taking_out import take_out
from facilitate.store.files import REAL_DISK, UNFINISHED, replace_file
from facilitate.store.places import Places
from facilitate.store.records import PAGE, RECORD, read_record_folder

UNTIDY = "untidy.jsonl"
"""An empty journal among the words kept apart, where nothing else says that words are to go."""


def write_record(
    state: SessionState, records_root: Path, others: Iterable[Path] = ()
) -> WrittenRecord:
    """Write the record of a closed sitting and read it back.

    Writing again what the record on disk says already leaves its revision; anything new makes
    the next one. `others` are roots in which an earlier one may lie as well.

    Raises:
        NotVerified: when it does not read back as it was meant.
        OSError: when it cannot be written; an earlier record can then still be read.
        Refused: when the sitting is not closed or was a rehearsal, and when what lies in its
            place may not be replaced.
    """
    return put_record(_of_closed(state), ended_in(state), records_root, others)


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
    return take_out(folder, gone(state))


def forget_words(folders: Iterable[Path], state: SessionState, entry: str) -> int:
    """Take the words of one line out of journals at once; return how many lines changed.

    Raises:
        OSError: when a file cannot be rewritten; those before it are done.
    """
    ids = words_of(state, entry)
    return sum(take_out(folder, ids) for folder in folders)


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
