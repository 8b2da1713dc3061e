"""Reading aloud what was made: one large line at a time, at the pace of whoever reads."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from facilitate.core.read_aloud import LineToRead, lines_to_read
from facilitate.core.state import SessionState
from facilitate.tui.line_verbs import READING
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain


class ReadingAloudScreen(Following):
    """Stays on its line whatever happens to the others."""

    CSS_PATH = "../styles/reading_aloud.tcss"
    BINDINGS = bindings(READING)

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: SessionState | None = None
        self._lines: tuple[LineToRead, ...] = ()
        self._place = 0

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="which", markup=False)
            yield Static(id="said", markup=False)
            yield Static(id="lineage", markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        if self.state is not self._looked_at:
            self._looked_at = self.state
            self._take(lines_to_read(self.state))
            self._show()

    def _take(self, lines: tuple[LineToRead, ...]) -> None:
        """Go on with other lines, at the same one while it is there."""
        numbers = [line.number for line in lines]
        if self.chosen in numbers:
            self._place = numbers.index(self.chosen)
        self._lines, self._place = lines, min(self._place, max(len(lines) - 1, 0))

    @property
    def chosen(self) -> int | None:
        return self._lines[self._place].number if self._lines else None

    def _show(self) -> None:
        count = len(self._lines)
        where = f"{self._place + 1} of {count}" if count else ""
        self.query_one(Head).show("Reading aloud", where)
        for name, words in zip(("which", "said", "lineage"), self._words(), strict=True):
            self.query_one(f"#{name}", Static).update(plain(words))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _words(self) -> tuple[str, str, str]:
        if not self._lines:
            return "", "No line is left to read.", ""
        line = self._lines[self._place]
        lineage = f"from {line.lineage}" if line.lineage else ""
        return f"{line.name}  {line.kind}, {line.state}", line.text, lineage

    def action_go(self, step: int) -> None:
        """To another line; at either end it stays."""
        place = self._place + step
        if 0 <= place < len(self._lines):
            self._place = place
            self._show()
        else:
            self.host.say("That was the last line." if step > 0 else "This is the first line.")

    def action_back(self) -> None:
        self.app.pop_screen()
