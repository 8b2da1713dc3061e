"""A line that is taken back for good is in no file that can be reached."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.cohort import adopt, line, record, typed
from tests.session.sitting import AGENDA, Begin, Resume, do, files_under, holding

from facilitate.core.commands import Close, Next, NoteRecord, Undo
from facilitate.core.entry_commands import (
    AgreeNotes,
    Attribute,
    Describe,
    MoveTo,
    ReadBack,
    Reaffirm,
    Withdraw,
)
from facilitate.core.entry_events import EntryAdded, EntryReworded
from facilitate.core.events import Recorded
from facilitate.core.exported import SCREEN, ListedExport
from facilitate.core.record import SittingRecord, Wording
from facilitate.core.refusal import Refused
from facilitate.core.taking_back import Line
from facilitate.core.threads import ThreadKey
from facilitate.formats.export.markdown import escaped, record_markdown
from facilitate.formats.export_list import write_line
from facilitate.formats.journal_line import encode
from facilitate.formats.record_toml import read_record, write_record
from facilitate.session import carrying, erasing, harvest, library
from facilitate.session.erasing import TakenBack
from facilitate.session.kept import Kept
from facilitate.session.live import LiveSession
from facilitate.store.files import Disk
from facilitate.store.lists import append_line
from facilitate.store.places import Places, places
from facilitate.store.records import altered, read_record_folder
from facilitate.store.shown import ShownFile

CANARY = "CANARY"
WORDS = "CANARY stories [stay] here <always>"
AT = dt.datetime(2026, 9, 13, 8, 30, tzinfo=dt.UTC)


def the_line(name: str = "A1", **narrower: str) -> Line:
    (found,) = erasing.find(places(), name, **narrower).lines
    return found


def erase(name: str = "A1", here: Places | None = None, **narrower: str) -> TakenBack:
    return erasing.take_back(here or places(), the_line(name, **narrower).taking_back)


def begun(begin: Begin, number: int = 1) -> LiveSession:
    agenda = replace(AGENDA, number=number)
    live = begin(
        agenda,
        date=AGENDA.date + dt.timedelta(days=number),  # type: ignore[operator]
        numbers_from=library.first_free_number(places(), agenda.whose),
        inherited=carrying.inherited(places(), agenda.whose, agenda),
    )
    do(live, Next(seen=None))
    return live


def lived(live: LiveSession) -> LiveSession:
    """A1 with everything that can be said in a line and of it; A2 and Q3 beside it."""
    do(live, AgreeNotes(keeps=True))
    typed(live, f"a: {WORDS} <- CANARY elders", "a: One mic, one speaker", "q: Who pays?")
    do(live, ReadBack(number=1), ReadBack(number=2))
    adopt(live, 1, "u12 s1 d1 p3 of 17")
    typed(live, "*1 CANARY in other words", "*1 CANARY undone words")
    do(live, Undo())
    do(live, Describe(number=1, name="looks_like", text="CANARY two breaths"))
    do(live, Attribute(number=1, form="name", text="CANARY name", scope="cohort"))
    typed(live, "&1 a: said with the first")
    do(live, MoveTo(number=2, state="merged", into=1))
    return live


def finished(live: LiveSession) -> Path:
    """Closed and tidied as the program does it; the folder of its record."""
    do(live, Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    assert live.close(5)
    harvest.tidy(places(), live.state)
    return written.folder


def read(folder: Path, name: str = "record.toml") -> SittingRecord:
    found = read_record((folder / name).read_bytes(), name).record
    assert found is not None
    return found


# Out of the notes


def test_a_line_leaves_the_notes_of_a_sitting_that_is_open_with_all_that_was_said_of_it(
    begin: Begin, resume: Resume
) -> None:
    live = lived(begun(begin))
    assert live.close(5)
    assert {name.split("/")[0] for name in holding(CANARY)} == {"private", "sessions"}
    done = erase()
    assert done.is_done
    assert done.notes >= 8
    assert holding(CANARY) == []
    again = resume(live.sitting)
    assert again.found == ""
    assert [entry.name for entry in again.state.entries.values()] == ["A2", "Q3", "A4"]


def test_its_number_is_never_given_again(begin: Begin, resume: Resume) -> None:
    live = begun(begin)
    typed(live, "a: One mic", f"a: {WORDS}")
    assert live.close(5)
    erase("A2")
    again = resume(live.sitting)
    typed(again, "a: Come back")
    assert [entry.name for entry in again.state.entries.values()] == ["A1", "A3"]
    do(again, Close())
    assert harvest.write_record(again.state, places().records).revision == 1
    assert (
        b"last_number = 3" in (places().records.glob("*/*/record.toml").__next__()).read_bytes()
    )


def test_the_day_does_not_go_on_because_a_line_was_taken_back(
    begin: Begin, clock: HandClock, resume: Resume
) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}")
    assert live.close(5)
    last = live.state.history[-1].stamp[:12]
    clock.forward(hours=2)
    erase()
    state, _ = harvest.read_state([places().own(live.sitting)])
    assert state.history[-1].stamp[:12] == last
    gap = resume(live.sitting).state.gap
    assert gap is not None
    assert gap.until - gap.since == dt.timedelta(hours=2)


def test_what_comes_back_of_it_from_another_machine_goes_when_the_sitting_goes_on(
    begin: Begin, resume: Resume
) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}")
    assert live.close(5)
    (own,) = places().own(live.sitting).glob("*.jsonl")
    raw = own.read_bytes()
    erase()
    own.unlink()
    own.write_bytes(raw)
    state = resume(live.sitting).state
    assert harvest.forget_words([own.parent], state, state.history[2].id) > 0
    assert holding(CANARY) == []


def test_copies_damaged_lines_and_what_the_power_left_go_as_well(begin: Begin) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}", "a: One mic")
    assert live.close(5)
    own = places().own(live.sitting)
    (path,) = own.glob("*.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    (said,) = [one for one in lines if CANARY.encode() in one]
    shutil.copy(path, own / "a copy of a sync client.jsonl")
    (own / "damaged.jsonl").write_bytes(said.replace(b'"n":', b'"m":') + b"and more\n")
    (own / "torn.jsonl").write_bytes(lines[0] + said[:-30])
    (own / f".{path.name}.1a2b3c4d.new").write_bytes(said)
    assert len(holding(CANARY)) == 5
    assert erase().is_done
    assert holding(CANARY) == []
    assert len(holding("One mic")) == 2
    assert lines[0] in (own / "torn.jsonl").read_bytes()


def test_a_damaged_line_of_something_else_takes_no_sound_one_with_it(begin: Begin) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}", "a: One mic")
    assert live.close(5)
    own = places().own(live.sitting)
    (path,) = own.glob("*.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    (other,) = [one for one in lines if b"One mic" in one]
    (own / "damaged.jsonl").write_bytes(other[:-30] + WORDS.encode() + b"\n")
    assert erase().is_done
    assert holding(CANARY) == []
    assert other in path.read_bytes()


def test_a_line_that_was_withdrawn_is_found_and_goes(begin: Begin) -> None:
    live = begun(begin)
    typed(live, "a: One mic", f"a: {WORDS}")
    do(live, Withdraw(number=2))
    folder = finished(live)
    assert holding(CANARY)
    assert erase("A2").is_done
    assert holding(CANARY) == []
    assert read(folder).taken_back == ("A2",)


def test_words_that_a_colleague_wrote_go_too(begin: Begin) -> None:
    live = begun(begin)
    typed(live, "a: One mic")
    assert live.close(5)
    text = f"{WORDS} elsewhere"
    event = EntryAdded(number=101, kind="agreement", ring="cohort", segment=None, text=text)
    seen = Recorded(writer="h4n6b2d8sj", n=0, stamp="0" * 12 + "-0001", by="co", event=event)
    reworded = EntryReworded(entry=seen.id, text=f"{WORDS} anew")
    more = Recorded(
        writer="h4n6b2d8sj", n=1, stamp="1" + "0" * 11 + "-0001", by="co", event=reworded
    )
    folder = places().seen(live.sitting)
    folder.mkdir(parents=True)
    (folder / "h4n6b2d8sj.jsonl").write_bytes(encode(seen) + encode(more))
    assert erase("A101").is_done
    assert holding(CANARY) == []


def test_what_a_later_version_wrote_of_a_line_goes_by_its_name(begin: Begin) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}", "a: One mic")
    assert live.close(5)
    own = places().own(live.sitting)
    event = EntryReworded(entry="ENTRY", text="CANARY of later")
    first = Recorded(
        writer="h4n6b2d8sj", n=0, stamp="1" + "0" * 11 + "-0001", by="co", event=event
    )
    entries = {e.name: e.id for e in live.state.entries.values()}
    files = {"A1": "CANARY of later", "A2": "the mic of later"}
    for place, (name, text) in enumerate(files.items()):
        raw = encode(
            replace(first, n=place, event=replace(event, entry=entries[name], text=text))
        )
        body = raw.replace(b"entry.reworded", b"entry.sung")[: raw.index(b',"crc":') - 4]
        sealed = harvest_sealed(body)
        with (own / "h4n6b2d8sj.0.jsonl").open("ab") as file:
            file.write(sealed)
    assert holding("CANARY of later")
    assert erase().is_done
    assert holding(CANARY) == []
    assert holding("the mic of later")


def harvest_sealed(body: bytes) -> bytes:
    from zlib import crc32

    return b'%b,"crc":"%08x"}\n' % (body, crc32(body))


# Out of the records


def test_a_line_leaves_the_record_and_its_name_says_that_it_did(begin: Begin) -> None:
    folder = finished(lived(begun(begin)))
    before = read(folder)
    assert erase().is_done
    assert holding(CANARY) == []
    now = read(folder)
    assert (now.revision, now.taken_back) == (before.revision + 1, ("A1",))
    assert [entry.id for entry in now.entries] == ["A2", "Q3", "A4"]
    assert {entry.belongs_with or entry.merged_into for entry in now.entries} == {""}
    assert now.last_number == before.last_number
    assert altered(read_record_folder(folder)) == []
    assert b"A1" in (folder / "record.md").read_bytes()


def test_writing_the_record_again_from_the_notes_changes_nothing_after_that(
    begin: Begin,
) -> None:
    live = lived(begun(begin))
    folder = finished(live)
    erase()
    before = (folder / "record.toml").read_bytes()
    state, _ = harvest.read_state([places().own(live.sitting)])
    assert harvest.write_record(state, places().records).revision == 2
    assert (folder / "record.toml").read_bytes() == before


def test_a_history_that_has_it_still_does_not_bring_it_in_again(begin: Begin) -> None:
    live = lived(begun(begin))
    folder = finished(live)
    erase()
    assert (
        harvest.write_record(live.state, places().records).revision == 3
    )  # it was named there
    assert holding(CANARY) == []
    assert [entry.id for entry in read(folder).entries] == ["A2", "Q3", "A4"]


def test_it_leaves_the_later_sittings_that_carried_it(begin: Begin) -> None:
    first = finished(lived(begun(begin)))
    live = begun(begin, 2)
    do(live, Reaffirm(number=1))
    typed(live, "*1 CANARY as we say it now", "a: Come back")
    second = finished(live)
    third = begun(begin, 3)
    do(third, Describe(number=1, name="scope", text="CANARY here"))
    assert third.close(5)
    assert len({name.split("/")[1] for name in holding("CANARY as we say it now")}) >= 3
    found = the_line("1")
    assert [one.id for one in found.sittings] == [first.name, second.name, third.sitting]
    assert found.text == "CANARY as we say it now"
    assert erase().is_done
    assert holding(CANARY) == []
    assert [read(folder).taken_back for folder in (first, second)] == [("A1",), ("A1",)]
    assert [entry.id for entry in read(second).entries] == ["A5"]
    inherited = carrying.inherited(places(), AGENDA.whose, AGENDA)
    assert inherited is not None
    assert "A1" not in [one.name for one in inherited.lines]


def test_every_copy_in_every_folder_is_written_without_it(begin: Begin, tmp_path: Path) -> None:
    shared = tmp_path / "Shared"
    folder = finished(lived(begun(begin)))
    renamed = shared / "records" / "2026" / "Our circle (renamed)"
    shutil.copytree(folder, renamed)
    shutil.copy(folder / "record.toml", folder / "record (conflicted copy).toml")
    shutil.copy(folder / "record.md", folder / "record (conflicted copy).md")
    older = replace(read(folder), entries=read(folder).entries[:1], revision=1)
    (renamed / "record of 1999.toml").write_text(write_record(older), encoding="utf-8")
    newest = replace(read(folder), revision=7)
    (renamed / "record.toml").write_text(write_record(newest), encoding="utf-8")
    (folder / ".record.toml.1a2b3c4d.new").write_bytes((folder / "record.toml").read_bytes())
    here = replace(places(), shared=shared)
    done = erasing.take_back(here, the_one(here).taking_back)
    assert done.is_done
    assert [
        path for path in files_under(tmp_path) if CANARY.encode() in path.read_bytes()
    ] == []
    assert holding(CANARY) == []
    assert read(renamed).revision == 8
    assert altered(read_record_folder(renamed)) == ["manifest.toml"][:0]
    assert read(folder).revision == 1
    assert (folder / "record (conflicted copy).md").read_text() == record_markdown(read(folder))
    merged = Kept(here).record(read(folder).id)
    assert merged is not None
    assert "A1" in merged.taken_back


def the_one(here: Places) -> Line:
    (found,) = erasing.find(here, "A1").lines
    return found


def test_copies_that_were_alike_are_alike_afterwards(begin: Begin, tmp_path: Path) -> None:
    """Nobody has to look at them then: a record was there twice, and is there twice."""
    folder = finished(lived(begun(begin)))
    here = replace(places(), shared=tmp_path / "Shared")
    there = here.records / "2026" / folder.name
    shutil.copytree(folder, there)
    shutil.copy(folder / "record.toml", there / "record (conflicted copy).toml")
    assert erasing.take_back(here, the_one(here).taking_back).is_done
    (sitting,) = Kept(here).sittings()
    assert (len(sitting.files), sitting.said) == (3, ())
    assert [read(one).revision for one in (folder, there)] == [2, 2]


def test_a_copy_that_turns_up_later_is_found_although_the_others_hide_it(begin: Begin) -> None:
    folder = finished(lived(begun(begin)))
    raw = (folder / "record.toml").read_bytes()
    erase()
    (folder / "record (of before).toml").write_bytes(raw)
    kept = Kept(places()).record(read(folder).id)
    assert kept is not None
    assert CANARY not in record_markdown(kept)
    assert erase().is_done
    assert holding(CANARY) == []
    assert read(folder).revision == 2


def test_a_record_that_a_later_version_wrote_is_named_and_left_alone(begin: Begin) -> None:
    folder = finished(lived(begun(begin)))
    path = folder / "record.toml"
    path.write_bytes(path.read_bytes().replace(b"record = 1", b'record = 1\nheld_by = "us"'))
    before = path.read_bytes()
    done = erase()
    assert not done.is_done
    assert any("does not know" in told and str(path) in told for told in done.trouble)
    assert path in done.still
    assert path.read_bytes() == before


def test_a_record_that_cannot_be_read_but_holds_the_words_is_named(begin: Begin) -> None:
    folder = finished(lived(begun(begin)))
    damaged = folder / "record (damaged).toml"
    damaged.write_bytes((folder / "record.toml").read_bytes()[:-20] + b'"""')
    done = erase()
    assert done.still == (damaged,)
    assert not done.is_done


