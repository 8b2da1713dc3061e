"""What the screens show, as plain values: a function of the state and of `now`.

All text in here is plain text that people wrote or plain words about it; nothing is markup.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.agenda import Agenda, CaptureKind, Segment
from facilitate.core.before_view import head_title
from facilitate.core.capture_line import (
    DEFAULT_KIND,
    NewLine,
    NewWording,
    RoomLine,
    clean,
    read_line,
)
from facilitate.core.captures import KINDS, Entry, RoomNote, shown
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
class Line:
    """One line of what was made."""

    number: int | None
    """None for a line that stays in the room."""
    name: str
    state: str
    text: str
    lineage: str
    keeps: str
    """How far it travels, in words."""


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
    state: SessionState, now: dt.datetime, room: tuple[RoomNote, ...] = ()
) -> RunView | None:
    """The run screen; None before an agenda is open. `room` holds lines never kept."""
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
        made=made_here(state, room),
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


# What was made


RING_WORDS = {
    "sitting": "this sitting only, until closing",
    "cohort": "cohort",
    "team": "team",
    "public": "public",
}
ROOM_WORDS = "room only, not saved"


def capture_kind(state: SessionState) -> CaptureKind:
    """The kind that a plain line gets now."""
    segment = state.segment
    return segment.capture[0] if segment and segment.capture else DEFAULT_KIND


def made_here(state: SessionState, room: tuple[RoomNote, ...]) -> tuple[Line, ...]:
    """What was made in the running segment, oldest first, and what only the room holds."""
    here = state.run.segment if state.run else None
    entries = [e for e in shown(state.entries.values()) if e.segment == here]
    kept = tuple(line_of(e) for e in entries)
    return kept + tuple(
        Line(number=None, name="!", state="", text=note.text, lineage="", keeps=ROOM_WORDS)
        for note in room
        if note.segment == here
    )


def line_of(entry: Entry) -> Line:
    """An entry as one line."""
    return Line(
        number=entry.number,
        name=entry.name,
        state=entry.state,
        text=entry.text,
        lineage=entry.version.lineage,
        keeps=RING_WORDS[entry.ring],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What a half-typed line would become: shown beside it, kept nowhere."""

    label: str
    """`agreement`, `A3 reworded`, `room only`."""
    keeps: str


def typing(state: SessionState, text: str) -> Typing:
    """What the line would become if it were kept now."""
    line = read_line(text, capture_kind(state))
    match line:
        case RoomLine():
            return Typing(label="room only", keeps="not saved, gone when this closes")
        case NewWording(number=number):
            entry = state.entry(number)
            if entry is None:
                return Typing(label="new wording", keeps=f"no line {number} here")
            return Typing(label=f"new words for {entry.name}", keeps=RING_WORDS[entry.ring])
        case NewLine(kind=kind):
            return Typing(label=kind, keeps=RING_WORDS[KINDS[kind].ring])
        case _:
            if clean(text).startswith("!"):
                return Typing(label="room only", keeps="not saved, gone when this closes")
            kind = capture_kind(state)
            return Typing(label=kind, keeps=RING_WORDS[KINDS[kind].ring])
