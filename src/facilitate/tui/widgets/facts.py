"""Things that are known, one below the other, each behind what it is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from facilitate.core.one_line_view import Fact
from facilitate.tui.words import cells, line, plain, stack

BESIDE = 15
"""Columns for what a thing is; what takes more stands on a line of its own."""


class Facts(Widget):
    """A label in soft letters, and beside it the words, wrapped below each other."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._facts: tuple[Fact, ...] = ()

    def show(self, facts: tuple[Fact, ...]) -> None:
        """Draw other facts; nothing happens when they are the same."""
        if facts != self._facts:
            self._facts = facts
            self.refresh(layout=self.styles.auto_dimensions)  # a fixed height moves nothing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's form
        return len(self._rows(width))

    def render(self) -> Content:
        return stack(self._rows(self.size.width))

    def _rows(self, width: int) -> list[Content]:
        return [row for fact in self._facts for row in fact_rows(fact, width)]


def fact_rows(fact: Fact, width: int) -> Iterable[Content]:
    """One thing on as many rows as it takes in so many columns."""
    beside = cells(fact.label) < BESIDE
    if not beside:
        yield plain(fact.label, "$soft")
    for row in plain(fact.text).wrap(max(width - BESIDE, 8)):
        label = fact.label if beside else ""
        yield Content.assemble(line((label.ljust(BESIDE), "$soft")), row)
        beside = False
