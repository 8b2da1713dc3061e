import datetime as dt
import sys
from pathlib import Path

import pytest
from tests.session.a_programme import write_programme
from tests.session.cohort import line, record

from facilitate.core.new_cohort import HandedOn, new_id, other_date, sitting_date
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_toml import read_agenda
from facilitate.session import exporting
from facilitate.session import new_cohort as use
from facilitate.session.checking import check_files
from facilitate.session.kept import Kept
from facilitate.session.programme_files import OpenedProgramme, Unsound, open_programme
from facilitate.store.places import places, shipped_agendas

STARTS = dt.date(2027, 10, 2)
NOW = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
ID = "harbour-2026"


@pytest.fixture
def opened(tmp_path: Path) -> OpenedProgramme:
    return open_programme(str(write_programme(tmp_path / "harbour")))


def planned(
    opened: OpenedProgramme, starts: dt.date = STARTS, lines: tuple[HandedOn, ...] = ()
) -> use.NewCohort:
    """A new cohort with all dates as they are proposed."""
    old, new = [one.date for one in opened.programme.sessions], list[dt.date]()
    for _ in old:
        new.append(sitting_date(old, new, starts, ()).date)
    days = [one.date for one in opened.programme.milestones]
    others = [other_date(day, old, new, starts, ()).date for day in days]
    years = opened.programme.starts.year, starts.year
    return use.planned(opened, new_id(opened.programme.id, *years, ()), new, others, lines)


# The files


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_what_is_written_passes_the_check(
    opened: OpenedProgramme, tmp_path: Path, which: str
) -> None:
    source = opened if which == "small" else open_programme(str(shipped_agendas()))
    use.write(tmp_path / "new", planned(source))
    checked = check_files([str(tmp_path / "new")])
    assert len(checked) == len(source.files)
    errors = [str(p) for one in checked for p in one.problems if p.level == "error"]
    assert not errors
    before = [p for one in check_files([str(source.path.parent)]) for p in one.problems]
    codes = [p.code for one in checked for p in one.problems]
    assert set(codes) <= {p.code for p in before}


def test_dates_ids_and_what_points_to_them_are_new(opened: OpenedProgramme) -> None:
    cohort = planned(opened)
    read = [read_agenda(cohort.files[f"day-{n}.toml"], "x").agenda for n in (1, 2, 3)]
    assert [(a.id, a.programme, a.date, a.carried_from) for a in read if a] == [
        ("harbour-day-1-2027", "harbour-2027", dt.date(2027, 10, 2), None),
        ("harbour-day-2-2027", "harbour-2027", dt.date(2027, 10, 3), "harbour-day-1-2027"),
        ("harbour-day-3-2027", "harbour-2027", dt.date(2027, 12, 11), "harbour-day-2-2027"),
    ]
    assert cohort.programme.sessions[3].date == dt.date(2028, 1, 8)


def test_no_name_of_the_team_is_in_any_file(opened: OpenedProgramme) -> None:
    files = planned(opened).files
    assert any(b"NAME" in raw for raw in opened.files.values())
    assert not any(b"NAME" in raw for raw in files.values())
    assert b'lead = ""    # holds the arc' in files["day-1.toml"]


def test_an_agenda_that_several_dates_have_keeps_to_the_one_it_was_on() -> None:
    shipped = open_programme(str(shipped_agendas()))
    cohort = planned(shipped, dt.date(2025, 8, 28))
    agenda = read_agenda(cohort.files["information-session.toml"], "x").agenda
    assert agenda is not None
    assert agenda.date == cohort.programme.milestones[0].date == dt.date(2025, 5, 28)


def test_a_clock_time_that_does_not_exist_on_a_new_date_is_told(
    opened: OpenedProgramme, tmp_path: Path
) -> None:
    path = opened.path.with_name("day-1.toml")
    text = path.read_text(encoding="utf-8").replace('"09:00"', '"02:30"')
    path.write_text(text, encoding="utf-8")
    again = open_programme(str(opened.path))
    with pytest.raises(Refused, match=r"day-1\.toml.*02:30 does not exist on 2027-03-14"):
        planned(again, dt.date(2027, 3, 14))


def test_lines_that_still_name_an_old_year_are_told(opened: OpenedProgramme) -> None:
    found = use.to_look_at(opened, planned(opened))
    assert [tuple(one) for one in found] == [
        ("day-1.toml", 1, "# Day 1 of the first year, 2026."),
        ("day-2.toml", 1, "# Day 2 of the first year, 2026."),
        ("day-3.toml", 1, "# Day 3 of the first year, 2026."),
    ]


def test_lines_that_still_name_someone_of_the_team_are_told(opened: OpenedProgramme) -> None:
    path = opened.path.with_name("day-2.toml")
    text = path.read_text(encoding="utf-8")
    assert text.count("[team]\n") == 1
    named = '[team]\nguest = "Guest Two" # Guest knows the door\n'
    path.write_text(text.replace("[team]\n", named), encoding="utf-8")
    again = open_programme(str(opened.path))
    found = use.to_look_at(again, planned(again, dt.date(2026, 12, 12)))
    assert [(one.file, one.text) for one in found] == [
        ("day-2.toml", 'guest = "" # Guest knows the door')
    ]


def test_a_year_in_which_both_meet_is_no_old_year(opened: OpenedProgramme) -> None:
    assert not use.to_look_at(opened, planned(opened, dt.date(2026, 12, 12)))


