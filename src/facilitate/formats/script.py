"""A made-up course of a sitting, line by line: what is done, and when.

    09:07 start
    09:20 next at 09:17     # said afterwards
    09:22 capture a: One mic, one speaker
    09:25 look

The whole grammar stands in docs/simulate.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.formats.characters import printable
from facilitate.formats.problem import Problem
from facilitate.formats.script_commands import KEPT_AS_WRITTEN, Wish, wish
from facilitate.formats.script_moments import Moments, date_of
from facilitate.formats.script_trouble import Wrong
from facilitate.formats.toml_reading import LONGEST, Unreadable, decoded


class Line(NamedTuple):
    """Something that is done at one moment."""

    number: int
    """In the file, from 1."""
    at: dt.datetime
    """UTC; never before the line above."""
    text: str
    """The command as it was written, fit to be printed."""
    wish: Wish


class Script(NamedTuple):
    """A made-up course of a sitting."""

    date: dt.date
    """Of the sitting, in the agenda's zone."""
    lines: tuple[Line, ...]
    """Those that could be read, in order."""
    problems: tuple[Problem, ...]
    """All that there is to mend, in order."""


def read_script(raw: bytes, file: str, agenda: Agenda, date: dt.date) -> Script:
    """The lines of a script and all of its problems.

    Args:
        raw: the whole file, UTF-8.
        file: its name as the user gave it.
        agenda: whose zone the clock times are meant in.
        date: of the sitting, unless the first line says a full date.

    Raises:
        Unreadable: when it is not text in UTF-8, or far too long.
    """
    if len(raw) > LONGEST:
        long = Wrong("unreadable", "The file is far too long for a script.")
        raise Unreadable(long.problem(file, None))
    texts = _texts(decoded(raw, file))
    moments = Moments(agenda, _own_date(texts, agenda) or date)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, text in texts:
        try:
            lines.append(_line(number, text, moments, lines))
        except Wrong as wrong:
            problems.append(wrong.problem(file, number))
    if not texts:
        empty = Wrong("empty", "There is no command in it yet.")
        problems.append(empty.problem(file, None))
    return Script(moments.date, tuple(lines), tuple(problems))


def _texts(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    plain = (_without_comment(line.strip()) for line in text.split("\n"))
    return [(number, line) for number, line in enumerate(plain, 1) if line]


def _own_date(texts: Sequence[tuple[int, str]], agenda: Agenda) -> dt.date | None:
    """The date that the first line says; None when it says a clock time alone."""
    return date_of(texts[0][1].split()[0], agenda) if texts else None


def _line(number: int, text: str, moments: Moments, before: Sequence[Line]) -> Line:
    words = _words(text)
    at = moments.instant(words[0])
    if before and at < before[-1].at:
        raise Wrong(
            "goes-back",
            f"This comes before line {before[-1].number}.",
            "Lines stand in the order of time; after midnight hours go on: 24:10.",
        )
    command = text.removeprefix(words[0]).strip()
    return Line(number, at, printable(command), wish(words[1:], moments))


# Words


_WORD = re.compile(r'\s*(?:"([^"]*)"|([^\s"]+))')
_STRAIGHT = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\xab\xbb", '"'))
"""Word processors write other quotes than keyboards do."""


def _without_comment(line: str) -> str:
    """A line with straight quotes and no comment; where it ends in words of people, itself."""
    if _pieces(line):
        return line
    straight, inside = line.translate(_STRAIGHT), False
    for place, character in enumerate(straight):
        inside ^= character == '"'
        if character == "#" and not inside:
            return straight[:place].strip()
    return straight


def _words(text: str) -> list[str]:
    """The words of a line; what stands in quotes is one, and so are words of people."""
    if pieces := _pieces(text):
        return pieces
    if text.count('"') % 2:
        raise Wrong("open-quote", "A quote is opened here and not closed.")
    return [quoted or bare for quoted, bare in _WORD.findall(text)]


def _pieces(line: str) -> list[str]:
    """A line that ends in words of people, with those as its last piece; empty for others."""
    moment, name = (*line.split(None, 2), "", "")[:2]
    if "#" in moment or name not in KEPT_AS_WRITTEN:
        return []
    return line.split(None, KEPT_AS_WRITTEN[name])
