"""Catching words: what a half line says of itself, how it goes on, and what asks first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, DAY, NARROW, Stage, day_file, staged
from textual.content import Content
from textual.widgets import Input

from facilitate.core.entry_commands import AgreeNotes, PutToTest, ReadBack
from facilitate.core.tally import SCALES
from facilitate.tui.screens import catching, first_line
from facilitate.tui.widgets.capture_line import CaptureLine, LineInput
from facilitate.tui.widgets.made_here import MadeHere
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.now_card import NowCard

OUCH = "Ouch and oops: when something lands hard we say so, and no one has to explain"
OFFERED = f'{DAY}\n[[offered]]\nkind = "agreement"\ntext = "{OUCH}"\n'
LONG = f'{DAY}\n[[offered]]\nkind = "agreement"\ntext = "Ouch {"漢字" * 80}"\n'


@pytest.fixture
def quick_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hand that rests as soon as it is still."""
    monkeypatch.setattr(catching, "RESTS", 0.01)
    monkeypatch.setattr(first_line, "RESTS", 0.01)


def origins(stage: Stage) -> list[str]:
    """Whose words the lines on disk are, in order; a line of our own does not say it."""
    added = (line["d"] for line in stage.journal() if line["k"] == "entry.added")
    return [line.get("origin", "ours") for line in added]


def rows_of_notice(stage: Stage) -> int:
    return stage.app.screen.query_one(Notice).size.height


# How it goes on


@pytest.mark.parametrize("key", ["right", "tab"])
async def test_the_rest_of_a_starting_point_stands_behind_the_words_and_is_taken(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with staged(clock, day_file(tmp_path, OFFERED), size=(120, 30)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"ou")
        assert "and oops" not in stage.text
        await stage.press("c")
        assert "agreement > ouch and oops: when something lands" in stage.text
        assert stage.half_a_line == "ouc"
        assert stage.is_grey(" and oops: when")
        await stage.press(key)
        assert stage.half_a_line == f"ouc{OUCH[3:]}"
        assert stage.screens == ["RunScreen"]
        assert isinstance(stage.app.focused, LineInput)
        await stage.press("enter")
        assert origins(stage) == ["offered"]


async def test_words_that_were_changed_after_they_were_taken_are_known_as_adapted(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path, OFFERED)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"ouch", "tab", *" to anyone", "enter")
        await stage.press(*"ouch", "tab", "ctrl+u", *"One mic", "enter")
        await stage.press(*"Ouch we say", "enter")
        assert origins(stage) == ["adapted", "ours", "ours"]


async def test_typing_along_a_suggestion_leaves_it_where_it_stands(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path, OFFERED)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"Ouch")
        words = stage.app.screen.query_one(LineInput)
        shown = words._suggestion
        words.value = "Ouch and"  # and nothing else had a turn yet
        assert words._suggestion == shown
        words.value = "Ouch but"
        assert words._suggestion == ""


@BOTH_SIZES
async def test_a_long_suggestion_ends_with_an_ellipsis_at_the_edge(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path, LONG), size=size) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"ouch")
        (row,) = (line for line in stage.lines if "agreement > " in line)
        assert "漢字…" in row or "漢…" in row
        assert {Content(line).cell_length for line in stage.lines} == {size[0]}
        await stage.press("right")
        assert stage.half_a_line == f"ouch {'漢字' * 80}"


