"""`facilitate check`: what it prints, and how it ends."""

import errno
import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.check import check
from facilitate.session import checking
from facilitate.session.checking import Mending, safe_mendings

ROOT = Path(__file__).parents[2]
AGENDAS = sorted((ROOT / "agendas").glob("*.toml"))
DATA = ROOT / "tests" / "data" / "agendas"
SMALL = (DATA / "small.toml").read_text(encoding="utf-8")
KEYS = ["file", "line", "column", "segment", "level", "code", "message", "hint"]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(check, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, *changes: tuple[str, str]) -> Path:
    """The small agenda under a name, changed."""
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = Path(name)
    file.write_bytes(text.encode())
    return file


SUM = ("minutes = 20", "minutes = 25")
NO_IF_SHORT = ('if_short = "Leave out the names."', "")


def test_a_clean_file_has_nothing_to_mend() -> None:
    result = run(put("day.toml"))
    assert result.output == "day.toml: nothing to mend\n"
    assert result.exit_code == 0


def test_the_shipped_files_have_no_errors_and_only_the_warnings_that_are_meant() -> None:
    result = run(ROOT / "agendas")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    clean = [line for line in lines if line.endswith(": nothing to mend")]
    assert len(clean) == len(AGENDAS) - 1
    assert lines[-1] == f"2 warnings in {len(AGENDAS)} files"
    assert [line.partition("warning: ")[2] for line in lines if "warning: " in line] == [
        "From here 85 minutes go by without a break; 80 is the most online.",
        "From here 90 minutes go by without a break; 80 is the most online.",
    ]


def test_a_problem_is_a_block_with_its_place_its_part_and_a_hint() -> None:
    result = run(put("day.toml", ("at_least = 5", "at_lest = 5")))
    assert result.output == (
        'day.toml:33: in "Arriving": Nothing called "at_lest" belongs here.\n'
        '    Did you mean "at_least"?\n'
        "1 error in 1 file\n"
    )
    assert result.exit_code == 1


def test_a_problem_outside_of_parts_names_none() -> None:
    first = run(put("day.toml", SUM)).output.splitlines()[0]
    assert first == "day.toml:9: The parts add up to 35 minutes, the day says 30."


def test_warnings_alone_end_well() -> None:
    result = run(put("day.toml", NO_IF_SHORT))
    assert 'day.toml:33: in "Arriving": warning: It may shrink to 5 minutes' in result.output
    assert result.output.endswith("1 warning in 1 file\n")
    assert result.exit_code == 0


def test_several_files_are_counted_together() -> None:
    files = [put("a.toml", SUM, NO_IF_SHORT), put("b.toml", SUM), put("c.toml")]
    result = run(*files)
    assert result.output.endswith("2 errors and 1 warning in 3 files\n")
    assert "c.toml: nothing to mend\n" in result.output
    assert result.exit_code == 1


def test_many_faults_are_all_told_at_once() -> None:
    """The whole output, so that a change of words is seen; edit the .txt on purpose only."""
    put("unused.toml")
    Path("many-faults.toml").write_bytes((DATA / "many-faults.toml").read_bytes())
    expected = (DATA / "many-faults.txt").read_text(encoding="utf-8")
    assert run("many-faults.toml").output == expected


def test_a_programme_is_recognised_and_checked() -> None:
    text = (ROOT / "agendas" / "programme.toml").read_text(encoding="utf-8")
    Path("p.toml").write_text(text.replace("number = 9\n", "number = 8\n"), encoding="utf-8")
    output = run("p.toml").output
    assert "p.toml:177: Session 9 is expected here, and this says 8.\n" in output


# What cannot be read


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (SMALL.encode("utf-16"), "The file is in UTF-16, not in UTF-8."),
        (SMALL.replace("Day", "caf\xe9").encode("cp1252"), "seems to be in Windows-1252"),
        (b"\x00\x01\x02\xff", "The file is not text."),
        (b"#" * 400_000, "The file is far too long for an agenda."),
    ],
)
def test_a_file_that_is_no_text_in_utf_8_ends_with_two(raw: bytes, said: str) -> None:
    Path("day.toml").write_bytes(raw)
    result = run("day.toml")
    assert said in result.output
    assert result.exit_code == 2


