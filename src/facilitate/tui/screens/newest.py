"""Questions to the disk of which only the newest counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from facilitate.tui.screens.looking import Looking

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")


class Newest(Generic[Wish, Answer]):
    """Asks one thing at a time, in a thread; of all that is wanted meanwhile, the newest next.

    So a key never waits, however many of them come while something is looked up.
    """

    def __init__(
        self,
        screen: Looking,
        ask: Callable[[Wish], Answer],
        then: Callable[[Wish, Answer], None],
    ) -> None:
        """`then` shows it, and only what was wanted last, while the screen is there."""
        self._screen = screen
        self._ask = ask
        self._then = then
        self._wanted: list[Wish] = []
        """The newest wish, while another one is looked up; else nothing."""
        self._is_asking = False

    @property
    def is_asking(self) -> bool:
        """Whether something is looked up now."""
        return self._is_asking

    def want(self, wish: Wish) -> None:
        """Look something up, as soon as what is looked up now is done."""
        self._wanted = [wish]
        if not self._is_asking:
            self._go_on()

    def _go_on(self) -> None:
        self._is_asking = bool(self._wanted) and self._screen.is_there
        if not self._is_asking:
            return
        wish = self._wanted.pop()

        def answered(answer: Answer) -> None:
            is_newest = not self._wanted
            self._go_on()
            if is_newest and self._screen.is_there:
                self._then(wish, answer)

        course = self._screen.host.course
        course.in_background(lambda: self._ask(wish), answered, self._failed)

    def _failed(self) -> None:
        self._go_on()
        if self._screen.is_there:
            self._screen.draw_soon()
