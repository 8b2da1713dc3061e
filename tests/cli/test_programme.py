import datetime as dt
import json
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from tests.conftest import HandClock
from tests.session.a_programme import write_programme
from tests.session.cohort import line, record

from facilitate.cli import new_cohort
from facilitate.cli.main import cli
from facilitate.formats.agenda_toml import read_agenda
from facilitate.session import clock as clocks
from facilitate.session.checking import check_files
from facilitate.session.exported import exported
from facilitate.store.places import places

GOLDEN = Path(__file__).parents[1] / "golden" / "programme" / "iecmh-certificate.ics"
AGENDAS = Path(__file__).parents[2] / "agendas"
ID = "harbour-2026"


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch, clock: HandClock) -> None:
    """The first of November 2026."""
    clock.step(days=50)
    monkeypatch.setattr(clocks, "SystemClock", lambda: clock)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "harbour")


def run(*arguments: str | Path, answers: str = "") -> Result:
    given = ["programme", *map(str, arguments)]
    return CliRunner().invoke(cli, given, input=answers)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_cohort, "can_ask", lambda: True)


# The timeline


def test_a_programme_is_told_from_what_is_next_to_every_date(path: Path) -> None:
    record("one", line("A1", when="next"), line("T2"), programme=ID, number=1, cohort=ID)
    found = run(path)
    assert found.exit_code == 0
    assert found.output == (
        "Harbour circles\n"
        "next: Sat 14 Nov 2026, 3. Repair, part two\n"
        "\n"
        "  Fri 14 Aug 2026  Names are in\n"
        "                   deadline, passed\n"
        "  Sat 12 Sep 2026  1. Kick-off\n"
        "                   done; in person; kept: 2 lines\n"
        "  Sun 13 Sep 2026  2. Repair, part one\n"
        "                   its day has passed, no record here; online; agenda: day-2.toml\n"
        "> Sat 14 Nov 2026  3. Repair, part two\n"
        "                   next; online; carried: 2 lines, 1 due for another look; "
        "agenda: day-3.toml\n"
        "  Sat 12 Dec 2026  4. What we carry on\n"
        "                   to come; online; agenda: none yet\n"
    )


def test_for_programs_each_date_is_an_object(path: Path) -> None:
    one = record("one", line("A1"), programme=ID, number=1, cohort=ID)
    found = [json.loads(row) for row in run(path.parent, "--json").output.splitlines()]
    assert [row["standing"] for row in found] == ["passed", "done", "passed", "next", "to come"]
    assert found[1] == {
        "date": "2026-09-12", "number": 1, "title": "1. Kick-off", "standing": "done",
        "status": "done", "place": "in person", "agenda": "day-1.toml", "record": one,
        "facts": {"where": "in person", "kept": "1 line"},
    }  # fmt: skip
    assert (found[0]["number"], found[0]["record"]) == (None, None)


def test_what_is_wrong_with_its_file_is_told_and_ends_with_two(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("number = 3", "number = 5"), encoding="utf-8")
    found = run(path)
    assert found.exit_code == 2
    assert "Session 3 is expected here, and this says 5." in found.stderr
    assert found.stdout == ""


def test_agendas_that_cannot_be_opened_are_told_beside_the_timeline(path: Path) -> None:
    path.with_name("day-3.toml").unlink()
    found = run(path)
    assert found.exit_code == 0
    assert "day-3.toml: cannot be opened yet; facilitate check says why." in found.stderr
    assert "3. Repair, part two" in found.stdout


