import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from facilitate.core.captures import Detail
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


# What a line lived through


def said(record: SittingRecord, **fields: object) -> list[str]:
    """The lines of a page about one entry that is nothing but a name and its words."""
    of_it = {"kind": "agreement", "state": "heard", "ring": "cohort", "text": "One mic"}
    entry = RecordedEntry(id="A1", **{**of_it, **fields})  # type: ignore[arg-type]
    page = record_markdown(replace(record, entries=(entry,)))
    made = page.partition("## What the group made")[2].partition("## The day")[0]
    return [line for line in made.splitlines() if line.lstrip().startswith("- ")]


def test_the_first_line_of_an_entry_says_where_it_stands(record: SittingRecord) -> None:
    assert said(record) == ["- A1, heard: One mic"]
    adopted = {"state": "in force", "adopted": 2, "adopted_on": dt.date(2026, 11, 22)}
    assert said(record, **adopted) == [
        "- A1, in force, adopted by consent, round 2 (2026-11-22): One mic"
    ]
    assert said(record, state="in force", adopted=1, reaffirmed=True) == [
        "- A1, in force, adopted by consent, round 1, re-affirmed: One mic"
    ]
    assert said(record, state="withdrawn", text="") == ["- A1, withdrawn"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("calm = lent", "**calm**: lent"),
        ("calm", "calm"),
        ("*calm* = a | b = c", r"**\*calm\***: a \| b = c"),
        ("1. calm = lent", r"**1\. calm**: lent"),
    ],
)
def test_what_a_term_is_called_stands_out(record: SittingRecord, text: str, words: str) -> None:
    assert said(record, kind="term", text=text) == [f"- A1, heard: {words}"]
    assert said(record, kind="agreement", text="a = b") == ["- A1, heard: a = b"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"origin": "offered"}, ["a starting point from the team"]),
        ({"origin": "carried"}, ["from an earlier sitting"]),
        ({"origin": "carried", "carried_from": "x"}, ["from an earlier sitting"]),
        (
            {"origin": "offered", "carried_from": "x"},
            ["a starting point from the team", "from an earlier sitting"],
        ),
        (
            {"origin": "adapted", "carried_from": "x"},
            ["from an earlier sitting, changed by the group"],
        ),
        (
            {"origin": "adapted"},
            ["from words that were there before, changed by the group"],
        ),
        ({"attribution": "the *aunties*"}, [r"words of the \*aunties\*"]),
        (
            {"attribution": "Amal", "attribution_scope": "cohort", "ring": "public"},
            ["words of Amal (as far as the cohort, not further)", "may be handed on: public"],
        ),
        (
            {"attribution": "Amal", "attribution_scope": "team", "ring": "team"},
            ["words of Amal", "may be handed on: team"],
        ),
        ({"attribution": "Amal", "attribution_scope": "public"}, ["words of Amal"]),
        ({"when": "next"}, ["again next time"]),
        ({"when": "end"}, ["again at the end"]),
        ({"when": "part2"}, ["again in part 2"]),
        ({"when": "+1w"}, ["again in 1 week"]),
        ({"when": "+10d"}, ["again in 10 days"]),
        ({"when": "+3m"}, ["again in 3 months"]),
        ({"when": "2027-01-31"}, ["again on 2027-01-31"]),
        ({"when": "*soon*"}, [r"again \*soon\*"]),
        ({"tags": ("policy", "door"), "facet": "policy"}, ["about: policy, door"]),
        ({"facet": "practice"}, ["about: practice"]),
        ({"owner": "care"}, ["for: care"]),
        ({"belongs_with": "A7"}, ["said with A7"]),
        ({"merged_into": "A7"}, ["became a part of A7"]),
        ({"heard_again": 3}, ["also heard"]),
        (
            {"details": (Detail(name="looks_like", text="hands | up"),)},
            [r"what it looks like on a hard afternoon: hands \| up"],
        ),
        ({"details": (Detail(name="a_later_one", text="x"),)}, ["a_later_one: x"]),
    ],
)
def test_what_is_known_of_a_line_stands_below_it(
    record: SittingRecord, fields: dict[str, object], words: list[str]
) -> None:
    assert said(record, **fields)[1:] == [f"  - {each}" for each in words]


def test_a_line_names_the_parts_that_it_took_in(record: SittingRecord) -> None:
    first = replace(record.entries[0], id="A1", merged_into="")
    parts = [replace(first, id=name, merged_into="A1") for name in ("A2", "A3")]
    page = record_markdown(replace(record, entries=(first, *parts)))
    assert page.count("  - took in A2, A3\n") == 1
    assert page.count("  - became a part of A1\n") == 2


def test_that_the_group_agreed_to_notes_stands_above(record: SittingRecord) -> None:
    agreed = "- Notes: the group heard what is kept of its words, and said yes\n"
    assert agreed in record_markdown(replace(record, notes_kept=True))
    assert "Notes:" not in record_markdown(replace(record, notes_kept=False))


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
