"""What is painted first, while the rest is being loaded."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from facilitate.tui.words import plain


class Opening(Screen[None]):
    """Says what is being opened."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        yield Static(plain(f" facilitate\n\n Opening {self._what}"), markup=False)
