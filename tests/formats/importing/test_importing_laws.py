"""What holds of every file: nothing goes in silence, and nothing ends in a fault."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import fields, replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.importing.imported import DATA, ZONE, draft, errors, table, words

from facilitate.core.capture_line import clean
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.draft import Draft, Wanted
from facilitate.formats.importing.headings import known
from facilitate.formats.importing.kinds import kind_of
from facilitate.formats.importing.reading import read
from facilitate.formats.importing.sheet import words_of
from facilitate.formats.importing.time_texts import clock_of, length_of, span_of
from facilitate.formats.slugs import slug
from facilitate.formats.toml_reading import Unreadable

HEADINGS = [
    "Start", "End", "Length", "Title", "Type", "Who", "Notes", "Purpose", "Say", "Post 1",
    "Post 2", "Material", "Objectives", "lead role", "with roles", "At least", "At most",
    "Date", "If short", "Colour", "Cue", "Skip", "Timer Type", "End Action", "",
]  # fmt: skip
TOLD = st.sampled_from(
    [
        "9:00", "9:10", "9:25 AM", "1:00", "12:30 pm", "9:00-9:10", "10", "25m", "0", "0:25",
        "1h5m", "0.375", "Break", "Lunch", "dialogue", "grounding", "Plenary", "Facilitator A",
        "Mo & Lee", "group-start", "group-end", "milestone", "skip-import", "count-down",
        "TRUE", "FALSE", "x", "[b]x[/b]", "a|b", "=1+1", "'=1", "2027-04-13", "{back_at}",
        "{nothing}", "back at 10:30", "Total", "End", "-", "one\ntwo", "\u05d0\u05d1",
        "\x1b[1m",
    ]
)  # fmt: skip
CELL = st.just("") | TOLD | st.text(max_size=8)
SHEETS = st.tuples(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8),
    st.lists(st.lists(CELL, max_size=8), max_size=7),
)


def came_to(headings: list[str], rows: list[list[str]]) -> Draft | None:
    """What a table comes to; None when it was refused."""
    try:
        return draft(table(headings, *rows))
    except Unreadable:
        return None


@given(SHEETS)
def test_every_cell_is_in_the_agenda_or_named_among_what_was_left_out(
    sheet: tuple[list[str], list[list[str]]],
) -> None:
    headings, rows = sheet
    found = came_to(headings, rows)
    if found is None:
        return
    lines = _lines(headings, rows)
    named = _named(found)
    for number, cells in lines:
        for place, cell in enumerate(cells):
            text = words_of(cell)
            heading = headings[place] if place < len(headings) else ""
            is_named = number in named.get(f'"{heading or _column(place)}"', ())
            if text and not is_named and number not in named.get("", ()):
                assert _is_in(found, heading, text), (heading, text, named)


def _column(place: int) -> str:
    return f"column {'ABCDEFGHIJ'[place]}"


def _lines(headings: list[str], rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows with the numbers of their first lines."""
    at, found = 1 + _height(headings), []
    for row in rows:
        found.append((at, row))
        at += _height(row)
    return found


def _height(row: list[str]) -> int:
    text = table(row).decode()
    return len(re.findall("\r\n|\n|\r", text))


def _named(found: Draft) -> dict[str, set[int]]:
    """The rows in which something was left out, by its column; whole rows under nothing."""
    named: dict[str, set[int]] = {}
    for one in found.left_out:
        named.setdefault(one.what if one.is_column else "", set()).update(one.rows)
    return named


def _is_in(found: Draft, heading: str, text: str) -> bool:
    """Whether what a cell says is what the agenda says."""
    agenda, text = found.agenda, text.removeprefix("'") if text[1:2] in "=+-@" else text
    lengths = {one.minutes for one in agenda.segments}
    match known(heading):
        case "start":
            starts = [clock for clock in (clock_of(text), *(span_of(text) or ())) if clock]
            return any(round(one.minutes) % 720 in _starts(found) for one in starts)
        case "end":
            clock = clock_of(text)
            return clock is not None and round(clock.minutes) % 720 in _starts(found)
        case "length":
            length = length_of(text)
            return length is not None and (length == 0 or int(length + 0.5) in lengths | {1})
        case "kind":
            return kind_of(clean(text)).kind in {one.kind for one in agenda.segments}
        case "role" | "roles" | "who" | "serves":
            pieces = list(filter(None, re.split(r"[^\w]+", clean(text))))
            said = words(found)
            all_in = all(piece in said or slug(piece) in said for piece in pieces)
            return bool(pieces or clean(text) in said) and all_in
        case "at least" | "at most":
            length = length_of(text)
            gives = {n for one in agenda.segments for n in (one.at_least, one.at_most)}
            return length is not None and round(length) in gives
        case "skip" | "row type":
            return True  # what they say is whether a row is a part, and what sort of row
        case "date":
            return text.startswith(str(agenda.date))
        case _:
            return clean(text) in words(found)


def _starts(found: Draft) -> set[int]:
    """When parts begin and end, in minutes since noon or midnight."""
    at = found.agenda.start.hour * 60 + found.agenda.start.minute
    starts = {at % 720}
    for one in found.agenda.segments:
        at += one.minutes
        starts.add(at % 720)
    remarks = (clock_of(one.text.split(" ")[0]) for one in found.remarks)
    return starts | {round(one.minutes) % 720 for one in remarks if one is not None}


@given(SHEETS)
def test_every_file_that_is_written_is_a_sound_agenda(
    sheet: tuple[list[str], list[list[str]]],
) -> None:
    found = came_to(*sheet)
    if found is not None:
        assert {one.code for one in errors(found)} <= {"stretch"}


@given(SHEETS)
def test_what_was_shown_first_is_what_the_file_says(
    sheet: tuple[list[str], list[list[str]]],
) -> None:
    found = came_to(*sheet)
    if found is not None:
        reading = read_agenda(agenda_file(found, "day.csv"), "new.toml")
        assert reading.agenda is not None
        assert reading.agenda.segments == _as_read(found)
        assert reading.agenda.team == found.agenda.team


def _as_read(found: Draft) -> tuple[Any, ...]:
    """The parts with the line end that a text of several lines has in a file."""

    def whole(one: Any) -> Any:
        texts = {
            field.name: f"{value}\n"
            for field in fields(one)
            if isinstance(value := getattr(one, field.name), str) and "\n" in value
        }
        return replace(one, **texts)

    return tuple(map(whole, found.agenda.segments))


# Files that are none, or not any more


def _workbook() -> bytes:
    made = openpyxl.Workbook()
    for row in (("Start", "Min", "Title"), ("9:00", 10, "A"), ("9:10", 0.01, "B")):
        made.active.append(row)
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


SAMPLES = {
    **{path.name: path.read_bytes() for path in sorted(DATA.iterdir())},
    "day.xlsx": _workbook(),
}


def take(raw: bytes, name: str) -> None:
    """Read a file; whatever it is, it comes to an agenda or to a friendly word."""
    try:
        found = read(raw, name, Wanted(timezone=ZONE), "day")
    except Unreadable as refused:
        told = str(refused)
    else:
        told = agenda_file(found, name).decode()
    assert "Traceback" not in told
    assert len(told) > len(name) + 10


@pytest.mark.parametrize("name", SAMPLES)
def test_no_damage_to_a_sample_ends_in_a_fault(name: str) -> None:
    chance = random.Random(name)
    raw = SAMPLES[name]
    for _ in range(60 if name.endswith("xlsx") else 250):
        take(_damaged(raw, chance), name)


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                found[at:at] = chance.choice(
                    [b'"', b",", b"\n", b"|", b"\0", b"\r", b"{", b"]"]
                )
            case 2:
                del found[at : at + chance.randrange(1, 30)]
            case 3:
                other = chance.randrange(len(found) + 1)
                found[at:at] = found[other : other + 20]
            case _:
                del found[max(at, 4) :]
        if not found:
            found += b"x"
    return bytes(found)


@given(
    st.binary(max_size=300), st.sampled_from(["", "PK\x03\x04", "{", "|a|\n|-|\n", "sep=;\n"])
)
def test_no_bytes_end_in_a_fault(raw: bytes, begins: str) -> None:
    take(begins.encode() + raw, "day.csv")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["rundowns", "rundown", "order", "entries", "type", "title", "timeStart", "a"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON, JSON)
def test_no_project_ends_in_a_fault(entry: object, about: object) -> None:
    entries = {"a": entry, "b": {"type": "event", "title": about, "duration": entry}}
    rundown = {"order": ["a", "b", entry], "entries": entries, "title": about}
    for whole in (entry, {"rundowns": {"x": rundown}, "project": about}, {"rundown": [entry]}):
        take(json.dumps(whole).encode(), "day.json")
