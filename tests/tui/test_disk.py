"""What the screen says about the disk, and how leaving waits for it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import day_file, journal, staged

from facilitate.store.files import Disk
from facilitate.store.places import places
from facilitate.tui import leaving


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that finishes nothing until this event is set."""
    finishes = threading.Event()
    fsync = Disk.fsync

    def waiting(disk: Disk, descriptor: int) -> None:
        assert finishes.wait(10)
        fsync(disk, descriptor)

    monkeypatch.setattr(Disk, "fsync", waiting)
    yield finishes
    finishes.set()


async def test_what_is_not_on_disk_after_a_moment_is_said_until_it_is(
    clock: HandClock, tmp_path: Path, disk: threading.Event
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("enter", "y")
        assert "now > Arriving" in stage.text  # the screen waits for no disk
        await stage.until(lambda: " saving  " in stage.text)
        await stage.write("a: One mic")
        assert "A1  heard      One mic" in stage.text
        disk.set()
        await stage.until(lambda: "saving" not in stage.text)
        assert stage.written()[-1] == "entry.added"


async def test_a_disk_that_refuses_is_told_with_its_reason_until_it_takes_the_lines(
    clock: HandClock, tmp_path: Path
) -> None:
    places().home.mkdir()
    places().sittings.write_text("in the way", encoding="utf-8")
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("enter", "y")
        said = "Not saved yet; still trying. There is a file where the folder should be."
        await stage.until(lambda: said in stage.text)
        await stage.write("a: One mic")
        assert said in stage.text
        assert "A1 heard." in stage.text
        places().sittings.unlink()
        await stage.until(lambda: said not in stage.text)
        assert stage.written() == ["run.opened", "segment.started", "entry.added"]


async def test_leaving_waits_for_the_disk_and_asks_when_that_takes_long(
    clock: HandClock, tmp_path: Path, disk: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0.01)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("enter", "y", "ctrl+q", "y")
        await stage.until(lambda: stage.screens[-1] == "Ask")
        assert stage.question.startswith("Not on disk yet: 2 lines.")
        await stage.press("w")
        await stage.until(lambda: stage.screens[-1] == "Ask")
        await stage.press("escape")
        assert stage.app.is_running
        disk.set()
        monkeypatch.setattr(leaving, "PATIENCE", 5)
        await stage.press("ctrl+q", "y")
        await stage.until(lambda: not stage.app.is_running)
    assert [line["k"] for line in journal()] == ["run.opened", "segment.started"]


async def test_leaving_at_once_is_possible_and_says_what_is_lost(
    clock: HandClock, tmp_path: Path, disk: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0.01)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("enter", "y", "ctrl+q", "y")
        await stage.until(lambda: stage.screens[-1] == "Ask")
        assert "Leave; these lines are lost" in stage.text
        await stage.press("l")
        await stage.until(lambda: not stage.app.is_running)
        disk.set()
