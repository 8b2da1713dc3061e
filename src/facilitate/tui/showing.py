"""What the group sees of a sitting while it is held: handed on once it is saved, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from facilitate.core.state import SessionState
    from facilitate.session.clock import Clock
    from facilitate.session.live import LiveSession
    from facilitate.session.publishing import Publisher
    from facilitate.tui.desk import Desk

SOON = 0.1
"""Seconds until it is handed on: what was done is painted by then, and the next key, too."""


class Holding(Protocol):
    """Who holds a live sitting, and can do something later on the loop of the screen."""

    live: LiveSession | None
    desk: Desk
    clock: Clock

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        """Call something after so many seconds."""
        ...


class Showing:
    """Follows the sitting that is held, for the window that the group sees."""

    def __init__(self, host: Holding) -> None:
        self._host = host
        self._publisher: Publisher | None = None
        self._shown: SessionState | None = None
        """The state that was handed on last, while the clock changes nothing about it."""
        self._is_due = False

    def soon(self) -> None:
        """Show what is true now in a moment; many calls in one moment are one."""
        if self._host.live is not None and not self._is_due:
            self._is_due = True
            self._host.set_timer(SOON, self._show)

    def stop(self, timeout: float) -> None:
        """Show nothing any more; wait for that at most so many seconds."""
        if self._publisher is not None:
            self._publisher.close(timeout)
        self._publisher = self._shown = None

    def _show(self) -> None:
        self._is_due, live = False, self._host.live
        if live is None or not live.state.history or live.state is self._shown:
            return
        if live.saving.waiting:
            return  # until the disk has taken that, too
        from facilitate.core.audience_view import audience_view

        self._shown = live.state if live.state.open_rooms is None else None
        if self._publisher is None:
            self._publisher = self._host.desk.publisher(live.sitting)
        if self._publisher is not None:
            self._publisher.show(audience_view(live.state, self._host.clock.now()))
