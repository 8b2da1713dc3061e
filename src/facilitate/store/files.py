"""Private folders and files, and waiting until the disk has them.

Whatever happens to the power, a file is afterwards either as it was or as it should be.
`Disk` is the seam at which tests cut the power.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
"""Nobody else on the machine reads them, whatever the umask says."""

UNFINISHED = ".new"
"""How the name of a replacement ends before it takes the place of the file."""

_FULL_FSYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""On macOS fsync alone leaves the bytes in the drive's own memory."""

_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY}
"""What a file system answers that does not know a way of waiting for it."""

_REASONS = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "This account has used up its share of the disk",
    errno.EROFS: "The disk can only be read",
    errno.EACCES: "This account may not write to the folder",
    errno.EPERM: "This account may not write to the folder",
    errno.EIO: "The disk reports a fault",
    errno.ENOENT: "The folder or the file was moved or removed",
    errno.ENOTDIR: "There is a file where the folder should be",
    errno.EMFILE: "Too many files are open",
    errno.ENFILE: "Too many files are open",
    errno.ENODEV: "The disk is not there any more",
    errno.ENXIO: "The disk is not there any more",
    errno.ESTALE: "The disk is not there any more",
}


class Disk:
    """What is done to a disk, one call each. All of them may raise OSError."""

    def make_folder(self, folder: Path) -> None:
        """Make a private folder in one that exists."""
        folder.mkdir(FOLDER_MODE)
        folder.chmod(FOLDER_MODE)

    def create(self, path: Path) -> int:
        """Make a private file that did not exist, and open it for adding at its end."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        descriptor = os.open(path, flags, FILE_MODE)
        with contextlib.suppress(OSError):  # a memory stick may know no modes
            os.fchmod(descriptor, FILE_MODE)
        return descriptor

    def add(self, path: Path) -> int:
        """Make a file that did not exist, with the permissions that the user's files have."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of it and return how many bytes."""
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Wait until the bytes of an open file are on the disk."""
        if _FULL_FSYNC is None:
            os.fsync(descriptor)
            return
        try:
            fcntl.fcntl(descriptor, _FULL_FSYNC)
        except OSError as error:
            if error.errno not in _NOT_OFFERED:
                raise
            os.fsync(descriptor)

    def fsync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NOT_OFFERED:
                raise
        finally:
            os.close(descriptor)

    def has_name(self, descriptor: int) -> bool:
        """False when an open file was removed or replaced: nobody would find its bytes."""
        return os.fstat(descriptor).st_nlink > 0

    def close(self, descriptor: int) -> None:
        """Close an open file."""
        os.close(descriptor)

    def take_after(self, descriptor: int, other: os.stat_result) -> bool:
        """Give an open file the owner and permissions of another one.

        False when this account or the file system does not allow it.
        """
        mine = os.fstat(descriptor)
        try:
            if (mine.st_uid, mine.st_gid) != (other.st_uid, other.st_gid):
                os.fchown(descriptor, other.st_uid, other.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(other.st_mode))
        except OSError:
            return False
        return True

    def open(self, path: Path) -> int:
        """Open a file that exists, for writing over it from its beginning."""
        return os.open(path, os.O_WRONLY)

    def cut(self, descriptor: int, length: int) -> None:
        """Leave so many bytes of an open file."""
        os.ftruncate(descriptor, length)

    def replace(self, source: Path, target: Path) -> None:
        """Give a file the name of another one, in one step."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()


REAL_DISK = Disk()


def make_private_folder(folder: Path, disk: Disk = REAL_DISK) -> None:
    """Make a folder and those above it that are missing, and wait until they are on disk.

    One that is there already stays as it is.

    Raises:
        OSError: when it cannot be made.
    """
    if folder.is_dir():
        return
    make_private_folder(folder.parent, disk)
    with contextlib.suppress(FileExistsError):  # another window was faster
        disk.make_folder(folder)
    disk.fsync_folder(folder.parent)


def replace_file(path: Path, content: bytes, disk: Disk = REAL_DISK) -> None:
    """Write a private file, in the place of the one of that name if there is one.

    It is on disk when this returns. Missing folders are made.

    Raises:
        OSError: when it cannot be written; the file is then what it was.
    """
    make_private_folder(path.parent, disk)
    new = _unfinished(path)
    descriptor = disk.create(new)
    try:
        try:
            write_all(descriptor, content, disk)
            disk.fsync(descriptor)
        finally:
            disk.close(descriptor)
        disk.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(new)
        raise
    disk.fsync_folder(path.parent)


def rewrite_file(path: Path, content: bytes, disk: Disk = REAL_DISK) -> None:
    """Write other content into a file of the user's own, which stays whose and what it was.

    Owner and permissions are kept, and links to it lead to the new content. It is on disk when
    this returns.

    Raises:
        OSError: when there is no such file, or it cannot be written. It is then what it was,
            except where its owner or a second name could only be kept by writing over it.
    """
    path = path.resolve(strict=True)
    old = path.stat()
    new = _unfinished(path)
    descriptor = disk.create(new)
    try:
        try:
            write_all(descriptor, content, disk)
            alike = old.st_nlink == 1 and disk.take_after(descriptor, old)
            disk.fsync(descriptor)
        finally:
            disk.close(descriptor)
        if alike:
            disk.replace(new, path)
        else:
            _write_over(path, content, disk)
            disk.unlink(new)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(new)
        raise
    disk.fsync_folder(path.parent)


def add_file(path: Path, content: bytes, disk: Disk = REAL_DISK) -> None:
    """Write a file of the user's own that is not there yet, readable for whoever usually may.

    It is on disk when this returns.

    Raises:
        FileExistsError: when there is something of that name already, which stays as it is.
        OSError: when it cannot be written; there is none then.
    """
    descriptor = disk.add(path)
    try:
        try:
            write_all(descriptor, content, disk)
            disk.fsync(descriptor)
        finally:
            disk.close(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(path)
        raise
    disk.fsync_folder(path.parent)


def _unfinished(path: Path) -> Path:
    """What a replacement is called while it is written."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}{UNFINISHED}")


def _write_over(path: Path, content: bytes, disk: Disk) -> None:
    descriptor = disk.open(path)
    try:
        write_all(descriptor, content, disk)
        disk.cut(descriptor, len(content))
        disk.fsync(descriptor)
    finally:
        disk.close(descriptor)


def write_all(descriptor: int, data: bytes, disk: Disk = REAL_DISK) -> None:
    """Write all of it, in as many pieces as the disk takes.

    Raises:
        OSError: when the disk does not take it.
    """
    rest = memoryview(data)
    while rest:
        written = disk.write(descriptor, rest)
        if written == 0:
            raise OSError(errno.EIO, "the disk took nothing")
        rest = rest[written:]


def reason(error: OSError) -> str:
    """Why the disk does not take something, in plain words and without a full stop."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return f"The disk does not take it ({error.strerror or 'no reason given'})"
