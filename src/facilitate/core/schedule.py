"""Where the sitting stands in its day: planned times, the projection, and its signals.

Pure arithmetic on UTC instants; wall times of the agenda are converted once, in the
agenda's own zone. An overrun moves the projection, never the plan, and nothing here ever
shortens a segment: only buffers, holds and segments that end on the clock give way.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.state import Run, SessionState

Status = Literal["done", "running", "pending", "carried"]
"""`carried`: the sitting closed before it began."""
Signal = Literal["open", "may-close", "soon", "due", "over", "past-most"]
"""What the time of the running segment asks for; the later one wins."""

Planned = tuple[dt.datetime, dt.datetime]
"""Planned start and end of a segment, UTC."""

ZERO = dt.timedelta(0)
SOON_MOST, SOON_LEAST, SOON_SHARE = 5, 1, 0.2
"""A segment is soon due in the last fifth of its minutes, from one to five of them."""


class Row(NamedTuple):
    """One segment in the day. Times are UTC."""

    segment: Segment
    status: Status
    planned_start: dt.datetime
    planned_end: dt.datetime
    start: dt.datetime
    """Actual for what began, projected for the rest."""
    end: dt.datetime
    hold: dt.timedelta = ZERO
    """Waiting before it, because it does not begin earlier."""
    late: dt.timedelta = ZERO
    """How far its promised beginning is missed."""


class Projection(NamedTuple):
    """The whole day as it looks at one moment."""

    rows: tuple[Row, ...]
    """In the order of the plan."""
    end: dt.datetime
    promised_end: dt.datetime

    @property
    def running(self) -> Row | None:
        """The row of the running segment; None when none runs."""
        return next((r for r in self.rows if r.status == "running"), None)

    @property
    def drift(self) -> dt.timedelta:
        """Projected minus planned end of the running segment (of the sitting when idle)."""
        row = self.running
        if row is None:
            return self.end - self.rows[-1].planned_end if self.rows else ZERO
        return row.end - row.planned_end

    @property
    def later(self) -> tuple[Row, ...]:
        """What has not begun."""
        return tuple(r for r in self.rows if r.status == "pending")

    @property
    def following(self) -> Segment | None:
        """What the next step leads to, past a buffer that is used up; None at the end."""
        waiting = (r for r in self.later if r.segment.kind != "buffer" or r.end > r.start)
        return next((r.segment for r in waiting), None)


def minutes(count: float) -> dt.timedelta:
    """So many minutes as a duration."""
    return dt.timedelta(minutes=count)


def local(agenda: Agenda, instant: dt.datetime) -> dt.datetime:
    """An instant on the clocks of the agenda's zone."""
    return instant.astimezone(ZoneInfo(agenda.timezone))


def instant(agenda: Agenda, date: dt.date, wall: dt.time) -> dt.datetime:
    """The UTC instant of a wall time of the agenda; an ambiguous one is the first."""
    return dt.datetime.combine(date, wall, ZoneInfo(agenda.timezone)).astimezone(dt.UTC)


def planned_start(state: SessionState) -> dt.datetime | None:
    """When the sitting was meant to begin, UTC; None before an agenda is open."""
    if state.agenda is None or state.date is None:
        return None
    return state.moved_to or instant(state.agenda, state.date, state.agenda.start)


class _Day(NamedTuple):
    """One run's agenda with its anchors as instants."""

    agenda: Agenda
    date: dt.date
    start: dt.datetime

    def at(self, wall: dt.time | None) -> dt.datetime | None:
        """The instant of an anchor, moved as far as the whole plan was; None for none."""
        if wall is None:
            return None
        moved = self.start - instant(self.agenda, self.date, self.agenda.start)
        return instant(self.agenda, self.date, wall) + moved

    def begin(self, segment: Segment, cursor: dt.datetime) -> dt.datetime:
        """When a segment may begin at the earliest, once `cursor` is reached."""
        return max(cursor, self.at(segment.floor) or cursor)

    def end(
        self, segment: Segment, begin: dt.datetime, upcoming: dt.datetime | None = None
    ) -> dt.datetime:
        """When a segment ends by itself.

        After its minutes; on the clock where it absorbs; a buffer when what is planned after
        it, at `upcoming`, is due.
        """
        ends_at, length = self.at(segment.ends_at), minutes(segment.minutes)
        if ends_at is not None:
            return max(begin + minutes(segment.least), ends_at)
        if segment.kind == "buffer" and upcoming is not None:
            length = min(max(upcoming - begin, ZERO), length)
        return begin + length

    def planned(self) -> list[Planned]:
        """The natural pass from the planned start."""
        cursor, times = self.start, []
        for segment in self.agenda.segments:
            begin = self.begin(segment, cursor)
            cursor = self.end(segment, begin)
            times.append((begin, cursor))
        return times


def _day(state: SessionState) -> _Day | None:
    start = planned_start(state)
    if state.agenda is None or state.date is None or start is None:
        return None
    return _Day(agenda=state.agenda, date=state.date, start=start)


