"""The moments that a script says, on the clocks of the agenda's zone."""

from __future__ import annotations

import datetime as dt
import re

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import instant, local
from facilitate.formats.script_trouble import Wrong

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_FULL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_HOURS = 48
"""A sitting may go on into the next day."""
_YEARS = range(1970, 9000)

_AS_IN = "Write it as in 09:07, 09:07:30, 24:10 after midnight, or 2027-04-13T09:07-07:00."


class Moments:
    """The clocks of the agenda's zone on the day of a sitting."""

    def __init__(self, agenda: Agenda, date: dt.date) -> None:
        self._agenda = agenda
        self.date = date

    def instant(self, word: str) -> dt.datetime:
        """The moment that a word says, UTC; of two with one name the first.

        Raises:
            Wrong: when it says none.
        """
        clock = _CLOCK.fullmatch(word)
        if clock is None:
            return _full(word)
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        try:
            wall = dt.time(hours % 24, minutes, seconds)
            date = self.date + dt.timedelta(days=hours // 24)
            at = _sane(word, instant(self._agenda, date, wall))
        except (ValueError, OverflowError):
            raise _no_moment(word) from None
        if hours >= _HOURS:
            raise _no_moment(word)
        if local(self._agenda, at).time() != wall:
            raise Wrong("skipped-time", f"On {date} the clocks go past {word}.")
        return at


def date_of(word: str, agenda: Agenda) -> dt.date | None:
    """The date in the agenda's zone of a full moment; None for anything else."""
    try:
        return local(agenda, _full(word)).date()
    except Wrong:
        return None


def _full(word: str) -> dt.datetime:
    if not _FULL.fullmatch(word):
        raise _no_moment(word)
    try:
        at = dt.datetime.fromisoformat(word)
        if at.tzinfo is None:
            hint = f"Write it as in {word}-07:00."
            raise Wrong("no-offset", f"{word} does not say in which zone it is meant.", hint)
        return _sane(word, at.astimezone(dt.UTC))
    except (ValueError, OverflowError):
        raise _no_moment(word) from None


def _sane(word: str, at: dt.datetime) -> dt.datetime:
    if at.year not in _YEARS:
        raise _no_moment(word)
    return at


def _no_moment(word: str) -> Wrong:
    return Wrong("no-moment", f'"{word}" is no moment.', _AS_IN)
