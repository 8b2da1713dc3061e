from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from tests.contents import contents
from tests.formats.shared_lines import ONE, TWO, everything, line, nothing, sitting, told

from facilitate.core.captures import KINDS
from facilitate.core.record import RecordedEntry, RecordRing, SittingRecord
from facilitate.core.sharing import FORMS, Form, Shared, contains_words, shared
from facilitate.core.travelling import Wording

RINGS: tuple[RecordRing, ...] = get_args(RecordRing)


def names(found: Shared) -> list[str]:
    return [each.entry.id for each in found.lines]


def only(found: Shared) -> RecordedEntry:
    (one,) = found.lines
    return one.entry


def one_of_each_ring() -> SittingRecord:
    return sitting(TWO, *(line(f"A{n}", "One", "open", ring=r) for n, r in enumerate(RINGS, 1)))


# Rings


@pytest.mark.parametrize(
    ("ring", "there"),
    [("cohort", ["A1", "A2", "A3"]), ("team", ["A2", "A3"]), ("public", ["A3"])],
)
def test_a_line_is_in_an_export_when_it_may_travel_that_far(
    ring: RecordRing, there: list[str]
) -> None:
    found = shared(one_of_each_ring(), [], "md", ring=ring)
    assert names(found) == there
    assert [entry.id for entry in found.record.entries] == there
    assert found.ring == ring


def test_every_form_has_a_ring_of_its_own() -> None:
    rings = {form: shared(one_of_each_ring(), [], form).ring for form in FORMS}
    assert rings == {
        "docx": "cohort", "html": "cohort", "txt": "cohort", "md": "cohort",
        "glossary-docx": "team", "glossary-csv": "team", "csv": "public", "json": "cohort",
        "toml": "cohort", "ics": "cohort", "counts": "cohort",
    }  # fmt: skip


def test_every_form_knows_what_it_is_of() -> None:
    assert set(FORMS) == set(get_args(Form))
    assert nothing("docx").rules is FORMS["docx"]


def test_what_a_form_holds_says_so_on_its_own() -> None:
    """It stands in lists, and above a preview and a hand-out that is to be asked back."""
    said = [rules.holds for rules in FORMS.values()]
    assert not [words for words in said if "the same" in words]
    assert len({*said}) == len(said)


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("docx", {"agreement", "term", "framework"}),
        ("html", {"agreement", "term", "framework"}),
        ("glossary-docx", {"term"}),
        ("glossary-csv", {"term"}),
        ("toml", {"agreement", "term", "framework", "practice", "commitment", "question"}),
        ("md", set(KINDS)),
        ("counts", set(KINDS)),
    ],
)
def test_every_form_has_its_kinds(form: Form, kinds: set[str]) -> None:
    letters = (rules.letter.upper() for rules in KINDS.values())
    lines = (line(f"{name}{n}", "x", "open") for n, name in enumerate(letters, 1))
    found = shared(sitting(TWO, *lines), [], form, ring="cohort")
    assert {each.entry.kind for each in found.lines} == kinds


# Names and earlier words


@pytest.mark.parametrize("scope", RINGS)
@pytest.mark.parametrize("ring", RINGS)
def test_a_name_goes_no_further_than_the_yes_to_it(scope: RecordRing, ring: RecordRing) -> None:
    named = line(
        "A1", "One", "open", ring="public", attribution="CANARY", attribution_scope=scope
    )
    found = shared(sitting(TWO, named), [], "md", ring=ring)
    goes = RINGS.index(scope) >= RINGS.index(ring)
    assert ("CANARY" in contents(found.lines)) is goes
    assert ("CANARY" in contents(found.record)) is goes
    assert only(found).attribution_scope == (scope if goes else None)


@pytest.mark.parametrize("ring", RINGS)
def test_a_name_without_a_yes_goes_nowhere(ring: RecordRing) -> None:
    named = line("A1", "One", "open", ring="public", attribution="CANARY")
    found = shared(sitting(TWO, named), [], "md", ring=ring)
    assert "CANARY" not in contents(found.lines) + contents(found.record)


