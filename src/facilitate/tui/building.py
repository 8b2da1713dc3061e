"""What the screen on which a day is built asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from facilitate.session.building_files import Opened, Theirs
from facilitate.session.building_steps import Waiting, Written, WroteOut

if TYPE_CHECKING:
    from facilitate.core.learned import Learned


class Fault(Protocol):
    """Something to mend; as text it says where, what and how."""

    def __str__(self) -> str: ...


class Workbench(Protocol):
    """What building a day asks of the rest of the program.

    Every call may read or write files, and so none is made on the loop of the screen.

    Raises:
        OSError: from any of them, when the disk does not do what it should.
        Refused: from those that write, when it must not be done; it says what to do instead.
    """

    def open(self, path: str) -> Opened | tuple[Fault, ...]:
        """An agenda to be built on; else why it cannot be."""
        ...

    def write_out(self, path: str, waiting: Waiting, saved: Written) -> tuple[WroteOut, str]:
        """The texts of some steps; the last one is put aside, until it is saved.

        With a sentence when it could not be put aside.
        """
        ...

    def let_go(self, path: str) -> None:
        """Let go of what was put aside."""
        ...

    def save(self, path: str, day: Written, saved: Written) -> Theirs | None:
        """Write a day into its file; where someone else changed that meanwhile, what it says.

        Nothing is written then.
        """
        ...

    def save_over(self, path: str, day: Written, theirs: Theirs) -> Theirs | str:
        """Write it over what someone else wrote; a sentence that says where theirs is now."""
        ...

    def learned(self) -> Learned:
        """How long parts have really taken, as records tell."""
        ...
