"""A programme file and the agendas beside it, as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.programme import Programme
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.problem import Problem
from facilitate.formats.programme_toml import read_programme
from facilitate.formats.toml_reading import Unreadable, is_programme
from facilitate.session.agenda_files import bytes_of, problem


class Unsound(Exception):
    """A programme that cannot be worked with; `problems` say why, with their places."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class OpenedProgramme(NamedTuple):
    """A programme and its agendas."""

    path: Path
    programme: Programme
    agendas: Mapping[str, Agenda]
    """By file name; those that it names and that can be used."""
    files: Mapping[str, bytes]
    """The programme's own file and those of the agendas, by name."""
    problems: tuple[Problem, ...] = ()
    """What keeps other agendas that it names from being used."""

    def __repr__(self) -> str:
        """Which one it is."""
        return f"<OpenedProgramme {self.programme.id}>"


def open_programme(given: str) -> OpenedProgramme:
    """The programme in a file, or the only one in a folder.

    Agendas that cannot be used are left out, and told.

    Args:
        given: its name as the user gave it.

    Raises:
        Unsound: when there is none, or it has errors.
    """
    path = Path(given)
    if path.is_dir():
        path = _only_one(path)
    raw = _bytes(path)
    if not is_programme(raw):
        hint = "Its agenda is opened with facilitate run. A programme has a line [programme]."
        raise Unsound((problem(str(path), "This is no programme.", hint),))
    programme, problems = _programme(raw, path)
    if programme is None:
        raise Unsound(tuple(one for one in problems if one.level == "error"))
    return _with_agendas(path, raw, programme)


def _programme(raw: bytes, path: Path) -> tuple[Programme | None, tuple[Problem, ...]]:
    try:
        reading = read_programme(raw, str(path))
    except Unreadable as unreadable:
        raise Unsound((unreadable.problem,)) from None
    return reading.programme, reading.problems


def _only_one(folder: Path) -> Path:
    found = [path for path, _ in programmes((folder,))]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = "Name its file. facilitate check says what keeps one from being read."
        raise Unsound((problem(str(folder), "There is no programme in this folder.", hint),))
    names = ", ".join(path.name for path in found)
    raise Unsound((problem(str(folder), f"There are several programmes in it: {names}."),))


def programmes(folders: Iterable[Path]) -> Iterator[tuple[Path, Programme]]:
    """The programmes in some folders, by file name, without those that cannot be used."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            raw = _bytes(path)
            programme = _programme(raw, path)[0] if is_programme(raw) else None
        except Unsound:
            continue
        if programme is not None:
            yield path, programme


def _with_agendas(path: Path, raw: bytes, programme: Programme) -> OpenedProgramme:
    named = [one.agenda for one in programme.sessions]
    named += [one.agenda for one in programme.milestones]
    agendas: dict[str, Agenda] = {}
    files, problems = {path.name: raw}, list[Problem]()
    for name in dict.fromkeys(name for name in named if name is not None):
        try:
            agendas[name], files[name] = _agenda(path.with_name(name))
        except Unsound as unsound:
            problems += unsound.problems
    return OpenedProgramme(path, programme, agendas, files, tuple(problems))


def _agenda(path: Path) -> tuple[Agenda, bytes]:
    raw = _bytes(path)
    try:
        reading = read_agenda(raw, str(path))
    except Unreadable as unreadable:
        raise Unsound((unreadable.problem,)) from None
    if reading.agenda is None:
        raise Unsound(tuple(one for one in reading.problems if one.level == "error"))
    return reading.agenda, raw


def _bytes(path: Path) -> bytes:
    try:
        return bytes_of(path, str(path))
    except Unreadable as unreadable:
        raise Unsound((unreadable.problem,)) from None
