"""Where each cell of a table went: what nobody took is left out, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from facilitate.formats.importing.headings import Head
from facilitate.formats.importing.sheet import LeftOut, Row

Cell = tuple[int, int]
"""The number of a row, and the place of a column."""

_Left = tuple[str, str, bool]
"""What is left out, why, and whether it is a column."""


class Ledger:
    """The cells of a table in which something stands."""

    def __init__(self, rows: Sequence[Row], head: Head) -> None:
        """All that stands in the rows, except in that of the headings."""
        below = [row for place, row in enumerate(rows) if place != head.row]
        self._open: dict[Cell, None] = {
            (row.number, place): None
            for row in below
            for place, text in enumerate(row.cells)
            if text
        }
        self._headings = {column.place: column for column in head.columns}
        self._first = rows[head.row].number if head.row is not None else 0
        self._left: dict[_Left, list[Cell]] = {}

    def take(self, row: int, place: int) -> None:
        """A cell has a place in the agenda."""
        self._open.pop((row, place), None)

    def leave(self, row: int, place: int, why: str) -> None:
        """A cell is left out, though its column is known; `why` is a clause."""
        if (row, place) in self._open:
            del self._open[row, place]
            left = (self._heading(place), why, True)
            self._left.setdefault(left, []).append((row, place))

    def put_back(self, row: int, place: int, why: str) -> None:
        """A cell that was taken is left out after all; `why` is a clause."""
        self._open[row, place] = None
        self.leave(row, place, why)

    def leave_row(self, row: int, what: str) -> None:
        """All that is left of a row is left out; `what` says what sort of row it is."""
        for cell in [cell for cell in self._open if cell[0] == row]:
            del self._open[cell]
            self._left.setdefault((what, "", False), []).append(cell)

    def left_out(self) -> tuple[LeftOut, ...]:
        """Everything that nobody took, by its column."""
        for row, place in list(self._open):
            if row < self._first:
                self.leave_row(row, "what stands above the table")
            else:
                self.leave(row, place, "")
        return tuple(_told(self._left))

    def _heading(self, place: int) -> str:
        return f'"{self._headings[place].heading}"'


def _told(left: dict[_Left, list[Cell]]) -> Iterator[LeftOut]:
    for (what, why, is_column), cells in left.items():
        yield LeftOut(what, len(cells), _rows(cells), why, is_column)


def _rows(cells: Iterable[Cell]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row for row, _ in cells))
