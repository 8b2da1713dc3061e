"""The history of a sitting, out of every file that this machine has of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from facilitate.core.fold import folded
from facilitate.core.state import SessionState
from facilitate.formats import journal_line
from facilitate.formats.journal_union import History, Report, unite
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


def read_state(
    folders: Iterable[Path], now: dt.datetime | None = None
) -> tuple[SessionState, Report]:
    """The state that all journal files in some folders lead to, and what reading found.

    Raises:
        OSError: when a file is there and cannot be read.
    """
    with journal_line.collector_paused():
        history = read_history(folders, now)
        return folded(history.events), history.report


def report_words(report: Report) -> str:
    """What reading found that someone should know, in plain words; empty when all is well."""
    damaged = report.bad + report.torn
    found = [
        (damaged, "damaged line was left out", "damaged lines were left out"),
        (
            report.unknown,
            "line of a newer version was left out",
            "lines of a newer version were left out",
        ),
        (report.forks, "line had two forms; one is shown", "lines had two forms; one is shown"),
        (
            report.refused,
            "file in a foreign encoding was left out",
            "files in a foreign encoding were left out",
        ),
        (sum(report.missing.values()), "line is still to come", "lines are still to come"),
        (len(report.ahead), "clock is far ahead", "clocks are far ahead"),
    ]
    told = [f"{n} {one if n == 1 else many}" for n, one, many in found if n]
    return f"{'; '.join(told)}." if told else ""
