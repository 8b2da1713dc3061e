"""The command line: `facilitate`, `run`, `check`, `archive` and the others named below.

Exit codes: 0 all went well; 1 something is to be mended, or a fault of the program; 2 the
command line itself, or a file that cannot be read at all; 3 no terminal to draw on.
"""

from __future__ import annotations

import importlib

import click

from facilitate import __version__

LATER = {
    "run": "facilitate.cli.run:run",
    "show": "facilitate.cli.show:show",
    "check": "facilitate.cli.check:check",
    "simulate": "facilitate.cli.simulate:simulate",
    "archive": "facilitate.cli.archive:archive",
    "export": "facilitate.cli.export:export",
    "import": "facilitate.cli.importing:importing",
    "agenda": "facilitate.cli.agenda:agenda",
    "erase": "facilitate.cli.erase:erase",
    "schema": "facilitate.cli.schema:schema",
    "programme": "facilitate.cli.programme:programme",
    "new": "facilitate.cli.new:new",
    "edit": "facilitate.cli.edit:edit",
    "build": "facilitate.cli.build:build",
    "diff": "facilitate.cli.diff:diff",
    "git-setup": "facilitate.cli.git_setup:git_setup",
    "merge-agenda": "facilitate.cli.git_setup:merge_agenda",
}
"""Commands, each imported when it is asked for."""


class LazyGroup(click.Group):
    """Imports a command when it is asked for, so that the others start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """The names of all commands."""
        return list(LATER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's shape
        """The command of that name; None when there is none."""
        if cmd_name not in LATER:
            return None
        module, _, name = LATER[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="facilitate")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """A companion for people who hold sessions.

    Without a command: go on with a sitting, open an agenda, or read what was made.
    """
    if ctx.invoked_subcommand is None:
        from facilitate.cli.run import draw

        draw(None)


def main() -> None:
    """The program; leaves with an exit code."""
    from facilitate.cli.shield import shield

    shield()
    cli(prog_name="facilitate")


if __name__ == "__main__":
    main()
