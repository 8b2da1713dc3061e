"""Files for the moment, through which one program of this machine shows another what is now.

Nobody waits for the disk here: such a file is derived, and the next one takes its place in one
step. Whoever writes it holds a lock on it, which the system takes away when that program dies;
so what a killed program left behind can be told from what is still shown.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from facilitate.store.files import REAL_DISK, UNFINISHED, Disk, make_private_folder, write_all

MOST = 4 << 20
"""A file with more bytes than this was not written here, and is not read."""


class Sign(NamedTuple):
    """What tells a file from the one before it, without reading it."""

    changed: int
    """Nanoseconds since 1970."""
    inode: int
    size: int


class ShownFile:
    """One such file, from the side of the program that writes it."""

    def __init__(self, path: Path, disk: Disk = REAL_DISK) -> None:
        self._path = path
        self._disk = disk
        self._held: int | None = None

    def put(self, content: bytes) -> None:
        """Show this from now on. Missing folders are made.

        Raises:
            OSError: when it cannot be written; what was shown before is still shown.
        """
        make_private_folder(self._path.parent, self._disk)
        new = self._path.with_name(f".{self._path.name}.{os.urandom(4).hex()}{UNFINISHED}")
        descriptor = self._disk.create(new)
        try:
            with contextlib.suppress(OSError):  # a folder on a network may know no locks
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            write_all(descriptor, content, self._disk)
            self._disk.replace(new, self._path)
        except BaseException:
            self._disk.close(descriptor)
            with contextlib.suppress(OSError):
                self._disk.unlink(new)
            raise
        self._let_go()
        self._held = descriptor

    def remove(self) -> None:
        """Show nothing any more.

        Raises:
            OSError: when it cannot be removed.
        """
        with contextlib.suppress(FileNotFoundError):
            self._disk.unlink(self._path)
        self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._disk.close(held)


def remove_left_behind(folder: Path) -> None:
    """Remove the files that no living program shows; what cannot be removed stays."""
    for path, _ in _files(folder, hidden=True):
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # else someone shows it
                if path.stat().st_ino == os.fstat(descriptor).st_ino:  # else it is a newer one
                    path.unlink()
            finally:
                os.close(descriptor)


def newest(folder: Path) -> Path | None:
    """The file that changed last of those that a living program shows; None without one.

    Where no locks are known, that cannot be told of any.
    """
    found = sorted(((sign.changed, path) for path, sign in _files(folder)), reverse=True)
    return next((path for _, path in found if _is_held(path)), None)


def held(folder: Path) -> tuple[str, ...]:
    """The names of the files that living programs show, without their endings; sorted.

    Where no locks are known, that cannot be told of any.
    """
    return tuple(sorted(path.stem for path, _ in _files(folder) if _is_held(path)))


def _is_held(path: Path) -> bool:
    """Whether a living program holds the lock of a file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: others may ask, too
    except BlockingIOError:
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(descriptor)


def sign(path: Path) -> Sign | None:
    """What a file looks like from outside; None when there is none that could be read."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Sign(changed=found.st_mtime_ns, inode=found.st_ino, size=found.st_size)


def read(path: Path) -> bytes:
    """The bytes of a file; none at all when it cannot be read, or holds too many."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except OSError:
        return b""
    return content if len(content) <= MOST else b""


def _files(folder: Path, *, hidden: bool = False) -> Iterator[tuple[Path, Sign]]:
    """The files of a folder, with their signs; of a folder that is not there, none.

    Hidden ones are those that were never finished.
    """
    try:
        paths = list(folder.iterdir())
    except OSError:
        return
    for path in paths:
        found = sign(path) if hidden or not path.name.startswith(".") else None
        if found is not None:
            yield path, found
