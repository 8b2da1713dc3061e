"""The integration grid: frameworks beside what leads, what is written down, what is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.captures import Detail
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import Describe, Keep, LetGo, Withdraw
from facilitate.core.grid import Grid, GridLine, grid, grid_of_state, grid_of_threads
from facilitate.core.record import RecordedEntry
from facilitate.core.threads import SittingFacts, Step, Thread, ThreadKey

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

MAY = SittingFacts("may", dt.date(2026, 5, 1), "", "Day one", "harbour")
CARE = CarriedLine(
    sitting="may", number=6, kind="framework", ring="cohort", state="shared",
    text="circle of care = a way back",
)  # fmt: skip


def framework(name: str, text: str) -> GridLine:
    return GridLine(name, "framework", text, None, "", "")


def example(
    name: str, facet: str | None = None, belongs_with: str = "", shows: str = ""
) -> GridLine:
    return GridLine(name, "example", f"story {name}", facet, belongs_with, shows)  # type: ignore[arg-type]


def names(found: Grid) -> list[list[list[str]]]:
    """For each framework its places, and behind them what was not placed."""
    return [
        [[one.name for one in cell] for cell in (*row.cells, row.unplaced)]
        for row in found.rows
    ]


def thread(name: str, text: str, **fields: object) -> Thread:
    kind = {"F": "framework", "E": "example", "A": "agreement"}[name[0]]
    given = {"kind": kind, "state": "working", "ring": "cohort", "text": text, **fields}
    entry = RecordedEntry(id=name, **given)  # type: ignore[arg-type]
    return Thread(ThreadKey("may", name), (Step(MAY, entry),))


def test_an_example_stands_beside_the_framework_it_was_said_with_where_its_facet_is() -> None:
    found = grid(
        [
            example("E10", "practice", belongs_with="F6"),
            example("E7", "leadership", belongs_with="F6"),
            example("E9", "leadership", belongs_with="F6"),
            framework("F6", "circle of care = a way back"),
        ]
    )
    assert names(found) == [[["E7", "E9"], [], ["E10"], []]]
    assert found.rows[0].label == "circle of care"
    assert found.words == "1 framework, 1 place without an example yet"


@pytest.mark.parametrize(
    "shows",
    ["F6", "f6, and more", "Circle of Care", "T4, circle of care", "(circle of care)"],
)
def test_what_an_example_shows_names_a_framework_by_its_id_or_by_what_it_is_called(
    shows: str,
) -> None:
    lines = [framework("F6", "circle of care = a way back"), framework("F12", "tides")]
    found = grid([*lines, example("E7", "policy", shows=shows)])
    assert names(found) == [[[], ["E7"], [], []], [[], [], [], []]]
    assert found.apart == ()
    assert found.words == "2 frameworks, 5 places without an example yet"


@pytest.mark.parametrize("shows", ["F60", "circle", "care of circle", "", "="])
def test_what_names_no_framework_stands_apart(shows: str) -> None:
    found = grid([framework("F6", "circle of care"), example("E7", "policy", shows=shows)])
    assert names(found) == [[[], [], [], []]]
    assert [one.name for one in found.apart] == ["E7"]


def test_words_that_call_one_framework_do_not_call_another_one_as_well() -> None:
    lines = [framework("F1", "circle"), framework("F2", "circle of care")]
    found = grid([*lines, example("E3", "policy", shows="circle of care")])
    assert names(found) == [[[], [], [], []], [[], ["E3"], [], []]]
    found = grid([*lines, example("E3", "policy", shows="circle, circle of care")])
    assert names(found) == [[[], ["E3"], [], []], [[], ["E3"], [], []]]


def test_an_example_may_belong_to_two_frameworks_and_have_no_place_in_either() -> None:
    found = grid([framework("F2", "a"), framework("F1", "b"), example("E3", shows="F1 F2")])
    assert names(found) == [[[], [], [], ["E3"]], [[], [], [], ["E3"]]]
    assert [row.name for row in found.rows] == ["F1", "F2"]


def test_the_words_say_where_nothing_is_missing_and_where_nothing_is_at_all() -> None:
    places = [example(f"E{n}", f, "F1") for n, f in enumerate(("leadership", "policy"), 2)]
    full = [framework("F1", "a"), *places, example("E9", "practice", "F1")]
    assert grid(full).words == "1 framework, an example in every place"
    assert grid([]).words == "no frameworks yet"


def test_no_words_of_people_stand_in_what_a_fault_would_print() -> None:
    found = grid([framework("F1", "secret"), example("E2", "policy", "F1")])
    assert "secret" not in repr(found)
    assert "story" not in repr(found)


def test_of_a_cohort_only_what_still_stands_is_in_the_grid() -> None:
    found = grid_of_threads(
        [
            thread("F6", "circle of care"),
            thread("F8", "tides", state="moving away from"),
            thread("E7", "a", facet="policy", details=(Detail(name="links", text="F6"),)),
            thread("E9", "b", facet="policy", belongs_with="F6", state="withdrawn"),
            thread("A1", "One mic", belongs_with="F6"),
        ]
    )
    assert names(found) == [[[], ["E7"], [], []]]


def test_a_sitting_that_goes_on_shows_what_it_made_and_what_it_carries(
    running: Sitting,
) -> None:
    running.state = replace(running.state, inherited=Inherited(lines=(CARE,)))
    running.write("f: tides = things come back")
    running.write("e: the form asks who counts #policy")
    running.write("e: two minutes of arrival #leadership")
    running.write("e: nobody knows yet #practice")
    tides, form, minutes, nobody = (e.number for e in running.state.entries.values())
    for number in (form, minutes):
        running.do(Keep(number=number))  # or nothing can be told of it
    running.do(Describe(number=form, name="links", text="circle of care"))
    running.do(Describe(number=minutes, name="links", text=f"F{tides}"))
    running.do(LetGo(number=nobody))
    found = grid_of_state(running.state)
    here = {row.label: [[one.text for one in cell] for cell in row.cells] for row in found.rows}
    assert here == {
        "circle of care": [[], ["the form asks who counts"], []],
        "tides": [["two minutes of arrival"], [], []],
    }
    assert found.apart == ()


def test_examples_of_earlier_sittings_stand_beside_those_of_today(running: Sitting) -> None:
    running.state = replace(running.state, inherited=Inherited(lines=(CARE,)))
    earlier = [
        thread("F6", "circle of care = other words before"),
        thread("E7", "a story of May", facet="practice", belongs_with="F6"),
    ]
    found = grid_of_state(running.state, earlier)
    assert names(found) == [[[], [], ["E7"], []]]
    running.do(Withdraw(number=6))
    found = grid_of_state(running.state, earlier)
    assert found.rows == ()
    assert [one.name for one in found.apart] == ["E7"]
