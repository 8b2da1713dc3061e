"""From the folders that records lie in to the archive's index: only what changed is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from facilitate.core.record import SittingRecord
from facilitate.formats import record_toml
from facilitate.formats.characters import printable
from facilitate.session.kept_rows import rows_of
from facilitate.store.index import Index
from facilitate.store.index_change import Change
from facilitate.store.index_rows import FileRow
from facilitate.store.records import RECORD, UNSURE, Looked, Sign, path_of

Tell = Callable[[int, int], None]
"""Is told how many files were read, and how many there are to be read."""

RACY = 2_000_000_000
"""Nanoseconds: of a file that changed so shortly before it was read, its time tells nothing.
It may change again within the same moment."""

MOST = 1_000_000
"""No sitting has more lines, nor higher numbers."""


class Filled(NamedTuple):
    """What became of an index."""

    changed: bool
    """Whether any file said something new."""
    gone: list[str]
    """The ids of the sittings whose files all went away."""


def fill(index: Index, change: Change, looked: Looked, now: int, tell: Tell) -> Filled:
    """Bring the index up to what looking at the folders found.

    `now` is nanoseconds since 1970, from before that.

    Raises:
        Unusable: when the index cannot be read or written.
    """
    return _Filling(index, change, now).run(looked, tell)


class _Filling:
    """One way through what changed."""

    def __init__(self, index: Index, change: Change, now: int) -> None:
        self._index = index
        self._change = change
        self._now = now
        self._again: dict[str, bool] = {}
        """Sittings to be put together again, and whether a file of theirs went away."""
        self._changed = False

    def run(self, looked: Looked, tell: Tell) -> Filled:
        for row in self._vanished(looked):
            self._changed = True
            self._change.drop_file(row)
            self._again[row.sitting] = True
        waiting = list(self._to_read(looked))
        for count, (row, before) in enumerate(waiting, 1):
            self._take_in(row, before)
            tell(count, len(waiting))
        self._again.pop("", None)
        gone = [one for one, went in self._again.items() if not self._together(one) and went]
        return Filled(self._changed, gone)

    def _vanished(self, looked: Looked) -> Iterator[FileRow]:
        for folder in looked.gone:
            yield from self._index.files(folder=folder)
        for folder, found in looked.differing.items():
            known = self._index.files(folder=folder)
            yield from (row for row in known if row.name not in found.files)

    def _to_read(self, looked: Looked) -> Iterator[tuple[FileRow, FileRow | None]]:
        """Each file that may have changed, as it looks now and as it was known."""
        for folder, found in looked.differing.items():
            known = {row.name: row for row in self._index.files(folder=folder)}
            for name, sign in found.files.items():
                before = known.get(name)
                row = FileRow(folder, name, self._sure(found.listed), *sign)
                if before is None or _sign(before) != sign:
                    yield row._replace(changed=self._sure(sign.changed)), before
                elif before.listed != row.listed:
                    self._change.put_file(before._replace(listed=row.listed))

    def _sure(self, time: int) -> int:
        """A time that the next look can be compared with."""
        return time if abs(self._now - time) > RACY else UNSURE

    def _take_in(self, row: FileRow, before: FileRow | None) -> None:
        """Read a file, and what is new in it."""
        content, trouble = _content(row)
        if content is None:
            row, record = row._replace(changed=UNSURE, trouble=trouble), None
        else:
            row = row._replace(sum=hashlib.sha256(content).hexdigest())
            if before is not None and before.sum == row.sum:
                self._still(row, before)
                return
            row, record = _understood(row, content)
        if row == before:  # nor could it be read before
            return
        self._changed = True
        if before is not None and before.sitting not in ("", row.sitting):
            self._again.setdefault(before.sitting, False)
        self._change.put_file(row)
        if record is not None:
            self._put(row, record)

    def _still(self, row: FileRow, before: FileRow) -> None:
        same = before._replace(
            listed=row.listed, size=row.size, changed=row.changed, touched=row.touched
        )
        if same != before:
            self._change.put_file(same)

    def _put(self, row: FileRow, record: SittingRecord) -> None:
        """Put a sitting into the index that has this one file; others wait for their files."""
        if record.id in self._again or len(self._index.files(sitting=record.id)) > 1:
            self._again.setdefault(record.id, False)
        else:
            self._change.drop_sitting(record.id)
            self._change.put_sitting(*rows_of([record], row.folder, [_shown(row)]))

    def _together(self, sitting: str) -> bool:
        """Put a sitting together out of all its files; False when there is none any more."""
        copies = sorted(self._copies(sitting), key=lambda copy: _rank(*copy))
        self._change.drop_sitting(sitting)
        for nth, (row, _) in enumerate(copies):
            if row.nth != nth:
                self._change.put_file(row._replace(nth=nth))
        if copies:
            names = [_shown(row) for row, _ in copies]
            records = [record for _, record in copies]
            self._change.put_sitting(*rows_of(records, copies[0][0].folder, names))
        return bool(copies)

    def _copies(self, sitting: str) -> Iterator[tuple[FileRow, SittingRecord]]:
        """The files of a sitting; one that changed this very moment is for the next time."""
        for row in self._index.files(sitting=sitting):
            content, _ = _content(row)
            record = None if content is None else _understood(row, content)[1]
            if record is not None and record.id == sitting:
                yield row, record
            else:
                self._change.put_file(row._replace(changed=UNSURE, sum=""))


def _sign(row: FileRow) -> Sign:
    return Sign(row.size, row.changed, row.touched)


def _rank(row: FileRow, record: SittingRecord) -> tuple[int, bool, bytes, bytes]:
    """The highest revision first, and of several the one that has the name it was given."""
    return -record.revision, row.name != RECORD.encode(), row.folder, row.name


def _shown(row: FileRow) -> str:
    """Folder and name of a file, fit to be printed."""
    return _printable(row.folder.rpartition(b"/")[2] + b"/" + row.name)


def _printable(path: bytes) -> str:
    return printable(path.decode("utf-8", errors="replace"))


def _content(row: FileRow) -> tuple[bytes | None, str]:
    """The bytes of a file; None when it cannot be read, and why."""
    try:
        return path_of(row.folder, row.name).read_bytes(), ""
    except FileNotFoundError:
        why = "is not there any more. The page beside it may still have its words."
    except OSError as error:
        why = f"cannot be read ({error.strerror})."
    return None, f"{_printable(row.folder + b'/' + row.name)} {why}"


def _understood(row: FileRow, content: bytes) -> tuple[FileRow, SittingRecord | None]:
    """What a file says; None when it is no record that can be read."""
    shown = _printable(row.folder + b"/" + row.name)
    reading = record_toml.read_record(content, shown)
    record = reading.record
    if record is None:
        trouble = "\n".join(str(p) for p in reading.problems if p.level == "error")
    elif why := _beyond(record):
        trouble = f"{shown}: {why}"
    else:
        return row._replace(sitting=record.id), record
    return row._replace(trouble=trouble, **record_toml.read_remains(content)._asdict()), None


def _beyond(record: SittingRecord) -> str:
    """What no sitting has, and the index has no place for; empty when all is well."""
    if not record.id:
        return "The record does not say of which sitting it is."
    numbers = (record.last_number, record.number or 0, record.part or 0)
    if max(map(abs, numbers)) > MOST:
        return "A number in it is far too large."
    return "It has far too many lines." if len(record.entries) > MOST else ""
