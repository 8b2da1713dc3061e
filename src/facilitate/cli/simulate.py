"""`facilitate simulate AGENDA SCRIPT`: a day tried out with a made-up clock."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt

    from facilitate.core.agenda import Agenda
    from facilitate.core.state import SessionState
    from facilitate.formats.problem import Problem
    from facilitate.formats.script import Script
    from facilitate.session.simulation import Outcome

_REFUSED, _UNUSABLE = 1, 2
_INDENT = "       "


class Unusable(Exception):
    """An agenda or a script that cannot be carried out; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@click.command("simulate")
@click.argument("agenda", type=click.Path())
@click.argument("script", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One object per look, one per line.")
@click.pass_context
def simulate(context: click.Context, agenda: str, script: str, *, as_json: bool) -> None:
    """Try a day out with a made-up clock: what if we start seven minutes late?

    Each line of SCRIPT, a text file, says when something is done: "09:07 start",
    "09:20 next", "09:25 look". A look prints how the day stands then. Nothing is kept,
    unless a line says where: "11:30 close --record FOLDER".

    Ends with 0 when everything was carried out, 1 when something was refused, 2 when AGENDA
    or SCRIPT cannot be used.
    """
    from facilitate.session import simulation

    try:
        opened = _agenda(agenda)
        plan = _script(script, opened)
    except Unusable as unusable:
        for problem in unusable.problems:
            _say(str(problem), err=True)
        context.exit(_UNUSABLE)
    refused = False
    for outcome in simulation.simulate(opened, plan, _write_record):
        refused |= isinstance(outcome, simulation.Refusal)
        if as_json:
            _tell_programs(outcome, opened, click.format_filename(script))
        else:
            _tell_people(outcome, opened)
    context.exit(_REFUSED if refused else 0)


# What is read


def _agenda(file: str) -> Agenda:
    from facilitate.session.library import open_agenda

    opened = open_agenda(Path(file))
    if opened.agenda is None:
        name = click.format_filename(file)
        errors = (problem for problem in opened.problems if problem.level == "error")
        raise Unusable(error._replace(file=name) for error in errors)
    return opened.agenda


def _script(file: str, agenda: Agenda) -> Script:
    from facilitate.formats.script import read_script
    from facilitate.formats.toml_reading import Unreadable

    name = click.format_filename(file)
    try:
        script = read_script(_bytes(name, file), name, agenda, agenda.date or _today(agenda))
    except Unreadable as unreadable:
        raise Unusable([unreadable.problem]) from None
    if script.problems:
        raise Unusable(script.problems)
    return script


def _bytes(name: str, file: str) -> bytes:
    from facilitate.formats.problem import Problem
    from facilitate.formats.toml_reading import LONGEST

    try:
        with Path(file).open("rb") as opened:
            # One more than is ever read, so that an endless file ends here.
            return opened.read(LONGEST + 1)
    except FileNotFoundError:
        message = "There is no such file."
    except OSError as error:
        message = f"It cannot be read: {error.strerror or 'no reason was given'}."
    raise Unusable([Problem(file=name, line=None, code="unreadable", message=message)])


def _today(agenda: Agenda) -> dt.date:
    from facilitate.core.clock_time import local
    from facilitate.session.clock import SystemClock

    return local(agenda, SystemClock().now()).date()


def _write_record(state: SessionState, folder: str) -> str:
    from facilitate.core.refusal import Refused
    from facilitate.session import harvest

    try:
        return str(harvest.write_record(state, Path(folder)).folder)
    except OSError as error:
        why = error.strerror or "no reason was given"
        message = f"The sitting is closed, but its record cannot be written: {why}."
        raise Refused(message) from error


# What is told


def _tell_programs(outcome: Outcome, agenda: Agenda, file: str) -> None:
    """Looks alone; what was refused goes to standard error."""
    from facilitate.formats.look_json import look_json
    from facilitate.session.simulation import Looked, Refusal

    match outcome:
        case Looked(look=look):
            click.echo(look_json(look, agenda))
        case Refusal(line=line, reason=reason):
            _say(f"{file}:{line.number}: refused: {reason}", err=True)


def _tell_people(outcome: Outcome, agenda: Agenda) -> None:
    from facilitate.core.time_words import clock_words
    from facilitate.formats.look_page import look_page
    from facilitate.session.simulation import Closed, Done, Held, Looked, Refusal

    at = clock_words(agenda, outcome.line.at)
    match outcome:
        case Looked(look=look, state=state):
            click.echo(f"\n{look_page(look, state)}\n")
        case Done(line=line, question=question, said=said):
            _say(f"{at}  {line.text}")
            if said:
                _say(f"{_INDENT}{said}")
            if question:
                _say(f"{_INDENT}asked: {question}, yes")
        case Held():
            _say(f"{at}  capture")
            _say(f"{_INDENT}held in this room only")
        case Closed(line=line, folder=folder):
            _say(f"{at}  {line.text}")
            _say(f"{_INDENT}record: {folder}")
        case Refusal(line=line, reason=reason):
            _say(f"{at}  {line.text}")
            _say(f"{_INDENT}refused: {reason}")


def _say(text: str, *, err: bool = False) -> None:
    """Print words of others so that they cannot steer the terminal."""
    from facilitate.formats.characters import printable

    click.echo(printable(text), err=err)
