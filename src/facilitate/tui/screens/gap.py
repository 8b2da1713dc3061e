"""What the clock asks: after a time in which nobody watched it, and after it was set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import minutes
from facilitate.core.commands import AnswerGap
from facilitate.core.decide_time import following_segment
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words, whole_minutes
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.host import Host


def ask_about_gap(host: Host) -> None:
    """Put the question, and do what the answer says.

    An answer about a gap that grew while the question stood there does not count.
    """
    asked = host.state.gap

    def answered(answer: AnswerGap | None) -> None:
        if answer is not None and host.state.gap == asked:
            host.perform(answer)

    host.push_screen(gap_question(host.state), answered)


MOST = 240
"""So many minutes can be chosen from; a longer gap offers its last ones."""


def gap_question(state: SessionState) -> Ask[AnswerGap]:
    """Asks what happened since the last line; the clock itself never decides that."""
    assert state.gap is not None
    assert state.agenda is not None
    since, until = state.gap.since, state.gap.until
    length = length_words(max(whole_minutes(until - since), 1))
    part = state.segment.title if state.segment else ""
    question = (
        f"Nobody watched the clock for {length}, from {clock_words(state.agenda, since)} on. "
        f"It was: {part}. What happened?"
    )
    choices = (
        Choice(key="h", label="we are still here", answer=AnswerGap(answer="still here")),
        Choice(key="p", label="we were paused", answer=AnswerGap(answer="paused")),
        *_moved_on(state),
    )
    return Ask(question, choices)


def _moved_on(state: SessionState) -> tuple[Choice[AnswerGap], ...]:
    """A choice for every minute; a part that the rules would pass over is not named."""
    agenda, gap, run = state.agenda, state.gap, state.run
    if agenda is None or gap is None or run is None:
        return ()
    instants = _minutes_of(max(gap.since, run.start), gap.until)
    return tuple(
        Choice(
            key="",
            label=f"we moved on to {following.title} at {clock_words(agenda, at)}",
            answer=AnswerGap(answer="moved on", at=at),
        )
        for at in instants
        if (following := following_segment(state, at)) is not None
    )


def _minutes_of(since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """The whole minutes in between, the latest first; both ends where there is none."""
    first = since.replace(second=0, microsecond=0) + minutes(1)
    count = int((until - first) / minutes(1)) + 1 if until >= first else 0
    whole = [first + minutes(n) for n in range(count)]
    return (whole or [until])[::-1][:MOST]


# After the clock was set

HOUR = 60
NOT_TAKEN = (
    "The computer's time lies before what happened here already. The clock goes on as before."
)


def ask_about_jump(host: Host, by: dt.timedelta, take: Callable[[], bool]) -> None:
    """Ask which time is right; `take` goes over to the computer's, False when it cannot."""

    def answered(is_taken: bool | None) -> None:
        if not is_taken:
            return
        if take():
            host.now = host.clock.now()
            host.say("The clock goes with this computer again.")
        else:
            host.say(NOT_TAKEN)

    host.push_screen(jump_question(host.state.agenda, host.clock.now(), by), answered)


def jump_question(agenda: Agenda | None, now: dt.datetime, by: dt.timedelta) -> Ask[bool]:
    """Asks which of two times is right; `by` is how far the computer's lies ahead of `now`."""
    count = abs(whole_minutes(by))
    length = length_words(count) if count % HOUR else f"{count // HOUR} h"
    side = "ahead" if by > dt.timedelta(0) else "back"
    before, computers = (
        f": {clock_words(agenda, at)}" if agenda else "" for at in (now, now + by)
    )
    return Ask(
        f"The clock of this computer moved {length} {side}. Which time is right?",
        (
            Choice(key="k", label=f"keep going as before{before}", answer=False),
            Choice(key="t", label=f"take the computer's time{computers}", answer=True),
        ),
    )
