import datetime as dt
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.sitting import AGENDA, Begin, do, write

from facilitate.core.agenda import Preparation
from facilitate.core.commands import Close, Next, NoteRecord, TickPreparation
from facilitate.core.entry_commands import LetGo, TakeBack
from facilitate.core.shelf import PastSitting
from facilitate.session import harvest, library
from facilitate.session.live import LiveSession
from facilitate.store.places import places, shipped_agendas

NOW = dt.datetime(2026, 9, 12, 13, 0, tzinfo=dt.UTC)

DAY = textwrap.dedent(
    """\
    format = 1
    [session]
    id = "harbour-1"
    title = "Harbour circles"
    subtitle = "Day one"
    date = 2026-09-12
    start = "09:00"
    timezone = "America/New_York"
    minutes = 30
    place = "online"
    programme = "harbour-2026"
    number = 1
    [team]
    lead = ""
    [[objective]]
    key = "words"
    text = "Find words."
    [[segment]]
    title = "Closing"
    kind = "closing"
    minutes = 30
    serves = ["words"]
    """
)
PROGRAMME = textwrap.dedent(
    """\
    format = 1
    [programme]
    id = "harbour-2026"
    title = "Harbour circles"
    timezone = "America/New_York"
    starts = 2026-09-01
    ends = 2026-12-01
    [[session]]
    number = 1
    title = "Day one"
    date = 2026-09-12
    place = "online"
    [[before]]
    minutes = 30
    who = "lead"
    do = "Lay out paper"
    [after]
    minutes = 20
    questions = ["What stays?"]
    """
)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(path: Path) -> list[str]:
    opened = library.open_agenda(path)
    assert opened.agenda is None
    return [problem.code for problem in opened.problems]


