"""What an export holds: the lines of a cohort as of one sitting, as far as they may travel.

Every form is made for someone, and so has a ring: a line enters it when it may travel that far.
What stays behind is counted and said, so that whoever hands a page on knows what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, RINGS
from facilitate.core.carrying import CARRIED_KINDS
from facilitate.core.lives import ENDED
from facilitate.core.merging import spoken_order
from facilitate.core.record import RecordedEntry, RecordRing, SittingRecord, Wording
from facilitate.core.since import as_now
from facilitate.core.threads import (
    SittingFacts,
    Thread,
    ThreadKey,
    facts,
    threads,
    without_taken_back,
)

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
        "csv", "glossary", "the words we share, as a table", "team", ("term",), ended=True
    ),
    "csv": FormRules(
        "csv", "register", "a table of all lines, to hand in", "public", ended=True
    ),
    "json": FormRules(
        "json", "record", "one sitting, for programs", "cohort", ended=True, here=True
    ),
    "toml": FormRules("toml", "carry", "lines for the next agenda", "cohort", CARRIED_KINDS),
    "ics": FormRules("ics", "looks", "days for another look, without words", "cohort"),
    "counts": FormRules("csv", "counts", "numbers alone, without words", "cohort", ended=True),
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
    before: tuple[Wording, ...] = ()
    """Wordings it had before in any sitting, each once, oldest first; none past the cohort."""
    wordings: int = 1
    """How many it has had, with those of now; told however far the export goes."""
    twin: int = 0
    """As in `ThreadKey`."""

    @property
    def key(self) -> ThreadKey:
        """What tells it from all other lines."""
        return ThreadKey(self.made, self.entry.id, self.twin)

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
    narrow: tuple[RecordRing, ...] = ()
    """How far each of the lines may go that stay behind because it is not far enough."""
    keys: tuple[ThreadKey, ...] = ()
    """Every line of which something is in it, for the list of what was handed on."""

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
    since: Iterable[SittingRecord] = (),
) -> Shared:
    """What an export holds as of the sitting of `here`.

    Of `others`, those of other cohorts play no part. Later ones add nothing, nor do those of
    `since`, sittings that go on still; but what a line lost there it has not here either.
    `ring` is None for that of the form. `held` names lines of this sitting that wait for a
    decision there.
    """
    rules, wide = FORMS[form], ring or FORMS[form].ring
    known, later = _around(here, others, since)
    cut = as_now(known, later)
    of_form = _meant(cut, rules)
    waiting = [t for t in of_form if t.key.name in held and t.latest.sitting.id == here.id]
    travelling = [t for t in of_form if t not in waiting]
    narrow = [t for t in travelling if not _reaches(t.latest.entry, wide)]
    lines = [_line(thread, wide) for thread in travelling if thread not in narrow]
    standing = {thread.key for thread in of_form}
    gone = [thread for thread in _meant(known, rules) if thread.key not in standing]
    undecided = [*_names(waiting), *_unseen(here, held, rules)]
    return Shared(
        form=form,
        ring=wide,
        record=_cut(cut[-1], wide, held),
        lines=tuple(sorted(lines, key=_order)),
        behind=tuple(_behind(_names(narrow), undecided, _names(gone))),
        narrow=tuple(thread.latest.entry.ring for thread in narrow),
        keys=tuple(_keys(cut[-1], wide, held) if rules.here else (one.key for one in lines)),
    )


def _around(
    here: SittingRecord, others: Iterable[SittingRecord], since: Iterable[SittingRecord]
) -> tuple[Sequence[SittingRecord], Sequence[SittingRecord]]:
    """The records of the cohort up to a sitting, which is the last of them, and those after."""
    last, cohort = facts(here), here.cohort
    of_cohort = [r for r in others if r.cohort == cohort and r.id != here.id]
    known = [*(r for r in of_cohort if facts(r).place < last.place), here]
    after = [record for record in of_cohort if facts(record).place > last.place]
    open_still = (r for r in since if r.cohort == cohort and r.id != here.id)
    there = without_taken_back([*known, *after, *open_still])
    return there[: len(known)], there[len(known) :]


def _meant(records: Sequence[SittingRecord], rules: FormRules) -> list[Thread]:
    """The lines that could be in a form as of the last of some records."""
    return [t for t in threads(records) if _is_meant(t, rules, records[-1].id)]


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
    made, entry, before = thread.first.sitting, thread.latest.entry, _before(thread)
    return SharedLine(
        entry=_cut_entry(entry, ring),
        made=thread.key.sitting,
        made_in=made if made.id == thread.key.sitting else None,
        since=thread.latest.sitting,
        before=before if ring == "cohort" else (),
        wordings=len(before) + len(entry.also) + 1,
        twin=thread.key.twin,
    )


def _before(thread: Thread) -> tuple[Wording, ...]:
    """The wordings of all sittings but those that hold now; each once, oldest first."""
    entries = [step.entry for step in thread.steps]
    had = (w for one in entries for w in (*one.earlier, *one.also, _wording(one)))
    now = (*entries[-1].also, _wording(entries[-1]))
    return tuple(w for w in dict.fromkeys(had) if w.text and w not in now)


def _wording(entry: RecordedEntry) -> Wording:
    return Wording(text=entry.text, lineage=entry.lineage)


def _cut_entry(entry: RecordedEntry, ring: RecordRing) -> RecordedEntry:
    """Without a name whose yes does not go that far, and without words of a narrower time.

    Someone gave the line in these words to a wider ring; nobody gave the words before them.
    """
    scope = entry.attribution_scope
    if scope is None or RINGS.index(scope) < RINGS.index(ring):
        entry = replace(entry, attribution="", attribution_scope=None)
    return entry if ring == "cohort" else replace(entry, earlier=())


def _cut(record: SittingRecord, ring: RecordRing, held: Collection[str]) -> SittingRecord:
    travelling = (e for e in record.entries if _travels(e, ring, held))
    return replace(record, entries=tuple(_cut_entry(entry, ring) for entry in travelling))


def _travels(entry: RecordedEntry, ring: RecordRing, held: Collection[str]) -> bool:
    return _reaches(entry, ring) and entry.id not in held


def _keys(
    record: SittingRecord, ring: RecordRing, held: Collection[str]
) -> Iterable[ThreadKey]:
    """The lines of a record that a cut of it has."""
    each = threads([record])
    return (t.key for t in each if _travels(t.latest.entry, ring, held))


_KIND_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def _order(line: SharedLine) -> tuple[int, tuple[int, str], str]:
    return _KIND_ORDER[line.entry.kind], spoken_order(line.entry.id), line.made


_KINDS = {rules.letter.upper(): kind for kind, rules in KINDS.items()}


def _kind(name: str) -> CaptureKind | None:
    """The kind of a line by what people say of it; None when no kind is said like that."""
    return _KINDS.get(name[:1])


def _unseen(here: SittingRecord, held: Iterable[str], rules: FormRules) -> Iterable[str]:
    """Lines that wait for a decision and are in no record before it."""
    known = {entry.id for entry in here.entries}
    return (name for name in held if name not in known and _kind(name) in rules.kinds)


def _names(lines: Iterable[Thread]) -> list[str]:
    return [thread.key.name for thread in lines]


def _behind(
    narrow: Sequence[str], waiting: Sequence[str], gone: Sequence[str]
) -> Iterable[str]:
    if narrow:
        yield f"{_lines(narrow)} not allowed to travel that far: {', '.join(narrow)}."
    if waiting:
        wait = "waits" if len(waiting) == 1 else "wait"
        names = ", ".join(sorted(waiting, key=spoken_order))
        yield f"{_lines(waiting, be='')} {wait} for a decision at the closing: {names}."
    if gone:
        was = "was" if len(gone) == 1 else "were"
        yield f"{_lines(gone, be='')} {was} withdrawn since: {', '.join(gone)}."


def _lines(names: Sequence[str], be: str | None = None) -> str:
    count = len(names)
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
