from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.formats.docx_parts import WORD, all_of, opened, package, part, value
from tests.formats.shared_lines import TWO, everything, line, nothing, sitting, told

from facilitate.core.handout import hand_out
from facilitate.core.record import RecordedEntry
from facilitate.core.sharing import shared
from facilitate.core.travelling import Wording
from facilitate.formats.export.documents import runs_from_right
from facilitate.formats.export.handout_docx import write
from facilitate.formats.export.type_size import SIZES, SMALLEST, type_size

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
PARTS = {
    "word/document.xml": "hand-out.document.xml",
    "word/styles.xml": "hand-out.styles.xml",
    "word/numbering.xml": "hand-out.numbering.xml",
    "docProps/core.xml": "hand-out.core.xml",
}


def page_of(*entries: RecordedEntry) -> bytes:
    return write(shared(sitting(TWO, *entries), [], "docx"))


def lines_of(raw: bytes, style: str) -> list[str]:
    """The text of every paragraph of a style."""
    return [p.text for p in opened(raw).paragraphs if p.style and p.style.name == style]


# The same bytes


@pytest.mark.parametrize("name", PARTS)
def test_the_document_is_the_same_for_ever(name: str) -> None:
    assert part(write(everything("docx")), name) == (GOLDEN / PARTS[name]).read_bytes()


def test_the_same_lines_make_the_same_bytes_whenever_they_are_written() -> None:
    assert write(everything("docx")) == write(everything("docx"))


def test_the_file_tells_no_time_no_machine_and_depends_on_no_compression() -> None:
    found = package(write(everything("docx"))).infolist()
    assert [each.filename for each in found] == sorted(each.filename for each in found)
    for each in found:
        assert each.date_time == (1980, 1, 1, 0, 0, 0)
        assert each.compress_type == zipfile.ZIP_STORED
        assert (each.create_system, each.external_attr >> 16, each.extra) == (0, 0o600, b"")


def test_the_file_holds_no_picture_and_nothing_of_a_word_processor() -> None:
    assert set(package(write(everything("docx"))).namelist()) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


# What a program reads of it


def test_the_group_wrote_it_on_the_day_of_the_sitting() -> None:
    found = opened(write(everything("docx"))).core_properties
    assert (found.author, found.last_modified_by) == ("The group", "The group")
    assert found.title == "Harbour circles: Attachment, part two: <what holds> & who holds it"
    assert (found.language, found.revision, found.comments) == ("en", 1, "")
    noon = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    assert (found.created, found.modified) == (noon, noon)
    assert {found.keywords, found.subject, found.category, found.identifier} == {""}


def test_its_language_is_set_in_its_styles() -> None:
    (language,) = all_of(write(everything("docx")), "lang", "word/styles.xml")
    assert value(language) == "en-US"


def test_headings_are_real_and_in_order() -> None:
    found = [
        (p.style.name, p.text)
        for p in opened(write(everything("docx"))).paragraphs
        if p.style and str(p.style.name).startswith("Heading")
    ]
    assert found == [
        ("Heading 1", "Harbour circles"),
        ("Heading 2", "What we agreed"),
        ("Heading 2", "On the way: not agreed yet"),
        ("Heading 2", "Words we share"),
    ]


def test_lists_are_real_and_what_is_not_agreed_has_a_mark_of_its_own() -> None:
    raw = write(everything("docx"))
    agreed_and_words, on_the_way = (
        lines_of(raw, style) for style in ("List Bullet", "List Bullet 2")
    )
    assert [each.partition("\u2002")[2][:3].strip() for each in on_the_way] == [
        "A2", "A5", "A7", "A32",
    ]  # fmt: skip
    assert len(agreed_and_words) == 7
    assert [value(each) for each in all_of(raw, "lvlText", "word/numbering.xml")] == ["•", "◦"]
    of_styles = {value(each) for each in all_of(raw, "numId", "word/styles.xml")}
    numbered = {each.get(f"{WORD}numId") for each in all_of(raw, "num", "word/numbering.xml")}
    assert of_styles == numbered == {"1", "2"}


def test_a_line_says_all_that_is_told_of_it_in_one_paragraph() -> None:
    assert lines_of(write(everything("docx")), "List Bullet")[0] == (
        "One mic, one speaker\u2002A1\n"
        "On a hard afternoon: we wait two breaths, then the next one speaks\n"
        "Where it holds: in this group and in its small rooms\n"
        "Adopted by consent, round 1 on 12 September 2026; "
        "stands on: the elders' circle that we learned from"
    )


def test_two_wordings_are_both_there() -> None:
    other = Wording(text="calm = borrowed")
    (said,) = lines_of(
        page_of(line("T1", "calm = lent", "shared", also=(other,))), "List Bullet"
    )
    assert said == (
        "calm: lent\u2002T1\nTwo wordings stand side by side; the other: calm: borrowed"
    )


def test_every_style_that_is_used_is_there() -> None:
    for raw in (write(everything("docx")), write(nothing("docx"))):
        known = {each.get(f"{WORD}styleId") for each in all_of(raw, "style", "word/styles.xml")}
        used = {value(e) for tag in ("pStyle", "rStyle") for e in all_of(raw, tag)}
        assert used <= known


def test_a_page_without_lines_says_what_will_stand_there() -> None:
    raw = write(nothing("docx"))
    assert lines_of(raw, "Empty") == [
        "What the group agrees on, and the words it shares, will stand here."
    ]
    assert lines_of(raw, "Foot") == ["For the cohort."]


