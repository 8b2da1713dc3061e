"""A question with a few answers, each one key away."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.tui.words import line, plain

Answer = TypeVar("Answer")

DIGITS = 9
"""So many answers have a digit for a key; those behind them are chosen with the arrows."""


class Choice(NamedTuple, Generic[Answer]):
    """One answer to a question."""

    key: str
    """A letter or digit; empty when it is chosen with the arrows only."""
    label: str
    answer: Answer


def numbered(place: int, label: str, answer: Answer) -> Choice[Answer]:
    """A choice with its place for a key, counted from 1, as far as one digit goes."""
    return Choice(key=str(place) if place <= DIGITS else "", label=label, answer=answer)


class Asking(ModalScreen[Answer | None], Generic[Answer]):
    """A question that lies over a screen; it goes away with its answer."""

    def answer(self, answer: Answer | None) -> None:
        """Go away; of keys in one burst the first one answers, and the others do nothing."""
        if self.is_active:  # else what lies under it, or over it, would go as well
            self.dismiss(answer)


class Ask(Asking[Answer], Generic[Answer]):
    """Asks, and returns an answer; None when someone went away with Esc."""

    BINDINGS = [Binding("escape", "away", "not now")]

    def __init__(self, question: str, choices: tuple[Choice[Answer], ...]) -> None:
        super().__init__()
        self._question = question
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._question), id="question", markup=False)
            yield OptionList(
                *(Option(_content(choice)) for choice in self._choices), markup=False
            )
            yield Static(plain("Enter chooses, Esc goes back"), classes="soft", markup=False)

    def on_mount(self) -> None:
        answers = self.query_one(OptionList)
        answers.highlighted = 0
        answers.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.answer(self._choices[event.option_index].answer)

    def on_key(self, event: Key) -> None:
        for choice in self._choices:
            if choice.key and event.character == choice.key:
                event.stop()
                self.answer(choice.answer)
                return

    def action_away(self) -> None:
        self.answer(None)


def _content(choice: Choice[Answer]):  # type: ignore[no-untyped-def]
    return line((f"{choice.key:<2} ", "bold $footer-key-foreground"), choice.label)
