"""The first screen: what is next stands above, and no list pushes the others off it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.a_programme import write_programme
from tests.session.cohort import line, record
from tests.tui.stage import BOTH_SIZES, Stage, day_file, staged
from textual.widgets import OptionList

from facilitate.cli.desk import LocalDesk
from facilitate.session import library
from facilitate.store.places import places
from facilitate.tui.screens.home import MARK_AGENDA
from facilitate.tui.screens.shelf import rows

ID = "harbour-2026"
COMING, OVER = 50, 500
"""Days after the clock's own: with a sitting to come, and with none."""
BEHIND = "Harbour circles: 3 agendas"
FIRST = "1. Harbour circles"


@pytest.fixture(autouse=True)
def _no_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but our own: the first screen reads them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)


@asynccontextmanager
async def at_home(
    clock: HandClock, folder: Path, *, days: int = COMING, **options: Any
) -> AsyncIterator[Stage]:
    """The first screen, with a programme of three agendas and one that stands alone."""
    write_programme(folder / "agendas")
    day_file(folder)
    clock.step(days=days)
    async with staged(clock, **options) as stage:
        yield stage


def order(stage: Stage, *words: str) -> bool:
    """Whether these stand below each other."""
    found = [stage.text.index(each) for each in words]
    return found == sorted(found)


def marked(stage: Stage) -> str:
    """The row on which the mark is."""
    shelf = stage.app.screen.query_one(OptionList)
    assert shelf.highlighted is not None
    return str(shelf.get_option_at_index(shelf.highlighted).prompt).strip()


@BOTH_SIZES
async def test_what_is_next_stands_above_the_agendas_and_the_past_below_them(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_home(clock, tmp_path, size=size) as stage:
        heads = ("Go on with", "Programmes", "Agendas", "Past sittings")
        assert order(stage, *heads)
        assert marked(stage).startswith("Harbour circles  next: Sat 14 Nov 2026")


async def test_a_programme_without_a_date_to_come_stands_below_the_agendas(
    clock: HandClock, tmp_path: Path
) -> None:
    async with at_home(clock, tmp_path, days=OVER) as stage:
        assert order(stage, "Agendas", "Day one: arriving", "Programmes", "Past sittings")
        assert "no sitting is to come" in stage.text
        assert marked(stage).startswith("Day one: arriving")


@BOTH_SIZES
async def test_the_agendas_of_a_programme_are_one_row_until_someone_asks_for_them(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_home(clock, tmp_path, size=size) as stage:
        assert BEHIND in stage.text
        assert FIRST not in stage.text
        await stage.press("down", "down", "enter")
        assert order(stage, BEHIND, FIRST, "3. Harbour circles", "Past sittings")
        assert marked(stage).startswith(BEHIND)
        await stage.press("enter")
        assert FIRST not in stage.text
        assert marked(stage).startswith(BEHIND)


async def test_each_agenda_of_a_programme_can_be_held_and_changed(
    clock: HandClock, tmp_path: Path
) -> None:
    async with at_home(clock, tmp_path) as stage:
        await stage.press("down", "down", "B")
        assert MARK_AGENDA in stage.text
        await stage.press("enter", "down", "B")
        assert stage.screens == ["HomeScreen", "BuildScreen"]
        await stage.press("escape")
        await stage.press("enter")
        assert stage.screens == ["BeforeScreen"]
        assert stage.app.state.agenda is not None
        assert stage.app.state.agenda.number == 1


async def test_a_row_means_what_stood_there_when_it_was_chosen(
    clock: HandClock, tmp_path: Path
) -> None:
    async with at_home(clock, tmp_path, days=OVER) as stage:
        await stage.press("down")
        await stage.burst("enter", "down", "enter")  # the row below it was the programme
        assert stage.screens == ["HomeScreen", "ProgrammeScreen"]


async def test_enter_right_behind_a_leap_opens_what_it_leapt_to(
    clock: HandClock, tmp_path: Path
) -> None:
    async with at_home(clock, tmp_path, days=OVER) as stage:
        await stage.burst("end", "enter")
        assert stage.screens == ["HomeScreen", "ProgrammeScreen"]
        await stage.press("escape")
        await stage.burst("home", "enter")
        assert stage.screens == ["BeforeScreen"]


def test_what_the_records_tell_of_a_programme_moves_no_row(
    clock: HandClock, tmp_path: Path
) -> None:
    write_programme(tmp_path)
    for number in (1, 2, 3, 4):  # the last one earlier than planned
        record(f"s{number}", line("A1"), programme=ID, number=number, cohort=ID)
    clock.step(days=COMING)
    desk = LocalDesk(places(), clock)
    desk.past().read(lambda _, __: None)
    first = desk.home()
    known = desk.with_past(first)
    assert [one.stands for one in first.programmes] == [""]
    assert [one.stands for one in known.programmes] == ["no sitting is to come"]
    before, after = (
        [str(row.content).partition("  ")[0] for row in rows(home, "")]
        for home in (first, known)
    )
    above = before.index("Past sittings")
    assert before[:above] == after[:above]
