from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.core.roads import FIST, brought_to, to

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import Entry, EntryState
from facilitate.core.done_words import done_words
from facilitate.core.entry_commands import (
    AdoptLine,
    CallSmall,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    TakeVotes,
)
from facilitate.core.entry_events import RewordingWasSmall
from facilitate.core.fold import replay
from facilitate.core.line_meaning import command_of
from facilitate.core.tally import SCALES, Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

TEST = PutToTest(number=1, scale=FIST)
ADOPT = AdoptLine(number=1)
ANYWAY = AdoptLine(number=1, confirmed=True)
HIGH = TakeVotes(tally=Tally((9, 3, 0)))
SMALL = CallSmall(number=1)


def line(sitting: Sitting) -> Entry:
    return next(iter(sitting.state.entries.values()))


def typed(sitting: Sitting, text: str) -> str:
    """The words on the quiet line after something was typed on the capture line."""
    command = command_of(sitting.state, text)
    before = sitting.state
    sitting.do(command)  # type: ignore[arg-type]
    return done_words(before, sitting.state)


def told(sitting: Sitting, command: object) -> str:
    before = sitting.state
    sitting.do(command)  # type: ignore[arg-type]
    return done_words(before, sitting.state)


@pytest.fixture
def tested(running: Sitting) -> Sitting:
    brought_to(running, "agreement", "tested")
    return running


@pytest.fixture
def agreed(running: Sitting) -> Sitting:
    brought_to(running, "agreement", "proposed")
    return running.do(TEST).do(HIGH).do(ADOPT)


# The whole road


def test_the_road_of_an_agreement(running: Sitting) -> None:
    running.at("09:20").next()
    assert typed(running, "One mic <- the elders") == "A1 heard."
    assert told(running, ReadBack(number=None)) == "A1 proposed: One mic"
    words = "A1 is put to the test: fist to five. Type the tally here."
    assert told(running, TEST) == words
    words = "A1, round 1: one below three: hear them first."
    assert typed(running, "5x9 4x3 2") == words
    assert running.question(ADOPT) == (
        "One below three: hear them first. Adopt A1 as it stands?"
    )
    words = "A1 is proposed: its new words want a yes of their own."
    assert typed(running, "*1 One person speaks, the others listen") == words
    assert line(running).state == "proposed"
    running.do(TEST)
    assert typed(running, "5x10 4x3") == "A1, round 2: no one below three."
    assert told(running, ADOPT) == "A1 adopted by consent, round 2."
    entry = line(running)
    assert (entry.state, entry.text) == ("in force", "One person speaks, the others listen")
    assert entry.adopted is not None
    assert (entry.adopted.round, entry.adopted.on) == (2, dt.date(2026, 9, 12))
    assert entry.adopted.versions == (entry.version.id,)
    assert [one.adopted for one in entry.rounds] == [False, True]


def test_a_round_keeps_its_exact_words_and_the_labels_as_they_were(tested: Sitting) -> None:
    entry = line(tested)
    (asked,) = entry.rounds
    assert (asked.versions, asked.scale, asked.number) == ((entry.version.id,), FIST, 1)
    assert (asked.tally, asked.concerns) == (None, ())
    assert entry.under_test == asked


def test_while_nothing_is_tested_a_tally_is_a_line(running: Sitting) -> None:
    running.at("09:20").next()
    running.write("One mic")
    assert typed(running, "9/3/2") == "A2 heard."


# What is asked before a line is adopted


@pytest.mark.parametrize(
    ("tally", "asks"),
    [
        (None, "Nothing was counted in this round."),
        (Tally((9, 3, 0, 2)), "Two below three: hear them first."),
        (Tally((0, 0, 0)), "No voices counted."),
        (Tally((), passes=4), "No voices counted; four passed, and passing is not consent."),
        (
            Tally((9, 3, 0, 1), passes=1),
            "One below three: hear them first; one passed, and passing is not consent.",
        ),
        (Tally((9, 3, 0)), None),
        (Tally((9,), passes=1, present=12), None),
        (Tally((), no_objection=True), None),
    ],
)
def test_a_line_is_adopted_at_once_only_where_nothing_in_the_round_speaks_against_it(
    tally: Tally | None, asks: str | None, tested: Sitting
) -> None:
    if tally:
        tested.do(TakeVotes(tally=tally))
    if asks is None:
        assert line(tested.do(ADOPT)).state == "in force"
        return
    assert tested.question(ADOPT) == f"{asks} Adopt A1 as it stands?"
    assert line(tested).state == "tested"
    assert line(tested.do(ANYWAY)).state == "in force"


