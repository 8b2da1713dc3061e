from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import pytest
from tests.core.roads import FIST, brought_to, to

from facilitate.core.captures import Detail, Entry, EntryState
from facilitate.core.entry_commands import (
    AdoptLine,
    Attribute,
    Describe,
    Keep,
    LetGo,
    Lower,
    MoveTo,
    PutToTest,
    Raise,
    ReadBack,
    Withdraw,
)
from facilitate.core.entry_events import (
    EntryAdded,
    EntryAdopted,
    EntryChange,
    EntryLowered,
    EntryMoved,
    EntryRaised,
    EntryReworded,
    WordsKeptApart,
)
from facilitate.core.entry_fold import _CHANGES
from facilitate.core.fold import replay
from facilitate.core.travelling import travelling

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

Wish = Callable[["Sitting"], object]


def line(sitting: Sitting) -> Entry:
    return next(iter(sitting.state.entries.values()))


def both(one: Sitting, other: Sitting) -> Entry:
    """Line 1 after what two did who did not see each other, in whatever order it arrives."""
    histories = (one.history, other.history)
    first, second = (
        replay(itertools.chain(*order)) for order in (histories, reversed(histories))
    )
    assert first == second
    return next(iter(first.entries.values()))


def apart(sitting: Sitting, ours: Wish, theirs: Wish) -> tuple[Entry, Entry]:
    """What becomes of line 1 when ours comes first, and when theirs does."""
    found = []
    for first, second in ((1, 2), (2, 1)):
        lead, co = sitting.fork(by="lead"), sitting.fork(by="co")
        ours(lead.later(seconds=first))
        theirs(co.later(seconds=second))
        found.append(both(lead, co))
    return found[0], found[1]


def test_every_change_is_folded() -> None:
    assert set(_CHANGES) == set(get_args(EntryChange))


def test_a_line_is_touched_by_whatever_happens_to_it(running: Sitting) -> None:
    running.write("a: One mic")
    assert line(running).touched


def test_of_what_was_told_under_a_name_only_the_latest_is_kept(running: Sitting) -> None:
    entry = running.write("a: One mic")
    for text in ("here", "in the rooms"):
        running.do(Describe(number=1, name="scope", text=text))
    latest = running.history[-1].id
    assert line(running).details == ((latest, Detail(name="scope", text="in the rooms")),)
    running.do(Describe(number=1, name="scope", text=""))
    assert running.state.entries[entry].details == ()


# What two people do at once


