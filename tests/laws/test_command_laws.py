"""What holds whatever is asked for: it is done or refused in a sentence, and can be undone."""

from __future__ import annotations

from typing import get_args

from hypothesis import assume, given
from tests.laws.histories import (
    agendas,
)
from tests.laws.wishes import ANY_COMMAND, COMMANDS, STEPS, Table

from facilitate.core.agenda import Agenda
from facilitate.core.commands import (
    Command,
    Undo,
)
from facilitate.core.entry_events import EntryAdded
from facilitate.core.fold import is_undoable, replay
from facilitate.core.refusal import NeedsAsking
from facilitate.core.views import run_view


def test_every_command_is_tried_here() -> None:
    assert set(COMMANDS) == set(get_args(Command))


@given(agendas(), STEPS)
def test_whatever_is_asked_is_done_or_refused_in_a_sentence(
    agenda: Agenda, steps: list[tuple[Command, str, float]]
) -> None:
    table = Table(agenda)
    for command, by, minutes in steps:
        before = table.state
        if not table.ask(command, by):
            assert table.state is before
        run_view(table.state, table.now)
        table.pass_by(minutes)
    for refusal in table.refusals:
        assert str(refusal).endswith("?" if isinstance(refusal, NeedsAsking) else ".")
    assert replay(table.state.history) == table.state
    said = [r.event.number for r in table.state.history if isinstance(r.event, EntryAdded)]
    assert said == list(range(1, len(said) + 1))


@given(agendas(), STEPS, ANY_COMMAND)
def test_whatever_is_done_can_be_undone_if_it_is_a_step(
    agenda: Agenda, steps: list[tuple[Command, str, float]], command: Command
) -> None:
    table = Table(agenda)
    for earlier, by, minutes in steps:
        table.ask(earlier, by)
        table.pass_by(minutes)
    before = table.state
    assume(not isinstance(command, Undo) and table.ask(command, "lead"))
    new = table.state.history[len(before.history) :]
    assume(all(is_undoable(recorded) for recorded in new))
    for _ in new:
        assert table.ask(Undo(), "lead")
    assert table.state == before
