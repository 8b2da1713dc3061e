"""What an agenda must hold to, beyond the types of its values.

Each rule yields findings, and says what they rest on: where something could not be read or
has the wrong type, nothing is concluded from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from facilitate.core.agenda import Agenda, Breakout, Segment
from facilitate.core.posts import PLACEHOLDERS
from facilitate.formats import common_rules as common
from facilitate.formats.clock_text import clock_text
from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path
from facilitate.formats.wording import did_you_mean

_PLACEHOLDER = re.compile(r"\{\s*([A-Za-z][\w \-]{0,40})\s*\}")
_MOST_IN_GROUP = 999
_ANCHORS = ("starts_at", "starts_by", "not_before", "ends_at")


def findings(agenda: Agenda) -> Iterator[Finding]:
    """Everything that is wrong with an agenda whose types are right."""
    yield from _session(agenda)
    yield from _sum(agenda)
    yield from _names(agenda)
    yield from _clock_changes(agenda)
    yield from common.preparation(agenda.before)
    for number, item in enumerate(agenda.before):
        yield from _role(agenda, ("before", number, "who"), item.who)
    if agenda.after is not None:
        yield from common.amount(("after", "minutes"), agenda.after.minutes, least=0)
    for number, segment in enumerate(agenda.segments):
        yield from _segment(agenda, ("segment", number), segment)


def _session(agenda: Agenda) -> Iterator[Finding]:
    at: Path = ("session",)
    yield from common.written((*at, "title"), agenda.title)
    yield from common.known_zone((*at, "timezone"), agenda.timezone)
    yield from common.year((*at, "date"), agenda.date)
    yield from common.amount((*at, "minutes"), agenda.minutes)
    for key in ("number", "part", "parts"):
        yield from common.amount((*at, key), getattr(agenda, key))
    for key in ("id", "cohort", "programme", "topic", "series", "carried_from"):
        yield from common.short_name((*at, key), getattr(agenda, key))
    yield from _place_among_others(at, agenda)


def _place_among_others(at: Path, agenda: Agenda) -> Iterator[Finding]:
    """What is said of other sittings can be so."""
    part, parts = agenda.part, agenda.parts
    if part is not None and parts is not None and part > parts:
        yield Finding(
            at=(*at, "part"),
            code="parts",
            message=f"This is part {part} of {parts}.",
            hint="Mend one of the two numbers.",
            rests_on=((*at, "part"), (*at, "parts")),
        )
    if agenda.carried_from == agenda.id:
        yield Finding(
            at=(*at, "carried_from"),
            code="unknown-name",
            message="This is the sitting itself; lines are carried from an earlier one.",
            hint="Write the id of that one, or take carried_from out.",
            rests_on=((*at, "carried_from"), (*at, "id")),
        )


def _sum(agenda: Agenda) -> Iterator[Finding]:
    total = sum(segment.minutes for segment in agenda.segments)
    if total == agenda.minutes:
        return
    off = abs(total - agenda.minutes)
    yield Finding(
        at=("session", "minutes"),
        code="sum",
        message=f"The parts add up to {total} minutes, the day says {agenda.minutes}.",
        hint=f"That is {off} too {'many' if total > agenda.minutes else 'few'}.",
        rests_on=(
            ("session", "minutes"),
            ("segment",),
            *(("segment", n, "minutes") for n in range(len(agenda.segments))),
        ),
    )


def _names(agenda: Agenda) -> Iterator[Finding]:
    """The names that parts of the agenda are pointed to by."""
    for role in agenda.team:
        yield from common.short_name(("team", role.role), role.role)
    for number, objective in enumerate(agenda.objectives):
        yield from common.short_name(("objective", number, "key"), objective.key)
        yield from common.written(("objective", number, "text"), objective.text)
    for number, carried in enumerate(agenda.carried):
        yield from common.written(("carry", number, "id"), carried.id)
    keys = ((("objective", n, "key"), one.key) for n, one in enumerate(agenda.objectives))
    yield from common.no_two_alike(keys, "objective")
    ids = ((("segment", n, "id"), one.id) for n, one in enumerate(agenda.segments))
    yield from common.no_two_alike(ids, "part")
    lines = ((("carry", n, "id"), one.id) for n, one in enumerate(agenda.carried))
    yield from common.no_two_alike(lines, "carried line")


def _clock_changes(agenda: Agenda) -> Iterator[Finding]:
    """Clock times exist, and once only, on a day on which the clocks are changed."""
    zone = common.zone(agenda.timezone)
    if agenda.date is None or zone is None or any(common.year((), agenda.date)):
        return
    clocks: list[tuple[Path, dt.time | None]] = [
        (("session", "start"), agenda.start),
        (("session", "ends_by"), agenda.ends_by),
    ]
    for number, segment in enumerate(agenda.segments):
        clocks += [(("segment", number, key), getattr(segment, key)) for key in common.ANCHORS]
    for path, clock in clocks:
        if clock is not None:
            wall = dt.datetime.combine(agenda.date, clock, zone)
            day = (("session", "date"), ("session", "timezone"))
            yield from common.clock_change(path, wall, rests_on=day)


def _segment(agenda: Agenda, at: Path, segment: Segment) -> Iterator[Finding]:
    yield from common.written((*at, "title"), segment.title)
    yield from common.short_name((*at, "id"), segment.id)
    for key in ("minutes", "at_least", "at_most"):
        yield from common.amount((*at, key), getattr(segment, key))
    yield from _elastic(at, segment)
    yield from _anchors(at, segment)
    if segment.lead is not None:
        yield from _role(agenda, (*at, "lead"), segment.lead)
    for number, role in enumerate(segment.with_):
        yield from _role(agenda, (*at, "with", number), role)
    for number, key in enumerate(segment.serves):
        yield from _objective(agenda, (*at, "serves", number), key)
    for number, post in enumerate(segment.chat):
        yield from _placeholders((*at, "chat", number), post)
    if segment.breakout is not None:
        yield from _breakout((*at, "breakout"), segment.breakout)


def _elastic(at: Path, segment: Segment) -> Iterator[Finding]:
    """How far a part may give agrees with its length and with being protected."""
    minutes, least, most = segment.minutes, segment.at_least, segment.at_most
    lengths = ((*at, "minutes"), (*at, "at_least"), (*at, "at_most"))
    if least is not None and least > minutes:
        message = f"at_least is {least}, which is more than the {minutes} minutes of this part."
        hint = "Write a smaller number, or give the part more minutes."
        yield Finding(
            at=lengths[1], code="at-least", message=message, hint=hint, rests_on=lengths
        )
    if most is not None and most < minutes:
        message = f"at_most is {most}, which is less than the {minutes} minutes of this part."
        hint = "Write a larger number, or give the part fewer minutes."
        yield Finding(
            at=lengths[2], code="at-most", message=message, hint=hint, rests_on=lengths
        )
    if least is not None and segment.protect:
        yield Finding(
            at=lengths[1],
            code="protected",
            message="A protected part never becomes shorter, so it has no at_least.",
            hint="Take out at_least, or protect = true.",
            rests_on=(lengths[1], (*at, "protect")),
        )
    elif least is not None and least < minutes and not segment.if_short.strip():
        yield Finding(
            at=lengths[1],
            code="if-short",
            message=f"It may shrink to {least} minutes, and nothing says what to leave out.",
            hint="Add if_short.",
            level="warning",
            rests_on=(*lengths[:2], (*at, "if_short"), (*at, "protect")),
        )


def _anchors(at: Path, segment: Segment) -> Iterator[Finding]:
    """What holds a part to the clock does not contradict itself."""
    floor, promise = segment.not_before, segment.starts_by
    paths = {key: (*at, key) for key in common.ANCHORS}
    if segment.starts_at is not None:
        for key in ("starts_by", "not_before"):
            if getattr(segment, key) is not None:
                yield Finding(
                    at=paths[key],
                    code="anchors",
                    message=f"starts_at stands here too, and {key} is not looked at then.",
                    hint=f"Take out {key}, or starts_at.",
                    level="warning",
                    rests_on=(paths[key], paths["starts_at"]),
                )
    elif floor is not None and promise is not None and promise < floor:
        yield Finding(
            at=paths["starts_by"],
            code="anchors",
            message=f"It cannot begin by {clock_text(promise)} and not before"
            f" {clock_text(floor)}.",
            hint="Take one of the two out.",
            rests_on=(paths["starts_by"], paths["not_before"]),
        )


def _role(agenda: Agenda, path: Path, role: str) -> Iterator[Finding]:
    if role not in (roles := [one.role for one in agenda.team]):
        message = f'There is no role "{role}" in [team].'
        hint = did_you_mean(role, roles) or f'Write {role} = "" below [team].'
        yield _unknown(path, ("team",), message, hint)


def _objective(agenda: Agenda, path: Path, key: str) -> Iterator[Finding]:
    if key not in (keys := [one.key for one in agenda.objectives]):
        message = f'There is no [[objective]] with the key "{key}".'
        hint = did_you_mean(key, keys) or "Write one, or leave serves out."
        yield _unknown(path, ("objective",), message, hint)


def _unknown(path: Path, among: Path, message: str, hint: str) -> Finding:
    return Finding(
        at=path, code="unknown-name", message=message, hint=hint, rests_on=(path, among)
    )


def _placeholders(path: Path, post: str) -> Iterator[Finding]:
    for found in _PLACEHOLDER.finditer(post):
        if found[0] not in {f"{{{name}}}" for name in PLACEHOLDERS}:
            yield Finding(
                at=path,
                code="placeholder",
                message=f"{found[0]} is nothing that can be filled in.",
                hint=did_you_mean(found[1].strip(), PLACEHOLDERS),
                rests_on=(path,),
            )


def _breakout(at: Path, breakout: Breakout) -> Iterator[Finding]:
    """Lengths and sizes make sense each for itself."""
    for key in ("opening", "between", "closing", "spare_rooms"):
        yield from common.amount((*at, key), getattr(breakout, key), least=0)
    for number, one in enumerate(breakout.rounds):
        yield from common.amount((*at, "rounds", number, "minutes"), one.minutes)
    size = breakout.group_size
    if isinstance(size, int):
        yield from common.amount((*at, "group_size"), size, most=_MOST_IN_GROUP)
    elif size is not None and common.group(size) is None:
        yield Finding(
            at=(*at, "group_size"),
            code="group-size",
            message=f'"{size[:40]}" is no size of a group.',
            hint='Write a number without quotes, or a range such as "3-4".',
            rests_on=((*at, "group_size"),),
        )
