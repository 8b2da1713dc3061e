import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from facilitate.core.learned import NOTHING_LEARNED, Taken, learned, taken_words, times_words
from facilitate.core.record import RecordedSegment, SittingRecord

NINE = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)

RECORD = SittingRecord(
    id="2026-11-22-day-abcd",
    title="A day",
    date=NINE.date(),
    timezone="UTC",
    cohort="spring",
    place="online",
    last_number=0,
    app="0.1.0",
    revision=1,
)


def part(actual: int, **how: Any) -> RecordedSegment:
    planned = RecordedSegment(
        id="words",
        title="Words we carry",
        kind="breakout",
        status="done",
        planned_minutes=30,
        actual_minutes=actual,
        planned_start=NINE,
        planned_end=NINE + dt.timedelta(minutes=30),
    )
    return replace(planned, **how)


def records(*parts: RecordedSegment) -> list[SittingRecord]:
    """A record for each of some parts."""
    return [replace(RECORD, segments=(one,)) for one in parts]


def of_words(*minutes: int) -> Taken:
    return learned(records(*map(part, minutes))).by_part["words"]


def test_the_shortest_and_the_longest_are_told_while_there_are_few() -> None:
    assert of_words(38, 31, 33, 36, 35) == Taken(5, 35, 31, 38, 5)


def test_the_middle_half_is_told_when_there_are_many() -> None:
    found = of_words(30, 31, 32, 33, 34, 35, 36, 90)
    assert (found.times, found.least, found.most) == (8, 32, 35)


def test_a_part_that_was_cut_or_left_out_teaches_nothing() -> None:
    unlike = [
        part(12, status="cut short"),
        part(0, status="skipped"),
        part(9, status="carried"),
        part(0),
    ]
    assert learned(records(*unlike)) == NOTHING_LEARNED


def test_parts_of_one_kind_are_learned_from_together() -> None:
    found = learned(records(part(20), part(40, id="pairs")))
    assert found.by_kind["breakout"] == Taken(2, 30, 20, 40, 0)
    assert set(found.by_part) == {"words", "pairs"}


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (None, ""),
        (Taken(1, 33, 33, 33, 3), "this took 33 minutes, once"),
        (Taken(1, 1, 1, 1, 0), "this took 1 minute, once"),
        (Taken(5, 35, 31, 38, 5), "this has taken 31-38 minutes, five times"),
        (Taken(2, 30, 30, 30, 0), "this has taken 30 minutes, twice"),
        (Taken(12, 35, 33, 36, 5), "this has mostly taken 33-36 minutes, 12 times"),
    ],
)
def test_it_is_said_in_plain_words(taken: Taken | None, words: str) -> None:
    assert taken_words(taken) == words


def test_every_count_has_its_words() -> None:
    assert [times_words(n) for n in (1, 2, 10, 11)] == [
        "once",
        "twice",
        "ten times",
        "11 times",
    ]