def test_a_missing_file_and_a_folder_without_agendas_end_with_two(folder: Path) -> None:
    missing, inner = run("nope.toml"), run(folder)
    assert "nope.toml: There is no such file." in missing.output
    assert "There is no agenda in this folder." in inner.output
    assert (missing.exit_code, inner.exit_code) == (2, 2)


def test_a_file_that_may_not_be_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = put("day.toml")
    monkeypatch.setattr(Path, "open", refuse)
    result = run(file)
    assert "day.toml: It cannot be read: Permission denied." in result.output
    assert result.exit_code == 2


def test_the_other_files_are_checked_all_the_same() -> None:
    result = run("nope.toml", put("day.toml", SUM))
    assert "The parts add up" in result.output
    assert result.output.endswith("2 errors in 2 files\n")
    assert result.exit_code == 2


def test_no_file_at_all_is_a_mistake_of_the_command_line() -> None:
    assert run().exit_code == 2


# Folders


def test_what_is_passed_over_in_a_folder_gets_a_word_and_is_not_counted() -> None:
    Path("days").mkdir()
    put("days/a.toml")
    Path("days/settings.toml").write_text('theme = "dark"\n', encoding="utf-8")
    result = run("days")
    assert result.output == (
        "days/a.toml: nothing to mend\n"
        "days/settings.toml: passed over, neither an agenda nor a programme\n"
    )
    assert result.exit_code == 0
    assert run("--json", "days").output == ""


def test_what_is_none_of_ours_is_an_error_when_it_is_named() -> None:
    Path("settings.toml").write_text('theme = "dark"\n', encoding="utf-8")
    result = run("settings.toml")
    assert "This is neither an agenda nor a programme." in result.output
    assert result.exit_code == 1


# Mending


CURLY = ('title = "Closing"', "title = “Closing”")
NBSP = ("minutes = 20", "minutes\u00a0= 020")
DIFFERENCE = """\
--- a.toml
+++ a.toml
@@ -38,9 +38,9 @@
 chat = ["Shape of the day: {day_shape}."]
\x20
 [[segment]]
-title = “Closing”
+title = "Closing"
 kind = "closing"
-minutes<U+00A0>= 020
+minutes = 20
 capture = ["gratitude"]
 serves = ["rest"]
 chat = ["What stays, and what goes?"]
"""


def test_what_can_be_mended_is_offered() -> None:
    assert "facilitate check --fix" in run(put("a.toml", CURLY)).output
    assert "--fix" not in run(put("b.toml", SUM)).output


def test_without_a_terminal_the_changes_are_shown_and_nothing_is_changed() -> None:
    file = put("a.toml", CURLY, NBSP)
    before = file.read_bytes()
    result = run("--fix", file)
    assert result.output == (
        f"{DIFFERENCE}To make these changes, add --yes.\nNothing was changed.\n"
    )
    assert result.exit_code == 1
    assert file.read_bytes() == before


def test_with_yes_the_changes_are_made_and_the_file_is_checked_again() -> None:
    file = put("a.toml", CURLY, NBSP)
    result = run("--fix", "--yes", file)
    assert result.output == f"{DIFFERENCE}a.toml: changed\na.toml: nothing to mend\n"
    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8") == SMALL


def test_what_is_left_after_the_changes_is_told() -> None:
    result = run("--fix", "--yes", put("a.toml", CURLY, SUM), put("b.toml"))
    assert result.output.endswith("b.toml: nothing to mend\n1 error in 2 files\n")
    assert result.exit_code == 1


def test_where_nothing_can_be_mended_it_says_so_and_checks() -> None:
    result = run("--fix", put("a.toml", SUM))
    assert result.output.startswith("Nothing here can be mended without asking what was meant.")
    assert "The parts add up" in result.output
    assert result.exit_code == 1


def test_json_stays_json_while_the_changes_are_shown_elsewhere() -> None:
    result = run("--fix", "--yes", "--json", put("a.toml", CURLY, SUM))
    assert [json.loads(line)["code"] for line in result.stdout.splitlines()] == ["sum"]
    assert result.stderr.startswith("--- a.toml\n+++ a.toml\n")


def test_a_file_that_the_disk_does_not_take_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    file = put("a.toml", CURLY)
    monkeypatch.setattr(checking, "rewrite_file", refuse)
    result = run("--fix", "--yes", file)
    assert "a.toml: not changed. The disk is full.\n" in result.output
    assert result.exit_code == 1
    assert "“Closing”" in file.read_text(encoding="utf-8")


