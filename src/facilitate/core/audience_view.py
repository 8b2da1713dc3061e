"""What the group's own window shows of a sitting: what everyone in the room was told already.

No notes, names or lengths of time; nothing of how the day stands beside its plan; no line
before it was read back, and none that stays in the room or in the sitting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from facilitate.core.agenda import CaptureKind, Segment
from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.core.captures import Entry, EntryState, shown
from facilitate.core.entry_events import EntryMoved, EntryReadBack, EntryTested
from facilitate.core.events import Event, PostCopied, Undone
from facilitate.core.order import parts
from facilitate.core.posts import filled
from facilitate.core.progress import back_at
from facilitate.core.rooms_view import round_plan
from facilitate.core.rounds import round_clock
from facilitate.core.runs import RoomTime
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words

AGREEMENTS: frozenset[CaptureKind] = frozenset({"agreement"})
WORDS: frozenset[CaptureKind] = frozenset({"term", "framework"})
READ_BACK: frozenset[EntryState] = frozenset(
    {"proposed", "tested", "in force", "amending", "working", "shared"}
)
"""States that a line gets into by being read back, or after that."""
ANY_TIME: frozenset[EntryState] = frozenset({"open", "revived"})
"""States that a line may get into whether it was read back or not."""


def audience_view(state: SessionState, now: dt.datetime) -> AudienceView | None:
    """What the group may see; None before anything happened, in a rehearsal, after the close.

    `now` matters only while small rooms are open, for the question of their round.
    """
    agenda = state.agenda
    if agenda is None or not state.history or state.rehearsal or state.closed_at is not None:
        return None
    segment, back = state.segment, back_at(state)
    return AudienceView(
        title=agenda.subtitle or agenda.title,
        now=segment.title if segment else "",
        back_at=clock_words(agenda, back) if back else "",
        prompt=prompt(state, segment, now) if segment else "",
        agreements=_lines(state, AGREEMENTS),
        terms=_lines(state, WORDS),
    )


def _lines(state: SessionState, kinds: Container[CaptureKind]) -> tuple[AudienceLine, ...]:
    entries = (e for e in shown(state.entries.values()) if e.kind in kinds)
    return tuple(
        AudienceLine(name=entry.name, text=wording.text)
        for entry in entries
        if entry.ring != "sitting" and was_read_back(state, entry)
        for wording in entry.wordings
        if wording.text
    )


def was_read_back(state: SessionState, entry: Entry) -> bool:
    """Whether the group heard a line read back, and still holds it."""
    if entry.state not in ANY_TIME:
        return entry.state in READ_BACK
    undone = {r.event.event for r in state.history if type(r.event) is Undone}
    return any(_reads(r.event, entry.id) for r in state.history if r.id not in undone)


def _reads(event: Event, entry: str) -> bool:
    """Whether something that happened says that the group heard that line."""
    match event:
        case EntryReadBack(entry=of) | EntryTested(entry=of):
            return of == entry
        case EntryMoved(entry=of, state=to):
            return of == entry and to in READ_BACK
        case _:
            return False


# What is asked


def prompt(state: SessionState, segment: Segment, now: dt.datetime) -> str:
    """What the group is asked in the part that runs; empty when nothing was put to it.

    The question of the round that its small rooms are in, or come to next; otherwise the
    last chat post that went out.
    """
    return _question(state, segment, now) or _last_post(state, segment)


def _question(state: SessionState, segment: Segment, now: dt.datetime) -> str:
    """The question for the rooms; empty without rounds, and once the rooms are through."""
    breakout = segment.breakout
    if breakout is None or not breakout.rounds:
        return ""
    if state.open_rooms is not None:
        return _of_round(state, state.open_rooms, now)
    were_open = any(rooms.segment == segment.id for rooms in state.rooms)
    return "" if were_open else breakout.rounds[0].ask


def _of_round(state: SessionState, rooms: RoomTime, now: dt.datetime) -> str:
    plan = round_plan(state, now)
    if plan is None:
        return ""
    clock = round_clock(plan, rooms.opened, now)
    return clock.ask or round_clock(plan, rooms.opened, clock.phase_end).ask


def _last_post(state: SessionState, segment: Segment) -> str:
    """The chat post of this part that was copied last, with the times it had then.

    They move when minutes are given or taken, and never by the clock alone: that would tell
    the group by how much the day is late.
    """
    copied = (
        (recorded, recorded.event)
        for recorded in reversed(state.history)
        if type(recorded.event) is PostCopied and recorded.event.segment == segment.id
    )
    recorded, event = next(copied, (None, None))
    if recorded is None or event is None:
        return ""
    post = segment.chat[event.post] if event.post < len(segment.chat) else ""
    at = dt.datetime.fromtimestamp(parts(recorded.stamp)[0] / 1000, dt.UTC)
    return filled(state, post, at)
