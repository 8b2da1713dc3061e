"""Which line is meant, where something of it stands, and what a record is without it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.core.test_record import History
from tests.session.cohort import line

from facilitate.core.captures import Detail
from facilitate.core.entry_events import (
    ConcernNoted,
    EntryDescribed,
    EntryReworded,
    EntryTakenUp,
)
from facilitate.core.events import SegmentStarted, Undone
from facilitate.core.record import SittingRecord, Wording
from facilitate.core.taking_back import (
    TAKEN_BACK,
    Sighting,
    TakingBack,
    facts_in,
    has,
    in_journals,
    in_record,
    lines_of,
    still_there,
    without,
)
from facilitate.core.threads import SittingFacts
from facilitate.core.travelling import words_of

SITTING = "2026-11-22-listening-ab3d"


@pytest.fixture
def history() -> History:
    return History()


@pytest.fixture
def record(history: History) -> SittingRecord:
    told = line("A1", "One mic", earlier=(Wording(text="One voice"),))
    merged, beside = line("A2", merged_into="A1"), line("Q3", belongs_with="A1")
    return replace(history.record, entries=(told, merged, beside))


def facts(sitting: str, day: int = 1, cohort: str = "north") -> SittingFacts:
    return SittingFacts(sitting, dt.date(2026, 9, day), "", sitting.title(), cohort)


def seen(place: str, *words: str, made: str = "one", name: str = "A3") -> Sighting:
    return Sighting(place, facts(place.split("/")[0]), made, name, "agreement", words)


def journals(history: History) -> list[Sighting]:
    about = facts_in(SITTING, history.lines)
    return list(in_journals("journals", about, history.lines))


# In journals


def test_everything_that_was_said_in_a_line_and_of_it_is_seen(history: History) -> None:
    entry = history.kept_apart("between us", 4)
    history.add(EntryReworded(entry=entry, text="for all"))
    undone = history.add(EntryReworded(entry=entry, text="never meant"))
    history.add(Undone(event=undone))
    history.add(EntryDescribed(entry=entry, name="level", text="the team"))
    history.add(ConcernNoted(entry=entry, test="x", kind="concern", text="too soon"))
    (found,) = journals(history)
    assert (found.name, found.made, found.entry) == ("L4", SITTING, entry)
    assert found.words == ("between us", "for all", "never meant")
    assert found.more == ("the team", "too soon")


def test_the_order_of_files_and_copies_of_them_make_no_difference(history: History) -> None:
    entry = history.line("One mic")
    history.add(EntryReworded(entry=entry, text="One voice"))
    before = journals(history)
    history.lines = [*reversed(history.lines), *history.lines]
    assert journals(history) == before


def test_an_undone_line_is_seen_and_what_was_brought_along_is_of_its_own_sitting(
    history: History,
) -> None:
    history.add(Undone(event=history.line("never meant", 7)))
    carried = EntryTakenUp(
        sitting="earlier", number=3, kind="term", ring="cohort", state="shared",
        text="attunement", details=(Detail(name="why", text="it holds"),),
    )  # fmt: skip
    record = history.add(carried)
    names = {(one.made, one.name): (one.words, one.more) for one in journals(history)}
    assert names == {
        (SITTING, "A7"): (("never meant",), ()),
        ("earlier", "T3"): (("attunement",), ("it holds",)),
    }
    assert words_of(history.state, "earlier:T3") == {record}


def test_which_sitting_it_was_is_told_without_a_record(history: History) -> None:
    at = dt.datetime(2026, 11, 22, 17, 4, tzinfo=dt.UTC)
    history.add(SegmentStarted(segment="arrive", from_=None, at=at))
    about = facts_in(SITTING, history.lines)
    assert (about.title, about.cohort) == ("Day one", "north")
    assert about.began.startswith("2026-11-22T17:04")
    bare = facts_in(SITTING, ())
    assert (bare.date, bare.cohort) == (dt.date(2026, 11, 22), "")
    assert facts_in("nothing", ()).date == dt.date.min


# Which line


def test_a_line_is_one_wherever_it_is_seen() -> None:
    (found,) = lines_of([seen("two", "now"), seen("one", "before"), seen("one/copy", "before")])
    assert found.text == "now"
    assert [one.id for one in found.sittings] == ["one", "two"]
    assert found.taking_back.words == ("before", "now")
    assert not found.is_twin


def test_two_lines_that_got_one_name_are_told_apart_by_their_words() -> None:
    found = lines_of(
        [
            seen("one/record", "this", "that"),
            seen("one/record", "other"),
            seen("one/journals", "that"),
            seen("one/journals", "other", "another"),
            seen("two", "another"),
            seen("three"),
        ]
    )
    assert [set(one.taking_back.words) for one in found] == [
        {"this", "that"},
        {"other", "another"},
    ]
    assert all(one.is_twin for one in found)


def test_the_same_name_in_another_cohort_is_another_line() -> None:
    one = seen("one", "words", made="carried")
    other = one._replace(place="two", sitting=facts("two", cohort="south"))
    assert len(lines_of([one, other])) == 2


def test_a_name_without_words_is_meant_only_when_nothing_else_is() -> None:
    gone = [
        Sighting(name, facts(name, day), name, "A3", "agreement", (), state=TAKEN_BACK)
        for day, name in enumerate(("one", "two"), 1)
    ]
    lines = lines_of([*gone, seen("three", "words", made="three")])
    assert [one.made for one in still_there(lines)] == ["three"]
    assert [one.made for one in still_there(lines_of(gone))] == ["one"]


def test_nothing_of_a_line_is_in_what_a_fault_would_print() -> None:
    (found,) = lines_of([seen("one", "CANARY")])
    told = f"{found!r} {found.sightings[0]!r} {found.taking_back!r}"
    assert "CANARY" not in told


# A record without it


def meant(*words: str, name: str = "A1", is_twin: bool = False) -> TakingBack:
    return TakingBack(made=SITTING, name=name, cohort="north", is_twin=is_twin, words=words)


def test_a_record_tells_its_lines_and_what_was_taken_back(record: SittingRecord) -> None:
    found = list(in_record("here", replace(record, taken_back=("T9",))))
    assert [(one.name, one.words) for one in found] == [
        ("A1", ("One voice", "One mic")),
        ("A2", ("One mic",)),
        ("Q3", ("One mic",)),
        ("T9", ()),
    ]
    assert (found[-1].state, found[-1].kind) == (TAKEN_BACK, "term")


def test_without_a_line_a_record_has_its_name_alone(record: SittingRecord) -> None:
    rest = without(record, meant())
    assert [entry.id for entry in rest.entries] == ["A2", "Q3"]
    assert [(e.merged_into, e.belongs_with) for e in rest.entries] == [("", ""), ("", "")]
    assert (rest.taken_back, rest.revision) == (("A1",), record.revision)
    assert without(rest, meant()) == rest
    assert has(record, meant())
    assert not has(rest, meant())


def test_of_twins_the_one_with_these_words_goes_and_no_name_is_kept(
    record: SittingRecord,
) -> None:
    twins = (line("A1", "One mic"), line("A1", "Two mics"))
    both = replace(record, entries=twins)
    rest = without(both, meant("Two mics", is_twin=True))
    assert [entry.text for entry in rest.entries] == ["One mic"]
    assert rest.taken_back == ()


def test_the_same_name_of_another_sitting_stays(record: SittingRecord) -> None:
    carried = replace(record, entries=(line("A1", carried_from="another"),))
    assert [entry.id for entry in without(carried, meant()).entries] == ["A1"]
