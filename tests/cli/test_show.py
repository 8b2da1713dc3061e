"""`facilitate show`: which sitting is meant, and where it does not start."""

import pytest
from click.testing import CliRunner, Result

from facilitate.cli import starting
from facilitate.cli.main import cli
from facilitate.store.places import places

HELD = ("2026-09-12-harbour-1-k3v9", "2026-09-12-harbour-1-m4w8", "2026-09-13-harbour-2-aaaa")


def facilitate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="facilitate")


@pytest.fixture
def _held() -> None:
    for sitting in HELD:
        places().own(sitting).mkdir(parents=True)


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("arguments", [(), (HELD[0],)])
def test_without_a_terminal_one_friendly_line_says_what_to_do(
    arguments: tuple[str, ...],
) -> None:
    result = facilitate("show", *arguments)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "there is none here. Start it in a terminal window" in result.stderr


def test_what_would_write_the_screen_to_a_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(starting, "need_a_terminal", lambda: None)
    monkeypatch.setenv("TEXTUAL_LOG", "screen.log")
    result = facilitate("show")
    assert result.exit_code == 1
    assert result.stderr.startswith("TEXTUAL_LOG would write what people say to a file")
    assert not places().home.exists()


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("2027", 'There is no sitting "2027" here.'),
        ("", 'There is no sitting "" here.'),
        ("harbour", 'There is no sitting "harbour" here.'),
        ("../../etc", "show follows a sitting and opens no file."),
        ("day.toml", "show follows a sitting and opens no file."),
        ("\x1b[2J", 'There is no sitting "[2J" here.'),
        ("2026-09-12", 'Several sittings begin with "2026-09-12". Say more of one:'),
    ],
)
def test_a_sitting_that_is_not_there_is_refused_in_plain_words(wanted: str, told: str) -> None:
    result = facilitate("show", wanted)
    assert result.exit_code == 1
    assert result.stderr.startswith(told)
    assert "\x1b" not in result.stderr


def test_where_nothing_was_held_yet_no_sitting_can_be_named() -> None:
    result = facilitate("show", "2026")
    assert result.exit_code == 1
    assert 'There is no sitting "2026" here. Without an id, show finds the one' in result.stderr


@pytest.mark.usefixtures("_held")
def test_those_that_may_have_been_meant_are_named() -> None:
    for n in range(9):
        places().own(f"2026-09-12-more-{n}").mkdir(parents=True)
    told = facilitate("show", "2026-09-12").stderr.splitlines()
    assert told[1:3] == [f"  {HELD[0]}", f"  {HELD[1]}"]
    assert told[-1] == "  and 6 more"


def test_the_help_says_what_it_shows_and_to_whom() -> None:
    told = " ".join(facilitate("show", "--help").output.split())
    assert "facilitate show [OPTIONS] [SITTING]" in told
    assert "what was read back to it" in told
    assert "show" in facilitate("--help").output
