from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from facilitate.core.commands import AnswerGap, NoteGap, StartPause
from facilitate.core.events import ClockGap, GapAnswered, PauseEnded, PauseStarted

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


AN_INSTANT = dt.datetime(2026, 9, 12, 13, 10, tzinfo=dt.UTC)  # 9:10 in New York


def runs(sitting: Sitting) -> list[tuple[str, str, str | None]]:
    return [
        (run.segment, sitting.clock(run.start), run.end and sitting.clock(run.end))
        for run in sitting.state.runs
    ]


def pauses(sitting: Sitting) -> list[tuple[str, str, str | None]]:
    return [
        (pause.kind, sitting.clock(pause.start), pause.end and sitting.clock(pause.end))
        for pause in sitting.state.pauses
    ]


def gap(sitting: Sitting, since: str, until: str) -> Sitting:
    return sitting.at(until).do(NoteGap(since=sitting.instant(since)))


def test_a_gap_stays_open_until_it_is_answered(running: Sitting) -> None:
    gap(running, "09:05", "09:15")
    assert running.state.gap == ClockGap(since=running.instant("09:05"), until=running.now)
    assert running.next().state.gap is not None
    running.do(AnswerGap(answer="still here"))
    assert running.state.gap is None
    assert (pauses(running), len(running.state.runs)) == ([], 2)


def test_a_gap_can_turn_out_to_be_a_pause(running: Sitting) -> None:
    gap(running, "09:05", "09:15").do(AnswerGap(answer="paused"))
    assert pauses(running) == [("hold", "09:05", "09:15")]
    assert running.state.pause is None


def test_a_gap_can_turn_out_to_hold_the_next_step(running: Sitting) -> None:
    gap(running, "09:05", "09:15")
    running.do(AnswerGap(answer="moved on", at=running.instant("09:11")))
    assert runs(running) == [("arrive", "09:00", "09:11"), ("agree", "09:11", None)]
    assert running.state.gap is None


def test_a_step_inside_a_gap_ends_the_pause_that_was_on(running: Sitting) -> None:
    gap(running.at("09:03").do(StartPause(kind="tech")), "09:05", "09:15")
    running.do(AnswerGap(answer="moved on", at=running.instant("09:11")))
    assert pauses(running) == [("tech", "09:03", "09:11")]


@pytest.mark.parametrize(
    ("before", "during", "counted"),
    [
        (("09:03", None), None, [("tech", "09:03", None)]),
        (("09:03", "09:20"), None, [("tech", "09:03", "09:20")]),
        (("09:03", "09:07"), None, [("tech", "09:03", "09:07"), ("hold", "09:07", "09:15")]),
        (("09:05", "09:07"), None, [("tech", "09:05", "09:07"), ("hold", "09:07", "09:15")]),
        (None, ("09:17", None), [("hold", "09:05", "09:15"), ("tech", "09:17", None)]),
        (None, ("09:12", None), [("hold", "09:05", "09:12"), ("tech", "09:12", None)]),
    ],
)
def test_time_that_was_paused_already_is_not_paused_twice(
    before: tuple[str, str | None] | None,
    during: tuple[str, str | None] | None,
    counted: list[tuple[str, str, str | None]],
    running: Sitting,
) -> None:
    start, end = before or during or ("", None)
    since, until = running.instant("09:05"), running.instant("09:15")
    running.record(PauseStarted(kind="tech", at=running.instant(start)))
    if end:
        running.record(PauseEnded(at=running.instant(end)))
    running.record(ClockGap(since=since, until=until))
    running.record(GapAnswered(answer="paused"))
    assert pauses(running) == counted


def test_who_moves_on_after_a_gap_has_found_the_place_again(running: Sitting) -> None:
    gap(running, "09:05", "09:15").at("09:20").next()
    assert running.state.gap is None
    assert running.refusal(AnswerGap(answer="paused")) == (
        "There is no open question about the time."
    )
    assert pauses(running.undo()) == []
    assert running.state.gap is not None


@pytest.mark.parametrize(
    "answer",
    [
        GapAnswered(answer="paused"),
        GapAnswered(answer="moved on", segment="agree", at=AN_INSTANT),
    ],
)
def test_an_answer_while_nothing_runs_only_closes_the_question(
    answer: GapAnswered, sitting: Sitting
) -> None:
    before = sitting.state
    sitting.record(ClockGap(since=sitting.instant("08:40"), until=sitting.now))
    sitting.record(answer)
    assert sitting.state == before


@pytest.mark.parametrize(
    "answer",
    [
        GapAnswered(answer="moved on", segment="agree"),
        GapAnswered(answer="moved on", at=AN_INSTANT),
    ],
)
def test_an_answer_that_says_only_half_moves_nobody(
    answer: GapAnswered, running: Sitting
) -> None:
    gap(running, "09:05", "09:15").record(answer)
    assert runs(running) == [("arrive", "09:00", None)]


def test_an_answer_without_a_question_changes_nothing(running: Sitting) -> None:
    before = running.state
    running.record(GapAnswered(answer="paused"))
    running.record(GapAnswered(answer="moved on", segment="agree", at=running.now))
    assert running.state == before
