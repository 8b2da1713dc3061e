"""Taking in records that are new, while the screen that wants them can be used."""

from __future__ import annotations

from collections.abc import Callable

from facilitate.tui.screens.looking import Looking


class ReadingRecords:
    """Reads what is new once, says on the screen how far that is, and tells when it is done."""

    def __init__(self, screen: Looking, then: Callable[[str], None]) -> None:
        """`then` hears on the loop what someone should know of them, or nothing.

        It is called when it failed, too; not when the screen was left.
        """
        self._screen = screen
        self._then = then
        self._told = (0, 0)
        self._is_shown = True
        self.is_reading = False
        """Whether it goes on still."""

    @property
    def words(self) -> str:
        """`Reading 1,000 records: 340`; empty when nothing is read."""
        done, count = self._told
        if not self.is_reading:
            return ""
        return f"Reading {count:,} records: {done:,}" if count else ""

    def begin(self) -> None:
        """Take in what is new."""
        self.is_reading = True
        host = self._screen.host
        past = host.desk.past()
        host.course.in_background(lambda: past.read(self._tell), self._end, self._end)

    def _tell(self, done: int, count: int) -> None:
        """From the thread that reads; of all that it says in one moment the last is shown."""
        self._told = done, count
        if self._is_shown:
            self._is_shown = False
            self._screen.host.call_later(self._show)

    def _show(self) -> None:
        self._is_shown = True
        if self._screen.is_there:
            self._screen.draw_soon()

    def _end(self, said: str = "") -> None:
        self.is_reading = False
        if self._screen.is_there:
            self._screen.draw_soon()
            self._then(said)
