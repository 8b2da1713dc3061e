"""What the group made so far, a line each."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.widgets.option_list import Option

from facilitate.core.captures import HELD_HERE
from facilitate.core.lines_view import Line
from facilitate.tui.widgets.steady_list import ARROWS, SteadyList
from facilitate.tui.words import line as words


class MadeHere(SteadyList, inherit_bindings=False):
    """The lines, those of this part last; a line marked with the arrows is what verbs mean."""

    BINDINGS = [
        *ARROWS,
        Binding("enter", "screen.show_line", show=False, priority=True),
        Binding("escape", "unmark", "unmark", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._made: tuple[Line, ...] = ()

    @property
    def chosen(self) -> int | None:
        """Number of the marked line, HELD_HERE for one of the room; None when none is."""
        if self.highlighted is None or self.highlighted >= len(self._made):
            return None
        return self._made[self.highlighted].number or HELD_HERE

    def show(self, lines: tuple[Line, ...]) -> None:
        """Draw other lines; the mark stays on its line, and new ones come into view."""
        if lines == self._made:
            return
        chosen, before = self.chosen, self._made
        self._made = lines
        self.renew(before, lines, _option)
        self.mark(chosen)
        if len(lines) > len(before) and self.highlighted is None:
            self._show_the_newest()

    def _show_the_newest(self) -> None:
        if self.size:
            self.set_scroll(None, self.max_scroll_y)
        else:  # it is not laid out yet, as when a sitting is gone on with
            self.call_after_refresh(self.scroll_end, animate=False)

    def mark(self, number: int | None) -> None:
        """Mark the line of that number; None, or one that is not here, marks none."""
        numbers = [one.number or HELD_HERE for one in self._made]
        self.highlighted = numbers.index(number) if number in numbers else None

    def action_cursor_down(self) -> None:
        """Either arrow begins with the newest line: that one is in view."""
        if self.highlighted is None:
            self.action_last()
        else:
            super().action_cursor_down()

    def action_unmark(self) -> None:
        self.highlighted = None


def _option(one: Line) -> Option:
    return Option(_content(one))


def _content(one: Line) -> Content:
    meta = one.state or "not saved"
    source = f"  <- {one.lineage}" if one.lineage else ""
    more = f"  {one.more}" if one.more else ""
    sitting = "  (this sitting only)" if one.number and "sitting" in one.keeps else ""
    return words(
        (f"{one.name:<4}", "bold $primary"),
        (f"{meta:<10} ", "$soft"),
        one.text,
        (source + more + sitting, "$soft"),
    )
