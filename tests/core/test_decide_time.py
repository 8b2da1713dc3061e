from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Breakout, Segment
from facilitate.core.commands import (
    AnswerGap,
    Close,
    CloseRooms,
    Command,
    EndPause,
    MarkBroadcastCopied,
    Next,
    NoteGap,
    OpenDoors,
    OpenRooms,
    Return,
    Skip,
    StartPause,
)
from facilitate.core.decide import decide
from facilitate.core.decide_time import HELD_KEY
from facilitate.core.events import (
    BroadcastCopied,
    DoorsOpened,
    Event,
    RoomsClosed,
    RoomsOpened,
    SegmentStarted,
)

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def decided(sitting: Sitting, command: Command) -> Event:
    (event,) = decide(sitting.state, command, sitting.now, sitting.by)
    return event


def nothing(sitting: Sitting) -> None:
    pass


def doors_open(sitting: Sitting) -> None:
    sitting.do(OpenDoors()).later(minutes=1)


def begun(sitting: Sitting) -> None:
    sitting.at("09:00").next().at("09:05")


def agreeing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").next().at("09:35")


def in_rooms(sitting: Sitting) -> None:
    agreeing(sitting)
    sitting.do(OpenRooms()).at("09:37")


def without_agreeing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(Skip(segment="agree")).at("09:20").next().at("09:21")


NO_ROOMS = "This part has no rooms."
NOT_BEGUN = "Nothing runs yet; Enter starts the first part."
SOMEONE = "Someone moved on already; look again before the next step."

REFUSALS: list[tuple[Callable[[Sitting], None], Command, str]] = [
    (begun, Return(segment="lunch", seen="arrive"), "This day has no part called lunch."),
    (
        begun,
        Return(segment="tea", seen="arrive"),
        "Tea is not over yet; there is nothing to go back to.",
    ),
    (
        begun,
        Return(segment="arrive", seen="arrive"),
        "Arriving is not over yet; there is nothing to go back to.",
    ),
    (
        without_agreeing,
        Return(segment="agree", seen="slack"),
        "How we want to be is not over yet; there is nothing to go back to.",
    ),
    (agreeing, Return(segment="arrive", seen="arrive"), SOMEONE),
    (agreeing, Return(segment="arrive", seen=None), SOMEONE),
    (nothing, Return(segment="arrive", seen=None), NOT_BEGUN),
    (begun, OpenDoors(), "The sitting has begun already."),
    (doors_open, OpenDoors(), "The doors are open already."),
    (nothing, OpenRooms(), NOT_BEGUN),
    (nothing, CloseRooms(), NOT_BEGUN),
    (nothing, MarkBroadcastCopied(cue="halfway"), NOT_BEGUN),
    (begun, OpenRooms(), NO_ROOMS),
    (begun, CloseRooms(), NO_ROOMS),
    (begun, MarkBroadcastCopied(cue="last_call"), NO_ROOMS),
    (agreeing, CloseRooms(), "No rooms are open."),
    (in_rooms, OpenRooms(), "The rooms are open already; o closes them."),
]


@pytest.mark.parametrize(
    ("before", "command", "words"),
    REFUSALS,
    ids=[f"{before.__name__}: {command}" for before, command, _ in REFUSALS],
)
def test_what_cannot_be_done_now_is_said_in_a_sentence(
    before: Callable[[Sitting], None], command: Command, words: str, sitting: Sitting
) -> None:
    before(sitting)
    assert sitting.refusal(command) == words


# Moving on at an earlier minute


