"""A new agenda: out of the template, an earlier agenda, or what remains of a sitting.

What is copied is the structure, with its comments; what a group said is not. All that is other
than in the earlier file is told, a plain sentence each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import clean
from facilitate.core.programme import PlannedSitting
from facilitate.core.record import RecordedSegment, SittingRecord
from facilitate.formats.agenda_of_record import record_text
from facilitate.formats.agenda_schema import schema_line
from facilitate.formats.agenda_text import SEGMENT, AgendaText, agenda_text, data_of
from facilitate.formats.export.carry_toml import TITLE as CARRY_TITLE
from facilitate.formats.slugs import LONGEST, slug
from facilitate.formats.still_named import names_of, still_named

CARRIED = "# What the group carries on; it is shown as carried, not yet confirmed.\n"
"""Above the lines that a new agenda brings along."""

_SCHEMA = "#:schema"
_DATED = re.compile(r"-\d{4}-\d\d-\d\d(?:-\d+)?$", re.ASCII)


class Wish(NamedTuple):
    """What someone asks of a new agenda."""

    date: dt.date | None = None
    """None takes that of the programme's plan, and without one makes a template."""
    title: str = ""
    """Empty keeps the one there is."""
    cohort: str = ""
    """Whose it is to be, a short name; empty for the same group as before."""
    taken: Collection[str] = ()
    """Ids that it may not have."""


class Plan(NamedTuple):
    """What a programme plans after the sitting that is copied."""

    file: str
    """The name of its file."""
    sitting: PlannedSitting | None
    """None when that was the last one."""


class NewAgenda(NamedTuple):
    """An agenda that was made, and what is to be said of it."""

    text: AgendaText
    said: tuple[str, ...]
    """What is other than in what it was made of, a sentence each."""

    @property
    def id(self) -> str:
        """Its id."""
        return str(data_of(self.text.text)["session"]["id"])


def from_template(raw: bytes, wish: Wish) -> NewAgenda:
    """A new agenda out of the template, whose comments stay for who writes it."""
    making = _Making(agenda_text(raw), wish)
    making.set_title()
    making.set_date(None)
    making.set_id(is_free=True)
    if wish.cohort:
        making.put("cohort", wish.cohort)
    return making.made()


def from_agenda(
    text: AgendaText,
    agenda: Agenda,
    wish: Wish,
    *,
    group: str = "",
    plan: Plan | None = None,
    carried_from: str | None = None,
) -> NewAgenda:
    """A new agenda with the structure of an earlier one.

    Args:
        text: the earlier file.
        agenda: what it says.
        wish: what is to be other.
        group: whose cohort held it; empty for the one that the file names.
        plan: what its programme plans next; None when no programme lies beside it.
        carried_from: the sitting whose lines the new one brings along; None for none.

    Raises:
        Refused: when the file is laid out in a way in which it cannot be changed.
    """
    making = _Making(text, wish)
    group = group or agenda.whose
    other_group = wish.cohort not in ("", group)
    planned = None if other_group else making.set_number(plan)
    making.set_title()
    making.set_date(planned)
    making.set_id()
    if other_group:
        making.give_to_another(agenda)
    else:
        making.keep_with(agenda, group)
    making.set_carried_from(None if other_group else carried_from)
    making.leave_out_carried()
    return _with_names_told(making.made(), agenda) if other_group else making.made()


def from_record(
    record: SittingRecord,
    wish: Wish,
    *,
    plan: Plan | None = None,
    carried_from: str | None = None,
) -> NewAgenda:
    """A new agenda with the parts that a sitting had, as far as its record knows them.

    Behind the length of each stands what became of it, as a comment. The other arguments are
    those of `from_agenda`.
    """
    making = _Making(agenda_text(record_text(record).encode()), wish)
    other_group = wish.cohort not in ("", record.cohort)
    planned = None if other_group else making.set_number(plan)
    making.set_title()
    making.set_date(planned)
    making.set_id()
    if other_group:
        making.put("cohort", wish.cohort)
        making.say(f"It is for another group, {wish.cohort}: nothing is carried.")
    making.set_carried_from(None if other_group else carried_from)
    making.say("Of its parts a record knows the titles, kinds and lengths; all else is empty.")
    return with_lengths(making.made(), record)


