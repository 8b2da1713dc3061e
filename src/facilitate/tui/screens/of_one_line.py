"""What the screens about one line have in common: they go when their line goes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from facilitate.core.captures import Entry
from facilitate.tui.screens.following import Following
from facilitate.tui.words import plain, stack

SHEET = "../styles/of_one_line.tcss"
"""How the words and what is known of them are laid out."""


class OfOneLine(Following):
    """A screen about the line of one number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    @property
    def chosen(self) -> int | None:
        return self._number

    @property
    def entry(self) -> Entry | None:
        """The line as it stands now; None when it can be seen no more."""
        return self.host.state.entry(self._number)

    def on_screen_resume(self) -> None:
        self.draw_soon()

    def leave(self) -> None:
        """Go away with the line; when something lies over this, as soon as it does not."""
        if self.is_active:
            self.dismiss()

    def action_back(self) -> None:
        self.dismiss()


def worded(wordings: Sequence[str], lineage: str = "") -> Content:
    """The words of a line, large enough to be read out; all of them where several hold."""
    rows = [plain(wordings[0], "bold")]
    for other in wordings[1:]:
        rows += [plain("or", "$soft"), plain(other, "bold")]
    if lineage:
        rows.append(plain(f"<- {lineage}", "$soft"))
    return stack(rows)
