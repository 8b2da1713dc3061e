"""Which characters a file may hold, and how outside text is made fit to print."""

from __future__ import annotations

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"

REFUSED = re.compile(f"[{_CONTROL}{_BIDI}]")
"""Controls except tab and newline, marks that turn the direction of text, odd line ends."""

INVISIBLE = re.compile("[\xa0\xad\u1680\u180e\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
"""What looks like a space or like nothing, and is no space to TOML."""

CURLY = re.compile("[\u201c-\u201f\u2018-\u201b\xab\xbb\u2039\u203a]")
"""Quotes as word processors and keyboards of several languages write them."""

_NAMES = {
    "\xa0": "a no-break space",
    "\xad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u202f": "a narrow no-break space",
    "\ufeff": "a byte order mark",
}


def named(character: str) -> str:
    """What to call a character that cannot be shown: `a no-break space, U+00A0`."""
    fallback = unicodedata.name(character, "a control character").lower()
    return f"{_NAMES.get(character, fallback)}, U+{ord(character):04X}"


def printable(text: str) -> str:
    """The text on one line and without anything that could steer a terminal."""
    return REFUSED.sub("", re.sub(r"[\t\n]+", " ", text))


def settled(text: str) -> str:
    """The text in Unicode's composed form (NFC), so that equal words compare equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
