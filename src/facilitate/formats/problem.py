"""What is wrong with a file, told so that its author can mend it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Path = tuple[str | int, ...]
"""Where something is: keys, and places in lists from 0: `("segment", 3, "minutes")`."""
Level = Literal["error", "warning"]


class Problem(NamedTuple):
    """One thing to mend in one place of one file."""

    file: str
    """The name as the user gave it."""
    line: int | None
    """Counted from 1; None when it concerns the whole file."""
    message: str
    """What is wrong, one sentence."""
    code: str
    """A short stable name of the rule, such as `unknown-key`."""
    hint: str = ""
    """What to write instead; empty when the message says it."""
    level: Level = "error"
    column: int | None = None
    """Counted from 1; None when the whole line is meant."""
    segment: str | None = None
    """Title of the segment; None outside of segments."""

    def __str__(self) -> str:
        """The problem on one line: `day.toml:12: in "Closing": message Hint.`."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        part = f' in "{self.segment}":' if self.segment else ""
        note = "warning: " if self.level == "warning" else ""
        return f"{where}:{part} {note}{self.message}{' ' + self.hint if self.hint else ''}"
