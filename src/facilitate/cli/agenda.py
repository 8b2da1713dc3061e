"""`facilitate agenda`: what a team planned, written out for someone."""

from __future__ import annotations

import datetime as dt
import errno
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from facilitate.cli import days
from facilitate.cli.told import Told, shown, shown_lines
from facilitate.formats.export.agenda_fields import Audience

if TYPE_CHECKING:
    from facilitate.core.agenda import Agenda
    from facilitate.session.agenda_exporting import AgendaExport, AgendaForm

_UNREADABLE = 2
_HAND_MADE = ".toml"
"""How files end that people write themselves; none is written over by what was made of one."""
FORMS = {
    "md": "a page in Markdown",
    "docx": "a page as a Word document",
    "csv": "a table for a spreadsheet, a row for each part",
    "ics": "one date for a calendar",
}
"""What it can be written as, and what that is."""


def _forms() -> str:
    rows = (f"  {form:<6}{words}" for form, words in FORMS.items())
    return "\n".join(("\b", "FORM is one of these.", *rows))


@click.command(epilog=_forms())
@click.argument("file", metavar="AGENDA", type=click.Path())
@click.option(
    "--as", "form", type=click.Choice(list(FORMS)), metavar="FORM", required=True,
    help="What to write it as; see below.",
)  # fmt: skip
@click.option(
    "--for", "audience", type=click.Choice(get_args(Audience)), default="participants",
    show_default=True, help="For the team everything is in it. For those who take part there "
    "are times, titles, purposes and objectives, and nothing of the team's.",
)  # fmt: skip
@click.option(
    "--date", callback=days.day, metavar="DATE", help="Another day than the agenda's."
)
@click.option(
    "-o", "output", metavar="FILE",
    help="Where to write it, - for standard output; without it, in this folder.",
)  # fmt: skip
@click.pass_context
def agenda(
    context: click.Context,
    file: str,
    *,
    form: AgendaForm,
    audience: Audience,
    date: dt.date | None,
    output: str | None,
) -> None:
    """Write out an AGENDA file for its team, or for those who take part.

    What a group made is not in it; facilitate export writes that. What has no place in the
    form is told.

    Exit code: 0 when it was written; 1 when it cannot be; 2 when the agenda or the command
    line cannot be used.
    """
    from facilitate.core.refusal import Refused
    from facilitate.session.agenda_exporting import exported
    from facilitate.store.files import reason

    found = _opened(context, file)
    try:
        made = exported(replace(found, date=date) if date else found, form, audience)
        where = _give(made, output, form)
    except Refused as refused:
        raise Told(shown_lines(str(refused))) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read it has seen enough
            raise
        raise Told(shown(f"{reason(error)}. Nothing was written.")) from None
    if where:
        click.echo(shown(where), err=True)
    if made.left_out:
        click.echo(shown(f"Not in it: {', '.join(made.left_out)}."), err=True)


def _opened(context: click.Context, file: str) -> Agenda:
    """The agenda, or the end of the program with what is wrong with it."""
    from facilitate.session.library import open_agenda

    opened = open_agenda(Path(file))
    if opened.agenda is None:
        for problem in opened.problems:
            if problem.level == "error":
                click.echo(shown(str(problem)), err=True)
        context.exit(_UNREADABLE)
    return opened.agenda


def _give(made: AgendaExport, output: str | None, form: AgendaForm) -> str:
    """Write it where it goes; what to say of that, empty when it was printed.

    Raises:
        Told: when it cannot be written there.
    """
    from facilitate.store.files import add_file, rewrite_file

    if output == "-":
        if form == "docx" and sys.stdout.isatty():
            raise click.UsageError("A terminal cannot show this. Say where: -o FILE")
        click.echo(made.content, nl=False)
        return ""
    named = Path(output) if output is not None else Path()
    path = named / made.name if named.is_dir() else named
    is_named = output is not None and not named.is_dir()
    if not path.parent.is_dir():
        raise Told(shown(f"There is no folder {path.parent}. Make it first."))
    if path.suffix.lower() == _HAND_MADE and path.exists():
        raise Told(shown(f"{path} is there already and may be an agenda. Say another name."))
    if path.exists() and not (is_named and path.is_file()):
        raise Told(shown(f"{path} is there already. To write over it: -o {path}"))
    write = rewrite_file if path.exists() else add_file
    write(path, made.content)
    return f"It stands in {path}."
