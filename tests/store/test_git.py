"""Asking git: what it merges, what it compares, and what is said where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitate.store.git import NoGit, difference, git, merge_lines, wants_colour

LABELS = ("ours", "base", "theirs")
LINES = b"one\ntwo\nthree\nfour\nfive\n"


def test_lines_that_do_not_meet_are_merged() -> None:
    ours, theirs = LINES.replace(b"one", b"1"), LINES.replace(b"five", b"5")
    assert merge_lines(LINES, ours, theirs, LABELS) == (b"1\ntwo\nthree\nfour\n5\n", True)


def test_lines_that_stand_against_one_another_stand_between_markers() -> None:
    ours, theirs = LINES.replace(b"one", b"1"), LINES.replace(b"one", b"I")
    found, is_clean = merge_lines(LINES, ours, theirs, LABELS, marker=9)
    assert not is_clean
    assert found.startswith(b"<<<<<<<<< ours\n1\n=========\nI\n>>>>>>>>> theirs\ntwo\n")


def test_what_is_no_text_is_not_merged() -> None:
    with pytest.raises(NoGit):
        merge_lines(b"\0a", b"\0b", b"\0c", LABELS)


def test_a_difference_is_told_from_its_first_hunk_on(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    paths[0].write_bytes(LINES)
    paths[1].write_bytes(LINES.replace(b"one", b"1"))
    assert difference(*paths, colour=False).startswith(b"@@ -1,4 +1,4 @@\n-one\n+1\n two\n")
    assert b"\x1b[" in difference(*paths, colour=True)
    assert difference(paths[0], paths[0], colour=False) == b""


def test_colours_are_as_git_would_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not wants_colour(on_screen=False)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "color.ui")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "never")
    assert not wants_colour(on_screen=True)


def test_a_machine_without_git_is_told_from_a_folder_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileNotFoundError):
        git("--version", folder=tmp_path / "nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGit):
        git("--version")
