"""One line that was kept, with its whole history."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from facilitate.core.threads import ThreadKey
from facilitate.tui.archive_verbs import HISTORY
from facilitate.tui.asking import Ask, Choice, numbered
from facilitate.tui.looking_back import PastLine
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.history_sheet import HistorySheet
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain

FOR_GOOD = (Choice(key="y", label="Take it back for good", answer=True),)
TAKING_BACK = "Its words are leaving this machine."
NOT_THERE = "{} is not in the archive any more."


class PastLineScreen(Looking):
    """A page to read: its words, what a term meant, and every sitting that worked with it."""

    CSS_PATH = "../styles/archive.tcss"
    BINDINGS = bindings(HISTORY)

    def __init__(self, key: ThreadKey) -> None:
        super().__init__()
        self._key = key
        self._line: PastLine | None = None

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="sheet"):
            yield HistorySheet()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#sheet").focus()
        past = self.host.desk.past()
        self.look_up(lambda: past.line(self._key), self._show)

    def _show(self, line: PastLine | None) -> None:
        if line is None:
            self.host.say(NOT_THERE.format(self._key.name))
        self._line = line
        self.query_one(HistorySheet).show(line.history if line else None)
        self.draw_soon()

    def draw(self) -> None:
        told = self._line.history if self._line else None
        title = f"{told.name}: {told.kind}, {told.cohort}" if told else self._key.name
        self.query_one(Head).show(title, told.stands if told else "")
        self.query_one(Notice).show(self.notice, self.unsaved)

    def action_record(self) -> None:
        """Read the record of one of its sittings; of several, the one that is chosen."""
        sittings = self._line.sittings if self._line else ()
        if len(sittings) == 1:
            self.host.past.record(sittings[0][0])
        if len(sittings) < 2:  # noqa: PLR2004 - there is nothing to choose
            return

        def chosen(sitting: str | None) -> None:
            if sitting is not None:
                self.host.past.record(sitting)

        choices = tuple(numbered(n, words, id_) for n, (id_, words) in enumerate(sittings, 1))
        self.app.push_screen(Ask("The record of which sitting?", choices), chosen)

    def action_erase(self) -> None:
        """Ask plainly, and then let the words of the line go for good."""
        line, past = self._line, self.host.desk.past()
        if line is None:
            return
        words = line.history.wordings[0]

        def ask(question: str) -> None:
            self.app.push_screen(Ask(question, FOR_GOOD), answered)

        def answered(yes: bool | None) -> None:
            if yes:
                self.host.say(TAKING_BACK)
                self.look_up(lambda: past.erase(self._key, words), self._taken_back)

        self.look_up(lambda: past.asks_to_erase(self._key, words), ask)

    def _taken_back(self, told: str) -> None:
        """Show what is to be asked back; behind that page there is no such line any more."""
        from facilitate.tui.screens.reading import Reading

        title = f"Taken back: {self._key.name}"
        self.host.say(f"{title}.")
        self.app.push_screen(Reading(title, plain(told)), lambda _: self.dismiss())

    def action_agreed(self) -> None:
        if self._line is not None:
            self.host.past.agreed(self._line.history.cohort)

    def action_grid(self) -> None:
        if self._line is not None:
            self.host.past.grid(self._line.history.cohort)