def test_a_programme_with_an_agenda_that_cannot_be_used_is_not_copied(
    opened: OpenedProgramme,
) -> None:
    opened.path.with_name("day-2.toml").unlink()
    with pytest.raises(Unsound, match=r"day-2\.toml: There is no such file"):
        use.refuse_unready(open_programme(str(opened.path)))


# What an earlier group hands on


def offered(opened: OpenedProgramme) -> list[tuple[str, str]]:
    """What a new cohort would be offered, by kind."""
    kept = Kept(places())
    found = []
    for sitting in use.latest_sittings(kept, opened.programme):
        source = exporting.source(places(), sitting, NOW)
        shared = use.only_offered(exporting.gathered(places(), source, "toml", "team"))
        found += shared.lines
        assert len(shared.keys) == len(shared.lines)
    return [(one.kind, one.text) for one in use.handed_on(found)]


def test_only_what_a_group_allowed_to_be_handed_on_is_offered(opened: OpenedProgramme) -> None:
    record(
        "one",
        line("A1", "CANARY of the cohort"),
        line("A2", "One mic", ring="team"),
        line("A3", "Not agreed", ring="team", state="proposed"),
        line("T4", "repair = going back", ring="public"),
        line("C5", "Someone's promise", ring="public"),
        line("Q6", "Whose?", ring="team", state="answered"),
        programme=ID, number=1, cohort=ID,
    )  # fmt: skip
    record("two", line("A9", "Elsewhere", ring="public"), programme="mooring", cohort="mooring")
    assert offered(opened) == [("agreement", "One mic"), ("term", "repair = going back")]


def test_what_was_withdrawn_or_narrowed_later_is_offered_no_more(
    opened: OpenedProgramme,
) -> None:
    facts = {"programme": ID, "cohort": ID}
    first = record(
        "one", line("A1", "Gone", ring="team"), line("A2", "Back", ring="team"),
        line("A3", "Stays", ring="team"), number=1, **facts,
    )  # fmt: skip
    record(
        "two", line("A1", "", state="withdrawn", ring="team", carried_from=first),
        line("A2", "Back", ring="cohort", carried_from=first),
        number=2, date=dt.date(2026, 9, 13), **facts,
    )  # fmt: skip
    assert offered(opened) == [("agreement", "Stays")]


def test_the_same_words_of_two_cohorts_are_offered_once(opened: OpenedProgramme) -> None:
    for cohort in ("north", "south"):
        record(cohort, line("A1", "One mic", ring="team"), programme=ID, cohort=cohort)
    assert offered(opened) == [("agreement", "One mic")]


def test_they_are_offered_in_the_first_sitting_and_never_agreed(
    opened: OpenedProgramme,
) -> None:
    mic = HandedOn(kind="agreement", state="in force", text="One mic")
    cohort = planned(opened, lines=(mic,))
    agenda = read_agenda(cohort.files["day-1.toml"], "x").agenda
    assert agenda is not None
    assert cohort.offered_in == "day-1.toml"
    assert [one.text for one in agenda.offered] == ["One mic (from an earlier group)"]
    assert not agenda.carried
    assert b"One mic" not in cohort.files["day-2.toml"]
    assert "One mic" not in f"{cohort}{mic}"


def test_without_an_agenda_for_the_first_sitting_nothing_is_offered(
    opened: OpenedProgramme,
) -> None:
    text = opened.path.read_text(encoding="utf-8").replace('agenda = "day-1.toml"\n', "")
    opened.path.write_text(text, encoding="utf-8")
    mic = HandedOn(kind="agreement", state="in force", text="One mic")
    cohort = planned(open_programme(str(opened.path)), lines=(mic,))
    assert cohort.offered_in == ""
    assert not any(b"One mic" in raw for raw in cohort.files.values())


# Free days


def test_free_days_are_read_from_all_files(opened: OpenedProgramme, tmp_path: Path) -> None:
    listed, calendar = tmp_path / "a.txt", tmp_path / "b.ics"
    listed.write_text("2027-11-11 Veterans Day\n1999-01-01\n", encoding="utf-8")
    calendar.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY\n"
        "END:VEVENT\nBEGIN:VEVENT\nDTSTART:20271111T090000\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    days, timed = use.free_days([str(listed), str(calendar)], opened, STARTS)
    assert {dt.date(2027, 11, 11), dt.date(2027, 12, 25), dt.date(2028, 12, 25)} <= days
    assert (dt.date(1999, 1, 1) in days, timed) == (False, 1)


def test_a_file_of_free_days_that_is_not_there_is_told(opened: OpenedProgramme) -> None:
    with pytest.raises(Refused, match=r"none\.txt cannot be read"):
        use.free_days(["none.txt"], opened, STARTS)


def test_a_calendar_of_free_days_needs_the_extra(
    opened: OpenedProgramme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.ics").write_text("BEGIN:VCALENDAR\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(Refused, match=r"pip install 'facilitate\[export\]'"):
        use.free_days([str(tmp_path / "b.ics")], opened, STARTS)


# Writing


def test_nothing_is_overwritten(opened: OpenedProgramme, tmp_path: Path) -> None:
    there = tmp_path / "new"
    there.mkdir()
    (there / "day-1.toml").write_text("mine", encoding="utf-8")
    for do in (lambda: use.refuse_taken(there), lambda: use.write(there, planned(opened))):
        with pytest.raises(Refused, match=r"There is something in .* already"):
            do()
    assert [path.read_text(encoding="utf-8") for path in there.iterdir()] == ["mine"]


def test_a_folder_above_that_is_missing_is_told_before_anything(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no folder .* Make it first"):
        use.refuse_taken(tmp_path / "none" / "new")
