import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.programmes import PROGRAMME

from facilitate.core.new_cohort import (
    FROM_BEFORE,
    LONGEST_ID,
    OFFERED_KINDS,
    HandedOn,
    Proposed,
    as_offered,
    may_be_offered,
    moved,
    new_id,
    new_ids,
    other_date,
    sitting_date,
)

MONTHLY = ["2023-08-24", "2023-09-26", "2023-10-17", "2023-11-14", "2024-01-16", "2024-02-13"]
"""A Thursday, then Tuesdays; none in December."""


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def all_dates(
    old: Sequence[str], starts: str, *, free: Collection[str] = (), first: Sequence[str] = ()
) -> list[str]:
    """Every date as it is proposed, behind those that someone chose."""
    new = days(*first)
    while len(new) < len(old):
        new.append(sitting_date(days(*old), new, day(starts), days(*free)).date)
    return [str(one) for one in new]


# Sittings


def test_a_monthly_rhythm_keeps_its_months_and_its_weekday_of_the_month() -> None:
    assert all_dates(MONTHLY, "2025-08-28") == [
        "2025-08-28", "2025-09-23", "2025-10-21", "2025-11-11", "2026-01-20", "2026-02-10",
    ]  # fmt: skip


def test_the_rhythm_moves_to_other_months_as_a_whole() -> None:
    assert all_dates(MONTHLY, "2026-01-22") == [
        "2026-01-22", "2026-02-24", "2026-03-17", "2026-04-14", "2026-06-16", "2026-07-14",
    ]  # fmt: skip


def test_what_was_on_the_weekday_of_the_beginning_follows_it_to_another_one() -> None:
    old = ["2026-09-01", "2026-10-06", "2026-11-05"]  # two Tuesdays and a Thursday
    assert all_dates(old, "2027-09-08") == ["2027-09-08", "2027-10-06", "2027-11-04"]


def test_a_month_without_a_fifth_such_day_has_its_last_one() -> None:
    old = ["2026-08-31", "2026-11-30"]  # fifth Mondays
    assert all_dates(old, "2027-05-31") == ["2027-05-31", "2027-08-30"]
    assert all_dates(old, "2027-08-30") == ["2027-08-30", "2027-11-29"]
    assert all_dates(old, "2027-06-07") == ["2027-06-07", "2027-09-27"]


def test_days_right_behind_each_other_stay_together() -> None:
    old = ["2023-12-05", "2023-12-06", "2024-02-06", "2024-02-07"]
    assert all_dates(old, "2026-12-08") == [
        "2026-12-08", "2026-12-09", "2027-02-02", "2027-02-03",
    ]  # fmt: skip


def test_weeks_stay_weeks() -> None:
    old = ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"]
    assert all_dates(old, "2026-09-16") == [
        "2026-09-16", "2026-09-23", "2026-09-30", "2026-10-07", "2026-10-14",
    ]  # fmt: skip


def test_a_day_that_is_to_be_kept_free_gives_way_to_the_next_of_its_weekday() -> None:
    old = days(*MONTHLY)
    free = days("2025-11-11", "2025-11-18", "2026-02-10")
    new = days("2025-08-28", "2025-09-23", "2025-10-21")
    found = sitting_date(old, new, day("2025-08-28"), free)
    assert found == Proposed(day("2025-11-25"), (day("2025-11-11"), day("2025-11-18")))


def test_in_a_weekly_rhythm_all_that_follows_moves_along() -> None:
    old = ["2026-01-06", "2026-01-13", "2026-01-20"]
    assert all_dates(old, "2026-12-15", free=["2026-12-22"]) == [
        "2026-12-15", "2026-12-29", "2027-01-05",
    ]  # fmt: skip


def test_the_second_of_two_days_follows_the_first_wherever_that_was_put() -> None:
    old = ["2023-12-05", "2023-12-06"]
    chosen = all_dates(old, "2026-12-08", first=["2026-12-17"])
    assert chosen == ["2026-12-17", "2026-12-18"]


def test_the_beginning_itself_is_kept_free_as_well() -> None:
    found = sitting_date(days(*MONTHLY), [], day("2025-08-28"), days("2025-08-28"))
    assert found == Proposed(day("2025-09-04"), (day("2025-08-28"),))


def test_a_date_that_was_put_off_for_long_does_not_overtake_the_next() -> None:
    chosen = all_dates(MONTHLY[:3], "2025-08-28", first=["2025-08-28", "2025-11-04"])
    assert chosen == ["2025-08-28", "2025-11-04", "2025-11-11"]


@given(
    st.lists(
        st.dates(day("2020-01-01"), day("2026-12-31")), min_size=2, max_size=16, unique=True
    ),
    st.dates(day("2027-01-01"), day("2030-12-31")),
    st.sets(st.dates(day("2027-01-01"), day("2038-12-31")), max_size=40),
)
def test_sittings_stay_in_order_and_none_is_on_a_free_day(
    old: list[dt.date], starts: dt.date, free: set[dt.date]
) -> None:
    old.sort()
    new: list[dt.date] = []
    for _ in old:
        new.append(sitting_date(old, new, starts, free).date)
    assert all(one < other for one, other in pairwise(new))
    assert not free & set(new)


# Other dates


