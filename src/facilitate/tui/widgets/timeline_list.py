"""The dates of a programme, a row each: the day, where it stands, and what it is."""

from __future__ import annotations

from textual.widgets.option_list import Option

from facilitate.core.programme_view import Timeline, TimelineRow
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line

STANDING = 8
"""Columns for where a date stands, in a word or two."""


class TimelineList(SteadyList):
    """A row that is too long is cut; all of it stands beside the list."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: tuple[TimelineRow, ...] = ()

    @property
    def marked(self) -> TimelineRow | None:
        """The marked row; None when none is."""
        place = self.highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def show(self, found: Timeline) -> None:
        """Draw a programme; what comes next is marked, else its first date."""
        before, self._rows = self._rows, found.rows
        self.renew(before, found.rows, _option)
        self.highlighted = found.next or 0


def _option(row: TimelineRow) -> Option:
    style = {"next": "bold $primary", "passed": "$soft"}.get(row.standing, "")
    standing = f"{row.standing:<{STANDING}}"
    return Option(
        line((f"{row.day}  ", "$soft"), (standing, style or "$soft"), (row.short, style))
    )
