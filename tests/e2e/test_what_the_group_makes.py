"""What a group makes, from the first word to the record, with the keys that people press."""

from __future__ import annotations

import pytest
from tests.e2e.driving import AGENDA, SIZES, Program, files, holding, local

TWELVE = (
    "One mic, one speaker",
    "a: What's said here stays; what's learned leaves <- the elders' circle",
    "a: Ouch and oops: no need to explain",
    "t: repair = going back to someone",
    "t: parallel process = how we are together echoes in how they are with the baby",
    "f: circle of security = a safe base and a way back",
    "e: a supervisor opens with two minutes of arrival #leadership",
    "e: the intake form asks who counts as family #policy",
    "c: bring these to my Tuesday team @home-visiting >part2",
    "p: write first, then speak",
    "q: who holds the supervisor? >next",
    "q: where do interpreters rest?",
)
NAMES = ("A1", "A2", "A3", "T4", "T5", "F6", "E7", "E8", "C9", "P10", "Q11", "Q12")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_twelve_lines_are_caught_and_one_is_adopted_in_its_second_round(
    size: tuple[int, int],
) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.next_part("Hear every voice early")
        tty.next_part("Make agreements this group would actually use")
        twelve_lines_without_leaving_the_screen(tty)
        first_round(tty)
        second_round(tty)
        harvest(tty)
        tty.press("ctrl+q")
        assert tty.ends() == 0
    the_record_tells_it_without_counts_and_names()


def twelve_lines_without_leaving_the_screen(tty: Program) -> None:
    tty.press("space")
    tty.seen("What this notebook keeps")
    tty.tell()
    for line, name in zip(TWELVE, NAMES, strict=True):
        tty.keys(f"text:{line}", "enter")
        tty.seen(f"{name} ")
        assert "Esc leave" in tty.words()  # still in the capture line
    tty.back_to_keys()


def first_round(tty: Program) -> None:
    """One in thirteen is below three: heard first, and the words change."""
    tty.press("b")
    tty.seen("A1 proposed: One mic, one speaker")
    tty.press("t")
    tty.seen("Consent to A1", "One mic, one speaker")
    tty.press("t")
    tty.seen("tally >", "Esc leave")
    tty.keys("text:5x9 4x3 2", "enter")
    tty.seen("A1, round 1: one below three: hear them first.")
    tty.press("w")
    tty.seen("One mic, one speaker", "Esc goes back")
    tty.keys("text:, and we wait a breath", "enter")
    tty.seen("Does it still mean the same?")
    tty.press("m")
    tty.gone("Does it still mean the same?")
    tty.seen("Consent to A1", "and we wait a breath", "proposed")


def second_round(tty: Program) -> None:
    tty.press("t")
    tty.seen("tested, round 2", "Esc leave")
    tty.keys("text:5x10 4x3", "enter")
    tty.seen("A1, round 2: no one below three.")
    tty.press("a")
    tty.seen("A1 adopted by consent, round 2.", "in force")
    tty.press("escape")
    tty.gone("Consent to A1")


def harvest(tty: Program) -> None:
    """One example is kept, the other one let go."""
    tty.press("ctrl+e")
    tty.seen("E7", "E8", "k keep")
    tty.press("k")
    tty.seen("E7 travels with the cohort.")
    tty.press("l")
    tty.seen("E8 let go.")
    tty.press("enter")
    tty.seen("enter the record")
    tty.press("y")
    tty.seen("Closed. The record stands in")


def the_record_tells_it_without_counts_and_names() -> None:
    page = next(
        raw.decode() for path, raw in files(local() / "records").items() if path.suffix == ".md"
    )
    adopted = next(line for line in page.splitlines() if "wait a breath" in line)
    assert "adopted by consent, round 2" in adopted
    kept = [line for line in TWELVE if "intake form" not in line]
    assert all(line.split(": ", 1)[-1].split(" ")[0] in page for line in kept)
    assert holding("5x9", "below three", "intake form") == []
    counts = (b'"counts"', b'"k":"votes.taken"', b'"present"')
    assert not [path for path, raw in files().items() for word in counts if word in raw]
