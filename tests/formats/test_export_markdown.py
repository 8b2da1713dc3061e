import datetime as dt
from pathlib import Path

import pytest
import yaml  # comes with pre-commit
from tests.formats.shared_lines import ONE, TWO, everything, line, nothing, sitting

from facilitate.core.record import Wording
from facilitate.core.sharing import shared
from facilitate.formats.export.notes_markdown import write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
THREE = "2027-02-13-harbour-3-p0zz"


def front_matter(raw: bytes) -> object:
    head, found, _ = raw.decode().removeprefix("---\n").partition("\n---\n\n# ")
    assert found
    return yaml.safe_load(head)


def test_the_notes_are_the_same_for_ever() -> None:
    assert write(everything("md")) == (GOLDEN / "notes.md").read_bytes()


def test_the_front_matter_says_which_sitting_it_is_and_who_may_see_it() -> None:
    assert front_matter(write(everything("md"))) == {
        "title": "Harbour circles - Attachment, part two: <what holds> & who holds it",
        "date": dt.date(2026, 11, 22),
        "cohort": "harbour-2026",
        "programme": "harbour",
        "ring": "cohort",
        "sitting": TWO,
    }
    assert front_matter(write(everything("md", "public")))["ring"] == "public"  # type: ignore[index]
    assert "programme" not in front_matter(write(nothing("md")))  # type: ignore[operator]


@pytest.mark.parametrize(
    "title",
    [
        "yes", "12", "a: b # c", "- a", "[a] {b} &c *d !e |f >g %h @i `j",
        '"quoted" and \\n \'so\'', "---", "...", "2026-11-22", "null", "🏳️‍🌈 é \ufffe \uffff x",
    ],
)  # fmt: skip
def test_the_front_matter_keeps_every_title(title: str) -> None:
    raw = write(shared(sitting(TWO, title=title), [], "md"))
    assert front_matter(raw)["title"] == title  # type: ignore[index]


def test_a_title_of_several_lines_does_not_end_the_front_matter() -> None:
    raw = write(shared(sitting(TWO, title="one\n---\nring: public"), [], "md"))
    told = front_matter(raw)
    assert told["title"] == "one --- ring: public"  # type: ignore[index]
    assert told["ring"] == "cohort"  # type: ignore[index]


def test_a_line_has_its_wordings_of_all_sittings_and_where_it_was() -> None:
    early = (Wording(text="a"), Wording(text="b", lineage="the elders"))
    first = sitting(ONE, line("A1", "c", "heard", earlier=early), subtitle="One")
    second = sitting(TWO, line("A1", "d", "open", carried_from=ONE, origin="adapted"))
    third = line("A1", "d", "in force", carried_from=ONE, adopted=2, when="+1w")
    page = write(shared(sitting(THREE, third), [second, first], "md")).decode()
    assert page.partition("## Agreements\n\n")[2].splitlines() == [
        "- A1, in force, adopted by consent, round 2: d",
        "  - from an earlier sitting",
        "  - again on 2027-02-20",
        "  - earlier wording: a",
        "  - earlier wording: b (stands on: the elders)",
        "  - earlier wording: c",
        "  - made in: One (2026-09-12)",
        "  - last worked with in: Harbour circles (2027-02-13)",
    ]


@pytest.mark.parametrize("ring", ["team", "public"])
def test_earlier_words_are_not_told_further_than_the_cohort(ring: str) -> None:
    first = sitting(ONE, line("A1", "EARLY", "heard"))
    entry = line("A1", "late", "open", carried_from=ONE, ring="public")
    page = write(shared(sitting(TWO, entry), [first], "md", ring=ring)).decode()  # type: ignore[arg-type]
    assert "late" in page
    assert "EARLY" not in page


def test_without_lines_it_says_so() -> None:
    assert (
        write(nothing("md"))
        .decode()
        .endswith("# Harbour circles\n\nAttachment, part two\n\nNo lines were kept.\n")
    )