def test_an_objection_is_asked_about_and_a_concern_is_not(tested: Sitting) -> None:
    tested.do(HIGH).do(NoteConcern(kind="concern", text=" what of\tthe chat? "))
    assert line(tested.fork().do(ADOPT)).state == "in force"
    tested.do(NoteConcern(kind="objection", text="not by phone"))
    words = "An objection was noted: is it worked in? Adopt A1 as it stands?"
    assert tested.question(ADOPT) == words
    noted = [(one.kind, one.text) for one in line(tested).rounds[-1].concerns]
    assert noted == [("concern", "what of the chat?"), ("objection", "not by phone")]


def test_the_latest_tally_of_a_round_counts_and_a_new_round_begins_without_one(
    tested: Sitting,
) -> None:
    tested.do(TakeVotes(tally=Tally((1, 0, 0, 5)))).do(HIGH)
    assert line(tested).rounds[-1].tally == HIGH.tally
    tested.do(TEST)
    assert [(one.number, one.tally) for one in line(tested).rounds] == [
        (1, HIGH.tally),
        (2, None),
    ]
    assert tested.question(ADOPT).startswith("Nothing was counted")


def test_a_scale_that_asks_nobody_to_be_heard_asks_nothing(running: Sitting) -> None:
    brought_to(running, "agreement", "proposed")
    running.do(PutToTest(number=1, scale=SCALES["objection"]))
    assert running.question(ADOPT).startswith("Nothing was counted")
    running.do(TakeVotes(tally=Tally((), no_objection=True))).do(ADOPT)
    assert line(running).state == "in force"


def test_what_is_counted_without_a_number_is_of_the_line_that_was_asked_about_last(
    running: Sitting,
) -> None:
    brought_to(running, "agreement", "proposed")
    running.do(ReadBack(number=2)).do(PutToTest(number=2, scale=FIST)).do(TEST)
    running.do(HIGH).do(TakeVotes(tally=Tally((1,)), number=2))
    one, two = running.state.entries.values()
    assert (one.rounds[-1].tally, two.rounds[-1].tally) == (HIGH.tally, Tally((1,)))
    running.do(ADOPT).do(NoteConcern(kind="concern", text="slow"))
    assert running.state.entries[two.id].rounds[-1].concerns[0].text == "slow"


# What is refused


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("agreement", "heard", "Read A1 back first: b."),
        ("agreement", "in force", "A1 is in force; other words (w) open it again."),
        ("agreement", "parked", "A1 is parked; revive it first."),
        ("agreement", "set aside", "A1 is set aside; revive it first."),
        ("agreement", "merged", "A1 is merged; revive it first."),
        ("agreement", "retired", "A1 is retired; revive it first."),
        ("example", "noted", "Consent is for agreements; E1 is an example."),
        ("term", "working", "Consent is for agreements; T1 is a term."),
    ],
)
def test_a_line_is_put_to_the_test_where_it_is_time_for_that(
    kind: CaptureKind, state: EntryState, words: str, running: Sitting
) -> None:
    brought_to(running, kind, state)
    assert running.refusal(TEST) == words


def test_without_a_round_nothing_is_counted_noted_or_adopted(running: Sitting) -> None:
    concern = NoteConcern(kind="concern", text="slow")
    none = "No line is put to the test now; t begins that."
    assert {running.refusal(HIGH), running.refusal(concern)} == {none}
    running.write("a: One mic")
    first = "The words of A1 are not put to the test yet: b reads it back, then t."
    assert running.refusal(ADOPT) == first
    running.do(ReadBack(number=1))
    then = "The words of A1 are not put to the test yet: t."
    for command in (ADOPT, ANYWAY, TakeVotes(tally=Tally((1,)), number=1)):
        assert running.refusal(command) == then


