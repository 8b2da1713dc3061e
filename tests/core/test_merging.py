"""Several records of one sitting become one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from facilitate.core.merging import _LEAVING, differ, merged, spoken_order
from facilitate.core.record import LEFT, RecordedEntry, RecordedSegment, SittingRecord

NINE = dt.datetime(2026, 9, 12, 9, tzinfo=dt.UTC)
PART = RecordedSegment(
    id="be",
    title="Being",
    kind="agreements",
    status="done",
    planned_minutes=10,
    actual_minutes=9,
    planned_start=NINE,
    planned_end=NINE,
)


def entry(name: str, text: str = "One mic", **fields: object) -> RecordedEntry:
    given = {"state": "in force", "ring": "cohort", "kind": "agreement", **fields}
    return RecordedEntry(id=name, text=text, **given)  # type: ignore[arg-type]


def record(*entries: RecordedEntry, **fields: object) -> SittingRecord:
    given = {
        "id": "2026-09-12-harbour-1-ab3d", "title": "Harbour", "date": dt.date(2026, 9, 12),
        "timezone": "America/New_York", "cohort": "harbour", "place": "online", "app": "0",
        "last_number": 9, "revision": 1, **fields,
    }  # fmt: skip
    return SittingRecord(entries=entries, **given)  # type: ignore[arg-type]


def texts(*copies: SittingRecord) -> list[str]:
    """The texts of the merged record, the same in whatever order the copies come."""
    found = {merged(order).entries for order in permutations(copies)}
    (entries,) = found
    return [f"{one.id} {one.text}".strip() for one in entries]


def test_copies_that_are_alike_are_one() -> None:
    one = record(entry("A1"), entry("A2", "One voice"), segments=(PART,))
    assert merged([one]) == merged([one, one, one]) == one


def test_lines_that_only_one_of_two_heard_of_are_all_there_by_number() -> None:
    early, late = record(entry("A2"), entry("A10")), record(entry("A2"), entry("T3"))
    assert texts(early, late) == ["A2 One mic", "T3 One mic", "A10 One mic"]


def test_the_highest_revision_tells_how_a_line_stands() -> None:
    first = record(entry("A1", "One mic"), revision=1)
    later = record(entry("A1", "One voice"), revision=3, title="Harbour circles")
    assert texts(first, later) == ["A1 One voice"]
    assert merged([first, later]).title == "Harbour circles"
    assert merged([later, first]).revision == 3


def test_a_line_that_the_newest_record_does_not_have_comes_from_the_one_below() -> None:
    first = record(entry("A1", "lost"), entry("A2", "oldest"), revision=1)
    second = record(entry("A2", "older"), revision=2)
    third = record(entry("A3", "new"), revision=3)
    assert texts(first, second, third) == ["A1 lost", "A2 older", "A3 new"]


def test_what_was_taken_back_comes_out_of_no_older_copy() -> None:
    first = record(entry("A1", "CANARY"), entry("A2"), revision=1)
    second = record(entry("A2"), revision=2, taken_back=("A1",))
    assert texts(first, second) == ["A2 One mic"]
    assert merged([first, second]).taken_back == ("A1",)


def test_even_a_newer_copy_that_has_not_heard_of_it_shows_no_words_that_were_taken_back() -> (
    None
):
    told = record(entry("A2"), revision=1, taken_back=("A1", "A10", "A9"))
    untold = record(entry("A1", "CANARY"), entry("A2"), revision=2)
    assert texts(told, untold) == ["A2 One mic"]
    assert merged([told, untold]).taken_back == ("A1", "A9", "A10")


def test_different_words_for_a_line_in_one_revision_both_stand() -> None:
    one, other = record(entry("A1", "One mic")), record(entry("A1", "One voice"))
    assert texts(one, other) == ["A1 One mic", "A1 One voice"]


def test_two_lines_that_got_one_number_both_stand() -> None:
    assert texts(record(entry("A1", "b"), entry("A1", "a"))) == ["A1 a", "A1 b"]


@pytest.mark.parametrize(
    ("states", "left"),
    [
        (("in force", "withdrawn"), ["withdrawn"]),
        (("in force", "let go"), ["let go"]),
        (("let go", "withdrawn", "in force"), ["withdrawn"]),
    ],
)
def test_a_line_that_left_in_any_copy_of_a_revision_has_left(
    states: tuple[str, ...], left: list[str]
) -> None:
    copies = [record(entry("A1", s, state=s, carried_from="earlier")) for s in states]
    assert [one.state for one in merged(copies).entries] == left


def test_a_line_that_came_back_in_a_later_revision_is_back() -> None:
    gone = record(entry("A1", "", state="withdrawn", carried_from="earlier"), revision=1)
    back = record(entry("A1", "One mic", carried_from="earlier"), revision=2)
    assert texts(gone, back) == ["A1 One mic"]


def test_one_number_of_two_sittings_is_two_lines() -> None:
    ours, theirs = entry("A1", "ours"), entry("A1", "theirs", carried_from="earlier")
    assert texts(record(ours, revision=2), record(theirs)) == ["A1 ours", "A1 theirs"]


def test_no_number_is_given_again_that_any_copy_knows() -> None:
    assert merged([record(last_number=10), record(last_number=9, revision=2)]).last_number == 10


def test_a_group_that_knew_what_is_kept_in_one_copy_knew_it() -> None:
    assert merged([record(notes_kept=True), record(revision=2)]).notes_kept


def test_a_revision_that_nobody_writes_loses_no_line_either() -> None:
    copies = (record(entry("A1"), revision=0), record(entry("A2"), revision=-4))
    assert texts(*copies) == ["A1 One mic", "A2 One mic"]


def test_what_is_told_of_the_sitting_is_the_same_in_whatever_order_copies_are_found() -> None:
    # As text 10 comes before 9, and still the larger number counts.
    one, two, three = (
        record(last_number=number, app=app) for number, app in ((10, "z"), (9, "a"), (10, "m"))
    )
    together = merged([merged([one, two]), three])
    assert together == merged([one, two, three]) == merged([three, merged([two, one])])


@pytest.mark.parametrize(
    ("copies", "do"),
    [
        ((record(), record()), False),
        ((record(), record(revision=2, title="Other")), False),
        ((record(), record(title="Other")), True),
        ((record(entry("A1")), record(entry("A1", "One voice"))), True),
        ((record(revision=2), record(entry("A1")), record()), True),
    ],
)
def test_only_records_of_one_revision_can_differ(
    copies: tuple[SittingRecord, ...], do: bool
) -> None:
    assert differ(copies) is do


def test_names_are_ordered_as_people_count() -> None:
    names = ["T10", "A2", "", "Q2", "the third", "A100000000000", "A٣"]
    assert sorted(names, key=spoken_order) == [
        "", "A٣", "the third", "A2", "Q2", "T10", "A100000000000",
    ]  # fmt: skip


def test_every_way_of_leaving_is_known_here() -> None:
    assert set(_LEAVING) == LEFT


def test_merging_changes_none_of_the_copies() -> None:
    one = record(entry("A2"), entry("A1"))
    before = replace(one)
    merged([one, record(entry("A3"), revision=2)])
    assert one == before
