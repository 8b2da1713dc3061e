"""A rehearsal in a real terminal: the home folder is afterwards what it was before."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.e2e.driving import AGENDA, SIZES, Program, holding, local

from facilitate.store.places import places

CANARY = "quokka only rehearsed"


def everything() -> dict[Path, bytes | None]:
    """Every file with its content, and every folder.

    But the archive's index: it is made again out of records whenever they are looked at.
    """
    index = places().index.parent
    paths = (p for p in sorted(local().parent.rglob("*")) if index not in (p, *p.parents))
    return {path: path.read_bytes() if path.is_file() else None for path in paths}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_rehearsal_leaves_the_home_folder_byte_for_byte_as_it_was(
    size: tuple[int, int],
) -> None:
    a_sitting_in_earnest(size)
    before = everything()
    with Program("run", AGENDA, "--rehearse", "--speed", "0", size=size) as tty:
        tty.seen("rehearsal · Day one", "09:00", "starts 09:00, now")
        tty.press("o")
        tty.seen("doors open since 09:00")
        tty.press("space")
        tty.seen("[x]")
        tty.begin()
        tty.capture(f"l: {CANARY}")
        tty.press("C")
        tty.seen("This is a rehearsal; the post was not saved.")
        tty.press("0")
        tty.seen("about 10 min left")
        tty.next_part("now > Someone who stands")
        tty.press("ctrl+e")
        tty.seen(CANARY)
        tty.press("k")
        tty.seen("Enter ends the rehearsal")
        tty.press("enter")
        tty.seen("Nothing of it is kept.")
        tty.press("y")
        tty.seen("The rehearsal is over; nothing of it was kept.", "Go on with")
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    assert everything() == before
    assert holding(CANARY) == []


def a_sitting_in_earnest(size: tuple[int, int]) -> None:
    """A past record, and answers to the questions for afterwards."""
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.capture("a: One mic")
        tty.press("ctrl+e")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("Close the sitting and write its record?")
        tty.press("y")
        tty.seen("30 min for this", "How are we, each of us")
        tty.keys("text:tired", "ctrl+s")
        tty.seen("The answers stand in", "Go on with")
        tty.say_how_long()
        tty.press("ctrl+q")
        assert tty.ends() == 0
    assert {path.name for path in everything()} >= {"record.toml", "debrief.toml"}
