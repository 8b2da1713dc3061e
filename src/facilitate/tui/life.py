"""How the program lives in a terminal: signals, suspending, hang-ups, faults."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import Any

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerFailed

from facilitate.tui.cover import Cover
from facilitate.tui.fault import fault_words
from facilitate.tui.terminal import Driver, has_hung_up

LOOKS = 1.0
"""Seconds between two looks at whether the terminal is still there."""
ENDS = ("SIGTERM", "SIGHUP", "SIGINT")
"""What asks a program to end. SIGHUP counts even where the parent ignores it."""


class LivingApp(App[None]):
    """Ends cleanly whatever happens to the terminal, and shows no words when it fails."""

    ALLOW_SELECT = False  # marked text could be copied, whatever its ring
    BINDINGS = [
        Binding("ctrl+z", "suspend_covered", show=False, priority=True),
        Binding("ctrl+c", "say_how_to_leave", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(driver_class=Driver)
        self.fault = ""
        """What to say after the terminal was restored; empty when all went well."""

    def on_load(self) -> None:
        """Leave in order when the terminal closes or someone ends the process."""
        loop = asyncio.get_running_loop()
        for name in ENDS:
            loop.add_signal_handler(getattr(signal, name), self.exit)
        loop.set_exception_handler(self._loop_fault)

    def on_ready(self) -> None:
        """Watch the terminal and the threads; draw everything anew after a suspension."""
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        if not self.is_headless:
            self.set_interval(LOOKS, self._leave_when_hung_up)
            threading.excepthook = self._thread_fault
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTSTP, self.action_suspend_covered)

    def _leave_when_hung_up(self) -> None:
        if has_hung_up():
            self.exit()

    # Suspending

    def action_suspend_covered(self) -> None:
        """Cover first: what stands on the screen may stay in the terminal's memory."""
        self.cover()
        self.call_after_refresh(self._step_aside)

    def _step_aside(self) -> None:
        if isinstance(self._driver, Driver):
            self._driver.step_aside()

    # Covering

    def action_cover(self) -> None:
        """Cover the whole screen, or uncover it."""
        if isinstance(self.screen, Cover):
            self.pop_screen()
        else:
            self.cover()

    def action_cover_now(self) -> None:
        """The same, for the key that works while someone types."""
        self.action_cover()

    def cover(self) -> None:
        """Put a cover over everything, unless one lies there."""
        if not isinstance(self.screen, Cover):
            self.push_screen(Cover())

    def action_say_how_to_leave(self) -> None:
        """ctrl+c ends many programs; here it only says how."""

    # Faults

    def _loop_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _thread_fault(self, args: threading.ExceptHookArgs) -> None:
        """A thread that ended by a fault: nothing that it was to do happens any more."""
        if isinstance(args.exc_value, Exception) and self._loop is not None:
            self._loop.call_soon_threadsafe(self._handle_exception, args.exc_value)

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print local variables, and with them people's words."""
        self._return_code = 1
        self.fault = self.fault or fault_words(_cause(error))
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - they may hold words
        """End without printing what is handed over."""
        self._return_code = 1
        self.fault = self.fault or fault_words(RuntimeError())
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()


def _cause(error: Exception) -> BaseException:
    """The fault itself, where Textual hands over that a worker had one."""
    return error.error if isinstance(error, WorkerFailed) else error
