"""The timing cases through `facilitate simulate --json`, each with the numbers of its row.

D26 and D28 to D30 are not about a sitting that runs; they are tested where they belong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from facilitate.cli.main import cli

AGENDA = Path(__file__).parents[1] / "data" / "agendas" / "timing-a.toml"
IN_TEACH = ("09:00 start", "09:10 next", "09:20 next")
IN_ROOMS_1 = (*IN_TEACH, "09:50 next")
IN_BREAK = (*IN_ROOMS_1, "10:15 next", "10:20 next")
IN_ROOMS_2 = (*IN_BREAK, "10:30 next")


class Seen:
    """What one look printed."""

    def __init__(self, line: str) -> None:
        self.printed: dict[str, Any] = json.loads(line)
        self.rows = {row["id"]: row for row in self.printed["rows"]}

    def __getitem__(self, key: str) -> Any:
        """A value of the whole day."""
        return self.printed[key]

    def at(self, *keys: str) -> tuple[Any, ...]:
        """Several values of the whole day."""
        return tuple(self.printed[key] for key in keys)

    def span(self, segment: str) -> str:
        """When a part begins and ends: `09:56-10:21`."""
        row = self.rows[segment]
        assert row["start"].endswith(":00")
        assert row["end"].endswith(":00")
        return f"{row['start'][:5]}-{row['end'][:5]}"

    @property
    def trims(self) -> dict[str, tuple[int, int]]:
        """Minutes before and after, by the part that would get shorter."""
        return {t["id"]: (t["from_min"], t["to_min"]) for t in self["fit"]["trims"]}

    @property
    def shortfalls(self) -> dict[str, int]:
        """Minutes that cannot be saved, by the promise."""
        return {s["promise"]: s["minutes"] for s in self["fit"]["shortfalls"]}

    @property
    def has_nothing_to_propose(self) -> bool:
        """Whether neither trims nor offers are there."""
        nothing = {"trims": [], "shortfalls": [], "skips": []}
        return self["fit"] == nothing and self["offers"] == []


Try = Callable[..., list[Seen]]


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Carries lines out and gives back what each look printed."""

    def trying(*lines: str, refused: str = "") -> list[Seen]:
        script = tmp_path / "day.txt"
        script.write_text("\n".join(lines), encoding="utf-8")
        result = CliRunner().invoke(cli, ["simulate", "--json", str(AGENDA), str(script)])
        assert (result.exit_code, refused in result.stderr) == (int(bool(refused)), True)
        assert bool(result.stderr) == bool(refused)
        return [Seen(line) for line in result.stdout.splitlines()]

    return trying


def test_d1_started_on_time_the_day_is_the_plan(tried: Try) -> None:
    before, begun = tried("09:00 look", "09:00 start", "09:00 look")
    assert before.at("leave_by", "on_plan_until") == ("09:32:00", "09:05:00")
    assert before["current"] is None
    assert begun.at("current", "projected_end", "promised_end") == (
        "ground",
        "11:30:00",
        "11:30:00",
    )
    assert begun["drift_min"] == begun["since_began_min"] == 0
    for row in begun.rows.values():
        assert (row["start"], row["end"]) == (row["planned_start"], row["planned_end"])
        assert row["late_min"] == row["hold_min"] == 0
    assert before.has_nothing_to_propose
    assert begun.has_nothing_to_propose


def test_d2_seven_late_the_input_gives_the_two_that_the_buffer_cannot(tried: Try) -> None:
    late, fitted = tried("09:07 start", "09:07 look", "09:08 fit", "09:08 look")
    assert late.span("buf") == "10:22-10:22"
    assert late.span("break") == "10:22-10:32"
    assert late.rows["break"]["late_min"] == 2
    assert late.at("projected_end", "drift_min", "since_began_min") == ("11:32:00", 7, 0)
    assert late.trims == {"teach": (30, 28)}
    assert late.shortfalls == {}
    assert fitted.span("break") == "10:20-10:30"
    assert fitted["projected_end"] == "11:30:00"
    assert fitted.has_nothing_to_propose


