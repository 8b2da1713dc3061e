from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import (
    DEFAULT_KIND,
    Line,
    NewLine,
    NewWording,
    Nothing,
    RoomLine,
    clean,
    read_line,
)
from facilitate.core.captures import KINDS


def new(kind: CaptureKind, text: str, lineage: str = "") -> NewLine:
    return NewLine(kind=kind, text=text, lineage=lineage)


def plain(text: str, lineage: str = "") -> NewLine:
    return new("practice", text, lineage)


def wording(number: int, text: str, lineage: str = "") -> NewWording:
    return NewWording(number=number, text=text, lineage=lineage)


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
    ("*12", plain("*12")),
    ("*12: words", plain("*12: words")),
    ("*12words", plain("*12words")),
    ("* 12 words", plain("* 12 words")),
    ("*1234567 words", plain("*1234567 words")),
    ("**12 words", plain("**12 words")),
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


@pytest.mark.parametrize(("line", "meaning"), CASES, ids=[repr(line) for line, _ in CASES])
def test_a_line_means_what_it_says(line: str, meaning: Line) -> None:
    assert read_line(line, "practice") == meaning


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


# Every text

TEXTS = st.text() | st.text(" <-!*:aA12\u0301\u200e\n[]", max_size=20)
SEEN_BY_NOBODY = {"Cc", "Cs", "Zl", "Zp"}


@settings(max_examples=2_000)
@given(TEXTS, st.sampled_from([None, *KINDS]))
@example("a: ! <- b", None)
@example("a <- <- b", None)
@example("*1 *1 <- <-", "term")
def test_every_line_means_something_and_comes_back_when_it_is_reworded(
    line: str, kind: CaptureKind | None
) -> None:
    match read_line(line, kind):
        case NewLine(text=text, lineage=lineage) | NewWording(text=text, lineage=lineage):
            assert text == text.strip() != ""
            assert lineage == lineage.strip()
            whole = f"{text} <- {lineage}" if lineage else text
            assert read_line(f"*7 {whole}", kind) == wording(7, text, lineage)
            assert read_line(f"term: {whole}", kind) == new("term", text, lineage)
        case RoomLine(text=text):
            assert text
            assert clean(line).startswith("!")
        case Nothing():
            assert clean(line) in {"", "!"}


@settings(max_examples=500)
@given(TEXTS)
def test_a_clean_line_is_whole_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {unicodedata.category(character) for character in cleaned} & SEEN_BY_NOBODY
    assert cleaned == " ".join(cleaned.split())