def test_of_two_lines_with_one_name_only_the_one_that_is_meant_goes() -> None:
    twins = (
        line("A3", "Come on time"),
        line("A3", f"{WORDS}", earlier=(Wording(text="CANARY"),)),
    )
    sitting = record("a", line("A1"), *twins)
    found = erasing.find(places(), "A3").lines
    assert [one.is_twin for one in found] == [True, True]
    (meant,) = [one for one in found if CANARY in one.text]
    done = erasing.take_back(places(), meant.taking_back)
    assert holding(CANARY) == []
    kept = Kept(places()).record(sitting)
    assert kept is not None
    assert [entry.text for entry in kept.entries] == ["One mic", "Come on time"]
    assert kept.taken_back == ()
    assert any("older copy" in said for said in done.said)


def test_a_line_that_one_agenda_brought_to_two_cohorts_goes_from_one_of_them(
    tmp_path: Path,
) -> None:
    """Both have it from the `[[carry]]` of the same agenda, and so under the same name."""
    for cohort, text in (("north", WORDS), ("south", "Their words of it")):
        sitting = record(cohort, line("A1", text, carried_from="carried"), cohort=cohort)
        handed_on(tmp_path / cohort, b"page", "A1", sitting="carried", cohort=cohort)
    done = erase("A1", cohort="north")
    assert holding(CANARY) == []
    kept = Kept(places()).record(sitting)
    assert kept is not None
    assert [entry.text for entry in kept.entries] == ["Their words of it"]
    assert kept.revision == 1
    assert [one.export.cohort for one in done.exports] == ["north"]
    assert [(tmp_path / name).exists() for name in ("north", "south")] == [False, True]


