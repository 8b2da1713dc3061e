"""The parts of a day that is being built, a row each: from when, how long, and its bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets.option_list import Option

from facilitate.core.build_view import BarRow, BuildView
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import cells, line, shortened

STAYS, GIVES, BREAK = "█", "▒", "─"
TO_MEND, TO_THINK = "!", "?"
ROOMY = 84
"""From so many columns on it is said in words what a part gives."""
EDGE = 3
"""Columns beside the bars: two that a list leaves free, and that of its scroll bar."""


class _Columns(NamedTuple):
    """How many columns each thing has."""

    title: int
    gives: int
    bars: int


def _columns(width: int) -> _Columns:
    gives = 10 if width >= ROOMY else 0
    title = max(35, min(width // 3, 50)) if width >= ROOMY else max(width * 2 // 5 - 2, 6)
    return _Columns(title, gives, max(width - title - gives - 15, 4))


class Typed(NamedTuple):
    """A length that someone is typing."""

    place: int
    digits: str


class _Shown(NamedTuple):
    """All that a row is drawn from."""

    row: BarRow
    length: int
    width: int
    mark: str
    typed: str


class BuildAxis(Widget):
    """Above the bars: what their signs mean, and from when to when they reach."""

    def __init__(self) -> None:
        super().__init__()
        self._times = ("", "")

    def show(self, view: BuildView) -> None:
        """Draw other times; nothing happens when they are the same."""
        if (view.begins, view.ends) != self._times:
            self._times = view.begins, view.ends
            self.refresh()

    def render(self) -> Content:
        width = self.size.width - EDGE
        room = _columns(width).bars
        begins, ends = self._times
        left = width - room
        meant = shortened(f"{STAYS} stays  {GIVES} can give  {BREAK} break", left - 1)
        gap = " " * max(room - cells(begins) - cells(ends), 1)
        return line((f" {meant}{' ' * (left - cells(meant))}{begins}{gap}{ends}", "$soft"))


class BuildBars(SteadyList):
    """Every part in its place; one is marked, and it is the one that keys are about."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: list[_Shown] = []
        self._what: tuple[BuildView, Mapping[str, bool], Typed | None] | None = None

    @property
    def marked(self) -> int:
        """The place of the marked part, from 0."""
        return self.highlighted or 0

    def show(
        self, view: BuildView, flawed: Mapping[str, bool], typed: Typed | None = None
    ) -> None:
        """Draw another day.

        Args:
            view: the day.
            flawed: ids of the parts in which the check found something, and whether one of
                it is an error.
            typed: a length that stands for one of theirs while it is typed.
        """
        self._what = view, flawed, typed
        self._draw_rows()

    def on_resize(self) -> None:
        self._draw_rows()

    def mark(self, place: int) -> None:
        """Mark the part at a place."""
        self.highlighted = min(place, len(self._rows) - 1)

    def _draw_rows(self) -> None:
        width = self.size.width - EDGE
        if self._what is None or width <= 0:
            return
        view, flawed, typed = self._what
        before, self._rows = self._rows, []
        for place, row in enumerate(view.rows):
            digits = typed.digits if typed and typed.place == place else ""
            self._rows.append(_Shown(row, view.length, width, _mark(row, flawed), digits))
        self.renew(before, self._rows, _option)
        if self.highlighted is None:
            self.highlighted = 0 if self._rows else None


def _mark(row: BarRow, flawed: Mapping[str, bool]) -> str:
    is_error = flawed.get(row.id)
    return " " if is_error is None else TO_MEND if is_error else TO_THINK


def _option(shown: _Shown) -> Option:
    row, columns = shown.row, _columns(shown.width)
    title = shortened(row.title, columns.title - 1)
    pad = " " * (columns.title - cells(title))
    minutes = f"{shown.typed}_" if shown.typed else f"{row.minutes} "
    gives = f"{_gives(row):<{columns.gives}}" if columns.gives else ""
    style = "$primary" if row.kind == "break" else ""
    return Option(
        line(
            (f"{shown.mark} ", "bold $warning"),
            (f"{row.begins:>5} ", "$soft"),
            (f"{title}{pad}", style),
            (f"{minutes:>6} ", "bold"),
            (gives, "$soft"),
            (_bar(shown, columns.bars), "$primary"),
        )
    )


def _gives(row: BarRow) -> str:
    if row.is_protected:
        return "protected"
    return f"gives {row.gives}" if row.gives else ""


def _bar(shown: _Shown, room: int) -> str:
    """The part on the clock; what it may give is its last stretch."""
    row, length = shown.row, shown.length
    first = min(row.start * room // length, room - 1)
    last = min(max(-(-(row.start + row.length) * room // length), first + 1), room)
    if row.kind == "break":
        return " " * first + BREAK * (last - first)
    gives = round((last - first) * row.gives / max(row.minutes, 1))
    if row.gives:
        gives = min(max(gives, 1), last - first - 1)
    return " " * first + STAYS * (last - first - gives) + GIVES * gives
