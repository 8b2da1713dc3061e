"""Agenda files (format 1): bytes in, an agenda and everything that is wrong with it out.

See docs/agenda-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.formats import agenda_advice, agenda_rules
from facilitate.formats.file_reading import Looked, look_at, read_file
from facilitate.formats.finding import Finding
from facilitate.formats.layout import AGENDA
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import Unreadable

__all__ = ["AgendaReading", "Unreadable", "look_at_agenda", "read_agenda"]


class AgendaReading(NamedTuple):
    """An agenda file as it was read."""

    agenda: Agenda | None
    """None when there is an error with which no day can be held."""
    problems: tuple[Problem, ...]
    """In the order of the file."""


def read_agenda(raw: bytes, file: str) -> AgendaReading:
    """The agenda in the bytes of a file, and all of its problems at once.

    Args:
        raw: the whole file.
        file: its name as the user gave it, for the problems.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    agenda, problems = read_file(raw, file, AGENDA, _findings, agenda_advice.BEARABLE)
    return AgendaReading(agenda=agenda, problems=problems)


def look_at_agenda(raw: bytes, file: str) -> Looked:
    """An agenda file and what is found in it by itself, for who looks at several files.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    return look_at(raw, file, AGENDA, _findings)


def _findings(agenda: Agenda) -> Iterator[Finding]:
    yield from agenda_rules.findings(agenda)
    yield from agenda_advice.findings(agenda)
