"""`facilitate archive add`: a line that someone remembers after the sitting was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from facilitate.cli.meant import meant
from facilitate.cli.told import Told

if TYPE_CHECKING:
    from facilitate.store.places import Places

NO_RECORD = "There is no record here yet. A sitting has one when it is closed."


@click.command()
@click.argument("sitting", metavar="ID")
def add(sitting: str) -> None:
    """Add a line to the record of a sitting that is over.

    ID is its date, as in 2026-11-22, or as much of its id as tells it from the others. The
    line is asked for, so that no list of commands has its words. It is typed as on the capture
    line, with the letter of its kind: "a: One mic <- the elders".

    Exit code: 0, or 1 when it cannot be added.
    """
    from facilitate.cli.chosen import here
    from facilitate.core.refusal import Refused
    from facilitate.session.clock import SystemClock
    from facilitate.session.late import add_line
    from facilitate.store.files import reason

    places = here()
    one = _meant(places, sitting)
    try:
        added = add_line(places, one, _line(), SystemClock().now())
    except Refused as refused:
        raise Told(_shown(str(refused))) from None
    except OSError as error:
        raise Told(f"{reason(error)}. Nothing was added.") from None
    told = f"{added.name} is in the record now. It stands in {added.written.folder}"
    click.echo(_shown(told))


def _meant(places: Places, sitting: str) -> str:
    """The id of the closed sitting that was asked for.

    Raises:
        Told: when there is none, or more than one.
    """
    from facilitate.session.exporting import Offered
    from facilitate.session.kept import Kept

    kept = [Offered(one.facts.id, one.facts.title) for one in Kept(places).sittings()]
    if not kept:
        raise Told(NO_RECORD)
    return meant(sitting, kept).id


def _line() -> str:
    """What someone types.

    Raises:
        Told: when nobody does.
    """
    try:
        typed: str = click.prompt("The line, as on the capture line", err=True)
    except click.Abort:
        raise Told("\nNothing was added.") from None
    return typed


def _shown(text: str) -> str:
    """Words of others so that they cannot steer the terminal."""
    from facilitate.formats.characters import printable

    return printable(text)
