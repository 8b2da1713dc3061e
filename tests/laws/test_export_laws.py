"""What holds of every export, whatever people wrote and whatever became of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import yaml  # comes with pre-commit
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.formats.test_export_toml import carried
from tests.laws.test_record_laws import RECORDS, TEXT, tokens, written

from facilitate.core.captures import RINGS, Detail
from facilitate.core.record import RecordedEntry, RecordRing, SittingRecord, Wording
from facilitate.core.sharing import FORMS, Form, Shared, shared
from facilitate.formats.export import (
    carry_toml,
    counts_csv,
    glossary_csv,
    lines_text,
    notes_markdown,
    record_json,
    register_csv,
    reviews_ics,
)
from facilitate.formats.export.markdown import HEADINGS
from facilitate.formats.export.spreadsheet_csv import table

WRITERS: dict[Form, Callable[[Shared], bytes]] = {
    "txt": lines_text.write,
    "csv": register_csv.write,
    "glossary-csv": glossary_csv.write,
    "md": notes_markdown.write,
    "json": record_json.write,
    "toml": carry_toml.write,
    "ics": reviews_ics.write,
    "counts": counts_csv.write,
}
FORM = st.sampled_from(list(WRITERS))
RING = st.sampled_from(get_args(RecordRing))
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[SittingRecord, ...]:
    """Sittings of one cohort; later ones went on with lines of the first."""
    records = draw(st.lists(RECORDS, min_size=1, max_size=3))
    first = records[0]
    return tuple(
        replace(
            record,
            id=f"{record.date}-{place}",
            cohort=first.cohort,
            entries=(*record.entries, *(_gone_on(first, place) if place else ())),
        )
        for place, record in enumerate(records)
    )


def _gone_on(first: SittingRecord, place: int) -> list[RecordedEntry]:
    made = f"{first.date}-0"
    return [
        replace(one, carried_from=made, text=f"{one.text} {place}")
        for one in first.entries
        if not one.carried_from
    ]


def exported(cohort: tuple[SittingRecord, ...], form: Form, ring: RecordRing) -> Shared:
    """What an export holds as of the last sitting of a cohort."""
    return shared(cohort[-1], cohort[:-1], form, ring=ring)


def cells(raw: bytes) -> list[list[str]]:
    """What a program reads out of a table, without its heading."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1:]


def plainly(read: str, meant: str) -> bool:
    """Whether a cell holds what was meant, with or without what makes it text."""
    return read in (meant, f"'{meant}")


def test_every_form_with_words_in_lines_has_its_law() -> None:
    assert set(FORMS) - set(WRITERS) == {"docx", "html", "glossary-docx"}


@given(cohorts(), FORM, RING)
def test_every_record_can_be_written_and_its_bytes_are_always_the_same(
    cohort: tuple[SittingRecord, ...], form: Form, ring: RecordRing
) -> None:
    raw = WRITERS[form](exported(cohort, form, ring))
    turned = (*reversed(cohort[:-1]), cohort[-1])
    assert raw == WRITERS[form](exported(turned, form, ring))
    assert raw.endswith(b"\n")
    assert "\x00" not in raw.decode()


def marked(record: SittingRecord) -> SittingRecord:
    """The record in which every word says how far it may travel."""

    def mark(entry: RecordedEntry) -> RecordedEntry:
        far = f"GOES-{entry.ring}-"
        words = (Wording(text=far, lineage=far),)
        told = tuple(Detail(name=detail.name, text=far) for detail in entry.details)
        return replace(
            entry, text=far, lineage=far, also=words, earlier=words, details=told,
            attribution=f"NAMED-{entry.attribution_scope}-",
        )  # fmt: skip

    return replace(record, entries=tuple(map(mark, record.entries)))


@given(cohorts(), FORM, RING)
def test_words_that_may_not_travel_as_far_are_in_no_byte(
    cohort: tuple[SittingRecord, ...], form: Form, ring: RecordRing
) -> None:
    every = exported(tuple(map(marked, cohort)), form, ring)
    raw = WRITERS[form](every)
    for narrower in RINGS[: RINGS.index(ring)]:
        assert f"GOES-{narrower}-".encode() not in raw
        assert f"NAMED-{narrower}-".encode() not in raw
    if form in ("txt", "csv", "md", "toml") and every.lines:
        assert f"GOES-{every.lines[0].entry.ring}-".encode() in raw
    if form in ("ics", "counts"):
        assert b"GOES" not in raw
    if form not in ("md", "json"):
        assert b"NAMED" not in raw


