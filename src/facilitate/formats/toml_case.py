"""One refused TOML statement, laid out for those who look for what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from facilitate.formats.toml_statements import Statement, Wrong, statements

QUOTED = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']++|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\[^\n])*"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
"""Every text and every comment; only what is between them is code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong with one statement."""

    at: int
    """Offset within the statement."""
    code: str
    message: str
    hint: str = ""
    instead: str | None = None
    """The statement as it was probably meant, or nearer to it; None when nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One refused statement, with the offsets of its parts counted from its own start."""

    text: str
    code: str
    """The text with everything between quotes and behind # blanked out."""
    statement: Statement
    line: int
    """The line that it begins on."""

    @property
    def name(self) -> str:
        """The key as it is written."""
        return ".".join(self.statement.key)

    @property
    def value(self) -> str:
        """What stands behind the equals sign."""
        return self.text[self.statement.value : self.statement.value_end].strip()

    def wrong(self, *kinds: Wrong) -> int | None:
        """Where the scan met the first fault of these kinds."""
        return next((at for kind, at in self.statement.wrong if kind in kinds), None)

    def replaced(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> str:
        """The text with the first match in its code replaced, and those on the same line."""
        pieces: list[str] = []
        end, last = 0, len(self.code)
        for found in pattern.finditer(self.code):
            if found.start() > last:
                break
            if not pieces:
                line_end = self.code.find("\n", found.start())
                last = line_end if line_end >= 0 else last
            pieces += [self.text[end : found.start()], by(found)]
            end = found.end()
        return "".join(pieces) + self.text[end:]


def sound(text: str) -> bool:
    """Whether the text is TOML as it stands."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def case_of(text: str, line: int) -> Case | None:
    """The statement that a text is, and the line it begins on; None when it is blank."""
    scanned = statements(text, sound=False)
    if not scanned:
        return None
    return Case(text=text, code=_code_of(text), statement=scanned[0], line=line)


def _code_of(text: str) -> str:
    def blank(found: re.Match[str]) -> str:
        inner = re.sub(r"[^\n]", "_", found[0][1:-1])
        return " " * len(found[0]) if found[0][0] == "#" else f'"{inner}"'

    return QUOTED.sub(blank, text)


Look = Callable[[Case], Trouble | None]
"""Looks for one sort of fault; None when it is not that."""
