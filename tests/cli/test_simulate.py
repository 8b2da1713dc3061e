"""`facilitate simulate`: what it prints, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.session.sitting import files_under

from facilitate.cli.main import cli
from facilitate.session import clock
from facilitate.store.places import places

ROOT = Path(__file__).parents[2]
AGENDA = ROOT / "tests" / "data" / "agendas" / "timing-a.toml"
TEXT = AGENDA.read_text(encoding="utf-8")
PAGE = ROOT / "docs" / "simulate.md"
KEYS = [
    *("now", "current", "active_min", "left_min", "drift_min", "since_began_min"),
    *("projected_end", "promised_end", "leave_by", "on_plan_until", "signal", "in_hand_min"),
    *("back_at", "barrier", "rounds", "offers", "rows", "fit", "captures"),
]
CAPTURE_KEYS = [
    *("id", "kind", "state", "text", "label", "ring", "origin", "lineage", "tags", "facet"),
    *("owner", "when", "version"),
]
ROW_KEYS = [
    *("id", "status", "planned_start", "planned_end", "start", "end", "allotted_min"),
    *("hold_min", "late_min", "runs"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*lines: str, agenda: str | Path = AGENDA, json: bool = False) -> Result:
    Path("day.txt").write_text("\n".join(lines), encoding="utf-8")
    options = ["--json"] if json else []
    result = CliRunner().invoke(cli, ["simulate", *options, str(agenda), "day.txt"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def agenda_with(*changes: tuple[str, str]) -> Path:
    """The agenda of the timing cases, changed."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    Path("changed.toml").write_text(text, encoding="utf-8")
    return Path("changed.toml")


# For people


def test_a_look_is_a_page() -> None:
    result = run("09:07 start", "09:07 look")
    assert (
        result.stdout
        == """\
09:07  start

09:07  Grounding: about 10 min left
       7 min later than planned, Break 2 min later, on time since it began
       leave by 09:37, on plan until 09:15
       2 min short before Break begins at 10:20

     > 09:07  09:17   10 min  Grounding
       09:17  09:27   10 min  Agreements
       09:27  09:57   30 min  Input
       09:57  10:22   25 min  Rooms one
       10:22  10:22    5 min  Slack
       10:22  10:32   10 min  Break, 2 min later than promised
       10:32  11:02   30 min  Practice
       11:02  11:22   20 min  Weaving
       11:22  11:32   10 min  Closing

       to fit: Input 28 min instead of 30: Shorter.

"""
    )
    assert result.exit_code == 0


def test_a_day_in_trouble_says_what_cannot_be_kept_and_what_could_be_done() -> None:
    lines = ["10:40 start", "10:40 skip weave", "10:45 look"]
    output = run(*lines).stdout
    assert "       offer: Break cannot begin at 10:20: " in output
    assert "       offer: ask the group for " in output
    assert "has the plan been left?" in output
    assert "                      20 min  Weaving, skipped" in output


def test_a_pause_for_care_is_never_called_late() -> None:
    output = run("09:00 start", "09:04 pause care", "09:09 look").stdout
    assert "09:09  Grounding: paused for care, 5 min" in output
    assert "       on time, 5 min for care, Break still safe\n" in output


def test_a_break_and_rooms_say_what_people_need_to_know() -> None:
    to_rooms = ["09:00 start", "09:10 next", "09:20 next", "09:50 next", "09:50 look"]
    output = run(*to_rooms, "10:15 next", "10:21 next", "10:21 look").stdout
    assert "       rounds of 7, 7, 7 min\n" in output
    assert "10:21  Break: about 10 min left, back at 10:31\n" in output


def test_early_and_held_and_closed_are_told() -> None:
    held = run("09:00 start", "09:10 next", "09:20 next", "09:40 next", "09:40 look").stdout
    assert "10 min  Break, after 10 min of waiting\n" in held
    assert "15 min in hand before Break begins at 10:20\n" in held
    assert (
        "09:20  close\n\n09:20  closed\n"
        in run("09:00 start", "09:20 close", "09:20 look").stdout
    )
    assert "08:50  not begun\n" in run("08:50 look").stdout


def test_after_midnight_the_clocks_of_the_next_day_are_shown() -> None:
    output = run("23:50 start", "24:10 look").stdout
    assert "\n00:10  Grounding: 10 min past its time\n" in output


