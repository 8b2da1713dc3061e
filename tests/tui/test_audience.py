"""The group's window: calm, readable at any size; and what the console hands on to it, when."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import NARROW, WIDE, Stage, day_file, staged
from tests.tui.test_layout import HOSTILE
from textual.pilot import Pilot

from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.session.audience import Audience
from facilitate.store.files import Disk
from facilitate.store.places import places
from facilitate.tui.audience import AudienceApp

VIEW = AudienceView(
    title="Day one: arriving",
    now="How we want to be",
    prompt="What helps you to stay?\nAnd what helps you to come back?",
    agreements=(AudienceLine("A1", "One mic, one speaker"),),
    terms=(AudienceLine("T2", "repair = going back"),),
)
SMALL = (60, 20)


class Told:
    """Stands in for the sitting that is followed."""

    def __init__(self) -> None:
        self.changed: Callable[[AudienceView | None], None]
        self.is_followed = False

    def follow(self, changed: Callable[[AudienceView | None], None]) -> None:
        self.changed, self.is_followed = changed, True

    def stop(self, timeout: float) -> None:
        self.is_followed = False


class Window(Stage):
    """The window, and what it is told."""

    def __init__(self, app: AudienceApp, pilot: Pilot[None], told: Told) -> None:
        self.app, self.pilot, self.told = app, pilot, told  # type: ignore[assignment]

    async def tell(self, view: AudienceView | None) -> None:
        self.told.changed(view)
        await self.pilot.pause()
        await self.pilot.pause()


@asynccontextmanager
async def window(size: tuple[int, int] = WIDE, **options: str) -> AsyncIterator[Window]:
    told = Told()
    app = AudienceApp(told, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Window(app, pilot, told)
    assert app.fault == ""
    assert not told.is_followed


@pytest.mark.parametrize("size", [SMALL, NARROW, WIDE], ids=str)
async def test_it_shows_where_we_are_what_is_asked_and_what_was_made(
    size: tuple[int, int],
) -> None:
    async with window(size) as stage:
        assert "Nothing is shown yet." in stage.text
        await stage.tell(VIEW)
        for words in (
            "Day one: arriving", "How we want to be", "What helps you to stay?",
            "And what helps you to come back?", "our agreements", "A1    One mic, one speaker",
            "our words", "T2    repair = going back", "l larger type   v cover   ctrl+q leave",
        ):  # fmt: skip
            assert words in stage.text
        assert "back at" not in stage.text
        await stage.tell(VIEW._replace(now="Break", back_at="11:15", prompt="", terms=()))
        assert "back at 11:15" in stage.text
        assert "╶╮ ╶╮    ╶╮ ╭─╴" in stage.text  # and large
        for words in ("What helps", "our words"):
            assert words not in stage.text
        await stage.tell(None)
        assert "Nothing is shown yet." in stage.text
        assert "One mic" not in stage.text


async def test_large_type_has_more_room_around_every_line_until_it_is_taken_back() -> None:
    async with window() as stage:
        await stage.tell(VIEW)
        before = stage.lines
        await stage.press("l")
        assert "l smaller type" in stage.text
        above = stage.lines[
            stage.text.splitlines().index(next(filter(is_mic, stage.lines))) - 1
        ]
        assert above.strip() == ""
        await stage.press("l")
        assert stage.lines == before


def is_mic(line: str) -> bool:
    return "One mic" in line


def many(count: int) -> tuple[AudienceLine, ...]:
    return tuple(AudienceLine(f"A{n}", f"Line {n} of many") for n in range(1, count + 1))


async def test_what_is_new_comes_into_view_and_a_new_part_begins_at_the_top() -> None:
    async with window(SMALL) as stage:
        await stage.tell(VIEW._replace(agreements=many(20)))
        assert "Line 1 of" in stage.text
        assert "Line 20 of" not in stage.text
        await stage.tell(VIEW._replace(agreements=many(21)))
        assert "Line 21 of" in stage.text
        await stage.tell(VIEW._replace(agreements=many(20)))  # one less moves nothing
        assert "Line 20 of" in stage.text
        await stage.tell(VIEW._replace(agreements=many(20), now="Closing", prompt="A word?"))
        for words in ("Closing", "A word?", "Line 1 of"):
            assert words in stage.text
        await stage.press("end")
        assert "repair = going back" in stage.text
        await stage.press("pageup", "up", "home")
        assert "A word?" in stage.text


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=str)
async def test_whatever_people_write_is_shown_as_it_is_and_breaks_nothing(
    size: tuple[int, int],
) -> None:
    lines = tuple(AudienceLine(f"A{n}", words) for n, words in enumerate(HOSTILE))
    async with window(size) as stage:
        for words in HOSTILE:
            await stage.tell(AudienceView(words, words, "11:15", words, lines, lines))
            for _ in range(2):
                assert {cell_len(line) for line in stage.lines} == {size[0]}
                await stage.press("l")
        await stage.tell(VIEW._replace(agreements=lines, prompt=""))
        assert "A0    [/fix] [b] [bold red]x[/]" in stage.text


async def test_a_cover_hides_all_and_stays_whatever_is_new() -> None:
    async with window() as stage:
        await stage.tell(VIEW)
        for uncover in ("v", "escape"):
            await stage.press("v")
            await stage.tell(VIEW._replace(agreements=many(3)))
            assert "v uncovers" in stage.text
            assert "Line" not in stage.text
            await stage.press("l", uncover)
            assert "Line 3 of many" in stage.text


async def test_no_other_key_does_anything_and_ctrl_q_leaves() -> None:
    async with window() as stage:
        await stage.tell(VIEW)
        before = stage.lines
        await stage.press("ctrl+p", "n", "x", "space", "enter", "b", "question_mark", "ctrl+c")
        assert stage.lines == before
        await stage.press("ctrl+q")
        assert not stage.app.is_running


# What the console hands on


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that finishes nothing while this event is not set."""
    finishes = threading.Event()
    finishes.set()
    fsync = Disk.fsync

    def waiting(disk: Disk, descriptor: int) -> None:
        assert finishes.wait(10)
        fsync(disk, descriptor)

    monkeypatch.setattr(Disk, "fsync", waiting)
    yield finishes
    finishes.set()


