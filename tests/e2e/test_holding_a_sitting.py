"""A day in one piece: prepared, held, killed in the middle, gone on with, closed, read."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from zoneinfo import ZoneInfo

import pytest
from tests.e2e.driving import (
    AGENDA,
    PROGRAMS,
    SIZES,
    Program,
    files,
    happened,
    history,
    holding,
    journal,
    local,
    the_only,
)

from facilitate.core import entry_events, events

ROOM_ONLY = "quokka held in this room"
HALF = "numbat half of a line"
SLIP = "wombat slip of the hand"
LET_GO = "bilby only between us"
TAKEN = "potoroo said too early"
KEPT = "Walking clears the head"
AWAY = 12
"""Minutes that pass between the kill and going on."""


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_sitting_is_held_killed_gone_on_with_closed_and_read(size: tuple[int, int]) -> None:
    with Program("run", AGENDA, size=size) as tty:
        prepare(tty)
        first_part(tty)
        second_part(tty)
        third_part(tty)
        tty.keys("space", f"text:{HALF}")
        tty.seen(HALF)
        settled(tty)
        tty.kill()
    the_journal_tells_all_but_what_is_not_kept()

    with Program(str(AWAY), command=(sys.executable, PROGRAMS / "later.py"), size=size) as tty:
        go_on(tty)
        undo_across_the_restart(tty)
        close(tty)
        read_it_again(tty)
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    what_was_not_kept_is_nowhere()
    the_record_says_what_the_group_made()


def settled(tty: Program) -> None:
    """Everything is on the disk, as far as the screen says."""
    tty.settle(0.3)
    assert "saving" not in tty.words()
    assert "Not saved" not in tty.words()


def prepare(tty: Program) -> None:
    tty.seen("to prepare", "[ ]", "tech:", "Enter start")
    assert not local().exists()  # looking leaves no trace
    tty.press("space")
    tty.seen("[x]")
    tty.keys("down", "space")
    tty.until(lambda: tty.terminal.text().count("[x]") == 2, "two ticks")
    tty.press("space")
    tty.until(lambda: tty.terminal.text().count("[x]") == 1, "one tick")
    tty.press("enter")
    tty.seen("The plan begins at 09:00", "m Begin, and move the whole plan to now")
    tty.press("m")
    tty.seen("now > Doors open", "about 20 min left", "on time")


def first_part(tty: Program) -> None:
    """Two posts, one with placeholders; five minutes more."""
    tty.press("c")
    tty.seen("Post 1 was sent to the clipboard")
    tty.press("c")
    tty.seen("Post 2 was sent to the clipboard")
    welcome, shape = tty.copied()
    assert welcome.startswith("Welcome! Captions: choose Show Captions")
    assert shape.startswith(f"Shape of the day: {clock_of_first_break()} Break, ")
    assert "{" not in welcome + shape
    tty.press("e")
    tty.seen("How many minutes more")
    tty.press("5")
    tty.seen("5 min more.", "about 25 min left")
    tty.next_part("Hear every voice early")


def clock_of_first_break() -> str:
    """As planned after the parts before it: 20 + 20 + 40 minutes."""
    (moved,) = happened(events.PlanMoved)
    start = moved.event.start.astimezone(ZoneInfo("America/Los_Angeles"))
    return f"{start + dt.timedelta(minutes=80):%H:%M}"


def second_part(tty: Program) -> None:
    """Lines of the sitting ring; one is taken back while the next is typed."""
    tty.capture(f"l: {KEPT}")
    tty.seen("L1 noted")
    tty.capture(f"learning: {LET_GO}")
    tty.seen("L2 noted")
    tty.keys("space", f"text:l: {TAKEN}", "enter")
    tty.seen("L3 noted")
    tty.press("text:q: Who is not")
    tty.press("ctrl+b")
    tty.seen("L3 taken back", "question > q: Who is not")
    assert TAKEN not in tty.words()
    tty.keys("text: here yet?", "enter")
    tty.seen("Q4 open")
    tty.back_to_keys()
    tty.next_part("Make agreements this group would actually use")


def third_part(tty: Program) -> None:
    """An agreement with two wordings, a term, a line for the room; undo; a pause for care."""
    tty.capture("One mic, one speaker <- the Tuesday circle")
    tty.seen("A5 heard One mic, one speaker")
    tty.press("b")
    tty.seen("A5 proposed")
    tty.press("w")
    tty.seen("new words for A5 >", "one speaker <- the Tuesday")
    tty.keys("ctrl+a", *["right"] * len("*5 One mic"), "text:rophone", "enter")
    tty.seen("A5 has new words", "One microphone, one speaker")
    tty.back_to_keys()
    tty.capture("t: repair = going back to the one you hurt")
    tty.seen("T6 heard repair = going back to the one you hurt")
    tty.capture(f"! {ROOM_ONLY}")
    tty.seen("! not saved", ROOM_ONLY)
    tty.capture(f"a: {SLIP}")
    tty.seen("A7 heard")
    tty.press("u")
    tty.seen("Undone: the line A7.")
    tty.gone(SLIP)
    pause_for_care(tty)
    tty.capture("q: Where do interpreters rest?")
    tty.seen("Q8 open")


def pause_for_care(tty: Program) -> None:
    tty.press("p")
    tty.seen("c care: the room needs it")
    tty.press("c")
    tty.seen("paused for care", "IF HEAVY Ask what the room needs")
    tty.press("p")
    tty.seen("Who is there for it?", "4 care")
    tty.press("4")
    tty.seen("Come back to it afterwards?")
    tty.press("y")
    tty.gone("Come back to it afterwards?", "paused for care")
    tty.seen("Someone will come back to it.", "about 40 min left")
    tty.press("h")
    tty.gone("IF HEAVY")


def the_journal_tells_all_but_what_is_not_kept() -> None:
    (extended,) = happened(events.SegmentExtended)
    assert extended.event.minutes == 5
    assert [each.event.kind for each in happened(events.PauseStarted)] == ["care"]
    assert len(happened(events.PauseEnded)) == 1
    assert [each.event.post for each in happened(events.PostCopied)] == [0, 1]
    assert [each.event.item for each in happened(events.PreparationTicked)] == [0, 1, 1]
    added = {each.event.number: each.event for each in happened(entry_events.EntryAdded)}
    assert list(added) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [added[n].text for n in (1, 2, 3)] == [None, None, None]  # they lie apart
    assert added[6].text == "repair = going back to the one you hurt"
    assert added[5].lineage == "the Tuesday circle"
    (reworded,) = happened(entry_events.EntryReworded)
    assert reworded.event.text == "One microphone, one speaker"
    assert {each.by for each in journal()} == {"lead"}
    assert holding(ROOM_ONLY, HALF) == []
    words_kept_apart_lie_apart()


def words_kept_apart_lie_apart() -> None:
    apart = history(the_only(local() / "private")).events
    assert [each.event.text for each in apart] == [KEPT, LET_GO, TAKEN]
    shared = b"".join(files(local() / "sessions").values()).decode()
    assert not [words for words in (KEPT, LET_GO, TAKEN) if words in shared]


def go_on(tty: Program) -> None:
    """Home offers it first; nothing of it is lost, and the clock went on."""
    tty.seen("Go on with", "in How we want to be with each other", "Agendas")
    assert "leaves Go on with Day one: who we are" in tty.words()  # nothing stands before it
    tty.press("enter")
    tty.seen(f"Nobody watched the clock for {AWAY} min", "p we were paused")
    tty.seen("h we are still here")
    tty.press("h")
    tty.seen("now > How we want", minutes_left(40 - AWAY), "A5 proposed One microphone")
    tty.seen("T6 heard", "Q8 open")
    assert HALF not in tty.words()
    assert ROOM_ONLY not in tty.words()


def minutes_left(count: int) -> str:
    return f"about {count} min left"


def undo_across_the_restart(tty: Program) -> None:
    """The answer first, then the line written before the kill, which is asked about."""
    tty.press("u")
    tty.seen("Undone: the answer about the time.")
    tty.press("u")
    tty.seen("the line Q8", "Undo it?")
    tty.press("y")
    tty.seen("Undone: the line Q8.")
    tty.gone("Where do interpreters rest?")


def close(tty: Program) -> None:
    """Two lines are asked about: one is kept, one let go."""
    tty.press("ctrl+e")
    tty.seen("The lines at the top wait for a decision", KEPT, LET_GO)
    assert TAKEN not in tty.words()
    tty.press("enter")
    tty.seen("Not yet: 2 lines are to be kept or let go.")
    tty.press("k")
    tty.seen("L1 travels with the cohort.")
    tty.press("l")
    tty.seen("L2 let go.")
    tty.gone(LET_GO)
    tty.seen("Enter closes the sitting and writes its record")
    tty.press("enter")
    tty.seen("Close the sitting and write its record?")
    tty.press("y")
    tty.seen("Closed. The record stands in", "30 min for this")
    tty.press("escape")
    tty.seen("Nothing was left open.")
    tty.say_how_long()


def read_it_again(tty: Program) -> None:
    tty.last_row("Past sittings", "4 lines kept")
    tty.press("enter")
    tty.seen("Past sitting", "Day one: who we are")
    tty.press("escape")
    tty.seen("Past sittings", "4 lines kept")


def what_was_not_kept_is_nowhere() -> None:
    assert holding(ROOM_ONLY, HALF, LET_GO, TAKEN, SLIP) == []
    assert not list((local() / "private").rglob("*.jsonl"))


def the_record_says_what_the_group_made() -> None:
    folder = the_only(the_only(local() / "records"))
    page = (folder / "record.md").read_text(encoding="utf-8")
    record = tomllib.loads((folder / "record.toml").read_text(encoding="utf-8"))
    for text in (page, (folder / "record.toml").read_text(encoding="utf-8")):
        assert "One microphone, one speaker" in text
        assert "One mic, one speaker" in text  # the earlier wording
        assert "the Tuesday circle" in text
        assert "going back to the one you hurt" in text
        assert KEPT in text
    assert "**repair**: going back" in page
    assert [entry["kind"] for entry in record["entry"]] == [
        "learning", "question", "agreement", "term",
    ]  # fmt: skip
    assert len(happened(events.RecordWritten)) == 1
    actual = re.search(r"\| How we want to be with each other .*\n", page)
    assert actual is not None
    assert "done" in actual[0]


def test_after_one_sitting_the_next_can_be_held() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        tty.press("ctrl+e")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("Close the sitting and write its record?")
        tty.press("y")
        tty.seen("Closed. The record stands in", "30 min for this")
        tty.press("escape")
        tty.seen("Nothing was left open.", "Day one: who we are")
        tty.say_how_long()
        tty.press("enter")
        tty.begin()
        tty.capture("a: The second one")
        tty.seen("A1 heard The second one")
        assert tty.leave() == 0
        assert tty.is_restored()
    assert len(list((local() / "sessions").iterdir())) == 2
