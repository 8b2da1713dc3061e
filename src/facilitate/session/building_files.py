"""The files of a day that is being built: its own, and a copy of what is not in that yet.

Nothing is written into the agenda's own file before someone says so. Until then the changes lie
in a private folder of the program, so that they outlive its end.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.agenda_diff import differences
from facilitate.core.refusal import Refused
from facilitate.formats.toml_reading import LONGEST
from facilitate.session import building, building_steps
from facilitate.session.agenda_files import Unbuildable
from facilitate.session.building_steps import Written
from facilitate.store.files import add_file, replace_file, rewrite_file
from facilitate.store.places import Places

CHANGED, BEFORE, THEIRS = "changed.toml", "before.toml", "theirs.toml"
"""The day as it was being built, the file that it was built from, and what another wrote."""
GONE = "The file is not there any more."
UNREADABLE = "It is no agenda any more that could be looked at here."
SAME_DAY = "What it says of the day is the same; its comments or its layout are other ones."


class Unsaved(NamedTuple):
    """Changes that were not saved."""

    day: Written
    before: Written
    """What they were made to."""
    at: dt.datetime
    """When they were put aside, UTC."""


class Opened(NamedTuple):
    """An agenda to be built on."""

    path: str
    name: str
    """What the file is called."""
    saved: Written
    unsaved: Unsaved | None
    """None when there is nothing that the file does not say."""


class Theirs(NamedTuple):
    """What stands in a file that someone else changed meanwhile."""

    raw: bytes | None
    """None when there is no file."""
    told: tuple[str, ...]
    """What it says otherwise than before, a sentence each."""


def open_day(places: Places, path: Path) -> Opened:
    """An agenda, and the changes to it that were not saved.

    Raises:
        Unbuildable: when it is no agenda that can be changed in place.
        OSError: when the disk does not give what was put aside.
    """
    name = path.name
    saved = building_steps.written(building.read(path, name), name)
    return Opened(str(path), name, saved, _unsaved(places, path, saved))


def _unsaved(places: Places, path: Path, saved: Written) -> Unsaved | None:
    folder = _folder(places, path)
    changed = folder / CHANGED
    try:
        raw, before = changed.read_bytes(), (folder / BEFORE).read_bytes()
        at = dt.datetime.fromtimestamp(changed.stat().st_mtime, dt.UTC)
        if raw == saved.text.raw():
            return None
        days = [_day(one, path.name) for one in (raw, before)]
    except (FileNotFoundError, Unbuildable):
        return None
    return Unsaved(days[0], days[1], at)


def _day(raw: bytes, name: str) -> Written:
    return building_steps.written(building.text_of(raw, name), name)


def _folder(places: Places, path: Path) -> Path:
    """Where the changes to a file lie, by where it lies itself."""
    where = str(path.resolve()).encode("utf-8", "surrogateescape")
    return places.unsaved / hashlib.sha256(where).hexdigest()[:16]


# What is not saved yet


def put_aside(places: Places, path: Path, day: Written, saved: Written) -> None:
    """Keep a day as it is now until it is saved; nothing where the file says the same.

    Raises:
        OSError: when it cannot be kept.
    """
    folder, before = _folder(places, path), saved.text.raw()
    if day.text.raw() == before:
        let_go(places, path)
        return
    if _content(folder / BEFORE) != before:
        (folder / CHANGED).unlink(missing_ok=True)  # it belongs to another one
        replace_file(folder / BEFORE, before)
    replace_file(folder / CHANGED, day.text.raw())


def let_go(places: Places, path: Path) -> None:
    """Keep what is not saved no longer.

    Raises:
        OSError: when it cannot be removed.
    """
    folder = _folder(places, path)
    for name in (CHANGED, BEFORE):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # what someone else wrote stays
        folder.rmdir()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


# Saving


def save(path: Path, day: Written, saved: Written) -> Theirs | None:
    """Write a day into its file; None when that was done.

    Where the file is no longer as it was saved last, what stands in it, and nothing is written.

    Raises:
        OSError: when it cannot be written; it is then what it was.
    """
    theirs = _theirs(path, saved.text.raw(), saved.agenda)
    if theirs is not None:
        return theirs
    try:
        building.write(path, day.text, saved.text)
    except Refused:  # someone was faster by a moment
        return _theirs(path, saved.text.raw(), saved.agenda)
    return None


def save_over(places: Places, path: Path, day: Written, theirs: Theirs) -> Theirs | Path | None:
    """Write a day over what someone else wrote; theirs is put aside first, and stays there.

    Returns where it stands, None where there was nothing, and `Theirs` where the file was
    changed once more; nothing is written then.

    Raises:
        OSError: when one of both cannot be written; the file is then what it was.
    """
    if theirs.raw is None:
        try:
            add_file(path, day.text.raw())
        except FileExistsError:
            return _theirs(path, b"", day.agenda)
        return None
    again = _theirs(path, theirs.raw, day.agenda)
    if again is not None:
        return again
    aside = _folder(places, path) / THEIRS
    replace_file(aside, theirs.raw)
    rewrite_file(path, day.text.raw())
    return aside


def _theirs(path: Path, expected: bytes, agenda: Agenda) -> Theirs | None:
    """What stands in a file instead of what is expected; `agenda` is what that said."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(LONGEST + 1)
    except FileNotFoundError:
        return Theirs(None, (GONE,))
    if raw == expected:
        return None
    try:
        now = _day(raw, path.name).agenda
    except Unbuildable:
        return Theirs(raw, (UNREADABLE,))
    return Theirs(raw, tuple(map(str, differences(agenda, now))) or (SAME_DAY,))
