import datetime as dt
import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.conftest import HandClock

from facilitate.cli import run as running
from facilitate.cli import starting
from facilitate.cli.desk import rehearsal_clock
from facilitate.cli.main import cli
from facilitate.cli.run import Rehearsal
from facilitate.store.places import places

PROGRAM = Path(sys.executable).with_name("facilitate")


def facilitate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="facilitate")


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """Starting turns the garbage collector off; the next test wants it."""
    yield
    gc.enable()


# The terminal


@pytest.mark.parametrize("arguments", [(), ("run", "day.toml")])
def test_without_a_terminal_one_friendly_line_says_what_to_do(
    arguments: tuple[str, ...],
) -> None:
    result = facilitate(*arguments)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "there is none here. Start it in a terminal window" in result.stderr


@pytest.mark.parametrize("closing", ["<&-", "2>&-", "</dev/null", "<&- 2>&-"])
def test_a_closed_or_empty_input_gives_no_traceback(closing: str) -> None:
    shell = ["sh", "-c", f'"{PROGRAM}" {closing}']
    result = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert "fault" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEXTUAL_LOG", "screen.log"),
        ("TEXTUAL_SCREENSHOT", "2"),
        ("TEXTUAL_DEBUG", "1"),
        ("TEXTUAL", "devtools"),
        ("TEXTUAL", "headless,debug"),
    ],
)
def test_what_would_write_the_screen_to_a_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setattr(starting, "need_a_terminal", lambda: None)
    monkeypatch.setenv(name, value)
    result = facilitate()
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name} would write what people say to a file")
    assert not places().home.exists()


def test_run_wants_an_agenda() -> None:
    result = facilitate("run")
    assert result.exit_code == 2
    assert "Missing argument 'AGENDA'" in result.stderr


# Rehearsing


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the interface was to open, and how it was to be rehearsed."""
    calls: list[Any] = []
    monkeypatch.setattr(running, "draw", lambda *asked: calls.append(asked))
    return calls


@pytest.mark.parametrize(
    ("options", "rehearsal"),
    [
        ([], None),
        (["--rehearse"], Rehearsal(None, 1)),
        (["--rehearse", "--speed", "0"], Rehearsal(None, 0)),
        (["--rehearse", "--from", "08:45", "--speed", "60"], Rehearsal(dt.time(8, 45), 60)),
        (["--rehearse", "--from", "1:15 pm"], Rehearsal(dt.time(13, 15), 1)),
    ],
)
def test_a_rehearsal_begins_and_runs_as_it_was_asked_to(
    drawn: list[Any], options: list[str], rehearsal: Rehearsal | None
) -> None:
    result = facilitate("run", "day.toml", *options)
    assert (result.exit_code, result.output) == (0, "")
    assert drawn == [("day.toml", None, rehearsal)]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--from", "08:45"], "--from and --speed belong to a rehearsal. Add --rehearse."),
        (["--speed", "0"], "--from and --speed belong to a rehearsal. Add --rehearse."),
        (["--rehearse", "--from", "25:00"], "25:00 is no time of day. Write it like 09:00."),
        (["--rehearse", "--from", "soon"], "soon is no time of day. Write it like 09:00."),
        (["--rehearse", "--speed", "-1"], "-1 is not in the range 0<=x<=600"),
        (["--rehearse", "--speed", "601"], "601 is not in the range 0<=x<=600"),
        (["--rehearse", "--speed", "nan"], "'nan' is not a valid integer"),
    ],
)
def test_a_rehearsal_that_cannot_be_is_refused_in_plain_words(
    drawn: list[Any], options: list[str], told: str
) -> None:
    result = facilitate("run", "day.toml", *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert drawn == []


def test_the_help_says_how_to_rehearse() -> None:
    told = " ".join(facilitate("run", "--help").output.split())
    for words in ("--rehearse", "nothing of it is kept", "--from HH:MM", "--speed N"):
        assert words in told


DAY = """
format = 1

[session]
id = "day"
title = "Day"
start = "09:00"
timezone = "America/New_York"
minutes = 20
place = "online"
date = 2026-12-05

[team]
lead = ""

[[objective]]
key = "end"
text = "End well."

[[segment]]
title = "Closing"
kind = "closing"
minutes = 20
"""


@pytest.mark.parametrize(
    ("text", "begins", "at"),
    [
        (DAY, None, dt.datetime(2026, 12, 5, 14, 0, tzinfo=dt.UTC)),
        (DAY, dt.time(8, 45), dt.datetime(2026, 12, 5, 13, 45, tzinfo=dt.UTC)),
        (
            DAY.replace("date = 2026-12-05", ""),
            None,
            dt.datetime(2026, 9, 12, 13, 0, tzinfo=dt.UTC),
        ),
        ("no agenda", dt.time(8, 45), dt.datetime(2026, 9, 13, 2, 30, tzinfo=dt.UTC)),
    ],
    ids=["at its start", "at a time of its day", "a template today", "no agenda"],
)
def test_the_clock_of_a_rehearsal_begins_on_the_day_of_the_agenda(
    clock: HandClock, tmp_path: Path, text: str, begins: dt.time | None, at: dt.datetime
) -> None:
    clock.forward(hours=13, minutes=30)  # in New York it is still the twelfth
    path = tmp_path / "day.toml"
    path.write_text(text, encoding="utf-8")
    rehearsal = rehearsal_clock(str(path), begins, 60, clock)
    assert rehearsal.now() == at
    clock.forward(seconds=2)
    assert rehearsal.now() == at + dt.timedelta(minutes=2)