def test_d14_a_step_can_be_said_afterwards(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").next().at("09:16")
    earlier = timing.instant("09:14")
    started = SegmentStarted(segment="teach", from_="agree", at=earlier)
    assert decided(timing, Next(seen="agree", at=earlier)) == started
    timing.do(Next(seen="agree", at=earlier))
    assert timing.span("agree") == "09:10-09:14"
    assert (timing.used, timing.due, timing.drift) == (2, "09:44", -6)


def test_the_start_can_be_said_afterwards(sitting: Sitting) -> None:
    sitting.at("09:06").do(Next(seen=None, at=sitting.instant("09:02")))
    assert sitting.span("arrive") == "09:02-09:22"


def test_a_minute_to_come_is_not_said(running: Sitting) -> None:
    running.at("09:20")
    ahead = Next(seen="arrive", at=running.instant("09:21"))
    assert running.refusal(ahead) == "That minute is still to come."
    assert running.do(Next(seen="arrive", at=running.now)).running == "agree"


@pytest.mark.parametrize(
    ("paused", "went_on", "last"),
    [(None, None, "09:20"), ("09:25", None, "09:25"), ("09:25", "09:27", "09:27")],
)
def test_a_minute_before_the_last_thing_that_happened_is_refused(
    paused: str | None, went_on: str | None, last: str, running: Sitting
) -> None:
    running.at("09:20").next()
    if paused:
        running.at(paused).do(StartPause(kind="tech"))
    if went_on:
        running.at(went_on).do(EndPause())
    boundary = running.instant(last)
    running.at("09:30")
    early = Next(seen="agree", at=boundary - dt.timedelta(seconds=1))
    words = f"Something else happened at {last}; say a minute after that."
    assert running.refusal(early) == words
    assert running.do(Next(seen="agree", at=boundary)).running == "slack"
    assert running.clock(running.state.runs[-1].start) == last


def test_a_step_said_afterwards_passes_over_what_was_used_up_then(running: Sitting) -> None:
    running.at("09:20").next().at("09:57")
    early = running.fork().do(Next(seen="agree", at=running.instant("09:54")))
    after = running.fork().do(Next(seen="agree", at=running.instant("09:55")))
    assert (early.running, after.running) == ("slack", "tea")


def test_a_step_said_afterwards_is_held_apart_from_a_held_key(running: Sitting) -> None:
    running.at("09:20").next().later(milliseconds=399)
    again = Next(seen="agree", at=running.now)
    assert "Just moved on" in running.refusal(again)
    assert dt.timedelta(milliseconds=400) == HELD_KEY


# Before people are back from a break


@pytest.fixture
def drinking(running: Sitting) -> Sitting:
    """On a break since 09:55:30; people were told 10:06."""
    running.at("09:55:30").begin("tea")
    return running


def test_an_early_end_of_a_break_is_asked_about(drinking: Sitting) -> None:
    drinking.at("10:03")
    words = "People were told 10:06. Begin Closing before that?"
    assert drinking.question(Next(seen="tea")) == words
    assert drinking.running == "tea"
    drinking.do(Next(seen="tea", confirmed=True))
    assert drinking.span("close") == "10:03-10:28"


@pytest.mark.parametrize(("at", "asks"), [("10:05:59", True), ("10:06", False)])
def test_from_the_time_people_were_told_nothing_is_asked(
    at: str, asks: bool, drinking: Sitting
) -> None:
    drinking.at(at)
    if asks:
        assert drinking.question(Next(seen="tea"))
    else:
        assert drinking.next().running == "close"


def test_a_step_said_afterwards_is_asked_about_by_its_own_minute(drinking: Sitting) -> None:
    drinking.at("10:10")
    early = Next(seen="tea", at=drinking.instant("10:03"))
    assert drinking.question(early).startswith("People were told 10:06.")
    assert drinking.do(Next(seen="tea", at=drinking.instant("10:07"))).running == "close"


def test_a_stale_step_is_refused_and_not_asked_about(drinking: Sitting) -> None:
    assert drinking.refusal(Next(seen="agree")) == SOMEONE


def test_d33_the_time_people_were_told_holds_what_follows(timing: Sitting) -> None:
    timing.at("10:21").begin("break")
    assert timing.clock(timing.projection.back_at) == "10:31"
    assert timing.span("rooms2") == "10:31-11:01"
    assert timing.at("10:25").span("rooms2") == "10:31-11:01"


# Going back


def test_what_runs_is_interrupted_to_go_back(running: Sitting) -> None:
    running.at("09:20").next().at("09:35")
    back = SegmentStarted(segment="arrive", from_="agree", at=running.now, leaves="interrupted")
    assert decided(running, Return(segment="arrive", seen="agree")) == back
    running.do(Return(segment="arrive", seen="agree"))
    assert running.projection.following == running.state.part("agree")


def test_d15_what_was_interrupted_goes_on_with_what_it_had_left(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").next().at("09:20").next().at("09:35")
    timing.do(Return(segment="agree", seen="teach"))
    assert timing.drift == 0
    timing.at("09:39").next()
    assert (timing.running, timing.used, timing.remaining) == ("teach", 15, 15)
    assert (timing.due, timing.drift) == ("09:54", 4)


def test_what_was_interrupted_can_itself_be_gone_back_to(timing: Sitting) -> None:
    timing.at("09:00").next().at("09:10").next().at("09:12").next().at("09:14")
    timing.do(Return(segment="ground", seen="teach"))
    timing.do(Return(segment="teach", seen="ground"))
    assert timing.state.interrupted == ("ground",)
    assert timing.running == "teach"


def test_what_was_cut_short_can_be_gone_back_to(running: Sitting) -> None:
    running.at("09:05").do(Skip(segment="arrive")).at("09:10")
    running.do(Return(segment="arrive", seen="agree"))
    assert (running.used, running.remaining) == (5, 15)
    assert running.statuses["agree"] == "interrupted"


def test_going_back_can_be_undone(running: Sitting) -> None:
    before = running.at("09:20").next().at("09:35").state
    assert running.do(Return(segment="arrive", seen="agree")).undo().state == before


# Doors and rooms


def test_the_doors_are_opened_before_the_start(sitting: Sitting) -> None:
    assert decided(sitting, OpenDoors()) == DoorsOpened(at=sitting.now)
    opened = sitting.now
    assert sitting.do(OpenDoors()).state.doors_at == opened
    assert sitting.later(minutes=1).undo().state.doors_at is None


def test_of_two_people_who_open_the_doors_the_first_counts(sitting: Sitting) -> None:
    opened = sitting.now
    sitting.do(OpenDoors()).later(seconds=1).record(DoorsOpened(at=sitting.now), by="co")
    assert sitting.state.doors_at == opened


def test_rooms_are_opened_and_closed_now(sitting: Sitting) -> None:
    agreeing(sitting)
    assert decided(sitting, OpenRooms()) == RoomsOpened(segment="agree", at=sitting.now)
    sitting.do(OpenRooms()).at("09:45")
    assert decided(sitting, CloseRooms()) == RoomsClosed(segment="agree", at=sitting.now)
    sitting.do(CloseRooms())
    (rooms,) = sitting.state.rooms
    assert (sitting.clock(rooms.opened), sitting.clock(rooms.closed)) == ("09:35", "09:45")


def test_rooms_can_be_opened_again(sitting: Sitting) -> None:
    in_rooms(sitting)
    sitting.do(CloseRooms()).at("09:40").do(OpenRooms())
    assert len(sitting.state.rooms) == 2
    assert sitting.state.open_rooms is sitting.state.rooms[-1]


@pytest.mark.parametrize("ends", [Next(seen="agree"), Close()], ids=repr)
def test_rooms_close_with_their_part(ends: Command, sitting: Sitting) -> None:
    in_rooms(sitting)
    sitting.do(ends)
    assert sitting.state.open_rooms is None
    assert sitting.state.rooms[-1].closed == sitting.now


def test_rooms_of_a_part_that_does_not_run_do_not_open(sitting: Sitting) -> None:
    agreeing(sitting)
    before = sitting.state
    sitting.record(RoomsOpened(segment="tea", at=sitting.now), by="co")
    assert sitting.state == before


def test_rooms_do_not_open_before_their_part_began(sitting: Sitting) -> None:
    agreeing(sitting)
    sitting.record(RoomsOpened(segment="agree", at=sitting.instant("09:10")))
    assert sitting.clock(sitting.state.rooms[0].opened) == "09:20"


def test_of_two_people_who_open_the_rooms_the_first_counts(sitting: Sitting) -> None:
    in_rooms(sitting)
    before = sitting.state
    sitting.record(RoomsOpened(segment="agree", at=sitting.now), by="co")
    sitting.record(RoomsClosed(segment="arrive", at=sitting.now), by="co")
    assert sitting.state == before


def test_what_is_said_to_all_rooms_is_remembered_by_moment(sitting: Sitting) -> None:
    in_rooms(sitting)
    copied = BroadcastCopied(segment="agree", cue="halfway")
    assert decided(sitting, MarkBroadcastCopied(cue="halfway")) == copied
    sitting.do(MarkBroadcastCopied(cue="halfway")).do(MarkBroadcastCopied(cue="last_call"))
    assert sitting.state.broadcasts == {("agree", "halfway"), ("agree", "last_call")}


# Gaps


def test_after_a_gap_an_interrupted_part_is_what_was_moved_on_to(running: Sitting) -> None:
    running.at("09:20").next().at("09:25").do(Return(segment="arrive", seen="agree"))
    running.at("09:40").do(NoteGap(since=running.instant("09:26")))
    running.do(AnswerGap(answer="moved on", at=running.instant("09:30")))
    assert (running.running, running.used) == ("agree", 15)
    assert running.state.interrupted == ()


SINCE = "Something else happened at {}; say a minute after that."


def test_nobody_moved_on_before_the_rooms_were_opened_or_closed(
    open_parts: Callable[..., Sitting],
) -> None:
    rooms = Breakout(stay="Stay.")
    threes = Segment(id="threes", title="Threes", kind="breakout", minutes=30, breakout=rooms)
    close = Segment(id="close", title="Closing", kind="closing", minutes=60)
    sitting = open_parts(threes, close).at("09:00").next()
    sitting.at("09:05").do(OpenRooms()).at("09:20")
    early = Next(seen="threes", at=sitting.instant("09:04"))
    assert sitting.refusal(early) == SINCE.format("09:05")
    sitting.do(CloseRooms()).at("09:25")
    early = Next(seen="threes", at=sitting.instant("09:19"))
    assert sitting.refusal(early) == SINCE.format("09:20")
