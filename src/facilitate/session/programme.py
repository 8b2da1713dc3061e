"""A programme looked at: its timeline, and its dates for a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean
from facilitate.core.carrying import Inherited
from facilitate.core.programme import Programme
from facilitate.core.programme_view import (
    Coming,
    HeldSitting,
    Timeline,
    next_sitting,
    timeline,
)
from facilitate.core.refusal import Refused
from facilitate.core.threads import threads
from facilitate.session.kept import Kept
from facilitate.session.programme_files import OpenedProgramme, programmes

HandedOn = Callable[[str, Agenda], Inherited | None]
"""What earlier sittings of a cohort hand on to a sitting with an agenda."""


def look(
    opened: OpenedProgramme, kept: Kept, now: dt.datetime, handed_on: HandedOn
) -> Timeline:
    """The dates of a programme as they stand now, in its own zone.

    Args:
        opened: the programme.
        kept: the records of its sittings.
        now: UTC.
        handed_on: is asked for what is carried to the sitting that comes next.
    """
    programme, held = opened.programme, held_sittings(kept, opened.programme)
    today = _today(programme, now)
    cohorts = dict.fromkeys(one.facts.cohort for one in held)
    lines = threads(record for cohort in cohorts for record in kept.records(cohort))
    coming = _coming(opened, held, today, handed_on)
    return timeline(programme, held, lines, today, coming)._replace(
        said=tuple(_said(opened, kept))
    )


def held_sittings(kept: Kept, programme: Programme) -> tuple[HeldSitting, ...]:
    """The sittings of a programme that have a record, the oldest first."""
    return tuple(
        HeldSitting(one.facts, one.lines)
        for one in kept.sittings()
        if one.facts.programme == programme.id
    )


def on_shelf(folders: Iterable[Path], kept: Kept, now: dt.datetime) -> dict[str, str]:
    """What comes next in each programme of some folders, in words, by its path."""
    return {
        str(path): timeline(
            programme, held_sittings(kept, programme), (), _today(programme, now)
        ).stands
        for path, programme in programmes(folders)
    }


def _today(programme: Programme, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(programme.timezone)).date()


def _coming(
    opened: OpenedProgramme, held: tuple[HeldSitting, ...], today: dt.date, handed_on: HandedOn
) -> Coming | None:
    """What is known of the sitting that comes next; None when it has no agenda."""
    sitting = next_sitting(opened.programme, held, today)
    agenda = opened.agendas.get(sitting.agenda or "") if sitting else None
    if agenda is None:
        return None
    cohort = held[-1].facts.cohort if held else agenda.whose
    return Coming(agenda, handed_on(cohort, agenda))


def _said(opened: OpenedProgramme, kept: Kept) -> Iterator[str]:
    """What someone should know of the files, a sentence each."""
    yield from kept.said
    unread = len(kept.unread())
    if unread:
        count = "1 record" if unread == 1 else f"{unread} records"
        yield f"{count} cannot be read; facilitate archive list says more."
    files = sorted({clean(Path(one.file).name) for one in opened.problems})
    if files:
        yield f"{', '.join(files)}: cannot be opened yet; facilitate check says why."


# The calendar


class Calendar(NamedTuple):
    """A programme for a calendar."""

    content: bytes
    is_new: bool
    """Whether it says anything that the file it replaces did not."""


def calendar(opened: OpenedProgramme, before: bytes | None = None) -> Calendar:
    """The dates of a programme in iCalendar.

    Args:
        opened: the programme.
        before: what stands in the file that it is to replace; None when there is none.

    Raises:
        Refused: when what it is needed for is not installed, when an agenda cannot be read
            that has a clock time, and when the file to be replaced is something else.
    """
    if opened.problems:
        raise Refused("\n".join(("Its times cannot be told yet.", *map(str, opened.problems))))
    try:
        from facilitate.formats.export import programme_ics

        known = {} if before is None else programme_ics.earlier(before, opened.programme)
        if known is None:
            raise Refused("There is another file of that name. Choose another name.")
        content = programme_ics.write(opened.programme, opened.agendas, known)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("facilitate"):
            raise
        raise Refused(
            "For a calendar facilitate needs one more part: pip install 'facilitate[export]'"
        ) from None
    return Calendar(content, content != before)
