"""Lines of the room: taken back like others, and given back only once they left the disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.sitting import holding
from tests.tui.stage import Stage, day_file, staged

from facilitate.core.entry_commands import Lower
from facilitate.session import harvest
from facilitate.store.places import places
from facilitate.tui import host

STILL = "Its words are still on the disk; still trying."


@asynccontextmanager
async def held(clock: HandClock, folder: Path) -> AsyncIterator[Stage]:
    async with staged(clock, day_file(folder)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        yield stage


def room(stage: Stage) -> list[str]:
    return [note.text for note in stage.app.room]


async def test_a_line_of_the_room_that_was_written_last_is_what_is_taken_back(
    clock: HandClock, tmp_path: Path
) -> None:
    async with held(clock, tmp_path) as stage:
        await stage.write("! first")
        await stage.write("! second")
        await stage.press("ctrl+b")
        assert room(stage) == ["first"]
        assert "The line of this room is taken back; it was nowhere else." in stage.text
        await stage.press("space", *"half", "ctrl+b")
        assert (room(stage), stage.half_a_line) == ([], "half")
        assert "A1  heard      One mic" in stage.text
        assert stage.written()[-1] == "entry.added"
        await stage.press("ctrl+b")
        assert stage.written()[-1] == "entry.taken_back"


async def test_a_line_that_was_written_after_it_goes_first(
    clock: HandClock, tmp_path: Path
) -> None:
    async with held(clock, tmp_path) as stage:
        await stage.write("! first")
        await stage.write("Say it twice")
        await stage.press("ctrl+b")
        assert room(stage) == ["first"]
        assert stage.written()[-1] == "entry.taken_back"
        await stage.press("ctrl+b")
        assert room(stage) == []
        assert "A1  heard      One mic" in stage.text


async def test_while_the_disk_does_not_let_words_go_that_is_said_and_tried_again(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "TRIES_AGAIN", 0.01)
    forget = harvest.forget_words

    def refused(*_: object) -> int:
        raise OSError

    async with held(clock, tmp_path) as stage:
        stage.written()
        monkeypatch.setattr(harvest, "forget_words", refused)
        assert stage.app.perform(Lower(number=1, ring="room"))
        await stage.until(lambda: STILL in stage.text)
        assert room(stage) == []
        assert "not saved" not in stage.text
        assert "left the disk" not in stage.text
        assert holding("One mic")
        monkeypatch.setattr(harvest, "forget_words", forget)
        await stage.until(lambda: room(stage) == ["One mic"])
        await stage.until(lambda: STILL not in stage.text)
        assert "its words left the disk" in stage.text
        assert holding("One mic") == []


async def test_words_that_a_killed_program_left_on_the_disk_leave_it_when_it_goes_on(
    clock: HandClock, tmp_path: Path
) -> None:
    agenda = day_file(tmp_path)
    async with staged(clock, agenda) as stage:
        await stage.go_to_the_agreements()
        await stage.write("CANARY one")
        await stage.write("e: CANARY two")
        await stage.write("Stays")
        live = stage.app.live
        assert live is not None
        for number in (1, 2):
            live.do(Lower(number=number, ring="room"))
        assert live.settle(5)
    assert holding("CANARY")
    async with staged(clock, agenda) as stage:
        await stage.press("g")
        await stage.rest()
        assert holding("CANARY") == []
        assert room(stage) == []
        assert holding("Stays")


async def test_an_earlier_record_that_cannot_be_read_is_told_at_the_opening(
    clock: HandClock, tmp_path: Path
) -> None:
    folder = places().records / "2026" / "2026-08-01-x"
    folder.mkdir(parents=True)
    (folder / "record.toml").write_text("record = 1", encoding="utf-8")
    async with staged(clock, day_file(tmp_path)) as stage:
        assert "1 earlier record cannot be read; its lines are not carried." in stage.app.notice
