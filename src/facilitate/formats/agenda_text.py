"""An agenda file as its author wrote it, changed in one place at a time.

The text is cut into the parts of the day, each with the comments right above it, and what lies
between them. A part moves as it stands; a value changes where it stands; every other character
of the file stays as it was, so that a small change is a small difference. Each change is read
back before it is given out: it says what it should, and nothing else says anything else.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from facilitate.core.refusal import Refused
from facilitate.formats import toml_lines
from facilitate.formats.problem import Path
from facilitate.formats.toml_lines import Value
from facilitate.formats.toml_statements import Statement, statements

SEGMENT = "segment"


class Piece(NamedTuple):
    """A stretch of the file."""

    text: str
    """To the end of its last line that is not blank, without that line's end."""
    gap: str
    """The line end and the blank lines behind it; empty where the file just ends."""
    is_part: bool
    """Whether it is a `[[segment]]`, with the comments right above it."""
    has_note_behind: bool = False
    """Whether it ends in a comment, which must not come to stand right above another part."""


class AgendaText(NamedTuple):
    """The text of a sound TOML file, in pieces."""

    pieces: tuple[Piece, ...]
    newline: str = "\n"
    """How the first line ends; new lines end like it, and no others are touched."""
    mark: str = ""
    """The byte order mark that the file begins with, if it does."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The text of each part of the day, in order."""
        return tuple(piece.text for piece in self.pieces if piece.is_part)

    @property
    def text(self) -> str:
        """The whole text, with its own line ends and without a byte order mark."""
        return _joined(self.pieces, self.newline)

    def raw(self) -> bytes:
        """The bytes of the file."""
        return (self.mark + self.text).encode()

    def moved(self, place: int, to: int) -> AgendaText:
        """With one part at another place among the parts; both count from 0.

        What lies between the parts stays where it is.

        Raises:
            Refused: when the file is laid out in a way in which that cannot be done.
        """
        parts = [piece for piece in self.pieces if piece.is_part]
        parts.insert(to, parts.pop(place))
        pieces = [
            parts.pop(0)._replace(gap=piece.gap) if piece.is_part else piece
            for piece in self.pieces
        ]
        new = self._replace(pieces=tuple(pieces))
        self._read_back(new.text, lambda said: _move(said[SEGMENT], place, to))
        return new

    def without(self, place: int) -> AgendaText:
        """Without one of the parts, of which one must be left; it counts from 0.

        Raises:
            Refused: when the file is laid out in a way in which that cannot be done.
        """
        at = [n for n, piece in enumerate(self.pieces) if piece.is_part][place]
        pieces = list(self.pieces)
        gone = pieces.pop(at)
        if at == len(pieces) and at:  # the file ends as it did
            pieces[-1] = pieces[-1]._replace(gap=gone.gap)
        text = _joined(pieces, self.newline)
        return self._read_back(text, lambda said: said[SEGMENT].pop(place))

    def with_part(self, place: int, part: str) -> AgendaText:
        """With one more part behind the one at a place, which counts from 0.

        `part` is its text, from the comments above it to its last line, with the line ends of
        this file.

        Raises:
            Refused: when the file is laid out in a way in which that cannot be done.
        """
        at = [n for n, piece in enumerate(self.pieces) if piece.is_part][place]
        before, pieces = self.pieces[at], list(self.pieces)
        pieces[at : at + 1] = before._replace(gap=self.newline * 2), before._replace(text=part)
        text = _joined(pieces, self.newline)
        return self._read_back(text, lambda said: said[SEGMENT].insert(place + 1, _only(part)))

    def with_value(self, path: Path, value: Value | None) -> AgendaText:
        """With another value at a path such as `("segment", 3, "minutes")`.

        Without the key where `value` is None. A key that is not there yet comes behind those
        that stand before it in docs/agenda-format.md.

        Raises:
            Refused: when the file is laid out in a way in which that cannot be done.
        """
        text = toml_lines.with_value(self.text, path, value, self.newline)
        return self._read_back(text, lambda said: _put(said, path, value))

    def with_note(self, path: Path, note: str) -> AgendaText:
        """With a comment behind the value at a path; one that is there already stays.

        Unchanged where there is no such value on lines of its own.
        """
        return self._read_back(toml_lines.with_note(self.text, path, note), lambda _: None)

    def without_tables(self, name: str) -> AgendaText:
        """Without any `[[name]]`, and without the comments right above them.

        Raises:
            Refused: when the file is laid out in a way in which that cannot be done.
        """
        text = toml_lines.without_tables(self.text, name)
        return self._read_back(text, lambda said: said.pop(name, None))

    def _read_back(self, text: str, change: Callable[[dict[str, Any]], object]) -> AgendaText:
        """The text in pieces, when it differs from this one in just that change."""
        expected = copy.deepcopy(data_of(self.text))
        try:
            change(expected)
            found = data_of(text)
        except (ValueError, KeyError, IndexError, TypeError):
            found = None
        if found != expected:
            raise Refused(
                "This file is laid out in a way in which that cannot be changed from here."
                " Change it in an editor."
            )
        return _cut(text, self.newline, self.mark)


