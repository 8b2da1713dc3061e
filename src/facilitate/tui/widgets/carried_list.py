"""What is carried, a line each, under headings."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets.option_list import Option

from facilitate.core.carrying import when_words
from facilitate.core.carrying_view import CarriedRow, OfferedRow, Section
from facilitate.core.consent_view import GONE
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain, stack

INDENT = " " * 5

Row = CarriedRow | OfferedRow | str


class CarriedList(SteadyList):
    """Lines and starting points; the mark stays where it is, and no line changes its place.

    Nothing is marked at first: a key too many behind the one that led here decides nothing.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: list[Row] = []

    @property
    def marked(self) -> CarriedRow | OfferedRow | None:
        """The marked row; None when none is."""
        place = self.highlighted
        row = self._rows[place] if place is not None and place < len(self._rows) else ""
        return None if isinstance(row, str) else row

    def show(self, sections: tuple[Section, ...]) -> None:
        """Draw other rows."""
        before = self._rows
        self._rows = [row for one in sections for row in (one.heading, *one.rows)]
        self.renew(before, self._rows, _option)


def _option(row: Row) -> Option:
    if isinstance(row, str):
        return Option(plain(row, "bold $primary"), disabled=True)
    content = _carried(row) if isinstance(row, CarriedRow) else _offered(row)
    return Option(content)


def _carried(row: CarriedRow) -> Content:
    source = f"  <- {row.lineage}" if row.lineage else ""
    words = row.text or GONE
    first = line(
        (f"{row.name:<4} ", "bold $primary"),
        (f"{row.state:<10} ", "$soft"),
        words,
        (source, "$soft"),
        (f"  {row.done}" if row.done else "", "bold"),
    )
    return stack([first, *(plain(f"{INDENT}{text}", "$soft") for text in _below(row))])


def _below(row: CarriedRow) -> Iterator[str]:
    """When to look at it again, and what it meant before."""
    if row.when:
        yield f"again {when_words(row.when)}"
    before = (*row.earlier, *([row.before] if row.before else []))
    for place, text in enumerate(before):
        told = f"in part {row.part}" if row.part and not place else "before"
        yield f"{told}: {text}"


def _offered(row: OfferedRow) -> Content:
    taken = f"  taken up as {row.taken}" if row.taken else ""
    return line((f"{row.kind:<10} ", "$soft"), row.text, (taken, "bold"))
