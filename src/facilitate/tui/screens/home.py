"""The first screen: go on with what was running, open an agenda, read what was made."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitate.core.shelf import Home, OnShelf, PastSitting, Unfinished
from facilitate.core.time_words import length_words
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import FIRST
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain

NOTHING_RUNNING = "Nothing was left open."
NO_AGENDAS = "No agendas here. Put .toml files into this folder, or into agendas/ below it."
NO_RECORDS = "No sitting was closed on this machine yet. Records are read from here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A heading, or something that can be opened."""

    content: Content
    opens: Unfinished | OnShelf | PastSitting | None = None
    """None for headings and for the words of an empty shelf."""


class HomeScreen(Following):
    """Resume first, then agendas, then past sittings."""

    home: reactive[Home | None] = reactive(None, init=False)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

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
        self.query_one(Notice).show(self.notice, "")

    def watch_home(self, home: Home | None) -> None:
        if home is None:
            return
        self._rows = _rows(home)
        shelf = self.query_one(OptionList)
        shelf.clear_options()
        shelf.add_options(Option(row.content, disabled=row.opens is None) for row in self._rows)
        shelf.highlighted = next((n for n, r in enumerate(self._rows) if r.opens), None)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match self._rows[event.option_index].opens:
            case Unfinished(sitting=sitting):
                self.host.course.go_on_with(sitting)
            case OnShelf(path=path):
                self.host.course.open_agenda(path)
            case PastSitting(folder=folder):
                self.host.course.read_record(folder)


def _rows(home: Home) -> list[Row]:
    return [
        *_section("Go on with", [_unfinished(one) for one in home.unfinished], NOTHING_RUNNING),
        *_section("Agendas", [_agenda(one) for one in home.agendas], NO_AGENDAS),
        *_section("Past sittings", [_past(one) for one in home.past], NO_RECORDS),
    ]


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
