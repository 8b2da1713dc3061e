import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.session.a_programme import PROGRAMME, write_programme
from tests.session.cohort import line, record

from facilitate.core.agenda import Agenda
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.programme_view import Timeline, TimelineRow
from facilitate.core.refusal import Refused
from facilitate.session import programme as use
from facilitate.session.checking import check_files
from facilitate.session.kept import Kept
from facilitate.session.programme_files import Unsound, open_programme, programmes
from facilitate.store.places import places

NOVEMBER = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
ID = "harbour-2026"


def nothing(cohort: str, agenda: Agenda) -> Inherited | None:
    return None


def look(path: Path, now: dt.datetime = NOVEMBER) -> Timeline:
    return use.look(open_programme(str(path)), Kept(places()), now, nothing)


def row(found: Timeline, number: int) -> TimelineRow:
    return next(one for one in found.rows if one.number == number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "harbour")


def test_the_example_is_a_sound_programme(path: Path) -> None:
    assert not [one for found in check_files([str(path.parent)]) for one in found.problems]


# The timeline


def test_records_of_its_sittings_tell_what_was_held_and_what_was_kept(path: Path) -> None:
    one = record("one", line("A1"), line("T2"), programme=ID, number=1, cohort=ID)
    record("other", line("A1"), programme="mooring", number=2)
    found = look(path)
    assert (row(found, 1).standing, row(found, 1).sitting) == ("done", one)
    assert {fact.label: fact.text for fact in row(found, 1).facts}["kept"] == "2 lines"
    assert (row(found, 2).standing, row(found, 3).standing) == ("passed", "next")
    assert found.said == ()


def test_terms_and_open_questions_come_from_all_sittings_of_its_cohort(path: Path) -> None:
    day = dt.date(2026, 9, 13)
    record(
        "two", line("T4", "repair = going back"), line("Q5"), date=day, programme=ID, number=2,
        topic="repair", part=1, cohort=ID,
    )  # fmt: skip
    facts = {fact.label: fact.text for fact in row(look(path), 3).facts}
    assert facts["part one"] == "1 term (T4)"
    assert facts["questions"] == "1 open (Q5)"


