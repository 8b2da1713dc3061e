"""Lines that come when the record is written: those of colleagues, and one added by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.cohort import line, record, typed
from tests.session.sitting import AGENDA, Begin, do, holding

from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import Withdraw
from facilitate.core.entry_events import (
    AttributionAsked,
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryTakenBack,
    EntryWithdrawn,
)
from facilitate.core.events import Event, Recorded
from facilitate.core.record import SittingRecord
from facilitate.core.refusal import Refused
from facilitate.formats.journal_line import encode
from facilitate.formats.record_toml import read_record
from facilitate.session import harvest, late
from facilitate.session.live import LiveSession
from facilitate.store.places import places
from facilitate.store.records import NotVerified, altered, read_record_folder
from facilitate.store.shown import ShownFile

OTHER = "h4n6b2d8sj"


def finished(begin: Begin, *texts: str) -> LiveSession:
    live = begin()
    do(live, Next(seen=None))
    typed(live, *(texts or ("a: One mic", "a: Come on time")))
    do(live, Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    assert live.close(5)
    harvest.tidy(places(), live.state)
    return live


def from_colleagues(live: LiveSession, *events: Event) -> list[str]:
    """What others wrote; `ENTRY` in an event stands for the first line of it. Returns ids."""
    seen = places().seen(live.sitting)
    seen.mkdir(exist_ok=True)
    begin = len(list(seen.iterdir()))
    stamp = live.state.history[-1].stamp
    lines = []
    writer = f"{OTHER}{begin}"
    for n, event in enumerate(events):
        is_own = getattr(event, "entry", "") == "ENTRY"
        meant = replace(event, entry=f"{writer}.0") if is_own else event  # type: ignore[call-arg]
        lines.append(Recorded(writer=writer, n=n, stamp=stamp, by="co", event=meant))
    (seen / f"{writer}.jsonl").write_bytes(b"".join(map(encode, lines)))
    return [one.id for one in lines]


def said(text: str | None, number: int = 101, **fields: object) -> EntryAdded:
    given = {"kind": "agreement", "ring": "cohort", "segment": "be", **fields}
    return EntryAdded(number=number, text=text, **given)  # type: ignore[arg-type]


def entry_of(live: LiveSession, number: int) -> str:
    found = live.state.entry(number)
    assert found is not None
    return found.id


def folder() -> Path:
    (found,) = places().records.glob("*/*")
    return found


def on_disk() -> SittingRecord:
    found = read_record((folder() / "record.toml").read_bytes(), "record.toml").record
    assert found is not None
    return found


def names() -> list[str]:
    return [entry.id for entry in on_disk().entries]


# Of others


def test_without_notes_of_others_there_are_no_late_ones_and_nothing_is_read(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(begin)

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(late, "after_record", fail)
    assert late.late_notes(places()) == ()


def test_lines_of_colleagues_that_came_after_the_record_are_told(begin: Begin) -> None:
    live = finished(begin)
    from_colleagues(live, said("Said while offline"), said("And this", 102, kind="term"))
    (found,) = late.late_notes(places())
    assert (found.sitting, found.count, found.names) == (live.sitting, 2, ("A101", "T102"))
    assert (found.title, found.date) == (AGENDA.title, live.state.date)


def test_a_sitting_that_goes_on_has_no_late_notes(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    from_colleagues(live, said("Said while offline"))
    assert late.late_notes(places()) == ()


def test_the_record_is_written_again_with_them_and_says_so(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin)
    from_colleagues(live, said("Said while offline"))
    written = late.take_in(places(), live.sitting, clock.now())
    assert (written.folder, written.revision) == (folder(), 2)
    assert names() == ["A1", "A2", "A101"]
    assert altered(read_record_folder(folder())) == []
    assert late.late_notes(places()) == ()
    state, _ = harvest.read_state([places().own(live.sitting)])
    assert state.revision == 2
    assert late.take_in(places(), live.sitting, clock.now()).revision == 2


@pytest.mark.parametrize(
    "events",
    [
        (said("Whose is it?"), AttributionAsked(entry="ENTRY", form="name")),
        (
            said(None, ring="sitting", kind="learning"),
            EntryRaised(entry="ENTRY", ring="team", text="A story"),
        ),
    ],
    ids=["waits for a yes", "given to more people without a look"],
)
def test_what_waits_for_a_decision_is_told_and_stays_out(
    begin: Begin, clock: HandClock, events: tuple[Event, ...]
) -> None:
    live = finished(begin)
    from_colleagues(live, *events)
    from_colleagues(live, said("Said while offline", 109))
    (found,) = late.late_notes(places())
    assert (found.names, len(found.waiting)) == (("A109",), 1)
    late.take_in(places(), live.sitting, clock.now())
    assert names() == ["A1", "A2", "A109"]
    (still,) = late.late_notes(places())
    assert (still.count, still.waiting) == (0, found.waiting)


def test_words_of_the_sitting_that_came_late_are_told_once_and_leave_the_notes(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin)
    from_colleagues(live, said("CANARY story", kind="learning", ring="sitting"))
    (found,) = late.late_notes(places())
    assert (found.count, found.waiting) == (0, ("L101",))
    late.take_in(places(), live.sitting, clock.now())
    assert (names(), on_disk().last_number) == (["A1", "A2"], 101)
    assert holding("CANARY") == []
    assert late.late_notes(places()) == ()


def test_a_line_that_the_record_has_stays_as_it_was_when_a_question_comes_late(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin)
    before = on_disk()
    from_colleagues(live, AttributionAsked(entry=entry_of(live, 1), form="name"))
    assert late.late_notes(places()) == ()
    late.take_in(places(), live.sitting, clock.now())
    assert on_disk() == before


@pytest.mark.parametrize("event", [EntryWithdrawn, EntryTakenBack, EntryLetGo])
def test_a_line_that_someone_withdrew_late_leaves_the_record_and_never_comes_in_again(
    begin: Begin, clock: HandClock, event: type[EntryWithdrawn]
) -> None:
    live = finished(begin, "a: CANARY mic", "a: Come on time")
    from_colleagues(live, event(entry=entry_of(live, 1)))
    (found,) = late.late_notes(places())
    assert found.names == ("A1",)
    late.take_in(places(), live.sitting, clock.now())
    assert (names(), on_disk().taken_back) == (["A2"], ("A1",))
    assert holding("CANARY") == [] or event is EntryWithdrawn
    shutil.rmtree(places().seen(live.sitting))
    assert harvest.write_record(live.state, places().records).revision == 2
    assert (names(), on_disk().taken_back) == (["A2"], ("A1",))


def test_what_another_person_wrote_into_the_record_stays(
    begin: Begin, clock: HandClock
) -> None:
    """Two people closed without having seen each other's last lines."""
    live = finished(begin)
    theirs = on_disk()
    more = replace(theirs, entries=(*theirs.entries, line("A101", "Theirs")), last_number=101)
    from facilitate.formats.record_toml import write_record

    (folder() / "record.toml").write_text(write_record(more), encoding="utf-8")
    from_colleagues(live, said("Said while offline", 201))
    late.take_in(places(), live.sitting, clock.now())
    assert names() == ["A1", "A2", "A101", "A201"]
    assert on_disk().taken_back == ()


