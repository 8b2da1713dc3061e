"""Curly quotes around values made straight; those inside of a text are the author's."""

from __future__ import annotations

import re

from facilitate.formats.characters import CURLY
from facilitate.formats.toml_case import QUOTED
from facilitate.formats.toml_statements import statements

_QUOTE = rf"(?:{CURLY.pattern}|\")"
_ENDS = r"(?=[ \t]*(?:[,\]}#\n]|\Z))"
_AROUND = re.compile(
    rf"(?P<sound>{QUOTED.pattern})|{_QUOTE}(?P<words>[^\n]{{0,4000}}?){_QUOTE}{_ENDS}",
    re.DOTALL,
)
_CURLY_DOUBLE = "\u201c-\u201f"
_DOUBLE = f'["{_CURLY_DOUBLE}]'
_PAIR = re.compile(f"\u201c[^{_CURLY_DOUBLE}]*\u201d")
_LOST = re.compile(rf"[\\{_CURLY_DOUBLE}]")
_THREE = re.compile(rf"{_DOUBLE}{{3}}")
_LONG = re.compile(rf"[ \t]*[\w\-]+[ \t]*=[ \t]*(?P<three>{_DOUBLE}{{3}})")
_LONG_LINE = re.compile(rf"^{_LONG.pattern}", re.MULTILINE)
_LONG_END = re.compile(rf"(?P<three>{_DOUBLE}{{3}})[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_CURLY_LONG = re.compile(f"=[ \t]*[{_CURLY_DOUBLE}]{_DOUBLE}{{2}}")
_STRAIGHT = '"""'


def straightened(statement: str) -> str:
    """A statement with straight quotes around its texts, as far as they can be told.

    A text with straight quotes inside gets 'single ones'. Left as they are: a text with
    backslashes, which mean different things between different quotes, and one with a quote
    inside that has no other half.
    """
    return _AROUND.sub(_straight, statement)


def _straight(found: re.Match[str]) -> str:
    words = found["words"]
    if found["sound"] is not None or _THREE.match(found[0]) or not _whole(words):
        return found[0]
    if '"' not in words:
        return f'"{words}"'
    return found[0] if "'" in words else f"'{words}'"


def _whole(words: str) -> bool:
    """Whether the quotes around some words are surely the outermost, and nothing else odd."""
    while (rest := _PAIR.sub("", words)) != words:
        words = rest
    return _LOST.search(words) is None


def straightened_long_texts(text: str) -> tuple[str, list[int]]:
    """A file with three straight quotes around its long texts, and where those begin.

    No offset in it moves. A text whose end cannot be told stays as it is.
    """
    found: list[int] = []
    if _CURLY_LONG.search(text) is None:
        return text, found
    passed = 0
    for one in statements(text, sound=False):
        begins = text.rfind("\n", 0, one.start) + 1
        span = _long_text(text, begins) if one.kind == "pair" and begins >= passed else None
        if span is not None:
            start, passed = span
            words = text[start + len(_STRAIGHT) : passed - len(_STRAIGHT)]
            text = f"{text[:start]}{_STRAIGHT}{words}{_STRAIGHT}{text[passed:]}"
            found.append(start)
    return text, found


def _long_text(text: str, begins: int) -> tuple[int, int] | None:
    """Start and end of the long text with curly quotes that a line is the beginning of."""
    opened = _LONG.match(text, begins)
    closed = _LONG_END.search(text, opened.end()) if opened else None
    if opened is None or closed is None or opened["three"][0] == '"':
        return None
    words = text[opened.end() : closed.start()]
    line = text[text.rfind("\n", 0, closed.start()) + 1 : closed.end("three")]
    swallowed = _LONG.fullmatch(line) or _LONG_LINE.search(words)
    if swallowed or "\\" in words or _STRAIGHT in words:
        return None
    return opened.start("three"), closed.end("three")
