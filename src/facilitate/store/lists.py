"""Files of lines to which something is only ever added, by several programs of one machine."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

from facilitate.store.files import (
    FILE_MODE,
    REAL_DISK,
    Disk,
    make_private_folder,
    write_all,
)

LINE_END = b"\n"


def append_line(path: Path, line: bytes, disk: Disk = REAL_DISK) -> None:
    """Add a line, with its line end, to a private file; it is on disk when this returns.

    A missing file and missing folders are made. Where the line before was cut short, this one
    begins anew below it.

    Raises:
        OSError: when it cannot be added; the file is then as it was, as far as the disk lets
            it.
    """
    make_private_folder(path.parent, disk)
    is_new = not path.exists()
    descriptor = _opened(path, disk)
    try:
        _append(descriptor, line, disk)
    finally:
        disk.close(descriptor)
    if is_new:
        disk.fsync_folder(path.parent)


def read_lines(path: Path) -> bytes:
    """Everything in such a file; nothing when there is none.

    Raises:
        OSError: when it is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _opened(path: Path, disk: Disk) -> int:
    """The file, locked as long as it is open; never one that was replaced meanwhile."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        descriptor = os.open(path, flags, FILE_MODE)
        with contextlib.suppress(OSError):  # a folder on a network may know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if disk.has_name(descriptor):
            return descriptor
        disk.close(descriptor)


def _append(descriptor: int, line: bytes, disk: Disk) -> None:
    size = os.fstat(descriptor).st_size
    last = os.pread(descriptor, 1, size - 1) if size else LINE_END
    begin = b"" if last == LINE_END else LINE_END
    try:
        write_all(descriptor, begin + line, disk)
        disk.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise
