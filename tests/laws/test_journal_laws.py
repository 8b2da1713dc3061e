"""What holds for every journal: any event survives it, any bytes are read, union is union."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from facilitate.core.captures import Facet, Marks
from facilitate.core.entry_events import EntryEvent
from facilitate.core.events import (
    DayEvent,
    Event,
    FrameEvent,
    PlannedTime,
    PostCopied,
    Recorded,
    Undone,
)
from facilitate.formats.journal_line import encode, id_of, read_file, redacted
from facilitate.formats.journal_union import unite

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ZONES = st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=45))])
LAST_MS = 32_503_600_000_000  # in the year 2999
INSTANTS = st.builds(
    lambda ms, zone: (EPOCH + dt.timedelta(milliseconds=ms)).astimezone(zone),
    st.integers(0, LAST_MS),
    ZONES,
)
ODD_TEXT = st.text() | st.sampled_from(
    ["[/fix] [b", "\n", "\u2028", "🫶🏾", '{"v":1,"w":"', "\0"]
)
WRITERS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10)
STAMPS = st.from_regex(r"[0-9a-f]{12}-[0-9a-f]{4}", fullmatch=True)
PLANNED = st.builds(PlannedTime, segment=ODD_TEXT, start=INSTANTS, end=INSTANTS)
st.register_type_strategy(int, st.integers(-1_000_000, 1_000_000))  # what a line may hold
MARKS = st.builds(
    Marks,
    tags=st.lists(ODD_TEXT, max_size=2).map(tuple),
    facet=st.none() | st.sampled_from(get_args(Facet)),
    owner=ODD_TEXT,
    when=ODD_TEXT,
)
VALUES = {
    dt.datetime: INSTANTS,
    dt.datetime | None: st.none() | INSTANTS,
    tuple[PlannedTime, ...]: st.lists(PLANNED, max_size=3).map(tuple),
    Marks | None: st.none() | MARKS,
    str: ODD_TEXT,
}
EVERY_KIND = [kind for sort in (DayEvent, FrameEvent, EntryEvent) for kind in get_args(sort)]


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {
        field.name: VALUES.get(hints[field.name], st.from_type(hints[field.name]))
        for field in fields(kind)
    }
    return st.builds(kind, **values)


RECORDED = st.builds(
    Recorded,
    writer=WRITERS,
    n=st.integers(0, 2**53 - 1),
    stamp=STAMPS,
    by=ODD_TEXT,
    event=st.sampled_from(EVERY_KIND).flatmap(events),
    base=st.lists(ODD_TEXT, max_size=2).map(tuple),
)

# A few places, filled differently: copies, forks and redactions all occur

SMALL = st.builds(
    Recorded,
    writer=st.sampled_from(["aaaaaaaaaa", "bbbbbbbbbb"]),
    n=st.integers(0, 3),
    stamp=st.sampled_from(["000000000001-0000", "000000000002-0001"]),
    by=st.just("co"),
    event=st.sampled_from([PostCopied(segment="a", post=0), Undone(event="a.0")]),
)
LINES = SMALL.map(encode) | SMALL.map(encode).map(redacted)
FILES = st.lists(st.lists(LINES, max_size=6), max_size=4)


def united(files: list[list[bytes]]) -> tuple[tuple[Recorded, ...], int, int]:
    history = unite(read_file(b"".join(file)) for file in files)
    return history.events, history.report.forks, history.report.redacted


@given(RECORDED)
def test_every_event_comes_back_from_its_line(recorded: Recorded) -> None:
    line = encode(recorded)
    assert line.count(b"\n") == 1
    assert read_file(line).events == (recorded,)
    assert id_of(line) == recorded.id


@given(st.text(st.characters()))
def test_no_text_at_all_stops_the_writing(text: str) -> None:
    copied = PostCopied(segment=text, post=0)
    line = encode(Recorded(writer="a", n=0, stamp="000000000000-0000", by=text, event=copied))
    assert len(read_file(line).events) == 1


@given(RECORDED)
def test_a_redaction_holds_nothing_but_the_place(recorded: Recorded) -> None:
    gone = redacted(encode(recorded))
    assert id_of(gone) == recorded.id
    (kept,) = read_file(gone).kept
    assert (kept.redacted, kept.stamp) == (True, recorded.stamp)
    assert len(gone) < 150


SOUP = st.lists(
    st.binary()
    | LINES
    | LINES.flatmap(lambda line: st.integers(0, len(line)).map(lambda cut: line[:cut]))
    | st.sampled_from([b"\n", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b'{"v":1,"w":"']),
    max_size=12,
)


@given(SOUP)
def test_any_bytes_are_read_and_united(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    reading = read_file(raw)
    assert all(line in raw for line in reading.lines)
    history = unite([reading], 0)
    assert len(history.events) <= len(reading.events)


@given(SOUP, SMALL)
def test_a_whole_line_is_found_after_any_bytes(pieces: list[bytes], recorded: Recorded) -> None:
    raw = b"".join(pieces) + b"\n" + encode(recorded)
    assert recorded in read_file(raw).events


@given(SOUP)
def test_any_bytes_can_be_looked_through_for_an_id(pieces: list[bytes]) -> None:
    for line in b"".join(pieces).split(b"\n"):
        if (found := id_of(line)) is not None:
            assert id_of(redacted(line)) == found


@given(FILES)
def test_union_with_itself_is_itself(files: list[list[bytes]]) -> None:
    assert united(files + files) == united(files)


@given(FILES, st.randoms())
def test_union_is_the_same_in_any_order(files: list[list[bytes]], random: Any) -> None:
    shuffled = [random.sample(file, len(file)) for file in files]
    random.shuffle(shuffled)
    assert united(shuffled) == united(files)


@given(FILES, st.integers(0, 24))
def test_union_is_the_same_however_lines_are_spread_over_files(
    files: list[list[bytes]], cut: int
) -> None:
    lines = [line for file in files for line in file]
    assert united([lines[:cut], lines[cut:]]) == united(files)
