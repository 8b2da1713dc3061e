"""Pauses for care as the team looks back on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.core.care_view import CareRow, care_rows
from facilitate.core.commands import EndPause, StartPause
from facilitate.core.entry_commands import HoldCare
from facilitate.core.record import record_of
from facilitate.core.state import EMPTY
from facilitate.formats.export.markdown import record_markdown
from facilitate.formats.record_toml import write_record

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

    from facilitate.core.events import PauseKind


def pause(sitting: Sitting, clock: str, kind: PauseKind = "care") -> None:
    sitting.at(clock).do(StartPause(kind=kind)).later(minutes=4).do(EndPause())


def hold(sitting: Sitting, holder: str, *, follow_up: bool = False) -> None:
    sitting.later(minutes=1).do(HoldCare(holder=holder, follow_up=follow_up))


def words(sitting: Sitting) -> list[str]:
    return [row.words for row in care_rows(sitting.state)]


def test_each_pause_for_care_has_its_time_and_who_holds_it(running: Sitting) -> None:
    pause(running, "09:05")
    hold(running, "care", follow_up=True)
    pause(running, "09:12", "tech")
    pause(running, "09:20")
    hold(running, "")
    assert care_rows(running.state) == (
        CareRow("A pause for care at 09:05, held by care, to be followed up", follow_up=True),
        CareRow("A pause for care at 09:20, held by nobody yet", follow_up=False),
    )


def test_what_is_said_belongs_to_the_pause_before_it_and_the_last_word_counts(
    running: Sitting,
) -> None:
    pause(running, "09:05")
    pause(running, "09:20")
    hold(running, "lead", follow_up=True)
    hold(running, "care")
    assert words(running) == [
        "A pause for care at 09:05",
        "A pause for care at 09:20, held by care",
    ]
    running.undo()
    assert words(running)[1] == "A pause for care at 09:20, held by lead, to be followed up"


def test_a_day_without_care_pauses_has_none(running: Sitting) -> None:
    pause(running, "09:05", "tech")
    assert care_rows(running.state) == ()
    assert care_rows(EMPTY) == ()


def test_the_record_tells_nothing_of_who_held_what(running: Sitting) -> None:
    pause(running, "09:05")
    hold(running, "the-one-who-held-it", follow_up=True)
    record = record_of(running.state, running.now)
    assert "the-one-who-held-it" not in write_record(record) + record_markdown(record)
