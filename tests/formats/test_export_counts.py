from pathlib import Path

from tests.formats.shared_lines import TWO, everything, line, nothing, sitting

from facilitate.core.sharing import shared
from facilitate.formats.export.counts_csv import write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"


def test_the_numbers_are_the_same_for_ever() -> None:
    assert write(everything("counts")) == (GOLDEN / "counts.csv").read_bytes()


def test_lines_are_counted_by_kind_and_by_facet() -> None:
    lines = (
        line("E1", "a", "noted", facet="policy"),
        line("E2", "b", "noted", facet="policy"),
        line("E3", "c", "noted", facet="leadership"),
        line("E4", "d", "noted"),
        line("E5", "e", "withdrawn", carried_from="before"),
        line("A6", "f", "retired"),
    )
    told = write(shared(sitting(TWO, *lines), [], "counts")).decode().splitlines()
    assert told[0] == "kind,facet,lines,as of"
    assert [row for row in told if ",0," not in row][1:] == [
        "agreement,all,1,2026-11-22",
        "example,all,4,2026-11-22",
        "example,leadership,1,2026-11-22",
        "example,policy,2,2026-11-22",
    ]


def test_every_kind_is_told_also_where_there_is_nothing_to_count() -> None:
    rows = write(nothing("counts")).decode().splitlines()[1:]
    assert len(rows) == 10
    assert all(row.endswith(",all,0,2026-11-22") for row in rows)


def test_no_word_of_anybody_is_in_it() -> None:
    said = write(everything("counts")).decode()
    words = {word.strip("-:") for row in said.splitlines() for word in row.split(",")}
    kinds = {"agreement", "term", "framework", "example", "practice", "commitment"}
    kinds |= {"question", "learning", "resource", "gratitude"}
    own = {"kind", "facet", "lines", "as of", "all", "leadership", "policy", "2026-11-22"}
    assert {word for word in words if not word.isdecimal()} <= kinds | own
