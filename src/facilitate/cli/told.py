"""What a command has to say when it cannot do what it was asked for."""

from __future__ import annotations

from typing import IO, Any

import click


class Told(click.ClickException):
    """Why something cannot be done, said as it is; the exit code is 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to standard error."""
        click.echo(self.message, file=file, err=file is None)
