"""Whatever people write, and however small the window is: the layout holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, DAY, NARROW, WIDE, Stage, day_file, staged
from textual.geometry import Region
from textual.widget import Widget

from facilitate.core.views import PlanRow
from facilitate.tui.screens.carrying import CarryingScreen
from facilitate.tui.screens.consent import ConsentScreen
from facilitate.tui.screens.following import Following
from facilitate.tui.screens.harvest import HarvestScreen
from facilitate.tui.screens.notebook import NotebookScreen
from facilitate.tui.screens.one_line import OneLineScreen
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.plan_strip import folded, window
from facilitate.tui.words import cells, shortened

HOSTILE = (
    "[/fix] [b] [bold red]x[/] [@click=app.exit]y[/] [pause",
    "\\[ $text ${x} {next {back_at} {{}} %s",
    "👩🏽‍🚀 🏳️‍🌈 🇺🇦 👍🏿 e\u0301e\u0301 汉字漢字かな 한글",
    "שלום עולם، مرحبا بالعالم",
    "Z" * 180,
)


def hostile_day() -> str:
    """The day, with such words wherever people write some."""
    one, two, wide, right_to_left, long = HOSTILE
    changes = {
        "Day one: arriving, and the words we share": f"{wide} {one}",
        "How we want to be with each other": f"{right_to_left} {wide}",
        '"Arriving"': f"'''{one}'''",
        "In threes: what we practise already": long,
        "Weaving it together": "漢字" * 40,
        "Make agreements this group would use when it gets hard.": f"{two} {long}",
        "Before we talk about anything else": f"{one} {two} {wide} {right_to_left} {long}",
        "What helps you to stay?": f"{one} {wide} {long}",
        "Have the list of last spring at hand.": one,
        "Spotlight whoever speaks.": f"{right_to_left} {two}",
        "Stop. Breathe. Ask what is needed first.": f"{one} {wide}",
        "Short sentences in the group's own words.": one,
        "Open the room, and try the captions": f"{one} {wide} {long}",
        "Find a few words that this group shares.": f"{two} {one} {long}",
    }
    day = DAY
    for plain, hostile in changes.items():
        written = hostile if hostile.startswith("'''") else hostile.replace("\\", "\\\\")
        assert plain in day, plain
        day = day.replace(plain, written)
    return day


def straight(stage: Stage) -> None:
    """Every row is as wide as the screen, and the line beside the plan stands straight."""
    width, _ = stage.app.size
    assert {cell_len(line) for line in stage.lines} == {width}
    if width == WIDE[0] and stage.screens == ["RunScreen"]:
        parted = [line for line in stage.lines if "│" in line]
        assert len(parted) > 10
        assert {cell_len(line[: line.index("│")]) for line in parted} == {35}


@BOTH_SIZES
async def test_brackets_emoji_wide_and_long_words_are_shown_as_they_are_and_break_nothing(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path, hostile_day()), size=size) as stage:
        straight(stage)
        await stage.press("enter")
        straight(stage)
        assert "[/fix] [b]" in stage.question
        await stage.press("y")
        await stage.pass_time(minutes=15)
        await stage.press("n")
        straight(stage)
        for words in HOSTILE:
            await stage.write(words)
            straight(stage)
        assert [
            line["d"]["text"] for line in stage.journal() if line["k"] == "entry.added"
        ] == [words.replace("e\u0301", "\u00e9") for words in HOSTILE]
        assert "[/fix] [b] [bold red]x[/]" in stage.text
        for key in ("h", "e", "escape", "w", "escape", "ctrl+q", "escape", "question_mark"):
            await stage.press(key)
            straight(stage)
        await stage.press("escape", "space")
        await stage.paste(f"l: {HOSTILE[0]}\n{HOSTILE[3]}")
        straight(stage)
        await stage.press("enter", "escape", "c", "ctrl+e")
        straight(stage)
        await stage.press("k", "enter", "y")
        straight(stage)
        assert stage.screens == ["HomeScreen"]


async def test_a_window_that_is_too_small_asks_for_room_and_keeps_the_capture_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path), size=NARROW) as stage:
        await stage.go_to_the_agreements()
        for size in ((59, 24), (60, 19), (20, 6), (1, 1)):
            await stage.press("space", *"half")
            await stage.pilot.resize_terminal(*size)
            await stage.rest()
            if size[0] > 50:
                assert "A little more room, please: 60 columns, 20 rows." in stage.text
                assert "agreement > half" in stage.text
            await stage.press("enter")
            assert stage.last()[1]["text"] == "half"
            await stage.pilot.resize_terminal(*NARROW)
            await stage.press("escape")
            assert "now > How we want to be with each other" in stage.text


async def test_now_next_until_when_and_the_next_post_are_read_at_a_glance_at_every_size(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for size in ((60, 20), NARROW, (80, 24), WIDE, (140, 45)):
            await stage.pilot.resize_terminal(*size)
            await stage.rest()
            for words in (
                "now > How we want to be",
                "next  Break",
                "until 09:55",
                "about 40 min left",
                "Break still safe",
                "agreement > ",
                "ctrl+p more",
            ):
                assert words in stage.text, (size, words)
            if size[1] > 20:
                assert "CHAT 1  What helps you to stay?  [c copies this]" in stage.text
            straight(stage)


async def test_the_key_bar_takes_the_rows_that_its_keys_need_and_gives_them_back(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        bar = stage.app.screen.query_one(KeyBar)
        for size, rows in ((WIDE, 1), (NARROW, 2), (WIDE, 1), (NARROW, 2)):
            await stage.pilot.resize_terminal(*size)
            await stage.rest()
            assert "ctrl+p more" in stage.text
            assert bar.size.height == rows


def row(name: str, mark: str, *, is_break: bool = False) -> PlanRow:
    return PlanRow(
        segment=name, mark=mark, title=name, minutes=10, begins="", until="", is_break=is_break
    )  # type: ignore[arg-type]


DAY_ROWS = (
    row("a", "done"), row("b", "done"), row("c", "now"), row("d", "next"),
    row("e", "later"), row("f", "later", is_break=True), row("g", "later", is_break=True),
)  # fmt: skip


def test_the_plan_folds_to_now_next_and_the_next_break() -> None:
    assert [one.segment for one in folded(DAY_ROWS)] == ["c", "d", "f"]
    resting = (row("c", "now"), row("d", "next", is_break=True), row("f", "later"))
    assert [one.segment for one in folded(resting)] == ["c", "d"]
    assert folded(()) == ()


def test_a_plan_that_does_not_fit_shows_what_is_around_now() -> None:
    assert [one.segment for one in window(DAY_ROWS, 4)] == ["a", "b", "c", "d"]
    last = (*(row(name, "done") for name in "abcdef"), row("g", "now"))
    assert [one.segment for one in window(last, 3)] == ["e", "f", "g"]
    assert [one.segment for one in window(last, 4)] == ["d", "e", "f", "g"]
    over = tuple(row(str(n), "done") for n in range(9))
    assert len(window(over, 4)) == 4


def test_words_are_cut_by_the_cells_they_take() -> None:
    assert shortened("Break", 5) == "Break"
    assert shortened("Breaks", 5) == "Brea…"
    assert shortened("漢字漢字", 6) == "漢字…"
    assert cells(shortened("👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀", 4)) <= 4
    assert shortened("anything", 0) in {"", "…"}


@pytest.mark.parametrize("words", ["a: One mic <- the elders", "l: the heron stays"])
@pytest.mark.parametrize(
    "screen",
    [
        lambda: ConsentScreen(1),
        lambda: OneLineScreen(1),
        NotebookScreen,
        CarryingScreen,
        HarvestScreen,
    ],
)
async def test_what_stays_the_same_is_not_laid_out_anew_when_the_clock_ticks(
    clock: HandClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: Callable[[], Following],
    words: str,
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write(words)
        stage.app.push_screen(screen().bound_to(stage.app))
        await stage.rest()
        laid_out: list[Widget] = []
        refresh = Widget.refresh

        def seen(
            widget: Widget, *regions: Region, layout: bool = False, **more: bool
        ) -> Widget:
            if layout:
                laid_out.append(widget)
            return refresh(widget, *regions, layout=layout, **more)

        monkeypatch.setattr(Widget, "refresh", seen)
        await stage.pass_time(seconds=1)
        assert stage.app.screen.now == clock.now()  # type: ignore[attr-defined]
        assert laid_out == []