def shown() -> AudienceView | None:
    return Audience(places()).look()


def agreements() -> list[str]:
    view = shown()
    return [line.text for line in view.agreements] if view else []


async def test_the_group_sees_what_is_saved_and_read_back_and_nothing_after_the_end(
    clock: HandClock, tmp_path: Path, disk: threading.Event
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        assert not places().home.exists()
        await stage.go_to_the_agreements()
        await stage.until(lambda: (shown() or VIEW).now == "How we want to be with each other")
        await stage.write("One mic, one speaker")
        await stage.press("c")
        await stage.until(lambda: (shown() or VIEW).prompt == "What helps you to stay?")
        assert agreements() == []
        disk.clear()
        await stage.press("b")
        await stage.until(lambda: " saving  " in stage.text)
        assert agreements() == []
        disk.set()
        await stage.until(lambda: agreements() == ["One mic, one speaker"])
        await stage.press("x")
        await stage.until(lambda: agreements() == [])
    assert list(places().show.iterdir()) == []


async def test_the_question_moves_on_with_the_round_of_the_rooms(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_rooms()
        await stage.press("o")
        await stage.until(lambda: (shown() or VIEW).prompt == "What do you practise already?")
        await stage.pass_time(minutes=16)
        await stage.until(lambda: (shown() or VIEW).prompt == "What would you try?")
        await stage.pass_time(minutes=16)
        await stage.until(lambda: (shown() or VIEW).prompt == "")


async def test_what_is_withdrawn_goes_from_the_window_while_nothing_can_be_saved(
    clock: HandClock, tmp_path: Path, disk: threading.Event
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic, one speaker")
        await stage.press("b")
        await stage.write("Ouch and oops")
        await stage.press("b")
        await stage.until(lambda: agreements() == ["One mic, one speaker", "Ouch and oops"])
        disk.clear()
        await stage.press("x")
        await stage.until(lambda: agreements() == ["One mic, one speaker"])
        await stage.write("We begin on time")
        await stage.press("b")
        await stage.until(lambda: " saving  " in stage.text)
        await stage.until(lambda: not stage.app.showing._is_due)
        assert agreements() == ["One mic, one speaker"]
        disk.set()
        await stage.until(lambda: agreements() == ["One mic, one speaker", "We begin on time"])
