"""`facilitate edit`: what it changes, what it says, and what it refuses."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.edit import edit

ROOT = Path(__file__).parents[2]
FIRST_DAY = ROOT / "agendas" / "hj-leadership-day-1.toml"
SMALL = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in, with one agenda."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "day.toml").write_bytes(SMALL)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(edit, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def now() -> bytes:
    return Path("day.toml").read_bytes()


def test_another_length_is_one_line_and_the_sum_of_the_day() -> None:
    result = run("day.toml", "arr", "--minutes", "8")
    assert result.output == "The day: minutes 30 -> 28\nArriving: 10 -> 8 min\n"
    assert result.exit_code == 0
    assert now() == SMALL.replace(b"minutes = 30", b"minutes = 28").replace(
        b"minutes = 10", b"minutes = 8"
    )


def test_on_a_long_day_nothing_else_changes() -> None:
    Path("day.toml").write_bytes(FIRST_DAY.read_bytes())
    assert run("day.toml", "lunch", "--minutes", "50").exit_code == 0
    before, after = FIRST_DAY.read_text("utf-8"), now().decode()
    changed = list(difflib.unified_diff(before.split("\n"), after.split("\n"), n=0))
    assert len([line for line in changed if line[0] in "+-"]) == 2 + 4


def test_several_things_are_done_in_one_go() -> None:
    result = run("day.toml", "1", "--minutes", "12", "--title", "Landing", "--after", "closing")
    assert result.output == (
        "The day: minutes 30 -> 32\n"
        "Landing: was called Arriving, 10 -> 12 min, moved to the end\n"
        "There is something to look at now:\n"
        '  day.toml:48: in "Landing": warning: The last part is no closing. People leave more'
        " gently when the day is closed together.\n"
    )
    assert b'id = "arriving"\ntitle = "Landing"' in now()


@pytest.mark.parametrize("where", [("--before", "1"), ("--after", "2")])
def test_a_part_moves_before_or_behind_another(where: tuple[str, str]) -> None:
    part = "closing" if where[0] == "--before" else "arriving"
    assert run("day.toml", part, *where).exit_code == 0
    assert now().index(b'title = "Closing"') < now().index(b'title = "Arriving"')
    back = ("arriving", "--before", "closing")
    assert run("day.toml", *back).exit_code == 0
    assert now() == SMALL


def test_a_part_is_taken_out() -> None:
    result = run("day.toml", "closing", "--out")
    assert result.output.startswith("The day: minutes 30 -> 10\nClosing: taken out, 20 min\n")
    assert b"Closing" not in now()


def test_what_would_make_the_file_unsound_is_refused_with_the_reason() -> None:
    result = run("day.toml", "arriving", "--minutes", "4")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "The file would have something to mend. Nothing was changed."
    )
    assert "at_least is 5, which is more than the 4 minutes of this part." in result.stderr
    assert run("day.toml", "arriving", "--title", " ").exit_code == 1
    assert now() == SMALL


def test_a_file_with_faults_can_be_changed_towards_being_sound() -> None:
    Path("day.toml").write_bytes(SMALL.replace(b"minutes = 30", b"minutes = 35"))
    assert run("day.toml", "arriving", "--minutes", "15").exit_code == 0
    assert b"minutes = 35" in now()
    assert b"minutes = 15" in now()


def test_what_is_like_that_already_is_not_written(folder: Path) -> None:
    before = (folder / "day.toml").stat().st_mtime_ns
    result = run("day.toml", "arriving", "--minutes", "10", "--before", "closing")
    assert result.output == "It is like that already; nothing was changed.\n"
    assert (folder / "day.toml").stat().st_mtime_ns == before


def test_a_part_that_is_not_there_is_answered_in_words() -> None:
    result = run("day.toml", "closng", "--out")
    assert result.stderr == 'There is no part "closng". Did you mean "closing"?\n'
    assert result.exit_code == 1
    beside = run("day.toml", "closing", "--before", "2")
    assert beside.stderr == "A part cannot stand beside itself. Name another one.\n"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ((), "Say what to change"),
        (("--out", "--minutes", "5"), "--out goes alone"),
        (("--before", "1", "--after", "2"), "not both"),
        (("--minutes", "0"), "--minutes"),
    ],
)
def test_a_command_that_says_too_little_or_too_much_is_answered(
    said: tuple[str, ...], answer: str
) -> None:
    result = run("day.toml", "1", *said)
    assert result.exit_code == 2
    assert answer in result.stderr


def test_a_file_that_cannot_be_used_ends_with_two() -> None:
    Path("day.toml").write_bytes(SMALL.replace(b"minutes = 30", b"minutes = 030"))
    result = run("day.toml", "1", "--minutes", "5")
    assert (result.exit_code, result.stderr) == (
        2,
        "day.toml:9: Write 30. Numbers do not begin with a zero.\n",
    )
    assert run("nope.toml", "1", "--out").stderr.startswith("nope.toml: There is no such file.")


def test_a_file_that_may_not_be_written_stays_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("facilitate.session.building.rewrite_file", full)
    result = run("day.toml", "arriving", "--minutes", "8")
    assert result.stderr == "The disk is full. Nothing was changed.\n"
    assert now() == SMALL


def test_words_that_could_steer_a_terminal_are_shown_without_their_effect() -> None:
    title = "x\x1b[2J [red]y[/red]"
    result = run("day.toml", "arriving", "--title", title)
    assert "\x1b" not in result.output
    assert "[red]y[/red]: was called Arriving" in result.output
