"""The questions and pictures of time: from the key to the journal, and what is to be seen."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import BOTH_SIZES, DAY, Stage, day_file, staged

from facilitate.tui.screens.new_part import read_part

WEAVE = """
title = "Weaving it together"
kind = "integration"
minutes = 25
"""
WALK = """
title = "Walk"
kind = "integration"
minutes = {0}
at_least = {0}
skippable = true
"""
WALKS = DAY.replace(WEAVE, f'{WALK.format(10)}\n[[segment]]\nid = "walk"{WALK.format(15)}')
"""The day with two parts of one title that may be left out."""


async def begin_late(stage: Stage) -> None:
    """Ten minutes after the plan: the break would begin five minutes late."""
    await stage.pass_time(minutes=10)
    await stage.start()


# What could give


@BOTH_SIZES
async def test_the_proposal_is_looked_at_accepted_and_taken_back(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await begin_late(stage)
        before = stage.written()
        await stage.press("f")
        assert "How we want to be with each other  35 min instead of 40" in stage.text
        assert "if short: Three agreements" in stage.text
        assert "as it is  10:05 Break" in stage.text
        assert "then      10:00 Break" in stage.text
        assert stage.written() == before
        await stage.press("enter")
        name, event = stage.last()
        assert (name, event["allotments"]) == (
            "fit.applied",
            [{"segment": "be", "minutes": 35}],
        )
        assert "1 part is shorter now." in stage.text
        assert "35 min instead of 40" not in stage.text
        await stage.press("u")
        assert "35 min instead of 40" in stage.text
        await stage.press("escape")
        assert stage.screens == ["RunScreen"]
        assert stage.written()[len(before) :] == ["fit.applied", "undone"]


async def test_parts_of_one_title_are_told_apart_and_the_one_that_was_read_is_left_out(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path, WALKS)) as stage:
        await stage.go_to_the_rooms()
        await stage.pass_time(minutes=50)  # until 11:05; the end would be 20 minutes late
        await stage.press("f")
        assert "leave out Walk at 11:15 and Walk at 11:05" in stage.text
        assert " leave out Walk, 11:15 " in stage.text
        await stage.burst("down", "enter", "enter")
        assert stage.last() == ("segment.skipped", stage.last()[1] | {"segment": "weave"})
        assert stage.written().count("segment.skipped") == 1  # the other comes at 11:05 now
        assert " leave out Walk, 11:05 " in stage.text
        await stage.press("escape", "k")
        assert "bring back Walk, 10:45" in stage.text


async def test_looking_at_the_proposal_and_leaving_changes_nothing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await begin_late(stage)
        before = stage.written()
        await stage.press("f", "escape")
        assert stage.written() == before


async def test_an_end_that_cannot_be_kept_is_named_and_the_group_can_be_asked(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_rooms()
        await stage.press("f")
        assert "the sitting cannot end at 11:30: 5 min later" in stage.text
        assert "ask the group for 5 min more" in stage.text
        await stage.press("enter")
        assert stage.last() == ("overtime.granted", {"minutes": 5, "at": stage.last()[1]["at"]})
        assert "Nothing needs to give" in stage.text


async def test_when_to_leave_is_said_in_place_of_an_end_that_would_cost_a_promise(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        assert "about 15 min left, until 09:15" in stage.text
        await stage.pass_time(minutes=15)
        await stage.press("n", "e", "0")
        assert "about 50 min left, leave by 09:55" in stage.text


async def test_some_seconds_behind_the_plan_the_end_of_what_runs_is_told_and_no_later_moment(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.pass_time(seconds=40)
        await stage.start()
        assert "about 15 min left, until 09:15" in stage.text
        assert "leave by" not in stage.text


# Rooms


async def test_rooms_open_with_what_to_type_and_close_with_both_messages_copied(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_rooms()
        assert "Type 32 min into Zoom before the rooms open" in stage.text
        await stage.press("o")
        assert stage.last()[0] == "rooms.opened"
        assert "ROOMS  rooms are opening, back at 10:47" in stage.text
        assert "halfway at 10:31" in stage.text
        await stage.pass_time(minutes=3)
        assert "round 1 of 2, about 11 min left" in stage.text
        await stage.pass_time(minutes=13)
        assert "c copies for all rooms: Halfway" in stage.text
        await stage.press("c")
        assert stage.last()[1]["cue"] == "halfway"
        assert "last call at 10:45" in stage.text
        await stage.pass_time(minutes=14)
        await stage.press("c")
        assert stage.last()[1]["cue"] == "last_call"
        await stage.press("o")
        assert stage.last()[0] == "rooms.closed"
        assert "the rooms are closed" in stage.text
        await stage.press("c")
        assert stage.last()[0] == "post.copied"


async def test_seconds_are_told_within_the_last_minute_of_a_round_and_nowhere_else(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_rooms()
        await stage.press("o")
        await stage.pass_time(minutes=12, seconds=40)
        assert "about 1 min left" in stage.text
        await stage.pass_time(seconds=40)
        assert "round 1 of 2, 40 s left" in stage.text
        await stage.pass_time(seconds=41)
        assert " s left" not in stage.text


async def test_a_part_without_rooms_says_so(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("o")
        assert "This part has no rooms." in stage.text
        assert "ROOMS" not in stage.text


# Breaks


async def test_a_break_has_a_return_time_and_ending_it_earlier_is_asked(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.pass_time(minutes=45, seconds=20)
        await stage.press("n")
        assert "back at 10:16" in stage.text
        await stage.pass_time(minutes=5)
        await stage.press("n")
        assert stage.question == (
            "People were told 10:16. Begin In threes: what we practise already before that?"
        )
        await stage.press("escape")
        assert stage.last()[1]["segment"] == "break"
        await stage.press("n", "y")
        assert stage.last()[1]["segment"] == "rooms"


# The plan


async def test_a_part_is_left_out_and_brought_back(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("k", "down", "down", "down", "enter")
        assert stage.last()[:1] == ("segment.skipped",)
        assert "Weaving it together left out; k brings it back." in stage.text
        assert " out   Weaving it together" in stage.text
        await stage.press("k", "enter")
        assert stage.last()[0] == "segment.restored"
        assert " out   Weaving" not in stage.text


async def test_going_back_interrupts_and_what_was_interrupted_comes_next(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.pass_time(minutes=10)
        await stage.press("r")
        assert "go back to Arriving, 0 min left" in stage.text
        await stage.press("enter")
        event = stage.last()[1]
        assert (event["segment"], event["leaves"]) == ("arriving", "interrupted")
        assert " next  How we want to b… 09:25  30" in stage.text
        await stage.pass_time(minutes=4)
        await stage.press("n")
        assert "about 30 min left" in stage.text


async def test_a_part_is_moved_and_a_new_one_put_in(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("m", "down", "down", "down", "enter", "down", "down", "enter")
        assert stage.last()[1] | {"at": ""} == {"segment": "weave", "before": "rooms", "at": ""}
        await stage.press("m", "n", *"[Walk] outside 15", "enter")
        name, event = stage.last()
        assert (name, event["segment"]["title"], event["segment"]["minutes"]) == (
            "segment.inserted",
            "[Walk] outside",
            15,
        )
        assert " next  [Walk] outside" in stage.text


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Walk outside 15", ("Walk outside", 15)),
        ("Walk outside 15 min", ("Walk outside", 15)),
        ("Walk outside", ("Walk outside", 10)),
        ("1:3", ("1:3", 10)),
        ("15", ("15", 10)),
        ("  ", None),
    ],
)
def test_a_new_part_is_one_line(line: str, part: tuple[str, int] | None) -> None:
    assert read_part(line) == part


async def test_having_moved_on_earlier_is_said_afterwards(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.pass_time(minutes=20)
        await stage.press("N", "down", "down", "enter")
        assert stage.last()[1]["at"] == "2026-09-12T13:18:00.000Z"
        assert "about 38 min left" in stage.text


async def test_minutes_can_be_taken_from_another_part(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("e", "f")
        assert "5 min from How we want to be with each other, 09:15" in stage.text
        await stage.press("enter")
        assert stage.last()[1]["payer"] == "from:be"
        assert "5 min more, taken from How we want to be with each other." in stage.text


async def test_the_day_as_it_looks_becomes_the_plan(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await begin_late(stage)
        assert "10 min later than planned" in stage.text
        await stage.press("A")
        assert stage.last()[0] == "plan.adopted"
        assert "on time" in stage.text


# The picture of the day


@BOTH_SIZES
async def test_the_day_is_a_picture_that_is_left_with_the_key_that_led_there(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await begin_late(stage)
        await stage.pass_time(minutes=17)
        await stage.press("n")
        await stage.pass_time(minutes=3)
        await stage.press("d")
        rows = stage.lines
        first = next(n for n, row in enumerate(rows) if " Arriving " in row)
        assert "─" in rows[first]
        assert "15 min, was 17" in rows[first + 1]
        assert "█" in rows[first + 1]
        assert "40 min, 3 so far" in rows[first + 3]
        assert rows[first + 3].rstrip().endswith("▒")
        await stage.press("d")
        assert stage.screens == ["RunScreen"]


async def test_one_enter_accepts_one_offer_and_the_next_is_not_taken_for_it(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await begin_late(stage)
        await stage.press("f")
        before = stage.written()
        await stage.burst("enter", "enter", "enter")
        assert stage.written()[len(before) :] == ["fit.applied"]
        await stage.press("down")
        await stage.pass_time(seconds=30)
        await stage.press("enter")
        assert stage.written()[len(before) :] == ["fit.applied", "overtime.granted"]


async def test_time_taken_for_care_is_not_called_late_on_the_proposal_either(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("p", "c")
        await stage.pass_time(minutes=4)
        await stage.press("p")
        await stage.press("escape", "f")  # who holds it is asked first
        assert "on time, 4 min for care" in stage.text


@BOTH_SIZES
async def test_what_a_shorter_part_costs_its_rooms_is_to_be_read_at_every_size(
    clock: HandClock, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with staged(clock, day_file(tmp_path), size=size) as stage:
        await stage.go_to_the_rooms()
        await stage.pass_time(minutes=20)
        assert "Type 15 min into Zoom" in stage.text
        assert "room for 1 of 2 rounds" in stage.text
