"""A canary that lived in two sittings and was handed on twice, taken back by the program."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.e2e.driving import FACILITATE
from tests.session.cohort import adopt, typed
from tests.session.sitting import AGENDA, do

from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import (
    AgreeNotes,
    Attribute,
    Describe,
    Raise,
    ReadBack,
    Reaffirm,
)
from facilitate.session import carrying, harvest, library, live
from facilitate.session.live import LiveSession
from facilitate.store.places import places

CANARY = "axolotl"
FIRST, NEXT, NOW = (f"{CANARY} {words}" for words in ("stories stay", "lessons leave", "today"))


def facilitate(*arguments: str | Path, code: int = 0) -> str:
    """What the program prints, in whatever stream; `code` is how it ends."""
    command = [str(FACILITATE), *map(str, arguments)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def holding(root: Path) -> list[str]:
    """The files below a folder that hold the canary, in compressed documents too."""
    found = [path for path in root.rglob("*") if path.is_file() and CANARY in every_word(path)]
    return sorted(str(path.relative_to(root)) for path in found)


def every_word(path: Path) -> str:
    raw = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as document:
            raw += b"".join(document.read(name) for name in document.namelist())
    return raw.decode("utf-8", errors="replace").lower()


@pytest.fixture
def hold(clock: HandClock) -> Iterator[Callable[[int], LiveSession]]:
    """Begins the so-many-th sitting of a cohort, as the program does."""
    held: list[LiveSession] = []

    def holding_one(number: int) -> LiveSession:
        agenda = replace(AGENDA, number=number)
        clock.forward(days=7)
        one = live.begin(
            places(),
            clock,
            agenda,
            date=clock.now().date(),
            numbers_from=library.first_free_number(places(), agenda.whose),
            inherited=carrying.inherited(places(), agenda.whose, agenda),
        )
        held.append(one)
        do(one, Next(seen=None), AgreeNotes(keeps=True))
        return one

    yield holding_one
    assert all(one.close(5) for one in held)


def close(one: LiveSession) -> None:
    do(one, Close())
    written = harvest.write_record(one.state, places().records)
    do(one, NoteRecord(revision=written.revision))
    assert one.close(5)
    harvest.tidy(places(), one.state)


def made_in_the_first(one: LiveSession) -> None:
    typed(one, f"a: {FIRST} <- the {CANARY} elders", "a: One mic, one speaker")
    do(one, ReadBack(number=1))
    adopt(one, 1, "u12 s1 d1 p3 of 17")
    typed(one, f"*1 {NEXT}")
    do(one, Describe(number=1, name="looks_like", text=f"the {CANARY} waits"))
    do(one, Attribute(number=1, form="role", text=f"{CANARY} keeper", scope="public"))
    do(one, Raise(number=1, ring="public"), Raise(number=2, ring="public"))
    adopt(one, 1, "u17")


def carried_into_the_second(one: LiveSession) -> None:
    do(one, Reaffirm(number=1))
    typed(one, f"*1 {NOW}")


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_a_word_that_was_taken_back_is_in_no_file_and_both_exports_are_named(
    hold: Callable[[int], LiveSession], home: Path, closed: bool
) -> None:
    first = hold(1)
    made_in_the_first(first)
    close(first)
    inside = facilitate("export", first.sitting, "--as", "docx")
    second = hold(2)
    carried_into_the_second(second)
    if closed:
        close(second)
    assert second.close(5)
    register = home / "register.csv"
    facilitate("export", "--as", "csv", "-o", register)
    facilitate("archive", "list")
    there = holding(home)
    for place in ("sessions", "records", "exports", "index", "register.csv"):
        assert any(place in name for name in there), f"{place}: {there}"

    said = facilitate("erase", "A1", "--yes")
    assert holding(home) == []
    (document,) = re.findall(r"stands in (\S+\.docx)", inside)
    for path, form in ((document, "a page for the group (docx)"), (register, "(csv)")):
        assert form in said
        assert f"{path} (its file here is removed)" in said
    assert "Ask for these back" in said
    assert "other machines that held one of these sittings" in said

    facilitate("archive", "list")
    facilitate("archive", "rebuild")
    assert holding(home) == []
    assert "One mic" in facilitate("archive", "show", first.sitting)


def test_run_again_it_names_both_once_more_and_finds_nothing_to_do(
    hold: Callable[[int], LiveSession], home: Path
) -> None:
    one = hold(1)
    made_in_the_first(one)
    close(one)
    paths = [home / "one.md", home / "two.txt"]
    facilitate("export", "--as", "md", "-o", paths[0])
    facilitate("export", "--as", "txt", "-o", paths[1])
    facilitate("erase", "A1", "--yes")
    said = facilitate("erase", "A1", "--yes")
    assert all(f"{path} (its file was moved or removed)" in said for path in paths)
    assert "A1: 0 lines of notes are emptied, 0 files of records are written" in said
    assert holding(home) == []
