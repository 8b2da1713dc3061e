"""The lines of the closing screen, under their headings."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from facilitate.core.consent_view import GONE
from facilitate.core.harvest_view import Harvest, HarvestRow
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain, stack

HEADINGS = (
    "To be decided",
    "Travels on, unless you let it go",
    "Ended here; the record says so as well",
)
WAITS = {
    "keep or let go": "",
    "a yes": "waits for a yes to say whose it is: y",
    "an answer": "still open at the last sitting: a answered, h handed on, p park, l let go",
}
INDENT = " " * 5

Sections = tuple[tuple[HarvestRow, ...], ...]


class HarvestList(SteadyList):
    """Keeps its mark on its line, or at its place when the line moved elsewhere.

    So the next line that waits is under the mark as soon as one was decided. After the last of
    them nothing is marked: a key pressed once too often decides about no other line.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._sections: Sections | None = None
        self._rows: list[HarvestRow | str] = []

    @property
    def marked(self) -> HarvestRow | None:
        """The marked line; None when none is."""
        place = self.highlighted
        row = self._rows[place] if place is not None and place < len(self._rows) else None
        return row if isinstance(row, HarvestRow) else None

    def show(self, harvest: Harvest, back: int | None = None) -> None:
        """Draw other lines; the one of the number `back` came back and gets the mark."""
        sections = (harvest.waiting, harvest.travels, harvest.ended)
        if sections == self._sections:
            return
        came = (row for rows in sections for row in rows if row.number == back)
        marked, before = next(came, None) or self._mark_in(sections), self._rows
        self._sections, self._rows = sections, []
        for heading, rows in zip(HEADINGS, sections, strict=True):
            self._rows += [heading, *rows] if rows else []
        self.renew(before, self._rows, _option)
        self.highlighted = self._rows.index(marked) if marked else None

    def _mark_in(self, sections: Sections) -> HarvestRow | None:
        """Where the mark belongs among other lines."""
        marked, before = self.marked, self._sections
        if before is None or (marked is None and not before[0]):
            return sections[0][0] if sections[0] else None
        for was, rows in zip(before, sections, strict=True):
            if marked in was:
                return _same_or_next(rows, marked.number, was.index(marked))
        return None


def _same_or_next(rows: Sequence[HarvestRow], number: int, place: int) -> HarvestRow | None:
    """The line of that number, else the one at that place; None when there are none."""
    same = next((row for row in rows if row.number == number), None)
    if same is not None or not rows:
        return same
    return rows[min(place, len(rows) - 1)]


def _option(row: HarvestRow | str) -> Option:
    if isinstance(row, HarvestRow):
        return Option(_content(row))
    above = "" if row == HEADINGS[0] else "\n"
    return Option(plain(f"{above}{row}", "bold"), disabled=True)


def _content(row: HarvestRow) -> Content:
    tail = f"  <- {row.lineage}" if row.lineage else ""
    words = row.text or GONE
    below = [row.about, WAITS.get(row.asks or "", ""), *row.behind]
    if row.hints:
        below.append(f"look once more: it {', and '.join(row.hints)}")
    return stack(
        [
            line((f"{row.name:<4} ", "bold $primary"), words, (tail, "$soft")),
            *(plain(f"{INDENT}{text}", "$soft") for text in below if text),
        ]
    )
