from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from facilitate.core.agenda import Breakout, Round
from facilitate.core.rounds import (
    Cue,
    CueName,
    RoundClock,
    RoundPlan,
    broadcast,
    cues,
    people_in_a_room,
    round_clock,
    round_words,
    split,
    split_words,
    total_minutes,
    zoom_minutes,
    zoom_words,
)

OPENED = dt.datetime(2026, 9, 12, 13, 30, tzinfo=dt.UTC)
ALARM = re.compile(r"[-+!]|\blate\b|overdue|hurry", re.IGNORECASE)


def rooms(*planned: int, size: int | str | None = 3) -> Breakout:
    """Rounds of so many minutes with the questions first, second, third; 2, 1, 2 around."""
    asks = ("first", "second", "third", "fourth")
    rounds = tuple(Round(minutes=m, ask=a) for m, a in zip(planned, asks, strict=False))
    return Breakout(group_size=size, rounds=rounds)


THREE = rooms(10, 10, 10)  # 36 minutes; no round below 6


def after(clock: str) -> dt.datetime:
    """`12:30` is twelve and a half minutes after the rooms opened."""
    minutes, seconds = clock.split(":")
    return OPENED + dt.timedelta(minutes=int(minutes), seconds=int(seconds))


def at(clock: str, breakout: Breakout = THREE) -> RoundClock:
    return round_clock(split(breakout, total_minutes(breakout)), OPENED, after(clock))


# As planned


def test_the_rooms_take_their_rounds_and_what_is_around_them() -> None:
    assert total_minutes(THREE) == 2 + 10 + 1 + 10 + 1 + 10 + 2
    assert total_minutes(rooms(8)) == 12
    assert total_minutes(rooms()) == 4


def test_opening_between_and_closing_are_the_agenda_s() -> None:
    assert total_minutes(replace(THREE, opening=5, between=3, closing=7)) == 48


@pytest.mark.parametrize(
    ("size", "people"),
    [
        (3, 3),
        (12, 12),
        ("3-4", 4),
        ("9-10", 10),
        ("3 \u2013 4", 4),
        (" 3 - 4 ", 4),
        ("5", 5),
        (None, 1),
        (0, 1),
        ("0-0", 1),
        ("", 1),
        ("a few", 1),
        ("3-4-5", 1),
        ("9" * 5_000, 1),
    ],
)
def test_the_larger_number_of_a_group_takes_turns(size: int | str | None, people: int) -> None:
    assert people_in_a_room(rooms(size=size)) == people


# Split anew


@pytest.mark.parametrize(
    ("minutes", "rounds", "closing"),
    [
        (60, (10, 10, 10), 26),
        (36, (10, 10, 10), 2),
        (35, (9, 10, 10), 2),
        (34, (9, 9, 10), 2),
        (30, (8, 8, 8), 2),
        (24, (6, 6, 6), 2),
        (23, (9, 9), 2),
        (17, (6, 6), 2),
        (16, (10,), 4),
        (14, (10,), 2),
        (10, (6,), 2),
        (9, (), 7),
        (4, (), 2),
    ],
)
def test_as_many_rounds_stay_as_have_two_minutes_a_person(
    minutes: int, rounds: tuple[int, ...], closing: int
) -> None:
    plan = split(THREE, minutes)
    assert (plan.rounds, plan.closing) == (rounds, closing)
    assert (plan.opening, plan.between) == (2, 1)
    assert plan.dropped == 3 - len(rounds)
    assert plan.asks == ("first", "second", "third")[: len(rounds)]
    assert zoom_minutes(plan) == minutes
    assert not plan.short


def test_what_is_around_the_rounds_is_theirs_first() -> None:
    breakout = replace(THREE, opening=3, between=2, closing=4)
    plan = split(breakout, 29)
    assert plan == RoundPlan(
        opening=3, between=2, closing=4, rounds=(6, 6, 6), asks=("first", "second", "third"),
        dropped=0, short=False,
    )  # fmt: skip
    assert split(breakout, 28).rounds == (9, 10)


def test_lengths_are_in_proportion_to_the_planned_ones() -> None:
    assert split(rooms(20, 10, 30, size=2), 36).rounds == (10, 5, 15)
    assert split(rooms(20, 10, size=2), 27).rounds == (15, 7)


