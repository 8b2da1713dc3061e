"""Programme files (format 1): bytes in, a programme and everything that is wrong with it out.

See docs/agenda-format.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from facilitate.core.agenda import Afterwards, Agenda, Preparation
from facilitate.core.programme import Milestone, PlannedSitting, Programme, Topic
from facilitate.formats import common_rules as common
from facilitate.formats.file_reading import Looked, look_at, read_file
from facilitate.formats.finding import Finding
from facilitate.formats.layout import Layout
from facilitate.formats.problem import Path, Problem
from facilitate.formats.toml_reading import Unreadable
from facilitate.formats.wording import did_you_mean

__all__ = [
    "ProgrammeReading",
    "Unreadable",
    "look_at_programme",
    "read_programme",
    "with_standards",
]

FILE_NAME = re.compile(r"[^/\\\x00]+\.toml")
"""What an agenda beside a programme is called."""

PROGRAMME = Layout(
    shape=Programme,
    noun="a programme",
    head="programme",
    lists={
        "milestone": ("milestones", Milestone),
        "topic": ("topics", Topic),
        "session": ("sessions", PlannedSitting),
        "before": ("before", Preparation),
    },
    tables={"after": ("after", Afterwards)},
    needed=("programme", "session"),
)
"""A whole programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeReading:
    """A programme file as it was read."""

    programme: Programme | None
    """None when there is any error."""
    problems: tuple[Problem, ...]
    """In the order of the file; warnings alone leave the programme usable."""


def read_programme(raw: bytes, file: str) -> ProgrammeReading:
    """The programme in the bytes of a file, and all of its problems at once.

    Args:
        raw: the whole file.
        file: its name as the user gave it, for the problems.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    programme, problems = read_file(raw, file, PROGRAMME, _findings)
    return ProgrammeReading(programme=programme, problems=problems)


def look_at_programme(raw: bytes, file: str) -> Looked:
    """A programme file and what is found in it by itself, for who looks at several files.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    return look_at(raw, file, PROGRAMME, _findings)


def with_standards(agenda: Agenda, programme: Programme) -> Agenda:
    """The agenda with the programme's preparation and debrief where it has none of its own."""
    return replace(
        agenda,
        before=agenda.before or programme.before,
        after=agenda.after or programme.after,
    )


def _findings(programme: Programme) -> Iterator[Finding]:
    at: Path = ("programme",)
    yield from common.short_name((*at, "id"), programme.id)
    yield from common.written((*at, "title"), programme.title)
    yield from common.known_zone((*at, "timezone"), programme.timezone)
    yield from common.preparation(programme.before)
    if programme.after is not None:
        yield from common.amount(("after", "minutes"), programme.after.minutes, least=0)
    yield from _topics(programme)
    yield from _numbers(programme)
    yield from _parts(programme)
    yield from _dates(programme)
    yield from _milestones(programme)
    yield from _titles(programme)
    yield from _agendas(programme)


def _topics(programme: Programme) -> Iterator[Finding]:
    keys = [topic.key for topic in programme.topics]
    paths: list[Path] = [("topic", number, "key") for number in range(len(keys))]
    for path, key in zip(paths, keys, strict=True):
        yield from common.short_name(path, key)
    yield from common.no_two_alike(zip(paths, keys, strict=True), "topic")
    for number, sitting in enumerate(programme.sessions):
        if sitting.topic is not None and sitting.topic not in keys:
            path = ("session", number, "topic")
            yield Finding(
                at=path,
                code="unknown-name",
                message=f'There is no [[topic]] with the key "{sitting.topic}".',
                hint=did_you_mean(sitting.topic, keys) or "Write one, or leave topic out.",
                rests_on=(path, ("topic",)),
            )


def _numbers(programme: Programme) -> Iterator[Finding]:
    """The sittings are numbered 1, 2, 3 in the order of the file."""
    expected = 1
    for place, sitting in enumerate(programme.sessions):
        path = ("session", place, "number")
        if sitting.number != expected:
            yield Finding(
                at=path,
                code="number",
                message=f"Session {expected} is expected here, and this says {sitting.number}.",
                hint="Sessions are numbered from 1, in order and without gaps.",
                rests_on=(("session",), path),
            )
        expected = sitting.number + 1