@pytest.mark.parametrize(
    "bad",
    ["</w:t></w:p>", "&lt;", "<b>", '"', "]]>", "{{ a }}", "=1+1", "🏳️‍🌈", "a\ufffeb\uffffc"],
)
def test_nothing_that_people_wrote_is_read_as_anything_else(bad: str) -> None:
    other = Wording(text=bad, lineage=bad)
    entry = line("A1", bad, "open", lineage=bad, also=(other,), details=told(scope=bad))
    term = line("T2", f"{bad} = {bad}", "working", details=told(also_said=bad, language=bad))
    record = replace(sitting(TWO, entry, term), title=bad, subtitle=bad, cohort=bad)
    raw = write(shared(record, [], "docx"))
    shown = bad.replace("\ufffe", "").replace("\uffff", "")
    text = "\n".join(p.text for p in opened(raw).paragraphs)
    assert text.count(shown) == 11
    assert opened(raw).core_properties.title == f"{shown}: {shown}"


# Directions and languages


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("نتكلم بالدور (one at a time)", True),
        ("חוסן", True),
        ("12. חוסן", True),
        ("one: חוסן", False),
        ("🌊 12", False),
        ("", False),
    ],
)
def test_the_first_sign_with_a_direction_tells_it(text: str, from_right: bool) -> None:
    assert runs_from_right(text) is from_right


def turned(raw: bytes) -> tuple[list[str], list[str]]:
    """The paragraphs that run from the right, and the runs that do."""
    paragraphs = [each.getparent().getparent() for each in all_of(raw, "bidi")]
    runs = [each.getparent().getparent() for each in all_of(raw, "rtl")]
    texts = [
        "".join(t.text or "" for t in each.iter(f"{WORD}t")) for each in (*paragraphs, *runs)
    ]
    return texts[: len(paragraphs)], texts[len(paragraphs) :]


def test_words_from_right_to_left_run_so() -> None:
    raw = page_of(line("A1", "نتكلم", "in force", adopted=1, lineage="مجلس"))
    (paragraph,), runs = turned(raw)
    assert paragraph.startswith("نتكلم")
    assert runs == ["نتكلم", "مجلس"]


def test_words_from_the_right_do_not_turn_words_around_them() -> None:
    assert turned(page_of(line("A1", "One mic", "open", lineage="مجلس"))) == ([], ["مجلس"])


def test_the_meaning_of_a_term_says_in_which_direction_it_runs() -> None:
    assert turned(page_of(line("T1", "חוסן = what grows", "shared"))) == ([], ["חוסן"])
    (paragraph,), runs = turned(page_of(line("T1", "calm = חוסן", "shared")))
    assert (paragraph[:4], runs) == ("calm", ["חוסן"])
    assert len(turned(page_of(line("T1", "חוסן", "shared")))[0]) == 1


def test_a_title_from_the_right_runs_so() -> None:
    record = replace(sitting(TWO), title="חוסן", subtitle="חוסן", cohort="חוסן")
    paragraphs, runs = turned(write(shared(record, [], "docx")))
    assert (len(paragraphs), len(runs)) == (2, 3)


@pytest.mark.parametrize(
    ("text", "language", "name"), [("calma", "es", "val"), ("חוסן", "he", "bidi")]
)
def test_what_a_term_is_called_has_its_language(text: str, language: str, name: str) -> None:
    entry = line("T1", f"{text} = x", "shared", details=told(language=language))
    (found,) = all_of(page_of(entry), "lang")
    assert found.get(f"{WORD}{name}") == language


# On paper


def test_a_line_stays_whole_and_a_heading_stays_with_what_follows() -> None:
    styles = opened(write(everything("docx"))).styles
    for name in ("List Bullet", "List Bullet 2"):
        assert styles[name].paragraph_format.keep_together
    for name in ("Heading 1", "Heading 2", "About", "Subtitle"):
        assert styles[name].paragraph_format.keep_with_next
    assert all_of(write(everything("docx")), "widowControl", "word/styles.xml")


def test_words_stand_in_two_columns_and_all_else_in_one() -> None:
    raw = write(everything("docx"))
    columns = [each.get(f"{WORD}num") for each in all_of(raw, "cols")]
    assert columns == ["1", "2", None]
    kinds = [section.start_type.name for section in opened(raw).sections]
    assert kinds[1:] == ["CONTINUOUS", "CONTINUOUS"]
    assert len(opened(page_of(line("A1", "One", "open"))).sections) == 1


def test_the_paper_is_upright_with_one_margin() -> None:
    for section in opened(write(everything("docx"))).sections:
        assert (section.page_width.pt, section.page_height.pt) == (612, 792)  # type: ignore[union-attr]
        margins = {section.left_margin, section.right_margin, section.top_margin}
        assert {round(margin.mm) for margin in margins if margin} == {12}


def test_type_is_as_large_as_fits_and_never_below_8_points() -> None:
    raw = write(everything("docx"))
    size = type_size(hand_out(everything("docx")))
    sizes = [int(value(each)) / 2 for each in all_of(raw, "sz", "word/styles.xml")]
    assert sizes[0] == size
    assert size in SIZES
    assert min(sizes) >= SMALLEST
    other_scripts = [int(value(each)) / 2 for each in all_of(raw, "szCs", "word/styles.xml")]
    assert other_scripts == sizes


def test_it_can_be_opened_changed_and_saved_again() -> None:
    document = opened(write(everything("docx")))
    document.add_paragraph("More", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    assert lines_of(file.getvalue(), "List Bullet")[-1] == "More"