def test_what_comes_next_is_asked_for_what_it_carries(path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def handed_on(cohort: str, agenda: Agenda) -> Inherited:
        asked.append((cohort, agenda.id))
        return Inherited(
            lines=(
                CarriedLine(
                    sitting="x", number=1, kind="agreement", ring="cohort", state="in force",
                    text="Words",
                ),
            )
        )  # fmt: skip

    record("one", line("A1"), programme=ID, number=1, cohort="another-cohort")
    found = use.look(open_programme(str(path)), Kept(places()), NOVEMBER, handed_on)
    assert asked == [("another-cohort", "harbour-day-3")]
    assert {fact.label: fact.text for fact in row(found, 3).facts}["carried"] == "1 line"


def test_before_its_first_sitting_the_cohort_is_that_of_the_agenda(path: Path) -> None:
    asked: list[str] = []

    def handed_on(cohort: str, agenda: Agenda) -> None:
        asked.append(cohort)

    use.look(open_programme(str(path)), Kept(places()), NOVEMBER - dt.timedelta(90), handed_on)
    assert asked == [ID]


def test_what_has_no_agenda_is_not_asked_about(path: Path) -> None:
    december = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert row(look(path, december), 4).standing == "next"


def test_today_is_that_of_the_programme(path: Path) -> None:
    night = dt.datetime(2026, 11, 15, 4, 30, tzinfo=dt.UTC)  # still the 14th in New York
    assert row(look(path, night), 3).status == "next, today"
    assert row(look(path, night + dt.timedelta(hours=1)), 3).standing == "passed"


def test_agendas_that_cannot_be_opened_are_told_and_hide_nothing(path: Path) -> None:
    path.with_name("day-2.toml").unlink()
    path.with_name("day-3.toml").write_text("format = 1\n[session]\n", encoding="utf-8")
    found = look(path)
    assert found.said == (
        "day-2.toml, day-3.toml: cannot be opened yet; facilitate check says why.",
    )
    assert row(found, 3).standing == "next"


def test_a_record_that_cannot_be_read_is_told(path: Path) -> None:
    broken = places().records / "2026" / "2026-09-12-harbour-day-1-ab3d"
    broken.mkdir(parents=True)
    (broken / "record.toml").write_text("record = 1\n", encoding="utf-8")
    assert look(path).said == ("1 record cannot be read; facilitate archive list says more.",)


# Opening


def test_a_folder_with_one_programme_is_as_good_as_its_file(path: Path) -> None:
    assert open_programme(str(path.parent)).path == path


def test_what_is_no_programme_is_told(path: Path, tmp_path: Path) -> None:
    second = path.with_name("second.toml")
    second.write_text(PROGRAMME, encoding="utf-8")
    for given, said in (
        (path.parent, "There are several programmes in it: programme.toml, second.toml."),
        (path.with_name("day-1.toml"), "This is no programme."),
        (path.with_name("none.toml"), "There is no such file."),
        (tmp_path, "There is no programme in this folder."),
    ):
        with pytest.raises(Unsound) as refused:
            open_programme(str(given))
        assert [one.message for one in refused.value.problems] == [said]


def test_every_error_of_a_programme_is_told(path: Path) -> None:
    wrong = PROGRAMME.replace("number = 3", "number = 5").replace("New_York", "New_Yerk")
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(Unsound) as refused:
        open_programme(str(path))
    assert {one.code for one in refused.value.problems} == {"number", "timezone"}
    assert {one.file for one in refused.value.problems} == {str(path)}


def test_another_encoding_is_named(path: Path) -> None:
    path.write_bytes(PROGRAMME.encode("utf-16"))
    with pytest.raises(Unsound):
        open_programme(str(path))


# On the shelf


def test_programmes_on_the_shelf_say_what_comes_next(path: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[programme]\n", encoding="utf-8")
    found = use.on_shelf((tmp_path, path.parent), Kept(places()), NOVEMBER)
    assert found == {str(path): "next: Sat 14 Nov 2026, 3. Repair, part two"}


def test_files_that_are_no_programmes_are_passed_over(path: Path) -> None:
    (path.parent / "odd.toml").write_bytes(b"\xff\xfe[\x00")
    assert [one.id for _, one in programmes((path.parent,))] == [ID]


# The calendar


def test_a_calendar_continues_the_one_that_it_replaces(path: Path) -> None:
    first = use.calendar(open_programme(str(path)))
    assert first.is_new
    again = use.calendar(open_programme(str(path)), first.content)
    assert (again.content, again.is_new) == (first.content, False)
    path.write_text(PROGRAMME.replace("2026-11-14", "2026-11-21"), encoding="utf-8")
    moved = use.calendar(open_programme(str(path)), first.content)
    assert moved.is_new
    assert moved.content.count(b"SEQUENCE:1\r\n") == 1


def test_another_file_is_not_replaced(path: Path) -> None:
    with pytest.raises(Refused, match="There is another file of that name"):
        use.calendar(open_programme(str(path)), b"words of mine")


def test_without_all_agendas_there_is_no_calendar(path: Path) -> None:
    path.with_name("day-2.toml").unlink()
    with pytest.raises(Refused, match=r"(?s)cannot be told yet.*day-2\.toml"):
        use.calendar(open_programme(str(path)))


def test_without_the_extra_it_says_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(Refused, match=r"pip install 'facilitate\[export\]'"):
        use.calendar(open_programme(str(path)))


def test_nothing_that_is_opened_shows_names(path: Path) -> None:
    opened = open_programme(str(path))
    assert "NAME" not in f"{opened}{replace(opened.programme, title='NAME')}"
