"""Which of its words the group heard: read back, tested or adopted as they were.

All lines are followed at once, in one walk over what happened: the answer is wanted at every
change, and a day is long.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from facilitate.core.captures import KINDS, Entry, EntryState, LowerRing, Version
from facilitate.core.entry_events import (
    EntryAdded,
    EntryAdopted,
    EntryLowered,
    EntryMoved,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenUp,
    EntryTested,
    RewordingWasSmall,
    taken_up_id,
)
from facilitate.core.events import Recorded, Undone
from facilitate.core.fold import is_undoable
from facilitate.core.state import SessionState

HEARD: frozenset[EntryState] = frozenset(
    {"proposed", "tested", "in force", "working", "shared"}
)
"""States that say that the group heard a line in the words it came there with."""


class Heard:
    """What the group heard of one line, and in which words that line stands meanwhile."""

    __slots__ = ("_before", "_hold", "_in_sitting", "_together")

    def __init__(self, version: str) -> None:
        """Nothing yet; `version` is the id of the first wording."""
        self._hold: tuple[str, ...] = (version,)
        self._before: dict[str, tuple[str, ...]] = {}
        """What a wording was made in sight of."""
        self._together: list[tuple[str, ...]] = []
        """Wordings that were heard together, the latest last."""
        self._in_sitting = False

    def words(self, entry: Entry) -> tuple[Version, ...]:
        """Of the wordings that hold, those that were heard; else those that were heard last.

        None at all when no wording of the line was.
        """
        ever = self._ever()
        if holding := tuple(v for v in entry.wordings if v.id in ever):
            return holding
        for heard in reversed(self._together):
            if found := tuple(v for v in entry.versions if v.id in heard):
                return found
        return ()

    def _ever(self) -> frozenset[str]:
        return frozenset(version for heard in self._together for version in heard)

    def hear(self, versions: tuple[str, ...] = ()) -> None:
        """The group heard these wordings, or all that hold when there are none."""
        self._together.append(versions or self._hold)

    def reword(self, recorded: Recorded, *, small: bool) -> None:
        """It got other words, which are nothing new when only the writing was mended."""
        self._take(recorded.id, recorded.base)
        if small:
            self._hear_like(recorded.id)

    def call_small(self, base: tuple[str, ...]) -> None:
        """Its latest words mean the same as those before; nothing where others stand by now."""
        if self._hold == (base or self._hold[-1:]):
            self._hear_like(self._hold[-1])

    def lower(self, ring: LowerRing) -> None:
        """It went to a narrower ring."""
        self._in_sitting = self._in_sitting or ring == "sitting"

    def raise_(self, recorded: Recorded, same: Container[str]) -> None:
        """It went to a wider ring, in words that it has already; `same` has their ids.

        What it said before it was in the sitting alone stays there.
        """
        was_heard = any(version in same for version in self._ever())
        self._take(recorded.id, recorded.base or self._hold)
        if self._in_sitting:
            self._together, self._in_sitting = [], False
        if was_heard:
            self._together.append((recorded.id,))

    def _take(self, version: str, base: tuple[str, ...]) -> None:
        self._before[version] = base
        self._hold = (*(v for v in self._hold if v not in base), version)

    def _hear_like(self, version: str) -> None:
        """A wording was heard if those were that it came from."""
        ever = self._ever()
        if not ever.isdisjoint(self._before.get(version, ())):
            self._together.append((*(v for v in self._hold if v in ever), version))


def heard(state: SessionState) -> Mapping[str, Heard]:
    """What the group heard of every line of a sitting, by entry id."""
    lines: dict[str, Heard] = {}
    for recorded in _happened(state.history):
        event = recorded.event
        if isinstance(event, EntryAdded):
            lines[recorded.id] = Heard(recorded.id)
        elif isinstance(event, EntryTakenUp):
            entry = taken_up_id(event.sitting, KINDS[event.kind].letter, event.number)
            lines.setdefault(entry, _taken_up(entry, event))
        elif isinstance(event, _CHANGES) and event.entry in lines:
            _follow(lines[event.entry], recorded, state.entries.get(event.entry))
    return lines


_CHANGES = (
    EntryReworded,
    RewordingWasSmall,
    EntryReadBack,
    EntryTested,
    EntryAdopted,
    EntryMoved,
    EntryRaised,
    EntryLowered,
)
_FOLLOWED = frozenset((EntryAdded, EntryTakenUp, *_CHANGES))


def _happened(history: Iterable[Recorded]) -> Iterable[Recorded]:
    """What is to be followed, without what was undone."""
    told = [r for r in history if type(r.event) in _FOLLOWED or type(r.event) is Undone]
    undone = {r.event.event for r in told if type(r.event) is Undone}
    if not undone:
        return told
    return [r for r in told if r.id not in undone or not is_undoable(r)]


def _taken_up(entry: str, event: EntryTakenUp) -> Heard:
    """A line of an earlier sitting: heard there in these words, where it says so."""
    line = Heard(entry)
    if event.state in HEARD:
        line.hear()
    return line


def _follow(line: Heard, recorded: Recorded, entry: Entry | None) -> None:
    match recorded.event:
        case EntryReworded(small=small):
            line.reword(recorded, small=small)
        case RewordingWasSmall():
            line.call_small(recorded.base)
        case EntryReadBack():
            line.hear(recorded.base)
        case EntryMoved(state=state) if state in HEARD:
            line.hear(recorded.base)
        case EntryTested(version=version) | EntryAdopted(version=version):
            line.hear((version,))
        case EntryLowered(ring=ring):
            line.lower(ring)
        case EntryRaised(text=text):
            known = entry.versions if entry else ()
            line.raise_(recorded, frozenset(v.id for v in known if v.text == text))
