"""A plain cover over everything, for a desktop that others can see."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from facilitate.tui.words import plain


class Cover(Screen[None]):
    """Shows nothing of the sitting; the keys of the cover, or Esc, uncover."""

    BINDINGS = [Binding("escape", "app.cover_now", "uncover", priority=True)]

    def compose(self) -> ComposeResult:
        yield Static(plain("facilitate\n\nv uncovers"), id="cover", markup=False)
