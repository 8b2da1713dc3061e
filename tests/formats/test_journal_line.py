"""One line of a journal: written as documented, read back equal, in ten years as well."""

from __future__ import annotations

import datetime as dt
import gc
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args
from zlib import crc32

import pytest

from facilitate.core import entry_events as lines
from facilitate.core import events as ev
from facilitate.core.agenda import Agenda, Breakout, Round, Segment
from facilitate.core.captures import Detail, Marks
from facilitate.core.events import Recorded
from facilitate.formats import journal_line
from facilitate.formats.journal_line import KINDS, encode, id_of, read_file, redacted

AT = dt.datetime(2026, 11, 22, 0, 31, 19, 123000, tzinfo=dt.UTC)
WRITER = "k3v9q0x2mf"


def recorded(event: ev.Event, n: int = 0, base: tuple[str, ...] = ()) -> Recorded:
    stamp = f"018c3f2a7b10-{n:04x}"
    return Recorded(writer=WRITER, n=n, stamp=stamp, by="co", event=event, base=base)


def sealed(body: str) -> bytes:
    """A line with the check sum that belongs to it; `body` lacks the last brace."""
    raw = body.encode()
    return b'%b,"crc":"%08x"}\n' % (raw, crc32(raw))


def line_of(kind: str, data: str, *, v: int = 1, w: str = WRITER, n: str = "0") -> bytes:
    return sealed(
        f'{{"v":{v},"w":"{w}","n":{n},"t":"018c3f2a7b10-0000","k":"{kind}","by":"co","d":{data}'
    )


ADDED = lines.EntryAdded(
    number=12, kind="term", ring="cohort", segment="arrive", text="Borrowed calm"
)


# The line


def test_a_line_is_written_as_documented() -> None:
    line = encode(recorded(ADDED, n=17, base=(f"{WRITER}.3",)))
    assert line == (
        b'{"v":1,"w":"k3v9q0x2mf","n":17,"t":"018c3f2a7b10-0011","k":"entry.added","by":"co",'
        b'"base":["k3v9q0x2mf.3"],"d":{"number":12,"kind":"term","ring":"cohort",'
        b'"segment":"arrive","text":"Borrowed calm","lineage":"","marks":null,"origin":"ours",'
        b'"belongs_with":null},"crc":"dc2df7da"}\n'
    )
    assert read_file(line).events == (recorded(ADDED, n=17, base=(f"{WRITER}.3",)),)


def test_every_event_has_one_name_on_disk() -> None:
    unions = (ev.DayEvent, ev.FrameEvent, lines.EntryEvent)
    every = [kind for union in unions for kind in get_args(union)]
    assert set(KINDS.values()) == set(every)
    assert len(KINDS) == len(every)


def test_a_time_is_written_in_utc_and_cut_to_milliseconds() -> None:
    zone = dt.timezone(dt.timedelta(hours=-5))
    at = dt.datetime(2026, 11, 21, 19, 31, 19, 123999, tzinfo=zone)
    line = encode(recorded(ev.PauseEnded(at=at)))
    assert b'"d":{"at":"2026-11-22T00:31:19.123Z"}' in line
    assert read_file(line).events == (recorded(ev.PauseEnded(at=AT)),)


def test_a_time_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        encode(recorded(ev.PauseEnded(at=AT.replace(tzinfo=None))))


@pytest.mark.parametrize(
    "text",
    [
        "[/fix] [b",
        'a "b" \\ {c}',
        "one\n\ntwo\r",
        "\u2028\u2029\x85",
        "🫶🏾 関係",
        "\0\x1b[31m",
        "",
    ],
)
def test_odd_text_comes_back_as_it_was_on_one_line(text: str) -> None:
    event = replace(ADDED, text=text)
    line = encode(recorded(event))
    assert line.count(b"\n") == 1
    assert read_file(line).events == (recorded(event),)


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    line = encode(recorded(replace(ADDED, text="a\ud800b \ud83e\udef6")))
    (event,) = (each.event for each in read_file(line).events)
    assert event == replace(ADDED, text="a\ufffdb 🫶")


