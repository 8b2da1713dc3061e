"""What the screens about one line have in common: they go when their line goes."""

from __future__ import annotations

from facilitate.core.captures import Entry
from facilitate.tui.screens.following import Following


class OfOneLine(Following):
    """A screen about the line of one number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    @property
    def chosen(self) -> int | None:
        return self._number

    @property
    def entry(self) -> Entry | None:
        """The line as it stands now; None when it can be seen no more."""
        return self.host.state.entry(self._number)

    def on_screen_resume(self) -> None:
        self.draw_soon()

    def leave(self) -> None:
        """Go away with the line; when something lies over this, as soon as it does not."""
        if self.is_active:
            self.dismiss()

    def action_back(self) -> None:
        self.dismiss()
