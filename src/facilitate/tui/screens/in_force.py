"""What a cohort agreed: every agreement in force, in full."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from facilitate.core.archive_view import AgreedRow
from facilitate.tui.archive_verbs import AGREED
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.agreed_list import AgreedList
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in

NONE = "Nothing is in force in this cohort: no agreement was adopted, or none holds any more."
NO_SITTING = "There is no record of a sitting of this cohort any more."


class InForceScreen(Looking):
    """The agreements of one cohort; Enter shows the history of the marked one."""

    CSS_PATH = "../styles/archive.tcss"
    BINDINGS = bindings(AGREED)

    def __init__(self, cohort: str) -> None:
        super().__init__()
        self._cohort = cohort
        self._rows: tuple[AgreedRow, ...] | None = None
        """None until they were looked up."""

    def compose(self) -> ComposeResult:
        yield Head()
        yield Static(id="nothing", markup=False)
        yield AgreedList()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(AgreedList).focus()
        past = self.host.desk.past()
        self.look_up(lambda: past.agreed(self._cohort), self._show)

    def _show(self, rows: tuple[AgreedRow, ...]) -> None:
        self._rows = rows
        self.query_one(AgreedList).show(rows)
        self.draw_soon()

    def draw(self) -> None:
        self.query_one(Head).show(f"In force: {self._cohort}", _words(self._rows))
        self.query_one(Notice).show(self.notice, self.unsaved)
        nothing = self.query_one("#nothing", Static)
        nothing.display = self._rows == ()
        say_in(nothing, plain(NONE))

    def action_open(self) -> None:
        row = self.query_one(AgreedList).marked
        if row is not None:
            self.host.past.line(row.key)

    def action_hand_out(self) -> None:
        past = self.host.desk.past()

        def found(sitting: str | None) -> None:
            if sitting is None:
                self.host.say(NO_SITTING)
            else:
                self.host.past.hand_out(sitting)

        self.look_up(lambda: past.latest(self._cohort), found)


def _words(rows: tuple[AgreedRow, ...] | None) -> str:
    if not rows:
        return ""
    return "1 agreement" if len(rows) == 1 else f"{len(rows)} agreements"
