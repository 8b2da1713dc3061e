"""The lines that were found, two rows each: the words, and below them whose and when."""

from __future__ import annotations

from textual.widgets.option_list import Option

from facilitate.core.archive_view import FoundRow
from facilitate.core.threads import ThreadKey
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, stack

INDENT = " " * 5


class FoundList(SteadyList):
    """Takes no focus: whoever searches goes on typing, and the arrows come from the screen.

    A row that is too long is cut; all of its words stand in its history, beside it.
    """

    can_focus = False

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: tuple[FoundRow, ...] = ()

    @property
    def marked(self) -> FoundRow | None:
        """The marked row; None when none is."""
        place = self.highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def show(self, rows: tuple[FoundRow, ...], keep: ThreadKey | None = None) -> None:
        """Draw other rows, and mark the one of the line `keep`, else the first."""
        before, self._rows = self._rows, rows
        self.renew(before, rows, _option)
        places = (place for place, row in enumerate(rows) if row.key == keep)
        self.highlighted = next(places, 0) if rows else None


def _option(row: FoundRow) -> Option:
    words = line((f"{row.name:<4} ", "bold $primary"), (f"{row.state:<10} ", "$soft"), row.text)
    return Option(stack([words, line((f"{INDENT}{row.cohort}, {row.day}", "$soft"))]))
