from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.formats.shared_lines import TWO, everything, line, nothing, sitting, told

from facilitate.core.handout import HandOut, hand_out
from facilitate.core.record import RecordedEntry
from facilitate.core.sharing import shared
from facilitate.core.travelling import Wording
from facilitate.formats.export.handout_html import write
from facilitate.formats.export.type_size import OVER, SIZES, SMALLEST, small_size, type_size

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
ALONE = {"meta"}
"""Elements that are never closed."""


class Tree(HTMLParser):
    """The elements of a page, where each is closed in its turn, and the text in each kind."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data))

    def all_of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text_of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def page_of(*entries: RecordedEntry) -> bytes:
    return write(shared(sitting(TWO, *entries), [], "html"))


def test_the_page_is_the_same_for_ever() -> None:
    assert write(everything("html")) == (GOLDEN / "hand-out.html").read_bytes()


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = write(everything("html")).decode()
    tree = Tree(page.encode())
    tags = {tag for tag, _ in tree.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "base", "form", "svg"}
    attributes = {name for _, each in tree.elements for name in each}
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "href")}
    style = "".join(tree.text_of("style"))
    assert not re.search(r"url\(|@import|@font-face|https?:", style)
    policies = [meta for meta in tree.all_of("meta") if "http-equiv" in meta]
    assert policies[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_reader_is_told_the_language_the_title_and_whose_it_is() -> None:
    tree = Tree(write(everything("html")))
    assert tree.all_of("html") == [{"lang": "en", "dir": "ltr"}]
    assert tree.text_of("title") == [
        "Harbour circles: Attachment, part two: <what holds> & who holds it, 22 November 2026"
    ]
    assert {"name": "author", "content": "The group"} in tree.all_of("meta")
    assert tree.all_of("meta")[0] == {"charset": "utf-8"}


def test_headings_and_lists_are_real() -> None:
    tree = Tree(write(everything("html")))
    assert tree.text_of("h1") == ["Harbour circles"]
    assert tree.text_of("h2") == [
        "What we agreed",
        "On the way: not agreed yet",
        "Words we share",
    ]
    assert [each.get("class") for each in tree.all_of("ul")] == [None, "open", "narrow"]
    assert len(tree.all_of("li")) == 11
    named = [each["aria-labelledby"] for each in tree.all_of("section")]
    assert named == [each["id"] for each in tree.all_of("h2")]


@pytest.mark.parametrize(
    "bad", ["</p></li><script>x</script>", "<b>", "&lt;", '"onload="x', "-->", "<!--", "]]>"]
)
def test_nothing_that_people_wrote_is_read_as_html(bad: str) -> None:
    other = Wording(text=bad, lineage=bad)
    entry = line("A1", bad, "open", lineage=bad, also=(other,), details=told(scope=bad))
    term = line("T2", f"{bad} = {bad}", "working", details=told(also_said=bad, language=bad))
    record = replace(sitting(TWO, entry, term), title=bad, subtitle=bad, cohort=bad)
    tree = Tree(write(shared(record, [], "html")))
    calm = replace(
        sitting(TWO, line("A1", "x", "open"), line("T2", "x", "working")), subtitle="x"
    )
    usual = {tag for tag, _ in Tree(write(shared(calm, [], "html"))).elements}
    assert {tag for tag, _ in tree.elements} == usual | {"span"}
    assert sum(bad in text for _, text in tree.texts) == 11


def test_words_run_in_their_own_direction() -> None:
    page = page_of(
        line("A1", "نتكلم بالدور", "proposed", lineage="مجلس الحي"),
        line("T2", "חוסן = what grows", "shared", details=told(language="he")),
    ).decode()
    assert (
        '<p dir="auto"><strong>نتكلم بالدور</strong>&ensp;<bdi class="name">A1</bdi></p>'
        in page
    )
    assert '<span class="what">stands on:</span> <bdi>مجلس الحي</bdi>' in page
    assert '<p dir="auto"><bdi><strong lang="he">חוסן</strong></bdi>: what grows' in page


def test_every_word_of_people_stands_where_its_direction_is_found() -> None:
    entry = line(
        "A1", "WORDS", "proposed", lineage="WORDS",
        also=(Wording(text="WORDS"),), details=told(scope="WORDS", looks_like="WORDS"),
    )  # fmt: skip
    record = replace(sitting(TWO, entry), title="WORDS", subtitle="WORDS", cohort="WORDS")
    body = write(shared(record, [], "html")).decode().partition("<body>")[2]
    own = re.findall(r'(?:dir="auto">(?:<strong>)?|<bdi>)WORDS', body)
    assert len(own) == body.count("WORDS") == 8


def test_what_is_not_there_leaves_no_trace() -> None:
    tree = Tree(page_of(line("A1", "One mic", "in force", adopted=1)))
    assert tree.text_of("h2") == ["What we agreed"]
    assert "subtitle" not in [each.get("class") for each in tree.all_of("p")]


def test_a_page_without_lines_says_what_will_stand_there() -> None:
    tree = Tree(write(nothing("html")))
    assert tree.all_of("section") == []
    assert (
        "What the group agrees on, and the words it shares, will stand here."
        in tree.text_of("p")
    )


# How it looks

PAIRS = [("ink", 7.0), ("soft", 4.5), ("warm", 4.5)]


def luminance(colour: str) -> float:
    wide = colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])
    parts = [int(wide[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_all_type_can_be_read_on_light_on_dark_and_on_paper() -> None:
    style = "".join(Tree(write(everything("html"))).text_of("style"))
    palettes = re.findall(r"--paper: [^}]+", style)
    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): (#\w+)", palette))
        for name, least in PAIRS:
            assert contrast(colours[name], colours["paper"]) >= least, (palette, name)


def lines_of(count: int, words: str) -> HandOut:
    agreed = (line(f"A{n}", words, "in force", adopted=1) for n in range(1, count + 1))
    terms = (line(f"T{n}", f"calm = {words}", "shared") for n in range(100, 100 + count))
    return hand_out(shared(sitting(TWO, *agreed, *terms), [], "html"))


def test_the_more_there_is_the_smaller_is_the_type_until_it_takes_two_sheets() -> None:
    sizes = [type_size(lines_of(count, "One mic, one speaker")) for count in range(1, 60)]
    on_one = sizes[: sizes.index(SMALLEST) + 1]
    assert on_one == sorted(on_one, reverse=True)
    assert set(on_one) == set(SIZES)
    assert sizes[-1] == OVER


def test_a_usual_page_stands_on_one_sheet() -> None:
    two_rows = (
        "We wait two breaths before the next one speaks, and nobody is asked to report why"
    )
    assert type_size(lines_of(12, two_rows)) in SIZES
    assert type_size(lines_of(12, two_rows)) < OVER


def test_wide_signs_count_for_more() -> None:
    assert type_size(lines_of(9, "山" * 60)) < type_size(lines_of(9, "a" * 60))


def test_nothing_is_printed_smaller_than_8_points() -> None:
    assert SMALLEST == 8
    assert [small_size(size) for size in SIZES] == [10, 9, 8.5, 8, 8, 8, 8]
    assert all(small_size(size) <= size for size in SIZES)


def test_the_page_is_printed_in_the_size_that_fits() -> None:
    size = type_size(hand_out(everything("html")))
    page = write(everything("html")).decode()
    assert f":root {{ --size: {size:g}pt; --small: {small_size(size):g}pt; }}" in page
    assert "@page { margin: 12mm; }" in page
    assert "break-inside: avoid" in page