# What was handed on


def handed_on(
    path: Path | None,
    content: bytes,
    *names: str,
    sitting: str,
    cohort: str = AGENDA.whose,
    minute: int = 0,
) -> None:
    """Put an export of some lines on the list, and its file where it says."""
    listed = ListedExport(
        when=AT + dt.timedelta(minutes=minute),
        form="docx",
        ring="cohort",
        sitting=sitting,
        cohort=cohort,
        path=str(path) if path else SCREEN,
        sha256=hashlib.sha256(content).hexdigest(),
        lines=tuple(ThreadKey(sitting, name) for name in names),
    )
    append_line(places().export_list, write_line(listed))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_exports_that_held_it_are_removed_where_they_are_as_they_were_and_all_are_named(
    begin: Begin, tmp_path: Path
) -> None:
    sitting = finished(lived(begun(begin))).name
    inside = places().exports / "one.docx"
    changed, moved, other = (tmp_path / name for name in ("changed", "moved", "other"))
    handed_on(inside, b"CANARY stories one", "A1", "A2", sitting=sitting)
    handed_on(changed, b"CANARY stories two", "A1", sitting=sitting, minute=1)
    handed_on(moved, b"CANARY stories three", "A1", sitting=sitting, minute=2)
    handed_on(None, b"CANARY stories four", "A1", sitting=sitting, minute=3)
    handed_on(other, b"One mic", "A2", sitting=sitting, minute=4)
    changed.write_bytes(b"with a note of mine")
    moved.unlink()
    done = erase()
    assert [one.fate for one in done.exports] == ["removed", "changed", "not there", "printed"]
    assert [one.export.when.minute for one in done.exports] == [30, 31, 32, 33]
    assert not inside.exists()
    assert other.exists()
    assert changed.exists()


