"""A script carried out line by line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.session.sitting import files_under

from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.script import Script, read_script
from facilitate.session.simulation import Done, Looked, Outcome, Refusal, simulate
from facilitate.store.places import places

FILE = Path(__file__).parents[1] / "data" / "agendas" / "timing-a.toml"
READ = read_agenda(FILE.read_bytes(), FILE.name).agenda
assert READ is not None
AGENDA = READ
DATE = dt.date(2023, 12, 5)
MINUTE = dt.timedelta(minutes=1)


def carried_out(*lines: str) -> list[Outcome]:
    script = read_script("\n".join(lines).encode(), "day.txt", AGENDA, DATE)
    assert script.problems == ()
    return list(simulate(AGENDA, script))


def refusals(*lines: str) -> list[str]:
    return [o.reason for o in carried_out(*lines) if isinstance(o, Refusal)]


def last_look(*lines: str) -> Looked:
    last = carried_out(*lines)[-1]
    assert isinstance(last, Looked)
    return last


def test_every_line_has_one_outcome_in_order() -> None:
    outcomes = carried_out("09:00 start", "09:05 look", "09:05 resume", "09:10 next")
    assert [type(outcome) for outcome in outcomes] == [Done, Looked, Refusal, Done]
    assert [outcome.line.number for outcome in outcomes] == [1, 2, 3, 4]


def test_a_script_without_lines_has_no_outcome() -> None:
    assert list(simulate(AGENDA, Script(DATE, (), ()))) == []


def test_a_look_is_taken_at_the_moment_of_its_line() -> None:
    seen = last_look("09:00 start", "09:07:30 look").look
    assert seen.now == dt.datetime(2023, 12, 5, 17, 7, 30, tzinfo=dt.UTC)
    assert seen.active == dt.timedelta(minutes=7, seconds=30)


def test_what_is_refused_changes_nothing_and_the_day_goes_on() -> None:
    lines = ("09:00 start", "09:05 next from=teach", "09:06 skip nothing", "09:10 next")
    assert len(refusals(*lines)) == 2
    assert last_look(*lines, "09:10 look").look.current == "agree"


def test_a_step_before_the_return_time_is_asked_and_answered_with_yes() -> None:
    lines = (
        "09:00 start",
        "09:10 next",
        "09:20 next",
        "09:50 next",
        "10:15 next",
        "10:20 next",
        "10:25 next",
    )
    *_, step = carried_out(*lines)
    assert isinstance(step, Done)
    assert step.question == "People were told 10:30. Begin Practice before that?"
    assert last_look(*lines, "10:25 look").look.current == "rooms2"


def test_an_undo_of_something_older_is_asked_and_answered_with_yes() -> None:
    *_, undone = carried_out("09:00 start", "09:10 next", "09:20 undo")
    assert isinstance(undone, Done)
    assert undone.question.startswith("That was 10 min ago")


def test_a_step_with_nothing_to_ask_has_no_question() -> None:
    assert carried_out("09:00 start") == [Done(carried_out("09:00 start")[0].line, "")]


def test_an_undo_with_nothing_left_to_undo_is_refused() -> None:
    assert refusals("09:00 start", "09:01 undo", "09:02 undo") == ["There is nothing to undo."]


def test_the_proposal_is_taken_as_one_step_that_can_be_undone() -> None:
    lines = ("09:12 start", "09:12 fit")
    fitted = last_look(*lines, "09:12 look").look
    assert {row.segment: row.allotted for row in fitted.rows}["teach"] == dt.timedelta(
        minutes=23
    )
    back = last_look(*lines, "09:13 undo", "09:13 look").look
    assert {row.segment: row.allotted for row in back.rows}["teach"] == dt.timedelta(minutes=30)


def test_a_fit_with_nothing_to_shorten_is_refused_in_words() -> None:
    assert refusals("09:00 start", "09:00 fit") == ["There is nothing to shorten."]
    closed = refusals("09:00 start", "09:30 close", "09:31 fit")
    assert closed == ["This sitting is closed. Its record is in the archive."]


def test_going_back_interrupts_whatever_runs() -> None:
    seen = last_look("09:00 start", "09:10 next", "09:12 return ground", "09:13 look").look
    assert [(row.segment, row.status) for row in seen.rows[:2]] == [
        ("ground", "running"),
        ("agree", "interrupted"),
    ]


def test_after_the_close_a_look_knows_no_moment_to_leave() -> None:
    seen = last_look("09:00 start", "09:10 next", "09:15 close", "09:20 look").look
    assert (
        seen.current is seen.left is seen.leave_by is seen.on_plan_until is seen.ahead is None
    )
    assert [row.status for row in seen.rows[:3]] == ["done", "done", "carried"]
    assert seen.rows[2].start is seen.rows[2].end is None
    assert seen.projected_end == dt.datetime(2023, 12, 5, 17, 15, tzinfo=dt.UTC)
    assert seen.drift == -dt.timedelta(hours=2, minutes=15)


def test_time_taken_for_care_is_told_apart_from_the_drift() -> None:
    seen = last_look("09:02 start", "09:04 pause care", "09:09 look").look
    assert (seen.drift, seen.care) == (dt.timedelta(minutes=7), dt.timedelta(minutes=5))
    assert seen.since_began == dt.timedelta(minutes=5)


def test_rooms_that_are_open_have_their_rounds() -> None:
    lines = ("09:00 start", "09:10 next", "09:20 next", "09:50 next", "09:51 rooms open")
    assert last_look(*lines, "10:00 look").look.rounds == (6, 7, 7)
    assert last_look(*lines, "10:14 rooms close", "10:14 look").look.rounds == ()


def test_slack_gives_way_to_a_promise_even_where_something_was_put_in_before_it() -> None:
    lines = ("09:00 start", '09:01 insert "Song" 7 after rooms1', "09:01 look")
    rows = {row.segment: row for row in last_look(*lines).look.rows}
    assert rows["buf"].start == rows["buf"].end == rows["break"].start
    assert rows["break"].late == MINUTE * 2


def proposed(*lines: str) -> list[str]:
    return [trim.segment for trim in last_look(*lines).look.fit.trims]


def test_what_runs_gives_minutes_only_within_its_first_one() -> None:
    late = ("09:00 start", "09:10 next", "09:20 next", "09:56 next")
    assert proposed(*late, "09:56:59 look") == ["rooms1"]
    assert proposed(*late, "09:57 look") == ["rooms2"]
    fitted = last_look(*late, "09:56:59 fit", "09:57 look").look
    assert {row.segment: row.allotted for row in fitted.rows}["rooms1"] == MINUTE * 24


def test_a_break_that_begins_late_keeps_the_time_people_were_told() -> None:
    late = ("09:00 start", "09:10 next", "09:20 next", "09:50 next", "10:59 next")
    assert proposed(*late, "10:59 look") == ["rooms2", "weave"]


def test_nothing_of_it_is_kept_anywhere() -> None:
    before = files_under(places().home.parent)
    carried_out("08:55 doors", "09:00 start", "09:10 next", "09:20 close")
    assert files_under(places().home.parent) == before
