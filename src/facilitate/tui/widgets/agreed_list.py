"""The agreements in force of a cohort."""

from __future__ import annotations

from textual.widgets.option_list import Option

from facilitate.core.archive_view import AgreedRow
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain, stack

INDENT = " " * 5


class AgreedList(SteadyList):
    """An agreement in its full words, and below it when it was adopted."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: tuple[AgreedRow, ...] = ()

    @property
    def marked(self) -> AgreedRow | None:
        """The marked row; None when none is."""
        place = self.highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def show(self, rows: tuple[AgreedRow, ...]) -> None:
        """Draw other rows, the first of them marked."""
        before, self._rows = self._rows, rows
        self.renew(before, rows, _option)
        self.highlighted = 0 if rows else None


def _option(row: AgreedRow) -> Option:
    source = f"  <- {row.lineage}" if row.lineage else ""
    words = line((f"{row.name:<4} ", "bold $primary"), row.text, (source, "$soft"))
    return Option(stack([words, *(plain(f"{INDENT}{one}", "$soft") for one in row.below)]))
