"""Handing on what a group made: seen first, written with Enter, and nothing by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.session.a_year import HARBOUR, write_a_year
from tests.session.cohort import line, record
from tests.tui.stage import BOTH_SIZES, DAY, Stage, day_file, staged
from textual.widgets import Static

from facilitate.cli.desk import LocalDesk, RehearsalDesk, rehearsal_clock
from facilitate.core.sharing import FORMS
from facilitate.session import library
from facilitate.session.exported import exported
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.past import NO_SITTING, REHEARSAL
from facilitate.tui.screens.home import MARK_PAST
from facilitate.tui.screens.sharing import LOOKING

HOSTILE = ("[/fix] [b] [@click=app.exit]x[/]", "👩🏽‍🚀 🏳️‍🌈 漢字", "שלום עולם", "Z" * 400)


@pytest.fixture(autouse=True)
def _no_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but our own: the first screen reads them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)


@asynccontextmanager
async def sharing(clock: HandClock, **options: Any) -> AsyncIterator[Stage]:
    """The hand-outs of the year, as of its last sitting."""
    write_a_year()
    async with staged(clock, **options) as stage:
        await mark_past(stage, "Looking back")
        await stage.press("D")
        yield stage


async def mark_past(stage: Stage, title: str) -> None:
    """Mark a past sitting on the first screen."""
    rows = stage.app.screen._rows  # type: ignore[attr-defined]
    place = next(n for n, row in enumerate(rows) if row.content.plain.startswith(f" {title}"))
    stage.app.screen.query_one("SteadyList").highlighted = place  # type: ignore[attr-defined]
    await stage.rest()


async def mark(stage: Stage, form: str) -> None:
    """Mark a form."""
    await stage.press("home", *["down"] * list(FORMS).index(form))  # type: ignore[arg-type]


def preview(stage: Stage) -> str:
    """What stands beside the forms."""
    return str(stage.app.screen.query_one("#preview", Static).content)


def written() -> dict[str, bytes]:
    """Every file that was handed on, by its name."""
    files = places().exports.rglob("*")
    return {p.name: p.read_bytes() for p in files if p.is_file() and p != places().export_list}


@BOTH_SIZES
async def test_every_form_stands_there_with_what_it_is_and_for_whom(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with sharing(clock, size=size) as stage:
        for rules in FORMS.values():
            assert f"{rules.name:<9}{rules.ending:<6}{rules.holds}" in stage.text
        assert written() == {}


@BOTH_SIZES
async def test_the_marked_form_shows_what_is_in_it_how_far_it_goes_and_what_stays_behind(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with sharing(clock, size=size) as stage:
        assert "for the cohort" in " ".join(stage.lines[:2])
        told = preview(stage)
        assert "A page for the group: Looking back (2026-12-12)" in told
        assert "lines, for the cohort." in told
        assert "A3   One mic, one speaker, and we wait a breath" in told
        await mark(stage, "csv")
        assert "for everyone" in " ".join(stage.lines[:2])
        told = preview(stage)
        assert "1 line, for everyone." in told
        assert "19 lines are not allowed to travel that far: " in told
        assert "A4   " not in told


async def test_one_key_changes_for_whom_and_only_of_the_marked_form(clock: HandClock) -> None:
    async with sharing(clock) as stage:
        assert "A4   " in preview(stage)
        await stage.press("w")
        assert "for the cohort and its team" in stage.lines[0]
        await stage.press("w")
        assert "for everyone" in stage.lines[0]
        assert "A4   " not in preview(stage)
        await stage.press("down")
        assert "for the cohort " in stage.lines[0]
        await stage.press("up")
        assert "for everyone" in stage.lines[0]
        await stage.press("w")
        assert "for the cohort " in stage.lines[0]
        assert "A4   " in preview(stage)


async def test_enter_writes_what_was_seen_and_says_where_it_stands(clock: HandClock) -> None:
    async with sharing(clock) as stage:
        await mark(stage, "txt")
        await stage.press("enter")
        ((name, content),) = written().items()
        assert name.endswith("-lines.txt")
        assert "One mic, one speaker, and we wait a breath" in content.decode()
        assert name in "".join(stage.text.split())
        assert "It stands in" in stage.text
        (listed,) = exported(places()).exports
        assert (listed.form, listed.ring, listed.sitting) == ("txt", "cohort", "2026-12-12-m12")
        assert stage.app.clipboard == ""
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]


async def test_what_goes_to_everyone_holds_nothing_narrower(clock: HandClock) -> None:
    async with sharing(clock) as stage:
        await mark(stage, "txt")
        await stage.press("w", "w", "enter")
        (content,) = written().values()
        assert "One mic" in content.decode()
        assert "What is said here stays" not in content.decode()
        assert exported(places()).exports[0].ring == "public"


async def test_what_would_be_empty_is_not_written_and_says_why(clock: HandClock) -> None:
    record("q", line("Q1", "Who rows?"), subtitle="Looking back", cohort="reed")
    async with staged(clock) as stage:
        await mark_past(stage, "Looking back")
        await stage.press("D", "enter")
        nothing = "There is no agreement, term or framework to hand on yet."
        assert stage.text.count(nothing.partition(",")[0]) == 2  # beside, and as the last word
        assert written() == {}
        await stage.press("down")
        assert stage.text.count(nothing.partition(",")[0]) == 1  # of that other form alone
        await mark(stage, "csv")
        assert "w: for the cohort there would be something." in preview(stage)


async def test_an_empty_archive_has_nothing_to_mark(clock: HandClock) -> None:
    async with staged(clock) as stage:
        await stage.press("D")
        assert MARK_PAST in stage.text
        stage.app.past.hand_out_here()
        await stage.rest()
        assert NO_SITTING in stage.text
        assert stage.screens == ["HomeScreen"]


# From elsewhere


async def test_a_sitting_that_goes_on_hands_on_what_it_made_so_far(
    clock: HandClock, tmp_path: Path
) -> None:
    write_a_year()
    agenda = DAY.replace("[session]", f'[session]\ncohort = "{HARBOUR}"', 1)
    async with staged(clock, day_file(tmp_path, agenda)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("a: We begin with the tide")
        await stage.write("l: a story that waits")
        await stage.press("D")
        await mark(stage, "txt")
        assert "We begin with the tide" in preview(stage)
        assert "wait" in preview(stage)
        assert "a story" not in preview(stage)
        await stage.press("enter")
        (content,) = written().values()
        assert "We begin with the tide" in content.decode()
        assert "a story" not in content.decode()
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.app.state.closed_at is None


async def test_the_record_of_a_past_sitting_leads_to_its_hand_outs(clock: HandClock) -> None:
    write_a_year()
    async with staged(clock) as stage:
        await mark_past(stage, "Halfway")
        await stage.press("enter", "D")
        assert stage.screens == ["HomeScreen", "RecordScreen", "SharingScreen"]
        assert "A page for the group: Halfway (2026-06-12)" in preview(stage)
        await stage.press("escape")
        assert stage.screens == ["HomeScreen", "RecordScreen"]


async def test_what_a_cohort_agreed_leads_to_the_hand_outs_of_its_latest_sitting(
    clock: HandClock,
) -> None:
    write_a_year()
    async with staged(clock) as stage:
        await stage.press("slash", *"mic", "ctrl+o", "D")
        assert stage.screens[-1] == "SharingScreen"
        assert "A page for the group: Looking back (2026-12-12)" in preview(stage)


async def test_a_rehearsal_hands_on_nothing(clock: HandClock, tmp_path: Path) -> None:
    write_a_year()
    agenda = day_file(tmp_path)
    steady = rehearsal_clock(str(agenda), None, 0, clock)
    app = FacilitateApp(RehearsalDesk(places(), steady), steady, agenda=str(agenda))
    async with app.run_test(size=(100, 30)) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        await stage.start()
        await stage.press("D")
        assert REHEARSAL in stage.text
        assert stage.screens == ["RunScreen"]
        app.past.hand_out("2026-12-12-m12")
        await stage.rest()
        await stage.press("enter")
        assert "This is a rehearsal. Start without --rehearse" in stage.text
        assert written() == {}


# When it does not work


async def test_a_disk_that_refuses_is_said_and_nothing_claims_to_stand_anywhere(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LocalDesk, "hand_on", refuse)
    async with sharing(clock) as stage:
        await stage.press("enter")
        assert "That did not work: No space left on device. Try again." in stage.text
        assert "It stands in" not in stage.text


async def test_a_record_that_went_meanwhile_is_said_to_be_gone(clock: HandClock) -> None:
    async with sharing(clock) as stage:
        stage.app.past.hand_out("2026-12-12-gone")
        await stage.rest()
        assert "The record of this sitting is not here any more." in stage.text
        assert LOOKING not in stage.text
        await stage.press("enter")
        assert written() == {}


@BOTH_SIZES
async def test_words_of_every_kind_stand_as_they_are_and_move_nothing(
    clock: HandClock, size: tuple[int, int]
) -> None:
    lines = (line(f"A{n}", text) for n, text in enumerate(HOSTILE, 1))
    record("a", *lines, cohort="reed", subtitle="Looking back")
    async with staged(clock, size=size) as stage:
        await mark_past(stage, "Looking back")
        await stage.press("D")
        assert all(words in preview(stage) for words in HOSTILE)
        for _ in FORMS:
            assert all(cell_len(row) <= size[0] for row in stage.lines)
            await stage.press("down")
        await mark(stage, "md")
        await stage.press("enter")
        assert "It stands in" in stage.text
