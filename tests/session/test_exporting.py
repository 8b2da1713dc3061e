"""What is handed on of sittings that go on and of closed ones, and what is noted of it."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest
from tests.conftest import HandClock
from tests.session.cohort import DAY, line, part_one, record, typed
from tests.session.sitting import AGENDA, Begin, do, files_under, holding, write

from facilitate.core.agenda import Agenda
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import (
    AgreeNotes,
    AskAttribution,
    Keep,
    Lower,
    MoveTo,
    Raise,
    ReadBack,
    Withdraw,
)
from facilitate.core.exported import SCREEN, ListedExport
from facilitate.core.record import record_of
from facilitate.core.refusal import Refused
from facilitate.core.sharing import FORMS, Form, Shared
from facilitate.core.threads import ThreadKey
from facilitate.session import carrying, exporting, harvest, live
from facilitate.session.exported import exported
from facilitate.session.exporting import Source
from facilitate.session.live import LiveSession
from facilitate.store import lists
from facilitate.store.files import replace_file
from facilitate.store.places import places

Hold = Callable[..., LiveSession]


@pytest.fixture
def hold(begin: Begin, clock: HandClock) -> Hold:
    """Begins a sitting, starts its first part, and keeps some lines."""

    def holding_one(*texts: str, agenda: Agenda = AGENDA, date: dt.date = DAY) -> LiveSession:
        handed_on = carrying.inherited(places(), agenda.whose, agenda)
        one = begin(agenda, date=date, inherited=handed_on)
        do(one, Next(seen=None))
        clock.forward(minutes=5)
        typed(one, *texts)
        return one

    return holding_one


def close(one: LiveSession) -> None:
    """Closed and tidied, as the program does it."""
    do(one, Close())
    written = harvest.write_record(one.state, places().records)
    do(one, NoteRecord(revision=written.revision))
    assert one.close(5)
    harvest.tidy(places(), one.state)


def source(sitting: str, clock: HandClock) -> Source:
    return exporting.source(places(), sitting, clock.now())


def gathered(sitting: str, form: Form, clock: HandClock, **options: object) -> Shared:
    return exporting.gathered(places(), source(sitting, clock), form, **options)  # type: ignore[arg-type]


def names(found: Shared) -> list[str]:
    return [one.entry.id for one in found.lines]


# Before the closing


def test_what_a_sitting_made_so_far_is_handed_on_before_it_is_closed(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "t: calm = lent to one another")
    here = source(one.sitting, clock)
    assert here.is_open
    assert here.record == record_of(one.state, clock.now())
    found = gathered(one.sitting, "txt", clock)
    assert names(found) == ["A1", "T2"]
    assert b"lent to one another" in exporting.written(found)


def test_reading_a_sitting_that_another_window_holds_leaves_its_files_as_they_are(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "l: CANARY for us")
    before = {path: path.read_bytes() for path in files_under(places().home)}
    exporting.sittings(places(), clock.now())
    exporting.written(gathered(one.sitting, "md", clock))
    assert {path: path.read_bytes() for path in files_under(places().home)} == before
    write(one, "Breathe first")
    assert names(gathered(one.sitting, "txt", clock)) == ["A1", "A3"]


def test_no_form_has_words_of_the_sitting_before_they_were_kept(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "e: CANARY the heron")
    for form in FORMS:
        assert "E2" not in names(gathered(one.sitting, form, clock))
        assert b"CANARY" not in exporting.written(gathered(one.sitting, form, clock))
    do(one, Keep(number=2))
    assert "E2" in names(gathered(one.sitting, "md", clock))
    assert b"the heron" in exporting.written(gathered(one.sitting, "md", clock))


def test_lines_that_wait_for_a_decision_are_held_back_and_said(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "a: Breathe first", "e: The heron", "l: CANARY for us")
    do(one, AskAttribution(number=2, form="name"), Raise(number=3, ring="cohort"))
    write(one, "*3 CANARY the grey heron")
    assert sorted(source(one.sitting, clock).held) == ["A2", "E3", "L4"]
    found = gathered(one.sitting, "md", clock)
    assert names(found) == ["A1"]
    assert found.behind == ("3 lines wait for a decision at the closing: A2, E3, L4.",)
    assert gathered(one.sitting, "docx", clock).behind == (
        "1 line waits for a decision at the closing: A2.",
    )
    for form in FORMS:
        content = exporting.written(gathered(one.sitting, form, clock))
        assert not [words for words in (b"CANARY", b"Breathe") if words in content]


def test_what_was_taken_back_is_not_in_it(hold: Hold, clock: HandClock) -> None:
    one = hold("a: One mic", "a: CANARY two", "a: CANARY three")
    do(one, Withdraw(number=2), Lower(number=3, ring="sitting"))
    found = gathered(one.sitting, "md", clock)
    assert names(found) == ["A1"]
    assert b"CANARY" not in exporting.written(found)


def test_lines_of_earlier_sittings_are_in_it_as_they_stand_there(
    hold: Hold, clock: HandClock
) -> None:
    earlier = DAY - dt.timedelta(days=30)
    record("a", line("A1", "One mic"), line("A2", "Two breaths"), date=earlier)
    record("b", line("A9", "Of others"), cohort="another", date=earlier)
    one = hold("*1 One voice", "a: Come late, come in")
    found = gathered(one.sitting, "txt", clock)
    assert [x.entry.text for x in found.lines] == [
        "One voice", "Two breaths", "Come late, come in",
    ]  # fmt: skip


def test_a_rehearsal_hands_nothing_on(clock: HandClock) -> None:
    one = live.rehearse(clock, AGENDA, date=DAY)
    do(one, Next(seen=None))
    assert exporting.sittings(places(), clock.now()) == ()
    with pytest.raises(Refused, match="rehearsal"):
        exporting.source_of(one.state, clock.now())


def test_whoever_holds_a_sitting_hands_on_the_same(hold: Hold, clock: HandClock) -> None:
    one = hold("a: One mic", "e: The heron")
    assert exporting.source_of(one.state, clock.now()) == source(one.sitting, clock)


def test_a_sitting_of_a_newer_version_is_refused_with_a_sentence(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic")
    body = b'{"v":99,"w":"zzzzzzzzzz","n":0,"t":"01a200d77bd4-0000","k":"new","by":"co","d":{}'
    newer = places().own(one.sitting) / "zzzzzzzzzz.0.jsonl"
    newer.write_bytes(b'%b,"crc":"%08x"}\n' % (body, crc32(body)))
    with pytest.raises(Refused, match=r"newer facilitate .* update"):
        source(one.sitting, clock)


def test_damage_in_the_files_of_a_sitting_is_said(hold: Hold, clock: HandClock) -> None:
    one = hold("a: One mic")
    (places().own(one.sitting) / "zzzzzzzzzz.0.jsonl").write_bytes(b"not a line\n")
    assert source(one.sitting, clock).said == "1 damaged line was left out."


# After the closing


def test_a_closed_sitting_is_handed_on_as_its_record_has_it(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "t: calm = lent to one another")
    before = gathered(one.sitting, "txt", clock)
    close(one)
    here = source(one.sitting, clock)
    assert (here.is_open, here.held) == (False, ())
    assert gathered(one.sitting, "txt", clock).lines == before.lines


def test_a_record_counts_before_the_journals_of_its_sitting(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic")
    do(one, Close())
    harvest.write_record(one.state, places().records)  # and then the power went
    assert not source(one.sitting, clock).is_open
    assert [offered.id for offered in exporting.sittings(places(), clock.now())] == [
        one.sitting
    ]


def test_the_sitting_that_is_open_is_meant_and_else_the_newest_record(
    hold: Hold, begin: Begin, clock: HandClock
) -> None:
    old = record("a", date=DAY - dt.timedelta(days=60))
    new = record("b", date=DAY + dt.timedelta(days=60), title="Part one")
    prepared = begin()
    do(prepared, AgreeNotes(keeps=True))
    first = hold("a: One mic")
    second = hold("a: Two breaths")
    clock.forward(minutes=1)
    write(first, "Breathe first")
    offered = exporting.sittings(places(), clock.now())
    assert [one.id for one in offered] == [
        prepared.sitting, old, new, second.sitting, first.sitting,
    ]  # fmt: skip
    assert offered[2].title == "Part one"
    do(first, Close())
    harvest.write_record(first.state, places().records)
    close(second)
    assert exporting.sittings(places(), clock.now())[-1].id == new


def test_where_there_is_nothing_no_sitting_is_offered(clock: HandClock) -> None:
    assert exporting.sittings(places(), clock.now()) == ()
    with pytest.raises(Refused, match="not here any more"):
        source("2026-09-12-harbour-1-aaaa", clock)
    assert not places().home.exists()


def test_a_line_that_was_withdrawn_later_is_not_handed_on_as_of_before(
    clock: HandClock,
) -> None:
    first = record("a", line("A1", "CANARY one"), line("A2", "Two breaths"))
    later = DAY + dt.timedelta(days=30)
    record("b", line("A1", "", state="withdrawn", carried_from=first), date=later)
    for form in ("md", "json", "html"):
        found = gathered(first, form, clock)
        assert b"CANARY" not in exporting.written(found)
    assert names(gathered(first, "md", clock)) == ["A2"]
    assert gathered(first, "md", clock).behind == ("1 line was withdrawn since: A1.",)


def test_a_line_that_is_withdrawn_in_a_sitting_that_goes_on_is_not_handed_on_either(
    hold: Hold, clock: HandClock
) -> None:
    first = record("a", line("A1", "CANARY one"), line("A2", "Two breaths"),
                   date=DAY - dt.timedelta(days=30))  # fmt: skip
    one = hold()
    assert names(gathered(first, "txt", clock)) == ["A1", "A2"]
    do(one, Withdraw(number=1))
    assert names(gathered(first, "txt", clock)) == ["A2"]
    write(one, "Never seen before")
    assert names(gathered(first, "txt", clock)) == ["A2"]


def test_records_that_cannot_be_read_are_said(clock: HandClock) -> None:
    first = record("a", line("A1"))
    path = places().records / "2026" / record("b") / "record.toml"
    path.write_text(path.read_text(encoding="utf-8") + "x = [", encoding="utf-8")
    assert source(first, clock).said.startswith("1 record cannot be read; it plays no part")


# What is written


def test_every_form_is_written(hold: Hold, clock: HandClock) -> None:
    one = hold()
    part_one(one)
    assert set(exporting.WRITERS) == set(FORMS)
    for form in FORMS:
        assert exporting.written(gathered(one.sitting, form, clock, ring="cohort"))


def test_a_calendar_has_only_lines_with_a_day(hold: Hold, clock: HandClock) -> None:
    one = hold("a: One mic >+6w", "a: Two breaths >next", "a: Come in")
    found = gathered(one.sitting, "ics", clock)
    assert names(found) == ["A1"]
    assert [key.name for key in found.keys] == ["A1"]
    assert "A2" in " ".join(found.behind)
    assert "A3" not in " ".join(found.behind)
    assert b"One mic" not in exporting.written(found)


def test_what_has_no_place_on_the_page_is_said_and_not_listed(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: One mic", "t: calm = lent", "t: door = open", "a: Later, perhaps")
    do(one, ReadBack(number=3), MoveTo(number=4, state="parked"))
    found = gathered(one.sitting, "html", clock)
    assert names(found) == ["A1", "T3"]
    assert [key.name for key in found.keys] == ["A1", "T3"]
    assert found.behind == ("2 lines have no place on this page yet: A4, T2.",)
    page = exporting.written(found).decode()
    assert [words in page for words in ("One mic", "open", "lent", "perhaps")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("form", "missing"), [("docx", "docx"), ("ics", "icalendar")])
def test_what_is_not_installed_is_said_with_the_way_to_it(
    form: Form, missing: str, hold: Hold, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = hold("a: One mic >+6w")
    found = gathered(one.sitting, form, clock)
    for name in [n for n in sys.modules if n.partition(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    for name in [n for n in sys.modules if n.startswith("facilitate.formats.export.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(Refused, match=r"pip install 'facilitate\[export\]'"):
        exporting.written(found)


# Where it stands


def test_an_export_has_a_name_that_says_what_it_is(clock: HandClock) -> None:
    sitting = record("a", line("T1"), title="Zuhören: Teil 1", started=clock.now())
    folder = places().exports / sitting
    here = gathered(sitting, "docx", clock)
    assert exporting.usual_path(places(), here) == (
        folder / "2026-09-12-zuhoren-teil-1-hand-out.docx"
    )
    assert exporting.usual_path(places(), here, sealed=True).name.endswith("-hand-out.docx.age")
    counted = gathered(sitting, "counts", clock)
    assert (
        exporting.usual_path(places(), counted).name == "2026-09-12-zuhoren-teil-1-counts.csv"
    )


def test_the_exports_of_one_sitting_all_have_names_of_their_own(clock: HandClock) -> None:
    sitting = record("a", line("T1"))
    paths = {exporting.usual_path(places(), gathered(sitting, form, clock)) for form in FORMS}
    assert len(paths) == len(FORMS)


def test_a_title_without_letters_and_a_foreign_id_still_make_a_path_below_the_exports(
    clock: HandClock,
) -> None:
    here = gathered(record("a", line("A1"), title="倾听"), "txt", clock)
    foreign = here._replace(record=replace(here.record, id="../../2026 \x1b[2J" + "x" * 300))
    path = exporting.usual_path(places(), foreign)
    assert path.parent.parent == places().exports
    assert path.name == "2026-09-12-lines.txt"
    assert "x1b" not in path.parent.name
    assert len(path.parent.name) <= 100
    nameless = here._replace(record=replace(here.record, id="倾听"))
    assert exporting.usual_path(places(), nameless).parent.name == "2026-09-12"


# The list


def hand_on(found: Shared, clock: HandClock, path: Path | None, **options: object) -> None:
    def nowhere(_: bytes) -> None:
        pass

    given = {"give": nowhere, "path": path, **options}
    exporting.hand_on(places(), found, b"CONTENT", clock.now(), **given)  # type: ignore[arg-type]


def test_an_export_stands_on_the_list_before_it_is_given_out(
    hold: Hold, clock: HandClock
) -> None:
    one = hold("a: CANARY one mic", "t: calm = CANARY lent")
    found = gathered(one.sitting, "txt", clock)
    seen: list[int] = []
    path = places().exports / "here.txt"

    def give(content: bytes) -> None:
        seen.append(len(exported(places()).exports))
        replace_file(path, content)

    hand_on(found, clock, path, give=give)
    assert seen == [1]
    (listed,) = exported(places()).exports
    assert (listed.form, listed.ring, listed.sitting) == ("txt", "cohort", one.sitting)
    assert (listed.when, listed.cohort, listed.sealed) == (
        clock.now(), "harbour-2026", False,
    )  # fmt: skip
    assert listed.path == str(path)
    assert listed.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert listed.lines == (ThreadKey(one.sitting, "A1"), ThreadKey(one.sitting, "T2"))
    assert not [place for place in holding("CANARY") if place.startswith("exports")]


def test_what_cannot_be_listed_is_not_given_out(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = gathered(record("a", line("A1")), "txt", clock)
    given: list[bytes] = []

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(lists, "write_all", full)
    with pytest.raises(OSError, match="full"):
        hand_on(found, clock, None, give=given.append)
    assert given == []
    assert exported(places()).exports == ()


def test_what_could_not_be_given_out_stays_on_the_list(clock: HandClock) -> None:
    found = gathered(record("a", line("A1")), "txt", clock)
    path = places().home / "a file" / "x.txt"
    path.parent.write_bytes(b"")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        hand_on(found, clock, path, give=partial(replace_file, path))
    assert [one.path for one in exported(places()).exports] == [str(path)]


def that_have(key: ThreadKey) -> list[ListedExport]:
    """The exports that have something of a line."""
    return [one for one in exported(places()).exports if key in one.lines]


def test_the_exports_of_a_line_are_found_again(clock: HandClock) -> None:
    later = DAY + dt.timedelta(days=30)
    first = record("a", line("A1"), line("T2", state="shared", ring="team"))
    second = record("b", line("A1", "One voice", carried_from=first), line("A9"), date=later)
    hand_on(gathered(first, "glossary-csv", clock), clock, None)
    hand_on(gathered(second, "json", clock), clock, Path("relative.json"), sealed=True)
    hand_on(gathered(second, "counts", clock), clock, None)
    hand_on(gathered(second, "txt", clock), clock, None)
    told = {
        name: [(one.form, one.sealed) for one in that_have(ThreadKey(made, name))]
        for name, made in (("A1", first), ("T2", first), ("A9", second), ("Q1", first))
    }
    assert told == {
        "A1": [("json", True), ("txt", False)],
        "T2": [("glossary-csv", False), ("txt", False)],
        "A9": [("json", True), ("txt", False)],
        "Q1": [],
    }
    (printed, written, *_) = exported(places()).exports
    assert (printed.path, printed.is_file) == (SCREEN, False)
    assert (written.path, written.is_file) == (str(Path("relative.json").absolute()), True)


def test_of_two_lines_with_one_name_each_is_found(clock: HandClock) -> None:
    sitting = record("a", line("A7", "One mic"), line("A7", "One voice", ring="team"))
    hand_on(gathered(sitting, "txt", clock, ring="team"), clock, None)
    hand_on(gathered(sitting, "json", clock), clock, None)
    twins = (ThreadKey(sitting, "A7", twin) for twin in (0, 1))
    assert [[one.form for one in that_have(key)] for key in twins] == [
        ["json"], ["txt", "json"],
    ]  # fmt: skip


def test_the_list_can_be_read_by_nobody_else(clock: HandClock) -> None:
    hand_on(gathered(record("a", line("A1")), "txt", clock), clock, None)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (places().exports, places().export_list)]
    assert modes == [0o700, 0o600]
