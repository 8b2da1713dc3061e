"""Handing what the group may see to the window that shows it, away from the screen's loop.

The window is another program and gets this and nothing else. Of several views in a row only
the latest counts. What the disk does not take is tried again with the next one, and until then
nothing is shown: the view before may hold what was taken back since.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from pathlib import Path

from facilitate.core.audience import AudienceView
from facilitate.formats.audience_json import write_audience
from facilitate.store.shown import ShownFile, remove_left_behind

_END = object()


class Publisher:
    """Shows the views of one sitting in its file, by a thread that ends with the program."""

    def __init__(self, path: Path) -> None:
        """Nothing is written before the first view; `path` is that of the sitting's file."""
        self._folder = path.parent
        self._file = ShownFile(path)
        self._views: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._latest: object = _END
        self._failed = False
        self._thread: threading.Thread | None = None

    def show(self, view: AudienceView | None) -> None:
        """Let the window show this from now on, None for nothing; returns at once."""
        if view == self._latest and not self._failed:
            return
        self._latest = view
        self._views.put(view)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="show", daemon=True)
            self._thread.start()

    def close(self, timeout: float) -> None:
        """Take away what is shown, and end; wait for that at most so many seconds."""
        if self._thread is not None:
            self._views.put(_END)
            self._thread.join(timeout)

    def _run(self) -> None:
        for place, view in enumerate(iter(self._next, _END)):
            self._write(view)
            if place == 0:  # and not before: the window would have nothing for a moment
                remove_left_behind(self._folder)
        self._write(None)
        remove_left_behind(self._folder)

    def _next(self) -> object:
        """The latest view that is waiting; waits for one."""
        view = self._views.get()
        while not self._views.empty():
            view = self._views.get()
        return view

    def _write(self, view: object) -> None:
        try:
            if isinstance(view, AudienceView):
                self._file.put(write_audience(view))
            else:
                self._file.remove()
        except OSError:
            self._failed = True
            with contextlib.suppress(OSError):
                self._file.remove()
        else:
            self._failed = False
