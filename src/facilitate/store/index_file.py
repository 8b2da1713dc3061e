"""Where the archive's index lies: opened, made again and put into the place of the old one.

Programs of one machine share it. Whoever writes holds a lock on the file beside it, and notes
there how it left the index; an index that is not as it was left was damaged, or belongs to
another time, and is made again.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from facilitate.store.files import (
    FILE_MODE,
    REAL_DISK,
    UNFINISHED,
    Disk,
    make_private_folder,
)
from facilitate.store.index import Index, Unusable

PATIENCE = 10.0
"""Seconds to wait for another program that writes to the index."""

LOOK_AGAIN = 0.05
"""Seconds between two looks at whether it is done."""

_BESIDE = ("", "-journal", "-wal", "-shm")
"""What the files end with that SQLite keeps beside an index, and the index itself."""


class IndexFile:
    """The index of this machine, of one shape."""

    def __init__(
        self,
        path: Path,
        shape: int,
        disk: Disk = REAL_DISK,
        patience: float = PATIENCE,
    ) -> None:
        self._path = path
        self._shape = shape
        self._disk = disk
        self._patience = patience
        self._lock: int | None = None
        """The lock while it is held here."""
        self._opened: int | None = None
        """The inode of the index that was opened last."""

    @property
    def exists(self) -> bool:
        """Whether there is something in its place."""
        return os.path.lexists(self._path)

    def open(self) -> Index | None:
        """The index as it was left; None when there is none that can be used."""
        try:
            if not self._is_as_left():
                return None
            inode, index = self._path.stat().st_ino, Index(self._path)
        except (OSError, Unusable):
            return None
        try:
            if index.shape == self._shape:
                self._opened = inode
                return index
        except Unusable:
            pass
        index.close()
        return None

    def is_still_there(self) -> bool:
        """Whether the index that was opened last is in its place, and as it was left."""
        try:
            return self._path.stat().st_ino == self._opened and self._is_as_left()
        except OSError:
            return False

    def _is_as_left(self) -> bool:
        """Whether nothing but this program and its like wrote to it.

        Raises:
            OSError: when that cannot be told.
        """
        if self._is_noted() or self._lock is not None or not self.exists:
            return self._is_noted()
        with self.alone():  # someone may just be writing
            return self._is_noted()

    def _is_noted(self) -> bool:
        try:
            return self._note.read_text(encoding="ascii") == self._mark()
        except (OSError, ValueError):
            return False

    def _mark(self) -> str:
        """What tells the index from others, and from itself when it was changed.

        Raises:
            OSError: when there is none.
        """
        found = self._path.stat()
        return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within, no other program writes.

        Raises:
            OSError: when the lock cannot be had, or others take too long.
        """
        make_private_folder(self._path.parent, self._disk)
        lock = os.open(self._note, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        try:
            self._wait_for(lock)
            self._lock = lock
            yield
        finally:
            self._lock = None
            os.close(lock)

    def note(self) -> None:
        """Say that the index is as it should be; only within `alone`.

        Raises:
            OSError: when that cannot be written.
        """
        assert self._lock is not None, "whoever writes holds the lock"
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, self._mark().encode("ascii"), 0)

    def make(self, fill: Callable[[Index], None]) -> Index:
        """Make the index in a new file and put it into the place of the old one.

        Only within `alone`. It is private, whatever the old one was.

        Raises:
            OSError: when it cannot be written; the old one is then what it was.
            Unusable: the same, in the words of the database.
        """
        self._remove_unfinished()
        new = self._path.with_name(f".{self._path.name}.{os.urandom(4).hex()}{UNFINISHED}")
        descriptor = self._disk.create(new)
        try:
            self._fill(new, fill)
            self._disk.fsync(descriptor)
            self._remove(self._path, _BESIDE[1:])
            self._disk.replace(new, self._path)
        except BaseException:
            self._remove(new, _BESIDE)
            raise
        finally:
            self._disk.close(descriptor)
        self.note()
        found = self.open()
        if found is None:
            raise OSError(errno.EIO, "the index is not as it was written")
        return found

    def _fill(self, path: Path, fill: Callable[[Index], None]) -> None:
        index = Index(path)
        try:
            index.hurry()
            index.prepare(self._shape)
            fill(index)
        finally:
            index.close()

    def remove(self) -> None:
        """Remove the index and all that belongs to it, as far as the disk lets it."""
        with contextlib.suppress(OSError):
            self._remove_unfinished()
            self._remove(self._path, _BESIDE)

    def _remove(self, path: Path, endings: tuple[str, ...]) -> None:
        for ending in endings:
            with contextlib.suppress(FileNotFoundError):
                self._disk.unlink(path.with_name(path.name + ending))

    def _remove_unfinished(self) -> None:
        """What a program left behind that was killed while it made one."""
        for path in self._path.parent.glob(f".{self._path.name}.*{UNFINISHED}*"):
            self._disk.unlink(path)

    @property
    def _note(self) -> Path:
        return self._path.with_name("archive.lock")

    def _wait_for(self, lock: int) -> None:
        """Hold the lock; where none are known, nothing is waited for."""
        for _ in range(max(1, int(self._patience / LOOK_AGAIN))):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sleep(LOOK_AGAIN)
            except OSError:
                return
            else:
                return
        raise OSError(errno.EAGAIN, "another program is at work on it")


def in_memory(shape: int) -> Index:
    """An index that is gone when it is closed, without anything in it."""
    index = Index()
    index.prepare(shape)
    return index
