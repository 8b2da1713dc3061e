"""Looking back: the search, one line with its history, what a cohort agreed, the grid."""

import datetime as dt
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.conftest import HandClock
from tests.session.a_year import HARBOUR, MONTHS, day, sitting_of, write_a_year
from tests.session.cohort import line, record
from tests.tui.stage import BOTH_SIZES, DAY, Stage, day_file, staged
from textual.widgets import OptionList

from facilitate.cli.desk import LocalDesk, RehearsalDesk, rehearsal_clock
from facilitate.cli.past import LocalPast
from facilitate.core.refusal import Refused
from facilitate.core.searching import NO_WORDS, Hits, Query
from facilitate.session import erasing, late, library
from facilitate.session.late import LateNotes
from facilitate.session.record_files import WrittenRecord
from facilitate.store.places import Places, places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.screens.archive import MARK_ONE, NOT_FOUND, NOTHING_KEPT, TOO_NARROW
from facilitate.tui.widgets.found_list import FoundList
from facilitate.tui.widgets.history_sheet import HistorySheet

HOSTILE = ("[/fix] [b] [@click=app.exit]x[/]", "👩🏽‍🚀 🏳️‍🌈 漢字", "שלום עולם", "Z" * 400)


@pytest.fixture(autouse=True)
def _no_agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but our own: the first screen reads them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "shipped_agendas", lambda: tmp_path)


@asynccontextmanager
async def searching(clock: HandClock, *keys: str, **options: Any) -> AsyncIterator[Stage]:
    """The archive with a year in it, from the first screen; then some keys."""
    write_a_year()
    async with staged(clock, **options) as stage:
        await stage.press("slash", *keys)
        yield stage


def found(stage: Stage) -> list[str]:
    """What people say of the lines that were found."""
    return [row.name for row in stage.app.screen.query_one(FoundList)._rows]


def beside(stage: Stage) -> str:
    """What stands beside the marked line."""
    sheet = stage.app.screen.query_one(HistorySheet)
    return "\n".join(row.plain for row in sheet._rows(80))


def holding(words: bytes) -> list[str]:
    """Every file of this home that has some words."""
    files = (path for path in places().home.rglob("*") if path.is_file())
    return [str(path) for path in files if words in path.read_bytes()]


def marked(stage: Stage) -> str:
    row = stage.app.screen.query_one(FoundList).marked
    return row.name if row else ""


# Searching


@BOTH_SIZES
async def test_before_anything_is_typed_the_newest_lines_are_there(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, size=size) as stage:
        assert found(stage)[:3] == ["C52", "A3", "C51"]
        assert "22 lines, newest first" in "\n".join(stage.lines[:2])
        assert "A3   in force   One mic, one speaker" in stage.text
        assert "harbour-2026, 12 Dec 2026" in stage.text
        assert stage.screens == ["HomeScreen", "ArchiveScreen"]
        await stage.press("escape")
        assert stage.screens == ["HomeScreen"]


@BOTH_SIZES
async def test_words_find_while_they_are_typed_and_the_marked_line_stands_with_its_history(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, *"repair", size=size) as stage:
        assert set(found(stage)) == {"T10", "A1", "C43", "C49"}
        while marked(stage) != "A1":
            await stage.press("down")
        assert "Repair begins with whoever noticed it" in stage.text
        assert "Mooring circle" in beside(stage)
        assert "may travel to  everyone" in beside(stage)
        await stage.press("up")
        assert marked(stage) != "A1"
        assert stage.half_a_line == "repair"


async def test_fewer_letters_find_more_again_and_the_first_line_is_marked(
    clock: HandClock,
) -> None:
    async with searching(clock, *"mic", "down") as stage:
        assert found(stage) == ["A3"]
        await stage.press("backspace", "backspace", "backspace")
        assert len(found(stage)) == 22
        assert marked(stage) == "C52"


async def test_what_is_not_there_says_what_finds_more(clock: HandClock) -> None:
    async with searching(clock, *"heron") as stage:
        assert NOT_FOUND in stage.text
        assert "nothing found" in stage.lines[0]
        assert found(stage) == []
        await stage.press("enter", "ctrl+o")
        assert MARK_ONE in stage.text
        assert stage.screens[-1] == "ArchiveScreen"


async def test_signs_that_are_no_words_say_that_nothing_can_be_looked_for(
    clock: HandClock,
) -> None:
    async with searching(clock, *"!?") as stage:
        assert NO_WORDS in stage.text
        assert found(stage) == []


