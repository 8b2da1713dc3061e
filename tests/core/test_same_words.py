from __future__ import annotations

import pytest

from facilitate.core.same_words import same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("One thing", "one THING."),
        ("One thing", "\u201cOne thing\u201d"),
        ("One thing: ouch", "One thing - (ouch)"),
        ("We break at 3.15", "We break at 3.15."),
        ("We break at 3.15, then go on", "We break (at 3.15) then go on"),
        ("\u00a1Ouch!", "ouch"),
        ("", "..."),
    ],
)
def test_case_and_punctuation_around_words_are_writing(one: str, other: str) -> None:
    assert same_words(one, other)
    assert same_words(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("every 1.5 hours", "every 15 hours"),
        ("every 1.5 hours", "every 1 5 hours"),
        ("every .5 hours", "every 5 hours"),
        ("at -5", "at 5"),
        ("5% of it", "5 of it"),
        ("5 % of it", "5 of it"),
        ("now here", "nowhere"),
        ("re-sign", "resign"),
        ("one-thing", "one thing"),
        ("we're", "were"),
        ("you & me", "you me"),
        ("this / that", "this that"),
        ("Welcome \U0001f30a", "Welcome \U0001f525"),
        ("one thing", "one thing two"),
        ("\u0915\u0940", "\u0915\u093e"),
    ],
)
def test_what_is_inside_words_and_what_stands_for_words_is_meaning(
    one: str, other: str
) -> None:
    assert not same_words(one, other)
    assert not same_words(other, one)
