"""Following, from another program, what the sitting that is held shows to its group.

This knows the files that are shown and nothing else: no journal, no state, no agenda.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from facilitate.core.audience import AudienceView
from facilitate.formats.audience_json import read_audience
from facilitate.store.places import Places
from facilitate.store.shown import Sign, newest, read, sign

LOOKS = 0.25
"""Seconds between two looks."""


class Audience:
    """What is shown now: of one sitting, or of the one that is held.

    Without a sitting it is the one whose file changed last while its console lives, and then
    stays with that as long as there is something of it: another sitting is another group. So
    what is followed outlives its console, and what a dead one left is never begun with.
    """

    def __init__(self, places: Places, sitting: str | None = None) -> None:
        self._folder = places.show
        self._path = places.shown(sitting) if sitting is not None else None
        self._is_named = sitting is not None
        self._sign: Sign | None = None
        self._view: AudienceView | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> AudienceView | None:
        """What is shown now; None for nothing. Reads the file only when it changed."""
        if not self._is_named and (self._path is None or sign(self._path) is None):
            self._path = newest(self._folder)
        found = sign(self._path) if self._path else None
        if found != self._sign:
            self._sign = found
            self._view = read_audience(read(self._path)) if self._path and found else None
        return self._view

    def follow(self, changed: Callable[[AudienceView | None], None]) -> None:
        """Look again and again, in a thread that ends with the program.

        `changed` is called in that thread with what is shown first, and whenever it changes.
        """
        self._thread = threading.Thread(
            target=self._run, args=(changed,), name="audience", daemon=True
        )
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Look no more; wait at most so many seconds for the last look."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self, changed: Callable[[AudienceView | None], None]) -> None:
        shown = self.look()
        changed(shown)
        while not self._over.wait(LOOKS):
            view = self.look()
            if view != shown:
                shown = view
                changed(view)
