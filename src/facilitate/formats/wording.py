"""Turns of phrase that several checks share."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that someone probably meant; None when nothing is near."""
    by_plain = {_plain(choice): choice for choice in choices}
    near = difflib.get_close_matches(_plain(word), by_plain, n=1, cutoff=0.7)
    return by_plain[near[0]] if near else None


def _plain(word: str) -> str:
    return word[:100].lower().replace("-", "_").replace(" ", "_")


def did_you_mean(word: str, choices: Collection[str]) -> str:
    """A hint towards the right word: the nearest one, or all when there are any."""
    near = closest(word, choices)
    if near is not None:
        return f'Did you mean "{near}"?'
    return f"It can be: {', '.join(choices)}." if choices else ""
