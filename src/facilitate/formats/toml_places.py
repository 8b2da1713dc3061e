"""Where in a TOML text each table and key stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from facilitate.formats.problem import Path
from facilitate.formats.toml_statements import Statement, statements


class Lines:
    """Turns offsets of a text into lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        while (end := text.find("\n", self._starts[-1])) >= 0:
            self._starts.append(end + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; columns count characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)


class Places:
    """The places of everything that a sound TOML text holds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._offsets: dict[Path, int] = {}
        self._pairs: dict[Path, Statement] = {}
        for path, statement in located(statements(text, sound=True)):
            if statement.kind == "pair":
                self._pairs.setdefault(path, statement)
            if statement.kind == "tables":
                self._offsets.setdefault(path[:-1], statement.start)
            self._offsets.setdefault(path, statement.start)
            for inner, offset in statement.inside:
                self._offsets.setdefault((*path, *inner), offset)

    def at(self, path: Path) -> tuple[int | None, int | None]:
        """Line and column of what stands at a path.

        For something that is missing it is the line of the table around it, without a
        column; (None, None) when that is the whole file.
        """
        if path in self._offsets:
            return self._lines.place(self._offsets[path])
        for length in range(len(path) - 1, 0, -1):
            if path[:length] in self._offsets:
                return self._lines.line(self._offsets[path[:length]]), None
        return None, None

    def within(self, path: Path, character: str) -> tuple[int | None, int | None]:
        """Where a character stands in the pair at a path; the pair, when it is escaped."""
        for length in range(len(path), 0, -1):
            pair = self._pairs.get(path[:length])
            if pair is not None:
                found = self._text.find(character, pair.start, pair.end)
                return self.at(path) if found < 0 else self._lines.place(found)
        return self.at(path)


def located(scanned: Iterable[Statement]) -> list[tuple[Path, Statement]]:
    """Each statement with the path of what it declares.

    The third `[[segment]]` is at `("segment", 2)`, and a `[segment.breakout]` below it at
    `("segment", 2, "breakout")`. A stray stands at its table, or at the key it may have meant.
    """
    counts: dict[Path, int] = {}
    table: Path = ()
    found: list[tuple[Path, Statement]] = []
    for statement in scanned:
        if statement.kind in {"table", "tables"}:
            table = _resolved(statement.key, counts)
            if statement.kind == "tables":
                counts[table] = counts.get(table, 0) + 1
                table = (*table, counts[table] - 1)
            found.append((table, statement))
        else:
            found.append(((*table, *statement.key), statement))
    return found


def _resolved(key: tuple[str, ...], counts: dict[Path, int]) -> Path:
    """The path of a header, through the latest of each list of tables on the way."""
    path: Path = ()
    for part in key:
        if path in counts:
            path = (*path, counts[path] - 1)
        path = (*path, part)
    return path
