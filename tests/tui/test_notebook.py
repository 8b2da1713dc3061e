"""What the notebook keeps: read to the group, answered with one key."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import NARROW, WIDE, Stage, day_file, staged

from facilitate.core.notebook import PAGE
from facilitate.store.places import places
from facilitate.tui.screens.notebook import NotebookScreen


def lay_over(stage: Stage, answered: list[str]) -> None:
    screen = NotebookScreen(lambda: answered.append(type(stage.app.screen).__name__))
    stage.app.push_screen(screen.bound_to(stage.app))


async def test_the_whole_page_can_be_read_at_once(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("K")
        page = " ".join(stage.text.split())
        assert "What this notebook keeps to be read to the group" in page
        for heading, sentences in PAGE:
            for words in (heading, *sentences):
                assert words in page
        for key in ("k keep", "r room only for now", "Esc not now"):
            assert key in page


async def test_on_a_small_screen_it_can_be_scrolled(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path), size=NARROW) as stage:
        await stage.start()
        await stage.press("K")
        assert PAGE[0][1][0].split()[0] in stage.text
        await stage.press("end")
        assert "the closing." in stage.text


@pytest.mark.parametrize(("key", "keeps"), [("k", True), ("r", False)])
async def test_an_answer_is_written_and_leads_on(
    clock: HandClock, tmp_path: Path, key: str, *, keeps: bool
) -> None:
    async with staged(clock, day_file(tmp_path), size=WIDE) as stage:
        await stage.start()
        answered: list[str] = []
        lay_over(stage, answered)
        await stage.press(key)
        assert stage.last() == ("notes.agreed", {"keeps": keeps})
        assert answered == ["RunScreen"]
        assert stage.screens == ["RunScreen"]


async def test_leaving_it_answers_nothing(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        answered: list[str] = []
        lay_over(stage, answered)
        written = stage.written()
        await stage.press("escape")
        assert (answered, stage.screens) == ([], ["RunScreen"])
        assert stage.written() == written


async def test_the_answer_can_be_changed_and_what_was_kept_stays(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("K", "k")
        await stage.write("a: One mic")
        await stage.press("K")
        assert "Lines are kept now. With room only, those that are kept stay" in stage.text
        await stage.press("r")
        assert "One mic" in stage.text
        await stage.write("a: the heron stays")
        assert "!   not saved  the heron stays" in stage.text
        stage.written()
        files = (path for path in places().home.rglob("*") if path.is_file())
        assert all(b"heron" not in path.read_bytes() for path in files)
        await stage.press("K")
        assert "Lines are held in this room only now." in stage.text
        written = stage.written()
        await stage.press("r")  # as it is already
        assert stage.screens == ["RunScreen"]
        assert stage.written() == written
        await stage.press("K", "k")
        await stage.write("a: Slow down")
        assert "A2  heard      Slow down" in stage.text
