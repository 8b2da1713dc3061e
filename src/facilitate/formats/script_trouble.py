"""A line of a script that cannot be read."""

from __future__ import annotations

from facilitate.formats.characters import printable
from facilitate.formats.problem import Problem


class Wrong(Exception):
    """What is wrong with a line; `code` is a short stable name of the fault."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def problem(self, file: str, line: int | None) -> Problem:
        """The same, told of a line of a file (None: of the whole file), fit to be printed."""
        return Problem(
            file=file,
            line=line,
            code=self.code,
            message=printable(self.message),
            hint=printable(self.hint),
        )
