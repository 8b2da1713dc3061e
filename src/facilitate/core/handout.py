"""The page that a group gets: what it agreed on, what is on the way, the words it shares.

Plain values, so that every form of the page says the same. Nothing stands there as agreed that
the group did not adopt in exactly these words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean, label, meaning
from facilitate.core.lives import ENDED
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.sharing import RING_FOR, Shared, SharedLine
from facilitate.core.travelling import Wording

LANGUAGE = "en"
"""Of our own words on the page; a record does not tell another one."""


class Said(NamedTuple):
    """Something that is told of a line."""

    what: str
    """In our words: `Where it holds`."""
    words: str = ""
    """What people said of it, behind a colon; empty when our words tell it all."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Said {self.what}>"


class PageLine(NamedTuple):
    """One line of the group, with what is told of it."""

    name: str
    """What people say: `A12`."""
    words: str
    """Of a term or a framework what it is called."""
    meaning: str = ""
    """Of a term or a framework; empty when none was given, and for all else."""
    more: tuple[Said, ...] = ()
    """What belongs to its words; each stands on a line of its own."""
    small: tuple[Said, ...] = ()
    """Where it stands and what it stands on; all of it stands on one line."""
    language: str = ""
    """Of what a term is called, as a language tag such as `he`; empty when it is not told."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<PageLine {self.name}>"


class PageSection(NamedTuple):
    """Lines that stand below one heading."""

    heading: str
    about: str
    """What is true of all of them, in one sentence."""
    lines: tuple[PageLine, ...]
    """By number, and words before frameworks; never empty."""
    agreed: bool = True
    """Whether the group holds them already."""
    narrow: bool = False
    """Whether its lines may stand beside one another, in two columns."""


class HandOut(NamedTuple):
    """The whole page."""

    title: str
    subtitle: str
    """Empty for none."""
    date: dt.date
    """Of the sitting as of which it is."""
    cohort: str
    sections: tuple[PageSection, ...]
    """Those that hold something."""
    empty: str
    """What will stand there, in one sentence; empty when something does already."""
    foot: str
    """Whom the page is for, and how to come back to a line."""

    @property
    def day(self) -> str:
        """The date in words: `22 November 2026`."""
        return day_words(self.date)

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<HandOut {self.date}>"


EMPTY = "What the group agrees on, and the words it shares, will stand here."


def hand_out(shared: Shared) -> HandOut:
    """The page for the group, of what an export holds."""
    record, page = shared.record, _Page(shared)
    sections = tuple(section for section in page.sections() if section.lines)
    whom = f"For {RING_FOR[shared.ring]}."
    first = sections[0].lines[0].name if sections else ""
    back = f" To come back to a line, say its number: {first}." if first else ""
    return HandOut(
        title=clean(record.title),
        subtitle=clean(record.subtitle),
        date=record.date,
        cohort=clean(record.cohort),
        sections=sections,
        empty="" if sections else EMPTY,
        foot=whom + back,
    )


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day_words(date: dt.date) -> str:
    """A date in words: `22 November 2026`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def is_agreed(entry: RecordedEntry) -> bool:
    """Whether the group adopted an agreement in the words that it has, and in no others."""
    return entry.state == "in force" and entry.adopted is not None and not entry.also


ON_THE_WAY = {
    "heard": "heard, and not read back yet",
    "proposed": "proposed: read back to the group",
    "tested": "tested: the group was asked about these words",
    "in force": "held, and not adopted in these words",
    "amending": "amending: these words are new since it was agreed",
    "open": "open: a doubt is held",
    "revived": "revived: taken up again",
}
"""Where an agreement stands to which the group has not said yes in these words."""

READ_BACK = frozenset({"working", "shared"})
"""States of the words that the group heard again, and still uses."""


