"""Two changed versions of an agenda made into one, part by part.

A part that one side changed is taken from there. Where both changed one, its lines are merged,
and only there can lines stand against one another. What lies between the parts is merged in
the same way. Whoever calls brings what merges lines: `git merge-file`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from facilitate.formats import agenda_advice
from facilitate.formats.agenda_text import SEGMENT, agenda_text, data_of
from facilitate.formats.agenda_toml import look_at_agenda
from facilitate.formats.characters import printable
from facilitate.formats.merge_blocks import threes
from facilitate.formats.merge_versions import (
    END,
    MINUTES,
    Version,
    chosen,
    name_parts,
    put_in,
)
from facilitate.formats.part_matching import Part
from facilitate.formats.problem import Problem
from facilitate.formats.toml_lines import with_other_value
from facilitate.formats.toml_reading import Unreadable

START = "start"
"""Stands for the place before all parts."""


class Lines(NamedTuple):
    """Lines that were merged."""

    text: str
    is_clean: bool
    """False when some stand against one another, between markers."""


MergeLines = Callable[[str, str, str, str], Lines]
"""Base, ours, theirs, and what they are about, for the markers."""


class Merged(NamedTuple):
    """What two versions came to."""

    raw: bytes
    conflicts: tuple[str, ...] = ()
    """What a person is to decide, a sentence each; empty when all went well."""
    said: tuple[str, ...] = ()
    """What else someone should know."""


def merged(base: bytes, ours: bytes, theirs: bytes, merge_lines: MergeLines) -> Merged:
    """One file out of two versions and the one that they came from.

    What is no agenda, or none whose parts can be told apart, is merged line by line.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    try:
        merging = _Merging(Version(base), Version(ours), Version(theirs), merge_lines)
    except ValueError:
        return _line_by_line(base, ours, theirs, merge_lines)
    found = merging.merged()
    return found if found.conflicts else _looked_at(found, ours, theirs)


def _line_by_line(base: bytes, ours: bytes, theirs: bytes, merge_lines: MergeLines) -> Merged:
    texts = [raw.decode("utf-8", "surrogateescape") for raw in (base, ours, theirs)]
    lines = merge_lines(texts[0], texts[1], texts[2], "")
    told = () if lines.is_clean else ("Both changed the same lines.",)
    return Merged(lines.text.encode("utf-8", "surrogateescape"), told)


def _looked_at(found: Merged, ours: bytes, theirs: bytes) -> Merged:
    """What was merged, with the errors in it that neither version had."""
    known = {(one.code, one.message) for raw in (ours, theirs) for one in _errors(raw)}
    new = [one for one in _errors(found.raw) if (one.code, one.message) not in known]
    told = "Together they make a mistake"
    where = ((f" in line {one.line}" if one.line else "", one.message) for one in new)
    return found._replace(conflicts=tuple(f"{told}{line}. {said}" for line, said in where))


def _errors(raw: bytes) -> list[Problem]:
    """The errors of an agenda with which no day can be held."""
    try:
        problems = look_at_agenda(raw, "line").problems()
    except Unreadable as unreadable:
        return [unreadable.problem]
    bearable = agenda_advice.BEARABLE
    return [one for one in problems if one.level == "error" and one.code not in bearable]


class _Chunk(NamedTuple):
    """A part or what lies around parts, as it goes into the merged file."""

    text: str
    """Without its last line end, unless the blank lines behind it are part of it."""
    gap: str
    """Blank lines behind it."""
    minutes: int = 0