def test_writing_needs_no_pydantic() -> None:
    program = (
        "import sys\n"
        "from facilitate.core.events import Recorded, Undone\n"
        "from facilitate.formats.journal_line import encode\n"
        "encode(Recorded(writer='w', n=0, stamp='', by='', event=Undone(event='w.1')))\n"
        "assert 'pydantic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text()


def test_the_page_names_every_kind_and_its_example_is_read() -> None:
    assert set(re.findall(r"`([a-z_.]+)`", PAGE)) >= {*KINDS, "redacted"}
    (example,) = re.findall(r'^\{"v":.*$', PAGE, re.MULTILINE)
    assert [each.id for each in read_file(example.encode()).events] == [f"{WRITER}.11"]


# What another version wrote


def test_a_field_of_a_later_version_is_passed_over() -> None:
    line = line_of("entry.read_back", '{"entry":"k3v9q0x2mf.1","later":[{"a":1}]}')
    assert read_file(line).events == (recorded(lines.EntryReadBack(entry="k3v9q0x2mf.1")),)


def test_a_field_of_the_line_itself_is_passed_over() -> None:
    body = encode(recorded(ADDED)).decode().rpartition(',"crc"')[0]
    assert read_file(sealed(body + ',"later":[1]')).events == (recorded(ADDED),)


def test_a_field_inside_the_agenda_of_a_later_version_is_passed_over() -> None:
    segment = Segment(id="a", title="Arrive", kind="arrival", minutes=5)
    agenda = Agenda(
        id="day",
        title="Day",
        start=dt.time(9),
        timezone="UTC",
        minutes=5,
        place="online",
        segments=(segment,),
    )
    opened = ev.RunOpened(sitting="s", device="calm lake", app="1", agenda=agenda)
    data = json.loads(encode(recorded(opened)))["d"]
    data["agenda"]["segments"][0]["mood"] = "bright"
    assert read_file(line_of("run.opened", json.dumps(data))).events == (recorded(opened),)


def test_a_field_that_an_earlier_version_did_not_have_takes_its_default() -> None:
    added = (
        '{"number":12,"kind":"term","ring":"cohort","segment":"arrive","text":"Borrowed calm"}'
    )
    assert read_file(line_of("entry.added", added)).events == (recorded(ADDED),)
    raised = '{"entry":"a.1","ring":"team","text":"Borrowed calm"}'
    (event,) = (each.event for each in read_file(line_of("entry.raised", raised)).events)
    assert event == lines.EntryRaised(entry="a.1", ring="team", text="Borrowed calm")
    assert isinstance(event, lines.EntryRaised)
    assert (event.marks, event.checked) == (None, False)


@pytest.mark.parametrize(
    "line",
    [
        line_of("tally.counted", '{"up":3}'),
        line_of("pause.started", '{"kind":"weather","at":"2026-11-22T00:31:19.123Z"}'),
        line_of("pause.ended", '{"at":"2026-11-22T00:31:19.123"}'),
        line_of("pause.ended", '{"at":"2026-11-22T01:31:19.123+01:00"}'),
        line_of("record.written", '{"revision":true}'),
        line_of("record.written", '{"revision":"1"}'),
        line_of("record.written", "{}"),
        line_of("record.written", "[]"),
    ],
)
def test_what_this_version_does_not_understand_is_kept_as_it_is(line: bytes) -> None:
    reading = read_file(encode(recorded(ADDED, n=1)) + line)
    assert reading.events == (recorded(ADDED, n=1),)
    (kept,) = reading.kept
    assert (kept.writer, kept.n, kept.stamp) == (WRITER, 0, "018c3f2a7b10-0000")
    assert kept.line == line[:-1]
    assert not kept.redacted
    assert (reading.bad, reading.torn, reading.newer) == ((), 0, False)


def test_a_newer_major_version_is_kept_and_told() -> None:
    reading = read_file(line_of("entry.read_back", '{"entry":"k3v9q0x2mf.1"}', v=2))
    assert reading.newer
    assert reading.events == ()
    assert len(reading.kept) == 1


@pytest.mark.parametrize(
    "line",
    [
        line_of("undone", '{"event":"a.1"}', w="../../etc"),
        line_of("undone", '{"event":"a.1"}', w=""),
        line_of("undone", '{"event":"a.1"}', n="-1"),
        line_of("undone", '{"event":"a.1"}', n="1.5"),
        line_of("undone", '{"event":"a.1"}', n="true"),
        line_of("undone", '{"event":"a.1"}', n="9" * 400),
        line_of("undone", '{"event":"a.1"}', v=0),
        sealed('{"v":1'),
        sealed('{"v":1,"w":"a","n":0,"t":"later","k":"undone","by":"","d":{"event":"a.1"}'),
        sealed("[["),
        sealed('{"v":1,"w":' + "[" * 5_000),
        sealed(""),
    ],
)
def test_a_line_that_says_no_place_of_its_own_is_bad(line: bytes) -> None:
    reading = read_file(encode(recorded(ADDED)) + line + encode(recorded(ADDED, n=1)))
    assert [each.n for each in reading.events] == [0, 1]
    assert reading.kept == ()
    assert reading.bad == (2,)


def test_a_line_of_two_values_is_bad_and_moves_no_other_line() -> None:
    first = encode(recorded(ADDED))[:-1].decode()
    two = sealed(f'{first},{{"v":1')
    read = read_file(two + encode(recorded(ADDED, n=1)))
    assert [(each.n, json.loads(line)["n"]) for each, line in _pairs(read)] == [(1, 1)]
    assert read.bad == (1,)


def _pairs(reading: journal_line.FileReading) -> list[tuple[Recorded, bytes]]:
    return list(zip(reading.events, reading.lines, strict=True))


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    read_file(b"")
    assert gc.isenabled()
    gc.disable()
    try:
        read_file(b"")
        assert not gc.isenabled()
    finally:
        gc.enable()


# Taking words back


def test_a_redaction_keeps_the_place_and_nothing_else() -> None:
    line = encode(recorded(ADDED, n=17, base=(f"{WRITER}.3",)))
    gone = redacted(line)
    assert gone == (
        b'{"v":1,"w":"k3v9q0x2mf","n":17,"t":"018c3f2a7b10-0011","k":"redacted","by":"","d":{},'
        b'"crc":"befcc3fe"}\n'
    )
    (kept,) = read_file(gone).kept
    assert kept.redacted
    assert redacted(gone) == gone


def test_the_id_of_a_line_is_told_with_any_line_end() -> None:
    line = encode(recorded(ADDED, n=17))
    for seen in (line, line[:-1], line[:-1] + b"\r\n", b"\xef\xbb\xbf" + line, b"\0" + line):
        assert id_of(seen) == f"{WRITER}.17"


def test_a_torn_line_is_redacted_as_far_as_its_place_is_legible() -> None:
    line = encode(recorded(ADDED, n=17))
    whole = redacted(line)
    assert redacted(line[:80]) == whole
    begun = line[: line.index(b',"t"') + 1]
    assert id_of(begun) == f"{WRITER}.17"
    assert b'"t":"000000000000-0000"' in redacted(begun)
    assert read_file(redacted(begun)).kept[0].redacted
    assert id_of(begun[:-2]) is None  # 17 may have been 170


def test_a_line_in_another_order_can_be_redacted_too() -> None:
    line = sealed('{"n":4,"t":"018c3f2a7b10-0000","w":"abc","v":1,"k":"later","d":"words"')
    assert id_of(line) == "abc.4"
    assert b"words" not in redacted(line)


def test_what_is_no_line_cannot_be_redacted() -> None:
    assert id_of(b"<html>") is None
    assert id_of(b"") is None
    with pytest.raises(ValueError, match="not a line"):
        redacted(b"<html>")


# The golden journal of version 1: never edited once it is released


GOLDEN = Path(__file__).parents[1] / "data" / "journal" / "version-1.jsonl"


def golden_agenda() -> Agenda:
    breakout = Breakout(group_size="3-4", rounds=(Round(minutes=4, ask="What helps?"),))
    segments = (
        Segment(id="arrive", title="Arrive", kind="arrival", minutes=10, chat=("Hello [all]",)),
        Segment(
            id="pairs",
            title="Pairs",
            kind="breakout",
            minutes=25,
            at_least=15,
            starts_by=dt.time(9, 30),
            with_=("care",),
            capture=("term",),
            breakout=breakout,
        ),
    )
    return Agenda(
        id="circle",
        title="Circle",
        start=dt.time(9),
        timezone="America/New_York",
        minutes=35,
        place="online",
        segments=segments,
        number=3,
    )


def golden_song() -> Segment:
    return Segment(id="added-1", title="Song", kind="dialogue", minutes=5)


FIRST, TAKEN_BACK, LINE, TEST = (f"{WRITER}.{n}" for n in (21, 25, 34, 41))
LATER = AT + dt.timedelta(minutes=7)


def golden() -> tuple[Recorded, ...]:
    """Every kind of event, as it was first written and where it grew as it is now."""
    return tuple(
        recorded(event, n, base=(event.entry,) if isinstance(event, REWORDED) else ())
        for n, event in enumerate((*first_golden(), *grown_golden()))
    )


REWORDED = lines.EntryReworded


def first_golden() -> tuple[ev.Event, ...]:
    """What the first program wrote."""
    later, first, taken_back = LATER, FIRST, TAKEN_BACK
    return (
        ev.RunOpened(
            sitting="2026-11-22-circle-7q2m",
            device="calm lake",
            app="0.1.0",
            agenda=golden_agenda(),
            date=dt.date(2026, 11, 22),
            cohort="circle",
            numbers_from=12,
        ),
        ev.PreparationTicked(item=2, done=True),
        ev.PlanMoved(start=AT),
        ev.SegmentStarted(segment="pairs", from_="arrive", at=AT, leaves="interrupted"),
        ev.SegmentExtended(segment="pairs", minutes=5, payer="from:arrive", at=AT),
        ev.FitApplied(allotments=(ev.Allotment(segment="pairs", minutes=20),), at=AT),
        ev.SegmentSkipped(segment="pairs", at=AT),
        ev.SegmentRestored(segment="pairs", at=later),
        ev.SegmentInserted(segment=golden_song(), after="pairs", at=AT),
        ev.PlanReordered(segment="pairs", before="arrive", at=AT),
        ev.PlanAdopted(times=(ev.PlannedTime(segment="pairs", start=AT, end=later),), at=later),
        ev.OvertimeGranted(minutes=10, at=AT),
        ev.DoorsOpened(at=AT),
        ev.RoomsOpened(segment="pairs", at=AT),
        ev.RoomsClosed(segment="pairs", at=later),
        ev.BroadcastCopied(segment="pairs", cue="last_call"),
        ev.PauseStarted(kind="care", at=AT),
        ev.PauseEnded(at=later),
        ev.ClockGap(since=AT, until=later),
        ev.GapAnswered(answer="moved on", segment="pairs", at=later),
        ev.PostCopied(segment="arrive", post=0),
        ADDED,
        lines.EntryReworded(
            entry=first, text="Calm we lend", lineage="the circle of elders 关系"
        ),
        lines.EntryReadBack(entry=first),
        lines.EntryWithdrawn(entry=first),
        lines.EntryTakenBack(entry=first),
        lines.EntryRaised(
            entry=first, ring="team", text="Calm we lend 🫶🏾 — “关系”\nand keep"
        ),
        lines.EntryLetGo(entry=first),
        lines.WordsKeptApart(entry=first, of=first, text="Only here", lineage=""),
        ev.Undone(event=taken_back),
        ev.SittingClosed(at=later),
        ev.RecordWritten(revision=1),
    )


def grown_golden() -> tuple[ev.Event, ...]:
    """What lines live through since they live whole lives."""
    marks = Marks(tags=("policy", "first visit"), facet="policy", owner="care", when="+6w")
    told = (Detail(name="looks_like", text="We say: “one at a time”"),)
    return (
        lines.NoteKeepingAgreed(keeps=True),
        lines.CareHeld(holder="care", follow_up=True),
        lines.EntryAdded(
            number=13,
            kind="agreement",
            ring="cohort",
            segment="pairs",
            text="One mic, 一人ずつ",
            lineage="the circle of elders",
            marks=marks,
            origin="offered",
            belongs_with=FIRST,
        ),
        lines.EntryTakenUp(
            sitting="2026-09-12-circle-3ab9",
            number=4,
            kind="agreement",
            ring="team",
            state="in force",
            text="Stories stay",
            lineage="the first circle",
            marks=marks,
            origin="carried",
            details=told,
            adopted_round=2,
            adopted_on=dt.date(2026, 9, 12),
        ),
        lines.EntryReworded(entry=LINE, text="One mic, one voice", small=True),
        lines.RewordingWasSmall(entry=LINE),
        lines.EntryHeardAgain(entry=LINE),
        lines.EntryMoved(entry=FIRST, state="merged", into=LINE),
        lines.EntryMoved(entry=LINE, state="open"),
        lines.EntryTested(
            entry=LINE,
            version=LINE,
            round=2,
            method="thumbs",
            labels=("up", "to the side", "down"),
            keys=("u", "s", "d"),
            hear=2,
        ),
        lines.EntryAdopted(entry=LINE, version=LINE, round=2, on=dt.date(2026, 11, 22)),
        lines.EntryReaffirmed(entry="2026-09-12-circle-3ab9:A4"),
        lines.EntryDescribed(entry=LINE, name="looks_like", text="Hands, then words"),
        lines.EntryScheduled(entry=LINE, when="part2"),
        lines.AttributionAsked(entry=LINE, form="initials"),
        lines.EntryAttributed(entry=LINE, form="initials", text="M. K.", scope="cohort"),
        lines.AttributionWithdrawn(entry=LINE),
        lines.EntryRaised(entry=LINE, ring="team", text="One mic", marks=marks, checked=True),
        lines.EntryLowered(entry=LINE, number=13, ring="sitting"),
        lines.WordsKeptApart(entry=LINE, of=LINE, text="Only here", lineage="us", marks=marks),
        lines.VotesTaken(
            entry=LINE, test=TEST, counts=(9, 3, 0), passes=1, present=14, no_objection=False
        ),
        lines.ConcernNoted(entry=LINE, test=TEST, kind="objection", text="Not by phone"),
    )


GREW = {lines.EntryAdded, lines.EntryReworded, lines.EntryRaised, lines.WordsKeptApart}
"""Kinds that have more fields than the first program wrote."""


def test_the_golden_journal_holds_every_kind() -> None:
    first, grown = list(map(type, first_golden())), list(map(type, grown_golden()))
    assert set(first + grown) == set(KINDS.values())
    assert [kind for kind in KINDS.values() if kind in first] == first
    assert set(grown) & set(first) == GREW


def test_the_golden_journal_is_read() -> None:
    reading = read_file(GOLDEN.read_bytes())
    assert reading.events == golden()
    assert (reading.kept, reading.bad, reading.torn) == ((), (), 0)


def test_the_golden_journal_is_written() -> None:
    written = GOLDEN.read_bytes().splitlines(keepends=True)
    first = len(first_golden())
    for each, line in zip(golden(), written, strict=True):
        grew = each.n < first and type(each.event) in GREW
        assert grew or encode(each) == line


def test_what_the_first_program_wrote_is_written_with_more_and_means_the_same() -> None:
    for line in GOLDEN.read_bytes().splitlines()[: len(first_golden())]:
        (each,) = read_file(line).events
        before, now = json.loads(line), json.loads(encode(each))
        assert before["d"].items() <= now["d"].items()
        assert not any(now["d"][name] for name in now["d"].keys() - before["d"] - {"origin"})


@pytest.mark.parametrize(
    "event",
    [
        ev.OvertimeGranted(minutes=10**12, at=AT),
        ev.PlanMoved(start=AT.replace(year=9999)),
        ev.PauseStarted(kind="care", at=AT.replace(year=1900)),
    ],
)
def test_a_line_with_more_than_any_clock_can_hold_is_left_out(event: ev.Event) -> None:
    line = encode(
        Recorded(writer=WRITER, n=0, stamp="000000000000-0000", by="lead", event=event)
    )
    reading = read_file(line)
    assert reading.events == ()
    assert len(reading.kept) + len(reading.bad) == 1
