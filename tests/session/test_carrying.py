"""What a cohort's records hand on, and two sittings in a row that live by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.session.cohort import DAY, adopt, both_parts, line, part_one, record, typed
from tests.session.sitting import AGENDA, Begin, do, files_under, holding

from facilitate.core.agenda import Agenda, Carried
from facilitate.core.captures import Detail
from facilitate.core.carrying import CarriedLine, Inherited, is_due
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import (
    LetGo,
    MoveTo,
    Reaffirm,
)
from facilitate.core.record import SittingRecord, Wording
from facilitate.formats.record_toml import read_record
from facilitate.session import carrying, harvest, library
from facilitate.session.archive import Archive
from facilitate.session.kept import Kept
from facilitate.session.live import LiveSession
from facilitate.store.places import places


def handed_on(agenda: Agenda = AGENDA, **options: str) -> Inherited:
    found = carrying.inherited(places(), "harbour-2026", agenda, **options)
    assert found is not None
    return found


def names(agenda: Agenda = AGENDA) -> list[str]:
    return [one.name for one in handed_on(agenda).lines]


# What is there


def test_where_a_cohort_has_no_record_nothing_is_handed_on() -> None:
    assert carrying.inherited(places(), "harbour-2026", AGENDA) is None
    record("a", line("A1"), cohort="another")
    assert carrying.inherited(places(), "harbour-2026", AGENDA) is None


def test_a_line_comes_with_all_that_its_record_tells() -> None:
    told = line(
        "A7",
        lineage="the elders",
        ring="team",
        tags=("policy",),
        facet="policy",
        owner="care",
        when="part2",
        adopted=2,
        adopted_on=DAY,
        details=(Detail(name="scope", text="here"),),
        also=(Wording(text="One voice"),),
        earlier=(Wording(text="Speak one by one"),),
    )
    sitting = record("a", told, topic="being", part=1)
    (carried,) = handed_on().lines
    assert carried == CarriedLine(
        sitting=sitting,
        number=7,
        kind="agreement",
        ring="team",
        state="in force",
        text="One mic",
        lineage="the elders",
        marks=carried.marks,
        details=(Detail(name="scope", text="here"),),
        adopted_round=2,
        adopted_on=DAY,
        since=DAY,
        topic="being",
        part=1,
        earlier=("Speak one by one", "One voice"),
    )
    marks = carried.marks
    assert (marks.tags, marks.facet, marks.owner, marks.when) == (
        ("policy",), "policy", "care", "part2",
    )  # fmt: skip
    assert (carried.name, carried.id) == ("A7", f"{sitting}:A7")


def test_lines_come_by_number_from_all_records() -> None:
    record("b", line("Q9"), line("A3"), date=DAY + dt.timedelta(days=30))
    record("a", line("T2"))
    assert names() == ["T2", "A3", "Q9"]


def test_the_latest_record_of_a_line_tells_how_it_stands() -> None:
    later = DAY + dt.timedelta(days=30)
    first = record("a", line("T7", "calm = quiet"), topic="being", part=1)
    again = line(
        "T7", "calm = lent to one another", state="working", carried_from=first,
        earlier=(Wording(text="calm = quiet"), Wording(text="calm = held")),
    )  # fmt: skip
    record("b", again, date=later, topic="being", part=2)
    (carried,) = handed_on().lines
    assert (carried.text, carried.state) == ("calm = lent to one another", "working")
    assert (carried.sitting, carried.part, carried.topic) == (first, 1, "being")
    assert (carried.since, carried.earlier) == (later, ("calm = quiet", "calm = held"))


def test_of_one_day_the_later_sitting_counts_whatever_its_name() -> None:
    morning, noon = (dt.datetime(2026, 9, 12, hour, tzinfo=dt.UTC) for hour in (13, 17))
    first = record("z", line("A7", "before"), started=morning)
    record("a", line("A7", "after", carried_from=first), started=noon)
    (carried,) = handed_on().lines
    assert (carried.text, carried.earlier) == ("after", ("before",))


def test_one_name_from_two_sittings_is_two_lines() -> None:
    one = record("a", line("A7", "One mic"))
    other = record("b", line("A7", "Breathe"), date=DAY + dt.timedelta(days=1))
    assert {carried.sitting for carried in handed_on().lines} == {one, other}


@pytest.mark.parametrize(
    "state",
    [
        "let go", "withdrawn", "retired", "set aside", "merged", "moving away from", "learned",
        "answered",
    ],
)  # fmt: skip
def test_what_has_ended_is_carried_no_further_and_its_number_stays_taken(state: str) -> None:
    first = record("a", line("A7"), line("Q8"))
    ended = line("A7", "" if state == "withdrawn" else "One mic", state=state)
    ended = replace(ended, carried_from=first)
    record("b", ended, date=DAY + dt.timedelta(days=1), last_number=12)
    found = handed_on()
    assert [one.name for one in found.lines] == ["Q8"]
    assert found.highest == 12


def test_a_state_of_a_later_version_is_taken_for_the_beginning() -> None:
    record("a", line("A7", state="dreamt of"))
    (carried,) = handed_on().lines
    assert carried.state == "heard"


def test_an_agenda_says_which_kinds_it_wants() -> None:
    record("a", line("A1"), line("T2"), line("Q3"), line("E4"), line("C5"))
    assert names() == ["A1", "T2", "Q3", "C5"]
    assert names(replace(AGENDA, carry_over=("example", "term"))) == ["T2", "E4"]


def test_a_line_that_was_promised_another_look_comes_whatever_its_kind() -> None:
    record("a", line("A1"), line("C2", when="next"), line("C3"))
    assert names(replace(AGENDA, carry_over=("agreement",))) == ["A1", "C2"]


def test_words_from_elsewhere_are_still_from_elsewhere() -> None:
    origins = ("ours", "offered", "carried", "adapted")
    record("a", *(line(f"A{n}", origin=origin) for n, origin in enumerate(origins, 1)))
    assert [one.origin for one in handed_on().lines] == [
        "carried", "offered", "carried", "adapted",
    ]  # fmt: skip


def test_a_sitting_hands_nothing_on_to_itself() -> None:
    early = record("a", line("A1"))
    own = record("b", line("A2"), line("A1", "One voice", carried_from=early))
    assert [one.text for one in handed_on(sitting=own).lines] == ["One mic"]
    assert carrying.inherited(places(), "harbour-2026", AGENDA, sitting=early) is not None


def test_a_record_that_cannot_be_read_hides_no_other() -> None:
    record("a", line("A1"))
    broken = places().records / "2026" / "2026-09-01-x"
    broken.mkdir()
    (broken / "record.toml").write_text("not a record", encoding="utf-8")
    odd = record("c", line("A2"))
    path = places().records / "2026" / odd / "record.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"A2"', '"the second"'), "utf-8")
    assert names() == ["A1"]


def test_records_that_cannot_be_read_are_counted_and_their_numbers_stay_taken() -> None:
    def break_it(name: str, text: bytes = b"\nx = [") -> None:
        path = places().records / "2026" / name / "record.toml"
        path.write_bytes(path.read_bytes() + text)

    record("a", line("A1"), last_number=4)
    assert handed_on().unread_words == ""
    break_it(record("b", line("A2"), last_number=31))
    found = handed_on()
    assert ([one.name for one in found.lines], found.highest) == (["A1"], 31)
    assert found.unread_words == ("1 earlier record cannot be read; its lines are not carried.")
    break_it(record("c", line("A3"), cohort="another", last_number=70))
    assert (handed_on().unread, handed_on().highest) == (1, 31)
    break_it(record("d", line("A4"), last_number=40), b"\xff")
    assert (handed_on().unread, handed_on().highest) == (2, 40)
    assert handed_on().unread_words.startswith("2 earlier records cannot be read; their")


def test_a_sitting_whose_own_record_cannot_be_read_misses_nothing() -> None:
    own = record("a", line("A1"))
    path = places().records / "2026" / own / "record.toml"
    path.write_text(path.read_text(encoding="utf-8") + "x = [", encoding="utf-8")
    assert handed_on().unread == 1
    assert carrying.inherited(places(), "harbour-2026", AGENDA, sitting=own) is None


def test_of_two_lines_with_one_name_in_a_record_the_first_goes_on() -> None:
    record("a", line("A7", "One mic"), line("A7", "One voice"))
    assert [one.text for one in handed_on().lines] == ["One mic"]


# What else is handed on


def test_a_group_that_was_told_once_what_is_kept_need_not_be_told_again() -> None:
    first = record("a", notes_kept=False)
    assert not handed_on().notes_kept
    record("b", line("A1", carried_from=first), date=DAY + dt.timedelta(days=1))
    assert not handed_on().notes_kept
    record("c", notes_kept=True, date=DAY + dt.timedelta(days=2))
    assert handed_on().notes_kept


def test_where_lines_were_kept_before_anyone_asked_the_group_knew_it() -> None:
    record("a", line("A1"))
    assert handed_on().notes_kept


def test_numbers_go_on_after_the_highest_of_all_records() -> None:
    record("a", line("A1"), last_number=31)
    record("b", date=DAY + dt.timedelta(days=1), last_number=12)
    assert handed_on().highest == 31


# Lines that an agenda brings along itself


def bringing(*lines: Carried, **fields: object) -> Agenda:
    return replace(AGENDA, carried=lines, **fields)  # type: ignore[arg-type]


def test_lines_written_into_an_agenda_need_no_record() -> None:
    agenda = bringing(
        Carried(id="Q4", kind="question", text="Who holds\nthe supervisor?", due="part2"),
        Carried(id="mic", kind="agreement", text="One mic"),
        carried_from="harbour-0",
    )
    found = handed_on(agenda)
    assert [(one.id, one.state) for one in found.lines] == [
        ("harbour-0 (harbour-2026):Q4", "open"),
        ("harbour-0 (harbour-2026):A5", "heard"),
    ]
    assert found.lines[0].text == "Who holds the supervisor?"
    assert found.lines[0].marks.when == "part2"
    assert (found.highest, found.notes_kept) == (5, False)
    (first, _) = handed_on(replace(agenda, carried_from=None)).lines
    assert first.id == "carried (harbour-2026):Q4"


def test_to_each_cohort_an_agenda_brings_a_line_of_its_own() -> None:
    """Otherwise one cohort's words would stand in the place of the other's."""
    agenda = bringing(Carried(id="A1", kind="agreement", text="One mic"))
    for n, cohort in enumerate(("north", "south")):
        found = carrying.inherited(places(), cohort, agenda)
        assert found is not None
        again = line("A1", f"As {cohort} says it", carried_from=found.lines[0].sitting)
        record(cohort, again, cohort=cohort, date=DAY + dt.timedelta(days=n))
    lines = Archive(Kept(places())).lines()
    assert [one.latest.entry.text for one in lines] == ["As north says it", "As south says it"]


def test_they_come_whatever_kinds_the_agenda_wants_from_records() -> None:
    example = Carried(id="E1", kind="example", text="A chair by the door")
    assert names(bringing(example, carry_over=("term",))) == ["E1"]


def test_what_a_record_has_is_not_brought_along_again() -> None:
    first = record("a", line("A1", "One mic"), line("Q2", "Who pays?"))
    gone = line("Q2", "Who pays?", state="let go", carried_from=first)
    record("b", gone, date=DAY + dt.timedelta(days=1))
    agenda = bringing(
        Carried(id="a1", kind="agreement", text="One microphone"),
        Carried(id="x", kind="question", text="who pays?"),
        Carried(id="Q1", kind="question", text="Who stays?"),
    )
    found = handed_on(agenda)
    assert [(one.name, one.text) for one in found.lines] == [
        ("A1", "One mic"),
        ("Q10", "Who stays?"),
    ]
    assert found.highest == 10


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Q4", 4), ("4", 4), ("a0012", 12), ("Q0", 1), ("2026-09-12", 1), ("part2", 1),
        ("Q12345", 1), ("week 3", 1),
    ],
)  # fmt: skip
def test_only_an_id_that_is_a_number_says_which(name: str, number: int) -> None:
    (one,) = handed_on(bringing(Carried(id=name, kind="question", text="Who?"))).lines
    assert one.number == number


# Two sittings in a row


@pytest.fixture
def hold(begin: Begin) -> Callable[[Agenda], LiveSession]:
    """Begins sittings as the program does, and starts their first part."""

    def holding_one(agenda: Agenda) -> LiveSession:
        cohort = agenda.whose
        live = begin(
            agenda,
            date=agenda.date,
            numbers_from=library.first_free_number(places(), cohort),
            inherited=carrying.inherited(places(), cohort, agenda),
        )
        do(live, Next(seen=None))
        return live

    return holding_one


def finished(live: LiveSession) -> SittingRecord:
    """Closed and tidied as the program does it; its record, as it is read back."""
    do(live, Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    assert live.close(5)
    harvest.tidy(places(), live.state)
    read = read_record((written.folder / "record.toml").read_bytes(), "record.toml").record
    assert read is not None
    return read


def part_two(live: LiveSession) -> None:
    do(live, Reaffirm(number=1))
    typed(live, "*2 Stories stay; what they taught us travels")
    adopt(live, 2, "u17")
    do(live, LetGo(number=3))
    typed(live, "*4 attachment = every form of security our people know")
    do(live, MoveTo(number=5, state="answered"))
    typed(live, "a: CANARY said here and let go")
    do(live, LetGo(number=7))


def test_two_sittings_in_a_row(hold: Callable[[Agenda], LiveSession]) -> None:
    first, second = both_parts()
    live = hold(first)
    part_one(live)
    made = finished(live)
    assert [entry.id for entry in made.entries] == ["A1", "A2", "A3", "T4", "Q5"]
    assert {entry.adopted for entry in made.entries[:3]} == {1}

    live = hold(second)
    handed = live.state.inherited
    assert handed is not None
    assert [(one.name, one.state) for one in handed.lines] == [
        ("A1", "in force"), ("A2", "in force"), ("A3", "in force"), ("T4", "shared"),
        ("Q5", "open"),
    ]  # fmt: skip
    assert second.date is not None
    due = [one.name for one in handed.lines if is_due(one, second, second.date)]
    assert due == ["A2", "Q5"]
    assert (handed.highest, handed.notes_kept) == (6, True)
    part_two(live)
    seen = {entry.name: entry for entry in live.state.entries.values()}
    assert [version.text for version in seen["T4"].versions] == [
        "attachment = who we turn to when it is too much",
        "attachment = every form of security our people know",
    ]
    later = finished(live)
    check_what_became_of_them(made.id, later)
    check_what_a_third_sitting_finds(second, made.id)


def check_what_became_of_them(sitting: str, later: SittingRecord) -> None:
    became = {entry.id: entry for entry in later.entries}
    assert {name: entry.state for name, entry in became.items()} == {
        "A1": "in force", "A2": "in force", "A3": "let go", "T4": "working", "Q5": "answered",
    }  # fmt: skip
    assert {entry.carried_from for entry in later.entries} == {sitting}
    assert became["A1"].reaffirmed
    assert (became["A1"].adopted, became["A1"].adopted_on) == (1, dt.date(2023, 9, 26))
    assert (became["A2"].adopted, became["A2"].adopted_on) == (1, dt.date(2023, 10, 17))
    assert became["A2"].earlier == (Wording(text="Stories stay, lessons leave"),)
    assert later.last_number == 7


def check_what_a_third_sitting_finds(agenda: Agenda, sitting: str) -> None:
    found = carrying.inherited(places(), agenda.whose, agenda)
    assert found is not None
    assert [(one.name, one.sitting) for one in found.lines] == [
        ("A1", sitting), ("A2", sitting), ("T4", sitting),
    ]  # fmt: skip
    one, two, four = found.lines
    assert one.details == (Detail(name="looks_like", text="We wait two breaths"),)
    assert one.lineage == "the elders' circle"
    assert (two.text, two.earlier) == (
        "Stories stay; what they taught us travels",
        ("Stories stay, lessons leave",),
    )
    assert four.earlier == ("attachment = who we turn to when it is too much",)
    assert (four.part, four.topic, four.since) == (1, "attachment", dt.date(2023, 10, 17))
    assert (found.highest, found.notes_kept) == (7, True)


def test_of_two_closed_sittings_nothing_is_left_that_was_not_to_travel(
    hold: Callable[[Agenda], LiveSession],
) -> None:
    for agenda, deeds in zip(both_parts(), (part_one, part_two), strict=True):
        live = hold(agenda)
        deeds(live)
        before = holding("CANARY")
        assert before
        finished(live)
        assert holding("CANARY") == []
        for private in ("votes.taken", "concern.noted", "words.kept_apart", "passes"):
            assert holding(private) == []
    assert [path for path in files_under(places().home) if "private" in path.parts] == []
