"""The numbers of D1 to D33 are those of the timing cases; they are the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Segment
from facilitate.core.clock_time import instant, local
from facilitate.core.commands import EndPause, Extend, Next, StartPause
from facilitate.core.events import SegmentStarted

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def test_d1_started_on_time_the_day_ends_on_time(timing: Sitting) -> None:
    timing.at("09:00").next()
    assert [timing.span(segment.id) for segment in timing.agenda.segments] == [
        "09:00-09:10",
        "09:10-09:20",
        "09:20-09:50",
        "09:50-10:15",
        "10:15-10:20",
        "10:20-10:30",
        "10:30-11:00",
        "11:00-11:20",
        "11:20-11:30",
    ]
    assert (timing.end, timing.clock(timing.projection.promised_end)) == ("11:30", "11:30")
    assert timing.drift == 0
    assert all(row.late == row.hold == dt.timedelta(0) for row in timing.projection.rows)


def test_d1_before_the_start_the_day_is_the_plan(timing: Sitting) -> None:
    assert [timing.clock(row.start) for row in timing.projection.rows] == [
        timing.clock(row.part.start) for row in timing.projection.rows
    ]
    assert timing.projection.running is None
    assert len(timing.projection.later) == 9


def test_d2_seven_late_the_buffer_goes_and_the_break_is_two_late(timing: Sitting) -> None:
    timing.at("09:07").next()
    assert timing.span("buf") == "10:22-10:22"
    assert timing.span("break") == "10:22-10:32"
    assert timing.late("break") == 2
    assert timing.end == "11:32"
    assert timing.drift == 7


def test_d3_twelve_late_the_break_is_seven_late(timing: Sitting) -> None:
    timing.at("09:12").next()
    assert timing.span("break") == "10:27-10:37"
    assert timing.late("break") == 7
    assert timing.end == "11:37"


def test_d5_a_pause_stops_the_part_and_the_drift_grows(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:04").do(StartPause(kind="care"))
    timing.at("09:07")
    assert (timing.used, timing.remaining, timing.due, timing.drift) == (4, 6, "09:13", 3)
    timing.at("09:09").do(EndPause()).at("09:10")
    assert (timing.used, timing.remaining, timing.due, timing.drift) == (5, 5, "09:15", 5)


def test_d6_six_late_out_of_the_input_the_break_is_one_late(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("09:56").next()
    assert timing.span("rooms1") == "09:56-10:21"
    assert timing.span("break") == "10:21-10:31"
    assert timing.late("break") == 1
    assert timing.end == "11:31"


def test_d7_fifteen_late_out_of_the_input_moves_everything_by_ten(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("10:05").next()
    assert timing.span("break") == "10:30-10:40"
    assert timing.late("break") == 10
    assert timing.end == "11:40"


def test_d8_early_the_break_holds_until_its_time(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("09:40").next()
    assert timing.span("rooms1") == "09:40-10:05"
    assert timing.span("buf") == "10:05-10:10"
    assert timing.hold("break") == 10
    assert timing.span("break") == "10:20-10:30"
    assert timing.late("break") == 0
    assert timing.end == "11:30"


def test_d9_a_part_over_its_time_stays_and_the_drift_grows(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:13")
    assert (timing.remaining, timing.due, timing.drift) == (-3, "09:13", 3)
    timing.at("09:14")
    assert (timing.remaining, timing.due, timing.drift) == (-4, "09:14", 4)
    assert timing.running == "ground"


def test_d11_a_part_left_early_makes_the_day_earlier(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:07").next()
    assert timing.span("agree") == "09:07-09:17"
    assert timing.drift == -3


def test_d12_an_extension_pushes_what_follows_until_the_buffer_eats_it(
    timing: Sitting,
) -> None:
    timing.at("09:00").next().at("09:05").do(Extend(minutes=2))
    assert timing.due == "09:12"
    assert timing.span("agree") == "09:12-09:22"
    assert timing.span("teach") == "09:22-09:52"
    assert timing.span("rooms1") == "09:52-10:17"
    assert timing.span("buf") == "10:17-10:20"
    assert timing.span("break") == "10:20-10:30"
    assert timing.end == "11:30"


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("2023-12-05", "2023-12-05T17:00"),
        ("2024-03-12", "2024-03-12T16:00"),
        ("2024-11-12", "2024-11-12T17:00"),
    ],
)
def test_d28_nine_in_los_angeles_depends_on_the_day(
    date: str, utc: str, timing: Sitting
) -> None:
    at = instant(timing.agenda, dt.date.fromisoformat(date), dt.time(9))
    assert at == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert at.tzinfo is dt.UTC
    assert local(timing.agenda, at).time() == dt.time(9)


def test_d29_ninety_minutes_over_the_change_of_clocks_end_at_four(
    open_parts: Callable[..., Sitting],
) -> None:
    night = Segment(id="night", title="Night", kind="practice", minutes=90)
    sitting = open_parts(
        night,
        date=dt.date(2024, 3, 10),
        timezone="America/Los_Angeles",
        start=dt.time(1, 30),
    )
    sitting.next()
    assert sitting.span("night") == "01:30-04:00"
    assert sitting.end == "04:00"
    assert sitting.later(minutes=60).remaining == 30


def test_d30_a_wall_time_that_comes_twice_is_the_first(timing: Sitting) -> None:
    at = instant(timing.agenda, dt.date(2024, 11, 3), dt.time(1, 30))
    assert at == dt.datetime(2024, 11, 3, 8, 30, tzinfo=dt.UTC)


def test_d31_a_stale_step_skips_nothing(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("09:50").next().at("09:51")
    assert "look again" in timing.refusal(Next(seen="teach"))
    timing.record(SegmentStarted(segment="buf", from_="teach", at=timing.now), by="co")
    assert timing.running == "rooms1"
    assert timing.span("rooms1") == "09:50-10:15"


def test_d32_an_undone_step_never_was_and_stays_in_the_history(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:07")
    before = timing.state
    timing.next().later(seconds=40).undo()
    assert timing.state == before
    assert (timing.used, timing.remaining) == (pytest.approx(7 + 40 / 60), 3 - 40 / 60)
    assert [type(r.event).__name__ for r in timing.history[-2:]] == ["SegmentStarted", "Undone"]
