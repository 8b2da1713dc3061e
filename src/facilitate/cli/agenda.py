"""`facilitate agenda`: what a team planned, written out for someone."""

from __future__ import annotations

import datetime as dt
import errno
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from facilitate.cli.told import Told
from facilitate.formats.export.agenda_fields import Audience

if TYPE_CHECKING:
    from facilitate.core.agenda import Agenda
    from facilitate.session.agenda_exporting import AgendaExport, AgendaForm

_UNREADABLE = 2
FORMS = {
    "md": "a page in Markdown",
    "docx": "a page as a Word document",
    "csv": "a table for a spreadsheet, a row for each part",
    "ics": "one date for a calendar",
}
"""What it can be written as, and what that is."""


def _date(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> dt.date | None:
    from facilitate.cli.new_cohort import read_day

    day = None if text is None else read_day(text)
    if text is not None and day is None:
        raise click.BadParameter(f"{_shown(text)} is no date. Write it like 2027-04-13.")
    return day


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
@click.option("--date", callback=_date, metavar="DATE", help="Another day than the agenda's.")
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
        raise Told(_shown(str(refused))) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read it has seen enough
            raise
        raise Told(_shown(f"{reason(error)}. Nothing was written.")) from None
    if where:
        click.echo(_shown(where), err=True)
    if made.left_out:
        click.echo(_shown(f"Not in it: {', '.join(made.left_out)}."), err=True)


def _opened(context: click.Context, file: str) -> Agenda:
    """The agenda, or the end of the program with what is wrong with it."""
    from facilitate.session.library import open_agenda

    opened = open_agenda(Path(file))
    if opened.agenda is None:
        for problem in opened.problems:
            if problem.level == "error":
                click.echo(_shown(str(problem)), err=True)
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
        raise Told(_shown(f"There is no folder {path.parent}. Make it first."))
    if path.exists() and not (is_named and path.is_file()):
        raise Told(_shown(f"{path} is there already. To write over it: -o {path}"))
    write = rewrite_file if path.exists() else add_file
    write(path, made.content)
    return f"It stands in {path}."


def _shown(text: str) -> str:
    """Words of others so that they cannot steer the terminal."""
    from facilitate.formats.characters import printable

    return printable(text)
