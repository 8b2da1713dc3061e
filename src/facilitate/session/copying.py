"""A new agenda for the next time: what it is made of, found and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.programme import Programme
from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.sharing import Shared
from facilitate.formats import agenda_new, agenda_of_record
from facilitate.formats.agenda_new import NewAgenda, Plan, Wish
from facilitate.formats.agenda_text import AgendaText, agenda_text
from facilitate.formats.agenda_toml import look_at_agenda
from facilitate.formats.cards import Card, card_of
from facilitate.formats.characters import printable
from facilitate.formats.file_sort import sort_of
from facilitate.formats.layout import AGENDA
from facilitate.formats.programme_toml import read_programme
from facilitate.formats.record_toml import read_record
from facilitate.formats.slugs import LONGEST, SLUG
from facilitate.formats.toml_reading import LONGEST as LONGEST_AGENDA
from facilitate.formats.toml_reading import Unreadable, read_toml
from facilitate.store.places import shipped_agendas
from facilitate.store.records import RECORD

TEMPLATE = "template-day.toml"

MOST_BYTES = 20 << 20
"""A file with more than this is not read to its end; no record comes near it."""


class Asked(NamedTuple):
    """What someone asks for, and where it is to stand."""

    folder: Path
    """What lies there decides which ids are free."""
    date: dt.date | None = None
    title: str = ""
    """Empty keeps the one there is."""
    cohort: str = ""
    """Whose it is to be; empty for the same group as before."""


class FoundAgenda(NamedTuple):
    """An earlier agenda to start from."""

    path: Path
    text: AgendaText
    agenda: Agenda


# What to start from


def read_source(path: Path) -> FoundAgenda | SittingRecord:
    """The agenda or the record in a file, or the record in a folder.

    Raises:
        Refused: when there is neither, or it cannot be read.
    """
    raw = _bytes(path / RECORD if path.is_dir() else path)
    name = printable(path.name)
    reading = read_record(raw, name)
    if reading.record is not None:
        return reading.record
    if path.is_dir() or path.name == RECORD:
        raise Refused("\n".join(str(p) for p in reading.problems if p.level == "error"))
    return _agenda(path, raw)


def _bytes(path: Path) -> bytes:
    shown = printable(str(path))
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES)  # an endless file ends here
    except FileNotFoundError:
        raise Refused(f"There is no file {shown}.") from None
    except OSError as error:
        raise Refused(f"{shown} cannot be read ({error.strerror}).") from None


def _agenda(path: Path, raw: bytes) -> FoundAgenda:
    """The agenda in the bytes of a file; it may have faults, as long as it is TOML.

    Raises:
        Refused: when it is none, or none that can be copied.
    """
    name = printable(str(path))
    try:
        sort, looked = sort_of(raw, name), look_at_agenda(raw, name)
    except Unreadable as unreadable:
        raise Refused(str(unreadable.problem)) from None
    if sort == "programme":
        raise Refused(f"{name} is a programme. Take one of the agendas that it names.")
    if looked.document.findings or looked.value is None or sort != "agenda":
        told = [str(one) for one in looked.problems() if one.level == "error"]
        raise Refused("\n".join([f"{name} is no agenda that can be copied.", *told]))
    return FoundAgenda(path, agenda_text(raw), looked.value)


def agenda_of(record: SittingRecord, folders: Iterable[Path]) -> FoundAgenda | None:
    """The agenda that a sitting was held from, in the first folder that has it still."""
    wanted = agenda_of_record.agenda_id(record)
    for folder in folders:
        for path in _toml_files(folder):
            card = _card(path)
            if wanted and card is not None and card.sort == "agenda" and card.id == wanted:
                try:
                    return _agenda(path, _bytes(path))
                except Refused:
                    continue
    return None


# Making it


def new_from_template(asked: Asked) -> NewAgenda:
    """A new agenda out of the one that comes with the program, comments and all.

    Raises:
        Refused: when what is asked for cannot be.
    """
    raw = _bytes(shipped_agendas() / TEMPLATE)
    return agenda_new.from_template(raw, _wish(asked, _cards(asked.folder)))


def new_from_agenda(found: FoundAgenda, asked: Asked) -> NewAgenda:
    """A new agenda out of an earlier one.

    Raises:
        Refused: when what is asked for cannot be, or the file is laid out in a way in which
            it cannot be changed.
    """
    agenda, cards = found.agenda, _cards(asked.folder)
    from_there = agenda.carried_from is not None
    return agenda_new.from_agenda(
        found.text,
        agenda,
        _wish(asked, cards),
        plan=_plan(found.path.parent, agenda.programme, agenda.number),
        carried_from=_carried_from(cards, agenda.programme, agenda.id) if from_there else None,
    )


def new_from_record(
    record: SittingRecord, asked: Asked, found: FoundAgenda | None
) -> NewAgenda:
    """A new agenda out of a closed sitting, and of the agenda it was held from if `found`.

    What it was made of is said first.

    Raises:
        Refused: as for agendas.
    """
    cards = _cards(asked.folder)
    wish = _wish(asked, cards)
    if not record.segments:
        raise Refused("The record of that sitting has no parts that could be copied.")
    held_from = found.agenda.id if found is not None else agenda_of_record.agenda_id(record)
    carried = _carried_from(cards, record.programme, record.id, held_from)
    if found is None:
        plan = _plan(asked.folder, record.programme, record.number)
        return agenda_new.from_record(record, wish, plan=plan, carried_from=carried)
    agenda = found.agenda
    new = agenda_new.from_agenda(
        found.text,
        agenda,
        wish,
        group=record.cohort,
        plan=_plan(found.path.parent, agenda.programme, agenda.number),
        carried_from=carried,
    )
    told = f"Its parts are those of {printable(str(found.path))}, with what became of each."
    return agenda_new.with_lengths(new, record)._replace(said=(told, *new.said))


def with_carried(new: NewAgenda, tables: bytes, found: Shared) -> NewAgenda:
    """The same with the lines that its group carries on, and with what stays behind said."""
    more = agenda_new.with_carried(new, tables, len(found.lines))
    return more._replace(said=(*more.said, *found.behind))


def _wish(asked: Asked, cards: Iterable[Card]) -> Wish:
    cohort = asked.cohort
    if cohort and not (SLUG.fullmatch(cohort) and len(cohort) <= LONGEST):
        raise Refused(
            f'"{printable(cohort)}" is not a short name: small letters a to z, digits and'
            " hyphens, such as north-2027."
        )
    taken = {card.id for card in cards if card.id is not None}
    return Wish(asked.date, asked.title, cohort, frozenset(taken))


# What lies beside it


def _toml_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob("*.toml") if path.is_file())
    except OSError:
        return []


def _cards(folder: Path) -> list[Card]:
    """What the agendas and programmes in a folder say of themselves."""
    return [card for card in map(_card, _toml_files(folder)) if card is not None]


def _card(path: Path) -> Card | None:
    try:
        with path.open("rb") as opened:
            raw = opened.read(LONGEST_AGENDA + 1)
        match sort_of(raw, path.name):
            case "agenda" | "programme" as sort:
                return card_of(path.name, sort, read_toml(raw, path.name, AGENDA.lists))
            case _:
                return None
    except (OSError, Unreadable):
        return None


def _plan(folder: Path, programme: str | None, number: int | None) -> Plan | None:
    """What a programme in a folder plans after a number; None when it is not there."""
    for file, one in _programmes(folder) if programme and number else ():
        if one.id == programme:
            after = (s for s in one.sessions if s.number == (number or 0) + 1)
            return Plan(file, next(after, None))
    return None


def _programmes(folder: Path) -> Iterator[tuple[str, Programme]]:
    for path in _toml_files(folder):
        card = _card(path)
        if card is not None and card.sort == "programme":
            programme = read_programme(_bytes(path), path.name).programme
            if programme is not None:
                yield printable(path.name), programme


def _carried_from(cards: list[Card], programme: str | None, *ids: str) -> str | None:
    """Which of some names for one sitting can stand in an agenda there; None when none can.

    An agenda beside it is named by its own id. Where a programme lies beside, its agendas are
    all there, and no other can be named.
    """
    beside = [one.id for one in cards if one.sort == "agenda"]
    there = next((name for name in ids if name in beside), None)
    complete = any(one.sort == "programme" and one.id == programme for one in cards)
    return there if there is not None or complete else ids[0]
