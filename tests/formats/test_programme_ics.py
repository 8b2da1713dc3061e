import datetime as dt
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from tests.core.programmes import PROGRAMME, agenda

from facilitate.core.agenda import Agenda
from facilitate.core.programme import Milestone, Programme
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.export.programme_ics import earlier, write
from facilitate.formats.programme_toml import read_programme

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "programme" / "iecmh-certificate.ics"
WEST = ZoneInfo("America/Los_Angeles")
EAST = ZoneInfo("America/New_York")
AGENDAS = {f"day-{n}.toml": agenda(number=n) for n in (1, 2, 3)}


def shipped() -> tuple[Programme, dict[str, Agenda]]:
    """The programme that comes with the program, and its agendas."""
    folder = ROOT / "agendas"
    programme = read_programme((folder / "programme.toml").read_bytes(), "x").programme
    assert programme is not None
    files = {one.agenda or "" for one in (*programme.sessions, *programme.milestones)} - {""}
    read = {name: read_agenda((folder / name).read_bytes(), name).agenda for name in files}
    return programme, {name: one for name, one in read.items() if one is not None}


def events(raw: bytes) -> dict[str, Event]:
    """Everything in a calendar, by what it is called."""
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(raw).walk("VEVENT")}


def uids(programme: Programme, agendas: Mapping[str, Agenda] = AGENDAS) -> list[str]:
    found = Calendar.from_ical(write(programme, agendas)).walk("VEVENT")
    return [str(one["UID"]) for one in found]


def with_sitting(number: int, **fields: Any) -> Programme:
    sessions = [replace(o, **fields) if o.number == number else o for o in PROGRAMME.sessions]
    return replace(PROGRAMME, sessions=tuple(sessions))


# The shipped programme


def test_the_calendar_of_the_shipped_programme_is_the_same_for_ever() -> None:
    assert write(*shipped()) == GOLDEN.read_bytes()


def test_it_has_fourteen_sittings_and_four_other_dates() -> None:
    found = events(GOLDEN.read_bytes())
    sessions = [name for name in found if name.startswith("Session ")]
    assert (len(sessions), len(found)) == (14, 18)
    assert "Session 5: Global Developmental Perspectives, part two" in sessions
    assert not [error for one in found.values() for error in one.errors]


def test_nine_oclock_stays_nine_oclock_on_both_sides_of_every_clock_change() -> None:
    programme, agendas = shipped()
    found = events(write(programme, agendas))
    offsets = set()
    for sitting in programme.sessions:
        (event,) = [e for n, e in found.items() if n.startswith(f"Session {sitting.number}:")]
        start, plan = event.decoded("DTSTART"), agendas[sitting.agenda or ""]
        assert start.replace(tzinfo=None) == dt.datetime.combine(sitting.date, plan.start)
        assert start == start.replace(tzinfo=WEST)
        offsets.add(start.utcoffset())
        assert event.decoded("DTEND") - start == dt.timedelta(minutes=plan.minutes)
    assert len(offsets) == 2


def test_lines_are_75_octets_long_at_most_and_end_as_calendars_need_it() -> None:
    raw = GOLDEN.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") > 100
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_a_title_in_any_script_is_folded_between_its_characters() -> None:
    title = "Wiederherstellen 🌱 " + "漢字" * 60
    raw = write(with_sitting(1, title=title), AGENDAS)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert f"Session 1: {title}" in events(raw)


def test_exporting_again_gives_the_same_bytes() -> None:
    programme, agendas = shipped()
    raw = write(programme, agendas)
    assert write(programme, agendas) == raw
    assert write(programme, agendas, earlier(raw, programme)) == raw


# Which dates


def test_a_sitting_without_an_agenda_takes_its_whole_day() -> None:
    event = events(write(PROGRAMME, AGENDAS))["Session 4: What we carry on"]
    assert event.decoded("DTSTART") == dt.date(2026, 12, 12)
    assert ("DTEND" in event, str(event["TRANSP"])) == (False, "OPAQUE")
    assert "DESCRIPTION" not in event


def test_a_sitting_ends_when_its_agenda_promised() -> None:
    plans = {"day-1.toml": agenda(ends_by=dt.time(11)), "day-2.toml": agenda(minutes=45)}
    found = events(write(PROGRAMME, plans))
    assert found["Session 1: Kick-off"].decoded("DTEND") == dt.datetime(
        2026, 9, 12, 11, tzinfo=EAST
    )
    assert found["Session 2: Repair, part one"].decoded("DTEND") == dt.datetime(
        2026, 10, 10, 9, 45, tzinfo=EAST
    )


def test_a_day_on_which_the_clocks_are_set_has_its_true_length() -> None:
    night = with_sitting(1, date=dt.date(2026, 11, 1))
    plans = {"day-1.toml": agenda(start=dt.time(0), minutes=240)}
    event = events(write(night, plans))["Session 1: Kick-off"]
    assert event["DTEND"].to_ical() == b"20261101T030000"


def test_an_agenda_of_another_zone_brings_it_along() -> None:
    plans = {"day-1.toml": agenda(timezone="Europe/Berlin"), "day-2.toml": agenda()}
    raw = write(PROGRAMME, plans)
    zones = [str(one["TZID"]) for one in Calendar.from_ical(raw).walk("VTIMEZONE")]
    assert zones == ["America/New_York", "Europe/Berlin"]
    start = events(raw)["Session 1: Kick-off"].decoded("DTSTART")
    assert start == dt.datetime(2026, 9, 12, 7, tzinfo=dt.UTC)


