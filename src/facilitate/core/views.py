"""What the screens show, as plain values: a function of the state and of `now`.

All text in here is plain text that people wrote or plain words about it; nothing is markup.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.agenda import Agenda, CaptureKind, Segment
from facilitate.core.before_view import head_title
from facilitate.core.captures import RoomNote
from facilitate.core.line_meaning import capture_kind
from facilitate.core.lines_view import Line, MadeSoFar
from facilitate.core.plan_view import PlanRow, plan_rows
from facilitate.core.posts import filled, next_post
from facilitate.core.promises import leave_by, on_plan_until
from facilitate.core.rooms_view import RoomsView, rooms_view
from facilitate.core.schedule import Projection, left, project, signal, taken_for_care
from facilitate.core.state import SessionState
from facilitate.core.time_words import (
    CLOSE,
    care_words,
    clock_words,
    drift_words,
    left_words,
    pause_words,
    promise_words,
)
from facilitate.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A chat post as it would be pasted now."""

    text: str
    copied: bool
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What to know about the running segment; changes only with the segment."""

    segment: str
    title: str
    kind: str
    purpose: str
    say: tuple[str, ...]
    """Paragraphs."""
    posts: tuple[Post, ...]
    listen_for: str
    ask: tuple[str, ...]
    """Questions of the breakout rounds, with their minutes."""
    stay: str
    tech: str
    access: str
    notes: tuple[str, ...]
    """Paragraphs for the team only."""
    if_heavy: str
    if_short: str
    if_quiet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """The whole run screen."""

    title: str
    clock: str
    standing: str
    """How the day stands: `6 min later than planned, Lunch still safe`."""
    plan: tuple[PlanRow, ...]
    card: Card | None
    """None before the start and after the close."""
    left: str
    """What is left of the running segment, or its pause, in words."""
    until: str
    """When it ends if nothing changes: a clock time.

    Empty when nothing runs, when it is paused, and when its time is up.
    """
    ends: str
    """What to keep in mind about that: `until 10:26`, `leave by 10:31`, `back at 10:45`."""
    rooms: RoomsView | None
    """The small rooms; None when what runs has none."""
    made: tuple[Line, ...]
    kind: CaptureKind


def run_view(
    state: SessionState,
    now: dt.datetime,
    room: tuple[RoomNote, ...] = (),
    made: MadeSoFar | None = None,
) -> RunView | None:
    """The run screen; None before an agenda is open.

    `room` holds lines never kept; `made` knows the lines of the last look, None at the first.
    """
    agenda, projection = state.agenda, project(state, now)
    if agenda is None or projection is None:
        return None
    running = projection.running
    rows = plan_rows(state, projection, agenda)
    ends = running is not None and running.end > now and state.pause is None
    return RunView(
        title=head_title(state, agenda.subtitle or agenda.title),
        clock=clock_words(agenda, now),
        standing=standing(state, agenda, projection, now),
        plan=rows if ends else tuple(row._replace(until="") for row in rows),
        card=card(state, running.segment, now) if running else None,
        left=left_line(state, now),
        until=clock_words(agenda, running.end) if running and ends else "",
        ends=ends_line(state, agenda, projection, now, holds=ends),
        rooms=rooms_view(state, now),
        made=(made or MadeSoFar()).lines(state, room),
        kind=capture_kind(state),
    )


def standing(
    state: SessionState, agenda: Agenda, projection: Projection, now: dt.datetime
) -> str:
    """How the day stands beside its plan and its next promise, in words.

    Time taken for care is told apart, and never as being late.
    """
    care = taken_for_care(state, projection, now)
    drift = drift_words(projection.drift - care)
    return ", ".join([drift, promise_words(agenda, projection), *care_words(care)])


def ends_line(
    state: SessionState,
    agenda: Agenda,
    projection: Projection,
    now: dt.datetime,
    *,
    holds: bool,
) -> str:
    """Until when: the return time of a break, the end of what runs, or when to leave it.

    The latest moment to leave is told once the running segment at its full time would cost
    what comes after it some of theirs. `holds` says whether it still has time, unpaused.
    """
    running = projection.running
    if running is None:
        return ""
    if projection.back_at is not None:
        return f"back at {clock_words(agenda, projection.back_at)}"
    on_plan, latest = on_plan_until(state, now), leave_by(state, now)
    costs = on_plan is not None and running.end - on_plan > CLOSE
    if latest is not None and costs and latest >= now:
        return f"leave by {clock_words(agenda, latest)}"
    return f"until {clock_words(agenda, running.end)}" if holds else ""


def left_line(state: SessionState, now: dt.datetime) -> str:
    """What is left of the running segment, or how long it has been paused."""
    remaining, asks = left(state, now), signal(state, now)
    if remaining is None or asks is None:
        return ""
    if state.pause is not None:
        return pause_words(state.pause.kind, now - state.pause.start)
    return left_words(remaining, asks)


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as paragraphs: a blank line parts them, a single newline is a space."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(part for part in parts if part)


def card(state: SessionState, segment: Segment, now: dt.datetime) -> Card:
    """The card of a segment, its posts filled from the clock."""
    waiting = next_post(state, segment)
    breakout = segment.breakout
    return Card(
        segment=segment.id,
        title=segment.title,
        kind=segment.kind,
        purpose=segment.purpose,
        say=paragraphs(segment.say),
        posts=tuple(
            Post(
                text=filled(state, text, now),
                copied=(segment.id, n) in state.copied,
                is_next=n == waiting,
            )
            for n, text in enumerate(segment.chat)
        ),
        listen_for=segment.listen_for,
        ask=tuple(f"{r.minutes} min: {r.ask}" for r in breakout.rounds) if breakout else (),
        stay=breakout.stay if breakout else "",
        tech=" ".join(segment.tech.split()),
        access=" ".join(segment.access.split()),
        notes=paragraphs(segment.notes),
        if_heavy=" ".join(segment.if_heavy.split()),
        if_short=" ".join(segment.if_short.split()),
        if_quiet=" ".join(segment.if_quiet.split()),
    )
