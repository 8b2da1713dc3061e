"""Agenda files as those who work with them read them."""

from __future__ import annotations

from pathlib import Path

from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import LONGEST


class Unbuildable(Exception):
    """A file that cannot be worked with; `problems` say why, with their places."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, or as many of them as are ever read.

    Raises:
        Unbuildable: when it cannot be read.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(LONGEST + 1)
    except FileNotFoundError:
        message = "There is no such file."
    except OSError as error:
        message = f"It cannot be read: {error.strerror or 'no reason was given'}."
    raise Unbuildable((problem(name, message),))


def problem(name: str, message: str) -> Problem:
    """What is wrong with a file as a whole."""
    return Problem(file=name, line=None, code="unreadable", message=message)
