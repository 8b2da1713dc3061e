"""The folders that records lie in: `<root>/<year>/<name>/`. Bytes, without their meaning.

Each folder has a manifest with the SHA-256 of its other files, written last, so that files
that do not belong together can be told.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from facilitate.store.files import REAL_DISK, Disk, replace_file

RECORD, PAGE, MANIFEST = "record.toml", "record.md", "manifest.toml"

_PLAIN = re.compile(r"[0-9a-z-][0-9a-z.-]*", re.ASCII)
_SUM = re.compile(rb'^"([0-9a-z.-]+)" = "([0-9a-f]{64})"$', re.MULTILINE)


class NotVerified(OSError):
    """What was written does not read back as it was meant."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EIO, "what was written does not read back as it was", str(path))


def write_record_folder(
    root: Path, year: str, name: str, files: Mapping[str, bytes], disk: Disk = REAL_DISK
) -> Path:
    """Write the files of one record and their manifest, and read them back.

    Files of an earlier revision are replaced, each in one step. Names hold `0-9a-z.-` alone.

    Raises:
        NotVerified: when they do not read back as they are.
        OSError: when they cannot be written; each file is then as it was or as it should be,
            and `altered` tells whether they belong together.
        ValueError: when a name is not plain.
    """
    for part in (year, name, *files):
        if not _PLAIN.fullmatch(part):
            raise ValueError(f"{part!r} is not a plain name")
    folder = root / year / name
    put_files(folder, files, disk)
    return folder


def put_files(folder: Path, files: Mapping[str, bytes], disk: Disk = REAL_DISK) -> None:
    """Write the files of one record and their manifest into its folder, whatever its name.

    Others that lie there stay as they are.

    Raises:
        NotVerified: when they do not read back as they are.
        OSError: as `write_record_folder` does.
    """
    whole = {**files, MANIFEST: _manifest(files)}
    for file, content in whole.items():
        replace_file(folder / file, content, disk)
    if any((folder / file).read_bytes() != content for file, content in whole.items()):
        raise NotVerified(folder)


def read_record_folder(folder: Path) -> dict[str, bytes]:
    """The files of a record by name, sorted; copies and unfinished files are left out.

    Raises:
        OSError: when the folder or a file in it cannot be read.
    """
    paths = sorted(path for path in folder.iterdir() if _PLAIN.fullmatch(path.name))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def altered(files: Mapping[str, bytes]) -> list[str]:
    """The names of files that are not as the manifest among them says, missing ones too.

    Without a manifest that is every file there is.
    """
    sums = {n.decode(): s.decode() for n, s in _SUM.findall(files.get(MANIFEST, b""))}
    there = {name: _sum(content) for name, content in files.items() if name != MANIFEST}
    return sorted(name for name in sums | there if sums.get(name) != there.get(name))


def find_record_files(root: Path) -> list[Path]:
    """Every file below a root that could be a record, sorted; empty when there is no root.

    Sync clients give copies names of their own, and people rename folders: any TOML file
    counts but manifests and unfinished ones.
    """
    found = look([root], {}).differing
    return sorted(
        path_of(folder, name)
        for folder, inside in found.items()
        for name, sign in inside.files.items()
        if sign != NO_SIGN
    )


# What changed


class Sign(NamedTuple):
    """What tells a file from the one before it, without reading it."""

    size: int
    changed: int
    """When its bytes changed; nanoseconds since 1970, as is `touched`."""
    touched: int
    """When anything about it changed, be it its name."""


UNSURE = -1
"""Stands for a time that nothing can be told from."""

NO_SIGN = Sign(size=UNSURE, changed=UNSURE, touched=UNSURE)
"""Of a file that cannot be looked at."""


class Folder(NamedTuple):
    """A folder of a record, without its files being read."""

    listed: int
    """When a name in it changed; nanoseconds since 1970, or `UNSURE`."""
    files: dict[bytes, Sign]
    """By name: those that could be records. Of a page without one, the one that is missing."""


