"""What earlier sittings hand on, as the program begins a sitting and goes on with one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.cohort import both_parts, line, part_one, record, typed
from tests.session.sitting import AGENDA, do

from facilitate.cli.desk import LocalDesk, RehearsalDesk
from facilitate.core.agenda import Agenda
from facilitate.core.carrying import Inherited
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import Reaffirm, Withdraw
from facilitate.session import library
from facilitate.store.places import places, shipped_agendas


@pytest.fixture
def desk(clock: HandClock) -> LocalDesk:
    return LocalDesk(places(), clock)


def handed_on(desk: LocalDesk, agenda: Agenda) -> Inherited | None:
    """What a sitting that begins now has before it."""
    live = desk.begin(agenda, lambda: None)
    assert live.close(5)
    return live.state.inherited


def hold_part_one(desk: LocalDesk, agenda: Agenda) -> None:
    """The first part, closed and tidied."""
    live = desk.begin(agenda, lambda: None)
    do(live, Next(seen=None))
    part_one(live)
    do(live, Close())
    do(live, NoteRecord(revision=desk.write_record(live).revision))
    desk.tidy(live)


def test_where_no_record_can_be_read_numbers_go_on_all_the_same(desk: LocalDesk) -> None:
    own = record("a", line("A1"), last_number=12)
    path = places().records / "2026" / own / "record.toml"
    path.write_text(path.read_text(encoding="utf-8") + "x = [", encoding="utf-8")
    live = desk.begin(AGENDA, lambda: None)
    assert live.state.next_number == 13
    assert live.state.inherited is not None
    assert live.state.inherited.unread == 1
    assert live.close(5)


def test_a_sitting_that_is_gone_on_with_gives_no_number_that_another_gave_meanwhile(
    desk: LocalDesk,
) -> None:
    first = desk.begin(AGENDA, lambda: None)
    do(first, Next(seen=None))
    typed(first, "a: One mic")
    assert first.close(5)
    other = desk.begin(AGENDA, lambda: None)
    do(other, Next(seen=None))
    typed(other, "a: Breathe", "a: Stay")
    assert other.close(5)
    again = desk.resume(first.sitting, lambda: None)
    assert again.state.next_number == 4
    assert again.close(5)
    once_more = desk.resume(other.sitting, lambda: None)
    assert once_more.state.inherited is None
    assert once_more.close(5)


def test_a_sitting_on_disk_goes_on_with_what_it_carries(desk: LocalDesk) -> None:
    first, second = both_parts()
    hold_part_one(desk, first)
    live = desk.begin(second, lambda: None)
    do(live, Next(seen=None), Reaffirm(number=1), Withdraw(number=2))
    typed(live, "a: Breathe before we begin")
    do(live, Close())
    desk.write_record(live)  # and then the power went
    assert live.close(5)
    again = desk.resume(live.sitting, lambda: None)
    assert again.state.entries == live.state.entries
    assert again.state.inherited == live.state.inherited
    assert again.state.next_number == 8
    assert again.state.entry(2) is None
    assert again.state.entry(3) is not None
    assert again.close(5)


def test_a_rehearsal_has_before_it_what_the_sitting_will_have(
    desk: LocalDesk, clock: HandClock
) -> None:
    first, second = both_parts()
    hold_part_one(desk, first)
    handed = handed_on(RehearsalDesk(places(), clock), second)
    assert handed is not None
    assert [one.name for one in handed.lines] == ["A1", "A2", "A3", "T4", "Q5"]


def test_the_last_sitting_of_a_programme_is_begun_as_that(
    desk: LocalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = shipped_agendas() / "iecmh-14-liberation-advocacy.toml"
    beside = tmp_path / "programme"
    beside.mkdir()
    for path in (last, shipped_agendas() / "programme.toml"):
        (beside / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(library, "agenda_folders", lambda: ())
    opened, _ = desk.open_agenda(str(beside / last.name))
    assert opened.agenda is not None
    assert handed_on(desk, opened.agenda) is None
    record("a", line("Q1"), cohort=opened.agenda.whose)
    handed = handed_on(desk, opened.agenda)
    assert handed is not None
    assert handed.is_last
    desk.open_agenda(str(last.with_name("iecmh-13-reflective-practice.toml")))
    before = replace(opened.agenda, number=13)
    handed = handed_on(desk, before)
    assert handed is not None
    assert not handed.is_last