async def test_an_empty_archive_says_when_something_comes_into_it(clock: HandClock) -> None:
    async with staged(clock) as stage:
        await stage.press("slash")
        assert NOTHING_KEPT in stage.text
        assert "no lines yet" in stage.lines[0]
        await stage.press("enter", "down", "escape")
        assert stage.screens == ["HomeScreen"]


async def test_from_a_running_sitting_the_slash_searches_and_esc_leads_back(
    clock: HandClock, tmp_path: Path
) -> None:
    write_a_year()
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("slash", *"mic/n?")
        assert stage.half_a_line == "mic/n?"
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.app.state.run is not None
        assert stage.app.state.run.segment == "be"


async def test_a_paste_of_several_lines_is_one_search(clock: HandClock) -> None:
    async with searching(clock) as stage:
        await stage.paste("one\nmic\n")
        assert stage.half_a_line == "one mic"
        assert found(stage) == ["A3"]


@BOTH_SIZES
async def test_a_click_marks_a_line_and_whoever_types_on_still_searches(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, *"repair", size=size) as stage:
        await stage.click_on("A1   in force")
        assert marked(stage) == "A1"
        assert "Mooring circle" in beside(stage)
        await stage.press("space", *"begins")
        assert stage.half_a_line == "repair begins"
        assert found(stage) == ["A1"]
        await stage.click_on("Enter open")
        assert stage.screens[-1] == "PastLineScreen"


# The newest words count


