"""Lengths and clock times as tables have them: `1h5m`, `0:25`, `9:00 AM`, 0.375."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from facilitate.formats.clock_text import clock_time

DAY = 24 * 60
"""Minutes."""

_NOON = 12
_YEARS = range(1970, 2200)
_SPACES = re.compile("[\\s\xa0\u2009\u202f]+")
_ABOUT = re.compile(r"^(?:ca\.?|about|approx\.?|~|\u2248)\s*")
_CLOCKED = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,20})?(?:e-\d{1,2})?", re.ASCII)
_UNITS = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,3})?)\s*"
    r"(?:(?P<h>hours?|hrs?|h|std\.?|stunden?|horas?|heures?)"
    r"|(?P<m>minut(?:es|en|os|e)?|mins?\.?|m|'|\u2019|\u2032)"
    r"|(?P<s>seconds?|secs?|sek\.?|s))?(?![a-z]{2})"
    r"(?:\s*(?:,|and|und|y|et)\s+|\s*)",
    re.ASCII,
)
_TIMED = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2}))?(?:\.\d+)?\s*(?:([ap])\.?(?:m\.?)?)?"
    r"\s*(?:uhr|hrs|h)?",
    re.ASCII,
)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t ]|$)(.*)", re.ASCII)
_TO = re.compile(r"\s*(?:-|\u2013|\u2014|\u2192|\bto\b|\bbis\b|\buntil\b)\s*")


class Clock(NamedTuple):
    """A time of day as it was written."""

    minutes: float
    """Since midnight."""
    is_half: bool = False
    """Whether it may be twelve hours later: `1:30` without a word for morning or evening."""
    date: dt.date | None = None
    """The date before it; None when there is none."""


def length_of(text: str) -> float | None:
    """A length in minutes; None when the text is none, or longer than a day.

    A bare number is minutes, a fraction below one a part of a day as spreadsheets keep it,
    `0:25` and `1:05:00` are hours, minutes and seconds.
    """
    plain = _ABOUT.sub("", _plain(text))
    minutes = _clocked(plain)
    if minutes is None:
        minutes = _bare(plain)
    if minutes is None:
        minutes = _in_units(plain)
    return minutes if minutes is not None and minutes <= DAY else None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip().lower()


def _clocked(plain: str) -> float | None:
    found = _CLOCKED.fullmatch(plain)
    if found is None:
        return None
    return int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 60


def _bare(plain: str) -> float | None:
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain.replace(",", "."))
    return number * DAY if 0 < number < 1 else number


def _in_units(plain: str) -> float | None:
    """`1h5m`, `1 hour and 5 minutes`, `1h30`; a number without a unit only behind hours."""
    total, at, before = 0.0, 0, ""
    while at < len(plain):
        found = _UNITS.match(plain, at)
        unit = "" if found is None else (found.lastgroup or ("m" if before == "h" else ""))
        if found is None or not unit or unit == before:
            return None
        total += float(found[1].replace(",", ".")) * {"h": 60, "m": 1, "s": 1 / 60}[unit]
        at, before = found.end(), unit
    return total if plain else None


def clock_of(text: str) -> Clock | None:
    """A time of day; None when the text is none.

    A date before it is told apart. A fraction below one is a part of a day, as spreadsheets
    keep it.
    """
    plain = _plain(text)
    dated = _DATED.fullmatch(plain)
    if dated is not None:
        rest = _clock(dated[2].removesuffix("z")) if dated[2] else Clock(0)
        date = date_of(dated[1])
        if rest is None or date is None:
            return None
        return rest._replace(date=date, is_half=False)
    return _clock(plain)


def _clock(plain: str) -> Clock | None:
    if _NUMBER.fullmatch(plain) and "." in plain and 0 <= float(plain.replace(",", ".")) < 1:
        return Clock(round(float(plain.replace(",", ".")) * DAY * 60) / 60)
    if len(plain) in {3, 4} and plain.isascii() and plain.isdigit():
        plain = f"{plain[:-2]}:{plain[-2:]}"
    found = _TIMED.fullmatch(plain)
    if found is None or (found[2] is None and found[4] is None):
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return Clock(DAY)
    half = f" {found[4]}m" if found[4] else ""
    time = clock_time(f"{hour}:{minute:02}{half}")
    if time is None or second >= 60:  # noqa: PLR2004 - seconds of a minute
        return None
    minutes = time.hour * 60 + time.minute + second / 60
    is_half = not half and 1 <= hour <= _NOON and not found[1].startswith("0")
    return Clock(minutes, is_half=is_half)


def span_of(text: str) -> tuple[Clock, Clock] | None:
    """`9:00-9:10`, `9:00 to 10:30 am`: when it begins and ends; None when it is no span."""
    plain = _plain(text)
    if _DATED.fullmatch(plain):
        return None
    sides = _TO.split(plain)
    if len(sides) != 2:  # noqa: PLR2004 - a beginning and an end
        return None
    first, second = _clock(sides[0]), _clock(sides[1])
    if second is not None and (first is None or first.is_half):
        first = _in_the_half_of(sides[0], sides[1], second) or first
    return (first, second) if first is not None and second is not None else None


def _in_the_half_of(plain: str, other: str, second: Clock) -> Clock | None:
    """The beginning of a span whose end alone says `am` or `pm`; None where it does not."""
    half = re.search(r"([ap])\.?m?\.?$", other)
    if half is None:
        return None
    tried = (_clock(f"{plain} {one}m") for one in (half[1], "a" if half[1] == "p" else "p"))
    return next((one for one in tried if one and one.minutes <= second.minutes), None)


def date_of(text: str) -> dt.date | None:
    """A date written year-month-day, with or without a midnight behind it; None for others."""
    found = _DATED.fullmatch(_plain(text))
    if found is None or found[2].strip("0:.z"):
        return None
    try:
        date = dt.date.fromisoformat(found[1])
    except ValueError:
        return None
    return date if date.year in _YEARS else None
