"""`facilitate check FILE...`: all that there is to mend in agenda and programme files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from facilitate.formats.problem import Problem

_CLEAN, _ERRORS, _UNREADABLE = 0, 1, 2


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One object per problem, one per line.")
@click.pass_context
def check(context: click.Context, files: tuple[str, ...], *, as_json: bool) -> None:
    """Tell everything that there is to mend in agenda and programme files.

    Ends with 0 when they are fine or have warnings only, 1 when there are errors, 2 when a
    file could not be read at all.
    """
    worst, found = _CLEAN, []
    for file in files:
        status, problems = _checked(click.format_filename(file), file)
        worst = max(worst, status)
        found += problems
        _tell(click.format_filename(file), problems, as_json=as_json)
    if not as_json and (found or len(files) > 1):
        click.echo(_count(found, len(files)))
    context.exit(worst)


def _checked(name: str, file: str) -> tuple[int, list[Problem]]:
    """The exit status for one file, and its problems."""
    from facilitate.formats.agenda_toml import Unreadable, read_agenda
    from facilitate.formats.programme_toml import read_programme
    from facilitate.formats.toml_reading import is_programme

    try:
        raw = _bytes(name, file)
        read = read_programme if is_programme(raw) else read_agenda
        problems = list(read(raw, name).problems)
    except Unreadable as unreadable:
        return _UNREADABLE, [unreadable.problem]
    errors = any(problem.level == "error" for problem in problems)
    return _ERRORS if errors else _CLEAN, problems


def _bytes(name: str, file: str) -> bytes:
    from facilitate.formats.problem import Problem
    from facilitate.formats.toml_reading import LONGEST, Unreadable

    try:
        with Path(file).open("rb") as opened:
            # One more than is ever read, so that an endless file ends here.
            return opened.read(LONGEST + 1)
    except FileNotFoundError:
        message, hint = "There is no such file.", "Is the name spelled as in its folder?"
    except IsADirectoryError:
        message, hint = "This is a folder.", "Name the files in it."
    except OSError as error:
        message, hint = f"It cannot be read: {error.strerror or 'no reason was given'}.", ""
    raise Unreadable(
        Problem(file=name, line=None, code="unreadable", message=message, hint=hint)
    )


def _tell(name: str, problems: list[Problem], *, as_json: bool) -> None:
    for problem in problems:
        click.echo(_line(problem) if as_json else _block(problem))
    if not problems and not as_json:
        click.echo(f"{_shown(name)}: nothing to mend")


def _line(problem: Problem) -> str:
    keys = ("file", "line", "column", "segment", "level", "code", "message", "hint")
    return json.dumps({key: getattr(problem, key) for key in keys})


def _block(problem: Problem) -> str:
    head = _shown(str(problem._replace(hint="")))
    return f"{head}\n    {_shown(problem.hint)}" if problem.hint else head


def _shown(text: str) -> str:
    from facilitate.formats.characters import printable

    return printable(text)


def _count(problems: Iterable[Problem], files: int) -> str:
    levels = [problem.level for problem in problems]
    told = [
        f"{levels.count(level)} {name}{'' if levels.count(level) == 1 else 's'}"
        for level, name in (("error", "error"), ("warning", "warning"))
        if level in levels
    ]
    where = "1 file" if files == 1 else f"{files} files"
    return f"{' and '.join(told)} in {where}" if told else f"{where}, nothing to mend"
