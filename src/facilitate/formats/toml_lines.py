"""Sound TOML changed in a line or two, as an editor would; all other lines stay as they are.

Nothing here is read back: whoever changes a text does that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import tomli_w

from facilitate.core.refusal import Refused
from facilitate.formats.problem import Path
from facilitate.formats.toml_places import located
from facilitate.formats.toml_statements import Statement, statements

Value = str | int | bool | dt.date | Sequence[str]
"""What a key of an agenda may hold, of those that are changed in place."""

BLANK_LINE = re.compile(r"\r?\n(?:[ \t]*\r?\n)+")
"""One blank line or more, from the end of the line before."""

ORDER = {
    "session": (
        "id", "programme", "series", "number", "title", "subtitle", "topic", "part", "parts",
        "date", "start", "ends_by", "timezone", "minutes", "place", "cohort", "for_whom",
        "about", "carried_from", "carry_over",
    ),
    "segment": ("id", "title", "kind", "minutes"),
}  # fmt: skip
"""Where a new key of a table is put: behind those that stand before it here."""

_NOTE = re.compile(r"(?:  # |, )(?:had \d+ min|was left out|was not reached)$", re.ASCII)
"""How a part went, as the agenda of the next sitting tells it."""


def with_value(text: str, path: Path, value: Value | None, newline: str) -> str:
    """The text with another value at a path, or without its key where it is None.

    Raises:
        Refused: when there is no table for it on lines of its own.
    """
    pair = _pair(text, path)
    if value is None:
        return text if pair is None else _without(text, pair)
    if pair is None:
        return _with_pair(text, path, written(value, newline), newline)
    return text[: pair.value] + written(value, newline) + text[_value_end(text, pair) :]


def with_other_value(text: str, path: Path, value: int, *, sound: bool = True) -> str:
    """The text, or a stretch of one, with another number at a path; unchanged without one.

    It is not `sound` when it may hold lines that are no TOML.
    """
    found = located(statements(text, sound=sound))
    pair = next((one for at, one in found if at == path and one.kind == "pair"), None)
    if pair is None:
        return text
    return text[: pair.value] + str(value) + text[_value_end(text, pair) :]


def with_note(text: str, path: Path, note: str) -> str:
    """The text with a comment behind a value; an older note of the same sort is replaced.

    Unchanged where there is no such value on lines of its own.
    """
    pair = _pair(text, path)
    if pair is None:
        return text
    end = line_end(text, pair.value_end)
    line = _NOTE.sub("", text[_value_end(text, pair) : end].rstrip())
    said = f"{line}, {note}" if line.lstrip().startswith("#") else f"  # {note}"
    return text[: _value_end(text, pair)] + said + text[end:]


def without_tables(text: str, name: str) -> str:
    """The text without any `[[name]]` and the comments right above them."""
    cuts: list[tuple[int, int]] = []
    before = 0
    for path, one in located(statements(text, sound=True)):
        end = _next_line(text, one.end)
        if path[:1] == (name,) and one.kind == "pair" and path[1:]:
            cuts[-1] = (cuts[-1][0], end)
        elif path[:1] == (name,):
            cuts.append((with_comments(text, one.start, before), end))
        before = one.end
    for start, end in reversed(cuts):
        text = _cut_out(text, start, end)
    return text


def _cut_out(text: str, start: int, end: int) -> str:
    """The text without some of its lines, and without the blank lines behind them."""
    behind = re.compile(r"(?:[ \t]*\r?\n)*").match(text, end)
    rest = text[behind.end() if behind else end :]
    if rest:
        return text[:start] + rest
    kept = text[:start].rstrip(" \t\r\n")
    return text[: _next_line(text, line_end(text, len(kept)))]


def with_comments(text: str, start: int, before: int) -> int:
    """Where the comment lines right above a header begin.

    `before` is the end of the statement above: what is within it is no comment.
    """
    start = text.rfind("\n", 0, start) + 1
    while start > 0:
        line = text.rfind("\n", 0, start - 1) + 1
        if line < before or not text[line:start].lstrip(" \t").startswith("#"):
            break
        start = line
    return start


def line_end(text: str, place: int) -> int:
    """The end of the line of a place, before its line end."""
    end = text.find("\n", place)
    if end < 0:
        return len(text)
    return end - 1 if end > 0 and text[end - 1] == "\r" else end


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


# One key


def _pair(text: str, path: Path) -> Statement | None:
    found = located(statements(text, sound=True))
    return next((one for at, one in found if at == path and one.kind == "pair"), None)


def _value_end(text: str, pair: Statement) -> int:
    return pair.value + len(text[pair.value : pair.value_end].rstrip())


def _without(text: str, pair: Statement) -> str:
    start = text.rfind("\n", 0, pair.start) + 1
    return text[:start] + text[_next_line(text, pair.end) :]


def _with_pair(text: str, path: Path, value: str, newline: str) -> str:
    """The text with a line more, in the table of a path."""
    table, key = path[:-1], str(path[-1])
    found = located(statements(text, sound=True))
    inside = [one for at, one in found if _stands_in(at, one, table)]
    if not inside:
        raise Refused(f"There is no [{table[0]}] on lines of its own in this file.")
    order = ORDER.get(str(table[0]), ())
    earlier = order[: order.index(key)] if key in order else None
    known = [one for one in inside if earlier is None or one.key[-1] in earlier]
    anchor = next((one for one in reversed(known) if one.kind == "pair"), inside[0])
    names = (
        key if anchor.kind != "pair" else ".".join(_bare(k) for k in (*anchor.key[:-1], key))
    )
    indent = text[text.rfind("\n", 0, anchor.start) + 1 : anchor.start]
    behind, line = _next_line(text, anchor.end), f"{indent}{names} = {value}"
    if text[:behind].endswith("\n"):
        return f"{text[:behind]}{line}{newline}{text[behind:]}"
    return f"{text}{newline}{line}"


def _stands_in(at: Path, one: Statement, table: Path) -> bool:
    """Whether a statement is the header of a table, or one of its own pairs."""
    return at[:-1] == table if one.kind == "pair" else at == table


def _bare(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def written(value: Value, newline: str = "\n") -> str:
    """A value as TOML, on one line unless it is a text with line ends."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        pair = tomli_w.dumps({"v": value}, multiline_strings=True)
        return pair.removeprefix("v = ").removesuffix("\n").replace("\n", newline)
    return f"[{', '.join(written(one, newline) for one in value)}]"
