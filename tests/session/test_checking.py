"""Files and folders that are checked, and files that are mended."""

import os
import stat
from pathlib import Path

import pytest
from tests.session.spring import SMALL, agenda, one_of, put, told

from facilitate.session.checking import (
    Changed,
    Checked,
    check_files,
    mend,
    safe_mendings,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Folders


def test_a_folder_is_searched_and_what_is_none_of_ours_is_passed_over() -> None:
    agenda("days/b.toml")
    agenda("days/2027/a.toml")
    agenda("days/.hidden/c.toml", "nonsense")
    put("days/.d.toml", "nonsense")
    put("days/settings.toml", 'theme = "dark"\n')
    put("days/empty.toml", "")
    put("days/notes.md", "[session]")
    assert check_files(["days"]) == (
        Checked("days/b.toml"),
        Checked("days/empty.toml", is_passed_over=True),
        Checked("days/settings.toml", is_passed_over=True),
        Checked("days/2027/a.toml"),
    )


def test_the_name_of_a_file_may_end_in_capitals() -> None:
    agenda("days/DAY.TOML")
    assert [one.name for one in check_files(["days"])] == ["days/DAY.TOML"]


def test_a_pipe_in_a_folder_is_not_waited_for() -> None:
    agenda("days/a.toml")
    os.mkfifo("days/pipe.toml")
    assert [one.name for one in check_files(["days"])] == ["days/a.toml"]


def test_a_file_is_told_once_however_often_it_is_asked_for() -> None:
    agenda("days/a.toml", "nonsense = 1")
    Path("again").symlink_to("days")
    assert len(told("days/a.toml", "days", "./days/a.toml", "again")) == 1


@pytest.mark.parametrize("name", ["settings.toml", "record.toml", "pyproject.toml"])
def test_what_is_none_of_ours_is_told_when_it_is_named(name: str) -> None:
    put(name, '[tool.ruff]\nline-length = 96\n[sections]\n[[segments]]\nid = "x"\n')
    assert one_of(name).startswith(
        f"{name}:None error other-file: This is neither an agenda nor a programme. An agenda"
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('[sesion]\nid = "x"\n[[segment]]\ntitle = "x"\n', "session"),
        ('[session]\nid = "x"\n[[segmnt]]\ntitle = "x"\n', "segment"),
        ('x = = 1\n[[segment]\ntitle = "x"\n', "[[segment]]"),
        ('[program]\nid = "x"\n[[session]]\nnumber = 1\n', "programme"),
    ],
)
def test_a_file_of_ours_is_known_by_headers_that_are_misspelled(text: str, meant: str) -> None:
    put("days/x.toml", text)
    assert any(meant in line for line in told("days"))


def test_the_record_of_a_sitting_is_no_agenda() -> None:
    put("days/record.toml", 'record = 1\n[sitting]\nid = "x"\n[[segment]]\nid = "y"\n')
    agenda("days/a.toml")
    assert [one.is_passed_over for one in check_files(["days"])] == [False, True]


def test_an_empty_file_and_one_that_is_no_toml_are_told_when_named() -> None:
    put("a.toml", "# later\n")
    put("b.toml", "what = is this\n")
    codes = [line.split()[2] for line in told("a.toml", "b.toml")]
    assert codes[0] == "empty:"
    assert "no-quotes:" in codes


def test_a_file_in_a_folder_that_cannot_be_read_is_told() -> None:
    Path("days").mkdir()
    Path("days/a.toml").write_bytes(SMALL.encode("utf-16"))
    (one,) = check_files(["days"])
    assert not one.is_readable
    assert "UTF-16" in one.problems[0].message


def test_a_folder_without_an_agenda_says_so() -> None:
    Path("days").mkdir()
    put("other/settings.toml", 'theme = "dark"\n')
    for name in ("days", "other"):
        said = f"{name}:None error unreadable: There is no agenda in this folder."
        assert one_of(name) == f"{said} Their names end in .toml."
    assert not check_files(["days"])[0].is_readable


def test_a_folder_that_may_not_be_looked_into_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    Path("days").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    assert one_of("days") == (
        "days:None error unreadable: This folder cannot be read: Permission denied."
    )


# Mending


def test_what_is_safe_to_mend_is_found_in_folders_and_not_in_other_files() -> None:
    put("days/a.toml", SMALL.replace('"Closing"', "“Closing”"))
    put("days/b.toml")
    put("days/settings.toml", "theme = “dark”\n")
    put("days/bom.toml", f"\ufeff{SMALL}")
    found = safe_mendings(["days"])
    assert [mending.name for mending in found] == ["days/a.toml", "days/bom.toml"]
    assert [mending.after for mending in found] == [SMALL.encode()] * 2
    fixable = [one.name for one in check_files(["days"]) if one.is_fixable]
    assert fixable == ["days/a.toml"], "a byte order mark is no problem"


def test_a_mended_file_keeps_its_permissions() -> None:
    file = put("a.toml", SMALL.replace('"Closing"', "“Closing”"))
    file.chmod(0o640)
    mend(safe_mendings(["a.toml"])[0])
    assert file.read_text(encoding="utf-8") == SMALL
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert safe_mendings(["a.toml"]) == ()


def test_a_file_that_was_changed_meanwhile_is_let_be() -> None:
    file = put("a.toml", SMALL.replace('"Closing"', "“Closing”"))
    (mending,) = safe_mendings(["a.toml"])
    file.write_text("mine\n", encoding="utf-8")
    with pytest.raises(Changed):
        mend(mending)
    assert file.read_text(encoding="utf-8") == "mine\n"