def test_d3_twelve_late_the_input_gives_seven(tried: Try) -> None:
    late, fitted = tried("09:12 start", "09:12 look", "09:12 fit", "09:12 look")
    assert late.span("break") == "10:27-10:37"
    assert late.rows["break"]["late_min"] == 7
    assert late["projected_end"] == "11:37:00"
    assert late.trims == {"teach": (30, 23)}
    assert late.shortfalls == {}
    assert fitted.span("break") == "10:20-10:30"
    assert fitted["projected_end"] == "11:30:00"


def test_d5_a_pause_stops_the_part_and_the_drift_grows(tried: Try) -> None:
    paused, on = tried(
        "09:00 start", "09:04 pause care", "09:07 look", "09:09 resume", "09:10 look"
    )
    assert paused.at("active_min", "left_min", "drift_min") == (4, 6, 3)
    assert paused.span("ground") == "09:00-09:13"
    assert on.at("active_min", "left_min", "drift_min") == (5, 5, 5)
    assert on.span("ground") == "09:00-09:15"
    assert paused.has_nothing_to_propose
    assert on.has_nothing_to_propose


def test_d6_the_input_left_six_late_the_rooms_give_one(tried: Try) -> None:
    before, leaving, left, fitted = tried(
        *IN_TEACH,
        "09:50 look",
        "09:56 look",
        "09:56 next",
        "09:56 look",
        "09:56 fit",
        "09:56 look",
    )
    assert before.at("leave_by", "on_plan_until") == ("10:03:00", "09:55:00")
    for seen in (leaving, left):
        assert seen.span("rooms1") == "09:56-10:21"
        assert seen.span("break") == "10:21-10:31"
        assert seen.rows["break"]["late_min"] == 1
        assert seen["projected_end"] == "11:31:00"
        assert seen.trims == {"rooms1": (25, 24)}
        assert seen.shortfalls == {}
    assert left["rounds"] == [7, 7, 7]
    assert fitted.span("break") == "10:20-10:30"
    assert fitted["rounds"] == [6, 7, 7]
    assert fitted["projected_end"] == "11:30:00"


def test_d7_the_input_left_fifteen_late_the_break_is_named(tried: Try) -> None:
    leaving, left, fitted = tried(
        *IN_TEACH, "10:05 look", "10:05 next", "10:05 look", "10:05 fit", "10:05 look"
    )
    for seen in (leaving, left):
        assert seen.span("break") == "10:30-10:40"
        assert seen["projected_end"] == "11:40:00"
        assert seen.trims == {"rooms1": (25, 17), "rooms2": (30, 28)}
        assert seen.shortfalls == {"break": 2}
        assert seen["offers"] == ["Break cannot begin at 10:20: 2 min later"]
    assert fitted.span("rooms1") == "10:05-10:22"
    assert fitted["rounds"] == [7, 7]
    assert fitted.span("break") == "10:22-10:32"
    assert fitted.rows["break"]["late_min"] == 2
    assert fitted.span("rooms2") == "10:32-11:00"
    assert fitted["projected_end"] == "11:30:00"


def test_d8_left_early_the_rooms_may_grow_or_the_break_come_early(tried: Try) -> None:
    (seen,) = tried(*IN_TEACH, "09:40 next", "09:40 look")
    assert seen.span("rooms1") == "09:40-10:05"
    assert seen.span("buf") == "10:05-10:10"
    assert seen.rows["break"]["hold_min"] == 10
    assert seen.span("break") == "10:20-10:30"
    assert seen.at("projected_end", "in_hand_min", "barrier") == ("11:30:00", 15, "break")
    assert seen["offers"] == [
        "Rooms one can have 5 min more",
        "Break could begin at 10:05",
    ]
    assert seen.trims == seen.shortfalls == {}


def test_d8_the_break_does_begin_early_when_it_is_said(tried: Try) -> None:
    (seen,) = tried(*IN_TEACH, "09:40 next", "10:04 skip buf", "10:05 next", "10:05 look")
    assert seen.at("current", "back_at") == ("break", "10:15:00")


