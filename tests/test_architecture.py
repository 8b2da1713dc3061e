"""The floors hold, and the rules that hold them do bite."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.store.places import places

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "facilitate"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]


def run(
    *command: str | Path, cwd: Path = ROOT, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """What a command printed, with the sources below `cwd` first on Python's path."""
    environment = {**os.environ, "PYTHONPATH": str(cwd / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def tool(name: str) -> Path:
    """A program of the environment that runs the tests."""
    return Path(sys.executable).with_name(name)


# The import contracts


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    return run(tool("lint-imports"), "--no-logo", "--no-cache", cwd=tree)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources in which a test may plant what is forbidden."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_contract_holds() -> None:
    report = lint_imports(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in report.stdout


FLOORS = "Floors: a module imports only from its own floor or a lower one"
SCREENS = "Screens talk to the session and the core, never to files or formats"
PLANTS = [
    (FLOORS, {"core/planted.py": "import facilitate.store"}),
    (FLOORS, {"session/planted.py": "import facilitate.tui"}),
    (FLOORS, {"attic/__init__.py": ""}),
    ("Textual and Rich live in the tui only", {"core/planted.py": "import textual"}),
    ("Textual and Rich live in the tui only", {"session/planted.py": "import rich"}),
    ("The core is pure", {"core/planted.py": "def f():\n    import json"}),
    (
        "Formats turn text into values and never open a file",
        {"formats/planted.py": "import pathlib"},
    ),
    ("The store moves bytes and knows no meaning", {"store/planted.py": "import pydantic"}),
    (SCREENS, {"tui/planted.py": "import facilitate.store"}),
    (SCREENS, {"tui/planted.py": "from facilitate.formats import problem"}),
    (
        "Use cases do not call each other",
        {"session/library.py": "import facilitate.session.live"},
    ),
    (
        "The group's window comes near no journal, not even by way of others",
        {
            "tui/screens/audience.py": "def f():\n    import facilitate.tui.screens.planted",
            "tui/screens/planted.py": "from facilitate.session import history",
        },
    ),
    (
        "No cycles between siblings",
        {
            "core/planted.py": "import facilitate.core.grown",
            "core/grown.py": "from . import planted",
        },
    ),
]


@pytest.mark.parametrize(
    ("contract", "plants"), PLANTS, ids=[" and ".join(plants) for _, plants in PLANTS]
)
def test_a_forbidden_import_breaks_its_contract(
    contract: str, plants: dict[str, str], tree: Path
) -> None:
    for name, text in plants.items():
        planted = tree / "src" / "facilitate" / name
        planted.parent.mkdir(exist_ok=True)
        with planted.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")
    report = lint_imports(tree)
    assert report.returncode == 1, report.stdout + report.stderr
    assert f"{contract} BROKEN" in report.stdout


def test_every_contract_is_shown_to_bite() -> None:
    assert {contract for contract, _ in PLANTS} == set(CONTRACTS)


# What is really loaded


LOAD_A_FLOOR = """
import importlib, pkgutil, sys
floor = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(floor.__path__, floor.__name__ + "."):
    importlib.import_module(module.name)
print(*sys.modules)
"""

ASK_THE_VERSION = """
import sys
from facilitate.cli.main import main
sys.argv = ["facilitate", "--version"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules)
"""


OPEN_THE_GROUPS_WINDOW = """
import sys
from facilitate.cli import show
from facilitate.tui.audience import AudienceApp
show.get_ready = lambda: None
AudienceApp.run = lambda app: app._page._followed.look()
show.places().home.mkdir()
show.places().settings.write_text("[keys]")
try:
    show.show.main([])
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules)
"""


def modules(script: str, *arguments: str) -> set[str]:
    """The modules that a fresh Python has loaded at the end of the script."""
    report = run(sys.executable, "-c", script, *arguments)
    assert report.returncode == 0, report.stderr
    return set(report.stdout.splitlines()[-1].split())


def loaded(script: str, *arguments: str) -> set[str]:
    """The packages that a fresh Python has loaded at the end of the script."""
    return {name.partition(".")[0] for name in modules(script, *arguments)}


@pytest.mark.parametrize(
    ("floor", "strangers"),
    [
        ("core", {"asyncio", "pydantic", "rich", "sqlite3", "textual", "tomllib"}),
        ("formats", {"rich", "sqlite3", "textual"}),
        ("store", {"rich", "textual"}),
        ("session", {"rich", "textual"}),
    ],
)
def test_a_floor_loads_nothing_it_has_no_use_for(floor: str, strangers: set[str]) -> None:
    packages = loaded(LOAD_A_FLOOR, f"facilitate.{floor}")
    assert "facilitate" in packages
    assert not packages & strangers


def test_asking_for_the_version_loads_neither_screens_nor_formats() -> None:
    assert not loaded(ASK_THE_VERSION) & {"pydantic", "rich", "textual"}


def test_the_groups_window_loads_nothing_that_could_tell_it_more() -> None:
    found = modules(OPEN_THE_GROUPS_WINDOW)
    assert {"facilitate.session.audience", "facilitate.tui.screens.audience"} <= found
    assert not [name for name in found if "journal" in name or "pydantic" in name]
    core = {name for name in found if name.startswith("facilitate.core.")}
    assert not core & {f"facilitate.core.{name}" for name in ("events", "state", "agenda")}


# The clock


def ruff_on_time(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = (tool("ruff"), "check", "--no-cache", "--ignore-noqa", "--select", "TID251")
    return run(*command, *arguments, text=text)


def test_the_clock_is_read_only_in_the_clock() -> None:
    report = ruff_on_time(str(SOURCES))
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(
    "reading",
    [
        "from datetime import datetime\nnow = datetime.now()",
        "import datetime as dt\nnow = dt.datetime.now(dt.UTC)",
        "from datetime import date\nday = date.today()",
        "import time\nnow = time.time()",
        "from time import monotonic as m\nnow = m()",
        "from time import perf_counter",
        "import time\nnow = time.time_ns",
    ],
)
def test_reading_the_clock_elsewhere_is_refused(reading: str) -> None:
    for floor in ("core", "session", "tui", "cli"):
        report = ruff_on_time(
            "--stdin-filename", str(SOURCES / floor / "planted.py"), "-", text=reading
        )
        assert report.returncode == 1, f"{floor}: {report.stdout}{report.stderr}"
        assert "Time comes from the session's clock." in report.stdout
    clock = ruff_on_time(
        "--stdin-filename", str(SOURCES / "session" / "clock.py"), "-", text=reading
    )
    assert clock.returncode == 0, clock.stdout


# The tests themselves


COUNT_TESTS = """
import sys
import pytest

class Count:
    def pytest_collection_finish(self, session):
        marks = [{mark.name for mark in item.iter_markers()} for item in session.items]
        print("\\ncounted", len(marks), sum(1 for m in marks if m & {"textual", "terminal"}))

sys.exit(pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider"], plugins=[Count()]))
"""


def test_at_least_85_of_100_tests_need_no_screen() -> None:
    report = run(sys.executable, "-c", COUNT_TESTS)
    assert report.returncode == 0, report.stdout[-2_000:] + report.stderr
    counted = next(line for line in report.stdout.splitlines() if line.startswith("counted"))
    tests, with_screen = map(int, counted.split()[1:])
    assert with_screen <= 0.15 * tests, f"{with_screen} of {tests} tests need a screen"


def imported(path: Path) -> set[str]:
    """The modules that a file names in its imports, wherever they stand."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_tests_that_use_the_screen_live_where_they_are_counted() -> None:
    tests = ROOT / "tests"
    elsewhere = [
        path
        for path in tests.rglob("*.py")
        if path.relative_to(tests).parts[0] not in {"tui", "snapshots", "e2e"}
    ]
    screens = ("textual", "facilitate.tui")
    assert not {
        str(path)
        for path in elsewhere
        for name in imported(path)
        if any(name == screen or name.startswith(f"{screen}.") for screen in screens)
    }


def test_every_user_path_leads_into_a_home_of_the_test(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places().home.is_relative_to(home)
    monkeypatch.delenv("FACILITATE_HOME")
    assert places().home.is_relative_to(home)
    assert Path.home() == home
    assert Path(tempfile.gettempdir()).is_relative_to(home)


# Size


FILE_LINES = 400
FUNCTION_LINES = 25
LONG_SHARE = 0.05
LONGEST = 60


def sources() -> Iterator[Path]:
    return SOURCES.rglob("*.py")


def statement_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def function_lengths() -> Iterator[tuple[int, str]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (
                    statement_lines(node),
                    f"{path.relative_to(SOURCES)}:{node.lineno} {node.name}",
                )


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in sources()}
    assert not {str(p): n for p, n in lengths.items() if n > FILE_LINES}


def test_nearly_every_function_is_shorter_than_25_lines() -> None:
    lengths = list(function_lengths())
    long = sorted((n, where) for n, where in lengths if n >= FUNCTION_LINES)
    assert len(long) <= LONG_SHARE * len(lengths), long
    assert not [entry for entry in long if entry[0] > LONGEST]
