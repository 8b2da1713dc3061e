"""Our own themes: quiet, without red, and readable (WCAG AA or better on every token used)."""

from __future__ import annotations

from textual.theme import Theme

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
    variables={
        "border": "#8fb8c9",
        "border-blurred": "#565d64",
        "block-cursor-background": "#3b4a52",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#e8e4dc",
        "input-cursor-foreground": "#17191c",
        "input-selection-background": "#3b4a52",
        "footer-background": "#2a2e33",
        "footer-foreground": "#e8e4dc",
        "footer-key-foreground": "#e3c07b",
        "soft": "#b4b0a8",
    },
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
    variables={
        "border": "#245a70",
        "border-blurred": "#8b8577",
        "block-cursor-background": "#d3e3ea",
        "block-cursor-foreground": "#101214",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#22252a",
        "input-cursor-foreground": "#faf8f4",
        "input-selection-background": "#d3e3ea",
        "footer-background": "#e6e1d8",
        "footer-foreground": "#22252a",
        "footer-key-foreground": "#7a4f00",
        "soft": "#55524b",
    },
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
    variables={
        "border": "#ffffff",
        "border-blurred": "#ffffff",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#ffff00",
        "input-cursor-foreground": "#000000",
        "footer-background": "#000000",
        "footer-foreground": "#ffffff",
        "footer-key-foreground": "#ffff00",
        "soft": "#ffffff",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which they are offered."""

ANSI = ("ansi-dark", "ansi-light")
"""Textual's themes of the sixteen colours that the terminal itself defines."""
