"""The question after a time in which nobody watched the clock."""

from __future__ import annotations

import datetime as dt

from facilitate.core.clock_time import minutes
from facilitate.core.commands import AnswerGap
from facilitate.core.decide_time import following_segment
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words, whole_minutes
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.host import Host


def ask_about_gap(host: Host) -> None:
    """Put the question, and do what the answer says."""

    def answered(answer: AnswerGap | None) -> None:
        if answer is not None:
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
