"""A part that nobody planned: its title and its minutes on one line."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from facilitate.tui.asking import Asking
from facilitate.tui.widgets.capture_line import WordsInput
from facilitate.tui.words import plain

MINUTES = 10
"""What a part gets when its line names none."""
_LINE = re.compile(r"(?P<title>.*?\S)\s+(?P<minutes>\d{1,3})(?:\s*min)?\s*", re.DOTALL)


class NewPart(Asking[tuple[str, int]]):
    """Asks for a line such as `Walk outside 15`; returns title and minutes, or None."""

    BINDINGS = [Binding("escape", "away", "not now")]

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(
                plain("A new part, to come next. Its title and its minutes:"),
                id="question",
                markup=False,
            )
            yield WordsInput(placeholder="Walk outside 15", select_on_focus=False)
            yield Static(plain("Enter puts it in, Esc goes back"), classes="soft", markup=False)

    def on_mount(self) -> None:
        words = self.query_one(WordsInput)
        words.cursor_blink = False
        words.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        part = read_part(event.value)
        self.answer(part)

    def on_words_input_left(self) -> None:
        self.answer(None)

    def action_away(self) -> None:
        self.answer(None)


def read_part(line: str) -> tuple[str, int] | None:
    """Title and minutes out of one line; None when there is no title."""
    found = _LINE.fullmatch(line.strip())
    if found is not None:
        return found["title"], int(found["minutes"])
    return (line.strip(), MINUTES) if line.strip() else None
