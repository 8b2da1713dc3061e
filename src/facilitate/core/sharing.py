"""What an export holds: the lines of a cohort as of one sitting, as far as they may travel.

Every form is made for someone, and so has a ring: a line enters it when it may travel that far.
What stays behind is counted and said, so that whoever hands a page on knows what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, RINGS
from facilitate.core.carrying import CARRIED_KINDS
from facilitate.core.lives import ENDED
from facilitate.core.merging import spoken_order
from facilitate.core.record import RecordedEntry, RecordRing, SittingRecord
from facilitate.core.threads import SittingFacts, Thread, facts, threads

Form = Literal[
    "docx",
    "html",
    "md",
    "txt",
    "csv",
    "glossary-csv",
    "glossary-docx",
    "json",
    "toml",
    "ics",
    "counts",
]
"""What an export can be written as."""


class FormRules(NamedTuple):
    """What is true of every export of one form."""

    ending: str
    """How its file ends, without the dot."""
    name: str
    """What the file is called before its ending, behind the date and the sitting."""
    holds: str
    """What it is and for whom, in a few words."""
    ring: RecordRing
    """How far a line must be allowed to travel to be in it, unless someone says otherwise."""
    kinds: tuple[CaptureKind, ...] = tuple(KINDS)
    ended: bool = False
    """Whether lines are in it from which nothing is carried on."""
    here: bool = False
    """Whether it holds what this one sitting worked with, and not all that the cohort has."""


_HAND_OUT: tuple[CaptureKind, ...] = ("agreement", "term", "framework")

FORMS: Mapping[Form, FormRules] = {
    "docx": FormRules("docx", "hand-out", "a page for the group", "cohort", _HAND_OUT),
    "html": FormRules(
        "html", "hand-out", "a page for the group, to print", "cohort", _HAND_OUT
    ),
    "txt": FormRules("txt", "lines", "short lines for a chat or a mail", "cohort"),
    "md": FormRules(
        "md", "notes", "every line with its history, for notes", "cohort", ended=True
    ),
    "glossary-docx": FormRules(
        "docx", "glossary", "the words we share, for the team", "team", ("term",), ended=True
    ),
    "glossary-csv": FormRules(
        "csv", "glossary", "the same as a table", "team", ("term",), ended=True
    ),
    "csv": FormRules(
        "csv", "register", "a table of all lines, to hand in", "public", ended=True
    ),
    "json": FormRules(
        "json", "record", "one sitting, for programs", "cohort", ended=True, here=True
    ),
    "toml": FormRules("toml", "carry", "lines for the next agenda", "cohort", CARRIED_KINDS),
    "ics": FormRules("ics", "looks", "days for another look, without words", "cohort"),
    "counts": FormRules(
        "counts.csv", "counts", "numbers alone, without words", "cohort", ended=True
    ),
}
"""Every form, in the order in which they are offered."""


class SharedLine(NamedTuple):
    """One line of an export, with nothing in it that does not travel that far."""

    entry: RecordedEntry
    """As its latest sitting left it."""
    made: str
    """Id of the sitting in which it was made."""
    made_in: SittingFacts | None
    """The same sitting; None when there is no record of it."""
    since: SittingFacts
    """The sitting that worked with it last."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<SharedLine {self.entry.id}>"


class Shared(NamedTuple):
    """All that an export holds."""

    form: Form
    ring: RecordRing
    record: SittingRecord
    """Of the sitting as of which it is. Its own entries are cut to the ring."""
    lines: tuple[SharedLine, ...]
    """By kind, then by number."""
    behind: tuple[str, ...]
    """What stays behind, each one as a sentence; empty when nothing does."""

    @property
    def rules(self) -> FormRules:
        """What is true of its form."""
        return FORMS[self.form]

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Shared {self.form}>"


