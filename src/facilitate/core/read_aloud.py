"""Which lines are read aloud to the group, and in which order."""

from __future__ import annotations

from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, Entry, EntryState, shown
from facilitate.core.lines_view import line_view
from facilitate.core.state import SessionState

_ORDER = {kind: place for place, kind in enumerate(KINDS)}


class LineToRead(NamedTuple):
    """One line, as large as a screen can have it."""

    number: int
    name: str
    kind: CaptureKind
    state: EntryState
    text: str
    """Wordings that stand side by side are parted by a slash."""
    lineage: str

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<LineToRead {self.name}>"


def lines_to_read(state: SessionState) -> tuple[LineToRead, ...]:
    """What this sitting made and worked with, by kind, then number.

    The screen may be shared while they are read: lines that stay in the sitting are left out,
    and those of the room are no entries at all.
    """
    seen = [e for e in shown(state.entries.values()) if e.touched and e.ring != "sitting"]
    seen.sort(key=lambda entry: _ORDER[entry.kind])
    return tuple(_line(state, entry) for entry in seen)


def _line(state: SessionState, entry: Entry) -> LineToRead:
    text = line_view(state, entry).text
    return LineToRead(
        entry.number, entry.name, entry.kind, entry.state, text, entry.version.lineage
    )
