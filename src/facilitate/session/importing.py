"""An agenda out of a file that was made elsewhere: read, shown, and written as a new file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from facilitate.formats.agenda_toml import look_at_agenda
from facilitate.formats.characters import printable
from facilitate.formats.common_rules import zone
from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.breaks import with_breaks
from facilitate.formats.importing.draft import Draft, Wanted
from facilitate.formats.importing.reading import read
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import LONGEST as LONGEST_AGENDA
from facilitate.formats.toml_reading import Unreadable
from facilitate.session.agenda_files import bytes_of, problem
from facilitate.store.files import add_file

MOST_BYTES = 20 << 20
"""A file with more than this is not read to its end, and is no agenda."""

_LOCAL = Path("/etc/localtime")
_NAMED = Path("/etc/timezone")
_IN_DATABASE = re.compile(r"zoneinfo[^/]*/(.+)")


class Imported(NamedTuple):
    """An agenda that was made out of another file, before it is written."""

    draft: Draft
    content: bytes
    """The agenda file that it comes to."""
    problems: tuple[Problem, ...]
    """What `facilitate check` will say of it."""

    @property
    def file_name(self) -> str:
        """What it is called unless someone says otherwise."""
        return f"{self.draft.agenda.id}.toml"


def imported(path: Path, wanted: Wanted, *, breaks: bool = False) -> Imported:
    """The agenda that a file comes to.

    Args:
        path: where it is.
        wanted: what someone says of it.
        breaks: whether breaks are put in where too long a time goes by without one.

    Raises:
        Unreadable: when it comes to none; the problem says why.
    """
    name = printable(path.name)
    draft = read(bytes_of(path, name, MOST_BYTES), name, wanted, printable(path.stem))
    if breaks:
        draft = with_breaks(draft)
    content = agenda_file(draft, name)
    if len(content) > LONGEST_AGENDA:
        raise Unreadable(problem(name, "There is far too much text in it for one agenda."))
    problems = look_at_agenda(content, f"{draft.agenda.id}.toml").problems()
    return Imported(draft, content, problems)


def write(found: Imported, path: Path) -> None:
    """Write the agenda into a new file.

    Raises:
        FileExistsError: when there is something of that name already, which stays as it is.
        OSError: when it cannot be written.
    """
    add_file(path, found.content)


def system_zone() -> str | None:
    """The IANA name of the timezone that this machine is set to; None when it has none."""
    return next((name for name in _zones() if zone(name) is not None), None)


def _zones() -> Iterator[str]:
    yield os.environ.get("TZ", "").removeprefix(":")
    try:
        found = _IN_DATABASE.search(str(_LOCAL.readlink()))
    except OSError:
        found = None
    if found is not None:
        yield found[1]
    try:
        yield _NAMED.read_text(encoding="utf-8")[:100].strip()
    except (OSError, UnicodeDecodeError):
        return
