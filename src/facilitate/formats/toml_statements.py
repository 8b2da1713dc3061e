"""TOML text cut into its statements: headers and `name = value`, each with all its lines.

The reader of the standard library says where it stopped, and no more. This scan knows the
place of every key, and goes on after whatever it cannot read. It judges nothing: whether a
statement is sound is for `tomllib` to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Literal, NamedTuple

from facilitate.formats.characters import CURLY
from facilitate.formats.problem import Path

Wrong = Literal[
    "unclosed list",
    "unclosed table",
    "unclosed text",
    "split table",
    "missing comma",
    "comma at the end",
]
"""What a scan stumbles over inside of a value."""

_DEEPEST = 20
_BARE = r"[A-Za-z0-9_-]+"
_PART = re.compile(rf"""{_BARE}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
_SPACE = re.compile(r"[ \t]*+")
_SHORT = {
    '"': re.compile(r'"(?:[^"\\\n]++|\\[^\n])*"'),
    "'": re.compile(r"'[^'\n]*+'"),
}
_LONG = {
    '"""': re.compile(r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}', re.DOTALL),
    "'''": re.compile(r"'''(?:[^']++|'(?!''))*'{3,5}"),
}
_CURLY_TEXT = re.compile(
    rf"{CURLY.pattern}[^\n]{{0,4000}}?(?:{CURLY.pattern}|\")(?=[ \t]*(?:[,\]}}#\n]|\Z))"
)
_SCALAR = re.compile(r"[^#\n]*+")
_ITEM = re.compile(r"[^,\]}#\n]*+")
_HEADER = r"\[\[?[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w.\- \t]*\]"
_NEW = re.compile(rf"[ \t]*(?:{_HEADER}|{_BARE}[ \t]*=)")
_ANY_NEW = re.compile(rf"[ \t]*(?:\n|\Z|\#|\[|{_BARE}(?:[ \t]*\.[ \t]*{_BARE})*[ \t]*=)")
_CUT = re.compile(rf"\n(?=[ \t]*(?:{_HEADER}|{_BARE}[ \t]*=[ \t]*[\"'\[\d]))")
_OPENS = re.compile(rf"[ \t]*{_BARE}[ \t]*=[ \t]*")


class Statement(NamedTuple):
    """One header or one pair. Offsets count characters of the text, from 0."""

    kind: Literal["table", "tables", "pair", "stray"]
    """`tables` is `[[name]]`; `stray` is what is neither a header nor a pair."""
    start: int
    end: int
    """The end of its last line, without the line break; comments belong to it."""
    key: tuple[str, ...]
    """Its parts: `segment.breakout` has two; empty when it cannot be read."""
    value: int
    """Where the value begins; the end of the key for headers and strays."""
    value_end: int
    inside: tuple[tuple[Path, int], ...] = ()
    """Places of items and of keys inside the value, with paths relative to it."""
    wrong: tuple[tuple[Wrong, int], ...] = ()
    """What is not closed or not parted, in the order in which it was met."""


def statements(text: str, *, sound: bool) -> list[Statement]:
    """The statements of a text, in order.

    With `sound` the text is known to be TOML. Otherwise a long text that swallows the next
    keys is taken to be one whose closing quotes are missing.
    """
    return list(_Scan(text, sound=sound).statements())


