"""What the command line hands to the interface, and what it says after it."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from facilitate.cli import starting
from facilitate.cli.main import cli
from facilitate.store.places import places
from facilitate.tui import app as interface


def facilitate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="facilitate")


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """Starting turns the garbage collector off; the next test wants it."""
    yield
    gc.enable()


class Live:
    """A sitting whose lines do or do not get to the disk."""

    def __init__(self, *, saves: bool) -> None:
        self._saves = saves

    def close(self, timeout: float) -> bool:
        return self._saves


class App:
    """Takes what the interface would get, and leaves at once."""

    started: list[dict[str, Any]]
    live: Live | None = None
    fault = ""
    return_code = 0
    notice = ""

    def __init__(self, desk: object, clock: object, **options: object) -> None:
        self.options = options

    def run(self) -> None:
        App.started.append({**self.options, "notice": self.notice})


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[App]:
    """A stand-in for the interface, and a terminal that is always there."""
    fresh = type("App", (App,), {})
    App.started = []
    monkeypatch.setattr(interface, "FacilitateApp", fresh)
    monkeypatch.setattr(starting, "need_a_terminal", lambda: None)
    for name in ("TEXTUAL_FPS", "TEXTUAL_ANIMATIONS"):  # would stay for later tests
        monkeypatch.setenv(name, "")
    return fresh


def started() -> dict[str, Any]:
    (options,) = App.started
    return options


def settings(text: str | bytes) -> Path:
    path = places().settings
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# What the interface gets


def test_it_starts_on_the_first_screen_or_on_the_agenda_that_was_named(
    app: type[App],
) -> None:
    assert facilitate().exit_code == 0
    assert facilitate("run", "day.toml").exit_code == 0
    assert [one["agenda"] for one in App.started] == [None, "day.toml"]


def test_without_settings_the_first_theme_and_the_keys_of_the_table_count(
    app: type[App],
) -> None:
    facilitate()
    assert started() == {
        "agenda": None, "builds": False, "theme": "facilitate-dark", "keys": {}, "notice": "",
        "method": "", "scales": None,
    }  # fmt: skip
    assert not places().home.exists()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "Notepad"])
def test_theme_and_keys_come_from_the_settings(app: type[App], mark: bytes) -> None:
    settings(mark + b'theme = "facilitate-light"\n[keys]\n"segment.next" = "f5"\n')
    facilitate()
    assert started()["theme"] == "facilitate-light"
    assert started()["keys"] == {"segment.next": "f5"}
    assert started()["notice"] == ""


def test_how_a_group_is_asked_for_consent_comes_from_the_settings(app: type[App]) -> None:
    settings(
        '[consent]\nmethod = "our two"\n[consent.scales."our two"]\nlabels = ["yes", "no"]\n'
    )
    facilitate()
    assert started()["method"] == "our two"
    assert started()["scales"]["our two"].labels == ("yes", "no")


@pytest.mark.parametrize("theme", ["facilitate-contrast", "ansi-dark", "ansi-light"])
def test_every_theme_of_the_readme_can_be_chosen(app: type[App], theme: str) -> None:
    settings(f'theme = "{theme}"\n')
    facilitate()
    assert (started()["theme"], started()["notice"]) == (theme, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = ", "This is not TOML"),
        ('theme = "nord"', "There is no theme 'nord'."),
        ('[keys]\n"segment.nxt" = "f5"', 'Did you mean "segment.next"?'),
        (
            '[keys]\n"segment.next" = "e"',
            "The key e would mean both segment.next and segment.extend.",
        ),
        (
            '[keys]\n"segment.next" = "f5"\n"segment.extend" = "f5"',
            "The key f5 would mean both segment.next and segment.extend.",
        ),
        (
            '[keys]\n"app.quit" = "z"',
            "app.quit works while someone types; it wants a key with ctrl.",
        ),
        (b"theme = '\xe9'", "cannot be read; nothing of it counts."),
    ],
)
def test_what_is_wrong_with_the_settings_is_said_and_does_not_stop_the_start(
    app: type[App], text: str | bytes, told: str
) -> None:
    settings(text)
    assert facilitate().exit_code == 0
    assert told in started()["notice"]
    assert started()["theme"] == "facilitate-dark"
    assert started()["keys"] == {}


def test_a_folder_in_the_place_of_the_settings_does_not_stop_the_start(
    app: type[App],
) -> None:
    places().settings.mkdir(parents=True)
    facilitate()
    assert "settings.toml cannot be read" in started()["notice"]


# Leaving


def test_the_exit_code_is_that_of_the_interface(app: type[App]) -> None:
    app.return_code = 1
    app.fault = "facilitate met a fault of its own and stopped."
    result = facilitate()
    assert result.exit_code == 1
    assert result.stderr == "facilitate met a fault of its own and stopped.\n"


def test_leaving_says_when_lines_did_not_get_to_the_disk(app: type[App]) -> None:
    app.live = Live(saves=False)
    result = facilitate()
    assert result.exit_code == 1
    assert result.stderr == "Some lines could not be written to the disk.\n"


def test_leaving_says_nothing_when_all_is_on_disk(app: type[App]) -> None:
    app.live = Live(saves=True)
    result = facilitate()
    assert (result.exit_code, result.output) == (0, "")
