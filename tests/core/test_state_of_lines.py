from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from facilitate.core.entry_commands import Keep, LetGo, TakeBack, Withdraw
from facilitate.core.entry_events import (
    EntryAdded,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    WordsKeptApart,
)
from facilitate.core.fold import evolve, replay

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def lines(sitting: Sitting) -> dict[str, str]:
    return {entry.name: entry.text for entry in sitting.state.entries.values()}


def test_numbers_are_one_series_through_all_kinds(running: Sitting) -> None:
    for text in ("a: One mic", "t: rupture = a break", "q: who holds us?", "and one more"):
        running.write(text)
    assert lines(running) == {
        "A1": "One mic",
        "T2": "rupture = a break",
        "Q3": "who holds us?",
        "L4": "and one more",
    }


def test_a_cohort_goes_on_counting(open_sitting: type[Sitting]) -> None:
    sitting = open_sitting(numbers_from=12)
    sitting.write("a: One mic")
    sitting.write("a: One speaker")
    assert list(lines(sitting)) == ["A12", "A13"]


def test_a_line_knows_its_part_its_kind_and_how_far_it_travels(running: Sitting) -> None:
    running.at("09:20").next()
    first, second = running.write("One mic <- the elders"), running.write("l: it was quiet")
    agreed, learned = running.state.entries[first], running.state.entries[second]
    assert (agreed.kind, agreed.ring, agreed.segment) == ("agreement", "cohort", "agree")
    assert (agreed.text, agreed.version.lineage, agreed.state) == (
        "One mic",
        "the elders",
        "heard",
    )
    assert (learned.kind, learned.ring, learned.state) == ("learning", "sitting", "noted")


@pytest.mark.parametrize("way", ["undo", "take back", "withdraw", "let go"])
def test_a_number_once_said_is_never_said_of_another_line(way: str, running: Sitting) -> None:
    running.write("a: First")
    running.write("l: Second")
    command = {
        "take back": TakeBack(),
        "withdraw": Withdraw(number=2),
        "let go": LetGo(number=2),
    }
    if way == "undo":
        running.undo()
    else:
        running.do(command[way])
    assert running.state.entry(2) is None
    running.write("a: Third")
    assert running.state.next_number == 4
    third = running.state.entry(3)
    assert third is not None
    assert third.text == "Third"
    assert replay(running.history).next_number == 4


def test_after_a_colleague_from_a_hundred_the_count_goes_on_above(running: Sitting) -> None:
    running.write("a: First")
    running.record(
        EntryAdded(number=101, kind="term", ring="cohort", segment=None, text="rupture"), "co"
    )
    assert running.state.next_number == 102


def test_of_two_lines_with_one_number_the_later_is_meant(running: Sitting) -> None:
    co = running.fork(by="co")
    running.write("a: Ours")
    co.later(seconds=1).write("a: Theirs")
    state = replay((*running.history, *co.history))
    entry = state.entry(1)
    assert entry is not None
    assert entry.text == "Theirs"
    assert len(state.entries) == 2
    assert state.entry(2) is None


def test_rewording_keeps_the_earlier_words(running: Sitting) -> None:
    entry = running.write("a: One mic <- the elders")
    running.write("*1 One mic, one speaker")
    kept = running.state.entries[entry]
    assert [(v.text, v.lineage) for v in kept.versions] == [
        ("One mic", "the elders"),
        ("One mic, one speaker", "the elders"),
    ]
    assert kept.text == "One mic, one speaker"
    assert len(kept.wordings) == 1
    assert kept.number == 1


def test_two_who_reword_at_once_both_keep_their_words(running: Sitting) -> None:
    entry = running.write("a: One mic")
    co = running.fork(by="co")
    running.later(seconds=1).write("*1 One mic, one speaker")
    co.later(seconds=2).write("*1 One person at a time")
    for order in ((running, co), (co, running)):
        state = replay(itertools.chain(*(who.history for who in order)))
        assert [v.text for v in state.entries[entry].wordings] == [
            "One mic, one speaker",
            "One person at a time",
        ]
        assert len(state.entries[entry].versions) == 3


