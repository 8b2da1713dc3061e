"""`facilitate diff`, by itself and as git asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.diff import diff

DATA = Path(__file__).parents[1] / "data" / "agendas"
SMALL = (DATA / "small.toml").read_bytes()
ZERO = "0" * 40


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in, with one agenda."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_bytes(SMALL)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(diff, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def put(name: str, *changes: tuple[bytes, bytes]) -> None:
    raw = SMALL
    for old, new in changes:
        assert old in raw, old
        raw = raw.replace(old, new)
    Path(name).write_bytes(raw)


LONGER = (b"minutes = 10", b"minutes = 12")


def test_what_is_other_is_told_in_the_words_of_the_day() -> None:
    put("b.toml", LONGER, (b"minutes = 30", b"minutes = 32"), (b'lead = "Sam"', b'lead = ""'))
    result = run("a.toml", "b.toml")
    assert result.output == (
        "The day: minutes 30 -> 32, name of lead taken out\nArriving: 10 -> 12 min\n"
    )
    assert result.exit_code == 1


def test_a_day_that_does_not_add_up_is_compared_all_the_same() -> None:
    put("b.toml", LONGER)
    assert run("a.toml", "b.toml").output == "Arriving: 10 -> 12 min\n"


def test_files_that_say_the_same_end_with_nought() -> None:
    assert run("a.toml", "a.toml").output == "Both are the same.\n"
    put("b.toml", (b"format = 1", b"# Mine.\nformat = 1"))
    result = run("a.toml", "b.toml")
    assert result.output == "Both say the same; they differ in comments or layout alone.\n"
    assert result.exit_code == 0


def test_what_cannot_be_read_ends_with_two_and_says_why() -> None:
    put("b.toml", (b"minutes = 10", b'minutes = "ten"'))
    result = run("a.toml", "b.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith('b.toml:32: in "Arriving": ')
    assert result.stdout == ""
    for raw, said in [
        (b"\x01\x02\xff", "not text"),
        (b"a = 1\n", "no agenda"),
        (None, "no such"),
    ]:
        Path("c.toml").unlink(missing_ok=True)
        if raw is not None:
            Path("c.toml").write_bytes(raw)
        assert said in run("c.toml", "a.toml").stderr
        assert run("c.toml", "a.toml").exit_code == 2


def test_two_files_are_compared_and_not_one_or_three() -> None:
    assert run("a.toml").exit_code == 2
    assert "Name two agendas." in run("a.toml", "a.toml", "a.toml").stderr


def test_words_that_could_steer_a_terminal_are_shown_without_their_effect() -> None:
    put("b.toml", (b'title = "Arriving"', b'title = "[red]A\\u001b[2J"'))
    result = run("a.toml", "b.toml")
    assert "\x1b" not in result.output
    assert "[red]A[2J" in result.output


# As git hands it over


def by_git(old: str, new: str, path: str = "plans/day.toml", *more: str) -> Result:
    return run("--git", path, old, ZERO, "100644", new, ZERO, "100644", *more)


def test_git_is_given_the_words_and_then_the_lines_as_a_patch() -> None:
    put("b.toml", LONGER)
    result = by_git("a.toml", "b.toml")
    assert result.exit_code == 0
    assert result.output.startswith(
        "plans/day.toml, in the words of the day:\n  Arriving: 10 -> 12 min\n\n"
        "diff --git a/plans/day.toml b/plans/day.toml\n--- a/plans/day.toml\n"
        "+++ b/plans/day.toml\n@@ "
    )
    assert "\n-minutes = 10\n+minutes = 12\n" in result.output


def test_git_is_given_the_lines_alone_where_there_is_no_agenda() -> None:
    put("b.toml", (b"minutes = 10", b'minutes = "ten"'))
    result = by_git("a.toml", "b.toml")
    assert result.output.startswith("diff --git ")
    assert '+minutes = "ten"\n' in result.output


def test_new_removed_and_renamed_files_are_told_as_git_tells_them() -> None:
    new = by_git("/dev/null", "a.toml").output
    assert "new file mode 100644\n--- /dev/null\n+++ b/plans/day.toml\n@@ -0,0 " in new
    gone = by_git("a.toml", "/dev/null").output
    assert "deleted file mode 100644\n--- a/plans/day.toml\n+++ /dev/null\n" in gone
    put("b.toml", LONGER)
    renamed = by_git("a.toml", "b.toml", "plans/day.toml", "plans/new.toml", "similarity 90%")
    assert "plans/new.toml, in the words of the day:" in renamed.output
    assert "diff --git a/plans/day.toml b/plans/new.toml\n" in renamed.output


def test_a_change_in_comments_alone_is_said_to_be_one() -> None:
    put("b.toml", (b"format = 1", b"# Mine.\nformat = 1"))
    assert "  Nothing is other but comments or layout.\n" in by_git("a.toml", "b.toml").output


def test_other_permissions_alone_are_told_without_lines() -> None:
    words = ("day.toml", "a.toml", ZERO, "100644", "a.toml", ZERO, "100755")
    assert run("--git", *words).output == (
        "diff --git a/day.toml b/day.toml\nold mode 100644\nnew mode 100755\n"
    )


def test_a_file_with_conflicts_is_named_as_git_names_it() -> None:
    assert run("--git", "day.toml").output == "* Unmerged path day.toml\n"


def test_what_git_never_hands_over_is_answered() -> None:
    result = run("--git", "a.toml", "a.toml")
    assert result.exit_code == 2
    assert "Without git, leave out --git." in result.stderr


def test_whoever_stops_reading_makes_no_fault_for_git() -> None:
    put("b.toml", LONGER)
    reads, writes = os.pipe()
    os.close(reads)
    names = ["a.toml", "a.toml", ZERO, "100644", "b.toml", ZERO, "100644"]
    command = [sys.executable, "-m", "facilitate.cli.main", "diff", "--git", *names]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_git_it_is_said_to_be_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("b.toml", LONGER)
    monkeypatch.setenv("PATH", str(folder))
    result = by_git("a.toml", "b.toml")
    assert "git was not found" in result.stderr
    assert run("a.toml", "b.toml").exit_code == 1
