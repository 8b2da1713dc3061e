"""Two lines about the small rooms; there from the first look on, so nothing moves later."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from facilitate.core.rooms_view import RoomsView
from facilitate.tui.words import line, plain, stack


class Rooms(Widget):
    """Where the rooms stand, and what is due for all of them; nothing where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._view: RoomsView | None = None
        self.display = False

    def show(self, view: RoomsView | None) -> None:
        """Draw other words; nothing happens when they are the same."""
        if view == self._view:
            return
        self._view = view
        self.display = view is not None
        self.refresh()

    def render(self) -> Content:
        view = self._view
        if view is None:
            return Content("")
        style = "bold $accent" if view.cue else "$soft"
        return stack([line(("ROOMS  ", "bold $primary"), view.line), plain(view.hint, style)])
