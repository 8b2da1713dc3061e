"""Closing a sitting: what stays between these people, and what travels on with them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.core.captures import Entry, shown
from facilitate.core.commands import Close
from facilitate.core.state import SessionState
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import HARVEST, UNDO, VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain

ASKS = (
    "These lines belong to this sitting only. Keep: it travels with the cohort and enters the "
    "record. Let go: it leaves this machine."
)
NONE_LEFT = "No line waits for a decision. Enter closes the sitting and writes its record."
REHEARSED = "No line waits for a decision. Enter ends the rehearsal; nothing of it is kept."


class HarvestScreen(Following):
    """One key a line; Enter closes once every line was decided."""

    CSS_PATH = "../styles/harvest.tcss"
    BINDINGS = bindings(HARVEST, UNDO)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: tuple[Entry, ...] = ()

    def compose(self) -> ComposeResult:
        yield Head()
        yield Static(id="asks", markup=False)
        yield SteadyList(markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).focus()

    def draw(self) -> None:
        self.query_one(Head).show("Closing", "what travels on")
        self.query_one(Notice).show(self.notice, self.unsaved)
        waiting = undecided(self.state)
        none_left = REHEARSED if self.state.rehearsal else NONE_LEFT
        self.query_one("#asks", Static).update(plain(ASKS if waiting else none_left))
        if waiting == self._waiting:
            return
        self._waiting = waiting
        lines = self.query_one(OptionList)
        marked = lines.highlighted or 0
        lines.clear_options()
        lines.add_options(Option(_row(entry)) for entry in waiting)
        lines.highlighted = min(marked, len(waiting) - 1) if waiting else None

    @property
    def chosen(self) -> int | None:
        place = self.query_one(OptionList).highlighted if self.is_mounted else None
        if place is None or place >= len(self._waiting):
            return None
        return self._waiting[place].number

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_close(self) -> None:
        if self._waiting:
            self.host.say("Every line wants an answer first: k keeps, l lets go.")
            return
        question = "Close the sitting and write its record? It cannot be reopened."
        label = "Close and write the record"
        if self.state.rehearsal:
            question, label = "End the rehearsal? Nothing of it is kept.", "End it"
        choices = (Choice(key="y", label=label, answer=True),)
        self.app.push_screen(Ask(question, choices), self._close)

    def _close(self, yes: bool | None) -> None:
        is_closed = self.state.closed_at is not None  # and its record could not be written
        if yes and (is_closed or self.host.perform(Close())):
            self.dismiss()  # or the next sitting would find this one in its way
            self.host.course.finish()


def undecided(state: SessionState) -> tuple[Entry, ...]:
    """The lines of the sitting ring that nobody decided about, by number."""
    return tuple(e for e in shown(state.entries.values()) if e.ring == "sitting")


def _row(entry: Entry) -> Content:
    tail = f"  <- {entry.version.lineage}" if entry.version.lineage else ""
    return line(
        (f"{entry.name:<4} ", "bold $primary"),
        (f"{entry.kind:<11} ", "$soft"),
        entry.text or "(its words could not be read)",
        (tail, "$soft"),
    )
