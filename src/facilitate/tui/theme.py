"""Our own themes: quiet, without red, and readable (WCAG AA or better for every text).

Textual's own are not offered: none has high contrast, several light ones have unreadable keys.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme


def _variables(
    *, text: str, soft: str, key: str, ground: str, panel: str, line: str, faint: str,
    cursor: str, on_cursor: str, cursor_style: str = "bold",
) -> dict[str, str]:  # fmt: skip
    """Every token that Textual would otherwise thin out of the main colours.

    `soft` is for what matters less, `line` for what is focused, `faint` for lines that only
    part things, `cursor` and `on_cursor` for the marked row.
    """
    return {
        "soft": soft,
        "text": text,
        "text-muted": soft,
        "text-disabled": soft,
        "foreground-muted": soft,
        "foreground-disabled": soft,
        "border": line,
        "border-blurred": faint,
        "block-cursor-background": cursor,
        "block-cursor-foreground": on_cursor,
        "block-cursor-text-style": cursor_style,
        "block-cursor-blurred-background": panel,
        "block-cursor-blurred-foreground": text,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": panel,
        "input-cursor-background": text,
        "input-cursor-foreground": ground,
        "input-selection-background": cursor,
        "input-selection-foreground": on_cursor,
        "footer-background": panel,
        "footer-foreground": text,
        "footer-key-foreground": key,
        "scrollbar": faint,
        "scrollbar-hover": faint,
        "scrollbar-active": line,
        "scrollbar-background": panel,
        "scrollbar-background-hover": panel,
        "scrollbar-background-active": panel,
        "scrollbar-corner-color": panel,
    }


DARK = Theme(
    name="facilitate-dark",
    dark=True,
    primary="#8fb8c9",
    secondary="#b9a7d3",
    accent="#e3c07b",
    warning="#e3c07b",
    error="#e3c07b",
    success="#a3c29a",
    foreground="#e8e4dc",
    background="#17191c",
    surface="#1e2125",
    panel="#2a2e33",
    variables=_variables(
        text="#e8e4dc",
        soft="#b4b0a8",
        key="#e3c07b",
        ground="#17191c",
        panel="#2a2e33",
        line="#8fb8c9",
        faint="#565d64",
        cursor="#33434b",
        on_cursor="#ffffff",
    ),
)

LIGHT = Theme(
    name="facilitate-light",
    dark=False,
    primary="#245a70",
    secondary="#5b4482",
    accent="#7a4f00",
    warning="#7a4f00",
    error="#7a4f00",
    success="#2f5d2a",
    foreground="#22252a",
    background="#faf8f4",
    surface="#f3f0ea",
    panel="#e6e1d8",
    variables=_variables(
        text="#22252a",
        soft="#55524b",
        key="#7a4f00",
        ground="#faf8f4",
        panel="#e6e1d8",
        line="#245a70",
        faint="#8b8577",
        cursor="#b8d3de",
        on_cursor="#101214",
    ),
)

CONTRAST = Theme(
    name="facilitate-contrast",
    dark=True,
    primary="#ffffff",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffff00",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    luminosity_spread=0.0,
    text_alpha=1.0,
    variables=_variables(
        text="#ffffff",
        soft="#ffffff",
        key="#ffff00",
        ground="#000000",
        panel="#1a1a1a",
        line="#ffffff",
        faint="#ffffff",
        cursor="#0058b8",
        on_cursor="#ffffff",
    ),
)


def _ansi(name: str, *, dark: bool, head: str, accent: str) -> Theme:
    """A theme of the colours that the terminal itself defines; a marked row is reversed."""
    own = "ansi_default"
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=head,
        secondary=head,
        accent=accent,
        warning=accent,
        error=accent,
        success=head,
        foreground=own,
        background=own,
        surface=own,
        panel=own,
        boost=own,
        variables=_variables(
            text=own,
            soft=own,
            key=accent,
            ground=own,
            panel=own,
            line=head,
            faint=own,
            cursor=own,
            on_cursor=own,
            cursor_style="reverse",
        )
        | {
            "input-cursor-text-style": "reverse",
            "ansi-background": own,
            "ansi-foreground": own,
        },
    )


ANSI_DARK = _ansi("ansi-dark", dark=True, head="ansi_bright_cyan", accent="ansi_bright_yellow")
ANSI_LIGHT = _ansi("ansi-light", dark=False, head="ansi_blue", accent="ansi_magenta")

THEMES = (DARK, LIGHT, CONTRAST, ANSI_DARK, ANSI_LIGHT)
"""In the order in which they are offered; the first one counts where none was chosen."""


def wear(app: App[Any], theme: str) -> None:
    """Offer our own themes in an app and no others, and choose one by its name."""
    for theirs in app.available_themes:
        app.unregister_theme(theirs)
    for ours in THEMES:
        app.register_theme(ours)
    app.theme = theme
