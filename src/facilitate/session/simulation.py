"""Trying a day out: a script is carried out as if somebody did it, and nothing is written.

It goes through the very sitting that people hold, with a clock that the script sets. Only a
script that asks for a record gets one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import Nothing, RoomLine
from facilitate.core.commands import ApplyFit, Close, Command, Next, Return, confirmed
from facilitate.core.decide_entries import shown_entry
from facilitate.core.done_words import done_words
from facilitate.core.entry_commands import TakeVotes
from facilitate.core.fit import fit
from facilitate.core.line_meaning import command_of
from facilitate.core.look import Look, look
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.state import SessionState
from facilitate.core.tally import Scale, Tally, read_tally
from facilitate.formats.script import Line, Script
from facilitate.formats.script_commands import (
    CloseAndRecord,
    CountVoices,
    GoBack,
    GoOn,
    TakeLook,
    TakeProposal,
    WriteLine,
)
from facilitate.session.clock import ScriptedClock
from facilitate.session.live import LiveSession, rehearse


class Done(NamedTuple):
    """A line that was carried out."""

    line: Line
    question: str
    """What was asked first, and answered with yes; empty for nothing."""
    said: str = ""
    """What a tally says; empty for every other line."""


class Held(NamedTuple):
    """A line that wrote words for the room only; nobody is to print them."""

    line: Line


class Closed(NamedTuple):
    """A line that ended the sitting and asked for its record, which was written."""

    line: Line
    folder: str
    """Where the record stands."""


class Refusal(NamedTuple):
    """A line that could not be carried out; nothing changed.

    Only a sitting whose record could not be written is closed all the same.
    """

    line: Line
    reason: str


class Looked(NamedTuple):
    """A look that a line asked for."""

    line: Line
    look: Look
    state: SessionState
    """Of that moment."""


Outcome = Done | Held | Closed | Refusal | Looked

WriteRecord = Callable[[SessionState, str], str]
"""Writes the record of a closed sitting below a folder and returns where; may be `Refused`."""


def simulate(agenda: Agenda, script: Script, write_record: WriteRecord) -> Iterator[Outcome]:
    """What becomes of each line of a script, in order; empty for a script without lines.

    `write_record` is called for lines that ask for a record, and for no other.
    """
    if not script.lines:
        return
    clock = ScriptedClock(script.lines[0].at)
    live = rehearse(clock, agenda, date=script.date)
    for line in script.lines:
        clock.set(line.at)
        yield _outcome(live, line, write_record)


def _outcome(live: LiveSession, line: Line, write_record: WriteRecord) -> Outcome:
    try:
        match line.wish:
            case TakeLook():
                return _looked(live, line)
            case CloseAndRecord(folder=folder):
                live.do(Close())
                # A rehearsal leaves no record by itself; of this one it was asked for.
                state = replace(live.state, rehearsal=False)
                return Closed(line, write_record(state, folder))
            case WriteLine(text=text):
                return _written(live, line, text)
            case wish:
                return _done(live, line, _command(wish, live.state, line.at))
    except Refused as refused:
        return Refusal(line, str(refused))


def _looked(live: LiveSession, line: Line) -> Looked:
    seen = look(live.state, line.at)
    assert seen is not None, "an agenda is open from the beginning"
    return Looked(line, seen, live.state)


def _written(live: LiveSession, line: Line, text: str) -> Outcome:
    meant = command_of(live.state, text)
    assert not isinstance(meant, Nothing), "an empty line is told when it is read"
    if isinstance(meant, RoomLine):
        live.hold_in_room(meant)
        return Held(line)
    return _done(live, line, meant)


def _command(
    wish: Command | GoOn | GoBack | TakeProposal | CountVoices,
    state: SessionState,
    now: dt.datetime,
) -> Command:
    running = state.run.segment if state.run else None
    match wish:
        case GoOn(seen=seen, at=at):
            return Next(seen=seen or running, at=at)
        case GoBack(segment=segment):
            return Return(segment=segment, seen=running)
        case TakeProposal():
            proposal = fit(state, now)
            return ApplyFit(allotments=proposal.allotments if proposal else ())
        case CountVoices(number=number, text=text):
            round_ = shown_entry(state, number).under_test
            # Without a round the rules say what comes first, whatever was counted.
            tally = _tally(text, round_.scale) if round_ else Tally(())
            return TakeVotes(tally=tally, number=number)
        case _:
            return wish


def _tally(text: str, scale: Scale) -> Tally:
    tally = read_tally(text, scale)
    if tally is None:
        keys = f"has the keys {', '.join(scale.keys)}" if scale.keys else "counts nothing"
        raise Refused(f"That is no tally: {scale.name} {keys}, and = is no objection heard.")
    return tally


def _done(live: LiveSession, line: Line, command: Command) -> Done:
    before, question = live.state, _do(live, command)
    said = done_words(before, live.state) if isinstance(command, TakeVotes) else ""
    return Done(line, question, said)


def _do(live: LiveSession, command: Command) -> str:
    """Carry out a command; a question about it is answered with yes and returned."""
    try:
        live.do(command)
    except NeedsAsking as question:
        live.do(confirmed(command))
        return str(question)
    return ""