def with_lengths(new: NewAgenda, record: SittingRecord) -> NewAgenda:
    """The same with a comment behind the length of each part: what became of it last time."""
    text = new.text
    places = {one.get("id"): n for n, one in enumerate(_parts(text))}
    for segment in record.segments:
        if segment.id in places:
            path = (SEGMENT, places[segment.id], "minutes")
            text = text.with_note(path, _became(segment))
    return new._replace(text=text)


def with_carried(new: NewAgenda, tables: bytes, count: int) -> NewAgenda:
    """The same with `[[carry]]` tables at its end, as `export --as toml` writes them."""
    text = new.text.text
    rest = tables.decode().replace(CARRY_TITLE, CARRIED).replace("\n", new.text.newline)
    ended = text if text.endswith("\n") else text + new.text.newline
    raw = f"{new.text.mark}{ended}{new.text.newline}{rest}".encode()
    lines = "1 line" if count == 1 else f"{count} lines"
    told = (
        f"{lines} that the group carries on {'stands' if count == 1 else 'stand'} at its end."
    )
    return NewAgenda(agenda_text(raw), (*new.said, told))


def _with_names_told(new: NewAgenda, agenda: Agenda) -> NewAgenda:
    """The same, with the lines said in which someone of the earlier team is still named."""
    lines = [str(one.line) for one in still_named(new.text.raw(), names=names_of([agenda]))]
    if not lines:
        return new
    where = f"Line {lines[0]}" if len(lines) == 1 else f"Lines {', '.join(lines)}"
    names = "may still name" if len(lines) == 1 else "may each still name"
    told = f"{where} {names} someone of the earlier team; look there."
    return new._replace(said=(*new.said, told))


def _parts(text: AgendaText) -> list[dict[str, Any]]:
    """The tables of the parts, each with its id."""
    from facilitate.formats.slugs import give_ids

    parts: list[dict[str, Any]] = data_of(text.text)[SEGMENT]
    give_ids(parts)
    return parts


def _became(segment: RecordedSegment) -> str:
    if segment.started is not None:
        return f"had {segment.actual_minutes} min"
    return "was left out" if segment.status == "skipped" else "was not reached"


# One step after the other


