"""`facilitate new`: an agenda for the next time."""

from __future__ import annotations

import datetime as dt
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.check import check
from facilitate.cli.new import new
from facilitate.core.agenda import Agenda
from facilitate.core.record import SittingRecord
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.record_toml import read_record, write_record
from facilitate.session import copying, library
from facilitate.session.exported import exported
from facilitate.store.places import places
from facilitate.store.records import write_record_folder

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in (ROOT / "agendas").glob("*.toml") if path.stem != "programme")
TEMPLATE = ROOT / "agendas" / "template-day.toml"
SMALL = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text("utf-8")
GOLDEN = ROOT / "tests" / "golden" / "record" / "record.toml"
SITTING = "2026-11-22-listening-circles-1-ab3d"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in; it is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(new, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def agenda(file: str = "next.toml") -> Agenda:
    """What a new file says; it has nothing to mend that would stop a day."""
    reading = read_agenda(Path(file).read_bytes(), file)
    assert not [one for one in reading.problems if one.level == "error"]
    assert reading.agenda is not None
    return reading.agenda


def is_sound(*files: str | Path) -> bool:
    """Whether check finds no error in files, beside all that lies with them."""
    return CliRunner().invoke(check, [str(file) for file in files]).exit_code == 0


def small(*changes: tuple[str, str]) -> Path:
    """The small agenda, changed."""
    text = SMALL
    for old, put in changes:
        assert old in text, old
        text = text.replace(old, put)
    Path("day.toml").write_text(text, "utf-8")
    return Path("day.toml")


# From nothing


def test_without_a_source_the_template_is_copied_with_its_comments() -> None:
    result = run("autumn", "--title", "Autumn day", "--date", "2026-10-10")
    assert result.output.splitlines() == [
        "autumn.toml is written.",
        "  Its id is autumn-day-2026-10-10.",
        "  agenda.schema.json beside it lets editors complete and check what you write.",
    ]
    text = Path("autumn.toml").read_text("utf-8")
    assert text.startswith("#:schema ./agenda.schema.json\n\n# A day to copy.")
    comments = [line for line in TEMPLATE.read_text("utf-8").splitlines() if "#" in line]
    assert [line for line in text.splitlines() if "#" in line][1:] == [
        line.replace("my-session", "autumn-day-2026-10-10").replace("2025-01-14", "2026-10-10")
        for line in comments
    ]
    made = agenda("autumn.toml")
    assert (made.title, made.date) == ("Autumn day", dt.date(2026, 10, 10))
    assert is_sound("autumn.toml")


def test_without_a_date_it_is_a_template_and_says_so() -> None:
    result = run()
    assert "  It has no date and so is a template; add one under [session].\n" in result.output
    assert agenda("my-session.toml").date is None
    again = run()
    assert "my-session-2.toml is written." in again.output
    assert is_sound(".")


def test_a_new_file_can_be_read_by_whoever_usually_may(folder: Path) -> None:
    run("next")
    usual = folder / "usual"
    usual.touch()
    assert stat.S_IMODE((folder / "next.toml").stat().st_mode) == stat.S_IMODE(
        usual.stat().st_mode
    )


# From an agenda


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("dated", [("--date", "2027-03-09"), ()], ids=["dated", "template"])
def test_out_of_every_shipped_agenda_comes_a_sound_one(
    path: Path, dated: tuple[str, ...]
) -> None:
    assert run("next", "--from", path, *dated).exit_code == 0
    made = agenda()
    was = library.open_agenda(path).agenda
    assert was is not None
    assert made.segments == was.segments
    assert is_sound("next.toml")


def test_beside_all_the_shipped_ones_a_new_one_is_sound_as_well(folder: Path) -> None:
    shutil.copytree(ROOT / "agendas", folder / "all")
    for path in SHIPPED:
        made = run(f"all/new-{path.name}", "--from", folder / "all" / path.name)
        assert made.exit_code == 0
    told = CliRunner().invoke(check, ["all"])
    assert told.exit_code == 0, told.output


def test_comments_and_layout_are_those_of_the_earlier_file() -> None:
    path = small(
        ("[team]", "# Who is there\n[team]"),
        ('[[segment]]\ntitle = "Arr', '# Slowly.\n[[segment]]\ntitle = "Arr'),
    )
    run("next", "--from", path, "--date", "2027-05-11")
    before, after = path.read_text("utf-8"), Path("next.toml").read_text("utf-8")
    assert after == "#:schema ./agenda.schema.json\n" + before.replace(
        'id = "day"\n', 'id = "day-2027-05-11"\n'
    ).replace("2027-04-13", "2027-05-11").replace(
        'place = "online"\n', 'place = "online"\ncohort = "day"\n'
    )


def test_a_second_copy_takes_the_place_of_the_date_in_the_id() -> None:
    run("one", "--from", small(), "--date", "2027-05-11")
    run("two", "--from", "one.toml", "--date", "2027-06-08")
    run("three", "--from", "one.toml", "--date", "2027-06-08")
    assert [agenda(f"{name}.toml").id for name in ("two", "three")] == [
        "day-2027-06-08", "day-2027-06-08-2"
    ]  # fmt: skip
    assert Path("two.toml").read_text("utf-8").count("#:schema") == 1


def test_the_same_group_goes_on_with_its_words_and_names_stay() -> None:
    result = run("next", "--from", small(), "--date", "2027-05-11")
    assert "  It is for the same group: cohort is day.\n" in result.output
    assert "  The names of the team are as they were.\n" in result.output
    made = agenda()
    assert made.whose == "day"
    assert [role.name for role in made.team] == ["Sam", ""]


def test_an_agenda_without_a_date_is_for_anyone_and_names_no_group() -> None:
    run("next", "--from", small(("date = 2027-04-13\n", "")), "--date", "2027-05-11")
    assert agenda().cohort is None


def test_for_another_group_names_go_and_nothing_is_carried() -> None:
    path = small(
        ('place = "online"', 'place = "online"\ncarried_from = "first"\nnumber = 3'),
    )
    result = run("next", "--from", path, "--cohort", "south-2027")
    assert "names of the team were taken out, and nothing is carried" in result.output
    made = agenda()
    assert (made.whose, made.carried_from, made.number) == ("south-2027", None, 3)
    assert [role.name for role in made.team] == ["", ""]


def test_for_another_group_lines_that_still_hold_a_name_are_told() -> None:
    path = small(('place = "online"', 'place = "online"  # Sam knows the door code'))
    result = run("next", "--from", path, "--cohort", "south-2027")
    (number,) = [
        number
        for number, line in enumerate(Path("next.toml").read_text("utf-8").split("\n"), 1)
        if "Sam knows" in line
    ]
    said = f"  Line {number} may still name someone of the earlier team; look there.\n"
    assert said in result.output
    assert "earlier team" not in run("two", "--from", path, "--date", "2027-05-11").output


def test_lines_written_out_for_the_earlier_sitting_are_left_out() -> None:
    carry = '\n[[carry]]\nid = "A1"\nkind = "agreement"\ntext = "One mic"\n'
    path = small()
    path.write_text(path.read_text("utf-8") + carry, "utf-8")
    result = run("next", "--from", path)
    assert "  1 line carried to the earlier sitting was left out.\n" in result.output
    assert agenda().carried == ()


def test_the_next_sitting_of_a_programme_is_taken_from_its_plan(folder: Path) -> None:
    shutil.copytree(ROOT / "agendas", folder / "all")
    (folder / "all" / "iecmh-07-parent-child-part-1.toml").unlink()
    result = run("all/next", "--from", "all/iecmh-06-reflection-integration-winter.toml")
    made = agenda("all/next.toml")
    assert (made.number, made.date, made.topic, made.part) == (
        7, dt.date(2024, 3, 12), "parent-child", 1
    )  # fmt: skip
    assert made.title == "The Parent-Child Relationship is the Heart of the Revolution"
    assert made.subtitle == ""
    assert made.carried_from == "iecmh-06-reflection-integration-winter"
    assert "session 7 of programme.toml" in result.output
    assert "  Its date is 2024-03-12, as planned.\n" in result.output
    assert "names iecmh-07-parent-child-part-1.toml for that session" in result.output


def test_a_place_is_not_changed_without_what_hangs_on_it(folder: Path) -> None:
    shutil.copytree(ROOT / "agendas", folder / "all")
    result = run("all/next", "--from", "all/iecmh-01-kick-off.toml")
    assert agenda("all/next.toml").place == "in person"
    assert "  It is planned online there; this still says in person.\n" in result.output


def test_behind_the_last_sitting_of_a_programme_there_is_no_number(folder: Path) -> None:
    shutil.copytree(ROOT / "agendas", folder / "all")
    result = run("all/next", "--from", "all/iecmh-14-liberation-advocacy.toml")
    assert agenda("all/next.toml").number is None
    assert "the earlier one has 14, and programme.toml ends there" in result.output
    alone = run("next", "--from", shutil.copy(SHIPPED[2], folder))
    assert "has 1, and no programme lies beside it" in alone.output


# From a record


def record(**fields: object) -> SittingRecord:
    found = read_record(GOLDEN.read_bytes(), "record.toml").record
    assert found is not None
    return replace(found, **fields)  # type: ignore[arg-type]


def kept(one: SittingRecord) -> Path:
    """A record in the archive."""
    files = {"record.toml": write_record(one).encode()}
    return write_record_folder(places().records, f"{one.date.year}", one.id, files)


def test_a_closed_sitting_hands_on_its_parts_and_what_its_group_carries() -> None:
    kept(record())
    result = run("next", "--from", "2026-11-22", "--date", "2026-12-20")
    assert result.exit_code == 0
    assert "  8 lines that the group carries on stand at its end.\n" in result.output
    made = agenda()
    assert made.carried_from == SITTING
    assert made.whose == "north-2026"
    assert [one.title for one in made.segments] == [one.title for one in record().segments]
    assert made.minutes == sum(one.planned_minutes for one in record().segments)
    assert [line.id for line in made.carried] == [
        "A3", "A12", "A13", "A21", "T4", "T16", "T23", "Q17"
    ]  # fmt: skip
    text = Path("next.toml").read_text("utf-8")
    assert 'kind = "arrival"\nminutes = 20  # had 27 min\n' in text
    assert 'kind = "buffer"\nminutes = 5  # was not reached\n' in text
    assert "Copy it" not in text
    assert is_sound("next.toml")


def test_what_is_carried_stands_on_the_list_of_what_was_handed_on(folder: Path) -> None:
    kept(record())
    run("next", "--from", SITTING, "--date", "2026-12-20")
    (listed,) = exported(places()).exports
    assert (listed.form, listed.path) == ("toml", str(folder / "next.toml"))
    assert len(listed.lines) == 8


def test_nothing_that_a_group_did_not_let_travel_is_in_it() -> None:
    kept(record())
    run("next", "--from", SITTING)
    carried = {line.id for line in agenda().carried}
    for entry in record().entries:
        if entry.state in ("let go", "withdrawn") or entry.kind in ("example", "gratitude"):
            assert entry.id not in carried


def test_for_another_group_no_line_leaves_the_archive() -> None:
    kept(record())
    result = run("next", "--from", SITTING, "--cohort", "south")
    assert "It is for another group, south: nothing is carried." in result.output
    assert agenda().carried == ()
    assert agenda().carried_from is None
    assert exported(places()).exports == ()


def test_a_record_file_that_someone_mailed_is_read_where_it_lies(folder: Path) -> None:
    (folder / "mailed").mkdir()
    shutil.copy(GOLDEN, folder / "mailed" / "record.toml")
    for source in ("mailed/record.toml", "mailed"):
        result = run(f"of-{len(source)}", "--from", source)
        assert result.exit_code == 0, result.output
        assert agenda(f"of-{len(source)}.toml").carried


def test_the_agenda_that_a_sitting_was_held_from_is_taken_where_it_is_there() -> None:
    path = small(("minutes = 10\n", "minutes = 10 # at least\n"))
    segments = tuple(
        replace(one, id=name, actual_minutes=took)
        for one, name, took in zip(
            record().segments, ("arriving", "closing"), (13, 0), strict=False
        )
    )
    kept(record(id="2027-04-13-day-ab3d", segments=segments, entries=(), programme=None))
    result = run("next", "--from", "2027", "--date", "2027-05-11")
    assert f"  Its parts are those of {path}, with what became of each.\n" in result.output
    text = Path("next.toml").read_text("utf-8")
    assert "minutes = 10 # at least, had 13 min\n" in text
    assert "minutes = 20  # was not reached\n" in text
    made = agenda()
    assert (made.whose, made.carried_from) == ("north-2026", "day")
    assert made.segments[0].chat == ("Shape of the day: {day_shape}.",)
    run("after", "--from", "next.toml")
    assert "minutes = 10 # at least, had 13 min\n" in Path("after.toml").read_text("utf-8")


def test_a_sitting_that_is_not_there_is_answered_with_those_that_are() -> None:
    assert run("x", "--from", "2026").stderr == (
        "There is no file 2026, and no sitting was closed here yet.\n"
    )
    kept(record())
    answer = run("x", "--from", "2025-01-01").stderr
    assert answer.startswith('There is no sitting "2025-01-01" here. Near it:\n')
    assert SITTING in answer


# What cannot be


def test_a_file_that_is_there_is_never_written_over(folder: Path) -> None:
    path = small()
    result = run("day.toml", "--from", path)
    assert result.stderr == "day.toml is there already and stays as it is. Say another name.\n"
    assert result.exit_code == 1
    assert path.read_text("utf-8") == SMALL
    (folder / "link.toml").symlink_to("nowhere.toml")
    assert run("link").exit_code == 1
    assert not Path("nowhere.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["x", "--from", "nope.toml"], "There is no file nope.toml."),
        (["no/x"], "There is no folder no. Make it first."),
        (["x", "--cohort", "Süd 1"], '"Süd 1" is not a short name'),
        (["x", "--from", str(ROOT / "agendas" / "programme.toml")], "is a programme"),
        (["x", "--from", str(ROOT / "pyproject.toml")], "is no agenda that can be copied"),
        (["x", "--from", "."], "There is no file record.toml."),
    ],
)
def test_what_cannot_be_is_answered_in_words(arguments: list[str], answer: str) -> None:
    result = run(*arguments)
    assert answer in result.stderr
    assert result.exit_code == 1
    assert not Path("x.toml").exists()


