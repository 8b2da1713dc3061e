"""What docs/building.md says of the commands is so."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from facilitate.cli.main import cli
from facilitate.session.git_setting_up import LINE, settings

PAGE = (Path(__file__).parents[2] / "docs" / "building.md").read_text("utf-8")
CODE = re.findall(r"^```\w*\n(.*?)^```|`([^`\n]+)`", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line for block, word in CODE for line in (block or word).splitlines()]
COMMANDS = [line for line in LINES if line.startswith("facilitate ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_on_the_page_is_there_with_its_options(line: str) -> None:
    context = click.Context(cli)
    _, name, *rest = line.split()
    command = cli.get_command(context, name)
    assert command is not None
    known = {option for one in command.params for option in one.opts}
    assert {word for word in rest if re.fullmatch(r"--[a-z-]+", word)} <= known


def test_the_page_names_the_line_and_the_settings_that_git_gets() -> None:
    assert LINE in LINES
    assert all(f"`{setting.key}`" in PAGE for setting in settings("facilitate"))


def test_the_page_names_every_option_of_new_and_edit() -> None:
    for name in ("new", "edit"):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        options = [option for one in command.params for option in one.opts if option[0] == "-"]
        assert not [option for option in options if option not in PAGE]
