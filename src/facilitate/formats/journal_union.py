"""The history of a sitting: the union of all files that hold a part of it.

The order of the files, copies of them and copies of copies make no difference. What was read
once stays in the union when it is passed in again, even when its file is gone by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from facilitate.core.events import Recorded
from facilitate.core.order import AHEAD_MS
from facilitate.formats.journal_line import FileReading, Kept, collector_paused

_Line = tuple[bytes, Recorded | Kept]
"""The bytes of a line, and what they mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is to say about the files of a history, as counts."""

    torn: int
    """Files that end in an unfinished line."""
    bad: int
    """Lines in which something could not be read; `FileReading.bad` tells which."""
    refused: int
    """Files saved as UTF-16, of which nothing was read."""
    duplicates: int
    """Lines for a place that another line had already; copies are common and harmless."""
    forks: int
    """Places with two different lines; the larger bytes were taken."""
    unknown: int
    """Places whose kind or content this version does not know."""
    newer: bool
    """True when a newer major version wrote a line: open read-only."""
    redacted: int
    """Places whose words were taken away."""
    missing: Mapping[str, int]
    """How many lines are still to come, by writer; only writers that lack any."""
    ahead: tuple[str, ...]
    """Writers whose clocks are more than ten minutes ahead, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened, as far as the files tell."""

    events: tuple[Recorded, ...]
    """In the one total order, each once; redacted and unknown ones are not among them."""
    report: Report


def unite(files: Iterable[FileReading], now_ms: int | None = None) -> History:
    """The union of files, whatever their number, names and order.

    Of several lines for one place a redacted one wins, else the one with the larger bytes.

    Args:
        files: readings of files; the same one may come twice.
        now_ms: wall time in milliseconds since 1970, UTC; None to say nothing of clocks.
    """
    readings = tuple(files)
    with collector_paused():
        places, forks = _gather(readings)
        found = [what for own in places.values() for _, what in own.values()]
        events = [what for what in found if isinstance(what, Recorded)]
        events.sort(key=attrgetter("stamp", "writer", "n"))
        kept = [what for what in found if isinstance(what, Kept)]
        redacted = {(what.writer, what.n) for what in kept if what.redacted}
    report = Report(
        torn=sum(reading.torn for reading in readings),
        bad=sum(len(reading.bad) for reading in readings),
        refused=sum(reading.refused for reading in readings),
        duplicates=sum(len(each.lines) + len(each.kept) for each in readings) - len(found),
        forks=len(forks - redacted),
        unknown=len(kept) - len(redacted),
        newer=any(reading.newer for reading in readings),
        redacted=len(redacted),
        missing={w: lacking for w, own in places.items() if (lacking := _lacking(own))},
        ahead=_ahead(found, now_ms),
    )
    return History(events=tuple(events), report=report)


def _gather(
    readings: Iterable[FileReading],
) -> tuple[dict[str, dict[int, _Line]], set[tuple[str, int]]]:
    """The line of each place, by writer and n, and the places that had different ones."""
    places: dict[str, dict[int, _Line]] = {}
    forks: set[tuple[str, int]] = set()
    for reading in readings:
        known: Iterable[_Line] = zip(reading.lines, reading.events, strict=True)
        kept: Iterable[_Line] = ((each.line, each) for each in reading.kept)
        for line in chain(known, kept):
            writer, n = line[1].writer, line[1].n
            own = places.get(writer)
            if own is None:
                own = places[writer] = {}
            first = own.setdefault(n, line)
            if first is not line and first[0] != line[0]:
                own[n] = max(first, line, key=_strength)
                forks.add((writer, n))
    return places, forks


def _strength(line: _Line) -> tuple[bool, bytes]:
    raw, what = line
    return isinstance(what, Kept) and what.redacted, raw


def _lacking(own: Mapping[int, _Line]) -> int:
    return max(own) + 1 - len(own)


def _ahead(found: Iterable[Recorded | Kept], now_ms: int | None) -> tuple[str, ...]:
    if now_ms is None:
        return ()
    latest = f"{now_ms + AHEAD_MS:012x}-ffff"
    return tuple(sorted({what.writer for what in found if what.stamp > latest}))