def test_d9_a_part_over_its_time_stays_and_the_drift_grows(tried: Try) -> None:
    due, over, later = tried("09:00 start", "09:10 look", "09:13 look", "09:14 look")
    assert due.at("left_min", "signal") == (0, "due")
    assert over.at("current", "left_min", "drift_min") == ("ground", -3, 3)
    assert over.span("ground") == "09:00-09:13"
    assert later.at("current", "left_min", "drift_min") == ("ground", -4, 4)
    assert over["signal"] == "past-most"
    assert over.has_nothing_to_propose


def test_d11_a_part_left_early_makes_the_day_earlier(tried: Try) -> None:
    (seen,) = tried("09:00 start", "09:07 next", "09:07 look")
    assert seen.span("agree") == "09:07-09:17"
    assert seen["drift_min"] == -3
    assert seen.trims == seen.shortfalls == {}


def test_d12_an_extension_pushes_what_follows_until_the_slack_eats_it(tried: Try) -> None:
    (seen,) = tried("09:00 start", "09:05 extend 2 push", "09:05 look")
    assert seen.span("ground") == "09:00-09:12"
    assert seen.span("agree") == "09:12-09:22"
    assert seen.span("teach") == "09:22-09:52"
    assert seen.span("rooms1") == "09:52-10:17"
    assert seen.span("buf") == "10:17-10:20"
    assert seen.span("break") == "10:20-10:30"
    assert seen["projected_end"] == "11:30:00"
    assert seen.has_nothing_to_propose


def test_d13_an_extension_paid_by_the_next_part_moves_nothing_after_it(tried: Try) -> None:
    extended, paid = tried(
        "09:00 start",
        "09:05 extend 2 from:agree",
        "09:05 look",
        "09:12 next",
        "09:20 next",
        "09:20 look",
    )
    assert extended.span("ground") == "09:00-09:12"
    assert extended.rows["agree"]["allotted_min"] == 8
    assert extended.span("agree") == "09:12-09:20"
    assert extended.span("teach") == paid.span("teach") == "09:20-09:50"
    assert paid["drift_min"] == 0
    assert extended.has_nothing_to_propose


def test_d14_a_step_said_two_minutes_later_counts_from_when_it_was(tried: Try) -> None:
    (seen,) = tried("09:00 start", "09:10 next", "09:16 next at 09:14", "09:16 look")
    assert seen.rows["agree"]["runs"] == [["09:10:00", "09:14:00"]]
    assert seen.at("current", "active_min", "drift_min") == ("teach", 2, -6)
    assert seen.span("teach") == "09:14-09:44"
    assert seen.trims == seen.shortfalls == {}


def test_d15_a_part_reopened_interrupts_the_running_one(tried: Try) -> None:
    away, back = tried(
        *IN_TEACH, "09:35 return agree", "09:36 look", "09:39 next", "09:39 look"
    )
    assert away.rows["teach"]["status"] == "interrupted"
    assert back.rows["agree"]["runs"] == [["09:10:00", "09:20:00"], ["09:35:00", "09:39:00"]]
    assert back.rows["teach"]["runs"] == [["09:20:00", "09:35:00"], ["09:39:00", None]]
    assert back.at("current", "active_min", "left_min", "drift_min") == ("teach", 15, 15, 4)
    assert back.span("teach") == "09:39-09:54"
    assert back.trims == back.shortfalls == {}


def test_d16_the_practice_left_seven_late_the_weaving_gives_seven(tried: Try) -> None:
    before, leaving, left, fitted = tried(
        *IN_ROOMS_2,
        "10:45 look",
        "11:07 look",
        "11:07 next",
        "11:07 look",
        "11:07 fit",
        "11:07 look",
    )
    assert before.at("leave_by", "on_plan_until") == ("11:08:00", "11:00:00")
    for seen in (leaving, left):
        assert seen["projected_end"] == "11:37:00"
        assert seen.trims == {"weave": (20, 13)}
        assert seen.shortfalls == {}
        assert seen["offers"] == []
    assert fitted["projected_end"] == "11:30:00"


