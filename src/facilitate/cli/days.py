"""Days as they are written on the command line."""

from __future__ import annotations

import datetime as dt
import re

import click

from facilitate.cli.told import shown

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read_day(text: str) -> dt.date | None:
    """A day as it is written on the command line; None when it is none."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def day(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> dt.date | None:
    """The day that an option says; None without one.

    Raises:
        BadParameter: when it is none.
    """
    return None if text is None else _day(text)


def days(
    _context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[dt.date, ...]:
    """The days that an option says, which can be repeated.

    Raises:
        BadParameter: when one is none.
    """
    return tuple(map(_day, texts))


def _day(text: str) -> dt.date:
    found = read_day(text)
    if found is None:
        raise click.BadParameter(f"{shown(text)} is no date. Write it like 2027-04-13.")
    return found
