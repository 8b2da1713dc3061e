"""What is on the shelf: agendas to open, sittings to go on with, records to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import local
from facilitate.core.order import parts
from facilitate.core.state import SessionState
from facilitate.formats import agenda_toml
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import is_programme
from facilitate.session.finished import is_finished
from facilitate.store.places import Places, shipped_agendas

if TYPE_CHECKING:
    from facilitate.core.programme import Programme
    from facilitate.core.shelf import Home, OnShelf, OnTimeline, PastSitting, Unfinished
    from facilitate.session.kept import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAgenda:
    """An agenda file as it was read."""

    agenda: Agenda | None
    """None when the file has errors."""
    problems: tuple[Problem, ...]


def home(
    places: Places, folders: Iterable[Path], now: dt.datetime, *, with_past: bool = True
) -> Home:
    """What the first screen offers; `folders` are searched for agendas.

    Reading many records may take long: `with_past` says whether they are to be waited for.
    """
    from facilitate.core.shelf import Home
    from facilitate.session.programme_files import programmes

    folders = tuple(folders)
    planned = tuple(programmes(folders))
    of = dict(pair for path, programme in planned for pair in _agendas_of(path, programme))
    return Home(
        unfinished=unfinished(places, now),
        agendas=tuple(
            agenda._replace(programme=of.get(agenda.path, ""))
            for folder in folders
            for agenda in shelf(folder)
        ),
        past=past(places) if with_past else (),
        programmes=tuple(_on_timeline(path, programme, now) for path, programme in planned),
    )


def _agendas_of(path: Path, programme: Programme) -> Iterator[tuple[str, str]]:
    """The path of each agenda that a programme names, with its own."""
    names = [one.agenda for one in programme.sessions]
    names += [one.agenda for one in programme.milestones]
    for name in filter(None, names):
        yield str(path.with_name(name)), str(path)


def _on_timeline(path: Path, programme: Programme, now: dt.datetime) -> OnTimeline:
    """A programme as its file alone tells it; what comes next, the records know."""
    from facilitate.core.capture_line import clean
    from facilitate.core.shelf import OnTimeline

    today = now.astimezone(ZoneInfo(programme.timezone)).date()
    return OnTimeline(
        path=str(path),
        title=clean(programme.short_title or programme.title),
        stands="",
        goes_on=any(one.date >= today for one in programme.sessions),
    )


def agenda_folders() -> tuple[Path, ...]:
    """Where agendas are looked for: the working folder, its agendas/, the shipped ones."""
    here = Path.cwd()
    candidates = (here, here / "agendas", shipped_agendas())
    return tuple(dict.fromkeys(c.resolve() for c in candidates if c.is_dir()))


def shelf(folder: Path) -> tuple[OnShelf, ...]:
    """The agendas in a folder that can be opened, by file name."""
    opened = ((path, open_agenda(path).agenda) for path in sorted(folder.glob("*.toml")))
    return tuple(_on_shelf(path, agenda) for path, agenda in opened if agenda is not None)


def _on_shelf(path: Path, agenda: Agenda) -> OnShelf:
    from facilitate.core.shelf import OnShelf

    title = agenda.subtitle or agenda.title
    return OnShelf(
        path=str(path),
        title=f"{agenda.number}. {title}" if agenda.number else title,
        date=agenda.date,
        minutes=agenda.minutes,
    )


def open_agenda(path: Path) -> OpenedAgenda:
    """Read an agenda file, with the standards of its programme where one lies beside it.

    A file that cannot be read at all gives one problem.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        return OpenedAgenda(agenda=None, problems=(_unreadable(path, error),))
    if is_programme(raw):
        return OpenedAgenda(agenda=None, problems=(_not_one_sitting(path),))
    try:
        reading = agenda_toml.read_agenda(raw, str(path))
    except agenda_toml.Unreadable as unreadable:
        return OpenedAgenda(agenda=None, problems=(unreadable.problem,))
    agenda = reading.agenda
    if agenda is not None:
        agenda = _with_programme(agenda, path.parent)
    return OpenedAgenda(agenda=agenda, problems=reading.problems)


def _unreadable(path: Path, error: OSError) -> Problem:
    missing = isinstance(error, FileNotFoundError)
    return Problem(
        file=str(path),
        line=None,
        code="unreadable",
        message="There is no such file." if missing else "This file cannot be read.",
        hint="Look at the spelling of its name." if missing else (error.strerror or ""),
    )


