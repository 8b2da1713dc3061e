"""What files that lie in one folder must agree on: a programme and its agendas.

Each rule looks at one file beside its neighbours and yields findings for that file alone, so
that checking them all tells everything once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from facilitate.formats.cards import Card, Slot
from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path
from facilitate.formats.programme_toml import FILE_NAME
from facilitate.formats.wording import closest


class Folder(NamedTuple):
    """What lies in one folder."""

    cards: tuple[Card, ...]
    """Of its agendas and programmes, the one that is looked at included."""
    names: frozenset[str]
    """Of all of its files."""
    asked: frozenset[str]
    """Names of the files that are checked now; a fault of two files is told in one."""

    def beside(self, own: Card) -> list[Card]:
        """All but one."""
        return [card for card in self.cards if card.file != own.file]

    def programme(self, own: Card) -> Card | None:
        """The programme that an agenda says it belongs to; None when it is not here."""
        said = own.programme
        return next((p for p in _programmes(self.cards) if said and p.id == said), None)

    def agenda(self, name: str | None) -> Card | None:
        """The agenda in the file of that name; None when there is none."""
        found = (card for card in self.cards if card.sort == "agenda")
        return next((card for card in found if card.file == name), None)


def findings(own: Card, folder: Folder) -> Iterator[Finding]:
    """Everything about a file that its neighbours show to be wrong."""
    if own.sort == "programme":
        yield from _agenda_files(own, folder)
        for slot in own.slots:
            agenda = folder.agenda(slot.agenda)
            if agenda is not None and agenda.file not in folder.asked:
                yield from _told_of_programme(own, slot, agenda)
        return
    yield from _same_id(own, folder)
    yield from _carried_from(own, folder)
    yield from _programme(own, folder)
    yield from _order(own, folder)


def _programmes(cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if card.sort == "programme"]


def _warning(at: Path, code: str, message: str, hint: str) -> Finding:
    return Finding(
        at=at, code=code, message=message, hint=hint, level="warning", rests_on=(at,)
    )


def _same_id(own: Card, folder: Folder) -> Iterator[Finding]:
    """No two agendas of one programme or series have one id; copies elsewhere may."""
    key: Literal["programme", "series"] = "programme" if own.programme else "series"
    same = [c for c in _mates(own, folder, key) if c.id == own.id] if getattr(own, key) else []
    if own.id is not None and same:
        message = f'{same[0].file} has the id "{own.id}" too.'
        hint = "Other files point to a sitting by its id."
        yield _warning(("session", "id"), "same-name", message, hint)


# A programme


def _agenda_files(own: Card, folder: Folder) -> Iterator[Finding]:
    """Every agenda that a programme names is there."""
    agendas = [card.file for card in folder.cards if card.sort == "agenda"]
    for slot in own.slots:
        name, path = slot.agenda, (*slot.at, "agenda")
        if name is None or folder.agenda(name) is not None or not FILE_NAME.fullmatch(name):
            continue
        near = closest(name, agendas)
        is_there = name in folder.names
        yield Finding(
            at=path,
            code="unknown-name",
            message=f"{name} cannot be read as an agenda."
            if is_there
            else f"There is no file {name} beside this one.",
            hint=f'Did you mean "{near}"?' if near else "Leave agenda out until there is one.",
            rests_on=(path,),
        )


def _differences(slot: Slot, agenda: Card) -> Iterator[tuple[str, str, str]]:
    """What both say and not alike: its key, in the agenda, and in the programme."""
    for key in ("number", "date", "topic", "part") if slot.is_session else ():
        ours, theirs = getattr(agenda, key), getattr(slot, key)
        if ours is not None and theirs is not None and ours != theirs:
            yield key, _said(ours), _said(theirs)


def _said(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _differing(head: Path, key: str, here: str, there: str, other: str) -> Finding:
    message = f"{key} is {here} here and {there} in {other}."
    return _warning((*head, key), "disagrees", message, "Mend one of the two.")


def _told_of_programme(own: Card, slot: Slot, agenda: Card) -> Iterator[Finding]:
    """The differences, as they are told in the programme's file."""
    for key, ours, theirs in _differences(slot, agenda):
        yield _differing(slot.at, key, theirs, ours, agenda.file)
    if slot.is_session and own.id is not None and agenda.programme != own.id:
        says = f"says {_said(agenda.programme)}" if agenda.programme else "does not say so"
        message = f'{agenda.file} is to belong to "{own.id}", and {says}.'
        hint = f'Write programme = "{own.id}" in it.'
        yield _warning((*slot.at, "agenda"), "disagrees", message, hint)


# An agenda


def _carried_from(own: Card, folder: Folder) -> Iterator[Finding]:
    """The sitting whose lines are brought along is among those beside it, and earlier."""
    path: Path = ("session", "carried_from")
    others = [card for card in folder.beside(own) if card.sort == "agenda"]
    if own.carried_from is None or own.carried_from == own.id or not others:
        return
    found = next((card for card in others if card.id == own.carried_from), None)
    if found is None:
        near = closest(own.carried_from, [card.id for card in others if card.id])
        write = "Write the id that stands below [session] in the file of that sitting."
        # It may have been mailed alone; then its lines are in the archive.
        mates = folder.programme(own) or (own.series and _mates(own, folder, "series"))
        yield Finding(
            at=path,
            code="unknown-name",
            message=f'No agenda beside this one has the id "{own.carried_from}".',
            hint=f'Did you mean "{near}"?' if near else write,
            level="error" if mates else "warning",
            rests_on=(path,),
        )
    elif found.date is not None and own.date is not None and found.date > own.date:
        message = f"{found.file} is later than this sitting: {found.date}."
        yield _warning(path, "date-order", message, "Lines are carried from an earlier one.")


