from dataclasses import replace
from pathlib import Path

import pytest

from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.formats.export.markdown import escaped, record_markdown
from facilitate.formats.record_toml import read_record

GOLDEN = Path(__file__).parents[1] / "golden" / "record"


@pytest.fixture
def record() -> SittingRecord:
    record = read_record((GOLDEN / "record.toml").read_bytes(), "record.toml").record
    assert record is not None
    return record


def test_the_page_of_a_record_is_the_same_for_ever(record: SittingRecord) -> None:
    assert record_markdown(record).encode() == (GOLDEN / "record.md").read_bytes()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("One mic, one speaker", "One mic, one speaker"),
        ("# loud", r"\# loud"),
        ("C#", r"C\#"),
        ("#", r"\#"),
        ("# #", r"\# \#"),
        ("- a list", r"\- a list"),
        ("+ a list", r"\+ a list"),
        ("---", r"\---"),
        ("> quoted", r"\> quoted"),
        ("12. twelfth", r"12\. twelfth"),
        ("3) third", r"3\) third"),
        ("3:15 or 1/2", "3:15 or 1/2"),
        ("*strong* _soft_ ~gone~ `code`", r"\*strong\* \_soft\_ \~gone\~ \`code\`"),
        ("snake_case", "snake_case"),
        ("[a](b) ![c][d] [^1]", r"\[a\](b) !\[c\]\[d\] \[^1\]"),
        ("<b>bold</b> <!-- not -->", r"\<b>bold\</b> \<!-- not -->"),
        ("a | b", r"a \| b"),
        ("a \\ b", r"a \\ b"),
        ("R&R &lt; &#35;", r"R&R \&lt; \&#35;"),
        ("one\ntwo\r\n\tthree\u2028four", "one two three four"),
        ("https://a.example/b_c?d=1", "https://a.example/b_c?d=1"),
    ],
)
def test_what_people_wrote_stays_text(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_a_record_without_lines_says_so(record: SittingRecord) -> None:
    page = record_markdown(replace(record, entries=()))
    assert "## What the group made\n\nNo lines were kept.\n\n## The day" in page


def test_what_is_unknown_is_left_out(record: SittingRecord) -> None:
    bare = replace(
        record,
        subtitle="",
        for_whom="",
        programme=None,
        number=None,
        topic=None,
        part=None,
        objectives=(),
        started=None,
        segments=(),
    )
    page = record_markdown(bare)
    assert "Date: 2026-11-22 (America/Los_Angeles)\n" in page
    for heading in ("For:", "Within:", "What it was for", "The day"):
        assert heading not in page


def test_a_part_that_runs_has_a_beginning_and_no_end(record: SittingRecord) -> None:
    running = replace(record.segments[0], status="running", ended=None)
    assert "from 09:04" in record_markdown(replace(record, segments=(running,)))


def test_kinds_stand_in_one_order_whatever_the_numbers(record: SittingRecord) -> None:
    def line(name: str, kind: str) -> RecordedEntry:
        return replace(record.entries[0], id=name, kind=kind)

    page = record_markdown(
        replace(record, entries=(line("Q1", "question"), line("A2", "agreement")))
    )
    assert page.index("### Agreements\n\n- A2") < page.index("### Questions\n\n- Q1")
