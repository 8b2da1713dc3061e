"""The card of the part that runs: why, what to say, what to paste, what to listen for."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from facilitate.core.views import Card, Post
from facilitate.tui.words import line, plain, stack

Aside = Literal["heavy", "short", "quiet"]
ASIDES: dict[Aside, str] = {
    "heavy": "IF HEAVY",
    "short": "IF SHORT",
    "quiet": "IF QUIET",
}


class NowCard(VerticalScroll):
    """Drawn once a part; nothing in it moves until something else is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._aside: Aside | None = None
        self._static = Static(markup=False)

    def compose(self) -> ComposeResult:
        yield self._static

    def show(self, card: Card | None, aside: Aside | None) -> None:
        """Draw another card; nothing happens when it is the same."""
        if (card, aside) == (self._card, self._aside):
            return
        fresh = self._aside != aside or not (
            card and self._card and card.segment == self._card.segment
        )
        self._card, self._aside = card, aside
        self._static.update(_content(card, aside) if card else Content(""))
        if fresh:
            self.scroll_home(animate=False)


def _content(card: Card, aside: Aside | None) -> Content:
    parts: list[Content] = []
    if aside is not None:
        text = {"heavy": card.if_heavy, "short": card.if_short, "quiet": card.if_quiet}[aside]
        parts += _block(ASIDES[aside], (text,), "bold $accent")
    if card.purpose:
        parts += [plain(card.purpose, "bold"), Content("")]
    parts += _block("SAY", card.say)
    parts += _posts(card.posts)
    parts += _block("ROUNDS", card.ask)
    parts += _block("STAY", (card.stay,))
    parts += _block("LISTEN", (card.listen_for,))
    parts += _block("TECH, team only", (card.tech,), "$soft")
    parts += _block("ACCESS, team only", (card.access,), "$soft")
    parts += _block("NOTES, team only", card.notes, "$soft")
    return stack(parts)


def _block(label: str, texts: tuple[str, ...], style: str = "bold $primary") -> list[Content]:
    """A label and its paragraphs, and a blank line; nothing when there is no text."""
    kept = [text for text in texts if text]
    if not kept:
        return []
    lines = [line((f"{label}  ", style), kept[0])]
    lines += [plain(text) for text in kept[1:]]
    return [*lines, Content("")]


def _posts(posts: tuple[Post, ...]) -> list[Content]:
    """The posts, numbered; the one that the next copy takes is marked."""
    if not posts:
        return []
    lines = []
    for number, post in enumerate(posts, start=1):
        mark = "c copies this" if post.is_next else "copied" if post.copied else ""
        tail = (f"  [{mark}]", "$accent" if post.is_next else "$soft") if mark else ("", "")
        lines.append(line((f"CHAT {number}  ", "bold $primary"), post.text, tail))
    return [*lines, Content("")]
