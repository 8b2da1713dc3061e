"""A new cohort from the files of an old programme: planned, shown, and only then written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from facilitate.core.new_cohort import HandedOn, as_offered, may_be_offered, moved, new_ids
from facilitate.core.programme import Programme
from facilitate.core.refusal import Refused
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats import new_cohort_text as texts
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.free_days import LONGEST, FreeDays, read_free_days
from facilitate.formats.programme_toml import read_programme
from facilitate.formats.still_named import names_of, still_named
from facilitate.session.kept import Kept
from facilitate.session.programme_files import OpenedProgramme, Unsound
from facilitate.store.new_folder import is_free, write_new_folder

YEARS_AROUND = 3
"""Free days are asked for so many years before and after the dates of a programme."""


class NewCohort(NamedTuple):
    """Everything that is to be written for a new cohort."""

    programme: Programme
    files: Mapping[str, bytes]
    """By name; those of the old programme, and no others."""
    offered_in: str = ""
    """The file that has what the earlier group handed on; empty when none has."""

    def __repr__(self) -> str:
        """Which one it is, without anyone's words."""
        return f"<NewCohort {self.programme.id}>"


class Look(NamedTuple):
    """A line of a new file that names a year of the old programme, or someone of its team."""

    file: str
    line: int
    text: str


# What there is to begin from


def refuse_unready(opened: OpenedProgramme) -> None:
    """Do nothing when all agendas that a programme names can be used.

    Raises:
        Unsound: when one cannot; it would be missing in the new programme.
    """
    if opened.problems:
        raise Unsound(opened.problems)


def free_days(
    names: Iterable[str], opened: OpenedProgramme, starts: dt.date
) -> tuple[frozenset[dt.date], int]:
    """The days that files say are to be kept free, and how many entries are none.

    Raises:
        Refused: when one cannot be read.
    """
    first, last = _around(opened.programme, starts)
    found = [_free_days(name, first, last) for name in names]
    days = frozenset(day for one in found for day in one.days)
    return days, sum(one.passed_over for one in found)


def _around(programme: Programme, starts: dt.date) -> tuple[dt.date, dt.date]:
    span = max(programme.ends - programme.starts, dt.timedelta())
    years = dt.timedelta(days=366 * YEARS_AROUND)
    return starts - years, starts + span + years


def _free_days(name: str, first: dt.date, last: dt.date) -> FreeDays:
    try:
        with Path(name).open("rb") as opened:
            raw = opened.read(LONGEST + 1)
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror}).") from None
    try:
        return read_free_days(raw, name, first, last)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("facilitate"):
            raise
        raise Refused(
            f"To read {name} facilitate needs one more part: pip install 'facilitate[export]'"
        ) from None


def latest_sittings(kept: Kept, programme: Programme) -> tuple[str, ...]:
    """Ids of the latest sitting of each cohort that met in a programme."""
    of_it = {s.facts.cohort for s in kept.sittings() if s.facts.programme == programme.id}
    latest = {s.facts.cohort: s.facts.id for s in kept.sittings() if s.facts.cohort in of_it}
    return tuple(latest.values())


def only_offered(found: Shared) -> Shared:
    """What may travel to the team, without what is nothing to begin with."""
    lines = tuple(line for line in found.lines if may_be_offered(_handed_on(line)))
    return found._replace(lines=lines, keys=tuple(line.key for line in lines))


def handed_on(lines: Iterable[SharedLine]) -> tuple[HandedOn, ...]:
    """Lines as they are offered to a new cohort; the same words once."""
    found = map(_handed_on, lines)
    return tuple({(one.kind, as_offered(one).text): one for one in found}.values())


def _handed_on(line: SharedLine) -> HandedOn:
    entry = line.entry
    return HandedOn(kind=entry.kind, state=entry.state, text=entry.text, lineage=entry.lineage)


# Planning


