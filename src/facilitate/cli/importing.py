"""`facilitate import`: taking over files that were made elsewhere."""

from __future__ import annotations

import click

from facilitate.cli.import_agenda import agenda


@click.group("import")
def importing() -> None:
    """Take over a file that was made elsewhere."""


importing.add_command(agenda)
