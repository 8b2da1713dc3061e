"""A run's own append-only file, and the folder with everyone's. Bytes, without their meaning.

Acknowledged means on the disk. After any error a file is abandoned and never waited for
again, since a second fsync may report success for bytes that the first one lost.
"""

from __future__ import annotations

import contextlib
import errno
import operator
import os
import re
import threading
from collections.abc import Callable, Collection
from pathlib import Path

from facilitate.store.files import (
    REAL_DISK,
    UNFINISHED,
    Disk,
    make_private_folder,
    reason,
    replace_file,
    write_all,
)

FIRST_DELAY, LONGEST_DELAY = 0.25, 5.0
"""Seconds until the next try while the disk takes nothing; each is twice the one before."""

_PIECES = re.compile(rb'(?<=\n)|(?=\{"v":\d+,"w":")')
"""Where lines begin, even after a lost line end or foreign text."""


class JournalWriter:
    """One run's append-only file; one thread writes it and waits for the disk.

    Nothing is made on disk before the first line. The thread ends with `close`, or with the
    program, whatever it is doing.
    """

    def __init__(
        self,
        folder: Path,
        writer: str,
        *,
        changed: Callable[[], None] = lambda: None,
        disk: Disk = REAL_DISK,
        wait: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        """Prepare the files `<writer>.<segment>.jsonl` of a folder.

        Args:
            folder: where they go; made when the first line is written.
            writer: the id of this run.
            changed: called in the writer's thread after `saved` or `trouble` has changed.
            disk: what stands between this and the disk.
            wait: waits until an event is set or so many seconds have passed.
        """
        self.writer = writer
        self._changed = changed
        self._wait = wait
        self._segments = _Segments(folder, writer, disk)
        self._state = threading.Condition()
        self._waiting: list[tuple[int, bytes]] = []
        self._saved = -1
        self._trouble: str | None = None
        self._closing = False
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()

    def put(self, n: int, line: bytes) -> None:
        """Hand over a line, with its line end, and return at once; from any thread.

        Raises:
            ValueError: when `n` is not above that of the line before, or after `close`.
        """
        with self._state:
            last = self._waiting[-1][0] if self._waiting else self._saved
            if n <= last:
                raise ValueError(f"line {n} comes after line {last}")
            if self._closing:
                raise ValueError("the journal is closed")
            self._waiting.append((n, line))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name=f"journal {self.writer}", daemon=True
                )
                self._thread.start()
        self._wake.set()

    @property
    def saved(self) -> int:
        """The n up to which every line is on disk; -1 for none."""
        return self._saved

    @property
    def waiting(self) -> int:
        """Lines that are not on disk yet."""
        return len(self._waiting)

    @property
    def trouble(self) -> str | None:
        """Why the disk took nothing twice in a row, in plain words; None while all is well."""
        return self._trouble

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is waiting; False when `timeout` seconds did not suffice."""
        with self._state:
            return self._state.wait_for(lambda: not self._waiting, timeout)

    def close(self, timeout: float) -> bool:
        """Wait until nothing is waiting, and end.

        False when `timeout` seconds did not suffice: it is still open then and goes on trying.
        """
        self._wake.set()
        if not self.settle(timeout):
            return False
        with self._state:
            self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout)
        return True

    # In the writer's thread

    def _run(self) -> None:
        failures = 0
        while lines := self._next_lines():
            error = self._save(lines)
            failures = failures + 1 if error else 0
            if error and failures > 1:  # the first time, the next file is tried at once
                known, self._trouble = self._trouble, reason(error)
                if self._trouble != known:
                    self._tell()
                delay = FIRST_DELAY * 2 ** min(failures - 2, 10)
                self._wait(self._wake, min(delay, LONGEST_DELAY))
        self._segments.close()

    def _next_lines(self) -> list[tuple[int, bytes]]:
        """All lines that are waiting; blocks until there are any, empty means the end."""
        while True:
            self._wake.clear()
            with self._state:
                if self._waiting or self._closing:
                    return list(self._waiting)
            self._wake.wait()

    def _save(self, lines: list[tuple[int, bytes]]) -> OSError | None:
        try:
            self._segments.append(b"".join(line for _, line in lines))
        except OSError as error:
            return error
        with self._state:
            del self._waiting[: len(lines)]
            self._saved = lines[-1][0]
            self._trouble = None
            self._state.notify_all()
        self._tell()
        return None

    def _tell(self) -> None:
        with contextlib.suppress(Exception):  # a screen that fails must not end the saving
            self._changed()


class _Segments:
    """The files of one writer, one after the other; only the newest is ever open."""

    def __init__(self, folder: Path, writer: str, disk: Disk) -> None:
        self._folder = folder
        self._writer = writer
        self._disk = disk
        self._number = 0
        self._path = folder
        self._descriptor: int | None = None
        self._holds_lines = False

    def append(self, block: bytes) -> None:
        """Put bytes at the end of the newest file and wait until they are on disk.

        Raises:
            OSError: when they may not be. The file is left behind and the next call begins
                another one, to which the same bytes have to be given again.
        """
        try:
            if self._descriptor is None:
                self._begin()
            self._add(block)
        except OSError:
            self._abandon()
            raise
        self._holds_lines = True

    def close(self) -> None:
        """Close the file if there is one; all that counts in it is on disk."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._descriptor)
        self._descriptor = None

    def _begin(self) -> None:
        make_private_folder(self._folder, self._disk)
        self._path = self._folder / f"{self._writer}.{self._number}.jsonl"
        self._number += 1
        self._holds_lines = False
        self._descriptor = self._disk.create(self._path)
        self._disk.fsync_folder(self._folder)

    def _add(self, block: bytes) -> None:
        assert self._descriptor is not None
        write_all(self._descriptor, block, self._disk)
        self._disk.fsync(self._descriptor)
        if not self._disk.has_name(self._descriptor):  # someone redacted it, or cleaned up
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._path))

    def _abandon(self) -> None:
        if self._descriptor is not None and not self._holds_lines:
            with contextlib.suppress(OSError):
                if self._disk.has_name(self._descriptor):
                    self._disk.unlink(self._path)
        self.close()