def _not_one_sitting(path: Path) -> Problem:
    return Problem(
        file=str(path),
        line=None,
        code="programme",
        message="This file is a programme, not the agenda of one sitting.",
        hint="Open one of the agendas that it names.",
    )


def _with_programme(agenda: Agenda, folder: Path) -> Agenda:
    """The agenda with its programme's standard lists; unchanged when none is beside it."""
    if agenda.programme is None:
        return agenda
    from facilitate.formats import programme_toml  # most agendas stand alone

    programme = _programme(agenda.programme, folder)
    return agenda if programme is None else programme_toml.with_standards(agenda, programme)


def _programme(name: str, folder: Path) -> Programme | None:
    """The programme of that id in a folder; None when none of its files is a sound one."""
    from facilitate.formats import programme_toml

    for path in sorted(folder.glob("*.toml")):
        try:
            raw = path.read_bytes()
        except OSError:
            continue
        if is_programme(raw):
            programme = programme_toml.read_programme(raw, str(path)).programme
            if programme is not None and programme.id == name:
                return programme
    return None


def is_last(agenda: Agenda, folders: Iterable[Path]) -> bool:
    """Whether its programme, in the first folder that has it, plans no sitting after it."""
    name, number = agenda.programme, agenda.number
    if name is None or number is None:
        return False
    found = (_programme(name, folder) for folder in folders)
    programme = next(filter(None, found), None)
    return programme is not None and all(s.number <= number for s in programme.sessions)


# Sittings on this machine


def unfinished(
    places: Places, now: dt.datetime, agenda: str | None = None
) -> tuple[Unfinished, ...]:
    """Sittings of this machine that have no record, the latest first.

    One that was only prepared is left out once its day has passed. With `agenda`, only those
    of the agenda of that id.
    """
    found = [
        _unfinished(sitting, state, state.agenda)
        for sitting, state in _open_states(places)
        if state.agenda is not None
        and agenda in {None, state.agenda.id}
        and (state.started_at is not None or state.date == local(state.agenda, now).date())
    ]
    return tuple(sorted(found, key=lambda one: one.last_seen, reverse=True))


def _open_states(places: Places) -> Iterator[tuple[str, SessionState]]:
    """Id and state of every sitting without a record; those beyond reading are left out."""
    for folder in sorted(places.sittings.iterdir()) if places.sittings.is_dir() else ():
        try:
            state = _open_state(places, folder.name)
        except OSError:
            continue
        if state is not None:
            yield folder.name, state


def _open_state(places: Places, sitting: str) -> SessionState | None:
    own = places.own(sitting)
    if is_finished(own):
        return None
    from facilitate.session.history import read_state

    state, _ = read_state([own, places.seen(sitting)])
    return None if state.agenda is None or state.rehearsal else state


def _unfinished(sitting: str, state: SessionState, agenda: Agenda) -> Unfinished:
    from facilitate.core.shelf import Unfinished

    last_ms, _ = parts(state.history[-1].stamp)
    return Unfinished(
        sitting=sitting,
        title=agenda.subtitle or agenda.title,
        part=state.segment.title if state.segment else "",
        last_seen=local(agenda, dt.datetime.fromtimestamp(last_ms / 1000, dt.UTC)),
        closed=state.closed_at is not None,
    )


def past(places: Places, kept: Kept | None = None) -> tuple[PastSitting, ...]:
    """Sittings with a record, the latest first; records that cannot be read are left out.

    `kept` is for who has looked at them already.
    """
    from facilitate.core.shelf import PastSitting
    from facilitate.session.kept import Kept

    return tuple(
        PastSitting(
            folder=one.folder,
            title=one.title,
            date=dt.date.fromisoformat(one.date),
            lines=one.lines,
            sitting=one.id,
        )
        for one in reversed((kept or Kept(places)).titles())
    )


def first_free_number(places: Places, cohort: str, recorded: int | None = None) -> int:
    """The number after all that the cohort's lines ever had on this machine; from 1.

    `recorded` is the highest in its records, for who has read them already.
    """
    if recorded is None:
        from facilitate.core.capture_line import clean
        from facilitate.session.kept import Kept

        recorded = Kept(places).last_number(clean(cohort))
    running = [s.next_number - 1 for _, s in _open_states(places) if s.cohort == cohort]
    return max([recorded, *running]) + 1
