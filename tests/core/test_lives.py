from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from tests.core.roads import ADOPT, AMEND, FIST, PLACES, READ, ROADS, TEST, brought_to, to

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import NewWording
from facilitate.core.captures import KINDS, EntryState
from facilitate.core.entry_commands import LetGo, MoveTo, PutToTest, ReadBack, Reword, Withdraw
from facilitate.core.lives import ENDED, LIVES, a_kind

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

STATES: tuple[EntryState, ...] = get_args(EntryState)
DEEDS = ("tested", "in force", "amending", "noted")
"""Where testing, adopting and other words lead, and no mere moving."""


def stands(sitting: Sitting) -> EntryState:
    return next(iter(sitting.state.entries.values())).state


# The drawing


def test_every_kind_has_a_life_that_begins_where_it_is_captured() -> None:
    assert set(LIVES) == set(KINDS)
    for kind, life in LIVES.items():
        assert next(iter(life)) == KINDS[kind].first
        assert {state for following in life.values() for state in following} <= set(life)


def test_every_state_is_somewhere_in_a_life_and_is_reached() -> None:
    assert {state for life in LIVES.values() for state in life} == set(STATES)
    assert {kind: set(roads) for kind, roads in ROADS.items()} == {
        kind: set(life) for kind, life in LIVES.items()
    }


@pytest.mark.parametrize(("kind", "state"), PLACES)
def test_every_state_of_every_kind_is_reached_from_its_capture(
    kind: CaptureKind, state: EntryState, running: Sitting
) -> None:
    assert brought_to(running, kind, state).state == state


@pytest.mark.parametrize(("kind", "state"), [place for place in PLACES if place[1] != "let go"])
def test_a_state_is_left_only_as_it_is_drawn(
    kind: CaptureKind, state: EntryState, running: Sitting
) -> None:
    brought_to(running, kind, state)
    drawn = LIVES[kind][state]
    for target in STATES:
        move = to(target, into=2 if target == "merged" else None)
        if target in drawn and target not in DEEDS:
            assert stands(running.fork().do(move)) == target
            continue
        words = running.refusal(move)
        possible = drawn or ("withdrawn",)
        told = [one for one in (*possible, "with t", "takes a test", "with w") if one in words]
        assert told, words
    assert stands(running) == state


@pytest.mark.parametrize(("kind", "state"), [place for place in PLACES if place[1] == "let go"])
def test_what_was_let_go_is_found_no_more(
    kind: CaptureKind, state: EntryState, running: Sitting
) -> None:
    brought_to(running, kind, state)
    for target in STATES:
        assert running.refusal(to(target)) == "There is no line 1 to be seen here."


@pytest.mark.parametrize(("kind", "state"), [place for place in PLACES if place[1] != "let go"])
def test_from_anywhere_a_line_can_be_withdrawn_and_comes_back_as_it_was(
    kind: CaptureKind, state: EntryState, running: Sitting
) -> None:
    before = brought_to(running, kind, state)
    running.do(Withdraw(number=1))
    assert running.state.entry(1) is None
    assert running.undo().state.entry(1) == before


# What is said where it goes no further


@pytest.mark.parametrize(
    ("kind", "state", "target", "words"),
    [
        ("agreement", "heard", "in force", "A1 is heard. From here it can become proposed or"),
        ("agreement", "proposed", "tested", "Put its exact words to the group with t."),
        ("agreement", "tested", "in force", "It takes a test of its exact words, and then the"),
        ("agreement", "in force", "amending", "Give it other words with w; that opens it"),
        ("agreement", "in force", "parked", "A1 is in force. From here it can become amending"),
        ("agreement", "parked", "parked", "A1 is parked already. From here it can become"),
        ("agreement", "heard", "learned", "An agreement is never learned. From here it can"),
        ("term", "heard", "shared", "T1 is heard. From here it can become working."),
        ("term", "moving away from", "working", "From here it can only be withdrawn."),
        ("question", "answered", "open", "Q1 is answered. From here it can only be withdrawn."),
        ("example", "noted", "proposed", "An example is never proposed. From here it can"),
    ],
)
def test_a_refused_step_says_what_is_possible_instead(
    kind: CaptureKind, state: EntryState, target: EntryState, words: str, running: Sitting
) -> None:
    brought_to(running, kind, state)
    assert words in running.refusal(to(target))


def test_kinds_are_told_with_their_article() -> None:
    assert [a_kind(kind) for kind in ("agreement", "example", "term")] == [
        "an agreement",
        "an example",
        "a term",
    ]


# Reading back


