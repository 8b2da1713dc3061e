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


def merged(copies: Sequence[SittingRecord]) -> SittingRecord:
    """One record out of records of the same sitting, at least one.

    What stands in the highest revision counts. A line that it does not have is taken from the
    one below, unless any of them says that it was taken back. Where records of one revision
    have different words for a line, it stands there in each of them, and so does a line that
    got one number twice.
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
    return record.revision, record_words(record)


def record_words(record: SittingRecord) -> str:
    """Everything that a record says of its sitting but its lines, to be compared."""
    facts = (getattr(record, name) for name in record.__dataclass_fields__ if name != "entries")
    return "|".join(map(_told, facts))


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return f"({','.join(map(_told, value))})"
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is None:
        return repr(value)
    return f"<{','.join(_told(getattr(value, name)) for name in fields)}>"


def _entries(
    copies: Iterable[SittingRecord], gone: frozenset[str]
) -> tuple[RecordedEntry, ...]:
    told: dict[Key, tuple[int, dict[str, RecordedEntry]]] = {}
    for copy in copies:
        for entry in copy.entries:
            key = (entry.carried_from, entry.id)
            revision, known = told.get(key, (0, {}))
            if entry.id in gone or copy.revision < revision:
                continue
            if copy.revision > revision:
                known = {}
                told[key] = (copy.revision, known)
            known[_told(entry)] = entry
    found = (entry for _, known in told.values() for entry in known.values())
    return tuple(sorted(found, key=lambda one: (spoken_order(one.id), _told(one))))


def spoken_order(name: str) -> tuple[int, str]:
    """Orders what people say of lines by number: `A2` before `T10`."""
    digits = "".join(filter(str.isdecimal, name))
    return (int(digits[:_DIGITS]) if digits.isascii() and digits else 0), name


_DIGITS = 9
"""More of them no number of a line has; a file may hold anything."""