class Slow:
    """Searches only when it is let go on, and remembers what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.may = threading.Semaphore(0)
        search = LocalPast.search

        def slowly(past: LocalPast, query: Query) -> Hits:
            self.asked.append(query.words)
            assert self.may.acquire(timeout=10)
            return search(past, query)

        monkeypatch.setattr(LocalPast, "search", slowly)


async def test_no_key_waits_for_a_search_and_of_all_that_was_typed_meanwhile_the_last_counts(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    slow = Slow(monkeypatch)
    async with staged(clock) as stage:
        await stage.pilot.press("slash")
        await stage.until(lambda: slow.asked == [""])
        await stage.pilot.press(*"mic")
        assert stage.half_a_line == "mic"
        assert slow.asked == [""]
        slow.may.release(2)
        await stage.rest()
        assert slow.asked == ["", "mic"]
        assert found(stage) == ["A3"]


async def test_enter_that_comes_before_what_it_was_meant_for_opens_that(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    slow = Slow(monkeypatch)
    async with staged(clock) as stage:
        await stage.pilot.press("slash")
        await stage.until(lambda: slow.asked == [""])
        await stage.pilot.press(*"leaves", "enter")
        assert stage.screens[-1] == "ArchiveScreen"
        slow.may.release(2)
        await stage.rest()
        assert stage.screens[-1] == "PastLineScreen"
        assert "A4: agreement" in stage.lines[0]


async def test_keys_that_are_all_there_at_once_open_what_they_name(clock: HandClock) -> None:
    async with searching(clock) as stage:
        await stage.burst(*"leaves", "enter")
        assert stage.screens[-1] == "PastLineScreen"
        assert "A4: agreement" in stage.lines[0]


async def test_whoever_goes_on_typing_after_enter_stays_in_the_search(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    slow = Slow(monkeypatch)
    async with staged(clock) as stage:
        await stage.pilot.press("slash")
        await stage.until(lambda: slow.asked == [""])
        await stage.pilot.press(*"mic", "enter", "x")
        slow.may.release(2)
        await stage.rest()
        assert stage.screens[-1] == "ArchiveScreen"


async def test_a_screen_that_was_left_is_not_drawn_when_the_search_is_done(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    slow = Slow(monkeypatch)
    async with staged(clock) as stage:
        await stage.pilot.press("slash")
        await stage.until(lambda: slow.asked == [""])
        await stage.pilot.press("escape")
        slow.may.release()
        await stage.rest()
        assert stage.screens == ["HomeScreen"]


async def test_while_records_are_read_it_says_how_many_and_what_is_typed_stays(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    may = threading.Event()

    def read(_: LocalPast, tell: Callable[[int, int], None]) -> str:
        tell(340, 1000)
        assert may.wait(10)
        return "3 records cannot be read."

    async with staged(clock) as stage:
        monkeypatch.setattr(LocalPast, "read", read)
        await stage.pilot.press("slash", *"mic", "enter")
        await stage.until(lambda: "Reading 1,000 records: 340" in stage.lines[0])
        assert stage.half_a_line == "mic"
        may.set()
        await stage.rest()
        assert stage.screens[-1] == "PastLineScreen"
        assert "3 records cannot be read." in stage.text


async def test_what_the_disk_refuses_is_said_and_the_search_goes_on(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = LocalPast.search

    def refuse(past: LocalPast, query: Query) -> Hits:
        if query.words == "mi":
            raise OSError(5, "Input/output error")
        return search(past, query)

    monkeypatch.setattr(LocalPast, "search", refuse)
    async with searching(clock, *"mi") as stage:
        assert "That did not work: Input/output error. Try again." in stage.text
        await stage.press("c")
        assert found(stage) == ["A3"]


# Narrowing


@pytest.mark.parametrize(
    ("keys", "words", "names"),
    [
        (("k", "t"), "terms", {"T10"}),
        (("k", "q"), "questions", {"Q11"}),
        (("f", "2"), "about policy", {"E12"}),
        (("l",), "with a source", {"A3"}),
    ],
)
async def test_one_key_says_by_what_and_one_to_what(
    clock: HandClock, keys: tuple[str, ...], words: str, names: set[str]
) -> None:
    async with searching(clock, "ctrl+n") as stage:
        assert stage.question == "Narrow by what?"
        await stage.press(*keys)
        assert f" only: {words}" in stage.text
        assert set(found(stage)) == names
        await stage.press("ctrl+l")
        assert len(found(stage)) == 22
        assert "only:" not in stage.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("s", "in force", "in force"),
        ("c", "mooring-2026", "cohort mooring-2026"),
        ("p", "harbour-circles", "programme harbour-circles"),
    ],
)
async def test_what_only_the_archive_knows_is_offered_as_it_is(
    clock: HandClock, field: str, value: str, words: str
) -> None:
    async with searching(clock, "ctrl+n", field) as stage:
        options = stage.app.screen.query_one(OptionList)
        listed = [
            str(options.get_option_at_index(n).prompt) for n in range(options.option_count)
        ]
        place = next(n for n, one in enumerate(listed) if one[3:] == value)
        await stage.press(*["down"] * place, "enter")
        assert f" only: {words}" in stage.text
        assert 0 < len(found(stage)) < 22


async def test_a_day_is_asked_for_and_what_is_no_day_is_said(clock: HandClock) -> None:
    async with searching(clock, "ctrl+n", "d", "d", *"soon", "enter") as stage:
        assert "Write the day like 2026-11-22." in stage.text
        await stage.press("ctrl+n", "d", "d", *"2026-12-01", "enter")
        assert " only: since 01 Dec 2026" in stage.text
        assert set(found(stage)) == {"A3", "C52"}
        await stage.press("ctrl+n", "d")
        assert stage.question == "Since when? Now: 01 Dec 2026."
        await stage.press("x")
        assert len(found(stage)) == 22


async def test_months_count_back_from_the_clock(clock: HandClock) -> None:
    async with searching(clock, "ctrl+n", "d", "6") as stage:  # on 12 September
        assert " only: since 14 Mar 2026" in stage.text
        assert "C43" not in found(stage)


async def test_narrowings_hold_together_with_the_words_and_one_can_be_any_again(
    clock: HandClock,
) -> None:
    async with searching(clock, *"repair", "ctrl+n", "k", "a") as stage:
        assert found(stage) == ["A1"]
        await stage.press("ctrl+n", "l")
        assert " only: agreements · with a source" in stage.text
        assert TOO_NARROW in stage.text
        await stage.press("ctrl+n", "l", "ctrl+n", "k", "x")
        assert "only:" not in stage.text
        assert set(found(stage)) == {"T10", "A1", "C43", "C49"}
        await stage.press("ctrl+n", "escape")
        assert stage.half_a_line == "repair"


async def test_where_there_is_nothing_to_choose_it_says_so(clock: HandClock) -> None:
    async with staged(clock) as stage:
        await stage.press("slash", "ctrl+n", "p")
        assert "No line here has a programme." in stage.text
        assert stage.screens[-1] == "ArchiveScreen"


# One line


@BOTH_SIZES
async def test_enter_opens_the_whole_history_of_a_line(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, *"mic", "enter", size=size) as stage:
        head = " ".join(stage.lines[:2])
        assert "A3: agreement, harbour-2026" in head
        assert "in force, adopted by consent, round 2, 12 Jun 2026" in head
        told = beside(stage)
        places = [
            told.index(words)
            for words in (
                "One mic, one speaker, and we wait a breath",
                "stands on      the elders' circle",
                "may travel to  everyone",
                "12 Feb 2026  How we want to be",
                "words          One mic, one speaker\n",
                "adopted by consent, round 1, 12 Feb 2026",
                "what it looks like on a hard afternoon",
                "12 Jun 2026  Halfway",
                "One mic, one speaker, and we wait a breath",
                "12 Dec 2026  Looking back",
                "the same words",
                "re-affirmed",
            )
        ]
        assert sorted(places[:6]) == places[:6]
        assert sorted(places[9:]) == places[9:]
        await stage.press("escape")
        assert stage.screens[-1] == "ArchiveScreen"
        assert stage.half_a_line == "mic"


async def test_a_term_is_followed_from_part_one_to_part_two(clock: HandClock) -> None:
    async with searching(clock, *"repair sorry", "enter") as stage:
        assert "T10: term, harbour-2026" in stage.lines[0]
        one = stage.text.index("12 Mar 2026    part 1: saying sorry  (T10 working)")
        two = stage.text.index("part 2: going back to someone, and staying  (T10 shared)")
        assert one < two


async def test_the_record_of_one_of_its_sittings_can_be_read_from_a_line(
    clock: HandClock,
) -> None:
    async with searching(clock, *"mic", "enter", "r") as stage:
        assert stage.question == "The record of which sitting?"
        assert "12 Feb 2026, How we want to be" in stage.text
        await stage.press("3")
        assert stage.screens[-1] == "RecordScreen"
        assert "How we want to be" in stage.text
        await stage.press("escape", "escape", "escape")
        assert stage.screens == ["HomeScreen", "ArchiveScreen"][:1] + stage.screens[1:]


async def test_a_line_of_one_sitting_leads_to_its_record_at_once(clock: HandClock) -> None:
    async with searching(clock, *"leaves", "enter", "r") as stage:
        assert stage.screens[-1] == "RecordScreen"
        await stage.press("escape")
        assert stage.screens[-1] == "PastLineScreen"


async def test_a_line_that_went_meanwhile_is_said_to_be_gone(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with searching(clock, *"mic") as stage:
        monkeypatch.setattr(LocalPast, "line", lambda *_: None)
        await stage.press("enter")
        assert "A3 is not in the archive any more." in stage.text
        await stage.press("r", "a", "g", "escape")
        assert stage.screens[-1] == "ArchiveScreen"


# Taking back


@BOTH_SIZES
async def test_a_line_is_taken_back_for_good_after_a_plain_question(
    clock: HandClock, size: tuple[int, int]
) -> None:
    record("n", line("A77", "CANARY of the heron"), date=day(11), subtitle="Later")
    async with searching(clock, *"canary", "enter", "X", size=size) as stage:
        assert stage.question.startswith("Take A77 back for good? It leaves the notes,")
        assert "cannot be undone" in stage.question
        assert "out of reach" in stage.question
        assert "y  Take it back for good" in stage.text
        await stage.press("escape")
        assert holding(b"CANARY") != []
        await stage.press("X", "y")
        assert holding(b"CANARY") == []
        page = " ".join(stage.text.split())
        assert "Taken back: A77" in page
        assert "A77: 0 lines of notes are emptied, 1 record is written without it." in page
        assert "what was printed, sent or copied: ask for it back" in page
        await stage.press("escape")
        assert stage.screens == ["HomeScreen", "ArchiveScreen"]
        assert stage.half_a_line == "canary"
        assert found(stage) == []
        await stage.press(*["backspace"] * 6)
        assert len(found(stage)) == 22


async def test_the_page_names_what_was_handed_on_of_a_line_that_was_taken_back(
    clock: HandClock,
) -> None:
    write_a_year()
    async with staged(clock) as stage:
        await stage.press("end", "D", "down", "down", "enter")
        assert "It stands in" in stage.text
        await stage.press("escape", "slash", *"arriving table", "enter", "X", "y")
        page = " ".join(stage.text.split())
        assert "Ask for these back, wherever they went; they held it:" in page
        assert "short lines for a chat or a mail (txt), cohort:" in page
        assert [p.name for p in places().exports.rglob("*.txt")] == []


async def test_a_line_of_a_sitting_that_is_held_is_not_taken_back(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise Refused("A sitting that has A3 is held now.")

    monkeypatch.setattr(erasing, "check_free", held)
    async with searching(clock, *"mic", "enter", "X") as stage:
        assert "A sitting that has A3 is held now." in stage.text
        assert stage.screens[-1] == "PastLineScreen"


async def test_a_rehearsal_takes_nothing_back(clock: HandClock, tmp_path: Path) -> None:
    write_a_year()
    agenda = day_file(tmp_path)
    steady = rehearsal_clock(str(agenda), None, 0, clock)
    app = FacilitateApp(RehearsalDesk(places(), steady), steady, agenda=str(agenda))
    async with app.run_test(size=(100, 30)) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        await stage.start()
        await stage.press("slash", *"mic", "enter", "X")
        assert (
            "This is a rehearsal. Start without --rehearse to take a line back." in stage.text
        )
        assert stage.screens[-1] == "PastLineScreen"


# A cohort


@BOTH_SIZES
async def test_what_is_in_force_in_the_cohort_of_the_marked_line(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, *"mic", "ctrl+o", size=size) as stage:
        assert f"In force: {HARBOUR}" in stage.lines[0]
        assert "2 agreements" in " ".join(stage.lines[:2])
        assert "adopted by consent, round 2, 12 Jun 2026" in stage.text
        assert "What is said here stays; what is learned leaves" in stage.text
        assert "Cameras" not in stage.text
        await stage.press("down", "enter")
        assert "A4: agreement" in stage.lines[0]
        await stage.press("a")
        assert stage.screens[-1] == "InForceScreen"


async def test_a_cohort_without_agreements_says_so(clock: HandClock) -> None:
    record("q", line("Q1", "Who rows?"), cohort="reed")
    async with staged(clock) as stage:
        await stage.press("slash", "ctrl+o")
        assert "Nothing is in force in this cohort" in stage.text
        await stage.press("enter", "escape")
        assert stage.screens[-1] == "ArchiveScreen"


@BOTH_SIZES
async def test_the_grid_shows_the_examples_and_where_none_is_yet(
    clock: HandClock, size: tuple[int, int]
) -> None:
    async with searching(clock, *"mic", "ctrl+g", size=size) as stage:
        assert f"Integration grid: {HARBOUR}" in stage.lines[0]
        assert "2 frameworks, 4 places without an example yet" in " ".join(stage.lines[:2])
        assert "F6 circle of care" in stage.text
        assert stage.text.count("no example yet") == 4
        words = " ".join(stage.text.split())
        assert "E12 The intake form" in words
        assert "E13 A supervisor opens" in words
        await stage.press("escape")
        assert stage.screens[-1] == "ArchiveScreen"


async def test_the_grid_of_a_sitting_shows_what_was_just_written_beside_earlier_lines(
    clock: HandClock, tmp_path: Path
) -> None:
    write_a_year()
    agenda = DAY.replace("[session]", f'[session]\ncohort = "{HARBOUR}"', 1)
    async with staged(clock, day_file(tmp_path, agenda)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("f: mending = by hand")
        await stage.write("e: nobody rows alone #practice")
        await stage.press("G")
        assert "3 frameworks, 7 places without an example yet" in stage.lines[0]
        assert "F53 mending" in stage.text
        assert "E13 A supervisor opens" in " ".join(stage.text.split())
        assert "Belong to no framework yet" in stage.text
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]


async def test_without_frameworks_the_grid_says_how_one_is_written(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("G")
        assert "no frameworks yet" in stage.lines[0]
        assert "On the capture line f: makes one" in stage.text


# People's words


@BOTH_SIZES
async def test_words_of_every_kind_stand_as_they_are_and_move_nothing(
    clock: HandClock, size: tuple[int, int]
) -> None:
    record(
        "a",
        *(line(f"A{n}", text, lineage=text[:60]) for n, text in enumerate(HOSTILE, 1)),
        *(line(f"T{n}", f"{text} = {text}") for n, text in enumerate(HOSTILE, 11)),
        line("E20", "[b]", facet="policy", tags=("[/x]",), belongs_with="[/y]"),
        cohort="[/harbour] שלום", programme="[b]",
    )  # fmt: skip
    async with staged(clock, size=size) as stage:
        await stage.press("slash", "ctrl+n", "c", "1")
        shape = [str(widget.region) for widget in stage.app.screen.query("*")]
        for _ in range(9):
            assert all(cell_len(row) <= size[0] for row in stage.lines)
            await stage.press("down")
            assert [str(w.region) for w in stage.app.screen.query("FoundList,#beside")] == [
                str(w.region) for w in stage.app.screen.query("FoundList,#beside")
            ]
        assert shape[:3] == [str(w.region) for w in stage.app.screen.query("*")][:3]
        for key in ("enter", "a", "escape", "g"):
            await stage.press(key)
            assert all(cell_len(row) <= size[0] for row in stage.lines)
        assert stage.app.is_running


async def test_brackets_in_the_search_are_letters(clock: HandClock) -> None:
    async with searching(clock, *"[/fix] [b", "enter", "ctrl+n", "escape") as stage:
        assert stage.half_a_line == "[/fix] [b"
        assert stage.screens[-1] == "ArchiveScreen"


async def test_words_in_the_search_reach_no_clipboard(clock: HandClock) -> None:
    async with searching(clock, *"mic", "ctrl+a", "ctrl+c", "ctrl+x") as stage:
        assert stage.half_a_line == "mic"
        assert stage.app.clipboard == ""


# Home


async def test_agendas_can_be_opened_while_many_records_are_read(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    agenda, may, read = day_file(tmp_path), threading.Event(), LocalPast.read

    def slowly(past: LocalPast, tell: Callable[[int, int], None]) -> str:
        tell(340, 1000)
        assert may.wait(10)
        return read(past, tell)

    monkeypatch.setattr(LocalPast, "read", slowly)
    app = FacilitateApp(LocalDesk(places(), clock), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.until(lambda: "Reading 1,000 records: 340" in stage.text)
        assert "Day one: arriving" in stage.text
        assert "Looking back" not in stage.text
        await stage.pilot.press("end")
        may.set()
        await stage.rest()
        assert "Reading" not in stage.text
        assert "Looking back" in stage.text
        await stage.press("enter")
        assert stage.screens == ["BeforeScreen"]
    assert agenda.exists()


async def test_a_record_that_cannot_be_read_and_late_notes_are_told_in_plain_words(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_year()
    (places().records / "2026" / sitting_of(7) / "record.toml").write_text("record = [")
    notes = LateNotes(
        sitting=sitting_of(2), title="How [we]", date=day(2), count=1, names=("A77",),
        waiting=("L9",),
    )  # fmt: skip
    waits = LateNotes(
        sitting=sitting_of(3), title="Repair", date=day(3), count=0, names=(), waiting=("L8",)
    )
    monkeypatch.setattr(late, "late_notes", lambda _: (notes, waits))
    taken: list[str] = []

    def take_in(_: Places, sitting: str, now: dt.datetime) -> WrittenRecord:
        taken.append(sitting)
        return WrittenRecord(folder=places().records, revision=2)

    monkeypatch.setattr(late, "take_in", take_in)
    async with staged(clock, size=(100, 40)) as stage:
        words = "1 record cannot be read; facilitate archive list says more."
        assert stage.text.count(words) == 2  # its row, and the line that is always there
        assert (
            "Late notes: How [we], 12 Feb 2026  not in its record: A77; waiting" in stage.text
        )
        assert "Late notes: Repair, 12 Mar 2026  waiting for a decision, and left" in stage.text
        await stage.press("home", "enter")
        question = "Write the late notes into the record of How [we]? They are about A77."
        assert stage.question == question
        await stage.press("y")
        assert taken == [sitting_of(2)]
        assert "Its record has the late notes now. It stands in" in stage.text
        assert stage.screens == ["HomeScreen"]


async def test_past_sittings_stand_newest_first_and_twenty_of_them(clock: HandClock) -> None:
    for month in range(1, 13):
        record(f"m{month}", date=day(month), subtitle=f"Sitting {month}")
        record(f"n{month}", date=day(month).replace(day=20), subtitle=f"Other {month}")
    async with staged(clock, size=(100, 60)) as stage:
        assert stage.text.count(" lines kept") == 20
        assert "Other 12" in stage.text
        assert "Sitting 2 " not in stage.text
        assert "and 4 earlier; / searches them all" in stage.text


async def test_a_past_sitting_opens_its_record(clock: HandClock) -> None:
    write_a_year()
    async with staged(clock) as stage:
        await stage.press("end", "enter")
        assert stage.screens == ["HomeScreen", "RecordScreen"]
        assert MONTHS[0].capitalize() in stage.text
        await stage.press("q")
        assert stage.screens == ["HomeScreen"]