class _Making:
    """A text on its way to a new agenda, and what is to be said of it."""

    def __init__(self, text: AgendaText, wish: Wish) -> None:
        self.text, self.wish = text, wish
        self.said: list[str] = []
        self.session: Mapping[str, Any] = data_of(text.text).get("session", {})
        """What the earlier file says."""

    def made(self) -> NewAgenda:
        return NewAgenda(_with_schema(self.text), tuple(self.said))

    def put(self, key: str, value: str | int | dt.date | None) -> None:
        """Set a value under `[session]`, or take it out."""
        if self.session.get(key) != value:
            self.text = self.text.with_value(("session", key), value)

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def set_number(self, plan: Plan | None) -> PlannedSitting | None:
        """Make it the next sitting of its programme, where that plans one."""
        number, part = self.session.get("number"), self.session.get("part")
        if number is None:
            if part is not None:
                self.say(f"It says part = {part}, as the earlier one.")
            return None
        planned = plan.sitting if plan is not None else None
        if plan is None or planned is None:
            self.put("number", None)
            where = "no programme lies beside it" if plan is None else f"{plan.file} ends there"
            self.say(f"It has no number: the earlier one has {number}, and {where}.")
            return None
        self._follow(planned, plan.file)
        return planned

    def _follow(self, planned: PlannedSitting, file: str) -> None:
        """Make it what a programme plans."""
        for key in ("number", "topic", "part"):
            self.put(key, getattr(planned, key))
        if planned.topic != self.session.get("topic") or planned.part is None:
            self.put("parts", None)
        if not self.wish.title and planned.title != self.session.get("title"):
            self.put("title", planned.title)
            self.put("subtitle", None)
        told = "topic and part" if self.wish.title else "title, topic and part"
        self.say(f"It is session {planned.number} of {file}: {told} are as planned there.")
        if planned.place != (place := self.session.get("place")):
            self.say(f"It is planned {planned.place} there; this still says {place}.")
        if planned.agenda is not None:
            names = f"{file} names {planned.agenda} for that session"
            self.say(f"{names}; write the name of this file there when it takes its place.")

    def set_title(self) -> None:
        """Give it the title that was asked for."""
        title = clean(self.wish.title)
        if not title:
            return
        self.put("title", title)
        if "subtitle" in self.session:
            self.put("subtitle", None)
            self.say("The earlier subtitle was left out.")

    def set_date(self, planned: PlannedSitting | None) -> None:
        """Give it the date that was asked for, or that is planned; else none."""
        date = self.wish.date or (planned.date if planned is not None else None)
        self.put("date", date)
        if date is None:
            self.say("It has no date and so is a template; add one under [session].")
        elif date != self.wish.date:
            self.say(f"Its date is {date}, as planned.")

    def set_id(self, *, is_free: bool = False) -> None:
        """Give it an id that nothing else here has; the one it has, too, if that `is_free`."""
        date = data_of(self.text.text)["session"].get("date")
        old = str(self.session.get("id", ""))
        base = slug(clean(self.wish.title)) or _DATED.sub("", old) or "session"
        taken = set(self.wish.taken) if is_free else {*self.wish.taken, old}
        made = _free(base, date, taken)
        self.put("id", made)
        self.say(f"Its id is {made}.")

    def give_to_another(self, agenda: Agenda) -> None:
        """Give it to another group, without names."""
        self.put("cohort", self.wish.cohort)
        for role in agenda.team:
            if role.name:
                self.text = self.text.with_value(("team", role.role), "")
        said = f"It is for another group, {self.wish.cohort}"
        self.say(f"{said}: the names of the team were taken out, and nothing is carried.")

    def keep_with(self, agenda: Agenda, group: str) -> None:
        """Keep it with the group of the earlier one; without a date that was anyone's."""
        own = agenda.whose == agenda.id and agenda.date is not None
        if group != agenda.whose or own:
            self.put("cohort", group)
            self.say(f"It is for the same group: cohort is {group}.")
        if any(role.name for role in agenda.team):
            self.say("The names of the team are as they were.")

    def set_carried_from(self, sitting: str | None) -> None:
        """Say whose lines it brings along."""
        before = self.session.get("carried_from")
        self.put("carried_from", sitting)
        if sitting is not None:
            self.say(f"It carries on from {sitting}.")
        elif before is not None:
            self.say(f"carried_from was left out; it was {before}.")

    def leave_out_carried(self) -> None:
        """Leave out the lines that were written out for the earlier sitting alone."""
        carried = data_of(self.text.text).get("carry", [])
        if not carried:
            return
        self.text = self.text.without_tables("carry")
        for lines in (CARRIED, CARRY_TITLE):
            self.text = _without(self.text, lines)
        lines = "1 line" if len(carried) == 1 else f"{len(carried)} lines"
        was = "was" if len(carried) == 1 else "were"
        self.say(f"{lines} carried to the earlier sitting {was} left out.")


def _free(base: str, date: dt.date | None, taken: Collection[str]) -> str:
    """A short name out of an earlier one and a date, different from all others."""
    behind = f"-{date.isoformat()}" if date is not None else ""
    for count in range(1, len(taken) + 2):
        end = f"{behind}-{count}" if count > 1 else behind
        made = base[: LONGEST - len(end)].rstrip("-_") + end
        if made not in taken:
            return made
    raise AssertionError("one of more names than are taken is free")


def _with_schema(text: AgendaText) -> AgendaText:
    """The text with the line by which editors find its schema, at its very beginning."""
    if text.text.startswith(_SCHEMA):
        return text
    line = schema_line("agenda").replace("\n", text.newline)
    parted = text.newline if text.text.startswith("#") else ""
    return agenda_text(f"{text.mark}{line}{parted}{text.text}".encode())


def _without(text: AgendaText, lines: str) -> AgendaText:
    """The text without some comment lines, where it has just these."""
    newline = text.newline
    found = text.text.partition(lines.replace("\n", newline))
    if not found[1]:
        return text
    rest = found[2].lstrip("\r\n")
    before = found[0] if rest else found[0].rstrip() + newline
    return agenda_text(f"{text.mark}{before}{rest}".encode())
