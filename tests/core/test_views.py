from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.contents import contents

from facilitate.core.agenda import Segment
from facilitate.core.captures import RoomNote
from facilitate.core.commands import Close, EndPause, Extend, MarkPostCopied, Return, StartPause
from facilitate.core.entry_commands import LetGo, ReadBack, TakeBack, Withdraw
from facilitate.core.lines_view import ROOM_WORDS, Line, made_here
from facilitate.core.state import EMPTY
from facilitate.core.views import Card, Post, RunView, left_line, paragraphs, run_view

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def view(sitting: Sitting, *room: RoomNote) -> RunView:
    found = run_view(sitting.state, sitting.now, room)
    assert found is not None
    return found


def card_of(sitting: Sitting) -> Card:
    found = view(sitting).card
    assert found is not None
    return found


def marks(sitting: Sitting) -> dict[str, str]:
    return {row.segment: row.mark for row in view(sitting).plan}


@pytest.fixture
def agreeing(running: Sitting) -> Sitting:
    """In the second part, on time."""
    return running.at("09:20").next()


def test_before_an_agenda_is_open_there_is_nothing_to_show(sitting: Sitting) -> None:
    assert run_view(EMPTY, sitting.now) is None


def test_the_head_says_what_when_and_how_the_day_stands(agreeing: Sitting) -> None:
    shown = view(agreeing.at("09:33:59"))
    assert (shown.title, shown.clock) == ("Day one", "09:33")
    assert shown.standing == "on time, Tea still safe"
    assert (shown.left, shown.until) == ("about 16 min left", "09:50")
    assert shown.kind == "agreement"


def test_a_day_without_a_subtitle_has_its_title(
    agreeing: Sitting, open_sitting: Callable[..., Sitting]
) -> None:
    plain = open_sitting(replace(agreeing.agenda, subtitle=""))
    assert view(plain).title == "Circle"


def test_a_late_day_says_what_is_safe(agreeing: Sitting) -> None:
    agreeing.at("09:54")
    assert view(agreeing).standing == "4 min later than planned, Tea still safe"
    agreeing.at("10:01")
    assert view(agreeing).standing == "11 min later than planned, Tea 6 min later"
    assert view(agreeing).left == "11 min past its time"


@pytest.mark.parametrize(
    ("arrived", "paused", "went_on", "at", "words"),
    [
        ("09:20", "09:25", "09:30", "09:31", "on time, Tea, 5 min for care"),
        ("09:20", "09:25", None, "09:31", "on time, Tea, 6 min for care"),
        ("09:23", "09:25", "09:30", "09:31", "3 min later than planned, Tea, 5 min for care"),
        ("09:17", "09:25", "09:30", "09:31", "on time, Tea, 2 min for care"),
        ("09:10", "09:25", "09:30", "09:31", "5 min earlier than planned"),
        ("09:20", "09:25", "09:25:29", "09:31", "on time"),
        ("09:20", "09:25", "09:25:30", "09:31", "on time, Tea, 1 min for care"),
    ],
)
def test_time_taken_for_care_is_told_apart_and_is_not_being_late(
    arrived: str, paused: str, went_on: str | None, at: str, words: str, running: Sitting
) -> None:
    running.at(arrived).next().at(paused).do(StartPause(kind="care"))
    if went_on:
        running.at(went_on).do(EndPause())
    drift, _, care = words.partition(", Tea")
    standing = view(running.at(at)).standing
    assert standing.startswith(f"{drift}, Tea ")
    assert standing.endswith(care or ("safe", "later"))


def test_other_pauses_are_not_for_care(agreeing: Sitting) -> None:
    agreeing.at("09:25").do(StartPause(kind="tech")).at("09:30").do(EndPause())
    assert view(agreeing).standing == "5 min later than planned, Tea still safe"


def test_an_end_is_said_only_while_it_holds(agreeing: Sitting) -> None:
    def until() -> tuple[str, str]:
        row = next(row for row in view(agreeing).plan if row.mark == "now")
        return (view(agreeing).until, row.until)

    assert until() == ("09:50", "09:50")
    agreeing.at("09:25").do(StartPause(kind="tech"))
    assert until() == ("", "")
    agreeing.at("09:30").do(EndPause())
    assert until() == ("09:55", "09:55")
    assert until() == ("09:55", "09:55")
    agreeing.at("09:55")
    assert until() == ("", "")
    agreeing.at("09:58")
    assert until() == ("", "")


