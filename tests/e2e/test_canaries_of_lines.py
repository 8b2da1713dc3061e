"""Words of whole lives of lines: each is on the screen once, and then nowhere it may not be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.e2e.driving import (
    AGENDA,
    SIZES,
    Program,
    files,
    holding,
    local,
    nothing_but_the_screen_holds,
    nothing_stayed_on_the_terminal,
)

ROOM_ONLY = "quokka of this room"
HALF = "numbat half typed"
STORY = "bilby between us"
TAG = "dunnart"
CONCERN = "potoroo makes it hard to stay"
TALLY = "5x7 4x4 3x2 of 15"
COUNTED = "5: 7, 4: 4, 3: 2"
GIVEN_BACK = "galah given back to the room"
TAKEN = "kookaburra taken back"
NOT_YET = "Wombat Weatherby"
NO_MORE = "Cassowary Clement"

WORDS = [*(text.split()[0] for text in (ROOM_ONLY, HALF, STORY, CONCERN)), TAG]
WORDS += [text.split()[0] for text in (GIVEN_BACK, TAKEN, NOT_YET, NO_MORE)]
CANARIES = [*WORDS, TALLY, COUNTED]
NEVER_WRITTEN = [text.split()[0] for text in (ROOM_ONLY, HALF, NOT_YET)]
APART = [STORY.split()[0], TAG, CONCERN.split()[0]]
"""What lies on this machine while the sitting goes on, where it is handed to nobody."""


class Watched(Program):
    """Notes whatever canary was to be seen in it at any time."""

    def __init__(self, *arguments: str, size: tuple[int, int]) -> None:
        self.betrayed: set[str] = set()
        super().__init__(*arguments, size=size)

    def _look(self) -> None:
        self.betrayed.update(word for word in WORDS if word in self.terminal.text())
        super()._look()


@contextmanager
def side_by_side(size: tuple[int, int]) -> Iterator[tuple[Program, Watched]]:
    """A sitting that just began, and the group's window, open all the while."""
    with Watched("show", size=size) as window, Program("run", AGENDA, size=size) as console:
        window.seen("Nothing is shown yet.")
        console.begin()
        window.seen("Day one: who we are")
        yield console, window


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_is_not_to_stay_is_nowhere_once_it_is_over(size: tuple[int, int]) -> None:
    with side_by_side(size) as (console, window):
        held_in_the_room(console)
        the_group_sees(console, window, "One mic at a time")
        consent_with_a_concern(console)
        taken_back(console)
        a_story_with_a_tag(console)
        given_back_to_the_room(console)
        a_name_without_a_yes(console)
        a_name_with_a_yes_that_is_withdrawn(console)
        the_group_sees(console, window, "We begin on time")
        half_a_line(console)
        while_it_runs_they_lie_where_they_may(console)
        close(console)
        window.seen("Nothing is shown yet.")
        for tty in (console, window):
            tty.press("ctrl+q")
            assert tty.ends() == 0
            assert tty.is_restored()
    assert [word for word in CANARIES if word.encode() not in console.output] == []
    the_record_has_what_the_group_kept()
    nothing_but_the_screen_holds(console, *CANARIES)
    assert counted() == []
    the_window_never_had_them(window)


def the_group_sees(console: Program, window: Program, text: str) -> None:
    """A line read back is in the window; whatever was done before has got there, too."""
    console.capture(f"a: {text}")
    console.seen(f"heard {text}")
    read_back(console, f"proposed {text}")
    window.seen(text)


def read_back(tty: Program, line: str) -> None:
    """Read the line back that has waited longest, which is this one then."""
    tty.press("b")
    tty.seen(line)


def held_in_the_room(tty: Program) -> None:
    tty.capture(f"! {ROOM_ONLY}")
    tty.seen("! not saved", ROOM_ONLY)


def consent_with_a_concern(tty: Program) -> None:
    tty.press("t")
    tty.seen("Consent to A1")
    tty.press("t")
    tty.seen("tally >", "Esc leave")
    tty.press(f"text:{TALLY}")
    tty.seen(f"tally > {TALLY}")
    tty.press("enter")
    tty.seen("A1, round 1: no one below three", f"counted {COUNTED}")
    tty.press("c")
    tty.seen("it goes at the closing.")
    tty.keys(f"text:{CONCERN}", "enter")
    tty.gone("it goes at the closing.")
    tty.seen("concern potoroo", "Noted with A1, until the closing.")
    tty.press("a")
    tty.seen("A1 adopted by consent, round 1.")
    tty.press("escape")
    tty.gone("Consent to A1")


def taken_back(tty: Program) -> None:
    tty.press("space")
    tty.seen("Esc leave")
    tty.keys(f"text:a: {TAKEN}", "enter")
    tty.seen(f"A2 heard {TAKEN}")
    tty.press("ctrl+b")
    tty.seen("A2 taken back.")
    tty.gone(TAKEN)
    tty.back_to_keys()


