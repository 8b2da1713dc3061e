"""A made-up course of a sitting, line by line: what is done, and when.

    09:07 start
    09:20 next at 09:17     # said afterwards
    09:25 look

The whole grammar stands in docs/simulate.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import instant, local
from facilitate.core.commands import (
    Adopt,
    Close,
    CloseRooms,
    Command,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    Next,
    OpenDoors,
    OpenRooms,
    Restore,
    Skip,
    StartPause,
    Undo,
)
from facilitate.core.values import dataclass
from facilitate.formats.characters import printable
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import LONGEST, Unreadable, decoded
from facilitate.formats.wording import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """Go on to what follows."""

    seen: str | None = None
    """The segment that was seen running; None for the one that runs."""
    at: dt.datetime | None = None
    """When it really was, for what is said afterwards; None means now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoBack:
    """Interrupt what runs and go back to a segment that ran before."""

    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeProposal:
    """Shorten segments as the proposal of that moment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLook:
    """Print how the sitting stands."""


Wish = Command | GoOn | GoBack | TakeProposal | TakeLook
"""What a line asks for: a command, or what becomes one once the state is known."""


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


COMMANDS: Mapping[str, Callable[..., Wish]] = {
    "start": lambda: Next(seen=None),
    "start at HH:MM": lambda at: Next(seen=None, at=at),
    "next": GoOn,
    "next at HH:MM": lambda at: GoOn(at=at),
    "next from=ID": lambda seen: GoOn(seen=seen),
    "extend N push": lambda count: Extend(minutes=count),
    "extend N from:ID": lambda count, payer: Extend(minutes=count, payer=payer),
    "trim N": lambda count: Extend(minutes=-count),
    "fit": TakeProposal,
    "pause care": lambda: StartPause(kind="care"),
    "pause tech": lambda: StartPause(kind="tech"),
    "pause hold": lambda: StartPause(kind="hold"),
    "resume": EndPause,
    "skip ID": lambda segment: Skip(segment=segment),
    "restore ID": lambda segment: Restore(segment=segment),
    "return ID": lambda segment: GoBack(segment=segment),
    "move ID before ID": lambda segment, before: Move(segment=segment, before=before),
    'insert "TITLE" N after ID': lambda title, count, after: Insert(
        title=title, minutes=count, after=after
    ),
    "adopt": Adopt,
    "overtime N": lambda count: GrantOvertime(minutes=count),
    "undo": Undo,
    "close": Close,
    "doors": OpenDoors,
    "rooms open": OpenRooms,
    "rooms close": CloseRooms,
    "look": TakeLook,
}
"""Every command as it is written; N is whole minutes, ID a segment, HH:MM a moment."""

_NAMES = tuple(dict.fromkeys(written.partition(" ")[0] for written in COMMANDS))
_SLOT = re.compile(r'(.*?)(N|ID|HH:MM|"TITLE")')
_WORD = re.compile(r'\s*(?:"([^"]*)"|([^\s"]+))')
_STRAIGHT = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\xab\xbb", '"'))
"""Word processors write other quotes than keyboards do."""

_COUNT = re.compile(r"\d{1,4}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_FULL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_HOURS = 48
"""A sitting may go on into the next day."""
_YEARS = range(1970, 9000)

_AS_IN = "Write it as in 09:07, 09:07:30, 24:10 after midnight, or 2027-04-13T09:07-07:00."


class _Wrong(Exception):
    """A line that cannot be read; `code` is a short stable name of the fault."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


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
        long = _Wrong("unreadable", "The file is far too long for a script.")
        raise Unreadable(_problem(file, None, long))
    texts = _texts(decoded(raw, file))
    clock = _Clock(agenda, _own_date(texts, agenda) or date)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, text in texts:
        try:
            lines.append(_line(number, text, clock, lines))
        except _Wrong as wrong:
            problems.append(_problem(file, number, wrong))
    if not texts:
        problems.append(_problem(file, None, _Wrong("empty", "There is no command in it yet.")))
    return Script(clock.date, tuple(lines), tuple(problems))


def _texts(text: str) -> list[tuple[int, str]]:
    """The lines that say something, without comments, with their numbers."""
    plain = (_without_comment(line.translate(_STRAIGHT)) for line in text.split("\n"))
    return [(number, line) for number, line in enumerate(plain, 1) if line]


