"""What the group sees of a sitting while it is held.

What is new is handed on once it is saved, and what goes without waiting for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitate.core.audience import AudienceView
    from facilitate.core.state import SessionState
    from facilitate.session.clock import Clock
    from facilitate.session.live import LiveSession
    from facilitate.session.publishing import Publisher
    from facilitate.tui.desk import Desk
    from facilitate.tui.life import LivingApp

SOON = 0.1
"""Seconds until it is handed on: what was done is painted by then, and the next key, too."""


class Showing:
    """Follows the sitting that is held, for the window that the group sees."""

    def __init__(self, app: LivingApp, desk: Desk, clock: Clock) -> None:
        """`app` is whose loop it waits on."""
        self._app = app
        self._desk = desk
        self._clock = clock
        self._live: LiveSession | None = None
        """What is held; None before and after."""
        self._publisher: Publisher | None = None
        self._view: AudienceView | None = None
        """What was handed on last."""
        self._shown: SessionState | None = None
        """The state that it is of, while neither the disk nor the clock changes it."""
        self._is_due = False

    def soon(self, live: LiveSession) -> None:
        """Show what is true of it now in a moment; many calls in one moment are one.

        Of a rehearsal there is nothing to show: no group is there.
        """
        if live.state.rehearsal:
            return
        self._live = live
        if not self._is_due:
            self._is_due = True
            self._app.set_timer(SOON, self._show)

    def stop(self, timeout: float) -> None:
        """Show nothing any more; wait for that at most so many seconds."""
        if self._publisher is not None:
            self._publisher.close(timeout)
        self._live = self._publisher = self._shown = self._view = None

    def _show(self) -> None:
        self._is_due, live = False, self._live
        if live is None or not live.state.history or live.state is self._shown:
            return
        is_saved = not live.saving.waiting
        if not is_saved and self._view is None:
            return  # there is nothing that could go
        from facilitate.core.audience_view import audience_view, without_new

        view = audience_view(live.state, self._clock.now())
        self._hand_on(live, view if is_saved else without_new(self._view, view))
        settled = is_saved and live.state.open_rooms is None
        self._shown = live.state if settled else None

    def _hand_on(self, live: LiveSession, view: AudienceView | None) -> None:
        self._view = view
        if self._publisher is None:
            self._publisher = self._desk.publisher(live.sitting)
        if self._publisher is not None:
            self._publisher.show(view)
