"""Checking agendas and programmes: files and whole folders, each beside its neighbours."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from facilitate.formats import neighbour_rules
from facilitate.formats.agenda_fixing import FIXABLE, fixed
from facilitate.formats.agenda_toml import look_at_agenda
from facilitate.formats.cards import Card, Sort, card_of
from facilitate.formats.characters import settled
from facilitate.formats.file_reading import Looked
from facilitate.formats.file_sort import sort_of
from facilitate.formats.finding import Finding
from facilitate.formats.layout import AGENDA
from facilitate.formats.neighbour_rules import Folder
from facilitate.formats.problem import Problem
from facilitate.formats.programme_toml import PROGRAMME, look_at_programme
from facilitate.formats.toml_reading import Unreadable, read_toml
from facilitate.session.agenda_files import bytes_of, problem
from facilitate.store.files import rewrite_file

_LOOK_AT: Mapping[Sort, Callable[[bytes, str], Looked]] = {
    "agenda": look_at_agenda,
    "programme": look_at_programme,
}
_SHOWN = re.compile(r"[^.].*\.toml", re.IGNORECASE | re.DOTALL)
_LISTS = {"agenda": AGENDA.lists, "programme": PROGRAMME.lists}


class Asked(NamedTuple):
    """A file that is to be looked at."""

    path: Path
    name: str
    """As the user gave it, or as it was found; fit to be encoded."""
    is_named: bool
    """Whether it was named itself, and not only a folder around it."""


class Checked(NamedTuple):
    """A file, or a folder that holds none, and what is to be mended in it."""

    name: str
    problems: tuple[Problem, ...] = ()
    """In the order of the file."""
    is_readable: bool = True
    is_passed_over: bool = False
    """Whether it was found in a folder and is neither an agenda nor a programme."""
    is_fixable: bool = False
    """Whether some of it can be mended without asking what was meant."""


class Mending(NamedTuple):
    """What is safe to mend in one file."""

    path: Path
    name: str
    before: bytes
    after: bytes


class Changed(Exception):
    """A file was changed by someone else meanwhile; nothing was written."""


class _Ours(NamedTuple):
    """An agenda or a programme that is checked."""

    asked: Asked
    raw: bytes
    sort: Sort
    looked: Looked


# What there is to do


def check_files(names: Sequence[str]) -> tuple[Checked, ...]:
    """Everything there is to mend in files and folders, each file once, in their order.

    In a folder and in those below it, files that end in .toml are looked at; hidden ones are
    not. A file is checked beside all that lies in its folder, whether that was asked for or
    not, and what is wrong between two files is told in one of them.
    """
    found = [_read(one) if isinstance(one, Asked) else one for one in _asked(names)]
    folders = _Folders(one for one in found if isinstance(one, _Ours))
    told = [_checked(one, folders) if isinstance(one, _Ours) else one for one in found]
    if all(one.is_passed_over for one in told):
        told.append(_unread(_no_agenda(names[0])))
    return tuple(told)


def safe_mendings(names: Sequence[str]) -> tuple[Mending, ...]:
    """What can be mended in files and folders without asking what was meant."""
    asked = (one for one in _asked(names) if isinstance(one, Asked))
    ours = (one for one in map(_read, asked) if isinstance(one, _Ours))
    found = (
        Mending(one.asked.path, one.asked.name, one.raw, fixed(one.raw, one.asked.name))
        for one in ours
    )
    return tuple(one for one in found if one.after != one.before)


def mend(mending: Mending) -> None:
    """Write one mended file; its owner and permissions stay.

    Raises:
        Changed: when it is no longer what it was.
        OSError: when it cannot be read or written.
    """
    if mending.path.read_bytes() != mending.before:
        raise Changed
    rewrite_file(mending.path, mending.after)


# Which files


def _asked(names: Iterable[str]) -> Iterator[Asked | Checked]:
    """What is to be looked at, and folders in which there is nothing."""
    seen: set[str] = set()
    for name in names:
        for one in _within(name) if Path(name).is_dir() else (_named(name),):
            known = os.path.realpath(one.path) if isinstance(one, Asked) else one.name
            if known not in seen:
                seen.add(known)
                yield one


def _named(name: str) -> Asked:
    return Asked(Path(name), _fit(name), is_named=True)


def _within(folder: str) -> Iterator[Asked | Checked]:
    """The files in a folder and in those below it, by name."""
    closed: list[OSError] = []
    found: list[Path] = []
    for inside, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += _toml_files(Path(inside), names)
    for error in closed:
        said = error.strerror or "no reason was given"
        message = f"This folder cannot be read: {said}."
        yield _unread(Unreadable(problem(_fit(str(error.filename)), message)))
    for path in found:
        yield Asked(path, _fit(str(path)), is_named=False)
    if not found and not closed:
        yield _unread(_no_agenda(folder))


def _no_agenda(folder: str) -> Unreadable:
    message = "There is no agenda in this folder."
    return Unreadable(problem(_fit(folder), message, "Their names end in .toml."))


def _toml_files(folder: Path, names: Iterable[str]) -> list[Path]:
    """The files that may be agendas, by name; a pipe is none, and would never end."""
    shown = sorted(name for name in names if _SHOWN.fullmatch(name))
    return [path for path in (folder / name for name in shown) if path.is_file()]


def _fit(name: str) -> str:
    """A file name that can be encoded; what it could not be is shown as a question mark."""
    return os.fsencode(name).decode("utf-8", "replace")


# Reading them


def _read(asked: Asked) -> _Ours | Checked:
    try:
        raw = bytes_of(asked.path, asked.name)
        sort = sort_of(raw, asked.name)
        if sort == "unclear" and asked.is_named:
            sort = "agenda"
        match sort:
            case "agenda" | "programme":
                return _Ours(asked, raw, sort, _LOOK_AT[sort](raw, asked.name))
            case _:
                return _neither(asked)
    except Unreadable as unreadable:
        return _unread(unreadable)


def _unread(unreadable: Unreadable) -> Checked:
    problem = unreadable.problem
    return Checked(problem.file, (problem,), is_readable=False)


def _neither(asked: Asked) -> Checked:
    if not asked.is_named:
        return Checked(asked.name, is_passed_over=True)
    problem = Problem(
        file=asked.name,
        line=None,
        code="other-file",
        message="This is neither an agenda nor a programme.",
        hint="An agenda has a line [session], and [[segment]] for each part; a programme has a"
        " line [programme].",
    )
    return Checked(asked.name, (problem,))


def _checked(one: _Ours, folders: _Folders) -> Checked:
    name = one.asked.name
    problems = one.looked.problems(folders.findings(one))
    may_be = any(problem.code in FIXABLE for problem in problems)
    return Checked(name, problems, is_fixable=may_be and fixed(one.raw, name) != one.raw)


# What lies beside them


class _Folders:
    """The folders of the files that are checked, each looked into once."""

    def __init__(self, ours: Iterable[_Ours]) -> None:
        self._folders: dict[Path, Folder] = {}
        self._ours: dict[Path, dict[str, _Ours]] = {}
        for one in ours:
            path = one.asked.path
            self._ours.setdefault(path.parent.resolve(), {})[_file_name(path)] = one

    def findings(self, one: _Ours) -> Iterator[Finding]:
        """What the neighbours of a file show to be wrong with it."""
        name, parent = _file_name(one.asked.path), one.asked.path.parent.resolve()
        if parent not in self._folders:
            self._folders[parent] = self._folder(parent)
        folder = self._folders[parent]
        own = next(card for card in folder.cards if card.file == name)
        return neighbour_rules.findings(own, folder)

    def _folder(self, folder: Path) -> Folder:
        ours = self._ours[folder]
        cards = [card_of(name, one.sort, one.looked.document) for name, one in ours.items()]
        names = _names(folder)
        for path in _toml_files(folder, names):
            card = None if _file_name(path) in ours else _neighbour(path)
            cards += [] if card is None else [card]
        return Folder(
            cards=tuple(sorted(cards, key=lambda card: card.file)),
            names=frozenset(settled(_fit(name)) for name in names),
            asked=frozenset(ours),
        )


def _file_name(path: Path) -> str:
    """The name by which other files point to it."""
    return settled(_fit(path.name))


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _neighbour(path: Path) -> Card | None:
    """What a file beside those that are checked says; None when it is none of ours."""
    name = _file_name(path)
    try:
        raw = bytes_of(path, name)
        match sort_of(raw, name):
            case "agenda" | "programme" as sort:
                return card_of(name, sort, read_toml(raw, name, _LISTS[sort]))
            case _:
                return None
    except Unreadable:
        return None
