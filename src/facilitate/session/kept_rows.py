"""Records as rows of the archive's index, and back.

What is shown comes out of the index as it stood in the records: all that a record says of a
line is in one text of its row, and the other columns are there to be searched.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from typing import Any

from facilitate.core.capture_line import label
from facilitate.core.merging import differ, merged
from facilitate.core.record import LEFT, RecordedEntry, SittingRecord
from facilitate.core.threads import SittingFacts, Step, Thread, ThreadKey, facts
from facilitate.formats.pydantic_light import to_json
from facilitate.formats.shapes import read_json
from facilitate.store.index import StepRow
from facilitate.store.index_rows import LineRow, SittingRow, TextRow

SittingRows = tuple[SittingRow, str, list[tuple[LineRow, TextRow]], tuple[str, ...]]
"""A sitting, its record without the lines, its lines, and the names of those taken back."""


def rows_of(
    copies: Sequence[SittingRecord], folder: bytes, names: Sequence[str]
) -> SittingRows:
    """The rows of a sitting out of its records, the highest revision first.

    `folder` is where the first one lies, `names` are those of the files, fit to be printed.
    """
    record = merged(copies)
    sitting = facts(record)
    row = SittingRow(
        id=record.id,
        day=record.date.toordinal(),
        date=record.date.isoformat(),
        began=sitting.began,
        title=sitting.title,
        cohort=record.cohort,
        programme=sitting.programme,
        series=sitting.series,
        number=record.number,
        topic=sitting.topic,
        part=record.part,
        folder=folder,
        lines=len(record.kept),
        last_number=record.last_number,
        notes_kept=record.notes_kept or any(not e.carried_from for e in record.entries),
        said="\n".join(_said(copies, names)),
    )
    return row, _json(record, without="entries"), _lines(record, row), record.taken_back


def _said(copies: Sequence[SittingRecord], names: Sequence[str]) -> Iterable[str]:
    """What someone should know of copies. Of those that say the same there is nothing."""
    newest = max(copy.revision for copy in copies)
    count = sum(copy.revision == newest for copy in copies)
    if differ(copies[:count]):
        files = ", ".join(names[:count])
        yield f"{count} files of it differ; what any of them has counts: {files}."
    if older := ", ".join(names[count:]):
        yield f"An older record of it lies beside the one that counts: {older}."


def _lines(record: SittingRecord, sitting: SittingRow) -> list[tuple[LineRow, TextRow]]:
    told: Counter[tuple[str, str]] = Counter()
    lines = []
    for entry in record.entries:
        key = (entry.carried_from or record.id, entry.id)
        lines.append((_line(entry, sitting, *key, told[key]), _text(entry)))
        told[key] += 1
    return lines


def _line(
    entry: RecordedEntry, sitting: SittingRow, made: str, name: str, twin: int
) -> LineRow:
    return LineRow(
        made=made,
        name=name,
        twin=twin,
        kind=entry.kind,
        state=entry.state,
        cohort=sitting.cohort,
        programme=sitting.programme,
        date=sitting.date,
        facet=entry.facet or "",
        lineage=bool(entry.lineage),
        label=label(entry.text).casefold() if entry.kind == "term" else "",
        ring=entry.ring,
        stands=entry.state not in LEFT,
    )


def _text(entry: RecordedEntry) -> TextRow:
    told = (*(detail.text for detail in entry.details), entry.lineage, *entry.tags)
    return TextRow(
        entry=_json(entry),
        words="\n".join((entry.text, *(wording.text for wording in entry.also))),
        earlier="\n".join(wording.text for wording in entry.earlier),
        told="\n".join(filter(None, told)),
    )


def _json(value: Any, without: str = "") -> str:
    """The fields of a dataclass that say something."""
    said = {
        field.name: getattr(value, field.name)
        for field in fields(value)
        if field.name != without
    }
    defaults = {f.name: f.default for f in fields(value) if f.default is not MISSING}
    told = {name: one for name, one in said.items() if one != defaults.get(name, MISSING)}
    return to_json(told).decode()


# Back from rows


def record_of(record: str, entries: Iterable[str]) -> SittingRecord:
    """A record out of its rows.

    Raises:
        ValueError: when they are not as they were written.
    """
    return read_json(SittingRecord, f'{record[:-1]},"entries":[{",".join(entries)}]}}')


def facts_of(row: SittingRow) -> SittingFacts:
    """Which sitting a row is of.

    Raises:
        ValueError: when it is not as it was written.
    """
    return SittingFacts(
        id=row.id,
        date=dt.date.fromisoformat(row.date),
        began=row.began,
        title=row.title,
        cohort=row.cohort,
        programme=row.programme,
        series=row.series,
        number=row.number,
        topic=row.topic,
        part=row.part,
    )


def step_of(row: StepRow) -> tuple[ThreadKey, Step]:
    """A line as a sitting left it.

    Raises:
        ValueError: when the row is not as it was written.
    """
    made, name, twin, entry, sitting, date, *rest = row
    place = SittingFacts(sitting, dt.date.fromisoformat(date), *rest)
    return ThreadKey(made, name, twin), Step(place, read_json(RecordedEntry, entry))


def threads_of(rows: Iterable[StepRow]) -> tuple[Thread, ...]:
    """Lines out of their rows, which have the oldest step first; by their first step.

    Raises:
        ValueError: when a row is not as it was written.
    """
    found: dict[ThreadKey, list[Step]] = {}
    for row in rows:
        key, step = step_of(row)
        found.setdefault(key, []).append(step)
    return tuple(Thread(key, tuple(steps)) for key, steps in found.items())
