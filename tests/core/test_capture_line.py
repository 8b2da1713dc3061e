from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import (
    DEFAULT_KIND,
    HeardAgain,
    Line,
    NewLine,
    NewWording,
    Nothing,
    RoomLine,
    Votes,
    clean,
    label,
    meaning,
    read_line,
    split_kind,
)
from facilitate.core.captures import KINDS


def new(kind: CaptureKind, text: str, lineage: str = "", **marks: Any) -> NewLine:
    return NewLine(kind=kind, text=text, lineage=lineage, **marks)


def plain(text: str, lineage: str = "", **marks: Any) -> NewLine:
    return new("practice", text, lineage, **marks)


def wording(number: int, text: str, lineage: str | None = None) -> NewWording:
    return NewWording(number=number, text=text, lineage=lineage)


TALLIES = ("9/3/2", "555443", "5x9 4x3", "u12 s2 d1", "=")
EXAMPLES: list[tuple[str, Line]] = [
    ("One mic, one speaker", plain("One mic, one speaker")),
    (
        (
            "a: What's said here stays; what's learned leaves"
            " <- the elders' circle we learned from"
        ),
        new(
            "agreement",
            "What's said here stays; what's learned leaves",
            "the elders' circle we learned from",
        ),
    ),
    (
        "t: parallel process = how we are together echoes in how they are with the baby",
        new(
            "term",
            "parallel process = how we are together echoes in how they are with the baby",
        ),
    ),
    (
        "e: supervisor opens with two minutes of arrival #leadership",
        new(
            "example",
            "supervisor opens with two minutes of arrival",
            tags=("leadership",),
            facet="leadership",
        ),
    ),
    (
        "c: bring the agreements to my Tuesday team @home-visiting >part2",
        new(
            "commitment",
            "bring the agreements to my Tuesday team",
            owner="home-visiting",
            when="part2",
        ),
    ),
    (
        "q: who holds the supervisor? >next",
        new("question", "who holds the supervisor?", when="next"),
    ),
    ("*12 Ouch and oops: no need to explain", wording(12, "Ouch and oops: no need to explain")),
    ("&7 also in the waiting room", plain("also in the waiting room", belongs_with=7)),
    ("! held in this room", RoomLine(text="held in this room")),
    *((tally, Votes(text=tally)) for tally in TALLIES),
]
"""One line of every sort, as the guide shows them."""


