"""`facilitate build`: the screen on which a day is built."""

from __future__ import annotations

import click


@click.command()
@click.argument("agenda", type=click.Path())
def build(agenda: str) -> None:
    """Change AGENDA, a TOML file, and see the day as bars while you do.

    Lengths, order and titles are changed where they stand. Nothing is written before you save,
    and then only what you changed is other in the file.
    """
    from facilitate.cli.run import draw

    draw(agenda, builds=True)