def test_a_refusal_is_told_where_it_happened_and_the_day_goes_on() -> None:
    result = run("09:00 start", "09:05 next from=teach", "09:10 next")
    assert result.stdout == (
        "09:00  start\n"
        "09:05  next from=teach\n"
        "       refused: Someone moved on already; look again before the next step.\n"
        "09:10  next\n"
    )
    assert result.stderr == ""
    assert result.exit_code == 1


def test_a_question_is_printed_with_its_answer() -> None:
    result = run("09:00 start", "09:10 next", "09:15 undo")
    asked = "       asked: That was 5 min ago: moving on to Agreements. Undo it?, yes\n"
    assert result.stdout.endswith(f"09:15  undo\n{asked}")
    assert result.exit_code == 0


def test_nothing_printed_can_steer_the_terminal() -> None:
    titles = (
        ('title = "Grounding"', 'title = "Gro\u2028unding"'),
        ('if_short = "Two rounds."', 'if_short = "[/red] [b"'),
    )
    assert run("09:00 look", agenda=agenda_with(titles[0])).exit_code == 2
    late = ["09:20 start", "09:20 look", '09:21 insert "S\x1b[2Jong\u202e" 5 after ground']
    result = run(*late, "09:22 look", agenda=agenda_with(titles[1]))
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "[/red] [b" in result.stdout
    assert result.exit_code == 0


LINES = [
    "09:00 start",
    "09:01 capture a: One mic #listening @home-visiting >next <- our elders",
    "09:02 capture t: Regard = to look twice",
    "09:03 capture l: It went quiet",
    "09:04 capture ! for this room",
]


def test_lines_of_the_group_stand_below_the_day() -> None:
    result = run(*LINES, "09:05 look")
    assert (
        """\
       11:20  11:30   10 min  Closing

       A1, heard: One mic (stands on: our elders; #listening, for home-visiting, again next time; cohort)
       T2, heard: Regard = to look twice (cohort)
       L3, noted: It went quiet (this sitting only, until closing)

"""  # noqa: E501 - as it is printed
        in result.stdout
    )
    assert result.exit_code == 0


def test_words_for_the_room_are_printed_nowhere() -> None:
    held = "09:04  capture\n       held in this room only\n"
    assert held in run(*LINES).stdout
    for as_json in (False, True):
        assert "for this room" not in run(*LINES, "09:05 look", json=as_json).output


# The record


def test_a_record_is_written_where_the_script_says_and_holds_what_travels(folder: Path) -> None:
    more = [
        "09:05 capture l: It woke up",
        "09:05 keep L4",
        "09:05 capture q: Who pays?",
        "09:05 let-go Q5",
        "09:06 capture q: Who stays?",
        "09:06 withdraw Q6",
    ]
    result = run(*LINES, *more, '09:20 close --record "my trial/deep"')
    (toml,) = (folder / "my trial" / "deep").glob("2023/2023-12-05-timing-a-*/record.toml")
    assert sorted(path.name for path in toml.parent.iterdir()) == [
        "manifest.toml",
        "record.md",
        "record.toml",
    ]
    text = toml.read_text(encoding="utf-8")
    assert all(words in text for words in ("One mic", "Regard = to look twice", "It woke up"))
    for words in ("It went quiet", "for this room", "Who pays?", "Who stays?"):
        assert words not in text
    written = toml.parent.relative_to(folder)
    said = f'09:20  close --record "my trial/deep"\n       record: {written}\n'
    assert result.stdout.endswith(said)
    assert result.exit_code == 0


def test_a_record_is_written_beside_json_and_said_nowhere(folder: Path) -> None:
    result = run("09:00 start", "09:20 close --record trial", json=True)
    assert (result.output, result.exit_code) == ("", 0)
    assert [path.name for path in files_under(folder / "trial")] == [
        "manifest.toml",
        "record.md",
        "record.toml",
    ]


def test_a_record_that_cannot_be_written_is_told_and_ends_with_one(folder: Path) -> None:
    (folder / "trial").write_text("a file", encoding="utf-8")
    result = run("09:00 start", "09:20 close --record trial")
    assert result.stdout.endswith(
        "       refused: The sitting is closed, but its record cannot be written: "
        "Not a directory.\n"
    )
    assert result.exit_code == 1


