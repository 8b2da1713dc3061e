from __future__ import annotations

import pytest

from facilitate.core.capture_line import DEFAULT_KIND
from facilitate.core.captures import Origin
from facilitate.core.completion import Source, Suggestion, complete, origin_of

MIC = Source("One mic, one speaker", "offered", "agreement")
STAYS = Source("What\u2019s said here stays.", "offered", "agreement")
PARALLEL = Source("parallel process = it echoes", "ours", "term", "T3")
HOLDS = Source("who holds the supervisor?", "carried", "question", "Q5")
SHORT = Source("One mic", "carried", "agreement")
SOURCES = (MIC, STAYS, PARALLEL, HOLDS, SHORT)


@pytest.mark.parametrize(
    ("typed", "whole", "source"),
    [
        ("One", "One mic, one speaker", MIC),
        ("one MIC", "one MIC, one speaker", MIC),
        ("  one", "  one mic, one speaker", MIC),
        ("a: One", "a: One mic, one speaker", MIC),
        ("Agreement:  one", "Agreement:  one mic, one speaker", MIC),
        ("what's", "what's said here stays.", STAYS),
        ("t: par", "t: parallel process = it echoes", PARALLEL),
        ("q: who", "q: who holds the supervisor?", HOLDS),
    ],
)
def test_a_half_typed_line_goes_on_as_words_that_are_there(
    typed: str, whole: str, source: Source
) -> None:
    assert complete(typed, "agreement", SOURCES) == Suggestion(text=whole, source=source)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "On",
        "a: On",
        "a: ",
        "   ",
        "mic",
        "One mic, one speaker",
        "One mic, one speaker.",
        "One  mic",
        "par",  # a term, where agreements are made
        "t: One",
        "note: One",
        "! One",
        "!One",
        " ! One",
        "*12 One",
        "&7 One",
    ],
)
def test_other_lines_are_left_alone(typed: str) -> None:
    assert complete(typed, "agreement", SOURCES) is None


@pytest.mark.parametrize("sign", "!*&")
def test_a_line_with_a_meaning_of_its_own_is_not_completed_even_from_such_words(
    sign: str,
) -> None:
    source = Source(f"{sign}12 words", "ours", "term")
    for typed in (f"{sign}12 w", f" {sign}12 w"):
        assert complete(typed, "term", [source]) is None


def test_of_several_that_fit_the_first_that_says_more_is_taken() -> None:
    longer = complete("One mic", "agreement", (SHORT, MIC))
    assert longer == Suggestion(text="One mic, one speaker", source=MIC)
    assert complete("One", "agreement", (SHORT, MIC)) == Suggestion(
        text="One mic", source=SHORT
    )


def test_where_the_segment_names_no_kind_what_a_plain_line_becomes_is_completed() -> None:
    rest = Source("rest is work", "carried", DEFAULT_KIND)
    assert complete("res", None, (MIC, rest)) == Suggestion(text="rest is work", source=rest)
    assert complete("One", None, (MIC, rest)) is None


def test_letters_that_grow_when_folded_do_not_shift_the_rest() -> None:
    source = Source("Straße der Ruhe", "carried", "term")
    assert complete("straß", "term", [source]) == Suggestion("straße der Ruhe", source)
    assert complete("STRASS", "term", [source]) is None


@pytest.mark.parametrize(
    ("text", "taken", "origin"),
    [
        ("One mic, one speaker", MIC, "offered"),
        ("One mic, one speaker", None, "offered"),
        ("one MIC, one speaker!", None, "offered"),
        ("What's  said here stays", None, "offered"),
        ("who holds the supervisor", None, "carried"),
        ("parallel process = it echoes", PARALLEL, "ours"),
        ("One mic, two speakers", MIC, "adapted"),
        ("who holds us?", HOLDS, "adapted"),
        ("One mic", MIC, "carried"),  # edited into words that were carried
        ("parallel process = it returns", PARALLEL, "ours"),
        ("One mic, two speakers", None, "ours"),
        ("One, mic, one speaker", None, "ours"),
        ("rest", None, "ours"),
    ],
)
def test_the_origin_travels_with_the_words(
    text: str, taken: Source | None, origin: Origin
) -> None:
    assert origin_of(text, taken, SOURCES) == origin


def test_of_two_sources_with_the_same_words_the_one_that_was_taken_counts() -> None:
    carried = MIC._replace(origin="carried")
    assert origin_of(MIC.text, carried, (MIC, carried)) == "carried"
    assert origin_of(MIC.text, None, (MIC, carried)) == "offered"


def test_words_that_were_adapted_stay_adapted_when_they_change_again() -> None:
    assert origin_of("two mics", MIC._replace(origin="adapted"), ()) == "adapted"
