"""What the group's own window shows of a sitting: what everyone in the room was told already.

No notes, names or lengths of time; nothing of how the day stands beside its plan; no line
before it was read back, and none that stays in the room or in the sitting. A line has the words
in which it was heard last, whatever it was given since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping

from facilitate.core.agenda import CaptureKind, Segment
from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.core.captures import EntryState, shown
from facilitate.core.events import PostCopied
from facilitate.core.heard import HEARD, Heard, heard
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
STANDING: frozenset[EntryState] = HEARD | {"amending", "open", "revived"}
"""States of a line that the group still holds, or looks at again."""


def audience_view(state: SessionState, now: dt.datetime) -> AudienceView | None:
    """What the group may see; None before anything happened, in a rehearsal, after the close.

    `now` matters only while small rooms are open, for the question of their round.
    """
    agenda = state.agenda
    if agenda is None or not state.history or state.rehearsal or state.closed_at is not None:
        return None
    segment, back, lines = state.segment, back_at(state), heard(state)
    return AudienceView(
        title=agenda.subtitle or agenda.title,
        now=segment.title if segment else "",
        back_at=clock_words(agenda, back) if back else "",
        prompt=prompt(state, segment, now) if segment else "",
        agreements=_lines(state, lines, AGREEMENTS),
        terms=_lines(state, lines, WORDS),
    )


def _lines(
    state: SessionState, lines: Mapping[str, Heard], kinds: Container[CaptureKind]
) -> tuple[AudienceLine, ...]:
    """The lines of these kinds that were read back and still hold, in words that were heard."""
    return tuple(
        AudienceLine(name=entry.name, text=wording.text)
        for entry in shown(state.entries.values())
        if entry.kind in kinds and entry.ring != "sitting" and entry.state in STANDING
        for wording in (lines[entry.id].words(entry) if entry.id in lines else ())
        if wording.text
    )


def without_new(
    before: AudienceView | None, allowed: AudienceView | None
) -> AudienceView | None:
    """What is left of a view when all goes that may not be seen any more, and nothing comes.

    For while the disk has not taken what happened last: what goes does not wait for it.
    """
    if before is None or allowed is None:
        return None
    may = {*allowed.agreements, *allowed.terms}
    return before._replace(
        agreements=tuple(line for line in before.agreements if line in may),
        terms=tuple(line for line in before.terms if line in may),
    )


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
