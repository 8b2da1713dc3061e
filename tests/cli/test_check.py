"""`facilitate check`: what it prints, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.check import check

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


def test_all_shipped_files_have_nothing_to_mend() -> None:
    result = run(*AGENDAS)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.endswith(": nothing to mend") for line in lines[:-1]] == [True] * len(AGENDAS)
    assert lines[-1] == f"{len(AGENDAS)} files, nothing to mend"


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


def test_a_missing_file_and_a_folder_end_with_two(folder: Path) -> None:
    missing, inner = run("nope.toml"), run(folder)
    assert "nope.toml: There is no such file." in missing.output
    assert "This is a folder." in inner.output
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
