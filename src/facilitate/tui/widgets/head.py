"""The first line of every screen: what this is, and how the time stands."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from facilitate.tui.words import cells, line, plain, shortened, stack


class Head(Widget):
    """A title on the left, words about time on the right; below each other when narrow."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title = ""
        self._time = ""

    def show(self, title: str, time: str) -> None:
        """Draw other words; nothing happens when they are the same."""
        if (title, time) != (self._title, self._time):
            self._title, self._time = title, time
            self.refresh()

    def render(self) -> Content:
        width = self.size.width - 2
        room = width - cells(self._time) - 2
        if self.size.height > 1 and cells(self._time) > width:
            return stack([plain(f" {part}") for part in _in_two(self._time, width)])
        if self.size.height > 1:
            title = shortened(self._title, width)
            return line((f" {title}\n", "bold"), f" {shortened(self._time, width)}")
        title = shortened(self._title, max(room, 8))
        gap = " " * max(width - cells(title) - cells(self._time), 1)
        return line((f" {title}", "bold"), gap, self._time, " ")


def _in_two(words: str, width: int) -> tuple[str, str]:
    """Words on two rows, parted at a comma: how the day stands matters more than its title."""
    parts = words.split(", ")
    fitting = [n for n in range(1, len(parts)) if cells(", ".join(parts[:n])) < width]
    count = max(fitting, default=1)
    first, rest = ", ".join(parts[:count]), ", ".join(parts[count:])
    return shortened(first, width), shortened(rest, width)