def test_what_any_copy_says_was_taken_back_comes_in_no_more(
    begin: Begin, clock: HandClock
) -> None:
    """A sync client gave the record of the machine that took it back another name."""
    live = finished(begin, "a: CANARY mic", "a: Come on time")
    theirs = replace(on_disk(), entries=on_disk().entries[1:], taken_back=("A1",), revision=2)
    from facilitate.formats.record_toml import write_record

    copy = folder() / "record (conflicted copy).toml"
    copy.write_text(write_record(theirs), encoding="utf-8")
    from_colleagues(live, said("Said while offline"))
    (found,) = late.late_notes(places())
    assert found.names == ("A101", "A1")
    assert late.take_in(places(), live.sitting, clock.now()).revision == 3
    assert (names(), on_disk().taken_back) == (["A2", "A101"], ("A1",))
    assert late.late_notes(places()) == ()


def test_a_line_of_which_a_note_was_lost_stays_in_the_record(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin)
    (own,) = places().own(live.sitting).glob("*.jsonl")
    own.write_bytes(own.read_bytes().replace(b"One mic", b"One mik"))
    from_colleagues(live, said("Said while offline"))
    late.take_in(places(), live.sitting, clock.now())
    assert names() == ["A1", "A2", "A101"]


def test_a_record_that_is_gone_is_made_again(begin: Begin, clock: HandClock) -> None:
    live = finished(begin)
    shutil.rmtree(places().records)
    from_colleagues(live, said("Said while offline"))
    assert late.take_in(places(), live.sitting, clock.now()).revision == 2
    assert names() == ["A1", "A2", "A101"]


def test_a_record_that_was_moved_is_written_where_it_is(begin: Begin, clock: HandClock) -> None:
    live = finished(begin)
    folder().rename(folder().with_name("Our first circle"))
    from_colleagues(live, said("Said while offline"))
    assert late.take_in(places(), live.sitting, clock.now()).folder.name == "Our first circle"
    assert names() == ["A1", "A2", "A101"]


