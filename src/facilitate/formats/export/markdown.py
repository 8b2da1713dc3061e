"""A record as Markdown: readable in any editor, with or without something that renders it.

Everything people wrote is escaped, so that it stays the text it was: no line of theirs becomes
a heading, a table cell, a link or HTML. A plain address is left as it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from facilitate.core.agenda import CaptureKind
from facilitate.core.record import RecordedEntry, RecordedSegment, SittingRecord
from facilitate.formats.export.markdown_lines import escaped as escaped
from facilitate.formats.export.markdown_lines import line_with_all, listed

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


def record_markdown(record: SittingRecord) -> str:
    """The record as one Markdown page that ends in a newline."""
    parts = [
        f"# {escaped(record.title)}",
        escaped(record.subtitle),
        listed(_facts(record)),
        _objectives(record),
        *_made(record.entries),
        _day(record.segments),
        f"## How to read this\n\n{READING}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


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
    if record.taken_back:
        gone = ", ".join(map(escaped, record.taken_back))
        yield f"Taken back: {gone}; the words are gone"
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
    return f"## What it was for\n\n{listed(map(escaped, record.objectives))}"


# What the group made


def _made(entries: tuple[RecordedEntry, ...]) -> Iterator[str]:
    yield "## What the group made"
    if not entries:
        yield "No lines were kept."
    for kind, heading in HEADINGS.items():
        of_kind = [entry for entry in entries if entry.kind == kind]
        if of_kind:
            lines = "\n".join(said for one in of_kind for said in line_with_all(one, of_kind))
            yield f"### {heading}\n\n{lines}"


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
