"""Next month's day out of this month's, in a real terminal and with a real git."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from tests.e2e.driving import AGENDA, SIZES, Program, local

GIT = ("git", "-c", "user.name=test", "-c", "user.email=test@example.org")


@pytest.fixture
def folder() -> Path:
    """A folder of agendas in git, with the first day in it; the program runs there."""
    folder = Path(os.environ["HOME"])
    (folder / "agendas").mkdir()
    (folder / "agendas" / AGENDA.name).write_bytes(AGENDA.read_bytes())
    git(folder, "init", "--quiet")
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def made_anew(folder: Path) -> Path:
    """A day for a new date out of the first day, committed as it was made."""
    arguments = ("new", "next.toml", "--from", f"agendas/{AGENDA.name}", "--date", "2027-04-13")
    with Program(*arguments) as tty:
        assert tty.ends() == 0
    git(folder, "add", "next.toml")
    git(folder, "commit", "--quiet", "-m", "A new day")
    return folder / "next.toml"


def built(size: tuple[int, int] = (100, 30)) -> Program:
    """The screen on which the new day is built, drawn and checked."""
    tty = Program("build", "next.toml", size=size)
    tty.seen("ends 15:30", "Doors open and gro", "at least 15", "Esc leave")
    return tty


def differing(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """The lines that are gone and those that came, as git tells; how often each."""
    lines = git(folder, "diff", "--no-ext-diff").splitlines()
    signs = ("-", "+")
    gone, came = (
        Counter(one[1:] for one in lines if one[0] == sign and one[:3] != sign * 3)
        for sign in signs
    )
    return gone, came


@pytest.mark.parametrize("size", SIZES)
def test_a_day_is_built_from_an_earlier_one_and_git_shows_just_what_was_changed(
    folder: Path, size: tuple[int, int]
) -> None:
    made = made_anew(folder)
    assert "date = 2027-04-13\n" in made.read_text(encoding="utf-8")
    before = made.stat().st_mode
    with built(size) as tty:
        tty.keys(*["down"] * 8, "3", "3", "enter")
        tty.seen("reflection Coming back, and a map", "length 33 min", "ends 15:23")
        tty.keys("down", "-")
        tty.seen("breakout The part I have had", "length 30 min", "ends 15:18")
        tty.press("shift+up")
        tty.seen("moved before Coming back", "Not saved.")
        tty.press("ctrl+s")
        tty.seen("Saved.")
        tty.gone("Not saved.")
        tty.press("escape")
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    gone, came = differing(folder)
    assert sorted((gone - came).elements()) == ["minutes = 35", "minutes = 390", "minutes = 40"]
    assert sorted((came - gone).elements()) == ["minutes = 30", "minutes = 33", "minutes = 378"]
    moved = [line for line in (gone & came) if line.startswith("title = ")]
    assert len(moved) == 1  # one of the two parts that changed places is shown as moved
    assert git(folder, "status", "--porcelain", "next.toml") == " M next.toml\n"
    assert made.stat().st_mode == before
    with Program("check", "next.toml") as tty:
        assert tty.ends() == 0


def test_letters_move_a_part_where_shift_and_arrows_do_not_arrive_and_u_takes_it_back(
    folder: Path,
) -> None:
    made_anew(folder)
    with built() as tty:
        tty.press("L")
        tty.seen("moved before How we want")
        tty.press("E")
        tty.seen("moved before Someone who")
        tty.keys("u", "u")
        tty.seen("moved before Someone who")
        tty.gone("Not saved.")
        tty.press("escape")
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    assert differing(folder) == (Counter(), Counter())


def test_what_was_not_saved_outlives_the_program(folder: Path) -> None:
    made = made_anew(folder)
    saved = made.read_bytes()
    with built() as tty:
        tty.press("+")
        tty.seen("20 -> 25 min", "Not saved.")
        tty.soon(lambda: bool([*local().glob("unsaved/*/changed.toml")]), "it is put aside")
        tty.kill()
    assert made.read_bytes() == saved
    with Program("build", "next.toml") as tty:
        tty.seen("were not saved", "Go on with them")
        tty.press("g")
        tty.seen("length 25 min", "Not saved.")
        tty.press("ctrl+q")
        tty.seen("Not saved yet.", "20 -> 25 min", "Save, and leave")
        tty.press("s")
        assert tty.ends() == 0
    gone, came = differing(folder)
    assert (gone - came, came - gone) == (
        Counter({"minutes = 20": 1, "minutes = 390": 1}),
        Counter({"minutes = 25": 1, "minutes = 395": 1}),
    )
    assert not [*local().glob("unsaved/*/*.toml")]


def test_an_agenda_of_the_first_screen_is_built_with_a_key(folder: Path) -> None:
    made_anew(folder)
    with Program() as tty:
        tty.seen("Agendas", "B build")
        tty.press("B")
        tty.seen("can give", "ends 15:30")
        tty.press("escape")
        tty.seen("Agendas", "B build")
        tty.press("ctrl+q")
        assert tty.ends() == 0