def test_a_plain_close_writes_nothing(folder: Path) -> None:
    before = files_under(folder)
    run(*LINES, "09:20 close")
    assert [path.name for path in files_under(folder) if path not in before] == ["day.txt"]


# For other programs


def test_json_has_one_object_a_look_with_exactly_these_keys() -> None:
    result = run("09:00 look", "09:00 start", "09:12:30 look", json=True)
    before, begun = (json.loads(line) for line in result.stdout.splitlines())
    assert list(before) == list(begun) == KEYS
    assert list(begun["rows"][0]) == ROW_KEYS
    assert list(begun["fit"]) == ["trims", "shortfalls", "skips"]
    nothing = ("current", "active_min", "left_min", "since_began_min", "signal", "back_at")
    assert [before[key] for key in nothing] == [None] * len(nothing)
    assert begun["now"] == "09:12:30"
    assert begun["rows"][0]["runs"] == [["09:00:00", None]]
    assert (begun["left_min"], begun["signal"]) == (-2.5, "past-most")
    assert isinstance(before["drift_min"], int)


def test_json_of_what_never_ran_has_no_times_and_words_have_hyphens() -> None:
    lines = [
        "09:00 start",
        "09:05 skip ground",
        "09:06 skip weave",
        "09:10 close",
        "09:10 look",
    ]
    (line,) = run(*lines, json=True).stdout.splitlines()
    seen = json.loads(line)
    rows = {row["id"]: row for row in seen["rows"]}
    assert rows["ground"]["status"] == "cut-short"
    assert (rows["ground"]["start"], rows["ground"]["end"]) == ("09:00:00", "09:05:00")
    for segment, status in (("weave", "skipped"), ("teach", "carried")):
        row = rows[segment]
        assert (row["status"], row["start"], row["end"]) == (status, None, None)
    over = ("leave_by", "on_plan_until", "in_hand_min", "barrier")
    assert [seen[key] for key in over] == [None] * len(over)
    assert seen["projected_end"] == "09:10:00"


def test_json_has_the_lines_of_the_group_by_number() -> None:
    (line,) = run(
        *LINES, "09:05 reword A1 One voice", "09:05 look", json=True
    ).stdout.splitlines()
    agreement, term, learning = json.loads(line)["captures"]
    assert list(agreement) == list(term) == CAPTURE_KEYS
    assert agreement == {
        "id": "A1",
        "kind": "agreement",
        "state": "heard",
        "text": "One voice",
        "label": None,
        "ring": "cohort",
        "origin": "ours",
        "lineage": "our elders",
        "tags": ["listening"],
        "facet": None,
        "owner": "home-visiting",
        "when": "next",
        "version": 2,
    }
    assert (term["label"], term["text"]) == ("Regard", "Regard = to look twice")
    nothing = ("label", "lineage", "facet", "owner", "when")
    assert [learning[key] for key in nothing] == [None] * len(nothing)
    assert (learning["ring"], learning["tags"], learning["version"]) == ("sitting", [], 1)


def test_json_has_refusals_apart_with_their_lines() -> None:
    result = run("09:00 start", "09:01 resume", "09:02 look", json=True)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "day.txt:2: refused: Nothing is paused.\n"
    assert result.exit_code == 1


def test_json_stays_one_line_of_ascii_whatever_the_words_are() -> None:
    title = 'title = "Caf\xe9 \\u00e9 [b]"'
    agenda = agenda_with(('title = "Break"', title))
    (line,) = run("10:40 start", "10:40 look", json=True, agenda=agenda).stdout.splitlines()
    assert line.isascii()
    assert json.loads(line)["offers"][0].startswith("Caf\xe9 \xe9 [b] cannot begin at 10:20")


# What cannot be used


def test_everything_wrong_with_a_script_is_told_at_once() -> None:
    result = run("09:00 strat", "noon look", "09:10 extend 2", json=True)
    assert [line.split(":")[1] for line in result.stderr.splitlines()] == ["1", "2", "3"]
    assert 'day.txt:1: "strat" is none of the commands. Did you mean "start"?' in result.stderr
    assert result.stdout == ""
    assert result.exit_code == 2


