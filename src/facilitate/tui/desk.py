"""What the interface asks of the rest of the program; the command line puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from facilitate.core.agenda import Agenda
from facilitate.core.shelf import Home, Unfinished
from facilitate.session.library import OpenedAgenda
from facilitate.session.live import LiveSession
from facilitate.session.publishing import Publisher

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
        """What the first screen offers."""
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

    def record(self, folder: str) -> str:
        """The text of a record."""
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
