"""Reading aloud: one line at a time, on a screen that may be shared."""

from pathlib import Path

from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, Stage, day_file, staged
from tests.tui.test_layout import HOSTILE

from facilitate.core.entry_commands import ReadBack, Withdraw


async def read_aloud(stage: Stage, *lines: str) -> None:
    await stage.start()
    for line in lines:
        await stage.write(line)
    await stage.press("ctrl+e", "r")


@BOTH_SIZES
async def test_one_line_stands_alone_in_the_middle(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await read_aloud(stage, "q: who writes?", "l: the heron", "a: One mic <- the elders")
        assert stage.screens[-1] == "ReadingAloudScreen"
        rows = [line.strip() for line in stage.lines if line.strip()]
        assert "1 of 2" in " ".join(rows[:2])
        which = rows.index("A3  agreement, heard")
        assert rows[which + 1 : which + 3] == ["One mic", "from the elders"]
        assert "heron" not in stage.text
        assert "who writes" not in stage.text
        said = next(line for line in stage.lines if "One mic" in line)
        gaps = len(said) - len(said.lstrip()), len(said) - len(said.rstrip())
        assert abs(gaps[0] - gaps[1]) <= 2


async def test_keys_go_from_line_to_line_and_stay_at_either_end(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await read_aloud(stage, "a: One mic", "a: Slow down", "a: Rest")
        await stage.press("p")
        assert "This is the first line." in stage.text
        for key, words in (
            ("space", "Slow down"),
            ("n", "Rest"),
            ("right", "Rest"),
            ("left", "Slow down"),
            ("p", "One mic"),
        ):
            await stage.press(key)
            assert words in stage.text, key
        await stage.press("escape")
        assert stage.screens[-1] == "HarvestScreen"


async def test_the_line_that_is_shown_is_the_one_that_is_read_back(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await read_aloud(stage, "a: One mic", "a: Slow down")
        await stage.press("n", "b")
        assert "A2  agreement, proposed" in stage.text
        assert "Slow down" in stage.text
        assert stage.written()[-1] == "entry.read_back"
        assert stage.is_grey("b read back")
        await stage.press("b")
        assert "A2 does not wait for reading back: it is proposed." in stage.text
        await stage.press("p")
        assert not stage.is_grey("b read back")


async def test_it_stays_on_its_line_while_others_come_and_go(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await read_aloud(stage, "a: One mic", "a: Slow down", "a: Rest")
        await stage.press("n")
        assert stage.app.perform(Withdraw(number=1))
        await stage.rest()
        assert "Slow down" in stage.text
        assert "1 of 2" in stage.text
        assert stage.app.perform(Withdraw(number=3))
        assert stage.app.perform(ReadBack(number=2))
        assert stage.app.perform(Withdraw(number=2))
        await stage.rest()
        assert "No line is left to read." in stage.text
        await stage.press("n", "p", "b", "escape")
        assert stage.screens[-1] == "HarvestScreen"


async def test_there_is_nothing_to_read_before_a_line_travels(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await read_aloud(stage, "l: the heron stays")
        assert stage.screens[-1] == "HarvestScreen"
        assert "There is no line to read aloud: none travels yet." in stage.text
        await stage.press("k", "r")
        assert "the heron stays" in stage.text
        assert stage.screens[-1] == "ReadingAloudScreen"


@BOTH_SIZES
async def test_any_words_can_be_read(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await read_aloud(stage, *(f"a: {words} <- {words}" for words in HOSTILE))
        for _ in HOSTILE:
            assert {cell_len(line) for line in stage.lines} == {size[0]}
            await stage.press("n")
