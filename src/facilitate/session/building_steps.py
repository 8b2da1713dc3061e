"""The steps of building a day: what was changed, one after the other, and the way back.

A step is seen at once; its text is written a moment later, away from the screen, and is then
what counts. Nothing here reads or writes files.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from typing import NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.build_changes import (
    Change,
    Copied,
    Lengthened,
    Moved,
    OfKind,
    PutIn,
    Spared,
    TakenOut,
    Titled,
    changed,
    free_id,
)
from facilitate.core.build_view import Flaw
from facilitate.core.capture_line import clean
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import SEGMENT, AgendaText
from facilitate.formats.problem import Problem
from facilitate.formats.slugs import slug
from facilitate.formats.toml_lines import Value
from facilitate.formats.toml_lines import written as in_toml
from facilitate.session import building
from facilitate.session.agenda_files import Unbuildable


class Written(NamedTuple):
    """A day as a file would say it."""

    text: AgendaText
    agenda: Agenda
    flaws: tuple[Flaw, ...]
    """What the check finds in it, in the order of the file."""

    def __repr__(self) -> str:
        """What it is, without what it says."""
        return f"<Written {self.agenda.id}>"


class WroteOut(NamedTuple):
    """The texts of some steps."""

    days: tuple[Written, ...]
    """After each of the steps, up to the first that could not be made."""
    refusal: str = ""
    """Why that one could not be; empty when all were."""


def written(text: AgendaText, name: str) -> Written:
    """A day, and what the check finds in it; `name` is what its file is called.

    Raises:
        Unbuildable: when it says nothing that could be a day.
    """
    draft = building.draft(text, name)
    ids = [segment.id for segment in draft.agenda.segments]
    begins = _begins(text)
    flaws = (_flaw(one, begins, ids) for one in draft.problems)
    return Written(text, draft.agenda, tuple(flaws))


def _begins(text: AgendaText) -> list[int]:
    """The first line of each part, and of what lies behind the last one; counted from 1."""
    lines: list[int] = []
    line = 1
    for piece in text.pieces:
        if piece.is_part or lines:
            lines.append(line if piece.is_part else -line)
        line += (piece.text + piece.gap).count("\n")
    return lines


def _flaw(problem: Problem, begins: list[int], ids: list[str]) -> Flaw:
    words = f"{problem.message} {problem.hint}".rstrip()
    at = bisect(begins, problem.line or 0, key=abs) - 1
    is_in_part = at >= 0 and begins[at] > 0
    count = sum(begin > 0 for begin in begins[: at + 1])
    return Flaw(words, problem.level == "error", ids[count - 1] if is_in_part else None)


# Writing out


def write_out(day: Written, changes: Iterable[Change], name: str) -> WroteOut:
    """The texts after each of some changes."""
    days: list[Written] = []
    for change in changes:
        try:
            day = written(_applied(day, change), name)
        except Refused as refused:
            return WroteOut(tuple(days), str(refused))
        except Unbuildable as unbuildable:
            return WroteOut(tuple(days), str(unbuildable.problems[0]))
        days.append(day)
    return WroteOut(tuple(days))


def _applied(day: Written, change: Change) -> AgendaText:
    """The text after a change.

    Raises:
        Refused: when the file is laid out in a way in which that cannot be done.
    """
    text = day.text
    match change:
        case Lengthened(place, minutes):
            return building.with_minutes(text, place, minutes)
        case Spared(place, least):
            return text.with_value((SEGMENT, place, "at_least"), least)
        case Titled(place, title):
            return building.titled(text, place, title)
        case OfKind(place, kind):
            return text.with_value((SEGMENT, place, "kind"), kind)
        case Moved(place, to):
            return building.moved(text, place, to)
        case TakenOut(place):
            return building.without(text, place)
        case Copied(place):
            return _copied(day, place)
        case PutIn():
            return _put_in(day, change)


def _copied(day: Written, place: int) -> AgendaText:
    """With a part once more; an id is one part's alone."""
    id_ = free_id(day.agenda, day.agenda.segments[place].id)
    text = day.text.with_part(place, day.text.parts[place])
    text = text.with_value((SEGMENT, place + 1, "id"), id_)
    return _followed(day, text, day.agenda.segments[place].minutes)


def _put_in(day: Written, new: PutIn) -> AgendaText:
    values: dict[str, Value] = {
        "id": free_id(day.agenda, slug(new.title) or new.kind),
        "title": clean(new.title),
        "kind": new.kind,
        "minutes": new.minutes,
    }
    lines = [f"[[{SEGMENT}]]", *(f"{key} = {in_toml(value)}" for key, value in values.items())]
    part = day.text.newline.join(lines)
    return _followed(day, day.text.with_part(new.place, part), new.minutes)


