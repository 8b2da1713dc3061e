"""`facilitate git-setup` and `facilitate merge-agenda`, with the real git."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.git_setup import git_setup, merge_agenda
from facilitate.formats.agenda_text import AgendaText
from facilitate.session import building, git_setting_up
from facilitate.store.git import NoGit

ROOT = Path(__file__).parents[2]
LONG = ROOT / "agendas" / "hj-leadership-day-1.toml"
DAY = Path("plans/day.toml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in. Whatever git knows of this machine is not read."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PAGER_IN_USE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    return tmp_path


def git(*arguments: str, code: int = 0) -> str:
    """What git says on both of its ways out."""
    names = ["-c", "user.name=someone", "-c", "user.email=someone"]
    done = subprocess.run(
        ["git", *names, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def setup(*arguments: str) -> Result:
    result = CliRunner().invoke(git_setup, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository with the longest shipped day in it, set up."""
    git("init", "--quiet", "--initial-branch=main")
    DAY.parent.mkdir()
    DAY.write_bytes(LONG.read_bytes())
    assert setup("plans").exit_code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message=base")
    return folder


def day() -> AgendaText:
    return building.read(DAY, "day.toml")


def commit(branch: str, text: AgendaText) -> None:
    """Put a version of the day on a branch of its own, off the first commit."""
    git("checkout", "--quiet", "-B", branch, "main")
    DAY.write_bytes(text.raw())
    git("commit", "--quiet", "--all", f"--message={branch}")


# Setting up


def test_it_writes_a_line_and_settings_and_says_so() -> None:
    git("init", "--quiet")
    result = setup()
    assert Path(".gitattributes").read_text("utf-8") == (
        "*.toml diff=facilitate merge=facilitate\n"
    )
    assert result.exit_code == 0
    assert result.output.startswith(".gitattributes has a new line: *.toml diff=facilitate")
    assert "Set in this clone: merge.facilitate.driver = " in result.output
    assert "a colleague runs facilitate git-setup once" in result.output
    own = git_setting_up.own_command()
    assert git("config", "--local", "diff.facilitate.command") == f"{own} diff --git\n"


def test_done_again_it_changes_nothing() -> None:
    git("init", "--quiet")
    setup()
    before = {name: Path(name).read_bytes() for name in (".gitattributes", ".git/config")}
    result = setup()
    assert ".gitattributes has its line already" in result.output
    assert "The settings of this clone are there already." in result.output
    assert {name: Path(name).read_bytes() for name in before} == before


def test_what_stands_in_gitattributes_already_stays() -> None:
    git("init", "--quiet")
    Path(".gitattributes").write_bytes(b"*.md text")
    setup()
    assert Path(".gitattributes").read_bytes() == (
        b"*.md text\n*.toml diff=facilitate merge=facilitate\n"
    )


def test_a_folder_in_no_repository_is_said_to_be_in_none(folder: Path) -> None:
    result = setup()
    assert result.stderr == f"{folder} is in no git repository. Make one there: git init\n"
    assert result.exit_code == 1
    assert not Path(".gitattributes").exists()
    assert setup("nowhere").stderr == "There is no folder nowhere.\n"


def test_without_git_it_is_said_to_be_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    result = setup()
    assert result.stderr == f"{git_setting_up.NO_GIT}\n"
    assert result.exit_code == 1


def test_git_starts_this_program_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["-c"])
    python = shlex.quote(sys.executable)
    assert git_setting_up.own_command() == f"{python} -P -m facilitate.cli.main"
    script = Path("a folder") / "facilitate"
    script.parent.mkdir()
    script.touch()
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert shlex.split(git_setting_up.own_command()) == [str(script.resolve())]


# What git then does


def test_two_branches_that_change_different_parts_merge_without_markers(
    repository: Path,
) -> None:
    ours = building.with_minutes(day(), 0, 18)
    theirs = building.titled(building.with_minutes(day(), 3, 20), 5, "Another title")
    commit("ours", ours)
    commit("theirs", theirs)
    git("checkout", "--quiet", "ours")
    said = git("merge", "--quiet", "--message=both", "theirs")
    assert "plans/day.toml: The parts add up to 393 minutes now, and the day says so." in said
    expected = building.with_minutes(building.titled(ours, 5, "Another title"), 3, 20)
    assert DAY.read_bytes() == expected.raw()
    assert git("status", "--porcelain") == ""


def test_one_branch_reorders_and_the_other_edits(repository: Path) -> None:
    moved, longer = building.moved(day(), 1, 4), building.with_minutes(day(), 1, 33)
    commit("ours", moved)
    commit("theirs", longer)
    git("checkout", "--quiet", "ours")
    git("merge", "--quiet", "--message=both", "theirs")
    assert DAY.read_bytes() == building.moved(longer, 1, 4).raw()


def test_the_same_line_of_one_part_is_a_conflict_there_and_nowhere_else(
    repository: Path,
) -> None:
    commit("ours", building.with_minutes(building.with_minutes(day(), 0, 18), 3, 16))
    commit("theirs", building.with_minutes(building.with_minutes(day(), 0, 19), 4, 33))
    git("checkout", "--quiet", "ours")
    said = git("merge", "--message=both", "theirs", code=1)
    assert 'day.toml: Both changed the same lines of "Doors open and grounding".' in said
    text = DAY.read_text("utf-8")
    assert text.count("<<<<<<<") == 1
    assert (
        "<<<<<<< ours (Doors open and grounding)\nminutes = 18\n=======\nminutes = 19\n"
        ">>>>>>> theirs (Doors open and grounding)\n"
    ) in text
    assert "minutes = 16\n" in text
    assert "minutes = 33\n" in text
    assert git("status", "--porcelain") == "UU plans/day.toml\n"


