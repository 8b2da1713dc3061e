"""One quiet line for what was just done or could not be done, and for what is not saved."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from facilitate.tui.words import line, plain


class Notice(Widget):
    """The latest word of the program; it stays until the next one and never flashes."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._unsaved = ""

    def show(self, text: str, unsaved: str) -> None:
        """Draw other words; `unsaved` comes first for as long as it is not empty."""
        if (text, unsaved) != (self._text, self._unsaved):
            self._text, self._unsaved = text, unsaved
            self.refresh(layout=self._rows() != self.size.height)  # the same rows move nothing

    def _rows(self) -> int:
        """How many rows the words take; 0 before there is room for any."""
        width = self.size.width
        return self.render().get_height({}, width) if width else 0

    def render(self) -> Content:
        if self._unsaved:
            return line((f"{self._unsaved}  ", "bold $warning"), self._text)
        return plain(self._text)
