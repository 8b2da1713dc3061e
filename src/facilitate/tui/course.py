"""The course of a day: from the first screen to the record, and what lies in between."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from facilitate.core.refusal import Refused
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.host import Host
from facilitate.tui.screens.before import BeforeScreen
from facilitate.tui.screens.following import Following

if TYPE_CHECKING:
    from facilitate.core.agenda import Agenda
    from facilitate.core.shelf import Unfinished
    from facilitate.session.library import OpenedAgenda
    from facilitate.session.live import LiveSession
    from facilitate.tui.desk import Finished

Result = TypeVar("Result")
SOON = 0.5
"""Seconds until something is tried again that had to wait."""
PATIENCE = 2.0
"""Seconds that leaving waits for the disk before it asks."""


class Course:
    """Leads from screen to screen. Files are read and written away from the screen's loop."""

    def __init__(self, app: Host) -> None:
        self._app = app

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
            self._app.switch_screen(screen().bound_to(self._app))

    def in_background(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do something slow in a thread, and go on with its result on the loop."""

        def run() -> None:
            try:
                result = work()
            except (OSError, Refused) as error:
                self._app.call_from_thread(self._app.say, _what_failed(error))
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
        from facilitate.tui.screens.home import unfinished_words

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
        if live.found:
            app.say(live.found)
        if live.state.closed_at is not None:
            self.finish()
        elif live.state.gap is not None:
            from facilitate.tui.screens.gap import ask_about_gap

            app.call_after_refresh(ask_about_gap, app)
        app.call_after_refresh(self._warm_up)

    def _warm_up(self) -> None:
        """The day is drawn: load what the first keys will need, and end the start-up."""
        live = self._app.live
        if live is not None:
            self.in_background(live.warm_up, lambda _: warmed_up())

    def read_record(self, folder: str) -> None:
        """Show the record of a past sitting."""
        from facilitate.tui.screens.reading import record_page

        def show(text: str) -> None:
            self._app.push_screen(record_page(text))

        self.in_background(lambda: self._app.desk.record(folder), show)

    # Closing

    def harvest(self) -> None:
        """Show what is to be decided before the sitting is closed."""
        from facilitate.tui.screens.harvest import HarvestScreen

        if self._app.state.started_at is None:
            self._app.say("This sitting has not begun; there is nothing to close.")
        elif not isinstance(self._app.screen, HarvestScreen):
            self._app.push_screen(HarvestScreen().bound_to(self._app))

    def finish(self) -> None:
        """Write the record of the closed sitting; then the sitting is over."""
        live = self._app.live
        if live is not None:
            self._app.say("Writing the record.")
            self.in_background(lambda: self._app.desk.write_record(live), self._recorded)

    def _recorded(self, finished: Finished) -> None:
        live = self._app.live
        if live is None:
            return
        from facilitate.core.commands import NoteRecord

        self._app.perform(NoteRecord(revision=finished.revision))

        def tidied(_: None) -> None:
            self._app.forget()
            self._app.say(f"Closed. The record stands in {finished.folder}")
            self.go_home()

        self.in_background(lambda: self._app.desk.tidy(live), tidied)

    # Leaving

    def leave(self) -> None:
        """Leave the program; ask first while a sitting runs or something is not on disk."""
        live = self._app.live
        if live is None:
            self._app.exit()
        elif self._app.state.run is None:
            self._settle_and_exit()
        else:
            held = len(live.room)
            gone = f" {_lines(held)} held in this room will be gone." if held else ""
            question = f"Leave now? The sitting can be gone on with later.{gone}"
            yes = (Choice(key="y", label="Leave", answer=True),)

            def answered(choice: bool | None) -> None:
                if choice:
                    self._settle_and_exit()

            self._app.push_screen(Ask(question, yes), answered)

    def _settle_and_exit(self) -> None:
        live = self._app.live
        if live is not None:
            self.in_background(lambda: live.settle(PATIENCE), self._exit_when_saved)

    def _exit_when_saved(self, saved: bool) -> None:
        if saved:
            self._app.exit()
            return
        waiting = self._app.live.saving.waiting if self._app.live else 0
        question = f"Not on disk yet: {_lines(waiting)}. Wait for that?"
        choices = (
            Choice(key="w", label="Wait", answer=True),
            Choice(key="l", label="Leave; these lines are lost", answer=False),
        )

        def answered(wait: bool | None) -> None:
            if wait is False:
                self._app.exit()
            elif wait:
                self._settle_and_exit()

        self._app.push_screen(Ask(question, choices), answered)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _what_failed(error: OSError | Refused) -> str:
    if isinstance(error, OSError):
        return f"That did not work: {error.strerror or 'the disk gave no reason'}. Try again."
    return str(error)


def warmed_up() -> None:
    """Start-up is over: what it made stays, and is not looked through for rubbish again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
