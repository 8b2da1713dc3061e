"""Asking git, where it is there. Bytes in, bytes out."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

MARKER = 7
"""Characters of a line that parts what stands against one another, unless git says more."""

_MOST_CONFLICTS = 127
_HUNK = re.compile(rb"^(?:\x1b\[[0-9;]*m)*(?:@@|Binary files)", re.MULTILINE)


class NoGit(Exception):
    """There is no git on this machine, or it cannot be started."""


class Answer(NamedTuple):
    """What git said."""

    out: bytes
    err: str
    code: int


def git(*arguments: str, folder: Path | None = None) -> Answer:
    """Run git in a folder, or in that of this program; it speaks English, to be understood.

    Raises:
        NoGit: when there is none.
    """
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        if folder is not None and not folder.is_dir():
            raise
        raise NoGit(str(error)) from None
    return Answer(done.stdout, done.stderr.decode(errors="replace").strip(), done.returncode)


def merge_lines(
    base: bytes, ours: bytes, theirs: bytes, labels: Sequence[str], marker: int = MARKER
) -> tuple[bytes, bool]:
    """Three texts merged line by line, and whether no lines stand against one another.

    `labels` stand behind the markers: of ours, of the base, of theirs.

    Raises:
        NoGit: when there is no git, or it does not merge these.
        OSError: when there is no room for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="facilitate-") as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, content in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(content)
        named = [word for label in labels for word in ("-L", label)]
        size = f"--marker-size={marker}"
        answer = git("merge-file", "-p", size, *named, *map(str, paths))
    if not 0 <= answer.code <= _MOST_CONFLICTS:
        raise NoGit(answer.err)
    return answer.out, answer.code == 0


def difference(before: Path, after: Path, *, colour: bool) -> bytes:
    """What differs between two files, line by line, without what git says above it.

    Raises:
        NoGit: when there is no git.
    """
    how = ("--no-ext-diff", "--no-textconv", f"--color={'always' if colour else 'never'}")
    answer = git("diff", "--no-index", *how, "--", str(before), str(after))
    begin = _HUNK.search(answer.out)
    return b"" if begin is None else answer.out[begin.start() :]


def wants_colour(*, on_screen: bool) -> bool:
    """Whether git would colour a difference that goes to a screen, or to something else.

    Raises:
        NoGit: when there is no git.
    """
    said = "true" if on_screen else "false"
    return git("config", "--get-colorbool", "color.diff", said).out.strip() == b"true"
