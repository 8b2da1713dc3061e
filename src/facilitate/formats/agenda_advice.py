"""What makes a day hard to hold, though its file is sound: told by `check`, never in the way.

The figures are those of docs/agenda-format.md. A day that breaks them can still be opened: who
holds it may have a reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from facilitate.core.agenda import Agenda, Breakout, Segment
from facilitate.core.clock_time import local, minutes
from facilitate.core.plan import Plan, laid_out
from facilitate.core.rounds import A_PERSON, people_in_a_room, total_minutes
from facilitate.formats import common_rules as common
from facilitate.formats.clock_text import clock_text
from facilitate.formats.finding import Finding
from facilitate.formats.problem import Path

BEARABLE = frozenset(
    {"stretch", "stay", "no-post", "clock-in-post", "before-start", "promise", "rounds"}
)
"""Codes of errors with which a day can be held all the same."""

LONGEST_STRETCH, LONGEST_ONLINE = 90, 80
"""Minutes without a break; online more than the second is worth a thought."""
LONGEST_TALK = 25
"""Minutes of one didactic part."""

_PAIR = 2
_ANY_DATE = dt.date(2001, 6, 1)
"""Stands for the date of an agenda that has none: a day like any other."""
_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"
    r"|(?<![\w.])(?:1[0-2]|[1-9])\s?(?:[ap]\.m\.|[ap]m\b|o.clock\b)"
    r"|(?<=\bat )(?:1?\d|2[0-3])[.h][0-5]\d\b(?!\.?\d)",
    re.ASCII | re.IGNORECASE,
)


def findings(agenda: Agenda) -> Iterator[Finding]:
    """Everything about a day that someone should think about before it."""
    yield from _stretches(agenda)
    yield from _early_clocks(agenda)
    yield from _promises(agenda)
    yield from _last_part(agenda)
    yield from _objectives(agenda)
    for number, segment in enumerate(agenda.segments):
        at: Path = ("segment", number)
        yield from _talk(at, segment)
        yield from _clock_in_posts(at, segment)
        if segment.breakout is not None:
            yield from _rounds(at, segment, segment.breakout)
            yield from _rooms(agenda, at, segment, segment.breakout)


# The day as a whole


def _stretches(agenda: Agenda) -> Iterator[Finding]:
    """No more than so many minutes lie between two breaks."""
    online = agenda.place != "in person"
    since: list[int] = []
    for number, segment in enumerate((*agenda.segments, None)):
        if segment is not None and segment.kind != "break":
            since.append(number)
            continue
        length = sum(agenda.segments[one].minutes for one in since)
        if since and (length > LONGEST_STRETCH or (online and length > LONGEST_ONLINE)):
            yield _stretch(since, length, online=online)
        since = []


def _stretch(parts: list[int], length: int, *, online: bool) -> Finding:
    too_long = length > LONGEST_STRETCH
    most = LONGEST_STRETCH if too_long or not online else LONGEST_ONLINE
    where = "" if too_long else " online"
    return Finding(
        at=("segment", parts[0], "minutes"),
        code="stretch",
        message=f"From here {length} minutes go by without a break; {most} is the most{where}.",
        hint="Put a part of the kind break in between.",
        level="error" if too_long else "warning",
        rests_on=tuple(
            ("segment", number, key) for number in parts for key in ("minutes", "kind")
        ),
    )


def _early_clocks(agenda: Agenda) -> Iterator[Finding]:
    """No clock time lies before the start: all are meant on one date."""
    clocks: list[tuple[Path, dt.time | None]] = [(("session", "ends_by"), agenda.ends_by)]
    for number, segment in enumerate(agenda.segments):
        clocks += [(("segment", number, key), getattr(segment, key)) for key in common.ANCHORS]
    for path, clock in clocks:
        if clock is not None and clock < agenda.start:
            yield Finding(
                at=path,
                code="before-start",
                message=f"{clock_text(clock)} is before the start at"
                f" {clock_text(agenda.start)}, and every clock time is meant on that date.",
                hint="Past midnight there are no clock times: leave it out; the minutes say"
                " when things are over.",
                rests_on=(path, ("session", "start")),
            )


def _promises(agenda: Agenda) -> Iterator[Finding]:
    """What was promised on the clock can be kept when every part has its planned length."""
    plan = _plan(agenda)
    if plan is None:
        return
    cursor = plan.start
    for number, part in enumerate(plan.parts):
        at: Path = ("segment", number)
        if part.promise is not None and plan.start <= part.promise < cursor:
            key = "starts_at" if part.segment.starts_at else "starts_by"
            yield _broken(agenda, (*at, key), "begin", part.promise, cursor, number)
        begin = max(cursor, part.floor or cursor)
        # A buffer gives way by itself.
        cursor = begin + minutes(0 if part.segment.kind == "buffer" else part.segment.minutes)
        if part.ends_at is not None:
            least = begin + minutes(part.segment.least)
            if plan.start <= part.ends_at < least:
                yield _broken(agenda, (*at, "ends_at"), "end", part.ends_at, least, number)
            cursor = max(part.ends_at, least)
    total = sum(segment.minutes for segment in agenda.segments)
    # That the minutes do not add up is told of the sum.
    is_said = agenda.ends_by is not None or total <= agenda.minutes
    if is_said and plan.start <= plan.promised_end < cursor:
        path: Path = ("session", "ends_by" if agenda.ends_by else "minutes")
        yield _broken(agenda, path, "end", plan.promised_end, cursor, len(plan.parts) - 1)


def _plan(agenda: Agenda) -> Plan | None:
    """The day on the clock; None when its figures make none, which other rules tell."""
    lengths = [one for s in agenda.segments for one in (s.minutes, s.least)]
    zone, date = common.zone(agenda.timezone), agenda.date or _ANY_DATE
    if (
        zone is None
        or any(common.year((), date))
        or not all(1 <= one <= common.DAY for one in (*lengths, agenda.minutes))
    ):
        return None
    anchors = (getattr(s, key) for s in agenda.segments for key in common.ANCHORS)
    clocks = (agenda.start, agenda.ends_by, *anchors)
    walls = (dt.datetime.combine(date, one, zone) for one in clocks if one is not None)
    if any(common.is_skipped(wall) for wall in walls):
        return None
    return laid_out(agenda, date, agenda.segments)


def _broken(
    agenda: Agenda,
    path: Path,
    what: str,
    promised: dt.datetime,
    needed: dt.datetime,
    last: int,
) -> Finding:
    then, until = (clock_text(local(agenda, one).timetz()) for one in (promised, needed))
    day = tuple(("session", key) for key in ("start", "minutes", "date", "timezone"))
    return Finding(
        at=path,
        code="promise",
        message=f"It is to {what} at {then}, and the parts up to then need until {until}.",
        hint="Give them fewer minutes, or promise a later time.",
        rests_on=(path, *day, *(("segment", n) for n in range(last + 1))),
    )


def _last_part(agenda: Agenda) -> Iterator[Finding]:
    last = len(agenda.segments) - 1
    if last >= 0 and agenda.segments[last].kind != "closing":
        path = ("segment", last, "kind")
        yield Finding(
            at=path,
            code="no-closing",
            message="The last part is no closing.",
            hint="People leave more gently when the day is closed together.",
            level="warning",
            rests_on=(path, ("segment",)),
        )


def _objectives(agenda: Agenda) -> Iterator[Finding]:
    served = {key for segment in agenda.segments for key in segment.serves}
    if not served <= {objective.key for objective in agenda.objectives}:
        return  # one of them may be meant by a key that is not there
    for number, objective in enumerate(agenda.objectives):
        if objective.key not in served:
            path = ("objective", number, "key")
            yield Finding(
                at=path,
                code="unserved",
                message=f'No part serves "{objective.key}".',
                hint=f'Write serves = ["{objective.key}"] in the parts that do.',
                level="warning",
                rests_on=(path, ("segment",)),
            )


# One part


def _talk(at: Path, segment: Segment) -> Iterator[Finding]:
    if segment.kind == "didactic" and segment.minutes > LONGEST_TALK:
        path = (*at, "minutes")
        yield Finding(
            at=path,
            code="long-talk",
            message=f"{segment.minutes} minutes of input, and {LONGEST_TALK} is the most.",
            hint="Put an exchange in between.",
            level="warning",
            rests_on=(path, (*at, "kind")),
        )


def _clock_in_posts(at: Path, segment: Segment) -> Iterator[Finding]:
    for number, post in enumerate(segment.chat):
        path = (*at, "chat", number)
        for found in dict.fromkeys(_CLOCK.findall(post)):
            yield Finding(
                at=path,
                code="clock-in-post",
                message=f'"{found}" in a post is wrong as soon as the day runs late.',
                hint="Write {back_at} or {ends_at}; it is filled in from the clock.",
                rests_on=(path,),
            )


def _rounds(at: Path, segment: Segment, breakout: Breakout) -> Iterator[Finding]:
    """The rounds fit into their part, and everyone gets a word in."""
    if not breakout.rounds:
        return
    path = (*at, "breakout", "rounds")
    needed = total_minutes(breakout)
    rests_on = ((*at, "minutes"), (*at, "breakout"))
    if needed > segment.minutes:
        yield Finding(
            at=path,
            code="rounds",
            message=f"The rounds need {needed} minutes with opening, between and closing;"
            f" this part has {segment.minutes}.",
            hint="Shorten a round, or give the part more minutes.",
            rests_on=rests_on,
        )
    people = _PAIR if breakout.how == "pairs" else 1
    if common.group(breakout.group_size) is not None:
        people = people_in_a_room(breakout)
    for number, one in enumerate(breakout.rounds):
        if people > 1 and one.minutes < A_PERSON * people:
            yield Finding(
                at=(*path, number),
                code="short-round",
                message=f"{one.minutes} minutes for {people} people are less than"
                f" {A_PERSON} each.",
                hint=f"Give it {A_PERSON * people} minutes, or make the groups smaller.",
                level="warning",
                rests_on=rests_on,
            )


def _rooms(agenda: Agenda, at: Path, segment: Segment, breakout: Breakout) -> Iterator[Finding]:
    """Who stays out knows what to do, and the question can be read in the rooms."""
    path = (*at, "breakout")
    if not breakout.stay.strip():
        yield Finding(
            at=path,
            code="stay",
            message="Nothing says what someone does who stays out of the rooms.",
            hint='Such as stay = "Stay here with the care person and write, or rest."',
            rests_on=(path,),
        )
    if breakout.rounds and not segment.chat and agenda.place != "in person":
        yield Finding(
            at=at,
            code="no-post",
            message="There are rounds in rooms and no post: people cannot read the question.",
            hint='Add chat = ["..."] with the question.',
            rests_on=(path, (*at, "chat"), ("session", "place")),
        )
