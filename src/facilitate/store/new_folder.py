"""A folder of the user's own that is there with all of its files, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from facilitate.store.files import REAL_DISK, UNFINISHED, Disk


def is_free(folder: Path) -> bool:
    """Whether nothing stands there yet, or an empty folder.

    Raises:
        OSError: when that cannot be looked at.
    """
    if not os.path.lexists(folder):
        return True
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


def write_new_folder(folder: Path, files: Mapping[str, bytes], disk: Disk = REAL_DISK) -> None:
    """Write files into a folder that was not there, or was empty; others may read them.

    They are on disk when this returns. The folder above must be there.

    Raises:
        FileExistsError: when something stands there; it stays as it is.
        OSError: when it cannot be written; nothing is left of it then.
    """
    if not is_free(folder):
        raise FileExistsError(None, "there is something already", str(folder))
    unfinished = folder.with_name(f".{folder.name}.{os.urandom(4).hex()}{UNFINISHED}")
    unfinished.mkdir()
    try:
        for name, content in files.items():
            _write(unfinished / name, content, disk)
        disk.fsync_folder(unfinished)
        disk.replace(unfinished, folder)  # an empty folder gives way, and no other one
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(unfinished)
        raise
    disk.fsync_folder(folder.parent)


def _write(path: Path, content: bytes, disk: Disk) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        disk.fsync(file.fileno())