def _parts(programme: Programme) -> Iterator[Finding]:
    """The parts of a topic come one after the other: part one before part two."""
    heard: set[tuple[str, int]] = set()
    places = {(one.topic, one.part): one.number for one in reversed(programme.sessions)}
    for place, sitting in enumerate(programme.sessions):
        topic, part = sitting.topic, sitting.part
        path: Path = ("session", place, "part")
        yield from common.amount(path, part)
        if topic is None or part is None:
            continue
        earlier = places.get((topic, part - 1))
        where = "which is missing" if earlier is None else f"which is session {earlier}"
        if (topic, part) in heard:
            message = f'Part {part} of "{topic}" is there twice.'
            yield _out_of_order(path, message, ("session",), code="parts")
        elif part > 1 and (topic, part - 1) not in heard:
            message = f'Part {part} of "{topic}" comes before part {part - 1}, {where}.'
            yield _out_of_order(path, message, ("session",), code="parts")
        heard.add((topic, part))


def _dates(programme: Programme) -> Iterator[Finding]:
    """Sittings come one after the other, between the first and the last day."""
    starts, ends = programme.starts, programme.ends
    for key, date in (("starts", starts), ("ends", ends)):
        yield from common.year(("programme", key), date)
    if ends < starts:
        message = f"The programme ends on {ends}, before it starts."
        yield _out_of_order(("programme", "ends"), message, ("programme", "starts"))
    for number, sitting in enumerate(programme.sessions):
        path: Path = ("session", number, "date")
        yield from common.year(path, sitting.date)
        earlier = programme.sessions[number - 1].date if number else sitting.date
        if sitting.date < earlier:
            message = f"{sitting.date} is before the session above, which is on {earlier}."
            yield _out_of_order(path, message, ("session", number - 1, "date"))
        if starts <= ends and not starts <= sitting.date <= ends:
            message = f"{sitting.date} is not within the programme, {starts} to {ends}."
            yield _out_of_order(path, message, ("programme",))


def _out_of_order(path: Path, message: str, other: Path, code: str = "date-order") -> Finding:
    hint = "Mend one of them, or change their order."
    return Finding(at=path, code=code, message=message, hint=hint, rests_on=(path, other))


def _milestones(programme: Programme) -> Iterator[Finding]:
    """Dates are ones that someone may have meant, and clock times exist on them."""
    zone = common.zone(programme.timezone)
    for number, milestone in enumerate(programme.milestones):
        at: Path = ("milestone", number)
        wrong = list(common.year((*at, "date"), milestone.date))
        yield from wrong
        if milestone.start is not None and zone is not None and not wrong:
            wall = dt.datetime.combine(milestone.date, milestone.start, zone)
            day: tuple[Path, ...] = ((*at, "date"), ("programme", "timezone"))
            yield from common.clock_change((*at, "start"), wall, rests_on=day)


def _agendas(programme: Programme) -> Iterator[Finding]:
    """What names an agenda names a file in the same folder, and no two sessions the same."""
    first: dict[str, Path] = {}
    for number, milestone in enumerate(programme.milestones):
        yield from _file_name(("milestone", number, "agenda"), milestone.agenda)
    for number, sitting in enumerate(programme.sessions):
        path: Path = ("session", number, "agenda")
        yield from _file_name(path, sitting.agenda)
        earlier = first.setdefault(sitting.agenda, path) if sitting.agenda else path
        if earlier != path:
            yield Finding(
                at=path,
                code="same-name",
                message=f"A session above has {sitting.agenda} too.",
                hint="Each sitting has a file of its own.",
                level="warning",
                rests_on=(path, earlier),
            )


def _file_name(path: Path, name: str | None) -> Iterator[Finding]:
    if name is not None and not FILE_NAME.fullmatch(name):
        yield Finding(
            at=path,
            code="file-name",
            message=f'"{name[:60]}" is not the name of a file beside this one.',
            hint='Such as agenda = "day-1.toml"; the files lie in one folder.',
            rests_on=(path,),
        )


def _titles(programme: Programme) -> Iterator[Finding]:
    for number, sitting in enumerate(programme.sessions):
        yield from common.written(("session", number, "title"), sitting.title)
    for number, milestone in enumerate(programme.milestones):
        yield from common.written(("milestone", number, "title"), milestone.title)
