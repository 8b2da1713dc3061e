from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Kind, Offered, Segment
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import Marks
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.carrying_view import (
    DUE,
    OFFERED,
    CarriedRow,
    OfferedRow,
    carrying_view,
    carrying_words,
    looks_back,
)
from facilitate.core.entry_commands import (
    Capture,
    LetGo,
    LookAgain,
    OneLineCommand,
    Reaffirm,
    Reword,
    Withdraw,
)
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

AGREED = CarriedLine(
    sitting="before", number=3, kind="agreement", ring="cohort", state="in force",
    text="One mic", lineage="the elders", adopted_round=1, adopted_on=dt.date(2026, 5, 1),
)  # fmt: skip
TERM = CarriedLine(
    sitting="before", number=4, kind="term", ring="cohort", state="shared",
    text="repair = coming back", part=1, earlier=("repair = saying sorry",),
    marks=Marks(when="next"),
)  # fmt: skip
QUESTION = CarriedLine(
    sitting="before", number=5, kind="question", ring="cohort", state="open",
    text="Who holds it?", marks=Marks(when="end"),
)  # fmt: skip
STARTING = Offered(kind="agreement", text="We begin on time.")


@pytest.fixture
def carrying(running: Sitting) -> Sitting:
    """Three lines of an earlier sitting, one of them due, and a starting point."""
    assert running.state.agenda is not None
    agenda = replace(running.state.agenda, offered=(STARTING,))
    inherited = Inherited(lines=(AGREED, TERM, QUESTION), highest=5)
    running.state = replace(running.state, agenda=agenda, inherited=inherited)
    return running


def row(sitting: Sitting, number: int) -> CarriedRow:
    """The row of a line that is carried."""
    rows = (one for section in carrying_view(sitting.state).sections for one in section.rows)
    return next(one for one in rows if isinstance(one, CarriedRow) and one.number == number)


def test_what_is_due_comes_first_then_every_kind_then_what_the_team_offers(
    carrying: Sitting,
) -> None:
    view = carrying_view(carrying.state)
    assert [(one.heading, len(one.rows)) for one in view.sections] == [
        (DUE, 1),
        ("agreements", 1),
        ("questions", 1),
        (OFFERED, 1),
    ]
    assert view.stands == carrying_words(carrying.state) == "3 lines, 1 due for another look"
    assert view.sections[-1].rows == (
        OfferedRow(kind="agreement", text=STARTING.text, taken=""),
    )
    assert row(carrying, 3).lineage == "the elders"
    assert row(carrying, 4).is_due


@pytest.mark.parametrize(
    ("command", "done"),
    [
        (Reaffirm(number=4), "re-affirmed"),
        (LetGo(number=4), "let go"),
        (Withdraw(number=4), "withdrawn"),
        (LookAgain(number=4, when="end"), "next look changed"),
        (
            Reword(wording=NewWording(number=4, text="repair = going back")),
            "amended, working now",
        ),
    ],
)
def test_what_was_done_with_a_line_is_told_where_it_stood_and_it_is_due_no_more(
    command: OneLineCommand | Reword, done: str, carrying: Sitting
) -> None:
    before = [one.heading for one in carrying_view(carrying.state).sections]
    carrying.do(command)
    assert row(carrying, 4).done == done
    assert not row(carrying, 4).is_due
    view = carrying_view(carrying.state)
    assert [one.heading for one in view.sections] == before
    assert view.stands == "3 lines"


def test_a_term_shows_what_it_meant_beside_what_it_means_now(carrying: Sitting) -> None:
    assert (row(carrying, 4).before, row(carrying, 4).part) == ("", 1)
    carrying.do(Reword(wording=NewWording(number=4, text="repair = going back together")))
    term = row(carrying, 4)
    assert term.text == "repair = going back together"
    assert term.before == "repair = coming back"
    assert term.earlier == ("repair = saying sorry",)


def test_other_words_for_an_agreement_are_not_agreed_yet(carrying: Sitting) -> None:
    carrying.do(Reword(wording=NewWording(number=3, text="One voice at a time")))
    assert row(carrying, 3).state == "amending"
    assert row(carrying, 3).done == "new words, not agreed yet"


def test_a_starting_point_that_was_taken_up_says_what_it_is_now(carrying: Sitting) -> None:
    carrying.do(Capture(line=NewLine(kind="agreement", text=STARTING.text, origin="offered")))
    (offered,) = carrying_view(carrying.state).sections[-1].rows
    assert isinstance(offered, OfferedRow)
    assert offered.taken == "A6, heard"
    carrying.do(Withdraw(number=6))
    (offered,) = carrying_view(carrying.state).sections[-1].rows
    assert isinstance(offered, OfferedRow)
    assert offered.taken == ""


def test_a_day_of_looking_back_puts_its_four_questions(
    open_parts: Callable[..., Sitting],
) -> None:
    def asks(kind: Kind, part: int | None, *lines: CarriedLine) -> str:
        segment = Segment(id="a", title="A", kind=kind, minutes=10)
        sitting = open_parts(segment, part=part)
        state = replace(sitting.state, inherited=Inherited(lines=lines))
        assert state.agenda is not None
        assert looks_back(state.agenda) == (kind != "dialogue" and part is None)
        return carrying_view(state).asks

    assert asks("reflection", None, AGREED).startswith("Did it help? y re-affirms.")
    assert asks("integration", None, AGREED)
    assert asks("integration", 2, AGREED) == ""
    assert asks("dialogue", None, AGREED) == ""
    assert asks("reflection", None) == ""


def test_where_nothing_is_carried_there_is_nothing_to_say(running: Sitting) -> None:
    assert carrying_words(running.state) == ""
    assert carrying_view(running.state).sections == ()
    assert carrying_view(EMPTY).sections == ()
    one = replace(running.state, inherited=Inherited(lines=(AGREED,)))
    assert carrying_words(one) == "1 line"


def test_a_row_does_not_tell_what_people_said(carrying: Sitting) -> None:
    assert repr(row(carrying, 3)) == "<CarriedRow A3>"
