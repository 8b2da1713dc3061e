"""What the screen about what is carried shows: lines as they stand now, and starting points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.agenda import Agenda, CaptureKind, Offered
from facilitate.core.captures import KINDS, Entry, EntryState, shown
from facilitate.core.carrying import CarriedLine, as_taken_up, is_due
from facilitate.core.entry_fold import taken_up
from facilitate.core.state import SessionState

DUE = "due for another look"
OFFERED = "starting points: offered, not agreed"
FOUR_QUESTIONS = (
    "Did it help? y re-affirms. Drop it? l lets go. Improve it? w. When to look at it next? n."
)
"""What a day of looking back asks about each line, and the key for each answer."""


class CarriedRow(NamedTuple):
    """One line of what is carried, as it stands now."""

    number: int
    name: str
    kind: CaptureKind
    state: EntryState
    text: str
    lineage: str
    is_due: bool
    """Whether it wants another look that it has not had yet."""
    done: str
    """What this sitting did with it: `re-affirmed`, `amended`, `let go`; empty for nothing."""
    when: str
    """When to look at it again, as it is recorded; empty for never."""
    before: str
    """How it was worded when it came, where that has changed here; empty when it has not."""
    earlier: tuple[str, ...]
    """Wordings of sittings before, oldest first."""
    part: int | None
    """The part of the topic in which it was made; None when that had no parts."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<CarriedRow {self.name}>"


class OfferedRow(NamedTuple):
    """A starting point from the team; it counts as agreed only once the group adopts it."""

    kind: CaptureKind
    text: str
    taken: str
    """What became of it here: `A3, proposed`; empty while nobody took it up."""

    def __repr__(self) -> str:
        """What it is, without its words."""
        return f"<OfferedRow {self.kind}>"


class Section(NamedTuple):
    """Rows below a heading of their own."""

    heading: str
    rows: tuple[CarriedRow | OfferedRow, ...]


class CarryingView(NamedTuple):
    """The whole screen."""

    stands: str
    """`7 lines, 2 due for another look`."""
    asks: str
    """The four questions of a day of looking back; empty on other days."""
    sections: tuple[Section, ...]
    """What is due first, then by kind, then what the team offers; none of them empty."""


def carrying_view(state: SessionState) -> CarryingView:
    """What a sitting carries; nothing before an agenda is open.

    A line stays in its section whatever is done with it: nothing moves below the mark.
    """
    agenda = state.agenda
    if agenda is None:
        return CarryingView("", "", ())
    rows = _rows(state, agenda)
    sections = [
        Section(DUE, tuple(row for row, due in rows if due)),
        *(_of_kind(kind, rows) for kind in KINDS),
        Section(OFFERED, tuple(_offered(state, one) for one in agenda.offered)),
    ]
    return CarryingView(
        stands=_words(rows),
        asks=FOUR_QUESTIONS if rows and looks_back(agenda) else "",
        sections=tuple(section for section in sections if section.rows),
    )


def carrying_words(state: SessionState) -> str:
    """How much is carried, and how much of it is due: `7 lines, 2 due for another look`.

    Empty when nothing is carried.
    """
    return _words(_rows(state, state.agenda)) if state.agenda else ""


_Rows = list[tuple[CarriedRow, bool]]
"""The lines that are carried, and whether each was due when the sitting began."""


def _rows(state: SessionState, agenda: Agenda) -> _Rows:
    if state.inherited is None or state.date is None:
        return []
    lines, is_last = state.inherited.lines, state.inherited.is_last
    due = [is_due(line, agenda, state.date, is_last=is_last) for line in lines]
    return [(_row(state, one, is_due=now), now) for one, now in zip(lines, due, strict=True)]


def _words(rows: _Rows) -> str:
    due = sum(row.is_due for row, _ in rows)
    count = "1 line" if len(rows) == 1 else f"{len(rows)} lines" if rows else ""
    return f"{count}, {due} due for another look" if due else count


def _of_kind(kind: CaptureKind, rows: _Rows) -> Section:
    heading = kind if kind == "gratitude" else f"{kind}s"
    return Section(heading, tuple(row for row, due in rows if row.kind == kind and not due))


def looks_back(agenda: Agenda) -> bool:
    """Whether a sitting is a day of looking back.

    It has a part for reflection or integration, and is no part of a topic: those have one at
    their end, and bring something new before it.
    """
    kinds = {segment.kind for segment in agenda.segments}
    return agenda.part is None and not kinds.isdisjoint({"reflection", "integration"})


def _row(state: SessionState, line: CarriedLine, *, is_due: bool) -> CarriedRow:
    entry = state.entries.get(line.id) or taken_up(as_taken_up(line))
    changed = bool(entry.text) and entry.text != line.text
    return CarriedRow(
        number=line.number,
        name=entry.name,
        kind=entry.kind,
        state=entry.state,
        text=entry.text,
        lineage=entry.version.lineage,
        is_due=is_due and not entry.touched,
        done=", ".join(_done(entry, line, changed=changed)),
        when=entry.marks.when,
        before=line.text if changed else "",
        earlier=line.earlier,
        part=line.part,
    )


def _done(entry: Entry, line: CarriedLine, *, changed: bool) -> Iterator[str]:
    if entry.let_go or entry.withdrawn:
        yield "let go" if entry.let_go else "withdrawn"
    if entry.reaffirmed:
        yield "re-affirmed"
    if changed:
        yield "amended" if entry.state != "amending" else "new words, not agreed yet"
    if entry.state != line.state and not entry.let_go and entry.state != "amending":
        yield f"{entry.state} now"
    if entry.marks.when != line.marks.when:
        yield "next look changed"


def _offered(state: SessionState, offered: Offered) -> OfferedRow:
    of_it = (
        entry
        for entry in shown(state.entries.values())
        if entry.kind == offered.kind and not entry.carried_from
        if any(version.text == offered.text for version in entry.versions)
    )
    taken = next(of_it, None)
    words = f"{taken.name}, {taken.state}" if taken else ""
    return OfferedRow(kind=offered.kind, text=offered.text, taken=words)