def test_two_minutes_a_person_come_before_the_proportion() -> None:
    assert split(rooms(20, 8), 19).rounds == (8, 6)
    assert split(rooms(20, 8), 17).rounds == (6, 6)
    assert split(rooms(30, 12, 9), 29).rounds == (11, 6, 6)


def test_a_round_planned_shorter_than_that_keeps_its_length_and_is_told() -> None:
    breakout = rooms(12, 4)
    assert split(breakout, 15) == RoundPlan(
        opening=2, between=1, closing=2, rounds=(6, 4), asks=("first", "second"),
        dropped=0, short=True,
    )  # fmt: skip
    assert split(breakout, 14).rounds == (10,)
    assert not split(breakout, 14).short
    assert split(breakout, 99).short


def test_two_minutes_each_are_not_short() -> None:
    assert not split(rooms(8, size="3-4"), 12).short
    assert split(rooms(8, size="3-5"), 12).short


def test_where_people_choose_their_room_a_round_takes_at_least_two_minutes() -> None:
    assert split(rooms(10, size=None), 6).rounds == (2,)
    assert split(rooms(10, size=None), 5).rounds == ()


@pytest.mark.parametrize(
    ("minutes", "opening", "closing"),
    [(9, 2, 7), (4, 2, 2), (3, 1, 2), (2, 0, 2), (1, 0, 1), (0, 0, 0), (-5, 0, 0)],
)
def test_where_no_round_fits_the_opening_gives_way_before_the_closing(
    minutes: int, opening: int, closing: int
) -> None:
    plan = split(THREE, minutes)
    assert (plan.rounds, plan.asks, plan.dropped, plan.short) == ((), (), 3, False)
    assert (plan.opening, plan.closing) == (opening, closing)


def test_rooms_without_rounds_are_opened_and_closed() -> None:
    plan = split(rooms(), 20)
    assert (plan.opening, plan.rounds, plan.closing, plan.dropped) == (2, (), 18, 0)


@pytest.mark.parametrize(
    ("breakout", "minutes", "words"),
    [
        (THREE, 36, ""),
        (THREE, 24, ""),
        (THREE, 23, "room for 2 of 3 rounds"),
        (THREE, 9, "no round fits"),
        (rooms(4), 8, "less than 2 min a person"),
        (rooms(4, 10), 9, "room for 1 of 2 rounds, less than 2 min a person"),
        (rooms(), 1, ""),
    ],
)
def test_what_a_split_costs_is_said(breakout: Breakout, minutes: int, words: str) -> None:
    assert split_words(split(breakout, minutes)) == words


# One clock for all rooms


@pytest.mark.parametrize(
    ("clock", "phase", "number", "ask", "phase_end"),
    [
        ("0:00", "opening", None, "", "2:00"),
        ("1:59", "opening", None, "", "2:00"),
        ("2:00", "round", 1, "first", "12:00"),
        ("11:59", "round", 1, "first", "12:00"),
        ("12:00", "between", None, "", "13:00"),
        ("13:00", "round", 2, "second", "23:00"),
        ("23:30", "between", None, "", "24:00"),
        ("24:00", "round", 3, "third", "34:00"),
        ("34:00", "closing", None, "", "36:00"),
        ("35:59", "closing", None, "", "36:00"),
        ("36:00", "over", None, "", "36:00"),
        ("99:00", "over", None, "", "36:00"),
    ],
)
def test_the_clock_of_the_rooms_goes_through_the_rounds(
    clock: str, phase: str, number: int | None, ask: str, phase_end: str
) -> None:
    shown = at(clock)
    assert (shown.phase, shown.round, shown.ask) == (phase, number, ask)
    assert shown.phase_end == after(phase_end)
    assert shown.left == max(after(phase_end) - after(clock), dt.timedelta(0))
    assert (shown.end, shown.rounds) == (after("36:00"), 3)


def test_what_takes_no_time_is_passed_over() -> None:
    breakout = replace(rooms(5, 5, size=2), opening=0, between=0, closing=0)
    assert at("0:00", breakout).round == 1
    assert at("5:00", breakout).round == 2
    assert at("10:00", breakout).phase == "over"


