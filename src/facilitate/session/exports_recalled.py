"""What was handed on of a line that is taken back: removed where it lies, and named."""

from __future__ import annotations

from collections.abc import Sequence
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from facilitate.core.exported import ListedExport
from facilitate.core.taking_back import TakingBack
from facilitate.session.exported import exported
from facilitate.session.trying import Troubles
from facilitate.store.files import REAL_DISK, UNFINISHED
from facilitate.store.places import Places
from facilitate.store.removing import remove_files

Fate = Literal["removed", "changed", "replaced", "not there", "printed"]
"""What became of the file of an export: it was as it had been written, and is removed; someone
changed it since, and it stays; another export stands there now; it was moved or removed; it
never was a file."""


class Recall(NamedTuple):
    """An export that held a line, to be asked back from whoever has it."""

    export: ListedExport
    fate: Fate


def recall(places: Places, line: TakingBack, troubles: Troubles) -> tuple[Recall, ...]:
    """Every export that held a line, oldest first; the files that are as they were go.

    Of a line that shares its name all are named: which of the two it was is not on the list.
    """
    with troubles.trying(places.export_list):
        found = exported(places)
        if found.damaged:
            troubles.said.append(
                f"{places.export_list}: {found.damaged} of its lines cannot be read; what was "
                "handed on there is not known."
            )
        held = [
            one
            for one in found.exports
            if any(line.is_called(one.cohort, key.sitting, key.name) for key in one.lines)
        ]
        fates = {path: _fate(path, held, found.exports, troubles) for path in _paths(held)}
        return tuple(Recall(one, fates[one.path] if one.is_file else "printed") for one in held)
    return ()


def _paths(held: Sequence[ListedExport]) -> list[str]:
    return list(dict.fromkeys(one.path for one in held if one.is_file))


def _fate(
    written: str,
    held: Sequence[ListedExport],
    all_of_them: Sequence[ListedExport],
    troubles: Troubles,
) -> Fate:
    """What becomes of the file at a path; removes it where it is as an export left it.

    What the power left of one that was being written there goes, too.
    """
    path = Path(written)
    with troubles.trying(path):
        remove_files(path.parent, f".{escape(path.name)}.*{UNFINISHED}")
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return "not there"
    except OSError:
        found = ""
    here = [one for one in all_of_them if one.path == written and one.sha256 == found]
    if not any(one in held for one in here):
        return "replaced" if here else "changed"
    with troubles.trying(path):
        whole = path.resolve()
        REAL_DISK.unlink(whole)
        REAL_DISK.fsync_folder(whole.parent)
        return "removed"
    return "changed"
