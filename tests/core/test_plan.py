from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from facilitate.core.agenda import Agenda, Kind, Segment
from facilitate.core.commands import Adopt, Extend, GrantOvertime, Insert, Move, MovePlan, Skip
from facilitate.core.plan import Part, Plan, flowed_on, laid_out

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

NEW_YEAR = dt.date(2026, 1, 1)
SPRING = dt.date(2024, 3, 10)  # in Los Angeles there is no 02:30
AUTUMN = dt.date(2024, 11, 3)  # and here 01:30 comes twice


def part(name: str, minutes: int = 20, kind: Kind = "practice", **anchors: Any) -> Segment:
    return Segment(id=name, title=name.upper(), kind=kind, minutes=minutes, **anchors)


def agenda(*segments: Segment, **fields: Any) -> Agenda:
    plain: dict[str, Any] = {
        "id": "day",
        "title": "Day",
        "start": dt.time(9),
        "timezone": "America/Los_Angeles",
        "minutes": 60,
        "place": "online",
        "segments": segments,
    }
    return Agenda(**{**plain, **fields})


def laid(day: Agenda, date: dt.date = NEW_YEAR, **more: Any) -> Plan:
    return laid_out(day, date, day.segments, **more)


def utc(clock: str, date: dt.date = NEW_YEAR) -> dt.datetime:
    return dt.datetime.combine(date, dt.time.fromisoformat(clock), dt.UTC)


def spans(plan: Plan) -> list[str]:
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in plan.parts]


# As the agenda says


def test_parts_follow_each_other_from_the_start() -> None:
    plan = laid(agenda(part("a"), part("b", 30)))
    assert plan.start == utc("17:00")
    assert spans(plan) == ["17:00-17:20", "17:20-17:50"]
    assert plan.promised_end == utc("18:00")


def test_an_empty_day_has_a_start_and_a_promised_end() -> None:
    plan = laid(agenda())
    assert (plan.start, plan.parts, plan.promised_end) == (utc("17:00"), (), utc("18:00"))


def test_a_part_is_found_by_its_id() -> None:
    plan = laid(agenda(part("a"), part("b")))
    assert plan.part("b") is plan.parts[1]
    with pytest.raises(KeyError):
        plan.part("c")


@pytest.mark.parametrize(
    ("anchor", "floor", "promise", "ends"),
    [
        ("not_before", "17:40", None, None),
        ("starts_by", None, "17:40", None),
        ("starts_at", "17:40", "17:40", None),
        ("ends_at", None, None, "17:40"),
    ],
)
def test_anchors_are_instants(
    anchor: str, floor: str | None, promise: str | None, ends: str | None
) -> None:
    found = laid(agenda(part("a", **{anchor: dt.time(9, 40)}))).part("a")
    told = (found.floor, found.promise, found.ends_at)
    assert told == tuple(clock and utc(clock) for clock in (floor, promise, ends))
    assert all(at.tzinfo is dt.UTC for at in told if at)


def test_a_floor_leaves_a_hole_and_a_promise_does_not() -> None:
    held = agenda(part("a"), part("b", not_before=dt.time(9, 30)))
    told = agenda(part("a"), part("b", starts_by=dt.time(9, 30)))
    assert spans(laid(held)) == ["17:00-17:20", "17:30-17:50"]
    assert spans(laid(told)) == ["17:00-17:20", "17:20-17:40"]


def test_what_ends_on_the_clock_is_planned_to_end_then_and_never_below_its_least() -> None:
    ends = dt.time(9, 50)
    assert spans(laid(agenda(part("a"), part("b", ends_at=ends)))) == [
        "17:00-17:20",
        "17:20-17:50",
    ]
    assert spans(laid(agenda(part("a", 45), part("b", at_least=15, ends_at=ends)))) == [
        "17:00-17:45",
        "17:45-18:00",
    ]


@pytest.mark.parametrize(
    ("fields", "shielded"),
    [
        ({}, False),
        ({"protect": True}, True),
        ({"kind": "closing"}, True),
        ({"kind": "celebration"}, True),
    ],
)
def test_the_end_of_a_day_is_protected(fields: dict[str, Any], shielded: bool) -> None:
    found: Part = laid(agenda(part("a", **fields))).part("a")
    assert found.is_protected is shielded


def test_the_promised_end_is_written_or_follows_from_the_minutes() -> None:
    assert laid(agenda(ends_by=dt.time(10, 15))).promised_end == utc("18:15")
    assert laid(agenda(ends_by=dt.time(10, 15)), overtime=10).promised_end == utc("18:25")
    assert laid(agenda(), overtime=10).promised_end == utc("18:10")


# Moved


def test_a_moved_plan_takes_its_anchors_and_its_end_along() -> None:
    day = agenda(part("a"), part("b", starts_at=dt.time(9, 30)), ends_by=dt.time(10))
    plan = laid(day, moved_to=utc("17:07"))
    assert spans(plan) == ["17:07-17:27", "17:37-17:57"]
    assert (plan.part("b").floor, plan.part("b").promise) == (utc("17:37"), utc("17:37"))
    assert (plan.start, plan.promised_end) == (utc("17:07"), utc("18:07"))


# Days on which clocks change