def test_an_agenda_that_is_no_toml_is_told_with_its_lines() -> None:
    path = small(("minutes = 30", "minutes = 030"))
    result = run("x", "--from", path)
    assert "day.toml is no agenda that can be copied.\nday.toml:9: Write 30." in result.stderr


def test_an_agenda_that_does_not_add_up_is_copied_as_it_is() -> None:
    assert run("next", "--from", small(("minutes = 30", "minutes = 31"))).exit_code == 0
    assert "minutes = 31\n" in Path("next.toml").read_text("utf-8")


@pytest.mark.parametrize("date", ["14.1.2027", "2027-02-30", "tomorrow", ""])
def test_what_is_no_date_is_answered_with_how_one_is_written(date: str) -> None:
    result = run("x", "--date", date)
    assert result.exit_code == 2
    assert "is no date. Write it like 2027-04-13." in result.stderr


def test_words_that_could_steer_a_terminal_are_shown_without_their_effect() -> None:
    result = run("next", "--title", "a\x1b[2J]0;x\x07 [red]b[/red]")
    assert "\x1b" not in result.output
    assert agenda().title == "a [2J]0;x [red]b[/red]"


def test_a_file_without_an_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("whole.toml", "--from", TEMPLATE).exit_code == 0
    monkeypatch.setattr(copying, "MOST_BYTES", 400)
    assert "is no agenda that can be copied" in run("cut.toml", "--from", TEMPLATE).stderr
    assert not Path("cut.toml").exists()
