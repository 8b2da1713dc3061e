from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from tests.core.roads import FIST, brought_to, to

from facilitate.core.capture_line import NewWording
from facilitate.core.captures import Entry, EntryState
from facilitate.core.entry_commands import (
    AdoptLine,
    CallSmall,
    Keep,
    Lower,
    PutToTest,
    Raise,
    ReadBack,
    Reword,
    TakeVotes,
)
from facilitate.core.entry_events import (
    EntryAdopted,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTested,
    RewordingWasSmall,
)
from facilitate.core.fold import replay
from facilitate.core.refusal import Refused
from facilitate.core.tally import Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

TEST = PutToTest(number=1, scale=FIST)
ADOPT = AdoptLine(number=1)
HIGH = TakeVotes(tally=Tally((9, 3, 0)))
SMALL = CallSmall(number=1)


def line(sitting: Sitting) -> Entry:
    return next(iter(sitting.state.entries.values()))


@pytest.fixture
def tested(running: Sitting) -> Sitting:
    brought_to(running, "agreement", "tested")
    return running


@pytest.fixture
def agreed(running: Sitting) -> Sitting:
    brought_to(running, "agreement", "proposed")
    return running.do(TEST).do(HIGH).do(ADOPT)


def union(*sittings: Sitting) -> Entry:
    state = replay(itertools.chain(*(one.history for one in sittings)))
    return next(iter(state.entries.values()))


@pytest.mark.parametrize("adopts_last", [True, False])
def test_what_was_adopted_is_not_in_force_with_words_of_someone_else(
    adopts_last: bool, tested: Sitting
) -> None:
    co = tested.do(HIGH).fork(by="co")
    tested.later(seconds=2 if adopts_last else 1).do(ADOPT)
    co.later(seconds=1 if adopts_last else 2).write("*1 Quite another thing")
    entry = union(tested, co)
    assert (entry.state, entry.text) == ("amending", "Quite another thing")
    assert entry.adopted is not None
    assert entry.version.id not in entry.adopted.versions


@pytest.mark.parametrize("tests_last", [True, False])
def test_what_is_tested_is_not_the_words_of_someone_else(
    tests_last: bool, running: Sitting
) -> None:
    brought_to(running, "agreement", "proposed")
    co = running.fork(by="co")
    running.later(seconds=2 if tests_last else 1).do(TEST)
    co.later(seconds=1 if tests_last else 2).write("*1 Quite another thing")
    entry = union(running, co)
    assert (entry.state, entry.under_test) == ("proposed", None)
    assert len(entry.rounds) == 1


def test_a_late_reading_back_does_not_take_back_what_was_agreed(running: Sitting) -> None:
    brought_to(running, "agreement", "heard")
    co = running.fork(by="co")
    running.do(ReadBack(number=1)).do(TEST).do(HIGH).do(ADOPT)
    co.later(seconds=9).do(ReadBack(number=1))
    assert union(running, co).state == "in force"


def test_who_calls_words_small_means_those_that_were_seen(agreed: Sitting) -> None:
    entry = line(agreed)
    agreed.write("*1 One single thing")
    seen = agreed.history[-1].id
    agreed.later(seconds=1).record(
        EntryReworded(entry=entry.id, text="Nothing of it"), "co", base=(seen,)
    )
    agreed.record(RewordingWasSmall(entry=entry.id), base=(seen,))
    assert (line(agreed).state, line(agreed).text) == ("amending", "Nothing of it")


def test_words_beside_the_small_fix_keep_it_open(agreed: Sitting) -> None:
    co = agreed.fork(by="co")
    co.later(seconds=1).write("*1 Nothing of it")
    agreed.later(seconds=2).write("*1 One single thing")
    agreed.do(SMALL)
    entry = union(agreed, co)
    assert entry.state == "amending"
    assert [version.text for version in entry.wordings] == ["Nothing of it", "One single thing"]


def test_two_who_adopt_at_once_adopt_once(tested: Sitting) -> None:
    co = tested.do(HIGH).fork(by="co")
    tested.do(ADOPT)
    co.later(seconds=1).do(ADOPT)
    entry = union(tested, co)
    assert (entry.state, len(entry.rounds)) == ("in force", 1)


# Rings


@pytest.mark.parametrize(
    "command", [Raise(number=1, ring="team"), Lower(number=1, ring="sitting")]
)
def test_how_far_a_line_travels_changes_nothing_about_consent(
    command: Raise | Lower, tested: Sitting
) -> None:
    tested.do(HIGH).do(command)
    assert line(tested).under_test is not None
    if isinstance(command, Lower):
        tested.do(Keep(number=1))
    tested.do(ADOPT).do(Raise(number=1, ring="public"))
    entry = line(tested)
    assert (entry.state, entry.ring) == ("in force", "public")
    assert entry.adopted is not None
    assert entry.version.id in entry.adopted.versions


def test_words_given_to_a_wider_ring_that_are_not_those_agreed_open_it(agreed: Sitting) -> None:
    co = agreed.fork(by="co")
    agreed.write("*1 Quite another thing")
    agreed.do(TEST).do(HIGH).do(ADOPT)
    co.later(seconds=9).do(Raise(number=1, ring="team"))
    entry = union(agreed, co)
    assert (entry.text, entry.state) == ("one thing", "amending")


