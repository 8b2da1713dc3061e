from pathlib import Path

import platformdirs
import pytest

from facilitate.store.places import Places, places, shipped_agendas


@pytest.fixture
def anywhere(tmp_path: Path) -> Places:
    return Places(home=tmp_path / "elsewhere")


def test_everything_lies_under_the_one_home(anywhere: Places) -> None:
    paths = [
        anywhere.sittings,
        anywhere.own("2026-09-12-a-0000"),
        anywhere.seen("2026-09-12-a-0000"),
        anywhere.private("2026-09-12-a-0000"),
        anywhere.records,
        anywhere.posts,
        anywhere.shown("2026-09-12-a-0000"),
        anywhere.settings,
    ]
    assert all(anywhere.home in path.parents for path in paths)
    assert len(set(paths)) == len(paths)


def test_words_kept_apart_lie_outside_of_what_a_synced_folder_of_sittings_would_carry(
    anywhere: Places,
) -> None:
    assert anywhere.sittings not in anywhere.private("s").parents
    assert anywhere.own("s").parent == anywhere.seen("s").parent == anywhere.sittings / "s"


def test_naming_the_places_makes_none_of_them(home: Path) -> None:
    there = places()
    for path in (there.own("s"), there.private("s"), there.records, there.settings):
        assert not path.exists()
    assert not there.home.exists()


def test_facilitate_home_moves_everything(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("FACILITATE_HOME", str(home / "moved"))
    assert places() == Places(home=home / "moved")


def test_facilitate_home_may_begin_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("FACILITATE_HOME", "~/sittings")
    assert places().home == home / "sittings"


def test_facilitate_home_is_meant_from_here_even_when_the_program_goes_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACILITATE_HOME", "sittings")
    assert places().home == tmp_path / "sittings"


@pytest.mark.parametrize("value", [None, ""])
def test_without_it_the_platform_says_where_data_belongs(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("FACILITATE_HOME")
    if value is not None:
        monkeypatch.setenv("FACILITATE_HOME", value)
    expected = platformdirs.user_data_path("facilitate", appauthor=False)
    assert places().home == expected


def test_the_agendas_that_come_along_are_where_they_are_said_to_be() -> None:
    assert (shipped_agendas() / "hj-leadership-day-1.toml").is_file()
