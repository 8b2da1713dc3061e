"""Agendas out of texts and bytes, for tests of what they come to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.contents import contents

from facilitate.core.capture_line import clean
from facilitate.formats.agenda_toml import look_at_agenda
from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.draft import Draft, Wanted
from facilitate.formats.importing.headings import asked
from facilitate.formats.importing.reading import read
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import Unreadable

DATA = Path(__file__).parents[2] / "data" / "imports"
ZONE = "America/Los_Angeles"


def draft(raw: bytes | str, name: str = "day.csv", *columns: str, **wanted: object) -> Draft:
    """What a file comes to."""
    content = raw.encode() if isinstance(raw, str) else raw
    said = Wanted(timezone=ZONE, columns=asked(columns, name))._replace(**wanted)
    return read(content, name, said, Path(name).stem)


def sample(name: str, **wanted: object) -> Draft:
    """What one of the samples comes to."""
    return draft((DATA / name).read_bytes(), name, **wanted)


def table(*rows: Iterable[str], delimiter: str = ",") -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "ignore")


def parts(found: Draft) -> list[tuple[str, int, str]]:
    """Title, minutes and kind of each part."""
    return [(one.title, one.minutes, one.kind) for one in found.agenda.segments]


def minutes(found: Draft) -> list[int]:
    return [one.minutes for one in found.agenda.segments]


def errors(found: Draft) -> list[Problem]:
    """What `check` calls an error in the file that a draft comes to."""
    told = look_at_agenda(agenda_file(found, "day.csv"), "new.toml").problems()
    return [one for one in told if one.level == "error"]


def refusal(raw: bytes | str, name: str = "day.csv", *columns: str, **wanted: object) -> str:
    """Why a file cannot be taken over."""
    with pytest.raises(Unreadable) as refused:
        draft(raw, name, *columns, **wanted)
    return str(refused.value)


def words(found: Draft) -> str:
    """Every word of the agenda and of the remarks in its file, on one line."""
    said = f"{contents(found.agenda)}\n{contents([one.text for one in found.remarks])}"
    return clean(said.replace("\n", " "))
