"""The closing screen: one key a line, and nothing in the record that was not looked at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, WIDE, Stage, day_file, staged
from tests.tui.test_layout import HOSTILE

from facilitate.cli.desk import RehearsalDesk, rehearsal_clock
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.commands import Command
from facilitate.core.entry_commands import AgreeNotes, AskAttribution, Raise, Withdraw
from facilitate.session.harvest import PAGE
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp

CARRIED = (
    CarriedLine("old", 3, "agreement", "cohort", "in force", "Nobody speaks for others"),
    CarriedLine("old", 4, "question", "cohort", "open", "Who holds the holders?"),
)


@asynccontextmanager
async def closing(
    clock: HandClock, folder: Path, *lines: str, **options: Any
) -> AsyncIterator[Stage]:
    """The closing screen, after some lines were written."""
    async with staged(clock, day_file(folder), **options) as stage:
        await stage.start()
        for line in lines:
            await stage.write(line)
        await stage.press("ctrl+e")
        yield stage


async def do(stage: Stage, *commands: Command) -> None:
    for command in commands:
        assert stage.app.perform(command)
    await stage.rest()


async def inherit(stage: Stage, inherited: Inherited) -> None:
    """Let earlier sittings have handed something on."""
    live = stage.app.live
    assert live is not None
    live.state = replace(live.state, inherited=inherited)
    stage.app.take(live.state)
    await stage.rest()


def marked(stage: Stage) -> int | None:
    return stage.app.screen.chosen  # type: ignore[attr-defined, no-any-return]


def holding(words: str) -> list[str]:
    files = (path for path in places().home.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


def record() -> str:
    (page,) = places().records.rglob(PAGE)
    return page.read_text(encoding="utf-8")


# One key a line


async def test_what_waits_comes_first_and_what_travels_stands_below_it(
    clock: HandClock, tmp_path: Path
) -> None:
    lines = ("a: One mic <- the elders", "l: Rosa said it was quiet", "q: who writes?")
    async with closing(clock, tmp_path, *lines) as stage:
        rows = [line.rstrip() for line in stage.lines if line.strip()]
        assert rows[0].split() == ["Closing", "1", "to", "decide"]
        top = rows.index(" To be decided")
        assert rows[top : top + 9] == [
            " To be decided",
            " L2   Rosa said it was quiet",
            "      learning, noted, this sitting only, until closing",
            "      look once more: it names who said it",
            " Travels on, unless you let it go",
            " A1   One mic  <- the elders",
            "      agreement, heard, cohort",
            " Q3   who writes?",
            "      question, open, cohort",
        ]
        assert stage.is_grey("look once more")


async def test_after_each_decision_the_next_line_is_marked_and_after_the_last_none(
    clock: HandClock, tmp_path: Path
) -> None:
    lines = ("a: One mic", "l: one", "l: two", "l: three", "l: four")
    async with closing(clock, tmp_path, *lines) as stage:
        assert marked(stage) == 2
        await stage.press("k")
        assert marked(stage) == 3
        await stage.press("down", "l")  # the one in the middle
        assert marked(stage) == 5
        await stage.press("l")  # the last of them
        assert marked(stage) == 3
        written = stage.written()
        await stage.press("k", "l", "k", "s", "w", "p", "plus", "minus", "y")
        assert marked(stage) is None
        assert "Mark a line first, with the arrow keys." in stage.text
        assert stage.written() == [*written, "entry.raised"]
        await stage.press("u")
        assert marked(stage) == 3


@pytest.mark.parametrize("key", ["k", "l"])
async def test_a_line_that_comes_back_is_marked_again(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with closing(clock, tmp_path, "l: one", "l: two", "l: three") as stage:
        await stage.press("down", key)
        assert marked(stage) == 3
        await stage.press("u")
        assert marked(stage) == 2


async def test_the_mark_follows_a_line_that_stays_among_its_own(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "l: one", "l: two", "a: three", "a: four") as stage:
        await stage.press("down", "w")
        await stage.press(*["backspace"] * 3, *"deux", "enter")
        assert marked(stage) == 2
        assert "L2   deux" in stage.text
        await stage.press("down", "down")
        assert marked(stage) == 4
        await stage.press("plus")
        assert marked(stage) == 4
        await stage.press("l")
        assert marked(stage) == 3


async def test_the_lesson_stays_and_the_story_goes(clock: HandClock, tmp_path: Path) -> None:
    lines = ("a: One mic", "e: the heron and the boat")
    async with closing(clock, tmp_path, *lines) as stage:
        await stage.press("s")
        assert stage.question == "The lesson that may leave; the story goes."
        await stage.press("escape", "s", *"wait for the tide", "enter")
        assert "L3   wait for the tide" in stage.text
        assert "heron" not in stage.text
        await stage.press("down", "s")
        assert "A1 tells no story; w gives it other words." in stage.text
        await stage.press("enter")
        assert "2 lines enter the record, 1 was let go." in stage.question
        await stage.press("y")
        assert holding("the heron and the boat") == []
        assert "wait for the tide" in record()


async def test_a_question_is_parked_answered_or_handed_on(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "q: one", "q: two", "q: three") as stage:
        await stage.press("down", "p", "down", "a", "down", "h")
        for words in ("Q1   one", "parked", "answered", "handed on"):
            assert words in stage.text
        assert stage.written()[-3:] == ["entry.moved"] * 3


async def test_rings_widen_and_narrow_one_at_a_time(clock: HandClock, tmp_path: Path) -> None:
    async with closing(clock, tmp_path, "l: the heron stays") as stage:
        await stage.press("plus")
        assert "learning, checked, cohort" in stage.text
        await stage.press("down", "plus")
        assert "learning, checked, team" in stage.text
        await stage.press("plus", "plus")
        assert "L1 travels as far as a line can." in stage.text
        await stage.press("minus", "minus", "minus")
        assert "1 to decide" in stage.text
        assert marked(stage) is None


async def test_a_line_that_goes_back_to_the_room_leaves_the_disk_after_a_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "l: the heron stays") as stage:
        stage.written()
        assert holding("heron") != []
        await stage.press("minus")
        assert stage.question.startswith("Give L1 back to the room? Its words leave the disk")
        await stage.press("escape")
        assert "heron" in stage.text
        await stage.press("minus", "y")
        assert "heron" not in stage.text
        assert holding("heron") == []
        await stage.press("escape")
        assert "!   not saved  the heron stays" in stage.text


async def test_a_carried_line_is_not_taken_back_into_this_sitting(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path) as stage:
        await inherit(stage, Inherited(lines=CARRIED, highest=4))
        assert "Nobody speaks" not in stage.text
        await do(stage, Raise(number=3, ring="team"))
        assert "Nobody speaks" in stage.text
        await stage.press("down", "minus", "minus")
        assert "A3 stands in an earlier record, too; l lets it go." in stage.text
        await stage.press("l")
        assert "Ended here; the record says so as well" in stage.text
        assert "agreement, in force, let go" in stage.text
        await stage.press("down", "w", "minus")
        assert "A3 has ended; nothing can be done with it here." in stage.text


# What holds the closing back


async def test_a_name_that_nobody_said_yes_to_is_dropped_or_given_first(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "a: One mic", "a: Slow down") as stage:
        await do(stage, AskAttribution(number=1, form="name"))
        await do(stage, AskAttribution(number=2, form="name"))
        assert stage.text.count("waits for a yes to say whose it is: y") == 2
        await stage.press("enter")
        assert "Not yet: 2 lines wait for a yes." in stage.text
        await stage.press("y")
        assert stage.question == "May A1 say whose it is?"
        await stage.press("d")
        assert stage.last()[0] == "attribution.withdrawn"
        assert marked(stage) == 2
        await stage.press("y", "y")
        assert stage.screens[-1] == "OneLineScreen"
        await stage.press("escape", "up", "down", "y", "d", "down", "y")
        assert "A1 waits for nobody's yes." in stage.text


async def test_the_last_sitting_of_a_cohort_leaves_no_question_open(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "a: One mic") as stage:
        await inherit(stage, Inherited(lines=CARRIED, highest=4, is_last=True))
        assert "Q4   Who holds the holders?" in stage.text
        assert "still open at the last sitting" in stage.text
        await stage.press("enter")
        assert "Not yet: 1 question is open." in stage.text
        await stage.press("down", "up", "h")
        assert stage.written()[-2:] == ["entry.taken_up", "entry.moved"]
        await stage.press("enter")
        assert "2 lines enter the record." in stage.question


async def test_nothing_enters_the_record_that_was_not_on_the_list_at_enter(
    clock: HandClock, tmp_path: Path
) -> None:
    lines = ("a: One mic", "l: the heron stays", "g: thanks to the tide")
    async with closing(clock, tmp_path, *lines) as stage:
        await stage.press("enter")
        assert "Not yet: 2 lines are to be kept or let go." in stage.text
        await stage.press("k", "l", "enter")
        assert stage.question == (
            "Close the sitting and write its record? 2 lines enter the record, 1 was let go. "
            "No line enters it that does not stand on this list. It cannot be reopened."
        )
        await do(stage, Withdraw(number=1))  # as a colleague's line may come meanwhile
        await stage.press("y")
        assert "The list has changed meanwhile; look at it once more." in stage.text
        assert "sitting.closed" not in stage.written()
        await stage.press("enter")
        assert "1 line enters the record, 1 was let go." in stage.question
        await stage.press("y")
        assert stage.screens == ["HomeScreen"]
        assert "the heron stays" in record()
        assert "One mic" not in record()


async def test_a_rehearsal_is_closed_without_a_record(clock: HandClock, tmp_path: Path) -> None:
    agenda = day_file(tmp_path)
    steady = rehearsal_clock(str(agenda), None, 0, clock)
    app = FacilitateApp(RehearsalDesk(places(), steady), steady, agenda=str(agenda))
    async with app.run_test(size=WIDE) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        await stage.start()
        await stage.write("a: One mic")
        await stage.press("ctrl+e")
        assert "nothing of it is kept" in stage.text
        await stage.press("enter")
        assert stage.question == "End the rehearsal? Nothing of it is kept."
        await stage.press("y")
        assert stage.screens == ["HomeScreen"]
    assert not places().records.exists()


# How it looks


@BOTH_SIZES
async def test_any_words_are_listed_as_they_are(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with closing(clock, tmp_path, *(f"l: {words}" for words in HOSTILE), size=size) as (
        stage
    ):
        for n in range(len(HOSTILE)):
            assert {cell_len(line) for line in stage.lines} == {size[0]}
            await stage.press("down" if n % 2 else "k")
        assert {cell_len(line) for line in stage.lines} == {size[0]}


async def test_a_long_list_stays_where_it_is_looked_at(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, *(f"l: line {n}" for n in range(1, 31))) as stage:
        await stage.press(*["down"] * 20)
        before = [line[:-1] for line in stage.lines]  # beside it stands the scroll bar
        await stage.press("k")
        after = [line[:-1] for line in stage.lines]
        first = next(n for n, line in enumerate(before) if "L1" in line)
        place = next(n for n, line in enumerate(before) if "L21" in line)
        assert place > first + 2
        assert before[first:place] == after[first:place]
        assert "L22" in after[place]
        assert marked(stage) == 22


async def test_keys_are_grey_by_the_line_that_is_marked(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "l: one", "q: two") as stage:
        assert not stage.is_grey("k keep")
        assert not stage.is_grey("s lesson")
        assert stage.is_grey("p park")
        await stage.press("down")
        assert stage.is_grey("k keep")
        assert stage.is_grey("s lesson")
        assert not stage.is_grey("p park")
        await stage.press("s")
        assert stage.app.notice == "Q2 tells no story; w gives it other words."


async def test_nobody_writes_a_lesson_where_nothing_is_kept(
    clock: HandClock, tmp_path: Path
) -> None:
    async with closing(clock, tmp_path, "l: one") as stage:
        await do(stage, AgreeNotes(keeps=False))
        assert stage.is_grey("s lesson")
        await stage.press("s")
        assert stage.screens[-1] == "HarvestScreen"
        assert "holds its lines in the room only for now" in stage.app.notice