def test_what_the_power_left_beside_the_place_of_an_export_goes(
    begin: Begin, tmp_path: Path
) -> None:
    sitting = finished(lived(begun(begin))).name
    handed_on(tmp_path / "[our] page", b"CANARY one", "A1", sitting=sitting)
    left, other = tmp_path / ".[our] page.1a2b3c4d.new", tmp_path / ".mine.new"
    for path in (left, other):
        path.write_bytes(b"CANARY half")
    assert erase().is_done
    assert (left.exists(), other.exists()) == (False, True)


def test_a_later_export_in_the_same_place_that_has_it_not_stays(
    begin: Begin, tmp_path: Path
) -> None:
    sitting = finished(lived(begun(begin))).name
    path = tmp_path / "page.html"
    handed_on(path, b"CANARY first", "A1", sitting=sitting)
    handed_on(path, b"One mic", "A2", sitting=sitting, minute=1)
    assert [one.fate for one in erase().exports] == ["replaced"]
    assert path.read_bytes() == b"One mic"


def test_a_file_that_was_exported_to_twice_goes_once_and_is_named_twice(
    begin: Begin, tmp_path: Path
) -> None:
    sitting = finished(lived(begun(begin))).name
    path = tmp_path / "page.html"
    handed_on(path, b"CANARY first", "A1", sitting=sitting)
    handed_on(path, b"CANARY second", "A1", sitting=sitting, minute=1)
    assert [one.fate for one in erase().exports] == ["removed", "removed"]
    assert not path.exists()


