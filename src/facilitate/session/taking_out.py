"""Taking words out of the journals that hold them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from facilitate.formats import journal_line
from facilitate.store import journal


def take_out(folder: Path, ids: Collection[str]) -> int:
    """Take the words of some lines out of the journals of a folder; how many changed.

    Raises:
        OSError: when a file cannot be rewritten; those before it are done.
    """
    return journal.redact(folder, ids, journal_line.redacted, journal_line.id_of)
