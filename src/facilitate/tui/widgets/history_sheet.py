"""One line with its whole history, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from facilitate.core.archive_view import History, SittingPart
from facilitate.tui.widgets.facts import fact_rows
from facilitate.tui.words import line, plain, stack

MEANT = "What it meant, sitting by sitting"
CAME = "Sitting by sitting"


class HistorySheet(Widget):
    """Its words as they hold now, then what a term meant, then every sitting."""

    def __init__(self, *, with_name: bool = False) -> None:
        """`with_name` is for a place where nothing else says which line it is."""
        super().__init__()
        self._with_name = with_name
        self._history: History | None = None

    def show(self, history: History | None) -> None:
        """Draw another history; None draws nothing, and the same one changes nothing."""
        if history != self._history:
            self._history = history
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's form
        return len(self._rows(width))

    def render(self) -> Content:
        return stack(self._rows(self.size.width))

    def _rows(self, width: int) -> list[Content]:
        if self._history is None:
            return []
        return [row for part in _parts(self._history, width, self._with_name) for row in part]


def _parts(history: History, width: int, with_name: bool) -> Iterator[list[Content]]:
    if with_name:
        yield plain(f"{history.name}, {history.stands}", "$soft").wrap(width)
    for place, words in enumerate(history.wordings):
        yield [plain("or", "$soft")] if place else []
        yield plain(words, "bold").wrap(width)
    yield [row for fact in history.facts for row in fact_rows(fact, width)]
    if history.language:
        yield [plain(""), plain(MEANT, "bold $primary")]
        yield [row for fact in history.language for row in fact_rows(fact, width)]
    yield [plain(""), plain(CAME, "bold $primary")]
    for sitting in history.sittings:
        yield list(_sitting(sitting, width))


def _sitting(sitting: SittingPart, width: int) -> Iterator[Content]:
    yield from line((f"{sitting.day}  ", "bold"), (sitting.where, "bold")).wrap(width)
    for fact in sitting.facts:
        yield from fact_rows(fact, width)
    yield plain("")
