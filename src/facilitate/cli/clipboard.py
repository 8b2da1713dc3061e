"""The clipboard of this machine, where there is one."""

from __future__ import annotations


def copy(text: str) -> None:
    """Hand words to it; nothing happens where there is none."""
    try:
        import pyperclip  # type: ignore[import-untyped] # an extra, without types
    except ImportError:
        return
    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return  # the screen promises nothing, and shows the words
