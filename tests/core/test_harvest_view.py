"""What the closing screen lists, beside what the record then holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import (
    AskAttribution,
    Attribute,
    Describe,
    DrawLesson,
    DropAttribution,
    Keep,
    LetGo,
    Lower,
    MoveTo,
    Raise,
    TakeBack,
    Withdraw,
)
from facilitate.core.entry_events import EntryAdded
from facilitate.core.fold import replay
from facilitate.core.harvest_view import (
    Harvest,
    HarvestRow,
    closing_words,
    harvest_view,
    missing_words,
)
from facilitate.core.record import record_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.core.conftest import Sitting

CARRIED = (
    CarriedLine("old", 3, "agreement", "cohort", "in force", "One mic"),
    CarriedLine("old", 4, "question", "cohort", "open", "Who holds the holders?"),
    CarriedLine("old", 5, "term", "cohort", "shared", "repair = going back"),
)


@pytest.fixture
def later(running: Sitting) -> Sitting:
    """A sitting that carries some lines."""
    running.state = replace(running.state, inherited=Inherited(lines=CARRIED, highest=5))
    return running


def look(sitting: Sitting) -> Harvest:
    return harvest_view(sitting.state)


def names(rows: Iterable[HarvestRow]) -> list[str]:
    return [row.name for row in rows]


def row(sitting: Sitting, name: str) -> HarvestRow:
    harvest = look(sitting)
    (found,) = [r for r in (*harvest.waiting, *harvest.travels) if r.name == name]
    return found


def test_lines_of_the_sitting_wait_and_those_of_the_cohort_travel(running: Sitting) -> None:
    for text in ("a: One mic", "l: the heron stays", "q: who holds us?", "g: thanks"):
        running.write(text)
    harvest = look(running)
    assert names(harvest.waiting) == ["L2", "G4"]
    assert {r.asks for r in harvest.waiting} == {"keep or let go"}
    assert names(harvest.travels) == ["A1", "Q3"]
    assert harvest.travels[0].about == "agreement, heard, cohort"
    assert harvest.waiting[0].about == "learning, noted, this sitting only, until closing"


def test_a_decision_moves_a_line_or_takes_it_away(running: Sitting) -> None:
    for text in ("l: one", "l: two", "l: three", "l: four", "a: five"):
        running.write(text)
    running.do(Keep(number=1)).do(LetGo(number=2)).do(Withdraw(number=3))
    running.do(Lower(number=5, ring="sitting"))
    harvest = look(running)
    assert names(harvest.waiting) == ["L4", "A5"]
    assert names(harvest.travels) == ["L1"]
    assert harvest.ended == ()
    assert harvest.let_go == 1


def test_other_words_of_a_line_that_travels_are_asked_about_again(running: Sitting) -> None:
    running.write("l: it was quiet")
    running.do(Keep(number=1)).write("*1 Rosa said it was quiet")
    assert [(r.name, r.asks) for r in look(running).waiting] == [("L1", "keep or let go")]
    assert look(running).waiting[0].hints == ("names who said it",)
    running.do(Keep(number=1))
    assert names(look(running).travels) == ["L1"]


def test_a_story_that_was_given_on_unread_is_asked_about_and_a_lesson_of_it_is_not(
    running: Sitting,
) -> None:
    running.write("e: the pier froze")
    running.do(Raise(number=1, ring="team"))
    old = CarriedLine("old", 2, "example", "cohort", "noted", "the heron stays")
    inherited = Inherited(lines=(old,), highest=2)
    running.state = replace(running.state, inherited=inherited)
    running.write("e: a barge sank")
    running.do(DrawLesson(number=3, text="sound the depth"))
    assert names(look(running).waiting) == ["E1"]
    assert running.do(Keep(number=1)).state.entry(1).ring == "team"  # type: ignore[union-attr]
    assert look(running).waiting == ()


def test_a_name_that_is_waited_for_holds_its_line_back(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(AskAttribution(number=1, form="name"))
    assert [(r.name, r.asks) for r in look(running).waiting] == [("A1", "a yes")]
    running.do(DropAttribution(number=1))
    assert names(look(running).travels) == ["A1"]
    running.do(Attribute(number=1, form="name", text="Rosa", scope="team"))
    assert row(running, "A1").behind == ("words of Rosa",)
    running.do(Attribute(number=1, form="group", text="", scope="public"))
    assert row(running, "A1").behind == ("words of the group",)


def test_only_the_last_sitting_wants_every_open_question_answered(later: Sitting) -> None:
    later.write("q: who writes?")
    assert look(later).waiting == ()
    assert names(look(later).travels) == ["Q6"]
    inherited = Inherited(lines=CARRIED, highest=5, is_last=True)
    later.state = replace(later.state, inherited=inherited)
    asked = look(later).waiting
    assert [(r.name, r.asks, r.text) for r in asked] == [
        ("Q4", "an answer", "Who holds the holders?"),
        ("Q6", "an answer", "who writes?"),
    ]
    assert look(later).travels == ()
    later.do(MoveTo(number=4, state="parked")).do(MoveTo(number=6, state="answered"))
    assert look(later).waiting == ()
    assert names(look(later).travels) == ["Q4", "Q6"]


def test_what_waits_comes_in_the_order_of_its_question_and_then_of_numbers(
    later: Sitting,
) -> None:
    inherited = Inherited(lines=CARRIED, highest=5, is_last=True)
    later.state = replace(later.state, inherited=inherited)
    for text in ("a: One mic", "l: one", "l: two"):
        later.write(text)
    later.do(AskAttribution(number=6, form="role"))
    assert names(look(later).waiting) == ["L7", "L8", "A6", "Q4"]


def test_carried_lines_are_listed_once_something_was_done_with_them(later: Sitting) -> None:
    assert look(later) == Harvest((), (), (), 0)
    later.write("&3 also in the corridor")
    assert names(look(later).travels) == []
    assert names(look(later).waiting) == ["L6"]
    later.undo()
    later.write("*3 One mic, one speaker")
    later.do(LetGo(number=5))
    later.do(Withdraw(number=4))
    harvest = look(later)
    assert names(harvest.travels) == ["A3"]
    assert [(r.name, r.about) for r in harvest.ended] == [
        ("Q4", "question, open, withdrawn"),
        ("T5", "term, shared, let go"),
    ]
    assert harvest.let_go == 1


def test_all_that_goes_with_a_line_is_told_behind_it(running: Sitting) -> None:
    running.write("a: Rosa said one mic <- the elders #policy @care >next")
    running.write("*1 One mic")
    running.do(Describe(number=1, name="looks_like", text="my client waits"))
    found = row(running, "A1")
    assert (found.text, found.lineage) == ("One mic", "the elders")
    assert found.about == "agreement, heard, cohort, #policy, for care, again next time"
    assert found.behind == (
        "what it looks like on a hard afternoon: my client waits",
        "worded before: Rosa said one mic <- the elders",
    )
    assert found.hints == ("tells of a client", "names who said it")


def test_words_that_do_not_travel_are_not_told_behind_a_line(running: Sitting) -> None:
    running.write("l: Rosa said it was quiet")
    running.write("*1 It was quiet")
    assert row(running, "L1").behind == ()
    assert row(running, "L1").hints == ()
    running.do(Keep(number=1))
    assert row(running, "L1").behind == ()
    running.do(Raise(number=1, ring="team"))
    assert row(running, "L1").behind == ()


def test_a_line_whose_words_are_gone_enters_no_record_and_is_not_listed(
    running: Sitting,
) -> None:
    running.record(
        EntryAdded(number=1, kind="term", ring="cohort", segment=None, text=None), "co"
    )
    assert look(running) == Harvest((), (), (), 0)
    assert record_of(running.state, running.now).entries == ()


def test_words_that_stand_side_by_side_are_both_there(running: Sitting) -> None:
    running.write("a: One mic")
    co = running.fork(by="co")
    running.later(seconds=1).write("*1 One voice")
    co.later(seconds=2).write("*1 One speaker")
    running.state = replay((*running.history, *co.history))
    assert row(running, "A1").text == "One voice / One speaker"
    assert row(running, "A1").behind == ("worded before: One mic",)


def test_the_list_is_what_the_record_holds_and_nothing_else(later: Sitting) -> None:
    for text in ("a: six", "l: seven", "g: eight", "t: nine = 9", "q: ten", "c: eleven"):
        later.write(text)
    later.write("*3 One mic, one speaker <- the tide")
    later.write("*3 One mic, one voice <- the elders")
    later.do(LetGo(number=5)).do(Keep(number=7)).do(LetGo(number=8))
    later.do(Withdraw(number=9)).do(Raise(number=10, ring="public"))
    later.write("l: twelve")
    later.do(TakeBack()).do(Withdraw(number=4))
    harvest = look(later)
    assert harvest.waiting == ()
    record = record_of(later.state, later.now)
    listed = [*harvest.travels, *harvest.ended]
    assert sorted(r.name for r in listed) == sorted(e.id for e in record.entries)
    kept = {entry.id: entry for entry in record.entries}
    for one in harvest.travels:
        seen = " ".join((one.text, one.lineage, *one.behind))
        entry = kept[one.name]
        for wording in (entry, *entry.also, *entry.earlier):
            assert wording.text in seen
            assert wording.lineage in seen


def test_what_is_missing_is_said_on_one_line(later: Sitting) -> None:
    assert missing_words(look(later)) == ""
    later.write("l: one")
    assert missing_words(look(later)) == "Not yet: 1 line is to be kept or let go."
    later.write("l: two")
    later.write("a: three")
    later.do(AskAttribution(number=8, form="role"))
    inherited = Inherited(lines=CARRIED, highest=5, is_last=True)
    later.state = replace(later.state, inherited=inherited)
    assert missing_words(look(later)) == (
        "Not yet: 2 lines are to be kept or let go, 1 line waits for a yes, 1 question is open."
    )


def test_closing_says_how_many_lines_enter_the_record_and_how_many_went(
    running: Sitting,
) -> None:
    assert closing_words(look(running)) == "No line enters the record."
    running.write("a: one")
    assert closing_words(look(running)) == "1 line enters the record."
    running.write("l: two")
    running.do(LetGo(number=2))
    running.write("a: three")
    assert closing_words(look(running)) == "2 lines enter the record, 1 was let go."
    running.do(LetGo(number=3))
    assert closing_words(look(running)) == "1 line enters the record, 2 were let go."


def test_a_row_shows_no_words_when_it_is_printed(running: Sitting) -> None:
    running.write("a: the heron stays")
    assert "heron" not in repr(look(running))