def _followed(day: Written, text: AgendaText, more: int) -> AgendaText:
    """With the minutes of the day, where they were the sum, for so many minutes more."""
    total = sum(segment.minutes for segment in day.agenda.segments)
    if day.agenda.minutes != total:
        return text
    return text.with_value(("session", "minutes"), total + more)


# The steps


class _Step(NamedTuple):
    change: Change | None
    """None for the first, and for what was taken up again."""
    agenda: Agenda
    day: Written | None
    """None while its text is not written."""
    number: int
    """Its own, and of no other step ever."""


class Waiting(NamedTuple):
    """Steps whose texts are to be written."""

    day: Written
    """The one before them; where there are none, that of now."""
    changes: tuple[Change, ...]
    numbers: tuple[int, ...]
    """One for each change, for `Steps.take`."""


class Steps:
    """What was done to a day, and what was taken back of it."""

    def __init__(self, saved: Written, unsaved: Written | None = None) -> None:
        """`saved` is what the file says; `unsaved` is gone on with where it is not None."""
        self.saved = saved
        """The day as it is in the file."""
        self._count = 0
        self._steps = [_Step(None, saved.agenda, saved, 0)]
        self._now = 0
        if unsaved is not None:
            self._add(None, unsaved.agenda, unsaved)

    @property
    def agenda(self) -> Agenda:
        """The day as it is now."""
        return self._steps[self._now].agenda

    @property
    def day(self) -> Written:
        """The day as it was written last, now or some steps ago."""
        return next(s.day for s in self._steps[self._now :: -1] if s.day is not None)

    @property
    def is_written(self) -> bool:
        """Whether the text of the day as it is now is known."""
        return self._steps[self._now].day is not None

    @property
    def is_changed(self) -> bool:
        """Whether the file says something else."""
        return not self.is_written or self.day.text.text != self.saved.text.text

    def do(self, change: Change) -> None:
        """Make a step; what was taken back before cannot be done again.

        Lengths of one part that follow each other before they are written are one step.

        Raises:
            Refused: when it cannot be done.
        """
        last = self._steps[self._now]
        goes_on = (
            isinstance(change, Lengthened)
            and isinstance(last.change, Lengthened)
            and last.change.place == change.place
            and last.day is None
        )
        agenda = changed(self._steps[self._now - goes_on].agenda, change)
        self._now -= goes_on
        self._add(change, agenda, None)

    def _add(self, change: Change | None, agenda: Agenda, day: Written | None) -> None:
        self._count += 1
        del self._steps[self._now + 1 :]
        self._steps.append(_Step(change, agenda, day, self._count))
        self._now += 1

    def undo(self) -> Change | None:
        """Take the last step back.

        Returns what it was; None where it was more than one change.

        Raises:
            Refused: when there is none.
        """
        if self._now == 0:
            raise Refused("Nothing was changed here yet.")
        self._now -= 1
        return self._steps[self._now + 1].change

    def redo(self) -> Change | None:
        """Make the step again that was taken back last; returns as `undo` does.

        Raises:
            Refused: when there is none.
        """
        if self._now + 1 == len(self._steps):
            raise Refused("There is nothing to do again.")
        self._now += 1
        return self._steps[self._now].change

    # Their texts

    def waiting(self) -> Waiting:
        """The steps up to now whose texts are to be written; often none."""
        steps = self._steps[: self._now + 1]
        first = max(n for n, step in enumerate(steps) if step.day is not None)
        rest = steps[first + 1 :]
        changes = tuple(step.change for step in rest if step.change is not None)
        return Waiting(self.day, changes, tuple(step.number for step in rest))

    def take(self, waiting: Waiting, wrote: WroteOut) -> bool:
        """Take in the texts of some steps; False when one could not be made.

        That one is taken back, and all that came after it.
        """
        for number, day in zip(waiting.numbers, wrote.days, strict=False):
            place = self._place(number)
            if place is not None:
                self._steps[place] = self._steps[place]._replace(agenda=day.agenda, day=day)
        if not wrote.refusal:
            return True
        place = self._place(waiting.numbers[len(wrote.days)])
        if place is None:
            return True  # it was taken back meanwhile
        del self._steps[place:]
        self._now = min(self._now, place - 1)
        return False

    def _place(self, number: int) -> int | None:
        return next((n for n, one in enumerate(self._steps) if one.number == number), None)
