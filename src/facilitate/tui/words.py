"""The one door through which people's words enter the interface: never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from textual.widgets import Static

Part = str | tuple[str, str]
"""Plain words, or words with a style from the theme."""


def plain(text: str, style: str = "") -> Content:
    """`text` as it is, brackets too, without what would steer the terminal."""
    return Content.styled(harmless(text), style) if style else Content(harmless(text))


def line(*parts: Part) -> Content:
    """Parts side by side, each with its own style."""
    return Content.assemble(
        *(harmless(p) if isinstance(p, str) else (harmless(p[0]), p[1]) for p in parts)
    )


def stack(lines: Iterable[Content]) -> Content:
    """Contents below each other."""
    return Content("\n").join(lines)


def say_in(where: Static, content: Content) -> None:
    """Let other words stand there; the same ones are not laid out again at every tick."""
    now = where.content
    if not isinstance(now, Content) or not now.is_same(content):
        where.update(content)


def harmless(text: str) -> str:
    """`text` without controls and marks of direction; the name of a file may hold them."""
    return _STEERING.sub("", text)


_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""All but the end of a line."""


def shortened(text: str, width: int) -> str:
    """`text` cut to so many cells, with an ellipsis when something was left out."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) >= width:
            break
        kept += character
    return kept.rstrip() + "…"


def cells(text: str) -> int:
    """How many terminal cells a text takes; wide characters take two."""
    return Content(text).cell_length
