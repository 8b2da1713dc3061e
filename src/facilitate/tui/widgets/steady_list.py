"""A list that means what someone saw when they pressed or clicked."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Click
from textual.widgets import OptionList

ARROWS = [
    Binding("up", "cursor_up", show=False, priority=True),
    Binding("down", "cursor_down", show=False, priority=True),
]
"""With priority, as verbs have it: a letter right behind an arrow would mean the row before."""


class SteadyList(OptionList):
    """Takes arrows before the letters behind them, and no click on a row that is gone."""

    BINDINGS = [*ARROWS]

    async def _on_click(self, event: Click) -> None:
        row = event.style.meta.get("option")
        if row is not None and row >= self.option_count:
            event.prevent_default()
