"""A script carried out line by line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.session.sitting import files_under

from facilitate.core.look import CaptureSeen
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.script import Script, read_script
from facilitate.session.simulation import (
    Closed,
    Done,
    Held,
    Looked,
    Outcome,
    Refusal,
    WriteRecord,
    simulate,
)
from facilitate.store.places import places

FILE = Path(__file__).parents[1] / "data" / "agendas" / "timing-a.toml"
READ = read_agenda(FILE.read_bytes(), FILE.name).agenda
assert READ is not None
AGENDA = READ
DATE = dt.date(2023, 12, 5)
MINUTE = dt.timedelta(minutes=1)


def no_record(state: SessionState, folder: str) -> str:
    raise AssertionError("nobody asked for a record")


def carried_out(*lines: str, write_record: WriteRecord = no_record) -> list[Outcome]:
    script = read_script("\n".join(lines).encode(), "day.txt", AGENDA, DATE)
    assert script.problems == ()
    return list(simulate(AGENDA, script, write_record))


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
    assert list(simulate(AGENDA, Script(DATE, (), ()), no_record)) == []


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


# Lines of the group


def made(*lines: str) -> dict[str, CaptureSeen]:
    """The lines that a look at the end shows, by name."""
    return {seen.id: seen for seen in last_look(*lines, "11:30 look").look.captures}


OFFERED = ("09:00 start", "09:11 capture a: One mic #listening <- our elders")
TESTED = (*OFFERED, "09:12 read-back A1", "09:12 test A1 fist")


def test_a_line_is_captured_as_on_the_capture_line() -> None:
    lines = (
        "09:00 start",
        "09:10 next",
        "09:11 capture a: Stay here #policy #own @home-visiting >next <- our elders",
        "09:12 capture t: Regard = to look twice",
        "09:13 capture l: It went quiet",
        "09:14 capture *1 Stay",
    )
    assert made(*lines) == {
        "A1": CaptureSeen(
            id="A1", kind="agreement", state="heard", text="Stay", label="", ring="cohort",
            origin="ours", lineage="our elders", tags=("policy", "own"), facet="policy",
            owner="home-visiting", when="next", version=2,
        ),
        "T2": CaptureSeen(
            id="T2", kind="term", state="heard", text="Regard = to look twice",
            label="Regard", ring="cohort", origin="ours", lineage="", tags=(), facet=None,
            owner="", when="", version=1,
        ),
        "L3": CaptureSeen(
            id="L3", kind="learning", state="noted", text="It went quiet", label="",
            ring="sitting", origin="ours", lineage="", tags=(), facet=None, owner="", when="",
            version=1,
        ),
    }  # fmt: skip


def test_a_line_that_is_given_to_a_wider_ring_has_the_words_it_had() -> None:
    seen = made("09:00 capture l: It went quiet", "09:01 keep 1", "09:02 raise 1 team")["L1"]
    assert (seen.ring, seen.state, seen.version) == ("team", "checked", 1)


def test_a_line_lives_by_the_commands_about_it() -> None:
    lines = (
        *OFFERED,
        "09:12 capture a: One voice",
        "09:12 capture q: Who pays?",
        "09:12 capture q: Who stays?",
        "09:12 capture q: Who asks?",
        "09:12 capture c: Call them",
        "09:13 read-back 1",
        "09:13 move-to A2 merged into A1",
        "09:13 move-to A1 set aside",
        "09:14 raise Q3 public",
        "09:14 lower Q3 team",
        "09:14 withdraw Q4",
        "09:14 let-go Q5",
        "09:15 lower C6 room",
    )
    assert refusals(*lines) == []
    assert {name: (seen.state, seen.ring) for name, seen in made(*lines).items()} == {
        "A1": ("set aside", "cohort"),
        "A2": ("merged", "cohort"),
        "Q3": ("open", "team"),
    }


def test_words_for_the_room_are_held_and_are_in_no_look() -> None:
    *outcomes, look = carried_out(
        "09:00 capture ! for us",
        "09:01 notes room",
        "09:02 capture a: One mic",
        "09:03 notes keep",
        "09:04 capture a: Two mics",
        "09:05 look",
    )
    assert [type(outcome) for outcome in outcomes] == [Held, Done, Held, Done, Done]
    assert isinstance(look, Looked)
    assert [seen.text for seen in look.look.captures] == ["Two mics"]


def test_words_that_were_tested_and_counted_are_adopted() -> None:
    lines = (*TESTED, "09:13 tally a1 5x9 4x4 of 13", "09:14 adopt A1")
    *_, adopted = carried_out(*lines)
    assert isinstance(adopted, Done)
    assert adopted.question == ""
    assert made(*lines)["A1"].state == "in force"


def test_a_tally_may_stand_on_the_capture_line_too() -> None:
    *_, adopted = carried_out(*TESTED, "09:13 capture 9/4", "09:14 adopt A1")
    assert isinstance(adopted, Done)
    assert adopted.question == ""
    assert list(made(*TESTED, "09:13 capture 9/4")) == ["A1"]


NOT_COUNTED = "Nothing was counted in this round."


@pytest.mark.parametrize(
    ("seen", "doubt"),
    [
        ("tally A1 5x9 2", "One below three: hear them first."),
        ("objection A1 no", f"{NOT_COUNTED} An objection was noted: is it worked in?"),
        ("concern A1 so long", NOT_COUNTED),
    ],
)
def test_a_doubt_is_asked_about_and_answered_with_yes(seen: str, doubt: str) -> None:
    *_, adopted = carried_out(*TESTED, f"09:13 {seen}", "09:14 adopt A1")
    assert isinstance(adopted, Done)
    assert adopted.question == f"{doubt} Adopt A1 as it stands?"


def test_other_words_want_another_test() -> None:
    lines = (*TESTED, "09:13 tally A1 =", "09:14 reword A1 One mic, one voice", "09:15 adopt 1")
    assert refusals(*lines) == ["The words of A1 are not put to the test yet: t."]
    seen = made(*lines)["A1"]
    assert (seen.state, seen.version, seen.tags) == ("proposed", 2, ("listening",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "tally A1 9/9",
            "The words of A1 are not put to the test yet: b reads it back, then t.",
        ),
        ("tally A2 9/9", "There is no line 2 to be seen here."),
        ("re-affirm A1", "A1 was made here; there is nothing to say yes to again."),
        ("raise A1 sitting", "A1 travels that far already."),
        ("move-to A1 merged", "Say which line it becomes a part of."),
    ],
)
def test_what_cannot_be_done_with_a_line_is_refused(line: str, reason: str) -> None:
    assert refusals(*OFFERED, f"09:12 {line}") == [reason]


def test_what_is_no_tally_of_its_scale_is_refused_with_the_keys() -> None:
    (refused,) = refusals(*TESTED, "09:13 tally A1 u9 d2")
    assert refused == (
        "That is no tally: fist to five has the keys 5, 4, 3, 2, 1, 0, "
        "and = is no objection heard."
    )
    again = (*TESTED, "09:13 test A1 objection", "09:14 tally A1 9")
    assert refusals(*again) == [
        "That is no tally: no objection counts nothing, and = is no objection heard."
    ]


def test_a_step_with_a_line_can_be_undone() -> None:
    assert made(*OFFERED, "09:12 undo") == {}


# The record


def test_a_record_is_written_of_the_closed_sitting_where_the_line_says() -> None:
    written: list[tuple[SessionState, str]] = []

    def write(state: SessionState, folder: str) -> str:
        written.append((state, folder))
        return f"{folder}/there"

    *_, closed = carried_out("09:00 start", "09:20 close --record trial", write_record=write)
    assert closed == Closed(closed.line, "trial/there")
    ((state, folder),) = written
    assert folder == "trial"
    assert state.closed_at == dt.datetime(2023, 12, 5, 17, 20, tzinfo=dt.UTC)
    assert not state.rehearsal


def test_a_record_that_cannot_be_written_is_refused_and_the_sitting_is_closed() -> None:
    def write(state: SessionState, folder: str) -> str:
        raise Refused("The disk is full.")

    lines = ("09:00 start", "09:20 close --record trial", "09:21 next")
    *_, closed, after = carried_out(*lines, write_record=write)
    assert isinstance(closed, Refusal)
    assert closed.reason == "The disk is full."
    assert isinstance(after, Refusal)


def test_a_sitting_that_cannot_be_closed_has_no_record() -> None:
    (reason,) = refusals("09:00 close --record trial")
    assert reason == "This sitting has not begun; there is nothing to close."


def test_after_the_close_a_look_shows_only_lines_that_travel_on() -> None:
    lines = (*OFFERED, "09:12 capture l: It went quiet", "09:12 capture l: It woke up")
    assert list(made(*lines)) == ["A1", "L2", "L3"]
    assert list(made(*lines, "09:13 keep L3", "09:20 close")) == ["A1", "L3"]
