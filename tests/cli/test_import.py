"""`facilitate import agenda` and `facilitate agenda`: what they show, write and end with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.formats.importing.imported import DATA
from tests.formats.whole_agenda import GOLDEN, OF_TEAM

from facilitate.cli import import_agenda
from facilitate.cli.main import cli

ROOT = Path(__file__).parents[2]
ZONE = "--timezone=America/Los_Angeles"
ONTIME = DATA / "ontime-default-columns.csv"
AGENDA = GOLDEN / "agenda.toml"


def run(*arguments: str | Path, answers: str = "") -> Result:
    result = CliRunner().invoke(cli, [str(one) for one in arguments], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def take(*arguments: str | Path, answers: str = "") -> Result:
    return run("import", "agenda", *arguments, answers=answers)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone who can be asked."""
    monkeypatch.setattr(import_agenda, "_can_ask", lambda: True)


def written() -> list[str]:
    """The files that were made here, without the schema that is put beside them."""
    names = (path.name for path in Path().iterdir())
    return sorted(name for name in names if name != "agenda.schema.json")


# Taking over


def test_without_a_terminal_and_without_yes_there_is_only_the_preview() -> None:
    result = take(DATA / "generic.csv", ZONE)
    assert result.exit_code == 1
    assert result.stderr == "Nothing was written. To write it, add --yes.\n"
    assert written() == []


def test_the_preview_says_what_is_taken_for_what_and_what_is_left_out() -> None:
    shown = take(ONTIME, ZONE).stdout
    assert shown.startswith("ontime-default-columns.csv: a table with commas\n")
    assert "  C  Duration      how long it is\n" in shown
    assert "  I  Colour        left out\n" in shown
    assert (
        "ontime-default-columns, 100 min in 3 parts (America/Los_Angeles)\n"
        "  09:00   10 min  grounding  Grounding\n"
        "  # Morning\n"
        "  09:10   25 min  didactic   Didactic: parallel process\n"
        "  09:35   65 min  breakout   Breakouts\n"
        "  # Doors close\n"
    ) in shown
    assert '  Nothing says where it takes place: "online" was put in.\n' in shown
    assert '  "Link Start", 3 times (lines 2, 4 and 5)\n' in shown
    assert "100 minutes go by without a break" in shown
    assert "  With --breaks a break of 10 minutes is put in where it can be.\n" in shown


def test_with_yes_a_new_file_is_written_that_check_has_no_errors_in() -> None:
    result = take(ONTIME, ZONE, "--breaks", "--yes", "-o", "day.toml")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "\nday.toml is written. See it with facilitate run day.toml\n"
        "agenda.schema.json beside it lets editors complete and check what you write.\n"
    )
    assert run("check", "day.toml").exit_code == 0
    assert written() == ["day.toml"]


def test_every_sample_is_written_and_read() -> None:
    for path in sorted(DATA.iterdir()):
        assert take(path, ZONE, "--yes", "--breaks", "-o", f"{path.stem}.toml").exit_code == 0
        assert run("check", f"{path.stem}.toml").exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_in_a_terminal_it_is_asked_for() -> None:
    result = take(DATA / "generic.csv", ZONE, answers="n\n")
    assert "Write generic.toml? [y/N]" in result.stdout
    assert (result.exit_code, written()) == (1, [])
    assert take(DATA / "generic.csv", ZONE, answers="y\n").exit_code == 0
    assert written() == ["generic.toml"]


def test_a_file_that_is_there_is_never_written_over() -> None:
    Path("generic.toml").write_text("mine", encoding="utf-8")
    result = take(DATA / "generic.csv", ZONE, "--yes")
    assert result.exit_code == 1
    assert "generic.toml is there already and stays as it is." in result.stderr
    assert "09:00   10 min" in result.stdout
    assert Path("generic.toml").read_text(encoding="utf-8") == "mine"
    Path("link.toml").symlink_to("nowhere.toml")
    assert take(DATA / "generic.csv", ZONE, "--yes", "-o", "link.toml").exit_code == 1


def test_a_folder_gets_the_usual_name_and_must_be_there(folder: Path) -> None:
    (folder / "days").mkdir()
    assert take(DATA / "generic.csv", ZONE, "--yes", "-o", "days").exit_code == 0
    assert (folder / "days" / "generic.toml").exists()
    result = take(DATA / "generic.csv", ZONE, "--yes", "-o", "no/day.toml")
    assert "There is no folder no. Make it first." in result.stderr


def test_what_is_said_on_the_command_line_counts() -> None:
    Path("x.csv").write_text("What,Long\nA,5\n", encoding="utf-8")
    result = take(
        "x.csv", "--columns", 'length=Long,title="What"', "--date", "2027-04-13", "--start",
        "1:30 pm", "--timezone", "Europe/Paris", "--place", "in person", "--yes",
    )  # fmt: skip
    assert result.exit_code == 0
    text = Path("x.toml").read_text(encoding="utf-8")
    for line in (
        "date = 2027-04-13", 'start = "13:30"', 'timezone = "Europe/Paris"',
        'place = "in person"', "minutes = 5",
    ):  # fmt: skip
        assert f"\n{line}\n" in text


def test_the_timezone_of_this_machine_is_taken_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    shown = take(DATA / "generic.csv").stdout
    assert "(Asia/Tokyo, the timezone of this machine)" in shown


@pytest.mark.usefixtures("terminal")
def test_a_timezone_is_asked_for_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("facilitate.session.importing.system_zone", lambda: None)
    result = take(DATA / "generic.csv", answers="nowhere\nAsia/Tokyo\ny\n")
    assert result.exit_code == 0
    assert 'timezone = "Asia/Tokyo"' in Path("generic.toml").read_text(encoding="utf-8")


