"""A new agenda file out of an agenda that was made elsewhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import tomli_w

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import clean
from facilitate.formats.agenda_schema import schema_line
from facilitate.formats.clock_text import clock_text
from facilitate.formats.importing.draft import Draft
from facilitate.formats.importing.sheet import left_out_words

_TABLES = frozenset({"segments", "objectives", "team", "carried", "offered", "before", "after"})
_NEEDED = frozenset({"title", "kind", "minutes", "key", "text"})


def agenda_file(draft: Draft, file: str) -> bytes:
    """The file: what it was made of and what was left out as comments, then the agenda.

    `file` is the name of the file that it was made of. Line ends are newlines.
    """
    agenda = draft.agenda
    tables = [
        f"{schema_line('agenda')}\n{_remarks(_about(draft, file))}",
        "format = 1\n",
        f"[session]\n{_pairs(_session(agenda))}",
        f"[team]\n{_pairs({one.role: one.name for one in agenda.team}, ())}",
        *(f"[[objective]]\n{_pairs(_table(one))}" for one in agenda.objectives),
        *_parts(draft),
    ]
    return "\n".join(tables).encode()


def _parts(draft: Draft) -> Iterator[str]:
    """Each part with the remarks above it; those behind the last one are the last table."""
    segments = draft.agenda.segments
    for place in range(len(segments) + 1):
        above = [one.text for one in draft.remarks if one.before == place]
        told = _remarks(above)
        if place < len(segments):
            yield f"{told}[[segment]]\n{_pairs(_segment(segments[place]))}"
        elif told:
            yield told


# Comments


def _about(draft: Draft, file: str) -> Iterator[str]:
    """What it came from, without a word of what was left out: that may be a name."""
    yield f"Made from {file} ({draft.source}) by facilitate import agenda."
    taken = [f"{heading} ({meaning})" for _, heading, meaning in draft.columns if meaning]
    yield f"Taken over: {', '.join(taken)}."
    told = (
        ("Guessed or put in; please look at it:", draft.guessed),
        ("It did not fit together:", draft.differs),
        ("Left out:", [left_out_words(one, draft.counted) for one in draft.left_out]),
    )
    for heading, sentences in told:
        if sentences:
            yield ""
            yield heading
            yield from (f"- {one}" for one in sentences)


def _remarks(lines: Iterable[str]) -> str:
    return "".join(f"# {clean(line)}".rstrip() + "\n" for line in lines)


# Tables


def _session(agenda: Agenda) -> dict[str, Any]:
    return {key: value for key, value in _table(agenda).items() if key not in _TABLES}


def _segment(segment: Segment) -> dict[str, Any]:
    """The keys of a part, without the id where it is only made from the title."""
    return {key: value for key, value in _table(segment).items() if key != "id"}


def _table(value: Any) -> dict[str, Any]:
    """The keys of a table; what is empty, or as it is without being said, is left out."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        told = getattr(value, field.name)
        if field.name in _NEEDED or told not in (None, "", (), False):
            found[field.name.rstrip("_")] = told
    return found


def _pairs(table: dict[str, Any], left_out: Iterable[Any] = (None, "", ())) -> str:
    kept = {key: _value(value) for key, value in table.items() if value not in left_out}
    return tomli_w.dumps(kept, multiline_strings=True)


def _value(value: Any) -> Any:
    match value:
        case dt.time():
            return clock_text(value)
        case tuple():
            return [_value(one) for one in value]
        case str() if "\n" in value:
            return f"{value}\n"  # the closing quotes stand on a line of their own
    return value
