import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli import run as running
from facilitate.cli.main import cli
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
    monkeypatch.setattr(running, "_need_a_terminal", lambda: None)
    monkeypatch.setenv(name, value)
    result = facilitate()
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name} would write what people say to a file")
    assert not places().home.exists()


def test_run_wants_an_agenda() -> None:
    result = facilitate("run")
    assert result.exit_code == 2
    assert "Missing argument 'AGENDA'" in result.stderr
