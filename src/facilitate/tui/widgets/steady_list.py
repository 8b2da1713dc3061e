"""A list that means what someone saw when they pressed or clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.binding import Binding
from textual.events import Click
from textual.geometry import Size
from textual.messages import Update
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

ARROWS = [
    Binding("up", "cursor_up", show=False, priority=True),
    Binding("down", "cursor_down", show=False, priority=True),
]
"""With priority, as verbs have it: a letter right behind an arrow would mean the row before."""

LEAPS = [
    Binding("home", "first", show=False, priority=True),
    Binding("end", "last", show=False, priority=True),
    Binding("pageup", "page_up", show=False, priority=True),
    Binding("pagedown", "page_down", show=False, priority=True),
]
"""The same, for further than one row."""

TALLER_THAN_ANY_SCREEN = 200

Row = TypeVar("Row")


class SteadyList(OptionList):
    """Takes arrows before the letters behind them, and no click on a row that is gone."""

    BINDINGS = [*ARROWS, *LEAPS]

    # More rows behind the edge move nothing; what grows asks for a layout itself.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    async def _on_click(self, event: Click) -> None:
        row = event.style.meta.get("option")
        if row is not None and row >= self.option_count:
            event.prevent_default()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that all options take; of very many only that they are more than fit."""
        if self.option_count >= TALLER_THAN_ANY_SCREEN:
            return TALLER_THAN_ANY_SCREEN
        return super().get_content_height(container, viewport, width)

    def renew(
        self, before: Sequence[Row], after: Sequence[Row], option: Callable[[Row], Option]
    ) -> None:
        """Let an option for each of `after` stand where one for each of `before` stands.

        Only what differs is made anew: there may be hundreds, and one of them changed. The
        mark stays on its place; whoever calls moves it.
        """
        first = _common(before, after)
        last = _common(before[first:][::-1], after[first:][::-1])
        new = [option(row) for row in after[first : len(after) - last]]
        if self.highlighted is not None and self.highlighted >= len(after):
            self.highlighted = None
        rows = self._shown_rows
        self._options[first : len(before) - last] = new
        self._option_to_index = {one: place for place, one in enumerate(self._options)}
        if first < len(before):
            self._clear_caches()
        self._update_lines()
        self.refresh(layout=self.styles.auto_dimensions and rows != self._shown_rows)
        if self.is_attached:  # at once: else its rows are painted only with the next change
            self.screen.post_message(Update(self))

    @property
    def _shown_rows(self) -> int:
        """The rows of its lines, as far as it may grow; laying all out anew takes long."""
        most = self.styles.max_height
        rows = len(self._lines)
        return min(rows, int(most.value)) if most and most.is_cells else rows


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many rows both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