@pytest.mark.parametrize(("line", "means"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_every_sort_of_line_is_read_while_an_entry_is_tested(line: str, means: Line) -> None:
    assert read_line(line, "practice", {7, 12}, TALLIES.__contains__) == means


@pytest.mark.parametrize("tally", TALLIES)
def test_while_nothing_is_tested_a_tally_is_text(tally: str) -> None:
    assert read_line(tally, "practice") == plain(tally)


CASES: list[tuple[str, Line]] = [
    # the kind of the segment
    ("One mic, one speaker", plain("One mic, one speaker")),
    ("  One   mic\t", plain("One mic")),
    # a kind of its own
    ("a: What's said here stays", new("agreement", "What's said here stays")),
    ("A: What's said here stays", new("agreement", "What's said here stays")),
    ("agreement: One mic", new("agreement", "One mic")),
    ("AGREEMENT: One mic", new("agreement", "One mic")),
    ("Question:   why?", new("question", "why?")),
    ("q: who holds the supervisor?", new("question", "who holds the supervisor?")),
    ("t: a: b", new("term", "a: b")),
    ("a: *12 words", new("agreement", "*12 words")),
    ("a: ! words", new("agreement", "! words")),
    # what does not parse stays text
    ("1:3", plain("1:3")),
    ("#1", plain("#1")),
    ("3:15", plain("3:15")),
    ("3:15 back in the room", plain("3:15 back in the room")),
    ("someone@example.org", plain("someone@example.org")),
    ("Mail: someone@example.org", plain("Mail: someone@example.org")),
    ("https://x.org: see", plain("https://x.org: see")),
    ("r: https://x.org", new("resource", "https://x.org")),
    ("a:", plain("a:")),
    ("a: ", plain("a:")),
    ("a:One", plain("a:One")),
    ("z: One", plain("z: One")),
    ("agreements: One", plain("agreements: One")),
    ("\u0430: One", plain("\u0430: One")),  # a Cyrillic letter that looks like an a
    ("[/fix] [b]bold", plain("[/fix] [b]bold")),
    ("9/3/2 5x9 =", plain("9/3/2 5x9 =")),
    ("a:b", plain("a:b")),
    ("note: x", plain("note: x")),
    ("http://x.y/#a", plain("http://x.y/#a")),
    ("see http://x.y/#a", plain("see http://x.y/#a")),
    ("ask someone@example.org", plain("ask someone@example.org")),
    # tags
    ("x #rest", plain("x", tags=("rest",))),
    ("x #rest #Repair-2_b #rest #REST", plain("x", tags=("rest", "Repair-2_b"))),
    (
        "x #réparation #नमस्ते #\u0645\u06cc\u200c\u062e",
        plain("x", tags=("réparation", "नमस्ते", "\u0645\u06cc\u200c\u062e")),
    ),
    ("x #Policy", plain("x", tags=("Policy",), facet="policy")),
    (
        "x #policy #rest #LEADERSHIP #care",
        plain("x", tags=("policy", "rest", "LEADERSHIP", "care"), facet="leadership"),
    ),
    ("x #policymaking", plain("x", tags=("policymaking",))),
    ("the #rest of us", plain("the #rest of us")),
    ("x #1", plain("x #1")),
    ("x #1 #a", plain("x #1", tags=("a",))),
    ("x #a #1", plain("x #a #1")),
    ("x #-a", plain("x #-a")),
    ("x #a.", plain("x #a.")),
    ("x #a,b", plain("x #a,b")),
    ("x ##a", plain("x ##a")),
    ("x #", plain("x #")),
    ("x#a", plain("x#a")),
    # roles
    ("x @Home-Visiting", plain("x", owner="home-visiting")),
    ("x @lead2", plain("x", owner="lead2")),
    ("x @2lead", plain("x @2lead")),
    ("x @", plain("x @")),
    ("x @example.org", plain("x @example.org")),
    ("meet @lead at three", plain("meet @lead at three")),
    ("x @a @b", plain("x @a", owner="b")),
    (
        "x #policy @a #rest @b",
        plain("x @a", owner="b", tags=("policy", "rest"), facet="policy"),
    ),
    ("x @a @A", plain("x", owner="a")),
    # when
    ("x >next", plain("x", when="next")),
    ("x >END", plain("x", when="end")),
    ("x >Part9", plain("x", when="part9")),
    ("x >+6w", plain("x", when="+6w")),
    ("x >+10D", plain("x", when="+10d")),
    ("x >+3m", plain("x", when="+3m")),
    ("x >2027-03-01", plain("x", when="2027-03-01")),
    ("x >2028-02-29", plain("x", when="2028-02-29")),
    ("x >2027-02-29", plain("x >2027-02-29")),
    ("x >20270301", plain("x >20270301")),
    ("x >2027-W09-1", plain("x >2027-W09-1")),
    ("x >part0", plain("x >part0")),
    ("x >part10", plain("x >part10")),
    ("x >+0w", plain("x >+0w")),
    ("x >6w", plain("x >6w")),
    ("x >+6y", plain("x >+6y")),
    ("x > next", plain("x > next")),
    ("x >nextly", plain("x >nextly")),
    ("x >next >part2", plain("x >next", when="part2")),
    ("x >next y", plain("x >next y")),
    # marks around lineage, and nothing but marks
    ("x #a @b <- y", plain("x", "y", tags=("a",), owner="b")),
    ("x <- y #a >end", plain("x", "y", tags=("a",), when="end")),
    (
        "x #policy @a <- y #practice >end",
        plain("x", "y", tags=("policy", "practice"), facet="practice", owner="a", when="end"),
    ),
    ("x @a <- y @b", plain("x @a", "y", owner="b")),
    ("x <- y @a @b", plain("x", "y @a", owner="b")),
    ("x #a <- @elders", plain("x", "@elders", tags=("a",))),
    ("x @a <- @elders", plain("x", "@elders", owner="a")),
    ("#leadership", plain("#leadership")),
    ("#leadership @a >end", plain("#leadership @a >end")),
    ("e: #leadership", new("example", "#leadership")),
    ("#a <- y @b", plain("#a", "y @b")),
    # lineage
    ("x <- y", plain("x", "y")),
    ("a: Stay <- the elders", new("agreement", "Stay", "the elders")),
    ("x <- y <- z", plain("x <- y", "z")),
    ("x <-y", plain("x <-y")),
    ("x<- y", plain("x<- y")),
    ("x <-", plain("x <-")),
    ("<- y", plain("<- y")),
    ("a: <- y", new("agreement", "<- y")),
    # new wordings
    ("*12 Ouch and oops", wording(12, "Ouch and oops")),
    ("*A12 Ouch", wording(12, "Ouch")),
    ("*12   Ouch <- us", wording(12, "Ouch", "us")),
    ("*12 a: words", wording(12, "a: words")),
    ("*12 ! words", wording(12, "! words")),
    ("*12 x #a @b >end", wording(12, "x #a @b >end")),
    ("*12", plain("*12")),
    ("*12: words", plain("*12: words")),
    ("*12words", plain("*12words")),
    ("* 12 words", plain("* 12 words")),
    ("*1234567 words", plain("*1234567 words")),
    ("**12 words", plain("**12 words")),
    # what belongs with an entry
    ("&7", HeardAgain(number=7)),
    ("&A7", HeardAgain(number=7)),
    (" &7 ", HeardAgain(number=7)),
    ("&7 words", plain("words", belongs_with=7)),
    ("&a7 words", plain("words", belongs_with=7)),
    ("&7 e: words", new("example", "words", belongs_with=7)),
    (
        "&7 e: words #policy @lead >end <- us",
        new(
            "example",
            "words",
            "us",
            tags=("policy",),
            facet="policy",
            owner="lead",
            when="end",
            belongs_with=7,
        ),
    ),
    ("&7 *12 words", plain("*12 words", belongs_with=7)),
    ("&7 &8", plain("&8", belongs_with=7)),
    ("a: &7 words", new("agreement", "&7 words")),
    ("&7words", plain("&7words")),
    ("&7: words", plain("&7: words")),
    ("& 7 words", plain("& 7 words")),
    ("&1234567", plain("&1234567")),
    # the room
    ("! held in this room", RoomLine(text="held in this room")),
    ("!held", RoomLine(text="held")),
    ("  ! held", RoomLine(text="held")),
    ("\u200f! held", RoomLine(text="held")),
    ("! a: held <- us", RoomLine(text="a: held <- us")),
    ("!", Nothing()),
    ("! ", Nothing()),
    # nothing
    ("", Nothing()),
    (" \t\n\u00a0", Nothing()),
    ("\u202e\ufeff\u200b", Nothing()),
]


@pytest.mark.parametrize(("line", "means"), CASES, ids=[repr(line) for line, _ in CASES])
def test_a_line_means_what_it_says(line: str, means: Line) -> None:
    assert read_line(line, "practice") == means


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("*12 One mic", wording(12, "One mic")),
        ("*12 One mic <- the elders", wording(12, "One mic", "the elders")),
        ("*12 One mic <-", wording(12, "One mic", "")),
        ("*12 One mic <- ", wording(12, "One mic", "")),
        ("*12 One mic<-", wording(12, "One mic<-")),
        ("*12 One mic <- a <-", wording(12, "One mic", "a <-")),
        ("*12 <-", wording(12, "<-")),
        ("a: One mic <-", new("agreement", "One mic <-")),
    ],
)
def test_a_bare_arrow_behind_new_words_takes_the_lineage_away(line: str, means: Line) -> None:
    assert read_line(line, None) == means


