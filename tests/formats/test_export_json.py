import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from tests.formats.shared_lines import TWO, everything, line, sitting

from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord, Wording
from facilitate.core.sharing import shared
from facilitate.formats.export.record_json import read, write
from facilitate.formats.record_toml import read_record

ROOT = Path(__file__).parents[1] / "golden"
GOLDEN = ROOT / "export"
BAD, RINGS = "record.json:", "'cohort', 'team' or 'public'"


@pytest.fixture
def record() -> SittingRecord:
    """One that has everything."""
    record = read_record((ROOT / "record" / "record.toml").read_bytes(), "it").record
    assert record is not None
    return record


@pytest.fixture
def data(record: SittingRecord) -> Any:
    return json.loads(write(shared(record, [], "json")))


def told(data: object) -> list[str]:
    reading = read(json.dumps(data).encode())
    return [str(problem) for problem in reading.problems]


# Writing


def test_the_record_is_the_same_for_ever(record: SittingRecord) -> None:
    assert write(shared(record, [], "json")) == (GOLDEN / "record.json").read_bytes()


def test_every_key_is_there_in_its_order(data: Any) -> None:
    assert list(data) == ["facilitate", "version", "record"]
    kinds: dict[str, type] = {"segments": RecordedSegment, "entries": RecordedEntry}
    assert list(data["record"]) == [field.name for field in fields(SittingRecord)]
    for name, kind in kinds.items():
        for one in data["record"][name]:
            assert list(one) == [field.name for field in fields(kind)]


def test_words_are_written_as_they_are() -> None:
    raw = write(shared(sitting(TWO, line("A1", "חוסן 🏳️‍🌈 ü", "open")), [], "json"))
    assert '"text": "חוסן 🏳️‍🌈 ü",\n' in raw.decode()


@pytest.mark.parametrize("ring", ["sitting", "room"])
def test_a_line_of_the_room_or_the_sitting_is_never_in_it(ring: str) -> None:
    every = everything("json")
    with_it = line("A99", "HELD", "open", ring=ring)
    bad = every._replace(record=replace(every.record, entries=(with_it,)))
    assert b"HELD" not in write(bad)


def test_a_line_that_may_not_go_as_far_is_not_in_it() -> None:
    names = [
        one["id"] for one in json.loads(write(everything("json", "team")))["record"]["entries"]
    ]
    assert names == ["A2", "T8", "Q16", "C15", "A31", "T33", "Q34"]
    every = everything("json")
    names = [
        one["id"]
        for one in json.loads(write(every._replace(ring="public")))["record"]["entries"]
    ]
    assert names == ["T8", "Q16", "C15", "A31", "T33"]


# Reading


def test_a_record_reads_back_as_it_was(record: SittingRecord) -> None:
    reading = read(write(shared(record, [], "json")))
    assert reading.problems == ()
    assert reading.record == record
    assert read((GOLDEN / "record.json").read_bytes()).record == record


def test_an_editors_byte_order_mark_and_line_ends_change_nothing(record: SittingRecord) -> None:
    raw = write(shared(record, [], "json")).replace(b"\n", b"\r\n")
    assert read(b"\xef\xbb\xbf" + raw).record == record


def test_what_is_missing_has_its_default(data: Any, record: SittingRecord) -> None:
    for one in data["record"]["entries"]:
        for name in [name for name, value in one.items() if value in (None, "", [], 0, False)]:
            if name != "text":
                del one[name]
    assert read(json.dumps(data).encode()).record == record


def test_a_newer_one_is_refused(data: Any) -> None:
    data["version"] = 2
    assert told(data) == [
        "record.json: This record was exported by a newer facilitate. Update to read it."
    ]
    assert read(json.dumps(data).encode()).record is None


@pytest.mark.parametrize("version", [0, -1, True, 1.0, "1", None])
def test_a_version_that_is_none_makes_it_no_record(data: Any, version: object) -> None:
    data["version"] = version
    assert told(data) == ["record.json: This file is no record that was exported."]


@pytest.mark.parametrize(
    "raw",
    [b"[]", b"1", b"{}", b'{"facilitate": "look"}', b'{"facilitate": "record", "version": 1}'],
)
def test_other_files_are_told_from_records(raw: bytes) -> None:
    assert [problem.code for problem in read(raw).problems] == ["no-record"]


def test_half_a_file_is_damaged_and_the_place_is_told(record: SittingRecord) -> None:
    raw = write(shared(record, [], "json"))
    (problem,) = read(raw[: len(raw) // 2], "mine.json").problems
    assert (problem.message, problem.code) == (
        "The file is damaged and cannot be read.",
        "json",
    )
    assert problem.line is not None
    assert problem.line > 100
    assert str(problem).startswith("mine.json:")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff\xfe{\x00", "encoding"),
        (b"", "json"),
        (b"[" * 100_000, "json"),
        (b"9" * 9_999, "json"),
    ],
    ids=["UTF-16", "empty", "deep", "long"],
)
def test_bytes_that_are_no_json_are_told_and_never_raised(raw: bytes, code: str) -> None:
    reading = read(raw)
    assert reading.record is None
    assert [problem.code for problem in reading.problems] == [code]


def test_words_that_are_nested_without_end_are_told(data: Any) -> None:
    data["record"]["title"] = "HERE"
    raw = json.dumps(data).encode().replace(b'"HERE"', b"[" * 900 + b"]" * 900)
    assert read(raw).record is None


def test_everything_that_is_wrong_is_told_at_once_with_its_place(data: Any) -> None:
    del data["record"]["title"]
    data["record"]["number"] = True
    data["record"]["entries"][3]["ring"] = "sitting"
    data["record"]["started"] = "2026-11-22T09:04:00"
    assert told(data) == [
        f"{BAD} record.entries[3].ring cannot be read: it should be {RINGS}.",
        f"{BAD} record.number cannot be read: it should be a valid integer.",
        f"{BAD} record.title is missing.",
    ]


def test_a_time_without_its_offset_is_told(data: Any) -> None:
    data["record"]["segments"][0]["ended"] = "2026-11-22T09:31:00"
    (problem,) = told(data)
    assert problem.startswith(
        f"{BAD} record.segments[0].ended cannot be read: write the offset"
    )
    assert read(json.dumps(data).encode()).record is None


def test_keys_of_a_later_version_are_read_past_with_a_warning(
    data: Any, record: SittingRecord
) -> None:
    data["record"]["weather"] = "rain"
    data["record"]["also"] = ["rain"]
    data["record"]["entries"][0]["h\ud800eld\n"] = 9
    reading = read(json.dumps(data).encode())
    assert reading.record == record
    assert {problem.level for problem in reading.problems} == {"warning"}
    assert [problem.message for problem in reading.problems] == [
        "record.also is not known here and was read past.",
        "record.entries[0].held is not known here and was read past.",
        "record.weather is not known here and was read past.",
    ]


def test_what_steers_a_terminal_does_not_come_in(data: Any) -> None:
    data["record"]["entries"][0]["text"] = "one\x1b[2J\u202e\ntwo\ud800"
    found = read(json.dumps(data).encode()).record
    assert found is not None
    assert found.entries[0].text == "one [2J two"


def test_two_wordings_come_back(data: Any) -> None:
    found = read(json.dumps(data).encode()).record
    assert found is not None
    assert [one.also for one in found.entries if one.also] == [
        (Wording(text="Stories stay, lessons leave"),)
    ]
