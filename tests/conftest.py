"""What every test stands on: paths of its own, a clock moved by hand, the same examples."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent

SCREEN_FOLDERS = frozenset({"tui", "snapshots"})
TERMINAL_FOLDERS = frozenset({"e2e"})

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile("ci")  # `pytest --hypothesis-profile=search` looks further


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder; those that drive a terminal take turns on one worker."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in SCREEN_FOLDERS:
            item.add_marker("textual")
        if folder in TERMINAL_FOLDERS:
            item.add_marker("terminal")
            item.add_marker(pytest.mark.xdist_group("terminal"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of this test alone; nothing is read from or left in the user's own."""
    home = tmp_path_factory.mktemp("home")
    temporary = home / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("FACILITATE_HOME", str(home / "facilitate"))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / "xdg" / kind.lower()))
    for kind in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_DIRS", str(home / "site" / kind.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "xdg" / "run"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(home / "Documents"))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it remembers the folder it found first
    return home


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """Wall time, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since this clock was made; never goes back."""
        return self._monotonic

    def forward(self, **step: float) -> datetime:
        """Let time pass, as in `forward(minutes=5)`; the wall time afterwards."""
        passed = timedelta(**step)
        if passed < timedelta(0):
            raise ValueError("time does not go back; a clock that was set wrong does: step()")
        self._monotonic += passed.total_seconds()
        return self.step(**step)

    def step(self, **step: float) -> datetime:
        """Set the wall clock without letting time pass, as in `step(hours=-1)`."""
        self._now += timedelta(**step)
        return self._now


@pytest.fixture
def clock() -> HandClock:
    """A Saturday, nine in the morning in New York."""
    return HandClock(datetime(2026, 9, 12, 13, 0, tzinfo=UTC))
