"""The table of budgets is sound, and a broken budget ends the benches with 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import budgets, pairs

FIRST_PAINT = budgets.BUDGETS["first-paint"]

Report = Callable[..., tuple[int, str]]


class MadeUp:
    """A bench with a figure that somebody thought of, another one each time."""

    def __init__(self, *values: float, limit: float | None = None) -> None:
        self.values = list(values)
        self.limit = limit
        self.efforts: list[pairs.Effort] = []

    def __call__(self, effort: pairs.Effort) -> list[budgets.Figure]:
        self.efforts.append(effort)
        value = self.values[len(self.efforts) - 1]
        return [budgets.Figure(name="first-paint", value=value, beside="2", limit=self.limit)]


@pytest.fixture
def report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    def run(*arguments: str, **benches: bench.Bench) -> tuple[int, str]:
        status = bench.main(arguments, benches, tmp_path / "results" / "latest.json")
        return status, capsys.readouterr().out

    return run


@pytest.mark.parametrize("budget", budgets.BUDGETS.values(), ids=lambda budget: budget.name)
def test_a_budget_can_be_met_and_says_what_it_is_about(budget: budgets.Budget) -> None:
    assert 0 <= budget.target <= budget.limit
    assert budget.what
    assert ("/" in budget.what) == (budget.unit == "x") or budget.name.endswith("p95")
    assert budgets.BUDGETS[budget.name] is budget


def test_the_page_about_benchmarks_explains_every_budget_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    table = page.partition("| figure |")[2].partition("\n\n")[0]
    first_cells = "".join(row.split("|")[1] for row in table.splitlines()[2:])
    assert first_cells.split("`")[1::2] == list(budgets.BUDGETS)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0, "ok"),
        (FIRST_PAINT.target, "ok"),
        (FIRST_PAINT.target + 0.01, "target missed"),
        (FIRST_PAINT.limit, "target missed"),
        (FIRST_PAINT.limit + 0.01, "TOO MUCH"),
    ],
)
def test_a_figure_is_held_against_target_and_limit(value: float, verdict: str) -> None:
    assert budgets.Figure(name="first-paint", value=value).verdict == verdict


def test_a_limit_that_follows_from_the_run_stands_above_the_table() -> None:
    figure = budgets.Figure(name="append", value=40, limit=41)
    assert figure.verdict == "ok"
    assert figure.hard_limit == 41


def test_all_is_well_when_every_figure_is_within_its_limit(report: Report) -> None:
    status, said = report(start=MadeUp(FIRST_PAINT.limit))
    assert status == 0
    assert "target missed" in said


def test_a_broken_limit_is_looked_at_again_and_then_ends_with_one(report: Report) -> None:
    start = MadeUp(9, 8)
    status, said = report(start=start)
    assert status == 1
    assert said.splitlines()[1].split() == [
        *("first-paint", "8", "x", "1.15", "x", "1.40", "x"),
        *("TOO", "MUCH", "2,", "measured", "twice"),
    ]
    first, second = start.efforts
    assert (second.starts, second.presses) == (2 * first.starts, first.presses)


def test_one_slow_moment_of_the_machine_breaks_nothing(report: Report) -> None:
    status, said = report(start=MadeUp(9, 1))
    assert status == 0
    assert "ok" in said


def test_what_cannot_be_measured_ends_with_one(report: Report) -> None:
    def broken(_: pairs.Effort) -> list[budgets.Figure]:
        raise OSError("no such program")

    status, said = report(broken=broken, start=MadeUp(1))
    assert status == 1
    assert "first-paint" in said


def test_only_what_is_asked_for_is_measured(report: Report) -> None:
    other = MadeUp()
    assert report("--only", "start", start=MadeUp(1), other=other)[0] == 0
    assert other.efforts == []


def test_short_does_less(report: Report) -> None:
    short, long = MadeUp(1), MadeUp(1)
    report("--short", start=short)
    report(start=long)
    assert short.efforts[0].starts < long.efforts[0].starts


def test_figures_are_written_down_for_machines(report: Report, tmp_path: Path) -> None:
    report(start=MadeUp(1.25))
    document = json.loads((tmp_path / "results" / "latest.json").read_text())
    assert document["figures"] == [
        {
            "name": "first-paint",
            "what": FIRST_PAINT.what,
            "value": 1.25,
            "unit": "x",
            "target": FIRST_PAINT.target,
            "limit": FIRST_PAINT.limit,
            "verdict": "target missed",
            "beside": "2",
        }
    ]


def test_pairs_are_taken_in_turn_and_the_first_does_not_count() -> None:
    order = []

    def ours() -> int:
        order.append("ours")
        return len(order)

    def base() -> int:
        order.append("base")
        return len(order)

    assert pairs.in_turn(2, ours, base) == [(3, 4), (6, 5)]


def test_a_ratio_is_the_median_of_those_within_pairs() -> None:
    runs = [(2.0, 1.0), (30.0, 10.0), (400.0, 100.0)]
    assert pairs.ratio(runs) == 3
    assert pairs.beside(runs, "ms") == "30 to 10 ms"
