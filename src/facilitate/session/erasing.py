"""Taking a line back for good: out of every file of this machine that can be reached.

First it is noted what is to go, so that it can be gone on with whatever ends the program. Then
it goes out of the journals, the records and the exports, and then out of the index, which is
made of the records. At the end every file is searched for its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from facilitate.core.merging import spoken_order
from facilitate.core.refusal import Refused
from facilitate.core.taking_back import (
    Line,
    TakingBack,
    facts_in,
    lines_of,
    still_there,
)
from facilitate.formats.spellings import sought
from facilitate.formats.taking_back_toml import read_taking_back, write_taking_back
from facilitate.session.exports_recalled import Recall, recall
from facilitate.session.line_sightings import journals_of, sightings
from facilitate.session.notes_without import empty_notes
from facilitate.session.records_without import write_records
from facilitate.session.trying import Troubles
from facilitate.store.files import REAL_DISK, UNFINISHED, replace_file
from facilitate.store.index_file import IndexFile
from facilitate.store.places import Places
from facilitate.store.removing import finish_removing, remove_files, remove_unfinished
from facilitate.store.shown import held, remove_left_behind
from facilitate.store.sweeping import sweep

LEAST = 8
"""Wordings with fewer characters are not looked for in every file: they stand everywhere."""
LEAST_NEAR = 3
"""The same for damaged lines, chat posts and pages of a record that had the line."""
NEAR = 5
"""So many lines are named at most when none was meant."""

_ID = re.compile(r"([A-Za-z]?)0*(\d{1,6})", re.ASCII)


class Found(NamedTuple):
    """What someone may have meant by a name such as A12."""

    lines: tuple[Line, ...]
    """By when they were made; one when it is clear."""
    near: tuple[Line, ...] = ()
    """Lines that may have been meant when there is none of that name."""


class TakenBack(NamedTuple):
    """What was done to take a line back."""

    name: str
    notes: int
    """So many lines of notes were emptied."""
    records: int
    """So many files of records were written again."""
    exports: tuple[Recall, ...]
    """Everything that held it, oldest first."""
    still: tuple[Path, ...]
    """Files that still hold words of it."""
    trouble: tuple[str, ...]
    """What could not be done, a sentence each."""
    said: tuple[str, ...]
    """What someone should know besides, a sentence each."""

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left that was looked for."""
        return not (self.still or self.trouble)


# Which line


def find(places: Places, name: str, *, cohort: str = "", sitting: str = "") -> Found:
    """The lines that people call by a name: `A12`, or its number alone.

    Args:
        places: where to look.
        name: what people say.
        cohort: whose line it is; empty for anyone's.
        sitting: a sitting that worked with it, or how its id begins; empty for any.
    """
    lines = [one for one in lines_of(sightings(places)) if _within(one, cohort, sitting)]
    said = _ID.fullmatch(name.strip())
    if said is None:
        return Found((), tuple(lines[-NEAR:]))
    letter, number = said[1].upper(), int(said[2])
    same = [one for one in lines if spoken_order(one.name)[0] == number]
    meant = [one for one in same if one.name.startswith(letter)]
    if meant:
        return Found(still_there(meant))
    by_distance = sorted(lines, key=lambda one: abs(spoken_order(one.name)[0] - number))
    return Found((), tuple((same or by_distance)[:NEAR]))


def _within(line: Line, cohort: str, sitting: str) -> bool:
    whose = {one.cohort.casefold() for one in line.sittings}
    began = sitting.strip().casefold()
    ids = (line.made, *(one.id for one in line.sittings))
    return (not cohort or cohort.strip().casefold() in whose) and any(
        one.casefold().startswith(began) for one in ids
    )


def unfinished(places: Places) -> tuple[TakingBack, ...]:
    """What was being taken back when the program ended, or could not be in all places."""
    noted = [one for path in _notes(places) if (one := _read_note(path)) is not None]
    if not noted:
        return ()
    there = [line.taking_back for line in lines_of(sightings(places))]
    return tuple(_with_what_is_there(one, there) for one in noted)


def _notes(places: Places) -> list[Path]:
    return sorted(places.taking_back.glob("[!.]*.toml"))


