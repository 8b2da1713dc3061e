"""The commands of a script: how each is written, and what it asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, get_args

from facilitate.core.capture_line import NewWording, Nothing, clean, read_line
from facilitate.core.captures import ConcernKind, EntryState, LowerRing, Ring
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
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    Keep,
    LetGo,
    Lower,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    Withdraw,
)
from facilitate.core.tally import SCALES, Scale
from facilitate.core.values import dataclass
from facilitate.formats.script_moments import Moments
from facilitate.formats.script_trouble import Wrong
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLine:
    """Write on the capture line and press Enter."""

    text: str
    """As it was written; it says something, if only to this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVoices:
    """Note a tally of the round about a line."""

    number: int
    text: str
    """As it was written; what it says depends on the scale of the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAndRecord:
    """End the sitting and write its record."""

    folder: str
    """The root of the records, relative to where the program runs; never empty."""


Wish = (
    Command
    | GoOn
    | GoBack
    | TakeProposal
    | TakeLook
    | WriteLine
    | CountVoices
    | CloseAndRecord
)  # fmt: skip
"""What a line asks for: a command, or what becomes one once the state is known."""


def wish(words: Sequence[str], moments: Moments) -> Wish:
    """What the words of a command ask for; what is kept as written is the last of them.

    Raises:
        Wrong: when they are no command.
    """
    if not words:
        raise Wrong("no-command", "There is no command behind the time.")
    name = words[0]
    if name not in _NAMES:
        hint = did_you_mean(name, _NAMES)
        raise Wrong("unknown-command", f'"{name}" is none of the commands.', hint)
    ways = [written for written in COMMANDS if written.partition(" ")[0] == name]
    for written in ways:
        values = _values(written.split(), words, moments)
        if values is not None:
            return COMMANDS[written](*values)
    raise Wrong("arguments", f'"{name}" is not written so.', f"Write: {' or '.join(ways)}.")


# Slots


_SLOT = re.compile(r'(.*?)(N|ID|HH:MM|"TITLE"|DIR|LINE|TEXT|TALLY|STATE|METHOD|RING)', re.ASCII)
_AS_WRITTEN = ("LINE", "TEXT", "TALLY")
"""Slots that take the rest of a line exactly as it is written."""
_OF_WORDS = ("STATE", "METHOD")
"""Slots that take all the words that are left."""
_COUNT = re.compile(r"\d{1,4}", re.ASCII)

_Value = str | int | dt.datetime


def _values(
    written: Sequence[str], words: Sequence[str], moments: Moments
) -> list[_Value] | None:
    """What words fill in for the slots of a command; None when they are written otherwise."""
    if written[-1] in _OF_WORDS and len(words) > len(written):
        last = len(written) - 1
        words = [*words[:last], " ".join(words[last:])]
    if len(written) != len(words):
        return None
    values: list[_Value] = []
    for piece, word in zip(written, words, strict=True):
        slot = _SLOT.fullmatch(piece)
        if slot is None:
            if piece != word:
                return None
            continue
        given = word.removeprefix(slot[1])
        if not word.startswith(slot[1]) or not _fits(slot[2], given):
            return None
        values.append(_value(slot[2], given, moments))
    return values


def _fits(slot: str, word: str) -> bool:
    """Whether a word can stand in a slot; most are looked at later, more closely."""
    if slot == "N":
        return _COUNT.fullmatch(word) is not None
    return bool(word)


def _value(slot: str, word: str, moments: Moments) -> _Value:
    if slot == "HH:MM":
        return moments.instant(word)
    return int(word) if slot == "N" else word


# Lines


_LINE_NAME = re.compile(r"[A-Za-z]?(\d{1,6})", re.ASCII)


def _number(name: str) -> int:
    """The number of a line that is meant by it or by its name: `12`, `A12`, `a12`."""
    found = _LINE_NAME.fullmatch(name)
    if found is None:
        hint = "A line is meant by its number or its name, as in 12 or A12."
        raise Wrong("no-line", f'"{name}" is no line.', hint)
    return int(found[1])


_Choice = TypeVar("_Choice")

_STATES: Mapping[str, EntryState] = {state: state for state in get_args(EntryState)}
_RINGS: Mapping[str, Ring] = {ring: ring for ring in get_args(Ring)}
_LOWER_RINGS: Mapping[str, LowerRing] = {ring: ring for ring in get_args(LowerRing)}
_METHODS: Mapping[str, Scale] = {
    **SCALES,
    **{scale.name: scale for scale in SCALES.values()},
}


def _one_of(choices: Mapping[str, _Choice], what: str, written: str) -> _Choice:
    """The choice that is written with hyphens or spaces."""
    choice = choices.get(written.replace("-", " "))
    if choice is None:
        hint = did_you_mean(written, choices)
        raise Wrong(f"unknown-{what}", f'"{written}" is none of the {what}s.', hint)
    return choice


def _no_words() -> Wrong:
    return Wrong("no-words", "There are no words behind it.")


def _write(text: str) -> Wish:
    if isinstance(read_line(text, None), Nothing):
        raise _no_words()
    return WriteLine(text=text)


def _reword(name: str, text: str) -> Wish:
    wording = read_line(f"*{_number(name)} {text}", None)
    if not isinstance(wording, NewWording):
        raise _no_words()
    return Reword(wording=wording)


def _concern(kind: ConcernKind, name: str, text: str) -> Wish:
    if not clean(text):
        raise _no_words()
    return NoteConcern(kind=kind, text=text, number=_number(name))


# Commands


OF_THE_DAY: Mapping[str, Callable[..., Wish]] = {
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
    "close --record DIR": lambda folder: CloseAndRecord(folder=folder),
    "doors": OpenDoors,
    "rooms open": OpenRooms,
    "rooms close": CloseRooms,
    "look": TakeLook,
}
"""Commands about the day; N is whole minutes, ID a segment, HH:MM a moment, DIR a folder."""

OF_LINES: Mapping[str, Callable[..., Wish]] = {
    "notes keep": lambda: AgreeNotes(keeps=True),
    "notes room": lambda: AgreeNotes(keeps=False),
    "capture LINE": _write,
    "read-back ID": lambda name: ReadBack(number=_number(name)),
    "reword ID TEXT": _reword,
    "move-to ID merged into ID": lambda name, into: MoveTo(
        number=_number(name), state="merged", into=_number(into)
    ),
    "move-to ID STATE": lambda name, state: MoveTo(
        number=_number(name), state=_one_of(_STATES, "state", state)
    ),
    "test ID METHOD": lambda name, method: PutToTest(
        number=_number(name), scale=_one_of(_METHODS, "method", method)
    ),
    "tally ID TALLY": lambda name, text: CountVoices(number=_number(name), text=text),
    "concern ID TEXT": lambda name, text: _concern("concern", name, text),
    "objection ID TEXT": lambda name, text: _concern("objection", name, text),
    "adopt ID": lambda name: AdoptLine(number=_number(name)),
    "re-affirm ID": lambda name: Reaffirm(number=_number(name)),
    "raise ID RING": lambda name, ring: Raise(
        number=_number(name), ring=_one_of(_RINGS, "ring", ring)
    ),
    "lower ID RING": lambda name, ring: Lower(
        number=_number(name), ring=_one_of(_LOWER_RINGS, "ring", ring)
    ),
    "keep ID": lambda name: Keep(number=_number(name)),
    "let-go ID": lambda name: LetGo(number=_number(name)),
    "withdraw ID": lambda name: Withdraw(number=_number(name)),
}
"""Commands about the lines of the group; ID is the number or the name of one."""

COMMANDS: Mapping[str, Callable[..., Wish]] = {**OF_THE_DAY, **OF_LINES}
"""Every command as it is written; of two that fit, the first is meant."""

_NAMES = tuple(dict.fromkeys(written.partition(" ")[0] for written in COMMANDS))

KEPT_AS_WRITTEN: Mapping[str, int] = {
    written.partition(" ")[0]: len(written.split())
    for written in COMMANDS
    if written.endswith(_AS_WRITTEN)
}
"""Names of commands that end in words of people, and of how many words such a command is."""
