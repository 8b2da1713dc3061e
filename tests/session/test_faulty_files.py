"""Files with every sort of fault, and everything that is said of each of them.

Beside each file or folder of tests/data/agendas/faulty stands what is to be told of it. After a
change of words, look at the difference and edit it on purpose.
"""

import re
from pathlib import Path

import pytest

from facilitate.formats.problem import Problem
from facilitate.session.checking import check_files

FAULTY = Path(__file__).parents[1] / "data" / "agendas" / "faulty"
NAMES = sorted(path.name for path in FAULTY.iterdir() if path.suffix != ".txt")
GROUPS = {f"{number:02}" for number in range(1, 13)}
"""The twelve groups of rules on the page about the format of agendas."""
SAYS_IT_ITSELF = {"misplaced-key", "clock-time", "no-quotes", "no-equals", "missing"}
"""Codes whose message is what to write instead."""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTY)


def problems_of(name: str) -> list[Problem]:
    return [problem for checked in check_files([name]) for problem in checked.problems]


def shown(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}"
    part = f" in {problem.segment}" if problem.segment else ""
    lines = [f"{where}: {problem.level} {problem.code}{part}", f"    {problem.message}"]
    return "\n".join([*lines, f"    {problem.hint}"] if problem.hint else lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_faulty_file_is_told_with_its_places_and_what_to_do(name: str) -> None:
    expected = (FAULTY / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert "".join(f"{shown(problem)}\n" for problem in problems_of(name)) == expected


def test_every_group_of_rules_has_a_faulty_file() -> None:
    assert len(NAMES) >= 30
    assert {name[:2] for name in NAMES if re.match(r"\d\d-", name)} == GROUPS


def test_three_files_have_several_faults_of_several_sorts() -> None:
    several = [problems_of(name) for name in NAMES if name.startswith("several")]
    assert len(several) == 3
    assert all(len({problem.code for problem in problems}) >= 5 for problems in several)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_told_says_what_to_do(name: str) -> None:
    for problem in problems_of(name):
        assert problem.hint or problem.code in SAYS_IT_ITSELF, problem
        assert problem.line or problem.code == "unreadable", problem
