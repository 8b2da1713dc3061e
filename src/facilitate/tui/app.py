"""The full-screen app: its screens, its palette, and how it is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from facilitate.tui.cover import Cover
from facilitate.tui.host import Host
from facilitate.tui.screens.opening import Opening
from facilitate.tui.theme import THEMES, wear
from facilitate.tui.verb import ANYWHERE, REHEARSAL, Verb, bindings

if TYPE_CHECKING:
    from facilitate.core.tally import Scale
    from facilitate.session.clock import Clock
    from facilitate.tui.course import Course
    from facilitate.tui.desk import Desk
    from facilitate.tui.past import WaysBack

TICK = 1.0
"""Seconds between two looks at the clock."""


class FacilitateApp(Host):
    """The host with its screens."""

    TITLE = "facilitate"
    # Of the app, so that they work over questions and the palette too.
    BINDINGS = [
        *bindings(ANYWHERE, REHEARSAL),
        *(Binding(verb.key, "app.say_what_is_rehearsed", show=False) for verb in REHEARSAL),
    ]

    # Those of the screens that come first too: later on all styles would be read once more.
    CSS_PATH = ["styles/app.tcss", "styles/home.tcss", "styles/before.tcss"]
    course: Course
    past: WaysBack

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        agenda: str | None = None,
        builds: bool = False,
        theme: str = THEMES[0].name,
        keys: dict[str, str] | None = None,
        method: str = "",
        scales: Mapping[str, Scale] | None = None,
    ) -> None:
        """`agenda` is a file to open at once; `keys` are the user's own, by verb id.

        With `builds` it is opened to be changed, and not to be held.
        `method` and `scales` are what the user's settings say about consent.
        """
        super().__init__(desk, clock, method=method, scales=scales)
        self._agenda, self._builds = agenda, builds
        wear(self, theme)
        self._keys = keys or {}
        self.set_keymap(self._keys)

    def get_default_screen(self) -> Screen[None]:
        screen = Opening(self._agenda or "what there is")
        screen._push_result_callback(self, None)  # else Textual cannot switch away from it
        return screen

    def on_mount(self) -> None:
        self.call_after_refresh(self._wake)

    def _wake(self) -> None:
        """Load what the first paint did not wait for, and open what was asked for."""
        from facilitate.core.state import EMPTY
        from facilitate.tui.course import Course
        from facilitate.tui.past import WaysBack

        self.state = EMPTY
        self.course, self.past = Course(self), WaysBack(self)
        self.set_interval(TICK, self._tick)
        self._tick()
        if self._agenda is None:
            self.course.go_home()
        elif self._builds:
            from facilitate.tui.screens.build_opening import build

            build(self, self._agenda)
        else:
            self.course.open_agenda(self._agenda)

    def _tick(self) -> None:
        self.course.look_at_clock()
        self.now = self.clock.now()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette lists: the verbs of this screen, and the themes."""
        from facilitate.tui.verbs import VERBS

        for binding in (*screen.BINDINGS, *self.BINDINGS):
            verb = VERBS.get(binding.id or "") if isinstance(binding, Binding) else None
            if verb is not None and verb.noun != "palette" and self.is_possible(verb):
                title = f"{verb.noun}: {verb.label}"
                yield SystemCommand(title, verb.help, self._palette_call(verb))
        yield SystemCommand("theme: change", "Choose colours.", self.action_change_theme)

    def _palette_call(self, verb: Verb) -> Callable[[], None]:
        async def act() -> None:
            if isinstance(self.screen.focused, Input):
                self.screen.set_focus(None)  # a verb is meant now, and not another letter
            await self.run_action(verb.binding().action)

        def call() -> None:
            self.call_later(act)

        return call

    # What its keys do

    def action_forward(self, minutes: int) -> None:
        self.course.forward(minutes)

    def action_say_what_is_rehearsed(self) -> None:
        self.say("Only the clock of a rehearsal can be put forward; run --rehearse begins one.")

    def action_say_how_to_leave(self) -> None:
        self.say("ctrl+q leaves.")

    def action_help(self) -> None:
        from facilitate.tui.screens.reading import Reading, help_page

        if not isinstance(self.screen, Cover | Reading):
            self.push_screen(help_page(self._keys))

    def action_close_sitting(self) -> None:
        self.course.harvest()

    def action_search(self) -> None:
        self.past.search()

    def action_hand_out(self) -> None:
        self.past.hand_out_here()

    def action_grid(self) -> None:
        self.past.grid_here()

    def action_leave(self) -> None:
        from facilitate.tui.leaving import leave

        leave(self)
