"""The questions for afterwards: what is asked, where answers stand, and where they never do."""

import threading
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, DAY, Stage, day_file, staged

from facilitate.session.debrief import read_debrief
from facilitate.session.live import LiveSession
from facilitate.store.places import places

FIRST, SECOND = "How are we?", "Who was quiet, and what do we owe them?"
ASKING = f"""{DAY}
[after]
minutes = 15
questions = ["{FIRST}", "{SECOND}"]
"""


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    return day_file(tmp_path, ASKING)


async def close(stage: Stage) -> Path:
    """Hold the shortest of sittings; the folder in which its answers would stand."""
    await stage.start()
    assert stage.app.live is not None
    folder = places().private(stage.app.live.sitting)
    await stage.press("ctrl+e", "enter", "y")
    return folder


def holding(words: str) -> list[str]:
    files = (path for path in places().home.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


@BOTH_SIZES
async def test_answers_stand_in_one_private_file_and_nowhere_else(
    clock: HandClock, agenda: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, agenda, size=size) as stage:
        folder = await close(stage)
        assert stage.screens == ["DebriefScreen"]
        for words in ("Debrief", "15 min for this", FIRST, SECOND, "Closed. The record stands"):
            assert words in stage.text
        await stage.burst(*"tired, and glad", "enter", *"the heron", "ctrl+s")
        assert stage.screens == ["HomeScreen"]
        assert "The answers stand in" in stage.text
        assert read_debrief(folder) == ((FIRST, "tired, and glad"), (SECOND, "the heron"))
        assert (folder / "debrief.toml").stat().st_mode & 0o777 == 0o600
        assert holding("the heron") == ["debrief.toml"]
        assert stage.written()[-1] == "record.written"


async def test_leaving_without_answers_writes_nothing(clock: HandClock, agenda: Path) -> None:
    async with staged(clock, agenda) as stage:
        folder = await close(stage)
        await stage.press("ctrl+s")
        assert "Nothing is written here yet." in stage.text
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]
        assert [path.name for path in folder.iterdir()] == ["team.toml"]


async def test_half_typed_words_are_nowhere_and_leaving_them_asks_first(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda) as stage:
        await close(stage)
        await stage.press(*"heron", "escape")
        assert stage.question == "Leave without keeping these answers?"
        await stage.press("escape")
        assert stage.half_a_line == "heron"
        assert holding("heron") == []
        await stage.press("escape", "y")
        assert stage.screens == ["HomeScreen"]
        assert holding("heron") == []


async def test_leaving_the_program_asks_first_when_answers_would_be_lost(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda) as stage:
        await close(stage)
        await stage.press("h", "ctrl+q")
        assert stage.question == "Leave without keeping these answers?"
        await stage.press("y")
        assert not stage.app.is_running


async def test_letters_are_words_and_cannot_be_copied_out(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda) as stage:
        await close(stage)
        await stage.press(*"vkl", "question_mark", "home", "shift+end", "ctrl+c", "ctrl+x")
        assert stage.half_a_line == "vkl?"
        assert stage.app.clipboard == ""


async def test_pasted_lines_become_one_answer(clock: HandClock, agenda: Path) -> None:
    async with staged(clock, agenda) as stage:
        folder = await close(stage)
        await stage.paste("two\nlines\n\tof it")
        await stage.press("ctrl+s")
        assert read_debrief(folder) == ((FIRST, "two lines of it"),)


async def test_answers_that_the_disk_does_not_take_stay_on_the_screen(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda) as stage:
        folder = await close(stage)
        (folder / "debrief.toml").mkdir()
        await stage.press(*"tired", "ctrl+s")
        assert "That did not work: Is a directory. Try again." in stage.text
        assert stage.half_a_line == "tired"
        (folder / "debrief.toml").rmdir()
        await stage.press("ctrl+s")
        assert read_debrief(folder) == ((FIRST, "tired"),)


async def test_the_questions_never_come_up_over_a_covered_screen(
    clock: HandClock, agenda: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(clock, agenda) as stage:
        tidy, covered = stage.app.desk.tidy, threading.Event()

        def tidy_when_covered(live: LiveSession) -> None:
            assert covered.wait(5)
            tidy(live)

        monkeypatch.setattr(stage.app.desk, "tidy", tidy_when_covered)
        await stage.start()
        await stage.press("ctrl+e", "enter")
        await stage.pilot.press("y")
        await stage.until(lambda: stage.screens == ["RunScreen"])
        await stage.pilot.press("f9")
        covered.set()
        await stage.rest()
        assert stage.screens == ["RunScreen", "Cover"]
        await stage.press("f9")
        await stage.until(lambda: stage.screens == ["DebriefScreen"])


async def hold_care(stage: Stage, *answers: str) -> None:
    """A pause for care of four minutes, and what is said of it."""
    await stage.press("p", "c")
    await stage.pass_time(minutes=4)
    await stage.press("p", *answers)


@BOTH_SIZES
async def test_pauses_for_care_stand_above_the_questions_and_are_kept_with_the_answers(
    clock: HandClock, agenda: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, agenda, size=size) as stage:
        await stage.start()
        await stage.pass_time(minutes=10)
        await hold_care(stage, "1", "y")
        await stage.pass_time(minutes=2)
        await hold_care(stage, "n", "n")
        assert stage.app.live is not None
        folder = places().private(stage.app.live.sitting)
        await stage.press("ctrl+e", "enter", "y")
        page = " ".join(stage.text.split())
        first = "A pause for care at 09:10, held by lead, to be followed up"
        assert page.index(first) < page.index(FIRST)
        assert "A pause for care at 09:16, held by nobody yet" in page
        await stage.press(*"tired", "ctrl+s")
        assert read_debrief(folder) == (("To come back to", first), (FIRST, "tired"))
        assert holding("held by lead") == ["debrief.toml"]
        files = [path for path in places().records.rglob("*") if path.is_file()]
        assert files
        assert not [path for path in files if "care" in path.read_text()]


async def test_what_is_to_be_followed_up_is_shown_where_nothing_else_is_asked(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await hold_care(stage, "1", "y")
        assert stage.app.live is not None
        folder = places().private(stage.app.live.sitting)
        await stage.press("ctrl+e", "enter", "y")
        assert stage.screens == ["DebriefScreen"]
        follow_up = "A pause for care at 09:00, held by lead, to be followed up"
        assert follow_up in stage.text
        await stage.press("enter", "ctrl+s")
        assert read_debrief(folder) == (("To come back to", follow_up),)
        assert stage.screens == ["HomeScreen"]


async def test_care_that_is_held_asks_for_no_debrief(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await hold_care(stage, "1", "n")
        await stage.press("ctrl+e", "enter", "y")
        assert stage.screens == ["HomeScreen"]


async def test_after_the_debrief_the_next_sitting_can_be_held(
    clock: HandClock, agenda: Path
) -> None:
    async with staged(clock, agenda) as stage:
        await close(stage)
        await stage.press("escape", "enter")
        assert stage.screens == ["BeforeScreen"]
        await stage.press("ctrl+q")
        assert not stage.app.is_running
