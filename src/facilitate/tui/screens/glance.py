"""One glance at several pasted lines, before they become entries."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.core.lines_view import Typing
from facilitate.tui.asking import Asking
from facilitate.tui.words import line, plain

Rows = tuple[tuple[str, Typing], ...]
"""Lines, each with what it would become."""


class Glance(Asking[tuple[str, ...]]):
    """Shows the lines; returns them, or None when someone went away with Esc."""

    BINDINGS = [
        Binding("enter", "keep", "keep", priority=True),
        Binding("escape", "away", "not now"),
    ]

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(
                plain(f"{len(self._rows)} lines were pasted. Each becomes a line of its own."),
                id="question",
                markup=False,
            )
            yield OptionList(*(Option(_content(*row)) for row in self._rows), markup=False)
            yield Static(
                plain("Enter keeps them all, Esc keeps none"), classes="soft", markup=False
            )

    def action_keep(self) -> None:
        self.answer(tuple(text for text, _ in self._rows))

    def action_away(self) -> None:
        self.answer(None)


def _content(text: str, typing: Typing) -> Content:
    hint = f", {typing.hint}" if typing.hint else ""
    return line(
        (f"{typing.label}  ", "bold" if typing.is_room_only else "bold $primary"),
        text,
        (f"  ({typing.keeps}{hint})", "$soft"),
    )
