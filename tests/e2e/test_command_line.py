"""What the program says outside of its screens, and with which exit code it ends."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.e2e.driving import AGENDA, FACILITATE, Program, local

from facilitate import __version__


def said(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FACILITATE, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_version_says_the_version() -> None:
    answer = said("--version")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == f"facilitate, version {__version__}\n"


def test_help_names_every_command() -> None:
    answer = said("--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    for command in ("run", "check", "archive"):
        assert f"\n  {command} " in answer.stdout
        assert said(command, "--help").returncode == 0


@pytest.mark.parametrize(
    "arguments", [("sing",), ("--loud",), ("run",), ("run", "a.toml", "b.toml"), ("check",)]
)
def test_what_it_does_not_know_is_said_in_a_line(arguments: tuple[str, ...]) -> None:
    answer = said(*arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.splitlines()) < 6


def test_an_agenda_that_is_not_there_is_said_on_the_screen() -> None:
    with Program("run", "not-there.toml") as tty:
        tty.seen("This file cannot be opened yet.", "There is no such file.")
        tty.press("escape")
        tty.seen("Agendas", "Day one: who we are")
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    assert not local().exists()


def test_check_finds_nothing_in_a_shipped_agenda() -> None:
    assert said("check", AGENDA).returncode == 0