def closed(live: LiveSession) -> LiveSession:
    """Closed, with its record written and noted."""
    do(live, Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    return live


# Opening an agenda


def test_an_agenda_opens_with_its_warnings(tmp_path: Path) -> None:
    shrinking = DAY.replace("minutes = 30\nserves", "minutes = 30\nat_least = 20\nserves")
    opened = library.open_agenda(put(tmp_path, "day.toml", shrinking))
    assert opened.agenda is not None
    assert opened.agenda.id == "harbour-1"
    assert [(one.code, one.level) for one in opened.problems] == [("if-short", "warning")]


def test_a_file_with_errors_gives_them_all_and_no_agenda(tmp_path: Path) -> None:
    wrong = DAY.replace("minutes = 30\nserves", "minutes = 20\nserves").replace("lead", "laed")
    opened = library.open_agenda(put(tmp_path, "day.toml", wrong + "colour = 1\n"))
    assert opened.agenda is None
    assert len(opened.problems) > 1
    assert {problem.file for problem in opened.problems} == {str(tmp_path / "day.toml")}


def test_a_file_that_is_not_there_is_told_kindly(tmp_path: Path) -> None:
    (problem,) = library.open_agenda(tmp_path / "dya.toml").problems
    assert problem.message == "There is no such file."
    assert problem.hint


@pytest.mark.parametrize(
    "raw",
    [DAY.encode("utf-16"), DAY.encode() + b"\xe9", b"\x00\xff\x00"],
    ids=["UTF-16", "Windows-1252", "binary"],
)
def test_a_file_in_another_encoding_is_told_and_not_raised(tmp_path: Path, raw: bytes) -> None:
    assert len(codes(put(tmp_path, "day.toml", raw))) == 1


def test_a_folder_in_the_place_of_a_file_is_told_kindly(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["unreadable"]


def test_a_programme_is_not_a_sitting_and_says_what_to_open(tmp_path: Path) -> None:
    path = put(tmp_path, "programme.toml", PROGRAMME)
    (problem,) = library.open_agenda(path).problems
    assert problem.code == "programme"
    assert problem.hint == "Open one of the agendas that it names."


def test_the_lists_of_the_programme_beside_it_are_filled_in(tmp_path: Path) -> None:
    put(tmp_path, "programme.toml", PROGRAMME)
    agenda = library.open_agenda(put(tmp_path, "day.toml", DAY)).agenda
    assert agenda is not None
    assert [item.do for item in agenda.before] == ["Lay out paper"]
    assert agenda.after is not None
    assert agenda.after.questions == ("What stays?",)


def test_a_list_of_its_own_stays(tmp_path: Path) -> None:
    put(tmp_path, "programme.toml", PROGRAMME)
    own = DAY + '[[before]]\nminutes = 5\nwho = "lead"\ndo = "Breathe"\n'
    agenda = library.open_agenda(put(tmp_path, "day.toml", own)).agenda
    assert agenda is not None
    assert [item.do for item in agenda.before] == ["Breathe"]


@pytest.mark.parametrize(
    "other",
    [
        PROGRAMME.replace("harbour-2026", "inland-2026"),
        PROGRAMME.replace("starts = 2026-09-01", "starts = 2027-09-01"),
        PROGRAMME.encode("utf-16"),
    ],
    ids=["another", "with errors", "UTF-16"],
)
def test_another_programme_or_a_broken_one_changes_nothing(
    tmp_path: Path, other: str | bytes
) -> None:
    put(tmp_path, "programme.toml", other)
    agenda = library.open_agenda(put(tmp_path, "day.toml", DAY)).agenda
    assert agenda is not None
    assert agenda.before == ()


def test_the_last_sitting_is_known_from_the_programme_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "programme.toml", PROGRAMME)
    agenda = library.open_agenda(put(tmp_path, "day.toml", DAY)).agenda
    assert agenda is not None
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert library.is_last(agenda, [elsewhere, tmp_path])
    assert not library.is_last(agenda, [elsewhere])
    assert not library.is_last(replace(agenda, number=None), [tmp_path])
    assert not library.is_last(replace(agenda, programme=None), [tmp_path])
    more = PROGRAMME.replace("[[before]]", SECOND + "[[before]]")
    put(tmp_path, "programme.toml", more)
    assert not library.is_last(agenda, [tmp_path])
    assert library.is_last(replace(agenda, number=2), [tmp_path])


SECOND = """\
[[session]]
number = 2
title = "Day two"
date = 2026-10-10
place = "online"
"""


# The shelf


def test_the_shelf_lists_what_can_be_opened_by_file_name(tmp_path: Path) -> None:
    put(tmp_path, "b.toml", DAY)
    put(
        tmp_path,
        "a.toml",
        DAY.replace('subtitle = "Day one"\n', "").replace("number = 1\n", ""),
    )
    put(tmp_path, "c.toml", "nothing of use")
    put(tmp_path, "d.toml", DAY.encode("utf-16"))
    put(tmp_path, "programme.toml", PROGRAMME)
    put(tmp_path, "notes.md", DAY)
    (tmp_path / "e.toml").mkdir()
    listed = library.shelf(tmp_path)
    assert [(one.title, Path(one.path).name) for one in listed] == [
        ("Harbour circles", "a.toml"),
        ("1. Day one", "b.toml"),
    ]
    assert {(one.date, one.minutes) for one in listed} == {(dt.date(2026, 9, 12), 30)}


def test_the_first_screen_knows_which_agendas_a_programme_names_and_whether_it_goes_on(
    tmp_path: Path,
) -> None:
    named = PROGRAMME.replace('place = "online"', 'place = "online"\nagenda = "one.toml"')
    milestone = '[[milestone]]\nkind = "deadline"\ntitle = "Names"\ndate = 2026-08-14\n'
    named = named.replace("[[session]]", f'{milestone}agenda = "names.toml"\n[[session]]')
    path = str(put(tmp_path, "programme.toml", named))
    for name in ("one.toml", "names.toml", "alone.toml"):
        put(tmp_path, name, DAY)
    put(tmp_path / "elsewhere", "one.toml", DAY)
    folders = [tmp_path, tmp_path / "elsewhere"]
    home = library.home(places(), folders, NOW)
    assert [one.programme for one in home.agendas] == ["", path, path, ""]
    (programme,) = home.programmes
    assert (programme.path, programme.title, programme.stands) == (path, "Harbour circles", "")
    late_evening = dt.datetime(2026, 9, 13, 3, 59, tzinfo=dt.UTC)  # of its day, in its zone
    for now, goes_on in ((late_evening, True), (late_evening + dt.timedelta(minutes=1), False)):
        assert library.home(places(), folders, now).programmes[0].goes_on is goes_on


def test_agendas_are_looked_for_here_below_and_among_those_that_come_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert library.agenda_folders() == (tmp_path, shipped_agendas().resolve())
    put(tmp_path / "agendas", "day.toml", DAY)
    assert library.agenda_folders()[:2] == (tmp_path, tmp_path / "agendas")


def test_an_agenda_folder_is_searched_once_though_it_is_named_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(shipped_agendas())
    assert library.agenda_folders() == (shipped_agendas().resolve(),)


# Sittings


def test_an_empty_home_offers_nothing(tmp_path: Path) -> None:
    home = library.home(places(), [tmp_path], NOW)
    assert (home.unfinished, home.agendas, home.past) == ((), (), ())


def test_sittings_left_open_come_the_latest_first_with_where_they_stand(
    begin: Begin, clock: HandClock
) -> None:
    early, late = begin(), begin(replace(AGENDA, id="harbour-2", subtitle="Day two"))
    do(early, Next(seen=None))
    clock.forward(minutes=10)
    do(late, Next(seen=None))
    clock.forward(minutes=1)
    do(late, Next(seen="arrive"))
    found = library.unfinished(places(), clock.now())
    assert [(one.title, one.part, one.closed) for one in found] == [
        ("Day two", "How we want to be", False),
        ("Harbour circles", "Arriving", False),
    ]
    assert [one.sitting for one in found] == [late.sitting, early.sitting]
    assert found[0].last_seen == clock.now()


def test_only_sittings_of_one_agenda_are_found_when_it_is_asked_for(begin: Begin) -> None:
    one, other = begin(), begin(replace(AGENDA, id="harbour-2"))
    do(one, Next(seen=None))
    do(other, Next(seen=None))
    (found,) = library.unfinished(places(), NOW, "harbour-2")
    assert found.sitting == other.sitting


def test_a_sitting_that_was_only_prepared_is_offered_on_its_day_alone(begin: Begin) -> None:
    paper = Preparation(minutes=10, who="lead", do="Lay out paper")
    do(begin(replace(AGENDA, before=(paper,))), TickPreparation(item=0))
    (found,) = library.unfinished(places(), NOW)
    assert found.part == ""
    assert library.unfinished(places(), NOW + dt.timedelta(days=1)) == ()


def test_a_closed_sitting_without_a_record_is_still_to_be_finished(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None), Close())
    (found,) = library.unfinished(places(), NOW)
    assert found.closed


