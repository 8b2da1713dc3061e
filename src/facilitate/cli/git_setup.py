"""`facilitate git-setup` and what git then asks for: `facilitate merge-agenda`."""

from __future__ import annotations

from pathlib import Path

import click

from facilitate.cli.told import Told, shown

_CONFLICT, _UNREADABLE = 1, 2
_MARKER = 7


@click.command("git-setup")
@click.argument("folder", type=click.Path(), default=".")
def git_setup(folder: str) -> None:
    """Let git compare and merge the agendas in FOLDER part by part.

    Writes one line into .gitattributes there, which goes with the repository, and settings of
    this clone alone. Everyone who works with the agendas runs it once in theirs.

    Exit code: 0 when it is set up, 1 when it cannot be.
    """
    from facilitate.core.refusal import Refused
    from facilitate.session import git_setting_up
    from facilitate.store.files import reason

    try:
        done = git_setting_up.set_up(Path(folder))
    except Refused as refused:
        raise Told(shown(str(refused))) from None
    except OSError as error:
        raise Told(shown(f"{reason(error)}. Not all of it was set up.")) from None
    written = "has a new line" if done.is_new_line else "has its line already"
    click.echo(shown(f"{done.attributes} {written}: {git_setting_up.LINE}"))
    for setting in done.changed:
        click.echo(shown(f"Set in this clone: {setting.key} = {setting.value}"))
    if not done.changed:
        click.echo("The settings of this clone are there already.")
    click.echo(
        "git diff now begins with the words of the day, and a merge joins changes to different"
        " parts by itself. Commit .gitattributes; a colleague runs facilitate git-setup once in"
        " their own clone, for settings do not travel."
    )


@click.command("merge-agenda", hidden=True)
@click.argument("base", type=click.Path())
@click.argument("ours", type=click.Path())
@click.argument("theirs", type=click.Path())
@click.option("--path", help="What the file is called, for what is said of it.")
@click.option("--marker-size", type=click.IntRange(min=1), default=_MARKER, metavar="N")
@click.pass_context
def merge_agenda(
    context: click.Context,
    base: str,
    ours: str,
    theirs: str,
    path: str | None,
    marker_size: int,
) -> None:
    """Merge THEIRS into OURS, two versions of one agenda that both come from BASE.

    git asks for this after facilitate git-setup. Parts are told by their ids: changes to
    different parts go together, and only in one part can lines stand against one another.

    Exit code: 0 when OURS is merged, 1 when something in it is to be decided, 2 when a file
    cannot be read or written.
    """
    from facilitate.session.merging import merge_files
    from facilitate.store.files import reason
    from facilitate.store.git import NoGit

    name = path if path is not None else click.format_filename(ours)
    try:
        found = merge_files(Path(base), Path(ours), Path(theirs), marker_size)
    except NoGit:
        click.echo(shown(f"{name}: git was not found, and it is what merges lines."), err=True)
        context.exit(_UNREADABLE)
    except OSError as error:
        click.echo(shown(f"{name}: {reason(error)}. It is as it was."), err=True)
        context.exit(_UNREADABLE)
    for sentence in (*found.said, *found.conflicts):
        click.echo(shown(f"{name}: {sentence}"), err=True)
    context.exit(_CONFLICT if found.conflicts else 0)
