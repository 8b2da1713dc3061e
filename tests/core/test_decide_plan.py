from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Segment
from facilitate.core.commands import (
    Adopt,
    ApplyFit,
    Command,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    Restore,
    Return,
    Skip,
)
from facilitate.core.decide import decide
from facilitate.core.decide_plan import LONGEST_TITLE, MOST_MINUTES, day, decide_plan, row_of
from facilitate.core.events import (
    Allotment,
    Event,
    FitApplied,
    OvertimeGranted,
    PlanAdopted,
    PlannedTime,
    PlanReordered,
    SegmentExtended,
    SegmentInserted,
    SegmentRestored,
    SegmentSkipped,
    SegmentStarted,
)
from facilitate.core.fit import fit
from facilitate.core.refusal import Refused
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def decided(sitting: Sitting, command: Command) -> Event:
    (event,) = decide(sitting.state, command, sitting.now, sitting.by)
    return event


def shorter(segment: str, minutes: int) -> ApplyFit:
    return ApplyFit(allotments=(Allotment(segment=segment, minutes=minutes),))


def begun(sitting: Sitting) -> None:
    sitting.at("09:00").next().at("09:05")


def agreeing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").next().at("09:35")


def returned(sitting: Sitting) -> None:
    agreeing(sitting)
    sitting.do(Return(segment="arrive", seen="agree")).at("09:37")


