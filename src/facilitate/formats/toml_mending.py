"""Reads past whatever TOML trips over, so that one slip of the pen hides no other.

`mended` looks at every statement that `tomllib` refuses, says what is wrong with it, and puts
in its place what was probably meant; what nobody can tell is left out and counted as doubtful,
so that later checks do not blame its absence. Every line keeps its number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from facilitate.formats.problem import Path
from facilitate.formats.straight_quotes import straightened_long_texts
from facilitate.formats.toml_case import Trouble
from facilitate.formats.toml_line_trouble import curly, unshown
from facilitate.formats.toml_places import Lines, located
from facilitate.formats.toml_statements import statements
from facilitate.formats.toml_trouble import Found, troubles_in

_UNUSED = "\ue000unused"
"""The table under which everything below a header goes that cannot be used."""
_MOST_ROUNDS = 20
_REFUSED_IN_NOTES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A trouble and where it is. Lines and columns count from 1."""

    trouble: Trouble
    path: Path
    line: int
    column: int | None


@dataclass(slots=True, kw_only=True)
class Mended:
    """What could be read of a text that is not TOML."""

    text: str
    """TOML with the same lines; what could not be read is blank."""
    data: dict[str, Any] = field(default_factory=dict)
    """What it says."""
    found: list[Placed] = field(default_factory=list)
    doubtful: set[Path] = field(default_factory=set)
    """What may be there and could not be read; `()` stands for everything."""


def mended(text: str, lists: Collection[str]) -> Mended:
    """Everything that TOML refuses in a text, and the text without it.

    At least one trouble is found, unless the text is sound.

    Args:
        text: with plain newlines only.
        lists: names of tables that come in any number: `segment` for `[[segment]]`.
    """
    text, curly_ones = straightened_long_texts(text)
    result = Mended(text=text, found=_long_texts(text, curly_ones))
    for step in (_between, _each_for_itself, _single_brackets, _said_twice, _the_rest):
        pieces = _Pieces(result.text, result, lists)
        step(pieces)
        result.text = pieces.joined()
    result.data.pop(_UNUSED, None)
    return result


def _long_texts(text: str, begin: Collection[int]) -> list[Placed]:
    """What is said of the curly quotes around long texts that begin at some offsets."""
    pairs = located(statements(text, sound=False)) if begin else []
    lines = Lines(text)
    return [
        Placed(trouble=curly(at=0), path=path, line=line, column=column)
        for path, pair in pairs
        if pair.value in begin
        for line, column in [lines.place(pair.value)]
    ]


class _Pieces:
    """A text as statements that can be replaced without moving any line."""

    def __init__(self, text: str, result: Mended, lists: Collection[str]) -> None:
        self.result, self.lists = result, lists
        self.located = located(statements(text, sound=False))
        found = [statement for _, statement in self.located]
        starts = [text.rfind("\n", 0, statement.start) + 1 for statement in found]
        ends = [0, *(statement.end for statement in found)]
        self.texts = [text[start:end] for start, end in zip(starts, ends[1:], strict=True)]
        bounds = zip(ends, [*starts, len(text)], strict=True)
        self.gaps = [(start, text[start:end]) for start, end in bounds]
        self.lines = Lines(text)
        self.first = [self.lines.line(start) for start in starts]
        self.columns = [self.lines.place(statement.start)[1] for statement in found]

    def joined(self) -> str:
        """The text as it is now."""
        both = zip(self.gaps, [*self.texts, ""], strict=True)
        return "".join(part for (_, gap), text in both for part in (gap, text))

    def replace(self, index: int, by: str) -> bool:
        """Put another text in the place of a statement; False when it has too many lines."""
        missing = self.texts[index].count("\n") - by.count("\n")
        if missing >= 0:
            self.texts[index] = by + "\n" * missing
        return missing >= 0

    def drop(self, index: int) -> None:
        """Leave a statement out; what stands below a header goes with it."""
        path, statement = self.located[index]
        header = statement.kind in {"table", "tables"}
        self.replace(index, f'[["{_UNUSED}"]]' if header else "")
        if statement.kind == "stray":
            path = path[: len(path) - len(statement.key)]
        self.result.doubtful.add(() if header else path)

    def tell(self, index: int, trouble: Trouble) -> None:
        """Keep what is wrong with the whole of a statement."""
        self.keep(index, (trouble, self.first[index], self.columns[index]))

    def keep(self, index: int, found: Found) -> None:
        """Keep a trouble of a statement, with its place."""
        trouble, line, column = found
        path = self.located[index][0]
        self.result.found.append(Placed(trouble=trouble, path=path, line=line, column=column))


