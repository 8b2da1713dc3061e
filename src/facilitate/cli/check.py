"""`facilitate check`: all that there is to mend in agenda and programme files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from facilitate.cli.told import shown

if TYPE_CHECKING:
    from facilitate.formats.problem import Problem
    from facilitate.session.checking import Checked

_CLEAN, _ERRORS, _UNREADABLE = 0, 1, 2


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE-OR-FOLDER...")
@click.option("--json", "as_json", is_flag=True, help="One object per problem, one per line.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; shows the changes first.")
@click.option("--yes", is_flag=True, help="With --fix: make the changes without asking.")
@click.pass_context
def check(
    context: click.Context, files: tuple[str, ...], *, as_json: bool, fix: bool, yes: bool
) -> None:
    """Tell everything that there is to mend in agenda and programme files.

    Folders are searched for them. Each file is checked by itself and beside what lies in its
    folder. --fix mends what cannot have meant anything else: curly quotes around values,
    invisible characters, zeros before numbers.

    Ends with 0 when they are fine or have warnings only, 1 when there are errors or changes
    were not made, 2 when a file could not be read at all.
    """
    if yes and not fix:
        raise click.UsageError("--yes goes with --fix.")
    if fix:
        from facilitate.cli.mending import mend_files

        if not mend_files(files, yes=yes, to_stderr=as_json):
            context.exit(_ERRORS)
    from facilitate.session.checking import check_files

    checked = check_files(files)
    for one in checked:
        _tell(one, as_json=as_json)
    if not as_json:
        _sum_up(checked)
    context.exit(max(map(_status, checked)))


def _status(one: Checked) -> int:
    if not one.is_readable:
        return _UNREADABLE
    errors = any(problem.level == "error" for problem in one.problems)
    return _ERRORS if errors else _CLEAN


def _tell(one: Checked, *, as_json: bool) -> None:
    for problem in one.problems:
        click.echo(_line(problem) if as_json else _block(problem))
    if one.problems or as_json:
        return
    passed = "passed over, neither an agenda nor a programme"
    click.echo(f"{shown(one.name)}: {passed if one.is_passed_over else 'nothing to mend'}")


def _sum_up(checked: Iterable[Checked]) -> None:
    looked_at = [one for one in checked if not one.is_passed_over]
    found = [problem for one in looked_at for problem in one.problems]
    if found or len(looked_at) != 1:
        click.echo(_count(found, len(looked_at)))
    if any(one.is_fixable for one in looked_at):
        click.echo("Some of it can be mended for you: facilitate check --fix")


def _line(problem: Problem) -> str:
    keys = ("file", "line", "column", "segment", "level", "code", "message", "hint")
    return json.dumps({key: getattr(problem, key) for key in keys})


def _block(problem: Problem) -> str:
    head = shown(str(problem._replace(hint="")))
    return f"{head}\n    {shown(problem.hint)}" if problem.hint else head


def _count(problems: Iterable[Problem], files: int) -> str:
    levels = [problem.level for problem in problems]
    told = [
        f"{levels.count(level)} {name}{'' if levels.count(level) == 1 else 's'}"
        for level, name in (("error", "error"), ("warning", "warning"))
        if level in levels
    ]
    where = "1 file" if files == 1 else f"{files} files"
    return f"{' and '.join(told)} in {where}" if told else f"{where}, nothing to mend"
