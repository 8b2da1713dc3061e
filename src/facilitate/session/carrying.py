"""What earlier sittings of a cohort hand on: a query of their records, never a copy of them.

Of a line that several records have the latest tells how it stands; what was let go, withdrawn
or has come to its end is carried no further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from facilitate.session.kept import Kept

if TYPE_CHECKING:  # loaded where a cohort has something to carry; every start comes by here
    from facilitate.core.agenda import Agenda, Carried
    from facilitate.core.captures import EntryState
    from facilitate.core.carrying import CarriedLine, Inherited
    from facilitate.core.record import RecordedEntry, SittingRecord
    from facilitate.core.threads import Thread
    from facilitate.store.places import Places

WRITTEN_OUT = "carried"
"""Stands for the sitting of a line that an agenda brings along without saying from where.

Behind it, or behind the name that the agenda says, stands the cohort: one agenda may bring its
lines to several.
"""


def inherited(
    places: Places, cohort: str, agenda: Agenda, *, sitting: str | None = None
) -> Inherited | None:
    """What the records of a cohort, and an agenda's own `[[carry]]`, hand on to a sitting.

    Kinds are those of the agenda's `carry_over`, where it has one; a line that was promised
    another look comes whatever its kind. `sitting` is the id of the sitting itself: of one
    that is gone on with there may be a record already, and it hands nothing on to itself.
    Records that cannot be read are counted, and their numbers stay taken where they can be
    told. None where there is nothing to hand on, not even a number.
    """
    from facilitate.core.capture_line import clean

    kept, whose = Kept(places), clean(cohort)
    records = [record for record in kept.records(whose) if record.id != sitting]
    remains = [
        one.remains
        for one in kept.unread()
        if one.path.parent.name != sitting and one.remains.cohort in (whose, None)
    ]
    if not records and not remains and not agenda.carried:
        return None
    taken = max((0, *(one.last_number for one in remains)))
    return _handed_on(records, agenda, whose, taken)._replace(unread=len(remains))


# From records to lines


def _handed_on(
    records: Sequence[SittingRecord], agenda: Agenda, cohort: str, taken: int
) -> Inherited:
    """What these records hand on; numbers up to `taken` were given in others."""
    from facilitate.core.carrying import CARRIED_KINDS, Inherited
    from facilitate.core.threads import threads

    numbered = {thread: _number(thread) for thread in threads(records)}
    # Of two lines that got one name at the same moment the first goes on.
    known = {thread: n for thread, n in numbered.items() if n and not thread.key.twin}
    kinds = agenda.carry_over or CARRIED_KINDS
    lines = [
        line
        for line in (_carried(thread, n) for thread, n in known.items() if thread.stands)
        if (line.kind in kinds or line.marks.when) and line.is_carried_on
    ]
    highest = max((taken, *(record.last_number for record in records)))
    lines += _written_out(agenda, cohort, known, highest)
    return Inherited(
        lines=tuple(sorted(lines, key=lambda line: (line.number, line.id))),
        highest=max((highest, *(line.number for line in lines))),
        notes_kept=any(map(_kept_notes, records)),
    )


def _kept_notes(record: SittingRecord) -> bool:
    """Whether its group knew what is kept; before it was asked, it saw lines being kept."""
    return record.notes_kept or any(not entry.carried_from for entry in record.entries)


def _number(thread: Thread) -> int | None:
    """The number in a name such as A12; None in one that does not fit its kind."""
    from facilitate.core.captures import KINDS

    letter = KINDS[thread.latest.entry.kind].letter.upper()
    found = re.fullmatch(rf"{letter}(\d{{1,6}})", thread.key.name, re.ASCII)
    return int(found[1]) if found else None


def _carried(thread: Thread, number: int) -> CarriedLine:
    from facilitate.core.captures import Marks
    from facilitate.core.carrying import CarriedLine

    since, entry = thread.latest
    sittings = (step.sitting for step in thread.steps)
    made = next((one for one in sittings if one.id == thread.key.sitting), None)
    return CarriedLine(
        sitting=thread.key.sitting,
        number=number,
        kind=entry.kind,
        ring=entry.ring,
        state=_state(entry),
        text=entry.text,
        lineage=entry.lineage,
        marks=Marks(tags=entry.tags, facet=entry.facet, owner=entry.owner, when=entry.when),
        origin="carried" if entry.origin == "ours" else entry.origin,
        details=entry.details,
        adopted_round=entry.adopted,
        adopted_on=entry.adopted_on,
        since=since.date,
        topic=made.topic if made else "",
        part=made.part if made else None,
        earlier=_earlier(thread),
    )


def _state(entry: RecordedEntry) -> EntryState:
    """Where a line stands; at its beginning where a later version has a word of its own."""
    from facilitate.core.captures import KINDS, EntryState

    known: tuple[EntryState, ...] = get_args(EntryState)
    return next((one for one in known if one == entry.state), KINDS[entry.kind].first)


def _earlier(thread: Thread) -> tuple[str, ...]:
    """All wordings that it ever had in a record but the one it has now, oldest first."""
    texts = [
        text
        for _, entry in thread.steps
        for text in (*(w.text for w in (*entry.earlier, *entry.also)), entry.text)
    ]
    now = thread.latest.entry.text
    return tuple(text for text in dict.fromkeys(texts) if text not in ("", now))


# From an agenda


def _written_out(
    agenda: Agenda, cohort: str, known: Mapping[Thread, int], highest: int
) -> list[CarriedLine]:
    """The agenda's own carried lines that no record has, neither their name nor their words."""
    entries = [step.entry for thread in known for step in thread.steps]
    names = {(entry.kind, entry.id.casefold()) for entry in entries}
    words = {(entry.kind, entry.text.casefold()) for entry in entries}
    taken, made = set(known.values()), f"{agenda.carried_from or WRITTEN_OUT} ({cohort})"
    lines = []
    for one in agenda.carried:
        named, said = one.id.casefold(), one.text.casefold()
        if (one.kind, named) in names or (one.kind, said) in words:
            continue
        number = _said_number(one, taken) or max((highest, *taken)) + 1
        taken.add(number)
        lines.append(_from_agenda(one, made, number))
    return lines


def _said_number(one: Carried, taken: set[int]) -> int | None:
    """The number that its id is, with a letter or without; None where that is taken, too."""
    found = re.fullmatch(r"[A-Za-z]?(\d{1,4})", one.id, re.ASCII)
    number = int(found[1]) if found else 0
    return None if number in (0, *taken) else number


def _from_agenda(one: Carried, made: str, number: int) -> CarriedLine:
    from facilitate.core.capture_line import clean
    from facilitate.core.captures import KINDS, Marks
    from facilitate.core.carrying import CarriedLine

    return CarriedLine(
        sitting=made,
        number=number,
        kind=one.kind,
        ring="cohort",
        state=KINDS[one.kind].first,
        text=clean(one.text),
        marks=Marks(when=clean(one.due or "")),
    )
