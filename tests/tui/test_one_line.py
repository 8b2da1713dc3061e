"""Everything about one line: what can be read of it, and what each key does to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, NARROW, WIDE, Stage, day_file, staged

from facilitate.core.capture_line import read_line
from facilitate.core.captures import Entry
from facilitate.core.entry_commands import (
    AdoptLine,
    Capture,
    Describe,
    PutToTest,
    Raise,
    ReadBack,
    TakeVotes,
)
from facilitate.core.tally import SCALES, Tally
from facilitate.tui.screens.one_line import OneLineScreen


@asynccontextmanager
async def looked_at(
    clock: HandClock, folder: Path, *lines: str, **options: Any
) -> AsyncIterator[Stage]:
    """Some lines, and the first of them on the screen."""
    async with staged(clock, day_file(folder), **options) as stage:
        await stage.go_to_the_agreements()
        for words in lines or ("One mic, one speaker <- the elders",):
            stage.app.perform(Capture(line=read_line(words, "agreement")))  # type: ignore[arg-type]
        await lay_over(stage)
        yield stage


async def lay_over(stage: Stage) -> None:
    stage.app.screen.lay_over(OneLineScreen(1))  # type: ignore[attr-defined]
    await stage.rest()


def adopt(stage: Stage) -> None:
    """Let the group have adopted the line."""
    for command in (
        ReadBack(number=1),
        PutToTest(number=1, scale=SCALES["fist"]),
        TakeVotes(tally=Tally((9,))),
        AdoptLine(number=1),
    ):
        assert stage.app.perform(command)


def line(stage: Stage, number: int = 1) -> Entry:
    found = stage.app.state.entry(number)
    assert found is not None
    return found


def everything(home: Path) -> str:
    """All that lies in the home of this test."""
    files = (path for path in home.rglob("*") if path.is_file())
    return "".join(path.read_bytes().decode(errors="replace") for path in files)


@BOTH_SIZES
async def test_everything_about_a_line_is_read_on_one_page(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with looked_at(clock, tmp_path, size=size) as stage:
        adopt(stage)
        await stage.rest()
        before = stage.written()
        for words in (
            "A1: agreement",
            "One mic, one speaker",
            "stands         in force, adopted by consent, round 1",
            "can become     amending or retired",
            "how far        cohort",
            "stands on      the elders",
            "made by        this group",
            "round 1        asked about: One mic, one speaker",
            "made in        How we want to be with each other",
        ):
            assert words in stage.text, words
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.written() == before


async def test_a_small_fix_keeps_what_was_agreed_and_another_meaning_does_not(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path, "One mic") as stage:
        adopt(stage)
        await stage.press("w", *" at a time", "enter")
        assert stage.question == "Does it still mean the same?"
        await stage.press("s")
        assert line(stage).state == "in force"
        await stage.press("w", *" or none", "enter", "m")
        assert line(stage).state == "amending"
        assert "worded before  One mic" in stage.text
        assert "One mic at a time" in stage.text
        await stage.press("f")
        assert line(stage).state == "in force"
        assert line(stage).text == "One mic at a time or none"
        await stage.press("f")
        assert line(stage).state == "in force"
        assert stage.app.notice.startswith("No new words opened A1 again")


async def test_words_of_a_line_that_nobody_agreed_to_change_without_a_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("w", *" at a time", "enter")
        assert stage.screens[-1] == "OneLineScreen"
        assert line(stage).text.endswith(" at a time")
        assert line(stage).version.lineage == "the elders"
        await stage.press("w", "escape")
        assert len(line(stage).versions) == 2


async def test_a_line_is_moved_on_but_not_to_where_only_a_deed_leads(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path, "One mic", "One speaker", "q: who?") as stage:
        await stage.press("m")
        assert "1  proposed" in stage.text
        await stage.press("1", "m")
        assert "1  open" in stage.text  # and not tested, which t leads to
        assert "4  merged" in stage.text
        await stage.press("4")
        assert "1  A2 One speaker" in stage.text
        assert "Q3" not in stage.text
        await stage.press("1")
        assert line(stage).state == "merged"
        assert "a part of      A2 One speaker" in stage.text


async def test_a_line_without_its_like_becomes_a_part_of_none(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path, "One mic") as stage:
        await stage.press("m", "5")
        assert "There is no other agreement" in stage.app.notice


async def test_what_has_come_to_its_end_moves_nowhere(clock: HandClock, tmp_path: Path) -> None:
    async with looked_at(clock, tmp_path, "q: who?") as stage:
        await stage.press("m", "2", "m")
        assert line(stage).state == "answered"
        assert stage.screens[-1] == "OneLineScreen"
        assert "from here it can only be withdrawn" in stage.app.notice


async def test_more_is_told_and_an_empty_line_takes_it_away(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("d", "1", *"we wait", "enter")
        assert line(stage).told == {"looks_like": "we wait"}
        assert "what it looks like on a hard afternoon" in stage.text
        await stage.press("d")
        assert "what it looks like on a hard afternoon: we wait" in stage.text
        await stage.press("1", "enter")
        assert [name for name, _ in line(stage).details] == [stage.app.state.history[-1].id]
        await stage.press("d", "1", "ctrl+u", "enter")
        assert line(stage).told == {}
        assert "hard afternoon" not in stage.text


async def test_of_a_kind_with_one_thing_to_tell_it_is_asked_for_at_once(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path, "p: a minute of quiet") as stage:
        await stage.press("d", *"it helps", "enter")
        assert line(stage).told == {"noticed": "it helps"}


@pytest.mark.parametrize(
    ("words", "key", "told"),
    [
        ("q: who?", "d", "It has nothing like it."),
        ("r: a book", "d", "give it to the cohort first"),
        ("r: a book", "y", "give it to the cohort first"),
    ],
)
async def test_what_cannot_be_told_is_said_before_anyone_types_for_it(
    clock: HandClock, tmp_path: Path, words: str, key: str, told: str
) -> None:
    async with looked_at(clock, tmp_path, words) as stage:
        await stage.press(key)
        assert stage.screens[-1] == "OneLineScreen"
        assert told in stage.app.notice


@pytest.mark.parametrize(
    ("keys", "when", "words"),
    [
        (["n"], "next", "next time"),
        (["2"], "part2", "in part 2"),
        (["e"], "end", "at the end"),
        (["s"], "+6w", "in 6 weeks"),
        (["d", *"2026-11-22", "enter"], "2026-11-22", "on 2026-11-22"),
        (["d", *"+3w", "enter"], "+3w", "in 3 weeks"),
    ],
)
async def test_the_next_look_is_at_a_sitting_after_a_while_or_on_a_day(
    clock: HandClock, tmp_path: Path, keys: list[str], when: str, words: str
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("n", *keys)
        assert line(stage).marks.when == when
        assert f"next look      {words}" in stage.text
        await stage.press("n", "x")
        assert line(stage).marks.when == ""
        assert "next look  " not in stage.text.partition("w reword")[0]


async def test_what_is_no_day_is_said_and_changes_nothing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        before = stage.written()
        await stage.press("n", "d", *"tomorrow", "enter")
        assert "Write the day like 2026-11-22" in stage.app.notice
        assert stage.written() == before


async def test_a_line_travels_further_with_what_might_identify_someone_said_first(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path, "e: my client waited") as stage:
        await stage.press("plus")
        assert "It tells of a client." in stage.question
        await stage.press("t")
        assert line(stage).ring == "team"
        await stage.press("plus", "p", "plus")
        assert "travels as far as a line can" in stage.app.notice


async def test_a_line_given_back_to_the_room_leaves_the_disk_and_the_screen(
    clock: HandClock, tmp_path: Path, home: Path
) -> None:
    async with looked_at(clock, tmp_path, "a: the heron stays") as stage:
        assert stage.journal()
        assert "the heron stays" in everything(home)
        await stage.press("minus")
        assert "its words leave the disk at once" in stage.text
        await stage.press("r")
        await stage.until(lambda: "the heron stays" not in everything(home))
        assert stage.screens == ["RunScreen"]
        assert [note.text for note in stage.app.room] == ["the heron stays"]


async def test_what_was_given_back_to_the_room_is_not_undone(
    clock: HandClock, tmp_path: Path
) -> None:
    gone = "Its words left the disk; that cannot be undone."
    async with looked_at(clock, tmp_path, "a: the heron stays") as stage:
        await stage.press("minus", "r")
        await stage.until(lambda: bool(stage.app.room))
        await stage.press("u")
        assert stage.app.notice == gone
        await stage.write("a: In turns")
        await stage.press("u")
        assert stage.app.notice.startswith("Undone: the line")
        await stage.press("u")
        assert stage.app.notice == gone


async def test_b_reads_it_back(clock: HandClock, tmp_path: Path) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("b")
        assert line(stage).state == "proposed"


async def test_what_goes_with_a_ring_is_said_before_it_goes(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        stage.app.perform(Describe(number=1, name="scope", text="in here"))
        stage.app.perform(Raise(number=1, ring="team"))
        await stage.press("minus")
        assert "what was told about it goes now" in stage.text
        await stage.press("s")
        assert line(stage).ring == "sitting"
        assert line(stage).told == {}


# Whose words


async def test_a_name_without_a_yes_is_nowhere_but_in_the_field_it_was_typed_in(
    clock: HandClock, tmp_path: Path, home: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("y", "n", *"Quokka")
        assert "It is kept only with their yes." in stage.text
        assert "Quokka" in stage.text
        await stage.press("enter")
        assert "Quokka" not in stage.text
        await stage.press("n")
        assert "What was typed is dropped" in stage.app.notice
        said = line(stage).attribution
        assert said is not None
        assert (said.form, said.text, said.is_pending) == ("name", None, True)
        assert "whose words    asked whether a name may stand there" in stage.text
        assert stage.journal()
        assert "Quokka" not in everything(home) + stage.text + repr(stage.app.state)


@pytest.mark.parametrize("keys", [["escape"], ["enter"]])
async def test_leaving_the_question_for_a_yes_writes_no_name_down(
    clock: HandClock, tmp_path: Path, home: Path, keys: list[str]
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("y", "i", *"Quokka", "enter", *keys)
        assert stage.screens[-1] == "OneLineScreen"
        assert stage.journal()
        assert "Quokka" not in everything(home)


@pytest.mark.parametrize(
    ("form", "key", "scope", "words"),
    [
        ("r", "c", "cohort", "the night team, with a yes as far as the cohort"),
        ("i", "t", "team", "the night team, with a yes as far as the team"),
        ("n", "p", "public", "the night team, with a yes as far as everyone"),
    ],
)
async def test_with_a_yes_a_line_says_whose_it_is_until_that_is_dropped(
    clock: HandClock, tmp_path: Path, form: str, key: str, scope: str, words: str
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("y", form, *"the night team", "enter", key)
        assert f"whose words    {words}" in stage.text
        said = line(stage).attribution
        assert said is not None
        assert (said.text, said.scope) == ("the night team", scope)
        await stage.press("y", "d")
        assert line(stage).attribution is None


async def test_the_group_needs_no_asking(clock: HandClock, tmp_path: Path) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("y")
        assert "say no more whose" not in stage.text
        await stage.press("g")
        assert "whose words    the group's" in stage.text


# The rest


async def test_it_was_also_heard_and_withdrawing_closes_the_page(
    clock: HandClock, tmp_path: Path
) -> None:
    async with looked_at(clock, tmp_path) as stage:
        await stage.press("e", "e")
        assert "also heard     twice more" in stage.text
        await stage.press("x")
        assert stage.screens == ["RunScreen"]
        assert "withdrawn; u brings it back" in stage.text
        await stage.press("u")
        assert line(stage).is_shown


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((60, 20), "facilitate-light"),
        (NARROW, "ansi-dark"),
        (WIDE, "facilitate-contrast"),
        ((140, 45), "facilitate-dark"),
    ],
    ids=str,
)
async def test_whatever_people_wrote_stands_there_as_it_is(
    clock: HandClock, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    words = "[/b] [@click=app.exit]x[/] 👩🏽‍🚀 汉字漢字 שלום עולם " + "Z" * 90
    said = f"{words} <- {words}"
    async with looked_at(clock, tmp_path, said, size=size, theme=theme) as stage:
        await stage.press("d", "1")
        await stage.paste(words)
        await stage.press("enter")
        for key in ("m", "y", "n", "plus", "minus", "w", "d"):
            assert {cell_len(line) for line in stage.lines} == {size[0]}
            assert "[/b] [@click=app.exit]x[/] 👩🏽‍🚀" in stage.text
            assert "ctrl+p more" in stage.text
            await stage.press(key, "escape")
            assert stage.screens[-1] == "OneLineScreen", key


async def test_what_does_not_fit_is_reached_with_the_arrows(
    clock: HandClock, tmp_path: Path
) -> None:
    words = " ".join(["One mic, one speaker, and nobody has to speak."] * 12)
    async with looked_at(clock, tmp_path, f"{words} <- the elders", size=NARROW) as stage:
        assert "made in" not in stage.text
        await stage.press("end")
        assert "made in        How we want to be" in stage.text
