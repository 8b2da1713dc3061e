"""What a real terminal needs beyond Textual's own driver."""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message import Message

CLEAR = "\x1b[2J\x1b[H"
KITTY_KEYS_OFF = "\x1b[<u"
LOOK_AGAIN = 1.0
"""Seconds between two looks at whether a program in the background was brought forward."""


READS = 4096
"""Bytes taken from the terminal at once."""
ROUNDS = 2
"""So many waits after the last key, until a lone Esc is known not to begin a longer key."""


class Driver(LinuxDriver):
    """Asks for clicks and drags only, leaves no words behind, and comes back from a stop.

    Reports of every mouse motion cost a third of a core while the mouse moves. Some terminals
    keep what the alternate screen showed last, so it is cleared before it is left: on quitting,
    on suspending and after a fault alike.

    Keys are waited for without looking ten times a second whether it is time to leave, as
    Textual does: a quiet screen sleeps, and the end does not wait for two more looks.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stderr__ is not None
        self._file = _Way(sys.__stderr__.fileno())  # type: ignore[assignment] # all it needs
        self._leaving = False
        self._wake_in, self._wake_out = os.pipe()  # as long as the process: reading starts anew
        # Textual's own answer to SIGCONT would start a second reader of keys after a stop
        # from outside.
        self._loop.add_signal_handler(signal.SIGCONT, self._come_back)

    @property
    def _is_drawing(self) -> bool:
        return self._writer_thread is not None and self._writer_thread.is_alive()

    def write(self, data: str) -> None:
        if data == KITTY_KEYS_OFF and constants.DISABLE_KITTY_KEY:
            return  # they were never on, and the state of someone else would be taken away
        if self._is_drawing:
            super().write(data)

    # Keys

    def run_input_thread(self) -> None:
        """Hand on what is typed until `disable_input` says that it is over."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        rounds = ROUNDS
        with selectors.SelectSelector() as terminal:  # others refuse a terminal on macOS
            terminal.register(self.fileno, selectors.EVENT_READ)
            terminal.register(self._wake_in, selectors.EVENT_READ)
            while not self._leaving:
                ready = terminal.select(constants.ESCAPE_DELAY if rounds else None)
                rounds = ROUNDS if ready else max(rounds - 1, 0)
                if any(key.fd == self.fileno for key, _ in ready):
                    typed = self._typed()
                    if not typed:
                        return  # the terminal is gone; `has_hung_up` ends the program
                    if text := decode(typed):  # half a character is none yet
                        self._hand_on(parser.feed(text))
                self._hand_on(parser.tick())

    def _typed(self) -> bytes:
        try:
            return os.read(self.fileno, READS)
        except OSError:
            return b""

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def disable_input(self) -> None:
        """Stop listening to keys, now and not at the next look."""
        self._leaving = True
        os.write(self._wake_out, b"!")
        super().disable_input()
        os.read(self._wake_in, READS)
        self._leaving = False

    # The mouse

    def _enable_mouse_support(self) -> None:
        super()._enable_mouse_support()
        if self._mouse:
            self.write("\x1b[?1003l\x1b[?1002h\x1b[?1006h")
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        if self._mouse:
            self.write("\x1b[?1002l")
        super()._disable_mouse_support()

    # Leaving, stopping and coming back

    def stop_application_mode(self) -> None:
        self.write(CLEAR)
        super().stop_application_mode()

    def step_aside(self) -> None:
        """Give the terminal back and stop, as ctrl+z does in any shell; then draw again."""
        self.suspend_application_mode()
        self._stop(signal.SIGTSTP)
        self._come_back()

    def _stop(self, number: signal.Signals) -> None:
        """Stop the whole job, as the terminal itself would: `make` may have started it.

        Where no shell is there to bring it back, the system drops the signal and this returns
        at once.
        """
        before = signal.signal(number, signal.SIG_DFL)
        self._loop.remove_signal_handler(signal.SIGCONT)
        os.killpg(os.getpgrp(), number)
        self._loop.add_signal_handler(signal.SIGCONT, self._come_back)
        signal.signal(number, before)

    def _come_back(self) -> None:
        """Draw again after a stop, ours or one from outside."""
        if not self._is_in_front():
            self._stop(signal.SIGTTOU)  # `bg`: wait for `fg`, as everything that draws does
            self._loop.call_later(LOOK_AGAIN, self._come_back)
            return
        if self._is_drawing:  # stopped from outside: a shell may have changed every mode
            self.suspend_application_mode()
        self._must_signal_resume = True
        self.start_application_mode()  # type: ignore[no-untyped-call]

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:  # the terminal is gone; `has_hung_up` ends the program
            return True


class _Way:
    """The way to the terminal; what a closed window does not take any more is let go.

    Otherwise the thread that writes would end, and the loop would wait for it for ever.
    """

    def __init__(self, fileno: int) -> None:
        self._fileno = fileno
        self._waiting: list[str] = []

    def fileno(self) -> int:
        return self._fileno

    def write(self, text: str) -> None:
        self._waiting.append(text)

    def flush(self) -> None:
        rest = "".join(self._waiting).encode(errors="replace")
        self._waiting.clear()
        with contextlib.suppress(OSError):
            while rest:
                rest = rest[os.write(self._fileno, rest) :]


def has_hung_up() -> bool:
    """Whether the terminal is gone: its reader would spin on the end of the input."""
    if sys.__stdin__ is None or sys.__stdin__.closed:
        return True
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)  # hang-ups and errors are always told
    return bool(poll.poll(0))
