"""What the screen with a whole programme asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from facilitate.core.programme_view import Timeline


class Programmes(Protocol):
    """The programmes in this machine's folders.

    `timeline` reads files, and so is not called on the loop of the screen.
    """

    def timeline(self, path: str) -> Timeline:
        """The dates of the programme in a file, as they stand now.

        Raises:
            OSError: when the disk does not do what it should.
            Refused: when it cannot be opened; it says what to mend.
        """
        ...

    def agenda(self, path: str, name: str) -> str:
        """Where an agenda lies that the programme in a file names."""
        ...
