"""`facilitate archive`: what is kept of the sittings that were."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from facilitate.core.record import SittingRecord

NEAR = 5
"""So many sittings are named at most when none or several were meant."""

ALIKE = 0.7
"""How much of two ids is the same when one may have been meant for the other, from 0 to 1."""

EMPTY = "The archive is empty. A sitting comes into it when it is closed."


class Told(click.ClickException):
    """Why something cannot be done, said as it is; the exit code is 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to standard error."""
        click.echo(self.message, file=file, err=file is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A folder of the archive. Every text is fit to be printed."""

    folder: Path
    id: str
    """Of the sitting; the name of the folder when its record cannot be read."""
    date: str = ""
    """As in 2026-11-22; empty when the record cannot be read."""
    title: str = ""
    """What tells the sitting from its neighbours; empty when the record cannot be read."""
    record: SittingRecord | None = None
    """None when it cannot be read."""
    trouble: str = ""
    """Why it cannot be read."""


@click.group()
def archive() -> None:
    """What is kept of closed sittings."""


@archive.command("list")
def list_() -> None:
    """List the closed sittings, the latest last.

    Exit code: 0, or 1 when a record could not be read (the others are listed all the same).
    """
    shelf = _shelf()
    if not shelf:
        click.echo(EMPTY)
    for kept in shelf:
        if kept.record is not None:
            click.echo(_listed(kept, kept.record))
    if unread := [kept.trouble for kept in shelf if kept.record is None]:
        raise Told("\n".join(unread))


@archive.command()
@click.argument("sitting", metavar="ID")
def show(sitting: str) -> None:
    """Print the record of one sitting.

    ID is its date, as in 2026-11-22, or as much of its id as tells it from the others.

    Exit code: 0, or 1 when there is no such sitting, several, or nothing that can be read.
    """
    from facilitate.session.harvest import record_page
    from facilitate.store.records import altered, read_record_folder

    kept = _meant(sitting, _shelf())
    try:
        page = record_page(kept.folder)
        changed = altered(read_record_folder(kept.folder))
    except OSError as error:
        raise Told(f"The record of {kept.id} cannot be read ({error.strerror}).") from None
    if not page:
        raise Told(kept.trouble)
    click.echo(page, nl=False)
    if changed:
        click.echo(f"Changed since it was written: {', '.join(changed)}.", err=True)


# The shelf


def _shelf() -> list[Kept]:
    """Everything in the archive, by year and id; an id begins with its date."""
    from facilitate.store.places import places
    from facilitate.store.records import find_records

    return [_kept(folder) for folder in find_records(places().records)]


def _kept(folder: Path) -> Kept:
    from facilitate.formats.characters import printable
    from facilitate.formats.record_toml import read_record
    from facilitate.store.records import RECORD

    path, name = folder / RECORD, printable(folder.name)
    try:
        reading = read_record(path.read_bytes(), printable(str(path)))
    except OSError as error:
        trouble = printable(f"{path} cannot be read ({error.strerror}).")
        return Kept(folder=folder, id=name, trouble=trouble)
    record = reading.record
    if record is None:
        trouble = "\n".join(str(p) for p in reading.problems if p.level == "error")
        return Kept(folder=folder, id=name, trouble=trouble)
    return Kept(
        folder=folder,
        id=record.id,
        date=record.date.isoformat(),
        title=record.subtitle or record.title,
        record=record,
    )


def _listed(kept: Kept, record: SittingRecord) -> str:
    count = len(record.kept)
    lines = {0: "no lines kept", 1: "1 line kept"}.get(count, f"{count} lines kept")
    below = " " * len(kept.date)
    return f"{kept.date}  {kept.title}  {lines}\n{below}  {record.cohort}, {kept.id}"


# Which one was meant


def _meant(wanted: str, shelf: list[Kept]) -> Kept:
    """The one sitting that was asked for.

    Raises:
        Told: when there is none, or more than one.
    """
    from facilitate.formats.characters import printable

    sought, shown = wanted.strip().lower(), f'"{printable(wanted)}"'
    begins = [kept for kept in shelf if kept.id.lower().startswith(sought)]
    found = [kept for kept in begins if kept.id.lower() == sought] or begins
    if len(found) == 1:
        return found[0]
    if not shelf:
        raise Told(EMPTY)
    if found and sought:
        raise Told(_named(f"Several sittings begin with {shown}. Say more of one:", found))
    raise Told(_named(f"There is no sitting {shown} here. Near it:", _near(sought, shelf)))


def _near(sought: str, shelf: list[Kept]) -> list[Kept]:
    """The sittings that someone may have meant; the latest ones when nothing is near."""
    within = [kept for kept in shelf if sought in f"{kept.id} {kept.title}".lower()]
    beginnings = {kept.id: kept.id.lower()[: len(sought)] for kept in shelf}
    likely = difflib.get_close_matches(sought[:100], set(beginnings.values()), NEAR, ALIKE)
    return within or [k for k in shelf if beginnings[k.id] in likely] or shelf[-NEAR:]


def _named(message: str, choices: Iterable[Kept]) -> str:
    """The message with a line for each choice, as far as they can be taken in at a glance."""
    lines = [f"  {kept.id}  {kept.title}".rstrip() for kept in choices]
    more = [f"  and {len(lines) - NEAR} more"] if len(lines) > NEAR else []
    return "\n".join((message, *lines[:NEAR], *more))
