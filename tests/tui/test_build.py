"""Building a day on the screen: seen as bars, changed in place, saved when someone says so."""

import datetime as dt
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.cohort import record
from tests.tui.stage import BOTH_SIZES, DAY, NARROW, Stage, day_file, staged
from textual.widgets import OptionList

from facilitate.cli.desk import LocalDesk, RehearsalDesk
from facilitate.cli.workbench import REHEARSAL, LocalWorkbench
from facilitate.core.learned import Learned
from facilitate.core.record import RecordedSegment
from facilitate.session import building_files, building_steps, library
from facilitate.session.building_steps import WroteOut
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.screens import building as building_day
from facilitate.tui.screens.build import TYPE_FIRST, BuildScreen
from facilitate.tui.screens.building import NOTHING_TO_SAVE
from facilitate.tui.screens.home import MARK_AGENDA
from facilitate.tui.widgets.build_bars import BuildBars
from facilitate.tui.widgets.facts import Facts

NINE = dt.datetime(2026, 9, 12, 13, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but our own: the first screen reads them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)
    monkeypatch.setattr(building_day, "RESTS", 0.05)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return day_file(tmp_path)


@asynccontextmanager
async def building(
    clock: HandClock, path: Path, *keys: str, **options: Any
) -> AsyncIterator[Stage]:
    """The screen on which that agenda is built; then some keys."""
    async with staged(clock, path, builds=True, **options) as stage:
        await press(stage, *keys)
        yield stage


async def press(stage: Stage, *keys: str) -> None:
    """Press keys and let the hand rest: all that was changed is written out and checked."""
    await stage.press(*keys)
    screen = stage.app.screen
    if isinstance(screen, BuildScreen):
        await stage.until(lambda: screen._building._rest is None)
    await stage.rest()


def drawn(stage: Stage) -> list[str]:
    """The rows of the parts as they stand on the screen."""
    bars = screen_of(stage).query_one(BuildBars)
    return [str(bars.get_option_at_index(n).prompt) for n in range(bars.option_count)]


def rows(stage: Stage) -> list[str]:
    """The same without their marks and bars, and with single spaces."""
    return [" ".join(row.strip("!? █▒─").split()) for row in drawn(stage)]


