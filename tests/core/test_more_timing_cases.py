"""E1 to E20: more cases of the clock, worked out by hand; docs/timing.md tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitate.core.agenda import Kind, Segment
from facilitate.core.commands import (
    Adopt,
    ApplyFit,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    Next,
    Restore,
    Return,
    Skip,
    StartPause,
)
from facilitate.core.look import Look, look
from facilitate.core.progress import used
from facilitate.core.rooms_view import round_plan

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

Opens = Callable[..., "Sitting"]


def part(name: str, kind: Kind, minutes: int, least: int | None = None, **when: str) -> Segment:
    """A part with its anchor, as in `ends_at="11:00"`."""
    anchors = {anchor: dt.time.fromisoformat(clock) for anchor, clock in when.items()}
    length = {"minutes": minutes, "at_least": least}
    return Segment(id=name, title=name, kind=kind, **length, **anchors)  # type: ignore[arg-type]


def seen(sitting: Sitting) -> Look:
    found = look(sitting.state, sitting.now)
    assert found is not None
    return found


def trims(sitting: Sitting) -> dict[str, tuple[int, int]]:
    """What the proposal would shorten: minutes before and after, by part."""
    return {t.segment: (t.from_minutes, t.to_minutes) for t in seen(sitting).fit.trims}


def short(sitting: Sitting) -> list[tuple[str, int]]:
    """The promises that the proposal cannot keep, and by how many minutes."""
    return [(s.barrier.name, s.minutes) for s in seen(sitting).fit.shortfalls]


def apply(sitting: Sitting) -> None:
    sitting.do(ApplyFit(allotments=seen(sitting).fit.allotments))


def ids(sitting: Sitting) -> list[str]:
    """What runs and what comes, in order."""
    return [row.segment.id for row in sitting.projection.course]


def in_hand(sitting: Sitting) -> tuple[str, float]:
    ahead = seen(sitting).ahead
    assert ahead is not None
    return ahead.barrier.name, ahead.in_hand / dt.timedelta(minutes=1)


def at_teach(timing: Sitting) -> Sitting:
    """On time, the input has just begun."""
    return timing.at("09:00").next().at("09:10").next().at("09:20").next()


# The clock on the wall


def test_e1_a_day_over_midnight_is_one_day(open_parts: Opens) -> None:
    sitting = open_parts(
        part("sit", "practice", 20),
        part("talk", "dialogue", 30, 20),
        part("close", "closing", 10),
        start=dt.time(23, 30),
        minutes=60,
    )
    sitting.at("23:40").next()
    assert sitting.span("talk") == "00:00-00:30"
    assert sitting.span("close") == "00:30-00:40"
    assert sitting.clock(seen(sitting).promised_end) == "00:30"
    # 00:30 less 10 for the closing, less 20 (or 30) for the talk
    assert sitting.clock(seen(sitting).leave_by) == "00:00"
    assert sitting.clock(seen(sitting).on_plan_until) == "23:50"
    assert trims(sitting) == {"talk": (30, 20)}
    apply(sitting)
    assert sitting.end == "00:30"


def test_e2_when_clocks_go_forward_a_part_keeps_its_minutes(open_parts: Opens) -> None:
    sitting = open_parts(
        part("sit", "practice", 60),
        part("tea", "break", 15, starts_at="03:45"),
        part("close", "closing", 30),
        date=dt.date(2024, 3, 10),
        timezone="America/Los_Angeles",
        start=dt.time(1, 30),
        minutes=120,
    )
    sitting.next().at("03:10")  # 30 min until 02:00, which is 03:00, and 10 since
    assert (sitting.used, sitting.remaining, sitting.due) == (40, 20, "03:30")
    assert (sitting.hold("tea"), sitting.span("tea")) == (15, "03:45-04:00")
    assert (sitting.end, sitting.drift) == ("04:30", 0)
    assert sitting.clock(seen(sitting).leave_by) == "03:45"


def test_e2_when_clocks_go_back_the_second_hour_counts_too(open_parts: Opens) -> None:
    sitting = open_parts(
        part("night", "practice", 120),
        part("tea", "break", 15, starts_at="02:15"),
        part("close", "closing", 15),
        date=dt.date(2024, 11, 3),
        timezone="America/Los_Angeles",
        start=dt.time(0, 30),
        minutes=195,
    )
    sitting.next().at("01:10")
    assert (sitting.used, sitting.remaining, sitting.due) == (40, 80, "01:30")
    sitting.later(minutes=60)
    assert sitting.clock(sitting.now) == "01:10"
    assert (sitting.used, sitting.remaining, sitting.due) == (100, 20, "01:30")
    assert (sitting.hold("tea"), sitting.span("tea")) == (45, "02:15-02:30")
    assert (sitting.end, sitting.clock(seen(sitting).promised_end)) == ("02:45", "02:45")


# Back and forth


def test_e3_two_returns_deep_the_parts_come_back_one_after_the_other(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:08").next().at("09:14").next()
    timing.at("09:30").do(Return(segment="agree", seen="teach"))  # had 6 of its 10
    timing.at("09:32").do(Return(segment="ground", seen="agree"))  # had 8 of its 10
    assert ids(timing)[:4] == ["ground", "agree", "teach", "rooms1"]
    assert timing.span("ground") == "09:32-09:34"
    assert timing.span("agree") == "09:34-09:36"  # 6 and 2 of its 10 are used
    assert timing.span("teach") == "09:36-09:50"  # 16 of its 30 are
    assert timing.drift == 0  # of the input, which was interrupted first
    timing.at("09:37")
    assert (timing.span("teach"), timing.drift) == ("09:39-09:53", 3)
    timing.next().at("09:39").next()
    assert (timing.running, timing.remaining, timing.drift) == ("teach", 14, 3)
    assert timing.row("agree").status == timing.row("ground").status == "done"


def test_e4_an_undone_fit_gives_the_minutes_back(timing: Sitting) -> None:
    timing.at("09:12").next()
    assert trims(timing) == {"teach": (30, 23)}
    apply(timing)
    assert (timing.span("break"), timing.end) == ("10:20-10:30", "11:30")
    timing.later(seconds=30).undo()
    assert (timing.span("break"), timing.end) == ("10:27-10:37", "11:37")
    assert trims(timing) == {"teach": (30, 23)}


# Pauses


def test_e5_a_pause_moves_no_promise(timing: Sitting) -> None:
    timing.at("09:50").begin("rooms1").at("10:12").do(StartPause(kind="hold"))
    timing.at("10:22")  # 22 used, 3 left, and 10 stood still
    assert (timing.used, timing.remaining, timing.due) == (22, 3, "10:25")
    assert (timing.span("break"), timing.late("break")) == ("10:25-10:35", 5)
    assert in_hand(timing) == ("break", -5)
    timing.at("10:24").do(EndPause())
    assert (timing.due, timing.late("break"), timing.end) == ("10:27", 7, "11:37")
    assert timing.planned("break") == "10:20-10:30"


def test_e6_time_for_care_is_told_apart(timing: Sitting) -> None:
    at_teach(timing).at("09:30").do(StartPause(kind="care")).at("09:33")
    assert (timing.drift, seen(timing).care) == (3, dt.timedelta(minutes=3))
    timing.at("09:36").do(EndPause()).at("09:40").do(StartPause(kind="tech"))
    timing.at("09:42").do(EndPause())
    assert (timing.used, timing.remaining, timing.due) == (14, 16, "09:58")
    assert (timing.drift, seen(timing).care) == (8, dt.timedelta(minutes=6))
    assert (timing.span("break"), timing.late("break")) == ("10:23-10:33", 3)


# Less, and back again


def test_e7_what_was_cut_short_and_restored_comes_next_with_what_it_had_left(
    timing: Sitting,
) -> None:
    at_teach(timing).at("09:30").do(Skip(segment="teach"))
    assert (timing.running, timing.row("teach").status) == ("rooms1", "cut short")
    timing.at("09:35").do(Restore(segment="teach"))
    assert timing.span("rooms1") == "09:30-09:55"
    assert timing.span("teach") == "09:55-10:15"
    assert (timing.span("buf"), timing.hold("break")) == ("10:15-10:20", 0)
    timing.at("09:55").next()
    assert (timing.running, timing.remaining, timing.end) == ("teach", 20, "11:30")
    assert timing.drift == 0  # Rooms one, the furthest that began, was planned until 10:15


def test_e8_the_rounds_of_a_shorter_part_are_split_anew(timing: Sitting) -> None:
    def rounds() -> tuple[tuple[int, ...], int]:
        plan = round_plan(timing.state, timing.now)
        assert plan is not None
        return plan.rounds, plan.closing

    timing.at("09:50").begin("rooms1")
    assert rounds() == ((7, 7, 7), 1)  # 1 to open, 1 between, 1 to close: 25
    timing.do(Extend(minutes=-1))
    assert rounds() == ((6, 7, 7), 1)
    # three rounds of at least 6 need 22; two of 7 leave 4 more to come back with
    timing.do(Extend(minutes=-3))
    assert rounds() == ((7, 7), 5)
    timing.do(Extend(minutes=-4))
    assert rounds() == ((7, 7), 1)


def test_e9_overtime_can_be_granted_twice(timing: Sitting) -> None:
    def stands() -> tuple[str, str, int]:
        now = seen(timing)
        return timing.clock(now.promised_end), timing.clock(now.leave_by), now.fit.overtime

    timing.at("10:30").begin("rooms2").at("11:12").next().at("11:14")
    assert (timing.running, timing.end) == ("weave", "11:42")
    assert stands() == ("11:30", "11:20", 12)
    timing.do(GrantOvertime(minutes=4))
    assert stands() == ("11:34", "11:24", 8)
    timing.do(GrantOvertime(minutes=3))
    assert stands() == ("11:37", "11:27", 5)
    timing.undo()
    assert stands() == ("11:34", "11:24", 8)


# The plan


def test_e10_a_part_moved_keeps_its_time_on_the_clock(open_parts: Opens) -> None:
    sitting = open_parts(
        part("one", "dialogue", 20),
        part("two", "practice", 20),
        part("tea", "break", 15, starts_at="10:00"),
        part("three", "dialogue", 20),
        part("close", "closing", 25),
        minutes=140,
    )
    sitting.at("09:00").next().at("09:05").do(Move(segment="tea", before="two"))
    assert ids(sitting) == ["one", "tea", "two", "three", "close"]
    assert (sitting.hold("tea"), sitting.span("tea")) == (40, "10:00-10:15")
    assert sitting.span("two") == sitting.planned("two") == "10:15-10:35"
    assert sitting.span("close") == sitting.planned("close") == "10:55-11:20"
    assert sitting.drift == 0
    sitting.do(Move(segment="tea", before="three"))
    assert ids(sitting) == ["one", "two", "tea", "three", "close"]
    assert (sitting.hold("tea"), sitting.span("close")) == (20, "10:35-11:00")


def test_e11_a_part_put_in_before_a_break_is_paid_by_the_slack(timing: Sitting) -> None:
    timing.at("09:00").next().do(Insert(title="Song", minutes=5, after="rooms1"))
    assert timing.span("added-1") == timing.planned("added-1") == "10:15-10:20"
    assert timing.span("buf") == "10:20-10:20"
    assert (timing.span("break"), timing.late("break")) == ("10:20-10:30", 0)
    assert timing.end == "11:30"
    timing.do(Insert(title="Stretch", minutes=3, after="rooms1"))
    assert (timing.span("break"), timing.late("break")) == ("10:23-10:33", 3)
    assert timing.end == "11:33"


def test_e12_an_adopted_day_is_the_plan_and_a_new_order_flows_on_from_it(
    timing: Sitting,
) -> None:
    timing.at("09:07").next().at("09:10").do(Adopt())
    assert timing.drift == 0
    assert timing.planned("ground") == "09:07-09:17"
    assert timing.planned("break") == "10:22-10:32"
    assert timing.late("break") == 2  # it is still promised for 10:20
    assert timing.planned("close") == "11:22-11:32"
    timing.do(Move(segment="weave", before="rooms2"))
    assert timing.planned("weave") == timing.span("weave") == "10:32-10:52"
    assert timing.planned("rooms2") == timing.span("rooms2") == "10:52-11:22"
    assert timing.planned("close") == timing.span("close") == "11:22-11:32"
    assert timing.drift == 0


# What gives way by itself


def test_e13_what_ends_on_the_clock_is_longer_when_early_and_shorter_when_late(
    open_parts: Opens,
) -> None:
    opened = open_parts(
        part("work", "practice", 60),
        part("lunch", "break", 60, 40, ends_at="11:00"),
        part("close", "closing", 30),
        minutes=150,
    )
    opened.at("09:00").next()
    assert opened.clock(seen(opened).leave_by) == "10:20"  # 11:00 less 40
    assert opened.clock(seen(opened).on_plan_until) == "10:00"  # 11:00 less 60
    for left_at, span, back, drift in [
        ("09:50", "09:50-11:00", "11:00", 0),
        ("10:10", "10:10-11:00", "11:00", 0),
        ("10:30", "10:30-11:10", "11:10", 10),
    ]:
        sitting = opened.fork().at(left_at).next()
        assert sitting.span("lunch") == span
        assert sitting.clock(sitting.projection.back_at) == back
        assert sitting.drift == drift
        assert sitting.clock(sitting.row("close").start) == span[6:]


def test_e14_a_buffer_without_time_is_passed_over(timing: Sitting) -> None:
    timing.at("09:50").begin("rooms1")
    early = timing.fork().at("10:18").next()
    assert (early.running, early.span("buf")) == ("buf", "10:18-10:20")
    late = timing.fork().at("10:20").next()
    assert (late.running, late.row("buf").status) == ("break", "passed over")


def test_e15_a_part_left_out_puts_time_in_hand(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").next().at("09:12")
    assert in_hand(timing) == ("break", 5)  # the rooms end at 10:15, slack counts as nothing
    timing.do(Skip(segment="teach"))
    assert timing.span("rooms1") == "09:20-09:45"
    assert timing.span("buf") == "09:45-09:50"
    assert (timing.hold("break"), timing.end) == (30, "11:30")
    assert in_hand(timing) == ("break", 35)
    timing.do(Restore(segment="teach"))
    assert in_hand(timing) == ("break", 5)


# The proposal


def test_e16_a_promise_that_is_lost_is_said_and_the_next_is_kept(timing: Sitting) -> None:
    timing.at("09:20").begin("teach").at("10:08").next().at("10:10")
    # the rooms run until 10:33 and are left alone; without a proposal the day ends at 11:43
    assert short(timing) == [("break", 13)]
    assert trims(timing) == {"rooms2": (30, 20), "weave": (20, 17)}
    apply(timing)
    assert (timing.span("break"), timing.late("break")) == ("10:33-10:43", 13)
    assert timing.span("weave") == "11:03-11:20"
    assert timing.end == "11:30"


def test_e17_what_lies_before_a_hold_is_left_alone(open_parts: Opens) -> None:
    sitting = open_parts(
        part("hello", "arrival", 5),
        part("teach", "didactic", 20, 10),
        part("tea", "break", 10, not_before="09:40"),
        part("work", "practice", 30, 20),
        part("close", "closing", 20),
        minutes=90,
    )
    sitting.at("09:00").next()
    # the input ends at 09:25, the tea waits until 09:40: only the work can give the ten
    assert (sitting.hold("tea"), sitting.end) == (15, "10:40")
    assert trims(sitting) == {"work": (30, 20)}
    assert short(sitting) == []
    # 10:30 less 20, 20 and 10 is 09:40, less 10 for the input; at full length it is lost
    assert sitting.clock(seen(sitting).leave_by) == "09:30"
    assert seen(sitting).on_plan_until is None


def test_e18_who_pays_gives_down_to_its_least_and_no_further(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:05").do(Extend(minutes=4, payer="agree"))
    assert (timing.due, timing.span("agree")) == ("09:14", "09:14-09:20")
    assert timing.span("teach") == "09:20-09:50"
    told = "Agreements can give 0 min and no more."
    assert timing.refusal(Extend(minutes=1, payer="agree")) == told


# What is said afterwards


def test_e19_a_step_is_not_backdated_across_the_end_of_a_pause(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:04").do(StartPause(kind="hold"))
    timing.at("09:07").do(EndPause()).at("09:10")
    too_early = Next(seen="ground", at=timing.instant("09:06"))
    told = "Something else happened at 09:07; say a minute after that."
    assert timing.refusal(too_early) == told
    timing.do(Next(seen="ground", at=timing.instant("09:08")))
    assert timing.span("ground") == "09:00-09:08"
    assert used(timing.state, "ground", timing.now) == dt.timedelta(minutes=5)
    assert (timing.used, timing.remaining, timing.due) == (2, 8, "09:18")


def test_e20_a_break_begun_at_half_a_minute_ends_on_a_whole_one(timing: Sitting) -> None:
    timing.at("09:50").begin("rooms1").at("10:21:30").next()
    assert (timing.due, timing.clock(timing.projection.back_at)) == ("10:31:30", "10:32")
    assert (timing.hold("rooms2"), timing.span("rooms2")) == (0.5, "10:32-11:02")
    assert timing.end == "11:32"
    timing.at("10:31:45")
    asked = "People were told 10:32. Begin Practice before that?"
    assert timing.question(Next(seen="break")) == asked
    assert timing.at("10:32").next().running == "rooms2"
