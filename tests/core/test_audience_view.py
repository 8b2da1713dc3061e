"""What the group's own window gets: what everyone was told, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from facilitate.core.agenda import Breakout, Round, Segment
from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.core.audience_view import audience_view, without_new
from facilitate.core.captures import EntryState
from facilitate.core.commands import (
    Close,
    CloseRooms,
    EndPause,
    Extend,
    MarkPostCopied,
    OpenDoors,
    OpenRooms,
    StartPause,
)
from facilitate.core.entry_commands import (
    AdoptLine,
    CallSmall,
    Keep,
    LetGo,
    Lower,
    MoveTo,
    PutToTest,
    Raise,
    ReadBack,
    TakeBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import (
    EntryMoved,
    EntryReadBack,
    EntryReworded,
    EntryTakenUp,
    EntryTested,
)
from facilitate.core.events import Recorded, Undone
from facilitate.core.tally import SCALES, Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

ROOMS = Segment(
    id="rooms",
    title="In threes",
    kind="breakout",
    minutes=30,
    chat=("1) One? 2) Two?", "Bring one word back."),
    breakout=Breakout(
        opening=2,
        between=1,
        closing=2,
        rounds=(Round(minutes=10, ask="One?"), Round(minutes=10, ask="Two?")),
    ),
)
TALK = Segment(
    id="talk",
    title="Talk",
    kind="dialogue",
    minutes=20,
    chat=("Think of a place.", "Write until {back_at}; we end at {ends_at}."),
)


def seen(sitting: Sitting) -> AudienceView:
    view = audience_view(sitting.state, sitting.now)
    assert view is not None
    return view


def texts(sitting: Sitting) -> list[str]:
    view = seen(sitting)
    return [line.text for line in (*view.agreements, *view.terms)]


@pytest.fixture
def agreeing(running: Sitting) -> Sitting:
    """In the part that makes agreements, on time."""
    return running.at("09:20").next()


# Where we are


def test_there_is_nothing_to_show_before_anything_happened_nor_after_the_close(
    running: Sitting, open_sitting: Callable[..., Sitting]
) -> None:
    unopened = replace(running.state, agenda=None)
    looked_at = replace(running.state, history=())
    assert audience_view(unopened, running.now) is None
    assert audience_view(looked_at, running.now) is None
    rehearsed = open_sitting(rehearsal=True).next()
    assert audience_view(rehearsed.state, rehearsed.now) is None
    running.do(Close())
    assert audience_view(running.state, running.now) is None


def test_before_the_start_there_is_the_title_alone(sitting: Sitting) -> None:
    assert seen(sitting.do(OpenDoors())) == AudienceView(title="Day one")


def test_it_names_what_is_now_and_in_a_break_when_people_are_back(agreeing: Sitting) -> None:
    assert seen(agreeing)[:3] == ("Day one", "How we want to be", "")
    agreeing.at("09:57:20").begin("tea")
    assert seen(agreeing)[:3] == ("Day one", "Tea", "10:08")
    assert seen(agreeing.do(Extend(minutes=5))).back_at == "10:13"


def test_a_sitting_without_a_subtitle_is_called_by_its_title(
    open_parts: Callable[..., Sitting],
) -> None:
    assert seen(open_parts(TALK, subtitle="").do(OpenDoors())).title == "Circle"


def test_the_clock_alone_changes_nothing_however_late_it_gets(agreeing: Sitting) -> None:
    agreeing.do(MarkPostCopied(post=1))
    for break_ in (False, True):
        before = seen(agreeing.begin("tea") if break_ else agreeing)
        assert seen(agreeing.later(hours=2)) == before


def test_a_pause_for_care_is_told_to_nobody(agreeing: Sitting) -> None:
    before = seen(agreeing)
    assert seen(agreeing.do(StartPause(kind="care")).later(minutes=9)) == before


# What is asked


def test_nothing_is_asked_before_a_post_goes_out(agreeing: Sitting) -> None:
    agreeing.begin("close")
    assert seen(agreeing).prompt == ""


def test_the_post_that_went_out_last_is_what_is_asked(
    open_parts: Callable[..., Sitting],
) -> None:
    day = open_parts(TALK, replace(TALK, id="more", chat=())).at("09:00").next()
    assert seen(day).prompt == ""
    assert seen(day.do(MarkPostCopied(post=0))).prompt == "Think of a place."
    day.later(minutes=1).do(MarkPostCopied(post=1))
    assert seen(day).prompt == "Write until 09:20; we end at 10:30."
    assert seen(day.do(MarkPostCopied(post=0))).prompt == "Think of a place."
    day.later(minutes=5).next()
    assert seen(day).prompt == ""  # that was the part before


def test_the_times_in_a_post_move_with_what_is_decided_and_not_with_the_clock(
    open_parts: Callable[..., Sitting],
) -> None:
    day = open_parts(TALK, replace(TALK, id="more")).at("09:00").next()
    day.do(MarkPostCopied(post=1))
    assert seen(day.at("10:20")).prompt.startswith("Write until 09:20")
    assert seen(day.do(Extend(minutes=5))).prompt.startswith("Write until 09:25")
    day.do(StartPause(kind="care")).later(minutes=10).do(EndPause())
    assert seen(day).prompt.startswith("Write until 09:25")
    day.do(MarkPostCopied(post=1))
    assert seen(day).prompt.startswith("Write until 10:30")  # as it is pasted now


def test_the_question_of_the_rooms_goes_with_their_round(
    open_parts: Callable[..., Sitting],
) -> None:
    day = open_parts(ROOMS, TALK).at("09:00").next()
    assert seen(day).prompt == "One?"
    day.do(MarkPostCopied(post=0)).do(OpenRooms())
    for clock, asked in (
        ("09:01", "One?"),  # the rooms are opening
        ("09:02", "One?"),
        ("09:12", "Two?"),  # between the rounds: what comes
        ("09:13", "Two?"),
        ("09:23", "1) One? 2) Two?"),  # the rooms come back
        ("09:40", "1) One? 2) Two?"),
    ):
        assert seen(day.at(clock)).prompt == asked, clock
    day.do(CloseRooms()).do(MarkPostCopied(post=1))
    assert seen(day).prompt == "Bring one word back."


def test_rooms_without_rounds_are_asked_by_post(open_parts: Callable[..., Sitting]) -> None:
    day = open_parts(replace(ROOMS, breakout=Breakout()), TALK).at("09:00").next()
    day.do(MarkPostCopied(post=0)).do(OpenRooms())
    assert seen(day).prompt == "1) One? 2) Two?"


# What was made


def test_a_line_is_there_once_it_was_read_back(agreeing: Sitting) -> None:
    agreeing.write("One mic, one speaker <- NAME-OF-AN-ELDER")
    agreeing.write("t: repair = going back")
    agreeing.write("f: window of tolerance")
    assert texts(agreeing) == []
    for number in (1, 2, 3):
        agreeing.do(ReadBack(number=number))
    assert seen(agreeing).agreements == (AudienceLine("A1", "One mic, one speaker"),)
    assert seen(agreeing).terms == (
        AudienceLine("T2", "repair = going back"),
        AudienceLine("F3", "window of tolerance"),
    )


def standing(sitting: Sitting, entry: str, **fields: object) -> Sitting:
    """The line stands otherwise, however it came to that."""
    changed = sitting.state.entries[entry]._replace(**fields)  # type: ignore[arg-type]
    sitting.state = replace(sitting.state, entries={**sitting.state.entries, entry: changed})
    return sitting


@pytest.mark.parametrize("state", get_args(EntryState))
def test_only_what_was_read_back_and_still_holds_is_there(
    agreeing: Sitting, state: EntryState
) -> None:
    entry = agreeing.write("One mic")
    standing(agreeing.do(ReadBack(number=1)), entry, state=state)
    held = {
        "proposed",
        "tested",
        "in force",
        "amending",
        "working",
        "shared",
        "open",
        "revived",
    }
    assert texts(agreeing) == (["One mic"] if state in held else [])


@pytest.mark.parametrize("state", get_args(EntryState))
def test_a_line_that_was_never_read_back_is_shown_to_nobody_wherever_it_stands(
    agreeing: Sitting, state: EntryState
) -> None:
    entry = agreeing.write("One mic")
    agreeing.write("Another one")
    agreeing.do(ReadBack(number=2))
    assert texts(standing(agreeing.fork(), entry, state=state)) == ["Another one"]
    agreeing.record(EntryReadBack(entry=entry))
    agreeing.undo()
    assert texts(standing(agreeing, entry, state=state)) == ["Another one"]


@pytest.mark.parametrize("kind", ["q", "p", "c", "e", "l", "r", "g"])
def test_other_kinds_are_not_for_the_window(agreeing: Sitting, kind: str) -> None:
    agreeing.write(f"{kind}: something")
    assert texts(agreeing) == []


def test_what_belongs_to_the_sitting_alone_is_not_there_even_when_it_was_read_back(
    agreeing: Sitting,
) -> None:
    entry = agreeing.write("One mic")
    agreeing.do(ReadBack(number=1))
    assert texts(standing(agreeing, entry, ring="sitting")) == []


def test_what_is_taken_back_withdrawn_or_undone_is_gone_at_once(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1))
    assert texts(agreeing.fork().do(Withdraw(number=1))) == []
    assert texts(agreeing.fork().undo()) == []
    assert texts(agreeing.fork().do(TakeBack())) == []
    assert texts(agreeing.fork().do(LetGo(number=1))) == []
    assert texts(agreeing) == ["One mic"]


def test_wordings_side_by_side_are_all_there_once_they_were_read_back(
    agreeing: Sitting,
) -> None:
    entry = agreeing.write("One mic")
    agreeing.record(EntryReworded(entry=entry, text="One microphone"), base=(entry,))
    agreeing.record(EntryReworded(entry=entry, text="One voice"), base=(entry,))
    assert texts(agreeing) == []
    agreeing.do(ReadBack(number=1))
    assert seen(agreeing).agreements == (
        AudienceLine("A1", "One microphone"),
        AudienceLine("A1", "One voice"),
    )
    agreeing.record(EntryReworded(entry=entry, text="New"), base=(agreeing.history[-2].id,))
    assert texts(agreeing) == ["One microphone"]


# Which of its words


def asked_about(sitting: Sitting) -> Sitting:
    """Line 1 was put to the test, and counted."""
    sitting.do(PutToTest(number=1, scale=SCALES["fist"]))
    return sitting.do(TakeVotes(tally=Tally(counts=(5, 0, 0, 0, 0, 0), present=5)))


def agreed_to(sitting: Sitting) -> Sitting:
    """Line 1 was adopted in the words it has."""
    return asked_about(sitting).do(AdoptLine(number=1, confirmed=True))


def test_other_words_are_there_once_they_were_tested_and_the_old_ones_until_then(
    agreeing: Sitting,
) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1)).write("*1 One of us speaks")
    assert texts(agreeing) == ["One mic"]
    agreeing.write("*1 One of us at a time")
    assert texts(agreeing) == ["One mic"]
    assert texts(asked_about(agreeing)) == ["One of us at a time"]
    agreeing.write("*1 We speak in turn")
    assert texts(agreeing) == ["One of us at a time"]
    agreeing.undo()
    assert texts(agreeing) == ["One of us at a time"]


def test_what_is_in_force_stays_as_it_was_adopted_while_other_words_are_sought(
    agreeing: Sitting,
) -> None:
    agreeing.write("One mic")
    agreed_to(agreeing.do(ReadBack(number=1))).write("*1 One of us speaks")
    assert agreeing.state.entry(1).state == "amending"  # type: ignore[union-attr]
    assert texts(agreeing) == ["One mic"]
    assert texts(agreed_to(agreeing.fork())) == ["One of us speaks"]
    assert texts(agreeing.do(CallSmall(number=1))) == ["One of us speaks"]


def test_words_that_were_never_heard_are_not_what_a_small_fix_leads_to(
    agreeing: Sitting,
) -> None:
    agreeing.write("one mic")
    agreeing.write("*1 One mic.")  # nobody heard it yet
    assert texts(agreeing) == []
    agreeing.do(ReadBack(number=1)).write("*1 ONE MIC")
    assert texts(agreeing) == ["ONE MIC"]
    agreeing.write("*1 Something else")
    agreeing.write("*1 Something else!")
    assert texts(agreeing) == ["ONE MIC"]


def test_a_line_in_doubt_shows_its_other_words_once_they_are_read_back_again(
    agreeing: Sitting,
) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1)).do(MoveTo(number=1, state="open"))
    agreeing.write("*1 One of us speaks")
    assert texts(agreeing) == ["One mic"]
    assert texts(agreeing.fork().do(ReadBack(number=1))) == ["One of us speaks"]
    assert texts(agreeing.do(MoveTo(number=1, state="proposed"))) == ["One of us speaks"]


def test_a_term_with_other_words_shows_them_once_it_is_shared(agreeing: Sitting) -> None:
    agreeing.write("t: repair = going back")
    agreeing.do(ReadBack(number=1)).write("*1 repair = coming back")
    assert texts(agreeing) == ["repair = going back"]
    assert texts(agreeing.do(MoveTo(number=1, state="shared"))) == ["repair = coming back"]


def test_words_that_a_reading_was_made_in_sight_of_are_the_ones_that_were_heard(
    agreeing: Sitting,
) -> None:
    entry = agreeing.write("One mic")
    agreeing.write("*1 What the reader had not got yet")
    agreeing.record(EntryReadBack(entry=entry), base=(entry,))
    assert texts(agreeing) == ["One mic"]


def test_a_new_wording_that_is_undone_leaves_the_one_that_was_heard_before(
    agreeing: Sitting,
) -> None:
    agreeing.write("One mic")
    reworded = agreeing.do(ReadBack(number=1)).write("*1 One of us speaks")
    asked_about(agreeing).record(Undone(event=reworded))
    assert texts(agreeing) == ["One mic"]


@pytest.mark.parametrize("state", ["in force", "working", "proposed"])
def test_a_carried_line_was_heard_in_the_words_it_comes_with(
    agreeing: Sitting, state: EntryState
) -> None:
    carried = EntryTakenUp(
        sitting="before", number=7, kind="agreement", ring="cohort", state=state, text="Old"
    )
    agreeing.record(carried)
    agreeing.write("*7 New")
    assert texts(agreeing) == ["Old"]


def test_a_carried_line_whose_new_words_nobody_agreed_to_is_not_there(
    agreeing: Sitting,
) -> None:
    carried = EntryTakenUp(
        sitting="before", number=7, kind="agreement", ring="cohort", state="amending", text="?"
    )
    agreeing.record(carried)
    assert texts(agreeing) == []
    assert texts(put_to_them(agreeing, "before:A7")) == ["?"]


def put_to_them(sitting: Sitting, version: str) -> Sitting:
    scale = SCALES["fist"]
    sitting.record(
        EntryTested(
            entry=version, version=version, round=1, method=scale.name,
            labels=scale.labels, keys=scale.keys, hear=scale.hear,
        )
    )  # fmt: skip
    return sitting


def test_a_line_that_was_in_the_sitting_comes_back_in_words_that_were_heard_or_not_at_all(
    agreeing: Sitting,
) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1)).do(Raise(number=1, ring="team"))
    assert texts(agreeing) == ["One mic"]
    agreeing.do(Lower(number=1, ring="sitting"))
    assert texts(agreeing) == []
    assert texts(agreeing.fork().do(Keep(number=1))) == ["One mic"]
    agreeing.write("*1 One of us speaks")
    agreeing.do(Keep(number=1))
    assert texts(agreeing) == []


class Counted(tuple[Recorded, ...]):
    """A history that counts how often somebody goes over it."""

    times = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        Counted.times += 1
        return super().__iter__()


def test_the_history_is_gone_over_as_often_for_many_lines_as_for_one(
    agreeing: Sitting,
) -> None:
    counts = []
    for number in range(1, 31):
        entry = agreeing.write(f"Line {number}")
        agreeing.record(EntryMoved(entry=entry, state="open"))
        counted = replace(agreeing.state, history=Counted(agreeing.history))
        Counted.times = 0
        audience_view(counted, agreeing.now)
        counts.append(Counted.times)
    assert set(counts) == {counts[0]}


# What does not wait


def test_what_goes_need_not_wait_and_what_is_new_must() -> None:
    one, two, new = (
        AudienceLine("A1", "One"),
        AudienceLine("A2", "2"),
        AudienceLine("A1", "I"),
    )
    word = AudienceLine("T3", "repair")
    shown = AudienceView("Day one", "Arriving", "", "Why?", (one, two), (word,))
    allowed = AudienceView("Day one", "Break", "11:15", "", (new, two), ())
    assert without_new(shown, allowed) == shown._replace(agreements=(two,), terms=())
    assert without_new(shown, shown) == shown
    assert without_new(shown, None) is None
    assert without_new(None, allowed) is None


def test_names_notes_and_what_to_say_are_nowhere(agreeing: Sitting) -> None:
    agreeing.write("One mic <- NAME-OF-AN-ELDER", by="co")
    agreeing.do(ReadBack(number=1)).do(MarkPostCopied(post=0))
    agreeing.later(minutes=45)
    words = " ".join([*seen(agreeing)[:4], *texts(agreeing)])
    for hidden in ("NAME", "Slow down", "Before we talk", "later", "min", "co"):
        assert hidden not in words.split()
        assert hidden == "co" or hidden not in words


def test_what_it_says_of_itself_holds_no_words(agreeing: Sitting) -> None:
    agreeing.write("One mic")
    agreeing.do(ReadBack(number=1))
    said = repr(seen(agreeing)) + repr(seen(agreeing).agreements)
    assert said == "<AudienceView 1 agreements, 0 terms>(<AudienceLine A1>,)"


@pytest.mark.parametrize("kind", ["a", "t"])
def test_other_words_may_be_read_back_on_their_own(agreeing: Sitting, kind: str) -> None:
    agreeing.write(f"{kind}: One mic")
    agreeing.do(ReadBack(number=1))
    agreeing.write("*1 One voice at a time")
    assert texts(agreeing) == ["One mic"]
    state = agreeing.state.entry(1)
    agreeing.do(ReadBack(number=1))
    assert texts(agreeing) == ["One voice at a time"]
    assert agreeing.state.entry(1) == state  # it stands where it stood