def _programme(own: Card, folder: Folder) -> Iterator[Finding]:
    """An agenda and the programmes beside it agree."""
    programmes = _programmes(folder.cards)
    named = [slot for one in programmes for slot in one.slots if slot.agenda == own.file]
    for one in programmes:
        yield from _named_by(own, one)
    programme = folder.programme(own)
    if programme is not None:
        if not named:
            yield from _place_in(own, programme, folder)
            yield from _topic(own, programme)
        yield from _helpers(own, programme)
    elif own.programme is not None and programmes and not named:
        near = closest(own.programme, [one.id for one in programmes if one.id])
        message = f'No programme beside this file has the id "{own.programme}".'
        hint = f'Did you mean "{near}"?' if near else "Write that of its programme."
        yield _warning(("session", "programme"), "unknown-name", message, hint)


def _named_by(own: Card, programme: Card) -> Iterator[Finding]:
    """What a programme says of this file agrees with it."""
    slots = [slot for slot in programme.slots if slot.agenda == own.file]
    for slot in slots:
        for key, ours, theirs in _differences(slot, own):
            yield _differing(("session",), key, ours, theirs, programme.file)
        if slot.is_session and slot.topic is None:
            yield from _topic(own, programme)
    is_session = any(slot.is_session for slot in slots)
    if is_session and programme.id is not None and own.programme != programme.id:
        said = _said(own.programme) if own.programme else "missing"
        message = f"{programme.file} names this file, and programme is {said} here."
        hint = f'Write programme = "{programme.id}".'
        yield _warning(("session", "programme"), "disagrees", message, hint)
    dates = [slot.date for slot in slots]
    if slots and not is_session and own.date is not None and own.date not in dates:
        there = " and ".join(str(date) for date in dates)
        yield _differing(("session",), "date", str(own.date), there, programme.file)


def _place_in(own: Card, programme: Card, folder: Folder) -> Iterator[Finding]:
    """The number of an agenda that its programme does not name is free there."""
    path, file = ("session", "number"), programme.file
    slot = next((s for s in programme.slots if s.is_session and s.number == own.number), None)
    hint = f"Name this file in {file}, or mend the number."
    if own.number is None:
        return
    if slot is None:
        yield _warning(path, "disagrees", f"{file} has no session {own.number}.", hint)
    elif slot.agenda is not None and folder.agenda(slot.agenda) is not None:
        message = f"{file} has {slot.agenda} as session {own.number}."
        yield _warning(path, "disagrees", message, hint)
    else:
        for key, ours, theirs in _differences(slot, own):
            yield _differing(("session",), key, ours, theirs, file)


def _topic(own: Card, programme: Card) -> Iterator[Finding]:
    """The topic is one of its programme's."""
    keys = programme.topics
    if own.topic is not None and keys is not None and own.topic not in keys:
        near = closest(own.topic, keys)
        message = f'{programme.file} has no topic "{own.topic}".'
        hint = f'Did you mean "{near}"?' if near else f"Write a [[topic]] in {programme.file}."
        yield _warning(("session", "topic"), "unknown-name", message, hint)


def _helpers(own: Card, programme: Card) -> Iterator[Finding]:
    """Whoever the programme's list of preparations names is in the team."""
    if own.prepares or own.roles is None:
        return
    for role in dict.fromkeys(programme.helpers):
        if role not in own.roles:
            message = f'The preparations of {programme.file} name the role "{role}".'
            hint = f'Write {role} = "" below [team], or a [[before]] of its own.'
            told = _warning(("team",), "unknown-name", message, hint)
            yield told._replace(rests_on=(("team",), ("before",)))


def _order(own: Card, folder: Folder) -> Iterator[Finding]:
    """Sittings of one series, or of a programme that is not here, follow one another."""
    if own.series is not None:
        key, place, mates = "part", own.part, _mates(own, folder, "series")
    elif own.programme is not None and folder.programme(own) is None:
        key, place, mates = "number", own.number, _mates(own, folder, "programme")
    else:
        return
    if place is None:
        return
    same = [card for card in mates if getattr(card, key) == place]
    if same:
        message = f"{same[0].file} says {key} = {place} too."
        yield _warning(("session", key), "same-name", message, "Mend one of the two.")
    before = [(getattr(c, key), c.date, c.file) for c in mates if c.date is not None]
    earlier = max((one for one in before if (one[0] or place) < place), default=None)
    if earlier is not None and own.date is not None and own.date < earlier[1]:
        yield _out_of_order(own.date, key, earlier)


def _out_of_order(date: dt.date, key: str, earlier: tuple[int, dt.date, str]) -> Finding:
    path: Path = ("session", "date")
    place, other, file = earlier
    message = f"{date} is before {key} {place} in {file}, which is on {other}."
    return Finding(
        at=path, code="date-order", message=message, hint="Mend one of them.", rests_on=(path,)
    )


def _mates(own: Card, folder: Folder, key: Literal["programme", "series"]) -> list[Card]:
    """The other agendas of the same programme or series."""
    said = getattr(own, key)
    return [c for c in folder.beside(own) if c.sort == "agenda" and getattr(c, key) == said]