def said(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def share(path: Path) -> None:
    path.chmod(0o640)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def screen_of(stage: Stage) -> BuildScreen:
    """The one on which a day is built, whatever lies over it."""
    (screen,) = (one for one in stage.app.screen_stack if isinstance(one, BuildScreen))
    return screen


def marked(stage: Stage) -> str:
    """Title of the marked part."""
    screen = screen_of(stage)
    return screen._agenda.segments[screen._place].title


def told(stage: Stage, where: str = "part") -> dict[str, str]:
    """What is told below the bars of the marked part, or of the day."""
    found = screen_of(stage).query_one(f"#{where}", Facts)._facts
    return {one.label: one.text for one in found}


def differing(path: Path, before: str = DAY) -> list[str]:
    """The lines of the file that are other than they were."""
    old, new = before.splitlines(), path.read_text(encoding="utf-8").splitlines()
    return [f"-{one}" for one in old if one not in new] + [
        f"+{one}" for one in new if one not in old
    ]


def aside() -> list[str]:
    return sorted(one.name for one in places().unsaved.glob("*/*"))


# What is seen


@BOTH_SIZES
async def test_one_glance_tells_when_the_day_ends_what_gives_and_where_the_break_is(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    async with building(clock, path, size=size) as stage:
        assert "ends 11:30, 15 min to give, longest 80 min without a break" in stage.text
        (row,) = [line for line in stage.lines if " Break " in line]
        assert row.lstrip().startswith("09:55")
        assert row.rstrip().endswith("─")
        assert "█" not in row
        for title, begins in (("Arriving", "09:00"), ("Closing", "11:10")):
            assert any(begins in line and title in line for line in stage.lines)
        assert told(stage) == {
            "arrival": "Arriving",
            "length": "15 min, does not give",
            "serves": "words",
        }


async def test_bars_lie_where_the_parts_lie_and_end_where_the_day_ends(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path) as stage:
        bars = [line for line in stage.lines if line[3:8].count(":") == 1]
        starts = [next(n for n, c in enumerate(line) if c in "█▒─") for line in bars]
        ends = [len(line.rstrip()) for line in bars]
        assert starts == sorted(starts)
        assert len(bars) == 6
        for before, after in zip(ends, starts[1:], strict=False):
            assert abs(before - after) <= 1
        (axis,) = [line for line in stage.lines if "can give" in line]
        assert (starts[0], ends[-1]) == (axis.index("09:00"), len(axis.rstrip()))
        assert "▒" in bars[1]
        assert "▒" not in bars[0]


async def test_the_figures_of_the_day_stand_beside_the_part_where_there_is_room(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path) as stage:
        assert told(stage, "day") == {
            "ends": "11:30, as promised, 2 h 30 min in all",
            "to give": "15 min, 20 min protected",
            "breaks": "15 min; longest without one 80 min from 10:10",
            "check": "nothing to mend",
            "kinds": (
                "agreements 40, breakout 35, integration 25, closing 20, arrival 15, break 15"
            ),
            "serves": "words 135",
        }
        assert "longest without one 80 min" in stage.text


@BOTH_SIZES
async def test_a_key_shows_all_figures_and_all_that_the_check_found(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    async with building(clock, path, "down", "2", "0", "enter", size=size) as stage:
        await stage.press("d")
        assert stage.screens[-1] == "Reading"
        assert "Minutes of each kind" in stage.text
        page = str(stage.app.screen.query_one("#page Static").render())  # type: ignore[attr-defined]
        page = " ".join(page.split())
        assert "Find a few words that this group shares." in page
        assert "at_least is 25, which is more than the 20 minutes of this part." in page
        await stage.press("escape")
        assert stage.screens[-1] == "BuildScreen"


# Lengths


async def test_plus_and_minus_change_the_length_and_all_that_follows_from_it(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "down", "plus", "plus") as stage:
        assert rows(stage)[1:3] == [
            "09:15 How we want to be with each other 50 gives 25",
            "10:05 Break 15",
        ]
        assert "How we want to be with each other: 45 -> 50 min" in stage.app.notice
        assert "The day: minutes 155 -> 160" in stage.app.notice
        await press(stage, "minus", "minus", "minus")
        assert rows(stage)[1].endswith("35 gives 10")
        assert said(path) == DAY


async def test_a_number_is_typed_in_place_and_counts_with_enter(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "down", "3", "7") as stage:
        assert "37_ " in stage.text
        assert rows(stage)[2].startswith("09:55")
        await press(stage, "backspace", "8", "enter")
        assert rows(stage)[1:3] == [
            "09:15 How we want to be with each other 38 gives 13",
            "09:53 Break 15",
        ]
        assert marked(stage) == "How we want to be with each other"


async def test_a_number_counts_for_its_part_when_another_is_marked_and_esc_lets_it_go(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "2", "0", "down") as stage:
        assert rows(stage)[0] == "09:00 Arriving 20"
        assert marked(stage) == "How we want to be with each other"
        await press(stage, "9", "escape")
        assert rows(stage)[1].endswith("40 gives 15")
        await press(stage, "9", "u")
        assert rows(stage)[1].endswith("40 gives 15")
        assert stage.screens[-1] == "BuildScreen"
        await press(stage, "5", *["backspace"] * 2, "1", "2", "3", "4", "5")
        assert "1234_" in stage.text
        await press(stage, "t")
        assert rows(stage)[1].split()[-3:] == ["1234", "gives", "1209"]


async def test_digits_that_no_part_can_have_are_refused_in_words(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path) as stage:
        for keys, why in (
            (("0", "enter"), "one minute at least"),
            (("9", "9", "9", "9", "enter"), "longer than a whole day"),
            (("enter",), TYPE_FIRST),
            (("1", "0", "enter", "minus", "minus"), "one minute at least"),
        ):
            await press(stage, *keys)
            assert why in stage.app.notice
        assert rows(stage)[0] == "09:00 Arriving 5"


# Order, titles, parts


@BOTH_SIZES
async def test_a_part_moves_up_and_down_and_stays_marked(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    async with building(clock, path, "down", "L", "shift+down", size=size) as stage:
        assert marked(stage) == "How we want to be with each other"
        assert "moved before Weaving it together" in stage.app.notice
        await press(stage, "E", "shift+up", "shift+up", "shift+up")
        assert marked(stage) == "How we want to be with each other"
        assert "first part already" in stage.app.notice
        await press(stage, "ctrl+s")
        parts = said(path).split("[[segment]]")
        assert [part.split('"')[1] for part in parts[1:3]] == ["be", "arriving"]
        assert differing(path) == []


async def test_a_title_is_written_anew_and_its_id_stays(clock: HandClock, path: Path) -> None:
    async with building(clock, path, "t", *["backspace"] * 8, *"[/b] Here", "enter") as stage:
        assert rows(stage)[0] == "09:00 [/b] Here 15"
        await press(stage, "ctrl+s")
        assert differing(path) == ['-title = "Arriving"', '+title = "[/b] Here"']
        await press(stage, "t", "escape")
        assert rows(stage)[0] == "09:00 [/b] Here 15"


async def test_how_short_a_part_may_become_is_said_in_minutes_or_not_at_all(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "g", *"10", "enter") as stage:
        assert rows(stage)[0] == "09:00 Arriving 15 gives 5"
        await press(stage, "g", *"x", "enter")
        assert "number of minutes" in stage.app.notice
        await press(stage, "g", "backspace", "backspace", "enter", "ctrl+s")
        assert rows(stage)[0] == "09:00 Arriving 15"
        assert stage.app.notice == NOTHING_TO_SAVE


async def test_a_part_is_taken_out_and_brought_back(clock: HandClock, path: Path) -> None:
    async with building(clock, path, "down", "down", "x") as stage:
        assert "10:10" not in "".join(rows(stage)[:2])
        assert [one.split()[1] for one in rows(stage)] == [
            "Arriving", "How", "In", "Weaving", "Closing",
        ]  # fmt: skip
        assert told(stage, "day")["breaks"] == "none in 135 min from 09:00"
        await press(stage, "u")
        assert marked(stage) == "Break"
        assert len(rows(stage)) == 6
        assert screen_of(stage)._building.steps.is_changed is False


async def test_a_new_part_and_a_copy_come_behind_the_marked_one(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "n", *"Walk outside 10", "enter", "p") as stage:
        assert marked(stage) == "Walk outside"
        assert rows(stage)[1] == "09:15 Walk outside 10"
        await press(stage, "down", "down", "c", "ctrl+s")
        assert [one for one in rows(stage) if "Break" in one] == [
            "10:05 Break 15",
            "10:20 Break 15",
        ]
        assert set(differing(path)) == {
            "-minutes = 150", "+minutes = 175", '+id = "walk-outside"',
            '+title = "Walk outside"', '+kind = "practice"', "+minutes = 10", '+id = "break-2"',
        }  # fmt: skip
        await press(stage, "n", "escape", "n", *"Half a thought", "enter", "escape")
        assert len(rows(stage)) == 8


async def test_another_kind_is_chosen_with_a_letter(clock: HandClock, path: Path) -> None:
    async with building(clock, path, "end", "up", "k", "b") as stage:
        assert told(stage)["break"] == "Weaving it together"
        assert told(stage, "day")["breaks"].startswith("15 + 25 min")


async def test_what_cannot_be_done_is_said_and_changes_nothing(
    clock: HandClock, path: Path
) -> None:
    write(path, DAY[: DAY.index('[[segment]]\nid = "be"')].replace("150", "15"))
    async with building(clock, path) as stage:
        for key, why in (
            ("x", "one part at least"),
            ("E", "first part already"),
            ("L", "last part already"),
            ("u", "Nothing was changed"),
            ("r", "nothing to do again"),
        ):
            await press(stage, key)
            assert why in stage.app.notice
        assert rows(stage) == ["09:00 Arriving 15"]


# Undo


async def test_every_step_is_taken_back_one_by_one_and_made_again(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path) as stage:
        seen = [rows(stage)]
        for keys in (("plus",), ("down", "L"), ("x",), ("c",), ("3", "enter")):
            await press(stage, *keys)
            seen.append(rows(stage))
        for before in reversed(seen[:-1]):
            await press(stage, "u")
            assert rows(stage) == before
        assert "Not saved." not in stage.text
        for after in seen[1:]:
            await press(stage, "r")
            assert rows(stage) == after
        assert "Not saved." in stage.text


async def test_a_key_that_is_held_is_one_step_and_one_text(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[int] = []
    real = building_steps.write_out

    def write_out(day: Any, changes: Any, name: str) -> WroteOut:
        wrote.append(len(changes))
        return real(day, changes, name)

    monkeypatch.setattr(building_steps, "write_out", write_out)
    async with building(clock, path) as stage:
        await stage.burst(*["plus"] * 12)
        assert rows(stage)[0] == "09:00 Arriving 75"
        await press(stage)
        assert wrote == [1]
        await press(stage, "u")
        assert rows(stage)[0] == "09:00 Arriving 15"


# The check, and what records tell


@BOTH_SIZES
async def test_what_the_check_finds_stands_with_its_part_and_in_the_days_own_line(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    async with building(clock, path, "down", "2", "0", "enter", size=size) as stage:
        assert drawn(stage)[1].startswith("! 09:15 How we want")
        assert told(stage)["to mend"].startswith("at_least is 25, which is more than the 20")
        assert "to mend" in stage.text
        assert told(stage, "day")["check"] == "1 to mend"
        await press(stage, "g", "backspace", "backspace", *"15", "enter")
        assert drawn(stage)[1].startswith("  09:15")
        assert "to mend" not in told(stage)


async def test_a_step_that_the_file_does_not_allow_is_taken_back_and_that_is_said(
    clock: HandClock, path: Path
) -> None:
    head, _, rest = DAY.partition("\n[team]")
    table = head.partition("[session]\n")[2].strip().splitlines()
    write(path, f"format = 1\nsession = {{ {', '.join(table)} }}\n[team]{rest}")
    async with building(clock, path, "plus") as stage:
        assert stage.app.notice == "There is no [session] on lines of its own in this file."
        assert rows(stage)[0] == "09:00 Arriving 15"
        assert "Not saved." not in stage.text


def held(minutes: int, **how: Any) -> RecordedSegment:
    part = RecordedSegment(
        id="be",
        title="How we want to be",
        kind="agreements",
        status="done",
        planned_minutes=40,
        actual_minutes=minutes,
        planned_start=NINE,
        planned_end=NINE + dt.timedelta(minutes=40),
    )
    return replace(part, **how)


def hold_before(*minutes: int) -> None:
    """As if the part had been held before, so many minutes each time."""
    for place, one in enumerate(minutes, 1):
        record(f"m{place}", date=dt.date(2026, place, 12), segments=(held(one),))


@BOTH_SIZES
async def test_of_the_marked_part_it_is_told_how_long_it_has_taken(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    hold_before(45, 51, 47, 44, 58)
    async with building(clock, path, "down", size=size) as stage:
        words = "this has taken 44-58 minutes, five times; mostly 7 more than planned"
        assert told(stage)["so far"] == words
        assert "five times" in stage.text
        await press(stage, "n", *"Again 20", "enter", "a", "down")
        await press(stage, "up")
        assert "so far" not in told(stage)
        await press(stage, "k", "s")
        assert told(stage)["so far"].startswith("new here; agreements has taken 44-58 minutes")


async def test_the_day_is_there_and_can_be_changed_before_the_records_are_read(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def learned(_: LocalWorkbench) -> Learned:
        assert go_on.wait(10)
        return Learned({}, {})

    monkeypatch.setattr(LocalWorkbench, "learned", learned)
    app = FacilitateApp(LocalDesk(places(), clock), clock, agenda=str(path), builds=True)
    async with app.run_test(size=NARROW) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.until(lambda: stage.screens[-1] == "BuildScreen")
        await pilot.press("plus")
        assert rows(stage)[0] == "09:00 Arriving 20"
        go_on.set()
        await stage.rest()


# Saving


async def test_saving_writes_only_the_lines_that_changed(clock: HandClock, path: Path) -> None:
    noted = DAY.replace('kind = "arrival"', 'kind = "arrival"  # as always')
    write(path, noted)
    share(path)
    async with building(clock, path, "minus", "ctrl+s") as stage:
        assert differing(path, noted) == ["-minutes = 150", "+minutes = 145", "+minutes = 10"]
        assert mode(path) == 0o640
        assert stage.app.notice.startswith("Saved. Arriving: 15 -> 10 min.")
        assert "Not saved." not in stage.text
        assert aside() == []
        await press(stage, "u")
        assert "Not saved." in stage.text
        await press(stage, "ctrl+s")
        assert said(path) == noted


async def test_a_save_right_behind_a_step_saves_that_step(clock: HandClock, path: Path) -> None:
    async with building(clock, path) as stage:
        await stage.burst("plus", "2", "0", "ctrl+s", "ctrl+s")
        await press(stage)
        assert differing(path) == ["-minutes = 150", "+minutes = 155"]
        assert "Not saved." not in stage.text


async def test_what_is_still_to_mend_is_said_when_it_is_saved(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "down", "2", "0", "enter", "ctrl+s") as stage:
        assert stage.app.notice.endswith("minutes 150 -> 130. 1 to mend.")


async def test_a_file_that_changed_meanwhile_is_asked_about_and_not_written_over(
    clock: HandClock, path: Path
) -> None:
    theirs = DAY.replace('"Closing"', '"The end"')
    async with building(clock, path, "plus") as stage:
        write(path, theirs)
        await press(stage, "ctrl+s")
        assert "changed meanwhile" in stage.question
        assert "The end: was called Closing" in stage.question
        await stage.press("l")
        assert "The end: was called Closing" in stage.text
        assert stage.screens[-1] == "Reading"
        await stage.press("escape")
        assert stage.screens[-2:] == ["BuildScreen", "Ask"]
        await stage.press("escape")
        assert said(path) == theirs
        assert "Not saved." in stage.text


async def test_mine_is_kept_when_someone_says_so_and_theirs_is_put_aside(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "plus") as stage:
        write(path, DAY.replace('"Closing"', '"The end"'))
        await press(stage, "ctrl+s", "k")
        assert '"Closing"' in said(path)
        assert "minutes = 155" in said(path)
        (theirs,) = places().unsaved.glob("*/theirs.toml")
        assert '"The end"' in said(theirs)
        assert str(theirs) in stage.app.notice
        await press(stage, "plus", "ctrl+s")
        assert "minutes = 160" in said(path)


async def test_a_disk_that_does_not_take_it_is_said_and_the_steps_stay(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    async with building(clock, path) as stage:
        monkeypatch.setattr(building_files, "put_aside", full)
        await press(stage, "plus")
        assert "The disk is full: these changes are on the screen alone" in stage.app.notice
        assert rows(stage)[0] == "09:00 Arriving 20"
        monkeypatch.setattr(building_files, "save", full)
        await press(stage, "ctrl+s")
        assert "No space left" in stage.app.notice
        assert "Not saved." in stage.text
        monkeypatch.undo()
        await press(stage, "ctrl+s")
        assert "minutes = 155" in said(path)


# Leaving, and coming back


async def test_leaving_without_a_change_asks_nothing(clock: HandClock, path: Path) -> None:
    async with building(clock, path, "plus", "u", "escape") as stage:
        assert stage.screens == ["HomeScreen"]
        assert aside() == []


@BOTH_SIZES
async def test_leaving_with_changes_asks_and_can_save_let_go_or_stay(
    clock: HandClock, path: Path, size: tuple[int, int]
) -> None:
    async with building(clock, path, "plus", "escape", size=size) as stage:
        assert stage.question.startswith("Not saved yet. Arriving: 15 -> 20 min.")
        await stage.press("escape")
        assert stage.screens[-1] == "BuildScreen"
        await stage.press("escape", "l")
        assert stage.screens == ["HomeScreen"]
        assert said(path) == DAY
        assert aside() == []
        await stage.press("B")
        await press(stage, "plus", "escape", "s")
        assert stage.screens == ["HomeScreen"]
        assert "minutes = 155" in said(path)


async def test_leaving_the_program_asks_as_well(clock: HandClock, path: Path) -> None:
    async with building(clock, path) as stage:
        await stage.burst("plus", "ctrl+q")
        await press(stage)
        await stage.until(lambda: stage.screens[-1] == "Ask")
        await stage.press("s")
        assert stage.app._exit
        assert "minutes = 155" in said(path)


async def test_what_was_not_saved_when_the_program_died_is_offered_and_gone_on_with(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "plus"):
        pass  # the end of it, without a question
    assert said(path) == DAY
    async with building(clock, path) as stage:
        assert "were not saved" in stage.question
        await press(stage, "g")
        assert rows(stage)[0] == "09:00 Arriving 20"
        assert "Not saved." in stage.text
        await press(stage, "ctrl+s")
        assert differing(path) == ["-minutes = 150", "+minutes = 155"]
    async with building(clock, path) as stage:
        assert stage.screens[-1] == "BuildScreen"


async def test_what_was_not_saved_can_be_let_go_or_left_for_later(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "plus"):
        pass
    async with building(clock, path, "escape") as stage:
        assert stage.screens == ["HomeScreen"]
    async with building(clock, path) as stage:
        await press(stage, "l")
        assert rows(stage)[0] == "09:00 Arriving 15"
        assert aside() == []


async def test_what_was_not_saved_and_a_file_that_changed_since_meet_at_the_saving(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path, "plus"):
        pass
    write(path, DAY.replace('"Closing"', '"The end"'))
    async with building(clock, path) as stage:
        assert "Its file was changed since." in stage.question
        await press(stage, "g", "ctrl+s")
        assert "The end: was called Closing" in stage.question


# Where it begins, and what cannot be built


async def test_an_agenda_on_the_first_screen_is_built_with_a_key(
    clock: HandClock, path: Path
) -> None:
    async with staged(clock) as stage:
        assert "B build" in stage.text
        await stage.press("B")
        assert stage.screens == ["HomeScreen", "BuildScreen"]
        await press(stage, "plus", "ctrl+s", "escape")
        assert "2 h 35 min" in stage.text


async def test_what_is_no_agenda_is_not_built_and_that_is_said(clock: HandClock) -> None:
    async with staged(clock) as stage:
        await stage.press("B")
        assert MARK_AGENDA in stage.text
        assert stage.screens == ["HomeScreen"]


async def test_a_file_that_cannot_be_built_on_says_why(clock: HandClock, path: Path) -> None:
    write(path, "format = 1\ntitle = \u201cx\u201d\n")
    async with building(clock, path) as stage:
        assert stage.screens[-1] == "Reading"
        assert "curly quotes" in stage.text
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]
    async with building(clock, path.with_name("none.toml")) as stage:
        assert "There is no such file." in stage.text


async def test_a_file_with_something_to_mend_can_be_built_on(
    clock: HandClock, path: Path
) -> None:
    write(path, DAY.replace("minutes = 25\n", 'minutes = "25"\n').replace("New_York", "Nu"))
    async with building(clock, path, "end", "up") as stage:
        assert "to mend" in told(stage)
        assert "minutes" in told(stage)["to mend"]
        await press(stage, "2", "5", "enter", "ctrl+s")
        assert "minutes = 25\n" in said(path)


async def test_a_rehearsal_lets_look_and_saves_nothing(clock: HandClock, path: Path) -> None:
    app = FacilitateApp(RehearsalDesk(places(), clock), clock, agenda=str(path), builds=True)
    async with app.run_test() as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        await press(stage, "plus", "ctrl+s")
        assert stage.app.notice == REHEARSAL
        assert said(path) == DAY
        assert aside() == []


async def test_an_agenda_that_comes_with_the_program_stays_as_it_is(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitate.__file__", str(path))
    async with building(clock, path, "plus", "ctrl+s") as stage:
        assert "facilitate new --from" in stage.app.notice
        assert said(path) == DAY


# Words of others


@BOTH_SIZES
@pytest.mark.parametrize("theme", ["facilitate-dark", "facilitate-light", "ansi-dark"])
async def test_titles_of_every_kind_keep_their_row_and_are_never_markup(
    clock: HandClock, path: Path, size: tuple[int, int], theme: str
) -> None:
    titles = ["[/fix] [b] [@click=app.exit]x[/]", "👩🏽‍🚀 漢字 " * 20, "שלום עולם", "Z" * 400]
    text = DAY
    for old, new in zip(
        ("Arriving", "Break", "Closing", "Harbour circles"), titles, strict=True
    ):
        text = text.replace(f'title = "{old}"', f'title = "{new}"')
    write(path, text)
    async with building(clock, path, "down", "plus", size=size, theme=theme) as stage:
        assert "[/fix]" in stage.text
        times = [line for line in stage.lines if line[3:8].count(":") == 1]
        assert [line[3:8] for line in times] == [
            "09:00", "09:15", "10:00", "10:15", "10:50", "11:15",
        ]  # fmt: skip
        await stage.click_on("[/fix]")
        assert stage.screens[-1] == "BuildScreen"
        assert marked(stage) == titles[0]
        await stage.press("d", "escape", "t", "escape")


async def test_a_click_marks_a_part_and_the_arrows_move_on_from_there(
    clock: HandClock, path: Path
) -> None:
    async with building(clock, path) as stage:
        await stage.click_on("Weaving it")
        assert marked(stage) == "Weaving it together"
        await stage.press("down")
        assert marked(stage) == "Closing"
        await stage.press("pageup")
        assert screen_of(stage).query_one(OptionList).highlighted == 0
