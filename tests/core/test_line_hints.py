from __future__ import annotations

import pytest

from facilitate.core.line_hints import (
    HAS_ADDRESS,
    HAS_PHONE,
    NAMES_SPEAKER,
    TELLS_AGE,
    TELLS_CLIENT,
    hints,
    same_term,
)

SEEN = {
    HAS_ADDRESS: (
        "write to someone@example.org",
        "x@y.de",
        "a.b+c@uni-x.example, please",
        "SOMEONE@EXAMPLE.ORG",
    ),
    HAS_PHONE: (
        "call 510-555-0123",
        "(510) 555-0123",
        "+1 (510) 555-0123",
        "1-510-555-0123",
        "5105556789",
        "phone:510.555.0199",
        "+49 151 23456789",
        "0151/23456789",
        "020 7946 0958",
        "06 12 34 56 78",
        "555-0123 after five",
    ),
    TELLS_CLIENT: (
        "my client cried",
        "Our client's house",
        "my new patient",
        "my student",
        "my supervisee",
        "My mom at the shelter",
        "my mum at the shelter",
        "one of my families",
        "one of our younger moms",
        "my family's house",
        "my family\u2019s house",
        "a client of mine",
    ),
    TELLS_AGE: (
        "a 3-year-old",
        "a 3 year old",
        "six-year-old twins",
        "Six Years Old",
        "14 months old",
        "thirty-five-year-old",
        "two and a half years old",
        "3yo",
        "a 4 y/o",
        "aged 14",
        "at the age of nine",
    ),
    NAMES_SPEAKER: (
        "Maria said we rest",
        "and then Maria said it",
        "Dr. Lee said yes",
        "Maria G. said yes",
        "“Maria said",
        "Zoë says no",
        "Óscar told us",
        "O'Neill told me",
        "We said no, Maria said yes",
    ),
}


@pytest.mark.parametrize(
    ("text", "hint"), [(text, hint) for hint, texts in SEEN.items() for text in texts]
)
def test_what_may_identify_someone_is_pointed_out(text: str, hint: str) -> None:
    assert hints(text) == (hint,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One mic, one speaker",
        # no address
        "bring it @home-visiting",
        "half @ 3.15",
        "5@3.15",
        "a@b",
        "@example.org",
        # no phone
        "3:15",
        "3:15-4:45 and 10:00-11:30",
        "1999-2004",
        "2019 2020 2021",
        "2027-03-01",
        "01.03.2027",
        "01.03.2027 10 people",
        "03-01-2027",
        "20270301",
        "555443",
        "5554443332",
        "5554443332 and one pass",
        "9/3/2",
        "5x9 4x3 2",
        "u12 s2 d1",
        "1,000,000",
        "1 000 000",
        "500 100 2000",
        "812 3456 7890",
        "https://example.org/j/5105556789",
        "0 1 2 3 4 5 6 7 8",
        "rooms of 3 4 5 6 7 8 9 10",
        "12345678901234567",
        # no client
        "clients come first",
        "our clients deserve rest",
        "my mom taught me",
        "my family",
        "patience",
        # no age
        "5 years of practice",
        "in the new year old habits return",
        "a 200 year old tradition",
        "one-day-old-fashioned",
        "page 3, stage 3",
        # nobody is named
        "Nobody said",
        "Someone said",
        "We said",
        "I said",
        "They said",
        "She said",
        "NOBODY said",
        "No one said",
        "Well said",
        "The elders told us",
        "Elders told us",
        "What's said here stays",
        "What\u2019s said here stays",
        "as maria said",
        "said Maria",
        "Maria saidest",
        "Maria told them",
        "said",
        " said",
    ],
)
def test_ordinary_words_raise_no_hint(text: str) -> None:
    assert hints(text) == ()


def test_several_hints_come_in_one_order() -> None:
    everything = "Maria said my client, a 3-year-old, has 510-555-0123 and x@example.org"
    assert hints(everything) == tuple(SEEN)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("rupture", "rupture"),
        ("Ruptures", "rupture = a break"),
        ("rupture = another meaning", "RUPTURE"),
        ("“Repair!”", "repair"),
        ("co-regulation", "Co regulation = together"),
        ("parallel processes", "parallel process"),
        ("boxes", "box"),
        ("approaches", "approach"),
        ("\uff32upture", "rupture"),  # a letter of full width
        ("Straße", "STRASSE"),
        ("de\u0301tour", "détour"),
    ],
)
def test_the_same_term_is_found_however_it_is_written(text: str, term: str) -> None:
    assert same_term(text, [("T1", "other"), ("T3", term), ("T9", term)]) == "T3"
    assert same_term(term, [("T3", text)]) == "T3"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("rupture", "repair"),
        ("rupture", "ruptured"),
        ("rupture", "repair = rupture"),
        ("loss", "los"),
        ("कि", "कु"),  # the same letter with another vowel
        ("...", "!"),
        ("", ""),
    ],
)
def test_another_term_is_not(text: str, term: str) -> None:
    assert same_term(text, [("T3", term)]) is None


def test_where_there_are_no_terms_none_is_the_same() -> None:
    assert same_term("rupture", []) is None
    assert same_term("rupture", [("T1", "first\nrupture"), ("T2", "rupture")]) == "T2"