def test_an_agenda_with_errors_tells_them_and_ends_with_two() -> None:
    agenda = agenda_with(("minutes = 150", "minutes = 151"))
    result = run("09:00 look", agenda=agenda)
    assert (
        "changed.toml:10: The parts add up to 150 minutes, the day says 151." in result.stderr
    )
    assert result.exit_code == 2


def test_files_that_cannot_be_read_end_with_two(folder: Path) -> None:
    missing = run("09:00 look", agenda="nope.toml")
    assert "nope.toml: There is no such file." in missing.stderr
    programme = run("09:00 look", agenda=ROOT / "agendas" / "programme.toml")
    assert "This file is a programme" in programme.stderr
    assert (missing.exit_code, programme.exit_code) == (2, 2)
    for script, said in (
        ("nope.txt", "nope.txt: There is no such file."),
        (str(folder), "It cannot be read: Is a directory."),
    ):
        result = CliRunner().invoke(cli, ["simulate", str(AGENDA), script])
        assert said in result.stderr
        assert result.exit_code == 2


def test_file_names_that_are_no_text_are_shown_all_the_same() -> None:
    name = b"d\xffy".decode("utf-8", "surrogateescape")
    for files in ((name, "day.txt"), (str(AGENDA), name)):
        result = CliRunner().invoke(cli, ["simulate", *files])
        assert "There is no such file." in result.stderr
        assert result.exit_code == 2


def test_a_script_that_is_no_text_ends_with_two() -> None:
    Path("day.txt").write_bytes("09:00 look".encode("utf-16"))
    result = CliRunner().invoke(cli, ["simulate", str(AGENDA), "day.txt"])
    assert "The file is in UTF-16" in result.stderr
    assert result.exit_code == 2


# The date


def test_a_template_is_tried_out_on_today_in_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Evening(clock.SystemClock):
        def now(self) -> dt.datetime:
            return dt.datetime(2024, 3, 11, 3, 0, tzinfo=dt.UTC)

    monkeypatch.setattr(clock, "SystemClock", Evening)
    template = agenda_with(("date = 2023-12-05\n", ""))
    result = run("02:30 look", agenda=template)  # still March 10 in Los Angeles
    assert "On 2024-03-10 the clocks go past 02:30." in result.stderr


def test_a_script_of_full_moments_brings_its_own_date() -> None:
    result = run("2024-03-12T09:00-07:00 start", "09:05 look", json=True)
    seen = json.loads(result.stdout)
    assert (seen["now"], seen["drift_min"]) == ("09:05:00", 0)


# The program around it


def test_the_program_knows_the_command_and_loads_no_screen_for_it(folder: Path) -> None:
    Path("day.txt").write_text("09:00 start\n09:00 look\n", encoding="utf-8")
    code = (
        "import sys; from facilitate.cli.main import cli;"
        f"cli.main(['simulate', '--json', {str(AGENDA)!r}, 'day.txt'], standalone_mode=False);"
        "print(sorted({'textual', 'rich', 'facilitate.tui'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    look, loaded = done.stdout.splitlines()
    assert json.loads(look)["current"] == "ground"
    assert loaded == "[]"


def test_nothing_is_written_anywhere() -> None:
    before = files_under(places().home.parent)
    run("09:00 start", "09:10 next", "09:20 close")
    assert files_under(places().home.parent) == before


def test_the_help_says_how_it_ends() -> None:
    output = CliRunner().invoke(cli, ["simulate", "--help"]).output
    assert all(words in output for words in ("Ends with 0", "1 when", "2\n  when"))


@pytest.mark.parametrize(("example", "code"), [(0, 0), (1, 1)])
def test_an_example_of_the_page_is_what_is_printed(example: int, code: int) -> None:
    page = PAGE.read_text(encoding="utf-8")
    texts = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    script, printed = texts[2 * example : 2 * example + 2]
    Path("day.txt").write_text(script, encoding="utf-8")
    agenda = ROOT / "agendas" / "information-session.toml"
    result = CliRunner().invoke(cli, ["simulate", str(agenda), "day.txt"])
    assert result.stdout.rstrip() == printed.rstrip()
    assert result.exit_code == code


def test_the_page_names_every_key_of_the_json() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert set(KEYS) | set(ROW_KEYS) | set(CAPTURE_KEYS) <= told
