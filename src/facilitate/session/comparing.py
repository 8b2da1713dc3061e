"""Two agendas side by side: what differs, in the words of the day."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.agenda_diff import Difference, differences
from facilitate.formats.agenda_toml import Unreadable, look_at_agenda
from facilitate.formats.file_sort import sort_of
from facilitate.session.agenda_files import Unbuildable, problem, read_bytes


class Compared(NamedTuple):
    """What differs between two files."""

    differences: tuple[Difference, ...]
    are_alike: bool
    """Whether they are the same byte for byte; comments and layout may differ otherwise."""


def compare(before: Path, after: Path, names: tuple[str, str]) -> Compared:
    """What is other in the second file.

    Sound or not: of a day whose minutes do not add up it can be said what it says.

    Args:
        before: the one file.
        after: the other one.
        names: what they are called in what is said of them.

    Raises:
        Unbuildable: when one is no agenda, or holds what cannot be read.
    """
    raws = [read_bytes(path, name) for path, name in zip((before, after), names, strict=True)]
    found = differences(_day(raws[0], names[0]), _day(raws[1], names[1]))
    return Compared(found, raws[0] == raws[1])


def _day(raw: bytes, name: str) -> Agenda:
    """What an agenda says; nothing in it may be in doubt, for that could differ as well.

    Raises:
        Unbuildable: when it is none, or some of it is.
    """
    try:
        sort, looked = sort_of(raw, name), look_at_agenda(raw, name)
    except Unreadable as unreadable:
        raise Unbuildable((unreadable.problem,)) from None
    if sort in {"programme", "other"}:
        raise Unbuildable((problem(name, "This is no agenda."),))
    if looked.value is None or looked.doubtful:
        raise Unbuildable(tuple(one for one in looked.problems() if one.level == "error"))
    agenda: Agenda = looked.value
    return agenda
