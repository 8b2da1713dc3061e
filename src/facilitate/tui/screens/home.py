"""The first screen: go on with what was running, open an agenda, read what was made."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitate.core.shelf import Home, Late, OnShelf, OnTimeline, PastSitting, Unfinished
from facilitate.core.time_words import length_words
from facilitate.tui.archive_verbs import HOME
from facilitate.tui.screens.looking import Looking
from facilitate.tui.screens.reading_records import ReadingRecords
from facilitate.tui.verb import FIRST, bindings
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain

NOTHING_RUNNING = "Nothing was left open."
NO_AGENDAS = "No agendas here. Put .toml files into this folder, or into agendas/ below it."
NO_RECORDS = "No sitting was closed on this machine yet. Records are read from here."
NEWEST = 20
"""So many past sittings stand here; the search finds the others."""
MARK_AGENDA = "Mark an agenda first, with the arrows; B changes it."
MARK_PAST = "Mark a past sitting first, with the arrows; D hands on what it made."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A heading, or something that can be opened."""

    content: Content
    opens: Unfinished | OnShelf | OnTimeline | PastSitting | Late | None = None
    """None for headings and for the words of an empty shelf."""


class HomeScreen(Looking):
    """Resume first, then agendas, then past sittings: those come when the records are read."""

    BINDINGS = bindings(HOME)

    home: reactive[Home | None] = reactive(None, init=False)
    _unread = ""
    """What stands where there are no past sittings; nothing before that is known."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
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
        self._rows = _rows(home, self._records.words or self._unread)
        if self._rows != before:
            shelf.renew(before, self._rows, _option)
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

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match self._rows[event.option_index].opens:
            case Unfinished(sitting=sitting):
                self.host.course.go_on_with(sitting)
            case OnShelf(path=path):
                self.host.course.open_agenda(path)
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


def _option(row: Row) -> Option:
    return Option(row.content, disabled=row.opens is None)


def _rows(home: Home, without_past: str) -> list[Row]:
    """All that stands there; what to know comes late, and so below what may be under a hand."""
    return [
        *_section("Go on with", [_unfinished(one) for one in home.unfinished], NOTHING_RUNNING),
        *_section("Agendas", [_agenda(one) for one in home.agendas], NO_AGENDAS),
        *(_section("Programmes", dates, "") if (dates := _programmes(home)) else []),
        *(_section("To know", known, "") if (known := _to_know(home)) else []),
        *_section("Past sittings", _past_rows(home), without_past)[:-1],
    ]


def _programmes(home: Home) -> list[Row]:
    """The programmes, each with what comes next in it."""
    return [
        Row(content=line(f" {one.title}  ", (one.stands, "$soft")), opens=one)
        for one in home.programmes
    ]


def _to_know(home: Home) -> list[Row]:
    """Late notes of colleagues, and what someone should know of what is kept."""
    return [*map(_late, home.late), *(Row(content=plain(f" {words}")) for words in home.said)]


def _late(one: Late) -> Row:
    """What waits for a decision alone cannot enter a record."""
    can = bool(one.names or not one.waiting)
    words = f" Late notes: {one.title}, {one.date:%d %b %Y}  "
    return Row(content=line(words, (late_words(one), "$soft")), opens=one if can else None)


def late_words(one: Late) -> str:
    """What is late in a sitting: `not in its record: A12, Q5`."""
    late = f"not in its record: {', '.join(one.names)}" if one.names else ""
    left = f"waiting for a decision, and left out: {', '.join(one.waiting)}"
    told = filter(None, (late, left if one.waiting else ""))
    return "; ".join(told) or "its record can be written again"


def _past_rows(home: Home) -> list[Row]:
    """The newest past sittings, and how many more there are."""
    rows = [_past(one) for one in home.past[:NEWEST]]
    if (more := len(home.past) - NEWEST) > 0:
        rows.append(Row(content=plain(f" and {more} earlier; / searches them all", "$soft")))
    return rows


def _section(title: str, rows: list[Row], empty: str) -> list[Row]:
    """A heading and its rows; an empty one says what would stand here."""
    head = Row(content=plain(title, "bold $primary"))
    return [
        head,
        *(rows or [Row(content=plain(f" {empty}", "$soft"))]),
        Row(content=plain("")),
    ]


def unfinished_words(one: Unfinished) -> str:
    """Where a sitting that was left open stands: `in Break, last seen 22 Nov 10:09`."""
    where = (
        "closed, its record not written" if one.closed else f"in {one.part or 'preparation'}"
    )
    return f"{where}, last seen {one.last_seen:%d %b %H:%M}"


def _unfinished(one: Unfinished) -> Row:
    return Row(content=line(f" {one.title}  ", (unfinished_words(one), "$soft")), opens=one)


def _agenda(one: OnShelf) -> Row:
    date = f"{one.date:%d %b %Y}" if one.date else "template"
    words = f"{date}, {length_words(one.minutes)}"
    return Row(content=line(f" {one.title}  ", (words, "$soft")), opens=one)


def _past(one: PastSitting) -> Row:
    kept = "1 line kept" if one.lines == 1 else f"{one.lines} lines kept"
    words = f"{one.date:%d %b %Y}, {kept}"
    return Row(content=line(f" {one.title}  ", (words, "$soft")), opens=one)
