"""What the interface asks of the rest of the program; the command line puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from facilitate.core.agenda import Agenda
from facilitate.core.record import RecordRing
from facilitate.core.sharing import Form
from facilitate.core.sharing_view import Preview
from facilitate.core.shelf import Home, Unfinished
from facilitate.session.library import OpenedAgenda
from facilitate.session.live import LiveSession
from facilitate.session.publishing import Publisher
from facilitate.tui.building import Workbench
from facilitate.tui.looking_back import Past
from facilitate.tui.programmes import Programmes

Answers = tuple[tuple[str, str], ...]
"""Questions with what was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The record of a sitting, written and read back."""

    folder: str
    revision: int


class Desk(Protocol):
    """The use cases that screens start.

    Every call may read or write files, and so none is made on the loop of the screen.

    Raises:
        OSError: from any of them, when the disk does not do what it should.
        Unreadable: from `resume`, when a sitting cannot be gone on with.
    """

    def home(self) -> Home:
        """What the first screen offers, without what has to be read out of records."""
        ...

    def with_past(self, home: Home) -> Home:
        """The same with what the records tell, as `past` read them last."""
        ...

    def open_agenda(self, path: str) -> tuple[OpenedAgenda, tuple[Unfinished, ...]]:
        """An agenda with its problems, and the sittings of it that were left open."""
        ...

    def begin(self, agenda: Agenda, changed: Callable[[], None]) -> LiveSession:
        """A new sitting, today; nothing is written before the first command."""
        ...

    def resume(self, sitting: str, changed: Callable[[], None]) -> LiveSession:
        """Go on with a sitting that lies on disk."""
        ...

    def write_record(self, live: LiveSession) -> Finished:
        """Write the record of a closed sitting and read it back."""
        ...

    def tidy(self, live: LiveSession) -> None:
        """After the record: stop writing, and let the words go that were to go."""
        ...

    def forget(self, live: LiveSession, entry: str) -> str:
        """Take the words of a line off the disk at once; returns a sentence about it."""
        ...

    def write_debrief(self, sitting: str, answers: Answers) -> str:
        """Keep answers for the team; returns a sentence that says where they stand."""
        ...

    def take_in(self, sitting: str) -> str:
        """Write what colleagues noted late into a record; returns a sentence about it.

        Raises:
            Refused: when the record cannot be written again; the sentence says why.
        """
        ...

    def past(self) -> Past:
        """What was kept; asking for it neither reads nor writes."""
        ...

    def programmes(self) -> Programmes:
        """The programmes of this machine; asking for it neither reads nor writes."""
        ...

    def workbench(self) -> Workbench:
        """What a day is built with; asking for it neither reads nor writes."""
        ...

    def preview(self, of: LiveSession | str, form: Form, ring: RecordRing) -> Preview:
        """What a hand-out would hold; `of` is a sitting that goes on, or the id of a past one.

        Raises:
            Refused: when there is nothing that could be handed on.
        """
        ...

    def hand_on(self, of: LiveSession | str, form: Form, ring: RecordRing) -> str:
        """Write a hand-out; returns a sentence that says where it stands.

        Raises:
            Refused: when it cannot be written; the sentence says what to do instead.
        """
        ...

    def copy(self, text: str) -> None:
        """Hand a post to the clipboard of this machine, where there is one."""
        ...

    def save_post(self, text: str) -> str:
        """Write a post to a file of its own; returns a sentence that says where it stands."""
        ...

    def publisher(self, sitting: str) -> Publisher | None:
        """What shows a sitting to its group; None where nothing of it is to be shown.

        Asking for it neither reads nor writes.
        """
        ...
