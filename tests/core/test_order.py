from __future__ import annotations

import itertools

import pytest

from facilitate.core.events import PostCopied, Recorded
from facilitate.core.order import AHEAD_MS, Stamper, in_order, parts

NOON = 0x018C3F2A7B10


def recorded(stamp: str, writer: str = "a", n: int = 0) -> Recorded:
    event = PostCopied(segment="s", post=0)
    return Recorded(writer=writer, n=n, stamp=stamp, by="co", event=event)


def test_a_stamp_is_the_wall_time_and_a_counter() -> None:
    stamper = Stamper()
    assert stamper.tick(NOON) == "018c3f2a7b10-0000"
    assert stamper.tick(NOON) == "018c3f2a7b10-0001"
    assert stamper.tick(NOON + 1) == "018c3f2a7b11-0000"


def test_stamps_rise_when_the_clock_steps_back() -> None:
    stamper = Stamper()
    stamps = [stamper.tick(ms) for ms in (NOON, NOON - 3_600_000, NOON - 1, 0, NOON, NOON + 5)]
    assert stamps == sorted(set(stamps))


def test_a_full_counter_borrows_a_millisecond() -> None:
    stamper = Stamper()
    stamper.observe(f"{NOON:012x}-fffe", NOON)
    assert stamper.tick(NOON) == f"{NOON:012x}-ffff"
    assert stamper.tick(NOON) == f"{NOON + 1:012x}-0000"


def test_who_has_seen_a_stamp_stamps_later() -> None:
    stamper = Stamper()
    stamper.tick(NOON)
    assert stamper.observe(f"{NOON + 500:012x}-0007", NOON)
    assert stamper.tick(NOON) == f"{NOON + 500:012x}-0008"


def test_an_older_stamp_changes_nothing() -> None:
    stamper = Stamper()
    stamper.tick(NOON)
    assert stamper.observe(f"{NOON - 500:012x}-0007", NOON)
    assert stamper.tick(NOON) == f"{NOON:012x}-0001"


def test_a_stamp_from_a_clock_far_ahead_is_not_adopted() -> None:
    stamper = Stamper()
    assert AHEAD_MS == 600_000  # ten minutes
    assert not stamper.observe(f"{NOON + AHEAD_MS + 1:012x}-0000", NOON)
    assert stamper.tick(NOON) == f"{NOON:012x}-0000"
    assert stamper.observe(f"{NOON + AHEAD_MS:012x}-0000", NOON)
    assert stamper.tick(NOON) == f"{NOON + AHEAD_MS:012x}-0001"


def test_a_stamp_comes_apart_again() -> None:
    assert parts("018c3f2a7b10-00ff") == (NOON, 255)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "018c3f2a7b10",
        "018C3F2A7B10-0000",
        "0x8c3f2a7b10-0000",
        " 18c3f2a7b10-0000",
        "018c3f2a7b10_0000",
        "018c3f2a7b10--001",
        "018c3f2a7b10-00000",
        "018c3f2a7b10-0000\n",
    ],
)
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="12 hex digits, a hyphen and 4 hex digits"):
        parts(text)


def test_events_are_ordered_by_stamp_then_writer_then_number() -> None:
    ordered = [
        recorded("000000000001-0000", "b", 7),
        recorded("000000000001-0001", "a", 9),
        recorded("000000000002-0000", "a", 2),
        recorded("000000000002-0000", "a", 10),
        recorded("000000000002-0000", "b", 1),
    ]
    for history in itertools.permutations(ordered):
        assert in_order(history) == ordered


def test_a_copy_of_an_event_counts_once() -> None:
    first, second = recorded("000000000001-0000"), recorded("000000000001-0000", n=1)
    assert in_order([second, first, second, first, first]) == [first, second]