def test_a_concern_has_words(tested: Sitting) -> None:
    words = tested.refusal(NoteConcern(kind="concern", text=" \u200b"))
    assert words == "Write in a few words what was seen."


def test_two_wordings_side_by_side_are_neither_tested_nor_adopted(tested: Sitting) -> None:
    co = tested.fork(by="co")
    co.later(seconds=1).write("*1 One voice at a time")
    tested.later(seconds=2).write("*1 One person speaks")
    tested.state = replay((*tested.history, *co.history))
    words = "A1 has two wordings side by side; say first which one it is: *1 and the words."
    assert {tested.refusal(TEST), tested.refusal(ADOPT), tested.refusal(SMALL)} == {words}
    tested.write("*1 One voice at a time")
    assert line(tested.do(TEST)).state == "tested"


# Small fixes and changes of meaning


@pytest.mark.parametrize(
    "words",
    [
        "One thing.",
        "one  THING",
        "\u201cOne thing\u201d",
        "One thing <- the elders",
    ],
)
def test_a_small_fix_keeps_what_was_agreed(words: str, agreed: Sitting) -> None:
    agreed.write(f"*1 {words}")
    entry = line(agreed)
    assert entry.state == "in force"
    assert entry.adopted is not None
    assert entry.version.id in entry.adopted.versions
    assert agreed.refusal(SMALL) == "No new words opened A1 again; w gives it other words."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One thing", "One thing or two"),
        ("Welcome \U0001f30a", "Welcome \U0001f525"),
        ("\u0915\u0940", "\u0915\u093e"),  # two words that differ in a vowel sign alone
        ("Zwei L\u00f6wen", "Zwei Lowen"),
        ("We break every 1.5 hours", "We break every 15 hours"),
        ("We are now here", "We are nowhere"),
        ("One thing", "One-thing"),
    ],
)
def test_a_change_of_meaning_opens_it_again(before: str, after: str, running: Sitting) -> None:
    running.write(f"a: {before}")
    running.do(ReadBack(number=1)).do(TEST).do(HIGH).do(ADOPT).write(f"*1 {after}")
    entry = line(running)
    assert (entry.state, entry.reopened_from) == ("amending", "in force")
    assert entry.adopted is not None
    assert entry.version.id not in entry.adopted.versions
    assert entry.under_test is None


def test_a_small_fix_keeps_the_round_that_goes_on(tested: Sitting) -> None:
    tested.do(HIGH).write("*1 One thing!")
    entry = line(tested)
    assert entry.under_test is not None
    assert entry.under_test.tally == HIGH.tally
    tested.do(ADOPT)
    adopted = line(tested).adopted
    assert adopted is not None
    assert adopted.versions == tuple(version.id for version in entry.versions)


def test_new_words_can_be_called_a_small_fix(agreed: Sitting) -> None:
    before = line(agreed)
    agreed.write("*1 Only one thing")
    assert told(agreed, SMALL) == "A1 means the same; what was agreed holds."
    entry = line(agreed)
    assert (entry.state, entry.reopened_from) == ("in force", None)
    assert entry.adopted is not None
    assert entry.adopted.versions == (before.version.id, entry.version.id)


def test_new_words_in_a_round_can_be_called_a_small_fix(tested: Sitting) -> None:
    tested.do(HIGH).write("*1 One single thing")
    assert line(tested).under_test is None
    tested.do(SMALL)
    assert (line(tested).state, line(tested.do(ADOPT)).state) == ("tested", "in force")


def test_words_after_words_that_nobody_agreed_to_are_no_small_fix(agreed: Sitting) -> None:
    agreed.write("*1 Quite the opposite")
    agreed.write("*1 Quite the very opposite")
    assert agreed.refusal(SMALL) == (
        "The words that A1 had just before were not agreed to either; "
        "these want a yes of their own."
    )
    agreed.record(RewordingWasSmall(entry=line(agreed).id))
    entry = line(agreed)
    assert (entry.state, entry.reopened_from) == ("amending", "in force")
    assert entry.adopted is not None
    assert entry.version.id not in entry.adopted.versions