def _without_comment(line: str) -> str:
    inside = False
    for place, character in enumerate(line):
        inside ^= character == '"'
        if character == "#" and not inside:
            return line[:place].strip()
    return line.strip()


def _problem(file: str, number: int | None, wrong: _Wrong) -> Problem:
    return Problem(
        file=file,
        line=number,
        code=wrong.code,
        message=printable(wrong.message),
        hint=printable(wrong.hint),
    )


def _own_date(texts: Sequence[tuple[int, str]], agenda: Agenda) -> dt.date | None:
    """The date that the first line says; None when it says a clock time alone."""
    first = texts[0][1].split()[0] if texts else ""
    try:
        return local(agenda, _full(first)).date() if _FULL.fullmatch(first) else None
    except _Wrong:
        return None  # told when that line is read


def _line(number: int, text: str, clock: _Clock, before: Sequence[Line]) -> Line:
    words = _words(text)
    at = clock.instant(words[0])
    if before and at < before[-1].at:
        raise _Wrong(
            "goes-back",
            f"This comes before line {before[-1].number}.",
            "Lines stand in the order of time; after midnight hours go on: 24:10.",
        )
    command = text.removeprefix(words[0]).strip()
    return Line(number, at, printable(command), _wish(words[1:], clock))


def _words(text: str) -> list[str]:
    """The words of a line, and what stands in quotes as one."""
    if text.count('"') % 2:
        raise _Wrong("open-quote", "A quote is opened here and not closed.")
    return [quoted or bare for quoted, bare in _WORD.findall(text)]


# Commands


def _wish(words: Sequence[str], clock: _Clock) -> Wish:
    if not words:
        raise _Wrong("no-command", "There is no command behind the time.")
    name = words[0]
    if name not in _NAMES:
        hint = did_you_mean(name, _NAMES)
        raise _Wrong("unknown-command", f'"{name}" is none of the commands.', hint)
    ways = [written for written in COMMANDS if written.partition(" ")[0] == name]
    for written in ways:
        values = _values(written.split(), words, clock)
        if values is not None:
            return COMMANDS[written](*values)
    raise _Wrong("arguments", f'"{name}" is not written so.', f"Write: {' or '.join(ways)}.")


def _values(
    written: Sequence[str], words: Sequence[str], clock: _Clock
) -> list[str | int | dt.datetime] | None:
    """What words fill in for the slots of a command; None when they are written otherwise."""
    if len(written) != len(words):
        return None
    values: list[str | int | dt.datetime] = []
    for piece, word in zip(written, words, strict=True):
        slot = _SLOT.fullmatch(piece)
        if slot is None:
            if piece != word:
                return None
            continue
        given = word.removeprefix(slot[1])
        if not word.startswith(slot[1]) or not _fits(slot[2], given):
            return None
        values.append(_value(slot[2], given, clock))
    return values


def _fits(slot: str, word: str) -> bool:
    """Whether a word can stand in a slot; a moment is looked at later, more closely."""
    if slot == "N":
        return _COUNT.fullmatch(word) is not None
    return bool(word)


def _value(slot: str, word: str, clock: _Clock) -> str | int | dt.datetime:
    if slot == "HH:MM":
        return clock.instant(word)
    return int(word) if slot == "N" else word


# Moments


class _Clock:
    """The clocks of the agenda's zone on the day of a sitting."""

    def __init__(self, agenda: Agenda, date: dt.date) -> None:
        self._agenda = agenda
        self.date = date

    def instant(self, word: str) -> dt.datetime:
        """The moment that a word says, UTC; of two with one name the first.

        Raises:
            _Wrong: when it says none.
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
            raise _Wrong("skipped-time", f"On {date} the clocks go past {word}.")
        return at


def _full(word: str) -> dt.datetime:
    if not _FULL.fullmatch(word):
        raise _no_moment(word)
    try:
        at = dt.datetime.fromisoformat(word)
        if at.tzinfo is None:
            hint = f"Write it as in {word}-07:00."
            raise _Wrong("no-offset", f"{word} does not say in which zone it is meant.", hint)
        return _sane(word, at.astimezone(dt.UTC))
    except (ValueError, OverflowError):
        raise _no_moment(word) from None


def _sane(word: str, at: dt.datetime) -> dt.datetime:
    if at.year not in _YEARS:
        raise _no_moment(word)
    return at


def _no_moment(word: str) -> _Wrong:
    return _Wrong("no-moment", f'"{word}" is no moment.', _AS_IN)
