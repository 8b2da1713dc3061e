"""One glance at several pasted lines, before they become entries."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.tui.words import plain


class Glance(ModalScreen[tuple[str, ...] | None]):
    """Shows the lines; returns them, or None when someone went away with Esc."""

    BINDINGS = [
        Binding("enter", "keep", "keep", priority=True),
        Binding("escape", "away", "not now"),
    ]

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(
                plain(f"{len(self._lines)} lines were pasted. Each becomes a line of its own."),
                id="question",
                markup=False,
            )
            yield OptionList(*(Option(plain(line)) for line in self._lines), markup=False)
            yield Static(
                plain("Enter keeps them all, Esc keeps none"), classes="soft", markup=False
            )

    def action_keep(self) -> None:
        self.dismiss(self._lines)

    def action_away(self) -> None:
        self.dismiss(None)
