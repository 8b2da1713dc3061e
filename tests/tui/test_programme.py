"""A whole programme on the screen: what was held, what comes next, and what opens it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.a_programme import write_programme
from tests.session.cohort import line, record
from tests.tui.stage import BOTH_SIZES, Stage, staged
from textual.widgets import Static

from facilitate.cli.timelines import LocalProgrammes
from facilitate.session import library
from facilitate.session.kept import Kept
from facilitate.store.places import places
from facilitate.tui.screens.programme import NO_AGENDA, NOTHING_NEXT, ProgrammeScreen

ID = "harbour-2026"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "harbour")


@pytest.fixture(autouse=True)
def _no_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but our own: the first screen reads them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)


@asynccontextmanager
async def looking(
    clock: HandClock, path: Path, *, days: int = 50, **options: Any
) -> AsyncIterator[Stage]:
    """The programme, laid over the first screen, some days after the clock's own."""
    clock.step(days=days)
    async with staged(clock, **options) as stage:
        found = LocalProgrammes(places(), clock.now, lambda: Kept(places()))
        stage.app.push_screen(ProgrammeScreen(str(path), found).bound_to(stage.app))
        await stage.rest()
        yield stage


def change(path: Path, old: str, new: str) -> None:
    """Put other words into a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@asynccontextmanager
async def at_home(clock: HandClock, **options: Any) -> AsyncIterator[Stage]:
    """The first screen, some weeks after the clock's own."""
    clock.step(days=50)
    async with staged(clock, **options) as stage:
        yield stage


def first_record() -> str:
    return record("one", line("A1", when="next"), line("T2"), programme=ID, number=1, cohort=ID)


@BOTH_SIZES
async def test_the_dates_stand_below_each_other_and_what_is_next_is_marked(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    first_record()
    async with looking(clock, path, size=size) as stage:
        head = "\n".join(stage.lines[:2])
        assert "Harbour circles" in head
        assert "next: Sat 14 Nov 2026" in head
        assert "Sat 12 Sep 2026  done    1. Kick-off" in stage.text
        assert "Sun 13 Sep 2026  passed  2. part one: Repair" in stage.text
        assert "Sat 14 Nov 2026  next    3. part two: Repair" in stage.text
        assert "2 lines, 1 due" in stage.text
        assert "day-3.toml" in stage.text


@BOTH_SIZES
async def test_the_arrows_show_what_is_known_of_each_date(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    first_record()
    async with looking(clock, path, size=size) as stage:
        await stage.press("up", "up")
        assert "in person" in stage.text
        assert "2 lines" in stage.text
        await stage.press("down")
        assert "its day has passed" in stage.text
        await stage.press("n")
        assert "2 lines, 1 due" in stage.text


async def test_enter_reads_the_record_of_what_was_held_and_esc_leads_back(
    clock: HandClock, path: Path
) -> None:
    first_record()
    async with looking(clock, path) as stage:
        await stage.press("up", "up", "enter")
        assert stage.screens == ["HomeScreen", "ProgrammeScreen", "RecordScreen"]
        await stage.press("escape", "escape")
        assert stage.screens == ["HomeScreen"]


async def test_enter_opens_the_agenda_of_what_is_to_come(clock: HandClock, path: Path) -> None:
    async with looking(clock, path) as stage:
        await stage.press("enter")
        assert stage.screens == ["BeforeScreen"]
        assert stage.app.state.agenda is not None
        assert stage.app.state.agenda.id == "harbour-day-3"


async def test_an_agenda_that_cannot_be_opened_says_what_to_mend(
    clock: HandClock, path: Path
) -> None:
    change(path.with_name("day-3.toml"), "format = 1", "")
    async with looking(clock, path) as stage:
        assert "day-3.toml: cannot be opened yet" in stage.text
        await stage.press("enter")
        assert "This file cannot be opened yet." in stage.text
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]


async def test_what_has_no_agenda_says_so(clock: HandClock, path: Path) -> None:
    async with looking(clock, path) as stage:
        await stage.press("down", "enter")
        assert NO_AGENDA in " ".join(stage.text.split())
        assert stage.screens[-1] == "ProgrammeScreen"


async def test_after_the_last_sitting_the_first_date_is_marked(
    clock: HandClock, path: Path
) -> None:
    async with looking(clock, path, days=200) as stage:
        assert "no sitting is to come" in stage.lines[0]
        assert "deadline, passed" in stage.text
        await stage.press("n")
        assert NOTHING_NEXT in stage.text


async def test_a_programme_that_cannot_be_opened_is_told(clock: HandClock, path: Path) -> None:
    change(path, "format = 1", "")
    async with looking(clock, path) as stage:
        assert "format = 1 is missing" in " ".join(stage.text.split())
        await stage.press("enter", "n", "escape")
        assert stage.screens == ["HomeScreen"]


@BOTH_SIZES
async def test_titles_of_any_script_are_words_and_nothing_else(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    hostile = "[/fix] [b] 👩🏽‍🚀 漢字 שלום " + "Z" * 200
    change(path, "What we carry on", hostile)
    async with looking(clock, path, size=size) as stage:
        await stage.press("down")
        assert "4. [/fix] [b]" in stage.text
        assert all(len(row.rstrip()) <= size[0] for row in stage.lines)


# From the first screen


@BOTH_SIZES
async def test_the_first_screen_has_each_programme_with_what_comes_next(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    write_programme(tmp_path / "agendas")
    async with at_home(clock, size=size) as stage:
        assert "Programmes" in stage.text
        assert "Harbour circles  next: Sat 14 Nov 2026, 3. Repair" in stage.text
        await stage.press("enter")
        assert stage.screens == ["HomeScreen", "ProgrammeScreen"]
        assert "3. part two: Repair" in stage.text
        await stage.press("enter")
        assert stage.screens == ["BeforeScreen"]


async def test_without_a_programme_the_first_screen_says_nothing_of_them(
    clock: HandClock,
) -> None:
    async with at_home(clock) as stage:
        assert "Programmes" not in stage.text


async def test_the_help_names_the_keys_of_a_programme(clock: HandClock, path: Path) -> None:
    async with looking(clock, path) as stage:
        await stage.press("question_mark")
        page = stage.app.screen.query_one("#page Static", Static)
        assert "what is next: Mark the sitting that comes next." in str(page.content)