def _between(pieces: _Pieces) -> None:
    """Take what cannot be shown out of notes and blank lines."""
    for index, (start, gap) in enumerate(pieces.gaps):
        for found in _REFUSED_IN_NOTES.finditer(gap):
            trouble = unshown(found[0], at=found.start())
            line, column = pieces.lines.place(start + found.start())
            placed = Placed(trouble=trouble, path=(), line=line, column=column)
            pieces.result.found.append(placed)
        pieces.gaps[index] = (start, _REFUSED_IN_NOTES.sub("", gap))


def _each_for_itself(pieces: _Pieces) -> None:
    """Mend the statements that are not sound by themselves."""
    stray = -2
    for index, first in enumerate(pieces.first):
        if stray == index - 1 and pieces.located[index][1].kind == "stray":
            # It only goes on with the stray line right before it, which is told once.
            stray = index
            pieces.drop(index)
            continue
        found, meant = troubles_in(pieces.texts[index], first)
        for one in found:
            pieces.keep(index, one)
        if any(trouble.code == "stray-line" for trouble, _, _ in found):
            stray = index
        if found and (meant is None or not pieces.replace(index, meant)):
            pieces.drop(index)


def _single_brackets(pieces: _Pieces) -> None:
    """Give `[segment]` the brackets of `[[segment]]`."""
    for index, (_, statement) in enumerate(pieces.located):
        if (
            statement.kind == "table"
            and statement.key[0] in pieces.lists
            and not statement.key[1:]
        ):
            pieces.tell(index, single_brackets(statement.key[0]))
            pieces.replace(index, f"[[{statement.key[0]}]]")


def single_brackets(name: str) -> Trouble:
    """What is said of `[segment]`."""
    return Trouble(
        at=0,
        code="header",
        message=f"Write [[{name}]], with two brackets on each side.",
        hint=f"Each [[{name}]] begins one more of them.",
    )


def _said_twice(pieces: _Pieces) -> None:
    """Leave out what was said before."""
    seen: dict[Path, int] = {}
    again: list[tuple[int, int]] = []
    for index, (path, _) in enumerate(pieces.located):
        if path in seen:
            again.append((seen[path], index))
        elif path[:1] != (_UNUSED,):
            seen[path] = index
    for earlier, index in again:
        pieces.tell(index, _twice(pieces, seen, earlier, index))
        pieces.drop(index)


def _twice(pieces: _Pieces, seen: dict[Path, int], earlier: int, index: int) -> Trouble:
    path, statement = pieces.located[index]
    what = ".".join(statement.key)
    if statement.kind == "table":
        what = f"[{what}]"
    title = seen.get((*path[:2], "title"))
    where = _where(path, "" if title is None else _said(pieces.texts[title]))
    lines = f"(lines {pieces.first[earlier]} and {pieces.first[index]})"
    new_part = path[0] == "segment" and path[2:] == ("title",)
    return Trouble(
        at=0,
        code="said-twice",
        message=f"Two lines say {what}{where} {lines}.",
        hint="Is the line [[segment]] missing between them?"
        if new_part
        else "Keep one of them.",
    )


def _where(path: Path, title: str) -> str:
    """Where the two lines are, in words."""
    if path[0] == "segment":
        return f' in "{title}"' if title else " in one [[segment]]"
    names = [str(part) for part in path[:-1] if isinstance(part, str)]
    return f" in [{'.'.join(names)}]" if names else ""


def _said(pair: str) -> str:
    """The title that a pair says."""
    return str(tomllib.loads(pair)["title"])


def _clash(pieces: _Pieces, index: int) -> Trouble:
    what = ".".join(pieces.located[index][1].key)
    return Trouble(
        at=0,
        code="clash",
        message=f"The name {what} is already used above in another way.",
        hint="Take one of them out, or write the name of the table in full.",
    )


def _the_rest(pieces: _Pieces) -> None:
    """Leave out, one after the other, the lines that TOML does not put up with even now."""
    for _ in range(_MOST_ROUNDS):
        try:
            pieces.result.data = tomllib.loads(pieces.joined())
        except (ValueError, RecursionError) as error:
            index = _blamed(pieces, str(error))
            if index is None:
                break
            pieces.tell(index, _clash(pieces, index))
            pieces.drop(index)
        else:
            return
    pieces.result.data = {}
    pieces.result.doubtful.add(())


def _blamed(pieces: _Pieces, error: str) -> int | None:
    """The statement on the line that an error names, if it is still there."""
    found = _AT_LINE.search(error)
    line = int(found[1]) if found else 0
    before = [index for index, first in enumerate(pieces.first) if first <= line]
    if not before or not pieces.texts[before[-1]].strip():
        return None
    return None if _UNUSED in pieces.texts[before[-1]] else before[-1]
