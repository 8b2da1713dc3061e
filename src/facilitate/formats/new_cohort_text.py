"""The files of an old programme made into those of a new cohort, comments and layout kept.

Only what belonged to the old cohort changes: ids, dates, whose it is, names of the team, lines
that it carried. What else names an old date is for a person to look at, and is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from facilitate.core.agenda import Offered
from facilitate.core.capture_line import clean
from facilitate.core.new_cohort import HandedOn, as_offered
from facilitate.core.programme import Programme
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import AgendaText, agenda_text, data_of
from facilitate.formats.problem import Path
from facilitate.formats.toml_lines import Value, with_comments, written
from facilitate.formats.toml_places import located
from facilitate.formats.toml_statements import statements

NOT_THEIRS = "From an earlier group; none of it is agreed until this one has made it its own."
"""Stands as a comment above what an earlier group hands on."""

_ELSEWHERE = (
    "This file is laid out in a way in which {what} cannot be changed from here. Change it in"
    " an editor, then start once more."
)


class AgendaOfNewCohort(NamedTuple):
    """What is other in the agenda of a new cohort."""

    programme: str
    """The id of the new programme."""
    date: dt.date
    """Of the sitting; an agenda without a date stays without one."""
    ids: Mapping[str, str]
    """The new id for each old one in the programme; the agenda's own is among them."""


def agenda_of_new_cohort(raw: bytes, new: AgendaOfNewCohort) -> bytes:
    """The file of an agenda for a new cohort, without the names and the lines of the old one.

    What it carried from a sitting outside of the programme is carried no more.

    Args:
        raw: a sound agenda.
        new: what is other.

    Raises:
        Refused: when it is laid out in a way in which that cannot be done.
    """
    text = agenda_text(raw)
    for path, value in _changes(data_of(text.text), new):
        text = _changed(text, path, value)
    return text.without_tables("carry").raw()


def _changes(
    data: Mapping[str, Any], new: AgendaOfNewCohort
) -> Iterator[tuple[Path, Value | None]]:
    session = data["session"]
    yield ("session", "id"), new.ids[session["id"]]
    if "programme" in session:
        yield ("session", "programme"), new.programme
    if "cohort" in session:
        yield ("session", "cohort"), new.programme
    if "date" in session:
        yield ("session", "date"), new.date
    if "carried_from" in session:
        yield ("session", "carried_from"), new.ids.get(session["carried_from"])
    for role, name in data["team"].items():
        if name:
            yield ("team", role), ""


def _changed(text: AgendaText, path: Path, value: Value | None) -> AgendaText:
    try:
        return text.with_value(path, value)
    except Refused:
        what = "the team" if path[0] == "team" else str(path[-1])
        raise Refused(_ELSEWHERE.format(what=what)) from None


def programme_of_new_cohort(raw: bytes, new: Programme) -> bytes:
    """The file of a programme for a new cohort; its dates and its id are those of `new`.

    Raises:
        Refused: when it is laid out in a way in which that cannot be done.
    """
    text = agenda_text(raw)
    changes: list[tuple[Path, Value]] = [
        (("programme", "id"), new.id),
        (("programme", "starts"), new.starts),
        (("programme", "ends"), new.ends),
        *((("session", n, "date"), one.date) for n, one in enumerate(new.sessions)),
        *((("milestone", n, "date"), one.date) for n, one in enumerate(new.milestones)),
    ]
    for path, value in changes:
        text = _changed(text, path, value)
    return text.raw()


# What the earlier group hands on


def with_offered(raw: bytes, lines: Sequence[HandedOn]) -> bytes:
    """An agenda with lines of an earlier group among its starting points, after its own.

    Those that it offers already are not doubled.

    Raises:
        Refused: when it is laid out in a way in which that cannot be done.
    """
    text = agenda_text(raw)
    before = data_of(text.text)
    known = {(one["kind"], one["text"]) for one in before.get("offered", [])}
    new = [one for one in lines if (one.kind, as_offered(one).text) not in known]
    if not new:
        return raw
    place = _behind_offered(text.text)
    block = offered_block(new).replace("\n", text.newline)
    head, rest = text.text[:place].rstrip(), text.text[place:].lstrip("\r\n")
    gap = text.newline * 2
    changed = f"{text.mark}{head}{gap}{block}{gap}{rest}".encode()
    told = [{"kind": one.kind, "text": as_offered(one).text} for one in new]
    expected = {**before, "offered": [*before.get("offered", []), *told]}
    if data_of(agenda_text(changed).text) != expected:
        raise Refused(_ELSEWHERE.format(what="what is offered"))
    return changed


def offered_block(lines: Iterable[HandedOn]) -> str:
    """The lines as an agenda has them, each with what it stands on as a comment above."""
    tables = "\n\n".join(_table(line, as_offered(line)) for line in lines)
    return f"# {NOT_THEIRS}\n{tables}"


def _table(line: HandedOn, offered: Offered) -> str:
    source = f"# stands on: {clean(line.lineage)}\n" if clean(line.lineage) else ""
    pairs = f"kind = {written(offered.kind)}\ntext = {written(offered.text)}"
    return f"{source}[[offered]]\n{pairs}"


def _behind_offered(text: str) -> int:
    """Where starting points go: behind those that are there, else before the preparation.

    Always before the parts of the day, with the comments right above what follows.
    """
    found = located(statements(text, sound=True))
    offered = [one for path, one in found if path[0] == "offered"]
    if offered:
        return offered[-1].end
    later = ("before", "after", "segment")
    start, before = len(text), 0
    for path, one in found:
        if path[0] in later and one.kind != "pair":
            start = one.start
            break
        before = one.end
    return with_comments(text, start, before)
