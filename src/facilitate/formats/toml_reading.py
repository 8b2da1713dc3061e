"""Bytes of a TOML file made into plain data, together with all that is wrong with the TOML."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path, Problem

LONGEST = 300_000
"""Bytes; an agenda has some twenty thousand."""

_DEEPEST = 12
_LOOKED_AT = 2000
_ZEROS_IN_UTF_16 = 0.3
_PROGRAMME = re.compile(r"^[ \t]*\[[ \t]*[\"']?programme[\"']?[ \t]*\]", re.MULTILINE)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_OTHER_FILE = "Is it the file you meant?"
_SAVE = (
    "Save it as UTF-8: in Notepad with Save as, under Encoding; in Word as plain text with"
    " the encoding Unicode (UTF-8)."
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class Unreadable(Exception):
    """A file that cannot be read at all; `problem` says why, and what helps."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a TOML file says, as far as it could be read."""

    text: str
    """TOML with the lines of the file; what could not be read is blank."""
    data: dict[str, Any]
    findings: tuple[Finding, ...] = ()
    """What TOML tripped over; empty for sound TOML."""
    doubtful: frozenset[Path] = frozenset()
    """What may be there and could not be read."""


def read_toml(raw: bytes, file: str, lists: Collection[str]) -> Document:
    """What the bytes of a TOML file say.

    Args:
        raw: the whole file, UTF-8 with or without a byte order mark.
        file: its name as the user gave it.
        lists: names of tables that come in any number: `segment` for `[[segment]]`.

    Raises:
        Unreadable: when it is not text in UTF-8, or far too long.
    """
    text = decoded(raw, file).replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):
        return _document_with_troubles(text, lists)
    if _too_deep(data):
        deep = Finding(at=(), code="too-deep", message="Brackets are nested too deeply in it.")
        return Document(text=text, data={}, findings=(deep,), doubtful=frozenset({()}))
    return Document(text=text, data=data)


def decoded(raw: bytes, file: str) -> str:
    """The text of a file in UTF-8, without a byte order mark.

    Raises:
        Unreadable: when it is not text in UTF-8, or far too long.
    """
    if len(raw) > LONGEST:
        raise _unreadable(file, "The file is far too long for an agenda.", _OTHER_FILE)
    wide = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if wide or _zeros_alternate(raw[:_LOOKED_AT]):
        raise _unreadable(file, f"The file is in {wide or 'UTF-16'}, not in UTF-8.", _SAVE)
    if b"\0" in raw:
        raise _unreadable(file, "The file is not text.", _OTHER_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if _NOT_IN_TEXT.search(raw):
        raise _unreadable(file, "The file is not text.", _OTHER_FILE)
    message = "The file is not in UTF-8; it seems to be in Windows-1252."
    raise _unreadable(file, message, _SAVE, line)


def _zeros_alternate(head: bytes) -> bool:
    """Whether every other byte is mostly zero, as in UTF-16 without a mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > _ZEROS_IN_UTF_16 * len(head)


def _unreadable(file: str, message: str, hint: str, line: int | None = None) -> Unreadable:
    return Unreadable(
        Problem(file=file, line=line, code="unreadable", message=message, hint=hint)
    )


def _document_with_troubles(text: str, lists: Collection[str]) -> Document:
    from facilitate.formats.toml_mending import mended  # only a text with faults needs it

    result = mended(text, lists)
    findings = tuple(
        Finding(
            at=placed.path,
            code=placed.trouble.code,
            message=placed.trouble.message,
            hint=placed.trouble.hint,
            line=placed.line,
            column=placed.column,
        )
        for placed in result.found
    )
    return Document(
        text=result.text,
        data={} if _too_deep(result.data) else result.data,
        findings=findings,
        doubtful=frozenset(result.doubtful),
    )


def _too_deep(data: dict[str, Any]) -> bool:
    """Whether tables and lists are nested deeper than any agenda has them."""
    level: list[Any] = [data]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def is_programme(raw: bytes) -> bool:
    """Whether a file has a `[programme]` table; False also for what cannot be read."""
    try:
        text = decoded(raw, "")
    except Unreadable:
        return False
    if _PROGRAMME.search(text) is None:
        return False
    # A text may hold such a line as well, so the headers are looked at when one turns up.
    from facilitate.formats.toml_statements import statements

    return any(
        statement.kind == "table" and statement.key == ("programme",)
        for statement in statements(text, sound=False)
    )