def test_before_the_rooms_opened_they_are_opening() -> None:
    shown = round_clock(split(THREE, 36), OPENED, OPENED - dt.timedelta(minutes=1))
    assert (shown.phase, shown.left, shown.cue) == ("opening", dt.timedelta(minutes=3), None)


def test_the_clock_keeps_to_the_rounds_that_fit() -> None:
    plan = split(THREE, 24)
    assert round_clock(plan, OPENED, after("8:00")).phase == "between"
    assert round_clock(plan, OPENED, after("21:59")).round == 3
    assert round_clock(plan, OPENED, after("24:00")).phase == "over"


# Cues


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (36, [("halfway", "18:00"), ("last_call", "34:00"), ("close", "36:00")]),
        (17, [("halfway", "8:30"), ("last_call", "15:00"), ("close", "17:00")]),
        (5, [("halfway", "2:30"), ("last_call", "3:00"), ("close", "5:00")]),
        (4, [("last_call", "2:00"), ("close", "4:00")]),
        (3, [("last_call", "1:00"), ("close", "3:00")]),
        (2, [("close", "2:00")]),
        (0, [("close", "0:00")]),
    ],
)
def test_cues_come_in_order_and_only_where_they_are_true(
    minutes: int, expected: list[tuple[CueName, str]]
) -> None:
    found = cues(split(THREE, minutes), OPENED)
    assert found == tuple(Cue(name, after(clock)) for name, clock in expected)


@pytest.mark.parametrize(
    ("clock", "cue"),
    [
        ("0:00", None),
        ("17:59", None),
        ("18:00", "halfway"),
        ("33:59", "halfway"),
        ("34:00", "last_call"),
        ("35:59", "last_call"),
        ("36:00", None),
    ],
)
def test_a_broadcast_is_due_until_the_next(clock: str, cue: str | None) -> None:
    assert at(clock).cue == cue


def test_the_agenda_s_own_words_are_broadcast() -> None:
    breakout = replace(THREE, halfway="Trade places.", last_call="One breath together.")
    assert broadcast(breakout, "halfway") == "Trade places."
    assert broadcast(breakout, "last_call") == "One breath together."
    assert broadcast(breakout, "close") == ""


def test_without_own_words_plain_ones_are_broadcast() -> None:
    assert broadcast(THREE, "halfway") == "Halfway: let someone else begin."
    assert (
        broadcast(THREE, "last_call")
        == "Two minutes left: finish your thought, then come back."
    )
    assert broadcast(THREE, "close") == ""


# Words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("0:00", "rooms are opening"),
        ("2:00", "round 1 of 3, about 10 min left"),
        ("2:30", "round 1 of 3, about 10 min left"),
        ("2:31", "round 1 of 3, about 9 min left"),
        ("19:10", "round 2 of 3, about 4 min left"),
        ("22:00", "round 2 of 3, about 1 min left"),
        ("22:01", "round 2 of 3, 59 s left"),
        ("22:20", "round 2 of 3, 40 s left"),
        ("22:59", "round 2 of 3, 1 s left"),
        ("23:00", "between rounds"),
        ("23:59", "between rounds"),
        ("33:30", "round 3 of 3, 30 s left"),
        ("35:59", "coming back"),
        ("36:00", "the rooms' time is up"),
    ],
)
def test_the_round_stands_on_the_screen_in_words(clock: str, words: str) -> None:
    assert round_words(at(clock)) == words
    assert not ALARM.search(words)


def test_a_begun_second_is_a_second() -> None:
    plan, moment = split(THREE, 36), dt.timedelta(milliseconds=400)
    assert round_words(round_clock(plan, OPENED, after("12:00") - moment)) == (
        "round 1 of 3, 1 s left"
    )
    assert round_words(round_clock(plan, OPENED, after("11:00") + moment)) == (
        "round 1 of 3, about 1 min left"
    )


def test_zoom_gets_whole_minutes_and_the_words_say_that_they_stay() -> None:
    assert zoom_words(split(THREE, 29)) == (
        "Type 29 min into Zoom before the rooms open; "
        "Zoom's own room timer cannot be changed once rooms are open."
    )
