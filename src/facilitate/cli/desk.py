"""The use cases, put together for the full-screen interface.

Each is imported when it is asked for: the first paint waits for none of them.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from facilitate.cli.timelines import DeskWithProgrammes

if TYPE_CHECKING:
    from facilitate.cli.past import LocalPast
    from facilitate.cli.workbench import LocalWorkbench
    from facilitate.core.agenda import Agenda
    from facilitate.core.carrying import Inherited
    from facilitate.core.keeping import Keep
    from facilitate.core.record import RecordRing
    from facilitate.core.sharing import Form, Shared
    from facilitate.core.sharing_view import Preview
    from facilitate.core.shelf import Home, Late, Unfinished
    from facilitate.core.state import SessionState
    from facilitate.session.clock import Clock, RehearsalClock
    from facilitate.session.library import OpenedAgenda
    from facilitate.session.live import LiveSession
    from facilitate.session.publishing import Publisher
    from facilitate.store.places import Places
    from facilitate.tui.desk import Answers, Finished

PATIENCE = 30.0
"""Seconds to wait for the disk before words are taken out of the journals."""


class LocalDesk(DeskWithProgrammes):
    """Everything on this machine."""

    _rehearses = False

    def __init__(
        self,
        places: Places,
        clock: Clock,
        *,
        cohort: str | None = None,
        keep: Keep | None = None,
    ) -> None:
        """`keep` is how long journals are kept; None before anyone was asked."""
        self._places = places
        self._clock = clock
        self._cohort = cohort
        self._keep = keep
        self._stay: tuple[str, ...] = ()
        """Why journals stay whose time has come, a sentence each."""
        self._rewriting = threading.Lock()
        """Held while journals are rewritten: of two at a time one would undo the other."""
        self._beside: Path | None = None
        """Where the agenda lies that was opened last; its programme is looked for there."""
        self._past: LocalPast | None = None

    def home(self) -> Home:
        """What the first screen offers, without what has to be read out of records."""
        from facilitate.session import library

        self._finish_tidying()
        folders, now = library.agenda_folders(), self._clock.now()
        found = library.home(self._places, folders, now, with_past=False)
        return found._replace(said=self._stay)

    def with_past(self, home: Home) -> Home:
        """The same with what the records tell, as they were read last."""
        past = self.past()
        stands = self.programmes().on_shelf()
        dates = (one._replace(stands=stands.get(one.path, "")) for one in home.programmes)
        return home._replace(
            past=past.sittings(),
            late=self._late(),
            programmes=tuple(dates),
            said=(*past.said, *home.said),
        )

    def _late(self) -> tuple[Late, ...]:
        """What colleagues wrote and no record has yet."""
        from facilitate.core.shelf import Late
        from facilitate.session.late import late_notes

        return tuple(
            Late(one.sitting, one.title, one.date, one.names, one.waiting)
            for one in late_notes(self._places)
        )

    def take_in(self, sitting: str) -> str:
        """Write the late notes of a sitting into its record; returns a sentence about it."""
        from facilitate.session.late import take_in

        with self._rewriting:
            written = take_in(self._places, sitting, self._clock.now())
        return f"Its record has the late notes now. It stands in {written.folder}"

    def _finish_tidying(self) -> None:
        """Let the words go that were to go when an earlier sitting was closed."""
        from facilitate.session.finished import untidy

        if untidy(self._places):
            from facilitate.session import harvest  # most starts go without

            with self._rewriting:
                harvest.finish_tidying(self._places)
        self._let_go_of_old_journals()

    def _let_go_of_old_journals(self) -> None:
        from facilitate.session.finished import over_before

        now, days = self._clock.now(), self._keep if isinstance(self._keep, int) else None
        old = days is not None and over_before(self._places, now - dt.timedelta(days=days))
        if old or self._places.leaving.is_dir():
            from facilitate.session import retention  # most starts go without

            with self._rewriting:
                found = retention.let_go_of_old_journals(self._places, self._keep, now)
            self._stay = found.stay

    def open_agenda(self, path: str) -> tuple[OpenedAgenda, tuple[Unfinished, ...]]:
        """An agenda with its problems, and the sittings of it that were left open."""
        from facilitate.session import library

        self._finish_tidying()
        opened = self._opened(path)
        if opened.agenda is None:
            return opened, ()
        return opened, library.unfinished(self._places, self._clock.now(), opened.agenda.id)

    def _opened(self, path: str) -> OpenedAgenda:
        from facilitate.session import library

        self._beside = Path(path).parent
        return library.open_agenda(Path(path))

    def begin(self, agenda: Agenda, changed: Callable[[], None]) -> LiveSession:
        """A new sitting, on the date of the clock in the agenda's zone."""
        from facilitate.session import library, live

        cohort = self._cohort or agenda.whose
        handed_on = self._inherited(agenda, cohort)
        highest = handed_on.highest if handed_on else 0
        return live.begin(
            self._places,
            self._clock,
            agenda,
            date=self._date(agenda),
            cohort=cohort,
            numbers_from=library.first_free_number(self._places, cohort, highest),
            inherited=handed_on,
            changed=changed,
        )

    def _inherited(
        self, agenda: Agenda, cohort: str, sitting: str | None = None
    ) -> Inherited | None:
        """What earlier sittings of the cohort hand on; `sitting` is the one gone on with."""
        from facilitate.session import carrying, library

        handed_on = carrying.inherited(self._places, cohort, agenda, sitting=sitting)
        if handed_on is None:
            return None
        beside = () if self._beside is None else (self._beside,)
        folders = (*beside, *library.agenda_folders())
        return handed_on._replace(is_last=library.is_last(agenda, folders))

    def _date(self, agenda: Agenda) -> dt.date:
        from facilitate.core.clock_time import local

        return local(agenda, self._clock.now()).date()

    def resume(self, sitting: str, changed: Callable[[], None]) -> LiveSession:
        """Go on with a sitting that lies on disk."""
        from facilitate.session import live

        def handed_on(state: SessionState) -> Inherited | None:
            assert state.agenda is not None, "a sitting without one cannot be gone on with"
            cohort = state.cohort or state.agenda.whose
            found = self._inherited(state.agenda, cohort, sitting)
            return self._with_numbers(found, state, cohort)

        return live.resume(
            self._places, self._clock, sitting, inherited=handed_on, changed=changed
        )

    def _with_numbers(
        self, handed_on: Inherited | None, state: SessionState, cohort: str
    ) -> Inherited | None:
        """With the numbers that other open sittings of the cohort gave to lines meanwhile."""
        from facilitate.core.carrying import Inherited
        from facilitate.session import library

        known = handed_on.highest if handed_on else 0
        highest = library.first_free_number(self._places, cohort, known) - 1
        if highest <= max(known, state.next_number - 1):
            return handed_on
        return (handed_on or Inherited())._replace(highest=highest)

    def write_record(self, live_session: LiveSession) -> Finished:
        """Write the record of a closed sitting and read it back."""
        from facilitate.session import harvest
        from facilitate.tui.desk import Finished

        state = live_session.state
        roots = self._places.record_roots
        written = harvest.write_record(state, self._places.records, roots)
        harvest.mark_untidy(self._places.private(live_session.sitting), state)
        return Finished(folder=str(written.folder), revision=written.revision)

    def tidy(self, live_session: LiveSession) -> None:
        """Once all is on disk: let the words go that were to go."""
        from facilitate.session import harvest

        if not live_session.close(PATIENCE):
            raise OSError(None, "the last lines are not on disk yet")
        with self._rewriting:
            harvest.tidy(self._places, live_session.state)

    def forget(self, live_session: LiveSession, entry: str) -> str:
        """Take the words of a line off the disk at once; returns a sentence about it."""
        from facilitate.session import harvest

        if not live_session.settle(PATIENCE):
            raise OSError(None, "the last lines are not on disk yet")
        sitting = live_session.sitting
        places = self._places
        folders = (places.own(sitting), places.seen(sitting), places.private(sitting))
        with self._rewriting:
            harvest.forget_words(folders, live_session.state, entry)
        return "Held in this room: its words left the disk, and go when this closes."

    def write_debrief(self, sitting: str, answers: Answers) -> str:
        """Keep answers for the team; returns a sentence that says where they stand."""
        from facilitate.session import debrief

        path = debrief.write_debrief(self._places.private(sitting), answers)
        return f"The answers stand in {path}"

    def past(self) -> LocalPast:
        """What was kept; asking for it neither reads nor writes."""
        if self._past is None:
            from facilitate.cli.past import LocalPast

            self._past = LocalPast(self._places, self._rewriting, rehearses=self._rehearses)
        return self._past

    def workbench(self) -> LocalWorkbench:
        """What a day is built with; asking for it neither reads nor writes."""
        from facilitate.cli.workbench import LocalWorkbench

        return LocalWorkbench(self._places, self.past().records, rehearses=self._rehearses)

    def preview(self, of: LiveSession | str, form: Form, ring: RecordRing) -> Preview:
        """What a hand-out would hold."""
        from facilitate.core.sharing_view import preview

        return preview(self._gathered(of, form, ring)[0])

    def _gathered(
        self, of: LiveSession | str, form: Form, ring: RecordRing
    ) -> tuple[Shared, str]:
        """All that a hand-out holds, and what reading its files found."""
        from facilitate.session import exporting

        now = self._clock.now()
        if isinstance(of, str):
            source = exporting.source(self._places, of, now)
        else:
            source = exporting.source_of(of.state, now)
        return exporting.gathered(self._places, source, form, ring), source.said

    def hand_on(self, of: LiveSession | str, form: Form, ring: RecordRing) -> str:
        """Write a hand-out; returns a sentence that says where it stands."""
        from facilitate.session import exporting
        from facilitate.store.files import replace_file

        found, said = self._gathered(of, form, ring)
        path, content = exporting.usual_path(self._places, found), exporting.written(found)

        def give(content: bytes) -> None:
            replace_file(path, content)

        now = self._clock.now()
        exporting.hand_on(self._places, found, content, now, give=give, path=path)
        return f"It stands in {path} {said}".rstrip()

    def copy(self, text: str) -> None:
        """Hand a post to the clipboard of this machine, where there is one."""
        from facilitate.cli.clipboard import copy

        copy(text)

    def save_post(self, text: str) -> str:
        """Write a post to a file of its own; returns a sentence that says where it stands."""
        from facilitate.store.files import replace_file

        path = self._places.posts / f"post-{self._clock.now():%Y%m%d-%H%M%S}.txt"
        replace_file(path, f"{text}\n".encode())
        return f"The post stands in {path}"

    def publisher(self, sitting: str) -> Publisher | None:
        """What shows a sitting to its group, in the window that is shared."""
        from facilitate.session.publishing import Publisher

        return Publisher(self._places.shown(sitting))


