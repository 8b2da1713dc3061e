"""An agenda out of a file that was made elsewhere, before it is written and after."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tests.formats.importing.imported import DATA, ZONE

from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.importing.draft import Wanted
from facilitate.formats.toml_reading import Unreadable
from facilitate.session import importing
from facilitate.session.agenda_exporting import exported
from facilitate.session.checking import check_files
from facilitate.session.importing import imported, system_zone, write
from facilitate.session.library import open_agenda

WANTED = Wanted(timezone=ZONE)


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        imported(path, WANTED)
    return str(refused.value)


def test_a_file_that_is_taken_over_can_be_opened_and_has_no_errors(tmp_path: Path) -> None:
    found = imported(DATA / "generic.csv", WANTED)
    path = tmp_path / found.file_name
    write(found, path)
    assert path.name == "generic.toml"
    assert open_agenda(path).agenda == read_agenda(found.content, "x").agenda
    (checked,) = check_files([str(path)])
    assert not [one for one in checked.problems if one.level == "error"]
    told = [one._replace(file="") for one in checked.problems]
    assert told == [one._replace(file="") for one in found.problems]


def test_a_file_that_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "generic.toml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write(imported(DATA / "generic.csv", WANTED), path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_file_that_it_was_made_of_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes((DATA / "generic.csv").read_bytes())
    write(imported(path, WANTED), tmp_path / "day.toml")
    assert path.read_bytes() == (DATA / "generic.csv").read_bytes()


def test_breaks_are_put_in_where_someone_asks_for_them() -> None:
    path = DATA / "ontime-default-columns.csv"
    plain, broken = imported(path, WANTED), imported(path, WANTED, breaks=True)
    assert [one.code for one in plain.problems if one.level == "error"] == ["stretch"]
    assert not [one for one in broken.problems if one.level == "error"]


def test_what_cannot_be_read_is_told_in_plain_words(tmp_path: Path) -> None:
    assert "There is no such file." in refusal(tmp_path / "gone.csv")
    assert "This is a folder." in refusal(tmp_path)
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(importing.MOST_BYTES * 10)
    assert "far too long" in refusal(huge)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> object:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "It cannot be read: Permission denied." in refusal(tmp_path / "day.csv")


def test_far_too_much_text_is_no_agenda(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    rows = (f'1,Part,"{"x" * 15_000}"' for _ in range(30))
    path.write_text("\n".join(["Min,Title,Notes", *rows]), encoding="utf-8")
    assert "far too much text" in refusal(path)


# The timezone of this machine


@pytest.mark.parametrize(
    ("told", "zone"),
    [("Europe/Paris", "Europe/Paris"), (":Asia/Tokyo", "Asia/Tokyo")],
)
def test_the_timezone_is_what_the_environment_says(
    told: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", told)
    assert system_zone() == zone


def test_the_timezone_is_where_the_local_time_points_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "PST8PDT nonsense")
    link = tmp_path / "localtime"
    link.symlink_to("/var/db/timezone/zoneinfo/America/New_York")
    monkeypatch.setattr(importing, "_LOCAL", link)
    assert system_zone() == "America/New_York"


def test_the_timezone_may_stand_in_a_file_or_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(importing, "_LOCAL", tmp_path / "none")
    named = tmp_path / "timezone"
    monkeypatch.setattr(importing, "_NAMED", named)
    assert system_zone() is None
    named.write_text("Africa/Lagos\n", encoding="utf-8")
    assert system_zone() == "Africa/Lagos"


# Out again


def test_an_export_is_called_like_its_agenda_its_day_and_whom_it_is_for() -> None:
    agenda = open_agenda(DATA.parents[1] / "golden" / "agenda_export" / "agenda.toml").agenda
    assert agenda is not None
    assert exported(agenda, "md", "team").name == "spring-1-2027-03-14-team.md"
    assert exported(agenda, "ics", "team").name == "spring-1-2027-03-14.ics"
    assert exported(agenda, "csv", "participants").left_out