def shared(
    here: SittingRecord,
    others: Iterable[SittingRecord],
    form: Form,
    *,
    ring: RecordRing | None = None,
    held: Collection[str] = (),
) -> Shared:
    """What an export holds as of the sitting of `here`.

    Of `others`, those of other cohorts and later ones play no part. `ring` is None for that of
    the form. `held` names lines of this sitting that wait for a decision there.
    """
    rules, last = FORMS[form], facts(here)
    wide = ring or rules.ring
    before = (r for r in others if r.cohort == here.cohort and facts(r).place < last.place)
    of_form = [t for t in threads([*before, here]) if _is_meant(t, rules, here.id)]
    waiting = [t for t in of_form if t.key.name in held and t.latest.sitting.id == here.id]
    travelling = [t for t in of_form if t not in waiting]
    narrow = [t for t in travelling if not _reaches(t.latest.entry, wide)]
    lines = [_line(thread, wide) for thread in travelling if thread not in narrow]
    return Shared(
        form=form,
        ring=wide,
        record=_cut(here, wide, held),
        lines=tuple(sorted(lines, key=_order)),
        behind=tuple(_behind(narrow, waiting)),
    )


def _is_meant(thread: Thread, rules: FormRules, sitting: str) -> bool:
    entry = thread.latest.entry
    if entry.kind not in rules.kinds or not thread.stands:
        return False
    if rules.here and thread.latest.sitting.id != sitting:
        return False
    return rules.ended or entry.state not in ENDED


def _reaches(entry: RecordedEntry, ring: RecordRing) -> bool:
    return RINGS.index(entry.ring) >= RINGS.index(ring)


def _line(thread: Thread, ring: RecordRing) -> SharedLine:
    made = thread.first.sitting
    return SharedLine(
        entry=_cut_entry(thread.latest.entry, ring),
        made=thread.key.sitting,
        made_in=made if made.id == thread.key.sitting else None,
        since=thread.latest.sitting,
    )


def _cut_entry(entry: RecordedEntry, ring: RecordRing) -> RecordedEntry:
    """Without a name whose yes does not go that far, and without words of a narrower time.

    Someone gave the line in these words to a wider ring; nobody gave the words before them.
    """
    scope = entry.attribution_scope
    if scope is not None and RINGS.index(scope) < RINGS.index(ring):
        entry = replace(entry, attribution="", attribution_scope=None)
    return entry if ring == "cohort" else replace(entry, earlier=())


def _cut(record: SittingRecord, ring: RecordRing, held: Collection[str]) -> SittingRecord:
    travelling = (e for e in record.entries if _reaches(e, ring) and e.id not in held)
    return replace(record, entries=tuple(_cut_entry(entry, ring) for entry in travelling))


_KIND_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def _order(line: SharedLine) -> tuple[int, tuple[int, str], str]:
    return _KIND_ORDER[line.entry.kind], spoken_order(line.entry.id), line.made


def _behind(narrow: list[Thread], waiting: list[Thread]) -> Iterable[str]:
    if narrow:
        names = ", ".join(thread.key.name for thread in narrow)
        yield f"{_lines(len(narrow))} not allowed to travel that far: {names}."
    if waiting:
        names = ", ".join(thread.key.name for thread in waiting)
        wait = "waits" if len(waiting) == 1 else "wait"
        yield f"{_lines(len(waiting), be='')} {wait} for a decision at the closing: {names}."


def _lines(count: int, be: str | None = None) -> str:
    verb = be if be is not None else (" is" if count == 1 else " are")
    return f"1 line{verb}" if count == 1 else f"{count} lines{verb}"


RING_FOR: Mapping[RecordRing, str] = {
    "cohort": "the cohort",
    "team": "the cohort and its team",
    "public": "everyone",
}
"""Who may see an export of a ring."""


def contains_words(shared: Shared) -> str:
    """What an export holds and how far it may go, in one sentence."""
    count = len(shared.lines)
    lines = "1 line" if count == 1 else f"{count or 'no'} lines"
    return f"{lines}, for {RING_FOR[shared.ring]}".capitalize() + "."
