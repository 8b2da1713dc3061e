"""Private folders and files, and replacements that are whole or not there."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.store import files
from facilitate.store.files import (
    Disk,
    make_private_folder,
    reason,
    replace_file,
    rewrite_file,
    write_all,
)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class Watched(Disk):
    """A disk that tells what was done to it, and fails where it is told to."""

    def __init__(self, fail: str = "") -> None:
        self.done: list[str] = []
        self._fail = fail

    def _note(self, call: str) -> None:
        self.done.append(call)
        if call == self._fail:
            raise OSError(errno.ENOSPC, "full")

    def make_folder(self, folder: Path) -> None:
        self._note(f"make {folder.name}")
        super().make_folder(folder)

    def create(self, path: Path) -> int:
        self._note("create")
        return super().create(path)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._note("write")
        return super().write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._note("fsync")
        super().fsync(descriptor)

    def fsync_folder(self, folder: Path) -> None:
        self._note(f"fsync {folder.name}")
        super().fsync_folder(folder)

    def close(self, descriptor: int) -> None:
        self._note("close")
        super().close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        self._note("replace")
        super().replace(source, target)


# Folders


@pytest.mark.usefixtures("umask")
def test_folders_and_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    replace_file(tmp_path / "a" / "b" / "file", b"words")
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "file") == 0o600


def test_every_new_folder_is_waited_for_in_the_one_above_it(tmp_path: Path) -> None:
    disk = Watched()
    make_private_folder(tmp_path / "a" / "b", disk)
    assert disk.done == ["make a", f"fsync {tmp_path.name}", "make b", "fsync a"]


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    disk = Watched()
    make_private_folder(tmp_path, disk)
    assert disk.done == []
    assert mode(tmp_path) == 0o755


def test_a_folder_made_by_another_window_meanwhile_is_fine(tmp_path: Path) -> None:
    class Slow(Disk):
        def make_folder(self, folder: Path) -> None:
            folder.mkdir()
            super().make_folder(folder)

    make_private_folder(tmp_path / "a", Slow())
    assert (tmp_path / "a").is_dir()


def test_a_file_where_a_folder_should_be_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(NotADirectoryError):
        replace_file(tmp_path / "a" / "file", b"words")
    assert (tmp_path / "a").read_bytes() == b"x"


# Files


def test_a_replacement_is_on_disk_before_it_gets_the_name(tmp_path: Path) -> None:
    disk = Watched()
    replace_file(tmp_path / "file", b"words", disk)
    steps = ["create", "write", "fsync", "close", "replace", f"fsync {tmp_path.name}"]
    assert disk.done == steps


@pytest.mark.parametrize("fail", ["create", "write", "fsync", "close", "replace"])
def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, fail: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="full"):
        replace_file(path, b"new", Watched(fail))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replacement_is_private_even_when_the_old_file_was_not(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    replace_file(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_a_new_file_never_opens_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        Disk().create(tmp_path / "file")


def test_what_is_added_goes_to_the_end_even_when_someone_cut_the_file(tmp_path: Path) -> None:
    disk = Disk()
    descriptor = disk.create(tmp_path / "file")
    write_all(descriptor, b"first", disk)
    os.truncate(tmp_path / "file", 0)
    write_all(descriptor, b"second", disk)
    disk.close(descriptor)
    assert (tmp_path / "file").read_bytes() == b"second"


def test_a_file_is_made_where_modes_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _mode: int) -> None:
        raise PermissionError(errno.EPERM, "no modes here")

    monkeypatch.setattr(os, "fchmod", refuse)
    replace_file(tmp_path / "file", b"words")
    assert (tmp_path / "file").read_bytes() == b"words"


class Sparing(Disk):
    """A disk that takes so many bytes at a time."""

    def __init__(self, bytes_at_once: int) -> None:
        self.taken = b""
        self._at_once = bytes_at_once

    def write(self, descriptor: int, data: memoryview) -> int:
        self.taken += bytes(data[: self._at_once])
        return min(len(data), self._at_once)


def test_short_writes_are_continued() -> None:
    disk = Sparing(3)
    write_all(0, b"eight by", disk)
    assert disk.taken == b"eight by"


def test_a_disk_that_takes_nothing_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(OSError, match="took nothing"):
        write_all(0, b"x", Sparing(0))


# Waiting for the disk


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked for, on a system that has F_FULLFSYNC."""
    calls: list[str] = []
    monkeypatch.setattr(files, "_FULL_FSYNC", 51)
    monkeypatch.setattr(fcntl, "fcntl", lambda _fd, what: calls.append(f"fcntl {what}"))
    monkeypatch.setattr(os, "fsync", lambda _fd: calls.append("fsync"))
    return calls