def test_an_old_tally_adopts_no_words_that_nobody_was_asked_about(tested: Sitting) -> None:
    tested.do(HIGH).write("*1 Quite the opposite")
    tested.write("*1 Quite the very opposite")
    tested.record(RewordingWasSmall(entry=line(tested).id))
    assert line(tested).under_test is None
    assert tested.refusal(ADOPT) == "The words of A1 are not put to the test yet: t."


def test_a_small_fix_can_follow_another_one(agreed: Sitting) -> None:
    for words in ("One single thing", "Only one single thing"):
        agreed.write(f"*1 {words}")
        agreed.do(SMALL)
    assert (line(agreed).state, line(agreed).text) == ("in force", "Only one single thing")


def test_mended_writing_and_a_wider_ring_leave_new_words_what_they_were(
    agreed: Sitting,
) -> None:
    agreed.write("*1 One single thing")
    agreed.write("*1 One single thing.")
    agreed.do(Raise(number=1, ring="team")).do(SMALL)
    entry = line(agreed)
    assert (entry.state, entry.text) == ("in force", "One single thing.")
    assert entry.adopted is not None
    assert entry.version.id in entry.adopted.versions


def test_only_the_first_new_words_of_a_shared_term_can_be_called_small(
    running: Sitting,
) -> None:
    brought_to(running, "term", "shared")
    running.write("*1 Quite another thing")
    running.write("*1 Quite an other thing altogether")
    assert "want a yes of their own" in running.refusal(SMALL)


def test_new_words_of_a_term_can_be_called_a_small_fix(running: Sitting) -> None:
    brought_to(running, "term", "shared")
    running.write("*1 One single thing")
    assert line(running).state == "working"
    assert line(running.do(SMALL)).state == "shared"


# Rounds after rounds


def test_what_is_amended_is_tested_and_adopted_anew_from_round_one(agreed: Sitting) -> None:
    agreed.write("*1 Quite another thing")
    assert line(agreed).state == "amending"
    agreed.do(TEST)
    assert line(agreed).state == "amending"
    going_on = line(agreed).under_test
    assert going_on is not None
    assert going_on.number == 1
    agreed.write("*1 A third thing")
    assert line(agreed).under_test is None
    agreed.do(TEST)
    assert [one.number for one in line(agreed).rounds] == [1, 1, 2]
    agreed.do(HIGH).do(ADOPT)
    entry = line(agreed)
    assert entry.state == "in force"
    assert entry.adopted is not None
    assert entry.adopted.round == 2


def test_new_words_in_a_round_about_an_amendment_can_be_called_small(agreed: Sitting) -> None:
    agreed.write("*1 Quite another thing")
    agreed.do(TEST).do(HIGH).write("*1 Quite an other thing altogether")
    assert line(agreed).under_test is None
    agreed.do(SMALL)
    going_on = line(agreed).under_test
    assert (line(agreed).state, going_on and going_on.tally) == ("amending", HIGH.tally)


def test_the_same_words_tested_again_after_a_revival_are_counted_on(agreed: Sitting) -> None:
    agreed.do(to("retired")).do(to("revived")).do(TEST).do(TEST)
    assert [one.number for one in line(agreed).rounds] == [1, 1, 2]


@pytest.mark.parametrize("state", ["retired", "revived", "set aside"])
def test_what_is_held_to_no_more_does_not_say_that_it_was_adopted(
    state: EntryState, agreed: Sitting
) -> None:
    before = line(agreed)
    roads: dict[str, tuple[EntryState, ...]] = {
        "retired": ("retired",),
        "revived": ("retired", "revived"),
        "set aside": ("retired", "revived", "set aside"),
    }
    for step in roads[state]:
        agreed.do(to(step))
    assert (line(agreed).state, line(agreed).adopted) == (state, None)
    for _ in roads[state]:
        agreed.undo()
    assert line(agreed) == before


def test_an_undone_adoption_counts_rounds_on(tested: Sitting) -> None:
    tested.do(HIGH).do(ADOPT).undo().do(TEST)
    assert [one.number for one in line(tested).rounds] == [1, 2]
