"""Removing folders: whatever ends the program, nobody takes half of one for a whole."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from facilitate.store.files import REAL_DISK, UNFINISHED, Disk, make_private_folder


def remove_folder(folder: Path, aside: Path, disk: Disk = REAL_DISK) -> None:
    """Remove a folder with all that is in it, by way of another one on the same disk.

    It is out of its place in one step. What the end of the program leaves in `aside` goes with
    `finish_removing`.

    Raises:
        OSError: when it cannot be removed; it is then in its place, or aside.
    """
    finish_removing(aside, disk)
    make_private_folder(aside, disk)
    disk.replace(folder, aside / folder.name)
    disk.fsync_folder(folder.parent)
    finish_removing(aside, disk)


def finish_removing(aside: Path, disk: Disk = REAL_DISK) -> None:
    """Remove what was set aside, and the folder for it; nothing where there is none.

    Raises:
        OSError: when something cannot be removed.
    """
    if not aside.is_dir():
        return
    for path in sorted(aside.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            disk.unlink(path)
    aside.rmdir()
    disk.fsync_folder(aside.parent)


def remove_files(folder: Path, pattern: str, disk: Disk = REAL_DISK) -> int:
    """Remove the files of a folder whose names fit a pattern; how many there were.

    Raises:
        OSError: when one cannot be removed.
    """
    paths = sorted(path for path in folder.glob(pattern) if not path.is_dir())
    for path in paths:
        with contextlib.suppress(FileNotFoundError):  # another program was faster
            disk.unlink(path)
    if paths:
        disk.fsync_folder(folder)
    return len(paths)


def remove_unfinished(folder: Path, disk: Disk = REAL_DISK) -> int:
    """Remove what the power left of files that were being replaced; how many there were.

    Raises:
        OSError: when one cannot be removed.
    """
    return remove_files(folder, f".*{UNFINISHED}", disk)
