"""`facilitate show`: the window that a facilitator shares with the group."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from facilitate.cli.starting import get_ready
from facilitate.store.places import Places, places

NAMED = 5
"""So many sittings are named at most when several were meant."""


@click.command()
@click.argument("sitting", metavar="[SITTING]", required=False)
def show(sitting: str | None) -> None:
    """Show the group where it is, what is asked, and what was read back to it.

    In a second terminal, for sharing. It finds the session that is held on this machine by
    itself; SITTING is the id of one, or as much of it as tells it from the others.

    Exit code: 0, or 1 when there is no such sitting or several; 3 without a terminal.
    """
    here = places()
    meant = None if sitting is None else _meant(sitting, here)
    get_ready()
    from facilitate.session.audience import Audience
    from facilitate.tui.audience import AudienceApp

    app = AudienceApp(Audience(here, meant), theme=_theme())
    app.run()
    if app.fault:
        click.echo(app.fault, err=True)
    sys.exit(app.return_code or 0)


def _meant(wanted: str, here: Places) -> str:
    """The id of the one sitting that was asked for; ends the program when there is none."""
    sought, known = wanted.strip().lower(), _known(here)
    begins = [sitting for sitting in known if sought and sitting.lower().startswith(sought)]
    found = [sitting for sitting in begins if sitting.lower() == sought] or begins
    if len(found) != 1:
        click.echo(_not_one(wanted, found), err=True)
        sys.exit(1)
    return found[0]


def _known(here: Places) -> list[str]:
    """The ids of the sittings that were held on this machine, in order."""
    try:
        return sorted(path.name for path in here.sittings.iterdir())
    except OSError:
        return []


def _not_one(wanted: str, found: Iterable[str]) -> str:
    from facilitate.formats.characters import printable

    named = [f"  {printable(sitting)}" for sitting in found]
    if named:
        more = [f"  and {len(named) - NAMED} more"] if len(named) > NAMED else []
        first = f'Several sittings begin with "{printable(wanted)}". Say more of one:'
        return "\n".join((first, *named[:NAMED], *more))
    if wanted.endswith(".toml") or Path(wanted).name != wanted:
        return (
            "show follows a sitting and opens no file. Without anything behind it, it finds "
            "the one that is held."
        )
    return (
        f'There is no sitting "{printable(wanted)}" here. Without an id, show finds the one '
        "that is held."
    )


def _theme() -> str:
    """The colours of the settings; what is wrong with those is said by the other window."""
    from facilitate.cli.chosen import Known, chosen
    from facilitate.tui.theme import THEMES

    known = [theme.name for theme in THEMES]
    return chosen(lambda: Known(themes=known)).theme or known[0]