def test_every_kind_has_its_letter_and_its_word_in_any_case() -> None:
    for kind, rules in KINDS.items():
        for prefix in (rules.letter, rules.letter.upper(), kind, kind.title(), kind.upper()):
            assert read_line(f"{prefix}: words", "practice") == new(kind, "words")


def test_where_the_segment_names_no_kind_a_line_stays_in_the_sitting() -> None:
    assert read_line("words", None) == new(DEFAULT_KIND, "words")
    assert read_line("a: words", None) == new("agreement", "words")
    assert KINDS[DEFAULT_KIND].ring == "sitting"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("one\r\ntwo\tthree", "one two three"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        ("a\x00b\x1b[31mc\x7fd\x9be", "a b [31mc d e"),
        ("no\u00a0break\u3000space", "no break space"),
        ("\u202eevil\u202c \u2066x\u2069 \u200ey\u200f \u061cz", "evil x y z"),
        ("a\ud800b\udfffc", "abc"),
        ("soft\xadhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
        ("seen\U000e0041\U000e0042", "seen"),
        ("e\u0301te\u0301", "été"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",) * 2,  # Persian needs its joiner
        ("👩\u200d❤\ufe0f\u200d👩",) * 2,
        ("[bold] <b> {x} \\n",) * 2,
    ],
)
def test_a_line_is_one_line_that_shows_all_it_holds(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("*12 words", wording(12, "words")),
        ("*13 words", plain("*13 words")),
        ("*13 words #a <- y", plain("*13 words", "y", tags=("a",))),
        ("&12", HeardAgain(number=12)),
        ("&13", plain("&13")),
        ("&13 e: words", plain("&13 e: words")),
    ],
)
def test_a_line_about_a_number_that_cannot_be_seen_stays_text(line: str, means: Line) -> None:
    assert read_line(line, "practice", known={12}) == means


