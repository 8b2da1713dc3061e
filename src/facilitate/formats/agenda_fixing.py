"""What in a file can be mended without asking what was meant: quotes, zeros, odd spaces.

A statement is changed only when that makes it sound, and nothing else in the file is: every
comment, every line end and every other line stays byte for byte.
"""

from __future__ import annotations

import re
import tomllib

from facilitate.formats.characters import INVISIBLE
from facilitate.formats.layout import CLOCKS, DATES
from facilitate.formats.straight_quotes import straightened, straightened_long_texts
from facilitate.formats.toml_case import QUOTED, case_of, sound
from facilitate.formats.toml_reading import decoded
from facilitate.formats.toml_statements import statements

FIXABLE = frozenset({"curly-quotes", "invisible-character", "leading-zero"})
"""Codes of the problems that can be mended so, often but not always."""

_NO_SPACE = re.compile("[\xad\u180e\u200b-\u200d\u2060\ufeff]")
"""Those of the invisible characters that take no room."""
_OUTSIDE = re.compile(rf"(?P<words>{QUOTED.pattern})|{INVISIBLE.pattern}", re.DOTALL)
"""Texts and comments, which are passed over, and invisible characters outside of them."""
_ON_THE_CLOCK = CLOCKS | DATES
_ZEROS = re.compile(r"(?<![\w:.+\-])0+(\d+)(?![\w:.\-])", re.ASCII)
_LONGEST = 20_000
"""Characters of a statement that is looked at; none that a person wrote is longer."""


def fixed(raw: bytes, file: str) -> bytes:
    """The bytes of a file with all that is safe to mend mended; the same when nothing is.

    Args:
        raw: the whole file.
        file: its name as the user gave it.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    written = decoded(raw, file)
    text = written.replace("\r\n", "\n")
    if _is_toml(text):
        return written.encode()
    before, after = text.split("\n"), _mended(text).split("\n")
    lines = written.split("\n")
    if not len(before) == len(after) == len(lines):
        return written.encode()
    kept = zip(lines, before, after, strict=True)
    # What stands behind a line as it was read is a carriage return, or nothing.
    return "\n".join(new + line[len(old) :] for line, old, new in kept).encode()


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _mended(text: str) -> str:
    text, _ = straightened_long_texts(text)
    end, pieces = 0, []
    for statement in statements(text, sound=False):
        start = max(text.rfind("\n", 0, statement.start) + 1, end)
        pieces += [text[end:start], _statement(text[start : statement.end])]
        end = statement.end
    return "".join([*pieces, text[end:]])


def _statement(written: str) -> str:
    """A statement mended; as it was when that does not make it sound."""
    if len(written) > _LONGEST or sound(written):
        return written
    mended = _OUTSIDE.sub(_visible, straightened(written))
    for better in (mended, _without_zeros(mended)):
        if sound(better):
            return better
    return written


def _visible(found: re.Match[str]) -> str:
    if found["words"] is not None:
        return found[0]
    return "" if _NO_SPACE.match(found[0]) else " "


def _without_zeros(statement: str) -> str:
    """A pair whose numbers do not begin with zeros; clock times and dates are let be."""
    case = case_of(statement, 1)
    if case is None or case.statement.kind != "pair" or set(case.statement.key) & _ON_THE_CLOCK:
        return statement
    end, pieces = 0, []
    for zeros in _ZEROS.finditer(case.code, case.statement.value):
        pieces += [statement[end : zeros.start()], zeros[1]]
        end = zeros.end()
    return "".join([*pieces, statement[end:]])
