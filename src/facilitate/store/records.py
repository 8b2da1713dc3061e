"""The folders that records lie in: `<root>/<year>/<name>/`. Bytes, without their meaning.

Each folder has a manifest with the SHA-256 of its other files, written last, so that files
that do not belong together can be told.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import Path

from facilitate.store.files import REAL_DISK, Disk, replace_file

RECORD, MANIFEST = "record.toml", "manifest.toml"

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
    whole = {**files, MANIFEST: _manifest(files)}
    for file, content in whole.items():
        replace_file(folder / file, content, disk)
    if read_record_folder(folder) != whole:
        raise NotVerified(folder)
    return folder


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


def find_records(root: Path) -> list[Path]:
    """The folders of all records, by year and name; empty when there is no such root."""
    found = (path.parent for path in root.glob(f"*/*/{RECORD}"))
    return sorted(f for f in found if not f.name.startswith(".") and f.parent.name[0] != ".")


def find_record_files(root: Path) -> list[Path]:
    """Every file below a root that could be a record, sorted; empty when there is no root.

    Sync clients give copies names of their own, and people rename folders: any TOML file
    counts but manifests and unfinished ones.
    """
    found = (p for p in root.glob("*/*/*.toml") if not p.name.startswith((".", "manifest")))
    return sorted(p for p in found if p.parent.name[0] != "." != p.parent.parent.name[0])


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """The manifest as TOML: plain names and hex digits need no escaping."""
    sums = "".join(f'"{name}" = "{_sum(files[name])}"\n' for name in sorted(files))
    return f"manifest = 1\n\n[sha256]\n{sums}".encode()


def _sum(content: bytes) -> str:
    import hashlib  # not before a record is touched: every start would wait for it

    return hashlib.sha256(content).hexdigest()
