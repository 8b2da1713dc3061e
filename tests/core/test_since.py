"""What was taken back later does not come back with an older record."""

from __future__ import annotations

import pytest
from tests.formats.shared_lines import ONE, TWO, line, sitting

from facilitate.core.record import RecordedEntry
from facilitate.core.sharing import shared
from facilitate.core.since import as_now

NAMED = {"attribution": "the night team", "attribution_scope": "public"}


def lost(entry: RecordedEntry, **later: object) -> RecordedEntry:
    """A line of the first sitting, after the second worked with it."""
    again = line(entry.id, entry.text, "in force", carried_from=ONE, **later)
    (record,) = as_now([sitting(ONE, entry)], [sitting(TWO, again)])
    (found,) = record.entries
    return found


def test_without_later_sittings_everything_is_as_it_was() -> None:
    record = sitting(ONE, line("A1", "One mic", "in force", **NAMED))
    assert as_now([record], []) == (record,)
    assert as_now([record], [sitting(TWO, line("A2", "Two breaths", "heard"))]) == (record,)


def test_of_a_line_that_was_withdrawn_nothing_is_left_but_its_name() -> None:
    one = line("A1", "CANARY", "in force", lineage="CANARY", tags=("CANARY",), **NAMED)
    gone = line("A1", "", "withdrawn", carried_from=ONE)
    (record,) = as_now([sitting(ONE, one)], [sitting(TWO, gone)])
    assert record.entries == (line("A1", "", "withdrawn"),)


def test_what_a_later_sitting_brought_is_not_added() -> None:
    one = line("A1", "One mic", "proposed")
    again = line("A1", "One voice", "in force", carried_from=ONE, ring="public", **NAMED)
    (record,) = as_now([sitting(ONE, one)], [sitting(TWO, again, line("A9", "Nine", "heard"))])
    assert record.entries == (one,)


def test_a_line_goes_no_further_than_it_may_now() -> None:
    one = line("A1", "One mic", "in force", ring="public")
    assert lost(one, ring="team").ring == "team"
    assert lost(one, ring="public").ring == "public"
    assert lost(line("A1", "One mic", "in force"), ring="public").ring == "cohort"


@pytest.mark.parametrize(
    ("later", "left"),
    [
        ({}, ("", None)),
        ({**NAMED, "attribution": "someone else"}, ("", None)),
        ({**NAMED, "attribution_scope": "team"}, ("the night team", "team")),
        (NAMED, ("the night team", "public")),
    ],
)
def test_a_name_goes_when_it_is_not_said_any_more(
    later: dict[str, object], left: tuple[str, str | None]
) -> None:
    found = lost(line("A1", "One mic", "in force", **NAMED), **later)
    assert (found.attribution, found.attribution_scope) == left


def test_the_latest_sitting_counts_and_of_twins_each_for_itself() -> None:
    twins = (line("A1", "One mic", "in force"), line("A1", "One voice", "in force"))
    three = TWO.replace("2026-11", "2026-12")
    gone = sitting(TWO, *(line("A1", "", "withdrawn", carried_from=ONE) for _ in twins))
    back = sitting(three, line("A1", "One mic", "revived", carried_from=ONE))
    (record,) = as_now([sitting(ONE, *twins)], [back, gone])
    assert [entry.text for entry in record.entries] == ["One mic", ""]


def test_an_export_as_of_before_says_what_was_withdrawn_since() -> None:
    first = sitting(ONE, line("A1", "CANARY", "in force"), line("A2", "Two", "in force"))
    later = sitting(TWO, line("A1", "", "withdrawn", carried_from=ONE))
    for others, since in (([later], []), ([], [later])):
        found = shared(first, others, "json", since=since)
        assert [one.entry.id for one in found.lines] == ["A2"]
        assert found.behind == ("1 line was withdrawn since: A1.",)
        assert [entry.text for entry in found.record.entries] == ["", "Two"]
    other = shared(first, [], "json", since=[sitting(TWO, cohort="x"), first])
    assert [one.entry.id for one in other.lines] == ["A1", "A2"]
    assert other.behind == ()


def test_a_sitting_that_goes_on_still_adds_nothing_to_another() -> None:
    earlier = sitting(ONE, line("A9", "Never closed", "heard"))
    found = shared(sitting(TWO, line("A1", "One", "heard")), [], "txt", since=[earlier])
    assert [one.entry.id for one in found.lines] == ["A1"]