def agenda_text(raw: bytes) -> AgendaText:
    """The text of a file that is sound TOML.

    Raises:
        UnicodeDecodeError: when it is not UTF-8.
        ValueError: when it is not TOML.
    """
    text = raw.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text[len(mark) :]
    data_of(text)
    first = text.find("\n")
    newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    return _cut(text, newline, mark)


def data_of(text: str) -> dict[str, Any]:
    """What a text says.

    Raises:
        ValueError: when it is not TOML.
    """
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        raise ValueError("nested without end") from None


def _move(parts: list[Any], place: int, to: int) -> None:
    parts.insert(to, parts.pop(place))


def _only(part: str) -> Any:
    """What the text of a single part says."""
    (said,) = data_of(part)[SEGMENT]
    return said


def _put(said: Any, path: Path, value: Value | None) -> None:
    for key in path[:-1]:
        said = said[key]
    if value is None:
        said.pop(path[-1], None)
    else:
        said[path[-1]] = list(value) if isinstance(value, tuple) else value


def _joined(pieces: Sequence[Piece], newline: str) -> str:
    """The text of some pieces; a comment behind a part stays parted from what follows."""
    text = ""
    for place, piece in enumerate(pieces, start=1):
        text += piece.text + piece.gap
        is_parted = toml_lines.BLANK_LINE.match(piece.gap)
        if piece.has_note_behind and place < len(pieces) and not is_parted:
            text += newline
    return text


# Cutting


def _cut(text: str, newline: str, mark: str) -> AgendaText:
    found = [piece for stretch in _stretches(text) for piece in _pieces(text, stretch)]
    return AgendaText(tuple(found), newline, mark)


class _Stretch(NamedTuple):
    """From a header, with the comments right above it, up to the next that is cut at."""

    start: int
    is_part: bool
    last: int = 0
    """Where its last statement ends."""
    end: int = 0


def _stretches(text: str) -> list[_Stretch]:
    found = [_Stretch(0, is_part=False)]
    before = 0
    for one in statements(text, sound=True):
        if one.kind != "pair":
            start = toml_lines.with_comments(text, one.start, before)
            found = _with_header(found, one, start)
        found[-1] = found[-1]._replace(last=one.end)
        before = one.end
    ends = [*(stretch.start for stretch in found[1:]), len(text)]
    return [stretch._replace(end=end) for stretch, end in zip(found, ends, strict=True)]


def _with_header(found: list[_Stretch], header: Statement, start: int) -> list[_Stretch]:
    """The stretches up to a header, which begins one of its own or belongs to the last."""
    if header.key == (SEGMENT,) and header.kind == "tables":
        return [*found, _Stretch(start, is_part=True)]
    if header.key[0] == SEGMENT:
        # A table within a part, which reaches as far, whatever stands in between.
        while not found[-1].is_part and len(found) > 1:
            found = found[:-1]
        return found
    return [*found, _Stretch(start, is_part=False)] if found[-1].is_part else found


def _pieces(text: str, stretch: _Stretch) -> list[Piece]:
    """A stretch as a piece; of a part also what is none of it.

    Comments behind a part, parted from it by a blank line, belong to the day and stay.
    """
    body, last = text[stretch.start : stretch.end], max(stretch.last - stretch.start, 0)
    if not stretch.is_part:
        return [_piece(body, is_part=False)] if body else []
    blank = toml_lines.BLANK_LINE.search(body, last)
    middle = len(body) if blank is None else blank.end()
    part, rest = _piece(body[:middle], is_part=True), body[middle:]
    part = part._replace(has_note_behind=len(part.text) > toml_lines.line_end(body, last))
    return [part, _piece(rest, is_part=False)] if rest else [part]


def _piece(body: str, *, is_part: bool) -> Piece:
    end = toml_lines.line_end(body, len(body.rstrip(" \t\r\n")))
    return Piece(body[:end], body[end:], is_part)
