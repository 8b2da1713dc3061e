from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitate.store.files import Disk, reason
from facilitate.store.records import (
    NO_SIGN,
    UNSURE,
    NotVerified,
    altered,
    find_record_files,
    look,
    read_record_folder,
    write_record_folder,
)

FILES = {"record.toml": b"record = 1\n", "record.md": b"# Words\n"}
LATER = {"record.toml": b"record = 1 # again\n", "record.md": b"# Other words\n"}


class Failing(Disk):
    """A disk that is full after so many files were put in their places."""

    def __init__(self, room: int) -> None:
        self._room = room

    def replace(self, source: Path, target: Path) -> None:
        if self._room == 0:
            raise OSError(errno.ENOSPC, "full")
        self._room -= 1
        super().replace(source, target)


class Forgetful(Disk):
    """A disk that loses the last byte of what it says it has."""

    def replace(self, source: Path, target: Path) -> None:
        source.write_bytes(source.read_bytes()[:-1])
        super().replace(source, target)


class Ordered(Disk):
    """A disk that notes what it waited for."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.done.append(target.name)

    def fsync_folder(self, folder: Path) -> None:
        super().fsync_folder(folder)
        self.done.append(f"{folder.name}/")


def test_a_record_lies_under_its_year_and_reads_back(tmp_path: Path) -> None:
    folder = write_record_folder(tmp_path, "2026", "one-ab3d", FILES)
    assert folder == tmp_path / "2026" / "one-ab3d"
    files = read_record_folder(folder)
    assert {name: files[name] for name in FILES} == FILES
    assert sorted(files) == ["manifest.toml", "record.md", "record.toml"]


def test_the_manifest_names_the_sum_of_every_other_file(tmp_path: Path) -> None:
    folder = write_record_folder(tmp_path, "2026", "one-ab3d", FILES)
    assert (folder / "manifest.toml").read_text() == (
        "manifest = 1\n\n[sha256]\n"
        '"record.md" = "1be22d4aeb5b3a84e48789571bd7b3a5dc84b80a31313eab373c5875676d01cb"\n'
        '"record.toml" = "329e8796d51c0bdf0388dc21a8325c26eb7058f0bebf6858637e73047299a099"\n'
    )


def test_folders_and_files_are_private(tmp_path: Path) -> None:
    folder = write_record_folder(tmp_path / "records", "2026", "one-ab3d", FILES)
    for made in (folder, folder.parent, folder.parent.parent):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_name_is_waited_for_and_the_manifest_comes_last(tmp_path: Path) -> None:
    disk = Ordered()
    write_record_folder(tmp_path, "2026", "one", FILES, disk)
    written = [f"{name} one/" for name in ("record.toml", "record.md", "manifest.toml")]
    assert " ".join(disk.done).endswith(" ".join(written))
    assert disk.done[:2] == [f"{tmp_path.name}/", "2026/"]


def test_a_later_revision_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write_record_folder(tmp_path, "2026", "one", FILES)
    folder = write_record_folder(tmp_path, "2026", "one", LATER)
    files = read_record_folder(folder)
    assert {name: files[name] for name in LATER} == LATER
    assert altered(files) == []
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("room", [0, 1, 2])
def test_when_the_disk_fills_up_each_file_is_the_old_or_the_new_one(
    tmp_path: Path, room: int
) -> None:
    folder = write_record_folder(tmp_path, "2026", "one", FILES)
    with pytest.raises(OSError, match="full"):
        write_record_folder(tmp_path, "2026", "one", LATER, Failing(room))
    files = read_record_folder(folder)
    changed = [name for name in FILES if files[name] != FILES[name]]
    assert changed == ["record.toml", "record.md"][:room]
    assert all(files[name] == LATER[name] for name in changed)
    assert altered(files) == sorted(changed)


def test_what_does_not_read_back_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotVerified) as caught:
        write_record_folder(tmp_path, "2026", "one", FILES, Forgetful())
    assert isinstance(caught.value, OSError)
    assert reason(caught.value) == "The disk reports a fault"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../one", "a/b", ".one", "One", "ö", "a b", "a\n"]
)
def test_a_name_that_is_not_plain_is_refused(tmp_path: Path, name: str) -> None:
    for year, folder, files in (
        (name, "one", FILES),
        ("2026", name, FILES),
        ("2026", "one", {name: b""}),
    ):
        with pytest.raises(ValueError, match="not a plain name"):
            write_record_folder(tmp_path, year, folder, files)
    assert list(tmp_path.iterdir()) == []


def test_files_that_do_not_belong_to_the_manifest_are_told(tmp_path: Path) -> None:
    folder = write_record_folder(tmp_path, "2026", "one", FILES)
    (folder / "record.md").write_bytes(b"# Mine\n")
    (folder / "notes.txt").write_bytes(b"mine")
    assert altered(read_record_folder(folder)) == ["notes.txt", "record.md"]
    (folder / "record.md").unlink()
    assert altered(read_record_folder(folder)) == ["notes.txt", "record.md"]
    (folder / "manifest.toml").unlink()
    assert altered(read_record_folder(folder)) == ["notes.txt", "record.toml"]


def test_copies_of_sync_clients_are_not_files_of_a_record(tmp_path: Path) -> None:
    folder = write_record_folder(tmp_path, "2026", "one", FILES)
    (folder / "record (conflicted copy).toml").write_bytes(b"other")
    (folder / ".record.md.1a2b3c4d.new").write_bytes(b"half")
    (folder / "inner").mkdir()
    assert len(read_record_folder(folder)) == 3


# What changed


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"record = 1\n")


def test_every_file_that_could_be_a_record_is_found_whatever_its_name(tmp_path: Path) -> None:
    put(
        tmp_path,
        "2026/b/record.toml", "2025/c/record.toml", "2026/a/record (copy).toml",
        "2026/a/record.sync-conflict-1.toml", "renamed/by hand/notes.toml",
    )  # fmt: skip
    put(
        tmp_path,
        "2026/a/manifest.toml", "2026/a/manifest (copy).toml", "2026/a/.record.toml.0a.new",
        "2026/a/.hidden.toml", "2026/.d/record.toml", ".trash/d/record.toml", "record.toml",
        "2026/record.toml", "2026/a/inner/record.toml", "2026/e/record.md",
    )  # fmt: skip
    found = [str(path.relative_to(tmp_path)) for path in find_record_files(tmp_path)]
    assert found == [
        "2025/c/record.toml", "2026/a/record (copy).toml", "2026/a/record.sync-conflict-1.toml",
        "2026/b/record.toml", "renamed/by hand/notes.toml",
    ]  # fmt: skip


def test_without_an_archive_nothing_is_found_and_nothing_is_made(tmp_path: Path) -> None:
    assert find_record_files(tmp_path / "records") == []
    assert look([tmp_path / "records"], {}) == ({}, (), {})
    assert list(tmp_path.iterdir()) == []


def test_only_folders_that_changed_differ_from_what_is_known(tmp_path: Path) -> None:
    put(tmp_path, "2026/a/record.toml", "2026/b/record.toml", "2026/c/record.toml")
    known = look([tmp_path], {}).differing
    assert [os.path.basename(folder) for folder in sorted(known)] == [b"a", b"b", b"c"]  # noqa: PTH119 - bytes
    assert look([tmp_path], known) == ({}, (), {})
    put(tmp_path, "2026/b/record (copy).toml")
    (tmp_path / "2026" / "a" / "record.toml").write_bytes(b"longer than before\n")
    (tmp_path / "2026" / "c" / "record.toml").unlink()
    looked = look([tmp_path], known)
    folders = {name: os.fsencode(tmp_path / "2026" / name) for name in "abc"}
    assert set(looked.differing) == {folders["a"], folders["b"]}
    assert set(looked.differing[folders["b"]].files) == {b"record.toml", b"record (copy).toml"}
    assert looked.gone == (folders["c"],)


@pytest.mark.parametrize("change", ["size", "changed", "touched"])
def test_any_sign_of_a_change_counts(tmp_path: Path, change: str) -> None:
    put(tmp_path, "2026/a/record.toml")
    known = look([tmp_path], {}).differing
    ((folder, found),) = known.items()
    sign = found.files[b"record.toml"]
    other = sign._replace(**{change: getattr(sign, change) - 1})
    looked = look([tmp_path], {folder: found._replace(files={b"record.toml": other})})
    assert looked.differing == known
    assert look([tmp_path], {folder: found._replace(listed=UNSURE)}).differing == known


def test_a_page_without_its_record_is_seen_as_a_record_that_cannot_be_looked_at(
    tmp_path: Path,
) -> None:
    put(tmp_path, "2026/a/record.md", "2026/b/manifest.toml")
    known = look([tmp_path], {}).differing
    assert [inside.files for inside in known.values()] == [{b"record.toml": NO_SIGN}]
    assert look([tmp_path], known) == ({}, (), {})


def test_folders_that_cannot_be_looked_into_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "2025/a/record.toml", "2026/b/record.toml")
    known = look([tmp_path], {}).differing
    year, folder = os.fsencode(tmp_path / "2025"), os.fsencode(tmp_path / "2026" / "b")
    names = os.listdir

    def refusing(path: bytes) -> list[bytes]:
        if path == folder:
            raise OSError(errno.EACCES, "no")
        return names(path)

    def closed(path: bytes, scan: Callable[..., object] = os.scandir) -> object:
        if path == year:
            raise OSError(errno.EIO, "no")
        return scan(path)

    monkeypatch.setattr("facilitate.store.records.os.listdir", refusing)
    monkeypatch.setattr("facilitate.store.records.os.scandir", closed)
    looked = look([tmp_path], {folder: known[folder]._replace(listed=UNSURE)})
    assert {path: error.errno for path, error in looked.unseen.items()} == {
        year: errno.EIO, folder: errno.EACCES,
    }  # fmt: skip
    assert looked.gone == (folder,)
