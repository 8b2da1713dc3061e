"""A folder of journals: every file of it is read, and words are taken back out of all."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.store.journal import JournalWriter, read_folder, redact

LONG = 20.0
"""Seconds after which a test gives up; nothing waits as long as that."""


def line(n: int) -> bytes:
    return b'{"v":1,"w":"w","n":%d,"text":"word %d"}\n' % (n, n)


# Reading


def test_every_journal_is_read_whatever_its_name(tmp_path: Path) -> None:
    names = ["k3.0.jsonl", "k3.0 (conflicted copy).jsonl", ".hidden.jsonl", "é.jsonl"]
    for name in (*names, "team.toml", ".k3.0.jsonl.ab12.new", "k3.jsonl~"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "nowhere.jsonl").symlink_to(tmp_path / "gone")
    assert read_folder(tmp_path) == [(name, name.encode()) for name in sorted(names)]


def test_a_folder_that_is_missing_or_empty_holds_nothing(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "missing") == []
    assert read_folder(tmp_path) == []


def test_a_file_that_vanishes_while_the_folder_is_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(b"x")
    read = Path.read_bytes

    def once(path: Path) -> bytes:
        (tmp_path / "b.jsonl").unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", once)
    assert read_folder(tmp_path) == [("a.jsonl", b"x")]


# Taking words back; the two functions of the formats floor are stood in for by simple ones


def id_of(piece: bytes) -> str | None:
    start = piece.find(b'"n":')
    return f"w.{piece[start + 4 :].split(b',')[0].decode()}" if start >= 0 else None


def redacted(piece: bytes) -> bytes:
    return b'{"v":1,"w":"w","n":%b,"gone":1}\n' % (id_of(piece) or "w.").encode()[2:]


GONE = redacted(line(1))


def test_words_are_taken_from_every_file_and_nothing_else_is(tmp_path: Path) -> None:
    whole = line(0) + line(1) + line(2)
    before = {
        "a.jsonl": whole,
        "b copy.jsonl": b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"),
        "c.jsonl": line(0) + line(1)[:-8],
        "d.jsonl": line(0)[:-1] + line(1) + line(2),
        "e.jsonl": b"<html>" + line(1) + line(2),
        "f.jsonl": line(2),
    }
    for name, raw in before.items():
        (tmp_path / name).write_bytes(raw)
    untouched = (tmp_path / "f.jsonl").stat().st_ino
    assert redact(tmp_path, {"w.1"}, redacted, id_of) == 5
    crlf = whole.replace(b"\n", b"\r\n").replace(line(1)[:-1] + b"\r\n", GONE)
    assert dict(read_folder(tmp_path)) == {
        "a.jsonl": line(0) + GONE + line(2),
        "b copy.jsonl": b"\xef\xbb\xbf" + crlf,
        "c.jsonl": line(0) + GONE,
        "d.jsonl": line(0)[:-1] + GONE + line(2),
        "e.jsonl": b"<html>" + GONE + line(2),
        "f.jsonl": line(2),
    }
    assert (tmp_path / "f.jsonl").stat().st_ino == untouched
    assert not any(b"word 1" in path.read_bytes() for path in tmp_path.iterdir())
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600


def test_taking_back_twice_takes_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(0) + line(1))
    assert redact(tmp_path, ["w.1", "w.7"], redacted, id_of) == 1
    inode = (tmp_path / "a.jsonl").stat().st_ino
    assert redact(tmp_path, ["w.1", "w.7"], redacted, id_of) == 0
    assert (tmp_path / "a.jsonl").stat().st_ino == inode


def test_nothing_is_taken_from_a_missing_folder(tmp_path: Path) -> None:
    assert redact(tmp_path / "missing", {"w.1"}, redacted, id_of) == 0
    assert not (tmp_path / "missing").exists()


def test_what_a_power_cut_left_of_an_earlier_rewriting_goes_too(tmp_path: Path) -> None:
    (tmp_path / ".a.jsonl.0123abcd.new").write_bytes(line(1))
    assert redact(tmp_path, {"w.1"}, redacted, id_of) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[JournalWriter]:
    """A writer that has saved two lines and goes on."""
    journal = JournalWriter(tmp_path, "w")
    for n in (0, 1):
        journal.put(n, line(n))
    assert journal.settle(LONG)
    yield journal
    assert journal.close(LONG)


def test_a_writer_goes_on_in_another_file_when_its_own_is_rewritten(
    tmp_path: Path, journal: JournalWriter
) -> None:
    assert redact(tmp_path, {"w.1"}, redacted, id_of) == 1
    journal.put(2, line(2))
    assert journal.settle(LONG)
    assert dict(read_folder(tmp_path)) == {
        "w.0.jsonl": line(0) + GONE,
        "w.1.jsonl": line(2),
    }


def test_a_line_acknowledged_while_its_file_is_rewritten_is_not_lost(
    tmp_path: Path, journal: JournalWriter
) -> None:
    def meanwhile(piece: bytes) -> str | None:
        if journal.saved == 1:
            journal.put(2, line(2))
            assert journal.settle(LONG)
        return id_of(piece)

    assert redact(tmp_path, {"w.1"}, redacted, meanwhile) == 1
    assert dict(read_folder(tmp_path)) == {"w.0.jsonl": line(0) + GONE + line(2)}
