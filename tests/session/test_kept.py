"""What is kept is known at once, whatever lies in the folders, whatever befalls the index."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.cohort import DAY, line, record
from tests.store.test_index import room_for

from facilitate.core.record import SittingRecord, Wording
from facilitate.core.searching import Query
from facilitate.formats.record_toml import Remains, read_record, write_record
from facilitate.session import kept_filling
from facilitate.session.archive import Archive
from facilitate.session.kept import Kept
from facilitate.session.kept_index import SHAPE
from facilitate.store import index_file
from facilitate.store.index import Index, Unusable
from facilitate.store.index_file import IndexFile
from facilitate.store.places import Places, places

LONG_AGO = 1_700_000_000


def unkept(why: str) -> str:
    """What is said of an index that the disk does not take."""
    return f"The archive's index cannot be kept ({why}); it was made for this time alone."


def folder(sitting: str) -> Path:
    return places().records / sitting[:4] / sitting


def written(sitting: str, name: str = "record.toml") -> SittingRecord:
    found = read_record((folder(sitting) / name).read_bytes(), "").record
    assert found is not None
    return found


def put_copy(sitting: str, name: str, of: SittingRecord) -> Path:
    path = folder(sitting) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_record(of).encode())
    return path


def ids(kept: Kept) -> list[str]:
    return [one.facts.id for one in kept.sittings()]


def words(kept: Kept, looked_for: str = "") -> list[str]:
    """The words of the lines that are found."""
    return [hit.step.entry.text for hit in Archive(kept).search(Query(looked_for)).hits]


def in_index(text: str) -> list[str]:
    """The files beside the index that hold some words, in any case."""
    return [
        path.name
        for path in places().index.parent.iterdir()
        if text.lower().encode() in path.read_bytes().lower()
    ]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were understood, one after the other."""
    understood: list[str] = []

    def noting(raw: bytes, file: str) -> object:
        understood.append(Path(file).parent.name)
        return read_record(raw, file)

    monkeypatch.setattr(kept_filling.record_toml, "read_record", noting)
    return understood


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read, understood or not."""
    paths: list[Path] = []
    whole = Path.read_bytes

    def noting(path: Path) -> bytes:
        paths.append(path)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noting)
    return paths


def long_ago() -> None:
    """Every record was written years ago."""
    for path in (places().records, *places().records.rglob("*")):
        os.utime(path, (LONG_AGO, LONG_AGO))


# What is kept


def test_where_nothing_is_kept_nothing_is_made() -> None:
    kept = Kept(places())
    assert (kept.sittings(), kept.unread(), kept.records(), kept.titles()) == ((), (), (), ())
    assert kept.record("2026-09-12-a") is None
    assert kept.last_number("harbour-2026") == 0
    assert (kept.refresh(), kept.said) == (False, ())
    assert not places().home.exists()


def test_where_nothing_is_kept_neither_database_nor_readers_are_loaded() -> None:
    script = (
        "import sys; from facilitate.session.kept import Kept;"
        "from facilitate.store.places import places; Kept(places()).sittings();"
        "print({'sqlite3', 'pydantic_core', 'tomllib'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def test_a_sitting_is_kept_with_what_tells_it_apart() -> None:
    start = dt.datetime(2026, 9, 12, 13, 4, tzinfo=dt.UTC)
    fields = {"subtitle": "Day one", "topic": "being", "part": 1, "number": 3, "started": start}
    name = record("a", line("A1"), line("Q2", state="let go", carried_from="x"), **fields)
    (one,) = Kept(places()).sittings()
    assert (one.facts.id, one.facts.date, one.facts.title) == (name, DAY, "Day one")
    assert (one.facts.topic, one.facts.part, one.facts.number) == ("being", 1, 3)
    assert one.facts.began == "2026-09-12T13:04:00+00:00"
    assert (one.folder, one.files) == (folder(name), (folder(name) / "record.toml",))
    assert (one.lines, one.last_number, one.notes_kept, one.said) == (1, 9, True, ())
    (short,) = Kept(places()).titles()
    assert short == (name, str(folder(name)), "Day one", "2026-09-12", 1)


def test_a_record_comes_back_as_it_was_written() -> None:
    name = record("a", line("A1", earlier=(Wording(text="Speak one by one"),)), line("T2"))
    kept = Kept(places())
    assert kept.record(name) == written(name)
    assert kept.records("harbour-2026") == kept.records() == (written(name),)
    assert kept.records("another") == ()


def test_sittings_come_the_oldest_first_and_numbers_go_by_cohort() -> None:
    for days in (3, -700, 0):
        record("a", date=DAY + dt.timedelta(days=days), last_number=20 + days)
    record("b", cohort="inland", last_number=5)
    kept = Kept(places())
    assert ids(kept) == ["2024-10-12-a", "2026-09-12-a", "2026-09-12-b", "2026-09-15-a"]
    assert [one.id for one in kept.records("inland")] == ["2026-09-12-b"]
    assert (kept.last_number("harbour-2026"), kept.last_number("inland")) == (23, 5)


def test_records_of_the_shared_folder_and_of_this_machine_are_one_archive(
    tmp_path: Path,
) -> None:
    here = record("a", line("A1"))
    shared = replace(places(), shared=tmp_path / "shared")
    theirs = shared.records / "2026" / "theirs"
    theirs.mkdir(parents=True)
    meant = replace(written(here), id="2026-09-13-theirs", date=DAY + dt.timedelta(days=1))
    (theirs / "record.toml").write_bytes(write_record(meant).encode())
    (theirs.parent / here).mkdir()
    shutil.copy(folder(here) / "record.toml", theirs.parent / here)
    kept = Kept(shared)
    assert ids(kept) == [here, "2026-09-13-theirs"]
    assert kept.sittings()[0].folder == folder(here)
    assert len(kept.sittings()[0].files) == 2
    assert kept.sittings()[0].said == ()
    assert not list((tmp_path / "shared").rglob("*.sqlite*"))


# Only what changed


def test_only_what_changed_is_read_again(read: list[str]) -> None:
    names = [record(name, line("A1")) for name in ("a", "b", "c")]
    long_ago()
    kept = Kept(places())
    kept.refresh()
    assert sorted(read) == names
    read.clear()
    assert not kept.refresh()
    assert not Kept(places()).refresh()
    assert read == []
    record("b", line("A1", "One voice"))
    assert kept.refresh()
    assert read == [names[1]]
    assert sorted(words(kept)) == ["One mic", "One mic", "One voice"]


def test_where_nothing_changed_no_file_is_opened(opened: list[Path]) -> None:
    record("a", line("A1"))
    long_ago()
    Kept(places()).refresh()
    opened.clear()
    kept = Kept(places())
    assert words(kept) == ["One mic"]
    assert opened == []


@pytest.mark.parametrize("seconds", [0, 1.9, -1.9])
def test_a_file_that_changed_at_this_very_moment_is_looked_at_again(
    clock: HandClock, opened: list[Path], seconds: float
) -> None:
    path = folder(record("a", line("A1"))) / "record.toml"
    long_ago()
    moment = clock.now().timestamp() + seconds
    os.utime(path, (moment, moment))
    Kept(places(), clock).refresh()
    opened.clear()
    clock.forward(seconds=10)
    assert not Kept(places(), clock).refresh()
    assert opened == [path]
    opened.clear()
    assert not Kept(places(), clock).refresh()
    assert opened == []


@pytest.mark.parametrize("seconds", [2.1, -2.1, -9_999])
def test_a_file_that_changed_at_another_time_is_not(
    clock: HandClock, opened: list[Path], seconds: float
) -> None:
    path = folder(record("a", line("A1"))) / "record.toml"
    long_ago()
    moment = clock.now().timestamp() + seconds
    os.utime(path, (moment, moment))
    Kept(places(), clock).refresh()
    opened.clear()
    assert not Kept(places(), clock).refresh()
    assert opened == []


def test_a_change_within_the_moment_that_leaves_size_and_time_as_they_were_is_seen(
    clock: HandClock,
) -> None:
    path = folder(record("a", line("A1", "One mic"))) / "record.toml"
    long_ago()
    moment = clock.now().timestamp()
    os.utime(path, (moment, moment))
    kept = Kept(places(), clock)
    assert words(kept) == ["One mic"]
    path.write_bytes(path.read_bytes().replace(b"One mic", b"Two mic"))
    os.utime(path, (moment, moment))
    file = IndexFile(places().index, SHAPE)
    with file.alone():  # as on a disk whose times go in leaps
        touched = path.stat().st_ctime_ns
        Index(places().index).rows("UPDATE file SET touched = ?", (touched,))
        file.note()
    kept.refresh()
    assert words(kept) == ["Two mic"]


def test_a_file_that_was_only_touched_is_not_understood_again(read: list[str]) -> None:
    path = folder(record("a", line("A1"))) / "record.toml"
    long_ago()
    kept = Kept(places())
    kept.refresh()
    read.clear()
    os.utime(path, (LONG_AGO + 1, LONG_AGO + 1))
    assert not kept.refresh()
    assert read == []


def test_how_far_the_reading_is_can_be_told() -> None:
    for name in ("a", "b", "c"):
        record(name, line("A1"))
    heard: list[tuple[int, int]] = []
    Kept(places()).refresh(lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    heard.clear()
    Kept(places()).rebuild(lambda done, total: heard.append((done, total)))
    assert heard[-1] == (3, 3)


# What goes


def test_a_word_that_was_erased_from_a_record_is_in_no_byte_of_the_index() -> None:
    name = record("a", line("A1", "CANARYWORD"), line("A2"), title="CANARYTITLE")
    record("b", line("A9", "One voice"))
    kept = Kept(places())
    assert words(kept, "canaryword") == ["CANARYWORD"]
    assert in_index("canaryword") == ["archive.sqlite"]
    put_copy(
        name, "record.toml", replace(written(name), entries=(line("A2"),), title="Harbour")
    )
    assert kept.refresh()
    assert words(kept, "canaryword") == []
    assert in_index("canary") == []
    assert sorted(words(kept)) == ["One mic", "One voice"]


def test_a_sitting_whose_files_went_is_gone_with_its_words_and_that_is_said() -> None:
    name = record("a", line("A1", "CANARYWORD"))
    record("b", line("A9", "One voice"))
    kept = Kept(places())
    kept.refresh()
    shutil.rmtree(folder(name))
    assert kept.refresh()
    assert kept.said == (f"No longer in the archive: {name}.",)
    assert words(kept) == ["One voice"]
    assert in_index("canary") == []
    assert not kept.refresh()
    assert kept.said == ()


def test_many_sittings_that_went_are_not_all_named() -> None:
    for n in range(8):
        record(f"{n}")
    record("x")
    kept = Kept(places())
    kept.refresh()
    for n in range(8):
        shutil.rmtree(folder(f"{DAY}-{n}"))
    kept.refresh()
    (said,) = kept.said
    assert said.endswith("2026-09-12-3, 2026-09-12-4 and 3 more.")


def test_when_the_last_record_goes_the_index_goes() -> None:
    name = record("a", line("A1", "CANARYWORD"))
    Kept(places()).refresh()
    shutil.rmtree(folder(name))
    kept = Kept(places())
    assert kept.sittings() == ()
    assert in_index("canary") == []


def test_a_line_that_a_later_record_let_go_comes_back_when_that_record_goes() -> None:
    first = record("a", line("A1", "One mic"))
    later = line("A1", "One mic", state="let go", carried_from=first)
    second = record("b", later, date=DAY + dt.timedelta(days=7))
    kept = Kept(places())
    assert words(kept, "mic") == []
    shutil.rmtree(folder(second))
    kept.refresh()
    assert words(kept, "mic") == ["One mic"]


# Copies


def test_copies_that_are_alike_count_once_and_nothing_is_said_of_them() -> None:
    name = record("a", line("A1"))
    put_copy(name, "record (conflicted copy 2026-09-13).toml", written(name))
    put_copy(name, "record.sync-conflict-20260913-101500.toml", written(name))
    kept = Kept(places())
    (one,) = kept.sittings()
    assert (len(one.files), one.files[0].name, one.said) == (3, "record.toml", ())
    assert words(kept) == ["One mic"]


def test_copies_that_differ_are_one_sitting_and_that_is_said() -> None:
    name = record("a", line("A1"), line("A2", "One voice"))
    other = replace(written(name), entries=(line("A1"), line("T3", "repair = mending")))
    put_copy(name, "record (copy).toml", other)
    kept = Kept(places())
    (one,) = kept.sittings()
    files = f"{name}/record.toml, {name}/record (copy).toml"
    assert one.said == (f"2 files of it differ; what any of them has counts: {files}.",)
    assert sorted(words(kept)) == ["One mic", "One voice", "repair = mending"]


def test_an_older_record_beside_the_newer_one_is_said_and_brings_nothing_back() -> None:
    name = record("a", line("A1", "CANARY"), line("A2"))
    put_copy(name, "record (old).toml", written(name))
    newer = replace(written(name), revision=2, entries=(line("A2"),), taken_back=("A1",))
    put_copy(name, "record.toml", newer)
    kept = Kept(places())
    (one,) = kept.sittings()
    older = f"{name}/record (old).toml"
    assert one.said == (f"An older record of it lies beside the one that counts: {older}.",)
    assert words(kept) == ["One mic"]


def test_the_copy_with_the_highest_revision_counts_whatever_its_name() -> None:
    name = record("a", line("A1"), revision=1)
    put_copy("2026-copy", "other.toml", replace(written(name), revision=2, title="Later"))
    kept = Kept(places())
    (one,) = kept.sittings()
    assert (one.folder, one.facts.title) == (folder("2026-copy"), "Later")
    shutil.rmtree(folder("2026-copy"))
    kept.refresh()
    (one,) = kept.sittings()
    assert (one.folder, one.facts.title, one.said) == (folder(name), "Harbour circles", ())
    assert kept.said == ()


def test_renamed_folders_and_files_are_the_same_sitting(read: list[str]) -> None:
    name = record("a", line("A1"))
    kept = Kept(places())
    kept.refresh()
    folder(name).rename(folder(name).with_name("renamed by hand"))
    kept.refresh()
    (folder(name).with_name("renamed by hand") / "record.toml").rename(
        folder(name).with_name("renamed by hand") / "notes.toml"
    )
    kept.refresh()
    (one,) = kept.sittings()
    assert (one.facts.id, one.folder.name, one.said) == (name, "renamed by hand", ())
    assert (words(kept), kept.said) == (["One mic"], ())


def test_a_file_that_now_tells_of_another_sitting_leaves_its_old_one() -> None:
    name = record("a", line("A1"))
    kept = Kept(places())
    kept.refresh()
    put_copy(name, "record.toml", replace(written(name), id="2026-09-12-z"))
    kept.refresh()
    assert ids(kept) == ["2026-09-12-z"]
    assert kept.sittings()[0].folder == folder(name)


@pytest.mark.skipif(sys.platform == "darwin", reason="its disks take no such names")
def test_a_name_that_is_no_text_is_no_trouble() -> None:
    name = record("a", line("A1"))
    whole = written(name)
    odd = os.fsencode(folder(name).parent) + b"/caf\xe9"
    os.rename(os.fsencode(folder(name)), odd)  # noqa: PTH104 - bytes
    put_copy(name, "record.toml", whole)
    with open(odd + b"/bro\xffken.toml", "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"record = ")
    kept = Kept(places())
    (one,) = kept.sittings()
    assert len(one.files) == 2
    (unread,) = kept.unread()
    assert "caf\ufffd/bro\ufffdken.toml" in unread.trouble
    unread.trouble.encode()


# What cannot be read


def test_a_record_that_cannot_be_read_is_told_and_hides_no_other() -> None:
    name = record("a", line("A1"), last_number=31)
    record("b", line("A2", "One voice"))
    path = folder(name) / "record.toml"
    path.write_bytes(path.read_bytes() + b"\nx = [")
    kept = Kept(places())
    (one,) = kept.unread()
    assert one.path == path
    assert f"{path}:" in one.trouble
    assert "The record is damaged" in one.trouble
    assert one.remains == Remains("harbour-2026", 31)
    assert words(kept) == ["One voice"]
    assert kept.last_number("harbour-2026") == 31
    assert kept.last_number("another") == 0


def test_a_record_cut_off_anywhere_is_told_or_read_and_hides_no_other() -> None:
    name = record("a", line("A1"), line("A2"))
    other = record("b", line("A9", "One voice"))
    path = folder(name) / "record.toml"
    whole = path.read_bytes()
    kept = Kept(places())
    for size in range(0, len(whole), 23):
        path.write_bytes(whole[:size])
        kept.refresh()
        assert ids(kept)[-1] == other
        assert len(kept.unread()) + len(ids(kept)) == 2
        assert kept.said == ()
    path.write_bytes(whole)
    assert kept.refresh()
    assert (ids(kept), kept.unread()) == ([name, other], ())


def test_a_page_whose_record_went_is_told() -> None:
    name = record("a", line("A1"))
    (folder(name) / "record.md").write_text("# Words\n")
    kept = Kept(places())
    kept.refresh()
    (folder(name) / "record.toml").unlink()
    kept.refresh()
    (one,) = kept.unread()
    assert one.path == folder(name) / "record.toml"
    assert one.trouble == (
        f"{one.path} is not there any more. The page beside it may still have its words."
    )
    assert one.remains == Remains(None, 0)
    assert not kept.refresh()


def test_a_folder_in_the_place_of_a_record_is_told() -> None:
    name = record("a", line("A1"))
    (folder(name) / "record.toml").unlink()
    (folder(name) / "record.toml").mkdir()
    (one,) = Kept(places()).unread()
    assert one.trouble == f"{one.path} cannot be read (Is a directory)."


@pytest.mark.parametrize(
    ("wrong", "trouble"),
    [
        (b'id = ""', "does not say of which sitting"),
        (b"last_number = 99999999999999999999", "far too large"),
        (b"revision = true", "revision cannot be read"),
    ],
)
def test_what_no_sitting_says_is_told(wrong: bytes, trouble: str) -> None:
    path = folder(record("a", line("A1"))) / "record.toml"
    head, entries, rest = path.read_bytes().partition(b"\n[[entry]]")
    key = wrong.partition(b" = ")[0]
    rows = [wrong if row.startswith(key + b" =") else row for row in head.split(b"\n")]
    path.write_bytes(b"\n".join(rows) + entries + rest)
    (one,) = Kept(places()).unread()
    assert trouble in one.trouble


def test_a_record_of_a_newer_version_is_read_when_this_one_can() -> None:
    path = folder(record("a", line("A1"))) / "record.toml"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"record = 1", b"record = 2", 1))
    kept = Kept(places())
    assert "newer facilitate" in kept.unread()[0].trouble
    path.write_bytes(raw)
    kept.refresh()
    assert (kept.unread(), words(kept)) == ((), ["One mic"])


def test_a_folder_that_cannot_be_looked_into_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    record("a", line("A1"))
    other = record("b", line("A2", "One voice"), date=DAY + dt.timedelta(days=200))
    kept = Kept(places())
    kept.refresh()
    scan = os.scandir

    def refusing(path: bytes) -> object:
        if path == os.fsencode(places().records / "2026"):
            raise OSError(errno.EACCES, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    said = f"{places().records / '2026'} cannot be looked into (Permission denied)."
    for _ in range(2):
        kept.refresh()
        assert kept.said[0] == said
    assert ids(kept) == [other]


def test_a_shared_folder_that_is_not_there_is_told_each_time(tmp_path: Path) -> None:
    record("a", line("A1"))
    away = replace(places(), shared=tmp_path / "away")
    for kept in (Kept(away), Kept(away)):
        assert ids(kept) == ["2026-09-12-a"]
        kept.refresh()
        assert kept.said == (
            f"The shared folder {tmp_path / 'away'} is not there now, nor are its records.",
        )


# The index


def same(kept: Kept) -> bool:
    """Whether all is as someone sees it who made the index just now."""
    fresh = Kept(places())
    fresh.rebuild()
    return (ids(kept), words(kept), kept.records()) == (
        ids(fresh), words(fresh), fresh.records(),
    )  # fmt: skip


def some_records() -> None:
    for n in range(12):
        lines = [line(f"A{n}{m}", f"word{m} {'and more ' * 9}") for m in range(30)]
        record(f"{n}", *lines, date=DAY + dt.timedelta(days=n))


def spoil(path: Path, content: bytes) -> None:
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: b"garbage" * 9_999,
        lambda raw: raw[: len(raw) // 3],
        lambda raw: raw[:4096] + bytes(len(raw) - 4096),
        lambda raw: raw[:40_000] + random.Random(1).randbytes(20_000) + raw[60_000:],
        lambda raw: raw[:60] + b"\0\0\0\x63" + raw[64:],
    ],
    ids=["empty", "garbage", "cut", "zeros", "noise", "a newer version's"],
)
def test_an_index_that_was_damaged_is_made_again(damage: Callable[[bytes], bytes]) -> None:
    some_records()
    Kept(places()).refresh()
    spoil(places().index, damage(places().index.read_bytes()))
    kept = Kept(places())
    assert len(words(kept, "word7")) == 12
    assert kept.said == ()
    assert same(kept)


def test_an_index_that_is_gone_is_made_again() -> None:
    some_records()
    Kept(places()).refresh()
    shutil.rmtree(places().index.parent)
    kept = Kept(places())
    assert len(words(kept, "word7")) == 12
    assert places().index.is_file()


def test_a_folder_in_the_place_of_the_index_is_said() -> None:
    record("a", line("A1"))
    (places().index / "inside").mkdir(parents=True)
    kept = Kept(places())
    assert words(kept, "mic") == ["One mic"]
    (said,) = kept.said
    assert said.startswith("The archive's index cannot be kept (")
    assert said.endswith("); it was made for this time alone.")


@pytest.mark.parametrize("place", [3, 9, 20, 33, 50])
@pytest.mark.parametrize("what", [bytes(4096), b"\xff" * 4096, b"words " * 700], ids=str)
def test_damage_while_the_index_is_open_is_noticed_at_the_next_look(
    place: int, what: bytes
) -> None:
    some_records()
    kept = Kept(places())
    assert len(words(kept, "word7")) == 12
    raw = places().index.read_bytes()
    spoil(places().index, raw[: place * 4096] + what[:4096] + raw[(place + 1) * 4096 :])
    kept.refresh()
    assert len(words(kept, "word7")) == 12
    assert same(kept)


def test_damage_that_only_a_question_meets_is_mended_before_it_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some_records()
    kept = Kept(places())
    kept.refresh()
    found, asked = Index.found, iter([Unusable("malformed"), ValueError("no JSON")])

    def failing(index: Index, wanted: object) -> object:
        for trouble in asked:
            raise trouble
        return found(index, wanted)  # type: ignore[arg-type]

    before = places().index.stat().st_ino
    monkeypatch.setattr(Index, "found", failing)
    with pytest.raises(ValueError, match="no JSON"):
        words(kept, "word7")
    assert places().index.stat().st_ino != before
    assert len(words(kept, "word7")) == 12


@pytest.mark.parametrize("text", ["{", "[]", '{"id": 1}', "\\xff"])
def test_a_row_that_is_not_as_it_was_written_is_written_again(text: str) -> None:
    name = record("a", line("A1"))
    kept = Kept(places())
    kept.refresh()
    other = Index(places().index)
    other.rows("UPDATE text SET entry = ?", (text,))
    other.rows("UPDATE whole SET record = ?", (text,))
    assert words(kept) == ["One mic"]
    assert kept.record(name) == written(name)


def test_an_index_of_another_version_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    record("a", line("A1"))
    Kept(places()).refresh()
    before = places().index.stat().st_ino
    monkeypatch.setattr("facilitate.session.kept_index.SHAPE", 12)
    assert words(Kept(places())) == ["One mic"]
    assert places().index.stat().st_ino != before
    assert Index(places().index).shape == 12


def test_where_no_folder_can_be_made_the_index_is_in_memory_and_that_is_said() -> None:
    name = record("a", line("A1"))
    places().index.parent.write_text("a file where a folder should be")
    kept = Kept(places())
    assert words(kept, "mic") == ["One mic"]
    assert kept.said == (unkept("there is a file where the folder should be"),)
    record("b", line("A2", "One voice"))
    shutil.rmtree(folder(name))
    assert kept.refresh()
    assert words(kept) == ["One voice"]
    assert len(kept.said) == 2
    assert not kept.refresh()


def test_on_a_full_disk_the_index_is_in_memory_and_that_is_said() -> None:
    some_records()
    kept = Kept(places())
    with room_for(100_000):
        assert len(words(kept, "word7")) == 12
    assert kept.said == (unkept("the disk reports a fault"),)
    assert same(kept)


@contextmanager
def reading_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that can only be read."""

    def refused(*_: object) -> object:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as within:
        within.setattr(IndexFile, "alone", refused)
        yield


