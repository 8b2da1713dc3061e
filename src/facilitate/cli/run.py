"""Starting the full-screen interface."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli.starting import get_ready

if TYPE_CHECKING:
    from facilitate.cli.chosen import Chosen, Known
    from facilitate.session.clock import Clock

PATIENCE = 5.0
"""Seconds that the end waits for the disk."""
FASTEST = 600
"""At most so many times as fast as real time: ten minutes a second."""


class Rehearsal(NamedTuple):
    """How a rehearsal is to run."""

    begins: dt.time | None
    """On the clocks of the agenda; None means at its planned start."""
    speed: int
    """Its seconds in one of real time; 0 stands still."""


def _time_of_day(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> dt.time | None:
    from facilitate.formats.clock_text import clock_time

    if text is None:
        return None
    at = clock_time(text)
    if at is None:
        raise click.BadParameter(f"{text} is no time of day. Write it like 09:00.")
    return at


@click.command()
@click.argument("agenda", type=click.Path())
@click.option("--cohort", help="Whose agreements and words these are.")
@click.option(
    "--rehearse",
    is_flag=True,
    help="Go through the day with a clock of its own; nothing of it is kept. The keys 1, 5 "
    "and 0 put that clock one, five and ten minutes forward.",
)
@click.option(
    "--from",
    "begins",
    metavar="HH:MM",
    callback=_time_of_day,
    help="When a rehearsal begins, on the day of the agenda; without it, at the planned start.",
)
@click.option(
    "--speed",
    type=click.IntRange(0, FASTEST),
    metavar="N",
    help="How many times as fast as real time a rehearsal runs; 1 without it. With 0 its "
    "clock stands still until a key puts it forward.",
)
def run(
    agenda: str, cohort: str | None, rehearse: bool, begins: dt.time | None, speed: int | None
) -> None:
    """Open AGENDA, a TOML file, on the screen before the start."""
    if not rehearse and (begins is not None or speed is not None):
        raise click.UsageError("--from and --speed belong to a rehearsal. Add --rehearse.")
    draw(agenda, cohort, Rehearsal(begins, 1 if speed is None else speed) if rehearse else None)


def draw(
    agenda: str | None,
    cohort: str | None = None,
    rehearsal: Rehearsal | None = None,
    *,
    builds: bool = False,
) -> None:
    """Run the interface: on an agenda, or on the first screen when there is none.

    With `builds` the agenda is opened to be changed.
    """
    gc.disable()  # a quarter of the start-up would go into it; on again when all is drawn
    get_ready()
    from facilitate.cli.desk import LocalDesk, RehearsalDesk
    from facilitate.tui.app import FacilitateApp
    from facilitate.tui.theme import THEMES

    clock, chosen = _clock(agenda, rehearsal), _choices()
    make = RehearsalDesk if rehearsal else LocalDesk
    desk = make(chosen.places, clock, cohort=cohort, keep=chosen.keep)
    app = FacilitateApp(
        desk,
        clock,
        agenda=agenda,
        builds=builds,
        theme=chosen.theme or THEMES[0].name,
        keys=dict(chosen.keys),
        method=chosen.method,
        scales=chosen.scales,
    )
    app.notice = " ".join(chosen.wrong)
    app.run()
    saved = app.live is None or app.live.close(PATIENCE)
    if app.fault:
        click.echo(app.fault, err=True)
    if not saved:
        click.echo("Some lines could not be written to the disk.", err=True)
    sys.exit(app.return_code or int(not saved))


def _clock(agenda: str | None, rehearsal: Rehearsal | None) -> Clock:
    """This machine's clock with someone who watches it, or that of a rehearsal."""
    from facilitate.session.clock import SystemClock

    if agenda is None or rehearsal is None:
        from facilitate.session.watching import Watch

        return Watch(SystemClock())
    from facilitate.cli.desk import rehearsal_clock

    return rehearsal_clock(agenda, rehearsal.begins, rehearsal.speed, SystemClock())


def _choices() -> Chosen:
    """What the user chose; keys that cannot be used are left out, and that is said."""
    from facilitate.cli.chosen import chosen

    found = chosen(_known)
    if not found.keys:
        return found
    from facilitate.tui.own_keys import sound_keys

    keys, clashes = sound_keys(found.keys)
    return found._replace(keys=keys, wrong=(*found.wrong, *clashes))


def _known() -> Known:
    from facilitate.cli.chosen import Known
    from facilitate.tui.theme import THEMES
    from facilitate.tui.verbs import VERBS

    return Known(VERBS, [theme.name for theme in THEMES])
