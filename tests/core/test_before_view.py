from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.before_view import BeforeView, before_view
from facilitate.core.commands import MovePlan, TickPreparation
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def view(sitting: Sitting) -> BeforeView:
    found = before_view(sitting.state, sitting.now)
    assert found is not None
    return found


def test_before_an_agenda_is_open_there_is_nothing_to_show(sitting: Sitting) -> None:
    assert before_view(EMPTY, sitting.now) is None


def test_the_screen_says_what_it_is_for_and_whose_clock_it_shows(sitting: Sitting) -> None:
    shown = view(sitting)
    assert (shown.title, shown.subtitle) == ("Circle", "Day one")
    assert (shown.clock, shown.zone) == ("08:50", "America/New_York")
    assert shown.objectives == ("Agree how we want to be.",)
    assert shown.ends == "10:30"


def test_the_day_is_shown_as_planned_whatever_the_time(sitting: Sitting) -> None:
    early, late = view(sitting.at("08:00")), view(sitting.at("09:45"))
    assert early.day == late.day
    assert [(row.begins, row.mark) for row in early.day] == [
        ("09:00", "next"),
        ("09:20", "later"),
        ("09:50", "later"),
        ("09:55", "later"),
        ("10:05", "later"),
    ]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("08:18", "starts 09:00, in 42 min"),
        ("07:15", "starts 09:00, in 1 h 45 min"),
        ("08:59:30", "starts 09:00, in 1 min"),
        ("08:59:31", "starts 09:00, now"),
        ("09:00", "starts 09:00, now"),
        ("09:00:29", "starts 09:00, now"),
        ("09:05", "starts 09:00, 5 min ago"),
        ("20:59", "starts 09:00, 11 h 59 min ago"),
        ("21:00", "starts 09:00 on 2026-09-12"),
    ],
)
def test_the_start_is_said_as_a_wait_and_on_another_day_as_a_date(
    at: str, words: str, sitting: Sitting
) -> None:
    assert view(sitting.at(at)).starts == words


def test_a_moved_plan_starts_and_ends_elsewhere(sitting: Sitting) -> None:
    shown = view(sitting.at("09:20").do(MovePlan()))
    assert (shown.starts, shown.ends) == ("starts 09:20, now", "10:50")
    assert [row.begins for row in shown.day] == ["09:20", "09:40", "10:10", "10:15", "10:25"]


# A start far from the plan


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("08:00:01", ""),
        ("09:59:59", ""),
        ("08:00", "The plan begins at 09:00; it is 08:00 in America/New_York."),
        ("10:00", "The plan begins at 09:00; it is 10:00 in America/New_York."),
        (
            "21:10",
            (
                "The plan begins at 09:00 on 2026-09-12; "
                "it is 21:10 on 2026-09-12 in America/New_York."
            ),
        ),
    ],
)
def test_a_start_an_hour_from_the_plan_is_asked_about(
    at: str, words: str, sitting: Sitting
) -> None:
    assert view(sitting.at(at)).far_off == words


def test_a_start_on_another_day_says_both_days(sitting: Sitting) -> None:
    assert view(sitting.later(days=71)).far_off == (
        "The plan begins at 09:00 on 2026-09-12; it is 07:50 on 2026-11-22 in America/New_York."
    )


# Preparation


def test_preparation_is_listed_by_the_clock_earliest_first(sitting: Sitting) -> None:
    rows = view(sitting).preparation
    assert [(row.item, row.who, row.do, row.due) for row in rows] == [
        (1, "lead", "Lay out the words", "08:15"),
        (0, "tech", "Open the room", "08:45"),
    ]


@pytest.mark.parametrize(
    ("at", "waits"),
    [
        ("08:03", ["in 12 min", "in 42 min"]),
        ("08:14", ["in 1 min", "in 31 min"]),
        ("08:15", ["now", "in 30 min"]),
        ("08:15:29", ["now", "in 30 min"]),
        ("08:15:30", ["due", "in 30 min"]),
        ("08:50", ["due", "due"]),
        ("20:15", ["", "due"]),
        ("20:45", ["", ""]),
    ],
)
def test_preparation_counts_down_and_is_then_due(
    at: str, waits: list[str], sitting: Sitting
) -> None:
    assert [row.wait for row in view(sitting.at(at)).preparation] == waits


def test_what_is_done_waits_for_nothing(sitting: Sitting) -> None:
    done, waiting = view(sitting.do(TickPreparation(item=1))).preparation
    assert (done.done, done.wait) == (True, "")
    assert (waiting.done, waiting.wait) == (False, "due")


def test_preparation_moves_with_the_plan(sitting: Sitting) -> None:
    rows = view(sitting.at("09:30").do(MovePlan())).preparation
    assert [row.due for row in rows] == ["08:45", "09:15"]


def test_preparation_of_the_evening_before_is_a_clock_time(
    sitting: Sitting, open_sitting: Callable[..., Sitting]
) -> None:
    evening = replace(sitting.agenda.before[0], minutes=10 * 60 + 30)
    early = open_sitting(replace(sitting.agenda, before=(evening,)))
    assert view(early.at("00:00")).preparation[0].due == "22:30"
    assert early.date == dt.date(2026, 9, 12)
