"""A record as Markdown: readable in any editor, with or without something that renders it.

Everything people wrote is escaped, so that it stays the text it was: no line of theirs becomes
a heading, a table cell, a link or HTML. A plain address is left as it was written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean, label, meaning
from facilitate.core.captures import DETAILS, RINGS
from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord, Wording

HEADINGS: dict[CaptureKind, str] = {
    "agreement": "Agreements",
    "term": "Words",
    "framework": "Frameworks",
    "example": "Examples",
    "practice": "Practices to try",
    "commitment": "Commitments",
    "question": "Questions",
    "learning": "Learnings",
    "resource": "Resources",
    "gratitude": "Gratitude",
}
"""What the lines of a kind stand under, in the order in which people read them."""

READING = """\
A line is kept in the words it was given. *Heard*, *named* or *noted* means that it was written
down, *proposed* or *working* that it was also read back to the group, *tested* that the group
was asked about exactly these words; none of them means that everyone agreed. *In force* means
that the group adopted exactly these words by consent, *amending* that it has begun to change
them since. A line of an earlier sitting stands here when something was done with it; the others
stand in earlier records. Who said what, and how many showed what, is not in a record, nor is
what was held in the room, and what was meant for this sitting alone. Actual minutes leave
pauses out."""

_MARKS = re.compile(r"[\\`*\[\]<|~$]|&(?=#?\w+;)|_(?![^\W_])|(?<![^\W_])_")
"""What means something wherever it stands; `&` only before an entity, `_` not within words."""

_BEGINNING = re.compile(r"^(?:(?=[#+\-=>:])|(\d+)(?=[.)]))")
"""What would make a heading, a list, a quotation or a line of its own at the beginning."""

_END = re.compile(r"(?<!\\)#$")
"""A heading swallows the number signs at its end."""


def escaped(text: str) -> str:
    """The text on one line, in Markdown that shows it as it was written wherever it stands."""
    plain = _MARKS.sub(r"\\\g<0>", clean(text))
    return _END.sub(r"\\#", _BEGINNING.sub(r"\1\\", plain))


def record_markdown(record: SittingRecord) -> str:
    """The record as one Markdown page that ends in a newline."""
    parts = [
        f"# {escaped(record.title)}",
        escaped(record.subtitle),
        _list(_facts(record)),
        _objectives(record),
        *_made(record.entries),
        _day(record.segments),
        f"## How to read this\n\n{READING}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


# About the sitting


def _facts(record: SittingRecord) -> Iterator[str]:
    yield f"Date: {record.date.isoformat()}{_times_of(record)}"
    yield f"Place: {record.place}"
    if record.for_whom:
        yield f"For: {escaped(record.for_whom)}"
    yield f"Cohort: {escaped(record.cohort)}"
    if within := ", ".join(_within(record)):
        yield f"Within: {within}"
    if record.notes_kept:
        yield "Notes: the group heard what is kept of its words, and said yes"
    written = f"{record.id}, revision {record.revision}, opened with facilitate {record.app}"
    yield f"Record: {escaped(written)}"


def _times_of(record: SittingRecord) -> str:
    if record.started is None:
        return f" ({escaped(record.timezone)})"
    return f", {_span(record.started, record.ended)} ({escaped(record.timezone)})"


def _within(record: SittingRecord) -> Iterator[str]:
    if record.programme:
        yield f"programme {escaped(record.programme)}"
    if record.series:
        yield f"series {escaped(record.series)}"
    if record.number is not None:
        yield f"sitting {record.number}"
    if record.topic:
        yield f"topic {escaped(record.topic)}"
    if record.part is not None:
        yield f"part {record.part}" + (f" of {record.parts}" if record.parts else "")


def _objectives(record: SittingRecord) -> str:
    if not record.objectives:
        return ""
    return f"## What it was for\n\n{_list(map(escaped, record.objectives))}"


# What the group made


def _made(entries: tuple[RecordedEntry, ...]) -> Iterator[str]:
    yield "## What the group made"
    if not entries:
        yield "No lines were kept."
    for kind, heading in HEADINGS.items():
        of_kind = [entry for entry in entries if entry.kind == kind]
        if of_kind:
            lines = "\n".join(line for entry in of_kind for line in _entry(entry, of_kind))
            yield f"### {heading}\n\n{lines}"


def _entry(entry: RecordedEntry, of_kind: Iterable[RecordedEntry]) -> Iterator[str]:
    """A line, and below it what else is known of it; `of_kind` are all lines of its kind."""
    words = f": {_words(entry.kind, entry.text)}" if entry.text else ""
    yield f"- {', '.join(_standing(entry))}{words}"
    parts = [one.id for one in of_kind if one.merged_into == entry.id]
    about = (_where_from(entry), _beyond(entry), _beside(entry, parts), _wordings(entry))
    for said in chain.from_iterable(about):
        yield f"  - {said}"


def _standing(entry: RecordedEntry) -> Iterator[str]:
    """What it is called, and where it stands."""
    yield escaped(entry.id)
    yield escaped(entry.state)
    if entry.adopted is not None:
        on = f" ({entry.adopted_on.isoformat()})" if entry.adopted_on else ""
        yield f"adopted by consent, round {entry.adopted}{on}"
    if entry.reaffirmed:
        yield "re-affirmed"


def _words(kind: CaptureKind, text: str) -> str:
    """Words of a line; of a term what it is called stands out."""
    if kind in ("term", "framework") and (means := meaning(text)):
        return f"**{escaped(label(text))}**: {escaped(means)}"
    return escaped(text)


def _where_from(entry: RecordedEntry) -> Iterator[str]:
    if entry.lineage:
        yield f"stands on: {escaped(entry.lineage)}"
    if entry.origin == "offered":
        yield "a starting point from the team"
    changed = ", changed by the group" if entry.origin == "adapted" else ""
    if entry.carried_from or entry.origin == "carried":
        yield f"from an earlier sitting{changed}"
    elif changed:
        yield f"from words that were there before{changed}"
    if entry.attribution:
        yield f"words of {escaped(entry.attribution)}{_how_far(entry)}"


def _how_far(entry: RecordedEntry) -> str:
    """How far the yes to a name goes, where the line may be handed on further than that."""
    scope = entry.attribution_scope
    if scope is None or RINGS.index(scope) >= RINGS.index(entry.ring):
        return ""
    return f" (as far as the {scope}, not further)"


def _beyond(entry: RecordedEntry) -> Iterator[str]:
    """What was told of it beyond its words."""
    names = DETAILS.get(entry.kind, {})
    for told in entry.details:
        yield f"{escaped(names.get(told.name, told.name))}: {escaped(told.text)}"
    if tags := tuple(dict.fromkeys((*entry.tags, *filter(None, [entry.facet])))):
        yield f"about: {', '.join(map(escaped, tags))}"
    if entry.owner:
        yield f"for: {escaped(entry.owner)}"
    if entry.when:
        yield f"again {_again(entry.when)}"


def _again(when: str) -> str:
    """When to look at it again, in words: `next time`, `in 6 weeks`, `on 2027-01-31`."""
    if when in _AGAIN:
        return _AGAIN[when]
    if part := re.fullmatch(r"part(\d)", when, re.ASCII):
        return f"in part {part[1]}"
    if span := re.fullmatch(r"\+(\d{1,3})([dwm])", when, re.ASCII):
        return f"in {span[1]} {_SPANS[span[2]]}{'' if span[1] == '1' else 's'}"
    return f"on {escaped(when)}"


_AGAIN = {"next": "next time", "end": "at the end"}
_SPANS = {"d": "day", "w": "week", "m": "month"}


def _beside(entry: RecordedEntry, parts: list[str]) -> Iterator[str]:
    """How it stands to other lines."""
    if entry.belongs_with:
        yield f"said with {escaped(entry.belongs_with)}"
    if entry.heard_again:
        yield "also heard"
    if parts:
        yield f"took in {', '.join(map(escaped, parts))}"
    if entry.merged_into:
        yield f"became a part of {escaped(entry.merged_into)}"


def _wordings(entry: RecordedEntry) -> Iterator[str]:
    for wording in entry.also:
        yield f"also in these words: {_wording(entry.kind, wording)}"
    for wording in entry.earlier:
        yield f"earlier wording: {_wording(entry.kind, wording)}"
    if entry.ring != "cohort":
        yield f"may be handed on: {entry.ring}"


def _wording(kind: CaptureKind, wording: Wording) -> str:
    lineage = f" (stands on: {escaped(wording.lineage)})" if wording.lineage else ""
    return f"{_words(kind, wording.text)}{lineage}"


# The day

_COLUMNS = ("Part", "Kind", "Planned", "Minutes", "As it was", "Minutes", "")


def _day(segments: tuple[RecordedSegment, ...]) -> str:
    if not segments:
        return ""
    rows = [_COLUMNS, *(_row(segment) for segment in segments)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(map(str.ljust, row, widths)) + " |"
        for row in (rows[0], tuple("-" * max(width, 3) for width in widths), *rows[1:])
    ]
    return "## The day\n\n" + "\n".join(lines)


def _row(segment: RecordedSegment) -> tuple[str, ...]:
    began = segment.started is not None
    return (
        escaped(segment.title),
        segment.kind,
        _span(segment.planned_start, segment.planned_end),
        str(segment.planned_minutes),
        _span(segment.started, segment.ended) if segment.started else "",
        str(segment.actual_minutes) if began else "",
        escaped(segment.status),
    )


def _span(start: dt.datetime, end: dt.datetime | None) -> str:
    return f"{start:%H:%M}-{end:%H:%M}" if end else f"from {start:%H:%M}"