def test_without_any_timezone_one_reads_what_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitate.session.importing.system_zone", lambda: None)
    result = take(DATA / "generic.csv", "--yes")
    assert result.exit_code == 1
    assert "--timezone America/Los_Angeles" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gone.csv"], "gone.csv: There is no such file."),
        (["words.txt"], "No column is known to say what the parts are called."),
        (["words.txt", "--columns", "titel=A"], 'Did you mean "title"?'),
        (["words.txt", "--date", "soon"], "soon is no date. Write it like 2027-04-13."),
        (["words.txt", "--start", "noon"], "noon is no time of day. Write it like 09:00."),
        (["words.txt", "--timezone", "America/Los_Angelos"], 'Did you mean "America/Los_Ang'),
    ],
)
def test_what_cannot_be_used_ends_with_two_and_a_word_that_helps(
    arguments: list[str], told: str
) -> None:
    Path("words.txt").write_text("hello\n", encoding="utf-8")
    result = take(*arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_words_of_a_file_cannot_steer_the_terminal() -> None:
    Path("x.csv").write_bytes(
        "Min,Title,\x1b[31mX\x1b[0m\n5,\u202eA\x1b[2J,\x1b]0;x\x07\n".encode()
    )
    shown = take("x.csv", ZONE).output
    assert not set(shown) & {"\x1b", "\u202e", "\x07"}


def test_only_the_asked_command_is_loaded() -> None:
    import subprocess

    code = (
        "import sys; sys.argv = ['facilitate', 'import', '--help']\n"
        "from facilitate.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(bool({'openpyxl', 'tomli_w', 'icalendar', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip().endswith("False")
    assert "agenda" in done.stdout


# Writing out


@pytest.mark.parametrize("form", ["md", "csv"])
def test_an_agenda_is_printed_for_those_who_take_part_unless_the_team_is_named(
    form: str,
) -> None:
    result = run("agenda", AGENDA, "--as", form, "-o", "-")
    assert result.stdout_bytes == (GOLDEN / f"participants.{form}").read_bytes()
    assert not [word for word in OF_TEAM if word in result.stdout]
    assert "Not in it: " in result.stderr
    result = run("agenda", AGENDA, "--as", form, "--for", "team", "-o", "-")
    assert result.stdout_bytes == (GOLDEN / f"team.{form}").read_bytes()


def test_every_form_is_written_under_its_usual_name() -> None:
    for form in ("md", "docx", "csv", "ics"):
        result = run("agenda", AGENDA, "--as", form)
        assert result.exit_code == 0
        assert result.stderr.startswith("It stands in spring-1-2027-03-14")
    assert written() == [
        "spring-1-2027-03-14-participants.csv",
        "spring-1-2027-03-14-participants.docx",
        "spring-1-2027-03-14-participants.md",
        "spring-1-2027-03-14.ics",
    ]
    assert Path("spring-1-2027-03-14.ics").read_bytes() == (GOLDEN / "sitting.ics").read_bytes()


def test_a_file_is_written_over_only_when_it_was_named() -> None:
    run("agenda", AGENDA, "--as", "md")
    again = run("agenda", AGENDA, "--as", "md")
    assert again.exit_code == 1
    assert "To write over it: -o spring-1-2027-03-14-participants.md" in again.stderr
    Path("day.md").write_text("old", encoding="utf-8")
    assert run("agenda", AGENDA, "--as", "md", "-o", "day.md").exit_code == 0
    assert Path("day.md").read_bytes() == (GOLDEN / "participants.md").read_bytes()
    assert run("agenda", AGENDA, "--as", "md", "-o", "no/day.md").exit_code == 1


@pytest.mark.parametrize("name", ["day.toml", "other.TOML", "link.toml"])
def test_no_agenda_is_written_over_by_what_was_made_of_one(name: str) -> None:
    content = AGENDA.read_bytes()
    for file in ("day.toml", "other.TOML"):
        Path(file).write_bytes(content)
    Path("link.toml").symlink_to("day.toml")
    result = run("agenda", "day.toml", "--as", "md", "-o", name)
    assert result.exit_code == 1
    assert result.stderr == f"{name} is there already and may be an agenda. Say another name.\n"
    assert Path(name).read_bytes() == content


def test_a_file_name_that_is_no_text_is_shown_as_far_as_it_is_one() -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    Path(name).write_bytes((DATA / "generic.csv").read_bytes())
    assert take(name, ZONE).stdout.startswith("caf?.csv: a table with commas\n")


def test_a_template_gets_a_day_for_its_calendar() -> None:
    template = ROOT / "agendas" / "template-day.toml"
    text = template.read_text(encoding="utf-8").replace("date = 2025-01-14", "#")
    Path("t.toml").write_text(text, encoding="utf-8")
    result = run("agenda", "t.toml", "--as", "ics")
    assert (result.exit_code, "Say one: --date 2027-04-13" in result.stderr) == (1, True)
    assert run("agenda", "t.toml", "--as", "ics", "--date", "2027-04-13").exit_code == 0
    assert b"20270413T090000" in Path("my-session-2027-04-13.ics").read_bytes()


def test_an_agenda_that_cannot_be_opened_says_why() -> None:
    Path("bad.toml").write_text("format = 1\n", encoding="utf-8")
    result = run("agenda", "bad.toml", "--as", "md")
    assert result.exit_code == 2
    assert "bad.toml" in result.stderr
    assert run("agenda", "gone.toml", "--as", "md").exit_code == 2


def test_without_what_a_form_needs_one_reads_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = run("agenda", AGENDA, "--as", "ics")
    assert result.exit_code == 1
    assert "pip install 'facilitate[export]'" in result.stderr