def test_a_rebase_goes_part_by_part_as_well(repository: Path) -> None:
    commit("ours", building.with_minutes(day(), 0, 18))
    commit("theirs", building.with_minutes(day(), 3, 20))
    git("rebase", "--quiet", "ours")
    lengths = [one.minutes for one in building.draft(day(), "").agenda.segments]
    assert (lengths[0], lengths[3]) == (18, 20)


def test_git_diff_begins_with_the_words_of_the_day_and_is_still_a_patch(
    repository: Path,
) -> None:
    DAY.write_bytes(building.with_minutes(day(), 0, 18).raw())
    said = git("diff")
    assert said.startswith(
        "plans/day.toml, in the words of the day:\n"
        "  The day: minutes 390 -> 388\n  Doors open and grounding: 20 -> 18 min\n\n"
        "diff --git a/plans/day.toml b/plans/day.toml\n"
    )
    changed = DAY.read_bytes()
    git("checkout", "--quiet", "--", "plans/day.toml")
    Path("words.patch").write_text(said, "utf-8")
    git("apply", "words.patch")
    assert DAY.read_bytes() == changed


def test_git_diff_is_coloured_where_git_would_colour_it(repository: Path) -> None:
    DAY.write_bytes(building.with_minutes(day(), 0, 18).raw())
    git("config", "color.ui", "always")
    assert "\x1b[31m-minutes = 20" in git("diff")


def test_other_toml_files_are_compared_and_merged_as_ever(repository: Path) -> None:
    other = Path("plans/programme.toml")
    lines = [f"key{n} = {n}\n" for n in range(9)]
    other.write_text("".join(lines), "utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message=other")
    for branch, place in (("ours", 0), ("theirs", 8)):
        git("checkout", "--quiet", "-B", branch, "main")
        other.write_text("".join([*lines[:place], "key = 1\n", *lines[place + 1 :]]), "utf-8")
        assert git("diff").startswith("diff --git a/plans/programme.toml")
        git("commit", "--quiet", "--all", f"--message={branch}")
    git("checkout", "--quiet", "ours")
    git("merge", "--quiet", "--message=both", "theirs")
    assert other.read_text("utf-8") == "".join(["key = 1\n", *lines[1:8], "key = 1\n"])


def test_without_the_settings_git_goes_on_line_by_line(repository: Path) -> None:
    git("config", "--local", "--remove-section", "merge.facilitate")
    git("config", "--local", "--remove-section", "diff.facilitate")
    commit("ours", day().with_value(("segment", 0, "minutes"), 18))
    commit("theirs", day().with_value(("segment", 3, "minutes"), 20))
    git("checkout", "--quiet", "ours")
    git("merge", "--quiet", "--message=both", "theirs")
    assert git("diff", "HEAD~1").startswith("diff --git")


# By itself


def merge(*arguments: str) -> Result:
    result = CliRunner().invoke(merge_agenda, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def three() -> None:
    """Three versions of one day."""
    base = building.text_of(LONG.read_bytes(), "day.toml")
    Path("base").write_bytes(base.raw())
    Path("ours").write_bytes(building.with_minutes(base, 0, 18).raw())
    Path("theirs").write_bytes(building.with_minutes(base, 3, 20).raw())


@pytest.mark.usefixtures("three")
def test_a_merge_is_written_into_ours() -> None:
    result = merge("base", "ours", "theirs", "--path", "day.toml")
    assert result.exit_code == 0
    assert result.stderr == (
        "day.toml: The parts add up to 393 minutes now, and the day says so.\n"
    )
    lengths = [
        one.minutes
        for one in building.draft(building.read(Path("ours"), ""), "").agenda.segments
    ]
    assert (lengths[0], lengths[3]) == (18, 20)


@pytest.mark.usefixtures("three")
def test_markers_are_as_long_as_git_asks_for() -> None:
    Path("theirs").write_bytes(
        building.with_minutes(building.read(Path("base"), ""), 0, 19).raw()
    )
    result = merge("base", "ours", "theirs", "--marker-size", "12")
    assert result.exit_code == 1
    assert f"\n{'<' * 12} ours (Doors" in Path("ours").read_text("utf-8")


@pytest.mark.usefixtures("three")
def test_without_git_ours_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise NoGit

    monkeypatch.setattr("facilitate.store.git.merge_lines", missing)
    text = building.read(Path("base"), "")
    Path("theirs").write_bytes(building.with_minutes(text, 0, 19).raw())
    before = Path("ours").read_bytes()
    result = merge("base", "ours", "theirs")
    assert result.exit_code == 2
    assert result.stderr == "ours: git was not found, and it is what merges lines.\n"
    assert Path("ours").read_bytes() == before


def test_a_file_that_is_not_there_is_told() -> None:
    result = merge("base", "ours", "theirs")
    assert result.exit_code == 2
    assert result.stderr.startswith("ours: The folder or the file was moved or removed.")
