"""Several records of one sitting, made into one: nothing doubled, nothing lost.

Two people may close a sitting without having seen each other's last lines, and a folder that a
sync client carries may hold older revisions beside newer ones. Merging them is a union, and so
it does not matter in which order they are found, or how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from facilitate.core.record import RecordedEntry, SittingRecord

Key = tuple[str, str]
"""What tells a line from others in the records of a sitting: `carried_from`, and `id`."""

_UNITED = frozenset({"last_number", "notes_kept", "taken_back", "entries"})
"""What a merged record has of all its copies; everything else stands as in the newest."""


def merged(copies: Sequence[SittingRecord]) -> SittingRecord:
    """One record out of records of the same sitting, at least one.

    What stands in the highest revision counts. A line that it does not have is taken from the
    one below, unless any of them says that it was taken back. Where records of one revision
    have different words for a line, it stands there in each of them, and so does a line that
    got one number twice; one that left the cohort in any of them left it.
    """
    newest = max(copies, key=_rank)
    gone = frozenset(id_ for copy in copies for id_ in copy.taken_back)
    return replace(
        newest,
        last_number=max(copy.last_number for copy in copies),
        notes_kept=any(copy.notes_kept for copy in copies),
        taken_back=tuple(sorted(gone, key=spoken_order)),
        entries=_entries(copies, gone),
    )


def differ(copies: Sequence[SittingRecord]) -> bool:
    """Whether records of one sitting and one revision tell different things."""
    by_revision: dict[int, SittingRecord] = {}
    return any(by_revision.setdefault(c.revision, c) != c for c in copies)


def _rank(record: SittingRecord) -> tuple[int, str]:
    """Puts the highest revision last; which of several is first plays no part."""
    names = (name for name in record.__dataclass_fields__ if name not in _UNITED)
    return record.revision, "|".join(_told(getattr(record, name)) for name in names)


def _told(value: object) -> str:
    """Everything that a value says, to be compared."""
    if isinstance(value, tuple):
        return f"({','.join(map(_told, value))})"
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is None:
        return repr(value)
    return f"<{','.join(_told(getattr(value, name)) for name in fields)}>"


def _entries(
    copies: Iterable[SittingRecord], gone: frozenset[str]
) -> tuple[RecordedEntry, ...]:
    """The lines by number, each as the highest revision that has it tells it."""
    told: dict[Key, tuple[int, list[RecordedEntry]]] = {}
    for copy in copies:
        for entry in copy.entries:
            if entry.id in gone:
                continue
            key = (entry.carried_from, entry.id)
            revision, same = told.setdefault(key, (copy.revision, []))
            if copy.revision > revision:
                told[key] = (copy.revision, [entry])
            elif copy.revision == revision:
                same.append(entry)
    in_order = sorted(told, key=lambda key: (spoken_order(key[1]), key))
    return tuple(entry for key in in_order for entry in _each_once(told[key][1]))


def _each_once(same: Sequence[RecordedEntry]) -> Sequence[RecordedEntry]:
    """Different tellings of one line. Withdrawn wins, then let go: words stay away."""
    if len(same) == 1:
        return same
    states = {entry.state for entry in same}
    leaving = next((state for state in _LEAVING if state in states), None)
    by_words = {_told(entry): entry for entry in same if leaving in (None, entry.state)}
    return [by_words[words] for words in sorted(by_words)]


_LEAVING = ("withdrawn", "let go")
"""All of `record.LEFT`; of a withdrawn line not even the words are left."""


def spoken_order(name: str) -> tuple[int, str]:
    """Orders what people say of lines by number: `A2` before `T10`."""
    digits = "".join(filter(str.isdecimal, name))
    return (int(digits[:_DIGITS]) if digits.isascii() and digits else 0), name


_DIGITS = 9
"""More of them no number of a line has; a file may hold anything."""
