"""Everything that is known of one line, for the screen that shows nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import DETAILS, Attribution, Concern, Entry, Origin, Ring, shown
from facilitate.core.carrying import CarriedLine, when_words
from facilitate.core.consent_view import GONE, earlier_rounds, stands_words
from facilitate.core.lines_view import RING_WORDS
from facilitate.core.lives import following
from facilitate.core.state import SessionState
from facilitate.core.whose import WORDED_SINCE, is_said_still


class Fact(NamedTuple):
    """One thing about a line."""

    label: str
    """What it is, in a word or two; empty where it goes on with the one above."""
    text: str


class OneLineView(NamedTuple):
    """One line with all that is known of it."""

    name: str
    kind: CaptureKind
    stands: str
    wordings: tuple[str, ...]
    """All that hold: one, or several where people reworded at once."""
    facts: tuple[Fact, ...]


def one_line_view(state: SessionState, number: int) -> OneLineView | None:
    """All that is known of a line; None when no line of that number can be seen."""
    entry = state.entry(number)
    if entry is None:
        return None
    carried = _carried(state, entry)
    facts = (
        *_life(entry),
        *_said_beside(entry),
        *_whose(state, entry, carried),
        *_history(entry, carried),
        *_together(state, entry),
    )
    return OneLineView(
        name=entry.name,
        kind=entry.kind,
        stands=stands_words(entry),
        wordings=tuple(version.text or GONE for version in entry.wordings),
        facts=facts,
    )


def _carried(state: SessionState, entry: Entry) -> CarriedLine | None:
    lines = state.inherited.lines if state.inherited else ()
    return next((line for line in lines if line.id == entry.id), None)


# Where it stands


def _life(entry: Entry) -> Iterator[Fact]:
    if len(entry.wordings) > 1:
        yield Fact("two wordings", "they stand side by side; w says which words hold")
    yield Fact("stands", stands_words(entry))
    yield Fact("can become", _either(following(entry)) or "nothing more")
    yield Fact("how far", RING_WORDS[entry.ring])


def _either(states: tuple[str, ...]) -> str:
    return " or ".join([", ".join(states[:-1]), states[-1]] if states[1:] else states)


# What was said of it


def _said_beside(entry: Entry) -> Iterator[Fact]:
    marks = entry.marks
    if entry.version.lineage:
        yield Fact("stands on", entry.version.lineage)
    if marks.tags:
        yield Fact("tags", " ".join(f"#{tag}" for tag in marks.tags))
    if marks.facet:
        yield Fact("belongs to", marks.facet)
    if marks.owner:
        yield Fact("for", marks.owner)
    if marks.when:
        yield Fact("next look", when_words(marks.when))
    told = entry.told
    for name, label in DETAILS.get(entry.kind, {}).items():
        if name in told:
            yield Fact(label, told[name])


# Whose it is


def _whose(state: SessionState, entry: Entry, carried: CarriedLine | None) -> Iterator[Fact]:
    said = entry.attribution
    if said:
        stands = said.is_pending or is_said_still(state.history, entry)
        yield Fact("whose words", attribution_words(said) if stands else WORDED_SINCE)
    if entry.carried_from:
        topic = f": {carried.topic}" if carried and carried.topic else ""
        yield Fact("carried from", f"{_sitting_words(entry.carried_from)}{topic}")
    yield Fact("made by", ORIGIN_WORDS[entry.origin])
    if entry.heard_again:
        yield Fact("also heard", _times(entry.heard_again))
    if entry.reaffirmed:
        yield Fact("re-affirmed", "this sitting said yes to it again")


def attribution_words(attribution: Attribution) -> str:
    """Whose words a line says it is, and how far the yes goes."""
    if attribution.form == "group":
        return "the group's"
    if attribution.scope is None:
        said = f"asked whether {_FORMS[attribution.form]} may stand there"
        return f"{said}; nothing is written down before a yes"
    return f"{attribution.text or GONE}, with a yes as far as {SCOPE_WORDS[attribution.scope]}"


_FORMS = {"role": "a role or organisation", "initials": "initials", "name": "a name"}

SCOPE_WORDS: dict[Ring, str] = {
    "sitting": "this room",
    "cohort": "the cohort",
    "team": "the team",
    "public": "everyone",
}
"""How far a yes goes."""

ORIGIN_WORDS: dict[Origin, str] = {
    "ours": "this group",
    "offered": "the team, as a starting point",
    "carried": "an earlier group",
    "adapted": "this group, out of words that it was given",
}


def _sitting_words(sitting: str) -> str:
    """The day of a sitting; its id when that does not begin with one."""
    try:
        return f"the sitting of {dt.date.fromisoformat(sitting[:10])}"
    except ValueError:
        return sitting


def _times(count: int) -> str:
    return {1: "once more", 2: "twice more"}.get(count, f"{count} times more")


# What became of it


def _history(entry: Entry, carried: CarriedLine | None) -> Iterator[Fact]:
    label = "worded before"
    for words in earlier_wordings(entry, carried):
        yield Fact(label, words)
        label = ""
    yield from _asked(entry)


def _asked(entry: Entry) -> Iterator[Fact]:
    """The rounds about it, each with the concerns and objections that it brought."""
    for one in earlier_rounds(entry):
        yield Fact(f"round {one.number}", f"asked about: {one.words}")
        yield from _heard(one.concerns)
    going_on = entry.under_test
    if going_on and going_on.concerns:
        yield Fact(f"round {going_on.number}", "goes on")
        yield from _heard(going_on.concerns)


def _heard(concerns: tuple[Concern, ...]) -> Iterator[Fact]:
    for concern in concerns:
        yield Fact(concern.kind, concern.text)


def earlier_wordings(entry: Entry, carried: CarriedLine | None = None) -> tuple[str, ...]:
    """The words that a line had and has no more, oldest first, those of earlier sittings too.

    Words that stayed the same while something else changed are told once.
    """
    now = {version.text for version in entry.wordings}
    before = [v.text or GONE for v in entry.versions if v.id in entry.superseded]
    found = [*(carried.earlier if carried else ()), *before]
    return tuple(dict.fromkeys(words for words in found if words not in now))


def _together(state: SessionState, entry: Entry) -> Iterator[Fact]:
    if entry.segment:
        yield Fact("made in", state.title(entry.segment))
    beside = state.entries.get(entry.belongs_with or "")
    if beside:
        yield Fact("said with", _named(beside))
    for other in shown(state.entries.values()):
        if other.belongs_with == entry.id:
            yield Fact("said with", _named(other))
    target = state.entries.get(entry.merged_into or "")
    if target:
        yield Fact("a part of", _named(target))
    for other in shown(state.entries.values()):
        if other.merged_into == entry.id:
            yield Fact("part of it", _named(other))


def _named(entry: Entry) -> str:
    return f"{entry.name} {entry.text}".rstrip()
