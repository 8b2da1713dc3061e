"""Agenda files as those who work with them read them."""

from __future__ import annotations

from pathlib import Path

from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import LONGEST, Unreadable


class Unbuildable(Exception):
    """A file that cannot be worked with; `problems` say why, with their places."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of an agenda file, or as many of them as are ever read.

    Raises:
        Unbuildable: when it cannot be read.
    """
    try:
        return bytes_of(path, name)
    except Unreadable as unreadable:
        raise Unbuildable((unreadable.problem,)) from None


def bytes_of(path: Path, name: str, most: int = LONGEST) -> bytes:
    """The bytes of a file, or one more than `most`, so that an endless one ends here.

    Raises:
        Unreadable: when it cannot be read.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except FileNotFoundError:
        message, hint = "There is no such file.", "Is the name spelled as in its folder?"
    except IsADirectoryError:
        message, hint = "This is a folder.", "Name a file in it."
    except OSError as error:
        message, hint = f"It cannot be read: {error.strerror or 'no reason was given'}.", ""
    raise Unreadable(problem(name, message, hint))


def problem(name: str, message: str, hint: str = "") -> Problem:
    """What is wrong with a file as a whole."""
    return Problem(file=name, line=None, code="unreadable", message=message, hint=hint)