def a_story_with_a_tag(tty: Program) -> None:
    tty.capture(f"e: {STORY} #{TAG}")
    tty.seen(f"E3 noted {STORY} #{TAG}")


def given_back_to_the_room(tty: Program) -> None:
    """It was on the disk, and is on none any more while the room still has it."""
    tty.capture(f"a: {GIVEN_BACK}")
    tty.seen(f"A4 heard {GIVEN_BACK}")
    tty.soon(lambda: holding("galah") != [], "the line on the disk")
    tty.press("l")
    tty.seen("A4: agreement")
    tty.press("-")
    tty.seen("How far may it travel?", "room only, not saved")
    tty.press("r")
    tty.gone("How far may it travel?", "A4: agreement")
    tty.seen("its words left the disk", "! not saved 2 lines held here")
    assert holding("galah") == []


def a_name_without_a_yes(tty: Program) -> None:
    tty.capture("a: Ouch and oops")
    tty.seen("A5 heard Ouch and oops")
    read_back(tty, "A5 proposed Ouch and oops")
    type_a_name(tty, "A5", NOT_YET)
    tty.press("n")
    tty.gone("Did they say yes")
    tty.seen("asked whether a name may stand there", "What was typed is dropped")
    assert NOT_YET.split()[0] not in tty.words()
    tty.press("escape")
    tty.gone("A5: agreement")


def type_a_name(tty: Program, line: str, name: str) -> None:
    """From the screen with the lines to the question about a yes."""
    tty.press("l")
    tty.seen(f"{line}: ")
    tty.press("y")
    tty.seen(f"Whose words are those of {line}?")
    tty.press("n")
    tty.seen("Which name? It is kept only with their yes.")
    tty.press(f"text:{name}")
    tty.seen(name)
    tty.press("enter")
    tty.seen("Did they say yes, and how far?")


def a_name_with_a_yes_that_is_withdrawn(tty: Program) -> None:
    tty.capture("t: repair = going back")
    tty.seen("T6 heard repair")
    read_back(tty, "T6 working repair")
    type_a_name(tty, "T6", NO_MORE)
    tty.press("c")
    tty.gone("Did they say yes")
    tty.seen(f"{NO_MORE}, with a yes as far as the cohort")
    tty.soon(lambda: holding(NO_MORE) != [], "the name on the disk")
    tty.press("y")
    tty.seen("Whose words are those of T6?")
    tty.press("d")
    tty.gone("Whose words are those of T6?", NO_MORE)
    tty.seen("T6 does not say whose it is any more.")
    tty.press("escape")
    tty.gone("T6: term")


def half_a_line(tty: Program) -> None:
    tty.press("space")
    tty.seen("Esc leave")
    tty.press(f"text:{HALF}")
    tty.seen(f"> {HALF}")


def while_it_runs_they_lie_where_they_may(tty: Program) -> None:
    tty.settle()
    tty.gone("saving")
    assert holding(*NEVER_WRITTEN, "galah") == []
    found = holding(*APART)
    assert {word for word, _ in found} == set(APART)
    found += counted()
    assert counted()
    assert all(Path(path).is_relative_to(local() / "private") for _, path in found)


def counted() -> list[tuple[str, str]]:
    """Everything that tells of counts, and in which file."""
    return holding('"counts"', '"k":"votes.taken"', '"present"')


def close(tty: Program) -> None:
    """The story goes, and so does the question whose words they are."""
    tty.press("ctrl+e")
    tty.seen("The lines at the top wait for a decision", f"E3 {STORY}", "A5 Ouch and oops")
    tty.press("l")
    tty.seen("E3 let go.", "waits for a yes to say whose it is: y")
    tty.press("y")
    tty.seen("May A5 say whose it is?")
    tty.press("d")
    tty.gone("May A5 say whose it is?")
    tty.seen("Enter closes the sitting")
    tty.press("enter")
    tty.seen("Close the sitting and write its record?")
    tty.press("y")
    tty.seen("Closed. The record stands in")


def the_record_has_what_the_group_kept() -> None:
    (page,) = (
        raw.decode() for path, raw in files(local() / "records").items() if path.suffix == ".md"
    )
    kept = ("One mic at a time", "We begin on time", "Ouch and oops", "going back")
    assert all(text in page for text in kept)
    assert "adopted by consent, round 1" in page


def the_window_never_had_them(window: Watched) -> None:
    assert b"One mic at a time" in window.output  # so such words would be found there
    assert [word for word in CANARIES if word.encode() in window.output] == []
    assert window.betrayed == set()
    assert window.copied() == []
    nothing_stayed_on_the_terminal(window, *CANARIES)
