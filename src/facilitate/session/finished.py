"""Which sittings on disk are over: their record was written, and that was noted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from facilitate.store.journal import read_folder
from facilitate.store.places import Places

_FINISHED = b'"k":"record.written"'
"""Stands in the journal of a sitting whose record was written."""


def is_finished(own: Path) -> bool:
    """Whether the journals that this machine wrote for a sitting say that it is over.

    Raises:
        OSError: when a file is there and cannot be read.
    """
    return any(_FINISHED in raw for _, raw in read_folder(own))


def over_before(places: Places, before: dt.datetime) -> tuple[str, ...]:
    """The sittings that are over and in which nothing was written after a time (UTC), sorted.

    This costs a look at their files; what cannot be read is left out.
    """
    owns = sorted(places.sittings.glob("[!.]*/own"))
    return tuple(own.parent.name for own in owns if _is_over_before(own, before.timestamp()))


def _is_over_before(own: Path, before: float) -> bool:
    try:
        changed = max((path.stat().st_mtime for path in own.glob("*.jsonl")), default=before)
        return changed < before and is_finished(own)
    except OSError:
        return False


def untidy(places: Places) -> tuple[str, ...]:
    """The sittings that are over and still have a journal of words kept apart, sorted.

    Their program ended between the record and the tidying. Where there is none this costs a
    look into each folder of words kept apart; what cannot be read is left for the next time.
    """
    waiting = {path.parent.name for path in places.home.glob("private/*/*.jsonl")}
    return tuple(sitting for sitting in sorted(waiting) if _is_over(places, sitting))


def _is_over(places: Places, sitting: str) -> bool:
    try:
        return is_finished(places.own(sitting))
    except OSError:
        return False
