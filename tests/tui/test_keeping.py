"""How long working files stay: asked once, after a sitting was closed, and never before."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, Stage, day_file, staged

from facilitate.cli.chosen import chosen
from facilitate.store.places import places
from facilitate.tui.keeping import LATER

ASKED = "How long are they to be kept"


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    return day_file(tmp_path)


async def close(stage: Stage) -> None:
    await stage.start()
    await stage.press("ctrl+e", "enter", "y")


def flat(stage: Stage) -> str:
    """The words of the screen, whatever lines and frames they are broken by."""
    return " ".join(stage.text.replace("│", " ").split())


@BOTH_SIZES
async def test_the_answer_is_written_into_the_settings(
    clock: HandClock, agenda: Path, size: tuple[int, int]
) -> None:
    places().settings.parent.mkdir(parents=True, exist_ok=True)
    places().settings.write_text('theme = "ansi-dark" # as on the other laptop\n')
    async with staged(clock, agenda, asks=True, size=size) as stage:
        await close(stage)
        assert ASKED in flat(stage)
        await stage.press("1")
        assert "The answer stands in" in flat(stage)
    assert chosen().keep == 14
    assert 'theme = "ansi-dark" # as on the other laptop' in places().settings.read_text()


async def test_a_team_that_has_answered_is_not_asked_again(
    clock: HandClock, agenda: Path
) -> None:
    places().settings.parent.mkdir(parents=True, exist_ok=True)
    places().settings.write_text('[keep]\njournals = "with the record"\n')
    async with staged(clock, agenda, asks=True) as stage:
        await close(stage)
        assert stage.screens == ["HomeScreen"]


async def test_who_does_not_answer_keeps_everything_for_now(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda, asks=True) as stage:
        await close(stage)
        await stage.press("escape")
        assert LATER in flat(stage)
    assert not places().settings.exists()


async def test_nobody_is_asked_before_a_sitting_was_closed(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, None, asks=True) as stage:
        assert stage.screens == ["HomeScreen"]
        assert ASKED not in flat(stage)
