"""The ways back: from any screen to what was kept, and to what can be handed on of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.tui.host import Host

if TYPE_CHECKING:
    from facilitate.core.shelf import Late
    from facilitate.core.threads import ThreadKey
    from facilitate.tui.screens.following import Following

NO_SITTING = "No sitting is open. Mark a past one on the first screen, then D."
REHEARSAL = "This is a rehearsal; nothing of it is handed on."


class WaysBack:
    """Lays the screens that look back over the one that is there."""

    def __init__(self, app: Host) -> None:
        self._app = app

    def _lay_over(self, screen: Following) -> None:
        self._app.push_screen(screen.bound_to(self._app))

    def search(self) -> None:
        """Search everything that was kept."""
        from facilitate.tui.screens.archive import ArchiveScreen

        self._lay_over(ArchiveScreen())

    def line(self, key: ThreadKey) -> None:
        """Show one line with its history."""
        from facilitate.tui.screens.past_line import PastLineScreen

        self._lay_over(PastLineScreen(key))

    def agreed(self, cohort: str) -> None:
        """Show the agreements in force of a cohort."""
        from facilitate.tui.screens.in_force import InForceScreen

        self._lay_over(InForceScreen(cohort))

    def grid(self, cohort: str) -> None:
        """Show the integration grid of a cohort."""
        from facilitate.tui.screens.grid import GridScreen

        self._lay_over(GridScreen(cohort))

    def grid_here(self) -> None:
        """Show the integration grid of the sitting that goes on."""
        from facilitate.tui.screens.grid import LiveGridScreen

        self._lay_over(LiveGridScreen(self._app.state))

    def record(self, sitting: str) -> None:
        """Show the record of a past sitting."""
        from facilitate.tui.screens.record import RecordScreen

        def show(text: str) -> None:
            self._lay_over(RecordScreen(sitting, text))

        self._app.course.in_background(lambda: self._app.desk.past().page(sitting), show)

    def take_in(self, late: Late) -> None:
        """Ask whether what colleagues noted late is to enter the record."""
        from facilitate.tui.asking import Ask, Choice

        def answered(yes: bool | None) -> None:
            if yes:
                desk, course = self._app.desk, self._app.course
                course.in_background(lambda: desk.take_in(late.sitting), taken_in)

        def taken_in(words: str) -> None:
            self._app.say(words)
            self._app.course.go_home()

        lines = f" They are about {', '.join(late.names)}." if late.names else ""
        question = f"Write the late notes into the record of {late.title}?{lines}"
        yes = (Choice(key="y", label="Write the record again", answer=True),)
        self._app.push_screen(Ask(question, yes), answered)

    def hand_out(self, sitting: str) -> None:
        """Show what can be handed on of what was made up to a past sitting."""
        from facilitate.tui.screens.sharing import SharingScreen

        self._lay_over(SharingScreen(sitting))

    def hand_out_here(self) -> None:
        """Show what can be handed on of the sitting that goes on."""
        from facilitate.tui.screens.sharing import SharingScreen

        live = self._app.live
        if live is None or live.state.rehearsal:
            self._app.say(REHEARSAL if live else NO_SITTING)
        else:
            self._lay_over(SharingScreen(live))