# The plan


def test_the_plan_marks_what_is_done_what_runs_and_what_is_next(agreeing: Sitting) -> None:
    assert marks(agreeing) == {
        "arrive": "done",
        "agree": "now",
        "slack": "next",
        "tea": "later",
        "close": "later",
    }


def test_before_the_start_the_first_part_is_next(sitting: Sitting) -> None:
    assert list(marks(sitting).values()) == ["next", "later", "later", "later", "later"]
    shown = view(sitting)
    assert (shown.card, shown.left, shown.until, shown.made) == (None, "", "", ())


def test_a_buffer_without_time_is_not_next(agreeing: Sitting) -> None:
    found = marks(agreeing.at("09:55"))
    assert (found["slack"], found["tea"]) == ("later", "next")
    assert list(marks(agreeing.next()).values()) == ["done", "done", "out", "now", "next"]


def test_after_the_close_what_was_not_reached_is_carried(agreeing: Sitting) -> None:
    agreeing.at("09:40").do(Close())
    assert list(marks(agreeing).values()) == ["done", "done", "carried", "carried", "carried"]
    shown = view(agreeing)
    assert (shown.card, shown.left, shown.until) == (None, "", "")


def test_a_row_has_its_minutes_and_only_the_times_that_help(agreeing: Sitting) -> None:
    agreeing.do(Extend(minutes=8))
    rows = [(r.title, r.minutes, r.begins, r.until, r.is_break) for r in view(agreeing).plan]
    assert rows == [
        ("Arriving", 20, "", "", False),
        ("How we want to be", 38, "", "09:58", False),
        ("Slack", 5, "09:58", "", False),
        ("Tea", 10, "09:58", "", True),
        ("Closing", 25, "10:08", "", False),
    ]


def test_clock_times_cross_midnight_and_the_change_of_clocks(
    open_parts: Callable[..., Sitting],
) -> None:
    parts = [
        Segment(id=str(n), title=str(n), kind="practice", minutes=m)
        for n, m in enumerate((45, 60, 60))
    ]
    night = open_parts(
        *parts,
        start=dt.time(23, 30),
        date=dt.date(2024, 3, 9),
        timezone="America/Los_Angeles",
    ).next()
    assert [row.begins for row in view(night).plan] == ["", "00:15", "01:15"]
    assert view(night.later(minutes=105).begin("2")).until == "03:15"
    assert view(night).clock == "01:15"


# The card


def test_the_card_holds_what_the_agenda_says(agreeing: Sitting) -> None:
    assert card_of(agreeing) == Card(
        segment="agree",
        title="How we want to be",
        kind="agreements",
        purpose="Agreements that hold.",
        say=("Before we talk, we agree.", "What helps you stay?"),
        posts=(
            Post(text="What helps you stay?", copied=False, is_next=True),
            Post(text="We are back at 09:50.", copied=False, is_next=False),
        ),
        listen_for="Short sentences.",
        ask=("7 min: One?", "5 min: Two?"),
        stay="Stay here.",
        tech="Keep the chat open.",
        access="Read the chat aloud.",
        notes=("Slow down here.", "Watch the chat."),
        if_heavy="Name it.",
        if_short="Two agreements.",
        if_quiet="Write first.",
    )


def test_a_part_without_words_has_an_empty_card(running: Sitting) -> None:
    found = card_of(running)
    assert (found.say, found.posts, found.ask, found.stay, found.notes) == ((), (), (), "", ())


