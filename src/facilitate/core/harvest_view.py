"""What the closing screen lists: every line that could travel on from a sitting.

What waits for a decision comes first. Nothing enters the record that does not stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import DETAILS, Entry, shown
from facilitate.core.carrying import as_taken_up
from facilitate.core.entry_fold import taken_up
from facilitate.core.events import Undone
from facilitate.core.line_hints import hints
from facilitate.core.lines_view import line_view
from facilitate.core.rings import waits_for_a_look
from facilitate.core.state import SessionState
from facilitate.core.travelling import Words, travelling

Asks = Literal["keep or let go", "a yes", "an answer"]
"""What a line waits for: whether it travels, whether it may say whose it is, where it leads."""


class HarvestRow(NamedTuple):
    """One line, with all that would travel with it."""

    number: int
    name: str
    kind: CaptureKind
    text: str
    """Wordings that stand side by side are parted by a slash; empty when they are gone."""
    lineage: str
    about: str
    """Kind, state, how far it travels, and what else is known of it in a word or two."""
    behind: tuple[str, ...]
    """What goes with it beyond its words: what was told of it, whose it is, earlier words."""
    asks: Asks | None
    """None when it waits for nothing."""

    @property
    def hints(self) -> tuple[str, ...]:
        """What in any of these words may identify someone, each the rest of a sentence.

        It takes long to see, and so is looked for only in rows that are drawn.
        """
        found = (hint for text in (self.text, *self.behind) for hint in hints(text))
        return tuple(dict.fromkeys(found))

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<HarvestRow {self.name}>"


class Harvest(NamedTuple):
    """Everything that is to be looked at before a sitting is closed."""

    waiting: tuple[HarvestRow, ...]
    """By what they wait for, then by number; a sitting is closed when there are none."""
    travels: tuple[HarvestRow, ...]
    """By number: what enters the record as it stands."""
    ended: tuple[HarvestRow, ...]
    """By number: lines of earlier sittings that end here, which the record says as well."""
    let_go: int
    """How many lines were let go."""


def harvest_view(state: SessionState) -> Harvest:
    """The lines of a sitting as the closing screen has them."""
    words = travelling(state.history)
    rows = [_row(state, entry, words.get(entry.id, {})) for entry in _seen(state, words)]
    ended = [e for e in state.entries.values() if e.carried_from and not e.is_shown]
    return Harvest(
        waiting=tuple(sorted((row for row in rows if row.asks), key=_by_question)),
        travels=tuple(row for row in rows if not row.asks),
        ended=tuple(_ended(entry) for entry in sorted(ended, key=lambda e: e.number)),
        let_go=sum(entry.let_go for entry in state.entries.values()),
    )


def brought_back(before: SessionState, after: SessionState) -> int | None:
    """Number of the line that a step back between two states was about; None without one."""
    last = after.history[-1].event if after.history else None
    if not isinstance(last, Undone) or before.history[-1:] == after.history[-1:]:
        return None
    step = next((one.event for one in before.history if one.id == last.event), None)
    entry = after.entries.get(getattr(step, "entry", ""))
    return entry.number if entry else None


def _seen(state: SessionState, words: Mapping[str, Words]) -> list[Entry]:
    """The lines that travel or could, and carried ones that the cohort cannot leave open."""
    here = [e for e in state.entries.values() if e.ring == "sitting" or words.get(e.id)]
    seen = [e for e in here if e.touched or _asks(state, e)]
    return shown([*seen, *(e for e in _not_taken_up(state) if _asks(state, e))])


def _not_taken_up(state: SessionState) -> list[Entry]:
    """The lines of earlier sittings that nothing was done with here."""
    if state.inherited is None:
        return []
    lines = (line for line in state.inherited.lines if line.id not in state.entries)
    return [taken_up(as_taken_up(line)) for line in lines]


def _asks(state: SessionState, entry: Entry) -> Asks | None:
    if entry.ring == "sitting" or waits_for_a_look(entry):
        return "keep or let go"
    if entry.attribution is not None and entry.attribution.is_pending:
        return "a yes"
    is_last = state.inherited is not None and state.inherited.is_last
    if is_last and entry.kind == "question" and entry.state == "open":
        return "an answer"
    return None


_ORDER: tuple[Asks | None, ...] = ("keep or let go", "a yes", "an answer")


def _by_question(row: HarvestRow) -> int:
    return _ORDER.index(row.asks)


def _row(state: SessionState, entry: Entry, words: Words) -> HarvestRow:
    line = line_view(state, entry)
    return HarvestRow(
        number=entry.number,
        name=entry.name,
        kind=entry.kind,
        text=line.text,
        lineage=_lineage(entry),
        about=_about(entry, line.keeps, line.more),
        behind=(*_details(entry), *_whose(entry), *_earlier(entry, words)),
        asks=_asks(state, entry),
    )


def _ended(entry: Entry) -> HarvestRow:
    how = "withdrawn" if entry.withdrawn else "let go"
    return HarvestRow(
        number=entry.number, name=entry.name, kind=entry.kind,
        text=entry.text, lineage=entry.version.lineage, about=_about(entry, how, ""),
        behind=(), asks=None,
    )  # fmt: skip


def _about(entry: Entry, how_far: str, marks: str) -> str:
    state = "" if entry.state == how_far else entry.state
    return ", ".join(words for words in (entry.kind, state, how_far, marks) if words)


def _details(entry: Entry) -> tuple[str, ...]:
    """What was told of it, each under its name; a name of a later version stands as it is."""
    names = DETAILS.get(entry.kind, {})
    return tuple(f"{names.get(name, name)}: {text}" for name, text in entry.told.items())


def _whose(entry: Entry) -> tuple[str, ...]:
    said = entry.attribution
    if said is None or said.is_pending:
        return ()
    return (f"words of {said.text or 'the group'}",)


def _lineage(entry: Entry) -> str:
    """Where the wordings that hold come from, each once."""
    return " / ".join(dict.fromkeys(one.lineage for one in entry.wordings if one.lineage))


def _earlier(entry: Entry, words: Words) -> tuple[str, ...]:
    """The wordings before those that hold, as far as they travel as well; each once."""
    now = {(version.text, version.lineage) for version in entry.wordings}
    before = ((one.text, one.lineage) for one in words.values())
    return tuple(
        f"worded before: {text} <- {lineage}" if lineage else f"worded before: {text}"
        for text, lineage in dict.fromkeys(pair for pair in before if pair not in now)
    )


# In words


def missing_words(harvest: Harvest) -> str:
    """What is still to be decided, on one line; empty when nothing is."""
    parts = []
    for asks, one, several in _MISSING:
        count = sum(row.asks == asks for row in harvest.waiting)
        if count:
            parts.append(one if count == 1 else several.format(count))
    return f"Not yet: {', '.join(parts)}." if parts else ""


_MISSING: tuple[tuple[Asks, str, str], ...] = (
    ("keep or let go", "1 line is to be kept or let go", "{} lines are to be kept or let go"),
    ("a yes", "1 line waits for a yes", "{} lines wait for a yes"),
    ("an answer", "1 question is open", "{} questions are open"),
)


def closing_words(harvest: Harvest) -> str:
    """How many lines enter the record, and how many were let go, on one line."""
    count, let_go = len(harvest.travels), harvest.let_go
    enter = f"{count} lines enter" if count > 1 else f"{'1' if count else 'No'} line enters"
    went = f", {let_go} {'was' if let_go == 1 else 'were'} let go" if let_go else ""
    return f"{enter} the record{went}."
