"""Pauses for care as the team looks back on them: when, and who is there; never what it was."""

from __future__ import annotations

from typing import NamedTuple

from facilitate.core.entry_events import CareHeld
from facilitate.core.events import Recorded, Undone
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words
from facilitate.core.undo import recorded_at


class CareRow(NamedTuple):
    """One pause for care."""

    words: str
    """`A pause for care at 10:40, held by care, to be followed up`."""
    follow_up: bool


def care_rows(state: SessionState) -> tuple[CareRow, ...]:
    """The pauses for care of a sitting, in order, each with what was said of it last."""
    agenda = state.agenda
    if agenda is None:
        return ()
    pauses = [pause for pause in state.pauses if pause.kind == "care"]
    held: dict[int, CareHeld] = {}
    for recorded in _said(state):
        before = [n for n, pause in enumerate(pauses) if pause.start <= recorded_at(recorded)]
        if before and isinstance(recorded.event, CareHeld):
            held[before[-1]] = recorded.event
    return tuple(
        _row(clock_words(agenda, pause.start), held.get(n)) for n, pause in enumerate(pauses)
    )


def _said(state: SessionState) -> list[Recorded]:
    undone = {r.event.event for r in state.history if isinstance(r.event, Undone)}
    return [r for r in state.history if isinstance(r.event, CareHeld) and r.id not in undone]


def _row(at: str, held: CareHeld | None) -> CareRow:
    words = f"A pause for care at {at}"
    if held is None:
        return CareRow(words, follow_up=False)
    words += f", held by {held.holder}" if held.holder else ", held by nobody yet"
    return CareRow(f"{words}{', to be followed up' if held.follow_up else ''}", held.follow_up)
