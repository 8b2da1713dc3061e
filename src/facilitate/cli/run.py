"""Starting the full-screen interface."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli.starting import get_ready
from facilitate.store.places import Places, places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facilitate.core.tally import Scale
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
    agenda: str | None, cohort: str | None = None, rehearsal: Rehearsal | None = None
) -> None:
    """Run the interface: on an agenda, or on the first screen when there is none."""
    gc.disable()  # a quarter of the start-up would go into it; on again when all is drawn
    get_ready()
    from facilitate.cli.desk import LocalDesk, RehearsalDesk
    from facilitate.tui.app import FacilitateApp

    clock, here = _clock(agenda, rehearsal), places()
    chosen = _settings(here)
    desk = (RehearsalDesk if rehearsal else LocalDesk)(here, clock, cohort=cohort)
    app = FacilitateApp(
        desk,
        clock,
        agenda=agenda,
        theme=chosen.theme,
        keys=chosen.keys,
        method=chosen.method,
        scales=chosen.scales,
    )
    app.notice = chosen.wrong
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


class Chosen(NamedTuple):
    """What the user chose in the settings."""

    theme: str
    keys: dict[str, str]
    """By verb id."""
    method: str = ""
    """What chooses the first scale of consent; empty for the usual one."""
    scales: Mapping[str, Scale] | None = None
    """Scales of the user's own, by their name."""
    wrong: str = ""
    """What is wrong with the settings, in one line."""


def _settings(here: Places) -> Chosen:
    from facilitate.tui.theme import THEMES

    try:
        text = Path(here.settings).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Chosen(THEMES[0].name, {})
    except (OSError, UnicodeDecodeError):
        unread = f"{here.settings} cannot be read; nothing of it counts."
        return Chosen(THEMES[0].name, {}, wrong=unread)
    from facilitate.formats.settings_toml import read_settings
    from facilitate.tui.own_keys import sound_keys
    from facilitate.tui.verbs import VERBS

    known = [theme.name for theme in THEMES]
    settings, problems = read_settings(text, str(here.settings), verbs=VERBS, themes=known)
    keys, clashes = sound_keys(settings.keys)
    wrong = " ".join([*(str(problem) for problem in problems), *clashes])
    theme = settings.theme or THEMES[0].name
    return Chosen(theme, keys, settings.method, settings.scales, wrong)
