"""`facilitate diff`: what differs between two agendas, in the words of the day."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli.told import Told, shown

if TYPE_CHECKING:
    from facilitate.session.comparing import Compared

_SAME, _DIFFERENT, _UNREADABLE = 0, 1, 2
_TWO, _UNMERGED, _CHANGED, _RENAMED = 2, 1, 7, 9
_NOTHING = "/dev/null"


class Changed(NamedTuple):
    """A changed file as git hands it to a program that shows differences."""

    path: str
    old: str
    old_mode: str
    new: str
    new_mode: str
    to: str
    """Its name now."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="BEFORE AFTER")
@click.option(
    "--git", "by_git", is_flag=True,
    help="Take what git hands to a program that shows differences; see facilitate git-setup.",
)  # fmt: skip
@click.pass_context
def diff(context: click.Context, files: tuple[str, ...], *, by_git: bool) -> None:
    """Tell what is other in the agenda AFTER than in BEFORE.

    A line for each part, as "Words we carry: 30 -> 25 min, moved before Break". An agenda that
    has something to mend can be compared, too, as long as all of it can be read.

    Exit code: 0 when both say the same, 1 when they differ, 2 when one cannot be read. For
    git always 0.
    """
    if by_git:
        try:
            _for_git(files)
        except BrokenPipeError:  # whoever reads has seen enough, which git calls a fault
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if len(files) != _TWO:
        raise click.UsageError("Name two agendas.")
    context.exit(_tell(files[0], files[1]))


def _tell(before: str, after: str) -> int:
    from facilitate.session.agenda_files import Unbuildable

    try:
        found = _compared(before, after)
    except Unbuildable as unbuildable:
        for problem in unbuildable.problems:
            click.echo(shown(str(problem)), err=True)
        return _UNREADABLE
    for one in found.differences:
        click.echo(shown(str(one)))
    if found.differences:
        return _DIFFERENT
    alike = "Both are the same." if found.are_alike else ""
    click.echo(alike or "Both say the same; they differ in comments or layout alone.")
    return _SAME


def _compared(before: str, after: str) -> Compared:
    from facilitate.session.comparing import compare

    names = (click.format_filename(before), click.format_filename(after))
    return compare(Path(before), Path(after), names)


# For git


def _for_git(arguments: Sequence[str]) -> None:
    """Print the words of the day, and below them the lines as git would.

    Raises:
        UsageError: when it is not what git hands over.
    """
    from facilitate.store.git import NoGit

    if len(arguments) == _UNMERGED:
        click.echo(shown(f"* Unmerged path {arguments[0]}"))
        return
    if len(arguments) not in (_CHANGED, _RENAMED):
        raise click.UsageError("git hands over seven words. Without git, leave out --git.")
    path, old, _, old_mode, new, _, new_mode, *more = arguments
    changed = Changed(path, old, old_mode, new, new_mode, more[0] if more else path)
    try:
        _show(changed)
    except NoGit:
        raise Told("git was not found, so lines cannot be compared.") from None


def _show(changed: Changed) -> None:
    from facilitate.store import git

    words = list(_words(changed))
    if words:
        click.echo(shown(f"{changed.to}, in the words of the day:"))
        for line in words:
            click.echo(shown(f"  {line}"))
        click.echo()
    on_screen = sys.stdout.isatty() or "GIT_PAGER_IN_USE" in os.environ
    lines = git.difference(
        Path(changed.old), Path(changed.new), colour=git.wants_colour(on_screen=on_screen)
    )
    for line in _head(changed, with_lines=bool(lines)):
        click.echo(shown(line))
    click.echo(lines, nl=False)


def _words(changed: Changed) -> Iterator[str]:
    """The differences, where both versions are agendas that can be read."""
    from facilitate.session.agenda_files import Unbuildable

    if _NOTHING in (changed.old, changed.new):
        return
    try:
        found = _compared(changed.old, changed.new)
    except Unbuildable:
        return
    yield from map(str, found.differences)
    if not found.differences and not found.are_alike:
        yield "Nothing is other but comments or layout."


def _head(changed: Changed, *, with_lines: bool) -> Iterator[str]:
    """What git says above the lines of a file, so that they remain a patch."""
    before, after = f"a/{changed.path}", f"b/{changed.to}"
    yield f"diff --git {before} {after}"
    if changed.old == _NOTHING:
        yield f"new file mode {changed.new_mode}"
    elif changed.new == _NOTHING:
        yield f"deleted file mode {changed.old_mode}"
    elif changed.old_mode != changed.new_mode:
        yield from (f"old mode {changed.old_mode}", f"new mode {changed.new_mode}")
    if with_lines:
        yield f"--- {_NOTHING if changed.old == _NOTHING else before}"
        yield f"+++ {_NOTHING if changed.new == _NOTHING else after}"
