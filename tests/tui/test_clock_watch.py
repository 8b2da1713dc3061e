"""A clock that nobody watched, and one that was set: what is asked, and when."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import WIDE, Stage, day_file

from facilitate.cli.desk import LocalDesk
from facilitate.core.entry_commands import AgreeNotes
from facilitate.session.watching import Watch
from facilitate.store.places import places
from facilitate.tui import app as interface
from facilitate.tui.app import FacilitateApp

AHEAD = "The clock of this computer moved 1 h ahead. Which time is right?"


class Watched(Stage):
    """A stage on which the clock is looked at when a test says so, and not by itself."""

    async def tick(self) -> None:
        self.app._tick()
        await self.rest()


@pytest.fixture(autouse=True)
def _no_tick_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "TICK", 3600)


@asynccontextmanager
async def watched(clock: HandClock, agenda: Path) -> AsyncIterator[Watched]:
    watch = Watch(clock)
    app = FacilitateApp(LocalDesk(places(), watch), watch, agenda=str(agenda))
    async with app.run_test(size=WIDE) as pilot:
        stage = Watched(app, pilot, clock)
        await stage.rest()
        yield stage
    assert app.live is None or app.live.close(5)
    assert app.fault == ""


# Nobody watched


async def test_after_a_sleep_the_gap_is_noted_and_asked_about(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        clock.forward(minutes=40)
        await stage.tick()
        assert "for 40 min, from 09:00 on. It was: Arriving." in stage.question
        assert stage.last()[0] == "clock.gap"
        await stage.press("p")
        assert (stage.last()[0], stage.last()[1]["answer"]) == ("gap.answered", "paused")
        assert "about 15 min left" in stage.text
        await stage.tick()
        assert stage.screens == ["RunScreen"]


async def test_before_the_start_nobody_need_watch(clock: HandClock, tmp_path: Path) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        clock.forward(minutes=40)
        await stage.tick()
        assert stage.screens == ["BeforeScreen"]
        assert "starts 09:00, 40 min ago" in stage.text
        assert stage.journal() == []


async def test_the_question_waits_until_nothing_lies_over_the_screen(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("e")
        clock.forward(minutes=40)
        await stage.tick()
        assert stage.last()[0] == "clock.gap"
        assert "How many minutes more" in stage.question
        for over, key, back in (("HarvestScreen", "ctrl+e", "escape"), ("Cover", "v", "v")):
            await stage.press("escape", key)
            await stage.tick()
            assert stage.screens == ["RunScreen", over]
            await stage.press(back)
        await stage.tick()
        assert "Nobody watched the clock for 40 min" in stage.question


async def test_the_question_waits_while_someone_writes(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        stage.app.perform(AgreeNotes(keeps=True))
        await stage.press("space", "h")
        clock.forward(minutes=40)
        await stage.tick()
        await stage.press("p")
        assert stage.half_a_line == "hp"
        await stage.press("enter")
        await stage.tick()
        assert "Nobody watched the clock for 40 min" in stage.question


async def test_a_question_that_was_left_is_not_put_again(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        clock.forward(minutes=40)
        await stage.tick()
        await stage.press("escape")
        await stage.tick()
        assert stage.screens == ["RunScreen"]


async def test_a_second_sleep_before_the_answer_makes_one_gap_and_asks_anew(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        for minutes in (40, 20):
            clock.forward(minutes=minutes)
            await stage.tick()
        await stage.press("p")  # of the first forty minutes, which are not the whole
        assert stage.last()[0] == "clock.gap"
        await stage.tick()
        assert "for 60 min, from 09:00 on" in stage.question
        await stage.press("p")
        assert stage.last()[0] == "gap.answered"
        assert "about 15 min left" in stage.text


async def test_what_was_done_right_after_a_sleep_says_where_we_are(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        clock.forward(minutes=40)
        await stage.press("n")
        clock.forward(seconds=1)
        await stage.tick()
        assert stage.screens == ["RunScreen"]
        assert stage.last()[0] == "segment.started"


# The clock was set


async def test_a_clock_that_was_set_is_asked_about_once_and_nothing_changes_by_itself(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        written = stage.written()
        clock.step(hours=1)
        await stage.tick()
        assert stage.question == AHEAD
        assert "k  keep going as before: 09:00" in stage.text
        assert "t  take the computer's time: 10:00" in stage.text
        await stage.press("k")
        await stage.tick()
        assert stage.screens == ["RunScreen"]
        assert "about 15 min left" in stage.text
        assert stage.written() == written


async def test_the_computers_time_is_taken_when_someone_says_so(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        clock.step(hours=1)
        await stage.tick()
        await stage.press("t")
        assert "The clock goes with this computer again." in stage.text
        assert " 10:00 · " in stage.text
        await stage.tick()
        assert stage.screens == ["RunScreen"]


async def test_a_time_before_what_happened_already_is_not_taken_and_that_is_said(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.press("space")
        clock.step(minutes=-25)
        await stage.tick()
        assert stage.question.startswith("The clock of this computer moved 25 min back.")
        await stage.press("t")
        assert "The clock goes on as before." in stage.text
        assert " 09:00 · starts 09:00, now" in stage.text


async def test_a_clock_that_is_put_back_before_anything_happened_is_taken(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        clock.step(minutes=-25)
        await stage.tick()
        await stage.press("t")
        assert " 08:35 · starts 09:00, in 25 min" in stage.text


async def test_a_clock_that_was_put_right_again_meanwhile_is_not_asked_about(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.press("enter")
        clock.step(hours=1)
        await stage.tick()
        clock.step(hours=-1)
        await stage.press("escape")
        await stage.tick()
        assert stage.screens == ["BeforeScreen"]


async def test_after_a_sleep_and_a_jump_one_question_follows_the_other(
    clock: HandClock, tmp_path: Path
) -> None:
    async with watched(clock, day_file(tmp_path)) as stage:
        await stage.start()
        clock.forward(minutes=40)
        clock.step(hours=1)
        await stage.tick()
        await stage.tick()
        assert "Nobody watched the clock for 40 min" in stage.question
        await stage.press("h")
        await stage.tick()
        assert stage.question == AHEAD
        clock.step(minutes=30)
        await stage.press("k")
        await stage.tick()
        assert stage.question.startswith("The clock of this computer moved 90 min ahead.")
