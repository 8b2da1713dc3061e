"""What holds in agendas and programmes alike."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable, Iterator

from facilitate.core.agenda import Preparation
from facilitate.formats.clock_text import clock_text
from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path
from facilitate.formats.slugs import LONGEST, SLUG, slug
from facilitate.formats.wording import closest

DAY = 24 * 60
"""Minutes; no part and no sitting is longer."""
WEEK = 7 * DAY

ANCHORS = ("starts_at", "starts_by", "not_before", "ends_at")
"""Keys that hold a part to the clock."""

_GROUP = re.compile(r"([1-9]\d{0,2})\s?[-\u2013]\s?([1-9]\d{0,2})", re.ASCII)
_YEARS = range(1970, 2200)
# A file system that ignores case would let "america/los_angeles" pass on one machine only.
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+\-]*(?:/[A-Z][A-Za-z0-9_+\-]*)*")


def short_name(path: Path, name: str | None) -> Iterator[Finding]:
    """A name that other files and commands point to is a slug; None passes."""
    if name is None or (SLUG.fullmatch(name) and len(name) <= LONGEST):
        return
    made = slug(name)
    yield Finding(
        at=path,
        code="short-name",
        message=f'"{name}" is not a short name: small letters a to z, digits and hyphens.',
        hint=f'Write "{made}".' if made else 'Such as "spring-day-1".',
        rests_on=(path,),
    )


def written(path: Path, text: str) -> Iterator[Finding]:
    """A needed text says something."""
    if not text.strip():
        yield Finding(
            at=path,
            code="empty",
            message=f"{path[-1]} is empty.",
            hint="Write at least a word between the quotes.",
            rests_on=(path,),
        )


def amount(
    path: Path, number: int | None, *, least: int = 1, most: int = DAY
) -> Iterator[Finding]:
    """A number lies within its bounds; None passes."""
    if number is None or least <= number <= most:
        return
    bound = f"at least {least}" if number < least else f"at most {most}"
    yield Finding(
        at=path,
        code="amount",
        message=f"{path[-1]} is {bound}, and this says {_short(number)}.",
        hint=f"Write a whole number from {least} to {most}.",
        rests_on=(path,),
    )


def _short(number: int) -> str:
    return str(number) if abs(number) < 10**12 else "something huge"


def year(path: Path, date: dt.date | None) -> Iterator[Finding]:
    """A date lies in a year that someone may have meant; None passes."""
    if date is not None and date.year not in _YEARS:
        yield Finding(
            at=path,
            code="date",
            message=f"The year {date.year:04} is probably a slip of the pen.",
            hint="Dates are written year-month-day, such as 2025-01-14.",
            rests_on=(path,),
        )


def known_zone(path: Path, name: str) -> Iterator[Finding]:
    """A timezone is one that the IANA list has."""
    if zone(name) is not None:
        return
    near = closest(name, zoneinfo.available_timezones())
    yield Finding(
        at=path,
        code="timezone",
        message=f'There is no timezone "{name[:60]}".',
        hint=f'Did you mean "{near}"?' if near else 'It is written like "America/Los_Angeles".',
        rests_on=(path,),
    )


def zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The timezone of that name; None when there is none."""
    if not _ZONE.fullmatch(name):
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def clock_change(
    path: Path, wall: dt.datetime, *, rests_on: tuple[Path, ...]
) -> Iterator[Finding]:
    """A wall time exists, and once only, on a day on which the clocks may be changed."""
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return
    clock, skipped = clock_text(wall.timetz()), is_skipped(wall)
    if skipped:
        message = f"{clock} does not exist on {wall:%Y-%m-%d}: the clocks go forward then."
        hint = "Choose a time before or after the gap."
    else:
        message = f"{clock} comes twice on {wall:%Y-%m-%d}: the clocks go back then."
        hint = "The first one is taken."
    yield Finding(
        at=path,
        code="no-such-time" if skipped else "time-twice",
        message=message,
        hint=hint,
        level="error" if skipped else "warning",
        rests_on=(path, *rests_on),
    )


def is_skipped(wall: dt.datetime) -> bool:
    """Whether the clocks of its zone go forward over a wall time."""
    first, second = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    return first is not None and second is not None and first < second


def no_two_alike(paths: Iterable[tuple[Path, str]], what: str) -> Iterator[Finding]:
    """No two of the names are the same."""
    first: dict[str, Path] = {}
    for path, name in paths:
        earlier = first.setdefault(name, path)
        if earlier != path:
            yield Finding(
                at=path,
                code="same-name",
                message=f'Another {what} above is called "{name}" too.',
                hint="Give one of them another name.",
                rests_on=(path, earlier),
            )


def group(size: int | str | None) -> tuple[int, int] | None:
    """The least and the most people of a room; None when it is not said, or makes no sense."""
    if isinstance(size, int):
        return size, size
    found = _GROUP.fullmatch(size.strip()) if size is not None else None
    if found is None or int(found[1]) > int(found[2]):
        return None
    return int(found[1]), int(found[2])


def preparation(before: Iterable[Preparation]) -> Iterator[Finding]:
    """Each preparation says what is to be done, and how many minutes before the start."""
    for number, item in enumerate(before):
        yield from amount(("before", number, "minutes"), item.minutes, most=WEEK)
        yield from written(("before", number, "do"), item.do)