def test_a_file_that_someone_else_changed_meanwhile_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mine(files: Sequence[str]) -> tuple[Mending, ...]:
        found = safe_mendings(files)
        Path(files[0]).write_text("mine\n", encoding="utf-8")
        return found

    file = put("a.toml", CURLY)
    monkeypatch.setattr(checking, "safe_mendings", mine)
    result = run("--fix", "--yes", file)
    assert "a.toml: not changed, someone else has changed it meanwhile." in result.output
    assert file.read_text(encoding="utf-8") == "mine\n"


def test_yes_without_fix_is_a_mistake_of_the_command_line() -> None:
    assert run("--yes", put("a.toml")).exit_code == 2


@pytest.mark.parametrize(("answer", "changed"), [("y", True), ("n", False), ("", False)])
def test_in_a_terminal_it_is_asked_first(answer: str, *, changed: bool) -> None:
    file = put("a.toml", CURLY)
    code = "from facilitate.cli.main import main; main()"
    command = [sys.executable, "-c", code, "check", "--fix", str(file)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        said = seen(ours)
    os.close(ours)
    assert "Change this file? [y/N]: " in said
    assert ("a.toml: changed" in said) == changed
    assert ("Nothing was changed." in said) != changed
    assert program.returncode == (0 if changed else 1)
    assert ("“Closing”" in file.read_text(encoding="utf-8")) != changed


def seen(terminal: int) -> str:
    """All that a program writes to its terminal until it ends."""
    written = b""
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # Linux says so of a terminal that nobody has open any more
            more = b""
        if not more:
            return written.decode().replace("\r\n", "\n")
        written += more


# For other programs


def test_json_has_one_object_per_problem_with_exactly_these_keys() -> None:
    files = [put("a.toml", SUM), put("b.toml"), put("c.toml", ("at_least = 5", "at_lest = 5"))]
    result = run("--json", *files, "nope.toml")
    objects = [json.loads(line) for line in result.output.splitlines()]
    assert [list(one) for one in objects] == [KEYS] * 3
    assert [one["file"] for one in objects] == ["a.toml", "c.toml", "nope.toml"]
    assert objects[1] == {
        "file": "c.toml",
        "line": 33,
        "column": 1,
        "segment": "Arriving",
        "level": "error",
        "code": "unknown-key",
        "message": 'Nothing called "at_lest" belongs here.',
        "hint": 'Did you mean "at_least"?',
    }
    assert (objects[2]["line"], objects[2]["code"]) == (None, "unreadable")
    assert result.exit_code == 2


def test_json_of_a_clean_file_is_empty() -> None:
    assert run("--json", put("day.toml")).output == ""


def test_json_stays_one_line_whatever_the_words_are() -> None:
    title = ('title = "Closing"', 'title = "Clo\\u2028sing \u2029 [b]"')
    lines = run("--json", put("day.toml", title)).output.split("\n")
    assert [json.loads(line)["code"] for line in lines[:-1]] == ["control-character"] * 2
    assert all(line.isascii() for line in lines)


# What is printed


def test_nothing_printed_can_steer_the_terminal() -> None:
    title = ('title = "Closing"', 'title = "\\u001b[31mClosing\\u202e\\u0007"')
    name = "d\x1b[2Jay.toml"
    output = run(put(name, title, SUM)).output
    assert not any(mark in output for mark in ("\x1b", "\x07", "\u202e"))
    assert 'd[2Jay.toml:41: in "[31mClosing"' in output


def test_markup_is_printed_as_it_is() -> None:
    changes = (('title = "Closing"', 'title = "[/red] [b"'), ('"gratitude"', '"[i]"'))
    assert 'in "[/red] [b": "[i]" is none of the words' in run(put("day.toml", *changes)).output


def test_a_file_name_that_is_no_text_is_shown_all_the_same(folder: Path) -> None:
    name = b"d\xffy.toml"
    result = run(name.decode("utf-8", "surrogateescape"))
    assert "There is no such file." in result.output


def test_checking_loads_no_part_of_the_interface() -> None:
    code = (
        "import sys; from facilitate.cli.check import check;"
        "before = set(sys.modules);"
        f"check.main([{str(put('day.toml'))!r}], standalone_mode=False);"
        "late = {'pydantic', 'tomllib', 'facilitate.formats'} & before;"
        "print(sorted(late), sorted({'textual', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "day.toml: nothing to mend\n[] []\n"