def test_nothing_is_written_while_the_sitting_is_held_or_goes_on(
    begin: Begin, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    with pytest.raises(Refused, match="no record yet"):
        late.take_in(places(), live.sitting, clock.now())
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    with pytest.raises(Refused, match="held in another window"):
        late.take_in(places(), live.sitting, clock.now())
    shown.remove()


def test_what_a_later_version_wrote_is_left_alone(begin: Begin, clock: HandClock) -> None:
    live = finished(begin)
    from_colleagues(live, said("Said while offline"))
    path = folder() / "record.toml"
    path.write_bytes(path.read_bytes().replace(b"record = 1", b'record = 1\nheld_by = "us"'))
    before = path.read_bytes()
    with pytest.raises(Refused, match="does not know"):
        late.take_in(places(), live.sitting, clock.now())
    assert path.read_bytes() == before
    assert late.late_notes(places()) == ()


# By hand


def add(sitting: str, text: str, clock: HandClock) -> str:
    return late.add_line(places(), sitting, text, clock.now()).name


def test_a_line_is_added_to_a_record_whose_journals_are_gone(clock: HandClock) -> None:
    sitting = record("a", line("A1"), line("T12", "attunement = tuning in"), last_number=14)
    clock.forward(days=80, hours=12)  # past midnight in New York, before it further west
    assert add(sitting, "c: bring it home @care #policy >+6w <- the elders", clock) == "C15"
    added = on_disk().entries[-1]
    assert (added.text, added.state, added.ring) == ("bring it home", "named", "cohort")
    assert (added.owner, added.tags, added.facet) == ("care", ("policy",), "policy")
    assert (added.when, added.lineage) == ("+6w", "the elders")
    assert str(added.added) == "2026-12-01"
    assert (on_disk().revision, on_disk().last_number) == (2, 15)
    assert altered(read_record_folder(folder())) == []
    page = (folder() / "record.md").read_text(encoding="utf-8")
    assert "added on 2026-12-01, after the record was made" in page


def test_its_number_comes_after_all_of_the_cohort(begin: Begin, clock: HandClock) -> None:
    sitting = record("a", line("A1"), last_number=3)
    record("b", line("A9"), last_number=12)
    record("c", line("A40"), last_number=40, cohort="another")
    assert add(sitting, "a: One voice", clock) == "A13"
    live = begin(numbers_from=30)
    do(live, Next(seen=None))
    typed(live, "a: Come on time")
    assert add(sitting, "a: One more", clock) == "A31"


def test_while_a_sitting_of_the_cohort_gives_out_numbers_nothing_is_added(
    begin: Begin, clock: HandClock
) -> None:
    sitting, other = record("a", line("A1")), record("b", line("A1"), cohort="another")
    live = begin()
    do(live, Next(seen=None))
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    with pytest.raises(Refused, match="held now"):
        add(sitting, "a: One voice", clock)
    assert add(other, "a: One voice", clock) == "A10"
    shown.remove()
    assert add(sitting, "a: One voice", clock) == "A10"


def test_it_can_belong_with_a_line_of_the_record(clock: HandClock) -> None:
    sitting = record("a", line("A1"), line("T12", "attunement"))
    assert add(sitting, "&12 q: Who tunes?", clock) == "Q10"
    assert {entry.id: entry.belongs_with for entry in on_disk().entries}["Q10"] == "T12"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("l: a story", "stays with its sitting"),
        ("without a letter", "begin it with a:"),
        ("e: an example", "The kind of it is example"),
        ("*1 other words", "Only a new line"),
        ("&1", "Only a new line"),
        ("! for the room", "kept nowhere"),
        (" ", "no words to add"),
    ],
)
def test_what_cannot_be_added_is_refused_with_a_sentence(
    clock: HandClock, text: str, told: str
) -> None:
    sitting = record("a", line("A1"))
    before = read_record_folder(folder())
    with pytest.raises(Refused, match=told):
        add(sitting, text, clock)
    assert read_record_folder(folder()) == before


def test_without_a_record_nothing_is_added(clock: HandClock) -> None:
    with pytest.raises(Refused, match="There is no record"):
        add("2026-01-01-x-1111", "a: One mic", clock)


def test_an_added_line_stays_when_the_record_is_written_again(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin)
    assert add(live.sitting, "a: By hand", clock) == "A3"
    assert harvest.write_record(live.state, places().records).revision == 2
    from_colleagues(live, said("Said while offline", 3))
    assert late.take_in(places(), live.sitting, clock.now()).revision == 3
    assert [(e.id, e.text) for e in on_disk().entries[2:]] == [
        ("A3", "Said while offline"),
        ("A3", "By hand"),
    ]
    assert late.late_notes(places()) == ()


def test_what_does_not_read_back_is_told(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = record("a", line("A1"))
    from facilitate.session import record_files

    write = record_files.record_toml.write_record
    monkeypatch.setattr(
        record_files.record_toml, "write_record", lambda r: write(r).replace("voice", "noise")
    )
    with pytest.raises(NotVerified):
        add(sitting, "a: One voice", clock)


def test_a_line_that_was_withdrawn_before_the_close_never_counts_as_late(
    begin: Begin,
) -> None:
    live = begin()
    do(live, Next(seen=None))
    typed(live, "a: One mic", "a: CANARY")
    do(live, Withdraw(number=2), Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    assert live.close(5)
    from_colleagues(live, EntryLetGo(entry="nobody.1"))
    assert late.late_notes(places()) == ()
    assert on_disk().taken_back == ()
