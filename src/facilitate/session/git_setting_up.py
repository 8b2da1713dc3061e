"""Teaching one git repository to compare and merge agendas part by part."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import NamedTuple

from facilitate.core.refusal import Refused
from facilitate.formats.characters import printable
from facilitate.store.files import add_file, rewrite_file
from facilitate.store.git import NoGit, git

ATTRIBUTES = ".gitattributes"
LINE = "*.toml diff=facilitate merge=facilitate"
"""What `.gitattributes` says of the agendas in its folder and in those below it."""

NO_GIT = "git was not found on this machine. Install it, or do without: nothing else needs it."


class Setting(NamedTuple):
    """One setting of the repository."""

    key: str
    value: str


class SetUp(NamedTuple):
    """What was done, and what was done already."""

    attributes: Path
    is_new_line: bool
    """Whether `.gitattributes` was written."""
    changed: tuple[Setting, ...]
    """Settings of this clone that were not as they are now."""


def set_up(folder: Path) -> SetUp:
    """Set up the repository that a folder is in, for the agendas in that folder.

    Done again, it changes nothing.

    Raises:
        Refused: when there is no git, or the folder is in no repository.
        OSError: when something cannot be written.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {printable(str(folder))}.")
    try:
        inside = git("rev-parse", "--is-inside-work-tree", folder=folder)
        if inside.out.strip() != b"true":
            raise Refused(_no_repository(folder, inside.err))
        changed = tuple(one for one in settings() if _put(one, folder))
    except NoGit:
        raise Refused(NO_GIT) from None
    attributes = folder / ATTRIBUTES
    return SetUp(attributes, _put_line(attributes), changed)


def _no_repository(folder: Path, said: str) -> str:
    if said and "not a git repository" not in said:
        return f"git does not work there: {printable(said)}"
    where = printable(str(folder.resolve()))
    return f"{where} is in no git repository. Make one there: git init"


def settings(program: str = "") -> tuple[Setting, ...]:
    """The settings that make git ask this program, of which nothing is in a repository."""
    program = program or own_command()
    return (
        Setting("diff.facilitate.command", f"{program} diff --git"),
        Setting("merge.facilitate.name", "agendas, part by part"),
        Setting(
            "merge.facilitate.driver",
            f"{program} merge-agenda %O %A %B --path %P --marker-size %L",
        ),
    )


def own_command() -> str:
    """How a shell starts this program, wherever it is."""
    script = Path(sys.argv[0])
    if script.name == "facilitate" and script.is_file():
        return shlex.quote(str(script.resolve()))
    # -P: what lies in the repository is no part of the program.
    return f"{shlex.quote(sys.executable)} -P -m facilitate.cli.main"


def _put(setting: Setting, folder: Path) -> bool:
    """Set it for this clone; False when it was set so before."""
    before = git("config", "--local", "--get", setting.key, folder=folder)
    if before.code == 0 and before.out.decode(errors="replace").strip() == setting.value:
        return False
    done = git("config", "--local", setting.key, setting.value, folder=folder)
    if done.code != 0:
        raise Refused(f"git did not take a setting: {printable(done.err)}")
    return True


def _put_line(path: Path) -> bool:
    """Add the line to a file; False when it is there."""
    if not path.exists():
        add_file(path, f"{LINE}\n".encode())
        return True
    before = path.read_bytes()
    if LINE.encode() in (line.strip() for line in before.splitlines()):
        return False
    ended = before if before.endswith(b"\n") or not before else before + b"\n"
    rewrite_file(path, ended + f"{LINE}\n".encode())
    return True
