import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import HandClock

from facilitate.session.clock import Clock, RehearsalClock, ScriptedClock, SystemClock

START = datetime(2026, 9, 12, 13, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
ODD = datetime(2026, 9, 12, 9, 0, 0, 123_987, tzinfo=NEW_YORK)
"""In another zone, and finer than a journal keeps."""
WHOLE = START + timedelta(milliseconds=123)


# This machine's


def test_the_wall_time_is_in_utc_and_in_whole_milliseconds() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - the machine is what this clock is held against
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert timedelta(milliseconds=-1) < now - before < timedelta(minutes=1)


def test_steady_seconds_count_the_sleep_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 107, raising=False)
    monkeypatch.setattr(time, "clock_gettime", {107: 90.0, time.CLOCK_MONOTONIC: 60.0}.get)
    assert SystemClock().monotonic() == 90.0


def test_steady_seconds_are_there_on_a_system_without_a_clock_of_its_own_for_sleep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.setattr(time, "clock_gettime", {time.CLOCK_MONOTONIC: 60.0}.get)
    assert SystemClock().monotonic() == 60.0


def test_steady_seconds_rise() -> None:
    clock = SystemClock()
    first, then = clock.monotonic(), clock.monotonic()
    assert first <= then


# Of a rehearsal


@pytest.mark.parametrize(("speed", "seconds"), [(1, 10), (6, 60), (0.5, 5), (0, 0)])
def test_a_rehearsal_runs_as_fast_as_it_is_told_to(
    clock: HandClock, speed: float, seconds: float
) -> None:
    rehearsal = RehearsalClock(START, speed, clock)
    assert rehearsal.now() == START
    clock.forward(seconds=10)
    assert rehearsal.now() == START + timedelta(seconds=seconds)
    assert rehearsal.monotonic() == seconds


def test_a_rehearsal_begins_when_it_is_told_to_however_long_the_machine_has_run(
    clock: HandClock,
) -> None:
    clock.forward(hours=5)
    rehearsal = RehearsalClock(ODD, 1, clock)
    assert rehearsal.now() == WHOLE
    assert rehearsal.now().tzinfo is UTC


def test_a_rehearsal_jumps_ahead_and_runs_on_from_there(clock: HandClock) -> None:
    rehearsal = RehearsalClock(START, 2, clock)
    clock.forward(seconds=30)
    rehearsal.forward(10)
    assert rehearsal.now() == START + timedelta(minutes=11)
    clock.forward(seconds=30)
    assert rehearsal.now() == START + timedelta(minutes=12)


def test_a_rehearsal_that_stands_still_can_be_moved(clock: HandClock) -> None:
    rehearsal = RehearsalClock(START, 0, clock)
    clock.forward(hours=1)
    rehearsal.forward(0.5)
    assert rehearsal.now() == START + timedelta(seconds=30)


def test_the_wall_clock_does_not_move_a_rehearsal(clock: HandClock) -> None:
    rehearsal = RehearsalClock(START, 1, clock)
    clock.step(hours=-3)
    assert rehearsal.now() == START


def test_a_rehearsal_shows_whole_milliseconds(clock: HandClock) -> None:
    rehearsal = RehearsalClock(START, 1.001, clock)
    clock.forward(seconds=1.0005)
    assert rehearsal.now() == START + timedelta(milliseconds=1001)


def test_a_rehearsal_never_goes_back(clock: HandClock) -> None:
    with pytest.raises(ValueError, match="backwards"):
        RehearsalClock(START, -1, clock)
    rehearsal = RehearsalClock(START, 1, clock)
    with pytest.raises(ValueError, match="does not go back"):
        rehearsal.forward(-0.1)
    assert rehearsal.now() == START


# Of a script


def test_a_scripted_clock_stands_still_until_it_is_set() -> None:
    scripted = ScriptedClock(ODD)
    assert scripted.now() == scripted.now() == WHOLE
    assert scripted.now().tzinfo is UTC
    scripted.set(ODD + timedelta(minutes=7))
    assert scripted.now() == WHOLE + timedelta(minutes=7)
    assert scripted.monotonic() == 420.0


def test_a_scripted_clock_is_not_set_back() -> None:
    scripted = ScriptedClock(START)
    scripted.set(START)
    with pytest.raises(ValueError, match="12:59:00 UTC comes before 13:00:00 UTC"):
        scripted.set(START - timedelta(minutes=1))
    assert scripted.now() == START


def test_every_clock_serves_a_session(clock: HandClock) -> None:
    clocks: list[Clock] = [SystemClock(), RehearsalClock(START, 1, clock), ScriptedClock(START)]
    assert all(one.now() <= one.now() for one in clocks)
    assert all(one.monotonic() <= one.monotonic() for one in clocks)