@pytest.mark.parametrize(
    ("ring", "goes"), [("cohort", True), ("team", False), ("public", False)]
)
def test_earlier_words_stay_with_the_cohort(ring: RecordRing, goes: bool) -> None:
    before = (Wording(text="CANARY", lineage="CANARY"),)
    worded = line("A1", "One", "open", ring="public", earlier=before)
    found = shared(sitting(TWO, worded), [], "md", ring=ring)
    assert ("CANARY" in contents(found.lines)) is goes
    assert ("CANARY" in contents(found.record)) is goes


@pytest.mark.parametrize("ring", RINGS)
def test_all_else_of_a_line_travels_with_it(ring: RecordRing) -> None:
    whole = line(
        "A1", "One", "in force", ring="public", lineage="us", tags=("x",), when="next",
        also=(Wording(text="Two"),), details=told(scope="here"), adopted=1,
    )  # fmt: skip
    assert only(shared(sitting(TWO, whole), [], "md", ring=ring)) == whole


def test_the_wordings_of_all_sittings_are_told_within_the_cohort_each_once() -> None:
    first = line("A1", "One", "open", ring="public", earlier=(Wording(text="Zero"),))
    again = line(
        "A1", "Three", "open", ring="public", carried_from=ONE,
        earlier=(Wording(text="One"), Wording(text="Two")), also=(Wording(text="Four"),),
    )  # fmt: skip
    for ring, told_words in [("cohort", ["Zero", "One", "Two"]), ("team", []), ("public", [])]:
        (one,) = shared(sitting(TWO, again), [sitting(ONE, first)], "md", ring=ring).lines
        assert [wording.text for wording in one.before] == told_words
        assert one.wordings == 5


# What stays behind


def test_what_may_not_travel_that_far_is_counted_and_called_by_its_number() -> None:
    record = one_of_each_ring()
    assert shared(record, [], "md").behind == ()
    assert shared(record, [], "md", ring="team").behind == (
        "1 line is not allowed to travel that far: A1.",
    )
    assert shared(record, [], "md", ring="public").behind == (
        "2 lines are not allowed to travel that far: A1, A2.",
    )


def test_what_the_form_does_not_hold_anyway_does_not_stay_behind() -> None:
    lines = (
        line("Q1", "Who?", "open"),
        line("A2", "So", "retired"),
        line("T3", "x", "working"),
    )
    assert shared(sitting(TWO, *lines), [], "html", ring="public").behind == (
        "1 line is not allowed to travel that far: T3.",
    )


def test_what_stays_behind_is_told_without_its_words() -> None:
    record = sitting(TWO, line("A1", "CANARY", "open"), line("A2", "CANARY", "open"))
    found = shared(record, [], "md", ring="public", held=["A2"])
    assert "CANARY" not in contents(found)


@pytest.mark.parametrize("form", FORMS)
def test_a_line_that_waits_for_a_decision_is_held_back_from_every_form(form: Form) -> None:
    record = sitting(TWO, line("T1", "CANARY", "working", ring="public", when="+6w"))
    found = shared(record, [], form, held=["T1"])
    assert "CANARY" not in contents(found)
    assert names(found) == []
    assert found.behind == ("1 line waits for a decision at the closing: T1.",)


def test_several_lines_wait_for_a_decision() -> None:
    record = sitting(TWO, *(line(name, "x", "open") for name in ("A1", "A2", "A3")))
    found = shared(record, [], "md", held={"A1", "A3"})
    assert names(found) == ["A2"]
    assert found.behind == ("2 lines wait for a decision at the closing: A1, A3.",)


def test_a_line_that_waits_is_not_counted_among_those_that_may_not_travel() -> None:
    record = sitting(TWO, line("A1", "x", "open"), line("A2", "x", "open"))
    assert shared(record, [], "md", ring="public", held=["A2"]).behind == (
        "1 line is not allowed to travel that far: A1.",
        "1 line waits for a decision at the closing: A2.",
    )


def test_only_lines_of_this_sitting_wait_for_its_closing() -> None:
    before = sitting(ONE, line("A1", "One mic", "open"))
    found = shared(sitting(TWO), [before], "md", held=["A1"])
    assert [(each.entry.id, each.made) for each in found.lines] == [("A1", ONE)]


