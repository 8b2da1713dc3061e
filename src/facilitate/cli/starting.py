"""What everything that draws on the terminal does before it draws."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

NO_TERMINAL = 3
LEAKS = ("TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_DEBUG")
"""Variables that make Textual write what is on the screen to a file."""

HANDS_OVER = 0.0005
"""Seconds after which the thread that works lets the one that writes to the terminal go on."""


def get_ready() -> None:
    """Prepare what Textual reads when it is imported; nothing may have imported it before.

    Ends the program with a friendly line where there is no terminal to draw on, and where the
    screen would be written down.
    """
    need_a_terminal()
    _refuse_leaks()
    _prepare_textual()
    _load_asyncio_without_tls()


def need_a_terminal() -> None:
    """End the program where there is no terminal to draw on."""
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
    sys.setswitchinterval(HANDS_OVER)  # or what is painted waits while more is worked out
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