def test_who_gives_a_line_to_a_wider_ring_leaves_words_that_were_not_seen(
    agreed: Sitting,
) -> None:
    co = agreed.fork(by="co")
    co.later(seconds=1).write("*1 Quite another thing")
    agreed.later(seconds=2).do(Raise(number=1, ring="team"))
    entry = union(agreed, co)
    assert [one.text for one in entry.wordings] == ["Quite another thing", "one thing"]
    assert (entry.state, entry.ring) == ("amending", "team")
    agreed.write("*1 One thing")
    assert [one.text for one in line(agreed).wordings] == ["One thing"]


def test_a_small_fix_of_earlier_words_does_not_stand_there_as_agreed(agreed: Sitting) -> None:
    co = agreed.fork(by="co")
    agreed.write("*1 Quite another thing")
    agreed.do(TEST).do(HIGH).do(ADOPT)
    co.later(seconds=9).write("*1 One thing!")
    entry = union(agreed, co)
    assert (entry.state, len(entry.wordings)) == ("amending", 2)


def test_a_wider_ring_without_a_note_of_what_was_seen_is_read_as_it_was_written(
    running: Sitting,
) -> None:
    entry = running.write("a: One mic")
    running.write("*1 One voice")
    running.record(EntryRaised(entry=entry, ring="team", text="One voice"), base=())
    assert [one.text for one in line(running).wordings] == ["One voice"]


# Any history


@pytest.mark.parametrize("text", ["t: rupture = a break", "a: One mic"])
def test_a_test_and_an_adoption_of_words_that_are_not_there_change_little(
    text: str, running: Sitting
) -> None:
    entry = running.write(text)
    running.record(EntryReadBack(entry=entry))
    before = running.state.entries[entry].state
    running.record(
        EntryTested(entry=entry, version="x.9", round=7, method="", labels=(), keys=(), hear=3)
    )
    running.record(EntryAdopted(entry=entry, version="x.8", round=7, on=running.date))
    after = running.state.entries[entry]
    assert (after.under_test, after.adopted, after.state) == (None, None, before)


@pytest.mark.parametrize("elsewhere", ["open", "parked", "set aside"])
@pytest.mark.parametrize("adopts_last", [True, False])
def test_what_someone_took_elsewhere_is_adopted_by_no_one_who_did_not_see_it(
    elsewhere: EntryState, adopts_last: bool, tested: Sitting
) -> None:
    co = tested.do(HIGH).fork(by="co")
    tested.later(seconds=2 if adopts_last else 1).do(ADOPT)
    co.later(seconds=1 if adopts_last else 2).do(to(elsewhere))
    entry = union(tested, co)
    then = (elsewhere, None) if adopts_last else ("in force", 1)
    assert (entry.state, entry.adopted and entry.adopted.round) == then


def test_what_is_in_force_is_not_tested_by_someone_who_did_not_see_it(tested: Sitting) -> None:
    co = tested.do(HIGH).fork(by="co")
    tested.later(seconds=1).do(ADOPT)
    co.later(seconds=2).do(TEST).do(HIGH)
    co.do(ADOPT)
    entry = union(tested, co)
    assert (entry.state, len(entry.rounds)) == ("in force", 1)


def test_words_that_were_tested_meanwhile_do_not_lose_the_yes_to_those_before(
    tested: Sitting,
) -> None:
    co = tested.do(HIGH).fork(by="co")
    co.later(seconds=1).write("*1 Quite another thing")
    co.do(TEST)
    tested.later(seconds=2).do(ADOPT)
    entry = union(tested, co)
    assert (entry.state, entry.text) == ("amending", "Quite another thing")
    assert entry.adopted is not None
    assert entry.under_test is not None
    co.later(seconds=9).do(HIGH).do(ADOPT)
    entry = union(tested, co)
    assert entry.adopted is not None
    assert (entry.state, entry.version.id in entry.adopted.versions) == ("in force", True)


def test_an_adoption_of_words_before_the_last_agreed_ones_changes_nothing(
    tested: Sitting,
) -> None:
    co = tested.do(HIGH).fork(by="co")
    tested.later(seconds=1).write("*1 Quite another thing")
    tested.do(TEST).do(HIGH).do(ADOPT).write("*1 A third thing")
    co.later(seconds=9).do(ADOPT)
    assert union(tested, co) == line(tested)


def test_new_words_are_refused_where_they_are_the_same(agreed: Sitting) -> None:
    same = Reword(wording=NewWording(number=1, text="one thing"))
    assert agreed.refusal(same) == "A1 has these words already."


def test_a_line_with_two_wordings_travels_no_further_until_one_is_chosen(
    tested: Sitting,
) -> None:
    co = tested.fork(by="co")
    tested.later(seconds=1).write("*1 One thing")
    co.later(seconds=2).write("*1 Another thing")
    both = tested.fork()
    both.state = replay((*tested.history, *co.history))
    with pytest.raises(Refused, match="two wordings side by side"):
        both.do(Raise(number=1, ring="team"))
    both.write("*1 One thing")
    both.do(Raise(number=1, ring="team"))
    assert line(both).ring == "team"
