"""A sitting while it is held: the one place where a command becomes history.

A command is decided, stamped and folded at once; a thread of the journal writes it and
waits for the disk. Nothing is on disk before the first command: looking at an agenda leaves
no trace.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from facilitate import __version__
from facilitate.core.agenda import Agenda, Role
from facilitate.core.captures import RoomNote
from facilitate.core.events import (
    ClockGap,
    EntryAdded,
    EntryReworded,
    Event,
    Recorded,
    RunOpened,
    WordsKeptApart,
)
from facilitate.core.order import Stamper
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState, evolve, replay
from facilitate.session.clock import Clock
from facilitate.store.files import replace_file
from facilitate.store.journal import JournalWriter
from facilitate.store.places import Places

if TYPE_CHECKING:
    from facilitate.core.capture_line import RoomLine
    from facilitate.core.commands import Command

_CHANCE = random.SystemRandom()
BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's digits: no letter that is read as another."""

WRITER_LENGTH, SITTING_LENGTH = 10, 4
FIRST = ("calm", "clear", "early", "green", "kind", "late", "open", "quiet", "round", "warm")
SECOND = ("bay", "cedar", "fern", "field", "hill", "lake", "moss", "path", "reed", "stone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is and what is not on disk."""

    waiting: int
    """Lines not on disk yet."""
    trouble: str | None
    """Why the disk does not take them; None while all is well."""


class Unreadable(Refused):
    """A sitting on disk that cannot be gone on with; the text says why and what to do."""


class LiveSession:
    """One sitting, its state, and the journal files of this run."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        *,
        state: SessionState,
        opening: RunOpened,
        names: tuple[Role, ...] = (),
        by: str = "lead",
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.state = state
        """Everything that is true of the sitting now."""
        self.room: tuple[RoomNote, ...] = ()
        """Lines held in this room, in memory only."""
        self.found = ""
        """What reading its files found that someone should know; empty when all is well."""
        self.sitting = opening.sitting
        self.by = by
        self._clock = clock
        self._opening: RunOpened | None = opening
        self._team = _Names(places.private(self.sitting) / "team.toml", names)
        self._stamper = Stamper()
        folders = (places.own(self.sitting), places.private(self.sitting))
        files = (path for folder in folders for path in folder.glob("*.jsonl"))
        own = {path.name.partition(".")[0] for path in files}
        for recorded in state.history:
            if recorded.writer in own:
                self._stamper.follow(recorded.stamp)
            else:
                self._stamper.observe(recorded.stamp, self._wall_ms())
        self._own = _Stream(JournalWriter(places.own(self.sitting), new_id(), changed=changed))
        self._apart = _Stream(
            JournalWriter(places.private(self.sitting), new_id(), changed=changed)
        )

    # What is done

    def do(self, command: Command) -> SessionState:
        """Carry out a command and return the new state.

        The lines go to the disk in the background; see `saving`.

        Raises:
            Refused: when it cannot be done now; nothing changes then.
        """
        from facilitate.core.decide import decide

        for event in decide(self.state, command, self._clock.now(), self.by):
            self._record(event)
        return self.state

    def warm_up(self) -> None:
        """Import what the first command will need, so that no key waits for it."""
        import facilitate.core.decide
        import facilitate.formats.journal_line  # noqa: F401 - for later

    def hold_in_room(self, line: RoomLine) -> None:
        """Keep a line in memory, for this room, as long as the program runs."""
        segment = self.state.run.segment if self.state.run else None
        self.room = (*self.room, RoomNote(segment=segment, text=line.text))

    def let_room_lines_go(self) -> None:
        """Forget every line held in this room."""
        self.room = ()

    # What is on disk

    @property
    def saving(self) -> Saving:
        """How far the disk has come."""
        own, apart = self._own.writer, self._apart.writer
        return Saving(waiting=own.waiting + apart.waiting, trouble=own.trouble or apart.trouble)

    def settle(self, timeout: float) -> bool:
        """Wait until everything is on disk; False when `timeout` seconds did not suffice."""
        self._team.wait(timeout)
        return self._apart.writer.settle(timeout) and self._own.writer.settle(timeout)

    def close(self, timeout: float) -> bool:
        """Stop writing; False when something was still not on disk after `timeout`."""
        self._team.wait(timeout)
        apart = self._apart.writer.close(timeout)
        return self._own.writer.close(timeout) and apart

    # How it is recorded

    def _record(self, event: Event) -> None:
        self._open()
        self._team.keep()
        from facilitate.core.decide import seen_versions

        base = seen_versions(self.state, event)
        if self._is_kept_apart(event):
            assert isinstance(event, EntryAdded | EntryReworded)
            self._record_apart(event, base)
            return
        recorded = self._own.next(self._stamp(), self.by, event, base)
        self.state = evolve(self.state, recorded)
        self._own.put(recorded)

    def _is_kept_apart(self, event: Event) -> bool:
        if isinstance(event, EntryReworded):
            return self.state.entries[event.entry].ring == "sitting"
        return isinstance(event, EntryAdded) and event.ring == "sitting"

    def _record_apart(self, event: EntryAdded | EntryReworded, base: tuple[str, ...]) -> None:
        """Words of the sitting ring go to private/ alone, and are written first."""
        bare = self._own.next(
            self._stamp(), self.by, replace(event, text=None, lineage=""), base
        )
        entry = event.entry if isinstance(event, EntryReworded) else bare.id
        words = WordsKeptApart(
            entry=entry, of=bare.id, text=event.text or "", lineage=event.lineage
        )
        kept = self._apart.next(self._stamp(), self.by, words, ())
        self.state = evolve(evolve(self.state, bare), kept)
        self._apart.put(kept)
        self._own.put(bare)

    def _open(self) -> None:
        """Write the first line of this run, before anything else is recorded."""
        opening, self._opening = self._opening, None
        if opening is None:
            return
        recorded = self._own.next(self._stamp(), self.by, opening, ())
        self.state = evolve(self.state, recorded)
        self._own.put(recorded)

    def _stamp(self) -> str:
        return self._stamper.tick(self._wall_ms())

    def _wall_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)


class _Names:
    """The names of the team, on their way to a private file; no command waits for that."""

    def __init__(self, path: Path, names: tuple[Role, ...]) -> None:
        self._path = path
        self._names = names
        self._thread: threading.Thread | None = None

    def keep(self) -> None:
        """Write them in a thread; what the disk does not take is tried again next time."""
        if self._names and not (self._thread and self._thread.is_alive()):
            self._thread = threading.Thread(target=self._write, name="names", daemon=True)
            self._thread.start()

    def wait(self, timeout: float) -> None:
        """Wait until they are on disk, or could not be put there."""
        if self._thread is not None:
            self._thread.join(timeout)

    def _write(self) -> None:
        from facilitate.formats import team_toml

        with contextlib.suppress(OSError):
            replace_file(self._path, team_toml.write_team(self._names).encode())
            self._names = ()


class _Stream:
    """A writer with the number of its next line."""

    def __init__(self, writer: JournalWriter) -> None:
        self.writer = writer
        self._n = 0

    def next(self, stamp: str, by: str, event: Event, base: tuple[str, ...]) -> Recorded:
        recorded = Recorded(
            writer=self.writer.writer, n=self._n, stamp=stamp, by=by, event=event, base=base
        )
        self._n += 1
        return recorded

    def put(self, recorded: Recorded) -> None:
        from facilitate.formats.journal_line import encode

        self.writer.put(recorded.n, encode(recorded))


def new_id(length: int = WRITER_LENGTH) -> str:
    """A random name of base32 characters."""
    return "".join(_CHANCE.choice(BASE32) for _ in range(length))


def begin(
    places: Places,
    clock: Clock,
    agenda: Agenda,
    *,
    date: dt.date,
    cohort: str | None = None,
    numbers_from: int = 1,
    changed: Callable[[], None] = lambda: None,
) -> LiveSession:
    """A new sitting of an agenda on a date (in the agenda's zone); nothing is written yet."""
    names = tuple(role for role in agenda.team if role.name)
    bare = replace(agenda, team=tuple(replace(role, name="") for role in agenda.team))
    opening = RunOpened(
        sitting=f"{date.isoformat()}-{agenda.id}-{new_id(SITTING_LENGTH)}",
        device=_device(),
        app=__version__,
        agenda=bare,
        date=date,
        cohort=cohort or agenda.whose,
        numbers_from=numbers_from,
    )
    preview = replay(
        [Recorded(writer="", n=0, stamp="", by="", event=opening)]
    )  # what the screens show before the first command
    return LiveSession(
        places,
        clock,
        state=replace(preview, history=()),
        opening=opening,
        names=names,
        changed=changed,
    )


def resume(
    places: Places,
    clock: Clock,
    sitting: str,
    *,
    changed: Callable[[], None] = lambda: None,
) -> LiveSession:
    """Go on with a sitting on disk; the time since its last line becomes a gap.

    Raises:
        Unreadable: when nothing of it can be read, or a newer version wrote it.
    """
    state, found = read_sitting(places, sitting, clock.now())
    opening = RunOpened(sitting=sitting, device=_device(), app=__version__)
    live = LiveSession(places, clock, state=state, opening=opening, changed=changed)
    live.found = found
    if state.run is not None and state.closed_at is None:
        from facilitate.core.commands import NoteGap

        live.do(NoteGap(since=_unwatched_since(state)))
    return live


def read_sitting(places: Places, sitting: str, now: dt.datetime) -> tuple[SessionState, str]:
    """The state of a sitting as it lies on disk, and what is to be said about its files.

    Raises:
        Unreadable: when nothing of it can be read, or a newer version wrote it.
    """
    from facilitate.session.history import read_state, report_words

    folders = (places.own(sitting), places.seen(sitting), places.private(sitting))
    state, report = read_state(folders, now)
    if report.newer:
        raise Unreadable("A newer facilitate wrote this sitting; update to go on with it.")
    if state.agenda is None:
        raise Unreadable("The beginning of this sitting cannot be read any more.")
    return state, report_words(report)


def _unwatched_since(state: SessionState) -> dt.datetime:
    """The last line, or the beginning of a gap that is still to be explained."""
    asked_last = state.history and isinstance(state.history[-1].event, ClockGap)
    return state.gap.since if state.gap and asked_last else last_seen(state)


def last_seen(state: SessionState) -> dt.datetime:
    """The instant of the last line of a history, UTC."""
    ms = int(state.history[-1].stamp[:12], 16) if state.history else 0
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)


def _device() -> str:
    return f"{_CHANCE.choice(FIRST)} {_CHANCE.choice(SECOND)}"
