"""`facilitate new`: an agenda for the next time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli import days
from facilitate.cli.meant import meant
from facilitate.cli.told import Told, shown, shown_lines

if TYPE_CHECKING:
    from facilitate.core.record import SittingRecord
    from facilitate.formats.agenda_new import NewAgenda
    from facilitate.session.copying import Asked
    from facilitate.session.exporting import Source

_ENDING = ".toml"


class Made(NamedTuple):
    """A new agenda, and how it is put down."""

    agenda: NewAgenda
    put: Callable[[Path], None]
    """Writes it to a file that is not there yet."""


@click.command()
@click.argument("file", type=click.Path(), required=False)
@click.option(
    "--from", "source", metavar="SOURCE",
    help="An agenda or a record, as a file; or a closed sitting, by its date or the beginning "
    "of its id. Without it, the template that comes with the program.",
)  # fmt: skip
@click.option(
    "--date", callback=days.day, metavar="DATE",
    help="The day, as 2027-04-13. Without one the new agenda is a template, unless the "
    "programme beside the earlier one plans the day.",
)  # fmt: skip
@click.option("--title", help="What it is called.")
@click.option(
    "--cohort", metavar="NAME",
    help="Whose agreements and words these are. For another group than before, names are "
    "taken out and nothing is carried.",
)  # fmt: skip
def new(
    file: str | None,
    source: str | None,
    date: dt.date | None,
    title: str | None,
    cohort: str | None,
) -> None:
    """Write a new agenda to FILE, or to a file called like its id.

    The structure is copied, with its comments; what a group said is not. Out of a closed
    sitting, the lines that its group carries on stand at the end.

    Exit code: 0 when it was written; 1 when it cannot be; 2 when the command line cannot be
    used. A file that is there already is never written over.
    """
    from facilitate.cli.schema import beside_words
    from facilitate.core.refusal import Refused
    from facilitate.session.copying import Asked
    from facilitate.store.files import reason

    named = Path(file) if file is not None else None
    folder = named if named is None or named.is_dir() else named.parent
    asked = Asked(folder or Path(), date, title or "", cohort or "")
    try:
        made = _made(source, asked)
        path = _path(named, made.agenda.id)
        made.put(path)
    except Refused as refused:
        raise Told(shown_lines(str(refused))) from None
    except OSError as error:
        raise Told(shown(f"{reason(error)}. Nothing was written.")) from None
    click.echo(shown(f"{path} is written."))
    for sentence in filter(None, (*made.agenda.said, beside_words(path))):
        click.echo(shown(f"  {sentence}"))


def _path(named: Path | None, name: str) -> Path:
    """The file to write.

    Raises:
        Told: when it cannot be written there.
    """
    if named is None or named.is_dir():
        path = (named or Path()) / f"{name}{_ENDING}"
    else:
        path = named if named.suffix else named.with_name(f"{named.name}{_ENDING}")
    if path.exists() or path.is_symlink():
        raise Told(shown(f"{path} is there already and stays as it is. Say another name."))
    if not path.parent.is_dir():
        raise Told(shown(f"There is no folder {path.parent}. Make it first."))
    return path


# What it is made of


def _made(source: str | None, asked: Asked) -> Made:
    from facilitate.session import copying

    if source is None:
        return _plain(copying.new_from_template(asked))
    path = Path(source)
    if not path.exists() and not source.endswith(_ENDING) and "/" not in source:
        return _of_sitting(source, asked)
    found = copying.read_source(path)
    if isinstance(found, copying.FoundAgenda):
        return _plain(copying.new_from_agenda(found, asked))
    return _of_record(found, asked, None)


def _plain(agenda: NewAgenda) -> Made:
    return Made(agenda, lambda path: _add(path, agenda))


def _add(path: Path, agenda: NewAgenda) -> None:
    from facilitate.store.files import add_file

    add_file(path, agenda.text.raw())


def _of_sitting(said: str, asked: Asked) -> Made:
    """Out of a closed sitting of the archive."""
    from facilitate.session import exporting
    from facilitate.session.clock import SystemClock
    from facilitate.session.kept import Kept
    from facilitate.store.places import places

    here = places()
    closed = {one.facts.id for one in Kept(here).sittings()}
    now = SystemClock().now()
    offered = [one for one in exporting.sittings(here, now) if one.id in closed]
    if not offered:
        raise Told(shown(f"There is no file {said}, and no sitting was closed here yet."))
    sitting = exporting.source(here, meant(said, offered).id, now)
    return _of_record(sitting.record, asked, sitting)


def _of_record(record: SittingRecord, asked: Asked, source: Source | None) -> Made:
    """Out of a record, with what its group carries on; `source` is None for a lone file."""
    from facilitate.session import copying, exporting, library
    from facilitate.session.clock import SystemClock
    from facilitate.store.places import places

    folders = (asked.folder, *library.agenda_folders())
    agenda = copying.new_from_record(record, asked, copying.agenda_of(record, folders))
    if asked.cohort not in ("", record.cohort):
        return _plain(agenda)
    here = places()
    found = exporting.gathered(here, source or exporting.Source(record, is_open=False), "toml")
    if not found.lines:
        return _plain(agenda)
    tables = exporting.written(found)
    agenda = copying.with_carried(agenda, tables, found)

    def put(path: Path) -> None:
        now = SystemClock().now()
        exporting.hand_on(
            here, found, tables, now, give=lambda _: _add(path, agenda), path=path
        )

    return Made(agenda, put)