def test_d17_the_practice_left_twelve_late_four_remain_over(tried: Try) -> None:
    for seen in tried(*IN_ROOMS_2, "11:12 look", "11:12 next", "11:12 look"):
        assert seen["projected_end"] == "11:42:00"
        assert seen.trims == {"weave": (20, 12)}
        assert seen.shortfalls == {"end": 4}
        assert seen["fit"]["skips"] == ["weave"]
        assert seen["offers"][:3] == [
            "the sitting cannot end at 11:30: 4 min later",
            "leave out Weaving",
            "ask the group for 4 min more",
        ]


def test_d17_with_the_groups_four_minutes_the_day_fits(tried: Try) -> None:
    (seen,) = tried(*IN_ROOMS_2, "11:12 overtime 4", "11:12 fit", "11:12 look")
    assert seen.at("projected_end", "promised_end") == ("11:34:00", "11:34:00")


def test_d22_the_weaving_left_out_gives_twenty_and_can_come_back(tried: Try) -> None:
    skipped, closing, restored = tried(
        *IN_ROOMS_2,
        "10:30 skip weave",
        "10:30 look",
        "11:00 next",
        "11:05 look",
        "11:05 restore weave",
        "11:05 look",
        "11:06 close",
        "11:07 restore weave",
        refused="closed",
    )
    assert skipped.at("projected_end", "in_hand_min", "barrier") == ("11:10:00", 20, "end")
    assert skipped.span("close") == "11:00-11:10"
    weave = skipped.rows["weave"]
    assert (weave["status"], weave["start"], weave["end"]) == ("skipped", None, None)
    assert skipped.trims == skipped.shortfalls == {}
    assert "the sitting could end at 11:10" in skipped["offers"]
    assert closing.rows["weave"]["status"] == "skipped"
    assert restored.rows["weave"]["status"] == "pending"
    assert restored.at("current", "projected_end") == ("close", "11:30:00")


def test_d23_the_weaving_moved_before_the_practice_changes_no_end(tried: Try) -> None:
    (seen,) = tried(*IN_BREAK, "10:30 move weave before rooms2", "10:30 next", "10:30 look")
    assert seen.span("weave") == "10:30-10:50"
    assert seen.span("rooms2") == "10:50-11:20"
    assert seen.at("current", "drift_min", "projected_end") == ("weave", 0, "11:30:00")
    assert seen.has_nothing_to_propose


def test_d31_a_stale_step_is_refused_and_skips_nothing(tried: Try) -> None:
    (seen,) = tried(*IN_ROOMS_1, "09:51 next from=teach", "09:51 look", refused="look again")
    assert seen["current"] == "rooms1"
    assert seen.span("rooms1") == "09:50-10:15"
    assert seen.rows["buf"]["status"] == seen.rows["break"]["status"] == "pending"


def test_d32_after_an_undo_the_previous_part_runs_on_as_if_never_left(tried: Try) -> None:
    (seen,) = tried("09:00 start", "09:07 next", "09:07:40 undo", "09:07:40 look")
    assert seen["current"] == "ground"
    assert seen.at("active_min", "left_min") == pytest.approx((7 + 40 / 60, 2 + 20 / 60))
    assert seen.rows["ground"]["runs"] == [["09:00:00", None]]
    assert seen.rows["agree"]["status"] == "pending"
    assert seen.rows["agree"]["runs"] == []
    assert seen["drift_min"] == 0


def test_d33_the_return_time_of_a_break_is_a_floor_for_what_follows(tried: Try) -> None:
    begun, shorter = tried(
        *IN_ROOMS_1,
        "10:15 next",
        "10:21 next",
        "10:21 look",
        "10:25 look",
    )
    assert begun.at("current", "back_at") == ("break", "10:31:00")
    assert begun.span("rooms2") == "10:31-11:01"
    assert shorter.at("back_at", "left_min") == ("10:31:00", 6)
