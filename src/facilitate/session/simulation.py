"""Trying a day out: a script is carried out as if somebody did it, and nothing is written.

It goes through the very sitting that people hold, with a clock that the script sets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.commands import ApplyFit, Command, Next, Return, confirmed
from facilitate.core.fit import fit
from facilitate.core.look import Look, look
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.state import SessionState
from facilitate.formats.script import GoBack, GoOn, Line, Script, TakeLook, TakeProposal
from facilitate.session.clock import ScriptedClock
from facilitate.session.live import LiveSession, rehearse


class Done(NamedTuple):
    """A line that was carried out."""

    line: Line
    question: str
    """What was asked first, and answered with yes; empty for nothing."""


class Refusal(NamedTuple):
    """A line that could not be carried out; nothing changed."""

    line: Line
    reason: str


class Looked(NamedTuple):
    """A look that a line asked for."""

    line: Line
    look: Look
    state: SessionState
    """Of that moment."""


Outcome = Done | Refusal | Looked


def simulate(agenda: Agenda, script: Script) -> Iterator[Outcome]:
    """What becomes of each line of a script, in order; empty for a script without lines."""
    if not script.lines:
        return
    clock = ScriptedClock(script.lines[0].at)
    live = rehearse(clock, agenda, date=script.date)
    for line in script.lines:
        clock.set(line.at)
        yield _outcome(live, line)


def _outcome(live: LiveSession, line: Line) -> Outcome:
    if isinstance(line.wish, TakeLook):
        seen = look(live.state, line.at)
        assert seen is not None, "an agenda is open from the beginning"
        return Looked(line, seen, live.state)
    try:
        return Done(line, _do(live, _command(line.wish, live.state, line.at)))
    except Refused as refused:
        return Refusal(line, str(refused))


def _command(
    wish: Command | GoOn | GoBack | TakeProposal, state: SessionState, now: dt.datetime
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
        case _:
            return wish


def _do(live: LiveSession, command: Command) -> str:
    """Carry out a command; a question about it is answered with yes and returned."""
    try:
        live.do(command)
    except NeedsAsking as question:
        live.do(confirmed(command))
        return str(question)
    return ""