def test_a_deadline_is_a_day_on_which_nobody_is_busy() -> None:
    event = events(write(PROGRAMME, {}))["Names are in"]
    assert event["DTSTART"].to_ical() == b"20260912"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_another_date_with_a_clock_time_has_that_and_the_length_of_its_agenda() -> None:
    with_one = write(PROGRAMME, {"info.toml": agenda(start=dt.time(9), minutes=60)})
    event = events(with_one)["Come and see"]
    start = dt.datetime(2026, 8, 4, 16, tzinfo=EAST)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        start, start + dt.timedelta(hours=1),
    )  # fmt: skip
    assert (str(event["TRANSP"]), str(event["LOCATION"])) == ("OPAQUE", "online")
    without = events(write(PROGRAMME, {}))["Come and see"]
    assert (without.decoded("DTSTART"), "DTEND" in without) == (start, False)


def test_another_date_without_a_time_of_its_own_has_that_of_its_agenda() -> None:
    party = Milestone(kind="party", title="Party", date=dt.date(2027, 1, 9), agenda="p.toml")
    plans = {"p.toml": agenda(timezone="Europe/Berlin", start=dt.time(19))}
    event = events(write(replace(PROGRAMME, milestones=(party,)), plans))["Party"]
    assert event.decoded("DTSTART") == dt.datetime(2027, 1, 9, 18, tzinfo=dt.UTC)


def test_words_of_a_file_are_text_and_nothing_else() -> None:
    title = "A; b, c\\n\nBEGIN:VEVENT\r\nUID:evil\x1b[2J"
    raw = write(with_sitting(1, title=title), AGENDAS)
    assert len(events(raw)) == 7
    assert b"\r\nUID:evil" not in raw
    assert b"\x1b" not in raw


# Names that last


def test_a_date_keeps_its_uid_whatever_becomes_of_its_day_and_title() -> None:
    other = with_sitting(2, date=dt.date(2026, 10, 24), title="Mending", agenda=None, part=None)
    party = replace(PROGRAMME.milestones[2], date=dt.date(2027, 2, 1), title="We feast")
    other = replace(other, milestones=(*PROGRAMME.milestones[:2], party), title="Others")
    assert uids(other, {}) == uids(PROGRAMME)


def test_all_uids_differ_also_those_of_dates_of_one_kind() -> None:
    kinds = ("session", "Deadline", "deadline", "締切", "session-1", "")
    other = replace(
        PROGRAMME,
        milestones=tuple(Milestone(kind=k, title=k, date=PROGRAMME.ends) for k in kinds),
    )
    assert len(set(uids(other))) == 4 + len(kinds)


def test_another_programme_shares_no_uid() -> None:
    assert not set(uids(PROGRAMME)) & set(uids(replace(PROGRAMME, id="harbour-2027")))


def test_no_clock_is_read() -> None:
    stamps = {str(one["DTSTAMP"].to_ical()) for one in events(write(PROGRAMME, {})).values()}
    assert stamps == {"b'20260912T000000Z'"}


# When something changed


def test_what_changed_since_the_last_calendar_gets_the_next_sequence() -> None:
    first = write(PROGRAMME, AGENDAS)
    later = with_sitting(2, date=dt.date(2026, 10, 24))
    second = write(later, AGENDAS, earlier(first, later))
    moved = {name: one["SEQUENCE"] for name, one in events(second).items() if one["SEQUENCE"]}
    assert moved == {"Session 2: Repair, part one": 1}
    third = write(PROGRAMME, AGENDAS, earlier(second, PROGRAMME))
    assert events(third)["Session 2: Repair, part one"]["SEQUENCE"] == 2
    assert write(PROGRAMME, AGENDAS, earlier(third, PROGRAMME)) == third


def test_a_new_day_of_the_programme_alone_changes_no_sequence() -> None:
    later = replace(PROGRAMME, starts=dt.date(2026, 9, 1))
    raw = write(later, AGENDAS, earlier(write(PROGRAMME, AGENDAS), later))
    assert {one["SEQUENCE"] for one in events(raw).values()} == {0}


def test_a_calendar_of_someone_else_is_none_of_ours() -> None:
    ours = write(PROGRAMME, AGENDAS)
    other = replace(PROGRAMME, id="mooring-2026")
    assert earlier(ours, PROGRAMME) is not None
    for raw in (b"", b"\xff\x00", write(other, {}), ours.replace(b"facilitate//", b"other//")):
        assert earlier(raw, PROGRAMME) is None


@pytest.mark.parametrize("number", ["x", "-1", "9" * 20, ""])
def test_a_sequence_that_is_none_counts_as_the_first(number: str) -> None:
    raw = write(PROGRAMME, AGENDAS).replace(b"SEQUENCE:0", f"SEQUENCE:{number}".encode())
    assert write(PROGRAMME, AGENDAS, earlier(raw, PROGRAMME)) == write(PROGRAMME, AGENDAS)


def test_the_library_is_loaded_only_where_a_calendar_is_written() -> None:
    module = "facilitate.formats.export.programme_ics"
    code = f"import sys, {module}; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
