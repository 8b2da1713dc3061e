"""Any day at all: an agenda with every kind of anchor, and what was done in it by the rules.

Drawing values one by one is slow, and these laws look at thousands of days. So a day is read
from two strings of bytes, a few for each part and each step. Nought is always the plainest
choice, and what breaks a law shrinks to little.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, get_args

from hypothesis import settings
from hypothesis import strategies as st
from tests.laws.wishes import Table

from facilitate.core.agenda import Agenda, Breakout, Kind, Round, Segment
from facilitate.core.clock_time import instant, local, minutes
from facilitate.core.commands import (
    Adopt,
    AnswerGap,
    ApplyFit,
    Close,
    CloseRooms,
    Command,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    MovePlan,
    Next,
    NoteGap,
    OpenDoors,
    OpenRooms,
    Restore,
    Return,
    Skip,
    StartPause,
    Undo,
)
from facilitate.core.events import GapAnswer, PauseKind, RunOpened
from facilitate.core.fit import fit
from facilitate.core.plan import Plan
from facilitate.core.schedule import Projection, project
from facilitate.core.state import EMPTY, SessionState

MANY = settings(max_examples=2_000)
"""On so many days each law is tried."""


class Day(NamedTuple):
    """A sitting somewhere in its day."""

    state: SessionState
    now: dt.datetime
    """Not before anything that happened in it."""

    @property
    def projection(self) -> Projection:
        """The day as it looks then."""
        found = project(self.state, self.now)
        assert found is not None
        return found

    def later(self, minutes_later: float) -> Day:
        """The same day at a later time."""
        return Day(self.state, self.now + minutes(minutes_later))


# Agendas

A_DAY, A_PART, MOST_PARTS = 3, 7, 9
"""Bytes for the day and for each part of it, and how many parts there may be."""

KINDS: tuple[Kind, ...] = (*get_args(Kind), "buffer", "buffer", "break")
ANCHORS = ("", "", "", "", "not_before", "starts_by", "starts_at", "ends_at")
ROOMS = Breakout(rounds=(Round(minutes=4, ask="What helps?"),))
STARTS = (
    ("America/New_York", dt.date(2026, 9, 12), dt.time(9)),
    ("Asia/Kathmandu", dt.date(2026, 9, 12), dt.time(22, 30)),  # goes on past midnight
    ("America/Los_Angeles", dt.date(2024, 3, 10), dt.time(0, 50)),  # an hour is left out
    ("Europe/Berlin", dt.date(2024, 10, 27), dt.time(1, 40)),  # an hour comes twice
)


def agenda_of(written: bytes, *, sound: bool) -> Agenda:
    """A day of two to nine parts, `s0` and so on.

    A sound one keeps every promise when it goes as planned; of others the anchors may lie
    before their time, on the day before, or in an hour that comes twice.
    """
    zone, date, start = STARTS[written[0] % len(STARTS)]
    agenda = Agenda(
        id="circle",
        title="Circle",
        start=start,
        timezone=zone,
        minutes=0,
        place="online",
        date=date,
        segments=(),
    )
    begin = cursor = instant(agenda, date, start)
    segments: list[Segment] = []
    for number in range(2 + written[1] % (MOST_PARTS - 1)):
        at = A_DAY + A_PART * number
        part = _part(agenda, cursor, written[at : at + A_PART], sound=sound)
        segments.append(replace(part, id=f"s{number}", title=f"S{number}"))
        cursor = _planned_end(agenda, part, cursor)
    room = written[2] % 40 if sound else written[2] % 60 - 20
    length = max((cursor - begin) // minutes(1) + room, 1)
    promised = _wall(agenda, begin + minutes(length), sound=sound)
    return replace(
        agenda,
        segments=tuple(segments),
        minutes=length,
        ends_by=promised if written[2] % 2 else None,
    )


def _part(agenda: Agenda, cursor: dt.datetime, written: bytes, *, sound: bool) -> Segment:
    kind, length, least, most, anchor, offset, flags = written
    planned = 1 + length % 60
    shortest = 1 + least % planned if least else None
    where = ANCHORS[anchor % len(ANCHORS)]
    soonest = cursor + minutes(shortest or planned) if where == "ends_at" else cursor
    wall = _wall(agenda, soonest + minutes(offset % 40 - (0 if sound else 12)), sound=sound)
    return Segment(
        id="",
        title="",
        kind=KINDS[kind % len(KINDS)],
        minutes=planned,
        at_least=shortest,
        at_most=planned + most % 20 if most else None,
        protect=flags % 8 == 7,
        skippable=flags % 4 == 1,
        breakout=ROOMS if flags % 8 == 6 else None,
        **{where: wall} if where else {},  # type: ignore[arg-type]
    )


def _wall(agenda: Agenda, at: dt.datetime, *, sound: bool) -> dt.time | None:
    """What the clocks show then; None in a sound day where that means another instant."""
    assert agenda.date is not None
    wall = local(agenda, at).replace(tzinfo=None).time()
    return wall if not sound or instant(agenda, agenda.date, wall) == at else None


def _planned_end(agenda: Agenda, part: Segment, cursor: dt.datetime) -> dt.datetime:
    assert agenda.date is not None
    begin = max(cursor, instant(agenda, agenda.date, part.floor)) if part.floor else cursor
    if part.ends_at is None:
        return begin + minutes(part.minutes)
    return max(begin + minutes(part.least), instant(agenda, agenda.date, part.ends_at))


def is_sound(state: SessionState) -> bool:
    """Whether the plan keeps what it promises, and its buffers give way as they should.

    Where the plan itself breaks a promise, a buffer that lasts until the planned start of
    what follows breaks it too. And one that comes back lasts until what was planned after it,
    even when something else comes between.
    """
    plan = _plan(state)
    waiting = [plan.part(one).segment.kind for one in state.interrupted]
    return (
        all(part.promise is None or part.start <= part.promise for part in plan.parts)
        and all(part.ends_at is None or part.end <= part.ends_at for part in plan.parts)
        and all(part.end <= plan.promised_end for part in plan.parts)
        and "buffer" not in waiting
    )


def _plan(state: SessionState) -> Plan:
    assert state.plan is not None
    return state.plan


# What is done in a day

A_STEP, MOST_STEPS = 5, 14
"""Bytes for each step, and how many steps there may be."""

Wish = Callable[[Table, int, int], Command]
"""A command made of where things stand and two small numbers."""


def _part_of(table: Table, number: int) -> str:
    return _one([segment.id for segment in table.state.segments], number)


def _one(ids: Sequence[str], number: int) -> str:
    return ids[number % len(ids)] if ids else "s0"


def _proposed(table: Table, *_: int) -> ApplyFit:
    found = fit(table.state, table.now)
    return ApplyFit(allotments=found.allotments if found else ())


def _pause(table: Table, one: int, _: int) -> Command:
    return EndPause() if table.state.pause else StartPause(kind=get_args(PauseKind)[one % 3])


def _gap(table: Table, one: int, other: int) -> Command:
    if table.state.gap is None:
        return NoteGap(since=table.now - minutes(one % 12))
    answer = get_args(GapAnswer)[one % 3]
    return AnswerGap(answer=answer, at=table.state.gap.since + minutes(other % 8))


def _restore(table: Table, one: int, _: int) -> Restore:
    return Restore(segment=_one(sorted(table.state.skipped | table.state.cut_short), one))


def _return(table: Table, one: int, _: int) -> Return:
    return Return(segment=_one([run.segment for run in table.state.runs], one), seen=None)


WISHES: tuple[Wish, ...] = (
    *[lambda *_: Next(seen=None, confirmed=True)] * 10,
    *[lambda t, one, _: Next(seen=None, at=t.now - minutes(one % 8), confirmed=True)] * 2,
    lambda _, one, __: Extend(minutes=one % 40 - 20),
    lambda _, one, __: Extend(minutes=one % 20),
    lambda t, one, other: Extend(minutes=1 + one % 15, payer=_part_of(t, other)),
    *[_proposed] * 2,
    *[_pause] * 2,
    *[lambda *_: EndPause()] * 2,
    *[lambda t, one, _: Skip(segment=_part_of(t, one))] * 2,
    *[_restore] * 2,
    *[_return] * 3,
    *[lambda t, one, other: Move(segment=_part_of(t, one), before=_part_of(t, other))] * 2,
    lambda t, one, other: Insert(title="Song", minutes=1 + one % 30, after=_part_of(t, other)),
    lambda *_: Adopt(),
    lambda _, one, __: GrantOvertime(minutes=1 + one % 20),
    lambda *_: MovePlan(),
    *[_gap] * 2,
    lambda *_: OpenDoors(),
    lambda t, *_: CloseRooms() if t.state.open_rooms else OpenRooms(),
    *[lambda *_: Undo(confirmed=True)] * 3,
    lambda _, one, __: Close() if one > 200 else Undo(confirmed=True),
)


def day_of(agenda: Agenda, done: bytes, *, sound: bool) -> Day:
    """A day after some steps, a time after the last one.

    In a sound one no step is taken after which it would not be.
    """
    assert agenda.date is not None
    begin = instant(agenda, agenda.date, agenda.start)
    table = Table.at(EMPTY, begin)
    opened = RunOpened(sitting="s", device="d", app="0", agenda=agenda, date=agenda.date)
    table.record(opened, "lead")
    for at in range(0, A_STEP * MOST_STEPS, A_STEP):
        passing, seconds, which, one, other = done[at : at + A_STEP]
        table.pass_by(passing % 14 + (seconds % 60 / 60 if seconds > 128 else 0))
        before = table.state
        wish = WISHES[which % len(WISHES)](table, one, other)
        table.ask(wish, "co" if seconds % 4 == 1 else "lead")
        if sound and not is_sound(table.state):
            table.state = before
    table.pass_by(done[-1] % 30)
    return Day(table.state, table.now)


def days(*, sound: bool = False, tight: bool = False) -> st.SearchStrategy[Day]:
    """Any day; a sound one stays so (see `is_sound`), a tight one has no buffers, no floors."""

    def made(written: bytes, done: bytes) -> Day:
        agenda = agenda_of(written, sound=sound)
        return day_of(_tight(agenda) if tight else agenda, done, sound=sound)

    return st.builds(made, _bytes(A_DAY + A_PART * MOST_PARTS), _bytes(A_STEP * MOST_STEPS + 1))


def _tight(agenda: Agenda) -> Agenda:
    return replace(agenda, segments=tuple(_without_slack(part) for part in agenda.segments))


def _without_slack(part: Segment) -> Segment:
    return replace(
        part,
        kind="dialogue" if part.kind == "buffer" else part.kind,
        starts_by=part.promise,
        starts_at=None,
        not_before=None,
    )


def _bytes(count: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=count, max_size=count)