def read_folder(folder: Path) -> list[tuple[str, bytes]]:
    """Name and content of every `*.jsonl` in a folder, whatever its name, sorted by name.

    Empty when there is no such folder.

    Raises:
        OSError: when a file is there and cannot be read.
    """
    found = []
    for path in _files(folder):
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed
            found.append((path.name, path.read_bytes()))
    return found


def redact(
    folder: Path,
    ids: Collection[str],
    redacted: Callable[[bytes], bytes],
    id_of: Callable[[bytes], str | None],
) -> int:
    """Put redactions in the place of lines, in every file of a folder that holds any.

    Torn and damaged lines are replaced too where it can be told which line they were.

    Args:
        folder: a folder of journals; it may be missing.
        ids: which lines.
        redacted: a line to what takes its place, with a line end.
        id_of: the id of a line, whole or not; None when it cannot be told.

    Returns:
        How many lines were replaced.

    Raises:
        OSError: when a file cannot be rewritten; those before it are done.
    """

    def changed(raw: bytes) -> tuple[bytes, int]:
        before = _PIECES.split(raw)
        after = [redacted(piece) if id_of(piece) in ids else piece for piece in before]
        return b"".join(after), sum(map(operator.ne, before, after))

    count = sum(_rewrite(path, changed) for path in _files(folder))
    for left_over in folder.glob(f".*{UNFINISHED}"):  # of a rewriting that the power cut short
        left_over.unlink(missing_ok=True)
    return count


def _rewrite(path: Path, changed: Callable[[bytes], tuple[bytes, int]]) -> int:
    """Replace a file by what it changes to, and return how many lines did.

    The old file stays open: a writer in another window may add to it until it finds that the
    file has lost its name, and what it adds till then has been acknowledged.
    """
    with path.open("rb") as old:
        raw = old.read()
        content, count = changed(raw)
        if not count:
            return 0
        replace_file(path, content)
        while added := old.read():
            raw += added
            content, count = changed(raw)
            replace_file(path, content)
    return count


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.name.endswith(".jsonl") and p.is_file())
    except FileNotFoundError:
        return []
