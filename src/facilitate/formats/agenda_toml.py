"""Agenda files (format 1): bytes in, an agenda and everything that is wrong with it out.

See docs/agenda-format.md.
"""

from __future__ import annotations

from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.formats import agenda_rules
from facilitate.formats.file_reading import read_file
from facilitate.formats.layout import AGENDA
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import Unreadable

__all__ = ["AgendaReading", "Unreadable", "read_agenda"]


class AgendaReading(NamedTuple):
    """An agenda file as it was read."""

    agenda: Agenda | None
    """None when there is any error."""
    problems: tuple[Problem, ...]
    """In the order of the file; warnings alone leave the agenda usable."""


def read_agenda(raw: bytes, file: str) -> AgendaReading:
    """The agenda in the bytes of a file, and all of its problems at once.

    Args:
        raw: the whole file.
        file: its name as the user gave it, for the problems.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    agenda, problems = read_file(raw, file, AGENDA, agenda_rules.findings)
    return AgendaReading(agenda=agenda, problems=problems)
