"""What the screens that look back have in common: what they show is looked up in threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from facilitate.tui.screens.following import Following

Answer = TypeVar("Answer")


class Looking(Following):
    """A screen that may have been left before what it asked for is there."""

    @property
    def is_there(self) -> bool:
        """Whether nobody left it yet."""
        return self.is_attached and not self._pruning

    def look_up(self, work: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Do something slow in a thread; `then` shows it, unless this was left meanwhile."""

        def answered(answer: Answer) -> None:
            if self.is_there:
                then(answer)

        self.host.course.in_background(work, answered)

    def action_back(self) -> None:
        self.dismiss()
