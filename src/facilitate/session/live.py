"""A sitting while it is held: the one place where a command becomes history.

A command is decided, stamped and folded at once; a thread of the journal writes it and
waits for the disk. Nothing is on disk before the first command: looking at an agenda leaves
no trace. A rehearsal is a sitting that is never written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from facilitate import __version__
from facilitate.core.agenda import Agenda
from facilitate.core.events import ClockGap, Event, Recorded, RunOpened
from facilitate.core.fold import evolve, replay
from facilitate.core.order import Stamper
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.session.clock import Clock
from facilitate.session.streams import CHANCE, Saving, Streams, new_id, unwritten, written
from facilitate.store.places import Places

if TYPE_CHECKING:  # what comes with the first line is loaded then
    from facilitate.core.capture_line import RoomLine
    from facilitate.core.captures import RoomNote
    from facilitate.core.carrying import Inherited
    from facilitate.core.commands import Command
    from facilitate.core.entry_events import EntryAdded, EntryReworded

SITTING_LENGTH = 4
FIRST = ("calm", "clear", "early", "green", "kind", "late", "open", "quiet", "round", "warm")
SECOND = ("bay", "cedar", "fern", "field", "hill", "lake", "moss", "path", "reed", "stone")


class Unreadable(Refused):
    """A sitting on disk that cannot be gone on with; the text says why and what to do."""


class LiveSession:
    """One sitting, its state, and the streams of this run."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        *,
        state: SessionState,
        opening: RunOpened,
        stamper: Stamper,
        by: str = "lead",
    ) -> None:
        """Nothing happens yet.

        Args:
            clock: tells when something was done.
            streams: where the lines of this run go.
            state: what is true before this run.
            opening: the first line of this run.
            stamper: stamps later than all that led to `state`.
            by: the role that asks here.
        """
        self.state = state
        """Everything that is true of the sitting now."""
        self.room: tuple[RoomNote, ...] = ()
        """Lines held in this room, in memory only."""
        self.found = ""
        """What reading its files found that someone should know; empty when all is well."""
        self.sitting = opening.sitting
        self.by = by
        self._clock = clock
        self._written: list[RoomNote | str] = []
        """What was written in this run, oldest first: a line of the room, or a wording's id."""
        self._own, self._apart = streams
        self._opening: RunOpened | None = opening
        self._stamper = stamper

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

    def hold_in_room(self, line: RoomLine, *, given_back: bool = False) -> None:
        """Keep a line in memory, for this room, as long as the program runs.

        One that was `given_back` is not what was written here last.
        """
        from facilitate.core.captures import RoomNote

        segment = self.state.run.segment if self.state.run else None
        note = RoomNote(segment=segment, text=line.text)
        self.room = (*self.room, note)
        if not given_back:
            self._written.append(note)

    def take_back_in_room(self) -> bool:
        """Drop the line of this room that is the last thing written here; False for none.

        What was written after it and does not stand any more does not count.
        """
        entries = self.state.entries.values()
        standing = {version.id for e in entries if e.is_shown for version in e.versions}
        while self._written:
            last = self._written.pop()
            if not isinstance(last, str):
                self.room = tuple(note for note in self.room if note is not last)
                return True
            if last in standing:
                self._written.append(last)
                break
        return False

    # What is on disk

    @property
    def saving(self) -> Saving:
        """How far the disk has come."""
        own, apart = self._own.saving, self._apart.saving
        return Saving(waiting=own.waiting + apart.waiting, trouble=own.trouble or apart.trouble)

    def settle(self, timeout: float) -> bool:
        """Wait until everything is on disk; False when `timeout` seconds did not suffice."""
        return self._apart.settle(timeout) and self._own.settle(timeout)

    def close(self, timeout: float) -> bool:
        """Stop writing; False when something was still not on disk after `timeout`."""
        apart = self._apart.close(timeout)
        return self._own.close(timeout) and apart

    # How it is recorded

    def _record(self, event: Event) -> None:
        self._open()
        self._apart.prepare()
        from facilitate.core.decide import seen_versions
        from facilitate.core.entry_events import (
            ConcernNoted,
            EntryAdded,
            EntryReworded,
            VotesTaken,
        )

        base = seen_versions(self.state, event)
        if isinstance(event, EntryAdded | EntryReworded) and self._is_kept_apart(event):
            self._record_apart(event, base)
            return
        stream = self._apart if isinstance(event, VotesTaken | ConcernNoted) else self._own
        recorded = stream.next(self._stamp(), self.by, event, base)
        if isinstance(event, EntryAdded | EntryReworded):
            self._written.append(recorded.id)
        self.state = evolve(self.state, recorded)
        stream.put(recorded)

    def _is_kept_apart(self, event: EntryAdded | EntryReworded) -> bool:
        from facilitate.core.entry_events import EntryAdded

        if isinstance(event, EntryAdded):
            return event.ring == "sitting"
        return self.state.entries[event.entry].ring == "sitting"

    def _record_apart(self, event: EntryAdded | EntryReworded, base: tuple[str, ...]) -> None:
        """Words of the sitting ring go to private/ alone, and are written first."""
        from facilitate.core.entry_events import EntryAdded, WordsKeptApart, without_words

        bare = self._own.next(self._stamp(), self.by, without_words(event), base)
        entry = bare.id if isinstance(event, EntryAdded) else event.entry
        words = WordsKeptApart(
            entry=entry,
            of=bare.id,
            text=event.text or "",
            lineage=event.lineage,
            marks=event.marks if isinstance(event, EntryAdded) else None,
        )
        kept = self._apart.next(self._stamp(), self.by, words, ())
        self._written.append(bare.id)
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
        return _milliseconds(self._clock.now())


