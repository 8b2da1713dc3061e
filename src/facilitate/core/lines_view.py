"""What the screens show of the lines that a group makes, and of the one being typed."""

from __future__ import annotations

from typing import NamedTuple

from facilitate.core.capture_line import (
    HeardAgain,
    NewLine,
    NewWording,
    RoomLine,
    Votes,
    clean,
)
from facilitate.core.captures import KINDS, NO_MARKS, Entry, RoomNote, Version, shown
from facilitate.core.carrying import when_words
from facilitate.core.completion import Suggestion, complete
from facilitate.core.decide_entries import under_test
from facilitate.core.line_hints import hints, same_term
from facilitate.core.line_meaning import capture_kind, line_of, scale_under_test
from facilitate.core.sources import sources
from facilitate.core.state import SessionState
from facilitate.core.tally import read_tally, tally_words
from facilitate.core.values import dataclass


class Line(NamedTuple):
    """One line of what was made."""

    number: int | None
    """None for a line that stays in the room."""
    name: str
    state: str
    text: str
    """Wordings that stand side by side are parted by a slash."""
    lineage: str
    more: str
    """What else is known of it, in a few words: `#policy, for home-visiting, next`."""
    keeps: str
    """How far it travels, in words."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Line {self.name}>"


RING_WORDS = {
    "sitting": "this sitting only, until closing",
    "cohort": "cohort",
    "team": "team",
    "public": "public",
}
ROOM_WORDS = "room only, not saved"
GONE_WORDS = "not saved, gone when this closes"


def made_here(state: SessionState, room: tuple[RoomNote, ...]) -> tuple[Line, ...]:
    """What was made so far, that of the running segment last; what only the room holds.

    Each by number. However many lines the room holds, they take one row.
    """
    return MadeSoFar().lines(state, room)


class MadeSoFar:
    """What was made so far, for who looks again and again: only what changed is made anew.

    There may be hundreds of lines, and one more with every key that keeps one.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Entry, Line]] = {}

    def lines(self, state: SessionState, room: tuple[RoomNote, ...]) -> tuple[Line, ...]:
        """The lines as `made_here` tells them."""
        here = state.run.segment if state.run else None
        made = [e for e in state.entries.values() if e.touched and not e.carried_from]
        made = sorted(shown(made), key=lambda entry: entry.segment == here)
        before, self._known = self._known, {}
        for entry in made:
            known = before.get(entry.id)
            if known is None or known[0] is not entry:
                known = (entry, line_view(state, entry))
            self._known[entry.id] = known
        return tuple([line for _, line in self._known.values()]) + _held(room)


def _held(room: tuple[RoomNote, ...]) -> tuple[Line, ...]:
    if not room:
        return ()
    text = room[0].text if len(room) == 1 else f"{len(room)} lines held here"
    return (
        Line(number=None, name="!", state="", text=text, lineage="", more="", keeps=ROOM_WORDS),
    )


def line_view(state: SessionState, entry: Entry) -> Line:
    """An entry as one line."""
    one = len(entry.versions) == 1  # as most have; there may be hundreds at every key
    wordings = entry.versions if one else entry.wordings or entry.versions[-1:]
    return Line(
        entry.number,
        entry.name,
        entry.state,
        (wordings[0].text or "") if len(wordings) == 1 else _side_by_side(wordings),
        wordings[-1].lineage,
        more_words(state, entry),
        RING_WORDS[entry.ring],
    )


def _side_by_side(wordings: tuple[Version, ...]) -> str:
    return " / ".join(version.text or "" for version in wordings)


def more_words(state: SessionState, entry: Entry) -> str:
    """What is known of an entry beyond its words, in a few words; empty for nothing."""
    marks = entry.marks
    if marks is NO_MARKS and not (entry.belongs_with or entry.merged_into or entry.heard_again):
        return ""  # of most lines nothing is; and there may be hundreds at every key
    beside, target = (
        state.entries.get(name or "") for name in (entry.belongs_with, entry.merged_into)
    )
    told = [
        *(f"#{tag}" for tag in marks.tags),
        f"for {marks.owner}" if marks.owner else "",
        f"again {when_words(marks.when)}" if marks.when else "",
        f"with {beside.name}" if beside else "",
        f"part of {target.name}" if target else "",
        "also heard" if entry.heard_again else "",
    ]
    return ", ".join(words for words in told if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What a half-typed line would become: shown beside it, kept nowhere."""

    label: str
    """`agreement`, `new words for A3`, `room only`."""
    keeps: str
    hint: str = ""
    """What to think about before Enter; empty for nothing. It never blocks."""
    suggestion: Suggestion | None = None
    """How the line could go on; None when nothing begins like it."""

    @property
    def is_room_only(self) -> bool:
        """Whether nothing of it would be saved."""
        return self.keeps == GONE_WORDS


def typing(state: SessionState, text: str) -> Typing:
    """What the line would become if it were kept now."""
    line = line_of(state, text)
    match line:
        case RoomLine():
            return Typing(label="room only", keeps=GONE_WORDS)
        case NewWording(number=number):
            return _about(state, number, "new words for {}")
        case HeardAgain(number=number):
            return _about(state, number, "{} also heard")
        case Votes(text=votes):
            return _tally(state, votes)
        case NewLine():
            return _new(state, line, text)
        case _:
            if clean(text).startswith("!") or not state.may_keep:
                return Typing(label="room only", keeps=GONE_WORDS)
            kind = capture_kind(state)
            return Typing(label=kind, keeps=RING_WORDS[KINDS[kind].ring])


def _about(state: SessionState, number: int, label: str) -> Typing:
    entry = state.entry(number)
    assert entry is not None, "numbers that are not there are words"
    return Typing(label=label.format(entry.name), keeps=RING_WORDS[entry.ring])


def _tally(state: SessionState, votes: str) -> Typing:
    entry, scale = under_test(state), scale_under_test(state)
    tally = read_tally(votes, scale) if scale else None
    hint = tally_words(tally, scale) if tally and scale else ""
    label = f"tally for {entry.name}" if entry else "tally"
    return Typing(label=label, keeps=RING_WORDS["sitting"], hint=hint)


def _new(state: SessionState, line: NewLine, text: str) -> Typing:
    beside = state.entry(line.belongs_with) if line.belongs_with else None
    return Typing(
        label=f"{line.kind} with {beside.name}" if beside else line.kind,
        keeps=RING_WORDS[KINDS[line.kind].ring],
        hint="; ".join([*hints(line.text), *_same_term(state, line)]),
        suggestion=complete(text, capture_kind(state), sources(state)),
    )


def _same_term(state: SessionState, line: NewLine) -> list[str]:
    if line.kind not in ("term", "framework"):
        return []
    alike = shown(e for e in state.entries.values() if e.kind == line.kind)
    there = [(e.name, e.text) for e in alike]
    carried = state.inherited.lines if state.inherited else ()
    untouched = (one for one in carried if one.id not in state.entries)
    there += [(one.name, one.text) for one in untouched if one.kind == line.kind]
    name = same_term(line.text, there)
    return [f"{name} is that word already: *{name[1:]} gives it other words"] if name else []