def test_on_a_disk_that_can_only_be_read_the_index_there_is_used(
    monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    name = record("a", line("A1"))
    record("b", line("A2", "One voice"))
    long_ago()
    Kept(places()).refresh()
    read.clear()
    with reading_only(monkeypatch):
        kept = Kept(places())
        assert words(kept, "mic") == ["One mic"]
        assert (kept.said, read) == ((), [])
        record("a", line("A1", "One mike"))
        kept.refresh()
        assert words(kept, "mike") == ["One mike"]
        assert read == [name]
        assert kept.said == (unkept("the disk can only be read"),)
    assert sorted(words(Kept(places()))) == ["One mike", "One voice"]


def test_words_that_went_are_not_left_in_an_index_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = record("a", line("A1", "CANARYWORD"))
    record("b", line("A2", "One voice"))
    kept = Kept(places())
    kept.refresh()
    put_copy(name, "record.toml", replace(written(name), entries=()))

    def full(file: IndexFile, fill: object) -> Index:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(IndexFile, "make", full)
    kept.refresh()
    assert words(kept) == ["One voice"]
    assert in_index("canary") == []


def test_while_another_program_is_at_work_on_the_index_search_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record("a", line("A1"))
    monkeypatch.setattr(index_file, "IndexFile", partial(IndexFile, patience=0.1))
    with IndexFile(places().index, 1).alone():
        kept = Kept(places())
        assert words(kept, "mic") == ["One mic"]
    assert "another program is at work on it" in kept.said[0]


def test_two_programs_see_what_the_other_one_read(read: list[str]) -> None:
    record("a", line("A1"))
    long_ago()
    one, other = Kept(places()), Kept(places())
    assert words(one) == words(other) == ["One mic"]
    record("b", line("A2", "One voice"))
    long_ago()
    read.clear()
    assert one.refresh()
    assert not other.refresh()
    assert words(one) == words(other) == ["One voice", "One mic"]
    one.rebuild()
    assert not other.refresh()
    assert words(one) == words(other)


WORK = """
import sys
from facilitate.core.searching import Query
from facilitate.session.archive import Archive
from facilitate.session.kept import Kept
from facilitate.store.places import places
for n in range(12):
    kept = Kept(places())
    kept.rebuild() if n % 3 == int(sys.argv[1]) else kept.refresh()
    found = Archive(kept).search(Query("word7")).hits
    assert len(found) == 12, len(found)
    assert kept.said == (), kept.said
"""


def test_several_programs_may_make_and_search_the_index_at_once() -> None:
    some_records()
    command = [sys.executable, "-c", WORK]
    works = [subprocess.Popen([*command, str(n)], stderr=subprocess.PIPE) for n in range(3)]
    told = [work.communicate(timeout=60)[1].decode() for work in works]
    assert told == ["", "", ""]


def test_several_threads_may_ask_at_once() -> None:
    some_records()
    kept, found = Kept(places()), []

    def ask() -> None:
        for _ in range(5):
            kept.refresh()
            found.append(len(words(kept, "word7")))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [12] * 20


def test_the_index_is_in_no_folder_that_is_shared(tmp_path: Path) -> None:
    record("a", line("A1"))
    shared = Places(home=tmp_path / "home", shared=places().home)
    Kept(shared).refresh()
    assert shared.index.is_file()
    assert not places().index.exists()


def test_rebuilding_where_nothing_is_kept_makes_nothing() -> None:
    Kept(places()).rebuild()
    assert not places().home.exists()


def test_a_progress_that_is_stopped_leaves_the_index_as_it_was() -> None:
    record("a", line("A1"))
    kept = Kept(places())
    kept.refresh()
    record("b", line("A2", "One voice"))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.refresh(stop)
    assert sorted(words(Kept(places()))) == ["One mic", "One voice"]
    with pytest.raises(KeyboardInterrupt):
        kept.rebuild(stop)
    assert sorted(p.name for p in places().index.parent.iterdir()) == [
        "archive.lock", "archive.sqlite",
    ]  # fmt: skip
    assert sorted(words(kept)) == ["One mic", "One voice"]