def test_macos_is_asked_for_the_drive_itself(asked: list[str]) -> None:
    Disk().fsync(0)
    assert asked == ["fcntl 51"]


@pytest.mark.parametrize(
    ("error", "then"), [(errno.ENOTSUP, ["fsync"]), (errno.EINVAL, ["fsync"]), (errno.EIO, [])]
)
def test_a_file_system_that_does_not_know_it_is_asked_plainly(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, error: int, then: list[str]
) -> None:
    def refuse(_descriptor: int, _what: int) -> None:
        raise OSError(error, "no")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    if then:
        Disk().fsync(0)
    else:
        with pytest.raises(OSError, match="no"):
            Disk().fsync(0)
    assert asked == then


@pytest.mark.parametrize("error", [errno.EINVAL, errno.EIO])
def test_a_folder_that_cannot_be_waited_for_is_no_error_but_a_fault_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(error, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    if error == errno.EIO:
        with pytest.raises(OSError, match="no"):
            Disk().fsync_folder(tmp_path)
    else:
        Disk().fsync_folder(tmp_path)


def test_a_file_without_a_name_is_told(tmp_path: Path) -> None:
    disk = Disk()
    path = tmp_path / "file"
    descriptor = disk.create(path)
    assert disk.has_name(descriptor)
    disk.unlink(path)
    assert not disk.has_name(descriptor)
    disk.close(descriptor)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError(errno.EIO, "Input/output error"), "The disk reports a fault"),
        (
            OSError(errno.EXDEV, "Invalid cross-device link"),
            "The disk does not take it (Invalid cross-device link)",
        ),
        (OSError("odd"), "The disk does not take it (no reason given)"),
    ],
)
def test_the_reason_is_told_in_plain_words(error: OSError, words: str) -> None:
    assert reason(error) == words


# Files of the user's own


@pytest.mark.usefixtures("umask")
def test_a_file_of_the_users_own_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    file.write_bytes(b"before, and longer")
    file.chmod(0o664)
    before = file.stat()
    rewrite_file(file, b"after")
    assert file.read_bytes() == b"after"
    now = file.stat()
    assert (now.st_mode, now.st_uid, now.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_leads_to_the_new_content(tmp_path: Path) -> None:
    file, link = tmp_path / "day.toml", tmp_path / "today.toml"
    file.write_bytes(b"before")
    link.symlink_to("day.toml")
    rewrite_file(link, b"after")
    assert link.is_symlink()
    assert file.read_bytes() == b"after"


def test_both_names_of_one_file_keep_one_content(tmp_path: Path) -> None:
    file, other = tmp_path / "day.toml", tmp_path / "again.toml"
    file.write_bytes(b"before, and longer")
    other.hardlink_to(file)
    rewrite_file(file, b"after")
    assert other.read_bytes() == b"after"
    assert sorted(tmp_path.iterdir()) == [other, file]


class SomeoneElses(Disk):
    """A disk with the files of another account, which may be written and not given away."""

    def take_after(self, descriptor: int, other: os.stat_result) -> bool:
        return False


def test_where_the_owner_cannot_be_given_the_file_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    file.write_bytes(b"before, and longer")
    number = file.stat().st_ino
    rewrite_file(file, b"after", SomeoneElses())
    assert file.read_bytes() == b"after"
    assert file.stat().st_ino == number
    assert list(tmp_path.iterdir()) == [file]


def test_another_owner_is_kept_or_said_to_be_out_of_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []

    def give(_: int, owner: int, group: int) -> None:
        given.append((owner, group))
        raise PermissionError(errno.EPERM, "not yours")

    file = tmp_path / "day.toml"
    file.write_bytes(b"x")
    values = list(file.stat())
    values[4], values[5] = 4321, 8765
    monkeypatch.setattr(os, "fchown", give)
    with file.open("rb") as opened:
        assert not Disk().take_after(opened.fileno(), os.stat_result(values))
    assert given == [(4321, 8765)]


@pytest.mark.parametrize("fail", ["create", "write", "fsync", "replace"])
def test_a_file_that_cannot_be_rewritten_is_what_it_was(tmp_path: Path, fail: str) -> None:
    file = tmp_path / "day.toml"
    file.write_bytes(b"before")
    with pytest.raises(OSError, match="full"):
        rewrite_file(file, b"after", Watched(fail))
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there_is_not_rewritten(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rewrite_file(tmp_path / "day.toml", b"x")
    assert list(tmp_path.iterdir()) == []
