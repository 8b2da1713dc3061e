"""What is seen of an export before it is written, and why there may be nothing."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.formats.shared_lines import ONE, TWO, everything, line, nothing, sitting

from facilitate.core.record import RecordRing
from facilitate.core.sharing import FORMS, Form, Shared, shared
from facilitate.core.sharing_view import nothing_words, preview
from facilitate.core.threads import ThreadKey


def of(form: Form, *entries: object, **options: object) -> Shared:
    return shared(sitting(TWO, *entries), [], form, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ring", [None, *get_args(RecordRing)])
def test_a_preview_has_a_row_for_every_line_that_would_go(
    form: Form, ring: RecordRing | None
) -> None:
    found = everything(form, ring)
    rows = preview(found).rows
    names = [key.name for key in found.keys]
    assert sorted(row.name for row in rows) == ([] if form == "counts" else sorted(names))
    if form in ("ics", "counts"):
        assert not [row for row in rows if row.text]
    assert preview(found).behind == found.behind
    if ring == "public":
        assert {row.ring for row in rows} <= {"public"}


def test_it_says_what_it_is_of_which_sitting_and_for_whom() -> None:
    seen = preview(of("docx", line("A1", "One mic", "in force")))
    assert seen.what == "A page for the group: Harbour circles (2026-11-22)"
    assert seen.contains == "1 line, for the cohort."
    assert (seen.nothing, seen.would_do) == ("", None)
    assert repr(seen) == "<Preview 1 line, for the cohort.>"
    assert repr(seen.rows) == "(<PreviewRow A1>,)"


def test_a_record_shows_what_ended_in_its_sitting_as_well() -> None:
    went = line("Q2", "Who pays?", "let go", carried_from=ONE)
    held = line("A3", "Two breaths", "heard")
    found = of("json", line("A1", "One mic", "in force"), went, held, held=["A3"])
    assert [row.name for row in preview(found).rows] == ["A1", "Q2"]
    assert found.keys == (ThreadKey(TWO, "A1"), ThreadKey(ONE, "Q2"))


def test_lines_that_wait_and_are_in_no_record_are_told_where_the_form_could_have_them() -> None:
    found = of("txt", line("A1", "One", "heard"), held=["L9", "A1", "E2", "?"])
    assert found.behind == ("3 lines wait for a decision at the closing: A1, E2, L9.",)
    assert of("docx", held=["L9", "T2"]).behind == (
        "1 line waits for a decision at the closing: T2.",
    )


# Where there is nothing


@pytest.mark.parametrize("form", FORMS)
def test_only_numbers_and_records_are_something_without_a_line(form: Form) -> None:
    assert bool(nothing_words(nothing(form))) is (form not in ("counts", "json"))


@pytest.mark.parametrize(
    ("form", "ring", "rings", "said", "would_do"),
    [
        (
            "glossary-csv", None, ["cohort"],
            "No term may go as far as the team yet; 1 belongs to the cohort.", "cohort",
        ),
        (
            "csv", None, ["cohort", "team", "team"],
            "No line may be shown to everyone yet; 1 belongs to the cohort and 2 to the team.",
            "team",
        ),
        (
            "toml", "public", ["cohort", "cohort"],
            "No line may be shown to everyone yet; 2 belong to the cohort.", "cohort",
        ),
        ("txt", None, [], "There is no line to hand on yet.", None),
        ("ics", None, [], "No line has a day for another look yet.", None),
        ("docx", None, [], "There is no agreement, term or framework to hand on yet.", None),
    ],
)  # fmt: skip
def test_why_there_is_nothing_is_said(
    form: Form, ring: RecordRing | None, rings: list[str], said: str, would_do: str | None
) -> None:
    entries = [line(f"T{n}", "calm = lent", "shared", ring=r) for n, r in enumerate(rings, 1)]
    seen = preview(of(form, *entries, ring=ring))
    assert (seen.nothing, seen.would_do) == (said, would_do)
    if would_do:
        assert not preview(of(form, *entries, ring=would_do)).nothing


def test_what_waits_is_told_where_nothing_else_is() -> None:
    found = of("txt", line("A1", "One", "heard"), held=["A1"])
    assert nothing_words(found) == (
        "There is no line to hand on yet. 1 line waits for a decision at the closing: A1."
    )
