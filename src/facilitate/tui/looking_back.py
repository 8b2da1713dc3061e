"""What the screens that look back ask for: what was kept, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from facilitate.core.archive_view import AgreedRow, History
    from facilitate.core.keeping import Keep
    from facilitate.core.searching import Hits, Query
    from facilitate.core.shelf import Late
    from facilitate.core.threads import Thread, ThreadKey

Tell = Callable[[int, int], None]
"""Is told how many of how many records were read; called by the thread that reads them."""

Field = Literal["state", "cohort", "programme"]
"""What only the archive knows the values of."""


class PastLine(NamedTuple):
    """One line with its history, and the sittings whose records tell of it."""

    history: History
    sittings: tuple[tuple[str, str], ...]
    """Id of each, and its day and title; the latest first."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<PastLine {self.history.name}>"


class Past(Protocol):
    """Everything that was kept, as far as screens look at it.

    Every call may read or write files, and so none is made on the loop of the screen; they may
    come from several threads.

    Raises:
        OSError: from any of them, when the disk does not do what it should.
        Refused: from any of them, when it cannot be done; it says what to do instead.
    """

    def read(self, tell: Tell) -> str:
        """Take in the records that are new; what someone should know of them, or nothing."""
        ...

    def search(self, query: Query) -> Hits:
        """What is found."""
        ...

    def line(self, key: ThreadKey) -> PastLine | None:
        """One line; None when there is none any more."""
        ...

    def agreed(self, cohort: str) -> tuple[AgreedRow, ...]:
        """The agreements in force of a cohort."""
        ...

    def lines(self, cohort: str) -> tuple[Thread, ...]:
        """Every line of a cohort."""
        ...

    def values(self, field: Field) -> tuple[str, ...]:
        """The values that there are, in the order in which they are offered."""
        ...

    def latest(self, cohort: str) -> str | None:
        """Id of the latest sitting of a cohort; None when there is no record of any."""
        ...

    def asks_to_erase(self, key: ThreadKey, words: str) -> str:
        """What is to be asked before a line is taken back for good.

        Args:
            key: which line it is.
            words: as they are now; of two lines with one name they tell which one is meant.

        Raises:
            Refused: when it cannot be taken back now.
        """
        ...

    def erase(self, key: ThreadKey, words: str) -> str:
        """Take a line back for good; a page with what was done, and what is to be asked back.

        Raises:
            Refused: when it cannot be taken back now; nothing was done then.
        """
        ...

    def page(self, sitting: str) -> str:
        """The record of a sitting, to be read."""
        ...

    def asks_how_long(self) -> bool:
        """Whether nobody has said yet how long journals stay."""
        ...

    def keep_journals(self, answer: Keep) -> str:
        """Write down how long they stay; returns a sentence about it."""
        ...


class Ways(Protocol):
    """What leads from one screen that looks back to another."""

    def search(self) -> None:
        """Search everything that was kept."""

    def line(self, key: ThreadKey) -> None:
        """Show one line with its history."""

    def agreed(self, cohort: str) -> None:
        """Show the agreements in force of a cohort."""

    def grid(self, cohort: str) -> None:
        """Show the integration grid of a cohort."""

    def record(self, sitting: str) -> None:
        """Show the record of a past sitting."""

    def take_in(self, late: Late) -> None:
        """Ask whether what colleagues noted late is to enter the record."""

    def hand_out(self, sitting: str) -> None:
        """Show what can be handed on of what was made up to a past sitting."""
