"""Lines that are added to a list stay there, whatever happens between two of them."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from facilitate.store.files import Disk, replace_file
from facilitate.store.lists import append_line, read_lines


class Full(Disk):
    """A disk that takes so many bytes and then no more."""

    def __init__(self, room: int) -> None:
        self._room = room

    def write(self, descriptor: int, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "full")
        written = super().write(descriptor, data[: self._room])
        self._room -= written
        return written


class Deaf(Disk):
    """A disk that does not say that it has anything."""

    def fsync(self, descriptor: int) -> None:
        raise OSError(errno.EIO, "fault")


class Noting(Disk):
    """A disk that notes what it waited for."""

    def __init__(self) -> None:
        self.waited: list[str] = []

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        self.waited.append(f"{os.fstat(descriptor).st_size} bytes")

    def fsync_folder(self, folder: Path) -> None:
        super().fsync_folder(folder)
        self.waited.append(f"{folder.name}/")


def test_lines_stand_one_below_the_other_for_nobody_else_to_read(tmp_path: Path) -> None:
    path = tmp_path / "exports" / "list.jsonl"
    assert read_lines(path) == b""
    append_line(path, b"one\n")
    append_line(path, b"two\n")
    assert read_lines(path) == b"one\ntwo\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_line_is_on_disk_when_it_was_added(tmp_path: Path) -> None:
    disk = Noting()
    append_line(tmp_path / "list", b"one\n", disk)
    append_line(tmp_path / "list", b"two\n", disk)
    assert disk.waited == ["4 bytes", f"{tmp_path.name}/", "8 bytes"]


def test_below_a_line_that_was_cut_short_a_new_one_begins(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"one\ntw")
    append_line(path, b"three\n")
    assert read_lines(path) == b"one\ntw\nthree\n"


@pytest.mark.parametrize("disk", [Full(0), Full(2), Deaf()], ids=["full", "nearly", "deaf"])
def test_what_the_disk_does_not_take_leaves_the_list_as_it_was(
    tmp_path: Path, disk: Disk
) -> None:
    path = tmp_path / "list"
    append_line(path, b"one\n")
    with pytest.raises(OSError, match=r"full|fault"):
        append_line(path, b"two\n", disk)
    assert read_lines(path) == b"one\n"


def test_lines_of_several_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "list"

    def add(who: int) -> None:
        for n in range(20):
            append_line(path, b"%d.%d %b\n" % (who, n, b"x" * 500))

    threads = [threading.Thread(target=add, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = read_lines(path).splitlines()
    assert len({line.split()[0] for line in lines}) == len(lines) == 80


def test_a_list_that_is_replaced_in_between_loses_no_line(tmp_path: Path) -> None:
    path = tmp_path / "list"
    append_line(path, b"one\n")

    class Replacing(Disk):
        done = False

        def has_name(self, descriptor: int) -> bool:
            if not self.done:  # someone was faster than the lock
                self.done = True
                replace_file(path, b"one, rewritten\n")
            return super().has_name(descriptor)

    append_line(path, b"two\n", Replacing())
    assert read_lines(path) == b"one, rewritten\ntwo\n"


def test_a_list_is_not_written_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"")
    (tmp_path / "list").symlink_to(target)
    with pytest.raises(OSError, match=r".*"):
        append_line(tmp_path / "list", b"one\n")
    assert target.read_bytes() == b""
