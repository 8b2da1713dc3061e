"""Folders go in one step, and what the end of the program leaves goes later."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitate.store.files import Disk
from facilitate.store.removing import (
    finish_removing,
    remove_files,
    remove_folder,
    remove_unfinished,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sessions" / "a"
    (made / "own").mkdir(parents=True)
    (made / "own" / "one").write_bytes(b"one")
    return made


def test_a_folder_goes_with_all_that_is_in_it(folder: Path, tmp_path: Path) -> None:
    remove_folder(folder, tmp_path / "leaving")
    assert [path.name for path in tmp_path.rglob("*")] == ["sessions"]


def test_what_was_left_aside_goes_first(folder: Path, tmp_path: Path) -> None:
    aside = tmp_path / "leaving"
    (aside / "a" / "own").mkdir(parents=True)
    (aside / "a" / "own" / "old").write_bytes(b"old")
    (aside / "stray").symlink_to(folder)
    remove_folder(folder, aside)
    assert not aside.exists()
    assert not folder.exists()


def test_a_link_aside_goes_and_what_it_leads_to_stays(folder: Path, tmp_path: Path) -> None:
    aside = tmp_path / "leaving"
    aside.mkdir()
    (aside / "stray").symlink_to(folder)
    finish_removing(aside)
    assert (folder / "own" / "one").exists()
    finish_removing(aside)
    assert not aside.exists()


def test_a_folder_that_cannot_be_set_aside_is_in_its_place(
    folder: Path, tmp_path: Path
) -> None:
    class Refusing(Disk):
        def replace(self, source: Path, target: Path) -> None:
            raise PermissionError

    with pytest.raises(PermissionError):
        remove_folder(folder, tmp_path / "leaving", Refusing())
    assert (folder / "own" / "one").read_bytes() == b"one"


def test_files_go_by_their_names(tmp_path: Path) -> None:
    for name in ("a.toml", ".a.toml.1a2b.new", "b.new", "c.toml"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".d.new").mkdir()
    assert remove_unfinished(tmp_path) == 1
    assert remove_files(tmp_path, "*.toml") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".d.new", "b.new"]
    assert remove_files(tmp_path / "missing", "*") == 0