@given(cohorts(), RING)
def test_a_record_comes_back_out_of_json_as_it_was(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "json", ring)
    reading = record_json.read(record_json.write(every))
    assert reading.problems == ()
    assert reading.record == every.record


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_no_bytes_make_reading_json_raise(raw: bytes) -> None:
    head = b'{"facilitate": "record", "version": 1, "record": {"title": '
    for file in (raw, head + raw, head + raw + b"}}"):
        reading = record_json.read(file)
        assert reading.record is None
        assert reading.problems


@given(cohorts(), RING)
def test_an_agenda_reads_every_line_to_carry_as_it_was(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "toml", ring)
    found = carried(carry_toml.write(every))
    entries = [line.entry for line in every.lines]
    assert [(one.kind, one.text) for one in found] == [(e.kind, e.text) for e in entries]
    assert len({one.id for one in found}) == len(found)
    for one, entry in zip(found, entries, strict=True):
        assert one.id == entry.id or one.id.startswith(f"{entry.id}-")
        assert bool(one.due) == bool(entry.when)


@given(cohorts(), RING)
def test_a_table_tells_every_line_and_no_cell_of_it_is_computed(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "csv", ring)
    rows = cells(register_csv.write(every))
    for row, line in zip(rows, every.lines, strict=True):
        told = dict(zip(register_csv.COLUMNS, row, strict=True))
        assert plainly(told["id"], line.entry.id)
        assert plainly(told["state"], line.entry.state)
        assert line.entry.text in told["text"]
        assert line.entry.lineage in told["lineage"]
        assert not [cell for cell in row if cell.lstrip().startswith(FORMULA)]
    words = exported(cohort, "glossary-csv", ring)
    rows = cells(glossary_csv.write(words))
    assert len(rows) == len(words.lines)
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA)]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_a_table_is_read_back_cell_by_cell(rows: list[tuple[str, str]]) -> None:
    found = cells(table(("one", "two"), rows))
    assert len(found) == len(rows)
    for read, meant in zip(found, rows, strict=True):
        assert all(map(plainly, read, meant))


@given(cohorts(), RING)
def test_a_calendar_has_one_day_for_each_line_that_has_one(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "ics", ring)
    raw = reviews_ics.write(every)
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert not [event for event in events if event.errors]
    assert len({str(event["UID"]) for event in events}) == len(events)
    wanted = sum(1 for line in every.lines if line.entry.when)
    told = "".join(reviews_ics.without_a_day(every))
    assert (len(events) == wanted) == (not told)
    assert raw.count(b"\n") == raw.count(b"\r\n")


@given(cohorts(), RING)
def test_no_words_change_the_structure_of_notes(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "md", ring)
    head, _, page = notes_markdown.write(every).decode()[4:].partition("\n---\n")
    assert yaml.safe_load(head)["ring"] == ring
    assert yaml.safe_load(head)["date"] == every.record.date
    tags = [token.tag for token in tokens(page) if token.type == "heading_open"]
    kinds = {line.entry.kind for line in every.lines}
    assert tags == ["h1", *("h2" for _ in kinds)]
    lines = written(page)
    assert {heading for kind, heading in HEADINGS.items() if kind in kinds} <= set(lines)
    for line in every.lines:
        said = line.entry.text.replace(" = ", ": ", 1)
        assert [one for one in lines if one.endswith((f": {line.entry.text}", f": {said}"))]


@given(cohorts(), RING)
def test_lines_for_a_chat_are_as_many_as_there_are_wordings(
    cohort: tuple[SittingRecord, ...], ring: RecordRing
) -> None:
    every = exported(cohort, "txt", ring)
    said = lines_text.write(every).decode().split("\n")
    wordings = sum(1 + len(line.entry.also) for line in every.lines)
    assert len([one for one in said[1:] if one and one != "No lines."]) == wordings
    for line in every.lines:
        start = f"{line.entry.id} {line.entry.text} ({line.entry.state}"
        assert [one for one in said if one.startswith(start)]
