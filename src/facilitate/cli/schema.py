"""`facilitate schema`: what agendas and programmes may hold, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from facilitate.formats.agenda_schema import Sort


@click.command("schema")
@click.argument("sort", type=click.Choice(["agenda", "programme"]), required=False)
def schema(sort: Sort | None) -> None:
    """Print a JSON Schema of agendas, of programmes, or of both.

    Editors that know TOML complete and check with it. Put it beside the agendas, as in
    `facilitate schema agenda > agenda.schema.json`, and write `#:schema ./agenda.schema.json`
    on the first line of each.
    """
    from facilitate.formats.agenda_schema import schema_text

    click.echo(schema_text(sort), nl=False)


def put_beside(file: Path, sort: Sort = "agenda") -> str | None:
    """Put the schema beside a new file whose first line names it.

    The name of what was written; None when something of that name is there, which stays.

    Raises:
        OSError: when it cannot be written.
    """
    from facilitate.formats.agenda_schema import SCHEMA_FILES, schema_text
    from facilitate.store.files import add_file

    name = SCHEMA_FILES[sort]
    try:
        add_file(file.with_name(name), schema_text(sort).encode())
    except FileExistsError:
        return None
    return name


def beside_words(file: Path) -> str:
    """Put the schema beside a new agenda, and say so; empty when nothing was put there.

    The agenda is good without it, and so a disk that does not take it is no fault.
    """
    try:
        name = put_beside(file)
    except OSError:
        return ""
    return f"{name} beside it lets editors complete and check what you write." if name else ""