def test_the_narrower_of_two_rings_holds(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(Raise(number=1, ring="public"))
    for entry in apart(
        running,
        lambda lead: lead.do(Lower(number=1, ring="sitting")),
        lambda co: co.do(Lower(number=1, ring="team")),
    ):
        assert entry.ring == "sitting"


def test_what_was_lowered_further_travels_no_more(running: Sitting) -> None:
    entry = running.write("a: One mic")
    running.record(EntryLowered(entry=entry, number=1, ring="sitting"))
    assert travelling(running.history)[entry] == {}
    running.record(EntryLowered(entry=entry, number=1, ring="team"))
    running.record(EntryReworded(entry=entry, text="One voice"))
    assert travelling(running.history)[entry] == {}
    running.do(Keep(number=1))
    kept = travelling(running.history)[entry]
    assert [wording.text for wording in kept.values()] == ["One voice"]


def test_who_keeps_a_line_keeps_it_from_being_let_go_whole(running: Sitting) -> None:
    running.write("l: it was quiet")
    kept_last, let_go_last = apart(
        running,
        lambda lead: lead.do(LetGo(number=1)),
        lambda co: co.do(Keep(number=1)),
    )
    assert (kept_last.is_shown, kept_last.state) == (True, "checked")
    assert (let_go_last.is_shown, let_go_last.ring) == (False, "cohort")


def test_a_practice_that_is_raised_after_all_begins_anew(running: Sitting) -> None:
    entry = running.write("p: a walk before we speak")
    running.do(MoveTo(number=1, state="open")).do(LetGo(number=1))
    running.record(EntryRaised(entry=entry, ring="team", text="a walk before we speak"))
    assert (line(running).is_shown, line(running).state) == (True, "named")


def test_what_was_taken_back_to_the_room_stays_there(running: Sitting) -> None:
    running.write("a: One mic")
    for entry in apart(
        running,
        lambda lead: lead.do(Lower(number=1, ring="room")),
        lambda co: co.do(Raise(number=1, ring="team")),
    ):
        assert not entry.is_shown


def test_a_line_that_two_merge_into_each_other_can_be_revived(running: Sitting) -> None:
    brought_to(running, "agreement", "heard")
    entry = apart(
        running,
        lambda lead: lead.do(MoveTo(number=1, state="merged", into=2)),
        lambda co: co.do(MoveTo(number=2, state="merged", into=1)),
    )[0]
    assert (entry.state, entry.is_shown) == ("merged", True)


@pytest.mark.parametrize("command", [Withdraw(number=1), LetGo(number=1)])
def test_what_is_gone_stays_gone_whatever_others_do_with_it(
    command: Withdraw | LetGo, running: Sitting
) -> None:
    running.write("a: One mic")
    for entry in apart(
        running,
        lambda lead: lead.do(command),
        lambda co: co.do(ReadBack(number=1)).do(PutToTest(number=1, scale=FIST)),
    ):
        assert not entry.is_shown
        assert entry.under_test is None


def test_a_small_fix_beside_other_words_is_of_the_words_it_was_made_from(
    running: Sitting,
) -> None:
    brought_to(running, "agreement", "tested")
    running.do(AdoptLine(number=1, confirmed=True))
    for entry in apart(
        running,
        lambda lead: lead.write("*1 One thing!"),
        lambda co: co.write("*1 Quite another thing"),
    ):
        assert entry.state == "amending"
        assert entry.adopted is not None
        held = {v.text for v in entry.versions if v.id in entry.adopted.versions}
        assert held == {"one thing", "One thing!"}


# Whose words


@pytest.mark.parametrize(("origin", "then"), [("offered", "adapted"), ("ours", "ours")])
def test_words_from_elsewhere_are_adapted_once_they_mean_something_else(
    origin: str, then: str, running: Sitting
) -> None:
    entry = running.record(
        EntryAdded(
            number=1,
            kind="agreement",
            ring="cohort",
            segment=None,
            text="One mic",
            origin=origin,  # type: ignore[arg-type]
        )
    )
    running.write("*1 One mic.")
    assert running.state.entries[entry].origin == origin
    running.write("*1 One voice")
    assert running.state.entries[entry].origin == then


# Words that are kept apart


def test_a_line_whose_words_are_not_at_hand_keeps_its_round_when_it_is_raised(
    running: Sitting,
) -> None:
    entry = running.record(
        EntryAdded(number=1, kind="agreement", ring="sitting", segment=None, text=None)
    )
    running.do(ReadBack(number=1)).do(PutToTest(number=1, scale=FIST))
    running.record(EntryRaised(entry=entry, ring="cohort", text="One mic"))
    assert line(running).under_test is not None
    assert line(running).text == "One mic"


def test_marks_come_with_the_words_and_a_later_look_stays(running: Sitting) -> None:
    entry = running.write("l: it was quiet #policy >next")
    marks = line(running).marks
    running.record(WordsKeptApart(entry=entry, of=entry, text="it was still"))
    assert line(running).marks == marks
    running.record(WordsKeptApart(entry=entry, of=entry, text="still", marks=None))
    assert line(running).text == "still"


# What nobody would ask for


@pytest.mark.parametrize("state", get_args(EntryState))
def test_a_move_that_no_life_has_is_as_if_it_had_not_been(
    state: EntryState, running: Sitting
) -> None:
    entry = running.write("q: who holds us?")
    running.record(EntryMoved(entry=entry, state=state))
    drawn = state in ("parked", "answered", "handed on", "let go")
    assert line(running).state == (state if drawn else "open")


def test_what_a_deed_leads_to_is_reached_by_no_move(running: Sitting) -> None:
    entry = brought_to(running, "agreement", "tested")
    running.record(EntryMoved(entry=entry.id, state="in force"))
    assert line(running).state == "tested"


@pytest.mark.parametrize("moves_last", [True, False])
def test_of_two_moves_the_later_holds_where_it_is_still_possible(
    moves_last: bool, running: Sitting
) -> None:
    brought_to(running, "agreement", "open")
    co = running.fork(by="co")
    running.later(seconds=2 if moves_last else 1).do(to("proposed"))
    co.later(seconds=1 if moves_last else 2).do(to("set aside"))
    assert both(running, co).state == "set aside"


@pytest.mark.parametrize("state", ["heard", "proposed"])
def test_an_adoption_that_nobody_asked_about_holds_for_nothing(
    state: EntryState, running: Sitting
) -> None:
    entry = brought_to(running, "agreement", state)
    running.record(EntryAdopted(entry=entry.id, version=entry.id, round=3, on=running.date))
    assert (line(running).state, line(running).adopted) == (state, None)


def test_a_test_of_words_whose_reading_back_was_undone_goes_on(running: Sitting) -> None:
    brought_to(running, "agreement", "proposed")
    running.do(PutToTest(number=1, scale=FIST), by="co").undo()
    assert line(running).under_test is not None


# Words that someone looked at


@pytest.mark.parametrize("command", [Keep(number=1), to("checked")])
def test_other_words_are_looked_at_again(command: Keep | MoveTo, running: Sitting) -> None:
    running.write("l: it was quiet")
    running.do(Keep(number=1))
    running.write("*1 It was quiet.")
    assert line(running).state == "checked"
    running.write("*1 Rosa was quiet")
    assert (line(running).state, line(running).ring) == ("noted", "cohort")
    running.do(command)
    assert (line(running).state, line(running).ring) == ("checked", "cohort")
    assert running.refusal(Keep(number=1)) == "L1 travels with the cohort already."


def test_what_comes_back_to_the_sitting_is_looked_at_again(running: Sitting) -> None:
    running.write("l: it was quiet")
    running.do(Keep(number=1)).do(Lower(number=1, ring="sitting"))
    assert line(running).state == "noted"
    assert line(running.do(Keep(number=1))).state == "checked"


def test_nobody_has_looked_at_words_that_came_at_the_same_time(running: Sitting) -> None:
    running.write("l: it was quiet")
    for entry in apart(
        running,
        lambda lead: lead.do(Keep(number=1)),
        lambda co: co.write("*1 Rosa was quiet"),
    ):
        assert entry.state == "noted"
    running.do(Keep(number=1)).write("*1 All were quiet")
    for entry in apart(
        running,
        lambda lead: lead.do(Keep(number=1)),
        lambda co: co.write("*1 Rosa was quiet"),
    ):
        assert entry.state == "noted"


def test_a_line_says_what_it_is_without_what_people_said(running: Sitting) -> None:
    running.write("a: SECRET")
    running.do(Describe(number=1, name="scope", text="SECRET"))
    running.do(Attribute(number=1, form="name", text="SECRET", scope="cohort"))
    entry = line(running)
    assert "SECRET" not in repr((entry.version, entry.attribution))
