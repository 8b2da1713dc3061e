"""The screens as pictures; `pytest tests/snapshots --snapshot-update` draws them anew.

Clock, zone, theme and folders stand still, and all words are made up. Look at every picture
before it is kept: what is now, what is next, until when?
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.a_year import write_a_year
from tests.tui.stage import DAY, NARROW, WIDE, Stage, day_file
from tests.tui.test_layout import hostile_day
from textual.pilot import Pilot

from facilitate.cli.desk import LocalDesk
from facilitate.session import library
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.screens.build import BuildScreen

Act = Callable[[Stage], Awaitable[None]]
Snap = Callable[..., bool]


@pytest.fixture(autouse=True)
def _still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One time zone, and no agendas but our own."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def picture(snap_compare: Snap, clock: HandClock) -> Callable[..., bool]:
    """Whether the app looks as it did, after some steps."""

    def compare(act: Act, agenda: Path | None, size: tuple[int, int], **options: Any) -> bool:
        path = str(agenda) if agenda else None
        app = FacilitateApp(LocalDesk(places(), clock), clock, agenda=path, **options)

        async def run_before(pilot: Pilot[None]) -> None:
            stage = Stage(app, pilot, clock)
            await stage.rest()
            await act(stage)
            assert app.live is None or app.live.settle(5)
            await stage.rest()

        return snap_compare(app, terminal_size=size, run_before=run_before)

    return compare


async def hold(stage: Stage) -> None:
    """In the middle of the agreements, eight minutes in, with a few lines."""
    await stage.go_to_the_agreements()
    await stage.write("One mic, one speaker <- the elders' circle")
    await stage.press("b")
    await stage.write("If it hurts we say so, slow down, and tend to the effect first")
    await stage.write("q: Who keeps the time when nobody wants to?")
    await stage.press("c")
    await stage.pass_time(minutes=8)


def test_run_wide_dark(picture: Callable[..., bool], tmp_path: Path) -> None:
    assert picture(hold, day_file(tmp_path), WIDE)


def test_run_narrow_light(picture: Callable[..., bool], tmp_path: Path) -> None:
    assert picture(hold, day_file(tmp_path), NARROW, theme="facilitate-light")


def test_run_wide_ansi(picture: Callable[..., bool], tmp_path: Path) -> None:
    assert picture(hold, day_file(tmp_path), WIDE, theme="ansi-dark")


def test_run_wide_without_colour(
    picture: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(hold, day_file(tmp_path), WIDE)


def test_run_narrow_contrast_with_words_of_every_kind(
    picture: Callable[..., bool], tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.go_to_the_agreements()
        await stage.write("שלום [/fix] 👩🏽‍🚀 漢字 <- [b]مرحبا[/b]")
        await stage.write("Z" * 80)
        await stage.press("tab", "down")

    agenda = day_file(tmp_path, hostile_day())
    assert picture(act, agenda, NARROW, theme="facilitate-contrast")


def test_care_while_late_and_typing(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await hold(stage)
        await stage.pass_time(minutes=35)
        await stage.press("p", "c")
        await stage.pass_time(minutes=4)
        await stage.press("space", *"! what is said in here")

    assert picture(act, day_file(tmp_path), WIDE)


def test_question_narrow(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await hold(stage)
        await stage.press("e")

    assert picture(act, day_file(tmp_path), NARROW)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_before(
    picture: Callable[..., bool], tmp_path: Path, clock: HandClock, size: tuple[int, int]
) -> None:
    clock.step(minutes=-30)

    async def act(stage: Stage) -> None:
        await stage.press("space", "down")

    assert picture(act, day_file(tmp_path), size)


def test_home(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await hold(stage)
        assert stage.app.live is not None
        assert stage.app.live.settle(5)
        stage.app.forget()
        stage.app.course.go_home()

    later = DAY.replace('"harbour-circle-1"', '"harbour-circle-2"')
    later = later.replace("Day one: arriving, and the words we share", "Day two: what stays")
    (tmp_path / "two.toml").write_text(later, encoding="utf-8")
    assert picture(act, day_file(tmp_path), WIDE, theme="facilitate-light")


def test_closing(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await hold(stage)
        await stage.write("l: The heron stays when the boats leave <- the tide")
        await stage.write("g: Thanks to whoever brought the plums")
        await stage.press("ctrl+e")

    assert picture(act, day_file(tmp_path), WIDE)


def test_searching_a_year(picture: Callable[..., bool]) -> None:
    write_a_year()

    async def act(stage: Stage) -> None:
        await stage.press("slash", *"repair", "down", "ctrl+n", "c", "1")

    assert picture(act, None, WIDE)


def test_building(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("down", *"30", "enter", "down", "L", *"35")
        screen = stage.app.screen
        assert isinstance(screen, BuildScreen)
        await stage.until(lambda: screen._building.steps.is_written)

    assert picture(act, day_file(tmp_path), WIDE, theme="facilitate-light", builds=True)


def test_help(picture: Callable[..., bool], tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("question_mark")

    assert picture(act, day_file(tmp_path), (100, 60))
