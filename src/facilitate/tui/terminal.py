"""What a real terminal needs beyond Textual's own driver."""

from __future__ import annotations

import select
import sys

from textual.drivers.linux_driver import LinuxDriver

CLEAR = "\x1b[2J\x1b[H"


class Driver(LinuxDriver):
    """Asks for clicks and drags only, and leaves no words behind on the alternate screen.

    Reports of every mouse motion cost a third of a core while the mouse moves. Some terminals
    keep what the alternate screen showed last, so it is cleared before it is left: on quitting,
    on suspending and after a fault alike.
    """

    def _enable_mouse_support(self) -> None:
        super()._enable_mouse_support()
        if self._mouse:
            self.write("\x1b[?1003l\x1b[?1002h\x1b[?1006h")
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1002l")
        super()._disable_mouse_support()

    def stop_application_mode(self) -> None:
        self.write(CLEAR)
        super().stop_application_mode()


def has_hung_up() -> bool:
    """Whether the terminal is gone: its reader would spin on the end of the input."""
    if sys.__stdin__ is None or sys.__stdin__.closed:
        return True
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)  # hang-ups and errors are always told
    return bool(poll.poll(0))
