"""What we are carrying: lines of earlier sittings, what is due, and starting points."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from facilitate.core.capture_line import NewLine
from facilitate.core.captures import Entry
from facilitate.core.carrying_view import CarriedRow, CarryingView, OfferedRow, carrying_view
from facilitate.core.entry_commands import Capture
from facilitate.core.notebook import needs_asking
from facilitate.core.state import SessionState
from facilitate.tui.host import Host
from facilitate.tui.line_verbs import CARRYING
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import UNDO, VERBS
from facilitate.tui.widgets.carried_list import CarriedList
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in

NOTHING = (
    "Nothing is carried here yet. What a sitting of this group keeps is carried to its next "
    "one, once its record is written."
)
MARK_ONE = "Mark a line first, with the arrows or a click."
NOT_AGREED = "That is a starting point, and nothing that was agreed; Enter takes it up."
TAKEN = "That was taken up already: it is {}."
ROOM_ONLY = "Lines are held in the room only for now; K asks the group about that again."


class CarryingScreen(Following):
    """A list with one key for each of the questions about a line."""

    CSS_PATH = "../styles/carrying.tcss"
    BINDINGS = bindings(CARRYING, UNDO)

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: SessionState | None = None

    def compose(self) -> ComposeResult:
        yield Head()
        yield Static(id="asks", markup=False)
        yield CarriedList()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(CarriedList).focus()

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        if self.state is self._looked_at:
            return
        self._looked_at, view = self.state, carrying_view(self.state)
        self.query_one(Head).show("What we are carrying", view.stands)
        asks = self.query_one("#asks", Static)
        say_in(asks, plain(_asks(view)))
        asks.display = bool(_asks(view))
        self.query_one(CarriedList).show(view.sections)

    @on(OptionList.OptionHighlighted)
    def _judge_keys_anew(self) -> None:
        self.refresh_bindings()

    # The marked line

    @property
    def chosen(self) -> int | None:
        row = self._marked
        return row.number if isinstance(row, CarriedRow) else None

    @property
    def _marked(self) -> CarriedRow | OfferedRow | None:
        return self.query_one(CarriedList).marked if self.is_mounted else None

    def _row(self) -> CarriedRow | None:
        """The marked line; None when it is none that is carried, and that is said."""
        row = self._marked
        if isinstance(row, CarriedRow):
            return row
        self.host.say(MARK_ONE if row is None else NOT_AGREED)
        return None

    def _about(self, ask: Callable[[Host, Entry], None]) -> None:
        """Ask something about the marked line, if it still is carried."""
        row = self._row()
        entry = self.state.entry(row.number) if row else None
        if entry is not None:
            ask(self.host, entry)
        elif row is not None:
            self.host.say(f"{row.name} is not carried any further; u takes that back.")

    def action_marked(self, verb_id: str) -> None:
        if self._row() is not None:
            self.host.action_do(verb_id)

    def action_amend(self) -> None:
        from facilitate.tui.rewording import reword

        self._about(reword)

    def action_look_again(self) -> None:
        from facilitate.tui.line_questions import look_again

        self._about(look_again)

    def action_test(self) -> None:
        from facilitate.tui.line_questions import is_for_consent
        from facilitate.tui.screens.consent import ConsentScreen

        def ask(host: Host, entry: Entry) -> None:
            if is_for_consent(host, entry):
                self.lay_over(ConsentScreen(entry.number))

        self._about(ask)

    def action_take(self) -> None:
        row = self._marked
        if isinstance(row, OfferedRow):
            self._take_up(row)
            return
        from facilitate.tui.screens.one_line import OneLineScreen

        self._about(lambda _, entry: self.lay_over(OneLineScreen(entry.number)))

    def _take_up(self, row: OfferedRow) -> None:
        """Let the group work with a starting point, once it knows what is kept."""
        if row.taken:
            self.host.say(TAKEN.format(row.taken))
        elif needs_asking(self.state):
            from facilitate.tui.screens.notebook import NotebookScreen

            self.lay_over(NotebookScreen(lambda: self._capture(row)))
        else:
            self._capture(row)

    def _capture(self, row: OfferedRow) -> None:
        if not self.host.state.may_keep:
            self.host.say(ROOM_ONLY)
            return
        line = NewLine(kind=row.kind, text=row.text, origin="offered")
        self.host.perform(Capture(line=line))

    def action_back(self) -> None:
        self.dismiss()


def _asks(view: CarryingView) -> str:
    return view.asks if view.sections else NOTHING