def test_a_tally_is_asked_for_in_clean_words_before_everything_but_the_room() -> None:
    asked = []

    def is_tally(text: str) -> bool:
        asked.append(text)
        return True

    for line in (" 5x9  4x3\n", "*12 words", "&7", "a: words"):
        assert read_line(line, "practice", None, is_tally) == Votes(text=clean(line))
    assert asked == ["5x9 4x3", "*12 words", "&7", "a: words"]
    assert read_line("! 555", "practice", None, is_tally) == RoomLine(text="555")
    assert read_line(" ", "practice", None, is_tally) == Nothing()
    assert len(asked) == 4


def test_what_is_no_tally_is_read_as_ever() -> None:
    for line, means in CASES:
        assert read_line(line, "practice", None, lambda text: False) == means


@pytest.mark.parametrize(
    ("text", "called", "means"),
    [
        ("rupture", "rupture", ""),
        ("rupture = a break = a chance", "rupture", "a break = a chance"),
        ("rupture=break", "rupture=break", ""),
        ("= break", "= break", ""),
        ("rupture =", "rupture =", ""),
    ],
)
def test_a_term_has_a_label_and_a_meaning(text: str, called: str, means: str) -> None:
    assert (label(text), meaning(text)) == (called, means)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("a: One", "agreement", "One"),
        ("  Term:   One ", "term", "One "),
        ("a: ", None, "a: "),
        ("note: One", None, "note: One"),
        (" One", None, " One"),
    ],
)
def test_a_half_typed_line_can_be_parted_from_its_kind(
    text: str, kind: CaptureKind | None, words: str
) -> None:
    assert split_kind(text) == (kind, words)


# Every text

SEEN_BY_NOBODY = {"Cc", "Cs", "Zl", "Zp"}


@settings(max_examples=500)
@given(st.text() | st.text(" <-!*:aA12\u0301\u200e\n[]", max_size=20))
def test_a_clean_line_is_whole_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {unicodedata.category(character) for character in cleaned} & SEEN_BY_NOBODY
    assert cleaned == " ".join(cleaned.split())
