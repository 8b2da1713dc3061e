"""One line of a journal and one file of them, from bytes and to bytes; see docs/journal.md.

A line is `{"v":1,"w":..,"n":..,"t":..,"k":..,"by":..,["base":[..],]"d":{..},"crc":"89abcdef"}`.
The check sum is found by its place at the end and looked at before anything is parsed.
Nothing here raises for what it reads: damage is counted and reading goes on.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from facilitate.core import entry_events, events
from facilitate.core.events import Event, Recorded
from facilitate.core.values import dataclass

if TYPE_CHECKING:
    from facilitate.formats.journal_shapes import Shapes

VERSION = 1
"""The major version of a line; a line of a higher one is kept and not understood."""

REDACTED = "redacted"
"""The kind of a line whose words were taken away."""

KINDS: Mapping[str, type[Event]] = {
    "run.opened": events.RunOpened,
    "preparation.ticked": events.PreparationTicked,
    "plan.moved": events.PlanMoved,
    "segment.started": events.SegmentStarted,
    "segment.extended": events.SegmentExtended,
    "fit.applied": events.FitApplied,
    "segment.skipped": events.SegmentSkipped,
    "segment.restored": events.SegmentRestored,
    "segment.inserted": events.SegmentInserted,
    "plan.reordered": events.PlanReordered,
    "plan.adopted": events.PlanAdopted,
    "overtime.granted": events.OvertimeGranted,
    "doors.opened": events.DoorsOpened,
    "rooms.opened": events.RoomsOpened,
    "rooms.closed": events.RoomsClosed,
    "broadcast.copied": events.BroadcastCopied,
    "pause.started": events.PauseStarted,
    "pause.ended": events.PauseEnded,
    "clock.gap": events.ClockGap,
    "gap.answered": events.GapAnswered,
    "post.copied": events.PostCopied,
    "notes.agreed": entry_events.NoteKeepingAgreed,
    "care.held": entry_events.CareHeld,
    "entry.added": entry_events.EntryAdded,
    "entry.taken_up": entry_events.EntryTakenUp,
    "entry.reworded": entry_events.EntryReworded,
    "entry.rewording_small": entry_events.RewordingWasSmall,
    "entry.read_back": entry_events.EntryReadBack,
    "entry.heard_again": entry_events.EntryHeardAgain,
    "entry.moved": entry_events.EntryMoved,
    "entry.tested": entry_events.EntryTested,
    "entry.adopted": entry_events.EntryAdopted,
    "entry.reaffirmed": entry_events.EntryReaffirmed,
    "entry.described": entry_events.EntryDescribed,
    "entry.scheduled": entry_events.EntryScheduled,
    "attribution.asked": entry_events.AttributionAsked,
    "attribution.given": entry_events.EntryAttributed,
    "attribution.withdrawn": entry_events.AttributionWithdrawn,
    "entry.withdrawn": entry_events.EntryWithdrawn,
    "entry.taken_back": entry_events.EntryTakenBack,
    "entry.raised": entry_events.EntryRaised,
    "entry.lowered": entry_events.EntryLowered,
    "entry.let_go": entry_events.EntryLetGo,
    "words.kept_apart": entry_events.WordsKeptApart,
    "votes.taken": entry_events.VotesTaken,
    "concern.noted": entry_events.ConcernNoted,
    "undone": events.Undone,
    "sitting.closed": events.SittingClosed,
    "record.written": events.RecordWritten,
}
"""The names of events on disk. They are never changed and never used for anything else."""

_NAMES = {kind: name for name, kind in KINDS.items()}
_SEAL = 18
"""Bytes of `,"crc":"89abcdef"}`."""
_BEGINNING = re.compile(rb'(?=\{"v":\d+,"w":")')
_PLACE = re.compile(
    rb'\{"v":\d+,"w":"([0-9a-z]{1,32})","n":(\d{1,15}),(?:"t":"([0-9a-f]{12}-[0-9a-f]{4})")?'
)
_NO_STAMP = "000000000000-0000"
_AROUND = b"\xef\xbb\xbf\0\r\t "
"""What editors, sync clients and power cuts leave around a whole line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A whole line without an event: redacted, or of a kind that this version does not know."""

    writer: str
    n: int
    stamp: str
    line: bytes
    """As it was read, without the line end."""
    redacted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What one file holds, and what in it could not be read."""

    events: tuple[Recorded, ...] = ()
    """In the order of the file, copies included."""
    lines: tuple[bytes, ...] = ()
    """The line of each of `events`, without the line end."""
    kept: tuple[Kept, ...] = ()
    torn: int = 0
    """1 when the file ends in an unfinished line."""
    bad: tuple[int, ...] = ()
    """Numbers of the lines, from 1, in which something could not be read."""
    refused: bool = False
    """True for a file saved as UTF-16; nothing of it is read."""
    newer: bool = False
    """True when a newer major version wrote any line of it."""


