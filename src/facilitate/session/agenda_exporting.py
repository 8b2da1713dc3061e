"""Handing on an agenda: as a page, a table, or a date for a calendar.

It holds what a team planned. What a group made goes out by `exporting` alone, which keeps a
list of it; so the lines that an agenda carries along are in none of these.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Literal, NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.refusal import Refused
from facilitate.formats.export.agenda_fields import Audience

AgendaForm = Literal["md", "docx", "csv", "ics"]
"""What an agenda can be written as."""

WRITERS: Mapping[AgendaForm, str] = {
    "md": "agenda_markdown",
    "docx": "agenda_docx",
    "csv": "agenda_csv",
    "ics": "agenda_ics",
}
"""What writes each form: a module of `formats.export`, imported when it is used."""

NEED_MORE: Mapping[AgendaForm, str] = {"docx": "a Word document", "ics": "a calendar"}
"""Forms that need the extra `export`, and what they are."""


class AgendaExport(NamedTuple):
    """An agenda as it can be handed on."""

    content: bytes
    name: str
    """What its file is called unless someone says otherwise."""
    left_out: tuple[str, ...]
    """What of the agenda is not in it, in words; empty when all is."""


def exported(agenda: Agenda, form: AgendaForm, audience: Audience) -> AgendaExport:
    """An agenda in a form, for its team or for those who take part.

    Raises:
        Refused: when the form needs a date that the agenda has not, or a part of the program
            that is not installed.
    """
    try:
        writer = importlib.import_module(f"facilitate.formats.export.{WRITERS[form]}")
        content: bytes = writer.write(agenda, audience)
    except ModuleNotFoundError as error:
        if form not in NEED_MORE or (error.name or "").startswith("facilitate"):
            raise
        raise Refused(
            f"For {NEED_MORE[form]} facilitate needs one more part:"
            " pip install 'facilitate[export]'"
        ) from None
    left_out: tuple[str, ...] = writer.untold(agenda, audience)
    return AgendaExport(content, _file_name(agenda, form, audience), left_out)


def _file_name(agenda: Agenda, form: AgendaForm, audience: Audience) -> str:
    """`spring-day-2027-04-13-participants.docx`; a calendar is the same for everyone."""
    date = agenda.date.isoformat() if agenda.date else ""
    dated = () if date in agenda.id else (date,)
    words = (agenda.id, *dated, *(() if form == "ics" else (audience,)))
    return f"{'-'.join(words)}.{form}"
