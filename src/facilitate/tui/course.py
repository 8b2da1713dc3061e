"""The course of a day: from the first screen to the record, and what lies in between."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.widgets import Input

from facilitate.core.refusal import Refused
from facilitate.session.clock import RehearsalClock
from facilitate.session.watching import MISSED, SMALL, Jumped, Slept, Watch
from facilitate.tui.host import Host
from facilitate.tui.screens.before import BeforeScreen
from facilitate.tui.screens.following import Following

if TYPE_CHECKING:
    from facilitate.core.agenda import Afterwards, Agenda
    from facilitate.core.care_view import CareRow
    from facilitate.core.events import ClockGap
    from facilitate.core.shelf import Unfinished
    from facilitate.session.library import OpenedAgenda
    from facilitate.session.live import LiveSession
    from facilitate.tui.desk import Answers, Finished

Result = TypeVar("Result")
SOON = 0.5
"""Seconds until something is tried again that had to wait."""
REHEARSING = "A rehearsal: nothing of it is kept. 1, 5 and 0 put its clock forward."
REHEARSED = "The rehearsal is over; nothing of it was kept."


class Course:
    """Leads from screen to screen. Files are read and written away from the screen's loop."""

    def __init__(self, app: Host) -> None:
        self._app = app
        self._gap: ClockGap | None = None
        """The gap that was asked about last."""
        self._jumped = False
        """Whether there is to be a question about a clock that was set."""
        self._closed = False  # a sitting, since the first screen was there last

    def show_where_we_are(self) -> None:
        """Show the screen that belongs to the state."""
        app = self._app
        if app.live is None or not app.is_at_base:
            return
        if app.state.run is not None:
            from facilitate.tui.screens.run import RunScreen  # not needed for the first paint

            self._show(RunScreen)
        elif app.state.closed_at is None:
            self._show(BeforeScreen)

    def _show(self, screen: type[Following]) -> None:
        """Make a screen the one at the bottom; nothing happens when it is there already."""
        if type(self._app.screen) is not screen:
            shown = screen().bound_to(self._app)
            shown.set_class(self._app.state.rehearsal, "-rehearsal")  # it has more keys
            self._app.switch_screen(shown)

    def in_background(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        otherwise: Callable[[], None] = lambda: None,
    ) -> None:
        """Do something slow in a thread, and go on with its result on the loop.

        What failed is said; then `otherwise` is done.
        """

        def run() -> None:
            try:
                result = work()
            except (OSError, Refused) as error:
                self._app.call_from_thread(self._app.say, _what_failed(error))
                self._app.call_from_thread(otherwise)
            else:
                self._app.call_from_thread(then, result)

        self._app.run_worker(run, thread=True)

    # Opening

    def go_home(self) -> None:
        """Show the first screen, and what there is to open."""
        if not self._app.is_at_base:  # a cover lies over it, or a question
            self._app.set_timer(SOON, self.go_home)
            return
        from facilitate.tui.screens.home import HomeScreen

        self._show(HomeScreen)
        self.in_background(self._app.desk.home, self._fill_home)

    def _fill_home(self, home: object) -> None:
        from facilitate.tui.screens.home import HomeScreen

        if isinstance(self._app.screen, HomeScreen):
            self._app.screen.home = home  # type: ignore[assignment]
        warmed_up()
        if self._closed:
            from facilitate.tui.keeping import ask_how_long

            self._closed = False  # nobody is asked again before the next one is closed
            ask_how_long(self._app)

    def open_agenda(self, path: str) -> None:
        """Open an agenda file: the screen before the start."""
        self.in_background(lambda: self._app.desk.open_agenda(path), self._opened)

    def _opened(self, opened: tuple[OpenedAgenda, tuple[Unfinished, ...]]) -> None:
        reading, unfinished = opened
        if reading.agenda is None:
            from facilitate.tui.screens.reading import problems_page

            self._app.push_screen(problems_page(reading.problems), lambda _: self.go_home())
        elif unfinished:
            self._ask_which(reading.agenda, unfinished)
        else:
            self._begin_sitting(reading.agenda)

    def _ask_which(self, agenda: Agenda, unfinished: tuple[Unfinished, ...]) -> None:
        from facilitate.tui.asking import Ask, Choice
        from facilitate.tui.screens.shelf import unfinished_words

        choices: list[Choice[str]] = [
            Choice(
                key="g" if n == 0 else "",
                label=f"Go on with it, {unfinished_words(one)}",
                answer=one.sitting,
            )
            for n, one in enumerate(unfinished)
        ]
        choices.append(Choice(key="n", label="Begin a new sitting", answer=""))

        def answered(sitting: str | None) -> None:
            if sitting is None:
                self.go_home()
            elif sitting:
                self.go_on_with(sitting)
            else:
                self._begin_sitting(agenda)

        question = "A sitting of this agenda was left open."
        self._app.push_screen(Ask(question, tuple(choices)), answered)

    def _begin_sitting(self, agenda: Agenda) -> None:
        desk, moved = self._app.desk, self._app.journal_moved
        self.in_background(lambda: desk.begin(agenda, moved), self._adopt)

    def go_on_with(self, sitting: str) -> None:
        """Resume a sitting that lies on disk."""
        desk, moved = self._app.desk, self._app.journal_moved
        self.in_background(lambda: desk.resume(sitting, moved), self._adopt)

    def _adopt(self, live: LiveSession) -> None:
        app = self._app
        app.live = live
        app.take(live.state)
        if live.state.rehearsal:
            app.say(REHEARSING)
        elif found := _opening_words(live):
            app.say(found)
        if live.state.closed_at is not None:
            self.finish()
        elif live.state.history:
            self._take_off_disk(live)
        app.call_after_refresh(self._ask_what_is_due)
        app.call_after_refresh(self._warm_up)

    def _take_off_disk(self, live: LiveSession) -> None:
        """Words that were given back to the room and are still there leave the disk now."""
        from facilitate.core.travelling import given_back

        for entry in given_back(live.state):
            self._app.take_off_disk(entry, lambda _: None)

    def _warm_up(self) -> None:
        """The day is drawn: load what the first keys will need, and end the start-up."""
        live = self._app.live
        if live is not None:
            self.in_background(live.warm_up, lambda _: warmed_up())

    # The clock

    def look_at_clock(self) -> None:
        """Take in what happened to the clock, and ask what is to be asked; for every tick."""
        self.show_where_we_are()  # what lay over the screen may have gone since
        clock = self._app.clock
        if isinstance(clock, Watch):
            match clock.look():
                case Slept(since=since, until=until):
                    self._note_gap(since, until)
                case Jumped():
                    self._jumped = True
        self._ask_what_is_due()

    def _note_gap(self, since: dt.datetime, until: dt.datetime) -> None:
        """Note a time in which a part ran and nobody watched; what was done after it counts."""
        live = self._app.live
        if live is None or live.state.run is None:
            return
        from facilitate.core.commands import NoteGap
        from facilitate.session.live import unwatched_since

        since = unwatched_since(live.state, since)
        if until - since > MISSED:
            self._app.perform(NoteGap(since=since))

    def _ask_what_is_due(self) -> None:
        """Put one question about the clock, never over another, nor while someone writes."""
        app = self._app
        gap = app.state.gap
        self._gap = self._gap if gap else None  # an answer that is undone is asked for again
        if not (self._jumped or (gap and gap != self._gap)) or not self._may_ask():
            return
        from facilitate.tui.screens import gap as questions

        if gap and gap != self._gap:
            self._gap = gap
            questions.ask_about_gap(app)
            return
        self._jumped = False
        if isinstance(app.clock, Watch) and abs(app.clock.jumped) > SMALL:
            questions.ask_about_jump(app, app.clock.jumped, self._take_wall_time)

    def _take_wall_time(self) -> bool:
        from facilitate.session.live import last_seen

        clock, live = self._app.clock, self._app.live
        last = last_seen(live.state) if live and live.state.history else None
        return isinstance(clock, Watch) and clock.take_wall_time(last)

    def _may_ask(self) -> bool:
        screen = self._app.screen
        writes = isinstance(screen.focused, Input) and screen.focused.value
        return self._app.is_at_base and isinstance(screen, Following) and not writes

    def forward(self, minutes: int) -> None:
        """Put the clock of a rehearsal forward."""
        app = self._app
        if isinstance(app.clock, RehearsalClock):
            app.clock.forward(minutes)
            app.now = app.clock.now()
            app.say(f"{minutes} min on.")

    # Closing

    def harvest(self) -> None:
        """Show what is to be decided before the sitting is closed."""
        from facilitate.tui.screens.harvest import HarvestScreen

        if self._app.state.started_at is None:
            self._app.say("This sitting has not begun; there is nothing to close.")
        elif not isinstance(self._app.screen, HarvestScreen):
            self._app.push_screen(HarvestScreen().bound_to(self._app))

    def finish(self) -> None:
        """Write the record of the closed sitting; then the sitting is over.

        A rehearsal is over at once, and leaves none.
        """
        live = self._app.live
        if live is None:
            return
        if live.state.rehearsal:
            self._app.forget()
            self._app.say(REHEARSED)
            self.go_home()
            return
        self._app.say("Writing the record.")
        self.in_background(lambda: self._app.desk.write_record(live), self._recorded)

    def _recorded(self, finished: Finished) -> None:
        live = self._app.live
        if live is None:
            return
        from facilitate.core.agenda import Afterwards
        from facilitate.core.care_view import care_rows
        from facilitate.core.commands import NoteRecord

        self._app.perform(NoteRecord(revision=finished.revision))
        asked = live.state.agenda.after if live.state.agenda else None
        after = asked or Afterwards()
        care = care_rows(live.state)

        def tidied(_: None) -> None:
            self._closed = True
            self._app.forget()
            self._app.say(f"Closed. The record stands in {finished.folder}")
            if after.questions or any(row.follow_up for row in care):
                self._debrief(live.sitting, after, care)
            else:
                self.go_home()

        self.in_background(lambda: self._app.desk.tidy(live), tidied)

    def _debrief(self, sitting: str, after: Afterwards, care: tuple[CareRow, ...]) -> None:
        """Put the questions for afterwards; the sitting itself is over by then."""
        if not self._app.is_at_base:
            self._app.set_timer(SOON, lambda: self._debrief(sitting, after, care))
            return
        from facilitate.tui.screens.debrief import DebriefScreen

        def keep(answers: Answers) -> None:
            desk = self._app.desk
            self.in_background(lambda: desk.write_debrief(sitting, answers), kept)

        def kept(words: str) -> None:
            self._app.say(words)
            self.go_home()

        screen = DebriefScreen(after, keep, self.go_home, care)
        self._app.switch_screen(screen.bound_to(self._app))


def _opening_words(live: LiveSession) -> str:
    """What someone should know of the files that a sitting was opened from."""
    unread = live.state.inherited.unread_words if live.state.inherited else ""
    return " ".join(words for words in (live.found, unread) if words)


def _what_failed(error: OSError | Refused) -> str:
    if isinstance(error, OSError):
        return f"That did not work: {error.strerror or 'the disk gave no reason'}. Try again."
    return str(error)


def warmed_up() -> None:
    """Start-up is over: what it made stays, and is not looked through for rubbish again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
