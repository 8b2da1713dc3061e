"""A line is followed through all the sittings that worked with it."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from tests.core.test_merging import entry, record

from facilitate.core.record import SittingRecord
from facilitate.core.threads import Thread, ThreadKey, facts, threads

FIRST = "2026-09-12-a"
NOON = dt.datetime(2026, 9, 12, 12, tzinfo=dt.UTC)


def sitting(name: str, *entries: object, day: int = 12, **fields: object) -> SittingRecord:
    date = dt.date(2026, 9, day)
    given = {"id": f"{date}-{name}", "date": date, **fields}
    return record(*entries, **given)  # type: ignore[arg-type]


def told(*records: SittingRecord) -> dict[ThreadKey, list[str]]:
    """What each line says, step by step; the same in whatever order the records come."""
    followed = [threads(order) for order in permutations(records)]
    assert all(one == followed[0] for one in followed)
    return {thread.key: [step.entry.text for step in thread.steps] for thread in followed[0]}


def test_a_line_is_one_from_where_it_was_made_to_the_last_sitting() -> None:
    found = told(
        sitting("a", entry("A1", "One mic")),
        sitting("b", entry("A1", "One voice", carried_from=FIRST), day=19),
        sitting("c", entry("A1", "One at a time", carried_from=FIRST), day=26),
    )
    assert found == {ThreadKey(FIRST, "A1"): ["One mic", "One voice", "One at a time"]}


def test_the_sitting_that_made_it_need_not_have_a_record() -> None:
    found = told(sitting("b", entry("A1", "One voice", carried_from=FIRST), day=19))
    assert found == {ThreadKey(FIRST, "A1"): ["One voice"]}


def test_one_name_from_two_sittings_is_two_lines() -> None:
    found = told(sitting("a", entry("A1", "One mic")), sitting("b", entry("A1", "Breathe")))
    assert list(found.values()) == [["One mic"], ["Breathe"]]


def test_two_lines_that_got_one_name_at_once_are_two() -> None:
    later = sitting("b", entry("A1", "c", carried_from=FIRST), day=19)
    found = told(sitting("a", entry("A1", "a"), entry("A1", "b")), later)
    assert found == {ThreadKey(FIRST, "A1"): ["a", "c"], ThreadKey(FIRST, "A1", 1): ["b"]}


def test_a_line_that_was_taken_back_is_in_no_later_sitting_that_brought_it_along() -> None:
    """Another machine closed that one without having heard of it."""
    found = told(
        sitting("a", entry("A2", "Two breaths"), taken_back=("A1",)),
        sitting("b", entry("A1", "CANARY", carried_from=FIRST), entry("A7", "New"), day=19),
        sitting("c", entry("A1", "Of another sitting"), day=26),
    )
    assert list(found.values()) == [["Two breaths"], ["New"], ["Of another sitting"]]


def test_of_one_day_the_sitting_that_began_later_comes_later_whatever_its_name() -> None:
    morning = dt.datetime(2026, 9, 12, 9, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
    found = told(
        sitting("z", entry("A1", "noon"), started=NOON),
        sitting("a", entry("A1", "later", carried_from="2026-09-12-z"), started=morning),
    )
    assert found == {ThreadKey("2026-09-12-z", "A1"): ["noon", "later"]}


@pytest.mark.parametrize(("state", "stands"), [("in force", True), ("let go", False)])
def test_a_line_stands_unless_its_latest_sitting_let_it_go(state: str, stands: bool) -> None:
    later = sitting("b", entry("A1", "x", carried_from=FIRST, state=state), day=19)
    (thread,) = threads([later, sitting("a", entry("A1", state="let go"))])
    assert thread.stands is stands
    assert (thread.first.sitting.id, thread.latest.sitting.id) == (FIRST, "2026-09-19-b")


def test_facts_tell_which_sitting_it_was() -> None:
    of = facts(sitting("a", subtitle="Day one", topic="being", part=1, started=NOON))
    assert (of.title, of.topic, of.part, of.series) == ("Day one", "being", 1, "")
    assert of.began == "2026-09-12T12:00:00+00:00"
    assert facts(sitting("a")).title == "Harbour"


@pytest.mark.parametrize("hours", [14, -14])
def test_a_time_at_the_edge_of_all_time_is_no_trouble(hours: int) -> None:
    zone = dt.timezone(dt.timedelta(hours=hours))
    for day in ((1, 1, 1, 1), (9999, 12, 31, 23)):
        of = facts(sitting("a", started=dt.datetime(*day, tzinfo=zone)))
        assert of.began[:4].isdecimal()


def test_a_thread_says_no_words_by_accident() -> None:
    (thread,) = threads([sitting("a", entry("A1", "CANARY"))])
    assert isinstance(thread, Thread)
    assert "CANARY" not in f"{thread!r} {thread.steps!r}"
