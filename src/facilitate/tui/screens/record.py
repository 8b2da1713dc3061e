"""The record of a past sitting, to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from facilitate.tui.archive_verbs import RECORD
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain


class RecordScreen(Looking):
    """A record as it stands in its file; what was made up to it can be handed on from here."""

    BINDINGS = bindings(RECORD)

    def __init__(self, sitting: str, text: str) -> None:
        super().__init__()
        self._sitting = sitting
        self._text = text

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="page"):
            yield Static(plain(self._text), markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#page").focus()

    def draw(self) -> None:
        self.query_one(Head).show("Past sitting", "")
        self.query_one(Notice).show(self.notice, self.unsaved)

    def action_hand_out(self) -> None:
        self.host.past.hand_out(self._sitting)