class RehearsalDesk(LocalDesk):
    """Everything on this machine can be read; nothing of a rehearsal is written."""

    _rehearses = True

    def _finish_tidying(self) -> None:
        """Nothing: what was left is tidied by the next start in earnest."""

    def open_agenda(self, path: str) -> tuple[OpenedAgenda, tuple[Unfinished, ...]]:
        """An agenda with its problems; sittings that were left open play no part."""
        return self._opened(path), ()

    def begin(self, agenda: Agenda, changed: Callable[[], None]) -> LiveSession:  # noqa: ARG002 - nothing is saved, nothing changes
        """A sitting to practise with."""
        from facilitate.session import library, live

        cohort = self._cohort or agenda.whose
        handed_on = self._inherited(agenda, cohort)
        highest = handed_on.highest if handed_on else 0
        return live.rehearse(
            self._clock,
            agenda,
            date=self._date(agenda),
            cohort=cohort,
            numbers_from=library.first_free_number(self._places, cohort, highest),
            inherited=handed_on,
        )

    def resume(self, sitting: str, changed: Callable[[], None]) -> LiveSession:  # noqa: ARG002 - refused
        """Never: what was begun in earnest is gone on with in earnest.

        Raises:
            Refused: always.
        """
        from facilitate.core.refusal import Refused

        raise Refused("This is a rehearsal. Start without --rehearse to go on with a sitting.")

    def forget(self, live_session: LiveSession, entry: str) -> str:  # noqa: ARG002 - nowhere
        """A sentence that says where the line is; a rehearsal never was on the disk."""
        return "Held in this room; a rehearsal saves nothing."

    def hand_on(self, of: LiveSession | str, form: Form, ring: RecordRing) -> str:  # noqa: ARG002 - refused
        """Never: a rehearsal writes nothing.

        Raises:
            Refused: always.
        """
        from facilitate.core.refusal import Refused

        raise Refused("This is a rehearsal. Start without --rehearse to hand something on.")

    def take_in(self, sitting: str) -> str:  # noqa: ARG002 - refused
        """Never: a rehearsal writes nothing.

        Raises:
            Refused: always.
        """
        from facilitate.core.refusal import Refused

        raise Refused("This is a rehearsal. Start without --rehearse to write a record again.")

    def save_post(self, text: str) -> str:  # noqa: ARG002 - it is written nowhere
        """A sentence that says that nothing was saved."""
        return "This is a rehearsal; the post was not saved."

    def publisher(self, sitting: str) -> Publisher | None:  # noqa: ARG002 - it has no group
        """None: a rehearsal is shown to nobody."""
        return None


def rehearsal_clock(
    agenda: str, begins: dt.time | None, speed: int, steady: Clock
) -> RehearsalClock:
    """A clock that begins at the planned start of an agenda, or at a time of that day.

    A template is rehearsed today; with an agenda that cannot be opened it begins now.
    """
    from facilitate.core.clock_time import instant, local
    from facilitate.session import library
    from facilitate.session.clock import RehearsalClock

    now, plan = steady.now(), library.open_agenda(Path(agenda)).agenda
    if plan is not None:
        now = instant(plan, plan.date or local(plan, now).date(), begins or plan.start)
    return RehearsalClock(now, speed, steady)
