"""A year later: a sentence is found, its history read, a word followed, a page handed on."""

from __future__ import annotations

import pytest
from tests.e2e.driving import SIZES, Program, files, local
from tests.session.a_year import HARBOUR, write_a_year
from tests.session.cohort import line, record


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_year_is_searched_a_line_and_a_term_are_followed_and_a_page_is_handed_on(
    size: tuple[int, int],
) -> None:
    write_a_year()
    with Program(size=size) as tty:
        tty.seen("Go on with", "/ search")
        tty.press("/")
        tty.seen("search >", "22 lines, newest first", "A3 in force")
        an_agreement_with_its_whole_history(tty)
        a_term_from_part_one_to_part_two(tty)
        only_what_one_cohort_agreed(tty)
        the_hand_out_of_the_year(tty)
        for _ in range(3):
            tty.press("escape")
        tty.seen("Go on with", "/ search")
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
        assert tty.copied() == []
    (page,) = (
        raw for path, raw in files(local() / "exports").items() if path.suffix == ".html"
    )
    words = page.decode()
    assert "One mic, one speaker, and we wait a breath" in words
    assert "the elders&#x27; circle" in words or "the elders' circle" in words
    assert "Cameras are on" not in words
    assert "Repair begins with whoever noticed it" not in words


def an_agreement_with_its_whole_history(tty: Program) -> None:
    tty.keys("text:mic")
    tty.seen("1 line", "A3, in force, adopted by consent")
    tty.press("enter")
    tty.seen("A3: agreement, harbour-2026", "12 Feb 2026 How we want to be")
    tty.seen("stands on the elders' circle", "may travel to everyone")
    tty.keys("end")
    tty.seen("12 Dec 2026 Looking back", "the same words", "re-affirmed")
    tty.press("escape")
    tty.seen("search > mic")


def a_term_from_part_one_to_part_two(tty: Program) -> None:
    tty.keys("backspace", "backspace", "backspace", "text:sorry", "enter")
    tty.seen("T10: term", "What it meant, sitting by sitting")
    tty.seen("12 Mar 2026 part 1: saying sorry", "12 Sep 2026 part 2: going back to someone")
    tty.press("escape")
    tty.seen("search > sorry")


def only_what_one_cohort_agreed(tty: Program) -> None:
    tty.keys(*["backspace"] * 5, "ctrl+n")
    tty.seen("Narrow by what?")
    tty.press("k")
    tty.seen("Which kind?")
    tty.press("a")
    tty.seen("only: agreements", "4 lines, newest first")
    tty.keys("text:breath")
    tty.seen("1 line")
    tty.press("ctrl+o")
    tty.seen(f"In force: {HARBOUR}", "2 agreements")


def the_hand_out_of_the_year(tty: Program) -> None:
    tty.press("D")
    tty.seen("Hand-outs", "A page for the group: Looking back", "5 lines, for the cohort.")
    assert files(local() / "exports") == {}
    tty.press("down")
    tty.seen("A page for the group, to print:")
    tty.press("enter")
    tty.seen("It stands in")


def test_records_beyond_one_glance_are_read_while_someone_types_and_a_damaged_one_is_said() -> (
    None
):
    for number in range(60):
        record(f"s{number}", line(f"A{number + 1}", f"The heron waits, {number}"))
    (local() / "records" / "2026" / "2026-09-12-s7" / "record.toml").write_text("record = [")
    with Program() as tty:
        tty.seen("To know", "1 record cannot be read", "/ search")
        tty.keys("/", "text:heron", "enter")
        tty.seen("agreement, harbour-2026", "The heron waits")
        tty.press("escape")
        tty.seen("search > heron", "the best 50 lines")
        tty.press("escape")
        tty.seen("To know")
        tty.press("ctrl+q")
        assert tty.ends() == 0
