"""What holds of the lines of a group, whatever is done with them and in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.histories import line_histories
from tests.laws.wishes import CONSENT_WISHES, LINE_WISHES, Table

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import NewLine
from facilitate.core.captures import Attribution, Entry
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.commands import Command, Next, StartPause, Undo, confirmed
from facilitate.core.done_words import done_words
from facilitate.core.entry_commands import AdoptLine, Capture, Lower, PutToTest, ReadBack
from facilitate.core.entry_events import (
    EntryAdopted,
    EntryAttributed,
    EntryTested,
    VotesTaken,
)
from facilitate.core.events import Recorded
from facilitate.core.fold import is_undoable, replay
from facilitate.core.line_meaning import command_of, line_of
from facilitate.core.lines_view import line_view, typing
from facilitate.core.lives import LIVES, following
from facilitate.core.refusal import NeedsAsking
from facilitate.core.sources import sources
from facilitate.core.tally import SCALES
from facilitate.core.undo import told

AGENDA = Agenda(
    id="circle",
    title="Circle",
    start=dt.time(9),
    timezone="America/New_York",
    minutes=30,
    place="online",
    segments=(Segment(id="agree", title="Agree", kind="agreements", minutes=30),),
)
CARRIED = Inherited(
    lines=(
        CarriedLine(
            sitting="old",
            number=1,
            kind="agreement",
            ring="cohort",
            state="in force",
            text="a",
            adopted_round=2,
        ),
        CarriedLine(
            sitting="old", number=2, kind="question", ring="team", state="parked", text="q?"
        ),
        CarriedLine(
            sitting="old", number=3, kind="term", ring="cohort", state="shared", text="t = m"
        ),
    ),
    highest=3,
)
CONSENT = st.lists(st.tuples(CONSENT_WISHES, st.just("lead")), min_size=4, max_size=12)
WISHES = st.lists(
    st.tuples(LINE_WISHES, st.sampled_from(["lead", "co"])), min_size=6, max_size=24
)


FIST = SCALES["fist"]
MADE = (
    Capture(line=NewLine(kind="agreement", text="one mic")),
    Capture(line=NewLine(kind="agreement", text="stories stay")),
    Capture(line=NewLine(kind="agreement", text="we begin on time")),
    Capture(line=NewLine(kind="example", text="the pier froze")),
    *(ReadBack(number=number) for number in (4, 5, 6)),
    PutToTest(number=5, scale=FIST),
    AdoptLine(number=5, confirmed=True),
    PutToTest(number=4, scale=FIST),
)
"""A4 is put to the test, A5 in force, A6 proposed, E7 noted."""


def opened() -> Table:
    """In the first part, after a pause for care, with three lines carried.

    Four lines were made here, and some of them were agreed on.
    """
    table = Table(AGENDA)
    table.state = replace(table.state, inherited=CARRIED)
    for command in (Next(seen=None), StartPause(kind="care"), *MADE):
        assert table.ask(command, "lead")
    return table


def done(table: Table, wishes: list[tuple[Command, str]]) -> Iterator[tuple[Command, Table]]:
    """Each wish that was done, with the table as it stood before."""
    for command, by in wishes:
        table.pass_by(0.1)
        before = table.fork()
        if table.ask(command, by):
            yield command, before


def seen(table: Table) -> dict[str, Entry]:
    """Every line that can be seen, carried ones too."""
    numbers = range(1, table.state.next_number)
    return {e.id: e for number in numbers if (e := table.state.entry(number))}


@given(WISHES)
def test_a_line_goes_on_only_as_its_life_is_drawn(wishes: list[tuple[Command, str]]) -> None:
    table = opened()
    for command, before in done(table, wishes):
        if isinstance(command, Undo):
            continue
        for entry in table.state.entries.values():
            was = before.state.entries.get(entry.id) or seen(before).get(entry.id)
            if was is not None and was.state != entry.state:
                assert entry.state in following(was), command
    for entry in table.state.entries.values():
        assert entry.state in LIVES[entry.kind]


@given(WISHES | CONSENT)
def test_what_is_in_force_or_tested_is_the_exact_words(
    wishes: list[tuple[Command, str]],
) -> None:
    table = opened()
    for _ in done(table, wishes):
        for entry in table.state.entries.values():
            held = {version.id for version in entry.wordings}
            if entry.state == "in force":
                assert entry.adopted is not None or entry.carried_from
                assert not entry.adopted or held <= set(entry.adopted.versions)
            if entry.state == "tested":
                assert held <= set(entry.rounds[-1].versions)
    assert_rounds_are_numbered(table)


def assert_rounds_are_numbered(table: Table) -> None:
    for entry in table.state.entries.values():
        number = 0
        for asked in entry.rounds:
            number += 1
            assert asked.number == number
            number = 0 if asked.adopted else number


@given(WISHES | CONSENT)
def test_nothing_is_adopted_that_was_not_asked_about(wishes: list[tuple[Command, str]]) -> None:
    table = opened()
    for _ in done(table, wishes):
        pass
    asked = set()
    for recorded in table.state.history:
        event = recorded.event
        if isinstance(event, EntryTested):
            asked.add((event.entry, event.round))
        if isinstance(event, EntryAdopted):
            assert (event.entry, event.round) in asked


@given(WISHES)
def test_a_question_is_answered_by_the_same_wish(wishes: list[tuple[Command, str]]) -> None:
    table = opened()
    for command, by in wishes:
        table.ask(command, by)
        if table.refusals and isinstance(table.refusals.pop(), NeedsAsking):
            assert table.ask(confirmed(command), by)


@given(WISHES)
def test_no_name_is_written_but_with_a_yes_that_leaves_the_room(
    wishes: list[tuple[Command, str]],
) -> None:
    table = opened()
    for _ in done(table, wishes):
        for entry in table.state.entries.values():
            said: Attribution | None = entry.attribution
            assert said is None or entry.ring != "sitting"
            assert said is None or not said.is_pending or said.text is None
    for recorded in table.state.history:
        if isinstance(recorded.event, EntryAttributed):
            assert recorded.event.scope != "sitting"


@given(WISHES)
def test_what_is_done_with_lines_can_be_undone_and_is_told(
    wishes: list[tuple[Command, str]],
) -> None:
    table = opened()
    for command, before in done(table, wishes):
        new = table.state.history[len(before.state.history) :]
        steps = [recorded for recorded in new if is_undoable(recorded)]
        assert isinstance(done_words(before.state, table.state), str)
        assert all(told(table.state, recorded) for recorded in new)
        if isinstance(command, Undo) or (isinstance(command, Lower) and command.ring == "room"):
            continue
        again = table.fork()
        for recorded in reversed(steps):
            assert again.ask(Undo(), recorded.by)
        assert seen(again) == seen(before)


@given(WISHES)
def test_a_number_is_given_once(wishes: list[tuple[Command, str]]) -> None:
    table = opened()
    said: dict[int, str] = {line.number: line.id for line in CARRIED.lines}
    for _ in done(table, wishes):
        for entry in table.state.entries.values():
            assert said.setdefault(entry.number, entry.id) == entry.id


@given(WISHES, st.text(max_size=8) | st.sampled_from(["9/3/2", "*1 x", "&2", "5x9 4x3 2", "="]))
def test_whatever_is_typed_asks_for_something(
    wishes: list[tuple[Command, str]], text: str
) -> None:
    table = opened()
    for _ in done(table, wishes):
        pass
    assert line_of(table.state, text)
    assert command_of(table.state, text)
    assert typing(table.state, text).label
    shown = [source for source in sources(table.state) if source.origin == "carried"]
    assert len(shown) <= len(CARRIED.lines)


# Any history at all


@given(line_histories(), st.text(max_size=4))
def test_any_history_of_lines_can_be_folded_and_shown(
    history: list[Recorded], text: str
) -> None:
    state = replay(history, CARRIED)
    for entry in state.entries.values():
        view = line_view(state, entry)
        assert view.name == entry.name
        assert following(entry) == LIVES[entry.kind].get(entry.state, ())
        assert entry.under_test is None or entry.is_shown
        assert entry.version in entry.versions
    typing(state, text)
    command_of(state, text)
    for recorded in state.history:
        told(state, recorded)
        done_words(replay((), CARRIED), replay([recorded], CARRIED))


@given(line_histories())
def test_sums_change_only_the_round_that_they_are_of(history: list[Recorded]) -> None:
    state = replay(history)
    without = replay(r for r in state.history if not isinstance(r.event, VotesTaken))
    for id_, entry in state.entries.items():
        bare = entry._replace(rounds=(), touched=True)
        assert bare == without.entries[id_]._replace(rounds=(), touched=True)
        assert [one._replace(tally=None) for one in entry.rounds] == [
            *without.entries[id_].rounds
        ]
