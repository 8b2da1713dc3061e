"""A late day gone through with a clock of its own: fitted, interrupted, and closed on time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.driving import ROOT, SIZES, Program, files

AGENDA = ROOT / "agendas" / "iecmh-07-parent-child-part-1.toml"
STEPS = ((10, "0"), (5, "5"), (1, "1"))
"""Minutes that a key puts the clock forward."""
SECONDS = re.compile(r"\d\d:\d\d:\d\d|\b\d+ ?(?:s|sec|seconds)\b")
IN_A_ROUND = re.compile(r"round \d of \d, \d\d? s left")
COLOUR = re.compile(rb"[34]8;(?:5;\d+|2;\d+;\d+;\d+)")
STYLE = re.compile(rb"\x1b\[([\d;]*)m")
BLINKS = {b"5", b"6"}


class Rehearsal(Program):
    """The program with a clock that stands still until a key moves it."""

    def until(self, condition: Callable[[], bool], *words: str, timeout: float = 10.0) -> None:
        """Wait as ever; no screen counts seconds at people but the end of a round."""
        super().until(condition, *words, timeout=timeout)
        text = " ".join(self.terminal.text().split())  # frames part what stands side by side
        shown = IN_A_ROUND.sub("", text)
        assert not SECONDS.search(shown), shown

    def forward(self, count: int) -> None:
        """Put the clock forward by so many minutes."""
        for minutes, key in STEPS:
            for _ in range(count // minutes):
                before = self.clock()
                self.press(key)
                self.until(lambda before=before: self.clock() != before, f"{count} min on")
            count %= minutes

    def clock(self) -> str:
        """The time that the head shows."""
        found = re.search(r"(\d\d:\d\d) ·", self.words())
        assert found, self.show()
        return found[1]

    def left(self) -> int:
        """The minutes that what runs has left, as the screen says once it is at rest."""
        self.settle(0.15)
        found = re.search(r"about (\d+) min left", self.words())
        return int(found[1]) if found else 0


def flashes(output: bytes) -> bool:
    """Whether any of it blinks, or turns the whole screen round."""
    styles = (COLOUR.sub(b"", found).split(b";") for found in STYLE.findall(output))
    return b"\x1b[?5h" in output or any(BLINKS & set(style) for style in styles)


def test_what_blinks_is_found() -> None:
    assert flashes(b"\x1b[1;5mnow\x1b[0m")
    assert flashes(b"\x1b[?5h")
    assert not flashes(b"\x1b[38;5;12m\x1b[48;2;5;6;5;1mnow")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_day_is_rehearsed_late_and_ends_on_time(size: tuple[int, int]) -> None:
    before = files()
    with Rehearsal("run", AGENDA, "--rehearse", "--speed", "0", size=size) as tty:
        begin_twelve_minutes_late(tty)
        accept_the_proposal(tty)
        leave_a_part_out_and_bring_it_back(tty)
        tty.forward(tty.left())
        tty.next_part("now > Agreements, with")
        tty.forward(tty.left())
        tty.next_part("now > A lullaby")
        rooms(tty)
        pause_for_care(tty)
        go_back_and_return(tty)
        to_the_end(tty)
        close(tty)
    assert not flashes(bytes(tty.output))
    assert tty.terminal.bells == 0
    assert files() == before


def begin_twelve_minutes_late(tty: Rehearsal) -> None:
    tty.seen("rehearsal", "to prepare", "09:00")
    tty.forward(12)
    tty.seen("12 min ago")
    tty.press("enter")
    tty.seen("It is 09:12. Begin now with Arriving and grounding by ear?")
    tty.press("y")
    tty.seen("12 min later than planned", "ends 12 min after 15:30", "leave by")


def accept_the_proposal(tty: Rehearsal) -> None:
    tty.press("f")
    tty.seen(
        "What could give",
        "15 min instead of 20",
        "if short: Keep the ways",
        "shorten these parts",
    )
    tty.press("enter")
    tty.seen("parts are shorter now.", "Nothing needs to give")
    tty.press("escape")
    tty.gone("What could give")
    tty.seen("end 15:30 still safe")


def leave_a_part_out_and_bring_it_back(tty: Rehearsal) -> None:
    tty.press("k")
    tty.seen("Leave out, or bring back?", "leave out A list of skills")
    tty.keys(*["down"] * 6, "enter")
    tty.seen("A list of skills left out; k brings it back.")
    tty.press("f")
    tty.seen("19 min in hand before the end", "the sitting could end at 15:11")
    tty.press("escape")
    tty.gone("What could give")
    tty.press("k")
    tty.seen("bring back A list of skills")
    tty.press("enter")
    tty.seen("A list of skills comes again.")


def rooms(tty: Rehearsal) -> None:
    """Opened and closed, with both messages copied at their moment."""
    tty.seen("min into Zoom before the rooms open")
    tty.press("o")
    tty.seen("The rooms are open", "halfway at", "rooms are opening, back at")
    tty.forward(3)
    tty.seen("round 1 of 1, about")
    tty.forward(12)
    tty.seen("c copies for all rooms: About halfway")
    tty.press("c")
    tty.seen("Sent to the clipboard, for all rooms.", "last call at")
    tty.forward(12)
    tty.seen("c copies for all rooms: Two minutes")
    tty.press("c")
    tty.seen("o closes the rooms")
    halfway, last_call = tty.copied()
    assert halfway.startswith("About halfway.")
    assert last_call.startswith("Two minutes.")
    tty.press("o")
    tty.seen("the rooms are closed")


def pause_for_care(tty: Rehearsal) -> None:
    tty.press("p")
    tty.seen("care: the room needs it")
    tty.press("c")
    tty.seen("paused for care", "IF HEAVY")
    tty.forward(5)
    tty.seen("paused for care, 5 min")
    tty.press("p")
    tty.seen("Who is there for it?")
    tty.press("escape")
    tty.gone("Who is there for it?")
    tty.seen("min left", "12 min later than planned, ends 5 min after 15:30")
    if tty.terminal.screen.columns >= SIZES[0][0]:  # there is room for that, too
        tty.seen("5 min for care")
    tty.press("h")
    tty.gone("IF HEAVY")


def go_back_and_return(tty: Rehearsal) -> None:
    tty.press("r")
    tty.seen("Go back to which part?", "go back to Agreements")
    tty.press("enter")
    tty.seen("now > Agreements, with", "next A lullaby")
    tty.forward(2)
    tty.next_part("now > A lullaby")


def to_the_end(tty: Rehearsal) -> None:
    """Part by part, each for its time; what the interruptions cost is fitted once more."""
    tty.press("f")
    tty.seen("What could give", "shorten")
    tty.press("enter")
    tty.seen("shorter now.")
    tty.press("escape")
    tty.gone("What could give")
    tty.seen("end 15:30 still safe")
    for title in (
        "What we mean by heart",
        "Break",
        "Why tenderness has",
        "Where did we see",
        "A list of skills",
        "Lunch",
        "Being the third",
        "Moves that give",
        "Break",
        "A letter that",
        "Closing",
    ):
        tty.forward(tty.left())
        tty.next_part(f"now > {title}")
    tty.seen("until 15:30")
    tty.forward(tty.left())
    assert tty.clock() == "15:30"


def close(tty: Rehearsal) -> None:
    tty.press("n")
    tty.seen("This is the last part. ctrl+e closes the sitting.")
    tty.press("ctrl+e")
    tty.seen("No line waits for a decision.")
    tty.press("enter")
    tty.seen("End the rehearsal? Nothing of it is kept.")
    tty.press("y")
    tty.seen("rehearsal is over", "Nothing was left open.")
    tty.press("ctrl+q")
    assert tty.ends() == 0
    assert tty.is_restored()
