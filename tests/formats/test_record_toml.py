import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from facilitate.core.captures import Detail
from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord, Wording
from facilitate.formats.record_toml import RecordReading, read_record, write_record

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "record"
PAST = " and was read past."
PAGE = ROOT / "docs" / "record-format.md"


@pytest.fixture
def raw() -> bytes:
    """A record as the first program wrote it."""
    return (GOLDEN / "first.toml").read_bytes()


def told(reading: RecordReading) -> list[str]:
    return [str(problem) for problem in reading.problems]


def line_of(raw: bytes, text: str) -> int:
    return raw.decode().split("\n").index(text) + 1


@pytest.mark.parametrize(
    "table", [SittingRecord, RecordedSegment, RecordedEntry, Wording, Detail]
)
def test_the_page_about_the_format_names_every_key(table: type) -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = {"segments": "[[segment]]", "entries": "[[entry]]"}
    names |= {name: f"[[entry.{name}]]" for name in ("also", "earlier", "details")}
    for field in fields(table):
        assert f"`{names.get(field.name, field.name)}`" in page, field.name


# Sound files


def test_a_record_as_it_was_written_once_can_always_be_read(raw: bytes) -> None:
    reading = read_record(raw, "record.toml")
    assert reading.problems == ()
    assert reading.record is not None
    agreement = reading.record.entries[0]
    assert (agreement.id, agreement.text) == ("A12", "One mic, *one* speaker")
    assert [wording.text for wording in agreement.earlier] == ["One mic", "One voice"]
    assert [wording.text for wording in reading.record.entries[1].also] == [
        "Stories stay, lessons leave"
    ]
    assert reading.record.segments[4].status == "carried"
    assert str(reading.record.ended) == "2026-11-22 10:33:20-08:00"


@pytest.mark.parametrize("file", ["first.toml", "record.toml"])
def test_a_record_that_was_read_is_written_as_it_was(file: str) -> None:
    raw = (GOLDEN / file).read_bytes()
    record = read_record(raw, "record.toml").record
    assert record is not None
    assert write_record(record).encode() == raw


def test_what_the_first_program_did_not_write_has_its_defaults(raw: bytes) -> None:
    record = read_record(raw, "record.toml").record
    assert record is not None
    assert not record.notes_kept
    assert {(entry.origin, entry.adopted, entry.details) for entry in record.entries} == {
        ("ours", None, ())
    }


def test_what_a_line_lived_through_is_read_back() -> None:
    record = read_record((GOLDEN / "record.toml").read_bytes(), "record.toml").record
    assert record is not None
    lines = {entry.id: entry for entry in record.entries}
    carried, offered, term = lines["A3"], lines["A21"], lines["T23"]
    assert (carried.adopted, carried.adopted_on) == (2, dt.date(2026, 10, 20))
    assert (carried.reaffirmed, carried.carried_from[:10]) == (True, "2026-10-20")
    assert (offered.tags, offered.owner) == (("policy", "first *visit*"), "care")
    assert [told.name for told in term.details] == ["also_said", "moving_away_from"]
    assert (term.attribution, term.attribution_scope) == ("the aunties", "cohort")


def test_what_is_empty_is_left_out(raw: bytes) -> None:
    record = read_record(raw, "record.toml").record
    assert record is not None
    bare = replace(record, subtitle="", programme=None, objectives=(), segments=(), entries=())
    text = write_record(bare)
    assert read_record(text.encode(), "record.toml").record == bare
    for name in ("subtitle", "programme", "objectives", "segment", "entry", '""'):
        assert name not in text


@pytest.mark.parametrize(
    "edited",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b" 09:04:00-08:00", b"T17:04:00Z"),
        lambda raw: raw.replace(b'"One voice"', b'"""\nOne\n  voice\n"""'),
        lambda raw: raw.replace(b'"One voice"', b'"One\\u001b \\u202evoice"'),
    ],
    ids=["byte order mark", "line ends", "UTC", "several lines", "controls"],
)
def test_what_editors_do_to_a_file_changes_nothing(
    raw: bytes, edited: Callable[[bytes], bytes]
) -> None:
    assert edited(raw) != raw
    assert read_record(edited(raw), "it").record == read_record(raw, "it").record


def test_keys_of_a_later_version_are_read_past_with_a_warning(raw: bytes) -> None:
    later = (
        raw.replace(b'id = "A12"', b'id = "A12"\nround = 2')
        .replace(b'text = "One voice"', b'text = "One voice"\nheld_by = 9')
        .replace(b'place = "online"', b'place = "online"\nweather = "rain"')
        + b'\n[closing]\nwords = "thank you"\n'
    )
    reading = read_record(later, "record.toml")
    assert reading.record == read_record(raw, "record.toml").record
    assert {problem.level for problem in reading.problems} == {"warning"}
    assert told(reading) == [
        f"record.toml:{line_of(later, line)}: warning: {name} is not known here{PAST}"
        for name, line in {
            "weather": 'weather = "rain"',
            "round": "round = 2",
            "held_by": "held_by = 9",
            "closing": "[closing]",
        }.items()
    ]