@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_tab_without_a_suggestion_does_nothing_so_that_letters_stay_words(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.burst("space", *"One", key, *"nx")
        assert stage.half_a_line == "Onenx"


async def test_the_empty_line_says_how_to_come_to_it_and_then_what_ends_it(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        assert "agreement > space writes here" in stage.text
        await stage.press("space")
        assert "agreement > Enter keeps, Esc leaves" in stage.text
        await stage.press("escape")
        assert "agreement > space writes here" in stage.text


# What it says of itself


@BOTH_SIZES
async def test_from_the_first_mark_a_line_for_the_room_looks_like_no_other(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await stage.go_to_the_agreements()

        def looks() -> tuple[bool, bool]:
            line = stage.app.screen.query_one(CaptureLine)
            kind, words = line.query_one("#kind").styles, line.words.styles
            return "reverse" in str(kind.text_style), "underline" in str(words.text_style)

        await stage.press("space", "O")
        assert looks() == (False, False)
        await stage.press("backspace", "!")
        assert looks() == (True, True)
        assert "room only >" in stage.text
        assert "keeps: not saved, gone when this closes" in stage.text
        await stage.press("backspace")
        assert looks() == (False, False)
        stage.app.perform(AgreeNotes(keeps=False))
        await stage.rest()
        assert looks() == (True, True)
        await stage.press(*"One mic", "enter")
        assert "!   not saved  One mic" in stage.text
        assert "entry.added" not in stage.written()


@BOTH_SIZES
async def test_a_hint_stands_on_the_quiet_line_while_someone_types_and_moves_nothing(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    said = "Post 1 was sent to the clipboard. If it does not paste, C saves it."
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await stage.go_to_the_agreements()
        stage.app.say(said)
        await stage.press("space")
        rows = rows_of_notice(stage)
        await stage.press(*"my client said")
        assert "tells of a client" in stage.text
        assert said[:20] not in stage.text
        assert rows_of_notice(stage) == rows
        await stage.press("escape")
        assert said[:20] in stage.text
        assert rows_of_notice(stage) == rows
        await stage.press("space", "enter")
        assert stage.last()[1]["text"] == "my client said"


async def test_a_tally_is_counted_for_the_line_that_is_put_to_the_test(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.press("space", *"5x9 4x3 2")
        assert "agreement > 5x9" in stage.text
        await stage.press("ctrl+u")
        for command in (ReadBack(number=1), PutToTest(number=1, scale=SCALES["fist"])):
            assert stage.app.perform(command)
        await stage.press(*"5x9 4x3 2")
        assert "tally for A1 > 5x9 4x3 2" in stage.text
        assert "keeps: this sitting only, until closing" in stage.text
        assert "one below three: hear them first" in stage.text
        await stage.press("enter", "escape")
        assert " A1, round 1: " in stage.text
        assert "one below three: hear them first" in stage.text
        assert stage.written().count("entry.added") == 1


# Pastes


async def test_a_paste_shows_what_each_line_would_become(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space")
        await stage.paste("One mic\nl: my client slept\n! held here\n*1 other [words]")
        for words in (
            "agreement  One mic  (cohort)",
            "learning  l: my client slept  (this sitting only, until closing",
            "tells of a client",
            "room only  ! held here  (not saved, gone when this closes)",
        ):
            assert words in stage.text, words
        await stage.press("enter")
        assert stage.written().count("entry.added") == 2
        assert stage.last()[0] == "entry.reworded"
        assert "!   not saved  held here" in stage.text


async def test_pasted_lines_that_were_not_taken_come_back_into_the_field(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.press("space")
        await stage.paste("*1 One mic\nq: who?\n*1 One mic")
        await stage.press("enter")
        assert stage.last()[1]["text"] == "who?"
        assert stage.half_a_line == "*1 One mic / *1 One mic"


async def test_pasted_lines_that_were_not_taken_stand_apart_from_the_half_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.press("space", *"half ")
        await stage.paste("*1 One mic\nq: who?")
        await stage.press("enter", "!")
        assert stage.last()[1]["text"] == "who?"
        assert stage.half_a_line == "half / *1 One mic!"


# The first line of a group


async def page_comes(stage: Stage) -> None:
    await stage.until(lambda: "r room only for now" in stage.text)


@pytest.mark.usefixtures("quick_hand")
async def test_before_the_first_line_the_group_is_told_what_is_kept_and_never_again(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space")
        await page_comes(stage)
        assert "What this notebook keeps" in stage.text
        await stage.press("k")
        assert stage.screens == ["RunScreen"]
        assert stage.last() == ("notes.agreed", {"keeps": True})
        await stage.press(*"a: One mic", "enter", "escape")
        assert stage.last()[1]["text"] == "One mic"
        await stage.press("space", *"k")
        await stage.hand_rests()
        assert stage.half_a_line == "k"
        assert stage.screens == ["RunScreen"]


@pytest.mark.usefixtures("quick_hand")
async def test_words_typed_on_the_way_are_words_and_nothing_of_them_is_lost(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.burst("space", *"a: keep vows? rr", "enter", *" k")
        assert stage.written()[-1] == "segment.started"
        await page_comes(stage)
        await stage.press("k")
        assert stage.half_a_line == "a: keep vows? rr k"
        await stage.press("enter")
        assert stage.last()[1]["text"] == "keep vows? rr k"


async def test_on_the_page_letters_are_words_until_the_hand_rests(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching, "RESTS", 0.01)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space")
        await stage.until(lambda: "your line waits" in stage.text)
        await stage.press(*"One rv?k", "enter")
        assert "your line waits > One rv?k" in stage.text
        assert stage.written()[-1] == "segment.started"
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.half_a_line == "One rv?k"
        assert stage.written()[-1] == "segment.started"


@pytest.mark.usefixtures("quick_hand")
async def test_room_only_for_now_leaves_the_line_and_says_so(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space", *"half")
        await page_comes(stage)
        await stage.press("r")
        assert "room only > half" in stage.text
        await stage.press("enter")
        assert "!   not saved  half" in stage.text
        assert stage.written()[-1] == "notes.agreed"


@pytest.mark.usefixtures("quick_hand")
async def test_who_leaves_the_line_is_not_asked_behind_their_back(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.burst("space", *"half", "escape")
        await stage.hand_rests()
        assert stage.screens == ["RunScreen"]
        assert stage.half_a_line == "half"


async def test_the_page_shows_the_whole_half_line_and_it_can_be_mended_there(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching, "RESTS", 0.01)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.burst("space", *"a: One mice")
        await stage.until(lambda: "your line waits > a: One mice" in stage.text)
        await stage.press("backspace", *", ok", "escape")
        assert stage.half_a_line == "a: One mic, ok"


@pytest.mark.usefixtures("quick_hand")
async def test_a_first_line_for_the_room_is_held_without_the_page(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.burst("space", "!")
        await stage.hand_rests()
        assert stage.screens == ["RunScreen"]
        await stage.press(*" under the jetty", "enter")
        await stage.hand_rests()
        assert "!   not saved  under the jetty" in stage.text
        assert stage.screens == ["RunScreen"]
        assert stage.written()[-1] == "segment.started"


@pytest.mark.parametrize("rests", [0.01, 60.0], ids=["rested", "typing on"])
async def test_a_line_for_the_room_that_was_begun_on_the_page_is_held_with_enter(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rests: float
) -> None:
    monkeypatch.setattr(catching, "RESTS", 0.01)
    monkeypatch.setattr(first_line, "RESTS", rests)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space")
        await stage.until(lambda: "your line waits" in stage.text)
        if rests < 1:
            await stage.until(lambda: not isinstance(stage.app.focused, Input))
        await stage.press("!")
        if rests < 1:
            await stage.hand_rests()
        await stage.press(*"remember the jetty", "enter")
        assert stage.screens == ["RunScreen"]
        assert "!   not saved  remember the jetty" in stage.text
        assert stage.half_a_line == ""
        assert stage.written()[-1] == "segment.started"


# The lines that were made


async def test_new_words_that_were_not_begun_leave_no_half_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("alpha")
        await stage.press("w", "escape")
        assert stage.half_a_line == ""
        await stage.press("space", *"! secret", "enter")
        assert "!   not saved  secret" in stage.text
        assert "secret" not in str(stage.journal())
        await stage.press("escape", "w", *"s", "escape")
        assert stage.half_a_line == "*1 alphas"


async def test_words_with_an_arrow_are_reworded_with_their_lineage_so_that_they_stay_whole(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("in <- out <- the elders")
        await stage.press("w")
        assert stage.half_a_line == "*1 in <- out <- the elders"


async def test_lines_of_earlier_parts_stay_in_view_and_in_reach(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.pass_time(minutes=45)
        await stage.press("n")
        await stage.write("q: who?")
        made = [line[36:] for line in stage.lines if "One mic" in line or "who?" in line]
        assert [one.split()[0] for one in made] == ["A1", "Q2"]
        await stage.press("up", "up", "b")
        assert "A1  proposed   One mic" in stage.text
        assert " A1 proposed: One mic " in stage.text


@BOTH_SIZES
async def test_lines_of_the_room_take_one_row_and_enter_shows_them_all(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await stage.go_to_the_agreements()
        for words in ("One mic", "! one", "! [two]", "Two mics", "! three", "Three mics"):
            await stage.write(words)
        for row in ("A1  heard      One", "A3  heard", "!   not saved  3 lines held here"):
            assert row in stage.text, row
        assert "[two]" not in stage.text
        await stage.press("down", "x")
        assert "That line is held in this room only" in stage.text
        await stage.press("enter")
        assert [line.strip() for line in stage.lines if line.strip().startswith("!")] == [
            "!  one",
            "!  [two]",
            "!  three",
        ]
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]


async def test_the_arrows_mark_a_line_from_anywhere_but_from_the_line_that_is_typed(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for words in ("First", "Second"):
            await stage.write(words)
        made = stage.app.screen.query_one(MadeHere)
        await stage.press("space", *"half", "up")
        assert made.chosen is None
        assert isinstance(stage.app.focused, Input)
        await stage.press("escape", "down")
        assert made.chosen == 2
        await stage.press("escape")
        assert made.chosen is None
        await stage.burst("up", "up", "x")
        assert "First" not in stage.text
        assert "Second" in stage.text


@pytest.mark.parametrize("marked", [False, True])
async def test_the_card_is_scrolled_by_pages_also_while_a_line_is_marked(
    clock: HandClock, tmp_path: Path, marked: bool
) -> None:
    async with staged(clock, day_file(tmp_path), size=NARROW) as stage:
        await stage.go_to_the_agreements()
        await stage.write("First")
        await stage.press(*["up"] * marked, "pagedown")
        card = stage.app.screen.query_one(NowCard)
        await stage.until(lambda: card.scroll_y > 0)
        await stage.press("pageup")
        await stage.until(lambda: card.scroll_y == 0)


async def test_a_line_that_was_worked_with_stays_meant_until_another_is_written(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for words in ("First", "q: who?"):
            await stage.write(words)
        made = stage.app.screen.query_one(MadeHere)
        await stage.press("t", "escape")
        assert made.chosen == 1
        await stage.press("w")
        assert stage.half_a_line == "*1 First"
        await stage.press("escape")
        await stage.write("Third")
        assert made.chosen is None
        await stage.press("up", "up")
        await stage.write("Fourth")
        assert made.chosen == 2


@pytest.mark.parametrize("key", ["enter", "l"])
async def test_a_marked_line_opens_with_everything_about_it(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for words in ("First", "Second"):
            await stage.write(words)
        await stage.click_on("A1  heard")
        assert stage.screens == ["RunScreen"]
        await stage.press(key)
        assert stage.screens == ["RunScreen", "OneLineScreen"]
        assert stage.app.screen.chosen == 1  # type: ignore[attr-defined]


async def test_consent_is_about_the_marked_line_or_the_last_agreement(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for words in ("First", "Second", "q: who?"):
            await stage.write(words)
        await stage.press("t")
        assert stage.screens == ["RunScreen", "ConsentScreen"]
        assert stage.app.screen.chosen == 2  # type: ignore[attr-defined]
        await stage.press("escape")
        await stage.click_on("A1  heard")
        await stage.press("t")
        assert stage.app.screen.chosen == 1  # type: ignore[attr-defined]


async def test_of_many_lines_only_the_one_that_changed_is_made_anew(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for n in range(12):
            await stage.write(f"Line {n}")
        made = stage.app.screen.query_one(MadeHere)

        async def kept_by(change: Callable[[], None]) -> list[int]:
            before = list(made.options)
            change()
            await stage.rest()
            return [n for n, one in enumerate(before) if one in made.options]

        def reword() -> None:
            assert stage.app.screen.keep_line("*5 Other words")  # type: ignore[attr-defined]

        def withdraw() -> None:
            stage.app.action_do("line.withdraw")

        assert await kept_by(reword) == [n for n in range(12) if n != 4]
        assert await kept_by(withdraw) == list(range(11))
        assert "A11 heard      Line 10" in stage.text
        assert "Line 11" not in stage.text
        await stage.press("u")
        await stage.write("The last")
        assert len(made.options) == 13
        assert "A13 heard      The last" in stage.text