def test_a_line_that_waits_and_is_in_no_record_yet_is_told_as_well() -> None:
    record = sitting(TWO, line("A12", "x", "open"))
    assert shared(record, [], "html", held=["E4", "A12", "A3", "T2"]).behind == (
        "3 lines wait for a decision at the closing: T2, A3, A12.",
    )


# Of which sittings


def test_a_line_is_there_as_its_latest_sitting_left_it() -> None:
    before = sitting(ONE, line("A1", "One mic", "open"))
    now = line("A1", "One voice", "proposed", carried_from=ONE)
    (one,) = shared(sitting(TWO, now), [before], "html").lines
    assert one.entry == now
    assert (one.made, one.since.id) == (ONE, TWO)
    assert one.made_in is not None
    assert one.made_in.id == ONE


def test_a_line_that_nothing_was_done_with_is_there_as_it_was() -> None:
    before = sitting(ONE, line("A1", "One mic", "open"))
    (one,) = shared(sitting(TWO), [before], "html").lines
    assert (one.entry.text, one.since.id) == ("One mic", ONE)


def test_of_a_sitting_without_a_record_only_its_id_is_known() -> None:
    (one,) = shared(sitting(TWO, line("A1", "x", "open", carried_from=ONE)), [], "html").lines
    assert (one.made, one.made_in) == (ONE, None)


def test_other_cohorts_and_later_sittings_play_no_part() -> None:
    elsewhere = replace(sitting(ONE, line("A1", "CANARY", "open")), cohort="inland-2026")
    later = sitting("2026-12-01-harbour-3-zz99", line("A2", "CANARY", "open"))
    same = replace(sitting(TWO), revision=2)
    assert shared(sitting(TWO), [elsewhere, later, same], "md").lines == ()


def test_a_line_that_was_withdrawn_later_does_not_come_back() -> None:
    here = sitting(ONE, line("A1", "CANARY", "open"), line("A2", "Two", "open"))
    gone = line("A1", "", "withdrawn", carried_from=ONE)
    for later in (
        {"others": [sitting(TWO, gone)]},
        {"others": [], "since": [sitting(TWO, gone)]},
    ):
        found = shared(here, form="md", **later)  # type: ignore[arg-type]
        assert names(found) == ["A2"]
        assert found.behind == ("1 line was withdrawn since: A1.",)
        assert "CANARY" not in contents(found)


@pytest.mark.parametrize("form", FORMS)
def test_a_line_that_was_taken_back_where_it_was_made_comes_back_from_no_later_sitting(
    form: Form,
) -> None:
    first = sitting(ONE, taken_back=("A1",))
    again = line("A1", "CANARY", "in force", carried_from=ONE, ring="public")
    found = shared(sitting(TWO, again), [first], form, ring="public")
    assert (names(found), found.keys, found.record.entries) == ([], (), ())


def test_a_ring_that_became_narrower_later_is_as_narrow_here() -> None:
    here = sitting(ONE, line("A1", "One", "open", ring="public"))
    lowered = sitting(TWO, line("A1", "One", "open", ring="cohort", carried_from=ONE))
    assert shared(here, [lowered], "csv").behind == (
        "1 line is not allowed to travel that far: A1.",
    )


def test_a_name_that_is_not_said_any_more_is_not_said_here_either() -> None:
    named = {"attribution": "CANARY", "attribution_scope": "public"}
    here = sitting(ONE, line("A1", "One", "open", **named))
    unnamed = sitting(TWO, line("A1", "One", "open", carried_from=ONE))
    assert "CANARY" in contents(shared(here, [], "md"))
    assert "CANARY" not in contents(shared(here, [unnamed], "md"))


def test_words_of_a_later_sitting_are_not_brought_forward() -> None:
    here = sitting(ONE, line("A1", "One", "open"))
    later = sitting(TWO, line("A1", "Two", "proposed", carried_from=ONE))
    found = shared(here, [later], "md")
    assert (only(found).text, only(found).state) == ("One", "open")


def test_it_does_not_matter_in_which_order_records_are_found() -> None:
    first = sitting(ONE, line("A1", "One mic", "open"))
    second = sitting("2026-10-01-harbour-4-bb22", line("A1", "Two", "open", carried_from=ONE))
    found = [shared(sitting(TWO), each, "md") for each in ([first, second], [second, first])]
    assert found[0] == found[1]
    assert only(found[0]).text == "Two"


