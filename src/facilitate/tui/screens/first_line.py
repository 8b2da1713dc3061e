"""What the notebook keeps, told on the way to the first line of a group."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static

from facilitate.core.lines_view import typing
from facilitate.tui.screens.notebook import NotebookScreen
from facilitate.tui.widgets.capture_line import LineInput, WordsInput
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain

RESTS = 0.5
"""Seconds without a key after which the hand rests, and a key is an answer."""


class Waiting(WordsInput):
    """Holds the half line, and what is typed on; Enter empties nothing here."""

    async def action_submit(self) -> None:
        self.post_message(self.Submitted(self, self.value))


class FirstLine(NotebookScreen):
    """The page, with the line that someone may be writing already.

    Whoever presses Space and goes on typing writes words, and answers nothing with them: the
    keys of the page come when the hand rests.
    """

    def __init__(self, line: LineInput, then: Callable[[], None]) -> None:
        """What is typed meanwhile goes to `line`; `then` follows an answer."""

        def answered() -> None:
            self._hand_over()
            then()

        super().__init__(answered)
        self._line = line
        self._taken = ""
        """What stood on the line when this page came."""
        self._words = Waiting(id="waiting", select_on_focus=False)
        self._words.cursor_blink = False
        self._rest: Timer | None = None
        self._rests = False

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Notice):
                waits = Static(plain(" your line waits >", "$soft"), markup=False)
                yield Horizontal(waits, self._words, id="line")
            yield widget

    def on_mount(self) -> None:
        super().on_mount()
        self._taken = self._line.value
        self._words.value = self._taken + self._words.value
        self._words.cursor_position = len(self._words.value)
        self.query_one(VerticalScroll).can_focus = False
        self.set_focus(self._words)
        self._wait()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While someone types, `k` and `r` are letters."""
        if action == "answer" and not (self._rests and self.focused is not self._words):
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Letters from before there was anything to type them in, and from after it."""
        if event.is_printable and event.character:
            event.stop()
            self._words.insert_text_at_cursor(event.character)

    @on(Input.Submitted)
    async def _kept(self, event: Input.Submitted) -> None:
        """A line for the room needs no answer; of any other the group is asked first."""
        event.stop()
        if self._is_for_room:
            self.action_back()
            await self._line.action_submit()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._is_for_room:
            self.set_focus(self._words)  # its letters answer nothing, however slowly they come
        self._wait()

    @property
    def _is_for_room(self) -> bool:
        return typing(self.state, self._words.value).is_room_only

    def _wait(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(RESTS, self._let_answer)

    def _let_answer(self) -> None:
        self._rest = None
        if self._is_for_room:
            return
        self._rests = True
        page = self.query_one(VerticalScroll)
        page.can_focus = True
        self.set_focus(page)
        self.refresh_bindings()

    @on(WordsInput.Left)
    def _away(self) -> None:
        self.action_back()

    def action_back(self) -> None:
        super().action_back()
        self._hand_over()

    def _hand_over(self) -> None:
        """Nothing that was typed is lost, a letter that was still on its way there included."""
        self._line.value = self._words.value + self._line.value.removeprefix(self._taken)
        self._line.cursor_position = len(self._line.value)
