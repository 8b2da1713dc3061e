"""Files as editors, sync clients and power cuts leave them: what is whole is read."""

from __future__ import annotations

import pytest

from facilitate.core.entry_events import EntryAdded
from facilitate.core.events import Recorded
from facilitate.formats.journal_line import FileReading, encode, read_file

TEXTS = (
    "we borrow calm",
    "",
    "co-régulation — “borrow” 関係 🫶🏾",
    '[/fix] {"v":1,"w":"aaaaaaaaaa"',
    "x" * 300,
    "one\ntwo\u2028three",
)


def event(n: int, text: str) -> Recorded:
    added = EntryAdded(number=n + 1, kind="term", ring="cohort", segment=None, text=text)
    return Recorded(
        writer="k3v9q0x2mf", n=n, stamp=f"018c3f2a7b10-{n:04x}", by="co", event=added
    )


EVENTS = tuple(event(n, text) for n, text in enumerate(TEXTS))
LINES = tuple(encode(each) for each in EVENTS)
RAW = b"".join(LINES)
LAST = len(LINES)


@pytest.mark.parametrize(
    ("case", "raw", "bad", "torn"),
    [
        ("as written", RAW, (), 0),
        ("empty lines", RAW.replace(b"\n", b"\n\n"), (), 0),
        ("CRLF", RAW.replace(b"\n", b"\r\n"), (), 0),
        ("a byte order mark", b"\xef\xbb\xbf" + RAW, (), 0),
        ("a byte order mark and CRLF", b"\xef\xbb\xbf" + RAW.replace(b"\n", b"\r\n"), (), 0),
        ("no last line end", RAW[:-1], (), 0),
        ("CR for the last line end", RAW[:-1] + b"\r", (), 0),
        ("NULs for the last line end", RAW[:-1] + bytes(4096), (), 0),
        ("NULs at the end", RAW + bytes(4096), (), 1),
        ("NULs in front", bytes(512) + RAW, (), 0),
        ("a line of NULs inside", LINES[0] + bytes(40) + b"\n" + b"".join(LINES[1:]), (2,), 0),
        ("a torn last line", RAW + LINES[0][:50], (), 1),
        ("a page in front", b"<html>\n<h1>Sign in</h1>\n</html>\n" + RAW, (1, 2, 3), 0),
        ("foreign text run into a line", b"<html>403</html>" + RAW, (1,), 0),
        ("a torn line run into a line", LINES[2][:-30] + RAW, (1,), 0),
        ("a line end lost", RAW.replace(b"\n", b"", 1), (1,), 0),
        ("all line ends lost", RAW.replace(b"\n", b""), (), 1),
        ("CR for every line end", RAW.replace(b"\n", b"\r"), (), 1),
        ("what looks like UTF-16 in front", b"\xff\xfe\n" + RAW, (1,), 0),
        ("a foreign line inside", LINES[0] + b"??\n" + b"".join(LINES[1:]), (2,), 0),
    ],
)
def test_every_line_is_read_from(
    case: str, raw: bytes, bad: tuple[int, ...], torn: int
) -> None:
    assert read_file(raw) == FileReading(
        events=EVENTS, lines=tuple(line[:-1] for line in LINES), bad=bad, torn=torn
    )


def test_a_doubled_file_is_read_as_two_copies() -> None:
    assert read_file(RAW + RAW).events == EVENTS * 2


def test_a_reversed_file_is_read_as_it_stands() -> None:
    assert read_file(b"".join(reversed(LINES))).events == tuple(reversed(EVENTS))


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_saved_as_utf16_is_refused_and_not_counted_as_damage(code: str) -> None:
    assert read_file(RAW.decode().encode(code)) == FileReading(refused=True)


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n\r\n", b"  \t\n"])
def test_a_file_of_nothing_is_nothing(raw: bytes) -> None:
    assert read_file(raw) == FileReading()


def test_a_file_of_nuls_is_one_torn_line() -> None:
    assert read_file(bytes(len(RAW))) == FileReading(torn=1)


def test_a_file_cut_at_any_byte_keeps_every_line_before_the_cut() -> None:
    ends = [len(b"".join(LINES[: n + 1])) - 1 for n in range(LAST)]
    for cut in range(len(RAW) + 1):
        reading = read_file(RAW[:cut])
        whole = sum(end <= cut for end in ends)
        assert reading.events == EVENTS[:whole], cut
        finished = cut in (0, *ends) or cut - 1 in ends
        assert (reading.torn, reading.bad) == (0 if finished else 1, ()), cut


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF, None])
def test_one_changed_byte_costs_at_most_the_line_it_is_in(mask: int | None) -> None:
    """The byte is changed by a mask, or becomes a line end where that is None."""
    start = 0
    for number, line in enumerate(LINES):
        others = EVENTS[:number] + EVENTS[number + 1 :]
        for place in range(start, start + len(line)):
            byte = ord("\n") if mask is None else RAW[place] ^ mask
            if byte == RAW[place]:
                continue
            reading = read_file(RAW[:place] + bytes([byte]) + RAW[place + 1 :])
            assert reading.events in (others, EVENTS), place
            assert reading.events == EVENTS or reading.bad or reading.torn, place
            assert reading.kept == ()
        start += len(line)
