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
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Where a fault happened; its message may hold what people said."""
    from facilitate.tui.fault import fault_words

    sys.stderr.write(f"{fault_words(error)}\n")


def _say_where_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _say_where(args.exc_type, args.exc_value, args.exc_traceback)