class Looked(NamedTuple):
    """What looking at the folders of records found. Paths are bytes, as the disk has them."""

    differing: dict[bytes, Folder]
    """Folders that are not as they were known: new ones, and those with other files."""
    gone: tuple[bytes, ...]
    """Known folders that are not there any more, or that nothing of is known now."""
    unseen: dict[bytes, OSError]
    """Folders of records, or of years of them, that cannot be looked into."""


def path_of(folder: bytes, name: bytes = b"") -> Path:
    """The path of a file in a folder, or of the folder."""
    return Path(os.fsdecode(folder), os.fsdecode(name))


def look(roots: Iterable[Path], known: Mapping[bytes, Folder]) -> Looked:
    """How the folders of records differ from what is known of them.

    Where nothing changed this costs a look at each folder and at each known file, and opens
    none of them. A root that is not there has no folders.
    """
    differing: dict[bytes, Folder] = {}
    unseen: dict[bytes, OSError] = {}
    there = set()
    for root in roots:
        for year in _inside(os.fsencode(root), unseen):
            for entry in _inside(year.path, unseen):
                before = known.get(entry.path)
                if before is None or not _is_as_known(entry, before):
                    found = _folder(entry, unseen)
                    if not found.files:
                        continue
                    if found != before:
                        differing[entry.path] = found
                there.add(entry.path)
    gone = tuple(folder for folder in known if folder not in there)
    return Looked(differing=differing, gone=gone, unseen=unseen)


def _inside(folder: bytes, unseen: dict[bytes, OSError]) -> list[os.DirEntry[bytes]]:
    """What is in a folder and not hidden; a file in the place of one has nothing in it."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.name[:1] != b"."]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        unseen[folder] = error
        return []


def _is_as_known(entry: os.DirEntry[bytes], before: Folder) -> bool:
    """Whether neither the names in a folder nor its known files changed.

    Archives have ten thousand of them, and every start comes by here: nothing is made.
    """
    path = entry.path
    try:
        if entry.stat().st_mtime_ns != before.listed:
            return False
        for name, (size, changed, touched) in before.files.items():
            found = os.stat(path + b"/" + name)  # noqa: PTH116 - a path of bytes
            if found.st_mtime_ns != changed or found.st_ctime_ns != touched:
                return False
            if found.st_size != size:
                return False
    except OSError:
        return False
    return True


def _folder(entry: os.DirEntry[bytes], unseen: dict[bytes, OSError]) -> Folder:
    """A folder as it is now; without files where it has no record."""
    path = entry.path
    try:
        listed = entry.stat().st_mtime_ns
        names = os.listdir(path)  # noqa: PTH208 - a path of bytes
    except (FileNotFoundError, NotADirectoryError):
        return Folder(UNSURE, {})
    except OSError as error:
        unseen[path] = error
        return Folder(UNSURE, {})
    return Folder(listed, {name: _sign(path + b"/" + name) for name in _of_records(names)})


def _of_records(names: Collection[bytes]) -> list[bytes]:
    """The names that could be those of records, sorted."""
    found = [n for n in names if n.endswith(b".toml") and not n.startswith(_NO_RECORD)]
    return sorted(found) or [RECORD.encode()] * (PAGE.encode() in names)


_NO_RECORD = (b".", b"manifest")


def _sign(path: bytes) -> Sign:
    try:
        found = os.stat(path)  # noqa: PTH116 - a path of bytes
    except OSError:
        return NO_SIGN
    return Sign(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """The manifest as TOML: plain names and hex digits need no escaping."""
    sums = "".join(f'"{name}" = "{_sum(files[name])}"\n' for name in sorted(files))
    return f"manifest = 1\n\n[sha256]\n{sums}".encode()


def _sum(content: bytes) -> str:
    import hashlib  # not before a record is touched: every start would wait for it

    return hashlib.sha256(content).hexdigest()
