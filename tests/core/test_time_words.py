from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import pytest

from facilitate.core.agenda import Segment
from facilitate.core.events import PauseKind
from facilitate.core.schedule import Signal, project
from facilitate.core.time_words import (
    clock_words,
    drift_words,
    left_words,
    length_words,
    pause_words,
    promise_words,
    return_words,
    whole_minutes,
)

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

ALARM = re.compile(r"[-+!]|\blate\b|overdue|hurry|sec|(?<!\d)0 min|  ", re.IGNORECASE)


def length(clock: str) -> dt.timedelta:
    """`1:30` is a minute and a half, `-0:01` a second the other way."""
    minutes, seconds = clock.removeprefix("-").split(":")
    size = dt.timedelta(minutes=int(minutes), seconds=int(seconds))
    return -size if clock.startswith("-") else size


@pytest.mark.parametrize(
    ("span", "count"),
    [
        ("0:00", 0),
        ("0:29", 0),
        ("0:30", 1),
        ("1:29", 1),
        ("1:30", 2),
        ("2:30", 3),
        ("-0:29", 0),
        ("-0:30", -1),
        ("-1:29", -1),
        ("-1:30", -2),
        ("-2:30", -3),
    ],
)
def test_half_a_minute_is_rounded_away_from_zero(span: str, count: int) -> None:
    assert whole_minutes(length(span)) == count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 min"),
        (60, "60 min"),
        (99, "99 min"),
        (100, "1 h 40 min"),
        (120, "2 h"),
        (125, "2 h 5 min"),
        (1500, "25 h"),
    ],
)
def test_from_a_hundred_minutes_on_hours_are_said(count: int, words: str) -> None:
    assert length_words(count) == words


@pytest.mark.parametrize(
    ("drift", "words"),
    [
        ("0:00", "on time"),
        ("0:59", "on time"),
        ("1:00", "on time"),
        ("1:01", "1 min later than planned"),
        ("1:29", "1 min later than planned"),
        ("1:30", "2 min later than planned"),
        ("6:00", "6 min later than planned"),
        ("99:30", "1 h 40 min later than planned"),
        ("-1:00", "on time"),
        ("-1:01", "1 min earlier than planned"),
        ("-1:30", "2 min earlier than planned"),
        ("-4:00", "4 min earlier than planned"),
    ],
)
def test_the_day_stands_beside_its_plan_in_words(drift: str, words: str) -> None:
    assert drift_words(length(drift)) == words


@pytest.mark.parametrize(
    ("left", "signal", "words"),
    [
        ("17:00", "open", "about 17 min left"),
        ("17:29", "open", "about 17 min left"),
        ("17:30", "open", "about 18 min left"),
        ("110:00", "open", "about 1 h 50 min left"),
        ("7:00", "may-close", "about 7 min left, may close"),
        ("3:00", "soon", "about 3 min left"),
        ("0:30", "soon", "about 1 min left"),
        ("0:29", "soon", "less than a minute left"),
        ("0:01", "may-close", "less than a minute left"),
        ("0:00", "due", "its time is up"),
        ("-0:01", "over", "its time is up"),
        ("-0:29", "over", "its time is up"),
        ("-0:30", "over", "1 min past its time"),
        ("-3:00", "over", "3 min past its time"),
        ("-100:00", "past-most", "1 h 40 min past its time"),
    ],
)
def test_what_is_left_is_said_softly(left: str, signal: Signal, words: str) -> None:
    assert left_words(length(left), signal) == words


@pytest.mark.parametrize(
    ("kind", "span", "words"),
    [
        ("care", "4:00", "paused for care, 4 min"),
        ("care", "0:29", "paused for care"),
        ("tech", "1:00", "paused, tech, 1 min"),
        ("hold", "0:00", "paused"),
        ("hold", "120:00", "paused, 2 h"),
    ],
)
def test_a_pause_says_why_and_how_long(kind: PauseKind, span: str, words: str) -> None:
    assert pause_words(kind, length(span)) == words


def test_no_words_about_time_alarm_anyone() -> None:
    seconds = [*range(-7300, 7300, 13), -60, -30, -1, 0, 1, 30, 60]
    spans = [dt.timedelta(seconds=count) for count in seconds]
    said = {drift_words(span) for span in spans}
    said |= {left_words(span, s) for span, s in itertools.product(spans, get_args(Signal))}
    said |= {
        pause_words(kind, abs(span))
        for span, kind in itertools.product(spans, get_args(PauseKind))
    }
    assert not {words for words in said if ALARM.search(words)}


# Clock times


@pytest.mark.parametrize(
    ("at", "clock", "back"),
    [
        ("2026-09-12T13:31:00", "09:31", "09:31"),
        ("2026-09-12T13:31:00.000001", "09:31", "09:32"),
        ("2026-09-12T13:31:59.999", "09:31", "09:32"),
        ("2026-09-12T13:59:01", "09:59", "10:00"),
        ("2026-09-13T03:59:30", "23:59", "00:00"),
        ("2026-12-12T14:31:00", "09:31", "09:31"),  # winter time
    ],
)
def test_a_return_time_is_rounded_up_to_the_minute(
    at: str, clock: str, back: str, sitting: Sitting
) -> None:
    instant = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    assert clock_words(sitting.agenda, instant) == clock
    assert return_words(sitting.agenda, instant) == back


# Promises


def promise(sitting: Sitting) -> str:
    projection = project(sitting.state, sitting.now)
    assert projection is not None
    return promise_words(sitting.agenda, projection)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("09:55", "Tea still safe"),
        ("09:56", "Tea still safe"),
        ("09:56:01", "Tea 1 min later"),
        ("09:56:30", "Tea 2 min later"),
        ("11:36", "Tea 1 h 41 min later"),
    ],
)
def test_the_next_promise_is_named(clock: str, words: str, running: Sitting) -> None:
    running.at("09:20").next()
    assert promise(running.at(clock)) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("10:30", "end 10:30 still safe"),
        ("10:31", "end 10:30 still safe"),
        ("10:31:01", "ends 1 min after 10:30"),
        ("10:36", "ends 6 min after 10:30"),
    ],
)
def test_after_the_last_promise_the_end_is_one(
    clock: str, words: str, running: Sitting
) -> None:
    running.at("10:05").begin("close")
    assert promise(running.at(clock)) == words


def test_a_segment_that_began_is_no_promise_any_more(
    open_parts: Callable[..., Sitting],
) -> None:
    first = Segment(id="a", title="A", kind="arrival", minutes=30)
    tea = Segment(id="b", title="Tea", kind="break", minutes=10, starts_by=dt.time(9, 30))
    lunch = Segment(id="c", title="Lunch", kind="break", minutes=10, starts_at=dt.time(9, 50))
    sitting = open_parts(first, tea, lunch).next()
    assert promise(sitting.at("09:45")) == "Tea 15 min later"
    assert promise(sitting.next().at("09:46")) == "Lunch 5 min later"
