"""Questions with a few answers: one is taken, however fast the keys come."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import Stage, day_file, staged


async def written_before(stage: Stage) -> int:
    """Into the first part; how many events are on disk by then."""
    await stage.start()
    stage.tell()
    return len(stage.written())


@pytest.mark.parametrize(
    "keys",
    [("5", "5"), ("5", "escape", "escape"), ("enter", "enter", "5"), ("5", "enter", "1")],
    ids=" ".join,
)
async def test_of_several_answers_in_one_burst_the_first_one_counts(
    clock: HandClock, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        before = await written_before(stage)
        await stage.press("e")
        assert stage.screens == ["RunScreen", "Ask"]
        await stage.burst(*keys)
        assert stage.screens == ["RunScreen"]
        assert stage.written()[before:] == ["segment.extended"]


async def test_what_a_question_lies_over_does_not_go_with_it(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await written_before(stage)
        await stage.write("l: the heron stays")
        await stage.press("ctrl+e", "k", "enter")
        assert stage.screens == ["RunScreen", "HarvestScreen", "Ask"]
        await stage.burst("escape", "escape", "escape")
        assert stage.screens == ["RunScreen", "HarvestScreen"]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_question_for_words_is_answered_once_too(
    clock: HandClock, tmp_path: Path, key: str
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await written_before(stage)
        await stage.press("m", "n")
        assert stage.screens == ["RunScreen", "NewPart"]
        await stage.burst(*"Walk 15", key, key, key)
        assert stage.screens == ["RunScreen"]


async def test_an_answer_does_not_uncover_what_was_covered_meanwhile(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await written_before(stage)
        await stage.press("e")
        await stage.burst("5", "f9")
        assert stage.screens == ["RunScreen", "Ask", "Cover"]
