"""facilitate with a fault: once a line with the word `kookaburra` is there, something fails.

The first argument says where: screen, thread, writer or callback.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from facilitate.cli import desk, main
from facilitate.core import views
from facilitate.store import journal

WORD = "kookaburra"


def fail(words: object) -> Any:
    """Raise what tells people's words in its message, with more of them in its locals."""
    held = str(words)
    raise ValueError(f"cannot draw {held}")


def faulty_screen(state: Any, *rest: Any) -> Any:
    return fail(state) if is_due(state) else run_view(state, *rest)


def faulty_callback(state: Any, *rest: Any) -> Any:
    if is_due(state):
        asyncio.get_running_loop().call_soon(fail, state)
    return run_view(state, *rest)


def faulty_writer(segments: Any, block: bytes) -> None:
    if WORD.encode() in block:
        fail(block)
    append(segments, block)


def is_due(state: Any) -> bool:
    return any(WORD in (entry.text or "") for entry in state.entries.values())


run_view, append = views.run_view, journal._Segments.append
match sys.argv.pop(1):
    case "screen":
        views.run_view = faulty_screen
    case "callback":
        views.run_view = faulty_callback
    case "writer":
        journal._Segments.append = faulty_writer  # type: ignore[method-assign]
    case "thread":
        desk.LocalDesk.save_post = lambda _, text: fail(text)  # type: ignore[method-assign]
main.main()
