"""What every screen of a sitting has in common: it follows the state, the clock, the words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, cast

from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from facilitate.core.state import EMPTY, SessionState
from facilitate.tui.host import LONG_AGO, Host

if TYPE_CHECKING:
    from facilitate.core.captures import RoomNote  # loaded with the first line


class Following(Screen[None]):
    """A screen that is drawn anew from the state and the time whenever one of them moves."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (90, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-tall")]

    state: reactive[SessionState] = reactive(EMPTY, init=False, repaint=False, bindings=True)
    now: reactive[dt.datetime] = reactive(LONG_AGO, init=False, repaint=False)
    notice: reactive[str] = reactive("", init=False, repaint=False)
    unsaved: reactive[str] = reactive("", init=False, repaint=False)
    room: reactive[tuple[RoomNote, ...]] = reactive((), init=False, repaint=False)

    _to_be_drawn = False

    @property
    def host(self) -> Host:
        """The app, by what screens may ask of it."""
        return cast("Host", self.app)

    @property
    def chosen(self) -> int | None:
        """Number of the line that is marked here; None when none is."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while someone types."""
        if not isinstance(self.focused, Input):
            return True
        from facilitate.tui.verbs import is_live

        return is_live(action, parameters, typing=True)

    def draw(self) -> None:
        """Show what is true now; called whenever something moved."""

    def on_mount(self) -> None:
        self.draw()

    def bound_to(self, host: Host) -> Self:
        """Follow the app from now on; returns itself."""
        with host._context():  # the key that led here may have been that of a screen
            self.data_bind(Host.state, Host.now, Host.notice, Host.unsaved, Host.room)
        self.take_room(*host.size)
        return self

    def lay_over(self, other: Following) -> None:
        """Show another screen over this one; it follows the app as well."""
        self.app.push_screen(other.bound_to(self.host))

    def take_room(self, width: int, height: int) -> None:
        """Be laid out for a window of so many cells from the first paint on."""
        for size, marks in (
            (width, self.HORIZONTAL_BREAKPOINTS),
            (height, self.VERTICAL_BREAKPOINTS),
        ):
            now = self._get_breakpoint_classes(size, marks)
            for _, name in marks:
                self.set_class(name in now, name)

    def watch_state(self) -> None:
        self.draw_soon()

    def watch_now(self) -> None:
        self.draw_soon()

    def watch_notice(self) -> None:
        self.draw_soon()

    def watch_unsaved(self) -> None:
        self.draw_soon()

    def watch_room(self) -> None:
        self.draw_soon()

    def draw_soon(self) -> None:
        """Draw once for all that moves together: a key moves the state, the time, a notice."""
        if self.is_mounted and not self._to_be_drawn:
            self._to_be_drawn = True
            self.call_next(self._draw_all)

    def draw_at_once(self) -> None:
        """Let what a key kept be painted first; all else of the screen follows behind it."""
        if self._to_be_drawn:
            self._to_be_drawn = False
            self.call_after_refresh(self.draw_soon)

    def _draw_all(self) -> None:
        if not self._to_be_drawn:
            return  # something of it was painted first
        self._to_be_drawn = False
        if self.is_mounted and not self._pruning:  # on its way out its parts go first
            self.draw()
