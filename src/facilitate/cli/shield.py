"""Keeps people's words out of what a process leaves behind when it dies."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import sys
import threading
from types import TracebackType

PR_SET_DUMPABLE = 4
"""prctl(2) on Linux."""

SAYS = "facilitate met a fault of its own and stopped. What it had acknowledged is on disk."


def shield() -> None:
    """No core file, no reading by other programs, no message of an exception on the screen."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    sys.excepthook = _say_where
    threading.excepthook = _say_where_in_thread


def _say_where(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """The kind of a fault and its last place; its message may hold what people said."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "start"
    sys.stderr.write(f"{SAYS}\n{kind.__name__} in {place}\n")


def _say_where_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _say_where(args.exc_type, args.exc_value, args.exc_traceback)
