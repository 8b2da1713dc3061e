"""What is to be seen of one line while a group is asked about its exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from facilitate.core.consent_view import (
    ConsentView,
    adoption_words,
    consent_view,
    how_typed,
    tally_said,
)
from facilitate.core.entry_commands import (
    AdoptLine,
    MoveTo,
    NoteConcern,
    PutToTest,
    ReadBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import EntryReworded, EntryTested, VotesTaken, WordsKeptApart
from facilitate.core.tally import SCALES, own_scale, read_tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

FIST, THUMBS = SCALES["fist"], SCALES["thumbs"]


@pytest.fixture
def proposed(running: Sitting) -> Sitting:
    """One agreement, read back."""
    running.write("a: One mic, one speaker <- the elders")
    return running.do(ReadBack(number=1))


def ask(sitting: Sitting) -> Sitting:
    return sitting.do(PutToTest(number=1, scale=FIST))


def count(sitting: Sitting, text: str) -> Sitting:
    tally = read_tally(text, FIST)
    assert tally is not None
    return sitting.do(TakeVotes(tally=tally))


def view(sitting: Sitting, number: int = 1) -> ConsentView:
    found = consent_view(sitting.state, number, THUMBS)
    assert found is not None
    return found


def test_before_a_round_the_words_and_the_scale_of_the_next_one_are_shown(
    proposed: Sitting,
) -> None:
    shown = view(proposed)
    assert (shown.name, shown.stands, shown.round) == ("A1", "proposed", None)
    assert shown.wordings == ("One mic, one speaker",)
    assert shown.lineage == "the elders"
    assert shown.scale == THUMBS
    assert (shown.counted, shown.heard, shown.concerns, shown.earlier) == ("", "", (), ())
    assert shown.can == "Read it aloud. t asks the group about exactly these words."


def test_a_round_keeps_its_own_scale_whatever_the_next_one_would_use(proposed: Sitting) -> None:
    shown = view(ask(proposed))
    assert (shown.stands, shown.round, shown.scale) == ("tested, round 1", 1, FIST)
    assert "Space goes to the line for the tally" in shown.can


def test_a_tally_says_whom_to_hear_and_what_was_counted(proposed: Sitting) -> None:
    shown = view(count(ask(proposed), "5x9 2 p1"))
    assert shown.counted == "5: 9, 2: 1"
    assert shown.heard == (
        "one below three: hear them first; one passed, and passing is not consent"
    )
    assert shown.can.startswith("Hear them first")


def test_where_nobody_is_low_the_group_can_adopt(proposed: Sitting) -> None:
    assert view(count(ask(proposed), "5x9")).can.startswith("a adopts these words once")


def test_a_concern_does_not_stand_in_the_way_and_an_objection_is_heard_first(
    proposed: Sitting,
) -> None:
    count(ask(proposed), "5x9")
    proposed.do(NoteConcern(kind="concern", text="it leaves out the late shift"))
    assert view(proposed).can.startswith("a adopts")
    proposed.do(NoteConcern(kind="objection", text="it is too early"))
    shown = view(proposed)
    assert [(one.kind, one.text) for one in shown.concerns] == [
        ("concern", "it leaves out the late shift"),
        ("objection", "it is too early"),
    ]
    assert shown.can.startswith("Hear them first")


def test_what_was_adopted_is_told_with_its_round_and_its_day(proposed: Sitting) -> None:
    count(ask(proposed), "5x9").do(AdoptLine(number=1))
    shown = view(proposed)
    assert shown.stands == "in force, adopted by consent, round 1, 2026-09-12"
    assert (shown.round, shown.counted, shown.heard) == (None, "", "")
    assert shown.can == proposed.refusal(PutToTest(number=1, scale=THUMBS))


def test_of_earlier_rounds_the_words_are_shown_and_what_was_seen_in_them_but_no_count(
    proposed: Sitting,
) -> None:
    count(ask(proposed), "5x9 1").do(NoteConcern(kind="concern", text="slow", number=1))
    proposed.write("*1 One mic, one speaker, and nobody has to speak")
    shown = view(proposed)
    assert (shown.stands, shown.round, shown.counted, shown.heard) == ("proposed", None, "", "")
    (earlier,) = shown.earlier
    assert earlier[:2] == (1, "One mic, one speaker")
    assert [concern.text for concern in earlier.concerns] == ["slow"]
    again = view(ask(proposed))
    assert again.stands == "tested, round 2"
    assert again.earlier == shown.earlier
    assert again.concerns == ()


def test_an_adoption_of_earlier_words_is_said_to_be_one(proposed: Sitting) -> None:
    count(ask(proposed), "5x9").do(AdoptLine(number=1))
    proposed.write("*1 Nobody speaks while another does")
    assert view(proposed).stands == (
        "amending, earlier words were adopted by consent, round 1, 2026-09-12"
    )
    assert view(ask(proposed)).stands == "amending, round 1"


def test_an_adoption_of_no_known_day_tells_none(proposed: Sitting) -> None:
    count(ask(proposed), "5x9").do(AdoptLine(number=1))
    entry = proposed.state.entry(1)
    assert entry is not None
    assert entry.adopted is not None
    without = entry._replace(adopted=entry.adopted._replace(on=None))
    assert adoption_words(without) == "adopted by consent, round 1"


def test_two_wordings_side_by_side_are_both_shown_and_one_is_to_be_said_first(
    proposed: Sitting,
) -> None:
    entry = proposed.state.entry(1)
    assert entry is not None
    event = EntryReworded(entry=entry.id, text="One speaker at a time", lineage="")
    proposed.record(event, "co", base=())
    shown = view(proposed)
    assert shown.wordings == ("One mic, one speaker", "One speaker at a time")
    assert shown.can == (
        "Two wordings stand side by side. Read both aloud; w says which words hold."
    )


def test_a_line_that_is_only_heard_is_to_be_read_back_first(running: Sitting) -> None:
    running.write("a: One mic")
    assert view(running).can == "Read A1 back first: b."


def test_of_other_kinds_nobody_is_asked(running: Sitting) -> None:
    running.write("q: who holds us?")
    shown = view(running)
    assert shown.scale is None
    assert shown.can == "Consent is for agreements; Q1 is a question."


def test_a_line_that_rests_says_how_it_comes_back(proposed: Sitting) -> None:
    proposed.do(MoveTo(number=1, state="parked"))
    assert view(proposed).can == proposed.refusal(PutToTest(number=1, scale=THUMBS))


def test_a_line_that_is_not_to_be_seen_is_none(proposed: Sitting) -> None:
    assert consent_view(proposed.state, 2, FIST) is None
    proposed.do(Withdraw(number=1))
    assert consent_view(proposed.state, 1, FIST) is None


def test_words_that_are_not_at_hand_are_said_to_be_gone(running: Sitting) -> None:
    entry = running.write("a: One mic")
    running.record(WordsKeptApart(entry=entry, of=entry, text=None))  # type: ignore[arg-type]
    assert view(running).wordings == ("(its words are not on this machine any more)",)


# Typing


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (FIST, "9/3/2 best first, 5x9 4x3, 554 a digit a person, = is no objection heard."),
        (THUMBS, "9/3/2 best first, u9 s3, = is no objection heard."),
        (SCALES["objection"], "Type it like this: = is no objection heard."),
        (
            own_scale("ours", ("yes", "no")),
            "9/3 best first, 2x9 1x3, 221 a digit a person, = is no objection heard.",
        ),
    ],
    ids=["fist", "thumbs", "objection", "own"],
)
def test_every_scale_says_how_its_tally_is_typed(scale: object, told: str) -> None:
    assert how_typed(scale).endswith(told)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [*SCALES.values(), own_scale("ours", ("yes", "no"))])
def test_the_examples_can_be_typed(scale: object) -> None:
    words = how_typed(scale).removeprefix("Type it like this: ")  # type: ignore[arg-type]
    for example in words.removesuffix(" is no objection heard.").split(", "):
        tally = example.removesuffix(" best first").removesuffix(" a digit a person")
        assert read_tally(tally, scale) is not None, tally  # type: ignore[arg-type]


def test_half_a_tally_says_what_it_says_or_how_one_is_typed() -> None:
    assert tally_said("555221", FIST) == "three below three: hear them first"
    assert tally_said("5x", FIST) == how_typed(FIST)
    assert tally_said("", FIST) == how_typed(FIST)


@pytest.mark.parametrize("labels", [(), ("yes",), ("yes", "no"), ("yes", "well", "no")])
@pytest.mark.parametrize("keys", [(), ("1",), ("2", "1"), ("3", "2", "1")])
def test_a_round_out_of_a_foreign_journal_is_shown_whatever_its_scale(
    proposed: Sitting, labels: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    entry = proposed.state.entry(1)
    assert entry is not None
    tested = EntryTested(
        entry=entry.id, version=entry.id, round=1, method="theirs", labels=labels, keys=keys,
        hear=9,
    )  # fmt: skip
    proposed.record(tested)
    scale = view(proposed).scale
    assert scale is not None
    assert how_typed(scale).startswith("Type it like this: ")
    for text in ("=", "1/1", "1/1/1", "2x1 1x1", "21"):
        assert tally_said(text, scale)
    proposed.record(
        VotesTaken(entry=entry.id, test=proposed.state.history[-1].id, counts=(3, 2, 1, 0))
    )
    assert view(proposed).heard
