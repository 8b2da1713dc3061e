"""An agenda as a table for a spreadsheet, a row for each part, that can be read back."""

from __future__ import annotations

from collections.abc import Iterator

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.clock_time import local
from facilitate.core.plan import laid_out
from facilitate.formats.export.agenda_fields import Audience, left_out, several_lines
from facilitate.formats.export.agenda_page import ANY_DATE
from facilitate.formats.export.spreadsheet_csv import table

TEXTS = {
    "purpose": "purpose",
    "say": "say",
    "notes": "notes",
    "tech": "tech",
    "access": "access",
    "listen for": "listen_for",
    "if short": "if_short",
    "if heavy": "if_heavy",
    "if quiet": "if_quiet",
}
"""Columns of one text each, and the keys of a part that they hold."""

_SITTING = frozenset({"start", "minutes"})
_FOR_ALL = frozenset({"title", "minutes", "purpose"})
_FOR_TEAM = _FOR_ALL | {
    "kind", "lead", "with_", "serves", "at_least", "at_most", "chat", "materials",
    *TEXTS.values(),
}  # fmt: skip


def write(agenda: Agenda, audience: Audience) -> bytes:
    """The table; cells are one line each, and none of them is computed by a spreadsheet."""
    plan = laid_out(agenda, agenda.date or ANY_DATE, agenda.segments)
    starts = [f"{local(agenda, part.start):%H:%M}" for part in plan.parts]
    if audience == "participants":
        pairs = zip(starts, agenda.segments, strict=True)
        rows = [(start, str(one.minutes), one.title, one.purpose) for start, one in pairs]
        return table(("start", "minutes", "title", "purpose"), rows)
    posts = max((len(one.chat) for one in agenda.segments), default=0)
    materials = max((len(one.materials) for one in agenda.segments), default=0)
    return table(
        (*_columns(), *_numbered("post", posts), *_numbered("material", materials)),
        (
            (start, *_row(one), *_filled(one.chat, posts), *_filled(one.materials, materials))
            for start, one in zip(starts, agenda.segments, strict=True)
        ),
    )


def untold(agenda: Agenda, audience: Audience) -> tuple[str, ...]:
    """What of the agenda the table has no place for, in words."""
    held = _FOR_TEAM if audience == "team" else _FOR_ALL
    found = list(left_out(agenda, _SITTING, held))
    if several_lines(agenda, held):
        found.append("line ends within texts")
    return tuple(found)


def _columns() -> tuple[str, ...]:
    lengths = ("at least", "at most")
    return (
        "start", "minutes", "title", "kind", "lead role", "with roles", "serves", *lengths,
        *TEXTS,
    )  # fmt: skip


def _row(one: Segment) -> Iterator[str]:
    yield str(one.minutes)
    yield one.title
    yield one.kind
    yield one.lead or ""
    yield "; ".join(one.with_)
    yield "; ".join(one.serves)
    for length in (one.at_least, one.at_most):
        yield "" if length is None else str(length)
    for key in TEXTS.values():
        yield getattr(one, key)


def _numbered(name: str, count: int) -> Iterator[str]:
    for number in range(1, count + 1):
        yield f"{name} {number}"


def _filled(texts: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (*texts, *("" for _ in range(count - len(texts))))