def test_states_of_a_later_version_are_taken_as_they_are(raw: bytes) -> None:
    record = read_record(raw.replace(b'"proposed"', b'"in force"'), "record.toml").record
    assert record is not None
    assert record.entries[0].state == "in force"


# Files with something to mend


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('id = "A12"', "", "id is missing."),
        ("revision = 1", "revision = true", "revision cannot be read"),
        ("revision = 1", 'revision = "1"', "revision cannot be read"),
        ("date = 2026-11-22", 'date = "tomorrow"', "date cannot be read"),
        ('ring = "public"', 'ring = "sitting"', "ring cannot be read: it should be 'cohort'"),
        ('ring = "public"', 'ring = "room"', "ring cannot be read: it should be 'cohort'"),
        ('kind = "term"', 'kind = "rumour"', "kind cannot be read"),
        ("actual_minutes = 21", "actual_minutes = 21.5", "actual_minutes cannot be read"),
        (
            "started = 2026-11-22 09:31:00-08:00",
            "started = 2026-11-22 09:31:00",
            "started cannot be read: write the offset too",
        ),
    ],
)
def test_a_value_that_cannot_be_one_is_told_with_its_line(
    raw: bytes, old: str, new: str, why: str
) -> None:
    assert raw.count(f"\n{old}\n".encode()) == 1
    edited = raw.replace(f"\n{old}\n".encode(), f"\n{new}\n".encode())
    reading = read_record(edited, "record.toml")
    assert reading.record is None
    (problem,) = reading.problems
    assert why in problem.message
    place = line_of(edited, new) if new else line_of(edited, 'kind = "agreement"') - 2
    assert problem.line == place


def test_places_are_the_same_with_the_line_ends_of_another_system(raw: bytes) -> None:
    edited = raw.replace(b'ring = "cohort"', b'ring = "sitting"').replace(b'"One voice"', b"3")
    other = edited.replace(b"\n", b"\r\n")
    problems = read_record(edited, "record.toml").problems
    assert len(problems) == 5
    assert read_record(other, "record.toml").problems == problems


def test_all_problems_are_told_at_once(raw: bytes) -> None:
    edited = raw.replace(b'ring = "cohort"', b'ring = "sitting"').replace(b"title", b"titel")
    reading = read_record(edited, "record.toml")
    assert reading.record is None
    codes = [problem.code for problem in reading.problems]
    assert codes.count("literal-error") == 4
    assert codes.count("missing") == codes.count("unknown-key") - 1 == 6


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "is not the record of a sitting"),
        (b"format = 1\n[session]\n", "is not the record of a sitting"),
        (b"record = true\n[sitting]\n", "is not the record of a sitting"),
        (b"record = 0\n[sitting]\n", "is not the record of a sitting"),
        (b"record = 1\nsitting = 3", "is not the record of a sitting"),
        (b"record = 2\n[sitting]\n", "written by a newer facilitate. Update to read it."),
        (b"\xff\xfer\0e\0", "not UTF-8"),
        (b"record = 1\n[sitting]\nid = \xe9", "not UTF-8"),
        (b'record = 1\n[sitting]\nid = "A', "The record is damaged"),
        (b"record = 1\n[sitting]\nid = A\n", "record.toml:3: The record is damaged"),
        (b"record = 1\n[sitting]\nid = " + b"[" * 5_000, "The record is damaged"),
        (b"record = 1\n[sitting]\nid = " + b"[" * 300 + b"]" * 300, "sitting cannot be read"),
        (b"record = 1\n[sitting]\nid = " + b"9" * 5_000, "The record is damaged"),
        (
            b"record = 1\n[sitting]\nnumber = 0x" + b"f" * 9_000,
            "a number in it is far too long",
        ),
        (b"record = 1\nsegment = 3\n[sitting]\n", "segment cannot be read"),
        (b"record = 1\nentry = [3]\n[sitting]\n", "entry cannot be read"),
        (b"record = 1\nentry = [{also = 1}]\n[sitting]\n", "also cannot be read"),
    ],
)
def test_a_file_that_is_no_record_is_told_and_never_raises(raw: bytes, why: str) -> None:
    reading = read_record(raw, "record.toml")
    assert reading.record is None
    assert any(why in line for line in told(reading)), told(reading)


def test_a_record_cut_off_anywhere_never_raises(raw: bytes) -> None:
    whole = read_record(raw, "record.toml").record
    for end in range(0, len(raw) - 1, 7):
        reading = read_record(raw[:end], "record.toml")
        assert reading.record != whole
        assert reading.record is not None or reading.problems
