"""The records of every folder without a line that is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.taking_back import TakingBack, has, without
from facilitate.formats.export.markdown import escaped, record_markdown
from facilitate.formats.spellings import Sought
from facilitate.session.line_sightings import Copy, records_by_sitting
from facilitate.session.record_files import files_of, read_file, rewrite
from facilitate.session.trying import Troubles
from facilitate.store.files import replace_file
from facilitate.store.places import Places
from facilitate.store.records import RECORD, altered, put_files, read_record_folder
from facilitate.store.removing import remove_unfinished


def write_records(
    places: Places, line: TakingBack, words: Sought | None, troubles: Troubles
) -> int:
    """Write every copy of a record without a line that has it; how many files changed.

    The one that counts makes the next revision and says that the line was taken back, also
    when it had it no more. Pages that hold its `words` are made again.
    """
    count = 0
    for sitting, copies in records_by_sitting(places).items():
        concerned = sitting in (line.made, *line.sittings)
        if concerned or any(has(record, line) for record, _ in copies):
            count += _write(copies, line, troubles)
            for folder in dict.fromkeys(path.parent for _, path in copies):
                with troubles.trying(folder):
                    count += _finish(folder, copies, line, words)
    return count


def _write(copies: list[Copy], line: TakingBack, troubles: Troubles) -> int:
    """Of copies that are alike each makes the next revision, so that they stay alike."""
    counting = copies[0].record
    highest = max(record.revision for record, _ in copies)
    count = 0
    for record, path in copies:
        rest = without(record, line)
        if record == counting and rest != record:
            rest = replace(rest, revision=highest + 1)
        elif not has(record, line):
            continue
        with troubles.trying(path):
            _check(path, record)
            rewrite(path, rest)
            count += 1
    return count


def _check(path: Path, record: SittingRecord) -> None:
    """Nothing is lost, and nobody was faster.

    Raises:
        OSError: when it cannot be read.
        Refused: when it may not be written over.
    """
    if read_file(path) != record:
        raise Refused("it was changed in this moment. Do this again.")


def _finish(folder: Path, copies: list[Copy], line: TakingBack, words: Sought | None) -> int:
    """Make again what is made of the record in a folder, and is not yet; how many files.

    That is a manifest that the end of the program left behind, and pages that hold words of
    the line. A sync client gives copies of a page names of their own; a page that is something
    else is left alone.
    """
    path = next(path for _, path in copies if path.parent == folder)
    record = read_file(path)
    if record is None or has(record, line):
        return 0
    remove_unfinished(folder)
    meant, there = files_of(record), read_record_folder(folder)
    is_whole = path.name == RECORD and meant.items() <= there.items()
    if is_whole and set(altered(there)) & set(meant):
        put_files(folder, meant)
    return _make_pages(folder, record, words) if words else 0


def _make_pages(folder: Path, record: SittingRecord, words: Sought) -> int:
    count, mark = 0, f"- Record: {escaped(record.id)}, ".encode()
    for path in sorted(folder.glob("[!.]*.md")):
        raw = path.read_bytes()
        if mark in raw and words.pattern.search(raw):
            replace_file(path, record_markdown(record).encode())
            count += 1
    return count
