"""A question that is answered with a line of words; they reach no clipboard."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from facilitate.tui.asking import Asking
from facilitate.tui.widgets.capture_line import WordsInput
from facilitate.tui.words import plain


class AskWords(Asking[str]):
    """Asks for a line; returns it without the spaces around it, None when nothing was said."""

    BINDINGS = [Binding("escape", "away", "not now")]

    def __init__(self, question: str, words: str = "", *, empty: bool = False) -> None:
        """`words` stand there from the beginning; `empty` lets an empty line be an answer."""
        super().__init__()
        self._question = question
        self._words = words
        self._empty = empty

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._question), id="question", markup=False)
            yield WordsInput(self._words, select_on_focus=False)
            yield Static(plain("Enter takes it, Esc goes back"), classes="soft", markup=False)

    def on_mount(self) -> None:
        words = self.query_one(WordsInput)
        words.cursor_blink = False
        words.cursor_position = len(words.value)
        words.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        said = event.value.strip()
        self.answer(said if said or self._empty else None)

    def on_words_input_left(self) -> None:
        self.answer(None)

    def action_away(self) -> None:
        self.answer(None)