def test_who_has_seen_both_wordings_replaces_both(running: Sitting) -> None:
    entry = running.write("a: One mic")
    co = running.fork(by="co")
    running.later(seconds=1).write("*1 One mic, one speaker")
    co.later(seconds=2).write("*1 One person at a time")
    for recorded in co.history[-1:]:
        running.state = evolve(running.state, recorded)
    running.later(seconds=5).write("*1 One person at a time")
    assert [v.text for v in running.state.entries[entry].wordings] == ["One person at a time"]


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("a: words", "heard", "proposed"),
        ("t: words", "heard", "working"),
        ("f: words", "heard", "working"),
        ("e: words", "noted", "noted"),
        ("p: words", "named", "named"),
        ("c: words", "named", "named"),
        ("q: words", "open", "open"),
        ("l: words", "noted", "noted"),
        ("r: words", "noted", "noted"),
        ("g: words", "noted", "noted"),
    ],
)
def test_reading_back_moves_on_what_waits_for_it(
    text: str, first: str, then: str, running: Sitting
) -> None:
    entry = running.write(text)
    assert running.state.entries[entry].state == first
    running.record(EntryReadBack(entry=entry))
    assert running.state.entries[entry].state == then


@pytest.mark.parametrize("command", [Withdraw(number=1), TakeBack(), LetGo(number=1)])
def test_a_line_that_went_is_not_found_by_its_number(
    command: Withdraw | TakeBack | LetGo, running: Sitting
) -> None:
    entry = running.write("l: it was quiet")
    running.do(command)
    assert not running.state.entries[entry].is_shown
    assert running.state.entry(1) is None


def test_a_line_that_is_kept_travels_with_its_latest_words(running: Sitting) -> None:
    entry = running.write("l: it was quiet <- us")
    running.do(Keep(number=1))
    kept = running.state.entries[entry]
    assert (kept.ring, kept.text, kept.version.lineage) == ("cohort", "it was quiet", "us")
    assert len(kept.wordings) == 1


def test_a_line_that_is_raised_was_not_let_go_and_has_one_wording(running: Sitting) -> None:
    entry = running.write("l: it was quiet")
    running.record(EntryReworded(entry=entry, text="it was still"), base=())
    assert len(running.state.entries[entry].wordings) == 2
    running.do(LetGo(number=1))
    running.record(EntryRaised(entry=entry, ring="team", text="it was calm"))
    kept = running.state.entries[entry]
    assert (kept.is_shown, kept.ring) == (True, "team")
    assert [v.text for v in kept.wordings] == ["it was calm"]


def test_words_kept_apart_come_back_to_their_wording(running: Sitting) -> None:
    entry = running.record(
        EntryAdded(number=1, kind="learning", ring="sitting", segment="arrive", text=None)
    )
    reworded = running.record(EntryReworded(entry=entry, text=None))
    assert lines(running) == {"L1": ""}
    running.record(WordsKeptApart(entry=entry, of=reworded, text="still", lineage="us"))
    assert [v.text for v in running.state.entries[entry].versions] == [None, "still"]
    assert running.state.entries[entry].version.lineage == "us"
    running.record(WordsKeptApart(entry=entry, of="nothing.9", text="else"))
    running.record(WordsKeptApart(entry="nothing.9", of=entry, text="else"))
    running.record(WordsKeptApart(entry=entry, of=entry, text="quiet"))
    assert [v.text for v in running.state.entries[entry].versions] == ["quiet", "still"]


def test_what_happens_to_a_line_that_is_not_there_changes_nothing(running: Sitting) -> None:
    before = running.state
    for event in (
        EntryReadBack(entry="x.1"),
        EntryReworded(entry="x.1", text="t"),
        EntryRaised(entry="x.1", ring="team", text="t"),
    ):
        running.record(event, base=())
    assert running.state == before
