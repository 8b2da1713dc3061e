"""What a command has to say when it cannot do what it was asked for."""

from __future__ import annotations

from typing import IO, Any

import click


class Told(click.ClickException):
    """Why something cannot be done, said as it is; the exit code is 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to standard error."""
        click.echo(self.message, file=file, err=file is None)


def shown(text: str) -> str:
    """Words and file names of others on one line, so that they cannot steer the terminal.

    What of a file name is no text is shown as a question mark.
    """
    from facilitate.formats.characters import printable  # only what is said needs it

    return printable(text).encode(errors="replace").decode()


def shown_lines(text: str) -> str:
    """The same of a text on several lines."""
    return "\n".join(map(shown, text.split("\n")))
