"""What holds for every line: it means something, says no more than it shows, and stays so."""

from __future__ import annotations

import unicodedata
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import (
    HeardAgain,
    Line,
    NewLine,
    NewWording,
    Nothing,
    RoomLine,
    Votes,
    clean,
    read_line,
)
from facilitate.core.captures import KINDS
from facilitate.core.completion import Source, complete, origin_of
from facilitate.core.line_hints import hints, same_term

MANY_LINES = 50_000
SEEN_BY_NOBODY = {"Cc", "Cs", "Zl", "Zp"}
PIECES = (
    *(
        "a: ",
        "T:",
        "term: ",
        "agreement:",
        "note: ",
        "1:3",
        "3:15",
        ":",
        "*12 ",
        "*A7 ",
        "*99 x",
    ),
    *("&7", "&7 ", "&q12 e: ", "&99 ", "& ", "!", "! ", " <- ", "<-", " <- <- ", " = ", "="),
    *("#leadership", " #Policy ", " #1", " #a", "#", " @lead", " @Home-Visiting ", "@", "@a.b"),
    *(" >next", " >PART2 ", " >+6w", " >2027-03-01 ", " >2027-02-30", ">", " #été", " @नमस्ते"),
    *("[/fix]", "[b", "[@click=app.quit]x[/]", "\\", "{x}", "%s", "someone@example.org"),
    *("http://x.y/#a", "555443", "9/3/2", "5x9 4x3", "Maria said", "my client", "3-year-old"),
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\ufeff",
        "\u200b",
        "\u200c",
        "\u200d",
        "👩\u200d❤\ufe0f\u200d👩",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\n",
        "\r\n",
        "\t",
        "\x85",
        "\u2028",
        "\ud800",
        "\udfff",
        "\U000e0041",
    ),
    *(
        "e\u0301",
        "\u0301",
        "\u0130",
        "\u03a3",
        "ß",
        "\u00a0",
        "\u3000",
        " ",
        "  ",
        "words",
        "One mic",
    ),
)
KNOWN = frozenset({7, 12})
LINES = st.text() | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
HERE = st.sampled_from([None, *KINDS])


def is_tally(text: str) -> bool:
    return text in {"555443", "9/3/2", "5x9 4x3", "="}


def ways_to_write(line: NewLine) -> list[str]:
    """A line with its marks at the end, and with its marks before the lineage.

    Mostly both mean the same. Where the lineage ends with what would be read as more marks,
    or as another arrow, only one does.
    """
    marks = [f"#{tag}" for tag in line.tags]
    marks += [f"@{line.owner}"] if line.owner else []
    marks += [f">{line.when}"] if line.when else []
    source = ["<-", line.lineage] if line.lineage else []
    begin = [f"&{line.belongs_with}"] if line.belongs_with is not None else []
    begin += [f"{line.kind}:", line.text]
    return [" ".join([*begin, *source, *marks]), " ".join([*begin, *marks, *source])]


def is_whole(text: str) -> bool:
    return text == clean(text) != "" and not SEEN_BY_NOBODY & set(
        map(unicodedata.category, text)
    )


def holds(line: str, meaning: Line) -> bool:
    """Whether all that a line means is clean, said in full, and in the line."""
    match meaning:
        case NewLine():
            said = [
                meaning.text,
                *meaning.tags,
                *filter(None, [meaning.lineage, meaning.owner]),
            ]
            return (
                all(map(is_whole, said))
                and meaning.origin == "ours"
                and (meaning.facet is None or meaning.facet in map(str.casefold, meaning.tags))
                and len({tag.casefold() for tag in meaning.tags}) == len(meaning.tags)
            )
        case NewWording(number=number, text=text, lineage=lineage):
            return is_whole(text) and is_whole(lineage or "-") and number in KNOWN
        case HeardAgain(number=number):
            return number in KNOWN
        case RoomLine(text=text):
            return is_whole(text) and clean(line).startswith("!")
        case Votes(text=text):
            return text == clean(line) and is_tally(text)
        case Nothing():
            return clean(line) in {"", "!"}


def check(line: str, kind: CaptureKind | None) -> None:
    meaning = read_line(line, kind, KNOWN, is_tally)
    assert holds(line, meaning), ascii(line)
    assert read_line(clean(line), kind, KNOWN, is_tally) == meaning, ascii(line)
    if isinstance(meaning, NewLine):
        again = [read_line(way, None, KNOWN) for way in ways_to_write(meaning)]
        assert meaning in again, ascii(line)


def test_fifty_thousand_crooked_lines_mean_something_and_can_be_written_down_again() -> None:
    chance = Random(20_270_301)
    kinds = (None, *KINDS)
    for n in range(MANY_LINES):
        pieces = chance.choices(PIECES, k=chance.randint(1, 9))
        check("".join(pieces), kinds[n % len(kinds)])


def test_lines_of_four_thousand_characters_mean_something() -> None:
    for piece in PIECES:
        line = (piece * 4_000)[:4_000]
        for text in (line, f"x{line}", f"x {line} y", f"x <- {line}", f"&7 a: {line}"):
            check(text, "term")


@settings(max_examples=1_000)
@given(LINES, HERE)
@example("a: ! <- b", None)
@example("a <- <- b", None)
@example("*12 *12 <- <-", "term")
@example("x #t <- @a", "term")
@example("x <- y @a #t @b", "term")
@example("x #t <- <-", "term")
def test_every_line_means_something_and_can_be_written_down_again(
    line: str, kind: CaptureKind | None
) -> None:
    check(line, kind)


@settings(max_examples=1_000)
@given(LINES, HERE)
def test_words_that_are_put_back_on_the_line_come_back_as_the_same_wording(
    line: str, kind: CaptureKind | None
) -> None:
    meaning = read_line(line, kind)
    if isinstance(meaning, NewLine | NewWording):
        whole = " <- ".join(filter(None, [meaning.text, meaning.lineage]))
        reworded = read_line(f"*7 {whole}", kind)
        bare = not meaning.lineage and meaning.text.endswith(" <-")  # of a new line: words
        text, lineage = meaning.text, meaning.lineage or None
        if bare:
            text, lineage = text.removesuffix(" <-"), ""
        assert reworded == NewWording(number=7, text=text, lineage=lineage)


@settings(max_examples=1_000)
@given(LINES, st.lists(LINES, max_size=4))
def test_hints_can_be_asked_for_at_every_key(line: str, others: list[str]) -> None:
    assert len(hints(line)) == len(set(hints(line)))
    terms = [(f"T{n}", other) for n, other in enumerate(others)]
    assert same_term(line, terms) in {None, *(name for name, _ in terms)}


@settings(max_examples=1_000)
@given(LINES, HERE, st.lists(LINES.map(clean).filter(bool), min_size=1, max_size=4), st.data())
def test_a_suggestion_begins_with_what_was_typed_and_keeps_its_origin(
    line: str, kind: CaptureKind | None, texts: list[str], data: st.DataObject
) -> None:
    sources = [Source(text, "offered", kind or "learning") for text in texts]
    begun = data.draw(st.sampled_from(texts))
    typed = data.draw(st.sampled_from([line, begun[: len(begun) // 2]]))
    found = complete(typed, kind, sources)
    if found is not None:
        assert found.text.startswith(typed)
        assert len(found.text) > len(typed)
        assert found.source in sources
        assert not typed.lstrip().startswith(("!", "*", "&"))
        assert origin_of(found.source.text, found.source, sources) == "offered"
    assert origin_of(line, None, []) == "ours"