# Writing


def encode(recorded: Recorded) -> bytes:
    """The line of an event, with the line end.

    Times are written in UTC and cut to milliseconds. Lone surrogates become U+FFFD, since
    no file can hold them.

    Raises:
        ValueError: when a time has no zone.
    """
    place = {"v": VERSION, "w": recorded.writer, "n": recorded.n, "t": recorded.stamp}
    line: dict[str, object] = {**place, "k": _NAMES[type(recorded.event)], "by": recorded.by}
    if recorded.base:
        line["base"] = recorded.base
    line["d"] = recorded.event
    return _sealed(line)


def redacted(line: bytes) -> bytes:
    """The line that takes the place of another one and wins over it, with the line end.

    It has the place of the other (writer, n, stamp) and nothing else, so that everyone who
    redacts the same line gets the same bytes. A damaged line will do if `id_of` tells its id.

    Raises:
        ValueError: when it cannot be told which line it is.
    """
    place = _place_of(line)
    if place is None:
        raise ValueError("this is not a line of a journal")
    writer, n, stamp = place
    named = {"v": VERSION, "w": writer, "n": n, "t": stamp}
    return _sealed({**named, "k": REDACTED, "by": "", "d": {}})


def id_of(line: bytes) -> str | None:
    """The id, `writer.n`, of a line, damaged or not; None when it cannot be told."""
    place = _place_of(line)
    return None if place is None else f"{place[0]}.{place[1]}"


def _place_of(line: bytes) -> tuple[str, int, str] | None:
    """Writer, n and stamp of a line; of a torn or damaged one as far as they are legible."""
    known = _envelope(line.strip(_AROUND + b"\n"))
    if known is not None:
        return known["w"], known["n"], known["t"]
    found = _PLACE.search(line)
    if found is None:
        return None
    stamp = (found[3] or b"").decode() or _NO_STAMP
    return found[1].decode(), int(found[2]), stamp


def _sealed(line: Mapping[str, object]) -> bytes:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=_plain)[:-1]
    try:
        body = text.encode()
    except UnicodeEncodeError:
        body = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return b'%b,"crc":"%08x"}\n' % (body, crc32(body))


