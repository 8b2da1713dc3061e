"""What `facilitate show` opens its window with."""

import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result

from facilitate.cli import starting
from facilitate.cli.main import cli
from facilitate.session.audience import Audience
from facilitate.store.places import places
from facilitate.tui import audience as interface

READER = "facilitate.formats.settings_toml"
HELD = ("2026-09-12-harbour-1-k3v9", "2026-09-13-harbour-2-aaaa")


class App:
    """Takes what the window would get, and leaves at once."""

    opened: dict[str, Any]
    fault = ""
    return_code = 0

    def __init__(self, followed: Audience, *, theme: str) -> None:
        App.opened = {"follows": followed._path, "theme": theme}

    def run(self) -> None:
        pass


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[App]:
    """A stand-in for the window, and a terminal that is always there."""
    App.opened = {}
    fresh = type("App", (App,), {})
    monkeypatch.setattr(interface, "AudienceApp", fresh)
    monkeypatch.setattr(starting, "need_a_terminal", lambda: None)
    return fresh


def show(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["show", *arguments], prog_name="facilitate")


def test_without_a_sitting_it_finds_the_one_that_is_held(app: type[App]) -> None:
    result = show()
    assert (result.exit_code, result.output) == (0, "")
    assert App.opened == {"follows": None, "theme": "facilitate-dark"}
    assert not places().home.exists()


@pytest.mark.parametrize("wanted", [HELD[1], "2026-09-13", " 2026-09-13-HARBOUR "])
def test_a_sitting_is_named_by_its_id_or_its_beginning(app: type[App], wanted: str) -> None:
    for sitting in HELD:
        places().own(sitting).mkdir(parents=True)
    assert show(wanted).exit_code == 0
    assert App.opened["follows"] == places().shown(HELD[1])


@pytest.mark.parametrize(
    ("settings", "theme"),
    [
        (b'theme = "facilitate-light"\n[keys]\n"segment.next" = "n"', "facilitate-light"),
        (b'theme = "beautiful"', "facilitate-dark"),
        (b"no TOML at all", "facilitate-dark"),
        (b"\xff", "facilitate-dark"),
    ],
)
def test_the_colours_are_those_of_the_settings(
    app: type[App], settings: bytes, theme: str
) -> None:
    places().home.mkdir()
    places().settings.write_bytes(settings)
    assert show().exit_code == 0
    assert App.opened["theme"] == theme


def test_without_settings_nothing_is_loaded_to_read_them(
    app: type[App], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, READER, raising=False)
    assert show().exit_code == 0
    assert App.opened["theme"] == "facilitate-dark"
    assert READER not in sys.modules


def test_a_fault_is_told_after_the_end(app: type[App]) -> None:
    app.fault, app.return_code = "A fault, somewhere.", 1
    result = show()
    assert (result.exit_code, result.stderr) == (1, "A fault, somewhere.\n")
