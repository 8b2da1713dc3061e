import errno
import os
from pathlib import Path

import pytest

from facilitate.store.files import Disk
from facilitate.store.new_folder import is_free, write_new_folder

FILES = {"a.toml": b"one\r\n", "b.toml": b"two"}


def within(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_folder_is_there_with_all_of_its_files(tmp_path: Path) -> None:
    write_new_folder(tmp_path / "new", FILES)
    assert within(tmp_path / "new") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    write_new_folder(tmp_path / "new", FILES)
    assert within(tmp_path / "new") == FILES


def test_others_may_read_it_as_far_as_this_user_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_new_folder(tmp_path / "new", FILES)
    finally:
        os.umask(before)
    modes = [(tmp_path / "new").stat().st_mode, (tmp_path / "new" / "a.toml").stat().st_mode]
    assert [oct(mode & 0o777) for mode in modes] == ["0o755", "0o644"]


@pytest.mark.parametrize("what", ["file", "folder", "link", "broken link"])
def test_what_stands_there_already_stays(tmp_path: Path, what: str) -> None:
    there, inside = tmp_path / "new", tmp_path / "elsewhere"
    match what:
        case "file":
            there.write_bytes(b"mine")
        case "folder":
            there.mkdir()
            (there / "a.toml").write_bytes(b"mine")
        case "link":
            inside.mkdir()
            there.symlink_to(inside)
        case _:
            there.symlink_to(inside)
    before = sorted(tmp_path.rglob("*"))
    assert not is_free(there)
    with pytest.raises(FileExistsError):
        write_new_folder(there, FILES)
    assert sorted(tmp_path.rglob("*")) == before


class Full(Disk):
    """A disk that is full after the first file."""

    def __init__(self) -> None:
        self.waited = 0

    def fsync(self, descriptor: int) -> None:
        self.waited += 1
        if self.waited > 1:
            raise OSError(errno.ENOSPC, "no space")


def test_when_the_disk_is_full_nothing_of_it_is_left(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space"):
        write_new_folder(tmp_path / "new", FILES, Full())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_was_filled_meanwhile_stays(tmp_path: Path) -> None:
    class Meanwhile(Disk):
        def replace(self, source: Path, target: Path) -> None:
            target.mkdir()
            (target / "theirs").write_bytes(b"x")
            super().replace(source, target)

    with pytest.raises(OSError, match="not empty"):
        write_new_folder(tmp_path / "new", FILES, Meanwhile())
    assert within(tmp_path / "new") == {"theirs": b"x"}
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
