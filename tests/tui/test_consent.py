"""Consent to one line: the words are asked about, someone types sums, the group adopts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, NARROW, WIDE, Stage, day_file, staged
from textual.widgets import Input

from facilitate.core.capture_line import NewWording, read_line
from facilitate.core.entry_commands import Capture, ReadBack, Reword, Withdraw
from facilitate.core.entry_events import EntryReworded
from facilitate.core.events import Recorded
from facilitate.core.fold import evolve
from facilitate.core.tally import Scale, own_scale
from facilitate.tui.screens.consent import ConsentScreen, _scale_words


@asynccontextmanager
async def asked(
    clock: HandClock,
    folder: Path,
    words: str = "One mic, one speaker",
    *,
    read_back: bool = True,
    **options: Any,
) -> AsyncIterator[Stage]:
    """One line on the screen about consent."""
    async with staged(clock, day_file(folder), **options) as stage:
        await stage.go_to_the_agreements()
        stage.app.perform(Capture(line=read_line(words, "agreement")))  # type: ignore[arg-type]
        if read_back:
            stage.app.perform(ReadBack(number=1))
        await lay_over(stage)
        yield stage


async def lay_over(stage: Stage) -> None:
    screen = stage.app.screen
    screen.lay_over(ConsentScreen(1))  # type: ignore[attr-defined]
    await stage.rest()


def state(stage: Stage) -> str:
    entry = stage.app.state.entry(1)
    assert entry is not None
    return entry.state


def tally(stage: Stage) -> Input:
    return stage.app.screen.query_one("#tally", Input)


def private(home: Path) -> str:
    """What lies in the files that are removed at the closing."""
    return "".join(p.read_text("utf-8") for p in home.rglob("private/*/*.jsonl"))


@BOTH_SIZES
async def test_a_line_is_asked_about_counted_and_adopted(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with asked(clock, tmp_path, size=size) as stage:
        before = stage.written()
        assert "One mic, one speaker" in stage.text
        assert "Read it aloud. t asks the group" in stage.text
        assert "fist to five: 5, 4, 3, 2, 1, 0" in stage.text
        assert stage.written() == before
        await stage.press("t")
        assert state(stage) == "tested"
        assert tally(stage).has_focus
        await stage.press(*"5x9 4x3", "enter")
        assert "no one below three" in stage.text
        assert "5: 9, 4: 3  (this sitting only," in stage.text
        assert "a adopts these words once the group says yes" in stage.text
        assert not tally(stage).has_focus
        await stage.press("a")
        assert state(stage) == "in force"
        assert "adopted by consent, round 1, 2026-09-12" in stage.text
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]


async def test_looking_at_it_and_leaving_begins_no_round(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        before = stage.written()
        await stage.press("space")
        assert not tally(stage).has_focus
        assert "Read it aloud. t asks the group" in stage.app.notice
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.written() == before
        assert state(stage) == "proposed"


@pytest.mark.parametrize("key", ["c", "j"])
async def test_what_is_seen_before_anyone_was_asked_is_no_key(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with asked(clock, tmp_path) as stage:
        before = stage.written()
        await stage.burst(key, *"who acabj w")
        assert stage.question == "t asks the group about these words first."
        await stage.press("escape")
        assert stage.screens == ["RunScreen", "ConsentScreen"]
        assert stage.written() == before
        await stage.press(key, "t")
        assert state(stage) == "tested"
        assert tally(stage).has_focus


async def test_b_reads_the_line_back(clock: HandClock, tmp_path: Path) -> None:
    async with asked(clock, tmp_path, read_back=False) as stage:
        assert "Read A1 back first: b." in stage.text
        await stage.press("b")
        assert state(stage) == "proposed"
        assert "t asks the group" in stage.text


async def test_what_was_seen_stays_below_its_round_when_the_next_begins(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", "escape", "c", *"the late shift", "enter")
        await stage.press("t")
        assert stage.question == "Ask the group again about the same words? Round 2 begins."
        await stage.press("escape")
        assert "tested, round 1" in stage.text
        await stage.press("t", "y")
        assert "tested, round 2" in stage.text
        rows = [line.strip() for line in stage.lines]
        place = rows.index("round 1        One mic, one speaker")
        assert rows[place + 1] == "concern        the late shift"


async def test_a_round_without_an_answer_begins_again_without_a_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", "escape", "t")
        assert "tested, round 2" in stage.text
        await stage.press(*"5x9", "enter", "t")
        assert stage.question.endswith("Round 3 begins.")


async def test_a_digit_begins_a_tally(clock: HandClock, tmp_path: Path) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("5")
        assert "t asks the group" in stage.app.notice
        assert tally(stage).value == ""
        await stage.press("t", "escape")
        await stage.burst(*"5x9 1", "enter")
        assert "one below three: hear them first" in stage.text


async def test_more_people_than_in_the_room_are_told_as_such(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9 2x2 of 9")
        assert "11 showed something; 9 were in the room." in stage.text
        await stage.press("enter")
        assert stage.app.notice == "11 showed something; 9 were in the room."


async def test_what_is_no_agreement_is_refused_where_someone_asks(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("q: who holds us?")
        await stage.press("t")
        assert stage.screens == ["RunScreen"]
        assert stage.app.notice == "Consent is for agreements; Q1 is a question."


async def test_half_a_tally_says_what_it_says_beside_it_and_is_kept_nowhere(
    clock: HandClock, tmp_path: Path, home: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t")
        before = stage.written()
        assert "Type it like this: 9/3/2 best first, 5x9 4x3" in stage.text
        await stage.press(*"5552")
        assert "one below three: hear them first" in stage.text
        await stage.press("1")
        assert "two below three: hear them first" in stage.text
        assert stage.written() == before
        await stage.press("escape")
        assert "Space goes to the line for the tally" in stage.text
        assert tally(stage).value == "55521"
        await stage.press("space", "enter")
        assert stage.written() == before
        assert '"counts":[3,0,0,1,1,0]' in private(home)


async def test_what_is_no_tally_is_told_how_one_is_typed_and_stays_to_be_mended(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"9 8 7", "enter")
        assert "Type it like this: 9/3/2 best first" in stage.app.notice
        assert tally(stage).value == "9 8 7"
        assert tally(stage).has_focus
        assert len(stage.app.state.entries) == 1
        await stage.press(*["backspace"] * 5, *"5x9", "enter")
        assert "no one below three" in stage.text
        assert tally(stage).value == ""


async def test_a_tally_typed_at_once_behind_the_key_is_not_taken_for_keys(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.burst("t", *"5x9 1", "enter")
        assert "one below three: hear them first" in stage.text
        assert state(stage) == "tested"


async def test_a_pasted_tally_of_several_rows_is_one_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t")
        await stage.paste("5x9\n4x3\n")
        assert tally(stage).value == "5x9 4x3"
        assert stage.screens[-1] == "ConsentScreen"


async def test_counts_and_concerns_lie_among_what_is_removed_at_the_closing_alone(
    clock: HandClock, tmp_path: Path, home: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9", "enter", "c", *"the late shift", "enter")
        await stage.press("j", *"too early", "enter")
        assert stage.written()[-1] == "entry.tested"
        assert "concern        the late shift" in stage.text
        assert "objection      too early" in stage.text
        assert "Hear them first" in stage.text
        kept = private(home)
        assert '"the late shift"' in kept
        assert '"too early"' in kept


async def test_whoever_is_low_is_heard_before_the_tool_lets_anyone_adopt(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9 1", "enter", "a")
        assert "One below three: hear them first. Adopt A1 as it stands?" in stage.question
        await stage.press("escape")
        assert state(stage) == "tested"
        await stage.press("a", "y")
        assert state(stage) == "in force"
        await stage.press("u")
        assert state(stage) == "tested"


async def test_a_doubt_is_held_open(clock: HandClock, tmp_path: Path) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9 1", "enter", "o")
        assert state(stage) == "open"
        assert "open" in stage.lines[0]


async def test_other_words_are_a_new_round_and_a_small_fix_is_not(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9", "enter", "w", *" at once", "enter")
        assert stage.question == "Does it still mean the same?"
        assert "a small fix: the round goes on with these words" in stage.text
        await stage.press("s")
        assert state(stage) == "tested"
        assert "5: 9" in stage.text
        await stage.press("w", *" or none", "enter", "escape")
        assert state(stage) == "proposed"
        assert "round 1        One mic, one speaker" in stage.text
        assert "5: 9" not in stage.text
        await stage.press("t")
        assert "tested, round 2" in stage.text


async def test_where_nothing_was_counted_other_words_ask_nothing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", "escape", "w", *" or none", "enter")
        assert stage.screens[-1] == "ConsentScreen"
        assert state(stage) == "proposed"


async def test_words_that_only_differ_in_their_writing_ask_nothing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", "escape", "w", ".", "enter")
        assert stage.screens[-1] == "ConsentScreen"
        assert state(stage) == "tested"


async def test_the_next_round_is_held_with_another_scale(
    clock: HandClock, tmp_path: Path
) -> None:
    own = {"our two": own_scale("our two", ("yes", "no"))}
    async with asked(clock, tmp_path, scales=own) as stage:
        await stage.press("t", "escape", "m")
        assert "our two: 2 yes, 1 no" in stage.text
        await stage.press("1")
        assert "method         fist to five" in stage.text
        assert "next round     thumbs" in stage.text
        await stage.press("t", *"u9 d1", "enter")
        assert "one down: hear them first" in stage.text
        assert "thumbs: u up, s to the side, d down" in stage.text
        await stage.press("m", "5", "t", "y", *"2x9", "enter")
        assert "yes: 9" in stage.text


async def test_behind_the_ninth_scale_no_key_is_shown_that_would_not_work(
    clock: HandClock, tmp_path: Path
) -> None:
    own = {f"scale {n}": own_scale(f"scale {n}", ("yes", "no")) for n in range(1, 9)}
    async with asked(clock, tmp_path, scales=own) as stage:
        await stage.press("t", "escape", "m")
        keys = [choice.key for choice in stage.app.screen._choices]  # type: ignore[attr-defined]
        assert keys == [*"123456789", *[""] * (len(keys) - 9)]
        assert len(keys) > 9
        await stage.press("end", "enter")
        assert stage.app.notice == "From the next round on: scale 8."


async def test_the_settings_choose_the_first_scale(clock: HandClock, tmp_path: Path) -> None:
    async with asked(clock, tmp_path, method="objection") as stage:
        assert "no objection: whoever has one says so" in stage.text
        await stage.press("t", "=", "enter")
        assert "no objection heard" in stage.text
        assert "a adopts these words" in stage.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("q: who holds us?", "Consent is for agreements; Q1 is a question."),
        ("a: One mic", "Read A1 back first: b."),
    ],
)
async def test_where_nobody_can_be_asked_it_says_why(
    clock: HandClock, tmp_path: Path, words: str, told: str
) -> None:
    async with asked(clock, tmp_path, words, read_back=False) as stage:
        before = stage.written()
        assert told in stage.text
        for key in ("t", "space", "c", "j", "a"):
            await stage.press(key)
            assert stage.screens[-1] == "ConsentScreen", key
        assert stage.app.notice
        assert stage.written() == before


async def test_two_wordings_side_by_side_are_both_read_and_one_is_said(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        (entry,) = stage.app.state.entries
        apart(stage, EntryReworded(entry=entry, text="One voice at a time", lineage=""))
        await stage.rest()
        assert "One mic, one speaker" in stage.text
        assert "One voice at a time" in stage.text
        assert "Two wordings stand side by side" in stage.text
        await stage.press("w", "enter")
        assert "One mic, one speaker" not in stage.text
        assert "t asks the group" in stage.text


def apart(stage: Stage, event: EntryReworded) -> None:
    """Let someone else have said other words, without having seen those that stand there."""
    assert stage.app.live is not None
    stamp = stage.app.state.history[-1].stamp
    recorded = Recorded(writer="bbbbbbbbbb", n=0, stamp=stamp, by="co", event=event, base=())
    stage.app.live.state = evolve(stage.app.state, recorded)
    stage.app.take(stage.app.live.state)


async def test_the_screen_goes_when_its_line_goes_also_below_a_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", "escape", "c")
        stage.app.perform(Withdraw(number=1))
        await stage.rest()
        assert stage.screens[-1] == "AskWords"
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]


async def test_words_that_change_while_a_tally_is_typed_take_none(
    clock: HandClock, tmp_path: Path
) -> None:
    async with asked(clock, tmp_path) as stage:
        await stage.press("t", *"5x9")
        stage.app.perform(Reword(wording=NewWording(number=1, text="In turns")))
        await stage.rest()
        await stage.press("enter")
        assert "The words of A1 are not put to the test yet" in stage.app.notice
        assert tally(stage).value == "5x9"
        await stage.press("escape", "t")
        assert tally(stage).value == ""


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
    async with asked(clock, tmp_path, words, size=size, theme=theme) as stage:
        await stage.press("t", *"5x9 1", "enter", "c")
        await stage.paste(words)
        await stage.press("enter", "escape")
        await lay_over(stage)
        assert {cell_len(line) for line in stage.lines} == {size[0]}
        assert "[/b] [@click=app.exit]x[/] 👩🏽‍🚀" in stage.text
        assert "concern" in stage.text
        assert "tally >" in stage.text
        assert "ctrl+p more" in stage.text


def test_a_scale_out_of_a_foreign_journal_is_told_as_far_as_it_goes() -> None:
    assert _scale_words(Scale("theirs", ("yes", "no"), ("y",), 1)) == "theirs: y yes"
    assert _scale_words(Scale("theirs", (), ("y",), 1)) == "theirs: whoever has one says so"
