"""A look as a page of text, for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from facilitate.core.agenda import Agenda
from facilitate.core.captures import Entry
from facilitate.core.clock_time import ZERO, minutes
from facilitate.core.fit_words import trim_words
from facilitate.core.lines_view import line_view
from facilitate.core.look import Look, RowSeen, lines_seen
from facilitate.core.promises import THE_END, Ahead
from facilitate.core.schedule import project
from facilitate.core.state import SessionState
from facilitate.core.time_words import (
    clock_words,
    drift_words,
    left_words,
    length_words,
    pause_words,
    promise_words,
    whole_minutes,
)
from facilitate.formats.characters import printable

_INDENT = "       "
"""As wide as a clock time and two spaces."""


def look_page(look: Look, state: SessionState) -> str:
    """How a sitting stands, a dozen lines and those of the group; no newline at the end.

    Everything is told in the agenda's zone and is fit to be printed. Empty before an agenda
    is open.
    """
    if state.agenda is None:
        return ""
    return "\n".join(printable(line).rstrip() for line in _lines(look, state, state.agenda))


def _lines(look: Look, state: SessionState, agenda: Agenda) -> Iterator[str]:
    yield f"{clock_words(agenda, look.now)}  {_what_runs(look, state, agenda)}"
    yield f"{_INDENT}{_standing(look, state, agenda)}"
    for words in (_latest(look, agenda), _in_hand(look.ahead, state, agenda), _rounds(look)):
        if words:
            yield f"{_INDENT}{words}"
    yield ""
    yield from (_row(row, agenda) for row in look.rows)
    if look.captures:
        yield ""
    yield from (_capture(entry, state) for entry in lines_seen(state))
    trims = trim_words(look.fit, state)
    if trims or look.offers:
        yield ""
    yield from (f"{_INDENT}to fit: {words}" for words in trims)
    yield from (f"{_INDENT}offer: {words}" for words in look.offers)


def _what_runs(look: Look, state: SessionState, agenda: Agenda) -> str:
    """What runs, and how long still."""
    if state.segment is None or look.left is None or look.signal is None:
        return "not begun" if look.since_began is None else "closed"
    words = left_words(look.left, look.signal)
    if state.pause is not None:
        words = pause_words(state.pause.kind, look.now - state.pause.start)
    if look.back_at is not None:
        words += f", back at {clock_words(agenda, look.back_at)}"
    return f"{state.segment.title}: {words}"


def _standing(look: Look, state: SessionState, agenda: Agenda) -> str:
    """How the day stands beside its plan; time taken for care is told apart."""
    words = [drift_words(look.drift - look.care)]
    if whole_minutes(look.care) > 0:
        words.append(f"{length_words(whole_minutes(look.care))} for care")
    projection = project(state, look.now)
    if look.ahead is not None and projection is not None:
        words.append(promise_words(agenda, projection))
    began = look.since_began
    if began is not None and whole_minutes(began) != whole_minutes(look.drift):
        words.append(f"{drift_words(began - look.care)} since it began")
    return ", ".join(words)


def _latest(look: Look, agenda: Agenda) -> str:
    told = [("leave by", look.leave_by), ("on plan until", look.on_plan_until)]
    return ", ".join(f"{name} {clock_words(agenda, at)}" for name, at in told if at is not None)


def _in_hand(ahead: Ahead | None, state: SessionState, agenda: Agenda) -> str:
    if ahead is None:
        return ""
    barrier, count = ahead.barrier, whole_minutes(ahead.in_hand)
    part = state.part(barrier.name)
    deed = f"{part.title} {'ends' if barrier.ends else 'begins'}" if part else "the end"
    if barrier.name == THE_END:
        deed = "the end"
    where = f"before {deed} at {clock_words(agenda, barrier.at)}"
    return f"{length_words(abs(count))} {'in hand' if count >= 0 else 'short'} {where}"


def _rounds(look: Look) -> str:
    return f"rounds of {', '.join(map(str, look.rounds))} min" if look.rounds else ""


def _row(row: RowSeen, agenda: Agenda) -> str:
    """One segment: when, how long, what, and what is special about it."""
    times = "  ".join(_clock(at, agenda) for at in (row.start, row.end))
    mark = ">" if row.status == "running" else " "
    length = f"{row.allotted // minutes(1)} min"
    notes: list[str] = [] if row.status in {"pending", "running"} else [row.status]
    if row.hold > ZERO:
        notes.append(f"after {length_words(whole_minutes(row.hold))} of waiting")
    if whole_minutes(row.late) > 0:
        notes.append(f"{length_words(whole_minutes(row.late))} later than promised")
    return f"     {mark} {times}  {length:>7}  {', '.join([row.title, *notes])}"


def _clock(at: dt.datetime | None, agenda: Agenda) -> str:
    return "     " if at is None else clock_words(agenda, at)


def _capture(entry: Entry, state: SessionState) -> str:
    """One line of the group: what it is called, where it stands, its words and their marks."""
    line = line_view(state, entry)
    source = f"stands on: {line.lineage}" if line.lineage else ""
    notes = "; ".join(note for note in (source, line.more, line.keeps) if note)
    return f"{_INDENT}{line.name}, {line.state}: {line.text} ({notes})"
