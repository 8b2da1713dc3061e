"""What the keys do here and now, on one widget."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from facilitate.tui.words import cells, line


class KeyBar(Widget):
    """The keys that mean something now, those not possible greyed; a click does the same.

    One widget instead of Textual's Footer, which is rebuilt at every change of focus.
    """

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[tuple[int, int, int, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        self._spans = []
        width, x, y = self.size.width, 0, 0
        parts: list[tuple[str, str]] = []
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show:
                continue
            key = self.app.get_key_display(binding)
            length = cells(key) + cells(binding.description) + 4
            if x + length > width and x:
                parts.append(("\n", ""))
                x, y = 0, y + 1
            self._spans.append((x, x + length, y, binding.action))
            style = "" if active.enabled else "$soft"
            parts.append(
                (f" {key} ", "bold $footer-key-foreground" if active.enabled else style)
            )
            parts.append((f"{binding.description}  ", style))
            x += length
        return line(*parts)

    async def on_click(self, event: Click) -> None:
        for start, end, row, action in self._spans:
            if start <= event.x < end and row == event.y:
                await self.run_action(action)
