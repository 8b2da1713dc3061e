"""Two people's versions of one agenda made into one, as git asks for it."""

from __future__ import annotations

from pathlib import Path

from facilitate.formats.agenda_merge import Lines, Merged, merged
from facilitate.store import git
from facilitate.store.files import rewrite_file


def merge_files(base: Path, ours: Path, theirs: Path, marker: int = git.MARKER) -> Merged:
    """Merge two versions of a file into `ours`.

    Raises:
        NoGit: when there is no git to merge lines.
        OSError: when a file cannot be read or written; ours is then what it was.
    """

    def merge_lines(one: str, two: str, three: str, about: str) -> Lines:
        behind = f" ({about})" if about else ""
        labels = [f"{name}{behind}" for name in ("ours", "base", "theirs")]
        raws = [text.encode("utf-8", "surrogateescape") for text in (one, two, three)]
        found, is_clean = git.merge_lines(raws[0], raws[1], raws[2], labels, marker)
        return Lines(found.decode("utf-8", "surrogateescape"), is_clean)

    raws = [path.read_bytes() for path in (base, ours, theirs)]
    found = merged(raws[0], raws[1], raws[2], merge_lines)
    if found.raw != raws[1]:
        rewrite_file(ours, found.raw)
    return found
