"""Building a day: an agenda file read, changed in one place at a time, and written.

Each change gives a new text and leaves the one before as it was, so that taking a change back
is going on with the earlier text. Comments and layout stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import clean
from facilitate.core.refusal import Refused
from facilitate.formats import agenda_advice
from facilitate.formats.agenda_text import SEGMENT, AgendaText, agenda_text, data_of
from facilitate.formats.agenda_toml import Unreadable, look_at_agenda
from facilitate.formats.characters import printable
from facilitate.formats.problem import Problem
from facilitate.formats.toml_reading import is_programme
from facilitate.formats.wording import closest
from facilitate.session.agenda_files import Unbuildable, problem, read_bytes
from facilitate.store.files import rewrite_file

__all__ = [
    "Draft",
    "Unbuildable",
    "draft",
    "moved",
    "place_of",
    "read",
    "text_of",
    "titled",
    "with_minutes",
    "without",
    "worse",
    "write",
]

_MOST_NAMED = 20
"""So many parts are named at most when none or several were meant."""


class Draft(NamedTuple):
    """What an agenda's text says, be it sound or not yet."""

    agenda: Agenda
    problems: tuple[Problem, ...]
    """Everything there is to mend, in the order of the file."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems with which no day can be held."""
        bearable = agenda_advice.BEARABLE
        return tuple(
            one for one in self.problems if one.level == "error" and one.code not in bearable
        )


# Reading and writing


def read(path: Path, name: str) -> AgendaText:
    """The text of an agenda file.

    Args:
        path: where it is.
        name: what it is called in what is said of it.

    Raises:
        Unbuildable: when it is no agenda that can be changed in place; what is wrong beyond
            that can be mended, and is no reason.
    """
    raw = read_bytes(path, name)
    if is_programme(raw):
        raise Unbuildable((problem(name, "This is a programme, not the agenda of one day."),))
    return text_of(raw, name)


def text_of(raw: bytes, name: str) -> AgendaText:
    """The text in the bytes of an agenda file.

    Raises:
        Unbuildable: as `read` does.
    """
    try:
        looked = look_at_agenda(raw, name)
        text = agenda_text(raw)
    except Unreadable as unreadable:
        raise Unbuildable((unreadable.problem,)) from None
    except ValueError:
        errors = (one for one in looked.problems() if one.level == "error")
        raise Unbuildable(tuple(errors)) from None
    value = looked.value
    if value is None or not value.segments:
        raise Unbuildable(tuple(p for p in looked.problems() if p.level == "error"))
    if len(text.parts) != len(value.segments):
        message = "Its parts do not stand each below a line [[segment]]."
        raise Unbuildable((problem(name, message),))
    return text


def write(path: Path, text: AgendaText, before: AgendaText) -> None:
    """Write a changed text into its file, whose permissions stay.

    Raises:
        Refused: when the file is no longer what `before` says.
        OSError: when it cannot be written; it is then what it was.
    """
    raw = before.raw()
    with path.open("rb") as opened:
        if opened.read(len(raw) + 1) != raw:
            raise Refused("Someone else has changed this file meanwhile. Nothing was written.")
    rewrite_file(path, text.raw())


def draft(text: AgendaText, name: str) -> Draft:
    """What a text says, and what there is to mend in it.

    Raises:
        Unbuildable: when it says nothing that could be a day.
    """
    looked = look_at_agenda(text.raw(), name)
    problems = looked.problems()
    if looked.value is None:
        raise Unbuildable(problems)
    return Draft(looked.value, problems)


def worse(before: Draft, after: Draft) -> tuple[Problem, ...]:
    """The problems of a changed day that it did not have before.

    Of those of one sort it is told that there are more of them, or that they are other ones.
    """
    said = {(one.code, one.message) for one in before.problems}
    count = Counter(one.code for one in before.problems)
    more = Counter(one.code for one in after.problems) - count
    new = (one for one in after.problems if (one.code, one.message) not in said)
    return tuple(one for one in new if more[one.code])


