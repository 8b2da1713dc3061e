"""Copies, forks, redactions, gaps and clocks: what the union of many files says."""

from __future__ import annotations

from zlib import crc32

from facilitate.core.events import Recorded, Undone
from facilitate.core.order import AHEAD_MS
from facilitate.formats.journal_line import FileReading, encode, read_file, redacted
from facilitate.formats.journal_union import History, unite

NOW_MS = 1_700_000_000_000


def recorded(
    n: int, *, writer: str = "aaaaaaaaaa", ms: int = NOW_MS, what: str = ""
) -> Recorded:
    stamp = f"{ms:012x}-0001"
    return Recorded(writer=writer, n=n, stamp=stamp, by="co", event=Undone(event=what))


def file_of(*events: Recorded) -> FileReading:
    return read_file(b"".join(encode(each) for each in events))


def encode_as(what: Recorded, kind: bytes, *, v: int) -> bytes:
    """The line of an event under another kind and version, with a right check sum."""
    body = encode(what)[:-19].replace(b"undone", kind).replace(b'"v":1', b'"v":%d' % v)
    return b'%b,"crc":"%08x"}\n' % (body, crc32(body))


def ids(history: History) -> list[str]:
    return [each.id for each in history.events]


def test_nothing_is_an_empty_history() -> None:
    history = unite([])
    assert history.events == ()
    assert history.report.missing == {}


def test_events_stand_in_the_order_of_stamp_writer_and_n() -> None:
    first = recorded(0, writer="bbbbbbbbbb", ms=NOW_MS)
    second, third = recorded(0, ms=NOW_MS + 2), recorded(1, ms=NOW_MS + 2)
    fourth = recorded(1, writer="bbbbbbbbbb", ms=NOW_MS + 2)
    history = unite([file_of(fourth, first), file_of(third, second)])
    assert history.events == (first, second, third, fourth)


def test_a_copy_of_a_file_changes_nothing_and_is_counted() -> None:
    own = file_of(recorded(0), recorded(1))
    history = unite([own, file_of(recorded(1)), own])
    assert history.events == unite([own]).events
    assert history.report.duplicates == 3
    assert history.report.forks == 0


def test_of_two_lines_for_one_place_the_larger_bytes_win_and_it_is_flagged() -> None:
    small, large = recorded(0, what="a.3"), recorded(0, what="a.4")
    for files in ([small, large], [large, small], [small, large, small]):
        history = unite(file_of(each) for each in files)
        assert history.events == (large,)
        assert history.report.forks == 1


def test_a_redacted_line_wins_over_every_other_and_is_no_fork() -> None:
    small, large = recorded(0, what="a.3"), recorded(0, what="a.4")
    gone = read_file(redacted(encode(small)))
    for files in (
        [gone, file_of(small), file_of(large)],
        [file_of(small), file_of(large), gone],
        [file_of(large), gone, file_of(small)],
    ):
        report = unite(files).report
        assert unite(files).events == ()
        assert (report.redacted, report.forks, report.unknown) == (1, 0, 0)


def test_a_redacted_place_is_no_gap() -> None:
    gone = read_file(redacted(encode(recorded(1))))
    history = unite([gone, file_of(recorded(0), recorded(1), recorded(2))])
    assert ids(history) == ["aaaaaaaaaa.0", "aaaaaaaaaa.2"]
    assert history.report.missing == {}


def test_missing_lines_are_counted_for_each_writer() -> None:
    history = unite(
        [
            file_of(recorded(1), recorded(4)),
            file_of(recorded(0, writer="bbbbbbbbbb")),
            file_of(recorded(2**53 - 1, writer="cccccccccc")),
        ]
    )
    assert history.report.missing == {"aaaaaaaaaa": 3, "cccccccccc": 2**53 - 1}


def test_a_clock_more_than_ten_minutes_ahead_is_read_and_told() -> None:
    exactly = recorded(0, ms=NOW_MS + AHEAD_MS)
    beyond = recorded(0, writer="bbbbbbbbbb", ms=NOW_MS + AHEAD_MS + 1)
    history = unite([file_of(beyond), file_of(exactly)], NOW_MS)
    assert len(history.events) == 2
    assert history.report.ahead == ("bbbbbbbbbb",)
    assert unite([file_of(beyond)]).report.ahead == ()


def test_damage_is_summed_over_the_files() -> None:
    line = encode(recorded(0))
    torn, bad = read_file(line + line[:20]), read_file(b"<html>\n" + line)
    unread = read_file(line.decode().encode("utf-16"))
    report = unite([torn, torn, bad, unread]).report
    assert (report.torn, report.bad, report.refused) == (2, 1, 1)


def test_what_this_version_does_not_know_is_counted_and_fills_its_place() -> None:
    known, later = encode(recorded(0)), encode_as(recorded(1), b"tally.counted", v=2)
    report = unite([read_file(known + later + encode(recorded(2)))]).report
    assert (report.unknown, report.newer, report.missing) == (1, True, {})
    assert (report.duplicates, report.redacted) == (0, 0)


def test_what_was_read_once_is_not_unseen_when_its_file_shrinks() -> None:
    before = file_of(recorded(0), recorded(1))
    for now in (file_of(recorded(0)), FileReading(), read_file(bytes(400))):
        assert unite([before, now]).events == unite([before]).events


def test_three_writers_with_clocks_a_day_apart_agree_in_any_order() -> None:
    day = 86_400_000
    writers = ("aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc")
    own = [
        [recorded(n, writer=w, ms=NOW_MS + shift + n * 1000) for n in range(5)]
        for w, shift in zip(writers, (-day, 0, day), strict=True)
    ]
    whole = [file_of(*events) for events in own]
    cut = [file_of(*events[:2]) for events in own]
    expected = [each.id for events in own for each in events]
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        files = [whole[i] for i in order] + [cut[i] for i in order]
        assert ids(unite(files)) == expected
        assert ids(unite(reversed(files))) == expected
