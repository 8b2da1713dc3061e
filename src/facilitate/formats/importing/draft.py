"""What a table comes to as an agenda, and everything that is to be said of it before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Objective, Place, Segment
from facilitate.core.capture_line import clean
from facilitate.formats import agenda_advice, agenda_rules
from facilitate.formats.clock_text import clock_text
from facilitate.formats.common_rules import DAY
from facilitate.formats.importing.headings import MEANING, Asked, Column, Head, head_of, letter
from facilitate.formats.importing.ledger import Ledger
from facilitate.formats.importing.lengths import Times, times_of
from facilitate.formats.importing.rows import Remark, Sorted, sorted_rows
from facilitate.formats.importing.segments import SegmentMaking
from facilitate.formats.importing.sheet import LeftOut, Sheet, places_words, refused
from facilitate.formats.importing.time_texts import date_of
from facilitate.formats.slugs import slug

MOST_PARTS = 300
"""Of one agenda."""

USUAL_START = dt.time(9)
"""Where no table says when the day begins."""

_LONGEST_TITLE = 200


class Wanted(NamedTuple):
    """What someone says of an agenda that their file does not."""

    timezone: str
    """An IANA name that exists."""
    columns: Asked = ()
    """What holds what; see `headings.asked`."""
    date: dt.date | None = None
    start: dt.time | None = None
    place: Place | None = None
    sheet: str = ""
    """Which sheet, table or rundown of the file; empty for the likeliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An agenda out of another file, before anything of it is written."""

    source: str
    """What it was made out of: `a table with commas`."""
    counted: str
    """What the rows of that are called: line, row or entry."""
    agenda: Agenda
    remarks: tuple[Remark, ...]
    columns: tuple[tuple[str, str, str], ...]
    """Of each column its letter, its heading, and what was taken from it; empty for nothing."""
    guessed: tuple[str, ...]
    """What was concluded or put in without anyone having said it, a sentence each."""
    differs: tuple[str, ...]
    """Where the file contradicts itself, a sentence each."""
    left_out: tuple[LeftOut, ...]
    """Everything of the file that is not in the agenda."""


def drafted(sheet: Sheet, wanted: Wanted, file: str, name: str) -> Draft:
    """The agenda that a table comes to.

    Args:
        sheet: the table.
        wanted: what someone says of it.
        file: the name of its file, for what is wrong with it.
        name: what the agenda is called where the file has no title for it.

    Raises:
        Unreadable: when it comes to none.
    """
    head = head_of(sheet.rows, wanted.columns, file)
    ledger = Ledger(sheet.rows, head)
    found = sorted_rows(sheet.rows, head, ledger)
    if not found.parts:
        raise refused(file, "There are no parts of a day in it.", "See --columns.")
    if len(found.parts) > MOST_PARTS:
        raise refused(file, f"There are more than {MOST_PARTS} parts in it.")
    drafting = _Drafting(sheet, wanted, head, ledger, found)
    total = sum(drafting.times.minutes)
    if total > DAY:
        raise refused(
            file,
            f"The parts add up to {total // 60} hours, and an agenda is one sitting.",
            "Take the rows of one day into a file of their own.",
        )
    return drafting.draft(name)


class _Drafting:
    """A table on its way to an agenda."""

    def __init__(
        self, sheet: Sheet, wanted: Wanted, head: Head, ledger: Ledger, found: Sorted
    ) -> None:
        self.sheet, self.wanted, self.head = sheet, wanted, head
        self.ledger, self.found = ledger, found
        self.times = times_of(found, sheet.counted)
        self.guessed: list[str] = [*sheet.said, *self.times.guessed]
        self.differs: list[str] = list(self.times.differs)

    def draft(self, name: str) -> Draft:
        """All of it; `name` is for an agenda without a title."""
        agenda = self._agenda(name)
        self._leave_times(self.times)
        self._tell_remarks()
        return Draft(
            source=self.sheet.what,
            counted=self.sheet.counted,
            agenda=agenda,
            remarks=tuple(self.found.remarks),
            columns=tuple(map(_column, self.head.columns)),
            guessed=tuple(self.guessed),
            differs=tuple(self.differs),
            left_out=(*self.ledger.left_out(), *self.sheet.beside),
        )

    def _agenda(self, name: str) -> Agenda:
        making = SegmentMaking(self.found.parts, self.times.minutes, self.ledger)
        segments = tuple(making.segments())
        self.guessed += making.told(self.sheet.counted)
        title = self._title(name)
        agenda = Agenda(
            id=slug(title) or slug(name) or "agenda",
            title=title,
            date=self._date(),
            start=self._start(),
            timezone=self.wanted.timezone,
            minutes=sum(self.times.minutes),
            place=self._place(),
            segments=segments,
            team=making.team.roles,
            objectives=tuple(self._objectives(making.objectives)),
        )
        return self._with_sound_posts(agenda)

    # What is said once for all of it

    def _title(self, name: str) -> str:
        title = clean(self.sheet.title)[:_LONGEST_TITLE] or self._above()
        if title:
            return title
        self.guessed.append("The title is the name of the file.")
        return clean(name) or "Agenda"

    def _above(self) -> str:
        """What stands alone in the first row that has anything, above the headings."""
        first = next((row for row in self.sheet.rows if any(row.cells)), None)
        if first is None or self.head.row is None or first == self.sheet.rows[self.head.row]:
            return ""
        told = [(place, text) for place, text in enumerate(first.cells) if text]
        if len(told) != 1 or len(told[0][1]) > _LONGEST_TITLE:
            return ""
        self.ledger.take(first.number, told[0][0])
        return clean(told[0][1])

    def _place(self) -> Place:
        if self.wanted.place is None:
            self.guessed.append('Nothing says where it takes place: "online" was put in.')
        return self.wanted.place or "online"

    def _start(self) -> dt.time:
        told = self.times.start
        found = None if told is None else dt.time(int(told) // 60 % 24, int(told) % 60)
        if self.wanted.start is not None:
            if found is not None and found != self.wanted.start:
                asked, here = clock_text(self.wanted.start), clock_text(found)
                self.guessed.append(f"It begins at {asked}, as asked for, and not at {here}.")
            return self.wanted.start
        if found is not None:
            return found
        usual = clock_text(USUAL_START)
        self.guessed.append(f"Nothing says when it begins: {usual} was put in.")
        return USUAL_START

    def _date(self) -> dt.date | None:
        """The one date that the table names, unless another was asked for."""
        dated = [one for part in self.found.parts for one in part.texts.get("date", ())]
        read = {one: date_of(one.text) for one in dated}
        clocks = (one for part in self.found.parts for one in (part.start, part.end))
        days = {one.date for one in clocks if one is not None and one.date is not None}
        days |= {date for date in read.values() if date is not None}
        date = self.wanted.date or (next(iter(days)) if len(days) == 1 else None)
        for one, told in read.items():
            if date is None or told != date:
                why = "no date such as 2027-04-13" if told is None else "another date"
                self.ledger.put_back(one.row, one.place, why)
        if len(days) > 1:
            named = ", ".join(sorted(map(str, days)))
            self.differs.append(f"It names several days ({named}); an agenda is one sitting.")
        return date

    def _objectives(self, named: Sequence[Objective]) -> Iterator[Objective]:
        yield from named
        if not named:
            self.guessed.append("Nothing says what it is for: write the objective yourself.")
            yield Objective(key="day", text="What this sitting is for.")

    # What it does not say, or says otherwise

    def _leave_times(self, times: Times) -> None:
        """Starts and ends that the lengths do not lead to are left out, and told."""
        if self.wanted.start is not None:
            return  # all of them are moved, and that is told
        for place, name in times.unkept:
            part = self.found.parts[place]
            cell = part.cells.get("end" if name == "end" else "start", part.cells.get("start"))
            if cell is not None:
                self.ledger.put_back(part.row, cell, "the lengths come to another time")

    def _tell_remarks(self) -> None:
        counted = self.sheet.counted
        if self.found.remarks:
            where = places_words((one.row for one in self.found.remarks), counted)
            self.guessed.append(
                f"{_upper(where)}: no part of the day; kept as a remark (#) in the file."
            )
        if self.found.joined:
            where = places_words(self.found.joined, counted)
            self.guessed.append(f"{_upper(where)}: goes on with the part above.")

    def _with_sound_posts(self, agenda: Agenda) -> Agenda:
        """The agenda; posts that could not be used as such are notes instead."""
        findings = (*agenda_rules.findings(agenda), *agenda_advice.findings(agenda))
        places = {
            (int(one.at[1]), int(one.at[3]))
            for one in findings
            if one.level == "error" and one.at[:1] == ("segment",) and one.at[2:3] == ("chat",)
        }
        if not places:
            return agenda
        rows = [self.found.parts[place].row for place, _ in sorted(places)]
        where = places_words(rows, self.sheet.counted)
        self.guessed.append(
            f"{_upper(where)}: a post names a clock time, or braces that nothing fills; it"
            " stands among the notes."
        )
        segments = [
            _without_posts(one, {post for part, post in places if part == place})
            for place, one in enumerate(agenda.segments)
        ]
        return replace(agenda, segments=tuple(segments))


def _without_posts(segment: Segment, places: Iterable[int]) -> Segment:
    moved = set(places)
    posts = enumerate(segment.chat)
    kept = tuple(post for place, post in posts if place not in moved)
    noted = [f"Post: {post}" for place, post in enumerate(segment.chat) if place in moved]
    notes = "\n\n".join(filter(None, [segment.notes, *noted]))
    return replace(segment, chat=kept, notes=notes)


def _column(column: Column) -> tuple[str, str, str]:
    meaning = MEANING[column.field] if column.field is not None else ""
    return letter(column.place), column.heading, meaning


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