# Which part is meant


def place_of(agenda: Agenda, said: str) -> int:
    """The place of the part that someone means, from 0.

    By its id, its number from 1, or the beginning of its title.

    Raises:
        Refused: when there is none, or more than one.
    """
    wanted, parts = said.strip().casefold(), agenda.segments
    begins = [n for n, one in enumerate(parts) if one.title.casefold().startswith(wanted)]
    whole = [n for n in begins if parts[n].title.casefold() == wanted]
    by_id = [n for n, one in enumerate(parts) if one.id == wanted]
    if len(whole) <= 1 and by_id:
        return by_id[0]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(parts):
        return int(wanted) - 1
    found = whole or begins
    if len(found) == 1:
        return found[0]
    shown = f'"{printable(said)}"'
    if wanted and found:
        raise Refused(_named(f"Several parts begin with {shown}. Say a number:", parts, found))
    raise Refused(_none_such(shown, wanted, parts))


def _none_such(shown: str, wanted: str, parts: Sequence[Segment]) -> str:
    names = {one.title: one.title for one in parts} | {one.id: one.id for one in parts}
    near = closest(wanted, names)
    if near is not None:
        return f'There is no part {shown}. Did you mean "{printable(near)}"?'
    return _named(f"There is no part {shown}. There are:", parts, range(len(parts)))


def _named(message: str, parts: Sequence[Segment], places: Iterable[int]) -> str:
    """The message with a line for each part, as far as they can be taken in at a glance."""
    rows = [
        f"  {n + 1:>2}  {printable(parts[n].title)} ({printable(parts[n].id)})" for n in places
    ]
    more = [f"  and {len(rows) - _MOST_NAMED} more"] if len(rows) > _MOST_NAMED else []
    return "\n".join((message, *rows[:_MOST_NAMED], *more))


# Changing it


def with_minutes(text: AgendaText, place: int, minutes: int) -> AgendaText:
    """With another length of a part.

    The stated minutes of the day follow where they were the sum of the parts.

    Raises:
        Refused: as all changes do, when the file is laid out in a way that does not allow it.
    """
    return _follow(text, text.with_value((SEGMENT, place, "minutes"), minutes))


def titled(text: AgendaText, place: int, title: str) -> AgendaText:
    """With another title of a part, which keeps its id: history and records know it by that.

    Raises:
        Refused: as all changes do.
    """
    part = data_of(text.text)[SEGMENT][place]
    if "id" not in part:
        known = draft(text, "").agenda.segments[place].id
        text = text.with_value((SEGMENT, place, "id"), known)
    return text.with_value((SEGMENT, place, "title"), clean(title))


def moved(text: AgendaText, place: int, to: int) -> AgendaText:
    """With a part at another place; both count from 0.

    Raises:
        Refused: as all changes do.
    """
    return text.moved(place, to)


def without(text: AgendaText, place: int) -> AgendaText:
    """Without a part. The stated minutes of the day follow as in `with_minutes`.

    Raises:
        Refused: as all changes do, and when it is the only part.
    """
    if len(text.parts) == 1:
        raise Refused("A day has one part at least.")
    return _follow(text, text.without(place))


def _follow(before: AgendaText, after: AgendaText) -> AgendaText:
    """The text after a change, with the minutes of the day where they were the sum."""
    if _stated(before) != _sum(before) or _stated(after) == _sum(after):
        return after
    return after.with_value(("session", "minutes"), _sum(after))


def _stated(text: AgendaText) -> object:
    return data_of(text.text).get("session", {}).get("minutes")


def _sum(text: AgendaText) -> int:
    """What the parts add up to; -1 where one has no length that could be added."""
    lengths = [part.get("minutes") for part in data_of(text.text)[SEGMENT]]
    return sum(lengths) if all(type(one) is int for one in lengths) else -1
