"""Whether the words of a line are still those that someone said yes to being named with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from facilitate.core.captures import Entry
from facilitate.core.entry_events import (
    EntryAdded,
    EntryAttributed,
    EntryRaised,
    EntryReworded,
    RewordingWasSmall,
)
from facilitate.core.events import Recorded
from facilitate.core.travelling import undone_in

WORDED_SINCE = "the yes was to other words; y asks again"
"""Stands where a name would, once a line has words that its person never said."""


def is_said_still(history: Iterable[Recorded], entry: Entry) -> bool:
    """Whether what a line says of whose it is goes for the words that it has now.

    It does for the words at the time of the yes, for small fixes of them and when they go on
    to a wider ring; other words need a yes of their own. The group's words stay the group's.
    It is decided by the open history alone, so that everyone who closes writes the same.
    """
    said = entry.attribution
    if said is None or said.form == "group":
        return True
    events = tuple(history)
    undone = undone_in(events)
    wordings = _Wordings(entry.id)
    for recorded in events:
        if recorded.id not in undone:
            wordings.take(recorded, said.id)
    return all(version.id in wordings.meant for version in entry.wordings)


class _Wordings:
    """The wordings of one line in the order of the history, and those that a yes goes for."""

    def __init__(self, entry: str) -> None:
        self.meant: set[str] = set()
        self._entry = entry
        self._texts: dict[str, str | None] = {entry: None}

    def take(self, recorded: Recorded, yes: str) -> None:
        """Take in one event that was not undone; `yes` is the id of the one that names."""
        event = recorded.event
        if isinstance(event, EntryAdded) and recorded.id == self._entry:
            self._texts[recorded.id] = event.text
        elif getattr(event, "entry", None) != self._entry:
            return
        elif isinstance(event, EntryAttributed) and recorded.id == yes:
            self.meant = set(self._texts)
        elif isinstance(event, RewordingWasSmall) and self._follows(list(self._texts)[-2:-1]):
            self.meant.add(list(self._texts)[-1])
        elif isinstance(event, EntryReworded | EntryRaised):
            self._reword(recorded, event)

    def _reword(self, recorded: Recorded, event: EntryReworded | EntryRaised) -> None:
        before = recorded.base or tuple(self._texts)[-1:]
        self._texts[recorded.id] = event.text
        small = isinstance(event, EntryReworded) and event.small
        repeated = event.text is not None and event.text in self._known()
        unread = isinstance(event, EntryRaised) and None in self._known()
        if repeated or ((small or unread) and self._follows(before)):
            self.meant.add(recorded.id)

    def _known(self) -> set[str | None]:
        return {self._texts.get(version) for version in self.meant}

    def _follows(self, before: Sequence[str]) -> bool:
        return bool(before) and self.meant.issuperset(before)
