"""A picture of the day: planned beside what was and what is to come, as bars."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from facilitate.core.day_view import DayBar, DayView, Stretch, day_view
from facilitate.tui.screens.following import Following
from facilitate.tui.widgets.head import Head
from facilitate.tui.words import cells, line, plain, shortened, stack

TITLE = 30
"""Columns for a title where there is room for bars beside it."""
PLANNED, WAS, COMES, NOW = "─", "█", "▒", "│"


class DayBars(Widget):
    """Two lines a part: what was planned, and below it what was and what comes."""

    def __init__(self) -> None:
        super().__init__()
        self._view: DayView | None = None

    def show(self, view: DayView) -> None:
        """Draw another day; nothing happens when it is the same."""
        if view != self._view:
            self._view = view
            self.refresh(layout=True)

    def render(self) -> Content:
        view = self._view
        if view is None:
            return Content("")
        width = self.size.width
        room = max(width - min(TITLE, width // 3) - 3, 10)
        edge = " " * max(room - cells(view.begins) - cells(view.ends), 1)
        margin = " " * (width - room - 1)
        rows = [line((f"{margin}{view.begins}{edge}{view.ends}", "$soft"))]
        for bar in view.bars:
            rows += _bar(view, bar, width - room - 2, room)
        legend = f"{PLANNED} planned   {WAS} was   {COMES} as it looks now"
        return stack([*rows, Content(""), plain(f" {legend}", "$soft")])


class DayScreen(Following):
    """Looked at for a moment; Esc or d goes back."""

    CSS_PATH = "../styles/day.tcss"
    BINDINGS = [Binding("escape,d", "back", "back", priority=True)]

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="bars"):
            yield DayBars()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()

    def draw(self) -> None:
        view = day_view(self.state, self.now)
        if view is not None:
            self.query_one(Head).show("The day", "Esc goes back")
            self.query_one(DayBars).show(view)

    def action_back(self) -> None:
        self.app.pop_screen()


def _bar(view: DayView, bar: DayBar, title_room: int, room: int) -> list[Content]:
    style = "bold" if bar.mark == "now" else "$soft" if bar.mark in {"done", "out"} else ""
    title = shortened(bar.title, title_room)
    pad = " " * (title_room - cells(title) + 1)
    words = shortened(bar.words, title_room)
    second = " " * (title_room - cells(words) + 1)
    planned = _drawn(view, room, [(bar.planned, PLANNED)])
    real = [(stretch, WAS) for stretch in bar.was]
    real += [(bar.comes, COMES)] if bar.comes else []
    return [
        line((f" {title}{pad}", style), (planned, "$primary")),
        line((f" {words}{second}", "$soft"), (_drawn(view, room, real), style)),
    ]


def _drawn(view: DayView, room: int, stretches: list[tuple[Stretch, str]]) -> str:
    """So many columns with a sign for each stretch, and a line at now."""
    columns = [" "] * room
    if 0 <= view.now < view.length:
        columns[view.now * room // view.length] = NOW
    for (begin, end), sign in stretches:
        first = begin * room // view.length
        last = max(-(-end * room // view.length), first + (end > begin))
        for column in range(max(first, 0), min(last, room)):
            columns[column] = sign
    return "".join(columns)
