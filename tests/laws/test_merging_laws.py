"""What holds where three people write at once: all of them end with the same lines."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.histories import line_histories
from tests.laws.test_lives_laws import CARRIED, opened
from tests.laws.wishes import CONSENT_WISHES, LINE_WISHES, Table

from facilitate.core.commands import Command
from facilitate.core.events import Recorded
from facilitate.core.fold import evolve, folded, replay
from facilitate.core.order import in_order
from facilitate.core.state import SessionState

PEOPLE = ("lead", "co", "tech")
MEETS = st.sampled_from([False, False, False, True])
Deed = tuple[str, Command, str, bool]


def deeds_of(wishes: st.SearchStrategy[Command]) -> st.SearchStrategy[list[Deed]]:
    """Who does what, and whom they hear from afterwards, if they do."""
    deed = st.tuples(st.sampled_from(PEOPLE), wishes, st.sampled_from(PEOPLE), MEETS)
    return st.lists(deed, min_size=4, max_size=12)


def three(deeds: list[Deed]) -> dict[str, Table]:
    """Three tables that begin alike, after each did its own and heard of some of the others."""
    start = opened()
    tables = {who: start.fork() for who in PEOPLE}
    for who, command, other, meets in deeds:
        table = tables[who]
        table.pass_by(0.05)
        table.ask(command, who)
        if meets and other != who:
            table.hear(tables[other].state.history)
    return tables


def delivered(history: Iterable[Recorded], chance: Random) -> list[Recorded]:
    """The history in an order in which it may arrive: each writer's own lines rise.

    Some arrive twice.
    """
    waiting: dict[str, list[Recorded]] = {}
    for recorded in sorted(history, key=lambda r: r.n):
        waiting.setdefault(recorded.writer, []).append(recorded)
    arrived: list[Recorded] = []
    while waiting:
        writer = chance.choice(sorted(waiting))
        arrived.append(waiting[writer].pop(0))
        if not waiting[writer]:
            del waiting[writer]
        if chance.random() < 0.2:  # no secret
            arrived.append(chance.choice(arrived))
    return arrived


def one_by_one(history: Iterable[Recorded]) -> SessionState:
    state = replay((), CARRIED)
    for recorded in history:
        state = evolve(state, recorded)
    return state


@given(deeds_of(LINE_WISHES), st.randoms())
def test_three_who_worked_apart_end_with_the_same_lines(
    deeds: list[Deed], chance: Random
) -> None:
    tables = three(deeds)
    union = [recorded for table in tables.values() for recorded in table.state.history]
    state = replay(union, CARRIED)
    for table in tables.values():
        table.hear(delivered(union, chance))
        assert table.state == state
        assert table.state.history == state.history
    assert one_by_one(delivered(union, chance)) == state
    assert folded(in_order(union), CARRIED) == state


@given(deeds_of(CONSENT_WISHES))
def test_what_three_agreed_apart_is_in_force_only_with_its_exact_words(
    deeds: list[Deed],
) -> None:
    tables = three(deeds)
    union = [recorded for table in tables.values() for recorded in table.state.history]
    for entry in replay(union, CARRIED).entries.values():
        held = {version.id for version in entry.wordings}
        if entry.state == "in force" and entry.adopted:
            assert held <= set(entry.adopted.versions)
        if entry.state == "tested":
            assert held <= set(entry.rounds[-1].versions)


@given(line_histories(), st.randoms())
def test_lines_of_any_kind_of_event_are_the_same_in_whatever_order_they_arrive(
    history: list[Recorded], chance: Random
) -> None:
    state = replay(history, CARRIED)
    assert one_by_one(delivered(history, chance)) == state
    chance.shuffle(history)
    assert one_by_one(history) == state
