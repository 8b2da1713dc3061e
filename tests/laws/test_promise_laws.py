"""What holds for everything that was promised: laws 2, 3 and 4 of the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.days import MANY, Day, days
from tests.laws.wishes import Table

from facilitate.core.clock_time import minutes
from facilitate.core.commands import ApplyFit
from facilitate.core.fit import fit
from facilitate.core.progress import allotted
from facilitate.core.promises import Step, leave_by, on_plan_until, planned_length, steps

A_MINUTE = minutes(1)
LONG = dt.timedelta(days=3)
DAYS = days()
SHARES = st.integers(0, 60)


def nearer_to_its_latest(day: Day, share: int) -> Day:
    """The day so many sixtieths closer to the latest moment: where trims are enough."""
    latest = leave_by(*day)
    if latest is None or latest < day.now:
        return day
    return Day(day.state, day.now + (latest - day.now) * share / 60)


# 2 and 3: the proposal


@MANY
@given(DAYS, SHARES)
def test_no_trim_goes_below_the_least_and_what_is_protected_stays(day: Day, share: int) -> None:
    state, now = nearer_to_its_latest(day, share)
    found = fit(state, now)
    assert (found is None) == (state.closed_at is not None)
    for trim in found.trims if found else ():
        segment = state.part(trim.segment)
        assert segment is not None
        assert not segment.protect
        assert segment.kind not in {"closing", "celebration", "buffer"}
        assert segment.least <= trim.to_minutes < trim.from_minutes
        assert minutes(trim.from_minutes) == allotted(state, segment)


def keeps_every_promise(day: Day) -> bool:
    """Whether nothing is late once the trims are applied; up to a minute is on time."""
    state, now = day
    found = fit(state, now)
    if found is None or found.shortfalls:
        return True  # then the law says nothing
    table = Table.at(state, now)
    assert not found.trims or table.ask(ApplyFit(allotments=found.allotments), "lead")
    projection = Day(table.state, now).projection
    kept = [row.late <= A_MINUTE for row in projection.later]
    ends = [(row.end, row.part.ends_at) for row in projection.later if row.part.ends_at]
    kept += [
        end - at <= A_MINUTE for end, at in [*ends, (projection.end, projection.promised_end)]
    ]
    return all(kept)


@MANY
@given(days(sound=True), SHARES)
def test_trims_without_a_shortfall_keep_every_promise(day: Day, share: int) -> None:
    assert keeps_every_promise(nearer_to_its_latest(day, share))


@MANY
@given(days(tight=True), SHARES)
def test_without_slack_they_do_so_even_for_a_plan_that_breaks_its_promises(
    day: Day, share: int
) -> None:
    assert keeps_every_promise(nearer_to_its_latest(day, share))


# 4: the latest moments


def broken(
    day: Day, leaving: dt.datetime, lengths: Callable[[Step], dt.timedelta]
) -> Sequence[bool]:
    """Of each promise ahead, whether it is broken by leaving what runs at that moment."""
    projection = day.projection
    cursor, back = leaving, projection.back_at
    found = []
    for step in steps(day.state, projection, day.now):
        cursor = max(t for t in (cursor, step.floor, back) if t is not None)
        back = None
        found.append(step.promise is not None and cursor > step.promise)
        cursor += lengths(step)
        ends_at = step.part.ends_at
        if ends_at is not None:
            found.append(cursor > ends_at)
            cursor = max(cursor, ends_at)
    return [*found, cursor > projection.promised_end]


LATEST = Callable[[Day], dt.datetime | None]


@pytest.mark.parametrize("what_comes", ["as short as may be", "as allotted"])
@MANY
@given(day=DAYS)
def test_left_at_the_latest_moment_no_promise_is_broken_and_a_minute_later_one_is(
    what_comes: str, day: Day
) -> None:
    def lengths(step: Step) -> dt.timedelta:
        return (
            step.least
            if what_comes == "as short as may be"
            else planned_length(day.state, step)
        )

    found = leave_by if what_comes == "as short as may be" else on_plan_until
    latest = found(day.state, day.now)
    lost = broken(day, day.now - LONG, lengths)  # by waiting alone, however early it is left
    if latest is None:
        assert broken(day, day.now + LONG, lengths) == lost
        return
    assert broken(day, latest, lengths) == lost
    assert sum(broken(day, latest + A_MINUTE, lengths)) > sum(lost)
