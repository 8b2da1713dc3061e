"""The integration grid as a table; where there is no room beside each other, as a list."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from facilitate.core.grid import FACETS, NO_EXAMPLE, Example, Grid, GridRow
from facilitate.tui.words import line, plain, stack

APART = "Belong to no framework yet"
UNPLACED = "not said to be about any of these"
BESIDE = 80
"""From so many columns on, all three places stand beside their framework."""
FIRST = 24
"""Columns for what a framework is called, with the gap behind it."""
GAP = 2
LABEL = 13
"""Columns for leadership, policy, practice in the list."""


class GridTable(Widget):
    """A framework a row, and what was said to lead there, to be written down, to be done."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Grid((), ())

    def show(self, grid: Grid) -> None:
        """Draw another grid; nothing happens when it is the same."""
        if grid != self._grid:
            self._grid = grid
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's form
        return len(self._rows(width))

    def render(self) -> Content:
        return stack(self._rows(self.size.width))

    def _rows(self, width: int) -> list[Content]:
        rows = _table(self._grid, width) if width >= BESIDE else _list(self._grid, width)
        return [*rows, *_apart(self._grid, width)]


def _apart(grid: Grid, width: int) -> Iterator[Content]:
    if grid.apart:
        yield plain(APART, "bold $primary")
        for one in grid.apart:
            yield from _example(one, width)


def _example(one: Example, width: int) -> list[Content]:
    return line((f"{one.name} ", "bold"), one.text).wrap(max(width, 8))


def _cell(examples: tuple[Example, ...], width: int) -> list[Content]:
    if not examples:
        return plain(NO_EXAMPLE, "$soft").wrap(max(width, 8))
    return [row for one in examples for row in _example(one, width)]


# With room


def _table(grid: Grid, width: int) -> Iterator[Content]:
    widths = (FIRST, *([(width - FIRST) // len(FACETS)] * len(FACETS)))
    if grid.rows:
        heads = [[plain(words, "bold $primary")] for words in ("framework", *FACETS)]
        yield from _side_by_side(heads, widths)
        yield plain("")
    for row in grid.rows:
        name = line((f"{row.name} ", "bold $primary"), (row.label, "bold"))
        cells = [_cell(cell, widths[1] - GAP) for cell in row.cells]
        yield from _side_by_side([name.wrap(FIRST - GAP), *cells], widths)
        yield from _unplaced(row, width)
        yield plain("")


def _side_by_side(cells: list[list[Content]], widths: tuple[int, ...]) -> Iterator[Content]:
    for at in range(max(len(cell) for cell in cells)):
        parts = [cell[at] if at < len(cell) else plain("") for cell in cells]
        yield Content.assemble(
            *(_padded(part, width) for part, width in zip(parts, widths, strict=True))
        )


def _padded(part: Content, width: int) -> Content:
    return Content.assemble(part, " " * max(width - part.cell_length, 0))


def _unplaced(row: GridRow, width: int) -> Iterator[Content]:
    if row.unplaced:
        yield plain(f"{' ' * FIRST}{UNPLACED}:", "$soft")
        for one in row.unplaced:
            yield from (plain(" " * FIRST) + part for part in _example(one, width - FIRST))


# Without


def _list(grid: Grid, width: int) -> Iterator[Content]:
    for row in grid.rows:
        yield from line((f"{row.name} ", "bold $primary"), (row.label, "bold")).wrap(width)
        for facet, cell in zip(FACETS, row.cells, strict=True):
            label: str = facet
            for part in _cell(cell, width - LABEL):
                yield Content.assemble(line((label.ljust(LABEL), "$soft")), part)
                label = ""
        for one in row.unplaced:
            yield from _example(one, width)
        yield plain("")
