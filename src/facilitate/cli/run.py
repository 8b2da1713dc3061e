"""Starting the full-screen interface."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from facilitate.store.places import Places, places

NO_TERMINAL = 3
LEAKS = ("TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_DEBUG")
"""Variables that make Textual write what is on the screen to a file."""
PATIENCE = 5.0
"""Seconds that the end waits for the disk."""


@click.command()
@click.argument("agenda", type=click.Path())
@click.option("--cohort", help="Whose agreements and words these are.")
def run(agenda: str, cohort: str | None) -> None:
    """Open AGENDA, a TOML file, on the screen before the start."""
    draw(agenda, cohort)


def draw(agenda: str | None, cohort: str | None = None) -> None:
    """Run the interface: on an agenda, or on the first screen when there is none."""
    gc.disable()  # a quarter of the start-up would go into it; on again when all is drawn
    _need_a_terminal()
    _refuse_leaks()
    _prepare_textual()
    _load_asyncio_without_tls()
    from facilitate.cli.desk import LocalDesk
    from facilitate.session.clock import SystemClock
    from facilitate.tui.app import FacilitateApp

    clock, here = SystemClock(), places()
    theme, keys, wrong = _settings(here)
    desk = LocalDesk(here, clock, cohort=cohort)
    app = FacilitateApp(desk, clock, agenda=agenda, theme=theme, keys=keys)
    app.notice = wrong
    app.run()
    saved = app.live is None or app.live.close(PATIENCE)
    if app.fault:
        click.echo(app.fault, err=True)
    if not saved:
        click.echo("Some lines could not be written to the disk.", err=True)
    sys.exit(app.return_code or int(not saved))


def _need_a_terminal() -> None:
    streams: tuple[TextIO | None, ...] = (sys.stdin, sys.stderr)  # None: closed by a shell
    if all(stream is not None and stream.isatty() for stream in streams):
        return
    click.echo(
        "facilitate draws on a terminal, and there is none here. Start it in a terminal "
        "window, without < or 2>.",
        err=True,
    )
    sys.exit(NO_TERMINAL)


def _refuse_leaks() -> None:
    features = os.environ.get("TEXTUAL", "")
    named = [name for name in LEAKS if os.environ.get(name)]
    if "devtools" in features or "debug" in features:
        named.append("TEXTUAL")
    if named:
        click.echo(
            f"{', '.join(named)} would write what people say to a file or a window. "
            "Take it out of the environment and start again.",
            err=True,
        )
        sys.exit(1)


def _prepare_textual() -> None:
    """What Textual reads when it is imported."""
    os.environ.setdefault("TEXTUAL_FPS", "240")  # a key near a tick waits no frame
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if os.environ.get("TERM_PROGRAM") == "iTerm.app":
        os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"  # it loses dead keys and input methods


def _load_asyncio_without_tls() -> None:
    """Spare every start OpenSSL: asyncio does without where `ssl` cannot be imported.

    Nothing of the interface talks over a network; other modules may still import `ssl`.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment] # makes its import fail
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _settings(here: Places) -> tuple[str, dict[str, str], str]:
    """Theme, keys by verb id, and what is wrong with the settings in one line."""
    from facilitate.tui.theme import THEMES

    try:
        text = Path(here.settings).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return THEMES[0].name, {}, ""
    except (OSError, UnicodeDecodeError):
        return THEMES[0].name, {}, f"{here.settings} cannot be read; nothing of it counts."
    from facilitate.formats.settings_toml import read_settings
    from facilitate.tui.own_keys import sound_keys
    from facilitate.tui.verbs import VERBS

    known = [theme.name for theme in THEMES]
    settings, problems = read_settings(text, str(here.settings), verbs=VERBS, themes=known)
    keys, clashes = sound_keys(settings.keys)
    wrong = " ".join([*(str(problem) for problem in problems), *clashes])
    return settings.theme or THEMES[0].name, keys, wrong