def test_a_damaged_list_of_exports_is_said_and_the_rest_of_it_counts(
    begin: Begin, tmp_path: Path
) -> None:
    sitting = finished(lived(begun(begin))).name
    handed_on(tmp_path / "page", b"CANARY first", "A1", sitting=sitting)
    append_line(places().export_list, b'{"v":1,"when":\n')
    done = erase()
    assert len(done.exports) == 1
    assert any("1 of its lines cannot be read" in said for said in done.said)


# What is made of the rest


def test_the_index_goes_with_all_that_lies_beside_it(begin: Begin) -> None:
    finished(lived(begun(begin)))
    index = places().index
    index.parent.mkdir(exist_ok=True)
    for end in ("", "-wal", "-shm", "-journal"):
        index.with_name(index.name + end).write_bytes(b"CANARY stories")
        index.with_name(f".{index.name}.1a2b3c4d.new{end}").write_bytes(b"CANARY stories")
    assert erase().is_done
    assert [path.name for path in index.parent.iterdir()] == ["archive.lock"]
    assert b"CANARY" not in index.with_name("archive.lock").read_bytes()


def test_what_a_killed_window_showed_goes(begin: Begin) -> None:
    finished(lived(begun(begin)))
    places().show.mkdir()
    places().shown("2026-09-12-x-1111").write_bytes(b"CANARY stories")
    assert erase().is_done
    assert holding(CANARY) == []


