"""Everything about one line: its words, where it stands, how far it travels, whose it is."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from facilitate.core.captures import Entry
from facilitate.core.one_line_view import one_line_view
from facilitate.tui import line_questions
from facilitate.tui.host import Host
from facilitate.tui.line_verbs import LINE
from facilitate.tui.rewording import reword
from facilitate.tui.screens.of_one_line import SHEET, OfOneLine, worded
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import UNDO, VERBS
from facilitate.tui.whose_words import ask_whose
from facilitate.tui.widgets.facts import Facts
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import say_in


class OneLineScreen(OfOneLine):
    """A page to read, and a key for each thing that may happen to a line."""

    CSS_PATH = SHEET
    BINDINGS = bindings(LINE, UNDO)

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="sheet"):
            yield Static(id="words", markup=False)
            yield Facts()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#sheet").focus()

    def draw(self) -> None:
        view = one_line_view(self.host.state, self._number)
        if view is None:
            self.leave()
            return
        self.query_one(Head).show(f"{view.name}: {view.kind}", view.stands)
        say_in(self.query_one("#words", Static), worded(view.wordings))
        self.query_one(Facts).show(view.facts)
        self.query_one(Notice).show(self.notice, self.unsaved)

    def action_reword(self) -> None:
        self._about(reword)

    def action_move(self) -> None:
        self._about(line_questions.move_on)

    def action_describe(self) -> None:
        self._about(line_questions.tell_more)

    def action_look_again(self) -> None:
        self._about(line_questions.look_again)

    def action_raise_ring(self) -> None:
        self._about(line_questions.let_travel)

    def action_lower_ring(self) -> None:
        self._about(line_questions.take_closer)

    def action_attribute(self) -> None:
        self._about(ask_whose)

    def _about(self, ask: Callable[[Host, Entry], None]) -> None:
        """Ask something about the line, unless it is on its way out."""
        if self.entry is not None:
            ask(self.host, self.entry)
