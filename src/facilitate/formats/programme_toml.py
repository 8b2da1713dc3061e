"""Programme files (format 1): bytes in, a programme and everything that is wrong with it out.

See docs/agenda-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from facilitate.core.agenda import Afterwards, Agenda, Preparation
from facilitate.core.programme import Milestone, PlannedSitting, Programme, Topic
from facilitate.formats import common_rules as common
from facilitate.formats.file_reading import read_file
from facilitate.formats.finding import Finding
from facilitate.formats.layout import Layout
from facilitate.formats.problem import Path, Problem
from facilitate.formats.toml_reading import Unreadable
from facilitate.formats.wording import did_you_mean

__all__ = ["ProgrammeReading", "Unreadable", "read_programme", "with_standards"]

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
    yield from _dates(programme)
    yield from _titles(programme)


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
                hint=did_you_mean(sitting.topic, keys),
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


def _dates(programme: Programme) -> Iterator[Finding]:
    """Sittings come one after the other, between the first and the last day."""
    starts, ends = programme.starts, programme.ends
    for key, date in (("starts", starts), ("ends", ends)):
        yield from common.year(("programme", key), date)
    for number, milestone in enumerate(programme.milestones):
        yield from common.year(("milestone", number, "date"), milestone.date)
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


def _out_of_order(path: Path, message: str, other: Path) -> Finding:
    return Finding(at=path, code="date-order", message=message, rests_on=(path, other))


def _titles(programme: Programme) -> Iterator[Finding]:
    for number, sitting in enumerate(programme.sessions):
        yield from common.written(("session", number, "title"), sitting.title)
    for number, milestone in enumerate(programme.milestones):
        yield from common.written(("milestone", number, "title"), milestone.title)
