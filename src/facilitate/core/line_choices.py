"""What someone can choose among for one line: where it goes next, how far, until when."""

from __future__ import annotations

from typing import get_args

from facilitate.core.capture_line import NewLine, read_line
from facilitate.core.captures import RINGS, Entry, EntryState, LowerRing, Ring, shown
from facilitate.core.decide_entries import under_test
from facilitate.core.lives import check_move, following
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState


def moves(entry: Entry) -> tuple[EntryState, ...]:
    """The states that a line can be moved to; not those that a deed of its own leads to."""
    return tuple(state for state in following(entry) if _is_allowed(entry, state))


def _is_allowed(entry: Entry, state: EntryState) -> bool:
    try:
        check_move(entry, state)
    except Refused:
        return False
    return True


def to_be_tested(state: SessionState) -> Entry | None:
    """The agreement that a test is about when no line is marked; None when there is none.

    The one whose round goes on, else the last of those that were read back, else the last.
    """
    agreements = [e for e in shown(state.entries.values()) if e.kind == "agreement"]
    ready = [e for e in agreements if e.state in ("proposed", "open", "revived", "amending")]
    return under_test(state) or next(reversed(ready or agreements), None)


def merge_targets(state: SessionState, entry: Entry) -> tuple[Entry, ...]:
    """The lines that a line could become a part of, by number; carried ones as well."""
    here = {one.number for one in shown(state.entries.values())}
    carried = {line.number for line in state.inherited.lines} if state.inherited else set()
    found = (state.entry(number) for number in sorted(here | carried))
    return tuple(e for e in found if e and e.kind == entry.kind and e.id != entry.id)


def wider(entry: Entry) -> tuple[Ring, ...]:
    """The rings that are wider than that of a line, the next one first."""
    return RINGS[RINGS.index(entry.ring) + 1 :]


def narrower(entry: Entry) -> tuple[LowerRing, ...]:
    """The rings that a line may be taken back to, the next one first.

    What stands in an earlier record cannot come back into a room or a sitting.
    """
    rings: tuple[LowerRing, ...] = get_args(LowerRing)
    below = rings[: rings.index(entry.ring)] if entry.ring in rings else rings
    if entry.carried_from:
        below = tuple(ring for ring in below if ring not in ("room", "sitting"))
    return tuple(reversed(below))


def read_when(text: str) -> str:
    """When to look again, as it may stand behind `>` on the capture line.

    `next`, `part2`, `end`, `+6w`, a date like 2026-11-22; empty when it is none of these.
    """
    line = read_line(f"- >{text.strip()}", None)
    return line.when if isinstance(line, NewLine) and line.text == "-" else ""
