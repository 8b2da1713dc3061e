"""The one door through which people's words enter the interface: never as markup."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

Part = str | tuple[str, str]
"""Plain words, or words with a style from the theme."""


def plain(text: str, style: str = "") -> Content:
    """`text` exactly as it is; brackets stay brackets."""
    return Content.styled(text, style) if style else Content(text)


def line(*parts: Part) -> Content:
    """Parts side by side, each with its own style."""
    return Content.assemble(*parts)


def stack(lines: Iterable[Content]) -> Content:
    """Contents below each other."""
    return Content("\n").join(lines)


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
