"""New files of the user's own, which are never written over."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.store.files import Disk, add_file


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def usual(request: pytest.FixtureRequest) -> Iterator[int]:
    """The permissions that a new file of the user's has."""
    before = os.umask(request.param)
    yield 0o666 & ~request.param
    os.umask(before)


class Full(Disk):
    """A disk that takes half of what it is given."""

    def write(self, descriptor: int, data: memoryview) -> int:
        if len(data) < 8:
            raise OSError(errno.ENOSPC, "full")
        return super().write(descriptor, data[: len(data) // 2])


def test_a_new_file_has_the_usual_permissions(tmp_path: Path, usual: int) -> None:
    add_file(tmp_path / "day.toml", b"format = 1\n")
    assert (tmp_path / "day.toml").read_bytes() == b"format = 1\n"
    assert stat.S_IMODE((tmp_path / "day.toml").stat().st_mode) == usual


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        add_file(path, b"yours")
    assert path.read_bytes() == b"mine"


def test_of_a_file_that_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"):
        add_file(tmp_path / "day.toml", b"format = 1, and more", Full())
    assert list(tmp_path.iterdir()) == []
