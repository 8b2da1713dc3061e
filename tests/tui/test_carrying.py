"""What we are carrying: looked at again, taken up, improved, let go."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, DAY, Stage, day_file, staged

from facilitate.core.captures import Marks
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.consent_view import GONE
from facilitate.tui.screens import catching, first_line

OFFERED = f'{DAY}\n[[offered]]\nkind = "agreement"\ntext = "We begin on time."\n'
AGREED = CarriedLine(
    sitting="before", number=3, kind="agreement", ring="cohort", state="in force",
    text="One mic", lineage="the elders", adopted_round=1, adopted_on=dt.date(2026, 5, 1),
)  # fmt: skip
TERM = CarriedLine(
    sitting="before", number=4, kind="term", ring="cohort", state="shared",
    text="repair = coming back", part=1, earlier=("repair = saying sorry",),
)  # fmt: skip
DUE = CarriedLine(
    sitting="before", number=5, kind="question", ring="cohort", state="open",
    text="Who holds it?", marks=Marks(when="next"),
)  # fmt: skip
HOSTILE = ("[/fix] [b] [@click=app.exit]x[/]", "👩🏽‍🚀 🏳️‍🌈 漢字", "שלום עולם", "Z" * 180)


def hand_on(stage: Stage, *lines: CarriedLine, told: bool = True) -> None:
    """As if earlier sittings had handed on some lines."""
    live = stage.app.live
    assert live is not None
    inherited = Inherited(lines=lines, highest=9, notes_kept=told)
    live.state = replace(live.state, inherited=inherited)
    stage.app.state = live.state


@asynccontextmanager
async def carrying(
    clock: HandClock, folder: Path, *lines: CarriedLine, **options: Any
) -> AsyncIterator[Stage]:
    """The screen with what is carried, over a sitting that runs; its first line is marked."""
    async with staged(clock, day_file(folder, OFFERED), **options) as stage:
        await stage.go_to_the_agreements()
        hand_on(stage, *(lines or (AGREED, TERM, DUE)))
        await stage.press("g", "down")
        yield stage


async def mark(stage: Stage, words: str) -> None:
    """Move the mark to the row with these words; a click does something else as well."""
    for _ in range(9):
        row = stage.app.screen._marked  # type: ignore[attr-defined]
        if row is not None and row.text == words:
            return
        await stage.press("down")
    raise AssertionError(words)


async def test_a_line_whose_words_are_gone_says_that_and_nothing_else(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path, AGREED._replace(text="", lineage="")) as stage:
        assert f"A3   in force   {GONE} " in stage.text


async def test_what_is_due_stands_first_then_each_kind_then_what_is_offered(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        shown = stage.text
        places = [
            shown.index(words)
            for words in (
                "due for another look  ",
                "Q5   open       Who holds it?",
                "again next time",
                "agreements",
                "A3   in force   One mic  <- the elders",
                "T4   shared     repair = coming back",
                "in part 1: repair = saying sorry",
                "starting points: offered, not agreed",
                "agreement  We begin on time.",
            )
        ]
        assert places == sorted(places)
        assert "3 lines, 1 due for another look" in stage.lines[0]
        assert stage.screens == ["RunScreen", "CarryingScreen"]
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]


async def test_one_key_answers_each_of_the_four_questions(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        assert "Did it help? y re-affirms. Drop it? l lets go." in stage.text
        await stage.press("n")
        assert "When to look at Q5 again? Now: next time." in stage.question
        await stage.press("e")
        assert stage.last() == ("entry.scheduled", {"entry": "before:Q5", "when": "end"})
        await mark(stage, "One mic")
        await stage.press("y")
        assert "A3   in force   One mic  <- the elders  re-affirmed" in stage.text
        await mark(stage, "repair = coming back")
        await stage.press("l")
        assert "repair = coming back  let go" in stage.text
        await stage.press("y")
        assert stage.last()[0] == "entry.let_go"
        await stage.press("w")
        assert "T4 is not carried any further; u takes that back." in stage.text
        await stage.press("u")
        assert "repair = coming back  let go" not in stage.text
        assert "3 lines" in stage.lines[0]
        assert "due" not in stage.lines[0]


async def test_an_agreement_is_improved_and_asked_whether_it_means_the_same(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        await mark(stage, "One mic")
        await stage.press("w")
        assert stage.half_a_line.startswith("One mic")
        await stage.press("ctrl+u", *"One voice", "enter")
        assert stage.question == "Does it still mean the same?"
        await stage.press("m")
        assert "A3   amending   One voice  <- the elders  new words, not agreed yet" in (
            stage.text
        )
        assert "before: One mic" in stage.text
        await stage.press("t")
        assert stage.screens[-1] == "ConsentScreen"


async def test_no_line_is_marked_until_someone_marks_one(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path, OFFERED)) as stage:
        await stage.go_to_the_agreements()
        hand_on(stage, AGREED, TERM, DUE)
        await stage.press("g")
        written = stage.written()
        await stage.press("y", "l", "enter")
        assert "Mark a line first, with the arrows or a click." in stage.text
        assert stage.written() == written
        await stage.press("down")
        assert stage.app.screen.chosen == 5  # type: ignore[attr-defined]


async def test_what_was_never_adopted_is_not_re_affirmed(
    clock: HandClock, tmp_path: Path
) -> None:
    only = AGREED._replace(state="proposed", adopted_round=None, adopted_on=None)
    async with carrying(clock, tmp_path, only) as stage:
        await stage.press("y")
        assert "A3 was never adopted; t asks the group about it." in stage.text


async def test_a_question_is_not_asked_about_and_that_is_said_here(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        await stage.press("t")
        assert stage.screens[-1] == "CarryingScreen"
        assert "Consent is for agreements; Q5 is a question." in stage.text


async def test_a_starting_point_is_taken_up_once_and_is_never_what_was_agreed(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        await mark(stage, "We begin on time.")
        written = stage.written()
        for key in ("y", "l", "w", "n", "t"):
            await stage.press(key)
            assert "That is a starting point, and nothing that was agreed" in stage.text, key
        assert stage.written() == written
        await stage.press("enter")
        assert stage.last()[1]["origin"] == "offered"
        assert "We begin on time.  taken up as A10, heard" in stage.text
        await stage.press("enter")
        assert "That was taken up already: it is A10, heard." in stage.text
        assert stage.written().count("entry.added") == 1
        await stage.press("escape")
        assert "A10 heard      We begin on time." in stage.text


async def test_enter_shows_everything_about_a_carried_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with carrying(clock, tmp_path) as stage:
        await stage.press("enter")
        assert stage.screens == ["RunScreen", "CarryingScreen", "OneLineScreen"]
        assert stage.app.screen.chosen == 5  # type: ignore[attr-defined]


async def test_the_group_is_told_what_is_kept_before_a_starting_point_is_taken_up(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (catching, first_line):
        monkeypatch.setattr(module, "RESTS", 0.01)
    async with staged(clock, day_file(tmp_path, OFFERED)) as stage:
        await stage.press("g", "down", "enter")
        assert stage.screens[-1] == "NotebookScreen"
        await stage.press("escape", "enter", "r")
        assert "Lines are held in the room only for now" in stage.text
        assert "entry.added" not in stage.written()
        await stage.press("escape")
        assert stage.screens == ["BeforeScreen"]


async def test_before_the_start_a_line_says_how_much_is_carried_and_g_shows_it(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        assert "carrying 3" not in stage.text
        hand_on(stage, AGREED, TERM, DUE)
        await stage.rest()
        assert "carrying 3 lines, 1 due for another look: g" in stage.text
        await stage.press("g")
        assert stage.screens == ["BeforeScreen", "CarryingScreen"]
        await stage.press("escape", "enter", "y")
        assert stage.screens == ["RunScreen"]


async def test_where_nothing_is_carried_it_says_what_will_be(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("g")
        assert "Nothing is carried here yet." in stage.text
        for key in ("y", "w", "enter", "t", "n", "l"):
            await stage.press(key)
            assert "Mark a line first" in stage.text, key
        assert stage.screens == ["BeforeScreen", "CarryingScreen"]


@BOTH_SIZES
async def test_whatever_people_said_the_layout_holds(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    lines = [
        TERM._replace(number=n, text=f"{words} = {words}", lineage=words, earlier=(words,))
        for n, words in enumerate(HOSTILE, 1)
    ]
    async with carrying(clock, tmp_path, *lines, size=size) as stage:
        assert {cell_len(line) for line in stage.lines} == {size[0]}
        assert "T1   shared     [/fix] [b] [@click=app.exit]x[/]" in stage.text
        await stage.press("y", "end")
        assert {cell_len(line) for line in stage.lines} == {size[0]}
        assert "ctrl+p more" in stage.text
