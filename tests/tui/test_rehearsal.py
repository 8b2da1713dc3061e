"""A rehearsal: a clock of its own, every step of a day, and nothing of it on the disk."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, WIDE, Stage, day_file, staged

from facilitate.cli.desk import RehearsalDesk, rehearsal_clock
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.showing import Showing

LATER = dt.datetime(2026, 11, 22, 20, 30, tzinfo=dt.UTC)
KEYS = ("1 one min on", "5 five min on", "0 ten min on")


def written() -> dict[Path, bytes]:
    """Every file of this test's home, whoever wrote it."""
    home = places().home.parent
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@asynccontextmanager
async def rehearsed(
    agenda: Path,
    *,
    begins: dt.time | None = None,
    speed: int = 0,
    size: tuple[int, int] = WIDE,
) -> AsyncIterator[Stage]:
    """A rehearsal some months after the day, which writes nothing whatever is done in it.

    The clock of the stage is that of the machine.
    """
    before = written()
    steady = HandClock(LATER)
    clock = rehearsal_clock(str(agenda), begins, speed, steady)
    app = FacilitateApp(RehearsalDesk(places(), clock), clock, agenda=str(agenda))
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, steady)
        await stage.rest()
        yield stage
    assert app.fault == ""
    assert written() == before


# The clock


@BOTH_SIZES
async def test_it_says_what_it_is_and_begins_at_the_planned_start(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with rehearsed(day_file(tmp_path), size=size) as stage:
        assert stage.lines[0].startswith(" rehearsal · Day one")
        assert "09:00 · starts 09:00, now" in stage.text
        assert "A rehearsal: nothing of it is kept." in stage.text
        assert all(key in stage.text for key in KEYS)


async def test_it_begins_when_it_was_told_to_and_runs_as_fast(tmp_path: Path) -> None:
    agenda = day_file(tmp_path)
    async with rehearsed(agenda, begins=dt.time(8, 45), speed=60) as stage:
        assert "08:45 · starts 09:00, in 15 min" in stage.text
        stage.clock.forward(seconds=5)
        stage.app._tick()
        await stage.rest()
        assert "08:50 · starts 09:00, in 10 min" in stage.text


async def test_its_keys_put_the_clock_forward(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        for key, left in (("1", 14), ("5", 9)):
            await stage.press(key)
            assert f"about {left} min left" in stage.text
        await stage.press("0")
        assert "1 min past its time" in stage.text
        titles = [one.title for one in stage.app.get_system_commands(stage.app.screen)]
        assert "rehearsal: five min on" in titles


async def test_its_keys_are_those_of_a_question_while_one_is_asked(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("e", "5")
        assert "5 min more." in stage.text
        assert "about 20 min left" in stage.text


async def test_its_keys_are_written_while_someone_writes(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space", *"150")
        assert stage.half_a_line == "150"
        assert "about 15 min left" in stage.text


async def test_a_digit_puts_its_clock_forward_or_does_nothing_but_begins_no_tally(
    tmp_path: Path,
) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.write("a: One mic")
        await stage.press("b", "t", "t", "escape")
        assert stage.screens == ["RunScreen", "ConsentScreen"]
        written = len(stage.app.state.history)
        await stage.press(*"1234567890")
        assert stage.half_a_line == ""
        assert stage.app.screen.focused.id == "sheet"  # type: ignore[union-attr]
        assert len(stage.app.state.history) == written
        assert f"{stage.app.clock.now():%H:%M}" == "13:16"  # 1, 5 and 10 minutes later
        await stage.press("9")
        assert "Space goes to the line for the tally." in stage.text
        await stage.press("space", *"5x9", "enter")
        assert "no one below three" in stage.text


async def test_a_clock_that_stands_still_steps_on_only_after_it_was_put_forward(
    tmp_path: Path,
) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("n")
        assert "Just moved on; press again" in stage.text
        await stage.press("1", "n")
        assert stage.app.state.run is not None
        assert stage.app.state.run.segment == "be"
        await stage.press("n")
        assert stage.app.state.run.segment == "be"


async def test_nobody_need_watch_the_clock_of_a_rehearsal(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path), speed=1) as stage:
        await stage.start()
        stage.clock.forward(minutes=40)
        stage.clock.step(hours=3)
        stage.app._tick()
        await stage.rest()
        assert stage.screens == ["RunScreen"]
        assert stage.app.state.gap is None
        assert "25 min past its time" in stage.text


# Nothing is kept


async def test_what_a_group_would_see_is_not_even_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[Showing] = []

    def show(showing: Showing) -> None:
        worked_out.append(showing)

    monkeypatch.setattr(Showing, "_show", show)
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.write("a: One mic")
        await stage.press("b", "1")
        assert not stage.app.showing._is_due
    assert not worked_out


async def test_a_whole_rehearsal_ends_on_the_first_screen_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.press("o", "5", "o")
        assert "09:05 · doors open since 09:00 · starts 09:00, 5 min ago" in stage.text
        assert "The doors are open already." in stage.text
        assert stage.is_grey("o doors open")
        await stage.press("space", "enter", "y", "C")
        assert "This is a rehearsal; the post was not saved." in stage.text
        await stage.press("c")
        assert "Welcome. The shape of the morning" in stage.app.clipboard
        for words in ("a: One mic", "l: the heron stays", "! under the jetty"):
            await stage.write(words)
        await stage.press("0", "n", "ctrl+e")
        assert "the heron stays" in stage.text
        await stage.press("k", "enter", "y")
        assert stage.screens == ["HomeScreen"]
        assert "The rehearsal is over; nothing of it was kept." in stage.text
        assert "No sitting was closed on this machine yet." in stage.text
        assert not any(key in stage.text for key in KEYS)


async def test_what_is_opened_after_a_rehearsal_is_one_too(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("ctrl+e", "enter", "y", "enter")
        assert stage.screens == ["BeforeScreen"]
        assert stage.lines[0].startswith(" rehearsal · ")


async def test_leaving_asks_nothing_about_the_disk(tmp_path: Path) -> None:
    async with rehearsed(day_file(tmp_path)) as stage:
        await stage.start()
        await stage.write("! under the jetty")
        await stage.press("ctrl+q")
        assert stage.question == "Leave the rehearsal? Nothing of it is kept."
        await stage.press("y")
        assert not stage.app.is_running


# Beside what is no rehearsal


async def test_in_earnest_its_keys_are_not_in_the_bar_and_say_what_they_are_for(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        assert not any(key in stage.text for key in KEYS)
        await stage.press("5")
        assert "Only the clock of a rehearsal can be put forward" in stage.text
        assert "about 15 min left" in stage.text
        titles = [one.title for one in stage.app.get_system_commands(stage.app.screen)]
        assert "rehearsal: five min on" not in titles


async def test_a_sitting_that_was_left_open_is_not_gone_on_with(
    clock: HandClock, tmp_path: Path
) -> None:
    agenda = day_file(tmp_path)
    async with staged(clock, agenda) as stage:
        await stage.start()
    async with rehearsed(agenda) as stage:
        assert stage.screens == ["BeforeScreen"]
        await stage.start()
        await stage.press("ctrl+e", "enter", "y")
        await stage.press("home", "enter")
        assert "Start without --rehearse to go on with a sitting." in stage.text
        assert stage.screens == ["HomeScreen"]
