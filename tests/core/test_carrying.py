from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.capture_line import NewWording
from facilitate.core.captures import Detail, Entry, EntryState, Marks
from facilitate.core.carrying import (
    CarriedLine,
    Inherited,
    as_taken_up,
    is_due,
    is_when,
    when_words,
)
from facilitate.core.entry_commands import (
    AdoptLine,
    HearAgain,
    LetGo,
    Lower,
    MoveTo,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import EntryTakenUp
from facilitate.core.fold import evolve, replay
from facilitate.core.lives import ENDED
from facilitate.core.tally import SCALES, Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

OLD = "2026-06-06-circle-3ab9"
STORIES = CarriedLine(
    sitting=OLD,
    number=4,
    kind="agreement",
    ring="cohort",
    state="in force",
    text="Stories stay",
    lineage="the elders",
    marks=Marks(tags=("policy",), when="next"),
    details=(Detail(name="scope", text="in the rooms"),),
    adopted_round=2,
    adopted_on=dt.date(2026, 6, 6),
)
RUPTURE = CarriedLine(
    sitting=OLD, number=7, kind="term", ring="cohort", state="shared", text="rupture = a break"
)
INHERITED = Inherited(lines=(STORIES, RUPTURE), highest=11)


@pytest.fixture
def carrying(running: Sitting) -> Sitting:
    running.state = replace(running.state, inherited=INHERITED)
    return running


def line(sitting: Sitting, number: int = 4) -> Entry:
    found = sitting.state.entry(number)
    assert found is not None
    return found


def taken_up(sitting: Sitting) -> list[str]:
    return [r.event.text for r in sitting.history if isinstance(r.event, EntryTakenUp)]


# Before anything is done with it


def test_a_carried_line_is_found_by_its_number_and_enters_no_history(carrying: Sitting) -> None:
    entry = line(carrying)
    assert (entry.id, entry.name, entry.touched) == (f"{OLD}:A4", "A4", False)
    assert (entry.state, entry.text, entry.version.lineage) == (
        "in force",
        "Stories stay",
        "the elders",
    )
    assert (entry.marks.tags, entry.told) == (("policy",), {"scope": "in the rooms"})
    assert entry.adopted is not None
    assert (entry.adopted.round, entry.adopted.on) == (2, dt.date(2026, 6, 6))
    assert (carrying.state.entries, carrying.state.entry(5)) == ({}, None)


def test_numbers_go_on_above_what_the_cohort_said(carrying: Sitting) -> None:
    carrying.write("a: One mic")
    assert [entry.number for entry in carrying.state.entries.values()] == [12]
    assert carrying.state.next_number == 13
    assert replay(carrying.history, INHERITED).next_number == 13


# Worked with by reference


def test_the_first_that_happens_to_a_carried_line_takes_it_up_and_the_next_does_not(
    carrying: Sitting,
) -> None:
    carrying.do(Reaffirm(number=4)).do(HearAgain(number=4))
    assert taken_up(carrying) == ["Stories stay"]
    entry = line(carrying)
    assert (entry.reaffirmed, entry.heard_again, entry.touched) == (True, 1, True)
    assert list(carrying.state.entries) == [STORIES.id]
    assert replay(carrying.history) == replace(carrying.state, inherited=None)


def test_a_refusal_takes_nothing_up(carrying: Sitting) -> None:
    carrying.do(Reaffirm(number=4))
    assert carrying.refusal(Reaffirm(number=4)) == "A4 was re-affirmed already."
    words = carrying.refusal(ReadBack(number=7))
    assert words == "T7 does not wait for reading back: it is shared."
    assert taken_up(carrying) == ["Stories stay"]


def test_a_line_said_with_a_carried_one_or_merged_into_it_takes_it_up(
    carrying: Sitting,
) -> None:
    carrying.write("&4 also in the hallway")
    assert taken_up(carrying) == ["Stories stay"]
    assert not line(carrying).touched
    carrying.state = replace(carrying.state, entries={}, history=carrying.history[:1])
    carrying.write("a: Stories stay here")
    carrying.do(MoveTo(number=12, state="merged", into=4))
    assert line(carrying, 12).merged_into == STORIES.id
    assert STORIES.id in carrying.state.entries


def test_two_who_take_up_the_same_line_mean_one(carrying: Sitting) -> None:
    co = carrying.fork(by="co")
    carrying.later(seconds=1).do(Reaffirm(number=4))
    co.later(seconds=2).do(HearAgain(number=4))
    union = replay((*carrying.history, *co.history), INHERITED)
    for order in itertools.permutations((*carrying.history[-2:], *co.history[-2:])):
        state = replay(carrying.history[:-2], INHERITED)
        for recorded in order:
            state = evolve(state, recorded)
        assert state == union
    (entry,) = union.entries.values()
    assert (entry.reaffirmed, entry.heard_again, len(entry.versions)) == (True, 1, 1)


def test_who_takes_it_up_later_does_not_undo_what_was_done(carrying: Sitting) -> None:
    co = carrying.fork(by="co")
    carrying.later(seconds=1).write("*4 What is said here stays")
    co.later(seconds=2).do(Reaffirm(number=4))
    entry = replay((*carrying.history, *co.history), INHERITED).entries[STORIES.id]
    assert (entry.text, entry.reaffirmed) == ("What is said here stays", True)


STEPS: list[Callable[[Sitting], object]] = [
    lambda sitting: sitting.do(Reaffirm(number=4)),
    lambda sitting: sitting.write("*4 Names stay, lessons leave"),
    lambda sitting: sitting.do(LetGo(number=4)),
    lambda sitting: sitting.do(Withdraw(number=4)),
    lambda sitting: sitting.do(MoveTo(number=4, state="retired")),
]


@pytest.mark.parametrize("step", STEPS)
def test_an_undo_leaves_a_carried_line_as_it_came(
    step: Callable[[Sitting], object], carrying: Sitting
) -> None:
    before = line(carrying)
    step(carrying)
    assert carrying.state.entry(4) != before
    assert line(carrying.undo()) == before
    assert list(carrying.state.entries) == [STORIES.id]


def test_improving_a_carried_agreement_opens_it_and_makes_its_words_our_own_too(
    carrying: Sitting,
) -> None:
    carrying.do(Reword(wording=NewWording(number=4, text="Stories stay!")))
    assert (line(carrying).state, line(carrying).origin) == ("in force", "carried")
    carrying.do(Reword(wording=NewWording(number=4, text="Names stay, lessons leave")))
    entry = line(carrying)
    assert (entry.state, entry.origin) == ("amending", "adapted")
    assert [version.text for version in entry.versions] == [
        "Stories stay",
        "Stories stay!",
        "Names stay, lessons leave",
    ]
    carrying.do(PutToTest(number=4, scale=SCALES["fist"]))
    carrying.do(TakeVotes(tally=Tally((9, 3)))).do(AdoptLine(number=4))
    adopted = line(carrying).adopted
    assert adopted is not None
    assert (line(carrying).state, adopted.round) == ("in force", 1)
    assert adopted.on == carrying.date


def test_a_carried_line_can_be_let_go_withdrawn_or_given_to_a_wider_ring(
    carrying: Sitting,
) -> None:
    assert carrying.fork().do(LetGo(number=4)).state.entry(4) is None
    assert carrying.fork().do(Withdraw(number=4)).state.entry(4) is None
    raised = line(carrying.fork().do(Raise(number=4, ring="team")))
    assert (raised.ring, raised.state) == ("team", "in force")
    assert raised.adopted is not None
    assert raised.version.id in raised.adopted.versions


@pytest.mark.parametrize("ring", ["room", "sitting"])
def test_a_carried_line_cannot_be_taken_back_into_this_sitting(
    ring: str, carrying: Sitting
) -> None:
    words = carrying.refusal(Lower(number=4, ring=ring))  # type: ignore[arg-type]
    assert words == "A4 stands in an earlier record, too; x withdraws it."
    carrying.do(Raise(number=4, ring="team")).do(Lower(number=4, ring="cohort"))
    assert line(carrying).ring == "cohort"


def test_a_line_of_here_is_meant_before_a_carried_one_of_the_same_number(
    open_sitting: type[Sitting],
) -> None:
    sitting = open_sitting()
    sitting.write("a: One mic")
    sitting.state = replace(
        sitting.state, inherited=Inherited(lines=(STORIES._replace(number=1),))
    )
    assert line(sitting, 1).text == "One mic"
    sitting.do(Withdraw(number=1))
    assert line(sitting, 1).text == STORIES.text
    sitting.do(Withdraw(number=1))
    assert sitting.state.entry(1) is None


# As it is handed on


def test_a_line_is_taken_up_as_it_was(carrying: Sitting) -> None:
    event = as_taken_up(STORIES)
    for name in ("sitting", "number", "kind", "ring", "state", "text", "lineage", "details"):
        assert getattr(event, name) == getattr(STORIES, name)
    assert (event.marks, as_taken_up(RUPTURE).marks) == (STORIES.marks, None)
    assert event.adopted_round == 2
    assert as_taken_up(RUPTURE).adopted_on is None


@pytest.mark.parametrize("state", ["in force", "open", "shared", "handed on", *sorted(ENDED)])
def test_what_ended_is_carried_no_further(state: EntryState) -> None:
    assert STORIES._replace(state=state).is_carried_on == (state not in ENDED)


def test_a_carried_line_says_what_it_is_without_its_words() -> None:
    assert repr(STORIES) == "<CarriedLine A4>"


# When to look again


DATE = dt.date(2026, 9, 12)


@pytest.mark.parametrize(
    ("when", "since", "due"),
    [
        ("", None, False),
        ("next", None, True),
        ("2026-09-11", None, True),
        ("2026-09-12", None, True),
        ("2026-09-13", None, False),
        ("+6w", dt.date(2026, 8, 1), True),
        ("+6w", dt.date(2026, 8, 2), False),
        ("+10d", dt.date(2026, 9, 2), True),
        ("+10d", dt.date(2026, 9, 3), False),
        ("+3m", dt.date(2026, 6, 14), True),
        ("+3m", dt.date(2026, 6, 15), False),
        ("+6w", None, False),
        ("end", None, False),
        ("part2", None, False),
        ("whenever", None, False),
        ("2026-02-30", None, False),
    ],
)
def test_a_line_is_due_when_its_time_has_come(
    when: str, since: dt.date | None, due: bool, sitting: Sitting
) -> None:
    carried = STORIES._replace(marks=Marks(when=when), since=since)
    assert is_due(carried, sitting.agenda, DATE) == due


@pytest.mark.parametrize(
    ("when", "fields", "is_last", "due"),
    [
        ("end", {}, True, True),
        ("end", {"part": 2, "parts": 3}, False, False),
        ("end", {"part": 3, "parts": 3}, False, True),
        ("part2", {"topic": "repair", "part": 1}, False, False),
        ("part2", {"topic": "repair", "part": 2}, False, True),
        ("part2", {"topic": "repair", "part": 3}, False, True),
        ("part2", {"topic": "grief", "part": 2}, False, False),
        ("part2", {"part": 2}, False, True),
        ("part2", {"topic": "repair"}, True, False),
        ("part3", {"topic": "repair", "part": 2}, False, False),
    ],
)
def test_a_line_is_due_in_a_later_part_of_its_topic_or_at_the_end(
    when: str, fields: dict[str, object], is_last: bool, due: bool, sitting: Sitting
) -> None:
    agenda = replace(sitting.agenda, **fields)  # type: ignore[arg-type]
    carried = STORIES._replace(marks=Marks(when=when), topic="repair")
    assert is_due(carried, agenda, DATE, is_last=is_last) == due


def test_a_line_of_no_topic_is_due_in_the_part_whatever_the_topic(sitting: Sitting) -> None:
    agenda = replace(sitting.agenda, topic="grief", part=2)
    assert is_due(STORIES._replace(marks=Marks(when="part2")), agenda, DATE)


@pytest.mark.parametrize(
    "when", ["next", "end", "part1", "part9", "+1d", "+999m", "2027-01-31"]
)
def test_these_say_when(when: str) -> None:
    assert is_when(when)


@pytest.mark.parametrize(
    "when", ["", *["soon", "part", "part10", "+0d", "+1", "2027-1-31", "+٤w"]]
)
def test_these_do_not_say_when(when: str) -> None:
    assert not is_when(when)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("next", "next time"),
        ("end", "at the end"),
        ("part3", "in part 3"),
        ("+6w", "in 6 weeks"),
        ("+1m", "in 1 month"),
        ("+10d", "in 10 days"),
        ("2026-11-22", "on 2026-11-22"),
        ("", ""),
        ("some day [b]", "some day [b]"),
    ],
)
def test_when_to_look_again_is_said_in_words(when: str, words: str) -> None:
    assert when_words(when) == words
