"""The line on which a group's tally is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Paste

from facilitate.tui.widgets.capture_line import WordsInput
from facilitate.tui.words import harmless


class TallyLine(WordsInput):
    """Where a tally is typed: sums alone. What is no tally stays there and is mended."""

    def __init__(self, take: Callable[[str], bool]) -> None:
        """`take` takes a line, and says whether it could."""
        super().__init__(select_on_focus=False, id="tally")
        self.cursor_blink = False
        self._take = take

    async def action_submit(self) -> None:
        if self._take(self.value):
            self.clear()

    def _on_paste(self, event: Paste) -> None:
        event.text = harmless(" ".join(event.text.split()))  # a tally is one line
