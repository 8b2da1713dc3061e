"""The plan: what is done, what is now, what comes next, and until when."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from facilitate.core.plan_view import PlanRow
from facilitate.tui.words import cells, line, plain, shortened, stack

MARKS = {
    "done": "done",
    "now": "now >",
    "next": "next",
    "later": "",
    "carried": "open",
    "out": "out",
    "cut": "cut",
    "waits": "waits",
}


class PlanStrip(Widget):
    """Every part in a column; folded to now, next and the next break when there is no room."""

    def __init__(self, heading: str = "") -> None:
        """`heading` stands in the first row; empty for none."""
        super().__init__()
        self._heading = heading
        self._rows: tuple[PlanRow, ...] = ()

    def show(self, rows: tuple[PlanRow, ...]) -> None:
        """Draw other rows; nothing happens when they are the same."""
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def render(self) -> Content:
        width, height = self.size
        if not self._heading:
            return stack(self._lines(width, height))
        heading = plain(f" {self._heading}", "bold $primary")
        return stack([heading, *self._lines(width, height - 1)])

    def _lines(self, width: int, height: int) -> list[Content]:
        rows = self._rows
        if len(rows) + 1 > height:
            rows = folded(rows) if height <= FOLDED else window(rows, height - 1)
        lines: list[Content] = []
        for row in rows:
            lines.append(_row(row, width))
            if row.mark == "now" and height > FOLDED:
                until = f"      until {row.until}" if row.until else ""
                lines.append(line((until, "$accent")))
        return lines[:height]


FOLDED = 3


def folded(rows: tuple[PlanRow, ...]) -> tuple[PlanRow, ...]:
    """Now, next, and the next break after that."""
    kept = [row for row in rows if row.mark in {"now", "next"}]
    breaks = [row for row in rows if row.is_break and row.mark == "later"]
    return (*kept, *breaks[: FOLDED - len(kept)])


def window(rows: tuple[PlanRow, ...], height: int) -> tuple[PlanRow, ...]:
    """So many rows around the one that runs, more of what comes than of what was."""
    now = next((n for n, row in enumerate(rows) if row.mark in {"now", "next"}), 0)
    first = max(0, min(now - 2, len(rows) - height))
    return rows[first : first + height]


def _row(row: PlanRow, width: int) -> Content:
    ends = f" {row.begins} {row.minutes:>3}" if row.begins else f" {row.minutes:>3}"
    if row.until and width > WIDE_ENOUGH:
        ends = f" until {row.until}{ends}"
    style = STYLES.get(row.mark, "$soft")
    room = width - 8 - cells(ends)
    title = shortened(row.title, room)
    gap = " " * max(room - cells(title), 0)
    return line((f" {MARKS[row.mark]:<5} ", style), (title + gap + ends, style))


WIDE_ENOUGH = 45
STYLES = {"now": "bold", "next": "", "later": "", "waits": ""}
