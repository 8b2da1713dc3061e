"""Looking for bytes in every file below some folders, also in compressed documents."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PIECE = 1 << 20
"""So many bytes of a file are looked at in one go."""

_ZIPPED = b"PK\x03\x04"
"""How a document of a word processor or a spreadsheet begins, too."""


class Swept(NamedTuple):
    """What a search found."""

    holding: tuple[Path, ...]
    """Files that hold what was looked for, sorted."""
    unread: tuple[Path, ...]
    """Files that could not be looked into, sorted."""


def sweep(roots: Iterable[Path], sought: re.Pattern[bytes], longest: int) -> Swept:
    """Every file below some folders that holds what is looked for.

    Links to folders are not followed. `longest` is how many bytes a finding may have.
    """
    holding: set[Path] = set()
    unread: set[Path] = set()
    for path in {path for root in roots for path in _below(root, unread)}:
        try:
            found = _holds(path, sought, longest)
        except OSError:
            unread.add(path)
            continue
        if found:
            holding.add(path)
    return Swept(tuple(sorted(holding)), tuple(sorted(unread)))


def _below(root: Path, unread: set[Path]) -> Iterator[Path]:
    def closed(error: OSError) -> None:
        unread.add(Path(error.filename or root))

    for folder, _, names in os.walk(root, onerror=None if not root.exists() else closed):
        paths = (Path(folder, name) for name in names)
        yield from (path for path in paths if path.is_file())


def _holds(path: Path, sought: re.Pattern[bytes], longest: int) -> bool:
    with path.open("rb") as file:
        piece = file.read(PIECE)
        if piece.startswith(_ZIPPED) and _is_in_a_member(path, sought):
            return True
        kept = b""
        while piece:
            if sought.search(kept + piece):
                return True
            kept = (kept + piece)[-longest:]
            piece = file.read(PIECE)
    return False


def _is_in_a_member(path: Path, sought: re.Pattern[bytes]) -> bool:
    try:
        with zipfile.ZipFile(path) as document:
            return any(sought.search(document.read(name)) for name in document.namelist())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return False  # damaged, or sealed with a password: its bytes are looked at as they are