def begin(
    places: Places,
    clock: Clock,
    agenda: Agenda,
    *,
    date: dt.date,
    cohort: str | None = None,
    numbers_from: int = 1,
    inherited: Inherited | None = None,
    changed: Callable[[], None] = lambda: None,
) -> LiveSession:
    """A new sitting of an agenda on a date (in the agenda's zone); nothing is written yet.

    `inherited` is what earlier sittings of the cohort hand on.
    """
    opening = _opening(agenda, date, cohort, numbers_from)
    names = tuple(role for role in agenda.team if role.name)
    streams = written(places, opening.sitting, changed, names)
    return _first_run(clock, opening, streams, inherited)


def rehearse(
    clock: Clock,
    agenda: Agenda,
    *,
    date: dt.date,
    cohort: str | None = None,
    numbers_from: int = 1,
    inherited: Inherited | None = None,
) -> LiveSession:
    """A sitting to practise with: like any other, and never is anything of it written."""
    opening = _opening(agenda, date, cohort, numbers_from)
    return _first_run(clock, replace(opening, rehearsal=True), unwritten(), inherited)


def _opening(agenda: Agenda, date: dt.date, cohort: str | None, numbers_from: int) -> RunOpened:
    """The first line of a new sitting, without names."""
    bare = replace(agenda, team=tuple(replace(role, name="") for role in agenda.team))
    return RunOpened(
        sitting=f"{date.isoformat()}-{agenda.id}-{new_id(SITTING_LENGTH)}",
        device=_device(),
        app=__version__,
        agenda=bare,
        date=date,
        cohort=cohort or agenda.whose,
        numbers_from=numbers_from,
    )


def _first_run(
    clock: Clock, opening: RunOpened, streams: Streams, inherited: Inherited | None
) -> LiveSession:
    preview = replay(
        [Recorded(writer="", n=0, stamp="", by="", event=opening)]
    )  # what the screens show before the first command
    state = replace(preview, history=(), inherited=inherited)
    return LiveSession(clock, streams, state=state, opening=opening, stamper=Stamper())


def resume(
    places: Places,
    clock: Clock,
    sitting: str,
    *,
    inherited: Callable[[SessionState], Inherited | None] = lambda _: None,
    changed: Callable[[], None] = lambda: None,
) -> LiveSession:
    """Go on with a sitting on disk; the time since its last line becomes a gap.

    `inherited` looks up what earlier sittings hand on to the one that was read.

    Raises:
        Unreadable: when nothing of it can be read, or a newer version wrote it.
    """
    state, found = read_sitting(places, sitting, clock.now())
    state = replace(state, inherited=inherited(state))
    folders = (places.own(sitting), places.private(sitting))
    live = LiveSession(
        clock,
        written(places, sitting, changed),
        state=state,
        opening=RunOpened(sitting=sitting, device=_device(), app=__version__),
        stamper=_stamper_after(state.history, folders, clock.now()),
    )
    live.found = found
    if state.run is not None and state.closed_at is None:
        from facilitate.core.commands import NoteGap

        live.do(NoteGap(since=unwatched_since(state)))
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


def _stamper_after(
    history: Iterable[Recorded], folders: Iterable[Path], now: dt.datetime
) -> Stamper:
    """Stamps after a history; what wrote files in `folders` is this machine's own."""
    files = (path for folder in folders for path in folder.glob("*.jsonl"))
    own = {path.name.partition(".")[0] for path in files}
    stamper = Stamper()
    for recorded in history:
        if recorded.writer in own:
            stamper.follow(recorded.stamp)
        else:
            stamper.observe(recorded.stamp, _milliseconds(now))
    return stamper


def unwatched_since(state: SessionState, looked: dt.datetime | None = None) -> dt.datetime:
    """The latest instant at which somebody watched for sure, UTC.

    It is that of the last line, or of a later look at the clock; and the beginning of a gap
    that is still to be explained, when nobody watched and nothing happened since.
    """
    gap = state.gap
    unexplained = gap and state.history and isinstance(state.history[-1].event, ClockGap)
    if gap and unexplained and (looked is None or looked <= gap.until):
        return gap.since
    seen = last_seen(state)
    return max(seen, looked) if looked else seen


def last_seen(state: SessionState) -> dt.datetime:
    """The instant of the last line of a history, UTC."""
    ms = int(state.history[-1].stamp[:12], 16) if state.history else 0
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)


def _device() -> str:
    return f"{CHANCE.choice(FIRST)} {CHANCE.choice(SECOND)}"


def _milliseconds(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
