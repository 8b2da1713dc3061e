"""What the screens of the archive show: what was found, and one line with its whole history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import label, meaning
from facilitate.core.captures import DETAILS
from facilitate.core.carrying import when_words
from facilitate.core.one_line_view import ORIGIN_WORDS, Fact
from facilitate.core.record import RecordedEntry
from facilitate.core.searching import Hits, Query
from facilitate.core.sharing import RING_FOR
from facilitate.core.threads import SittingFacts, Step, Thread, ThreadKey

NO_WORDS = "(taken back: its words are gone)"
"""Stands where the words of a line would."""
THE_SAME = "the same words"


def day_words(day: dt.date) -> str:
    """A day as people write it: `12 Sep 2026`."""
    return f"{day:%d %b} {day.year}"


# What was found


class FoundRow(NamedTuple):
    """One line that was found, as the sitting that worked with it last left it."""

    key: ThreadKey
    name: str
    kind: CaptureKind
    state: str
    text: str
    cohort: str
    day: str

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<FoundRow {self.name}>"


def found_rows(hits: Hits) -> tuple[FoundRow, ...]:
    """What was found, in the order in which it was found."""
    return tuple(_row(hit.key, hit.step) for hit in hits.hits)


def _row(key: ThreadKey, step: Step) -> FoundRow:
    return FoundRow(
        key=key,
        name=step.entry.id,
        kind=step.entry.kind,
        state=step.entry.state,
        text=step.entry.text or NO_WORDS,
        cohort=step.sitting.cohort,
        day=day_words(step.sitting.date),
    )


def found_words(hits: Hits, query: Query) -> str:
    """How many lines were found, and in which order: `7 lines, newest first`."""
    count = len(hits.hits)
    if not count:
        return "nothing found" if query != Query() else "no lines yet"
    if hits.more:
        return f"the newest {count} lines" if hits.newest_first else f"the best {count} lines"
    if count == 1:
        return "1 line"
    return f"{count} lines, newest first" if hits.newest_first else f"{count} lines"


def narrowed_words(query: Query) -> tuple[str, ...]:
    """What the search is narrowed to, each in a few words; empty when all is searched."""
    return tuple(_narrowed(query))


def _narrowed(query: Query) -> Iterator[str]:
    if query.kind:
        yield plural(query.kind)
    if query.state:
        yield query.state
    if query.cohort:
        yield f"cohort {query.cohort}"
    if query.programme:
        yield f"programme {query.programme}"
    if query.since:
        yield f"since {day_words(query.since)}"
    if query.facet:
        yield f"about {query.facet}"
    if query.lineage:
        yield "with a source"


def plural(kind: CaptureKind) -> str:
    """Lines of a kind: `agreements`."""
    return kind if kind == "gratitude" else f"{kind}s"


# One line and its history


class SittingPart(NamedTuple):
    """What one sitting did with a line."""

    day: str
    where: str
    """The sitting, and its part of the topic: `Day one: arriving, part 1`."""
    facts: tuple[Fact, ...]
    """How it was worded then, and all that was otherwise than in the sitting before."""


class History(NamedTuple):
    """One line with all that is known of it."""

    key: ThreadKey
    name: str
    kind: CaptureKind
    cohort: str
    stands: str
    """`in force, adopted by consent, round 2, 12 Sep 2026`."""
    wordings: tuple[str, ...]
    """All that hold now: one, or several where people reworded at once."""
    facts: tuple[Fact, ...]
    """What is true of it now beside that: what it stands on, and how far it may travel."""
    sittings: tuple[SittingPart, ...]
    """Oldest first."""
    language: tuple[Fact, ...]
    """Of a term: what it meant, sitting by sitting, the oldest first; empty for others."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<History {self.name}>"


def history(thread: Thread, of_label: Iterable[Thread] = ()) -> History:
    """A line with its history; `of_label` are the terms that are called the same."""
    latest = thread.latest.entry
    return History(
        key=thread.key,
        name=latest.id,
        kind=latest.kind,
        cohort=thread.latest.sitting.cohort,
        stands=stands(latest),
        wordings=(latest.text or NO_WORDS, *(wording.text for wording in latest.also)),
        facts=(*_source(latest), _how_far(latest)),
        sittings=tuple(_sittings(thread)),
        language=tuple(_language(of_label)),
    )


def called(thread: Thread) -> str:
    """What a term is called; empty for a line of another kind, and when its words are gone."""
    named = (step.entry for step in reversed(thread.steps) if step.entry.text)
    entry = next(named, thread.latest.entry)
    return label(entry.text) if entry.kind == "term" else ""


def stands(entry: RecordedEntry) -> str:
    """Where a line stood: its state, and when it was adopted."""
    return ", ".join(part for part in (entry.state, adopted(entry)) if part)


def adopted(entry: RecordedEntry) -> str:
    """`adopted by consent, round 2, 12 Sep 2026`; empty when these words never were."""
    if entry.adopted is None:
        return ""
    on = f", {day_words(entry.adopted_on)}" if entry.adopted_on else ""
    return f"adopted by consent, round {entry.adopted}{on}"