class _Page:
    """The sections of one page."""

    def __init__(self, shared: Shared) -> None:
        self._record = shared.record
        self._lines = shared.lines
        self._named = Counter(line.entry.id for line in shared.lines)

    def sections(self) -> Iterator[PageSection]:
        """All of them, also those that hold nothing."""
        yield PageSection(
            heading="What we agreed",
            about="Adopted by the group, in these words.",
            lines=self._of(("agreement",), is_agreed),
        )
        yield PageSection(
            heading="On the way: not agreed yet",
            about="The group has not said yes to these words; they are still being worked on.",
            lines=self._of(("agreement",), _is_on_the_way),
            agreed=False,
        )
        yield PageSection(
            heading="Words we share",
            about="With the meaning that they have for us by now.",
            lines=self._of(("term", "framework"), lambda entry: entry.state in READ_BACK),
            narrow=True,
        )

    def _of(
        self, kinds: tuple[CaptureKind, ...], belongs: Callable[[RecordedEntry], bool]
    ) -> tuple[PageLine, ...]:
        found = (one for one in self._lines if one.entry.kind in kinds and belongs(one.entry))
        return tuple(self._line(one) for one in found)

    def _line(self, line: SharedLine) -> PageLine:
        entry = line.entry
        spoken = _spoken(entry.kind, entry.text)
        twins = (Said("one of several lines with this number"),) * (self._named[entry.id] > 1)
        small = chain(_standing(line, self._record), _stands_on(entry.lineage), twins)
        return PageLine(
            name=clean(entry.id),
            words=spoken[0],
            meaning=spoken[1],
            more=tuple(chain(_beside(entry), _told(entry))),
            small=_begun(small),
            language=language_of(entry),
        )


def _is_on_the_way(entry: RecordedEntry) -> bool:
    return entry.state not in {*ENDED, "parked"} and not is_agreed(entry)


# The words


def _spoken(kind: CaptureKind, text: str) -> tuple[str, str]:
    """What a line says; of a term or a framework what it is called, and what it means."""
    words = clean(text)
    return (words, "") if kind == "agreement" else (label(words), meaning(words))


def _beside(entry: RecordedEntry) -> Iterator[Said]:
    """The other wordings that hold."""
    several = "Two wordings" if len(entry.also) == 1 else f"{len(entry.also) + 1} wordings"
    for wording in entry.also:
        other = "the other" if len(entry.also) == 1 else "another"
        yield Said(f"{several} stand side by side; {other}", _in_one(entry.kind, wording))


def _in_one(kind: CaptureKind, wording: Wording) -> str:
    called, means = _spoken(kind, wording.text)
    source = f" (stands on: {clean(wording.lineage)})" if wording.lineage else ""
    return f"{called}{f': {means}' if means else ''}{source}"


_TOLD = {
    "looks_like": "On a hard afternoon",
    "scope": "Where it holds",
    "also_said": "Also said",
    "parts": "Its parts",
}
"""What of all that is told of a line stands on the page, in this order."""


def _told(entry: RecordedEntry) -> Iterator[Said]:
    told = {detail.name: clean(detail.text) for detail in entry.details}
    return (Said(what, told[name]) for name, what in _TOLD.items() if told.get(name))


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_of(entry: RecordedEntry) -> str:
    """The language of what a term is called, as a tag such as `he`; empty when none is told."""
    told = (detail.text for detail in entry.details if detail.name == "language")
    return next((text for text in told if _TAG.fullmatch(text)), "")


# Where it stands


def _standing(line: SharedLine, record: SittingRecord) -> Iterator[Said]:
    entry = line.entry
    settled = is_agreed(entry) if entry.kind == "agreement" else entry.state == "shared"
    if entry.kind == "agreement":
        yield Said(_adopted(entry) if settled else _on_the_way(entry))
    elif not settled:
        yield Said("a working meaning, not settled yet")
    if settled and entry.reaffirmed:
        yield Said(f"said yes to again on {day_words(line.since.date)}")
    if entry.origin == "offered" and not settled:
        yield Said("a starting point from the team")
    if since := _since(line, record):
        yield Said(since)


def _adopted(entry: RecordedEntry) -> str:
    on = f" on {day_words(entry.adopted_on)}" if entry.adopted_on else ""
    return f"adopted by consent, round {entry.adopted}{on}"


def _on_the_way(entry: RecordedEntry) -> str:
    return ON_THE_WAY.get(entry.state, clean(entry.state))


def _since(line: SharedLine, record: SittingRecord) -> str:
    """Since when a line of an earlier sitting is there, if that is known and not said yet."""
    made = line.made_in
    if made is None or made.id == record.id or made.date == line.entry.adopted_on:
        return ""
    return f"with us since {day_words(made.date)}"


def _stands_on(lineage: str) -> Iterator[Said]:
    if lineage:
        yield Said("stands on", clean(lineage))


def _begun(small: Iterable[Said]) -> tuple[Said, ...]:
    """What stands on one line, the first of it with a capital."""
    told = tuple(small)
    first = (one._replace(what=one.what[:1].upper() + one.what[1:]) for one in told[:1])
    return (*first, *told[1:])
