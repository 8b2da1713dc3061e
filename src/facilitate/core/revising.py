"""The revision that comes after a record: with late lines, with an added one, without one.

A record is never simply made anew from the journals: those of others may hold less than it has,
and its own may be gone. So what nobody took back stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from facilitate.core.capture_line import NewLine
from facilitate.core.captures import KINDS
from facilitate.core.entry_events import EntryAdded, EntryLowered
from facilitate.core.merging import Key, spoken_order
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.core.travelling import undone_in


def following(
    before: SittingRecord | None,
    meant: SittingRecord,
    ended: Collection[Key],
    copies: Collection[SittingRecord] = (),
) -> SittingRecord:
    """The record to write in the place of the one before it.

    What that one or a copy says was taken back never comes in again. A line of it that has
    ended since enters `taken_back`. One that was added to it, or of which the history tells
    nothing or no more, stays.

    Args:
        before: what lies on disk; None for nothing.
        meant: what the history says.
        ended: the lines that the history lets travel no more, as `ended_in` has them.
        copies: others of the sitting that lie there; the next revision comes after theirs.

    Raises:
        Refused: when the one before is of another sitting.
    """
    if before is None:
        return meant
    if before.id != meant.id:
        raise Refused(f"The record of another sitting ({before.id}) lies in this one's place.")
    told = {*ended, *map(key_of, meant.entries)}
    stays = [e for e in before.entries if e.added is not None or key_of(e) not in told]
    entries = _by_number((*meant.entries, *stays))
    elsewhere = (name for copy in copies for name in copy.taken_back)
    gone = {*before.taken_back, *elsewhere, *_left_out(before, entries)}
    same = replace(
        meant,
        # A line whose words are gone has left the journal, and its number is still not free.
        last_number=max(before.last_number, meant.last_number),
        revision=before.revision,
        taken_back=in_spoken_order(gone),
        entries=tuple(entry for entry in entries if entry.id not in gone),
    )
    if same == before:
        return before
    last = max(copy.revision for copy in (before, *copies))
    return replace(same, revision=max(last + 1, meant.revision))


def _left_out(before: SittingRecord, entries: Iterable[RecordedEntry]) -> Iterable[str]:
    """The names of lines that were made there and that the next revision has not."""
    still = {entry.id for entry in entries}
    return (e.id for e in before.entries if not e.carried_from and e.id not in still)


def key_of(entry: RecordedEntry) -> Key:
    """What tells a line from the others in the records of its sitting."""
    return entry.carried_from, entry.id


def ended_in(state: SessionState) -> frozenset[Key]:
    """The lines that a sitting made and does not let travel, and those it left as they came.

    They are told by what was done with them: a line of which something cannot be read any
    more has not ended.
    """
    undone, lowered = undone_in(state.history), set[str]()
    keys: set[Key] = set()
    for recorded in state.history:
        event = recorded.event
        if isinstance(event, EntryAdded) and recorded.id in undone:
            keys.add(("", f"{_LETTERS[event.kind]}{event.number}"))
        elif isinstance(event, EntryLowered):
            lowered.add(event.entry)
            if event.ring == "room":  # its kind is gone, and with it the letter
                keys.update(("", f"{letter}{event.number}") for letter in _LETTERS.values())
    for entry in state.entries.values():
        stays_here = entry.ring == "sitting" and entry.id in lowered
        if not (entry.is_shown and entry.touched) or stays_here:
            keys.add((entry.carried_from, entry.name))
    return frozenset(keys)


_LETTERS = {kind: rules.letter.upper() for kind, rules in KINDS.items()}


def with_added(
    record: SittingRecord, line: NewLine, *, number: int, on: dt.date
) -> SittingRecord:
    """The next revision of a record, with a line that was added to it on a day.

    Raises:
        Refused: when a line of that kind stays with its sitting, or belongs with one that the
            record does not have.
    """
    rules = KINDS[line.kind]
    if rules.ring == "sitting":
        raise Refused(
            f"The kind of it is {line.kind}, and such a line stays with its sitting. What is "
            "added to a record is at least for the cohort: begin it with a: for an agreement, "
            "t: for a term, f:, p:, c: or q:."
        )
    entry = RecordedEntry(
        id=f"{rules.letter.upper()}{number}",
        kind=line.kind,
        state=rules.first,
        ring=rules.ring,
        text=line.text,
        lineage=line.lineage,
        tags=line.tags,
        facet=line.facet,
        owner=line.owner,
        when=line.when,
        origin=line.origin,
        belongs_with=_name_of(record, line.belongs_with),
        added=on,
    )
    return replace(
        record,
        entries=_by_number((*record.entries, entry)),
        last_number=max(record.last_number, number),
        revision=record.revision + 1,
    )


def _name_of(record: SittingRecord, number: int | None) -> str:
    if number is None:
        return ""
    names = [entry.id for entry in record.kept if spoken_order(entry.id)[0] == number]
    if not names:
        raise Refused(f"The record of this sitting has no line {number} for it to belong with.")
    return names[0]


def _by_number(entries: Iterable[RecordedEntry]) -> tuple[RecordedEntry, ...]:
    """By number; those that got one number stay in the order in which they come."""
    return tuple(sorted(entries, key=lambda entry: spoken_order(entry.id)[0]))


def in_spoken_order(names: Iterable[str]) -> tuple[str, ...]:
    """What people say of lines, each once, by number."""
    return tuple(sorted(set(names), key=spoken_order))