def planned(
    opened: OpenedProgramme,
    new_id: str,
    sittings: Sequence[dt.date],
    others: Sequence[dt.date],
    lines: Sequence[HandedOn] = (),
) -> NewCohort:
    """All files of a new cohort.

    Args:
        opened: the old programme.
        new_id: the id of the new one.
        sittings: its dates, in the order of the file.
        others: the dates of what is no sitting, likewise.
        lines: what the earlier group handed on; it is offered in the first sitting.

    Raises:
        Refused: when a file is laid out in a way in which that cannot be done, and when a
            result would have errors; the sentence names the file.
    """
    old, name = opened.programme, opened.path.name
    programme = moved(old, new_id, sittings, others)
    ids = new_ids((agenda.id for agenda in opened.agendas.values()), old, programme)
    days = dict(_days(opened, programme))
    files = {
        name: _made(name, partial(texts.programme_of_new_cohort, opened.files[name], programme))
    }
    for file in opened.agendas:
        new = texts.AgendaOfNewCohort(new_id, days[file], ids)
        files[file] = _made(file, partial(texts.agenda_of_new_cohort, opened.files[file], new))
    first = programme.sessions[0].agenda or ""
    if lines and first in files:
        files[first] = _made(first, partial(texts.with_offered, files[first], lines))
    for file, raw in files.items():
        _refuse_errors(file, raw, is_agenda=file != name)
    return NewCohort(programme, files, first if lines and first in files else "")


def _days(opened: OpenedProgramme, new: Programme) -> Iterator[tuple[str, dt.date]]:
    """The new date of each agenda, by file name.

    One that several dates have is on that of those on which it was.
    """
    old = opened.programme
    pairs = [
        (was.agenda or "", was, now)
        for was, now in zip(old.milestones, new.milestones, strict=True)
    ]
    named = [(file, was, now) for file, was, now in pairs if file in opened.agendas]
    yield from ((file, now.date) for file, _, now in reversed(named))
    for file, was, now in named:
        if opened.agendas[file].date == was.date:
            yield file, now.date
    for sitting in new.sessions:
        if sitting.agenda is not None:
            yield sitting.agenda, sitting.date


def _made(file: str, change: Callable[[], bytes]) -> bytes:
    """A changed file.

    Raises:
        Refused: when it cannot be changed; the sentence names it.
    """
    try:
        return change()
    except Refused as refused:
        raise Refused(f"{file}: {refused}") from None


def _refuse_errors(file: str, raw: bytes, *, is_agenda: bool) -> None:
    """Do nothing when a new file can be used.

    Raises:
        Refused: when it has errors that the old one had not, such as a clock time that does
            not exist on its new date.
    """
    if is_agenda:
        agenda, problems = read_agenda(raw, file)
        is_usable = agenda is not None
    else:
        reading = read_programme(raw, file)
        is_usable, problems = reading.programme is not None, reading.problems
    if not is_usable:
        errors = (str(one) for one in problems if one.level == "error")
        raise Refused("\n".join(("This would be wrong in the new files:", *errors)))


def to_look_at(opened: OpenedProgramme, cohort: NewCohort) -> tuple[Look, ...]:
    """The lines of the new files that still name someone of the old team, or an old year.

    That is a year in which only the old cohort met.
    """
    names = names_of(opened.agendas.values())
    before, after = _years(opened.programme), _years(cohort.programme)
    return tuple(
        Look(file, one.line, one.text)
        for file, raw in cohort.files.items()
        for one in still_named(raw, before - after, names)
    )


def _years(programme: Programme) -> set[int]:
    dates = [programme.starts, programme.ends, *(one.date for one in programme.sessions)]
    return {day.year for day in (*dates, *(one.date for one in programme.milestones))}


# Writing


def refuse_taken(folder: Path) -> None:
    """Do nothing when a new cohort can be written into a folder.

    Raises:
        Refused: when there is something already, or no folder to put it into.
    """
    try:
        is_there = not is_free(folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be looked at ({error.strerror}).") from None
    if is_there:
        raise Refused(f"There is something in {folder} already. Name a new folder.")
    if not folder.absolute().parent.is_dir():
        raise Refused(f"There is no folder {folder.absolute().parent}. Make it first.")


def write(folder: Path, cohort: NewCohort) -> None:
    """Write the files of a new cohort into a new folder: all of them, or none.

    Raises:
        Refused: when there is something already.
        OSError: when it cannot be written; nothing is left of it then.
    """
    try:
        write_new_folder(folder.absolute(), cohort.files)
    except FileExistsError:
        raise Refused(f"There is something in {folder} already. Name a new folder.") from None
