"""`facilitate archive add`: a line that someone remembers after the sitting was closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import HandClock
from tests.session.cohort import line, record
from tests.session.sitting import files_under

from facilitate.cli.main import cli
from facilitate.session.clock import SystemClock
from facilitate.store.files import Disk
from facilitate.store.places import places


@pytest.fixture(autouse=True)
def _by_hand(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.now())


def add(sitting: str, typed: str | None) -> Result:
    return CliRunner().invoke(cli, ["archive", "add", sitting], input=typed)


def page() -> str:
    (path,) = places().records.glob("*/*/record.md")
    return path.read_text(encoding="utf-8")


def test_a_line_is_asked_for_and_stands_in_the_record_then() -> None:
    sitting = record("a", line("A1"), last_number=14)
    result = add("2026-09-12", "a: One voice [b] <- the elders\n")
    assert result.exit_code == 0
    assert result.stderr.startswith("The line, as on the capture line: ")
    (folder,) = places().records.glob("*/*")
    assert result.stdout == f"A15 is in the record now. It stands in {folder}\n"
    assert folder.name == sitting
    assert "- A15, heard: One voice \\[b\\]\n" in page()
    assert "after the record was made" in page()


def test_no_words_stand_on_the_command_line(capfd: pytest.CaptureFixture[str]) -> None:
    record("a", line("A1"))
    refused = CliRunner().invoke(cli, ["archive", "add", "2026-09-12", "a: CANARY"])
    assert refused.exit_code == 2
    assert not [path for path in files_under(places().home) if b"CANARY" in path.read_bytes()]


@pytest.mark.parametrize(
    ("sitting", "typed", "told"),
    [
        ("2026-09-12", "l: a story\n", "such a line stays with its sitting"),
        ("2026-09-12", "", "Nothing was added."),
        ("2026-09-13", "a: One voice\n", 'There is no sitting "2026-09-13" here.'),
        ("\x1b[2J", "a: One voice\n", 'There is no sitting "[2J" here.'),
    ],
)
def test_what_cannot_be_added_is_said(sitting: str, typed: str, told: str) -> None:
    record("a", line("A1"))
    before = {path: path.read_bytes() for path in files_under(places().records)}
    result = add(sitting, typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert {path: path.read_bytes() for path in files_under(places().records)} == before


def test_where_nothing_is_kept_that_is_said() -> None:
    assert add("2026-09-12", "a: One voice\n").stderr.startswith("There is no record here yet.")


def test_what_the_disk_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    record("a", line("A1"))

    def refusing(disk: Disk, source: Path, target: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Disk, "replace", refusing)
    result = add("2026-09-12", "a: One voice\n")
    assert result.exit_code == 1
    assert "This account may not write to the folder. Nothing was added." in result.stderr