def test_over_the_change_of_clocks_minutes_stay_minutes() -> None:
    night = agenda(part("a", 90), part("b", starts_at=dt.time(4, 30)), start=dt.time(1, 30))
    spring = laid(night, SPRING)
    assert spring.start == utc("09:30", SPRING)
    assert spans(spring) == ["09:30-11:00", "11:30-11:50"]  # 04:00 there, and 04:30
    autumn = laid(night, AUTUMN)
    assert autumn.start == utc("08:30", AUTUMN)  # the first of the two
    assert spans(autumn) == ["08:30-10:00", "12:30-12:50"]


def test_the_same_wall_time_is_another_instant_on_another_day() -> None:
    day = agenda(part("a", starts_by=dt.time(9, 10)))
    for date, clock in ((dt.date(2024, 3, 9), "17:10"), (SPRING, "16:10"), (AUTUMN, "17:10")):
        assert laid(day, date).part("a").promise == utc(clock, date)


# Adopted


def test_adopted_times_are_the_plan_and_the_others_keep_theirs() -> None:
    day = agenda(part("a"), part("b"), part("c"))
    adopted = {"a": (utc("17:05"), utc("17:35")), "c": (utc("17:35"), utc("17:50"))}
    assert spans(laid(day, adopted=adopted)) == ["17:05-17:35", "17:20-17:40", "17:35-17:50"]


def test_an_adopted_day_is_on_time(timing: Sitting) -> None:
    timing.at("09:07").next().do(Extend(minutes=3)).at("09:10")
    timing.do(Adopt())
    assert timing.drift == 0
    assert timing.planned("ground") == timing.span("ground") == "09:07-09:20"
    assert timing.planned("break") == timing.span("break") == "10:25-10:35"
    assert timing.clock(timing.projection.promised_end) == "11:30"  # promises stay
    assert timing.late("break") == 5


def test_what_was_left_out_takes_no_time_in_an_adopted_day(timing: Sitting) -> None:
    timing.at("09:00").next().do(Skip(segment="agree")).do(Adopt())
    assert timing.planned("teach") == timing.span("teach") == "09:10-09:40"
    assert timing.planned("agree") == "09:10-09:20"


def test_what_comes_behind_what_it_stood_before_can_be_adopted(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").begin("teach").at("09:15")
    timing.begin("rooms1").do(Adopt())
    assert timing.drift == 0
    assert timing.statuses["agree"] == "passed over"


def test_adopted_times_flow_on_in_another_order(timing: Sitting) -> None:
    timing.at("09:10").next().at("10:35").begin("rooms2").do(Adopt())
    timing.do(Move(segment="close", before="weave"))
    assert timing.planned("rooms2") == "10:35-11:05"
    assert timing.planned("close") == timing.span("close") == "11:05-11:15"
    assert timing.planned("weave") == timing.span("weave") == "11:15-11:35"
    assert timing.drift == 0


def test_what_is_put_in_takes_its_minutes_in_an_adopted_day(timing: Sitting) -> None:
    timing.at("10:35").begin("rooms2").do(Adopt())
    timing.do(Insert(title="Song", minutes=5, after="rooms2"))
    timing.do(Insert(title="Bow", minutes=2, after="close"))
    assert timing.planned("added-1") == timing.span("added-1") == "11:05-11:10"
    assert timing.planned("close") == timing.span("close") == "11:30-11:40"
    assert timing.planned("added-2") == timing.span("added-2") == "11:40-11:42"


def test_adopted_times_flow_on_past_floors_and_what_ends_on_the_clock() -> None:
    day = agenda(
        part("a"), part("b", not_before=dt.time(9, 40)), part("c", ends_at=dt.time(11))
    )
    adopted = {
        "a": (utc("17:00"), utc("17:20")),
        "b": (utc("17:45"), utc("18:00")),
        "c": (utc("17:20"), utc("17:45")),
    }
    plan = laid(replace(day, segments=day.segments[1:]), adopted=adopted)
    assert flowed_on(plan, adopted, {"a"}) == {
        "a": adopted["a"],
        "b": (utc("17:40"), utc("17:55")),
        "c": (utc("17:55"), utc("19:00")),
    }


def test_of_an_adopted_day_what_ran_keeps_its_times_in_another_order() -> None:
    day = agenda(part("a"), part("b"), part("c"))
    adopted = {
        "a": (utc("17:00"), utc("17:20")),
        "c": (utc("17:30"), utc("17:40")),
        "b": (utc("17:40"), utc("17:45")),
    }
    assert flowed_on(laid(day, adopted=adopted), adopted, {"a"}) == {
        "a": adopted["a"],
        "b": (utc("17:30"), utc("17:35")),
        "c": (utc("17:35"), utc("17:45")),
    }


def test_a_plan_is_laid_out_anew_when_it_changes_and_not_before(sitting: Sitting) -> None:
    before = sitting.state.plan
    sitting.at("09:00").next().write("a: One mic")
    assert sitting.state.plan is before
    sitting.do(GrantOvertime(minutes=5))
    assert sitting.clock(sitting.projection.promised_end) == "10:35"


def test_an_undone_move_of_the_plan_never_was(sitting: Sitting) -> None:
    before = sitting.state.plan
    assert sitting.at("09:10").do(MovePlan()).state.plan != before
    assert sitting.undo().state.plan == before