# The search at the end


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        json.dumps({"text": 'CANARY "in" other words'}).encode(),
        escaped(WORDS).encode(),
        b"<p>CANARY stories [stay] here &lt;always&gt;</p>",
        WORDS.encode("utf-16"),
        b"x" * (1 << 20) + b" " + WORDS.encode(),
        b"x" * ((1 << 20) - 9) + WORDS.encode() + b"x" * 99,
    ],
    ids=["as it is", "JSON", "Markdown", "HTML", "UTF-16", "far in", "over a border"],
)
def test_whatever_still_holds_the_words_is_named(begin: Begin, content: bytes) -> None:
    live = lived(begun(begin))
    typed(live, '*1 CANARY "in" other words')
    finished(live)
    note = places().private("elsewhere") / "debrief.toml"
    note.parent.mkdir(parents=True)
    note.write_bytes(content)
    done = erase()
    assert done.still == (note,)
    assert not done.is_done
    assert note.read_bytes() == content


def test_what_the_power_left_of_any_other_file_goes(begin: Begin) -> None:
    finished(lived(begun(begin)))
    left = places().exports / "a circle" / ".page.html.1a2b3c4d.new"
    left.parent.mkdir(parents=True)
    left.write_text(WORDS)
    assert erase().is_done
    assert not left.exists()


def test_words_in_a_compressed_document_are_found(begin: Begin) -> None:
    finished(lived(begun(begin)))
    path = places().exports / "unlisted.docx"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("word/document.xml", "CANARY stories [stay] here &lt;always&gt;")
    assert CANARY.encode() not in path.read_bytes()
    assert erase().still == (path,)


def test_a_chat_post_is_named_for_short_words_too_and_other_files_are_not(begin: Begin) -> None:
    live = begun(begin)
    typed(live, "a: Ouch", "a: One mic")
    finished(live)
    posts, elsewhere = places().posts / "post-1.txt", places().home / "notes.txt"
    for path in (posts, elsewhere):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"We say: Ouch!")
    done = erase("A1")
    assert done.still == (posts,)
    assert any("fewer than 8 letters" in said for said in done.said)


def test_another_line_with_the_same_words_is_named_and_stays(begin: Begin) -> None:
    live = begun(begin)
    typed(live, f"a: {WORDS}", f"a: {WORDS}")
    folder = finished(live)
    done = erase("A1")
    assert folder / "record.toml" in done.still
    assert [entry.id for entry in read(folder).entries] == ["A2"]


# Which line


def test_a_line_is_found_by_what_people_say() -> None:
    sitting = record("a", line("A1"), line("T12", "attunement = tuning in"))
    for said in ("T12", "t12", " 12 ", "012"):
        (found,) = erasing.find(places(), said).lines
        assert (found.name, found.made) == ("T12", sitting)


def test_where_several_have_the_name_a_sitting_or_a_cohort_tells_them_apart() -> None:
    one = record("a", line("A1"), cohort="north")
    other = record("b", line("A1", "Two mics"), cohort="south")
    assert [found.made for found in erasing.find(places(), "A1").lines] == [one, other]
    assert the_line("A1", cohort="South").made == other
    assert the_line("A1", sitting=one.upper()).made == one
    assert erasing.find(places(), "A1", cohort="east").lines == ()


def test_where_none_has_it_the_near_ones_are_named() -> None:
    record("a", line("A1"), line("T12", "attunement"), line("Q30", "Who?"))
    near = {said: erasing.find(places(), said).near for said in ("A12", "Q29", "help")}
    assert [one.name for one in near["A12"]] == ["T12"]
    assert near["Q29"][0].name == "Q30"
    assert len(near["help"]) == 3
    assert erasing.find(places(), "A12").lines == ()