def project(state: SessionState, now: dt.datetime) -> Projection | None:
    """The natural pass from `now` on; None before an agenda is open."""
    day = _day(state)
    if day is None:
        return None
    planned = day.planned()
    reached = _reached(state, day.agenda)
    rows: list[Row] = []
    cursor = now
    for place, segment in enumerate(day.agenda.segments):
        if place == reached and state.run is not None:
            row = _running(state, day, planned, now)
            cursor = row.end
        elif place <= reached or state.closed_at is not None:
            row = _past(state, segment, planned[place], reached=place <= reached)
        else:
            row = _pending(state, day, segment, planned[place], cursor, _after(planned, place))
            cursor = row.end
        rows.append(row)
    return Projection(
        rows=tuple(rows),
        end=state.closed_at or cursor,
        promised_end=day.at(day.agenda.ends_by) or day.start + minutes(day.agenda.minutes),
    )


def _reached(state: SessionState, agenda: Agenda) -> int:
    """Place of the segment that runs, or ran last; -1 before the start."""
    if not state.runs:
        return -1
    return [s.id for s in agenda.segments].index(state.runs[-1].segment)


def _after(planned: list[Planned], place: int) -> dt.datetime | None:
    """When what follows was planned to begin; None for the last segment."""
    return planned[place + 1][0] if place + 1 < len(planned) else None


def _past(state: SessionState, segment: Segment, planned: Planned, *, reached: bool) -> Row:
    """A row that the day has gone past, or that a closed sitting did not reach."""
    runs = runs_of(state, segment)
    begin = runs[0].start if runs else planned[0]
    ended = (runs[-1].end or begin) if runs else begin
    return _row(segment, "done" if reached else "carried", planned, begin, ended)


def _running(state: SessionState, day: _Day, planned: list[Planned], now: dt.datetime) -> Row:
    place = _reached(state, day.agenda)
    end = max(now, _due(state, day, planned, now))
    segment, begin = day.agenda.segments[place], state.runs[-1].start
    return _row(segment, "running", planned[place], begin, end)


def _pending(
    state: SessionState,
    day: _Day,
    segment: Segment,
    planned: Planned,
    cursor: dt.datetime,
    upcoming: dt.datetime | None,
) -> Row:
    begin = day.begin(segment, cursor)
    end = max(begin, day.end(segment, begin, upcoming) + _added(state, segment))
    promise = day.at(segment.promise) or begin
    return _row(
        segment, "pending", planned, begin, end,
        hold=begin - cursor, late=max(begin - promise, ZERO),
    )  # fmt: skip


def _row(
    segment: Segment,
    status: Status,
    planned: Planned,
    start: dt.datetime,
    end: dt.datetime,
    *,
    hold: dt.timedelta = ZERO,
    late: dt.timedelta = ZERO,
) -> Row:
    return Row(
        segment=segment, status=status, planned_start=planned[0], planned_end=planned[1],
        start=start, end=end, hold=hold, late=late,
    )  # fmt: skip


# The running segment


def runs_of(state: SessionState, segment: Segment) -> list[Run]:
    """Every run of a segment, in order; empty when it never began."""
    return [run for run in state.runs if run.segment == segment.id]


def allotted(state: SessionState, segment: Segment) -> dt.timedelta:
    """The time a segment may use now: planned minutes and what was added."""
    return minutes(segment.minutes) + _added(state, segment)


def _added(state: SessionState, segment: Segment) -> dt.timedelta:
    return minutes(state.extra.get(segment.id, 0))


def paused(state: SessionState, now: dt.datetime) -> dt.timedelta:
    """How long the running segment has stood still; zero when none runs."""
    if state.run is None:
        return ZERO
    own = [p for p in state.pauses if p.start >= state.run.start]
    return sum((max((p.end or now) - p.start, ZERO) for p in own), ZERO)


def active(state: SessionState, now: dt.datetime) -> dt.timedelta:
    """The time the running segment has used, pauses left out; zero when none runs."""
    return now - state.run.start - paused(state, now) if state.run else ZERO


def _due(
    state: SessionState, day: _Day, planned: list[Planned], now: dt.datetime
) -> dt.datetime:
    """When the time of the running segment is up; a pause does not move an end on the clock."""
    place = _reached(state, day.agenda)
    segment, begin = day.agenda.segments[place], state.runs[-1].start
    stood = ZERO if segment.ends_at else paused(state, now)
    return day.end(segment, begin, _after(planned, place)) + _added(state, segment) + stood


def left(state: SessionState, now: dt.datetime) -> dt.timedelta | None:
    """The time the running segment has left; negative when over, None when none runs."""
    day = _day(state)
    if state.run is None or day is None:
        return None
    return _due(state, day, day.planned(), now) - now


def signal(state: SessionState, now: dt.datetime) -> Signal | None:
    """What the time of the running segment asks for; None when none runs."""
    segment, remaining = state.segment, left(state, now)
    if segment is None or remaining is None:
        return None
    used = active(state, now)
    length = used + remaining
    soon = max(SOON_LEAST, min(SOON_MOST, SOON_SHARE * length / minutes(1)))
    if remaining < ZERO:
        return "past-most" if used > max(minutes(segment.most), length) else "over"
    if remaining == ZERO:
        return "due"
    if remaining <= minutes(soon):
        return "soon"
    return "may-close" if used >= minutes(segment.least) else "open"
