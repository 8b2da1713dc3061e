"""`facilitate import agenda`: an agenda out of a table, a workbook or Ontime."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from facilitate.cli import days
from facilitate.cli.told import Told, shown
from facilitate.core.agenda import Place

if TYPE_CHECKING:
    from facilitate.formats.importing.draft import Wanted
    from facilitate.session.importing import Imported

_UNREADABLE = 2
_WIDEST = 60
"""Columns of a title in the preview."""


class Said(NamedTuple):
    """What someone says of the agenda on the command line."""

    columns: tuple[str, ...]
    date: dt.date | None
    start: dt.time | None
    timezone: str | None
    place: Place | None
    sheet: str


def _time(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> dt.time | None:
    from facilitate.formats.clock_text import clock_time

    time = None if text is None else clock_time(text)
    if text is not None and time is None:
        raise click.BadParameter(f"{shown(text)} is no time of day. Write it like 09:00.")
    return time


def _zone(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    from facilitate.formats.common_rules import known_zone

    for finding in known_zone((), text) if text is not None else ():
        raise click.BadParameter(shown(f"{finding.message} {finding.hint}"))
    return text


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "-o", "output", metavar="NEW",
    help="The file to write; without it, one in this folder called like the agenda.",
)  # fmt: skip
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN,...",
    help="Which column holds what, by its heading or its letter, as in start=A,title=\"What\". "
    "Fields: start, end, length, title, type, who, notes and others; see docs/imports.md.",
)  # fmt: skip
@click.option("--sheet", default="", metavar="NAME",
    help="Which sheet, table or rundown to take where a file has several; a name or a number.",
)  # fmt: skip
@click.option("--date", callback=days.day, metavar="DATE", help="The day, as 2027-04-13.")
@click.option("--start", callback=_time, metavar="HH:MM", help="When it begins.")
@click.option(
    "--timezone", callback=_zone, metavar="ZONE",
    help="Such as America/Los_Angeles; without it, that of this machine.",
)  # fmt: skip
@click.option("--place", type=click.Choice(get_args(Place)), help="Where it takes place.")
@click.option(
    "--breaks", is_flag=True,
    help="Put a break of 10 minutes in where more than 90 go by without one.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.pass_context
def agenda(
    context: click.Context,
    file: str,
    *,
    output: str | None,
    columns: tuple[str, ...],
    sheet: str,
    date: dt.date | None,
    start: dt.time | None,
    timezone: str | None,
    place: Place | None,
    breaks: bool,
    yes: bool,
) -> None:
    """Make a new agenda out of FILE: a table (CSV, Markdown, .xlsx) or a project of Ontime.

    What is taken for what, what was guessed and what is left out is shown first. A file that
    is there already is never written over.

    Exit code: 0 when it was written; 1 when it was not; 2 when FILE or the command line cannot
    be used.
    """
    from facilitate.formats.toml_reading import Unreadable
    from facilitate.session import importing

    said = Said(columns, date, start, timezone, place, sheet)
    try:
        found = importing.imported(Path(file), _wanted(file, said), breaks=breaks)
    except Unreadable as unreadable:
        click.echo(shown(str(unreadable.problem)), err=True)
        context.exit(_UNREADABLE)
    click.echo("\n".join(map(shown, _preview(found, file, said))))
    _write(found, _path(output, found), yes=yes)


# What it is made of


def _wanted(file: str, said: Said) -> Wanted:
    from facilitate.formats.importing.draft import Wanted
    from facilitate.formats.importing.headings import asked

    return Wanted(
        timezone=said.timezone or _own_zone(),
        columns=asked(said.columns, shown(file)),
        date=said.date,
        start=said.start,
        place=said.place,
        sheet=said.sheet,
    )


def _own_zone() -> str:
    """The timezone of this machine, or one that is asked for.

    Raises:
        Told: when there is neither.
    """
    from facilitate.formats.common_rules import zone
    from facilitate.session.importing import system_zone

    found = system_zone()
    while found is None:
        if not _can_ask():
            raise Told("Say which timezone it is in, as in --timezone America/Los_Angeles.")
        answer = click.prompt("Timezone, such as America/Los_Angeles").strip()
        found = answer if zone(answer) is not None else None
    return found


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


# What is shown of it


def _preview(found: Imported, file: str, said: Said) -> Iterator[str]:
    from facilitate.formats.importing.sheet import left_out_words

    draft = found.draft
    yield f"{Path(file).name}: {draft.source}"
    yield from _block("Columns", _columns(found))
    yield from _block(_day_words(found, said), _parts(found))
    yield from _block("Guessed or put in; please look at it", draft.guessed)
    yield from _block("It does not fit together", draft.differs)
    left_out = [left_out_words(one, draft.counted) for one in draft.left_out]
    yield from _block("Left out, since an agenda has no place for it", left_out)
    yield from _block("What facilitate check will say", _problems(found))


def _block(heading: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield ""
        yield heading
        yield from (f"  {line}" for line in told)


def _problems(found: Imported) -> Iterator[str]:
    yield from map(str, found.problems)
    if any(one.code == "stretch" and one.level == "error" for one in found.problems):
        yield "With --breaks a break of 10 minutes is put in where it can be."


def _columns(found: Imported) -> Iterator[str]:
    columns = found.draft.columns
    width = max(len(shown(heading)[:_WIDEST]) for _, heading, _ in columns)
    for letter, heading, meaning in columns:
        named = shown(heading)[:_WIDEST]
        yield f"{letter:<2} {named:<{width}}  {meaning or 'left out'}".rstrip()


def _day_words(found: Imported, said: Said) -> str:
    agenda = found.draft.agenda
    day = f" on {agenda.date.isoformat()}" if agenda.date else ""
    own = "" if said.timezone else ", the timezone of this machine"
    total = f"{agenda.minutes} min in {len(agenda.segments)} parts"
    return f"{agenda.title}{day}, {total} ({agenda.timezone}{own})"


def _parts(found: Imported) -> Iterator[str]:
    agenda = found.draft.agenda
    clock = dt.datetime.combine(agenda.date or dt.date(2001, 6, 1), agenda.start)
    kinds = max(len(one.kind) for one in agenda.segments)
    for place, one in enumerate(agenda.segments):
        yield from (f"# {said.text}" for said in found.draft.remarks if said.before == place)
        roles = ", ".join(filter(None, [one.lead, *one.with_]))
        title = shown(one.title)[:_WIDEST]
        who = f"  ({roles})" if roles else ""
        yield f"{clock:%H:%M}  {one.minutes:>3} min  {one.kind:<{kinds}}  {title}{who}"
        clock += dt.timedelta(minutes=one.minutes)
    last = len(agenda.segments)
    yield from (f"# {said.text}" for said in found.draft.remarks if said.before == last)


# Writing it


def _path(output: str | None, found: Imported) -> Path:
    """The file to write.

    Raises:
        Told: when it cannot be written there.
    """
    named = Path(output) if output is not None else Path()
    path = named / found.file_name if named.is_dir() else named
    if path.exists() or path.is_symlink():
        raise Told(shown(f"{path} is there already and stays as it is. Say another: -o NEW"))
    if not path.parent.is_dir():
        raise Told(shown(f"There is no folder {path.parent}. Make it first."))
    return path


def _write(found: Imported, path: Path, *, yes: bool) -> None:
    from facilitate.cli.schema import beside_words
    from facilitate.session import importing
    from facilitate.store.files import reason

    click.echo("")
    if not yes and not _can_ask():
        raise Told("Nothing was written. To write it, add --yes.")
    if not yes and not click.confirm(shown(f"Write {path}?"), default=False):
        raise Told("Nothing was written.")
    try:
        importing.write(found, path)
    except FileExistsError:
        raise Told(shown(f"{path} is there already and stays as it is.")) from None
    except OSError as error:
        raise Told(shown(f"{reason(error)}. Nothing was written.")) from None
    click.echo(shown(f"{path} is written. See it with facilitate run {path}"))
    if words := beside_words(path):
        click.echo(words)
