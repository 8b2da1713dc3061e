"""The integration grid: of a cohort, and of the sitting that goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from facilitate.core.grid import Grid, grid_of_state, grid_of_threads
from facilitate.core.state import SessionState
from facilitate.core.threads import Thread
from facilitate.tui.archive_verbs import GRID
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.grid_table import GridTable
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in

NOTHING = (
    "No framework was written down yet. On the capture line f: makes one, e: an example; "
    "#leadership, #policy or #practice says where an example belongs, &6 that it was said "
    "with line 6."
)


class GridScreen(Looking):
    """Frameworks, and which of them have an example in leadership, policy and practice."""

    CSS_PATH = "../styles/archive.tcss"
    BINDINGS = bindings(GRID)

    def __init__(self, cohort: str) -> None:
        super().__init__()
        self._cohort = cohort
        self._threads: tuple[Thread, ...] | None = None
        """The lines of the cohort in its records; None until they were looked up."""

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="sheet"):
            yield Static(id="nothing", markup=False)
            yield GridTable()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#sheet").focus()
        self.look_up(self._lines, self._show)

    def _lines(self) -> tuple[Thread, ...]:
        return self.host.desk.past().lines(self._cohort)

    def _show(self, threads: tuple[Thread, ...]) -> None:
        self._threads = threads
        self.draw_soon()

    def grid(self) -> Grid | None:
        """What is to be drawn; None while nothing is known yet."""
        return None if self._threads is None else grid_of_threads(self._threads)

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        grid = self.grid()
        words = grid.words if grid else ""
        self.query_one(Head).show(f"Integration grid: {self._cohort}", words)
        nothing = self.query_one("#nothing", Static)
        nothing.display = grid is not None and not grid.rows
        say_in(nothing, plain(NOTHING))
        self.query_one(GridTable).show(grid or Grid((), ()))


class LiveGridScreen(GridScreen):
    """The same while a sitting goes on: what it has just written down is in it."""

    def __init__(self, state: SessionState) -> None:
        super().__init__(state.cohort or (state.agenda.whose if state.agenda else ""))
        self._drawn: tuple[SessionState | None, tuple[Thread, ...] | None] = (None, None)
        self._grid = Grid((), ())

    def _lines(self) -> tuple[Thread, ...]:
        """With what was closed since the archive was looked at last."""
        self.host.desk.past().read(lambda *_: None)
        return super()._lines()

    def grid(self) -> Grid:
        if self._drawn != (self.state, self._threads):
            self._drawn = self.state, self._threads
            self._grid = grid_of_state(self.state, self._threads or ())
        return self._grid