def test_a_sitting_with_its_record_is_past_and_no_longer_open(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    closed(live)
    home = library.home(places(), [], NOW)
    assert home.unfinished == ()
    (past,) = home.past
    assert past == PastSitting(
        folder=str(places().records / "2026" / live.sitting),
        title="Harbour circles",
        date=dt.date(2026, 9, 12),
        lines=1,
        sitting=live.sitting,
    )


def test_past_sittings_come_the_latest_first_and_broken_records_are_left_out(
    begin: Begin,
) -> None:
    for day in (5, 19, 12):
        live = begin(replace(AGENDA, subtitle=f"Day {day}"), date=dt.date(2026, 9, day))
        do(live, Next(seen=None))
        closed(live)
    broken = places().records / "2026" / "2026-09-20-x"
    put(broken, "record.toml", "not a record")
    found = library.past(places())
    assert [one.title for one in found] == ["Day 19", "Day 12", "Day 5"]


def test_folders_that_hold_no_sitting_are_left_out(begin: Begin) -> None:
    do(begin(), Next(seen=None))
    put(places().own("2026-09-12-x-aaaa"), "aaaaaaaaaa.0.jsonl", b"damaged\n")
    put(places().sittings / "2026-09-12-y-bbbb", "own", "a file where a folder should be")
    put(places().sittings, ".DS_Store", b"\0")
    assert len(library.unfinished(places(), NOW)) == 1


# Numbers


def test_a_cohort_begins_with_one() -> None:
    assert library.first_free_number(places(), "harbour-2026") == 1


def test_numbers_go_on_after_closed_and_after_open_sittings_of_the_cohort(
    begin: Begin,
) -> None:
    first = begin()
    do(first, Next(seen=None))
    write(first, "One mic")
    write(first, "Say it twice")
    closed(first)
    assert library.first_free_number(places(), "harbour-2026") == 3
    second = begin(numbers_from=3)
    do(second, Next(seen=None))
    assert library.first_free_number(places(), "harbour-2026") == 3
    write(second, "Come back")
    assert library.first_free_number(places(), "harbour-2026") == 4
    assert library.first_free_number(places(), "another") == 1


def test_a_number_once_said_is_never_given_again(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    write(live, "l: the heron stays")
    write(live, "Say it twice")
    do(live, TakeBack(), LetGo(number=2))
    assert library.first_free_number(places(), "harbour-2026") == 4
    closed(live)
    assert live.close(5)
    harvest.tidy(places(), live.state)
    assert library.first_free_number(places(), "harbour-2026") == 4
