"""`facilitate check --fix`: what would be changed is shown, asked, and only then written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from facilitate.cli.told import shown

if TYPE_CHECKING:
    from facilitate.session.checking import Mending


def mend_files(files: Sequence[str], *, yes: bool, to_stderr: bool) -> bool:
    """Mend what is safe in files and folders; False when something was not changed.

    Without a terminal to ask on, nothing is changed unless `yes`.
    """
    from facilitate.session.checking import safe_mendings

    mendings = safe_mendings(files)
    for mending in mendings:
        click.echo("".join(_difference(mending)), nl=False, err=to_stderr)
    if not mendings:
        click.echo("Nothing here can be mended without asking what was meant.", err=to_stderr)
        return True
    if not yes and not _wanted(len(mendings), to_stderr=to_stderr):
        click.echo("Nothing was changed.", err=to_stderr)
        return False
    written = [_written(mending, to_stderr=to_stderr) for mending in mendings]
    return all(written)


def _wanted(files: int, *, to_stderr: bool) -> bool:
    if not (sys.stdin.isatty() and (sys.stderr if to_stderr else sys.stdout).isatty()):
        click.echo("To make these changes, add --yes.", err=to_stderr)
        return False
    what = "this file" if files == 1 else f"these {files} files"
    return click.confirm(f"Change {what}?", default=False, err=to_stderr)


def _written(mending: Mending, *, to_stderr: bool) -> bool:
    from facilitate.session.checking import Changed, mend
    from facilitate.store.files import reason

    name = shown(mending.name)
    try:
        mend(mending)
    except Changed:
        said = "not changed, someone else has changed it meanwhile. Try once more."
    except OSError as error:
        said = f"not changed. {reason(error)}."
    else:
        click.echo(f"{name}: changed", err=to_stderr)
        return True
    click.echo(f"{name}: {said}", err=True)
    return False


def _difference(mending: Mending) -> Iterator[str]:
    """The changes as a unified difference, in which what is invisible is shown."""
    import difflib

    before, after = (_lines(raw) for raw in (mending.before, mending.after))
    name = mending.name
    for line in difflib.unified_diff(before, after, name, name):
        yield f"{_visible(line)}\n"


def _lines(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n", "\n").removesuffix("\n").split("\n")


def _visible(line: str) -> str:
    from facilitate.formats.characters import INVISIBLE

    line = line.rstrip("\n")
    if line[:1] in {"+", "-"}:
        line = INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", line)
    return shown(line)
