"""One version of an agenda that is to be merged: its parts, and what lies around them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeVar

from facilitate.formats import toml_lines
from facilitate.formats.agenda_text import agenda_text, data_of
from facilitate.formats.part_matching import Part, matches, parts_of

T = TypeVar("T")

MINUTES = ("session", "minutes")


def chosen(base: T, ours: T, theirs: T) -> T:
    """What one side changed; of two changes, ours."""
    return theirs if ours == base else ours


END = "end"
"""The anchor of what stands behind all parts, whichever is the last."""


class Stretch(NamedTuple):
    """Lines that belong together."""

    text: str
    """Without their last line end."""
    gap: str | None
    """Blank lines behind them; None where the file ends there."""


class Block(NamedTuple):
    """A stretch between or behind the parts, which stays where it is when they move."""

    text: str
    gap: str | None
    anchor: str
    """The key of the part that it stands behind, or `END`."""


class Version:
    """An agenda in parts."""

    def __init__(self, raw: bytes) -> None:
        """Read it.

        Raises:
            ValueError: when it is not TOML, or its parts do not stand each below a header.
        """
        self.text = agenda_text(raw)
        self.keys: list[str] = []
        """What its parts are called in all versions, in order."""
        self._read()

    def _read(self) -> None:
        self.parts: list[Part] = parts_of(self.text)
        if not self.parts:
            raise ValueError("without parts")
        self.head = ""
        """What stands before the parts, with the blank lines behind it."""
        self.gaps: list[str | None] = []
        """Blank lines behind each part; None where the file ends there."""
        self.behind: list[list[Stretch]] = []
        """What stands behind each part and is none of it."""
        *_, last = self.text.pieces
        for piece in self.text.pieces:
            gap = None if piece is last else piece.gap
            if piece.is_part:
                self.gaps.append(gap)
                self.behind.append([])
            elif not self.behind:
                self.head += piece.text + piece.gap
            else:
                self.behind[-1] += _stretches(piece.text, gap)
        self.end = last.gap
        """What stands behind the last line that is not blank."""

    @property
    def line_ends(self) -> str:
        """How its lines end; empty when some end in another way than others."""
        text = self.text.text
        crlf = text.count("\r\n")
        return {0: "\n", text.count("\n"): "\r\n"}.get(crlf, "")

    @property
    def stated(self) -> int | None:
        """The stated minutes, where they are the sum of the parts; else None."""
        lengths = [part.minutes for part in self.parts]
        total = sum(one for one in lengths if one is not None)
        said = data_of(self.text.text).get("session", {})
        stated = said.get("minutes") if isinstance(said, dict) else None
        return total if None not in lengths and stated == total else None

    def end_lines_with(self, newline: str) -> None:
        """Give it other line ends."""
        text = self.text.text.replace("\r\n", "\n").replace("\n", newline)
        self._put(text)

    def state(self, minutes: int) -> None:
        """Give it other stated minutes, where they stand on a line of their own."""
        text = toml_lines.with_other_value(self.text.text, MINUTES, minutes)
        self._put(text)

    def _put(self, text: str) -> None:
        self.text = agenda_text((self.text.mark + text).encode())
        self._read()

    def part(self, key: str) -> Part | None:
        """The part of that name; None when it has none."""
        return self.parts[self.keys.index(key)] if key in self.keys else None

    def gap(self, key: str) -> str | None:
        """The blank lines behind a part; None where that is not known."""
        return self.gaps[self.keys.index(key)] if key in self.keys else None

    def blocks(self) -> list[Block]:
        """What stands between and behind the parts, in order."""
        found = []
        for key, stretches in zip(self.keys, self.behind, strict=True):
            anchor = END if key == self.keys[-1] else key
            found += [Block(one.text, one.gap, anchor) for one in stretches]
        return found


def _stretches(text: str, gap: str | None) -> list[Stretch]:
    """A stretch of the file; comments alone are cut at the blank lines between them."""
    if any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n")):
        return [Stretch(text, gap)]
    found, start = [], 0
    for blank in toml_lines.BLANK_LINE.finditer(text):
        found.append(Stretch(text[start : blank.start()], blank[0]))
        start = blank.end()
    return [*found, Stretch(text[start:], gap)]


def name_parts(base: Version, ours: Version, theirs: Version) -> None:
    """Give the same part the same key in all three versions."""
    base.keys = [f"base {n}" for n in range(len(base.parts))]
    for name, side in (("ours", ours), ("theirs", theirs)):
        known = matches(base.parts, side.parts)
        places = range(len(side.parts))
        side.keys = [f"base {known[n]}" if n in known else f"{name} {n}" for n in places]
    for place, key in enumerate(theirs.keys):
        added = (n for n, other in enumerate(ours.keys) if other.startswith("ours "))
        if key.startswith("theirs "):
            twins = (n for n in added if _both_added(ours, n, theirs, place))
            twin = next(twins, None)
            theirs.keys[place] = key if twin is None else ours.keys[twin]


def _both_added(ours: Version, place: int, theirs: Version, other: int) -> bool:
    """Whether both sides put in one and the same part: one id, or one title in one place."""
    mine, yours = ours.parts[place], theirs.parts[other]
    if ours.keys[place] in theirs.keys:
        return False
    if mine.has_id and yours.has_id:
        return mine.id == yours.id
    return mine.title == yours.title and _before(ours.keys, place) == _before(
        theirs.keys, other
    )


def _before(keys: Sequence[str], place: int) -> str:
    """The key of the part that one was put behind, of those that were there before."""
    known = (key for key in reversed(keys[:place]) if key.startswith("base "))
    return next(known, "")


def put_in(
    order: list[str], keys: Sequence[str], kept: Collection[str], behind: Collection[str] = ()
) -> None:
    """Put the parts of one version that are not in an order yet behind those they followed.

    They come after parts of `behind`, which others put there before.
    """
    for place, key in enumerate(keys):
        if key not in kept or key in order:
            continue
        followed = next((one for one in reversed(keys[:place]) if one in order), None)
        at = 0 if followed is None else order.index(followed) + 1
        while order[at : at + 1] and order[at] in behind:
            at += 1
        order.insert(at, key)