def test_taking_it_back_once_more_finds_its_name_and_does_nothing(begin: Begin) -> None:
    folder = finished(lived(begun(begin)))
    erase()
    before = read_record_folder(folder)
    found = the_line()
    assert (found.text, found.latest.state) == ("", "taken back")
    done = erase()
    assert (done.notes, done.records, done.is_done) == (0, 0, True)
    assert any("not known here any more" in said for said in done.said)
    assert read_record_folder(folder) == before


# While a sitting is held


def test_nothing_is_done_while_a_sitting_that_has_it_is_held(begin: Begin) -> None:
    live = lived(begun(begin))
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    before = holding(CANARY)
    with pytest.raises(Refused, match="held now in another window"):
        erase()
    assert holding(CANARY) == before
    shown.remove()
    assert live.close(5)
    assert erase().is_done


def test_a_sitting_of_the_cohort_that_is_held_may_have_it_in_memory(begin: Begin) -> None:
    finished(lived(begun(begin)))
    live = begun(begin, 2)
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    assert erasing.holding(places(), the_line().taking_back) == (live.sitting,)
    shown.remove()


def test_a_sitting_that_is_opened_meanwhile_may_have_it_and_so_it_is_not_done(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = lived(begun(begin))
    assert live.close(5)
    shown, recall = ShownFile(places().shown(live.sitting)), erasing.recall

    def opening(*args: object) -> object:
        shown.put(b"{}")
        return recall(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "recall", opening)
        done = erase()
    assert not done.is_done
    assert any("was opened meanwhile" in told for told in done.trouble)
    shown.remove()
    (left,) = erasing.unfinished(places())
    assert erasing.take_back(places(), left).is_done


def test_a_sitting_of_another_cohort_does_not_matter(begin: Begin) -> None:
    live = begun(begin)
    sitting = record("a", line("A9", WORDS), cohort="another")
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    assert erasing.holding(places(), the_line("A9", sitting=sitting).taking_back) == ()
    shown.remove()


# Whatever ends the program


class Ended(BaseException):
    """The power went."""


def cut(patch: pytest.MonkeyPatch, after: int) -> None:
    """Let the power go after so many changes of names on the disk."""
    left = [after]

    def counted(name: str) -> Callable[..., object]:
        done = getattr(Disk, name)

        def doing(*args: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Ended
            return done(*args)

        return doing

    for name in ("replace", "unlink"):
        patch.setattr(Disk, name, counted(name))


STEPS = 11
"""So many names change on the disk below."""


@pytest.mark.parametrize("after", range(STEPS + 1))
def test_it_can_be_gone_on_with_wherever_the_program_ended(
    begin: Begin, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = finished(lived(begun(begin)))
    live = begun(begin, 2)
    do(live, Reaffirm(number=1))
    assert live.close(5)
    handed_on(places().exports / "one", b"CANARY stories", "A1", sitting=first.name)
    handed_on(places().exports / "two", b"CANARY stories 2", "A1", sitting=first.name)
    places().index.write_bytes(b"CANARY stories")
    meant = the_line().taking_back
    with monkeypatch.context() as patch:
        cut(patch, after)
        if after < STEPS:
            with pytest.raises(Ended):
                erasing.take_back(places(), meant)
        else:
            erasing.take_back(places(), meant)
    left = erasing.unfinished(places())
    assert (left == ()) == (after in (0, STEPS))
    done = erasing.take_back(places(), *(left or (meant,)))
    assert done.is_done
    assert len(done.exports) == 2
    assert holding(CANARY) == []
    assert erasing.unfinished(places()) == ()
    assert read(first).taken_back == ("A1",)
    assert altered(read_record_folder(first)) == []


def test_what_the_disk_refuses_is_told_and_the_rest_is_done(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = finished(lived(begun(begin)))
    replace_name = Disk.replace

    def refusing(disk: Disk, source: Path, target: Path) -> None:
        if target.parent == folder:
            raise PermissionError(13, "no")
        replace_name(disk, source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "replace", refusing)
        done = erase()
    assert done.trouble == (
        f"{folder / 'record.toml'}: This account may not write to the folder.",
    )
    assert {path.parent for path in done.still} == {folder}
    (left,) = erasing.unfinished(places())
    assert erasing.take_back(places(), left).is_done
    assert holding(CANARY) == []