def _plain(value: object) -> object:
    """A value that JSON has no form for, as the text or the table that stands for it."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no zone")
        utc = value.astimezone(dt.UTC).replace(tzinfo=None)
        return utc.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if is_dataclass(value):
        kind: Any = type(value)
        return {written: getattr(value, name) for name, written in _written(kind)}
    raise TypeError(f"{type(value).__name__} has no form in a journal")


@cache
def _written(kind: Any) -> tuple[tuple[str, str], ...]:
    """The names of the fields, in Python and in files: `with_` is written `with`."""
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


# Reading


def read_file(raw: bytes) -> FileReading:
    """Everything that is whole in one file, whatever else is in it. Never raises."""
    with collector_paused():
        framed = _frame(raw)
        if not framed.lines and _is_utf16(raw):
            return FileReading(refused=True)
        decoded = _decode(framed.lines)
        events = tuple(recorded for recorded in decoded if recorded is not None)
        if len(events) == len(decoded):
            lines = tuple(framed.lines)
            return FileReading(events=events, lines=lines, torn=framed.torn, bad=framed.bad)
        return _mixed(framed, decoded)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Framed:
    lines: Sequence[bytes]
    """Whole lines, checked, without their ends."""
    numbers: Sequence[int]
    """Where each of `lines` stands in the file, from 1."""
    bad: tuple[int, ...]
    torn: int


def _frame(raw: bytes) -> _Framed:
    """Cut a file into lines whose check sums are right. The usual case is one pass in C."""
    parts = raw.split(b"\n")
    tail = parts.pop()
    whole = [x for x in parts if x[-_SEAL:] == b',"crc":"%08x"}' % crc32(x[:-_SEAL])]
    if len(whole) == len(parts) and not tail:
        return _Framed(lines=whole, numbers=range(1, len(whole) + 1), bad=(), torn=0)
    lines: list[bytes] = []
    numbers: list[int] = []
    bad: list[int] = []
    for number, part in enumerate((*parts, tail), 1):
        found, clean = _salvage(part)
        lines += found
        numbers += [number] * len(found)
        if not clean:
            bad.append(number)
    torn = int(bool(bad) and bad[-1] == len(parts) + 1)
    return _Framed(lines=lines, numbers=numbers, bad=tuple(bad[: len(bad) - torn]), torn=torn)


def _salvage(part: bytes) -> tuple[list[bytes], bool]:
    """The whole lines within one line of a file, and whether that was all there was in it.

    There is more than one when a line end was lost, or when foreign text ran into a line.
    """
    inner = part.strip(_AROUND)
    if not inner:
        return [], b"\0" not in part
    if _is_sound(inner):
        return [inner], True
    pieces = (piece.strip(_AROUND) for piece in _BEGINNING.split(inner))
    return [piece for piece in pieces if _is_sound(piece)], False


def _is_sound(line: bytes) -> bool:
    return line[-_SEAL:] == b',"crc":"%08x"}' % crc32(line[:-_SEAL])


def _is_utf16(raw: bytes) -> bool:
    return raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:4] in (b'{\0"\0', b'\0{\0"')


def _decode(lines: Sequence[bytes]) -> Sequence[Recorded | None]:
    """The event of each line; None where this version knows none."""
    found = _events_of(b",".join(lines))
    if len(found) == len(lines):
        return found
    alone = (_events_of(line) for line in lines)
    return [each[0] if len(each) == 1 else None for each in alone]


def _events_of(joined: bytes) -> Sequence[Recorded | None]:
    try:
        found: list[Recorded | None] = _shapes().lines.validate_json(
            b"[" + joined + b"]", strict=True
        )
    except ValueError:
        return ()
    return found


def _mixed(framed: _Framed, decoded: Sequence[Recorded | None]) -> FileReading:
    """The reading of a file in which not every whole line is an event of this version."""
    known: list[tuple[Recorded, bytes]] = []
    kept: list[Kept] = []
    bad = set(framed.bad)
    newer = False
    for recorded, line, number in zip(decoded, framed.lines, framed.numbers, strict=True):
        if recorded is not None:
            known.append((recorded, line))
        elif (place := _envelope(line)) is None:
            bad.add(number)
        else:
            newer = newer or place["v"] > VERSION
            kept.append(_keep(place, line))
    return FileReading(
        events=tuple(recorded for recorded, _ in known),
        lines=tuple(line for _, line in known),
        kept=tuple(kept),
        torn=framed.torn,
        bad=tuple(sorted(bad)),
        newer=newer,
    )


def _keep(place: Mapping[str, Any], line: bytes) -> Kept:
    return Kept(
        writer=place["w"],
        n=place["n"],
        stamp=place["t"],
        line=line,
        redacted=place["k"] == REDACTED,
    )


def _envelope(line: bytes) -> Mapping[str, Any] | None:
    """The place and the kind (v, w, n, t, k) of any line; None when it has none."""
    try:
        place: Mapping[str, Any] = _shapes().place.validate_json(line, strict=True)
    except ValueError:
        return None
    return place


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let many small lasting values be made without the garbage collector looking at each."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@cache
def _shapes() -> Shapes:
    from facilitate.formats.journal_shapes import shapes  # start-up does not wait for pydantic

    return shapes(KINDS, VERSION)
