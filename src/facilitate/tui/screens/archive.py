"""Searching what was kept: words at the top, what was found, the marked line beside it."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList, Static

from facilitate.core.archive_view import FoundRow, found_rows, found_words, narrowed_words
from facilitate.core.searching import Hits, Query
from facilitate.core.threads import ThreadKey
from facilitate.tui.archive_verbs import ARCHIVE
from facilitate.tui.looking_back import PastLine
from facilitate.tui.narrowing import narrow
from facilitate.tui.screens.looking import Looking
from facilitate.tui.screens.newest import Newest
from facilitate.tui.screens.reading_records import ReadingRecords
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.capture_line import WordsInput
from facilitate.tui.widgets.found_list import FoundList
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.history_sheet import HistorySheet
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in

NOTHING_KEPT = "Nothing is kept here yet. What a group lets travel comes here when it closes."
NOT_FOUND = "Nothing has all of these words. Fewer of them find more, or just their beginnings."
TOO_NARROW = "Nothing here has all of that. ctrl+l narrows no more."
MARK_ONE = "Mark a line first, with the arrows; its cohort is meant."


class ArchiveScreen(Looking):
    """Finds while someone types: the newest words count, and no key waits for the disk."""

    CSS_PATH = "../styles/archive.tcss"
    BINDINGS = [
        *bindings(ARCHIVE),
        Binding("up", "mark('up')", show=False, priority=True),
        Binding("down", "mark('down')", show=False, priority=True),
        Binding("pageup", "scroll_history('up')", show=False, priority=True),
        Binding("pagedown", "scroll_history('down')", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._records = ReadingRecords(self, self._records_read)
        self._query = Query()
        """What is looked for: what is typed, and what it is narrowed to."""
        self._answered: Query | None = None
        """What the rows on the screen are the answer to; None before there were any."""
        self._found = ""
        self._opens: str | None = None
        """The words that Enter came for before they were found; None when it did not."""

    def compose(self) -> ComposeResult:
        yield Head()
        with Horizontal(id="search"):
            yield Static(plain(" search >", "bold"), id="label", markup=False)
            yield WordsInput(select_on_focus=False)
        yield Static(id="narrowed", markup=False)
        with Horizontal(id="middle"):
            yield FoundList()
            with VerticalScroll(id="beside", can_focus=False):
                yield HistorySheet(with_name=True)
        yield Static(id="nothing", markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        past = self.host.desk.past()
        self._searching = Newest(self, past.search, self._show_found)
        self._looking = Newest(self, past.line, self._show_line)
        super().on_mount()
        words = self.query_one(WordsInput)
        words.cursor_blink = False
        words.focus()
        self._records.begin()

    def on_screen_resume(self) -> None:
        """What lay over this may have changed what is there."""
        if self._answered is not None:
            self._search()

    # Drawing

    def draw(self) -> None:
        self.query_one(Head).show("Archive", self._records.words or self._found)
        self.query_one(Notice).show(self.notice, self.unsaved)
        narrowed = narrowed_words(self._query)
        where = self.query_one("#narrowed", Static)
        where.display = bool(narrowed)
        say_in(where, plain(f" only: {' · '.join(narrowed)}", "bold"))

    def _show_found(self, query: Query, hits: Hits) -> None:
        same, found = query == self._answered, self.query_one(FoundList)
        marked = found.marked
        self._answered, self._found = query, found_words(hits, query)
        found.show(found_rows(hits), marked.key if same and marked else None)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not hits.hits
        self.query_one("#middle").display = bool(hits.hits)
        say_in(nothing, plain(hits.said or _nothing(query)))
        self.draw_soon()
        self._look_at_marked()
        if self._opens == self._typed == query.words:
            self._open()

    @on(OptionList.OptionHighlighted)
    def _look_at_marked(self) -> None:
        row = self._marked
        if row is not None:
            self._looking.want(row.key)
        else:
            self.query_one(HistorySheet).show(None)

    def _show_line(self, key: ThreadKey, line: PastLine | None) -> None:
        if self._marked and self._marked.key == key:
            self.query_one(HistorySheet).show(line.history if line else None)
            self.query_one("#beside").scroll_home(animate=False)

    @property
    def _marked(self) -> FoundRow | None:
        return self.query_one(FoundList).marked if self.is_mounted else None

    # Looking for something

    def _records_read(self, said: str) -> None:
        if said:
            self.host.say(said)
        self._search()

    @property
    def _typed(self) -> str:
        return self.query_one(WordsInput).value.strip()

    @on(Input.Changed)
    def _look_for_words(self) -> None:
        if self._opens != self._typed:
            self._opens = None
        self._narrow_to(self._query)

    def _look_for(self, query: Query) -> None:
        self._query = query
        self.draw_soon()
        self._search()

    def _search(self) -> None:
        """Look the newest query up, once the records are read."""
        if not self._records.is_reading:
            self._searching.want(self._query)

    @on(WordsInput.ManyLines)
    def _pasted(self, event: WordsInput.ManyLines) -> None:
        words = self.query_one(WordsInput)
        words.value = " ".join((words.value, *event.lines)).strip()
        words.cursor_position = len(words.value)

    def action_narrow(self) -> None:
        narrow(self.host, self._query, self._narrow_to)

    def _narrow_to(self, query: Query) -> None:
        self._look_for(query._replace(words=self._typed))

    def action_widen(self) -> None:
        self._narrow_to(Query())

    # The marked line. What was typed before a key is taken in before the key is.

    def _after_typing(self, do: object) -> None:
        self.query_one(WordsInput).call_later(do)  # type: ignore[arg-type]

    def action_mark(self, way: Literal["up", "down"]) -> None:
        found = self.query_one(FoundList)
        move = found.action_cursor_up if way == "up" else found.action_cursor_down
        self._after_typing(move)

    def action_scroll_history(self, way: Literal["up", "down"]) -> None:
        beside = self.query_one("#beside", VerticalScroll)
        (beside.scroll_page_up if way == "up" else beside.scroll_page_down)(animate=False)

    def action_open_found(self) -> None:
        self._after_typing(self._open)

    def _open(self) -> None:
        """Show the marked line; what Enter came too early for is opened when it is found."""
        meant = self._query._replace(words=self._typed)
        if self._records.is_reading or self._answered != meant:
            self._opens = self._typed
            return
        self._opens = None
        if self._marked is not None:
            self.host.past.line(self._marked.key)

    def action_agreed_by_marked(self) -> None:
        cohort = self._cohort()
        if cohort:
            self.host.past.agreed(cohort)

    def action_grid_of_marked(self) -> None:
        cohort = self._cohort()
        if cohort:
            self.host.past.grid(cohort)

    def _cohort(self) -> str:
        """That of the marked line; empty when none is, and that is said."""
        if self._marked is None:
            self.host.say(MARK_ONE)
            return ""
        return self._marked.cohort

    def action_leave_search(self) -> None:
        self.dismiss()


def _nothing(query: Query) -> str:
    if query == Query():
        return NOTHING_KEPT
    return TOO_NARROW if narrowed_words(query) else NOT_FOUND
