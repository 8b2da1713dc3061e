"""The history of a sitting, out of every file that this machine has of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from facilitate.formats import journal_line
from facilitate.formats.journal_union import History, unite
from facilitate.store.journal import read_folder


def read_history(folders: Iterable[Path], now: dt.datetime | None = None) -> History:
    """The union of all journal files in some folders; missing folders count as empty.

    `now` lets the report name writers whose clocks are far ahead.

    Raises:
        OSError: when a file is there and cannot be read.
    """
    files = (raw for folder in folders for _, raw in read_folder(folder))
    readings = [journal_line.read_file(raw) for raw in files]
    return unite(readings, int(now.timestamp() * 1000) if now else None)
