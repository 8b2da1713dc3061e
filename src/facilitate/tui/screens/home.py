"""The first screen: go on with what was running, open an agenda, read what was made."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitate.core.shelf import Home, Late, OnShelf, OnTimeline, PastSitting, Unfinished
from facilitate.tui.archive_verbs import HOME
from facilitate.tui.screens.looking import Looking
from facilitate.tui.screens.reading_records import ReadingRecords
from facilitate.tui.screens.shelf import AgendasOf, Row, rows
from facilitate.tui.verb import FIRST, bindings
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.steady_list import SteadyList

NO_RECORDS = "No sitting was closed on this machine yet. Records are read from here."
MARK_AGENDA = "Mark an agenda first, with the arrows; B changes it."
MARK_PAST = "Mark a past sitting first, with the arrows; D hands on what it made."


class Standing(Option):
    """A row as it stood there when someone chose it."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.content, disabled=row.opens is None)
        self.opens = row.opens


class HomeScreen(Looking):
    """What was left open, what is next, agendas; past sittings when the records are read."""

    # Enter with priority, as arrows have it: one behind it would else move the mark first.
    BINDINGS = [*bindings(HOME), Binding("enter", "choose", show=False, priority=True)]

    home: reactive[Home | None] = reactive(None, init=False)
    _unread = ""
    """What stands where there are no past sittings; nothing before that is known."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._listed: frozenset[str] = frozenset()
        """Paths of the programmes whose agendas are listed one by one."""
        self._records = ReadingRecords(self, self._look_at_past)
        self._known: Home | None = None
        """With the past; None until there is something to offer."""

    def compose(self) -> ComposeResult:
        yield Head()
        yield SteadyList(markup=False)
        yield Notice()
        yield KeyBar(self.host, FIRST)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).focus()

    def draw(self) -> None:
        self.query_one(Head).show("facilitate", "Enter opens · ? help · ctrl+q leaves")
        known = self._known
        self.query_one(Notice).show(self.notice or " ".join(known.said if known else ()), "")
        if known is not None:
            self._show(known)

    def _show(self, home: Home) -> None:
        """Draw what is offered; the mark stays where it is, at first on what can be opened."""
        shelf, before = self.query_one(SteadyList), self._rows
        self._rows = rows(home, self._records.words or self._unread, self._listed)
        if self._rows != before:
            shelf.renew(before, self._rows, Standing)
        if not before or shelf.highlighted is None:
            shelf.highlighted = next((n for n, r in enumerate(self._rows) if r.opens), None)

    def watch_home(self, home: Home | None) -> None:
        """Offer what is there at once, and then read what may take long."""
        if home is None:
            return
        past = self._known.past if self._known else ()
        self._known = home._replace(past=past)
        self._records.begin()
        self.draw_soon()

    def _look_at_past(self, _: str) -> None:
        home = self.home
        if home is not None:
            self.look_up(lambda: self.host.desk.with_past(home), self._know)

    def _know(self, home: Home) -> None:
        self._known, self._unread = home, NO_RECORDS
        self.draw_soon()

    def action_choose(self) -> None:
        """Open the marked row, as a click on it does."""
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if not self.is_active:
            return  # another row was faster
        match event.option.opens if isinstance(event.option, Standing) else None:
            case Unfinished(sitting=sitting):
                self.host.course.go_on_with(sitting)
            case OnShelf(path=path):
                self.host.course.open_agenda(path)
            case AgendasOf(programme=programme):
                self._listed ^= {programme}
                self.draw()
            case OnTimeline(path=path):
                from facilitate.tui.screens.programme import ProgrammeScreen

                self.lay_over(ProgrammeScreen(path, self.host.desk.programmes()))
            case PastSitting(sitting=sitting):
                self.host.past.record(sitting)
            case Late() as late:
                self.host.past.take_in(late)

    @property
    def _marked(self) -> object:
        """What is marked; None when nothing that could be opened is."""
        place = self.query_one(OptionList).highlighted
        return self._rows[place].opens if place is not None else None

    def action_build(self) -> None:
        """Change the marked agenda."""
        opens = self._marked
        if isinstance(opens, OnShelf):
            from facilitate.tui.screens.build_opening import build

            build(self.host, opens.path)
        else:
            self.host.say(MARK_AGENDA)

    def action_hand_out(self) -> None:
        """Hand on what was made up to the marked past sitting."""
        opens = self._marked
        if isinstance(opens, PastSitting):
            self.host.past.hand_out(opens.sitting)
        else:
            self.host.say(MARK_PAST)