def test_names_of_people_are_on_no_screen(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    assert "NAME-OF-THE" in contents(agreeing.agenda)
    assert "NAME-OF-THE" not in contents(view(agreeing))


def test_the_card_stays_as_it_is_while_time_goes_by(agreeing: Sitting) -> None:
    before = card_of(agreeing)
    agreeing.write("One mic")
    assert card_of(agreeing.at("09:24:59")) == before
    assert card_of(agreeing.do(ReadBack(number=1))) == before
    assert view(agreeing).left != view(agreeing.at("09:30")).left


def test_a_time_in_a_post_changes_by_the_minute(agreeing: Sitting) -> None:
    agreeing.at("09:57:01")
    before = card_of(agreeing)
    assert card_of(agreeing.at("09:58")) == before
    assert [post.text for post in card_of(agreeing.at("09:58:01")).posts] == [
        "What helps you stay?",
        "We are back at 09:59.",
    ]


def test_a_copied_post_makes_the_following_one_next(agreeing: Sitting) -> None:
    agreeing.do(MarkPostCopied(post=0))
    assert [(p.copied, p.is_next) for p in card_of(agreeing).posts] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("one\ntwo", ("one two",)),
        ("one\n\ntwo", ("one", "two")),
        ("one\n\n\n\n  two  three\n", ("one", "two three")),
        ("\n\n", ()),
    ],
)
def test_a_blank_line_parts_paragraphs_and_a_newline_is_a_space(
    text: str, parts: tuple[str, ...]
) -> None:
    assert paragraphs(text) == parts


# The time that is left


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("09:25", "about 25 min left"),
        ("09:40", "about 10 min left, may close"),
        ("09:47", "about 3 min left"),
        ("09:50", "its time is up"),
        ("09:53", "3 min past its time"),
    ],
)
def test_the_time_that_is_left_is_said_in_words(at: str, words: str, agreeing: Sitting) -> None:
    assert left_line(agreeing.state, agreeing.at(at).now) == words


def test_a_pause_is_said_instead_and_is_never_called_late(agreeing: Sitting) -> None:
    agreeing.at("09:25").do(StartPause(kind="care")).at("10:25")
    assert left_line(agreeing.state, agreeing.now) == "paused for care, 60 min"
    assert view(agreeing).left == "paused for care, 60 min"


def test_before_the_start_nothing_is_left(sitting: Sitting) -> None:
    assert left_line(sitting.state, sitting.now) == ""


# What was made


def test_lines_of_this_part_are_shown_oldest_first(agreeing: Sitting) -> None:
    agreeing.write("One mic <- the elders")
    agreeing.write("l: it was quiet")
    agreeing.do(ReadBack(number=1))
    assert view(agreeing).made == (
        Line(
            number=1,
            name="A1",
            state="proposed",
            text="One mic",
            lineage="the elders",
            more="",
            keeps="cohort",
        ),
        Line(
            number=2,
            name="L2",
            state="noted",
            text="it was quiet",
            lineage="",
            more="",
            keeps="this sitting only, until closing",
        ),
    )


@pytest.mark.parametrize("command", [Withdraw(number=1), TakeBack(), LetGo(number=1)])
def test_lines_that_went_are_not_shown(
    command: Withdraw | TakeBack | LetGo, agreeing: Sitting
) -> None:
    agreeing.write("l: it was quiet")
    assert len(view(agreeing).made) == 1
    assert view(agreeing.do(command)).made == ()


def test_an_undone_line_is_not_shown(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    assert view(agreeing.undo()).made == ()


def test_lines_of_earlier_parts_stand_above_those_of_this_one(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    agreeing.at("09:51").next().write("q: who?")
    assert [line.number for line in view(agreeing).made] == [1, 2]
    run = agreeing.at("09:55").state.run
    agreeing.do(Return(segment="agree", seen=run.segment if run else None))
    assert [line.number for line in view(agreeing).made] == [2, 1]


def test_a_line_of_the_room_is_shown_and_is_nowhere_else(agreeing: Sitting) -> None:
    notes = (RoomNote(segment="agree", text="held"),)
    agreeing.write("One mic")
    before = agreeing.state
    made = view(agreeing, *notes).made
    assert made == made_here(agreeing.state, notes)
    assert [(line.number, line.text) for line in made] == [(1, "One mic"), (None, "held")]
    assert (made[1].state, made[1].keeps) == ("", ROOM_WORDS)
    assert "not saved" in ROOM_WORDS
    assert agreeing.state is before
    assert "held" not in contents((agreeing.state, agreeing.history))


def test_however_many_lines_the_room_holds_they_take_one_row(agreeing: Sitting) -> None:
    notes = (RoomNote(segment="arrive", text="then"), RoomNote(segment="agree", text="held"))
    (row,) = view(agreeing, *notes).made
    assert (row.number, row.text) == (None, "2 lines held here")
