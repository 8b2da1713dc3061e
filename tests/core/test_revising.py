"""The revision after a record: what comes in, what stays, what has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.core.test_record import History
from tests.session.cohort import line

from facilitate.core.capture_line import NewLine
from facilitate.core.entry_events import (
    EntryLetGo,
    EntryLowered,
    EntryReaffirmed,
    EntryTakenBack,
    EntryTakenUp,
    EntryWithdrawn,
)
from facilitate.core.events import Event, Undone
from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.core.revising import ended_in, following, with_added

DAY = dt.date(2026, 11, 29)


@pytest.fixture
def history() -> History:
    return History()


def names(record: SittingRecord) -> list[str]:
    return [entry.id for entry in record.entries]


def next_of(history: History, before: SittingRecord) -> SittingRecord:
    return following(before, history.record, ended_in(history.state))


def test_the_first_record_is_what_the_history_says(history: History) -> None:
    history.line("One mic")
    assert following(None, history.record, ()) is not None
    assert following(None, history.record, ()) == history.record


def test_a_late_line_makes_the_next_revision_and_nothing_new_makes_none(
    history: History,
) -> None:
    history.line("One mic")
    before = history.record
    assert next_of(history, before) is before
    history.line("One voice", 2)
    after = next_of(history, before)
    assert (names(after), after.revision, after.last_number) == (["A1", "A2"], 2, 2)


ENDINGS: list[Callable[[str], Event]] = [
    lambda entry: EntryWithdrawn(entry=entry),
    lambda entry: EntryTakenBack(entry=entry),
    lambda entry: EntryLetGo(entry=entry),
    lambda entry: EntryLowered(entry=entry, number=1, ring="sitting"),
    lambda entry: EntryLowered(entry=entry, number=1, ring="room"),
    lambda entry: Undone(event=entry),
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_line_that_ended_after_the_record_was_taken_back(
    history: History, ending: Callable[[str], Event]
) -> None:
    entry = history.line("One mic")
    history.line("One voice", 2)
    before = history.record
    history.add(ending(entry))
    after = next_of(history, before)
    assert (names(after), after.taken_back) == (["A2"], ("A1",))
    assert next_of(history, after) is after


def test_a_line_for_the_room_ended_also_when_its_words_have_left_the_history(
    history: History,
) -> None:
    entry = history.line("One mic")
    before = history.record
    history.add(EntryLowered(entry=entry, number=1, ring="room"))
    history.lines = [one for one in history.lines if one.id != entry]
    assert next_of(history, before).taken_back == ("A1",)


def test_a_line_of_which_the_history_tells_nothing_stays(history: History) -> None:
    history.line("One mic", 2)
    before = replace(history.record, entries=(line("A1"), *history.record.entries, line("T3")))
    assert next_of(history, before) == before


def test_what_was_taken_back_never_comes_in_again(history: History) -> None:
    history.line("One mic")
    before = replace(history.record, entries=(), taken_back=("A1",))
    assert next_of(history, before) == before


def test_a_carried_line_with_which_nothing_was_done_after_all_is_not_taken_back(
    history: History,
) -> None:
    carried = EntryTakenUp(
        sitting="earlier", number=3, kind="agreement", ring="cohort", state="in force",
        text="One mic",
    )  # fmt: skip
    history.add(carried)
    done = history.add(EntryReaffirmed(entry="earlier:A3"))
    before = history.record
    assert names(before) == ["A3"]
    history.add(Undone(event=done))
    after = next_of(history, before)
    assert (names(after), after.taken_back) == ([], ())


def test_of_two_lines_with_one_name_neither_is_said_to_be_taken_back_while_one_is_there(
    history: History,
) -> None:
    one = history.line("One mic", 3)
    history.line("Two mics", 3)
    before = history.record
    assert names(before) == ["A3", "A3"]
    history.add(EntryWithdrawn(entry=one))
    after = next_of(history, before)
    assert [entry.text for entry in after.entries] == ["Two mics"]
    assert after.taken_back == ()


def test_the_record_of_another_sitting_is_not_followed(history: History) -> None:
    other = replace(history.record, id="another")
    with pytest.raises(Refused, match="another sitting"):
        following(other, history.record, ())


# A line that is added


def test_a_line_is_added_as_its_kind_begins(history: History) -> None:
    history.line("One mic", 4)
    new = NewLine(kind="question", text="Who pays?", owner="lead", when="next", belongs_with=4)
    record = with_added(history.record, new, number=9, on=DAY)
    added = record.entries[-1]
    assert (added.id, added.state, added.ring, added.added) == ("Q9", "open", "cohort", DAY)
    assert (added.owner, added.when, added.belongs_with) == ("lead", "next", "A4")
    assert (record.last_number, record.revision) == (9, 2)


@pytest.mark.parametrize("kind", ["example", "learning", "resource", "gratitude"])
def test_what_stays_with_a_sitting_is_not_added(history: History, kind: str) -> None:
    new = NewLine(kind=kind, text="words")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="at least for the cohort"):
        with_added(history.record, new, number=9, on=DAY)


def test_it_belongs_with_a_line_that_is_there(history: History) -> None:
    new = NewLine(kind="question", text="Who pays?", belongs_with=4)
    with pytest.raises(Refused, match="no line 4"):
        with_added(history.record, new, number=9, on=DAY)
