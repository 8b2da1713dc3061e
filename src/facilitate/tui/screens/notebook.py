"""What the notebook keeps, and what it does not: to be read to the group, and answered."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from facilitate.core.entry_commands import AgreeNotes
from facilitate.core.notebook import PAGE, stands
from facilitate.tui.screens.following import Following
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in, stack


def _nothing() -> None:
    """What follows an answer that nobody waits for."""


class NotebookScreen(Following):
    """A page and one key; Esc leaves it unanswered, and it is asked again."""

    CSS_PATH = "../styles/notebook.tcss"
    BINDINGS = [
        Binding("k", "answer(True)", "keep", priority=True),
        Binding("r", "answer(False)", "room only for now", priority=True),
        Binding("escape", "back", "not now", priority=True),
    ]

    def __init__(self, then: Callable[[], None] = _nothing) -> None:
        """`then` is called after an answer, once this screen has gone."""
        super().__init__()
        self._then = then

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="page"):
            yield Static(_page(), markup=False)
            yield Static(id="stands", classes="soft", markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()

    def draw(self) -> None:
        self.query_one(Head).show("What this notebook keeps", "to be read to the group")
        say_in(self.query_one("#stands", Static), plain(stands(self.state)))
        self.query_one(Notice).show(self.notice, self.unsaved)

    def action_answer(self, keeps: bool) -> None:
        if self.state.notes_kept == keeps or self.host.perform(AgreeNotes(keeps=keeps)):
            self.app.pop_screen()
            self._then()

    def action_back(self) -> None:
        self.app.pop_screen()


def _page() -> Content:
    rows: list[Content] = []
    for heading, sentences in PAGE:
        rows += [plain(heading, "bold $primary"), *map(plain, sentences), Content("")]
    return stack(rows)