def _sittings(thread: Thread) -> Iterator[SittingPart]:
    before: tuple[Fact, ...] = ()
    words: set[str] = set()
    for step in thread.steps:
        facts = tuple(_facts(step.entry, words))
        fresh = tuple(fact for fact in facts if fact not in before or fact.label == "stood")
        told = _worded(step.entry, thread.steps[0] is step, words)
        yield SittingPart(day_words(step.sitting.date), where(step.sitting), (*told, *fresh))
        before = facts
        words |= {step.entry.text, *(one.text for one in step.entry.also)}


def where(sitting: SittingFacts) -> str:
    """Which sitting it was, beside its day: `Day one: arriving, attachment, part 1`."""
    part = f"part {sitting.part}" if sitting.part is not None else ""
    topic = sitting.topic if sitting.topic.casefold() not in sitting.title.casefold() else ""
    return ", ".join(words for words in (sitting.title, topic, part) if words)


def sitting_words(sitting: SittingFacts) -> str:
    """A sitting with its day, on one line: `12 Sep 2026, Day one: arriving`."""
    return f"{day_words(sitting.date)}, {where(sitting)}"


def _worded(entry: RecordedEntry, is_first: bool, before: set[str]) -> Iterator[Fact]:
    if not is_first and entry.text in before and not entry.also:
        yield Fact("words", THE_SAME)
        return
    yield Fact("words", entry.text or NO_WORDS)
    for wording in entry.also:
        yield Fact("or", wording.text)


def _facts(entry: RecordedEntry, before: set[str]) -> Iterator[Fact]:
    """All that a sitting tells of a line beyond its words."""
    yield Fact("stood", stands(entry))
    if entry.reaffirmed:
        yield Fact("re-affirmed", "this sitting said yes to it again")
    yield from _source(entry)
    yield _how_far(entry)
    yield from _beyond(entry)
    yield from _beside(entry)
    since = (wording for wording in entry.earlier if wording.text not in before)
    for place, wording in enumerate(since):
        yield Fact("" if place else "worded before", wording.text)


def _source(entry: RecordedEntry) -> Iterator[Fact]:
    if entry.lineage:
        yield Fact("stands on", entry.lineage)


def _how_far(entry: RecordedEntry) -> Fact:
    return Fact("may travel to", RING_FOR[entry.ring])


def _beyond(entry: RecordedEntry) -> Iterator[Fact]:
    names = DETAILS.get(entry.kind, {})
    for told in entry.details:
        yield Fact(names.get(told.name, told.name), told.text)
    if entry.facet:
        yield Fact("belongs to", entry.facet)
    if entry.tags:
        yield Fact("tags", " ".join(f"#{tag}" for tag in entry.tags))
    if entry.owner:
        yield Fact("for", entry.owner)
    if entry.when:
        yield Fact("next look", when_words(entry.when))


def _beside(entry: RecordedEntry) -> Iterator[Fact]:
    if entry.origin != "ours":
        yield Fact("made by", ORIGIN_WORDS[entry.origin])
    if entry.attribution:
        scope = RING_FOR[entry.attribution_scope or "cohort"]
        yield Fact("whose words", f"{entry.attribution}, with a yes as far as {scope}")
    if entry.heard_again:
        yield Fact("also heard", "yes")
    if entry.belongs_with:
        yield Fact("said with", entry.belongs_with)
    if entry.merged_into:
        yield Fact("a part of", entry.merged_into)
    if entry.added:
        yield Fact("added", f"{day_words(entry.added)}, after the sitting was closed")


# What a term meant


def _language(threads: Iterable[Thread]) -> Iterator[Fact]:
    steps = [step for thread in threads for step in thread.steps]
    for step in sorted(steps, key=lambda one: (*one.sitting.place, one.entry.id)):
        part = f"part {step.sitting.part}: " if step.sitting.part is not None else ""
        words = meaning(step.entry.text) or step.entry.text or NO_WORDS
        standing = f"{step.entry.id} {step.entry.state}"
        yield Fact(day_words(step.sitting.date), f"{part}{words}  ({standing})")


# What a cohort agreed


class AgreedRow(NamedTuple):
    """An agreement that holds in a cohort."""

    key: ThreadKey
    name: str
    text: str
    lineage: str
    below: tuple[str, ...]
    """When it was adopted, and what it looks like."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<AgreedRow {self.name}>"


def agreed_rows(threads: Iterable[Thread]) -> tuple[AgreedRow, ...]:
    """The agreements in force of a cohort, in the order in which they come."""
    return tuple(_agreed(thread) for thread in threads)


def _agreed(thread: Thread) -> AgreedRow:
    entry = thread.latest.entry
    told = {detail.name: detail.text for detail in entry.details}
    since = f"last worked with on {day_words(thread.latest.sitting.date)}"
    looks_like = told.get("looks_like", "")
    return AgreedRow(
        key=thread.key,
        name=entry.id,
        text=entry.text or NO_WORDS,
        lineage=entry.lineage,
        below=tuple(words for words in (adopted(entry) or since, looks_like) if words),
    )
