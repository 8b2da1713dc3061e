"""What is installed is what was locked, and what is shipped is whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]


def locked(name: str) -> dict[str, str]:
    """Package name to version, as a lock file has them."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split()[0] for line in lines if line[:1].isalnum()]
    return dict(pin.split("==") for pin in pins)


def asked(group: list[str | dict[str, str]]) -> list[Requirement]:
    return [Requirement(line) for line in group if isinstance(line, str)]


RUN = [
    *asked(PROJECT["project"]["dependencies"]),
    *asked(PROJECT["project"]["optional-dependencies"]["clipboard"]),
    *asked(GROUPS["build"]),
]


@pytest.mark.parametrize(
    ("lock", "requirements"), [("run.lock", RUN), ("dev.lock", [*RUN, *asked(GROUPS["dev"])])]
)
def test_a_lock_satisfies_what_the_project_asks_for(
    lock: str, requirements: list[Requirement]
) -> None:
    pins = locked(lock)
    unmet = [str(r) for r in requirements if not r.specifier.contains(pins.get(r.name, "0"))]
    assert not unmet, "run `make lock`"


def test_tests_run_with_the_versions_that_users_run() -> None:
    assert locked("run.lock").items() <= locked("dev.lock").items()


def test_the_build_group_is_what_a_build_needs() -> None:
    assert GROUPS["build"] == PROJECT["build-system"]["requires"]


def python(*arguments: str, **environment: str) -> str:
    """What Python printed."""
    command = [sys.executable, *arguments]
    surroundings = {**os.environ, **environment}
    report = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert report.returncode == 0, report.stdout + report.stderr
    return report.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    (archive,) = folder.glob("*.whl")
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_wheel_holds_every_source_and_every_agenda(wheel: Path) -> None:
    sources = ROOT / "src" / "facilitate"
    wanted = {
        path.relative_to(sources)
        for path in sources.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {Path("agendas", path.name) for path in (ROOT / "agendas").glob("*.toml")}
    package = wheel / "facilitate"
    held = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}
    assert held == wanted


SHIPPED = "from facilitate.store.places import shipped_agendas; print(shipped_agendas())"


def test_an_installed_wheel_finds_the_agendas_it_carries(wheel: Path) -> None:
    shipped = Path(python("-c", SHIPPED, PYTHONPATH=str(wheel)).strip())
    assert shipped == wheel / "facilitate" / "agendas"


def test_a_checkout_finds_the_agendas_beside_its_sources() -> None:
    shipped = Path(python("-c", SHIPPED, PYTHONPATH=str(ROOT / "src")).strip())
    assert shipped == ROOT / "agendas"
    assert list(shipped.glob("*.toml"))