class _Merging:
    """Three versions on their way to one."""

    def __init__(
        self, base: Version, ours: Version, theirs: Version, merge_lines: MergeLines
    ) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.versions = (base, ours, theirs)
        self.merge_lines = merge_lines
        self.conflicts: list[str] = []
        self.said: list[str] = []
        self.orders = ""
        """Both orders of the parts between markers, where they do not go together."""
        self.sums = [one.stated for one in self.versions]
        self._align()
        name_parts(base, ours, theirs)

    def _align(self) -> None:
        """Give all the same line ends, and the same stated minutes where they are the sums."""
        ends = [one.line_ends for one in self.versions]
        if len(set(ends)) > 1:
            newline = chosen(*ends) or "\n"
            for one in self.versions:
                one.end_lines_with(newline)
        if None not in self.sums:
            for side in (self.ours, self.theirs):
                side.state(self.sums[0] or 0)
        self.newline = chosen(*(one.text.newline for one in self.versions))

    def merged(self) -> Merged:
        """The file they come to."""
        head = self._head()
        order = self._order()
        parts = {key: self._part(key) for key in order}
        blocks = self._blocks(order)
        chunks = [_Chunk(head, ""), _Chunk(self.orders, self.newline), *blocks[START]]
        for key in order:
            chunks += [parts[key], *blocks[key]]
        chunks += blocks[END]
        if None not in self.sums:
            chunks = self._with_total(chunks, sum(part.minutes for part in parts.values()))
        text = self._joined(chunks)
        if not self.conflicts and not _has_parts(text, len(order)):
            self.conflicts.append("Its parts cannot be told apart any more.")
        mark = chosen(*(one.text.mark for one in self.versions))
        return Merged((mark + text).encode(), tuple(self.conflicts), tuple(self.said))

    def _joined(self, chunks: Sequence[_Chunk]) -> str:
        """The text of the file, which ends as one of the versions does."""
        *there, last = [chunk for chunk in chunks if chunk.text]
        end = chosen(*(one.end for one in self.versions))
        text = "".join(chunk.text + chunk.gap for chunk in there)
        return text + last.text.rstrip("\r\n") + end

    def _with_total(self, chunks: Sequence[_Chunk], total: int) -> list[_Chunk]:
        """The same with the sum of the parts as the stated minutes, wherever they stand."""
        if total not in self.sums[1:]:
            self.said.append(f"The parts add up to {total} minutes now, and the day says so.")
        sound = not self.conflicts
        texts = (with_other_value(one.text, MINUTES, total, sound=sound) for one in chunks)
        return [one._replace(text=text) for one, text in zip(chunks, texts, strict=True)]

    # What lies around the parts

    def _head(self) -> str:
        """What stands before the parts."""
        base, ours, theirs = (one.head for one in self.versions)
        if ours == theirs or base in (ours, theirs):
            return chosen(base, ours, theirs)
        lines = self.merge_lines(base, ours, theirs, "before the parts")
        if not lines.is_clean:
            self.conflicts.append("Both changed what stands before the parts.")
        return lines.text

    def _blocks(self, order: Sequence[str]) -> Mapping[str, list[_Chunk]]:
        """What stands between and behind the parts, by the part that it stands behind."""
        found: dict[str, list[_Chunk]] = {key: [] for key in (START, *order, END)}
        for three in threes(*(one.blocks() for one in self.versions)):
            texts = [None if block is None else block.text for block in three]
            anchors = [None if block is None else block.anchor for block in three]
            base, ours, theirs = texts
            if ours == theirs or base in (ours, theirs):
                text = chosen(base, ours, theirs)
            else:
                text = self._of_two_texts(texts, "between the parts")
            if text is not None:
                anchor = chosen(*anchors) or anchors[1] or anchors[2] or END
                gaps = [None if block is None else block.gap for block in three]
                found[self._there(anchor, order)].append(_Chunk(text, self._gap(gaps)))
        return found

    def _there(self, anchor: str, order: Sequence[str]) -> str:
        """The part that something stands behind, or the last one before that which stays."""
        if anchor == END or anchor in order:
            return anchor
        side = next(one for one in self.versions[::-1] if anchor in one.keys)
        before = side.keys[: side.keys.index(anchor)]
        return next((key for key in reversed(before) if key in order), START)

    def _of_two_texts(self, texts: Sequence[str | None], where: str) -> str:
        lined = [self._lined(text or "") for text in texts]
        lines = self.merge_lines(lined[0], lined[1], lined[2], where)
        if not lines.is_clean:
            self.conflicts.append(f"Both changed what stands {where}.")
        return _without_end(lines.text)

    def _gap(self, gaps: Sequence[str | None]) -> str:
        """The blank lines behind something, where the file does not end there."""
        known = (gap for gap in (chosen(*gaps), *gaps[1:], gaps[0]) if gap is not None)
        return next(known, self.newline * 2)

    def _lined(self, text: str) -> str:
        return text + self.newline if text and not text.endswith("\n") else text

    # The order of the parts

    def _order(self) -> list[str]:
        """The keys of all parts that stay, in their order."""
        kept = {key for one in self.versions for key in one.keys if self._stays(key)}
        common = kept.intersection(*(one.keys for one in self.versions))
        base, ours, theirs = (
            [key for key in one.keys if key in common] for one in self.versions
        )
        if ours == theirs or base in (ours, theirs):
            order = list(chosen(base, ours, theirs))
        else:
            order = self._of_two_orders(base, ours, theirs)
        put_in(order, self.ours.keys, kept)
        put_in(order, self.theirs.keys, kept, behind=set(order) - common)
        return order

    def _stays(self, key: str) -> bool:
        """Whether a part is in the merged day: it went nowhere, or is changed elsewhere."""
        base, ours, theirs = self._texts(key)
        return chosen(base, ours, theirs) is not None or base not in (ours, theirs)

    def _of_two_orders(self, base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
        """The order in which both moved something; ours where they do not go together."""
        lists = ["".join(f"{key}\n" for key in keys) for keys in (base, ours, theirs)]
        lines = self.merge_lines(lists[0], lists[1], lists[2], "")
        together = lines.text.splitlines()
        if lines.is_clean and sorted(together) == sorted(base):
            return together
        self.conflicts.append(
            "The parts were put in two different orders. They stand as in ours, and above them"
            " both orders are named."
        )
        named = [self._numbered(side) for side in (self.ours, self.theirs)]
        self.orders = self.merge_lines("", named[0], named[1], "order of the parts").text
        return list(ours)

    def _numbered(self, side: Version) -> str:
        """The parts of one side as comments, of which none is as on the other side."""
        name = "ours" if side is self.ours else "theirs"
        rows = (f"# {name} {n}. {printable(one.title)}" for n, one in enumerate(side.parts, 1))
        return "".join(f"{row}{self.newline}" for row in rows)

    # The parts

    def _texts(self, key: str) -> tuple[str | None, str | None, str | None]:
        base, ours, theirs = (one.part(key) for one in self.versions)
        return (
            None if base is None else base.text,
            None if ours is None else ours.text,
            None if theirs is None else theirs.text,
        )

    def _part(self, key: str) -> _Chunk:
        base, ours, theirs = self._texts(key)
        gap = self._gap([one.gap(key) for one in self.versions])
        if ours == theirs or base in (ours, theirs):
            side = self.theirs if ours == base else self.ours
            part = side.part(key)
            assert part is not None, "a part that stays is on the side that changed it"
            return _Chunk(part.text, gap, part.minutes or 0)
        return self._of_two(key)._replace(gap=gap)

    def _of_two(self, key: str) -> _Chunk:
        """A part that both sides changed."""
        parts = [one.part(key) for one in self.versions]
        part = parts[1] or parts[2]
        assert part is not None, "one side has it"
        texts = [self._lined(text or "") for text in self._texts(key)]
        lines = self.merge_lines(texts[0], texts[1], texts[2], printable(part.title))
        text = _without_end(lines.text)
        if lines.is_clean:
            return _Chunk(text, "", _minutes(text))
        self.conflicts.append(_why(printable(part.title), parts))
        return _Chunk(text, "", part.minutes or 0)


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _why(title: str, parts: Sequence[Part | None]) -> str:
    base, ours, theirs = parts
    if base is None:
        return f'Both put in "{title}", and not the same.'
    if ours is None or theirs is None:
        return f'One side took out "{title}", the other changed it.'
    return f'Both changed the same lines of "{title}".'


def _minutes(part: str) -> int:
    try:
        found = data_of(part)[SEGMENT][0]["minutes"]
    except (ValueError, LookupError, TypeError):
        return 0
    return found if type(found) is int else 0


def _has_parts(text: str, count: int) -> bool:
    try:
        return len(agenda_text(text.encode()).parts) == count
    except ValueError:
        return False
