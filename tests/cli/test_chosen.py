"""What is in the settings, and the places that follow from it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from facilitate.cli.chosen import chosen, here, keep_journals
from facilitate.core.refusal import Refused
from facilitate.store.places import places


def settings(text: str | bytes) -> Path:
    path = places().settings
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_settings_the_places_are_the_usual_ones() -> None:
    assert here() == places()
    assert (chosen().keep, chosen().wrong, chosen().missing) == (None, (), "")
    assert not places().home.exists()


def test_records_go_into_the_shared_folder_and_are_read_from_both(
    tmp_path: Path, home: Path
) -> None:
    shared = home / "Our folder"
    shared.mkdir()
    settings('[shared]\nfolder = "~/Our folder"\n')
    assert here().shared == shared
    assert here().records == shared / "records"
    assert here().record_roots == (shared / "records", places().home / "records")


@pytest.mark.parametrize("folder", ["~/Shared", "~nobody-has-this-name/Shared", "/dev/null/x"])
def test_a_shared_folder_that_is_not_there_is_said_and_not_made(folder: str) -> None:
    settings(f'[shared]\nfolder = "{folder}"\n')
    found = chosen()
    assert found.places == places()
    assert "is not there now. Records are written on this machine alone" in found.missing
    assert found.wrong == (found.missing,)


def test_an_answer_is_written_and_read_again() -> None:
    keep_journals(places(), 14)
    assert chosen().keep == 14
    assert stat.S_IMODE(places().settings.stat().st_mode) == 0o600
    keep_journals(places(), "with the record")
    assert chosen().keep == "with the record"


def test_the_file_of_the_user_stays_what_and_whose_it_was(tmp_path: Path) -> None:
    path = settings(b"\xef\xbb\xbf# mine\r\n")
    kept = tmp_path / "dotfiles.toml"
    path.rename(kept)
    kept.chmod(0o640)
    path.symlink_to(kept)
    keep_journals(places(), 30)
    assert path.is_symlink()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert kept.read_bytes().startswith(b"# mine\r\n")
    assert chosen().keep == 30


@pytest.mark.parametrize("text", ["theme = ", b"\xff"])
def test_settings_that_cannot_be_read_are_left_alone(text: str | bytes) -> None:
    path = settings(text)
    before = path.read_bytes()
    with pytest.raises(Refused, match="mend it first"):
        keep_journals(places(), 14)
    assert path.read_bytes() == before
