"""Every file below some folders is looked into, whatever it is."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from facilitate.store import sweeping
from facilitate.store.sweeping import PIECE, sweep

SOUGHT = re.compile(b"needle")


def found(*roots: Path) -> list[str]:
    return [path.name for path in sweep(roots, SOUGHT, 6).holding]


def test_every_file_that_holds_it_is_named_once(tmp_path: Path) -> None:
    deep = tmp_path / "a" / ".hidden" / "b"
    deep.mkdir(parents=True)
    (deep / "one").write_bytes(b"a needle here")
    (tmp_path / "two").write_bytes(b"needle")
    (tmp_path / "none").write_bytes(b"needl e")
    (tmp_path / "empty").write_bytes(b"")
    assert found(tmp_path, tmp_path / "a", tmp_path / "missing") == ["one", "two"]


@pytest.mark.parametrize("before", [PIECE - 6, PIECE - 3, PIECE, 2 * PIECE - 1])
def test_it_is_found_wherever_it_stands_in_a_long_file(tmp_path: Path, before: int) -> None:
    (tmp_path / "long").write_bytes(b"x" * before + b"needle" + b"x" * PIECE)
    assert found(tmp_path) == ["long"]


def test_it_is_found_in_a_compressed_document_and_a_damaged_one_is_read_as_it_is(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "sound", "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("page.xml", b"a needle, " * 9)
    raw = (tmp_path / "sound").read_bytes()
    (tmp_path / "cut").write_bytes(raw[:40])
    (tmp_path / "bent").write_bytes(raw.replace(raw[40:50], b"needle" * 2))
    assert found(tmp_path) == ["bent", "sound"]


def test_what_cannot_be_looked_into_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").write_bytes(b"needle")
    (tmp_path / "open").write_bytes(b"needle")
    holds = sweeping._holds

    def refusing(path: Path, *rest: object) -> bool:
        if path.name == "shut":
            raise PermissionError
        return holds(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_holds", refusing)
    swept = sweep([tmp_path], SOUGHT, 6)
    assert [path.name for path in swept.unread] == ["shut"]
    assert [path.name for path in swept.holding] == ["open"]


def test_links_are_not_followed_to_folders(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one").write_bytes(b"needle")
    (tmp_path / "in" / "a" / "link").symlink_to(tmp_path / "out")
    assert found(tmp_path / "in") == []
