from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.formats.docx_parts import WORD, all_of, opened, part, value
from tests.formats.shared_lines import TWO, everything, line, nothing, sitting, told

from facilitate.core.record import RecordedEntry
from facilitate.core.sharing import shared
from facilitate.core.travelling import Wording
from facilitate.formats.export.glossary_docx import write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
HEADS = ["Term", "Working meaning", "Also said", "Moving away from", "Stands on", "State"]
BESIDE = "side by side with it"


def glossary_of(*entries: RecordedEntry) -> bytes:
    return write(shared(sitting(TWO, *entries), [], "glossary-docx", ring="cohort"))


def rows(raw: bytes) -> list[list[str]]:
    (table,) = opened(raw).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("word/document.xml", "glossary.document.xml"),
        ("docProps/core.xml", "glossary.core.xml"),
    ],
)
def test_the_glossary_is_the_same_for_ever(name: str, golden: str) -> None:
    raw = write(everything("glossary-docx"))
    assert part(raw, name) == (GOLDEN / golden).read_bytes()
    assert raw == write(everything("glossary-docx"))


def test_each_term_has_a_row_with_what_is_told_of_it() -> None:
    assert rows(write(everything("glossary-docx"))) == [
        HEADS,
        [
            "attachment\u2002T8",
            f"who we turn to, and who turns to us\n{BESIDE}: the safe harbour, both ways",
            "der sichere Hafen; la base segura",
            "good and bad bonds\nbecause: nobody is a kind of bond",
            "two teachers of ours, and J. B. 1969",
            "shared",
        ],
        [
            "parallel process\u2002T9",
            "how we are together echoes in how they are with the baby",
            "", "", "", "heard",
        ],
        [
            "חוסן\u2002T10", "what grows between us, not in one of us", "resilience",
            "", "", "shared",
        ],
        [
            "compliance\u2002T11", "doing what the plan says", "",
            "compliance\nbecause: it asks who obeyed, not who helped", "", "moving away from",
        ],
        ["=harbour\u2002T33", "", "", "", "", "working"],
    ]  # fmt: skip


def test_a_wording_with_another_name_is_told_with_it() -> None:
    others = (Wording(text="peace = lent", lineage="them"), Wording(text="peace"))
    entry = line("T1", "calm = lent = borrowed", "working", lineage="us", also=others)
    assert rows(glossary_of(entry))[1] == [
        "calm\u2002T1",
        "lent = borrowed\nside by side with it: peace: lent\nside by side with it: peace",
        "", "", "us\nthem", "working",
    ]  # fmt: skip


def test_why_is_told_also_where_nothing_is_left_behind() -> None:
    row = rows(glossary_of(line("T1", "calm", "shared", details=told(why="it helps"))))[1]
    assert row[3] == "because: it helps"


def test_the_first_row_is_a_heading_on_every_page_and_no_row_is_cut() -> None:
    raw = write(everything("glossary-docx"))
    found = all_of(raw, "tr")
    assert [bool(list(row.iter(f"{WORD}tblHeader"))) for row in found] == [True] + [False] * 5
    assert all(list(row.iter(f"{WORD}cantSplit")) for row in found)
    (table,) = opened(raw).tables
    styles = [
        {p.style.name for c in row.cells for p in c.paragraphs if p.style} for row in table.rows
    ]
    assert styles == [{"Cell Heading"}] + [{"Cell"}] * 5
    assert not [each for tag in ("gridSpan", "vMerge") for each in all_of(raw, tag)]


def test_the_table_says_what_it_is_to_who_has_it_read_aloud() -> None:
    raw = write(everything("glossary-docx"))
    assert [value(each) for each in all_of(raw, "tblCaption")] == ["Words we share"]
    (description,) = all_of(raw, "tblDescription")
    assert value(description).startswith("One row for each term")


def test_its_properties_are_those_of_all_documents() -> None:
    found = opened(write(everything("glossary-docx"))).core_properties
    assert found.title == (
        "Words we share: Harbour circles: Attachment, part two: <what holds> & who holds it"
    )
    assert (found.author, found.last_modified_by) == ("The group", "The group")
    assert (found.language, found.revision, found.comments) == ("en", 1, "")
    assert found.created == dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def test_it_has_a_heading_and_says_for_whom_it_is_and_what_its_states_say() -> None:
    paragraphs = opened(write(everything("glossary-docx"))).paragraphs
    told_there = [(p.style.name, p.text) for p in paragraphs if p.style]
    assert told_there == [
        ("Heading 1", "Words we share"),
        ("Subtitle", "Harbour circles: Attachment, part two: <what holds> & who holds it"),
        ("About", "22 November 2026, harbour-2026"),
        (
            "Foot",
            (
                "For the cohort and its team. Heard: written down, and not read back yet; "
                "working: read back to the group, and not settled yet; "
                "shared: the group uses it with this meaning; "
                "moving away from: the group leaves it behind."
            ),
        ),
    ]


def test_only_states_that_stand_there_are_told() -> None:
    foot = opened(glossary_of(line("T1", "calm", "shared"))).paragraphs[-1].text
    assert foot == "For the cohort. Shared: the group uses it with this meaning."


def test_a_state_of_a_later_version_stands_there_as_it_is() -> None:
    raw = glossary_of(line("T1", "calm", "a later word"))
    assert rows(raw)[1][5] == "a later word"
    assert opened(raw).paragraphs[-1].text == "For the cohort."


def test_without_terms_one_sentence_says_what_will_stand_there() -> None:
    document = opened(write(nothing("glossary-docx")))
    assert document.tables == []
    assert document.paragraphs[-2].text == "The words that the group shares will stand here."


@pytest.mark.parametrize("bad", ["</w:t>", "<b>", "&amp;", "=1+1", "🏳️‍🌈", "a\x00b\u202ec"])
def test_nothing_that_people_wrote_is_read_as_anything_else(bad: str) -> None:
    of_it = told(also_said=bad, moving_away_from=bad, why=bad, language=bad)
    entry = line("T1", f"{bad} = {bad}", bad, lineage=bad, details=of_it)
    raw = glossary_of(entry)
    shown = bad.replace("\x00", " ").replace("\u202e", "")
    assert rows(raw)[1] == [
        f"{shown}\u2002T1", shown, shown, f"{shown}\nbecause: {shown}", shown, shown,
    ]  # fmt: skip


def test_words_run_in_their_own_direction() -> None:
    raw = glossary_of(line("T1", "חוסן = what grows", "shared", details=told(language="he")))
    assert len(all_of(raw, "bidi")) == 1
    assert [each.get(f"{WORD}bidi") for each in all_of(raw, "lang")] == ["he"]


def test_the_paper_lies_on_its_side_and_the_columns_fill_it() -> None:
    raw = write(everything("glossary-docx"))
    (section,) = opened(raw).sections
    assert section.orientation is not None
    assert section.orientation.name == "LANDSCAPE"
    widths = [int(each.get(f"{WORD}w") or 0) / 20 for each in all_of(raw, "gridCol")]
    assert len(widths) == len(HEADS)
    assert sum(widths) == pytest.approx(792 - 2 * 12 * 72 / 25.4, abs=3)