def test_words_of_a_file_cannot_steer_the_terminal(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Kick-off"', '"[b]Kick\\toff[/b] 漢字"'), encoding="utf-8")
    found = run(path)
    assert "1. [b]Kick off[/b] 漢字" in found.output
    assert "\x1b" not in found.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--ics", "--json"), "Take one of --ics and --json."),
        (("-o", "x.ics"), "-o goes with --ics."),
        (("--starts", "2027-01-01"), "--starts goes with --new FOLDER."),
        (("--free", "2027-01-01"), "--free goes with --new FOLDER."),
        (("--yes",), "--yes goes with --new FOLDER."),
        (("--new", "x"), "When does the new cohort begin? Write --starts DATE."),
        (
            ("--new", "x", "--starts", "1.9.2027"),
            "1.9.2027 is no date. Write it like 2027-04-13.",
        ),
        (("--new", "x", "--starts", "2027-02-29"), "2027-02-29 is no date."),
        (("--new", "x", "--starts", "0027-02-20"), "The year 0027 is probably a slip"),
        (("--new", "x", "--starts", "2027-02-20", "--id", "A B"), "An id is a short name"),
        (
            ("--new", "x", "--starts", "2027-02-20", "--id", ID),
            "is the id of the old programme",
        ),
    ],
)
def test_a_command_line_that_cannot_be_meant_says_what_goes_together(
    path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(path.parent)
    found = run(path, *given)
    assert found.exit_code == 2
    assert said in found.stderr


# The calendar


def test_the_calendar_of_the_shipped_programme_is_the_same_for_ever() -> None:
    found = run(AGENDAS / "programme.toml", "--ics")
    assert found.stdout_bytes == GOLDEN.read_bytes()
    assert found.stderr == ""
    assert run(AGENDAS, "--ics", "-o", "-").stdout_bytes == GOLDEN.read_bytes()


def test_a_calendar_in_a_file_is_brought_up_to_date_and_else_left_alone(path: Path) -> None:
    file = path.with_name("dates.ics")
    assert run(path, "--ics", "-o", file).stderr == f"4 sittings. It stands in {file}\n"
    before, written = file.stat().st_mtime_ns, file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(path.stat().st_mode)
    assert "has all of it already" in run(path, "--ics", "-o", file).stderr
    assert (file.stat().st_mtime_ns, file.read_bytes()) == (before, written)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2026-12-12", "2026-12-19"), encoding="utf-8")
    assert "It stands in" in run(path, "--ics", "-o", file).stderr
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [event["SEQUENCE"] for event in events] == [0, 0, 0, 1, 0]


def test_a_folder_gets_the_calendar_under_the_name_of_the_programme(path: Path) -> None:
    run(path, "--ics", "-o", path.parent)
    assert path.with_name("harbour-2026.ics").is_file()


def test_another_file_is_never_replaced_by_a_calendar(path: Path) -> None:
    before = path.read_bytes()
    found = run(path, "--ics", "-o", path)
    assert (found.exit_code, path.read_bytes()) == (1, before)
    assert "There is another file of that name. Choose another name." in found.stderr
    missing = run(path, "--ics", "-o", path.parent / "none" / "x.ics")
    assert (missing.exit_code, "Make it first" in missing.stderr) == (1, True)


# A new cohort


def test_without_a_terminal_only_the_plan_is_told(path: Path, tmp_path: Path) -> None:
    given = ("--new", tmp_path / "new", "--starts", "2027-10-02", "--free", "2027-12-11")
    found = run(path, *given)
    assert found.exit_code == 0
    assert found.output.startswith("Harbour circles: harbour-2027\n\n")
    assert (
        "  Sat 14 Nov 2026  ->  Sat 18 Dec 2027  3. Repair, part two"
        "  (Sat 11 Dec 2027 is kept free)\n"
    ) in found.output
    assert "Nothing was written; for that, add --yes." in found.output
    assert not (tmp_path / "new").exists()


def test_with_yes_the_dates_are_taken_as_they_are_proposed(path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    found = run(path, "--new", new, "--starts", "2027-10-02", "--yes", "--id", "mooring")
    assert found.exit_code == 0
    assert f"4 files stand in {new}" in found.output
    assert "day-1.toml:1: # Day 1 of the first year, 2026." in found.output
    assert not [one for file in check_files([str(new)]) for one in file.problems]
    agenda = read_agenda((new / "day-2.toml").read_bytes(), "x").agenda
    assert agenda is not None
    assert (agenda.date, agenda.programme) == (dt.date(2027, 10, 3), "mooring")
    assert "NAME" not in "".join(one.read_text(encoding="utf-8") for one in new.iterdir())


def test_in_a_terminal_each_date_is_shown_and_can_be_changed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    new = tmp_path / "new"
    answers = "\n".join(
        (
            "",  # the first sitting, as proposed
            "2027-10-10",  # the second, a week later
            "free",  # the third: that day is a holiday
            "",  # a week later will do
            "soon",  # the fourth: no day
            "2027-10-09",  # before the one above
            "2028-01-15",
            "",  # the deadline
            "y",
        )
    )
    found = run(path, "--new", new, "--starts", "2027-10-02", answers=f"{answers}\n")
    assert found.exit_code == 0, found.output
    assert "1. Kick-off, was on Sat 12 Sep 2026" in found.output
    assert "Sat 11 Dec 2027 is kept free" in found.output
    assert 'Write a day like 2027-09-14, "free", or nothing.' in found.output
    assert "That is before the sitting above, on Sat 18 Dec 2027." in found.output
    assert [row["date"] for row in rows(new)] == [
        "2027-09-10", "2027-10-02", "2027-10-10", "2027-12-18", "2028-01-15",
    ]  # fmt: skip


def rows(folder: Path) -> list[dict[str, object]]:
    return [json.loads(row) for row in run(folder, "--json").stdout.splitlines()]


def test_a_no_at_the_end_and_leaving_before_it_write_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    given = (path, "--new", tmp_path / "new", "--starts", "2027-10-02")
    refused = run(*given, answers="\n\n\n\n\nn\n")
    assert (refused.exit_code, "Nothing was written." in refused.output) == (0, True)
    assert run(*given, answers="\n").exit_code == 1
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_refused_before_anything_is_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    before = sorted(one.read_bytes() for one in path.parent.iterdir())
    found = run(path, "--new", path.parent, "--starts", "2027-10-02", "--yes")
    assert found.exit_code == 1
    assert "already. Name a new folder." in found.stderr
    assert sorted(one.read_bytes() for one in path.parent.iterdir()) == before


def test_free_days_come_from_files_too(path: Path, tmp_path: Path) -> None:
    free = tmp_path / "free.txt"
    free.write_text("2027-10-02 to 2027-10-03\n", encoding="utf-8")
    given = (path, "--new", tmp_path / "new", "--starts", "2027-10-02")
    found = run(*given, "--free-file", free)
    assert "->  Sat 09 Oct 2027  1. Kick-off  (Sat 02 Oct 2027 is kept free)" in found.output
    free.write_text("tomorrow\n", encoding="utf-8")
    wrong = run(*given, "--free-file", free)
    assert (wrong.exit_code, "free.txt, line 1: that is no day" in wrong.stderr) == (1, True)


# What an earlier group hands on


def test_only_what_may_be_handed_on_arrives_and_only_as_offered(
    path: Path, tmp_path: Path
) -> None:
    record(
        "one",
        line("A1", "CANARY of the cohort"),
        line("A2", "One mic", ring="team", lineage="the elders' circle"),
        line("C3", "CANARY promise", ring="public"),
        programme=ID, number=1, cohort=ID,
    )  # fmt: skip
    new = tmp_path / "new"
    found = run(path, "--new", new, "--starts", "2027-10-02", "--yes")
    assert (
        "Offered in day-1.toml, never as agreed:\n  agreement: One mic (from an" in found.output
    )
    text = "".join(one.read_text(encoding="utf-8") for one in new.iterdir())
    assert "CANARY" not in found.output + text
    agenda = read_agenda((new / "day-1.toml").read_bytes(), "x").agenda
    assert agenda is not None
    assert [one.text for one in agenda.offered] == ["One mic (from an earlier group)"]
    assert "# stands on: the elders' circle" in text


def test_what_is_offered_stands_on_the_list_of_exports_so_that_it_can_be_asked_back(
    path: Path, tmp_path: Path
) -> None:
    made = record("one", line("A2", "One mic", ring="team"), programme=ID, number=1, cohort=ID)
    plan_only = run(path, "--new", tmp_path / "new", "--starts", "2027-10-02")
    assert "One mic" in plan_only.output
    assert not exported(places()).exports
    run(path, "--new", tmp_path / "new", "--starts", "2027-10-02", "--yes")
    (one,) = exported(places()).exports
    assert one.path == str(tmp_path / "new" / "day-1.toml")
    assert [(key.sitting, key.name) for key in one.lines] == [(made, "A2")]


def test_the_list_takes_no_agenda_for_a_file_of_exports_that_may_be_removed(
    path: Path, tmp_path: Path
) -> None:
    record("one", line("A2", "One mic", ring="team"), programme=ID, number=1, cohort=ID)
    run(path, "--new", tmp_path / "new", "--starts", "2027-10-02", "--yes")
    (one,) = exported(places()).exports
    assert one.sha256 != sha256(Path(one.path).read_bytes()).hexdigest()


def test_where_nothing_may_be_handed_on_it_says_so(path: Path, tmp_path: Path) -> None:
    record("one", line("A1", "CANARY"), programme=ID, number=1, cohort=ID)
    found = run(path, "--new", tmp_path / "new", "--starts", "2027-10-02", "--yes")
    assert "none of its lines may be handed on" in found.output
    assert "CANARY" not in found.output