class _Scan:
    """A place in a text, moving forward."""

    def __init__(self, text: str, *, sound: bool) -> None:
        self.text, self.sound, self.pos = text, sound, 0
        self.inside: list[tuple[Path, int]] = []
        self.wrong: list[tuple[Wrong, int]] = []

    def statements(self) -> Iterator[Statement]:
        while True:
            self._take(_BLANK)
            if self.pos >= len(self.text):
                return
            self.inside, self.wrong = [], []
            yield self._header() if self._at("[") else self._pair()

    def _header(self) -> Statement:
        start = self.pos
        many = self._at("[[")
        self.pos += 2 if many else 1
        self._take(_SPACE)
        key = self._key()
        return self._statement("tables" if many else "table", start, key, self.pos, self.pos)

    def _pair(self) -> Statement:
        start = self.pos
        key = self._key()
        after = self.pos
        self._take(_SPACE)
        if not key or not self._at("="):
            return self._statement("stray", start, key, after, after)
        self.pos += 1
        self._take(_SPACE)
        value = self.pos
        self._value(())
        if any(wrong == "unclosed text" for wrong, _ in self.wrong):
            self._rest_of_text()
        return self._statement("pair", start, key, value, self.pos)

    def _statement(
        self,
        kind: Literal["table", "tables", "pair", "stray"],
        start: int,
        key: tuple[str, ...],
        value: int,
        value_end: int,
    ) -> Statement:
        self.pos = self._line_end()
        return Statement(
            kind=kind,
            start=start,
            end=self.pos,
            key=key,
            value=value,
            value_end=value_end,
            inside=tuple(self.inside),
            wrong=tuple(self.wrong),
        )

    def _key(self) -> tuple[str, ...]:
        parts = []
        while found := _PART.match(self.text, self.pos):
            parts.append(_key_part(found[0]))
            self.pos = found.end()
            dot = _DOT.match(self.text, self.pos)
            if dot is None:
                break
            self.pos = dot.end()
        return tuple(parts)

    def _value(self, path: Path) -> None:
        if self._at('"""') or self._at("'''"):
            self._long_text()
        elif self._at('"') or self._at("'"):
            self._short_text()
        elif self._at("[") and len(path) < _DEEPEST:
            self._list(path)
        elif self._at("{") and len(path) < _DEEPEST:
            self._table(path)
        elif not self._take(_CURLY_TEXT):
            self._take(_ITEM if path else _SCALAR)

    def _short_text(self) -> None:
        if not self._take(_SHORT[self.text[self.pos]]):
            self.wrong.append(("unclosed text", self.pos))
            self.pos = self._line_end()

    def _long_text(self) -> None:
        opened = self.pos
        closed = self._take(_LONG[self.text[opened : opened + 3]])
        if closed and (self.sound or not self._swallowed(opened)):
            return
        self.wrong.append(("unclosed text", opened))
        cut = _CUT.search(self.text, opened)
        self.pos = cut.start() if cut else len(self.text)

    def _swallowed(self, opened: int) -> bool:
        """Whether the closing quotes just passed are really the opening ones of a pair."""
        closing = self.pos - 3
        line = self.text.rfind("\n", opened, closing) + 1
        return line > 0 and _OPENS.fullmatch(self.text, line, closing) is not None

    def _rest_of_text(self) -> None:
        """Pass the lines that can only be the rest of a text without closing quotes."""
        while (end := self._line_end()) < len(self.text) and not _ANY_NEW.match(
            self.text, end + 1
        ):
            self.pos = end + 1
        self.pos = self._line_end()

    def _list(self, path: Path) -> None:
        opened, count = self.pos, 0
        self.pos += 1
        while True:
            self._take(_BLANK)
            if self._closed("]"):
                return
            if self._ended():
                self._give_up("unclosed list", opened)
                return
            before = self.pos
            self.inside.append(((*path, count), self.pos))
            self._value((*path, count))
            count += 1
            self._take(_BLANK)
            if not self._closed(",") and not self._at("]") and not self._ended():
                self.wrong.append(("missing comma", self.pos))
            self.pos += self.pos == before  # whatever stands here: never stand still

    def _table(self, path: Path) -> None:
        opened, comma = self.pos, False
        self.pos += 1
        while True:
            if "\n" in self._take(_BLANK) and ("split table", opened) not in self.wrong:
                self.wrong.append(("split table", opened))
            if self._closed("}"):
                if comma:
                    self.wrong.append(("comma at the end", opened))
                return
            if not self._entry(path):
                self._give_up("unclosed table", opened)
                return
            self._take(_SPACE)
            comma = self._closed(",")
            if not comma and not self._at("}"):
                self.wrong.append(("missing comma", self.pos))

    def _entry(self, path: Path) -> bool:
        """Pass one `name = value` of an inline table; False when there is none."""
        start = self.pos
        key = self._key()
        self._take(_SPACE)
        if not key or not self._closed("="):
            self.pos = start
            return False
        self._take(_SPACE)
        self.inside.append(((*path, *key), start))
        self._value((*path, *key))
        return True

    def _give_up(self, wrong: Wrong, opened: int) -> None:
        self.wrong.append((wrong, opened))
        while self.text[self.pos - 1] in " \t\r\n":
            self.pos -= 1

    def _ended(self) -> bool:
        """Whether the text is over, or a new statement begins on this line."""
        if self.pos >= len(self.text):
            return True
        if not _NEW.match(self.text, self.pos):
            return False
        line = self.text.rfind("\n", 0, self.pos) + 1
        return not self.text[line : self.pos].strip(" \t")

    def _at(self, start: str) -> bool:
        return self.text.startswith(start, self.pos)

    def _closed(self, mark: str) -> bool:
        found = self._at(mark)
        self.pos += found
        return found

    def _take(self, pattern: re.Pattern[str]) -> str:
        """Pass what the pattern matches here, and return it; empty when it does not."""
        found = pattern.match(self.text, self.pos)
        if found is None:
            return ""
        self.pos = found.end()
        return found[0]

    def _line_end(self) -> int:
        end = self.text.find("\n", self.pos)
        return len(self.text) if end < 0 else end


def _key_part(written: str) -> str:
    if written[0] == "'":
        return written[1:-1]
    if written[0] != '"':
        return written
    try:
        return str(tomllib.loads(f"key = {written}")["key"])
    except ValueError:
        return written[1:-1]
