"""What the keys do here and now, on one widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from facilitate.tui.verb import Verb, first_keys, key_name
from facilitate.tui.words import cells, line

ROW = ("\n", "")
"""Where the next row begins."""


class Judge(Protocol):
    """Who knows what can be done now."""

    def is_possible(self, verb: Verb) -> bool:
        """Whether a verb could be done now."""
        ...


class KeyBar(Widget):
    """The keys that mean something now, those not possible greyed; a click does the same.

    One widget instead of Textual's Footer, which is rebuilt at every change of focus.
    """

    def __init__(self, judge: Judge, verbs: Mapping[str, Verb]) -> None:
        super().__init__()
        self._judge = judge
        self._verbs = verbs
        self._spans: list[tuple[int, int, int, ActiveBinding]] = []
        self._parts: list[tuple[str, str]] = []
        """What is painted: words with their styles."""
        self._width = -1
        """The cells in a row of it."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._renew())

    def _renew(self) -> None:
        self.call_after_refresh(self._paint)  # what the key did is to be seen first

    def _paint(self) -> None:
        """Paint what differs; all is laid out anew only for another number of rows."""
        if not self.is_attached:
            return  # its screen was left meanwhile
        before = self._parts
        self._write()
        moves = self.styles.auto_dimensions and self._rows != self.size.height
        if moves or self._parts != before:
            self.refresh(layout=moves)

    @property
    def _rows(self) -> int:
        """The rows it takes, as far as it may grow."""
        rows, most = self._parts.count(ROW) + 1, self.styles.max_height
        return min(rows, int(most.value)) if most and most.is_cells else rows

    def render(self) -> Content:
        if self._width != self.size.width:
            self._write()
        return line(*self._parts)

    def _write(self) -> None:
        """Put the words together, and remember where each key stands."""
        self._width = width = self.size.width
        self._spans, self._parts = [], []
        x = y = 0
        for active in first_keys(self.screen.active_bindings.values()):
            binding = active.binding
            if not binding.show:
                continue
            key = key_name(binding.key)
            length = cells(key) + cells(binding.description) + 4
            if x + length > width and x:
                self._parts.append(ROW)
                x, y = 0, y + 1
            self._spans.append((x, x + length, y, active))
            can = self._can(binding)
            self._parts.append((f" {key} ", "$footer-key-foreground" if can else "$soft"))
            self._parts.append((f"{binding.description}  ", "" if can else "$soft"))
            x += length

    def _can(self, binding: Binding) -> bool:
        verb = self._verbs.get(binding.id or "")
        return verb is None or self._judge.is_possible(verb)

    async def on_click(self, event: Click) -> None:
        for start, end, row, active in self._spans:
            if start <= event.x < end and row == event.y:
                await self.app.run_action(active.binding.action, active.node)
