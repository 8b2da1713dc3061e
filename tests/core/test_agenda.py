from __future__ import annotations

import datetime as dt

import pytest

from facilitate.core.agenda import Agenda, Segment

FIRST = Segment(id="first", title="First", kind="arrival", minutes=10)
LAST = Segment(id="last", title="Last", kind="closing", minutes=20, at_least=5, at_most=25)


def agenda(**fields: object) -> Agenda:
    given = {"segments": (FIRST, LAST), "start": dt.time(9), "minutes": 30, **fields}
    return Agenda(id="own", title="T", timezone="UTC", place="online", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "whose"),
    [
        ({"cohort": "c", "programme": "p", "series": "s"}, "c"),
        ({"programme": "p", "series": "s"}, "p"),
        ({"series": "s"}, "s"),
        ({}, "own"),
    ],
)
def test_a_sitting_belongs_to_the_closest_group_that_is_named(
    fields: dict[str, str], whose: str
) -> None:
    assert agenda(**fields).whose == whose


def test_a_segment_is_found_by_its_id() -> None:
    assert agenda().segment("last") is LAST
    assert agenda().segment("else") is None
    assert agenda().segment(None) is None


def test_the_first_segment_follows_nothing_and_nothing_follows_the_last() -> None:
    assert agenda().following(None) is FIRST
    assert agenda().following("first") is LAST
    assert agenda().following("last") is None
    assert agenda().following("else") is None
    assert agenda(segments=()).following(None) is None


def test_a_segment_that_says_nothing_about_it_does_not_give() -> None:
    assert (FIRST.least, FIRST.most) == (10, 10)
    assert (LAST.least, LAST.most) == (5, 25)


@pytest.mark.parametrize(
    ("anchors", "floor", "promise"),
    [
        ({}, None, None),
        ({"not_before": dt.time(10)}, dt.time(10), None),
        ({"starts_by": dt.time(10)}, None, dt.time(10)),
        ({"starts_at": dt.time(10)}, dt.time(10), dt.time(10)),
        ({"ends_at": dt.time(10)}, None, None),
    ],
)
def test_an_anchor_is_a_floor_a_promise_or_both(
    anchors: dict[str, dt.time], floor: dt.time | None, promise: dt.time | None
) -> None:
    part = Segment(id="a", title="A", kind="break", minutes=10, **anchors)  # type: ignore[arg-type]
    assert (part.floor, part.promise) == (floor, promise)
