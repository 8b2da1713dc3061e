"""The archive's index: what is put into it is found, and damage is noticed."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from facilitate.store import index as indexes
from facilitate.store.files import Disk
from facilitate.store.index import Index, Unusable, Wanted
from facilitate.store.index_change import changing, copy, settle
from facilitate.store.index_file import IndexFile, in_memory
from facilitate.store.index_rows import SEAT_BITS, FileRow, LineRow, SittingRow, TextRow

SHAPE = 7


def sitting(day: int, name: str = "a", began: str = "", **fields: object) -> SittingRow:
    given = {
        "id": f"{day}-{name}", "day": day, "date": f"day {day:06}", "began": began,
        "title": "Harbour", "cohort": "harbour", "programme": "", "series": "", "number": None,
        "topic": "", "part": None, "folder": b"/records/x", "lines": 1, "last_number": 9,
        "notes_kept": False, "said": "", **fields,
    }  # fmt: skip
    return SittingRow(**given)  # type: ignore[arg-type]


def line(name: str, words: str, made: str = "", **fields: object) -> tuple[LineRow, TextRow]:
    texts = {kind: str(fields.pop(kind, "")) for kind in ("earlier", "told")}
    given = {
        "made": made or "1-a", "name": name, "twin": 0, "kind": "agreement",
        "state": "in force", "cohort": "harbour", "programme": "", "date": "day 000001",
        "facet": "", "lineage": False, "label": "", "ring": "cohort", "stands": True, **fields,
    }  # fmt: skip
    return LineRow(**given), TextRow(entry=f"all of {name}", words=words, **texts)  # type: ignore[arg-type]


def put(index: Index, row: SittingRow, *lines: tuple[LineRow, TextRow]) -> None:
    with changing(index) as change:
        change.drop_sitting(row.id)
        change.put_sitting(row, f"record of {row.id}", lines)


@pytest.fixture
def index() -> Index:
    return in_memory(SHAPE)


def names(index: Index, *beginnings: str, **wanted: object) -> list[str]:
    """The lines that are found, in their order."""
    found = index.found(Wanted(beginnings=beginnings, **wanted))  # type: ignore[arg-type]
    return [row[1] for row in found.steps]


# Words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("One mic, one speaker", "speak"),
        ("One mic, one speaker", "MIC"),
        ("Wer trägt das?", "tragt"),
        ("Wer tragt das?", "TRÄGT"),
        ("naïve is welcome", "naive"),
        ("हिन्दी में", "हिन्दी"),
        ("ΜΟΊΡΑ", "μοίρα"),
        ("24/7", "24"),
        ("<b>bold</b> [/fix] \u202eright", "right"),
    ],
)
def test_a_word_is_found_by_its_beginning_whatever_its_case_and_accents(
    index: Index, text: str, word: str
) -> None:
    put(index, sitting(1), line("A1", text), line("A2", "something else"))
    assert names(index, word) == ["A1"]


def test_every_word_has_to_be_there_wherever_it_stands(index: Index) -> None:
    put(
        index,
        sitting(1),
        line("A1", "One mic", earlier="Speak in turn", told="the elders"),
        line("A2", "One voice"),
    )
    assert names(index, "one") == ["A2", "A1"]
    assert names(index, "one", "turn", "eld") == ["A1"]
    assert names(index, "voice", "eld") == []


def test_the_words_of_a_line_count_for_more_than_what_it_was_or_what_was_told(
    index: Index,
) -> None:
    put(
        index,
        sitting(1),
        line("A1", "Come back", earlier="Repair soon"),
        line("A2", "Repair soon", earlier="Come back"),
        line("A3", "Come back", told="Repair soon"),
        line("A4", "Be here"),
    )
    assert names(index, "repair") == ["A2", "A3", "A1"]


@pytest.mark.parametrize("part", ["关系", "系", "修复关", "100%", "a_b", "c\\d"])
def test_a_part_of_a_word_is_found_to_the_letter(index: Index, part: str) -> None:
    put(
        index,
        sitting(1),
        line("A1", "修复关系很重要 100% a_b c\\d"),
        line("A2", "1000 axb cd 修复 关"),
    )
    assert names(index, parts=[part]) == ["A1"]
    assert names(index, "修复", parts=[part]) == ["A1"]
    assert names(index, "nothing", parts=[part]) == []


def test_columns_narrow_what_is_found(index: Index) -> None:
    put(
        index,
        sitting(1),
        line("A1", "One mic", facet="policy", lineage=True),
        line("T2", "One mic", kind="term", date="day 000002"),
    )
    assert names(index, "mic", columns={"kind": "term"}) == ["T2"]
    assert names(index, columns={"facet": "policy", "lineage": True}) == ["A1"]
    assert names(index, "mic", since="day 000002") == ["T2"]
    assert names(index, parts=["ne"], columns={"kind": "term"}) == ["T2"]
    assert names(index, since="day 000003") == []


def test_only_so_many_are_found_as_are_wanted(index: Index) -> None:
    put(index, sitting(1), *(line(f"A{n}", "One mic") for n in range(9)))
    assert names(index, "mic", most=2) == ["A8", "A7"]
    assert names(index, most=3) == ["A8", "A7", "A6"]


def test_a_word_in_too_many_lines_finds_the_newest(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(index, sitting(1), line("A1", "mic mic mic"), line("A2", "mic"), line("A3", "a mic"))
    assert names(index, "mic") == ["A1", "A2", "A3"]
    monkeypatch.setattr(indexes, "RANKED_UP_TO", 3)
    assert index.found(Wanted(beginnings=["mic"])).ranked
    monkeypatch.setattr(indexes, "RANKED_UP_TO", 2)
    assert names(index, "mic") == ["A3", "A2", "A1"]
    assert not index.found(Wanted(beginnings=["mic"])).ranked


# One line through several sittings


def test_a_line_is_found_once_by_its_last_step_and_by_all_its_words(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic"))
    put(index, sitting(3), line("A1", "One at a time", earlier="One turn each"))
    put(index, sitting(2), line("A1", "One voice"))
    for word in ("mic", "voice", "turn", "time"):
        ((_, _, _, entry, id_, *_),) = index.found(Wanted(beginnings=[word])).steps
        assert (entry, id_) == ("all of A1", "3-a")
    assert [row[4] for row in index.steps(made="1-a", name="A1", twin=0)] == [
        "1-a", "2-a", "3-a",
    ]  # fmt: skip


def test_what_a_later_sitting_let_go_is_not_found(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic", label="mic"))
    put(index, sitting(2), line("A1", "One mic", stands=False))
    assert names(index, "mic") == names(index) == []
    assert index.values("kind") == index.labelled("mic") == index.threads() == []
    with changing(index) as change:
        change.drop_sitting("2-a")
    assert names(index, "mic") == ["A1"]
    assert len(index.labelled("mic")) == 1


def test_a_line_that_was_let_go_before_it_came_back_is_found(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic", stands=False))
    put(index, sitting(2), line("A1", "One mic"))
    assert names(index, "mic") == ["A1"]


def test_lines_with_one_name_are_told_apart(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic"), line("A1", "One voice", twin=1))
    put(index, sitting(2), line("A1", "A mic for all", made="2-a"))
    assert [(row[0], row[2]) for row in index.found(Wanted()).steps] == [
        ("2-a", 0), ("1-a", 1), ("1-a", 0),
    ]  # fmt: skip


def test_a_line_that_a_sitting_took_back_is_shown_by_nobody_while_that_stands(
    index: Index, tmp_path: Path
) -> None:
    put(index, sitting(2), line("A1", "One mic"), line("A2", "One voice"))
    with changing(index) as change:
        change.put_sitting(sitting(1), "record", [line("A1", "One mic")], ["A1"])
    for day in (1, 3):  # others of its day may make it move
        put(index, sitting(1, f"x{day}"))
    assert names(index) == ["A2"]
    assert index.steps(made="1-a", name="A1") == []
    new = in_memory(SHAPE)
    copy(index, new)
    assert names(new) == ["A2"]
    with changing(index) as change:
        change.drop_sitting("1-a")
    assert names(index, "mic") == ["A1"]


def test_words_that_a_line_has_now_count_once_though_it_had_them_before(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic"))
    put(index, sitting(2), line("A1", "One mic", earlier="One mic\nOne turn\nOne turn"))
    rows = index.rows("SELECT words, earlier FROM found")
    assert rows == [("One mic", "One turn")]


# In order


def test_the_newest_is_found_first_also_when_an_older_one_comes_in_later(index: Index) -> None:
    for day in (5, 9, 1, 7, 3):
        put(index, sitting(day), line("A1", "One mic", made=f"{day}-a"))
    assert [row[4] for row in index.found(Wanted(beginnings=["mic"])).steps] == [
        "9-a", "7-a", "5-a", "3-a", "1-a",
    ]  # fmt: skip
    assert [row.id for row in index.sittings()] == ["1-a", "3-a", "5-a", "7-a", "9-a"]


@pytest.mark.parametrize("seed", range(4))
def test_a_day_has_room_for_all_its_sittings_in_whatever_order_they_come(
    index: Index, seed: int
) -> None:
    rows = [sitting(4, f"{n:02}", began=f"{n % 7:02}") for n in range(60)]
    rows += [sitting(3), sitting(5)]
    random.Random(seed).shuffle(rows)
    if seed == 0:
        rows.sort(key=lambda row: (row.day, row.began, row.id))  # each time halves the room
    for row in rows:
        put(index, row, line("A1", "One mic", made=row.id))
    in_order = [row.id for row in sorted(rows, key=lambda row: (row.day, row.began, row.id))]
    assert [row.id for row in index.sittings()] == in_order
    assert [row[4] for row in index.found(Wanted(beginnings=["mic"], most=99)).steps] == (
        in_order[::-1]
    )
    assert [record for record, _ in index.records()] == [f"record of {id_}" for id_ in in_order]
    assert {entries[0] for _, entries in index.records()} == {"all of A1"}


def test_the_first_and_the_last_day_of_all_have_a_seat(index: Index) -> None:
    for day in (1, 3_652_059):
        put(index, sitting(day), line("A1", "One mic", made=f"{day}-a"))
    assert len(names(index, "mic")) == 2
    assert (3_652_059 + 1 << SEAT_BITS + 20).bit_length() <= 63


# Changes


def test_a_change_that_fails_leaves_nothing_of_itself(index: Index) -> None:
    put(index, sitting(1), line("A1", "One mic"))

    def fail() -> None:
        with changing(index) as change:
            change.put_file(FileRow(b"/r", b"record.toml", 1, 1, 1, 1))
            change.drop_sitting("1-a")
            change.put_sitting(sitting(2), "record", [line("A2", "One voice")])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert names(index) == ["A1"]
    assert index.files() == []
    put(index, sitting(2), line("A3", "One voice", made="2-a"))
    assert names(index, "one") == ["A3", "A1"]


def test_files_are_known_by_folder_and_come_in_the_order_of_their_sitting(index: Index) -> None:
    one = FileRow(b"/r/one", b"record.toml", 5, 1, 2, 3, "sum", "1-a", nth=1)
    other = FileRow(b"/r/\xff", b"copy.toml", 6, 4, 5, 6, "sum", "1-a", nth=0)
    with changing(index) as change:
        change.put_file(one)
        change.put_file(other)
        change.put_file(one._replace(size=9))
    assert index.files(sitting="1-a") == [other, one._replace(size=9)]
    known = index.known()
    assert set(known) == {b"/r/one", b"/r/\xff"}
    assert known[b"/r/one"] == (5, {b"record.toml": (9, 2, 3)})
    with changing(index) as change:
        change.drop_file(other)
    assert index.files() == [one._replace(size=9)]


def test_numbers_of_files_that_cannot_be_understood_are_not_free(index: Index) -> None:
    put(index, sitting(1, last_number=12))
    put(index, sitting(2, last_number=40, cohort="inland"))
    file = FileRow(b"/r", b"a", 0, 0, 0, 0, cohort="harbour", last_number=20)
    with changing(index) as change:
        change.put_file(file)
        change.put_file(file._replace(name=b"b", cohort=None, last_number=30))
    assert index.last_number("harbour") == 30
    assert index.last_number("inland") == 40
    assert index.last_number("nobody") == 30
    assert in_memory(SHAPE).last_number("harbour") == 0


def test_more_lines_than_a_record_can_have_are_refused(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitate.store.index_change.ids", lambda seat: (seat, seat + 2))
    with pytest.raises(ValueError, match="so many lines"), changing(index) as change:
        change.put_sitting(sitting(1), "record", [line(f"A{n}", "mic") for n in range(4)])


# Words that were taken out


def test_words_that_were_taken_out_are_in_no_byte_of_a_copy(tmp_path: Path) -> None:
    file = IndexFile(tmp_path / "archive.sqlite", SHAPE)
    many = [line(f"A{n}", f"word{n} and some more") for n in range(500)]
    many[250] = line("A250", "CANARYWORD in a line", earlier="CANARYTOO", told="CANARYTHREE")
    with file.alone():
        old = file.make(lambda new: put(new, sitting(1), *many))
    put(old, sitting(1), *many)
    assert not old.has_leftovers
    many[250] = line("A250", "another line")
    put(old, sitting(1), *many)
    assert old.has_leftovers
    with file.alone():
        new = file.make(lambda fresh: copy(old, fresh))
    assert not new.has_leftovers
    assert b"CANARY" not in (tmp_path / "archive.sqlite").read_bytes()
    assert b"canary" not in (tmp_path / "archive.sqlite").read_bytes()
    assert names(new, "another") == ["A250"]
    assert len(names(new, "word", most=999)) == 499
    assert new.sittings() == old.sittings()
    assert new.records() == old.records()


def test_a_title_that_was_taken_out_is_a_leftover_and_a_line_that_moved_is_none(
    index: Index,
) -> None:
    put(index, sitting(1), line("A1", "One mic"))
    put(index, sitting(1), line("A1", "One voice", earlier="One mic"))
    assert not index.has_leftovers
    put(index, sitting(1, title="Other"), line("A1", "One voice", earlier="One mic"))
    assert index.has_leftovers


# The file


@pytest.fixture
def file(tmp_path: Path) -> IndexFile:
    return IndexFile(tmp_path / "index" / "archive.sqlite", SHAPE, patience=0.2)


def filled(index: Index) -> None:
    lines = [line(f"A{n}", f"mic {'word ' * 30} {n}") for n in range(300)]
    put(index, sitting(1), *lines)
    settle(index)


def made(file: IndexFile) -> Index:
    with file.alone():
        return file.make(filled)


def path(file: IndexFile) -> Path:
    return file._path


def test_the_file_and_its_folder_are_for_nobody_else(file: IndexFile) -> None:
    old = os.umask(0)
    try:
        index = made(file)
    finally:
        os.umask(old)
    folder = path(file).parent
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()}
    assert modes == {"archive.sqlite": 0o600, "archive.lock": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with index.alone() as base:
        base.execute("INSERT INTO leftover VALUES (1)")
        journal = folder / "archive.sqlite-journal"
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_what_was_made_is_opened_again(file: IndexFile) -> None:
    made(file).close()
    index = IndexFile(path(file), SHAPE).open()
    assert index is not None
    assert len(names(index, "mic", most=999)) == 300
    assert file.is_still_there()


def test_without_a_file_there_is_no_index_and_nothing_is_made(file: IndexFile) -> None:
    assert file.open() is None
    assert not path(file).parent.exists()


def zeros(raw: bytes) -> bytes:
    return raw[:8192] + bytes(8192) + raw[16384:]


def noise(raw: bytes) -> bytes:
    return raw[:8192] + random.Random(1).randbytes(8192) + raw[16384:]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "garbage": lambda raw: b"garbage" * 999,
    "cut": lambda raw: raw[: len(raw) // 2],
    "grown": lambda raw: raw + b"more",
    "zeros inside": zeros,
    "noise inside": noise,
    "another program's": lambda raw: b"SQLite format 3\0" + bytes(4080),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_that_is_not_as_it_was_left_is_no_index(
    file: IndexFile, damage: Callable[[bytes], bytes]
) -> None:
    made(file).close()
    before = path(file).stat()
    path(file).write_bytes(damage(path(file).read_bytes()))
    os.utime(path(file), ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert file.open() is None
    assert not file.is_still_there()
    assert len(names(made(file), "mic", most=999)) == 300


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_that_nobody_noticed_is_noticed_by_what_is_asked(
    file: IndexFile, damage: Callable[[bytes], bytes]
) -> None:
    made(file).close()
    path(file).write_bytes(damage(path(file).read_bytes()))
    with file.alone():
        file.note()
    index = file.open()
    if index is None:
        return
    try:
        asked = [index.known(), index.sittings(), index.records(), index.steps()]
        asked += [names(index, "mic", most=999), names(index, parts=["299"]), index.threads()]
    except Unusable:
        return
    assert [len(answer) for answer in asked[1:]] == [1, 1, 300, 300, 1, 300]


@pytest.mark.parametrize("shape", [SHAPE - 1, SHAPE + 1, 0])
def test_an_index_of_an_older_or_newer_shape_is_none(file: IndexFile, shape: int) -> None:
    made(file).close()
    other = IndexFile(path(file), shape)
    assert other.open() is None
    with other.alone():
        assert other.make(filled).shape == shape
    assert file.open() is None


def test_an_index_that_another_program_replaced_is_not_still_there(file: IndexFile) -> None:
    index = made(file)
    made(IndexFile(path(file), SHAPE)).close()
    assert not file.is_still_there()
    assert len(names(index, "mic", most=999)) == 300
    assert file.open() is not None
    assert file.is_still_there()


def test_a_change_by_another_program_is_seen_at_once(file: IndexFile) -> None:
    index = made(file)
    other = IndexFile(path(file), SHAPE)
    theirs = other.open()
    assert theirs is not None
    with other.alone():
        put(theirs, sitting(2), line("A1", "heron", made="2-a"))
        other.note()
    assert file.is_still_there()
    assert names(index, "heron") == ["A1"]


def test_what_a_killed_program_left_is_removed(file: IndexFile) -> None:
    made(file).close()
    left = path(file).with_name(".archive.sqlite.0a1b2c3d.new")
    journal = left.with_name(f"{left.name}-journal")
    for one in (left, journal):
        one.write_bytes(b"words")
    made(file)
    assert not left.exists()
    assert not journal.exists()


def test_a_journal_of_the_old_index_does_not_meet_the_new_one(file: IndexFile) -> None:
    made(file).close()
    journal = path(file).with_name("archive.sqlite-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    made(file)
    assert not journal.exists()


class Full(Disk):
    """A disk with room for no name."""

    def replace(self, source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")


def test_an_index_that_cannot_take_its_place_leaves_the_old_one_and_nothing_else(
    file: IndexFile,
) -> None:
    made(file).close()
    before = path(file).read_bytes()
    full = IndexFile(path(file), SHAPE, Full())
    with pytest.raises(OSError, match="full"), full.alone():
        full.make(lambda new: None)
    assert path(file).read_bytes() == before
    assert len(list(path(file).parent.iterdir())) == 2
    assert file.open() is not None


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files of this process may not grow beyond that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_in_the_words_of_the_database(file: IndexFile) -> None:
    with room_for(100_000), pytest.raises(Unusable), file.alone():
        file.make(filled)
    assert [p.name for p in path(file).parent.iterdir()] == ["archive.lock"]


def test_two_programs_take_turns_and_nobody_waits_for_ever(file: IndexFile) -> None:
    other = IndexFile(path(file), SHAPE, patience=0.1)
    with file.alone(), pytest.raises(OSError, match="another program"), other.alone():
        pass
    with other.alone():
        assert other.open() is None


def test_where_no_locks_are_known_nothing_is_waited_for(
    file: IndexFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(lock: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", unknown)
    assert made(file) is not None


def test_removing_leaves_nothing_but_the_lock(file: IndexFile) -> None:
    made(file).close()
    path(file).with_name("archive.sqlite-wal").write_bytes(b"words")
    path(file).with_name(".archive.sqlite.0a1b2c3d.new").write_bytes(b"words")
    file.remove()
    assert [p.name for p in path(file).parent.iterdir()] == ["archive.lock"]
    file.remove()


def test_all_that_is_read_at_once_stood_there_at_one_moment(file: IndexFile) -> None:
    index = made(file)
    theirs = Index(path(file))
    theirs.rows("PRAGMA busy_timeout = 1")
    with index.at_once():
        assert len(index.sittings()) == 1
        with pytest.raises(Unusable), changing(theirs) as change:
            change.put_sitting(sitting(2), "record", [])
        assert len(index.sittings()) == 1
    put(theirs, sitting(2))
    assert len(index.sittings()) == 2


def test_words_go_to_no_other_file(index: Index) -> None:
    assert index.rows("PRAGMA temp_store") == [(2,)]


def test_an_index_nobody_closed_closes_itself(file: IndexFile) -> None:
    index = made(file)
    base = index._base
    del index
    with pytest.raises(Exception, match="closed"):
        base.execute("SELECT 1")


def test_a_failed_index_is_no_trouble_when_it_goes(tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        Index(tmp_path / "no folder" / "archive.sqlite")


def test_the_database_is_not_loaded_before_it_is_needed() -> None:
    script = (
        "import sys, facilitate.store.index_file, facilitate.store.index_change;"
        "print('sqlite3' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