def _read_note(path: Path) -> TakingBack | None:
    try:
        return read_taking_back(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _with_what_is_there(noted: TakingBack, there: list[TakingBack]) -> TakingBack:
    for one in there:
        same = (one.made, one.name, one.cohort) == (noted.made, noted.name, noted.cohort)
        if same and (not noted.is_twin or set(one.words) & set(noted.words)):
            noted = noted.with_more(one)
    return noted


def _note_of(places: Places, line: TakingBack) -> Path:
    """Where it is noted that a line is to go; the name of the file tells no words."""
    mark = crc32(f"{line.cohort}|{line.made}|{line.name}".encode())
    return places.taking_back / f"{mark:08x}.toml"


def holding(places: Places, line: TakingBack) -> tuple[str, ...]:
    """The sittings that are held now and have the line, or may have it in memory.

    A sitting of the same cohort brought it along. Where no locks are known (on some networks)
    it cannot be told which are held.
    """
    return tuple(one for one in held(places.show) if _may_have(places, one, line))


def _may_have(places: Places, sitting: str, line: TakingBack) -> bool:
    if sitting in (line.made, *line.sittings):
        return True
    try:
        about = facts_in(sitting, journals_of(places, sitting).events)
    except OSError:
        return True
    return about.cohort in ("", line.cohort)


def check_free(places: Places, line: TakingBack) -> None:
    """Nothing, when no sitting is held that has a line.

    Raises:
        Refused: when one is.
    """
    if holding(places, line):
        raise Refused(
            f"A sitting that has {line.name} is held now in another window. Withdraw it there "
            "with x and close the sitting, or leave the sitting first; then do this again."
        )


# Taking it back


def take_back(places: Places, line: TakingBack) -> TakenBack:
    """Take a line back for good; it can be done again, and be gone on with.

    What one file refuses keeps nothing else from being done.

    Raises:
        OSError: when it cannot even be noted what is to go; nothing was done then.
        Refused: when a sitting is held that has the line.
    """
    check_free(places, line)
    noted = _note_of(places, line)
    replace_file(noted, write_taking_back(line).encode())
    near, troubles = sought(line.words, LEAST_NEAR), Troubles()
    notes = empty_notes(places, line, near, troubles)
    records = write_records(places, line, near, troubles)
    exports = recall(places, line, troubles)
    _remove_derived(places, troubles)
    still = _search(places, line, troubles)
    if holding(places, line):
        troubles.told.append("A sitting that may have it was opened meanwhile: leave it first.")
    with troubles.trying(noted):
        remove_unfinished(noted.parent)
        if not troubles.told:
            remove_files(noted.parent, noted.name)
    return TakenBack(
        name=line.name,
        notes=notes,
        records=records,
        exports=exports,
        still=still,
        trouble=tuple(troubles.told),
        said=(*troubles.said, *_said(line)),
    )


def _remove_derived(places: Places, troubles: Troubles) -> None:
    """Remove what is made of the rest, and what ended programs left: none of it is read."""
    with troubles.trying(places.index):
        _remove_index(places.index)
    with troubles.trying(places.leaving):
        finish_removing(places.leaving)
    remove_left_behind(places.show)


def _remove_index(index: Path) -> None:
    """Remove it with all that SQLite keeps beside it; it is made again when it is used next.

    Taking rows out of it would leave their words in the file.
    """
    if not index.parent.is_dir():
        return
    with IndexFile(index, shape=0).alone():  # else someone makes it of records as they were
        for pattern in (f"{index.name}*", f".{index.name}*"):
            remove_files(index.parent, pattern)


def _search(places: Places, line: TakingBack, troubles: Troubles) -> tuple[Path, ...]:
    """The files that still hold words of the line, wherever they lie."""
    found: set[Path] = set()
    roots = (places.home, *places.record_roots)
    for within, least in ((roots, LEAST), ((places.posts,), LEAST_NEAR)):
        if wanted := sought(line.words, least):
            swept = sweep(within, wanted.pattern, wanted.longest)
            found.update(swept.holding)
            troubles.said += [f"{path} cannot be looked into." for path in swept.unread]
    found = {path for path in found if path.parent != places.taking_back}
    return tuple(path for path in sorted(found) if not _is_left_over(path, troubles))


def _is_left_over(path: Path, troubles: Troubles) -> bool:
    """Whether the power left it of a file that was being replaced; it goes then."""
    if not (path.name.startswith(".") and path.name.endswith(UNFINISHED)):
        return False
    with troubles.trying(path):
        REAL_DISK.unlink(path)
    return True


def _said(line: TakingBack) -> Iterator[str]:
    if line.is_twin:
        yield (
            f"Two lines of that sitting are called {line.name}, so no record can say that one "
            "of them was taken back: an older copy of a record could bring it again."
        )
    if not line.words:
        yield "Its words are not known here any more, so no file was searched for them."
    elif any(len(text) < LEAST for text in line.words):
        yield f"Wordings of fewer than {LEAST} letters were not looked for in other files."
