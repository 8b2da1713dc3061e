"""From the first screen to the record: what lies between the parts of a day."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import DAY, day_file, journal, staged

from facilitate.session.harvest import PAGE
from facilitate.store.places import places
from facilitate.tui.screens.following import Following


@pytest.fixture(autouse=True)
def _nowhere_near_other_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def test_the_first_screen_offers_what_was_left_open_then_agendas_then_the_past(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock) as stage:
        for words in ("Nothing was left open.", "No sitting was closed on this machine yet."):
            assert words in stage.text
        assert "Day one: who we are, and the words we share" in stage.text  # comes along
        await stage.press("ctrl+q")
        assert not stage.app.is_running
    agenda = day_file(tmp_path)
    async with staged(clock, agenda) as stage:
        await stage.start()
    async with staged(clock) as stage:
        heads = (
            "Go on with",
            "Day one: arriving",
            "Agendas",
            "12 Sep 2026, 2 h 30 min",
            "Past",
        )
        places_of_heads = [stage.text.index(words) for words in heads]
        assert places_of_heads == sorted(places_of_heads)
        assert "in Arriving, last seen" in stage.text
        await stage.press("enter")
        assert stage.screens == ["RunScreen"]


async def test_opening_the_agenda_of_a_sitting_left_open_asks_which_is_meant(
    clock: HandClock, tmp_path: Path
) -> None:
    agenda = day_file(tmp_path)
    async with staged(clock, agenda) as stage:
        await stage.start()
        first = stage.journal()[0]["d"]["sitting"]
    async with staged(clock, agenda) as stage:
        assert stage.question == "A sitting of this agenda was left open."
        await stage.press("g")
        assert stage.screens == ["RunScreen"]
        assert stage.app.live is not None
        assert stage.app.live.sitting == first
    async with staged(clock, agenda) as stage:
        await stage.press("n")
        assert stage.screens == ["BeforeScreen"]
        assert stage.app.live is not None
        assert stage.app.live.sitting != first
        assert stage.app.state.started_at is None
    async with staged(clock, agenda) as stage:
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]


@pytest.mark.parametrize(
    ("keys", "answer", "words"),
    [
        (["h"], "still here", "35 min past its time"),
        (["p"], "paused", "about 15 min left"),
        (["down", "down", "down", "down", "enter"], "moved on", "about 38 min left"),
    ],
)
async def test_time_that_nobody_watched_is_asked_about_and_the_answer_counts(
    clock: HandClock, tmp_path: Path, keys: list[str], answer: str, words: str
) -> None:
    agenda = day_file(tmp_path)
    async with staged(clock, agenda) as stage:
        await stage.start()
    clock.forward(minutes=50)
    async with staged(clock, agenda) as stage:
        await stage.press("g")
        assert "for 50 min, from 09:00 on" in stage.question
        assert "It was: Arriving." in stage.question
        await stage.press(*keys)
        assert stage.last()[0] == "gap.answered"
        assert stage.last()[1]["answer"] == answer
        assert words in stage.text
        assert stage.screens == ["RunScreen"]


@pytest.mark.parametrize(
    ("key", "start"), [("m", "until 11:15"), ("k", "2 h later than planned")]
)
async def test_a_start_far_from_the_plan_asks_whether_the_plan_moves(
    clock: HandClock, tmp_path: Path, key: str, start: str
) -> None:
    clock.forward(hours=2)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.press("enter")
        assert "The plan begins at 09:00; it is 11:00 in America/New_York." in stage.question
        await stage.press(key)
        assert start in stage.text
        assert ("plan.moved" in stage.written()) == (key == "m")


async def test_everything_wrong_with_an_agenda_stands_on_one_page_that_leads_home(
    clock: HandClock, tmp_path: Path
) -> None:
    wrong = DAY.replace('kind = "break"', 'kind = "braek"').replace(
        "minutes = 20", "minutes = 0"
    )
    agenda = day_file(tmp_path, wrong)
    async with staged(clock, agenda) as stage:
        assert "This file cannot be opened yet." in stage.text
        for words in ('"braek"', '"break"', "Closing"):
            assert words in stage.text
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]
    async with staged(clock, tmp_path / "dya.toml") as stage:
        assert "There is no such file." in " ".join(stage.text.split())
    agenda.write_bytes(DAY.encode("utf-16"))
    async with staged(clock, agenda) as stage:
        assert "UTF-16" in stage.text
    assert journal() == []


async def test_closing_decides_on_every_line_then_writes_the_record_and_goes_home(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        for words in ("a: One mic", "l: the heron stays", "g: thanks to the tide"):
            await stage.write(words)
        await stage.press("ctrl+e", "enter")
        assert "Not yet: 2 lines are to be kept or let go." in stage.text
        await stage.press("k", "l")
        assert stage.written()[-2:] == ["entry.raised", "entry.let_go"]
        await stage.press("u")
        assert "G3   thanks to the tide" in stage.text
        await stage.press("enter")
        assert stage.screens == ["RunScreen", "HarvestScreen"]
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        await stage.press("ctrl+e", "l")
        assert "No line waits for a decision." in stage.text
        await stage.press("enter", "escape")
        assert "sitting.closed" not in stage.written()
        await stage.press("enter", "y")
        assert stage.screens == ["HomeScreen"]
        assert "Closed. The record stands in" in stage.text
        await stage.press("end")
        assert "Day one: arriving, and the words we share  12 Sep 2026, 2 lines kept" in (
            stage.text
        )
        assert stage.written()[-2:] == ["sitting.closed", "record.written"]
        (page,) = places().records.rglob(PAGE)
        assert "the heron stays" in page.read_text(encoding="utf-8")
        files = [path for path in places().home.rglob("*") if path.is_file()]
        assert all(b"thanks to the tide" not in path.read_bytes() for path in files)
        await stage.press("enter")
        assert "One mic" in stage.text
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]


async def test_a_record_that_cannot_be_written_is_said_and_can_be_tried_again(
    clock: HandClock, tmp_path: Path
) -> None:
    places().home.mkdir()
    places().records.write_text("in the way", encoding="utf-8")
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("ctrl+e", "enter", "y")
        assert "That did not work: Not a directory. Try again." in stage.text
        assert stage.written()[-1] == "sitting.closed"
        places().records.unlink()
        await stage.press("ctrl+e", "enter", "y")
        assert stage.screens == ["HomeScreen"]
        assert stage.written()[-2:] == ["sitting.closed", "record.written"]


async def test_a_closed_sitting_without_its_record_is_finished_from_the_first_screen(
    clock: HandClock, tmp_path: Path
) -> None:
    places().home.mkdir()
    places().records.write_text("in the way", encoding="utf-8")
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("ctrl+e", "enter", "y")
    places().records.unlink()
    async with staged(clock) as stage:
        assert "closed, its record not written" in stage.text
        await stage.press("enter")
        await stage.until(lambda: "Closed. The record stands in" in stage.text)
        assert "Nothing was left open." in stage.text


async def test_leaving_asks_while_a_sitting_runs(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("ctrl+c")
        assert "ctrl+q leaves." in stage.text
        await stage.press("ctrl+q")
        assert stage.question == "Leave now? The sitting can be gone on with later."
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        await stage.press("ctrl+q", "y")
        assert not stage.app.is_running
    assert [line["k"] for line in journal()] == ["run.opened", "segment.started"]


async def test_what_is_wrong_with_the_settings_can_be_read_on_the_first_screen(
    clock: HandClock, tmp_path: Path
) -> None:
    for agenda in (None, day_file(tmp_path)):
        async with staged(clock, agenda, notice="There is no theme 'nord'.") as stage:
            assert " There is no theme 'nord'. " in stage.text


async def test_only_our_themes_are_offered_and_each_can_be_worn(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.write("l: the heron stays")
        await stage.press("ctrl+e")
        themes = list(stage.app.available_themes)
        assert themes == [
            "facilitate-dark",
            "facilitate-light",
            "facilitate-contrast",
            "ansi-dark",
            "ansi-light",
        ]
        for theme in themes:
            stage.app.theme = theme
            await stage.rest()
            assert "the heron stays" in stage.text


async def test_a_tick_while_a_screen_is_on_its_way_out_is_no_fault(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        screen = stage.app.screen
        assert isinstance(screen, Following)
        screen._pruning = True
        await screen.query("*").remove()
        await stage.pass_time(seconds=1)
        assert stage.app.fault == ""
