"""Tables in a page of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from facilitate.formats.importing.headings import known_in
from facilitate.formats.importing.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    LeftOut,
    Row,
    Sheet,
    refused,
    words_of,
)

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|<br\s*/?>|&#?\w{1,31};", re.IGNORECASE)
_AROUND = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)


def holds_a_table(text: str) -> bool:
    """Whether there is a table of Markdown in a text."""
    return next(_tables(_lines(text)), None) is not None


def read_markdown(text: str, file: str, said: tuple[str, ...] = (), wanted: str = "") -> Sheet:
    """The table of a page that looks most like an agenda.

    `wanted` is the heading above the table, or its number on the page; empty when no table was
    asked for.

    Raises:
        Unreadable: when there is none, not the one asked for, or it is too large.
    """
    lines = _lines(text)
    tables = list(_tables(lines))
    chosen = _chosen(lines, tables, file, wanted)
    first, last = tables[chosen]
    numbers = [first, *range(first + 2, last)]
    if len(numbers) > MOST_ROWS:
        raise refused(file, f"There are more than {MOST_ROWS} rows; an agenda has some thirty.")
    rows = tuple(Row(number + 1, _cells(lines[number], file, number)) for number in numbers)
    title = _title(lines)
    return Sheet(
        what="a Markdown table",
        rows=rows,
        title=title,
        said=said,
        beside=tuple(_beside(lines, (first, last), title)),
    )


def _lines(text: str) -> list[str]:
    """The lines of a text, as editors count them."""
    return re.split("\r\n|\n|\r", text)


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first line of each table and the line behind its last one, counted from 0."""
    at = 1
    while at < len(lines):
        head, rule = lines[at - 1], lines[at]
        if "|" in head and "|" in rule and _RULE.fullmatch(rule):
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield at - 1, end
            at = end
        at += 1


def _chosen(
    lines: Sequence[str], tables: Sequence[tuple[int, int]], file: str, wanted: str
) -> int:
    if not tables:
        raise refused(file, "There is no table in this page.")
    if not wanted:
        known = [known_in(_cells(lines[first], file, first)) for first, _ in tables]
        return known.index(max(known))
    names = [_above(lines, first).casefold() for first, _ in tables]
    if wanted.strip().casefold() in names:
        return names.index(wanted.strip().casefold())
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(tables):
        return int(wanted) - 1
    count = "one table" if len(tables) == 1 else f"{len(tables)} tables"
    raise refused(file, f'There is no table "{wanted}" in it.', f"It has {count}.")


def _above(lines: Sequence[str], first: int) -> str:
    """The nearest heading above a line; empty without one."""
    found = (_HEADING.fullmatch(lines[at]) for at in range(first - 1, -1, -1))
    return next((_shown(one[2]) for one in found if one), "")


def _title(lines: Sequence[str]) -> str:
    """The first heading of a page, when it is one of the first order."""
    headings = filter(None, (_HEADING.fullmatch(line) for line in lines))
    first = next(headings, None)
    return _shown(first[2]) if first is not None and first[1] == "#" else ""


def _beside(lines: Sequence[str], table: tuple[int, int], title: str) -> Iterator[LeftOut]:
    first, last = table
    others = [n for n, line in enumerate(lines) if line.strip() and not first <= n < last]
    if title:
        others = [n for n in others if n != _title_line(lines)]
    if others:
        numbers = tuple(n + 1 for n in others)
        lines_ = "1 line" if len(others) == 1 else f"{len(others)} lines"
        yield LeftOut(f"{lines_} of text outside of the table", 0, numbers)


def _title_line(lines: Sequence[str]) -> int:
    return next(n for n, line in enumerate(lines) if _HEADING.fullmatch(line))


def _cells(line: str, file: str, number: int) -> tuple[str, ...]:
    """The texts of a row; a `|` behind a backslash is a part of one."""
    row = line.strip().removeprefix("|")
    parts = _CELL_END.sub("\\1\n", row).split("\n")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) > MOST_COLUMNS or any(len(part) > LONGEST_CELL for part in parts):
        raise refused(file, "This row of the table is far too long.", line=number + 1)
    return tuple(map(_shown, parts))


def _shown(marked: str) -> str:
    """The text of a cell as a reader of the page sees it; emphasis around all of it goes."""
    plain = marked.strip()
    around = _AROUND.fullmatch(plain)
    if around is not None and around[1] not in around[2]:
        plain = around[2]
    return words_of(_MARKED.sub(_meant, plain))


def _meant(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return "\n" if found[0].startswith("<") else html.unescape(found[0])
