"""The line on which words are caught. Half a line lives here, in memory, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from facilitate.core.completion import Source, Suggestion
from facilitate.core.lines_view import Typing
from facilitate.tui.words import cells, harmless, plain, shortened


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


WAITS = "space writes here"
IS_TYPED = "Enter keeps, Esc leaves"
"""What stands in the empty field, without the focus and with it."""

SPARE = 8
"""So many cells may stay empty behind the kind: laying all out anew at each line takes long."""

Keep = Callable[[str, Source | None], bool]
"""Keeps a line; the source is that of the suggestion it began with, None when it did not.

False when it was not taken: it stays in the field then.
"""


class LineInput(WordsInput):
    """The field of the capture line: it shows how a line could go on, and takes that.

    Textual's own suggester answers later, from a cache that knows nothing of the kind of the
    part; this one is told at once what there is to suggest.
    """

    # Neither leaves the line: the next letters would be verbs.
    BINDINGS = [
        Binding("tab", "take", show=False),
        Binding("shift+tab", "nothing", show=False),
    ]

    # Longer words move nothing: laying all out anew takes longer than painting them.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    taken: Source | None = None
    """Where the words came from that were completed; None once the field was empty."""
    _offer: Suggestion | None = None

    def __init__(self, keep: Keep) -> None:
        super().__init__(placeholder=WAITS, select_on_focus=False)
        self.cursor_blink = False
        self._keep = keep

    def on_focus(self) -> None:
        self.placeholder = IS_TYPED

    def on_blur(self) -> None:
        self.placeholder = WAITS

    def offer(self, suggestion: Suggestion | None) -> None:
        """Show how the line could go on; None for nothing."""
        self._offer = suggestion
        self._show_rest()

    def watch_value(self, value: str) -> None:
        """Keep what is shown where one types along it, so that nothing flickers."""
        if not value.strip():
            self.taken = None
        self._show_rest()

    def _show_rest(self) -> None:
        rest = self._rest()
        room = self.content_size.width - cells(self.value)
        self._suggestion = self.value + shortened(rest, room) if rest and room > 1 else ""

    def _rest(self) -> str:
        offered, value = self._offer.text if self._offer else "", self.value
        return offered[len(value) :] if offered.startswith(value) else ""

    def action_cursor_right(self, select: bool = False) -> None:
        if select or not self.cursor_at_end or not self._take():
            super().action_cursor_right(select)

    def action_take(self) -> None:
        self._take()

    def _take(self) -> bool:
        """Let the line be what was suggested; False when nothing was."""
        if self._offer is None or not self._rest():
            return False
        self.taken, self.value = self._offer.source, self._offer.text
        self.cursor_position = len(self.value)
        return True

    async def action_submit(self) -> None:
        """Keep the line now and not with a message: so it is painted once, where it goes."""
        line, taken = self.value, self.taken
        with self.app.batch_update():
            self.clear()
            if not self._keep(line, taken):
                self.value, self.taken = line, taken
                self.cursor_position = len(line)


class CaptureLine(Horizontal):
    """Kind on the left, words in the middle, how far they travel on the right."""

    def __init__(self, keep: Keep) -> None:
        super().__init__()
        self._kind = Static(markup=False, id="kind")
        self._keeps = Static(markup=False, id="keeps")
        self._typing: Typing | None = None
        self.words = LineInput(keep)

    def compose(self) -> ComposeResult:
        yield self._kind
        yield self.words
        yield self._keeps

    @property
    def hint(self) -> str:
        """What to think about before Enter; empty for nothing, and when nobody types."""
        return self._typing.hint if self._typing and self.words.has_focus else ""

    def show(self, typing: Typing) -> None:
        """Say what the line would become."""
        before, self._typing = self._typing, typing
        if before is None or (typing.label, typing.keeps) != (before.label, before.keeps):
            self.set_class(typing.is_room_only, "-room")
            _put(self._kind, plain(f" {typing.label} >", "bold"))
            _put(self._keeps, plain(f"keeps: {typing.keeps} ", "$soft"))
        self.words.offer(typing.suggestion)


def _put(place: Static, words: Content) -> None:
    """Write words where others stood; what is beside them moves for much longer or shorter."""
    spare = place.size.width - words.cell_length
    place.update(words, layout=not 0 <= spare < SPARE)
