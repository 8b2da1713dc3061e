"""The line on which words are caught. Half a line lives here, in memory, and nowhere else."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from facilitate.core.views import Typing
from facilitate.tui.words import harmless, plain


class WordsInput(Input):
    """A text field whose words cannot reach the clipboard, and that notices long pastes."""

    BINDINGS = [
        Binding("escape", "leave", "leave", show=True),
        Binding("enter", "submit", "keep", show=True),
        Binding("ctrl+c,ctrl+x,super+c", "nothing", show=False),
    ]

    class Left(Message):
        """Someone goes back to the keys; the half line stays."""

    class ManyLines(Message):
        """Several lines were pasted."""

        def __init__(self, lines: tuple[str, ...]) -> None:
            super().__init__()
            self.lines = lines

    def action_leave(self) -> None:
        self.post_message(self.Left())

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter, arrows and the like in their turn: a binding runs after later letters."""
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound and not event.is_printable:
            event.stop()
            event.prevent_default()
            await self.run_action(bound[0].action)

    async def action_submit(self) -> None:
        """Hand the line over and be empty at once: the next key belongs to the next line."""
        line = self.value
        self.clear()
        self.post_message(self.Submitted(self, line))

    def action_nothing(self) -> None:
        """Only chat posts and words of the cohort may be copied, and not from here."""

    def action_copy(self) -> None:
        self.action_nothing()

    def action_cut(self) -> None:
        self.action_nothing()

    def _on_paste(self, event: events.Paste) -> None:
        pasted = event.text.splitlines()
        lines = tuple(line for text in pasted if (line := harmless(text).strip()))
        event.text = harmless(event.text).strip("\n")  # Textual goes on with its first line
        if len(lines) > 1:
            self.post_message(self.ManyLines(lines))
            event.stop()
            event.prevent_default()


class CaptureLine(Horizontal):
    """Kind on the left, words in the middle, how far they travel on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = Static(markup=False, id="kind")
        self._keeps = Static(markup=False, id="keeps")
        self._typing: Typing | None = None
        self.words = WordsInput(placeholder="space writes here", select_on_focus=False)
        self.words.cursor_blink = False

    def compose(self) -> ComposeResult:
        yield self._kind
        yield self.words
        yield self._keeps

    def show(self, typing: Typing) -> None:
        """Say what the line would become."""
        if typing != self._typing:
            self._typing = typing
            self._kind.update(plain(f" {typing.label} >", "bold"))
            self._keeps.update(plain(f"keeps: {typing.keeps} ", "$soft"))
