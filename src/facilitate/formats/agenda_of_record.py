"""What an agenda was, as far as the record of a sitting that was held from it knows."""

from __future__ import annotations

import re
from typing import Any

import tomli_w

from facilitate.core.record import RecordedSegment, SittingRecord
from facilitate.formats.clock_text import clock_text
from facilitate.formats.slugs import slug

ROLES = ("lead", "co", "tech", "care")
"""The team of an agenda that is made without one."""


def record_text(record: SittingRecord) -> str:
    """The agenda that a record comes to."""
    segments = [_segment_table(segment) for segment in record.segments]
    tables = [
        "format = 1\n",
        f"[session]\n{tomli_w.dumps(_session_table(record))}",
        f"[team]\n{tomli_w.dumps(dict.fromkeys(ROLES, ''))}",
        *(f"[[objective]]\n{tomli_w.dumps(one)}" for one in _objectives(record)),
        *(f"[[segment]]\n{tomli_w.dumps(one)}" for one in segments),
    ]
    return "\n".join(tables)


def _session_table(record: SittingRecord) -> dict[str, Any]:
    start = record.segments[0].planned_start if record.segments else record.started
    told = {
        "id": _agenda_id(record),
        "programme": record.programme,
        "series": record.series,
        "number": record.number,
        "title": record.title,
        "subtitle": record.subtitle,
        "topic": record.topic,
        "part": record.part,
        "parts": record.parts,
        "start": clock_text(start.timetz()) if start is not None else "09:00",
        "timezone": record.timezone,
        "minutes": sum(max(1, one.planned_minutes) for one in record.segments),
        "place": record.place,
        "cohort": record.cohort,
        "for_whom": record.for_whom,
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


def _segment_table(segment: RecordedSegment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "title": segment.title,
        "kind": segment.kind,
        "minutes": max(1, segment.planned_minutes),
    }


def _objectives(record: SittingRecord) -> list[dict[str, str]]:
    texts = record.objectives or ("What the sitting is for.",)
    keys: list[str] = []
    for place, text in enumerate(texts, start=1):
        key = "-".join(slug(text).split("-")[:3]) or "objective"
        keys.append(key if key not in keys else f"{key}-{place}")
    return [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)]


def agenda_id(record: SittingRecord) -> str:
    """The id of the agenda that a sitting was held from, which its own id is made of."""
    found = re.fullmatch(r"\d{4}-\d\d-\d\d-(.+)-[0-9a-z]{4}", record.id, re.ASCII)
    return found[1] if found else ""


def _agenda_id(record: SittingRecord) -> str:
    return agenda_id(record) or slug(record.title) or "session"
