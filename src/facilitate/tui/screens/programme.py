"""A whole programme: its dates below each other, and what is known of the marked one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static

from facilitate.core.one_line_view import Fact
from facilitate.core.programme_view import Timeline, TimelineRow
from facilitate.tui.programme_verbs import PROGRAMME
from facilitate.tui.programmes import Programmes
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.facts import Facts
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.timeline_list import TimelineList
from facilitate.tui.words import plain, say_in

NO_AGENDA = "There is no agenda for this date yet; the programme's file names none."
NOTHING_NEXT = "No sitting is to come in this programme."


class ProgrammeScreen(Looking):
    """The timeline; Enter reads a record or opens an agenda."""

    CSS_PATH = "../styles/programme.tcss"
    BINDINGS = bindings(PROGRAMME)

    def __init__(self, path: str, programmes: Programmes) -> None:
        """`path` is the programme's file."""
        super().__init__()
        self._path = path
        self._programmes = programmes
        self._found: Timeline | None = None
        """None until it was read."""

    def compose(self) -> ComposeResult:
        yield Head()
        with Horizontal(id="middle"):
            yield TimelineList()
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="title", markup=False)
                yield Facts()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(TimelineList).focus()
        self.look_up(lambda: self._programmes.timeline(self._path), self._show)

    def on_screen_resume(self) -> None:
        self.draw_soon()

    def _show(self, found: Timeline) -> None:
        self._found = found
        self.query_one(TimelineList).show(found)
        if found.said:
            self.host.say(" ".join(found.said))
        self.draw_soon()

    @on(OptionList.OptionHighlighted)
    def _look_at_marked(self) -> None:
        row = self._marked
        if row is not None:
            say_in(self.query_one("#title", Static), plain(row.title, "bold"))
            when = Fact("when", row.day), Fact("stands", row.status)
            self.query_one(Facts).show((*when, *row.facts))
            self.query_one("#beside").scroll_home(animate=False)

    @property
    def _marked(self) -> TimelineRow | None:
        return self.query_one(TimelineList).marked if self.is_there else None

    def draw(self) -> None:
        found = self._found
        self.query_one(Head).show(found.title if found else "Programme", _words(found))
        self.query_one(Notice).show(self.notice, self.unsaved)

    def action_mark_next(self) -> None:
        if self._found is None or self._found.next is None:
            self.host.say(NOTHING_NEXT)
        else:
            self.query_one(TimelineList).highlighted = self._found.next

    def action_open(self) -> None:
        row = self._marked
        if row is None:
            return
        if row.sitting:
            self.host.past.record(row.sitting)
        elif row.agenda is None:
            self.host.say(NO_AGENDA)
        else:
            self.dismiss()  # a sitting begins where nothing lies over anything
            self.host.course.open_agenda(self._programmes.agenda(self._path, row.agenda))


def _words(found: Timeline | None) -> str:
    if found is None:
        return ""
    return (
        "no sitting is to come" if found.next is None else f"next: {found.rows[found.next].day}"
    )