OLD = days(*MONTHLY)
NEW = days(*all_dates(MONTHLY, "2025-08-28"))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("2023-05-31", "2025-05-28"),  # a fifth Wednesday
        ("2023-07-14", "2025-07-11"),
        ("2023-10-17", "2025-10-21"),  # the day of a sitting
        ("2023-12-01", "2025-12-05"),
        ("2024-03-12", "2026-03-10"),
    ],
)
def test_what_is_no_sitting_keeps_its_rhythm_and_stays_with_its_sitting(
    was: str, now: str
) -> None:
    assert other_date(day(was), OLD, NEW, NEW[0], ()).date == day(now)


def test_other_dates_are_kept_free_too_but_not_apart_from_their_sitting() -> None:
    found = other_date(day("2023-07-14"), OLD, NEW, NEW[0], days("2025-07-11"))
    assert found == Proposed(day("2025-07-18"), (day("2025-07-11"),))
    with_sitting = other_date(day("2023-10-17"), OLD, NEW, NEW[0], days("2025-10-21"))
    assert with_sitting == Proposed(day("2025-10-21"))


@given(
    st.dates(day("2023-04-01"), day("2024-06-30")),
    st.dates(day("2025-01-01"), day("2026-12-31")),
    st.sets(st.dates(day("2025-01-01"), day("2028-12-31")), max_size=60),
)
def test_before_between_and_after_sittings_stays_so(
    was: dt.date, starts: dt.date, free: set[dt.date]
) -> None:
    new: list[dt.date] = []
    for _ in OLD:
        new.append(sitting_date(OLD, new, starts, free).date)
    now = other_date(was, OLD, new, starts, free).date
    assert [now < other for other in new] == [was < one for one in OLD]
    assert [now == other for other in new] == [was == one for one in OLD]


# The programme


def test_a_moved_programme_begins_and_ends_as_long_around_its_sittings() -> None:
    old = replace(PROGRAMME, starts=day("2026-09-01"))
    sittings = days("2027-10-02", "2027-11-06", "2027-12-04", "2028-01-08")
    others = days("2027-08-03", "2027-10-02", "2028-02-05")
    new = moved(old, "harbour-2027", sittings, others)
    assert (new.id, new.starts, new.ends) == (
        "harbour-2027",
        day("2027-09-21"),
        day("2028-02-05"),
    )
    assert [one.date for one in new.sessions] == sittings
    assert [one.date for one in new.milestones] == others
    assert new.topics == old.topics
    assert [one.title for one in new.sessions] == [one.title for one in old.sessions]


# Names


@pytest.mark.parametrize(
    ("old", "taken", "new"),
    [
        ("iecmh-certificate-2023", (), "iecmh-certificate-2025"),
        ("2023-harbour", (), "2025-harbour"),
        ("harbour", (), "harbour-2025"),
        ("harbour-12023", (), "harbour-12023-2025"),
        ("harbour", ("harbour-2025", "harbour-2025-2"), "harbour-2025-3"),
        ("x" * 80, (), f"{'x' * 75}-2025"),
        (f"{'x' * 74}-{'y' * 5}", (), f"{'x' * 74}-2025"),
    ],
)
def test_a_new_id_has_the_new_year(old: str, taken: Collection[str], new: str) -> None:
    assert new_id(old, 2023, 2025, taken) == new
    assert len(new) <= LONGEST_ID


def test_a_second_cohort_of_the_same_year_has_an_id_of_its_own() -> None:
    assert new_id("harbour-2025", 2025, 2025, ()) == "harbour-2025-2025"


def test_ids_of_agendas_follow_that_of_the_programme_and_are_all_their_own() -> None:
    new = replace(PROGRAMME, id="harbour-2027", starts=day("2027-10-02"))
    given_ids = new_ids(
        ["harbour-2026-1", "day-2", "day-2-2027", "day-2026", "day-2"], PROGRAMME, new
    )
    assert given_ids == {
        "harbour-2026-1": "harbour-2027-1",
        "day-2": "day-2-2027-2",
        "day-2-2027": "day-2-2027-2027",
        "day-2026": "day-2027",
    }


@given(st.lists(st.sampled_from(["a", "a-2026", "a-2027", "harbour-2026", "b-2026-2", "a-2"])))
def test_no_new_id_was_there_before(old: list[str]) -> None:
    new = replace(PROGRAMME, id="harbour-2027", starts=day("2027-10-02"))
    found = new_ids(old, PROGRAMME, new)
    assert set(found) == set(old)
    assert len(set(found.values())) == len(found)
    assert not set(found.values()) & set(old)


# What an earlier group hands on


def handed(kind: str, state: str, text: str = "Words") -> HandedOn:
    return HandedOn(kind=kind, state=state, text=text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "state", "offered"),
    [
        ("agreement", "in force", True),
        ("agreement", "proposed", False),
        ("agreement", "amending", False),
        ("term", "shared", True),
        ("term", "working", True),
        ("term", "heard", False),
        ("question", "open", True),
        ("question", "handed on", True),
        ("practice", "tried", True),
        ("commitment", "open", False),
        ("gratitude", "noted", False),
        ("example", "checked", False),
    ],
)
def test_only_what_a_group_settled_on_is_something_to_begin_with(
    kind: str, state: str, offered: bool
) -> None:
    assert may_be_offered(handed(kind, state)) is offered


def test_a_line_without_words_is_not_offered() -> None:
    assert not may_be_offered(handed("agreement", "in force", " \u200b"))


def test_what_is_offered_says_that_it_is_from_an_earlier_group() -> None:
    found = as_offered(handed("agreement", "in force", "One mic,\none\u202e speaker"))
    assert found.text == f"One mic, one speaker {FROM_BEFORE}"
    assert found.kind in OFFERED_KINDS