@pytest.mark.parametrize(("kind", "state"), [place for place in PLACES if place[1] != "let go"])
def test_reading_back_moves_on_what_was_not_heard_by_the_group_and_nothing_else(
    kind: CaptureKind, state: EntryState, running: Sitting
) -> None:
    brought_to(running, kind, state)
    unheard = {
        "agreement": ("heard", "open", "revived"),
        "term": ("heard",),
        "framework": ("heard",),
    }
    if state in unheard.get(kind, ()):
        assert stands(running.do(READ)) == KINDS[kind].read_back
    else:
        words = running.refusal(READ)
        assert words.endswith(f"1 does not wait for reading back: it is {state}.")


def test_without_a_number_the_line_that_waited_longest_is_read_back(running: Sitting) -> None:
    for text in ("l: it was quiet", "a: One mic", "t: rupture = a break"):
        running.write(text)
    read_back = ReadBack(number=None)
    running.do(read_back).do(read_back)
    assert [entry.state for entry in running.state.entries.values()] == [
        "noted",
        "proposed",
        "working",
    ]
    assert running.refusal(read_back) == "Every line has been read back."


# Other words


@pytest.mark.parametrize(
    ("kind", "state", "then"),
    [
        ("agreement", "heard", "heard"),
        ("agreement", "proposed", "proposed"),
        ("agreement", "tested", "proposed"),
        ("agreement", "in force", "amending"),
        ("agreement", "amending", "amending"),
        ("agreement", "parked", "parked"),
        ("agreement", "retired", "retired"),
        ("term", "working", "working"),
        ("term", "shared", "working"),
        ("term", "moving away from", "moving away from"),
        ("commitment", "tried", "tried"),
        ("question", "answered", "answered"),
        ("example", "checked", "noted"),
    ],
)
def test_other_words_open_again_what_was_agreed_or_asked_about(
    kind: CaptureKind, state: EntryState, then: EntryState, running: Sitting
) -> None:
    before = brought_to(running, kind, state)
    running.do(Reword(wording=NewWording(number=1, text="something new altogether")))
    after = running.state.entries[before.id]
    assert (after.state, after.text) == (then, "something new altogether")
    assert after.versions[:-1] == before.versions


def test_a_shared_term_whose_words_mean_the_same_stays_shared(running: Sitting) -> None:
    brought_to(running, "term", "shared")
    running.write("*1 One thing!")
    assert stands(running) == "shared"


# One line into another


def test_a_line_becomes_a_part_of_another_and_can_be_revived(running: Sitting) -> None:
    merged = brought_to(running, "agreement", "merged")
    target = running.state.entry(2)
    assert target is not None
    assert merged.merged_into == target.id
    assert merged.is_shown
    running.do(to("revived"))
    assert running.state.entries[merged.id].merged_into is None


def test_a_line_becomes_a_part_only_of_another_line_of_its_kind_that_stands(
    running: Sitting,
) -> None:
    brought_to(running, "agreement", "merged")
    running.write("t: rupture = a break")
    running.write("a: Stories stay")
    four = MoveTo(number=4, state="merged")
    assert running.refusal(four) == "Say which line it becomes a part of."
    only = "A4 can become a part of another agreement only."
    assert running.refusal(MoveTo(number=4, state="merged", into=4)) == only
    assert running.refusal(MoveTo(number=4, state="merged", into=3)) == only
    words = running.refusal(MoveTo(number=4, state="merged", into=9))
    assert words == "There is no line 9 to be seen here."
    words = running.refusal(MoveTo(number=2, state="merged", into=1))
    assert words == "A1 is merged; choose a line that still stands."


# Ended, let go


def test_nothing_follows_an_end_but_a_new_beginning() -> None:
    for life in LIVES.values():
        for state in ENDED & set(life):
            assert set(life[state]) <= {"revived", "checked"}


@pytest.mark.parametrize(
    ("kind", "state", "then"),
    [
        ("practice", "tried", "let go"),
        ("practice", "learned", "learned"),
        ("question", "parked", "let go"),
        ("question", "answered", "answered"),
        ("example", "checked", "checked"),
        ("agreement", "in force", "in force"),
        ("term", "shared", "shared"),
    ],
)
def test_any_line_may_be_let_go_and_its_life_stays_what_it_was(
    kind: CaptureKind, state: EntryState, then: EntryState, running: Sitting
) -> None:
    before = brought_to(running, kind, state)
    running.do(LetGo(number=1))
    after = running.state.entries[before.id]
    assert (after.let_go, after.is_shown, after.state) == (True, False, then)
    assert running.undo().state.entry(1) == before


def test_an_agreement_that_was_retired_can_be_adopted_anew(running: Sitting) -> None:
    before = brought_to(running, "agreement", "retired")
    running.do(to("revived")).do(READ)
    running.do(PutToTest(number=1, scale=FIST)).do(ADOPT).do(AMEND)
    assert [one.number for one in running.state.entries[before.id].rounds] == [1, 1]


def test_testing_a_line_again_is_no_step_of_its_life(running: Sitting) -> None:
    brought_to(running, "agreement", "tested")
    assert stands(running.do(TEST)) == "tested"