@pytest.mark.parametrize("state", ["withdrawn", "let go"])
@pytest.mark.parametrize("form", FORMS)
def test_a_line_that_went_is_in_no_export_any_more(form: Form, state: str) -> None:
    before = sitting(ONE, line("T1", "CANARY", "shared", ring="public"))
    gone = line("T1", "", state, ring="public", carried_from=ONE)
    found = shared(sitting(TWO, gone), [before], form)
    assert found.lines == ()
    assert "CANARY" not in contents(found)


@pytest.mark.parametrize("form", FORMS)
def test_what_ended_is_in_an_export_only_where_its_form_tells_the_past(form: Form) -> None:
    record = sitting(TWO, line("T1", "calm", "moving away from", ring="public"))
    assert bool(shared(record, [], form).lines) is FORMS[form].ended


def test_one_form_alone_holds_nothing_but_this_sitting() -> None:
    assert [form for form, rules in FORMS.items() if rules.here] == ["json"]
    before = sitting(ONE, line("A1", "One", "open"), line("A2", "Two", "open"))
    here = sitting(TWO, line("A2", "Three", "open", carried_from=ONE), line("A3", "x", "open"))
    assert names(shared(here, [before], "json")) == ["A2", "A3"]
    assert names(shared(here, [before], "md")) == ["A1", "A2", "A3"]


# Order, and what it says of itself


def test_lines_stand_by_kind_then_by_number() -> None:
    mixed = ("Q1", "T10", "A12", "T2", "A3", "G4", "F5")
    record = sitting(TWO, *(line(name, "x", "open") for name in mixed))
    assert names(shared(record, [], "md")) == ["A3", "A12", "T2", "T10", "F5", "Q1", "G4"]


def test_it_knows_every_line_that_it_holds() -> None:
    before = sitting(ONE, line("A1", "One", "open"), line("A2", "x", "retired"))
    here = sitting(TWO, line("A3", "Three", "open"), line("A4", "Four", "open"))
    found = shared(here, [before], "html", held=["A4"])
    assert [(key.sitting, key.name, key.twin) for key in found.keys] == [
        (ONE, "A1", 0), (TWO, "A3", 0),
    ]  # fmt: skip
    assert [each.key for each in found.lines] == list(found.keys)


def test_the_record_of_a_sitting_knows_also_the_lines_that_it_says_went() -> None:
    gone = line("A1", "", "withdrawn", carried_from=ONE)
    found = shared(sitting(TWO, gone, line("A2", "x", "open")), [], "json")
    assert [key.name for key in found.keys] == ["A1", "A2"]
    assert names(found) == ["A2"]


def test_two_lines_of_one_number_are_told_apart() -> None:
    record = sitting(TWO, line("A1", "one", "open"), line("A1", "other", "open"))
    assert [each.key.twin for each in shared(record, [], "md").lines] == [0, 1]


def test_it_says_how_far_each_line_may_go_that_stays_behind() -> None:
    assert shared(one_of_each_ring(), [], "csv").narrow == ("cohort", "team")
    assert shared(one_of_each_ring(), [], "md").narrow == ()


def test_lines_with_one_number_stand_by_the_sitting_that_made_them() -> None:
    before = sitting(ONE, line("A1", "older", "open"))
    found = shared(sitting(TWO, line("A1", "newer", "open")), [before], "md")
    assert [each.entry.text for each in found.lines] == ["older", "newer"]


@pytest.mark.parametrize(
    ("form", "ring", "words"),
    [
        ("md", None, "3 lines, for the cohort."),
        ("md", "team", "2 lines, for the cohort and its team."),
        ("md", "public", "1 line, for everyone."),
        ("glossary-csv", None, "No lines, for the cohort and its team."),
    ],
)
def test_what_it_holds_and_for_whom_is_one_sentence(
    form: Form, ring: RecordRing | None, words: str
) -> None:
    assert contains_words(shared(one_of_each_ring(), [], form, ring=ring)) == words


def test_what_an_export_is_called_tells_no_words() -> None:
    found = everything("html")
    assert repr(found) == "<Shared html>"
    assert repr(found.lines[0]) == "<SharedLine A1>"
