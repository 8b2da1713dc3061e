import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from tests.formats.shared_lines import ONE, TWO, everything, line, nothing, part_one, sitting

from facilitate.core.captures import Detail
from facilitate.core.record import RecordedEntry, Wording
from facilitate.core.sharing import SharedLine, shared
from facilitate.formats.export import glossary_csv, register_csv
from facilitate.formats.export.spreadsheet_csv import cell, table

GOLDEN = Path(__file__).parents[1] / "golden" / "export"


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def row(entry: RecordedEntry) -> dict[str, str]:
    """What the register tells of one line of one sitting."""
    (only,) = rows(register_csv.write(shared(sitting(TWO, entry), [], "csv", ring="cohort")))
    return only


# The dialect


def test_the_tables_are_the_same_for_ever() -> None:
    register = register_csv.write(everything("csv", "cohort"))
    assert register == (GOLDEN / "register.csv").read_bytes()
    glossary = glossary_csv.write(everything("glossary-csv"))
    assert glossary == (GOLDEN / "glossary.csv").read_bytes()


def test_a_table_has_what_spreadsheets_know_accents_by_and_line_ends_of_theirs() -> None:
    raw = table(("é", "b"), [("ü", 'a "b", c')])
    assert raw == b'\xef\xbb\xbf\xc3\xa9,b\r\n\xc3\xbc,"a ""b"", c"\r\n'


@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20")
@pytest.mark.parametrize("before", ["", "  ", "\t", "\r", "\n", "\u00a0", "\u200b\ufeff"])
def test_a_cell_that_begins_like_a_formula_is_text(sign: str, before: str) -> None:
    assert cell(f"{before}{sign}HYPERLINK(A1)") == f"'{sign}HYPERLINK(A1)"


@pytest.mark.parametrize("text", ["", "1-1", "a=b", "'so'", "\u2212 2", "#1", "a @home"])
def test_every_other_cell_stays_as_it_was(text: str) -> None:
    assert cell(text) == text


def test_a_cell_is_one_line() -> None:
    assert cell("\tone\r\n=two\x00") == "one =two"


def test_the_headings_are_those_that_were_promised() -> None:
    assert ",".join(register_csv.COLUMNS) == (
        "id,kind,text,state,adopted,round,version,review,facet,links,sitting,lineage,origin"
    )
    assert ",".join(glossary_csv.COLUMNS) == (
        "term,working meaning,also said,moving away from,why,lineage,state"
    )
    assert register_csv.write(nothing("csv")).count(b"\r\n") == 1
    assert glossary_csv.write(nothing("glossary-csv")).count(b"\r\n") == 1


# The register


def test_the_register_tells_when_a_line_was_adopted_and_its_next_look() -> None:
    adopted = {row["id"]: row for row in rows(register_csv.write(everything("csv")))}["A31"]
    assert (adopted["adopted"], adopted["round"]) == ("2026-11-22", "2")
    assert (adopted["review"], adopted["links"]) == ("2027-01-31", "said with A1")
    assert adopted["sitting"].endswith("<what holds> & who holds it (2026-11-22)")


@pytest.mark.parametrize(
    ("when", "review"),
    [
        ("", ""),
        ("+6w", "2027-01-03"),
        ("next", "next time"),
        ("part2", "in part 2"),
        ("=1", "'=1"),
    ],
)
def test_a_span_is_told_as_the_day_that_it_leads_to(when: str, review: str) -> None:
    assert row(line("A2", "One", "open", when=when))["review"] == review


def test_two_wordings_stand_in_one_cell_and_so_does_what_they_stand_on() -> None:
    other = Wording(text="Two", lineage="them")
    told = row(line("A2", "One", "open", lineage="us", also=(other,)))
    assert (told["text"], told["lineage"], told["version"]) == ("One / Two", "us / them", "2")


def test_all_that_a_line_points_to_is_in_one_cell() -> None:
    details = (Detail(name="links", text="T8"), Detail(name="level", text="team"))
    told = row(line("E2", "One", "noted", merged_into="E1", details=details))
    assert told["links"] == "became a part of E1; shows: T8"


def test_wordings_are_counted_through_all_sittings_even_where_none_is_told() -> None:
    first = sitting(ONE, line("A1", "c", "open", ring="public", earlier=(Wording(text="a"),)))
    entry = line("A1", "d", "open", ring="public", carried_from=ONE)
    (told,) = rows(register_csv.write(shared(sitting(TWO, entry), [first], "csv")))
    assert (told["text"], told["version"]) == ("d", "3")


def test_nobody_is_named_with_a_line() -> None:
    said = {
        "attribution": "Amal",
        "attribution_scope": "public",
        "owner": "Bea",
        "tags": ("Cy",),
    }
    told = "".join(row(line("A2", "One", "open", **said)).values())
    assert not [name for name in ("Amal", "Bea", "Cy") if name in told]


@pytest.mark.parametrize(("made", "told"), [(ONE, "2026-09-12"), ("before", "before")])
def test_a_sitting_without_a_record_is_told_by_its_day(made: str, told: str) -> None:
    assert row(line("A2", "One", "open", carried_from=made))["sitting"] == told


def test_the_register_goes_to_everyone_unless_someone_says_otherwise() -> None:
    names = [row["id"] for row in rows(register_csv.write(everything("csv")))]
    assert names == ["A1", "A4", "A7", "A31", "T8", "T33", "E13", "Q16", "R18"]


# The glossary


def test_a_term_is_taken_apart() -> None:
    terms = {row["term"]: row for row in rows(glossary_csv.write(everything("glossary-csv")))}
    assert terms["attachment"] == {
        "term": "attachment",
        "working meaning": "who we turn to, and who turns to us / the safe harbour, both ways",
        "also said": "der sichere Hafen; la base segura",
        "moving away from": "good and bad bonds",
        "why": "nobody is a kind of bond",
        "lineage": "two teachers of ours, and J. B. 1969",
        "state": "shared",
    }
    assert terms["חוסן"]["state"] == "shared"
    assert terms["'=harbour"]["working meaning"] == ""


def test_a_term_that_two_people_call_differently_has_both_names() -> None:
    other = Wording(text="bond = what holds")
    term = line("T1", "attachment = what holds", "working", also=(other,))
    (told,) = rows(
        glossary_csv.write(shared(sitting(TWO, term), [], "glossary-csv", ring="cohort"))
    )
    assert (told["term"], told["working meaning"]) == ("attachment / bond", "what holds")


def test_no_formula_comes_in_by_way_of_any_cell() -> None:
    every = everything("csv", "cohort")
    wild = {"id": "=1", "text": "+1", "state": "-1", "lineage": "@x", "belongs_with": "A1"}
    lines = tuple(_with(line, made="=cmd", **wild) for line in every.lines)
    raw = register_csv.write(every._replace(lines=lines))
    raw += glossary_csv.write(every._replace(lines=lines))
    cells = [cell for row in csv.reader(io.StringIO(raw.decode(), newline="")) for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@"))]


def _with(line: SharedLine, made: str, **fields: str) -> SharedLine:
    return line._replace(entry=replace(line.entry, **fields), made=made, made_in=None)  # type: ignore[arg-type]


def test_of_the_other_sitting_a_line_tells_the_title() -> None:
    told = {row["id"]: row for row in rows(register_csv.write(everything("csv")))}
    assert told["A1"]["sitting"] == f"{part_one().subtitle} (2026-09-12)"
    assert (told["A1"]["origin"], told["A1"]["kind"]) == ("offered", "agreement")