def cut_short(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(Skip(segment="arrive")).at("09:10")


def drinking(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").begin("tea").at("09:25")


def closing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("10:05").begin("close").at("10:10")


GONE_PAST = "The day has gone past that place already."


def test_without_an_agenda_there_is_no_day(sitting: Sitting) -> None:
    for command in (Skip(segment="tea"), Insert(title="Song", minutes=5, after="tea")):
        with pytest.raises(Refused, match="No agenda is open here"):
            decide_plan(EMPTY, command, sitting.now)
    with pytest.raises(Refused, match="No agenda is open here"):
        day(EMPTY, sitting.now)


def test_a_row_is_found_by_its_id(running: Sitting) -> None:
    found = row_of(running.projection, "tea")
    assert found == running.row("tea")


# Minutes


def test_more_minutes_can_be_taken_from_a_part_that_is_to_come(running: Sitting) -> None:
    extended = SegmentExtended(
        segment="arrive", minutes=10, payer="from:agree", at=running.at("09:05").now
    )
    assert decided(running, Extend(minutes=10, payer="agree")) == extended
    running.do(Extend(minutes=4, payer="agree"))
    assert dict(running.state.extra) == {"arrive": 4, "agree": -4}
    assert "can give 6 min" in running.refusal(Extend(minutes=7, payer="agree"))


def test_minutes_from_another_part_move_nothing_behind_it(running: Sitting) -> None:
    running.do(Extend(minutes=4, payer="agree"))
    assert (running.span("arrive"), running.span("agree")) == ("09:00-09:24", "09:24-09:50")
    assert running.span("slack") == "09:50-09:55"
    running.undo()
    assert running.span("agree") == "09:20-09:50"


def test_a_proposal_is_applied_as_one_event(running: Sitting) -> None:
    running.at("09:05")
    allotments = (
        Allotment(segment="agree", minutes=24),
        Allotment(segment="tea", minutes=10),
    )
    applied = FitApplied(allotments=allotments, at=running.now)
    assert decided(running, ApplyFit(allotments=allotments)) == applied
    running.do(ApplyFit(allotments=allotments))
    assert running.span("agree") == "09:20-09:44"
    assert running.planned("agree") == "09:20-09:50"
    assert running.undo().state.extra == {}


def test_a_proposal_says_what_a_part_has_and_not_what_it_gives(running: Sitting) -> None:
    running.do(shorter("agree", 25)).do(shorter("agree", 22))
    assert running.state.extra["agree"] == -8


def test_a_proposal_is_what_can_be_applied(timing: Sitting) -> None:
    timing.at("09:12").next()
    found = fit(timing.state, timing.now)
    assert found is not None
    timing.do(ApplyFit(allotments=found.allotments))
    assert timing.span("teach") == "09:32-09:55"
    assert timing.late("break") == 0


def test_a_part_that_has_less_than_its_least_already_may_keep_it(running: Sitting) -> None:
    running.at("09:20").next().at("09:22").do(Extend(minutes=-15))
    running.do(Return(segment="arrive", seen="agree")).do(shorter("agree", 15))
    assert "needs 20 min at least" in running.refusal(shorter("agree", 14))


def test_overtime_moves_the_promised_end(running: Sitting) -> None:
    granted = OvertimeGranted(minutes=10, at=running.now)
    assert decided(running, GrantOvertime(minutes=10)) == granted
    running.do(GrantOvertime(minutes=10)).do(GrantOvertime(minutes=5))
    assert running.clock(running.projection.promised_end) == "10:45"
    assert running.planned("close") == "10:05-10:30"
    assert running.clock(running.undo().projection.promised_end) == "10:40"


# Left out and brought back


def test_what_is_to_come_can_be_left_out_and_brought_back(running: Sitting) -> None:
    running.at("09:05")
    skipped = SegmentSkipped(segment="agree", at=running.now)
    assert decided(running, Skip(segment="agree")) == skipped
    running.do(Skip(segment="agree"))
    assert running.span("slack") == "09:20-09:25"
    restored = SegmentRestored(segment="agree", at=running.now)
    assert decided(running, Restore(segment="agree")) == restored
    assert running.do(Restore(segment="agree")).span("agree") == "09:20-09:50"


def test_what_runs_is_cut_short_and_what_follows_begins(running: Sitting) -> None:
    running.at("09:05")
    started = SegmentStarted(
        segment="agree", from_="arrive", at=running.now, leaves="cut short"
    )
    assert decided(running, Skip(segment="arrive")) == started


def test_what_was_interrupted_can_be_left_out(sitting: Sitting) -> None:
    returned(sitting)
    assert isinstance(decided(sitting, Skip(segment="agree")), SegmentSkipped)
    sitting.do(Skip(segment="agree"))
    assert sitting.state.interrupted == ()
    sitting.do(Restore(segment="agree"))
    assert sitting.state.interrupted == ("agree",)


@pytest.mark.parametrize(
    ("before", "segment"), [(drinking, "agree"), (drinking, "slack"), (cut_short, "arrive")]
)
def test_what_was_passed_over_or_cut_short_can_be_brought_back(
    before: Callable[[Sitting], None], segment: str, sitting: Sitting
) -> None:
    before(sitting)
    assert isinstance(decided(sitting, Restore(segment=segment)), SegmentRestored)
    assert sitting.do(Restore(segment=segment)).row(segment).comes
    assert "was not left out" in sitting.refusal(Restore(segment=segment))


# Put in


def test_a_part_is_put_in_behind_another(running: Sitting) -> None:
    event = decided(running, Insert(title=" A\n song ", minutes=5, after="agree"))
    song = Segment(id="added-1", title="A song", kind="dialogue", minutes=5)
    assert event == SegmentInserted(segment=song, after="agree", at=running.now)
    running.do(Insert(title="A song", minutes=5, after="agree"))
    assert running.planned("added-1") == running.span("added-1") == "09:50-09:55"
    assert running.planned("slack") == "09:55-10:00"
    assert running.planned("tea") == "10:00-10:10"


def test_parts_that_are_put_in_have_ids_of_their_own(running: Sitting) -> None:
    for _ in range(3):
        running.do(Insert(title="Song", minutes=1, after="arrive"))
    assert [part.id for part in running.state.segments[:5]] == [
        "arrive",
        "added-3",
        "added-2",
        "added-1",
        "agree",
    ]
    running.undo().do(Insert(title="Song", minutes=1, after="close"))
    assert running.state.segments[-1].id == "added-3"


def test_a_part_that_was_put_in_runs_like_any_other(running: Sitting) -> None:
    running.do(Insert(title="Song", minutes=5, after="arrive")).at("09:20").next()
    assert (running.running, running.due) == ("added-1", "09:25")


def test_a_part_may_be_put_in_before_the_start_and_at_the_very_end(sitting: Sitting) -> None:
    sitting.do(Insert(title="Song", minutes=MOST_MINUTES, after="arrive"))
    closing(sitting)
    sitting.do(Insert(title="Bow", minutes=1, after="close"))
    assert sitting.span("added-2") == "10:30-10:31"


def test_a_long_title_is_cut(running: Sitting) -> None:
    event = decided(running, Insert(title="x" * 500, minutes=5, after="agree"))
    assert isinstance(event, SegmentInserted)
    assert event.segment.title == "x" * LONGEST_TITLE


# In another order


def test_a_part_is_moved_in_front_of_another(running: Sitting) -> None:
    moved = PlanReordered(segment="close", before="agree", at=running.now)
    assert decided(running, Move(segment="close", before="agree")) == moved
    running.do(Move(segment="close", before="agree"))
    assert running.planned("close") == "09:20-09:45"
    assert running.planned("agree") == "09:45-10:15"
    assert running.planned("tea") == "10:20-10:30"
    assert running.clock(running.row("tea").part.promise) == "09:55"  # anchors stay
    assert running.undo().planned("close") == "10:05-10:30"


def test_a_part_is_moved_back_too(running: Sitting) -> None:
    running.do(Move(segment="agree", before="close"))
    assert list(running.statuses) == ["arrive", "slack", "tea", "agree", "close"]


def test_what_was_brought_back_can_be_moved_and_nothing_in_front_of_it(
    sitting: Sitting,
) -> None:
    drinking(sitting)
    sitting.do(Restore(segment="agree"))
    assert sitting.refusal(Move(segment="close", before="agree")) == GONE_PAST
    sitting.do(Move(segment="agree", before="close"))
    assert sitting.span("agree") == "09:30-10:00"


def test_d23_a_later_part_is_taken_first(timing: Sitting) -> None:
    timing.at("10:20").begin("break").at("10:30")
    timing.do(Move(segment="weave", before="rooms2")).next()
    assert timing.span("weave") == "10:30-10:50"
    assert timing.span("rooms2") == "10:50-11:20"
    assert timing.drift == 0


# Adopted


def test_the_day_as_it_looks_is_adopted_from_what_runs_on(running: Sitting) -> None:
    running.at("09:20").next().at("09:30").do(Extend(minutes=20)).do(Skip(segment="slack"))
    event = decided(running, Adopt())
    spans = {"agree": "09:20-10:10", "tea": "10:10-10:20", "close": "10:20-10:45"}
    assert event == PlanAdopted(
        times=tuple(
            PlannedTime(
                segment=segment,
                start=running.instant(span[:5]),
                end=running.instant(span[6:]),
            )
            for segment, span in spans.items()
        ),
        at=running.now,
    )


def test_an_adopted_plan_can_be_undone(running: Sitting) -> None:
    running.at("09:30")
    assert running.drift == 10
    assert running.do(Adopt()).drift == 0
    assert running.undo().drift == 10


def test_what_was_done_keeps_the_plan_it_had(running: Sitting) -> None:
    running.at("09:30").next().do(Adopt())
    assert running.planned("arrive") == "09:00-09:20"
    assert running.state.adopted["agree"][0] - running.now == dt.timedelta(0)
